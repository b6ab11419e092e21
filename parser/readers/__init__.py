"""Readers: one module a format, all giving one thing, a :class:`~vanban.parser.reading.Reading`.

A format module has ``sniff(data, name) -> bool`` (is this mine? judged by content first, by name second) and
``read(data, name) -> Reading``. To add a format, write the module and name it in :data:`FORMATS`; the order is the order of asking,
so that what is unmistakable comes before what accepts almost anything. A module is imported only when a file may be its own.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Protocol

from ..model import Document
from ..reading import ReadError, Reading

_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"

FORMATS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF",),
    "docx": (_ZIP, _OLE),
    "odt": (_ZIP, b"<?xml"),
    "office": (_OLE, b"{\\rtf"),
    "akn": (b"akomaNtoso",),
    "html": (b"<", b"MIME-Version"),
    "markdown": (),
    "plain": (),
}
"""Each format with the bytes one of which stands near the beginning of every file of it; none: any file may be of it."""

_RARE = b"\x04\x11%<{"
"""Bytes that few texts hold: one of them is found at once where it is not, and then the sign it belongs to need not be looked for."""
_TOLD_BY = {sign: bytes(byte for byte in _RARE if byte in sign)[:1] or sign for signs in FORMATS.values() for sign in signs}

_HEAD = 8192
_SIGNS_OF_DATA = frozenset(bytes((code,)) for code in b"{[<@#_PpBb\xef0123456789-+")
"""How a file begins that may be data; most documents do not, and need no closer look."""


class Reader(Protocol):
    """What every module of this folder offers."""

    def sniff(self, data: bytes, name: str) -> bool: ...

    def read(self, data: bytes, name: str) -> Reading: ...


@cache
def load(fmt: str) -> Reader:
    """The reader of a format by its name, one of :data:`FORMATS`; the module is imported only now."""
    if fmt not in FORMATS:
        raise ValueError(f"unknown format {fmt!r}: one of {', '.join(FORMATS)}")
    reader: Reader = import_module(f"{__name__}.{fmt}")
    return reader


def held(data: bytes, name: str, fmt: str | None = None) -> Document | None:
    """The Document that a file carries whole: Akoma Ntoso that vanban wrote, unchanged since. ``None`` for all others."""
    if fmt not in (None, "akn") or b"<" not in (head := data[:_HEAD]) or b"akomaNtoso" not in head:
        return None
    from . import akn

    return akn.document(data, name)


def read(data: bytes, name: str, fmt: str | None = None) -> Reading:
    """Read ``data`` with the reader that knows it, or with the one named by ``fmt``.

    Raises :class:`ReadError` when no reader can make text of it, and, where no ``fmt`` says what it is, for what is plainly data.
    """
    if fmt is not None:
        return load(fmt).read(data, name)
    head = data[:_HEAD]
    if head.lstrip()[:1] in _SIGNS_OF_DATA or name.lower().endswith((".csv", ".tsv")):
        from . import _data

        _data.refuse(data, name)
    for candidate, signs in FORMATS.items():
        if signs and not any(_TOLD_BY[sign] in head and sign in head for sign in signs):
            continue
        reader = load(candidate)
        if reader.sniff(data, name):
            return reader.read(data, name)
    english = "give a text, Markdown, HTML, Word, ODT or PDF file, or name it with --format"
    remedy = f"Đưa tệp văn bản, Markdown, HTML, Word, ODT, PDF, hoặc nêu bằng --format / {english}"
    raise ReadError(name, "không đọc được loại tệp này / no reader knows this kind of file", remedy)


def source(data: bytes, name: str, media_type: str) -> str | None:
    """The decoded file that a reading's ``source_map`` leads into; ``None`` for a format that is no text."""
    if media_type == "text/html":
        from . import _html_source

        text = _html_source.decode(data, name)[0]
    elif media_type in {"text/markdown", "text/plain"}:
        from . import encodings

        text = encodings.decode(data, name).text
    else:
        return None
    return text

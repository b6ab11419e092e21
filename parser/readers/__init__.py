"""Readers: one module a format, all giving one thing, a :class:`~vanban.parser.reading.Reading`.

A format module has ``sniff(data, name) -> bool`` (is this mine? judged by content first, by name second) and
``read(data, name) -> Reading``. To add a format, write the module and name it in :data:`FORMATS`; the order is the order of asking,
so that what is unmistakable comes before what accepts almost anything.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol

from ..reading import ReadError, Reading

FORMATS = ("docx", "office", "html", "markdown", "plain")


class Reader(Protocol):
    """What every module of this folder offers."""

    def sniff(self, data: bytes, name: str) -> bool: ...

    def read(self, data: bytes, name: str) -> Reading: ...


def load(fmt: str) -> Reader:
    """The reader of a format by its name, one of :data:`FORMATS`; the module is imported only now."""
    if fmt not in FORMATS:
        raise ValueError(f"unknown format {fmt!r}: one of {', '.join(FORMATS)}")
    reader: Reader = import_module(f"{__name__}.{fmt}")
    return reader


def read(data: bytes, name: str, fmt: str | None = None) -> Reading:
    """Read ``data`` with the reader that knows it, or with the one named by ``fmt``.

    Raises :class:`ReadError` when no reader can make text of it.
    """
    if fmt is not None:
        return load(fmt).read(data, name)
    for candidate in FORMATS:
        reader = load(candidate)
        if reader.sniff(data, name):
            return reader.read(data, name)
    raise ReadError(
        name, "no reader knows this kind of file", "Give a text, Markdown, HTML, Word, ODT or PDF file, or name it with --format"
    )

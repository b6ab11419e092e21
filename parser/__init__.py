"""``vanban.parser``: a file or a text in, a :class:`Document` out.

>>> from vanban.parser import parse_text
>>> parse_text("Điều 1. Thông qua kế hoạch năm 2024.", name="vi-du").nodes[0].label
'Điều 1.'
"""

from __future__ import annotations

from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from .compare import compare
from .enrich import enrich
from .model import Document, json_schema
from .reading import ReadError

if TYPE_CHECKING:
    from spacy.language import Language

    from .citing.cited import Cited
    from .register import Register, RegisterError
    from .writers.annotated import Annotated

    Lookup: TypeAlias = Register | Literal["packaged"] | None
    """What cited instruments are looked up in: the register of the package, your own (:meth:`Register.load`), or none."""

__all__ = [
    "Annotated",
    "Cited",
    "Document",
    "ReadError",
    "Register",
    "RegisterError",
    "annotate",
    "cite",
    "cited",
    "compare",
    "enrich",
    "json_schema",
    "nlp",
    "parse",
    "parse_all",
    "parse_all_bytes",
    "parse_bytes",
    "parse_text",
]

_LATER = {"Annotated": "writers.annotated", "Cited": "citing.cited", "Register": "register", "RegisterError": "register"}
"""What is imported when it is first asked for, so that importing the parser loads no rules."""


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def parse(path: str | PathLike[str], *, format: str | None = None, register: Lookup = "packaged", aims: bool = True) -> Document:
    """Parse a file. Its format is told by content (and name), or given: ``markdown``, ``plain`` …

    ``register`` is what cited instruments are looked up in (``None``: nothing): it tells which is meant, never what is cited. Who wants
    what stands where and what is cited need not wait for the rest: without ``aims`` mandates, targets and programmes are not looked for,
    and the finding ``document.plain`` says so.
    Every input that can be read gives a Document, with findings where it looks wrong. Raises :class:`ReadError` (which names the
    file, the problem and the remedy) for a missing file, a folder, or bytes that are no text.
    """
    name, data = _bytes(path)
    return parse_bytes(data, name=name, format=format, register=register, aims=aims)


def parse_all(
    path: str | PathLike[str], *, format: str | None = None, register: Lookup = "packaged", aims: bool = True
) -> tuple[Document, ...]:
    """Parse a file that may hold several documents (a gazette issue): each is a Document, in order; mostly there is one.

    :func:`parse` gives the first of them, with the finding ``document.several``.
    """
    name, data = _bytes(path)
    return parse_all_bytes(data, name=name, format=format, register=register, aims=aims)


def _bytes(path: str | PathLike[str]) -> tuple[str, bytes]:
    file = Path(path)
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise ReadError(str(path), "không có tệp này / no such file", "Kiểm tra đường dẫn / check the path") from None
    except IsADirectoryError:
        raise ReadError(
            str(path), "là thư mục / is a folder", "Nêu tên tệp, hoặc dùng ingest cho cả thư mục / name a file, or ingest the folder"
        ) from None
    except OSError as error:
        raise ReadError(
            str(path), f"không đọc được / cannot be read ({error.strerror})", "Kiểm tra quyền đọc / check the permissions"
        ) from error
    return _printable(file.name), data


def _printable(name: str) -> str:
    """A file name as text: bytes of it that are no UTF-8 become U+FFFD, so that the document can be written as JSON."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def parse_bytes(data: bytes, *, name: str, format: str | None = None, register: Lookup = "packaged", aims: bool = True) -> Document:
    """Parse the bytes of a file; ``name`` is kept as the source's name and helps to tell the format.

    Akoma Ntoso that :mod:`vanban.parser.writers.akn` wrote is not parsed again: the Document it was written from comes back.
    """
    from . import pipeline, readers
    from .structure import several

    if (whole := readers.held(data, name, format)) is not None:
        return whole
    parts = several.split(readers.read(data, name, format))
    return pipeline.run(parts[0], data, name, parts=len(parts), register=_found_in(register), aims=aims)


def parse_all_bytes(
    data: bytes, *, name: str, format: str | None = None, register: Lookup = "packaged", aims: bool = True
) -> tuple[Document, ...]:
    """:func:`parse_all` of bytes that are in memory already."""
    from . import pipeline, readers
    from .structure import several

    if (whole := readers.held(data, name, format)) is not None:
        return (whole,)
    parts = several.split(readers.read(data, name, format))
    held = _found_in(register)
    return tuple(pipeline.run(part, data, name, part=k, parts=len(parts), register=held, aims=aims) for k, part in enumerate(parts, 1))


def _found_in(register: Lookup) -> Register | None:
    from .register import Register

    return Register.packaged() if isinstance(register, str) else register


def parse_text(text: str, *, name: str = "text", format: str = "plain", register: Lookup = "packaged", aims: bool = True) -> Document:
    """Parse a text that is already in memory, as plain text or as ``markdown``."""
    return parse_bytes(
        text.encode("utf-8", "replace"), name=name, format=format, register=register, aims=aims
    )  # a lone surrogate is no character: "?"


def nlp(*, format: Literal["plain", "markdown"] = "plain", organisations: bool = True, phrases: bool = False, prefix: str = "") -> Language:
    """A spaCy pipeline over this parser; needs ``vanban[nlp]``, and says so (``ImportError``) where it is missing.

    Its tokenizer keeps every character (``doc.text`` is the text given); ``doc._.vanban`` is the Document, and ``doc.spans`` has its nodes,
    citations, targets, mandates, organisations and places, each span leading to its record (``span._.vanban``).
    ``format`` is that of the texts; without ``organisations`` neither these nor places are looked for; with ``phrases`` mandates get their
    key phrases; ``prefix`` stands before the names of the span groups. For a file: ``language.to_doc(parse(path), nlp)``.
    """
    from .language import pipeline

    return pipeline(format=format, organisations=organisations, phrases=phrases, prefix=prefix)


def cite(text: str, *, date: str | None = None, issuer: str | None = None, register: Lookup = "packaged") -> Cited:
    """The instruments that any text cites, with identity and state. ``date`` (``2024-03-01``, or what is known of it:
    ``2024-03``, ``2024``) and ``issuer`` of the document it is from help to tell which is meant. ``ValueError`` for a date that is none.

    >>> found = cite("Căn cứ Luật Đất đai năm 2024 và Nghị quyết số 19-NQ/TW")
    >>> [(c.target, c.state, len(c.candidates)) for c in found.citations]
    [('/akn/vn/act/luat/quoc-hoi/2024/31-qh15', 'resolved', 0), (None, 'ambiguous', 3)]
    """
    from .citing import cited

    return cited.of_text(text, date=date, issuer=issuer, register=_found_in(register))


def cited(document: Document) -> Cited:
    """The citations of other instruments in a document that is parsed, and the findings about them."""
    from .citing import cited

    return cited.of_document(document)


def annotate(data: bytes, *, name: str, form: Literal["html", "md"], format: str | None = None, register: Lookup = "packaged") -> Annotated:
    """The text of a file with its citations made links, mark-up intact (:mod:`vanban.parser.writers.annotated`).

    HTML gives HTML; Markdown and plain text take links of either form; of other formats it is :attr:`Document.text` that is given back.
    Without the links the text is the file again, byte for byte if the file is UTF-8. :class:`ReadError` for HTML asked for as Markdown.
    """
    from . import readers
    from .writers import annotated

    documents = parse_all_bytes(data, name=name, format=format, register=register, aims=False)
    media_type = documents[0].source.media_type
    if form == "md" and media_type == "text/html":
        raise ReadError(name, "là HTML / is HTML", "Dùng --annotate html / use --annotate html")
    source = readers.source(data, name, media_type)
    return annotated.annotate(source, documents, form) if source is not None else annotated.annotate_text(documents, form)

"""Akoma Ntoso: what the writer and the reader must agree on.

Which element stands for which kind of node, how the records of the model stand in the namespace of our own, and how characters stand
there that XML cannot hold. Everything here is of the notation; what is written where is the writer's, :mod:`vanban.parser.writers.akn`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from typing import Any, Literal, NamedTuple

import msgspec

from .model import NodeKind

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:vanban:document:1"
"""The namespace of what Akoma Ntoso has no place for: attributes beside its own, and the records in ``meta/proprietary``."""

CHARACTER = f"{{{OWN}}}character"
"""The attribute of the ``marker`` that stands for a character XML cannot hold: ``<marker name="character" v:character="0003"/>``."""

HIERARCHY: dict[NodeKind, str] = {
    "part": "part", "chapter": "chapter", "section": "section", "subsection": "subsection", "article": "article", "clause": "clause",
    "point": "point", "heading": "level", "bullet": "indent",
}  # fmt: skip
"""The kinds that Akoma Ntoso has a hierarchical element for."""

KINDS: dict[str, NodeKind] = {
    **{element: kind for kind, element in HIERARCHY.items()}, "recital": "recital", "table": "table", "tr": "table",
    "quotedStructure": "quotation", "authorialNote": "note", "attachment": "appendix", "p": "paragraph",
}  # fmt: skip
"""The kind of node that an element stands for, unless its ``v:kind`` says another."""

PLACES = ("preface", "preamble", "recipients", "signature", "closing")
"""Where ``p`` is of the place's kind: the preface and the preamble, and the containers of the conclusions by their names."""


def kind_of(element: str, name: str | None, place: str) -> str:
    """The kind that an element (its name without namespace, its attribute ``name``) stands for, in a place of :data:`PLACES` or none."""
    if element == "p" and place:
        return "preamble" if place in ("preface", "preamble") else place
    return name or "" if element == "hcontainer" else KINDS.get(element, "paragraph")


def even(text: str) -> bool:
    """Whether a text surely holds no blank but spaces and line breaks, and no character that XML cannot hold; most do not."""
    return text.replace("\n", "").isprintable()


def flat(words: str, even: bool = False) -> str:
    """Words on one line, as nodes hold them; of an :func:`even` text that is told sooner."""
    if ("\n" not in words if even else words.isprintable()) and "  " not in words:
        return words.strip()
    return " ".join(words.split())


class Piece(NamedTuple):
    """A stretch of ``Document.text`` that stands in an element of its own: a label (``num``), a heading, or other words (``p``)."""

    what: Literal["num", "heading", "p"]
    start: int
    end: int


class Words(NamedTuple):
    """What of a node follows from its pieces."""

    label: str
    heading: str
    text: str
    start: int
    end: int


def words_of(text: str, kind: str, role: str, pieces: list[Piece], at: int, even: bool = False) -> Words:
    """A node's own words as its pieces give them; ``at`` is where a node without any stands. A table's label is not printed."""
    label = "table" if kind == "table" and role != "row" else ""
    heading = ""
    first = last = -1
    for what, start, end in pieces:
        if what == "num":
            label = flat(text[start:end], even)
        elif what == "heading":
            heading = flat(text[start:end], even)
        else:
            first, last = (start if first < 0 else first), end
    own = flat(text[first:last], even) if first >= 0 else ""
    return Words(label, heading, own, pieces[0].start, pieces[-1].end) if pieces else Words(label, heading, own, at, at)


def fingerprint(text: str) -> str:
    """By which a text is known again after a way through XML."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# --- characters --------------------------------------------------------------------------------------------------------------

NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold in any way."""
_ESCAPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\\\\]")
_BLANKS = re.compile(r"[^\S ]|\\")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4,6});")


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x};"


def escaped(value: str, *, blanks: bool = False) -> str:
    r"""A value of our own namespace as XML can hold it: ``\u0003;`` for what it cannot, ``\u005c;`` for a backslash.

    With ``blanks`` line breaks, tabs and the like are written so too, that no tool sets them anew.
    """
    if value.isprintable() and "\\" not in value:
        return value
    value = _ESCAPED.sub(_escape, value)
    return _BLANKS.sub(lambda match: match[0] if match[0] == "\\" else _escape(match), value) if blanks else value


def unescaped(value: str) -> str:
    """The inverse of :func:`escaped`."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value) if "\\" in value else value


def legal(value: str) -> str:
    """A value of Akoma Ntoso's own: what XML cannot hold becomes U+FFFD. The true value stands with the records."""
    return value if value.isprintable() else NO_XML.sub("\ufffd", value)


def slug(words: str) -> str:
    """Small letters and hyphens, ``đ`` kept: ``Hội đồng nhân dân`` → ``hoi-đong-nhan-dan``."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", words.lower()))
    if not plain.replace("đ", "").isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _NO_SLUG.sub("-", plain).strip("-")


_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_NO_SLUG = re.compile(r"[^a-z0-9đ]+")


# --- records -----------------------------------------------------------------------------------------------------------------

Shape = Literal["text", "bool", "value", "record", "records", "texts"]


class Field(NamedTuple):
    """A field of a record in XML: ``text``, ``bool`` and ``value`` (numbers, and all else, as JSON) are attributes, a ``record`` and each
    of ``records`` and ``texts`` an element."""

    name: str
    key: str
    shape: Shape
    of: type[msgspec.Struct] | None
    default: Any
    optional: bool


@cache
def fields(record: type[msgspec.Struct]) -> tuple[Field, ...]:
    """The fields of a record, in order, from its definition: a field added to the model is carried without a word here."""
    found = []
    info = msgspec.inspect.type_info(record)
    assert isinstance(info, msgspec.inspect.StructType)
    for field in info.fields:
        kind = field.type
        optional = False
        if isinstance(kind, msgspec.inspect.UnionType):
            inner = [one for one in kind.types if not isinstance(one, msgspec.inspect.NoneType)]
            optional = len(inner) < len(kind.types)
            kind = inner[0] if len(inner) == 1 else kind
        shape, of = _shape(kind)
        found.append(Field(field.name, field.encode_name, shape, of, msgspec.NODEFAULT if field.required else field.default, optional))
    return tuple(found)


def _shape(kind: msgspec.inspect.Type) -> tuple[Shape, type[msgspec.Struct] | None]:
    if isinstance(kind, msgspec.inspect.StrType) or (
        isinstance(kind, msgspec.inspect.LiteralType) and all(isinstance(value, str) for value in kind.values)
    ):
        return "text", None
    if isinstance(kind, msgspec.inspect.BoolType):
        return "bool", None
    if isinstance(kind, msgspec.inspect.StructType):
        return "record", kind.cls
    if isinstance(kind, msgspec.inspect.VarTupleType):
        if isinstance(kind.item_type, msgspec.inspect.StructType):
            return "records", kind.item_type.cls
        if isinstance(kind.item_type, msgspec.inspect.StrType):
            return "texts", None
    return "value", None


@cache
def element_of(record: type[msgspec.Struct]) -> str:
    """The name of a record's element: ``CellSpan`` → ``cellSpan``."""
    return record.__name__[0].lower() + record.__name__[1:]


@cache
def quotes(record: type[msgspec.Struct]) -> bool:
    """Whether a record's ``text`` is what stands at its ``start`` and ``end``: then it need not be written."""
    return {"start", "end", "text"} <= {field.key for field in fields(record)}

"""The document model: frozen records whose JSON is the published document format.

Every ``start``/``end`` pair is half open and counts Unicode code points into :attr:`Document.text`.
A node's span holds its own words only (label, heading, text); the spans of all nodes are disjoint, in reading
order, and hold every non-blank character of the text between them.

Dates are ISO strings as far as they are known (``2023-12-08``, ``2013-06``, ``2013``); an unknown value is ``None``.
What a document *says* is kept here as cited; whether it is right is not decided here.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

FORMAT: Literal["vanban-document/1"] = "vanban-document/1"

NodeKind = Literal[
    "preamble", "recital", "part", "chapter", "section", "subsection", "article", "clause", "point", "heading", "bullet",
    "paragraph", "quotation", "table", "appendix", "closing", "recipients", "signature", "note",
]  # fmt: skip
Scope = Literal["external", "self", "internal"]
State = Literal["resolved", "ambiguous", "partial", "unknown"]
Relation = Literal[
    "legal_basis", "considers", "implements", "amends", "supplements", "replaces", "repeals", "suspends", "details", "promulgates",
    "consolidates", "corrects", "extends", "cites",
]  # fmt: skip
MandateKind = Literal["task", "assignment", "objective"]
ActorRole = Literal["charged", "lead", "support", "oversight", "requested"]
Comparator = Literal["=", "<", "<=", ">", ">=", "~"]
Change = Literal["increase", "decrease"]
Severity = Literal["info", "warning", "error"]


class Source(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The file as received: ``sha256`` and ``size`` (bytes) are of its bytes before anything was decoded.

    ``part`` counts the documents of one file (a gazette issue holds several) from 1.
    """

    name: str
    media_type: str
    sha256: str
    size: int
    encoding: str | None = None
    part: int = 1


class Signer(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One who signs: ``role`` is his own office (``PHÓ CHỦ TỊCH``), ``authority`` the line above it (``KT. CHỦ TỊCH``)."""

    name: str | None
    role: str | None
    authority: str | None = None


class Instrument(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The document itself. ``id`` is the id that citations of it carry, wherever they stand.

    ``session`` is the sitting as printed (``KHÓA XIV, KỲ HỌP THỨ MƯỜI SÁU``); ``adopted`` the date of the adoption sentence.
    """

    id: str | None = None
    type: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    place: str | None = None
    title: str | None = None
    effective: str | None = None
    signers: tuple[Signer, ...] = ()
    session: str | None = None
    adopted: str | None = None
    issuers: tuple[str, ...] = ()


class CellSpan(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A paragraph of a table's cell: row and column from 0, ``start``/``end`` into ``Document.text``."""

    row: int
    column: int
    start: int
    end: int


class Node(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One piece of the structure. ``text`` is its own words, not its children's.

    ``label`` is the mark as printed (``Điều 2.``, ``1.1.``, ``a)``, ``-``); ``heading`` the title that belongs to it.
    ``note`` (a footnote's own words) is a kind beside those of the published list.
    ``role`` tells preamble nodes apart (``issuer``, ``number``, ``title``, ``formula`` …) and marks the ``adoption`` sentence.
    A ``table`` holds the words of its first filled cell and has ``table`` for its label (it prints none); the nodes below it with the
    role ``row`` hold the other cells, row by row, and ``cells`` tells which stretch is which cell.
    """

    id: str
    parent: str | None
    kind: NodeKind
    label: str = ""
    heading: str = ""
    text: str = ""
    start: int = 0
    end: int = 0
    page: int | None = None
    role: str = ""
    cells: tuple[CellSpan, ...] = ()


class Citation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One mention of an instrument (``external``), of this document (``self``) or of a provision of it (``internal``).

    ``provision`` is written ``Điều 28/2/a``; several with ``; ``. ``target`` is the id of the instrument meant, ``None`` where it
    cannot be told: then ``state`` says why and ``candidates`` lists the ids it may be. ``rule`` names the form it was recognised by.
    """

    node: str | None
    start: int
    end: int
    text: str
    scope: Scope = "external"
    type: str | None = None
    number: str | None = None
    name: str = ""
    date: str | None = None
    issuer: str | None = None
    provision: str = ""
    relation: Relation | None = None
    target: str | None = None
    target_node: str | None = None
    state: State | None = None
    candidates: tuple[str, ...] = ()
    rule: str = ""


class Edge(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the text says of two *other* instruments: ``subject`` amends (replaces, repeals …) ``object``, both by id.

    "Luật A được sửa đổi bởi Luật B" is B ``amends`` A; it is no relation of the document that says it. ``start``/``end`` hold the words
    that say so; ``provision`` is what of ``object`` is touched, where that is said.
    """

    node: str | None
    start: int
    end: int
    subject: str
    relation: Relation
    object: str
    provision: str = ""


class Programme(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A named programme, scheme, plan or strategy (Chương trình, Đề án, Kế hoạch, Quy hoạch, Chiến lược, Dự án): no numbered instrument.

    ``name`` is whole (``Chương trình mục tiêu quốc gia xây dựng nông thôn mới giai đoạn 2021 - 2025``), the same for a short form
    defined in the text; ``issued_by`` is the id of the instrument that issued it, where the text says which.
    """

    node: str | None
    start: int
    end: int
    text: str
    kind: str
    name: str
    period: str | None = None
    issued_by: str | None = None


class Mention(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An organisation or a place named in the text (:func:`vanban.parser.enrich`): ``name`` is canonical and whole, ``text`` as printed.

    ``kind`` is the level of an organisation (``central``, ``province`` …) or the kind of a place (``tỉnh``, ``xã`` …).
    """

    node: str | None
    start: int
    end: int
    text: str
    name: str
    kind: str = ""


class Actor(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A body named in a mandate, canonical and whole (``Ủy ban nhân dân tỉnh Thái Nguyên``)."""

    name: str
    role: ActorRole
    start: int | None = None
    end: int | None = None


class Act(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing a mandate orders: "Tiếp tục | thực hiện | hiệu quả chính sách … | theo Nghị quyết … | để …".

    ``verb`` is the main verb ("triển khai thực hiện" is one), ``aspect`` what stands before it ("tiếp tục", "chủ động"), ``object``,
    ``manner`` and ``purpose`` as printed, ``None`` where none. ``negative``: something that must not be ("không để xảy ra …").
    """

    start: int
    end: int
    verb: str
    aspect: str | None = None
    object: str | None = None
    manner: str | None = None
    purpose: str | None = None
    negative: bool = False


class Deadline(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A time limit as printed and, as far as it can be told, as dates (both inclusive).

    ``recurring`` is how often: ``yearly``, ``half-yearly``, ``quarterly``, ``monthly``, ``weekly``, ``daily``.
    """

    text: str
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    recurring: str | None = None


class Mandate(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Who must do what: one labelled node or paragraph that orders, assigns, or sets an aim.

    ``responsible`` are bodies it inherits, ``responsible_from`` the node that says so (an execution clause, a heading). ``acts``,
    ``programmes`` (names) and ``places`` are rules' work, ``phrases`` (key noun phrases) that of the linguistic layer
    (:func:`vanban.parser.enrich`).
    """

    node: str
    start: int
    end: int
    text: str
    kind: MandateKind
    actors: tuple[Actor, ...] = ()
    responsible: tuple[str, ...] = ()
    deadline: Deadline | None = None
    actions: tuple[str, ...] = ()
    implements: tuple[str, ...] = ()
    field: str = ""
    responsible_from: str | None = None
    acts: tuple[Act, ...] = ()
    programmes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


class Target(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A figure to be reached: ``Tỷ lệ che phủ rừng`` ``>=`` 46 ``%``. ``value`` is a plain number, ``value_max`` the end of a range.

    ``value`` and ``unit`` are as printed (1,2 ``triệu người``), ``normal_*`` the same in the unit it compares by (1200000 ``người``).
    """

    node: str
    start: int
    end: int
    text: str
    name: str
    comparator: Comparator
    value: float | int
    value_max: float | int | None = None
    unit: str = ""
    change: Change | None = None
    period: str | None = None
    baseline: str | None = None
    normal_value: float | int | None = None
    normal_max: float | int | None = None
    normal_unit: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a careful reader would want to check: a stable ``code``, a message with what to do, and where."""

    code: str
    severity: Severity
    message: str
    node: str | None = None
    start: int = 0
    end: int = 0


class Run(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """``length`` code points of ``Document.text`` from ``text`` stand in the decoded source from ``source``, unchanged."""

    text: int
    source: int
    length: int


class Document(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A parsed document. ``to_json`` and ``from_json`` are inverse to each other.

    ``source_map`` leads from ``text`` into the decoded file; characters in no run were set by the reader (a line break
    between table cells, an automatic number), never taken from the file. It is empty where the format has no text positions.
    ``furniture`` is what a reader took off as printed: running heads, page numbers, the page around a saved document.
    ``organisations`` and ``places`` are filled by :func:`vanban.parser.enrich`.
    """

    source: Source
    text: str
    instrument: Instrument
    nodes: tuple[Node, ...] = ()
    citations: tuple[Citation, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    targets: tuple[Target, ...] = msgspec.field(name="indicators", default=())
    findings: tuple[Finding, ...] = ()
    source_map: tuple[Run, ...] = ()
    edges: tuple[Edge, ...] = ()
    programmes: tuple[Programme, ...] = ()
    organisations: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    furniture: tuple[str, ...] = ()
    format: Literal["vanban-document/1"] = FORMAT

    def to_dict(self) -> dict[str, Any]:
        """The document as plain JSON values, in the names of the document format."""
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))  # lists, not tuples
        return plain

    def to_json(self, *, indent: int | None = None) -> str:
        """The document as JSON text (UTF-8, Vietnamese letters kept); ``indent`` in blanks, ``None`` for one line."""
        data = msgspec.json.encode(self)
        return (data if indent is None else msgspec.json.format(data, indent=indent)).decode()

    @classmethod
    def from_json(cls, data: str | bytes) -> Document:
        """Read back what :meth:`to_json` wrote; ``msgspec.ValidationError`` names the field that does not fit."""
        return msgspec.json.decode(data, type=cls)

    def to_source(self, offset: int) -> int | None:
        """Where the character at ``offset`` of ``text`` stands in the decoded source; ``None`` if the reader set it."""
        from bisect import bisect_right

        i = bisect_right(self.source_map, offset, key=lambda run: run.text) - 1
        if i < 0:
            return None
        run = self.source_map[i]
        inside = offset - run.text
        return run.source + inside if inside < run.length else None


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the document format, made from these records."""
    schema: dict[str, Any] = msgspec.json.schema(Document)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "vanban-document/1", **schema}

"""What the knowledge base answers: frozen records, complete without the database they came from.

A verb that is asked for an instrument gives its answer, or one of three typed refusals: :class:`Ambiguous` (the number belongs
to several), :class:`NotFound` (to none), :class:`NotHeld` (cited here, but its text is not). Never one of several.

In JSON every answer names itself in ``result`` (``"cited_by"``, ``"ambiguous"`` …). ``total`` counts what was found; ``items`` are
the part asked for by ``limit`` and ``offset``.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from vanban.parser.model import Actor, Change, Comparator, Deadline, Finding, MandateKind, Relation, Signer, State

Outcome = Literal["new", "version", "unchanged", "withdrawn", "failed"]


class KnowledgeBaseError(Exception):
    """What stands in the way of an answer: ``name`` the thing, ``problem`` what is wrong with it, ``remedy`` what to do."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name}: {problem}. {remedy}")
        self.name, self.problem, self.remedy = name, problem, remedy


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of answers."""


def _tag(name: str) -> str:
    """``CitedBy`` → ``cited_by``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Answer(Record, frozen=True, kw_only=True, tag_field="result", tag=_tag):
    """A whole answer; its JSON says in ``result`` which one it is."""


class InstrumentRecord(Record, frozen=True, kw_only=True):
    """An instrument as far as the knowledge base can tell; ``held`` says whether its own text is here."""

    id: str
    type: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    name: str = ""
    held: bool = False


def numbered(name: str, part: int) -> str:
    """A document of a file: ``cong-bao.pdf`` is the first, ``cong-bao.pdf#2`` the second."""
    return name if part == 1 else f"{name}#{part}"


def day_first(date: str) -> str:
    """A date as it is written in Vietnam: ``2017-10-25`` → ``25/10/2017``; as much of it as is known."""
    return "/".join(reversed(date.split("-")))


def called(named: InstrumentRecord | DocumentRecord) -> str:
    """How an instrument is called: ``Nghị quyết 19-NQ/TW ngày 25/10/2017``, ``Luật Đất đai``; its id where nothing else is known."""
    name = named.name if isinstance(named, InstrumentRecord) else named.title or named.source
    if named.number:
        head = " ".join(filter(None, (named.type, named.number)))
    elif named.type and not name.casefold().startswith(named.type.casefold()):
        head = f"{named.type} {name}".strip()
    else:
        head = name
    if not head:
        return named.id
    if not named.date:
        return head
    return f"{head} {'ngày' if len(named.date) == 10 else 'năm' if len(named.date) == 4 else 'tháng'} {day_first(named.date)}"


class DocumentRecord(Record, frozen=True, kw_only=True):
    """A document that is held. ``id`` is its instrument's, or ``sha256:…`` of its file where it has none; ``source`` the file's name.

    ``part`` counts the documents of one file from 1 (a gazette issue holds several); ``sha256:…#2`` and ``cong-bao.pdf#2`` are the second.
    """

    id: str
    instrument: str | None = None
    type: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    source: str = ""
    sha256: str = ""
    part: int = 1


class Snippet(Record, frozen=True, kw_only=True):
    """Words as printed; ``marks`` are the half-open stretches of ``text`` that were asked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


class CitationRecord(Record, frozen=True, kw_only=True):
    """One mention: where it stands (``path``: ``Điều 2 › II › 5 › gạch đầu dòng 1``), as printed and cited, and whom it means.

    ``target`` is ``None`` where that cannot be told; ``candidates`` are then the instruments it may mean.
    """

    document: DocumentRecord
    node: str | None
    path: str
    start: int
    end: int
    text: str
    type: str | None = None
    number: str | None = None
    name: str = ""
    date: str | None = None
    issuer: str | None = None
    provision: str = ""
    relation: Relation | None = None
    state: State | None = None
    target: InstrumentRecord | None = None
    candidates: tuple[InstrumentRecord, ...] = ()
    context: Snippet | None = None


class MandateRecord(Record, frozen=True, kw_only=True):
    """Who must do what, where it says so, and what it carries out."""

    document: DocumentRecord
    node: str
    path: str
    start: int
    end: int
    text: str
    kind: MandateKind
    actors: tuple[Actor, ...] = ()
    responsible: tuple[str, ...] = ()
    deadline: Deadline | None = None
    actions: tuple[str, ...] = ()
    implements: tuple[InstrumentRecord, ...] = ()
    field: str = ""


class TargetRecord(Record, frozen=True, kw_only=True):
    """A figure to be reached and where it is set."""

    document: DocumentRecord
    node: str
    path: str
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


class SearchHit(Record, frozen=True, kw_only=True):
    """A node that holds the words. ``exact``: in the spelling asked for, diacritics included; ``phrase``: side by side and in order."""

    document: DocumentRecord
    node: str
    path: str
    kind: str
    snippet: Snippet
    exact: bool
    phrase: bool


class CitedRecord(Record, frozen=True, kw_only=True):
    """How often an instrument is cited: ``citations`` mentions in ``documents`` documents."""

    instrument: InstrumentRecord
    citations: int
    documents: int


class OutlineRecord(Record, frozen=True, kw_only=True):
    """A line of an outline: ``depth`` counts from 0."""

    node: str
    depth: int
    kind: str
    label: str
    heading: str


class VersionRecord(Record, frozen=True, kw_only=True):
    """One version of a document, the current one or one that it took the place of."""

    source: str
    part: int = 1
    sha256: str
    parser: str
    current: bool


class Counts(Record, frozen=True, kw_only=True):
    """How much there is in a document. ``citations`` are those of other instruments, of which there are ``instruments``."""

    nodes: int = 0
    citations: int = 0
    instruments: int = 0
    mandates: int = 0
    targets: int = 0
    findings: int = 0


class Example(Record, frozen=True, kw_only=True):
    """A question that this knowledge base can answer, and the words of the command that asks it (without ``vanban``)."""

    question: str
    command: tuple[str, ...]


class Ingested(Record, frozen=True, kw_only=True):
    """What became of one document of a file, or of a file that failed: ``problem`` and ``remedy`` say why, and ``document`` is ``None``.

    ``withdrawn`` is a document that an earlier parser saw in these bytes and today's does not: it is kept, but answers no longer.
    """

    path: str
    outcome: Outcome
    document: DocumentRecord | None = None
    findings: int = 0
    problem: str | None = None
    remedy: str | None = None


# --- answers ---------------------------------------------------------------------------------------------------------------


class Ambiguous(Answer, frozen=True, kw_only=True):
    """``query`` means several instruments: ask again with a date, or with the id of the one that is meant."""

    query: str
    candidates: tuple[InstrumentRecord, ...]


class NotFound(Answer, frozen=True, kw_only=True):
    """No instrument here is meant by ``query``; ``suggestions`` look like it."""

    query: str
    date: str | None = None
    suggestions: tuple[InstrumentRecord, ...] = ()


class NotHeld(Answer, frozen=True, kw_only=True):
    """The instrument is known because it is cited, but its own text is not here."""

    query: str
    instrument: InstrumentRecord
    citations: int = 0


class Ingest(Answer, frozen=True, kw_only=True):
    """The report of an ingest, one record a document in the order they were taken."""

    items: tuple[Ingested, ...]

    def count(self, outcome: Outcome) -> int:
        """How many ended so."""
        return sum(item.outcome == outcome for item in self.items)


class Show(Answer, frozen=True, kw_only=True):
    """An instrument; where its text is held, the document with its outline, and every version of it that is kept."""

    instrument: InstrumentRecord | None
    cited: CitedRecord | None = None
    document: DocumentRecord | None = None
    place: str | None = None
    effective: str | None = None
    adopted: str | None = None
    session: str | None = None
    signers: tuple[Signer, ...] = ()
    counts: Counts = Counts()
    outline: tuple[OutlineRecord, ...] = ()
    findings: tuple[Finding, ...] = ()
    versions: tuple[VersionRecord, ...] = ()


class Cites(Answer, frozen=True, kw_only=True):
    """What a document cites, in reading order."""

    document: DocumentRecord
    total: int
    items: tuple[CitationRecord, ...]


class CitedBy(Answer, frozen=True, kw_only=True):
    """Who cites an instrument. ``open`` are mentions that may mean it but tell too little: they are not counted."""

    instrument: InstrumentRecord
    total: int
    documents: int
    items: tuple[CitationRecord, ...]
    open: tuple[CitationRecord, ...] = ()


class Mandates(Answer, frozen=True, kw_only=True):
    """Mandates by document and reading order; ``implements`` is the instrument they were asked for by, and ``open`` are those that may
    mean it but tell too little: they are not counted."""

    total: int
    items: tuple[MandateRecord, ...]
    implements: InstrumentRecord | None = None
    open: tuple[MandateRecord, ...] = ()


class Targets(Answer, frozen=True, kw_only=True):
    """Targets by document and reading order."""

    total: int
    items: tuple[TargetRecord, ...]


class Search(Answer, frozen=True, kw_only=True):
    """Nodes that hold the words, best first: the spelling asked for before others, side by side before apart."""

    words: tuple[str, ...]
    total: int
    items: tuple[SearchHit, ...]


class MostCited(Answer, frozen=True, kw_only=True):
    """Instruments by the number of documents that cite them, then of mentions."""

    total: int
    items: tuple[CitedRecord, ...]


class Documents(Answer, frozen=True, kw_only=True):
    """The documents held, by date, latest first."""

    total: int
    items: tuple[DocumentRecord, ...]


class Summary(Answer, frozen=True, kw_only=True):
    """A document at a glance. ``outline_total`` counts the lines of which ``outline`` shows the upper levels."""

    document: DocumentRecord
    counts: Counts
    outline: tuple[OutlineRecord, ...]
    outline_total: int
    legal_basis: tuple[CitationRecord, ...]
    implements: tuple[InstrumentRecord, ...]
    most_cited: tuple[CitedRecord, ...]
    examples: tuple[Example, ...]


Unresolved = Ambiguous | NotFound | NotHeld

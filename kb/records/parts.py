"""The parts of answers: instruments, documents, mentions, mandates, targets as they are told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from vanban.parser.model import Actor, Change, Comparator, Deadline, MandateKind, Relation, State

ForceState = Literal["unchanged", "not_yet", "amended", "suspended", "replaced", "repealed"]
"""How an instrument stands: the last two are no longer in force; ``not_yet``: its own text takes effect later."""
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
    programmes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class TargetRecord(Record, frozen=True, kw_only=True):
    """A figure to be reached and where it is set; ``normal_*`` is the same in the unit it compares by (1,2 ``triệu người``: 1200000)."""

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
    normal_value: float | int | None = None
    normal_max: float | int | None = None
    normal_unit: str = ""


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


class ChainRecord(Record, frozen=True, kw_only=True):
    """An instrument in a chain: ``depth`` steps away (1: at once), reached from ``via`` (an id): ``document`` says so at ``path``."""

    instrument: InstrumentRecord
    depth: int
    via: str
    relation: Relation
    document: DocumentRecord
    path: str = ""


class StepRecord(Record, frozen=True, kw_only=True):
    """One step: ``subject`` cites ``object`` in this ``relation``, as ``document`` says at ``path``."""

    subject: InstrumentRecord
    relation: Relation
    object: InstrumentRecord
    provision: str
    document: DocumentRecord
    path: str = ""


class ChangeRecord(Record, frozen=True, kw_only=True):
    """One change: ``by`` amends (replaces, repeals …) the instrument, the whole of it or ``provision``; ``date`` is that of ``by``,
    ``effective`` when it takes effect, where that is said. ``holds``: it had, by the date that was asked about, or its date is unknown."""

    by: InstrumentRecord
    relation: Relation
    provision: str
    date: str | None
    effective: str | None
    holds: bool
    document: DocumentRecord
    path: str = ""


class RegisterRecord(Record, frozen=True, kw_only=True):
    """What a register says of an instrument."""

    register: str
    status: str | None
    effective: str | None
    expired: str | None


class CellRecord(Record, frozen=True, kw_only=True):
    """One figure of a table, and where it is set."""

    comparator: Comparator
    value: float | int
    value_max: float | int | None
    unit: str
    change: Change | None
    normal_value: float | int | None
    normal_max: float | int | None
    normal_unit: str
    document: str
    node: str


class TableRow(Record, frozen=True, kw_only=True):
    """A row of a table of targets: ``cells`` has one entry for each column."""

    issuer: str
    name: str
    cells: tuple[tuple[CellRecord, ...], ...]


class CountRecord(Record, frozen=True, kw_only=True):
    """How many there are of one kind; ``""`` is the unknown one."""

    name: str
    number: int


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


class IngestCounts(Record, frozen=True, kw_only=True):
    """How many documents ended so; ``findings`` are those among them that have some."""

    new: int = 0
    version: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    failed: int = 0
    findings: int = 0

    def plus(self, items: Iterable[Ingested]) -> IngestCounts:
        """These and those."""
        counts = msgspec.structs.asdict(self)
        for item in items:
            counts[item.outcome] += 1
            counts["findings"] += bool(item.findings)
        return IngestCounts(**counts)

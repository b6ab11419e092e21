"""The answers: one record a verb, and the refusals.

``undated`` counts the documents that are as asked for in all else, but of whose date too little is known to tell whether it lies between
``since`` and ``until``: they are left out. Of a list that is asked for in parts, ``total`` counts it whole.
"""

from __future__ import annotations

from typing import Literal

from vanban.parser.model import Finding, Relation, Signer

from .parts import (
    Answer,
    ChainRecord,
    ChangeRecord,
    CitationRecord,
    CitedRecord,
    CountRecord,
    Counts,
    DocumentRecord,
    Example,
    ForceState,
    IngestCounts,
    Ingested,
    InstrumentRecord,
    MandateRecord,
    Outcome,
    OutlineRecord,
    RegisterRecord,
    SearchHit,
    StepRecord,
    TableRow,
    TargetRecord,
    VersionRecord,
)


class Ambiguous(Answer, frozen=True, kw_only=True):
    """``query`` means several instruments: ask again with a date, or with the id of the one that is meant."""

    query: str
    candidates: tuple[InstrumentRecord, ...]


class NotFound(Answer, frozen=True, kw_only=True):
    """No instrument here is meant by ``query``; ``suggestions`` look like it."""

    query: str
    date: str | None = None
    suggestions: tuple[InstrumentRecord, ...] = ()


class UnknownName(Answer, frozen=True, kw_only=True):
    """No body, place, programme, kind or unit (``what``) here is called ``query``; ``suggestions`` are names that look like it (of units
    those that are most used, too)."""

    what: Literal["body", "place", "programme", "kind", "issuer", "field", "unit"]
    query: str
    suggestions: tuple[str, ...] = ()


class NotHeld(Answer, frozen=True, kw_only=True):
    """The instrument is known because it is cited, but its own text is not here."""

    query: str
    instrument: InstrumentRecord
    citations: int = 0


class Ingest(Answer, frozen=True, kw_only=True):
    """The report of an ingest, one record a document in the order they were taken (none where only the ``counts`` were wanted)."""

    items: tuple[Ingested, ...]
    counts: IngestCounts = IngestCounts()

    def count(self, outcome: Outcome) -> int:
        """How many ended so."""
        return int(getattr(self.counts, outcome))


class Show(Answer, frozen=True, kw_only=True):
    """An instrument; where its text is held, the document with its outline, and every version of it that is kept. Findings that somebody
    ``dismissed`` are told apart."""

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
    dismissed: tuple[Finding, ...] = ()
    versions: tuple[VersionRecord, ...] = ()


class Cites(Answer, frozen=True, kw_only=True):
    """What a document cites, in reading order."""

    document: DocumentRecord
    total: int
    items: tuple[CitationRecord, ...]


class CitedBy(Answer, frozen=True, kw_only=True):
    """Who cites an instrument. ``open`` are mentions that may mean it but tell too little: they are not in ``total``; there are
    ``open_total`` of them, of which as many are given as of the others."""

    instrument: InstrumentRecord
    total: int
    documents: int
    items: tuple[CitationRecord, ...]
    open: tuple[CitationRecord, ...] = ()
    open_total: int = 0
    undated: int = 0


class Mandates(Answer, frozen=True, kw_only=True):
    """Mandates by document and reading order; ``implements`` is the instrument they were asked for by, and ``open`` are those that may
    mean it but tell too little: they are not in ``total``. ``bodies`` are the names that the body asked for was taken to mean."""

    total: int
    items: tuple[MandateRecord, ...]
    implements: InstrumentRecord | None = None
    open: tuple[MandateRecord, ...] = ()
    open_total: int = 0
    bodies: tuple[str, ...] = ()


class Targets(Answer, frozen=True, kw_only=True):
    """Targets by document and reading order."""

    total: int
    items: tuple[TargetRecord, ...]
    undated: int = 0


class Search(Answer, frozen=True, kw_only=True):
    """Nodes that hold the words, best first: side by side before apart, the spelling asked for before others. Without ``words`` nothing
    was asked for: there were only signs, or nothing.

    Where thousands do and a part of them was asked for, those beyond it are not counted: ``more`` says so, and ``total`` is what was."""

    words: tuple[str, ...]
    total: int
    items: tuple[SearchHit, ...]
    more: bool = False
    undated: int = 0


class MostCited(Answer, frozen=True, kw_only=True):
    """Instruments by the number of documents that cite them, then of mentions."""

    total: int
    items: tuple[CitedRecord, ...]


class Documents(Answer, frozen=True, kw_only=True):
    """The documents held, by date, latest first."""

    total: int
    items: tuple[DocumentRecord, ...]
    undated: int = 0


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


class Chain(Answer, frozen=True, kw_only=True):
    """What an instrument rests on (``up``), or what rests on it (``down``), step by step: each instrument once, at its least distance,
    by distance, then by date (latest first). ``deepest`` is the greatest distance there is.

    Where many thousands do and a part of them was asked for, those beyond it are not looked for: ``more`` says so, and ``total`` and
    ``deepest`` are those of what was reached."""

    instrument: InstrumentRecord
    direction: Literal["up", "down"]
    relations: tuple[Relation, ...]
    total: int
    deepest: int
    items: tuple[ChainRecord, ...]
    more: bool = False


class Path(Answer, frozen=True, kw_only=True):
    """A shortest way from one instrument to another; no ``steps``: there is none as far as the documents held tell.

    ``directed``: every step goes from who cites to who is cited. Where only that does not lead there, steps against it are taken too.
    """

    start: InstrumentRecord
    goal: InstrumentRecord
    directed: bool
    steps: tuple[StepRecord, ...]


class Changes(Answer, frozen=True, kw_only=True):
    """What changed an instrument and how it stood ``on`` a date (today where none is asked for), as far as the documents held tell.

    ``state`` is the most that is said of the whole instrument by that date; ``partly`` says that something is said of parts of it.
    ``effective`` is the date its own text gives, ``held`` whether that text is here. ``items`` are in the order in which they take
    effect, undated ones last: those count towards the state, because nobody says they do not hold yet. ``register`` is what registers
    say, which is told apart and decides nothing here. ``basis`` counts the documents held that could tell.
    """

    instrument: InstrumentRecord
    on: str
    state: ForceState
    partly: bool
    effective: str | None
    total: int
    items: tuple[ChangeRecord, ...]
    register: tuple[RegisterRecord, ...] = ()
    basis: int = 0


class TargetTable(Answer, frozen=True, kw_only=True):
    """Targets as a table: a row an issuer and target name, a column a period; what fits several times is there several times.

    ``columns`` are in order, the unknown period (``""``) last. ``total`` counts the rows.
    """

    words: tuple[str, ...]
    columns: tuple[str, ...]
    total: int
    items: tuple[TableRow, ...]
    undated: int = 0


class Coverage(Answer, frozen=True, kw_only=True):
    """Instruments that are cited and not held, most cited first. Of ``instruments`` that are cited, ``held`` are held; of ``citations``
    of other instruments that are resolved, ``citations_held`` lead to a text that is held."""

    instruments: int
    held: int
    citations: int
    citations_held: int
    total: int
    items: tuple[CitedRecord, ...]


class Statistics(Answer, frozen=True, kw_only=True):
    """How much is held. Each list by number, greatest first, then by name; citations are those of other instruments."""

    documents: int
    files: int
    versions: int
    instruments: int
    nodes: int
    citations: int
    mandates: int
    targets: int
    findings: int
    states: tuple[CountRecord, ...]
    relations: tuple[CountRecord, ...]
    types: tuple[CountRecord, ...]
    years: tuple[CountRecord, ...]


Unresolved = Ambiguous | NotFound | NotHeld | UnknownName

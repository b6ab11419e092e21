"""The answers: one record a verb, and the refusals."""

from __future__ import annotations

from vanban.parser.model import Finding, Signer

from .parts import (
    Answer,
    CitationRecord,
    CitedRecord,
    Counts,
    DocumentRecord,
    Example,
    IngestCounts,
    Ingested,
    InstrumentRecord,
    MandateRecord,
    Outcome,
    OutlineRecord,
    SearchHit,
    TargetRecord,
    VersionRecord,
)  # fmt: skip


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
    """The report of an ingest, one record a document in the order they were taken (none where only the ``counts`` were wanted)."""

    items: tuple[Ingested, ...]
    counts: IngestCounts = IngestCounts()

    def count(self, outcome: Outcome) -> int:
        """How many ended so."""
        return int(getattr(self.counts, outcome))


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

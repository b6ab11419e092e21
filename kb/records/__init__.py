"""What the knowledge base answers: frozen records, complete without the database they came from.

A verb that is asked for an instrument gives its answer, or one of three typed refusals: :class:`Ambiguous` (the number belongs
to several), :class:`NotFound` (to none), :class:`NotHeld` (cited here, but its text is not). Never one of several.

In JSON every answer names itself in ``result`` (``"cited_by"``, ``"ambiguous"`` …). ``total`` counts what was found; ``items`` are
the part asked for by ``limit`` and ``offset``.
"""

from __future__ import annotations

from .answers import (
    Ambiguous,
    CitedBy,
    Cites,
    Documents,
    Ingest,
    Mandates,
    MostCited,
    NotFound,
    NotHeld,
    Search,
    Show,
    Summary,
    Targets,
    Unresolved,
)
from .exports import Exported, SparqlAnswer
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
    KnowledgeBaseError,
    MandateRecord,
    Outcome,
    OutlineRecord,
    Record,
    SearchHit,
    Snippet,
    TargetRecord,
    VersionRecord,
    called,
    day_first,
    numbered,
)

__all__ = [
    "Ambiguous",
    "Answer",
    "CitationRecord",
    "CitedBy",
    "CitedRecord",
    "Cites",
    "Counts",
    "DocumentRecord",
    "Documents",
    "Example",
    "Exported",
    "Ingest",
    "IngestCounts",
    "Ingested",
    "InstrumentRecord",
    "KnowledgeBaseError",
    "MandateRecord",
    "Mandates",
    "MostCited",
    "NotFound",
    "NotHeld",
    "Outcome",
    "OutlineRecord",
    "Record",
    "Search",
    "SearchHit",
    "Show",
    "Snippet",
    "SparqlAnswer",
    "Summary",
    "TargetRecord",
    "Targets",
    "Unresolved",
    "VersionRecord",
    "called",
    "day_first",
    "numbered",
]

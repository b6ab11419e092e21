"""The questions, each a function of a session that gives typed records in a stable order: by the document's date (latest first), then
reading order. Every one counts all it found, whatever part of it was asked for.

:mod:`parts` makes records of rows, :mod:`names` finds the names that are meant; the others are one module a subject.
"""

from __future__ import annotations

from .chains import chain, path
from .changes import changes
from .citing import cited_by, cites, leading, most_cited
from .holdings import documents
from .mandates import mandates
from .parts import citations, mandate_records, record, records, target_records
from .statistics import coverage, statistics
from .targets import target_table, targets

__all__ = [
    "chain",
    "changes",
    "citations",
    "cited_by",
    "cites",
    "coverage",
    "documents",
    "leading",
    "mandate_records",
    "mandates",
    "most_cited",
    "path",
    "record",
    "records",
    "statistics",
    "target_records",
    "target_table",
    "targets",
]

"""The questions, each a function of a session that gives typed records in a stable order: by the document's date (latest first), then
reading order. Every one counts all it found, whatever part of it was asked for.

:mod:`parts` makes records of rows; one module a subject.
"""

from __future__ import annotations

from .citing import cited_by, cites, most_cited
from .holdings import documents
from .mandates import mandates
from .parts import citations, mandate_records, record, target_records
from .targets import targets

__all__ = [
    "citations",
    "cited_by",
    "cites",
    "documents",
    "mandate_records",
    "mandates",
    "most_cited",
    "record",
    "target_records",
    "targets",
]

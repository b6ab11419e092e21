"""What is told of work done on what is held: registers imported, reviews, changes of resolutions, the audit trail."""

from __future__ import annotations

from typing import Literal

from .parts import Answer, DocumentRecord, InstrumentRecord, Record

ReviewAction = Literal["accept", "correct", "dismiss"]
ReviewSubject = Literal["finding", "citation", "node", "actor", "target"]
ReviewState = Literal["standing", "not_applicable", "undone"]


class RegisterImport(Answer, frozen=True, kw_only=True):
    """A register was imported: how many entries it has, how many of them are new or other than before, how many are in it no more, and how
    many citations found their instrument by it."""

    name: str
    entries: int
    new: int = 0
    changed: int = 0
    gone: int = 0
    resolved: int = 0


class ReviewItem(Record, frozen=True, kw_only=True):
    """Something to look at: a finding, or a citation whose instrument cannot be told (``candidates`` are what it may mean).

    ``key`` names it for ``show``, ``accept``, ``correct`` and ``dismiss``: ``12:f3`` is finding 3 of document 12, ``12:c7`` its citation 7.
    """

    key: str
    subject: ReviewSubject
    document: DocumentRecord
    node: str | None
    path: str
    start: int
    end: int
    text: str
    code: str
    message: str
    candidates: tuple[InstrumentRecord, ...] = ()


class ReviewRecord(Record, frozen=True, kw_only=True):
    """A decision: by whom and why, what was there before and after, and whether it still stands (``problem`` says why not)."""

    id: int
    document: DocumentRecord
    subject: ReviewSubject
    action: ReviewAction
    field: str
    node: str | None
    text: str
    before: str | None
    after: str | None
    who: str
    why: str
    at: str
    state: ReviewState
    problem: str | None = None


class ResolutionRecord(Record, frozen=True, kw_only=True):
    """A citation was taken to mean another instrument: before, after, why (``because`` is the instrument that came) and by whom."""

    id: int
    document: DocumentRecord
    citation: int
    text: str
    cause: str
    before: str | None
    before_state: str | None
    after: str | None
    after_state: str | None
    because: str | None
    who: str
    at: str
    undoes: int | None = None


class AuditRecord(Record, frozen=True, kw_only=True):
    """One thing that was done; ``detail`` is JSON."""

    id: int
    at: str
    who: str
    verb: str
    document: int | None = None
    instrument: str | None = None
    detail: str = "{}"


class ReviewQueue(Answer, frozen=True, kw_only=True):
    """What is to be looked at, in the order of the documents' dates (latest first) and of reading."""

    total: int
    items: tuple[ReviewItem, ...]


class ReviewShown(Answer, frozen=True, kw_only=True):
    """One thing to be looked at, with the words around it and what was decided of it before."""

    item: ReviewItem
    context: str
    decisions: tuple[ReviewRecord, ...] = ()


class Reviewed(Answer, frozen=True, kw_only=True):
    """A decision was taken down."""

    review: ReviewRecord


class Restored(Answer, frozen=True, kw_only=True):
    """An earlier version is the current one again, in place of the one ``before``."""

    document: DocumentRecord
    before: DocumentRecord


class Reviews(Answer, frozen=True, kw_only=True):
    """Decisions, the latest first."""

    total: int
    items: tuple[ReviewRecord, ...]


class Resolutions(Answer, frozen=True, kw_only=True):
    """Changes of what citations mean, the latest first."""

    total: int
    items: tuple[ResolutionRecord, ...]


class AuditTrail(Answer, frozen=True, kw_only=True):
    """What was done, the latest first."""

    total: int
    items: tuple[AuditRecord, ...]

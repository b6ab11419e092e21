"""What people and the program did to what is held: reviews, changes of resolutions, the audit trail. None of it is ever deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vanban.parser import model

from .base import Base, one_of

ReviewAction = Literal["accept", "correct", "dismiss"]
ReviewSubject = Literal["finding", "citation", "node", "actor", "target"]
ReviewState = Literal["standing", "not_applicable", "undone"]
ChangeCause = Literal["arrival", "register", "review", "undo", "parse"]


class Review(Base):
    """One decision on one place of a document, by whom and why.

    It is found again in a later parse by its anchor: the ``node`` and the printed words (``anchor``, the ``occurrence``-th of them in the
    node). ``document_id`` is the version it stands on now, ``made_on_id`` the one it was made on; where a later parse no longer holds the
    place its ``state`` is ``not_applicable`` and ``problem`` says why. ``field`` is what was corrected (``label``, ``target``, ``actor:0``,
    ``value``), ``before`` and ``after`` its values as JSON.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        one_of("action", ReviewAction),
        one_of("subject", ReviewSubject),
        one_of("state", ReviewState),
        CheckConstraint("who <> ''", name="who"),
        CheckConstraint("action <> 'correct' OR after IS NOT NULL", name="after"),
        Index("ix_reviews_document_id", "document_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    made_on_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    subject: Mapped[str]
    action: Mapped[str]
    field: Mapped[str]
    node: Mapped[str | None]
    anchor: Mapped[str]
    occurrence: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    before: Mapped[str | None]
    after: Mapped[str | None]
    who: Mapped[str]
    why: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str]
    problem: Mapped[str | None]


class ResolutionChange(Base):
    """The instrument that a citation was taken to mean, before and after; ``because_id`` is the instrument that came, ``undoes_id`` the
    change that is taken back."""

    __tablename__ = "resolution_changes"
    __table_args__ = (
        one_of("cause", ChangeCause),
        one_of("before_state", model.State),
        one_of("after_state", model.State),
        Index("ix_resolution_changes_citation", "document_id", "citation"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    citation: Mapped[int]
    cause: Mapped[str]
    before_id: Mapped[str | None]
    before_state: Mapped[str | None]
    after_id: Mapped[str | None]
    after_state: Mapped[str | None]
    because_id: Mapped[str | None]
    review_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id"), index=True)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("resolution_changes.id"), unique=True)
    who: Mapped[str]
    at: Mapped[datetime]


class Audit(Base):
    """What was done, in order: ``verb`` (``loaded``, ``withdrawn``, ``reviewed``, ``resolved`` …), to what, by whom; ``detail`` is JSON."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_document_id", "document_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    verb: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    instrument_id: Mapped[str | None]
    detail: Mapped[str]

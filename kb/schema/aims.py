"""What a document orders and aims at: mandates with actors, acts and time limits; targets with their figures."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, TextClause, desc, text
from sqlalchemy.orm import Mapped, column_property, mapped_column

from vanban.parser import model

from .base import NO_ROWID, Base, Key, Part, in_node, one_of, span
from .entities import Place, Programme, name_of
from .instruments import id_of

_TIMED, _OF_FIELD = text("deadline_to IS NOT NULL"), text("field_key <> ''")


def _where(condition: TextClause) -> dict[str, Any]:
    """An index of some rows only, on either database."""
    return {"sqlite_where": condition, "postgresql_where": condition}


class Mandate(Part, Base):
    """Who must do what. ``field_key`` is its field without diacritics, a blank around each word.

    ``responsible_from`` is the node that says which bodies it inherits.
    """

    __tablename__ = "mandates"
    __table_args__ = (
        span(),
        in_node(),
        in_node("responsible_from"),
        one_of("kind", model.MandateKind),
        Index("ix_mandates_order", desc("document_date"), "document_id", "position"),
        Index("ix_mandates_deadline", desc("document_date"), "document_id", "position", "deadline_to", "recurring", **_where(_TIMED)),
        Index("ix_mandates_field", "field_key", "document_id", **_where(_OF_FIELD)),
        NO_ROWID,
    )
    node: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]
    kind: Mapped[str]
    field: Mapped[str]
    field_key: Mapped[str]
    deadline: Mapped[str | None]
    deadline_from: Mapped[str | None]
    deadline_to: Mapped[str | None]
    recurring: Mapped[str | None]
    responsible_from: Mapped[str | None]
    document_date: Mapped[str]


class MandatePart:
    """What belongs to a mandate: ``mandate`` is the mandate's position. These two come first in the key, so that a mandate's rows lie
    together."""

    document_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-2)
    mandate: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)


def _of_mandate() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["document_id", "mandate"], ["mandates.document_id", "mandates.position"], ondelete="CASCADE")


class MandateActor(MandatePart, Base):
    """A body in a mandate. ``inherited``: answerable by the execution clause or a heading, not named in the mandate's own words."""

    __tablename__ = "mandate_actors"
    __table_args__ = (
        _of_mandate(),
        one_of("role", model.ActorRole),
        CheckConstraint("inherited = (role IS NULL)", name="inherited"),
        Index("ix_mandate_actors_name", "name", "role"),
        NO_ROWID,
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    name_key: Mapped[str]
    role: Mapped[str | None]
    inherited: Mapped[bool]
    start: Mapped[int | None]
    end: Mapped[int | None]


class MandateAction(MandatePart, Base):
    """One act that a mandate orders, as printed."""

    __tablename__ = "mandate_actions"
    __table_args__ = (_of_mandate(), NO_ROWID)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]


class MandateAct(MandatePart, Base):
    """One act with its verb, object, manner and purpose; ``negative``: what must not be."""

    __tablename__ = "mandate_acts"
    __table_args__ = (_of_mandate(), span(), NO_ROWID)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    start: Mapped[int]
    end: Mapped[int]
    verb: Mapped[str]
    aspect: Mapped[str | None]
    object: Mapped[str | None]
    manner: Mapped[str | None]
    purpose: Mapped[str | None]
    negative: Mapped[bool]


class MandateInstrument(MandatePart, Base):
    """An instrument that a mandate carries out."""

    __tablename__ = "mandate_instruments"
    __table_args__ = (_of_mandate(), NO_ROWID)
    instrument_key: Mapped[int] = mapped_column(Key, ForeignKey("instruments.key"), primary_key=True, autoincrement=False, index=True)
    position: Mapped[int]
    instrument_id: Mapped[str] = column_property(id_of(instrument_key))


class MandateProgramme(MandatePart, Base):
    """A programme that a mandate is about."""

    __tablename__ = "mandate_programmes"
    __table_args__ = (_of_mandate(), NO_ROWID)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    programme_key: Mapped[int] = mapped_column(Key, ForeignKey("programmes.key"), index=True)
    programme: Mapped[str] = column_property(name_of(Programme, programme_key))


class MandatePlace(MandatePart, Base):
    """A place that a mandate is about."""

    __tablename__ = "mandate_places"
    __table_args__ = (_of_mandate(), NO_ROWID)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place_key: Mapped[int] = mapped_column(Key, ForeignKey("places.key"), index=True)
    place: Mapped[str] = column_property(name_of(Place, place_key))


class MandatePhrase(MandatePart, Base):
    """A key noun phrase of a mandate (the linguistic layer's)."""

    __tablename__ = "mandate_phrases"
    __table_args__ = (_of_mandate(), NO_ROWID)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]


class Target(Part, Base):
    """A figure to be reached: as printed (1,2 ``triệu người``) and, in ``normal_*``, in the unit it compares by (1200000 ``người``).

    ``name_key`` is its name without diacritics.
    """

    __tablename__ = "targets"
    __table_args__ = (
        span(),
        in_node(),
        one_of("comparator", model.Comparator),
        one_of("change", model.Change),
        Index("ix_targets_name_key", "name_key", "period", "document_id", "position"),
        Index("ix_targets_order", desc("document_date"), "document_id", "position"),
        NO_ROWID,
    )
    node: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]
    name: Mapped[str]
    name_key: Mapped[str]
    comparator: Mapped[str]
    value: Mapped[float]
    value_max: Mapped[float | None]
    unit: Mapped[str]
    change: Mapped[str | None]
    period: Mapped[str | None]
    baseline: Mapped[str | None]
    normal_value: Mapped[float | None]
    normal_max: Mapped[float | None]
    normal_unit: Mapped[str]
    document_date: Mapped[str]

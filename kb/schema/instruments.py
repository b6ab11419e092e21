"""Instruments stand on their own: what is cited and what is held, and under which names."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, desc, select
from sqlalchemy.orm import Mapped, mapped_column

from .base import NO_ROWID, Base, Key, one_of

AliasKind = Literal["number", "name"]


class Instrument(Base):
    """An instrument, held or only cited. ``id`` is the parser's, ``key`` what stands for it in the rows of documents (:func:`key_of`);
    ``number_key`` and ``name_key`` find it in any spelling.

    ``citations`` mentions in ``documents`` current documents name it (mentions of other instruments only), and it is ``held`` where a
    current document is its text: kept by every load.
    """

    __tablename__ = "instruments"
    __table_args__ = (
        CheckConstraint("id <> ''", name="id"),
        CheckConstraint("documents >= 0 AND citations >= documents", name="counts"),
        Index("ix_instruments_most_cited", "held", desc("documents"), desc("citations"), "id"),
    )
    key: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(unique=True)
    type: Mapped[str | None]
    number: Mapped[str | None]
    date: Mapped[str | None]
    issuer: Mapped[str | None]
    name: Mapped[str]
    number_key: Mapped[str | None] = mapped_column(index=True)
    name_key: Mapped[str | None] = mapped_column(index=True)
    citations: Mapped[int]
    documents: Mapped[int]
    held: Mapped[bool]


def id_of(key: Mapped[int] | Mapped[int | None] | ColumnElement[int]) -> ColumnElement[str]:
    """The id of the instrument that a key stands for, as it is read with the row."""
    return select(Instrument.id).where(Instrument.key == key).scalar_subquery()


class Alias(Base):
    """Another number or name by which an instrument is known; ``key`` is a ``number_key`` or ``name_key``, by ``kind``.

    ``origin``: ``document`` (its own text says so: Luật + its title), or the name of the register that says so.
    """

    __tablename__ = "instrument_aliases"
    __table_args__ = (one_of("kind", AliasKind), Index("ix_instrument_aliases_kind_key", "kind", "key"), NO_ROWID)
    instrument_id: Mapped[str] = mapped_column(ForeignKey("instruments.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class RegisterFact(Base):
    """What a register says of an instrument: kept beside what documents cite, never written over it.

    ``effective`` … ``expired`` are the dates between which it is in force, ``status`` the register's own word, ``json`` its whole row.
    """

    __tablename__ = "register_facts"
    __table_args__ = (NO_ROWID,)
    instrument_id: Mapped[str] = mapped_column(ForeignKey("instruments.id"), primary_key=True)
    register: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str | None]
    number: Mapped[str | None]
    date: Mapped[str | None]
    issuer: Mapped[str | None]
    title: Mapped[str]
    effective: Mapped[str | None]
    expired: Mapped[str | None]
    status: Mapped[str | None]
    added: Mapped[datetime]
    json: Mapped[str]

"""Instruments stand on their own: what is cited and what is held, under which names, and how they are related."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, ForeignKeyConstraint, Index, desc, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column

from vanban.parser import model

from .base import NO_ROWID, Base, Key, Part, one_of

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


def id_of(key: Mapped[int] | Mapped[int | None]) -> ColumnElement[str]:
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


_IS_EDGE = text("edge IS NOT NULL")


class InstrumentRelation(Part, Base):
    """One instrument to another, as a current document says: ``subject`` amends (cites, is founded on …) ``object``.

    From the document's own citations (``citation`` is the first that says so, ``mentions`` how many do), or from what it says of two
    others (``edge``: "Luật A được sửa đổi bởi Luật B"). ``date`` is that of the document where it is the subject ('' otherwise, and where
    unknown), ``effective`` when it takes effect. Edges come after the citations' relations: ``position`` counts both together.

    Those of citations are found by the citations and by the document, whose references to instruments hold for them too: a second index in
    the order of the instruments would cost a load more than all else of the table.
    """

    __tablename__ = "relations"
    __table_args__ = (
        one_of("relation", model.Relation),
        CheckConstraint("(citation IS NULL) <> (edge IS NULL)", name="origin"),
        CheckConstraint("mentions >= 1", name="mentions"),
        ForeignKeyConstraint(["document_id", "citation"], ["citations.document_id", "citations.position"], ondelete="CASCADE"),
        Index("ix_relations_subject_of_edge", "subject_key", sqlite_where=_IS_EDGE, postgresql_where=_IS_EDGE),
        Index("ix_relations_object_of_edge", "object_key", sqlite_where=_IS_EDGE, postgresql_where=_IS_EDGE),
        NO_ROWID,
    )
    subject_key: Mapped[int] = mapped_column(Key)
    relation: Mapped[str]
    object_key: Mapped[int] = mapped_column(Key)
    provision: Mapped[str]
    mentions: Mapped[int]
    date: Mapped[str]
    effective: Mapped[str | None]
    citation: Mapped[int | None]
    edge: Mapped[int | None]
    node: Mapped[str | None]
    start: Mapped[int]
    end: Mapped[int]
    subject_id: Mapped[str] = column_property(id_of(subject_key))
    object_id: Mapped[str] = column_property(id_of(object_key))

"""What documents speak of beside instruments: organisations, places and programmes, each with the places where it is named."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from .base import NO_ROWID, Base, Key, Part, in_node, span


class _Named:
    """``name`` is canonical and whole, ``name_key`` the same without diacritics; ``key`` stands for it in the rows of documents."""

    key: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(unique=True)
    name_key: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]


class _Lasting(_Named):
    """From when to when it was there, as far as known (ISO dates, inclusive), and what came after it; in how many of the current
    ``documents`` it is named."""

    valid_from: Mapped[str | None]
    valid_to: Mapped[str | None]
    documents: Mapped[int]


_VALID = "valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to"


class Organisation(_Lasting, Base):
    """A body, named whole (``Ủy ban nhân dân tỉnh Thái Nguyên``); ``kind`` is its level."""

    __tablename__ = "organisations"
    __table_args__ = (CheckConstraint(_VALID, name="valid"), CheckConstraint("documents >= 0", name="documents"))
    replaced_by: Mapped[str | None] = mapped_column(ForeignKey("organisations.name"))


class Place(_Lasting, Base):
    """A province, district, commune …, named whole (``tỉnh Thái Nguyên``); ``within`` is the one it lies in."""

    __tablename__ = "places"
    __table_args__ = (CheckConstraint(_VALID, name="valid"), CheckConstraint("documents >= 0", name="documents"))
    replaced_by: Mapped[str | None] = mapped_column(ForeignKey("places.name"))
    within: Mapped[str | None] = mapped_column(ForeignKey("places.name"))


class Programme(_Named, Base):
    """A named programme, scheme, plan or strategy; ``issued_by`` is the instrument that issued it, where a text says which."""

    __tablename__ = "programmes"
    period: Mapped[str | None]
    issued_by: Mapped[str | None] = mapped_column(ForeignKey("instruments.id"), index=True)


def name_of(table: type[_Named], key: Mapped[int]) -> ColumnElement[str]:
    """The name that a key stands for, as it is read with the row."""
    named: Any = select(table.name).where(table.key == key)
    return named.scalar_subquery()  # type: ignore[no-any-return]


class _Mention(Part):
    """What is printed there is ``start`` to ``end`` of the document's text."""

    node: Mapped[str | None]
    start: Mapped[int]
    end: Mapped[int]


class OrganisationMention(_Mention, Base):
    """Where a body is named.

    That the body is there is held by its count of documents, not by a reference, nor are mentions found by it: an index that held the
    reference would cost a load more than the table.
    """

    __tablename__ = "organisation_mentions"
    __table_args__ = (span(), in_node(), NO_ROWID)
    organisation_key: Mapped[int] = mapped_column(Key)


class PlaceMention(_Mention, Base):
    """Where a place is named; as with bodies."""

    __tablename__ = "place_mentions"
    __table_args__ = (span(), in_node(), NO_ROWID)
    place_key: Mapped[int] = mapped_column(Key)


class ProgrammeMention(_Mention, Base):
    """Where a programme is named; ``issued_by`` is what the text says there."""

    __tablename__ = "programme_mentions"
    __table_args__ = (span(), in_node(), Index("ix_programme_mentions_programme", "programme_key", "document_id"), NO_ROWID)
    programme_key: Mapped[int] = mapped_column(Key, ForeignKey("programmes.key"))
    period: Mapped[str | None]
    issued_by: Mapped[str | None] = mapped_column(ForeignKey("instruments.id"), index=True)

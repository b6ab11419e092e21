"""What was received and what was made of it: files, and documents as versions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import DOCUMENTS, Base, Packed, PackedBytes


class SchemaVersion(Base):
    """One row: the version of the schema this database has."""

    __tablename__ = "vanban_schema"
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class SourceFile(Base):
    """A file as received, byte for byte; the same bytes are one row under whatever names they come.

    ``origin`` is where it was taken from (the path as given), ``added`` when, ``size`` the number of the bytes, which are kept packed.
    """

    __tablename__ = "source_files"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("size >= 0", name="size"),
        Index("ix_source_files_name", "name"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    origin: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str]
    added: Mapped[datetime]
    data: Mapped[bytes] = mapped_column(PackedBytes, deferred=True)


_CURRENT, _ONLY = text("current"), text("current AND identified")
# SQLite takes an index of this kind only for a question that says the same in the same words.
_IS_CURRENT, _IS_ONLY = text("current = 1"), text("current = 1 AND identified = 1")


class Document(Base):
    """One parse of one document of a file: ``part`` counts a file's documents from 1 (a gazette issue holds several).

    Of an instrument, and of a file's part, one at most is ``current``; ``replaces_id`` names its forerunner.

    An instrument that is not wholly ``identified`` (its date or issuer cannot be read) may be several: those documents stand side by
    side, and none takes another's place. ``json`` is what the parser said, before anything was corrected.
    """

    __tablename__ = "documents"
    __table_args__ = (
        Index("uq_documents_current_instrument", "instrument_id", unique=True, sqlite_where=_IS_ONLY, postgresql_where=_ONLY),
        Index("uq_documents_current_part", "source_id", "part", unique=True, sqlite_where=_IS_CURRENT, postgresql_where=_CURRENT),
        Index("ix_documents_instrument_id", "instrument_id"),
        Index("ix_documents_source_id", "source_id"),
        # Were ``current`` their first column, SQLite would look through all documents for those of one instrument.
        Index("ix_documents_current_date", "date", sqlite_where=_IS_CURRENT, postgresql_where=_CURRENT),
        Index("ix_documents_current_issuer", "issuer_key", "date", sqlite_where=_IS_CURRENT, postgresql_where=_CURRENT),
        CheckConstraint(f"id < {DOCUMENTS}", name="id"),
        CheckConstraint("part >= 1", name="part"),
        CheckConstraint("replaces_id <> id", name="replaces"),
        CheckConstraint("instrument_id IS NOT NULL OR NOT identified", name="identified"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source_files.id"))
    part: Mapped[int]
    instrument_id: Mapped[str | None] = mapped_column(ForeignKey("instruments.id"))
    current: Mapped[bool]
    identified: Mapped[bool]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), unique=True)
    parser: Mapped[str]
    type: Mapped[str | None]
    number: Mapped[str | None]
    number_key: Mapped[str | None] = mapped_column(index=True)
    date: Mapped[str | None]
    issuer: Mapped[str | None]
    issuer_key: Mapped[str]
    place: Mapped[str | None]
    effective: Mapped[str | None]
    title: Mapped[str | None]
    added: Mapped[datetime]
    json: Mapped[str] = mapped_column(Packed, deferred=True)

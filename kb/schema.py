"""The tables. Constraints hold what the code promises, on SQLite and on PostgreSQL alike.

What belongs to a document (nodes, citations, mandates …) is keyed by the document and its place in it, so that the rows are the same
whenever and however it is loaded. Those rows exist for the **current** version only; an earlier version keeps its whole JSON and
its file's bytes, from which they can be made again. Instruments stand on their own: what is cited and what is held.

``VERSION`` goes up with every change here and with every new value of the model's lists (kinds, relations …), which the constraints
name; a database of another version is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar, get_args

from sqlalchemy import (
    CheckConstraint,
    Connection,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
    insert,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from vanban.parser import model

VERSION = 2

_AT_ONCE = 400
_Value = TypeVar("_Value")


def portions(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    """Values for ``IN (…)``, so many at once as every database takes in one statement."""
    return (values[i : i + _AT_ONCE] for i in range(0, len(values), _AT_ONCE))


class Base(DeclarativeBase):
    """Named constraints (a migration must be able to name them) and one kind of text."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text, float: Float(53), datetime: DateTime(timezone=True)}  # noqa: RUF012  SQLAlchemy's own name


def _one_of(column: str, values: object) -> CheckConstraint:
    """The column holds one of the values of a ``Literal`` of the document model, or nothing."""
    listed = ", ".join(f"'{value}'" for value in get_args(values))
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _span() -> CheckConstraint:
    return CheckConstraint('"start" >= 0 AND "start" <= "end"', name="span")


class SchemaVersion(Base):
    """One row: the version of the schema this database has."""

    __tablename__ = "vanban_schema"
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class SourceFile(Base):
    """A file as received, byte for byte; the same bytes are one row under whatever names they come."""

    __tablename__ = "source_files"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("size = length(data)", name="size"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str]
    added: Mapped[datetime]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Instrument(Base):
    """An instrument, held or only cited. ``id`` is the parser's; ``number_key`` and ``name_key`` find it in any spelling."""

    __tablename__ = "instruments"
    __table_args__ = (CheckConstraint("id <> ''", name="id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str | None]
    number: Mapped[str | None]
    date: Mapped[str | None]
    issuer: Mapped[str | None]
    name: Mapped[str]
    number_key: Mapped[str | None] = mapped_column(index=True)
    name_key: Mapped[str | None] = mapped_column(index=True)


_CURRENT, _ONLY = text("current"), text("current AND identified")


class Document(Base):
    """One parse of one document of a file: ``part`` counts a file's documents from 1 (a gazette issue holds several).

    Of an instrument, and of a file's part, one at most is ``current``; ``replaces_id`` names its forerunner.

    An instrument that is not wholly ``identified`` (its date or issuer cannot be read) may be several: those documents stand side by
    side, and none takes another's place.
    """

    __tablename__ = "documents"
    __table_args__ = (
        Index("uq_documents_current_instrument", "instrument_id", unique=True, sqlite_where=_ONLY, postgresql_where=_ONLY),
        Index("uq_documents_current_part", "source_id", "part", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT),
        Index("ix_documents_instrument_id", "instrument_id"),
        Index("ix_documents_source_id", "source_id"),
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
    date: Mapped[str | None] = mapped_column(index=True)
    issuer: Mapped[str | None]
    title: Mapped[str | None]
    added: Mapped[datetime]
    json: Mapped[str] = mapped_column(deferred=True)


class _Part:
    """What belongs to a document and goes with it: ``position`` counts from 0 in reading order."""

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


def _in_node(column: str = "node") -> ForeignKeyConstraint:
    """The node named in ``column`` is one of the same document."""
    return ForeignKeyConstraint(["document_id", column], ["nodes.document_id", "nodes.node"], ondelete="CASCADE")


class Node(Base):
    """A node of the structure; ``path`` is its place as people cite it: ``Điều 2 › II › 5 › gạch đầu dòng 1``. ``label`` is empty where
    none is printed."""

    __tablename__ = "nodes"
    __table_args__ = (
        _span(),
        _one_of("kind", model.NodeKind),
        UniqueConstraint("document_id", "node"),
        UniqueConstraint("document_id", "position"),
        ForeignKeyConstraint(["document_id", "parent"], ["nodes.document_id", "nodes.node"], ondelete="CASCADE"),
        Index("ix_nodes_document_id_parent", "document_id", "parent"),
    )
    key: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    position: Mapped[int]
    node: Mapped[str]
    parent: Mapped[str | None]
    kind: Mapped[str]
    label: Mapped[str]
    heading: Mapped[str]
    text: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    page: Mapped[int | None]
    role: Mapped[str]
    path: Mapped[str]


class Citation(_Part, Base):
    """A directed edge from a node to the instrument it cites; without a ``target_id``, ``state`` says why."""

    __tablename__ = "citations"
    __table_args__ = (
        _span(),
        _in_node(),
        _in_node("target_node"),
        _one_of("scope", model.Scope),
        _one_of("relation", model.Relation),
        _one_of("state", model.State),
        CheckConstraint("scope <> 'external' OR state IS NULL OR state <> 'resolved' OR target_id IS NOT NULL", name="resolved"),
        Index("ix_citations_document_id_node", "document_id", "node"),
        Index("ix_citations_document_id_target_node", "document_id", "target_node"),
    )
    node: Mapped[str | None]
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]
    scope: Mapped[str]
    type: Mapped[str | None]
    number: Mapped[str | None]
    number_key: Mapped[str | None] = mapped_column(index=True)
    name: Mapped[str]
    date: Mapped[str | None]
    issuer: Mapped[str | None]
    provision: Mapped[str]
    relation: Mapped[str | None]
    state: Mapped[str | None]
    target_id: Mapped[str | None] = mapped_column(ForeignKey("instruments.id"), index=True)
    target_node: Mapped[str | None]


class Candidate(Base):
    """An instrument that an open citation may mean."""

    __tablename__ = "candidates"
    __table_args__ = (
        ForeignKeyConstraint(["document_id", "citation"], ["citations.document_id", "citations.position"], ondelete="CASCADE"),
    )
    document_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    citation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    instrument_id: Mapped[str] = mapped_column(ForeignKey("instruments.id"), primary_key=True, index=True)


class Mandate(_Part, Base):
    """Who must do what. ``folded`` is its text for search: lower case, without diacritics, a blank around each word."""

    __tablename__ = "mandates"
    __table_args__ = (
        _span(),
        _in_node(),
        _one_of("kind", model.MandateKind),
        Index("ix_mandates_document_id_node", "document_id", "node"),
    )
    node: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]
    kind: Mapped[str]
    field: Mapped[str]
    deadline: Mapped[str | None]
    deadline_from: Mapped[str | None]
    deadline_to: Mapped[str | None]
    folded: Mapped[str]


class _MandatePart:
    document_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mandate: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


def _of_mandate() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["document_id", "mandate"], ["mandates.document_id", "mandates.position"], ondelete="CASCADE")


class MandateActor(_MandatePart, Base):
    """A body in a mandate. ``inherited``: answerable by the execution clause or a heading, not named in the mandate's own words."""

    __tablename__ = "mandate_actors"
    __table_args__ = (
        _of_mandate(),
        _one_of("role", model.ActorRole),
        CheckConstraint("inherited = (role IS NULL)", name="inherited"),
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(index=True)
    role: Mapped[str | None]
    inherited: Mapped[bool]


class MandateAction(_MandatePart, Base):
    """One act that a mandate orders."""

    __tablename__ = "mandate_actions"
    __table_args__ = (_of_mandate(),)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]


class MandateInstrument(_MandatePart, Base):
    """An instrument that a mandate carries out."""

    __tablename__ = "mandate_instruments"
    __table_args__ = (_of_mandate(),)
    instrument_id: Mapped[str] = mapped_column(ForeignKey("instruments.id"), primary_key=True, index=True)
    position: Mapped[int]


class Target(_Part, Base):
    """A figure to be reached. ``folded``: its name and text for search."""

    __tablename__ = "targets"
    __table_args__ = (
        _span(),
        _in_node(),
        _one_of("comparator", model.Comparator),
        _one_of("change", model.Change),
        Index("ix_targets_document_id_node", "document_id", "node"),
    )
    node: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]
    name: Mapped[str]
    comparator: Mapped[str]
    value: Mapped[float]
    value_max: Mapped[float | None]
    unit: Mapped[str]
    change: Mapped[str | None]
    period: Mapped[str | None]
    baseline: Mapped[str | None]
    folded: Mapped[str]


class Finding(_Part, Base):
    """What a careful reader would want to check."""

    __tablename__ = "findings"
    __table_args__ = (
        _span(),
        _in_node(),
        _one_of("severity", model.Severity),
        Index("ix_findings_document_id_node", "document_id", "node"),
    )
    code: Mapped[str] = mapped_column(index=True)
    severity: Mapped[str]
    message: Mapped[str]
    node: Mapped[str | None]
    start: Mapped[int]
    end: Mapped[int]


class NodeWords(Base):
    """The words of each node for search, folded and in their own spelling. On SQLite this is a full-text table (FTS5), made below."""

    __tablename__ = "node_words"
    rowid: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    folded: Mapped[str]
    exact: Mapped[str]


WORDS = NodeWords.metadata.tables["node_words"]
PARTS = (Finding, Target, MandateInstrument, MandateAction, MandateActor, Mandate, Candidate, Citation, Node)
"""Tables of a document's parts in the order in which they can be emptied."""

# ``unicode61`` must not fold: ``exact`` keeps tones and đ, ``folded`` has none left. Words come to it divided by blanks.
_FULL_TEXT = "CREATE VIRTUAL TABLE node_words USING fts5(folded, exact, tokenize = 'unicode61 remove_diacritics 0')"


def create(connection: Connection) -> None:
    """Make the tables in an empty database and write down their version."""
    full_text = connection.dialect.name == "sqlite"
    Base.metadata.create_all(connection, tables=[t for t in Base.metadata.sorted_tables if not (full_text and t is WORDS)])
    if full_text:
        connection.exec_driver_sql(_FULL_TEXT)
    connection.execute(insert(SchemaVersion).values(version=VERSION))

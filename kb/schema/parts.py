"""A document's text and what it cites: nodes with their words, citations with their candidates, findings.

Parts are keyed by the document and their place in it, so that the rows are the same whenever and however it is loaded. They exist for
the **current** version only; an earlier one keeps its whole JSON and its file's bytes, from which they can be made again.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    desc,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column

from vanban.parser import model

from .base import BIG, NO_ROWID, PLACES, Base, Key, Part, in_node, one_of, span
from .instruments import id_of


class Node(Base):
    """A node of the structure; ``path`` is its place as people cite it: ``Điều 2 › II › 5 › gạch đầu dòng 1``. ``label`` is empty where
    none is printed. ``key`` is made of the document and the place (:func:`place_key`)."""

    __tablename__ = "nodes"
    __table_args__ = (
        span(),
        one_of("kind", model.NodeKind),
        CheckConstraint(f"key = document_id * CAST({PLACES} AS BIGINT) + position", name="key"),
        CheckConstraint(f"position >= 0 AND position < {PLACES}", name="position"),
        UniqueConstraint("document_id", "node"),
        ForeignKeyConstraint(["document_id", "parent"], ["nodes.document_id", "nodes.node"], ondelete="CASCADE"),
        Index("ix_nodes_document_id_parent", "document_id", "parent"),
    )
    key: Mapped[int] = mapped_column(BIG, primary_key=True, autoincrement=False)
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


_OPEN = "coalesce(state, '') <> 'resolved'"
IS_OPEN: ColumnElement[bool] = literal_column("coalesce(citations.state, '') <> 'resolved'")
"""In the words of the index of open citations, so that it is used."""


class Citation(Part, Base):
    """A directed edge from a node to the instrument it cites; without a ``target_key``, ``state`` says why. ``rule`` names the form it was
    recognised by.

    ``document_date`` is that of the document it stands in ('' where unknown), so that the index gives lists in their order; ``subject_key``
    the instrument that the document is, where a relation of the two comes of the citation: the same index leads from an instrument to
    those that cite it.
    """

    __tablename__ = "citations"
    __table_args__ = (
        span(),
        in_node(),
        in_node("target_node"),
        one_of("scope", model.Scope),
        one_of("relation", model.Relation),
        one_of("state", model.State),
        CheckConstraint("scope <> 'external' OR state IS NULL OR state <> 'resolved' OR target_key IS NOT NULL", name="resolved"),
        CheckConstraint("subject_key IS NULL OR (scope = 'external' AND target_key IS NOT NULL AND relation IS NOT NULL)", name="subject"),
        Index("ix_citations_target", "target_key", "scope", desc("document_date"), "document_id", "position", "relation", "subject_key"),
        Index("ix_citations_open", "number_key", sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
        NO_ROWID,
    )
    node: Mapped[str | None]
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]
    scope: Mapped[str]
    type: Mapped[str | None]
    number: Mapped[str | None]
    number_key: Mapped[str | None]
    name: Mapped[str]
    date: Mapped[str | None]
    issuer: Mapped[str | None]
    provision: Mapped[str]
    relation: Mapped[str | None]
    state: Mapped[str | None]
    target_key: Mapped[int | None] = mapped_column(Key, ForeignKey("instruments.key"))
    target_node: Mapped[str | None]
    rule: Mapped[str]
    document_date: Mapped[str]
    subject_key: Mapped[int | None] = mapped_column(Key)
    target_id: Mapped[str | None] = column_property(id_of(target_key))


class Candidate(Base):
    """An instrument that an open citation may mean."""

    __tablename__ = "candidates"
    __table_args__ = (
        ForeignKeyConstraint(["document_id", "citation"], ["citations.document_id", "citations.position"], ondelete="CASCADE"),
        NO_ROWID,
    )
    document_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    citation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    instrument_key: Mapped[int] = mapped_column(Key, ForeignKey("instruments.key"), primary_key=True, autoincrement=False, index=True)
    instrument_id: Mapped[str] = column_property(id_of(instrument_key))


class Finding(Part, Base):
    """What a careful reader would want to check."""

    __tablename__ = "findings"
    __table_args__ = (span(), in_node(), one_of("severity", model.Severity), Index("ix_findings_code", "code", "document_id"), NO_ROWID)
    code: Mapped[str]
    severity: Mapped[str]
    message: Mapped[str]
    node: Mapped[str | None]
    start: Mapped[int]
    end: Mapped[int]

"""Which instrument stands how to which: what a document's citations make of it and those it cites, and what it says of two others.

The first is not kept twice: a citation that ties the two names both (``subject_key``, ``target_key``), and what is asked of relations is
asked of the citations (:func:`of_citations`). The view ``relations`` shows both kinds as one table, for whole documents.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Dialect, ForeignKey, Index, Integer, MetaData, Select, Text, cast, func, null, select, union_all
from sqlalchemy.orm import Mapped, aliased, column_property, mapped_column

from vanban.parser import model

from .base import NO_ROWID, PLACES, Base, Key, Part, in_node, one_of, span
from .instruments import id_of
from .parts import Citation
from .sources import Document

AFTER_CITATIONS = PLACES // 2
"""A relation's place in its document is that of the first citation that says so; edges come after all citations."""


class Edge(Part, Base):
    """What a document says of two other instruments: "Luật A được sửa đổi bởi Luật B"."""

    __tablename__ = "edges"
    __table_args__ = (
        span(),
        in_node(),
        one_of("relation", model.Relation),
        Index("ix_edges_subject", "subject_key", "relation"),
        Index("ix_edges_object", "object_key", "relation"),
        NO_ROWID,
    )
    node: Mapped[str | None]
    start: Mapped[int]
    end: Mapped[int]
    subject_key: Mapped[int] = mapped_column(Key, ForeignKey("instruments.key"))
    relation: Mapped[str]
    object_key: Mapped[int] = mapped_column(Key, ForeignKey("instruments.key"))
    provision: Mapped[str]


class InstrumentRelation(Base):
    """One instrument to another, as a current document says: ``subject`` amends (cites, is founded on …) ``object``. A view.

    From the document's own citations (``citation`` is the first that says so, ``mentions`` how many do), or from what it says of two
    others (``edge``). ``date`` is that of the document where it is the subject ('' otherwise, and where unknown), ``effective`` when it
    takes effect. A document whose own instrument is not known relates nothing by its citations. Asked for documents by their numbers, the
    database looks at theirs alone; for anything else it would go through all: ask :func:`of_citations` and :func:`of_edges`.
    """

    metadata = MetaData()  # not made with the tables
    __tablename__ = "relations"
    document_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
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


_FIRST = aliased(Citation)


def of_citations(*where: ColumnElement[bool]) -> Select[Any]:
    """One relation for each (relation, instrument, provision) that a document cites, of the citations that are so; as the view has them."""
    c, first = Citation, _FIRST
    tied = c.document_id, c.subject_key, c.relation, c.target_key, c.provision
    said = select(*tied, func.count().label("mentions"), func.min(c.position).label("citation"))
    one = said.where(c.subject_key.is_not(None), *where).group_by(*tied).subquery("said").c
    return (
        select(
            one.document_id,
            one.citation.label("position"),
            one.subject_key,
            one.relation,
            one.target_key.label("object_key"),
            one.provision,
            one.mentions,
            func.coalesce(Document.date, "").label("date"),
            Document.effective,
            one.citation,
            cast(null(), Integer).label("edge"),
            first.node,
            first.start,
            first.end,
        )
        .join(first, (first.document_id == one.document_id) & (first.position == one.citation))
        .join(Document, Document.id == one.document_id)
    )


def of_edges(*where: ColumnElement[bool]) -> Select[Any]:
    """What documents say of two others, of the edges that are so; as the view has them."""
    e = Edge
    columns: list[Any] = [
        e.document_id,
        (e.position + AFTER_CITATIONS).label("position"),
        e.subject_key,
        e.relation,
        e.object_key,
        e.provision,
        cast(1, Integer).label("mentions"),
        cast("", Text).label("date"),
        cast(null(), Text).label("effective"),
        cast(null(), Integer).label("citation"),
        e.position.label("edge"),
        e.node,
        e.start,
        e.end,
    ]
    return select(*columns).where(*where)


def view(dialect: Dialect) -> str:
    """The statement that makes the view."""
    said = union_all(of_citations(), of_edges()).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    return f"CREATE VIEW {InstrumentRelation.__tablename__} AS {said}"

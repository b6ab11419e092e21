"""Relations by the instruments that they tie. Those that come of citations are found by the document, which is their subject's text, and by
its citations, which name their object; those that a document says of two others (edges) by indexes of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from ..schema import Citation, Document, Edge, Instrument, id_of, of_citations, of_edges

Keys = Sequence[int] | Sequence[str]
"""Instruments by their keys, or by their ids."""


class Related(NamedTuple):
    """A relation as a document says it, with the ids of both; it says it of two others (``edge``), or of itself."""

    document_id: int
    position: int
    subject_id: str
    relation: str
    object_id: str
    provision: str
    mentions: int
    date: str
    effective: str | None
    edge: int | None
    node: str | None


def of_subjects(session: Session, instruments: Keys) -> Iterator[Related]:
    """Relations of these instruments to others."""
    yield from _told(session, of_citations(*citing_as(instruments)))
    yield from _told(session, of_edges(Edge.subject_key.in_(instruments)))


def of_objects(session: Session, instruments: Keys, relations: Sequence[str] = ()) -> Iterator[Related]:
    """Relations of others to these instruments, of some kinds or of all."""
    yield from _told(session, of_citations(*cited_as(instruments, relations)))
    yield from _told(session, of_edges(*told_of(instruments, relations)))


def citing_as(instruments: Keys, relations: Sequence[str] = ()) -> list[ColumnElement[bool]]:
    """Citations by these instruments of which relations come: those of their texts."""
    texts = select(Document.id).join(Instrument, Instrument.id == Document.instrument_id).where(Instrument.key.in_(instruments))
    return [Citation.document_id.in_(texts), Citation.subject_key.is_not(None), *_of(Citation, relations)]


def cited_as(instruments: Keys, relations: Sequence[str] = ()) -> list[ColumnElement[bool]]:
    """Citations of these instruments by others of which relations come: all that is asked of them is in one index."""
    where = [Citation.target_key.in_(instruments), Citation.scope == "external", Citation.subject_key.is_not(None)]
    return [*where, *_of(Citation, relations)]


def told_of(instruments: Keys, relations: Sequence[str] = ()) -> list[ColumnElement[bool]]:
    """Edges from others to these instruments."""
    return [Edge.object_key.in_(instruments), *_of(Edge, relations)]


def _of(table: type[Citation] | type[Edge], relations: Sequence[str]) -> list[ColumnElement[bool]]:
    return [table.relation.in_(relations)] if relations else []


def _told(session: Session, chosen: Select[Any]) -> Iterator[Related]:
    one = chosen.subquery().c
    columns = {**one, "subject_id": id_of(one.subject_key), "object_id": id_of(one.object_key)}
    yield from map(Related._make, session.execute(select(*(columns[name] for name in Related._fields))))

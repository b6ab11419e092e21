"""Relations by the instruments that they tie. Those that come of citations are found by the document, which is their subject's text, and by
its citations, which name their object; those that a document says of two others (edges) by indexes of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, select, tuple_
from sqlalchemy.orm import Session, aliased

from ..schema import Citation, Document, Edge, Instrument, id_of, of_citations, of_edges

Keys = Sequence[int] | BindParameter[Any]
"""Instruments by their keys."""


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


def of_subjects(session: Session, instruments: Sequence[int]) -> Iterator[Related]:
    """Relations of these instruments (their keys) to others."""
    return _told(session, instruments, _of_subjects())


def of_objects(session: Session, instruments: Sequence[int], relations: Sequence[str] = ()) -> Iterator[Related]:
    """Relations of others to these instruments, of some kinds or of all."""
    return _told(session, instruments, _of_objects(tuple(relations)))


def citing_as(instruments: Keys, relations: Sequence[str] = ()) -> list[ColumnElement[bool]]:
    """Citations by these instruments of which relations come: those of their texts."""
    texts = select(Document.id).join(Instrument, Instrument.id == Document.instrument_id).where(Instrument.key.in_(instruments))
    return [Citation.document_id.in_(texts), Citation.subject_key.is_not(None), *_of(Citation, relations)]


def cited_as(instruments: Keys, relations: Sequence[str] = (), citing: type[Citation] = Citation) -> list[ColumnElement[bool]]:
    """Citations of these instruments by others of which relations come: all that is asked of them is in one index."""
    where = [citing.target_key.in_(instruments), citing.scope == "external", citing.subject_key.is_not(None)]
    return [*where, *_of(citing, relations)]


def told_by(instruments: Keys, relations: Sequence[str] = ()) -> list[ColumnElement[bool]]:
    """Edges from these instruments to others."""
    return [Edge.subject_key.in_(instruments), *_of(Edge, relations)]


def told_of(instruments: Keys, relations: Sequence[str] = ()) -> list[ColumnElement[bool]]:
    """Edges from others to these instruments."""
    return [Edge.object_key.in_(instruments), *_of(Edge, relations)]


def _of(table: type[Citation] | type[Edge], relations: Sequence[str]) -> list[ColumnElement[bool]]:
    return [table.relation.in_(relations)] if relations else []


# --- within: statements are made once ------------------------------------------------------------------------------------------

_WANTED: BindParameter[Any] = bindparam("wanted", expanding=True)


@cache
def _of_subjects() -> list[Select[Any]]:
    return [_named(of_citations(*citing_as(_WANTED))), _named(of_edges(*told_by(_WANTED)))]


@cache
def _of_objects(relations: tuple[str, ...]) -> list[Select[Any]]:
    # First which they are, by the index alone: of a law that thousands cite few citations amend anything.
    one = aliased(Citation)
    those = select(one.document_id, one.position).where(*cited_as(_WANTED, relations, one))
    by_citations = of_citations(tuple_(Citation.document_id, Citation.position).in_(those))
    return [_named(by_citations), _named(of_edges(*told_of(_WANTED, relations)))]


def _named(chosen: Select[Any]) -> Select[Any]:
    """With the ids of both."""
    one = chosen.subquery().c
    columns = {**one, "subject_id": id_of(one.subject_key), "object_id": id_of(one.object_key)}
    return select(*(columns[name] for name in Related._fields))


def _told(session: Session, instruments: Sequence[int], statements: Sequence[Select[Any]]) -> Iterator[Related]:
    for statement in statements:
        yield from map(Related._make, session.execute(statement, {"wanted": instruments}))

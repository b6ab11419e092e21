"""Relations by the instruments that they tie. Those that come of citations are found by the document, which is their subject's text, and by
its citations, which name their object; those that a document says of two others (edges) by indexes of their own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, select

from ..schema import Citation, Document, Instrument, InstrumentRelation

IS_EDGE = InstrumentRelation.edge.is_not(None)
Keys = Sequence[int] | Sequence[str]
"""Instruments by their keys, or by their ids."""


def of_subjects(instruments: Keys) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Relations of these instruments to others: those that come of citations, and edges."""
    texts = select(Document.id).join(Instrument, Instrument.id == Document.instrument_id)
    own = InstrumentRelation.document_id.in_(texts.where(Instrument.key.in_(instruments))) & ~IS_EDGE
    return own, IS_EDGE & InstrumentRelation.subject_key.in_(instruments)


def of_objects(instruments: Keys, relations: Sequence[str] = ()) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Relations of others to these instruments, of some kinds or of all; the same two."""
    citing = select(Citation.document_id).where(*cited_as(instruments, relations))
    kinds = [InstrumentRelation.relation.in_(relations)] if relations else []
    told = and_(InstrumentRelation.object_key.in_(instruments), *kinds)
    return InstrumentRelation.document_id.in_(citing) & told & ~IS_EDGE, IS_EDGE & told


def cited_as(instruments: Keys, relations: Sequence[str] = ()) -> list[ColumnElement[bool]]:
    """Citations of these instruments by others of which relations come: all that is asked of them is in one index."""
    where = [Citation.target_key.in_(instruments), Citation.scope == "external", Citation.subject_key.is_not(None)]
    return [*where, Citation.relation.in_(relations)] if relations else where

"""Who must do what."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from ..records import (
    Ambiguous,
    InstrumentRecord,
    MandateRecord,
    Mandates,
    NotFound,
)
from ..resolution import blurred, resolve
from ..schema import (
    Mandate,
    MandateInstrument,
)
from .parts import holding, mandate_records, number


def mandates(
    session: Session, implements: str | None, date: str | None, text: str | None, limit: int | None = None, offset: int = 0
) -> Mandates | Ambiguous | NotFound:
    """Mandates of all documents; those that carry out an instrument; those whose text holds all words."""
    where = holding(Mandate.folded, text)
    meant, possible = None, list[MandateRecord]()
    if implements is not None:
        answer = resolve(session, implements, date)
        if not isinstance(answer, InstrumentRecord):
            return answer
        meant = answer
        less = blurred(session, meant)
        possible = mandate_records(session, [*where, _carrying(less), ~_carrying([meant.id])]) if less else []
        where.append(_carrying([meant.id]))
    items = tuple(mandate_records(session, where, limit, offset))
    return Mandates(total=number(session, Mandate, where), items=items, implements=meant, open=tuple(possible))


def _carrying(instruments: Sequence[str]) -> ColumnElement[bool]:
    carried = and_(MandateInstrument.document_id == Mandate.document_id, MandateInstrument.mandate == Mandate.position)
    return select(MandateInstrument.position).where(carried, MandateInstrument.instrument_id.in_(instruments)).exists()

"""Who must do what, by when, where, in which field, carrying out what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.orm import Session

from vanban.parser.model import ActorRole, MandateKind

from ..fulltext import holding
from ..records import Ambiguous, InstrumentRecord, KnowledgeBaseError, MandateRecord, Mandates, NotFound, UnknownName
from ..resolution import blurred, held, resolve
from ..schema import Document, Mandate, MandateActor, MandateInstrument, MandatePlace, MandateProgramme, MandateWords
from ..schema import Place as PlaceRow
from ..schema import Programme as ProgrammeRow
from ..words import iso_date
from . import names
from .citing import last_day
from .parts import mandate_records, mandates_counted, mandates_of, number


def mandates(
    session: Session,
    implements: str | None = None,
    date: str | None = None,
    text: str | None = None,
    limit: int | None = None,
    offset: int = 0,
    *,
    body: str | None = None,
    role: str | None = None,
    inherited: bool = True,
    kind: str | None = None,
    before: str | None = None,
    after: str | None = None,
    overdue: str | None = None,
    field: str | None = None,
    place: str | None = None,
    programme: str | None = None,
    document: str | None = None,
) -> Mandates | Ambiguous | NotFound | UnknownName:
    """Mandates that meet all that is asked for.

    ``body``: it is named in the mandate, or answers for it by the execution clause or a heading (not without ``inherited``; a ``role`` is
    of bodies that are named, and an inherited one has none). ``before`` and ``after`` bound the day on which the time limit ends, both
    inclusive; ``overdue`` is a day by which it had passed (what recurs is never overdue). ``field``, ``place`` and ``programme`` by their
    name or words of it; ``implements`` is an instrument that it carries out, of ``date``; ``document`` the one it stands in.
    """
    where = _asked(kind, before, after, overdue)
    words = holding(session, MandateWords, text) if text and text.strip() else None
    bodies: list[str] = []
    if body is not None:
        found = names.meant(session, "body", body, MandateActor.name)
        if isinstance(found, UnknownName):
            return found
        bodies = found
        where.append(_acting(MandateActor.name.in_(found), role, inherited))
    elif role is not None:
        where.append(_acting(None, role, False))
    for what, said, named, of_mandate in (
        ("place", place, PlaceRow, MandatePlace.place_key),
        ("programme", programme, ProgrammeRow, MandateProgramme.programme_key),
    ):
        if said is not None:
            found = names.meant(session, what, said, named.name, keyed=named.name_key)  # type: ignore[arg-type]
            if isinstance(found, UnknownName):
                return found
            table = of_mandate.class_
            where.append(_KEY.in_(select(table.document_id, table.mandate).where(of_mandate.in_(found))))
    if field is not None:
        found = names.meant(session, "field", field, Mandate.field_key, Mandate.field_key != "")
        if isinstance(found, UnknownName):
            return found
        where.append(Mandate.field_key.in_(found))
    if document is not None:
        itself = held(session, document)
        if not isinstance(itself, Document):
            return NotFound(query=document) if not isinstance(itself, Ambiguous | NotFound) else itself
        where.append(Mandate.document_id == itself.id)
    if words and (where or implements is not None):
        where.append(_KEY.in_(words.places()))
    meant, possible, open_total = None, list[MandateRecord](), 0
    if implements is not None:
        answer = resolve(session, implements, date)
        if not isinstance(answer, InstrumentRecord):
            return answer
        meant = answer
        if less := blurred(session, meant):
            perhaps = [*where, _carrying(less), ~_carrying([meant.id])]
            possible, open_total = mandate_records(session, perhaps, limit), number(session, Mandate, perhaps)
        where.append(_carrying([meant.id]))
    if words and not where:
        total, items = words.number(), mandates_of(session, words.keys(limit, offset))
    elif any(one is not None for one in (words, implements, body, role, place, programme)):
        total, items = mandates_counted(session, where, limit, offset)
    else:  # an index has them in their order: the first are told without the others
        total, items = number(session, Mandate, where), mandate_records(session, where, limit, offset)
    return Mandates(total=total, items=tuple(items), implements=meant, open=tuple(possible), open_total=open_total, bodies=tuple(bodies))


def _asked(kind: str | None, before: str | None, after: str | None, overdue: str | None) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if kind is not None:
        where.append(Mandate.kind == _one_of(kind, get_args(MandateKind)))
    if before is not None:
        where.append(Mandate.deadline_to <= last_day(before))
    if after is not None:
        where.append(Mandate.deadline_to >= iso_date(after))
    if overdue is not None:
        where += [Mandate.deadline_to < iso_date(overdue), Mandate.recurring.is_(None)]
    return where


def _one_of(value: str, values: Sequence[str]) -> str:
    if value not in values:
        raise KnowledgeBaseError(value[:40], "không có loại này / there is no such kind", f"Chọn / choose: {', '.join(values)}")
    return value


def _acting(named: ColumnElement[bool] | None, role: str | None, inherited: bool) -> ColumnElement[bool]:
    where: list[ColumnElement[bool]] = []
    if named is not None:
        where.append(named)
    if role is not None:
        where.append(MandateActor.role == _one_of(role, get_args(ActorRole)))
    elif not inherited:
        where.append(~MandateActor.inherited)
    return _KEY.in_(select(MandateActor.document_id, MandateActor.mandate).where(*where))


def _carrying(instruments: Sequence[str]) -> ColumnElement[bool]:
    carried = select(MandateInstrument.document_id, MandateInstrument.mandate).where(MandateInstrument.instrument_key.in_(instruments))
    return _KEY.in_(carried)


# Looked up by what is asked for, not by going through all mandates.
_KEY = tuple_(Mandate.document_id, Mandate.position)

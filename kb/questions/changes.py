"""What changed an instrument, and how it stood on a date: as far as the documents held tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as day

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vanban.parser.model import Relation

from ..records import Ambiguous, ChangeRecord, Changes, ForceState, InstrumentRecord, NotFound, RegisterRecord
from ..resolution import by_id, date_in_id, resolve
from ..schema import Document, RegisterFact, key_of
from .citing import last_day
from .parts import CURRENT, paths, records
from .related import Related, of_objects

_CHANGING: tuple[Relation, ...] = ("amends", "supplements", "replaces", "repeals", "suspends", "corrects", "extends", "consolidates")
_STATES: tuple[tuple[ForceState, tuple[Relation, ...]], ...] = (
    ("repealed", ("repeals",)),
    ("replaced", ("replaces",)),
    ("suspended", ("suspends",)),
    ("amended", ("amends", "supplements", "corrects", "extends")),
)
"""What decides a state, the strongest first. A consolidated text changes nothing: it is listed only."""
_ENDING = frozenset(("repeals", "replaces", "suspends"))


def changes(
    session: Session, query: str, date: str | None = None, *, on: str | None = None, limit: int | None = None, offset: int = 0
) -> Changes | Ambiguous | NotFound:
    """What documents that are held say was done to an instrument: by themselves, and by others that they speak of.

    A repeal, a replacement or a suspension is of a part where it names a provision, or where the same instrument amends what it would
    repeal ("bãi bỏ một số điều"): the instrument itself is then only amended.
    """
    meant = resolve(session, query, date)
    if not isinstance(meant, InstrumentRecord):
        return meant
    asked = last_day(on) if on else day.today().isoformat()
    items = _changes(session, meant, asked)
    own = session.scalar(select(Document.effective).where(Document.instrument_id == meant.id, Document.current))
    holding = [item for item in items if item.holds]
    state, partly = _state(holding, own, asked)
    shown = items[offset:] if limit is None else items[offset : offset + limit]
    return Changes(
        instrument=meant,
        on=asked.removesuffix("-99"),
        state=state,
        partly=partly,
        effective=own,
        total=len(items),
        items=tuple(shown),
        register=tuple(_registered(session, meant.id)),
        basis=session.scalar(select(func.count()).select_from(Document).where(CURRENT)) or 0,
    )


def _state(items: Sequence[ChangeRecord], effective: str | None, on: str) -> tuple[ForceState, bool]:
    """The state, and whether parts have ended."""
    amending = {item.by.id for item in items if item.relation in ("amends", "supplements")}
    parts = [item for item in items if item.relation in _ENDING and (item.provision or item.by.id in amending)]
    whole = {item.relation for item in items if item not in parts}
    for state, relations in _STATES:
        if whole.intersection(relations):
            return state, bool(parts)
    if parts:
        return "amended", True
    return ("not_yet" if effective and effective > on else "unchanged"), False


def _changes(session: Session, meant: InstrumentRecord, on: str) -> list[ChangeRecord]:
    """Once for each instrument that changes it, each way and each provision: of several documents that say so, the changing one itself,
    else the earliest."""
    said: dict[tuple[str, str, str], Related] = {}
    for row in sorted(of_objects(session, [key_of(meant.id)], _CHANGING)):
        if row.subject_id == meant.id:
            continue
        key = row.subject_id, row.relation, row.provision
        if key not in said or (said[key].edge is not None and row.edge is None):
            said[key] = row
    known = by_id(session, (row.subject_id for row in said.values()))
    places = paths(session, ((row.document_id, row.node) for row in said.values()))
    documents = records(session, (row.document_id for row in said.values()))
    found = []
    for row in said.values():
        when = row.date or known[row.subject_id].date or date_in_id(row.subject_id)
        begins = row.effective or when
        found.append(
            ChangeRecord(
                by=known[row.subject_id],
                relation=row.relation,  # type: ignore[arg-type]
                provision=row.provision,
                date=when,
                effective=row.effective,
                holds=begins is None or begins <= on,
                document=documents[row.document_id],
                path=places[row.document_id, row.node],
            )
        )
    return sorted(found, key=lambda one: (one.effective or one.date or "9999", one.by.id, one.relation, one.provision))


def _registered(session: Session, instrument: str) -> list[RegisterRecord]:
    facts = session.scalars(select(RegisterFact).where(RegisterFact.instrument_id == instrument).order_by(RegisterFact.register))
    return [RegisterRecord(register=one.register, status=one.status, effective=one.effective, expired=one.expired) for one in facts]

"""How much is held, how well citations are resolved, and what is cited but not held."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Text, func, literal_column, select
from sqlalchemy.orm import Session

from ..records import CountRecord, Coverage, Statistics
from ..schema import Citation, Document, Finding, Instrument, Mandate, Node, SourceFile, Target
from .citing import HELD, most_cited
from .parts import CURRENT


def coverage(session: Session, limit: int | None = None, offset: int = 0) -> Coverage:
    """Which instruments are cited but not held, most cited first."""
    summed = select(func.count(), func.coalesce(func.sum(Instrument.citations), 0)).where(Instrument.documents > 0)
    instruments, citations = session.execute(summed).one()
    held, citations_held = session.execute(summed.where(Instrument.id.in_(HELD))).one()
    missing = most_cited(session, limit, offset, missing=True)
    return Coverage(
        instruments=instruments,
        held=held,
        citations=int(citations),
        citations_held=int(citations_held),
        total=missing.total,
        items=missing.items,
    )


def statistics(session: Session) -> Statistics:
    """How much is held, and of what kinds."""

    def number(table: type[Any], *where: Any) -> int:
        return session.scalar(select(func.count()).select_from(table).where(*where)) or 0

    others = select(Citation.state, Citation.relation, func.count()).where(Citation.scope == "external")
    states: dict[str, int] = {}
    relations: dict[str, int] = {}
    for state, relation, n in session.execute(others.group_by(Citation.state, Citation.relation)):
        states[state or ""] = states.get(state or "", 0) + n
        relations[relation or ""] = relations.get(relation or "", 0) + n
    types: dict[str, int] = {}
    years: dict[str, int] = {}
    of_year = literal_column("substr(documents.date, 1, 4)", Text)
    by_kind = select(Document.type, of_year, func.count()).where(CURRENT).group_by(Document.type, of_year)
    for type_, year, n in session.execute(by_kind):
        types[type_ or ""] = types.get(type_ or "", 0) + n
        years[year or ""] = years.get(year or "", 0) + n
    return Statistics(
        documents=number(Document, CURRENT),
        files=number(SourceFile),
        versions=number(Document),
        instruments=number(Instrument),
        nodes=number(Node),
        citations=sum(states.values()),
        mandates=number(Mandate),
        targets=number(Target),
        findings=number(Finding),
        states=_counted(states.items()),
        relations=_counted(relations.items()),
        types=_counted(types.items()),
        years=_counted(years.items()),
    )


def _counted(counts: Iterable[tuple[str, int]]) -> tuple[CountRecord, ...]:
    return tuple(CountRecord(name=name, number=n) for name, n in sorted(counts, key=lambda one: (-one[1], one[0])))

"""How much is held, how well citations are resolved, and what is cited but not held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..records import CountRecord, Coverage, Statistics
from ..schema import Document, Instrument, SourceFile, Tally
from .citing import most_cited


def coverage(session: Session, limit: int | None = None, offset: int = 0) -> Coverage:
    """Which instruments are cited but not held, most cited first."""
    summed = select(Instrument.held, func.count(), func.sum(Instrument.citations)).where(Instrument.documents > 0)
    here: dict[bool, tuple[int, int]] = {}
    for is_held, n, mentions in session.execute(summed.group_by(Instrument.held)):
        here[is_held] = n, int(mentions)
    (missed, missed_mentions), (held, held_mentions) = here.get(False, (0, 0)), here.get(True, (0, 0))
    missing = most_cited(session, limit, offset, missing=True)
    return Coverage(
        instruments=missed + held,
        held=held,
        citations=missed_mentions + held_mentions,
        citations_held=held_mentions,
        total=missing.total,
        items=missing.items,
    )


def statistics(session: Session) -> Statistics:
    """How much is held, and of what kinds."""

    def number(table: type[Any]) -> int:
        return session.scalar(select(func.count()).select_from(table)) or 0

    tallied: dict[str, dict[str, int]] = defaultdict(dict)
    for what, name, n in session.execute(select(Tally.what, Tally.name, Tally.number)):
        tallied[what][name] = n
    return Statistics(
        documents=sum(tallied["documents"].values()),
        files=number(SourceFile),
        versions=number(Document),
        instruments=number(Instrument),
        nodes=sum(tallied["nodes"].values()),
        citations=sum(tallied["state"].values()),
        mandates=sum(tallied["mandates"].values()),
        targets=sum(tallied["targets"].values()),
        findings=sum(tallied["findings"].values()),
        states=_counted(tallied["state"].items()),
        relations=_counted(tallied["relation"].items()),
        types=_counted(tallied["type"].items()),
        years=_counted(tallied["year"].items()),
    )


def _counted(counts: Iterable[tuple[str, int]]) -> tuple[CountRecord, ...]:
    return tuple(CountRecord(name=name, number=n) for name, n in sorted(counts, key=lambda one: (-one[1], one[0])))

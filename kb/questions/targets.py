"""Figures to be reached: as a list, and as one table over issuers and years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, false, func, literal, select, tuple_
from sqlalchemy.orm import Session

from ..fulltext import Holding, holding
from ..records import CellRecord, TableRow, Targets, TargetTable, UnknownName
from ..schema import PLACES, Document, Target, TargetWords, place_key, place_key_of, portions
from ..words import asked
from . import dates, names
from .citing import documents_of
from .parts import CURRENT, Where, among, holds, number, plain, target_records


def targets(
    session: Session,
    words: str = "",
    limit: int | None = None,
    offset: int = 0,
    *,
    issuer: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    period: str | None = None,
    unit: str | None = None,
) -> Targets | UnknownName:
    """Targets whose name or text holds all words; ``since`` and ``until`` are dates of documents, ``period`` that of the target (``2024``,
    ``2021-2025``), ``unit`` as printed or as it compares."""
    narrow = documents_of(session, issuer, kind)
    if isinstance(narrow, UnknownName):
        return narrow
    where = _narrowed(session, narrow, period, unit)
    if isinstance(where, UnknownName):
        return where
    of = dates.period(since, until)
    if words.strip():
        held = holding(session, TargetWords, words)
        if period is None and unit is None:
            return _worded(session, held, narrow, of, limit, offset)
        where.append(tuple_(*_KEY).in_(held.places()))
    undated = _undated(session, of, where)
    where += of.within(Target.document_date)
    items = tuple(target_records(session, where, limit, offset))
    return Targets(total=number(session, Target, where), items=items, undated=undated)


def _worded(session: Session, held: Holding, narrow: Where, of: dates.Period, limit: int | None, offset: int) -> Targets:
    """Targets that hold the words, of those documents: off the index of words, of which a row tells its document, and no other is read."""
    undated = held.of(select(Document.id).where(CURRENT, *narrow, of.untold(Document.date))).documents() if of else 0
    if narrow or of:
        held = held.of(select(Document.id).where(CURRENT, *narrow, *of.within(Document.date)))
    keys = held.keys(limit, offset)
    found = [one for some in portions(keys) for one in target_records(session, [among(*_KEY, some)])]
    return Targets(total=held.number(), items=tuple(found), undated=undated)


def target_table(
    session: Session,
    words: str,
    limit: int | None = None,
    offset: int = 0,
    *,
    issuer: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    period: str | None = None,
    unit: str | None = None,
) -> TargetTable | UnknownName:
    """Targets whose *name* holds all words: a row an issuer and name, in the order of both, a column a period. The year is the column's,
    so "Tỷ lệ che phủ rừng năm 2024" and "… năm 2025" are one row."""
    of_documents = documents_of(session, issuer, kind)
    if isinstance(of_documents, UnknownName):
        return of_documents
    narrow = _narrowed(session, of_documents, period, unit)
    if isinstance(narrow, UnknownName):
        return narrow
    narrow += _named(session, words)
    of = dates.period(since, until)
    undated = _undated(session, of, narrow)
    # Off the index of names: what makes the rows, their order and the columns. What the cells say is read of those that are shown.
    place = place_key_of(Target.document_id, Target.position)
    chosen = select(Document.issuer_key, Target.name_key, Target.period, place).join(Document, Document.id == Target.document_id)
    rows: dict[_Row, list[int]] = defaultdict(list)
    periods, yearless = set[str | None](), dict[str, str]()
    for issuer_key, named, of_period, at in session.connection().execute(chosen.where(*narrow, *of.within(Target.document_date))):
        periods.add(of_period)
        rows[issuer_key, yearless.get(named) or yearless.setdefault(named, _YEAR_KEY.sub("", named))].append(at)
    columns = sorted({one or "" for one in periods}, key=lambda one: (one == "", one))
    ordered = sorted(rows)
    shown = ordered[offset:] if limit is None else ordered[offset : offset + limit]
    told = _told(session, {at: row for row in shown for at in rows[row]})
    items = []
    for row in shown:
        latest, cells = told[row][0], defaultdict[str, list[CellRecord]](list)
        for target in told[row]:
            cells[target.period or ""].append(_cell(target))
        filled = tuple(tuple(cells[one]) for one in columns)
        items.append(TableRow(issuer=latest.issuer or "", name=_YEAR.sub("", latest.name), cells=filled))
    return TargetTable(words=tuple(asked(words)), columns=tuple(columns), total=len(ordered), items=tuple(items), undated=undated)


def _named(session: Session, words: str) -> list[ColumnElement[bool]]:
    """The name holds all words: found among the different names, which are fewer than the targets that have them."""
    if not (wanted := set(asked(words))):
        return [false()] if words.strip() else []
    found = [name for name in names.distinct(session, Target.name_key) if wanted <= set(name.split())]
    if len(found) <= _MANY:
        return [Target.name_key.in_(found)]
    return [holds(literal(" ") + Target.name_key + " ", f" {word} ") for word in sorted(wanted)]


_MANY = 400
_KEY = Target.document_id, Target.position


_Row = tuple[str, str]
"""The key of an issuer, and that of a name without its year."""
_TOLD = (
    *(Target.document_date, Target.document_id, Target.position, Target.period, Target.name, Target.node, Target.comparator, Target.value),
    *(Target.value_max, Target.unit, Target.change, Target.normal_value, Target.normal_max, Target.normal_unit),
    *(Document.issuer, Document.instrument_id),
)


def _told(session: Session, places: Mapping[int, _Row]) -> dict[_Row, list[Any]]:
    """What those targets and their documents say, row by row, in the order of answers."""
    chosen = select(*_TOLD).join(Document, Document.id == Target.document_id)
    found: list[Any] = []
    for portion in portions([divmod(at, PLACES) for at in places]):
        found += session.connection().execute(chosen.where(among(*_KEY, portion)))
    found.sort(key=lambda one: (one.document_id, one.position))
    found.sort(key=lambda one: one.document_date, reverse=True)
    told: dict[_Row, list[Any]] = defaultdict(list)
    for one in found:
        told[places[place_key(one.document_id, one.position)]].append(one)
    return told


_YEAR = re.compile(r"\s+(?:đến\s+)?(?:hết\s+|cuối\s+)?năm\s+\d{4}$", re.IGNORECASE)
_YEAR_KEY = re.compile(r" (?:den )?(?:het |cuoi )?nam \d{4}$")


def _cell(target: Any) -> CellRecord:
    return CellRecord(
        comparator=target.comparator,
        value=plain(target.value) or 0,
        value_max=plain(target.value_max),
        unit=target.unit,
        change=target.change,
        normal_value=plain(target.normal_value),
        normal_max=plain(target.normal_max),
        normal_unit=target.normal_unit,
        document=target.instrument_id or "",
        node=target.node,
    )


def _undated(session: Session, of: dates.Period, where: Where) -> int:
    """The documents with such targets of which nobody can tell whether they are of the period."""
    if not of:
        return 0
    untold = select(func.count(Target.document_id.distinct())).where(*where, of.untold(Target.document_date))
    return session.scalar(untold) or 0


def _narrowed(session: Session, of_documents: Where, period: str | None, unit: str | None) -> list[ColumnElement[bool]] | UnknownName:
    where: list[ColumnElement[bool]] = []
    if of_documents:
        where.append(Target.document_id.in_(select(Document.id).where(*of_documents)))
    if period is not None:
        where.append(Target.period == "".join(period.split()).replace("–", "-"))
    if unit is not None:
        meant = names.unit(session, unit)
        if isinstance(meant, UnknownName):
            return meant
        where.append(Target.unit.in_(meant) | Target.normal_unit.in_(meant))
    return where

"""Figures to be reached: as a list, and as one table over issuers and years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, func, literal, select, tuple_
from sqlalchemy.orm import Session

from ..fulltext import holding
from ..records import CellRecord, TableRow, Targets, TargetTable, UnknownName
from ..schema import Document, Target, TargetWords, portions
from ..words import asked
from . import dates, names
from .citing import documents_of
from .parts import Key, Where, among, holds, number, plain, target_records


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
    where = _narrowed(session, issuer, kind, period, unit)
    if isinstance(where, UnknownName):
        return where
    of = dates.period(since, until)
    if words.strip():
        held = holding(session, TargetWords, words)
        if not where and not of:
            keys = held.keys(limit, offset)
            found = [one for some in portions(keys) for one in target_records(session, [among(*_KEY, some)])]
            return Targets(total=held.number(), items=tuple(found))
        where.append(tuple_(*_KEY).in_(held.places()))
    undated = _undated(session, of, where)
    where += of.within(Target.document_date)
    items = tuple(target_records(session, where, limit, offset))
    return Targets(total=number(session, Target, where), items=items, undated=undated)


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
    narrow = _narrowed(session, issuer, kind, period, unit)
    if isinstance(narrow, UnknownName):
        return narrow
    narrow += _named(session, words)
    of = dates.period(since, until)
    undated = _undated(session, of, narrow)
    chosen = select(Target.document_id, Target.position, Target.name_key, Target.period, Document.issuer_key)
    chosen = chosen.join(Document, Document.id == Target.document_id).where(*narrow, *of.within(Target.document_date))
    order = Target.document_date.desc(), Target.document_id, Target.position
    rows: dict[tuple[str, str], dict[str, list[Key]]] = defaultdict(lambda: defaultdict(list))
    latest: dict[tuple[str, str], Key] = {}
    yearless = dict[str, str]()
    for document, position, named, of_period, issuer_key in session.connection().execute(chosen.order_by(*order)).all():
        row = issuer_key, yearless.get(named) or yearless.setdefault(named, _YEAR_KEY.sub("", named))
        latest.setdefault(row, (document, position))
        rows[row][of_period or ""].append((document, position))
    columns = sorted({of_period for row in rows.values() for of_period in row}, key=lambda one: (one == "", one))
    ordered = sorted(rows)
    shown = ordered[offset:] if limit is None else ordered[offset : offset + limit]
    told = _told(session, [key for row in shown for keys in rows[row].values() for key in keys])
    items = []
    for row in shown:
        target, of_issuer, _ = told[latest[row]]
        cells = tuple(tuple(_cell(told[key][0], told[key][2]) for key in rows[row].get(one, ())) for one in columns)
        items.append(TableRow(issuer=of_issuer or "", name=_YEAR.sub("", target.name), cells=cells))
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


def _told(session: Session, keys: Sequence[Key]) -> dict[Key, tuple[Target, str | None, str | None]]:
    """Those targets, each with the issuer and the instrument of its document."""
    chosen = select(Target, Document.issuer, Document.instrument_id).join(Document, Document.id == Target.document_id)
    found = {}
    for portion in portions(keys):
        for target, issuer, instrument in session.execute(chosen.where(among(Target.document_id, Target.position, portion))):
            found[target.document_id, target.position] = target, issuer, instrument
    return found


_YEAR = re.compile(r"\s+(?:đến\s+)?(?:hết\s+|cuối\s+)?năm\s+\d{4}$", re.IGNORECASE)
_YEAR_KEY = re.compile(r" (?:den )?(?:het |cuoi )?nam \d{4}$")


def _cell(target: Target, instrument: str | None) -> CellRecord:
    return CellRecord(
        comparator=target.comparator,  # type: ignore[arg-type]
        value=plain(target.value) or 0,
        value_max=plain(target.value_max),
        unit=target.unit,
        change=target.change,  # type: ignore[arg-type]
        normal_value=plain(target.normal_value),
        normal_max=plain(target.normal_max),
        normal_unit=target.normal_unit,
        document=instrument or "",
        node=target.node,
    )


def _undated(session: Session, of: dates.Period, where: Where) -> int:
    """The documents with such targets of which nobody can tell whether they are of the period."""
    if not of:
        return 0
    untold = select(func.count(Target.document_id.distinct())).where(*where, of.untold(Target.document_date))
    return session.scalar(untold) or 0


def _narrowed(
    session: Session, issuer: str | None, kind: str | None, period: str | None, unit: str | None
) -> list[ColumnElement[bool]] | UnknownName:
    of_documents = documents_of(session, issuer, kind)
    if isinstance(of_documents, UnknownName):
        return of_documents
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

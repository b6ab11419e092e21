"""From when to when: the dates of documents, of which some are known by their year or month only, and some not at all.

A document is of a period where every day is that its date may be. Where only some are, or nothing is known of its date, nobody can tell: it
is left out, and counted, so that the answer can say so.
"""

from __future__ import annotations

from calendar import monthrange
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, literal_column, not_, or_

from ..words import iso_date


class Period(NamedTuple):
    """ISO dates, both inclusive; a year or month stands for all its days; ``None``: without end."""

    since: str | None
    until: str | None

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None

    def within(self, date: Any) -> list[ColumnElement[bool]]:
        """The date is known to lie in it; ``date`` is a column."""
        where: list[ColumnElement[bool]] = []
        if self.since is not None:
            where += [date >= self.since[:4], _first_day(date) >= self.since]  # the first by an index
        if self.until is not None:
            where += [date <= self.until, date != "", _last_day(date) <= self.until]
        return where

    def untold(self, date: Any) -> ColumnElement[bool]:
        """It may lie in it or not."""
        met = [_last_day(date) >= self.since] if self.since is not None else []
        met += [date <= self.until] if self.until is not None else []
        return or_(date.is_(None), date == "", and_(func.length(date) < 10, *met, not_(and_(*self.within(date)))))


def period(since: str | None, until: str | None) -> Period:
    """The period that two dates as they are typed bound."""
    last = iso_date(until) if until else None
    if last and len(last) == 10 and int(last[8:]) == monthrange(int(last[:4]), int(last[5:7]))[1]:
        last = last[:7]
    return Period(iso_date(since) if since else None, last + _DAYS[len(last)] if last else None)


_DAYS = {4: "-12-31", 7: "-31", 10: ""}
# What a date lacks: of ``2024`` all, of ``2024-05`` the last three letters, of a whole one nothing.
_LACKING = "substr('{}', length({}) - 3)"


def _first_day(date: Any) -> ColumnElement[str]:
    return date.concat(literal_column(_LACKING.format("-01-01", _named(date))))  # type: ignore[no-any-return]


def _last_day(date: Any) -> ColumnElement[str]:
    return date.concat(literal_column(_LACKING.format("-12-31", _named(date))))  # type: ignore[no-any-return]


def _named(date: Any) -> str:
    return f"{date.class_.__tablename__}.{date.key}"

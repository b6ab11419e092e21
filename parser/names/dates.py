"""Dates as documents print them: ``ngày 18 tháng 5 năm 2023``, ``ngày 18/5/2023``, ``tháng 10/2017``, ``năm 2013``."""

from __future__ import annotations

import re
from functools import cache

from .patterns import GAP

_SOFT = GAP.replace("{1,", "{0,")  # "tháng11 năm2011": a blank is sometimes lost beside a figure
_DAY = (
    rf"ngày{_SOFT}(?:(?P<d1>\d{{1,2}}){_SOFT})?tháng{_SOFT}(?:(?P<m1>\d{{1,2}}){_SOFT})?năm{_SOFT}(?P<y1>\d{{4}})(?!\d)"
    rf"|(?:ngày{GAP})?(?P<d2>\d{{1,2}})\s?[/.-]\s?(?P<m2>\d{{1,2}})\s?[/.-]\s?(?P<y2>\d{{4}})(?![\d/])"
    rf"|tháng{GAP}(?P<m3>\d{{1,2}})(?:\s?[/-]\s?|{GAP}năm{GAP})(?P<y3>\d{{4}})(?!\d)"
)
_YEAR = rf"năm{GAP}(?P<y4>(?:19|20)\d\d)(?!\d)"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_DAY, re.IGNORECASE), re.compile(f"{_DAY}|{_YEAR}", re.IGNORECASE)


def at(text: str, position: int, *, year_alone: bool = False) -> tuple[str | None, int] | None:
    """The date that begins at ``position`` as (ISO date, end), the date as far as it is printed (``2023``, ``2017-10``).

    A date that no calendar has (31/02/2023) gives ``(None, end)``: it was read, and its value is unknown.

    >>> at("ngày 22 /11/2019", 0)
    ('2019-11-22', 16)
    >>> at("ngày    tháng    năm 2023", 0)
    ('2023', 25)
    """
    match = _patterns()[year_alone].match(text, position)
    if match is None:
        return None
    groups = match.groupdict()
    year = next(groups[name] for name in ("y1", "y2", "y3", "y4") if groups.get(name))
    month = groups["m1"] or groups["m2"] or groups["m3"]
    day = groups["d1"] or groups["d2"]
    return iso(int(year), int(month) if month else None, int(day) if day and month else None), match.end()


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """``2023-06-16``, ``2023-06`` or ``2023``; ``None`` for what no calendar has."""
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= last else None

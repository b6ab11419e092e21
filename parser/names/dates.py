"""Dates as documents print them: ``ngày 18 tháng 5 năm 2023``, ``ngày 18/5/2023``, ``tháng 10/2017``, ``năm 2013``."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .patterns import GAP

_SOFT = GAP.replace("{1,", "{0,")  # "tháng11 năm2011": a blank is sometimes lost beside a figure
_DAY = (
    rf"ngày{_SOFT}(?:(?P<d1>\d{{1,2}}){_SOFT})?tháng{_SOFT}(?:(?P<m1>\d{{1,2}}){_SOFT})?năm{_SOFT}(?P<y1>\d{{4}})(?!\d)"
    rf"|(?:ngày{GAP})?(?P<d2>\d{{1,2}})\s?[/.-]\s?(?P<m2>\d{{1,2}})\s?[/.-]\s?(?P<y2>\d{{4}})(?![\d/])"
    rf"|tháng{GAP}(?P<m3>\d{{1,2}})(?:\s?[/-]\s?|{GAP}năm{GAP})(?P<y3>\d{{4}})(?!\d)"
)
_YEAR = rf"năm{GAP}(?P<y4>(?:19|20)\d\d)(?!\d)"

PLAIN = r"ngày \d{1,2} tháng \d{1,2} năm \d{4}(?!\d)"
_PLAIN = re.compile(PLAIN)
"""How most dates are printed: the first of the forms above without all that it allows for, told in a fifth of the time."""

_FULL = re.compile(r"[/.ăĂ-][mM\s]{0,12}\d{4}(?![\d/])")
"""What every date of a day or a month ends with: ``/2022``, ``năm 2022``; most texts have none."""


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
    if (plain := _PLAIN.match(text, position)) is not None:
        return in_plain(plain[0]), plain.end()
    match = _patterns()[year_alone].match(text, position)
    if match is None:
        return None
    groups = match.groups()
    d1, m1, y1, d2, m2, y2, m3, y3 = groups[:8]
    year = y1 or y2 or y3 or groups[8]
    month = m1 or m2 or m3
    day = d1 or d2
    return _told(year, month, day if month else None), match.end()


@lru_cache(maxsize=4096)
def in_plain(words: str) -> str | None:
    """:func:`iso` of words printed as :data:`PLAIN`; kept, because documents repeat the dates of what they cite.

    >>> in_plain("ngày 08 tháng 12 năm 2023")
    '2023-12-08'
    """
    _, day, _, month, _, year = words.split(" ")
    return iso(int(year), int(month), int(day))


@lru_cache(maxsize=4096)
def _told(year: str, month: str | None, day: str | None) -> str | None:
    """:func:`iso` of what is printed; kept, because documents repeat the dates of what they cite."""
    return iso(int(year), int(month) if month else None, int(day) if day else None)


def impossible(text: str) -> tuple[str, str] | None:
    """The first date of a text that no calendar has, as printed, and its year; ``None`` where there is none.

    >>> impossible("Quyết định số 45/QĐ-TTg ngày 31/2/2022"), impossible("ngày 28/2/2022")
    (('ngày 31/2/2022', '2022'), None)
    """
    if _FULL.search(text) is None:
        return None
    for match in _patterns()[False].finditer(text):
        if at(text, match.start()) == (None, match.end()):
            return " ".join(match[0].split()), match[0][-4:]
    return None


def is_iso(text: str) -> bool:
    """Whether a text is a date as documents hold them (``2023-06-16``, ``2023-06``, ``2023``), and there is such a day."""
    parts = text.split("-")
    shape = (
        [len(part) for part in parts] == [4, 2, 2][: len(parts)]
        and len(parts) <= 3
        and text.replace("-", "").isdecimal()
        and text.isascii()
    )
    return shape and iso(*map(int, parts)) is not None


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """``2023-06-16``, ``2023-06`` or ``2023``; ``None`` for what no calendar has."""
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04}-{_TWO[month]}"
    if not 1 <= day <= _LAST[month] or (day == 29 and month == 2 and (year % 4 or (not year % 100 and year % 400))):
        return None
    return f"{year:04}-{_TWO[month]}-{_TWO[day]}"


_LAST = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_TWO = [f"{number:02}" for number in range(32)]

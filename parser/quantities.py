"""Figures with their units: ``7,5%``, ``19.515 tỷ đồng``, ``02 xã``, ``50-100 nghìn tấn``, ``từ 6,5% đến 7%``.

Numbers are Vietnamese: a comma before decimals, dots between thousands, a nought before counts below ten. Whether a figure is a
target is not decided here; a number without a unit of the lexicon (a date, a symbol, a heading) is no quantity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, cast

from .model import Comparator
from .tables import rows, values

_NUMBER = r"[0-9]++(?:[.,][0-9]++)*+"
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_PER = (
    r"(?:\s?/\s?(?:1?[0-9]{1,2}(?:\.000|0{1,3})?\s)?(?:đầu người|người|lao động|ngày đêm|ngày|tháng|năm|vụ|hộ|ha|km2|m2|xã|vạn dân|dân"
    r"|lượt|giờ|trẻ|suất|đơn vị))"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class Quantity(NamedTuple):
    """A figure at ``text[start:end]``: ``unit`` on one line as printed, ``group`` its class in the lexicon (``percent``, ``money`` …)."""

    start: int
    end: int
    value: float | int
    value_max: float | int | None
    unit: str
    group: str


def number(printed: str) -> float | int:
    """The value of a Vietnamese number.

    >>> [number(n) for n in ("7,5", "19.515", "02", "1.234,5", "7.5")]
    [7.5, 19515, 2, 1234.5, 7.5]
    """
    if "." in printed and not _THOUSANDS.fullmatch(printed):
        plain = printed.replace(",", "") if printed.count(".") == 1 else printed.replace(".", "").replace(",", ".")
    else:
        plain = printed.replace(".", "").replace(",", ".")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    if len(plain) > 300:
        return float("inf")
    value = float(plain)
    return int(value) if value.is_integer() else value


@cache
def _units() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    known: dict[str, tuple[str, str]] = {}
    initials: dict[str, list[str]] = {}
    forms = [(form, row) for row in rows("units") for form in values(row["forms"])]
    # The longest form first: "đơn vị cấp huyện" before "đơn vị"; one branch a first letter, so that most words fail at once.
    for form, row in sorted(forms, key=lambda item: -len(item[0])):
        known[form] = (row["unit"], row["class"])
        spaced = r"\s".join(map(re.escape, form.split()))[len(re.escape(form[0])) :]
        other = "|".join(map(re.escape, values(row["not"])))
        after = (rf"(?!\s(?:{other})(?!\w))" if other else "") + (r"(?!\w)" if form[-1].isalnum() else "")
        initials.setdefault(form[0], []).append(spaced + after)
    base = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in initials.items())
    # Every number matches, with or without a unit: the search then never starts again inside a number.
    pattern = re.compile(
        rf"({_NUMBER})(?:"
        rf"(?:(?:\s?%)?(?:\s?[-–]\s?|\sđến\s(?:dưới\s)?)({_NUMBER}))?"
        rf"(?:\s?(%)({_PER}*+)|\s?((?:(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\w)\s?)*+)({base})?({_PER}*+)))?"
    )
    return pattern, known


def _part_of_more(text: str, start: int) -> bool:
    """The number is the tail of a word, a symbol or a date: ``COVID-19``, ``66.4/2025``, ``m2``."""
    before = text[max(start - 2, 0) : start]
    return bool(before) and (before[-1].isalnum() or before[-1] in "./," or (before[-1] == "-" and before[0].isalnum()))


def scan(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """The quantities of ``text[start:end]`` in order; one pass, linear.

    >>> [(q.value, q.value_max, q.unit) for q in scan("đạt 70-100 nghìn tấn, thu 19.515 tỷ đồng, 02 xã hội, 01 xã")]
    [(70, 100, 'nghìn tấn'), (19515, None, 'tỷ đồng'), (1, None, 'xã')]
    """
    pattern, known = _units()
    for found in pattern.finditer(text, start, len(text) if end is None else end):
        low, high, percent, per_cent, times, base, per = found.groups()
        if not (percent or base or times) or _part_of_more(text, found.start()):
            continue
        if percent:
            unit, group = "%", "percent"
            after = per_cent
        elif base:
            unit, group = known[" ".join(base.split())]
            unit = f"{times.strip()} {unit}" if times else unit
            after = per
        else:
            unit, group, after = times, "money" if times.startswith(("tỷ", "tỉ")) else "count", per
        if group == "count" and not times and _YEAR.fullmatch(low):
            continue
        if after:
            unit += "".join(after.split()) if " " not in after.strip(" /") else re.sub(r"\s?/\s?", "/", after)
        yield Quantity(found.start(), found.end(), number(low), number(high) if high else None, " ".join(unit.split()), group)


@cache
def _comparators() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], dict[str, str]]:
    before = {row["form"]: row["op"] for row in rows("comparators") if row["place"] == "before"}
    ranks = {row["form"] for row in rows("comparators") if row["place"] == "group"}
    after = {row["form"]: row["op"] for row in rows("comparators") if row["place"] == "after"}
    words = "|".join(sorted(before, key=len, reverse=True))
    pattern = re.compile(
        rf"(?:(?P<word>{words})|(?P<rank>{'|'.join(ranks)}))(?:\s(?:đạt|là|từ|còn|mức|có|được|cả|khoảng|ít nhất|tối thiểu|thêm|về))*\s?$",
        re.IGNORECASE,
    )
    return pattern, before, re.compile("|".join(after), re.IGNORECASE), after


def comparator(before: str, after: str, ranged: bool = False) -> Comparator:
    """How the figure between ``before`` and ``after`` binds; both on one line, some forty characters are enough.

    >>> comparator("mức độ hài lòng đạt tối thiểu ", "; trong đó"), comparator("Từ ", " trở lên."), comparator("đạt ", "")
    ('>=', '>=', '=')
    """
    words, ops, closing, closing_ops = _comparators()
    late = closing.match(after.lstrip())
    if late:
        return cast(Comparator, closing_ops[late[0].lower()])
    found = words.search(before[-40:])
    if found is None:
        return "="
    if found["rank"]:
        return "<="
    word = found["word"].lower()
    if ranged and word == "từ":
        return "="
    return cast(Comparator, ops[word])


def ranks(before: str) -> bool:
    """The figure is a place among the best: ``nằm trong nhóm 15 tỉnh, thành phố dẫn đầu``."""
    found = _comparators()[0].search(before[-40:])
    return found is not None and bool(found["rank"])

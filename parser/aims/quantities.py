"""Figures with their units: ``7,5%``, ``19.515 tỷ đồng``, ``02 xã``, ``50-100 nghìn tấn``, ``từ 6,5% đến 7%``.

Numbers are Vietnamese: a comma before decimals, dots between thousands, a nought before counts below ten. Whether a figure is a
target is not decided here; a number without a unit of the lexicon (a date, a symbol, a heading) is no quantity.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, cast

import msgspec

from ..model import Comparator, Node
from ..tables import rows, values

NUMBER = r"[0-9]++(?:[.,][0-9]++)*+"
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_PER = (
    r"(?:\s?/\s?(?:1?[0-9]{1,2}(?:\.000|0{1,3})?\s)?(?:đầu người|người|lao động|ngày đêm|ngày|tháng|năm|vụ|hộ|ha|km2|m2|xã|vạn dân|dân"
    r"|lượt|giờ|trẻ|suất|đơn vị))"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class Quantity(msgspec.Struct, frozen=True, gc=False):
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
    if len(printed) < 16 and printed.isdecimal():
        return int(printed)
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


def has_digit(words: str) -> bool:
    """Asked letter by letter, which is many times faster than a pattern on the many texts that have none."""
    return (
        "2" in words or "1" in words or "0" in words or "3" in words or "5" in words
        or "4" in words or "6" in words or "7" in words or "8" in words or "9" in words
    )  # fmt: skip


def normal(value: float | int, unit: str) -> tuple[float | int, str]:
    """The value in the plain unit it compares by.

    >>> normal(1.2, "triệu người"), normal(19515, "tỷ đồng"), normal(123, "triệu đồng/người/năm"), normal(7.5, "%")
    ((1200000, 'người'), (19515000000000, 'đồng'), (123000000, 'đồng/người/năm'), (7.5, '%'))
    """
    times = 1
    first, _, rest = unit.partition(" ")
    while first in _POWERS:
        times *= _POWERS[first]
        unit = rest
        first, _, rest = rest.partition(" ")
    if times == 1 or not -1e300 < value < 1e300:
        return value, unit
    exact = round(value * times, 6)
    return (int(exact) if isinstance(exact, float) and exact.is_integer() else exact), unit or ("đồng" if times >= 10**9 else "")


class _Units(NamedTuple):
    likely: re.Pattern[str]
    """The last digit before what may be a unit, in a text whose digits are all the same (:func:`_same_digits`)."""
    unit: re.Pattern[str]
    known: dict[str, tuple[str, str]]


_TIMES = "nghìn|ngàn|vạn|triệu|tỷ|tỉ"
_POWERS = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}


def _same_digits(text: str) -> str:
    """The text with ``0`` for each of its digits: a search for one letter is many times as fast as one for any of ten."""
    for digit in "123456789":
        text = text.replace(digit, "0")
    return text


@cache
def _units() -> _Units:
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
    beginnings: dict[str, set[str]] = {}
    for word in (*(form for form, _ in forms if form != "%"), *_TIMES.split("|")):
        beginnings.setdefault(word[0], set()).add(re.escape(_same_digits(word.split()[0][1:3])))
    likely = "|".join(f"{re.escape(first)}(?:{'|'.join(sorted(rest, reverse=True))})" for first, rest in beginnings.items())
    return _Units(
        re.compile(rf"0(?![0/.,-])(?=\s?(?:%|{likely}))"),  # the digits of dates and symbols are passed over first
        re.compile(rf"\s?(?:(%)({_PER}*+)|((?:(?:{_TIMES})(?!\w)\s?)*+)({base})?({_PER}*+))"),
        known,
    )


def _part_of_more(text: str, start: int) -> bool:
    """The number is the tail of a word, a symbol or a date: ``COVID-19``, ``66.4/2025``, ``m2``."""
    before = text[max(start - 2, 0) : start]
    return bool(before) and (before[-1].isalnum() or before[-1] in "./," or (before[-1] == "-" and before[0].isalnum()))


_LIKELY = 4
"""So much of what stands behind a number is looked at first: a blank and three letters."""
_FIGURE_LENGTH = 48
"""No figure of a document, range included, is longer; what is, is no figure."""


def _figure(text: str, floor: int, at: int) -> tuple[int, str, str | None] | None:
    """Where the figure that ends at ``at`` begins, not before ``floor``, and its number or two."""
    printed = text[floor:at]
    before = printed.rstrip("0123456789.,")
    high = printed[len(before) :].lstrip(".,")
    begins = at - len(high)
    low, apart = None, False
    if before and before[-1] in _JOINS and len(before) == begins - floor > 1:
        apart = before[-1] == " "
        if before.rstrip().endswith(_JOIN_ENDS) and (joint := _RANGE.search(before)) is not None:
            low, apart = joint[1], False
            begins = floor + joint.start()
    if not apart and ((begins == floor and floor > 0 and at - floor == _FIGURE_LENGTH) or _part_of_more(text, begins)):
        return None
    if not high.isdigit() and not _WHOLE.fullmatch(high):
        return None
    return (begins, high, None) if low is None else (begins, low, high)


_GOES_ON = frozenset("/ ")
"""What may stand between a percent sign and what it is for: ``%/năm``, ``% điểm``."""
_JOINS = frozenset("-– \n")
_JOIN_ENDS = ("-", "–", "đến", "dưới")
_WHOLE = re.compile(NUMBER)
_RANGE = re.compile(rf"({NUMBER})(?:\s?%)?(?:\s?[-–]\s?|\sđến\s(?:dưới\s)?)$")


def scan(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """The quantities of ``text[start:end]`` in order; one pass, linear.

    >>> [(q.value, q.value_max, q.unit) for q in scan("đạt 70-100 nghìn tấn, thu 19.515 tỷ đồng, 02 xã hội, 01 xã")]
    [(70, 100, 'nghìn tấn'), (19515, None, 'tỷ đồng'), (1, None, 'xã')]
    """
    likely = _units().likely.finditer(_same_digits(text[start:end]))
    return iter(_settled(text, start, [start + found.end() for found in likely]))


def by_node(text: str, nodes: Sequence[Node]) -> list[tuple[Node, list[Quantity]]]:
    """The nodes that hold quantities, with them: what :func:`scan` finds in the span of each, by one look over the whole text."""
    likely, same = _units().likely, _same_digits(text)
    starts = [node.start for node in nodes]
    found: dict[int, list[int]] = {}
    for number in likely.finditer(same):
        at = number.end()
        index = bisect_right(starts, at - 1) - 1
        end = nodes[index].end if index >= 0 else 0
        if at < end and (at + _LIKELY < end or likely.match(same, at - 1, end)):
            found.setdefault(index, []).append(at)
    settled = [(nodes[index], _settled(text, nodes[index].start, ends)) for index, ends in found.items()]
    return [(node, here) for node, here in settled if here]


def _settled(text: str, start: int, ends: Sequence[int]) -> list[Quantity]:
    """The quantities whose numbers end at ``ends``; the first figure of "từ 6,5% đến 7%" looks like one of its own and is dropped."""
    found: list[Quantity] = []
    for at in ends:
        quantity = _quantity(text, start, at)
        if quantity is not None:
            if found and found[-1].end > quantity.start:
                found.pop()
            found.append(quantity)
    return found


def _quantity(text: str, start: int, at: int) -> Quantity | None:
    """The quantity whose number ends at ``at`` and does not begin before ``start``.

    Most numbers are dates and symbols: first come the last digits before what may be a unit, then the unit, then the number before it.
    """
    if text[at] == "%" and text[at + 1 : at + 2] not in _GOES_ON:  # most shares
        figure = _figure(text, max(start, at - _FIGURE_LENGTH), at)
        if figure is None:
            return None
        begins, low, high = figure
        return Quantity(begins, at + 1, number(low), number(high) if high else None, "%", "percent")
    units = _units()
    found = units.unit.match(text, at)
    if found is None or found.end() == at or not (found[1] or found[3] or found[4]):
        return None
    percent, after, times, base, per = found.groups()
    ends = found.end()
    figure = _figure(text, max(start, at - _FIGURE_LENGTH), at)
    if figure is None:
        return None
    begins, low, high = figure
    if percent:
        unit, group = "%", "percent"
    elif base:
        unit, group = units.known.get(base) or units.known[" ".join(base.split())]
        after = per
        if times:
            unit = f"{' '.join(times.split())} {unit}"
        elif group == "count" and _YEAR.fullmatch(low):
            return None
    elif text.startswith(("dân", "người dân"), ends):
        return None  # "Số giường bệnh trên 1 vạn dân": what the figure is for, not the figure
    else:
        unit, group, after = " ".join(times.split()), "money" if times.startswith(("tỷ", "tỉ")) else "count", per
    if after:
        unit = " ".join((unit + _SLASH.sub("/", after)).split())
    return Quantity(begins, ends, number(low), number(high) if high else None, unit, group)


_SLASH = re.compile(r"\s?/\s?")


class _Words(NamedTuple):
    before: dict[tuple[str, ...], Comparator]
    last: frozenset[str]
    """The last words of those."""
    after: dict[str, Comparator]
    ranks: frozenset[str]


_FILLERS = frozenset(
    {"đạt", "là", "từ", "còn", "mức", "có", "được", "cả", "thêm", "về", "tăng", "giảm", "xuống", "lên", "bình", "quân", "thu", "đến"}
)


@cache
def _comparators() -> _Words:
    def of(place: str) -> dict[str, Comparator]:
        return {row["form"]: cast(Comparator, row["op"]) for row in rows("comparators") if row["place"] == place}

    before = {tuple(form.split()): op for form, op in of("before").items()}
    return _Words(before, frozenset(form[-1] for form in before), of("after"), frozenset(of("group")))


def comparator(before: str, after: str, ranged: bool = False) -> Comparator:
    """How the figure between ``before`` and ``after`` binds; both on one line, some forty characters are enough.

    >>> comparator("mức độ hài lòng đạt tối thiểu ", "; trong đó"), comparator("Từ ", " trở lên."), comparator("đạt ", "")
    ('>=', '>=', '=')
    """
    if before[-1:] == ":" and after[:1] != " ":
        return "="  # most figures of lists
    words = _comparators()
    if after[:3].lstrip().startswith("tr"):
        late = words.after.get(" ".join(after.lower().split()[:2]).rstrip(".,;:)"))
        if late:
            return late
    near = before[max(before.rfind(":") + 1, len(before) - 40) :].lower().split()
    if not near:
        return "="
    if near[-1] in words.ranks:
        return "<="
    op: Comparator = "="
    end = len(near)
    while end > 0:
        last = near[end - 1]
        told = None
        if last in words.last:
            for length in (3, 2, 1):
                if end >= length and (told := words.before.get(tuple(near[end - length : end]))) is not None:
                    break
        if told is not None:
            if last != "từ" or not (ranged or op != "="):  # "từ trên 70%" is over 70
                op = told
            end -= length
        elif last in _FILLERS:
            end -= 1
        else:
            break
    return op


def ranks(before: str) -> bool:
    """The figure is a place among the best: ``nằm trong nhóm 15 tỉnh, thành phố dẫn đầu``."""
    return before[-40:].lower().rstrip().rpartition(" ")[2] in _comparators().ranks

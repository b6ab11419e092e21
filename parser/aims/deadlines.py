"""Time limits: as printed, and as dates where they can be told.

``trước ngày 08 tháng 12 năm 2025`` ends on 7 December; ``trong Quý I/2026`` is from 1 January to 31 March; ``đến hết năm 2030`` ends on
31 December 2030. A year
that belongs to a name (``Chương trình … đến năm 2030``, ``tầm nhìn đến năm 2045``) is no time limit.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from ..model import Deadline
from ..tables import rows, values
from . import verbs
from .quantities import has_digit

_DATE = (
    r"(?:ngày\s)?(?P<d{0}>[0-3]?[0-9])(?:/(?P<m{0}>[01]?[0-9])(?:/(?P<y{0}>(?:19|20)[0-9]{{2}}))?"
    r"|[-.](?P<m2{0}>[01]?[0-9])[-.](?P<y2{0}>(?:19|20)[0-9]{{2}})"
    r"|\stháng\s(?P<m3{0}>[01]?[0-9])(?:\snăm\s(?P<y3{0}>(?:19|20)[0-9]{{2}}))?)(?![0-9/])"
)
_MONTH = r"tháng\s(?P<mm>[01]?[0-9])(?:\s?/\s?(?P<my>(?:19|20)[0-9]{2})|\snăm\s(?P<my2>(?:19|20)[0-9]{2}))?(?![0-9])"
_QUARTER = r"[Qq]uý\s(?P<q>IV|I{1,3}|[1-4])(?![IV0-9])(?:(?:\s?[/,-]\s?|\s)(?:năm\s)?(?P<qy>(?:19|20)[0-9]{2}))?"
_YEAR = r"(?:năm\s)?(?P<yy>(?:19|20)[0-9]{2})(?:\s?[-–]\s?(?P<ymax>(?:19|20)[0-9]{2}))?(?![0-9])"
_MONTHS = (
    r"(?:những tháng (?:cuối|đầu) năm|(?P<half>6|06|sáu) tháng (?P<side>đầu|cuối) năm)\s(?P<hy>(?:19|20)[0-9]{2})"
    r"(?:\svà\s(?:những tháng\s)?(?:đầu|cuối)\snăm\s(?:19|20)[0-9]{2})?"
)
_BARE_QUARTER = r"^(?:\W*)(?P<start>(?:Trong\s)?Quý\s(?:IV|I{1,3})/(?:19|20)[0-9]{2}|Tháng\s[01]?[0-9]/(?:19|20)[0-9]{2})(?=,)"

_DATE_WORDS = (" ngày", " năm", " tháng")
_BEFORE_DATES = frozenset(
    {"nhất", "trước", "hết", "đến", "tới", "cuối", "đầu", "trong", "vào", "từ", "là", "những", "hiện", "khai", "(trước", "(trong", "(đến"}
)
_LAST = "".join({word[-1] + word[-1].upper() for word in _BEFORE_DATES})
_LAST_TWO = "|".join(sorted({"".join(f"[{letter}{letter.upper()}]" for letter in word[-2:]) for word in (*_BEFORE_DATES, "năm", "ngày")}))
# A date begins with a number or a quarter; the word before it tells whether it may be a limit. Most mandates have none, most dates are
# those of instruments: the number's pattern looks at the last letters of that word (behind "tháng" of the one before it). It begins with
# one letter: the search skips fast.
_NUMBER = re.compile(
    rf" [0-9](?:(?<=[{_LAST}] .)(?<=(?:{_LAST_TWO}) .)(?<!háng .)"
    + "".join(rf"|(?<=[{_LAST}my] {word} .)(?<=(?:{_LAST_TWO}) {word} .)" for word in ("năm", "ngày", "tháng"))
    + ")"
)
_QUARTER_BEGINS = frozenset({"Quý ", "Thán", "Tron"})
_QUARTER_BEFORE = re.compile(r" [Qq]uý ")
_OFTEN = {"năm": "yearly", "quý": "quarterly", "tháng": "monthly", "tuần": "weekly", "ngày": "daily"}
_RECURRING = ("hàng năm", "hằng năm", "hàng tháng", "hằng tháng", "hàng quý", "hằng quý", "định kỳ hàng", "định kỳ hằng")
_AGAIN = re.compile(r"\s(?:hàng|hằng)\s(năm|quý|tháng)(?!\w)")
"""Behind a day or a month: "trước ngày 15/12 hằng năm"."""
_OF_EACH = re.compile(
    r"(?:[Tt]rước|[Cc]hậm nhất(?:\slà)?|[Vv]ào|[Đđ]ến)\s(?:ngày\s)?[0-3]?[0-9]\s(?:(?:của\s)?(?:hàng|hằng)\s(?=tháng)"
    r"|của\stháng\s(?:cuối|đầu)\s)(?P<unit>tháng|quý)(?!\w)"
)
"""A day of each month or quarter: "trước ngày 15 hằng tháng", "trước ngày 20 của tháng cuối quý"."""
_EACH_MONTH = re.compile(r"háng(?:(?<=h[àằ]ng\stháng)|(?<=của\stháng))")
"""What stands in all of those; begins with letters: the search skips fast."""
_EACH = re.compile(r": H[àằÀẰ]")
"""What "hằng năm" begins with behind a colon."""
_EVERY = {1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"}


def _often(recurs: str) -> str | None:
    """``định kỳ hằng quý`` → ``quarterly``, ``định kỳ 06 tháng`` → ``half-yearly``."""
    *_, number, unit = recurs.split()
    return _EVERY.get(int(number)) if number.isdecimal() and unit == "tháng" else _OFTEN.get(unit)


def _may_end(words: str, at: int) -> bool:
    """Whether the number or quarter at ``at`` stands behind a word that may make it a limit."""
    before = words[at - 24 if at > 24 else 0 : at]
    while before.endswith(_DATE_WORDS):
        before = before[: before.rfind(" ")]
    return before[before.rfind(" ") + 1 :].lower() in _BEFORE_DATES


_NAME_HEADS = (
    "Chương trình", "Chiến lược", "Đề án", "Quy hoạch", "Kế hoạch", "Nghị quyết", "Quyết định", "Chỉ thị", "Kết luận", "Dự án", "Phương án",
    "Định hướng", "Tầm nhìn",
)  # fmt: skip
_NAME_ENDS = re.compile(r"[.;:]|[Pp]hấn đấu|[Bb]ảo đảm|[Đđ]ảm bảo|hoàn thành|ban hành|, có |đạt|trước khi|xây dựng (?:kế hoạch|lộ trình)")
_NOT_LIMIT = (
    "tầm nhìn", "định hướng", "xét", "phát sinh", "phải nộp", "có hiệu lực", "được cấp", "đã cấp", "ban hành", "ký", "thông qua", "tính",
    "kỳ chi trả", "quy hoạch", "cấp phép",
)  # fmt: skip
_PLANNED = re.compile(r"dự kiến[^,;.()]{0,60}$", re.IGNORECASE)
# Limits told by another event, by the hour or by "the year": as printed, without dates.
_WITHIN = re.compile(r"[Tt]rong (?:vòng |thời hạn |thời gian )?[0-9]{1,3} (?:giờ|ngày|tháng)(?: làm việc)?(?: đầu)?,? kể từ [^,;.]{3,90}")
_HOUR = re.compile(r"[Tt]rước [0-9]{1,2}(?:h[0-9]{0,2}|:[0-9]{2}| giờ)[’'′]?(?: (?:hàng|hằng) ngày| cùng ngày)?")
_IN_YEAR = re.compile(r"trong năm(?=[.;,]|$)(?:(?<=hoàn thành trong năm)|(?<=thực hiện xong trong năm))")  # first what is looked for fast
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


class _Patterns(NamedTuple):
    dated: re.Pattern[str]
    begins: frozenset[str]
    """The first two letters of the forms of ``dated``, as printed."""
    bounds: dict[str, str]
    loose: re.Pattern[str]
    recurring: re.Pattern[str]
    quarter: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    bounds = {form: row["bound"] for row in rows("deadlines") for form in values(row["form"])}
    needs = [form for row in rows("deadlines") if row["needs"] == "yes" for form in values(row["form"])]
    source = verbs.trie(((form, "") for form in needs), both_cases=True)
    when = rf"(?:{_MONTHS}|{_DATE.format('')}|{_MONTH}|{_QUARTER}|{_YEAR})"
    until = rf"(?P<until>\sđến\s(?:hết\s)?{_DATE.format('_until')})?"
    each = "|".join(form for form in sorted(bounds, key=len, reverse=True) if bounds[form] == "each")
    # The first letter before the look behind it: the search skips fast.
    loose = "|".join(rf"{form[0]}(?<!\w.){form[1:]}" for form in sorted(bounds, key=len, reverse=True) if bounds[form] == "loose")
    return _Patterns(
        re.compile(rf"(?P<form>{source})\s{when}{until}"),
        frozenset(letter + form[1] for form in needs for letter in (form[0], form[0].upper())),
        bounds,
        re.compile(rf"(?:{loose})(?!\w)"),
        re.compile(
            rf"(?:^|(?=[.;:đ]))(?:(?:^|[.;:]\s)\W{{0,3}}(?P<start>{each})(?=,|\s(?!và))"
            r"|(?<!\w)(?P<inside>định kỳ (?:(?:hàng|hằng) (?:năm|quý|tháng)|0?[36] tháng))(?!\w))",
            re.IGNORECASE,
        ),
        re.compile(_BARE_QUARTER),
    )


def find(words: str, written: str | None = None) -> Deadline | None:
    """The time limit of a mandate on one line; the first that is a date, else one that recurs, else one said loosely.

    ``written`` is the document's date: a limit without a year (``trước ngày 15/3``) is in that year if it lies ahead.

    >>> find("gửi Bộ Tài chính trước ngày 08 tháng 12 năm 2025.")
    Deadline(text='trước ngày 08 tháng 12 năm 2025', from_=None, to='2025-12-07', recurring=None)
    """
    patterns = _patterns()
    if words[:4] in _QUARTER_BEGINS and words.startswith(("Quý ", "Tháng ", "Trong Quý ")) and (opening := patterns.quarter.match(words)):
        return _quarter_or_month(opening["start"])
    digits = has_digit(words)
    numbers = [number.start() for number in _NUMBER.finditer(words)] if digits else []
    begun = numbers
    if "ý" in words and "uý " in words:
        begun = [*(quarter.start() for quarter in _QUARTER_BEFORE.finditer(words)), *numbers]
    for at in begun:
        if _may_end(words, at) and (found := _form_before(words, at, patterns)) is not None:
            bound = patterns.bounds[found["form"].lower()]
            if not _in_name(words, found, bound) and (limit := _limit(found, bound, written)) is not None:
                again = _AGAIN.match(words, found.end())
                return limit if again is None else Deadline(text=found[0] + again[0], recurring=_OFTEN[again[1]])
    if (
        (words[0] in "HhĐđ" and words[:12].lower().startswith(_RECURRING))
        or ("ỳ" in words and "ịnh kỳ " in words)
        or (":" in words and ": H" in words and _EACH.search(words))
    ) and (again := patterns.recurring.search(words)):
        text = again["start"] or again["inside"]
        return Deadline(text=text, recurring=_often(text.lower()))
    if numbers and "háng" in words and _EACH_MONTH.search(words) and (each := _OF_EACH.search(words)):
        return Deadline(text=each[0], recurring=_OFTEN[each["unit"]])
    since = "ừ" in words  # one rare letter is found faster than a word
    if ((digits and since and "kể từ" in words) or (numbers and "rước " in words)) and (relative := _told_by_another(words)):
        return relative
    if "trong năm" in words and (year := _IN_YEAR.search(words)):
        return Deadline(text=year[0])
    if since and "ngay từ" in words and (loose := patterns.loose.search(words)):
        return Deadline(text=loose[0])
    return None


_OPENS = "(“*"


def _form_before(words: str, at: int, patterns: _Patterns) -> re.Match[str] | None:
    """The limit whose number stands at ``at``: the furthest that begins with one of the seven words before it."""
    before = words[at - 120 if at > 120 else 0 : at].rsplit(" ", 7)[-7:]
    begin = at - sum(map(len, before)) - len(before) + 1
    for word in before:
        if word[:2] in patterns.begins or word[:1] in _OPENS:
            found = patterns.dated.match(words, begin + len(word) - len(word.lstrip(_OPENS)))
            if found is not None and found.end() > at:
                return found
        begin += len(word) + 1
    return None


def _told_by_another(words: str) -> Deadline | None:
    """``trong thời hạn 15 ngày kể từ …``, ``trước 19h00 hằng ngày``."""
    if "kể từ" in words and (within := _WITHIN.search(words)):
        return Deadline(text=within[0].rstrip(" ,"))
    at = words.find("rước ")
    while at > 0:
        if words[at + 5 : at + 6].isdigit() and (hour := _HOUR.match(words, at - 1)):
            return Deadline(text=hour[0])
        at = words.find("rước ", at + 5)
    return None


def _in_name(words: str, found: re.Match[str], bound: str) -> bool:
    """The words belong to a name or tell of something else: ``Chiến lược … đến năm 2030``, ``tầm nhìn đến năm 2045``, a quotation."""
    before = words[max(found.start() - 220, 0) : found.start()]
    if "“" in before and before.count("“") > before.count("”"):
        return True
    if bound == "before":
        return False
    near = before[-70:].lower()
    if near.rstrip().endswith(_NOT_LIMIT) or ("dự kiến" in near and _PLANNED.search(near)):
        return True
    if bound != "end" or not found["yy"]:
        return False
    head = max(before.rfind(name) for name in _NAME_HEADS)
    return head >= 0 and not _NAME_ENDS.search(before, head + 8)


def _limit(found: re.Match[str], bound: str, written: str | None) -> Deadline | None:
    text = found[0]
    if text.lower().startswith("giai đoạn") and bound == "end":
        text = text[text.lower().index("đến") :]
    day = _day(found, "", written)
    if bound == "from":
        last = _day(found, "_until", written) if found["until"] else None
        return Deadline(text=text, from_=_iso(day), to=_iso(last)) if day or last else None
    if found["until"]:
        text = text[: -len(found["until"])]
    if found["d"]:
        return Deadline(text=text, to=_iso(day - timedelta(days=1) if day and bound == "before" else day))
    first, last = _span(found, written)
    if bound == "before":
        return Deadline(text=text, to=_iso(first - timedelta(days=1)) if first else None)
    return Deadline(text=text, from_=_iso(first) if bound == "within" else None, to=_iso(last))


def _day(found: re.Match[str], group: str, written: str | None) -> date | None:
    if not found["d" + group]:
        return None
    month = int(found["m" + group] or found["m2" + group] or found["m3" + group])
    year = found["y" + group] or found["y2" + group] or found["y3" + group]
    try:
        if year:
            return date(int(year), month, int(found["d" + group]))
        if written and len(written) == 10:
            day = date(int(written[:4]), month, int(found["d" + group]))
            return day if day >= date.fromisoformat(written) else None
    except ValueError:
        return None
    return None


def _span(found: re.Match[str], written: str | None) -> tuple[date | None, date | None]:
    """The first and last day of a month, a quarter, half a year, a year or years."""
    this = int(written[:4]) if written else None
    if found["hy"]:
        if not found["half"]:
            return None, None
        year = int(found["hy"])
        return (date(year, 1, 1), date(year, 6, 30)) if found["side"] == "đầu" else (date(year, 7, 1), date(year, 12, 31))
    if found["mm"]:
        return _months(int(found["my"] or found["my2"] or this or 0), int(found["mm"]), int(found["mm"]))
    if found["q"]:
        last = 3 * _QUARTERS[found["q"]]
        return _months(int(found["qy"] or this or 0), last - 2, last)
    if found["yy"]:
        return date(int(found["yy"]), 1, 1), date(int(found["ymax"] or found["yy"]), 12, 31)
    return None, None


def _months(year: int, first: int, last: int) -> tuple[date | None, date | None]:
    if not year or not 1 <= first <= last <= 12:
        return None, None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _quarter_or_month(text: str) -> Deadline:
    year = int(text[-4:])
    last = 3 * _QUARTERS[text.split()[-1].split("/")[0]] if "uý" in text else int(text.split()[-1].split("/")[0])
    begins, ends = _months(year, last - 2 if "uý" in text else last, last)
    return Deadline(text=text, from_=_iso(begins), to=_iso(ends))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

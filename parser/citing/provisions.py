"""Provisions as documents cite them: ``điểm a khoản 2 Điều 28``, ``các điểm a, b và c khoản 1 Điều này``, ``từ Điều 5 đến Điều 9``.

:func:`scan` reads every such expression of a text as :class:`Run`; :attr:`Run.addresses` lists what it names, each an address from the
smallest unit to the largest as printed. Lists and ranges are written out; ``này`` stays for the reader of the document to make absolute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from ..names.patterns import GAP, UPPER, matches

Address = tuple[tuple[str, str], ...]
"""(level, value) pairs from the largest unit to the smallest: ``(("Điều", "28"), ("khoản", "2"), ("điểm", "a"))``."""

RANK = {
    "đoạn": -2,
    "gạch đầu dòng": -1,
    "tiết": 0,
    "điểm": 1,
    "khoản": 2,
    "Điều": 3,
    "Mẫu": 3,
    "Biểu": 3,
    "Tiểu mục": 4,
    "Mục": 5,
    "Chương": 6,
    "Phần": 7,
    "Phụ lục": 8,
}
LETTERS = "abcdđeghiklmnopqrstuvxy"
_MANY = 160  # expressions longer than this are tables of contents or hostile

_UNITS = {
    "điểm": "điểm", "khoản": "khoản", "điều": "Điều", "mẫu": "Mẫu", "biểu": "Biểu", "mục": "Mục", "chương": "Chương", "phần": "Phần",
    "phụ": "Phụ lục", "tiểu": "Tiểu mục", "tiết": "tiết", "đoạn": "đoạn", "gạch": "gạch đầu dòng",
}  # fmt: skip


class Run(msgspec.Struct, frozen=True, gc=False):
    """One expression ``text[start:end]``; ``here`` is the smallest unit said to be "này", ``plural`` whether "các" stands before it."""

    start: int
    end: int
    addresses: tuple[Address, ...]
    here: bool = False
    plural: bool = False


# Whole words, not classes for their first letters: only so does the search skip from one possible first letter to the next.
_NAMES = (
    "Điều", "điều", "Khoản", "khoản", "Điểm", "điểm", "Mục", "mục", "Chương", rf"Phần(?={GAP}(?:thứ|này|[IVXA-H]))",
    rf"phần(?={GAP}(?:thứ{GAP}[nhbts]|[IVX]+\b|[A-H]\b))", rf"Phụ{GAP}lục", rf"phụ{GAP}lục", rf"Tiểu{GAP}mục", "Mẫu", "mẫu", "Biểu", "Tiết",
)  # fmt: skip


_INITIALS = frozenset(name[0] for name in _NAMES)


def words() -> list[str]:
    """The beginnings of what :func:`scan` finds, as patterns (:mod:`landmarks`)."""
    value = r"\d|[A-Z]|[a-zđ](?![^\W\d_])|này|nêu|số|từ|thứ|nhất|hai|ba|tư|năm|sáu|bảy|tám"
    return [f"{name}{GAP}(?:{value})" for name in _NAMES]


@cache
def _group() -> re.Pattern[str]:
    roman = r"[IVXLC]{1,7}(?:(?:\.\d{1,2}){1,3}|[A-D])?"
    letter = r"[a-zđ](?:\.?\d{1,2})?(?:\([ivx]{1,5}\))?"  # "điểm b1", "điểm b.1"
    value = rf"(?:\d{{1,4}}(?:\.\d{{1,3}}){{0,3}}(?:\.[a-zđ](?!\w)|[a-zđ]{{0,2}}\d?)|{roman}|[A-H]|{letter})(?![\w/%])"
    form = rf"\d{{1,3}}[a-zđ]?/[{UPPER}]{{2,9}}(?:-[{UPPER}]{{2,9}})?(?!\w)"  # "Mẫu số 01/ĐGTĐ-BHM"
    # A semicolon at a line's end closes an item: what follows is the label of the next.
    step = rf"(?:,{GAP}và{GAP}|,{GAP}|;[ \u00a0]{{1,4}}|{GAP}và{GAP}|{GAP}hoặc{GAP}|\s?[-–]\s?|{GAP}đến{GAP}(?:hết{GAP})?)"
    unwanted = rf"(?!{GAP}(?:ngày|tháng|năm|giờ|người|đồng|triệu|tỷ|lần|%|xã|tỉnh))"
    return re.compile(
        rf"({'|'.join(_NAMES)})(?:{GAP}(?:(?:số:?|từ){GAP})?((?:này(?<!số.này)|nêu{GAP}trên)(?!\w)|(?:thứ{GAP})?(?:nhất|hai|ba|tư|năm|sáu|bảy|tám)(?!\w)|{form}|{value}(?:{step}{value}{unwanted})*))"
    )


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(
        rf"(?:,?{GAP}(?P<and>và|hoặc){GAP}|,{GAP}|{GAP}(?P<of>của|tại|thuộc){GAP}|(?P<to>{GAP}đến{GAP}(?:hết{GAP})?)|{GAP})(?:các{GAP})?"
    )


def scan(text: str, start: int = 0, end: int | None = None, *, places: Sequence[int] | None = None) -> Iterator[Run]:
    """Every expression of provisions in ``text[start:end]``, in order; ``places`` are the text's landmarks, where known."""
    groups: list[tuple[str, str, str]] = []  # joint, level, values
    first = last = 0
    stop = len(text) if end is None else end
    joint = _joint()
    for match in _group().finditer(text, start, stop) if places is None else matches(_group(), text, places, _INITIALS):
        if match[1] in _DIGITS_ONLY and not (match[2][0].isdigit() or match[2].startswith(("này", "nêu"))):
            continue
        if "/" in match[2] and match[1].lower() not in {"mẫu", "biểu"}:
            continue
        if groups and match.start() - last <= 24 and len(groups) < _MANY:
            between = joint.fullmatch(text, last, match.start())
            if between is not None and groups[-1][1] == "Mục" and match[1][1:] == "iều" and not (between["and"] or "," in between[0]):
                groups = [(how, "khoản" if level == "Mục" else level, values) for how, level, values in groups]  # "mục 3 Điều 2"
            if between is not None and (run := _joins(between, groups[-1][1], match[1])) is not None:
                groups.append((run, _level(match[1]), match[2]))
                last = match.end()
                continue
        if groups:
            yield _run(text, first, last, groups)
        if _word_of_two(text, match):
            groups = []
            continue
        groups = [("", _level(match[1]), match[2])]
        first, last = match.start(), match.end()
    if groups:
        yield _run(text, first, last, groups)


_DIGITS_ONLY = frozenset(("Điều", "điều", "Khoản", "khoản"))

_SECOND_HALVES = {
    "điểm": frozenset(("thời", "địa", "đặc", "quan", "trọng", "cao", "ưu", "nhược", "khuyết", "thí", "luận", "nút", "chấm", "giao", "yếu")),
    "khoản": frozenset(("tài", "điều", "chuyển")),
    "mục": frozenset(("danh", "hạng", "chuyên", "đề", "tiết", "tiểu")),
    "điều": frozenset(("những", "nhiều", "mọi", "tất", "về", "cả")),
}


def _word_of_two(text: str, match: re.Match[str]) -> bool:
    """``thời điểm này``, ``tài khoản 1``, ``danh mục 2``: half a word, no unit. Also what only looks like one (``điều này``: "this")."""
    at = match.start()
    if at and text[at - 1].isalnum():
        return True
    unit = match[1].lower()
    if match[2].startswith("này") and (match[1] == "điều" or unit in {"mẫu", "biểu"}):
        return True
    halves = _SECOND_HALVES.get(unit)
    return halves is not None and bool(words := text[max(0, at - 10) : at].split()) and words[-1].lower() in halves


def before(text: str, position: int, floor: int = 0) -> Run | None:
    """The expression that ends where the words at ``position`` begin (``điểm a khoản 2 Điều 28 | Luật Thủ đô``), if there is one.

    Between the two may stand ``của``, ``tại``, ``ban hành kèm theo``, ``kèm theo``.
    """
    end = position - 1
    while text.startswith(" ", end):
        begin = text.rfind(" ", floor, end) + 1
        word = text[begin:end]
        if begin < position - _NEAR or len(word) < 2 or not (word.islower() and word.isalpha()):
            break
        if word not in _TELLING:
            return None  # most mentions stand behind such a word: no provision ends with it
        if word in _WORDS:
            break
        end = begin - 1
    if (sign := text[end - 1 : end]) and sign in _CLOSING:
        return None
    words = text[max(floor, position - _NEAR) : position].split()
    while words and words[-1] in _CONNECTORS:
        words.pop()
    if not words or not ((last := words[-1].rstrip(","))[:1].isdigit() or len(last) == 1 or last.isupper() or last in _WORDS):
        return None
    tail = _tail().search(text, max(floor, position - _NEAR), position)
    if tail is None:
        return None
    found = None
    window = max(floor, tail.start() - 240)
    first = next(scan(text, window, tail.start() + 1), None)
    if window > floor and first is not None and first.start < window + 40:
        window = max(floor, tail.start() - 1500)  # a long list: "Điều 12, điểm b khoản 1 Điều 14, điểm b khoản 1 Điều 17 …"
    for run in scan(text, window, tail.start() + 1):
        # "khoản 3 Điều 28; khoản 6 Điều 84 Luật Thi đua, khen thưởng": one list before one law.
        listed = found is not None and re.fullmatch(rf";{GAP}(?:các{GAP})?", text[found.end : run.start]) is not None
        if listed and found is not None:
            run = Run(found.start, run.end, (*found.addresses, *run.addresses), found.here or run.here, found.plural)
        found = run
    if found is None or found.end != tail.start() + 1 or (found.start == window and window > floor and text[window - 1].isalnum()):
        return None
    return found


def last(text: str, start: int, end: int) -> Run | None:
    """The expression that ends ``text[start:end]``, if one does."""
    found = None
    for run in scan(text, start, end):
        found = run
    return found if found is not None and found.end == end else None


_NEAR = 40
"""So many letters before a mention its provision ends, at most."""
_CLOSING = ".;:()-–“”"
"""Behind these no provision goes on to a mention."""
_CONNECTORS = frozenset(("các", "của", "tại", "thuộc", "theo", "kèm", "đính", "hành", "ban", "được"))


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(
        rf"[\w],?(?:{GAP}(?:được{GAP})?(?:ban{GAP}hành{GAP})?(?:kèm(?:{GAP}theo)?|đính{GAP}kèm(?:{GAP}theo)?|của|tại|thuộc)(?:{GAP}các)?)?{GAP}(?:các{GAP})?\Z"
    )


def _level(printed: str) -> str:
    return _UNITS[printed.split()[0].lower()]


def _joins(between: re.Match[str], above: str, printed: str) -> str | None:
    """How the next group goes on: ``of`` (the unit that holds those before), ``and`` (another of a list), ``to`` (the end of a range)."""
    level = _level(printed)
    if between["to"]:
        return "to" if level == above else None
    higher = RANK[level] > RANK[above]
    if between["of"]:
        return "of" if higher else None
    if higher:
        return "and" if between["and"] else "of"
    if level == above and level == "Điều" and not between[0].strip():
        return "and"  # "Điều 13 Điều 15 và Điều 16": a comma was forgotten
    return None if not between["and"] and "," not in between[0] else "and"


def _run(text: str, start: int, end: int, groups: list[tuple[str, str, str]]) -> Run:
    pending: list[Address] = []
    here = False
    for joint, level, printed in groups:
        values = _values(level, printed)
        here = here or values[0] == "này"
        if "." in printed and _ROMAN_PATH.search(printed):
            # "mục II.1": the first numeral is the Mục, what follows its stops lies in it.
            steps = [value.split(".") for value in values]
            lower = pending if joint == "of" else []
            closed = [] if joint == "of" else pending
            inner = [((level, step[0]), *(("khoản", value) for value in step[1:])) for step in steps]
            pending = [*closed, *((*own, *address) for own in inner for address in (lower or [()]))]
            continue
        if joint == "to" and pending and pending[-1][0][0] == level:
            pending.extend(((level, value),) for value in _between(level, pending[-1][0][1], values[0])[1:])
            pending.extend(((level, value),) for value in values[1:])
            continue
        if level == "điểm" and "(" in printed:
            pending.extend(_steps(value) for value in values)
            continue
        if joint == "of":
            lower = [address for address in pending if RANK[address[0][0]] < RANK[level]]
            closed = [address for address in pending if RANK[address[0][0]] >= RANK[level]]
            pending = [*closed, *(((level, value), *address) for value in values for address in lower)][:400]
            continue
        pending.extend(((level, value),) for value in values)
    if (below := _below(text, start, groups[0][1])) is not None:
        start, level, values = below
        first = pending[0]
        pending = [*((*first, (level, value)) for value in values), *pending[1:]]
    here = here and any(value == "này" for address in pending for _, value in address)
    lead = text[max(0, start - 7) : start]
    return Run(start, end, tuple(pending), here, "ác" in lead and _PLURAL.search(lead) is not None)


_PLURAL = re.compile(r"[Cc]ác\s{1,3}$")


def _steps(value: str) -> Address:
    """``a(ii)``: tiết ii of điểm a."""
    letter, _, step = value.rstrip(")").partition("(")
    return (("điểm", letter), ("tiết", step)) if step else (("điểm", letter),)


def _below(text: str, start: int, above: str) -> tuple[int, str, list[str]] | None:
    """What is smaller than a điểm and stands before the expression: ``tiết b | điểm 2``, ``gạch đầu dòng thứ hai | khoản 1``."""
    words = text[max(0, start - 40) : start]
    if RANK[above] > RANK["Mục"] or ("iết" not in words and "oạn" not in words and "dòng" not in words and "iểu" not in words):
        return None
    found = _small_units().search(words)
    if found is None or (found.start() and words[found.start() - 1].isalnum()):
        return None
    level = _UNITS[found[1].split()[0].lower()]
    if RANK[level] >= RANK[above] or words[: found.start()].split()[-1:] in (["giai"], ["phân"], ["công"], ["chi"], ["Giai"], ["chủng"]):
        return None
    return start - len(words) + found.start(), level, _values(level, found[2])


@cache
def _small_units() -> re.Pattern[str]:
    number = rf"(?:(?:thứ{GAP})?(?:nhất|hai|ba|tư|năm|sáu|\d{{1,2}})|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}|[a-zđ](?:\.?\d{{1,2}})?)"
    return re.compile(
        rf"((?:[Tt]iết|[Đđ]oạn|[Gg]ạch{GAP}đầu{GAP}dòng|[Tt]iểu{GAP}mục))(?:{GAP}số)?{GAP}({number}(?:(?:,{GAP}|{GAP}và{GAP}){number})*)"
        rf",?{GAP}(?:(?:của|tại|thuộc){GAP})?\Z"
    )


_ROMAN_PATH = re.compile(r"[IVXLC]\.\d")
_WORDS = {"nhất": "1", "hai": "2", "ba": "3", "tư": "4", "năm": "5", "sáu": "6", "bảy": "7", "tám": "8"}
_TELLING = frozenset((*_CONNECTORS, *_WORDS))


def _values(level: str, printed: str) -> list[str]:
    if printed.isdecimal():  # as most are
        return [printed]
    words = printed.split()
    if words[0] == "này" or words[0] == "nêu":
        return ["này"]
    if words[-1] in _WORDS and level == "Phần":
        return [f"thứ {words[-1]}"]
    if words[0] in _WORDS or (words[0] == "thứ" and words[-1] in _WORDS):
        return [_WORDS[words[-1]]]
    printed = printed.removeprefix("thứ")
    found: list[str] = []
    ranged = False
    if "/" in printed:
        return [printed]
    for piece in re.findall(r"[-–]|\w+(?:\.\w+)*(?:\([ivx]+\))?", printed):
        if piece in {"-", "–", "đến"}:
            ranged = True
        elif piece not in {"và", "hoặc", "hết"}:
            found.extend(_between(level, found[-1], piece)[1:] if ranged and found else [piece])
            ranged = False
    return found


def _between(level: str, first: str, last: str) -> list[str]:
    """A range written out, both ends included; just its ends where it cannot be counted."""
    if first.isdigit() and last.isdigit() and 0 <= int(last) - int(first) < 200:
        return [first, *map(str, range(int(first) + 1, int(last))), last] if first != last else [first]
    if level == "điểm" and first in LETTERS and last in LETTERS and LETTERS.index(first) < LETTERS.index(last):
        return list(LETTERS[LETTERS.index(first) : LETTERS.index(last) + 1])
    romans = [_roman(value) for value in (first, last)]
    if all(romans) and 0 < romans[1] - romans[0] < 50:
        return [_as_roman(number) for number in range(romans[0], romans[1] + 1)]
    return [first, last]


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def _roman(value: str) -> int:
    total = 0
    for here, after in zip(value, [*value[1:], ""], strict=True):
        if here not in _ROMAN:
            return 0
        total += -_ROMAN[here] if after and _ROMAN.get(after, 0) > _ROMAN[here] else _ROMAN[here]
    return total


def _as_roman(number: int) -> str:
    done = ""
    for value, letters in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        done += letters * (number // value)
        number %= value
    return done


def written(address: Address) -> str:
    """An address as the document format writes it: ``Điều 28/2/a``, ``Mục II/4/b``, ``Phụ lục IV``, ``Mẫu số 08``.

    Articles run through a whole document, so what lies above one (Chương, Mục) is left out.
    """
    levels = [level for level, _ in address]
    if "Điều" in levels:
        address = address[levels.index("Điều") :]
    pieces = []
    for index, (level, value) in enumerate(address):
        if level in {"Mẫu", "Biểu"}:
            pieces.append(f"{level} số {value}")
        elif level in {"gạch đầu dòng", "đoạn"}:
            pieces.append(f"{level} {value}")
        elif index and level in {"khoản", "điểm", "tiết"}:
            pieces.append(value)
        elif level in {"khoản", "điểm", "tiết"}:
            pieces.append(f"{level.capitalize()} {value}")
        else:
            pieces.append(f"{level} {value}".rstrip())
    return "/".join(pieces)


def listed(run: Run) -> str:
    """All addresses of an expression, with ``; `` between."""
    return "; ".join(dict.fromkeys(written(address) for address in run.addresses))

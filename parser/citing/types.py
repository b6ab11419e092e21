"""Which type a number has: the words before it (``Nghị quyết số | 94/NQ-HĐND``), or the abbreviation it holds."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .. import tables
from ..fold import key
from ..names import symbols
from ..names.patterns import by_letter, options


@cache
def names() -> dict[str, str]:
    return {key(row["name"]): row["name"] for row in tables.rows("types")}


NEAR = 48
"""So many letters before a number :func:`near` looks at."""


def near(head: str) -> tuple[int, str] | None:
    """The type whose words (and perhaps "số") end right here, and where they begin: the common case, without a search."""
    words = head.rsplit(None, _WORDS + 1)
    if words and words[-1].rstrip(":") in _NO:
        words.pop()
    if len(words) > _WORDS:
        del words[:-_WORDS]  # the first is all that is left
    if not words or (ended := _ended_by(tuple(words))) is None:
        return None
    first, printed, kind = ended
    begin = head.rfind(first)
    if not head.startswith(printed, begin):  # not parted by one blank each
        ending = printed.split()
        while begin > 0 and head[begin:].split()[: len(ending)] != ending:
            begin = head.rfind(first, 0, begin)
    return begin, kind


@lru_cache(maxsize=4096)
def _ended_by(words: tuple[str, ...]) -> tuple[str, str, str] | None:
    """The type that ends a stretch with these last words: its first word, all as printed, its name. Few words stand before numbers."""
    if short := _abbreviated().get(words[-1]):
        return words[-1], words[-1], short
    kinds = names()
    for count in _lengths().get(words[-1].lower(), ()):
        if len(words) >= count:
            printed = " ".join(words[-count:])
            if (kind := kinds.get(printed.lower())) and _one_case(list(words[-count:])):
                return words[-count], printed, kind
    return None


def far(head: str) -> tuple[int, str, str] | None:
    """The last type word of a stretch, and what stands after it (``Kết luận | liên ngành Tư pháp Trung ương số``)."""
    last = None
    for match in _at_end().finditer(head):
        if _one_case(match[0].split()) and not head[match.start() - 1 : match.start()].isalnum():
            last = match
    return (last.start(), names()[key(last[0])], head[last.end() :]) if last else None


def _one_case(words: list[str]) -> bool:
    """``Nghị quyết``, ``Nghị Quyết``, ``NGHỊ QUYẾT``, ``nghị quyết``; not ``(kháng) nghị Quyết (định)``."""
    return words[0][0].isupper() or all(word.islower() for word in words)


_WORDS = 4
"""The most words of a type that are looked for right before a number."""
_NO = frozenset(("số", "Số", "SỐ", "sỐ"))


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How many words the types have that end with a word, the most first."""
    found: dict[str, set[int]] = {}
    for name in names():
        words = name.split()
        found.setdefault(words[-1], set()).add(len(words))
    return {last: tuple(sorted((n for n in counts if n <= _WORDS), reverse=True)) for last, counts in found.items()}


@cache
def _at_end() -> re.Pattern[str]:
    names = [row["name"] for row in tables.rows("types")]
    forms = [*names, *(name[0].lower() + name[1:] for name in names), *(name.upper() for name in names)]
    return re.compile("(?:" + by_letter(options(forms)) + r")(?!\w)")


@cache
def _abbreviated() -> dict[str, str]:
    """Types written as in a symbol before "số": ``theo QĐ số 12/2001/QĐ-BTC``; only where one type alone has the letters."""
    return {abbr: first(abbr) for abbr in ("NQ", "NĐ", "QĐ", "TT", "CT", "KL", "KH", "TTLT", "TTr", "CV")}


def is_other(taken: symbols.SymbolParts, kind: str | None) -> bool:
    """Whether a number names another type than the list it stands in: ``Nghị quyết số 18-NQ/TW; 10/CT-TTg``."""
    named = symbols.types_of(taken.type_abbr) if taken.family != "cong_van" else ()
    return bool(named) and kind not in named


def of_parts(taken: symbols.SymbolParts) -> str | None:
    """The type an abbreviation stands for; of several the State's or the Party's own."""
    if taken.family == "assembly":
        return None
    if taken.family == "cong_van":
        return "Công văn" if taken.type_abbr in symbols.known_orgs() else None
    if taken.family == "party" and taken.type_abbr == "QĐ":  # Quyết định or Quy định
        return None
    return first(taken.type_abbr) or None if taken.type_abbr else None


def first(abbr: str) -> str:
    """The plainest type with an abbreviation: ``Báo cáo`` rather than ``Báo cáo thẩm tra``; the State's before the Party's."""
    return min(symbols.types_of(abbr), key=lambda name: len(name.split()), default="")  # the first of the shortest

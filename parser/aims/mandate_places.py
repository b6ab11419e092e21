"""The places that mandates name: provinces by their names, others behind their level ("xã Hòa Xuân").

What stands in the name of a body, of an instrument or of a programme is no place of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..model import Mandate
from ..names import places
from ..names.patterns import UPPER

_LEVEL = re.compile(rf"(?<!\w)(?:{'|'.join(places.LEVELS)})\s$")


@cache
def _province() -> re.Pattern[str]:
    return re.compile(places.province_names())


_UNIT = re.compile(rf"[{UPPER}][^\W\d_]+(?:\s[{UPPER}][^\W\d_]+){{1,3}}")


_NAMED = re.compile(r"(?:[Ủủ]y ban|[Uu]ỷ ban|Hội đồng|HĐND|UBND|Sở|Công an|Đoàn|Tỉnh đoàn|Liên minh|Hội|Ban)\s[^,;.()]{0,24}$")
_NAMED_REACH = 40
"""No name before a place of which it is begins further before it than this."""


def named(text: str, mandate: Mandate, begun: Sequence[int], taken: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The places named in a mandate, outside the names of bodies and of instruments (``taken``): a province by its name, others by their
    level before it. ``begun`` are where places may begin in it."""
    first, last = mandate.start, mandate.end
    found: dict[str, None] = {}
    end, province_at = first, _province().match
    for at in begun:
        if at < end or (at and (text[at - 1].isalnum() or text[at - 1] == "_")):
            continue  # one in the midst of a word is none
        floor = end if end > at - 11 else at - 11
        for a, b in taken:
            if a <= floor and at < b:
                break
        else:
            b = 0
        if b and not text[b + 1 : b + 2].isupper():
            continue  # with its level in a name, and it does not run on behind it
        level = _LEVEL.search(text, floor, at) if text.endswith(places.LEVELS, floor, at - 1) else None
        name = province_at(text, at, last)
        if name is None and level is not None:
            name = _UNIT.match(text, at, last)
        if name is None:
            continue
        start, end = level.start() if level else at, name.end()
        for a, b in taken:
            if a <= start < b:
                break
        else:
            near = max(start - _NAMED_REACH, first)
            if not _may_name(text[near:start]) or not _NAMED.search(text, near, start):
                words = " ".join(text[start:end].split())
                known = places.province(words)
                found.setdefault(known.whole if known else words)
    return tuple(found)


def _may_name(words: str) -> bool:
    """Whether they may hold such a name: a capital, or a committee without its own. Most hold none."""
    return not words.islower() or "ban" in words

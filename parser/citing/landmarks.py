"""One look over a text for the few words on which mentions, provisions and programmes hang.

To look through a whole text for many words costs far more than to look at what stands at a hundred places; so three stages share one look,
and each sees for itself what stands there. Guaranteed: every place at which one of their patterns may match is among them.
"""

from __future__ import annotations

import re
from functools import cache

from ..names.patterns import by_letter
from . import mentions, programmes, provisions

_RARE = "ẫầụểề"
"""Of what begins with a small letter, as most words do, one of these is looked for where it holds one."""
_FIRST_WORD = re.compile(r"\w+")


def find(text: str) -> list[int]:
    """The places at which a law, a type with a number, a provision or a programme may begin."""
    look, before = _any()
    return [found.start() - before[found.lastindex or 0] for found in look.finditer(text)]


@cache
def _any() -> tuple[re.Pattern[str], tuple[int, ...]]:
    """All of their words by their first two letters, or by a rare one with what stands before it; only these are taken, and no word begins
    within another, so that no place hides the next. With it how many letters stand before, by the number of the group that took part.

    Small letters come first: with them most words begin that are none of these, and a second letter tells.
    """
    begun: dict[str, list[str]] = {}
    rare: dict[str, list[str]] = {}
    for word in (*mentions.words(), *provisions.words(), *programmes.words()):
        first = _FIRST_WORD.match(word)[0]  # type: ignore[index]
        at = next((first.index(letter) for letter in _RARE if letter in first), 0) if first[0].islower() else 0
        if at:
            rare.setdefault(word[: at + 1], []).append(word[at + 1 :])
        else:
            begun.setdefault(word[:2], []).append(word[2:])
    heads = sorted(rare, key=lambda head: head[-1])  # as they are grouped below
    by_rare = [f"{head[-1]}(?<={head})(?={'|'.join(rare[head])})()" for head in heads]
    by_two = [f"{two}(?={'|'.join(begun[two])})" for two in sorted(begun, key=lambda two: two[0].isupper())]
    return re.compile(by_letter([*by_rare, *by_two])), (0, *(len(head) - 1 for head in heads))

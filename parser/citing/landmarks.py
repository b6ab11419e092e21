"""One look over a text for the few words on which mentions, provisions and programmes hang.

To look through a whole text for many words costs far more than to look at what stands at a hundred places; so three stages share one look,
and each sees for itself what stands there. Guaranteed: every place at which one of their patterns may match is among them.
"""

from __future__ import annotations

import re
from functools import cache

from ..names.patterns import by_letter
from . import mentions, programmes, provisions


def find(text: str) -> list[int]:
    """The places at which a law, a type with a number, a provision or a programme may begin."""
    return [found.start() for found in _any().finditer(text)]


@cache
def _any() -> re.Pattern[str]:
    """All of their words by their first two letters; only these are taken, and none begins within them, so that no place hides the next.

    Small letters come first: with them most words begin that are none of these, and a second letter tells.
    """
    begun: dict[str, list[str]] = {}
    for word in (*mentions.words(), *provisions.words(), *programmes.words()):
        begun.setdefault(word[:2], []).append(word[2:])
    return re.compile(by_letter(f"{two}(?={'|'.join(begun[two])})" for two in sorted(begun, key=lambda two: two[0].isupper())))

"""One look over a text for the few words on which mentions, provisions and programmes hang.

To look through a whole text for many words costs far more than to look at what stands at a hundred places; so three stages share one look,
and each sees for itself what stands there. Guaranteed: every place at which one of their patterns may match is among them.
"""

from __future__ import annotations

import re
from functools import cache

from . import mentions, programmes, provisions


def find(text: str) -> list[int]:
    """The places at which a law, a type with a number, a provision or a programme may begin."""
    return [found.start() for found in _any().finditer(text)]


@cache
def _any() -> re.Pattern[str]:
    """All of their words by first letter; only that letter is taken, so that no place hides the next."""
    groups: dict[str, list[str]] = {}
    for word in (*mentions.words(), *provisions.words(), *programmes.words()):
        groups.setdefault(word[0], []).append(word[1:])
    return re.compile("|".join(f"{letter}(?={'|'.join(rest)})" for letter, rest in groups.items()))

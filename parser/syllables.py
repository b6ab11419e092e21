"""Is this Vietnamese? Every Vietnamese syllable is written as a word of its own and built of an onset, a rime and a tone.

That is a sharper test than letter frequencies: ``nghị`` is a syllable, ``nghÞ`` (the same word in a TCVN3 font) and ``rlghi``
(a bad scan) are not. Readers use it to choose a decoding, to find a broken text layer and to judge OCR.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from . import tables

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPPED = ("c", "ch", "k", "p", "t")  # these endings bear the acute or the dot only
_STOP_TONES = frozenset("\u0301\u0323")
# Words end at blanks, at ASCII marks and digits, and at typographic quotes and dashes; © or · inside a word stay (TCVN3 letters).
_WORD_BREAK = re.compile(r"[\s!-@\[-`{-~“”„‘’–—…•]+")


@cache
def _parts() -> tuple[frozenset[str], frozenset[str]]:
    forms: dict[str, set[str]] = {"onset": set(), "rime": set()}
    for row in tables.rows("syllables"):
        forms[row["kind"]].update(tables.values(row["forms"]))
    return frozenset(forms["onset"]), frozenset(forms["rime"])


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether ``word`` (NFC or NFD, any case) is spelt like a Vietnamese syllable: ``Điều`` yes, ``ChÝnh`` no, ``report`` no.

    >>> [is_syllable(w) for w in ("Quyết", "hoà", "hòa", "gì", "QuyÕt", "tốk")]
    [True, True, True, True, False, False]
    """
    if not 0 < len(word) <= 14:
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in letters if c in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    if tones and tones[0] not in _STOP_TONES and bare.endswith(_STOPPED):
        return False
    onsets, rimes = _parts()
    return bare in rimes or any(bare[:n] in onsets and bare[n:] in rimes for n in (1, 2, 3))


def marked_words(text: str) -> list[str]:
    """The words of ``text`` that hold a letter beyond ASCII: only they tell one encoding from another."""
    return [word for word in _WORD_BREAK.split(text) if not word.isascii()]


def share(text: str) -> tuple[int, int]:
    """How many of the marked words of ``text`` are Vietnamese syllables, and how many marked words there are."""
    words = marked_words(text)
    return sum(map(is_syllable, words)), len(words)

"""Marks that recognition misreads, set right where the marks before them tell what they must be.

One misread mark moves all that stands below it: ``H.`` for ``II.``, ``ø)`` for ``g)``, ``L`` for ``I.``, a second ``d)`` for ``đ)``.
Only the first word of a paragraph is touched, and only where it is no mark as read, or cannot follow the one before.
"""

from __future__ import annotations

import re
import unicodedata

from ..fold import search_form
from ._pdf_layout import Line

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_START = re.compile(r"(\S{1,7})(\s+)(\S)")
_CLEAN_ROMAN = re.compile(r"[IVX]{1,5}[.)/]")
_BULLETS = frozenset("¬„“”`‘’':‹›«»~_=—–‐.,•·")
_WORDS = {"dieu": "Điều", "chuong": "Chương", "muc": "Mục"}
_WORD = re.compile(r"([ĐDÐCM][^\W\d_]{2,5})(\s+)(?=[\dIVX])")
# what the letters of Roman numbers are read as
_ROMAN = str.maketrans({"L": "I", "l": "I", "|": "I", "!": "I", "1": "I", "T": "I", "J": "I", "H": "II", "ï": "I", "Ï": "I"})


class Labels:
    """Goes through the lines of recognised pages in reading order; ``mended`` counts what was set right."""

    def __init__(self) -> None:
        self.mended = 0
        self._roman = 0
        self._letter = -1

    def see(self, line: Line) -> None:
        """Look at one line; change the first word of its text if it must be another mark."""
        if line.span.x0 - line.left <= 0.7 * line.span.size and not line.span.x1 < line.right - 4 * line.span.size:
            return  # a full line at the margin begins no paragraph
        piece = line.span.pieces[0]
        text = piece.text
        made = self._word(text) or self._mark(text)
        if made is not None and made != text:
            piece.text = made
            self.mended += 1

    def _word(self, text: str) -> str | None:
        match = _WORD.match(text)
        word = _WORDS.get(search_form(match[1])) if match else None
        return word + text[match.end(1) :] if match and word and text[0].isupper() else None

    def _mark(self, text: str) -> str | None:
        match = _START.match(text)
        if match is None:
            return None
        token, rest, following = match[1], text[match.start(2) :], match[3]
        if _CLEAN_ROMAN.fullmatch(token):
            self._roman = _value(token[:-1])
            return None
        if len(token) == 2 and token[1] in ")]}":
            return self._point(token[0], rest)
        if following.isupper() and (value := _value(token.rstrip(".,;").translate(_ROMAN))) in (1, self._roman + 1):
            doubtful = token[-1] not in ".," and (value == 1 and self._roman > 0)
            if not doubtful and not token[:1].isdigit():
                self._roman = value
                return _roman(value) + "." + rest
        if token in _BULLETS and following.isupper():
            return "-" + rest
        return None

    def _point(self, read: str, rest: str) -> str | None:
        """``a)``, ``b)`` …: the letter that must follow where what was read is none, or is the last one again."""
        expected = _LETTERS[self._letter + 1] if self._letter + 1 < len(_LETTERS) else ""
        bare = unicodedata.normalize("NFD", read)[0] if read not in "đ" else read
        letter = read
        if read not in _LETTERS:
            if read.isdigit() and expected != "l":
                return None
            letter = bare if bare in _LETTERS and bare in ("a", expected) else expected
        elif read in "dđ" and expected in "dđ":
            letter = expected
        if not letter:
            return None
        self._letter = _LETTERS.index(letter)
        return letter + ")" + rest


def _value(roman: str) -> int:
    """The value of a Roman number up to 39; 0 for what is none."""
    return next((n for n in range(1, 40) if _roman(n) == roman), 0)


def _roman(number: int) -> str:
    return "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]

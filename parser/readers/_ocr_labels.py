"""Marks that recognition misreads, set right where the marks around them tell what they must be.

One misread mark moves all that stands below it: ``H.`` for ``II.``, ``ø)`` for ``g)``, ``L`` for ``I.``, ``I.`` for ``1.`` before ``2.``.
Only the mark at the start of a paragraph is touched, and only where it is no mark as read, or cannot follow the one before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ..fold import search_form
from ..syllables import is_syllable
from ._pdf_layout import Line

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_START = re.compile(r"(\S{1,7})(\s+)(\S)")
_CLEAN_ROMAN = re.compile(r"[IVX]{1,5}[.)/]")
_CLEAN_NUMBER = re.compile(r"(\d{1,2})[.)/]")
_POINT = re.compile(r"(.|[a-zđ]{2})[)\]}]")
_BULLETS = frozenset("¬„“”`‘’':‹›«»~_=—–‐.,•·")
_NAMES = {"dieu": "Điều", "chuong": "Chương", "muc": "Mục", "phan": "Phần"}
_NAME = re.compile(r"([ĐDÐCMP][^\W\d_]{2,5})(\s+)(\S{1,5}?)([.,:]?)(?=\s|$)")
_ONES = {"L": "I", "l": "I", "|": "I", "!": "I", "[": "I", "]": "I", "1": "I", "T": "I", "J": "I", "ï": "I", "Ï": "I", "Í": "I", "Ì": "I"}
_ROMAN = str.maketrans({**_ONES, "H": "II"})  # what the letters of Roman numbers are read as
_NUMBER = re.compile(r"\b(\d{1,4})(?=[A-ZĐ])([A-ZĐ]{2,4}-[A-ZĐ][A-Za-zĐƯ]{1,7})\b")  # 47NQ-CP is 47/NQ-CP
# "ngày 0I tháng IT": where a number must stand, its letters are figures
_DIGITS = re.compile(r"((?:ngày|tháng|năm|khoản|Khoản|Điều)\s)(?=[IlT]?\d|\d)(?=\S*[IlTO])([\dIlTO]{2,4})(?![\w])")
_FIGURES = str.maketrans("IlTO", "1110")
_FAR = 300  # how many paragraphs are looked ahead for the next number


class _Start:
    """The first word of a paragraph, as read."""

    __slots__ = ("following", "line", "name", "rest", "text", "token")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.text = line.span.pieces[0].text
        match = _START.match(self.text)
        self.token = match[1] if match else ""
        self.rest = self.text[match.start(2) :] if match else ""
        self.following = match[3] if match else ""
        name = _NAME.match(self.text)
        self.name = name if name is not None and search_form(name[1]) in _NAMES else None

    @property
    def number(self) -> int:
        """The number with which a clause begins, 0 for none."""
        match = _CLEAN_NUMBER.fullmatch(self.token)
        return int(match[1]) if match else 0


def mend(lines: Iterable[Line]) -> int:
    """Set right the marks in the lines of recognised pages, in reading order; gives how many were."""
    mended = 0
    starts: list[_Start] = []
    before: Line | None = None
    for line in lines:
        for piece in line.span.pieces:
            piece.text, numbers = _NUMBER.subn(r"\1/\2", piece.text)
            piece.text, digits = _DIGITS.subn(lambda match: match[1] + match[2].translate(_FIGURES), piece.text)
            mended += numbers + digits
        if line.table is None and not line.note:
            if _begins(line, before):
                starts.append(_Start(line))
            before = line
    marks = _Marks(starts)
    for i, start in enumerate(starts):
        made = marks.mended(i)
        if made is not None and made != start.text:
            start.line.span.pieces[0].text = made
            mended += 1
    return mended


def _begins(line: Line, before: Line | None) -> bool:
    """Whether a paragraph may begin here: at an indent, or after a line that was not full."""
    size = line.span.size
    return before is None or line.span.x0 - line.left > 0.7 * size or before.span.x1 < before.right - 4 * size


class _Marks:
    """What was last counted, for each kind of mark."""

    def __init__(self, starts: list[_Start]) -> None:
        self._starts = starts
        self._roman = 0
        self._letter = -1
        self._named: dict[str, int] = {}

    def mended(self, i: int) -> str | None:
        """The text with its mark set right; ``None`` where nothing is to be said."""
        start = self._starts[i]
        if start.name is not None:
            return self._heading(start.name, start.text)
        if not start.token:
            return None
        if (point := _POINT.fullmatch(start.token)) is not None:
            return self._point(point[1], start.rest)
        if start.following.isupper():
            if (roman := self._section(i, start)) is not None:
                return roman
            if start.token in _BULLETS:
                return "-" + start.rest
        return None

    def _heading(self, match: re.Match[str], text: str) -> str | None:
        """``Điêu 5.``, ``Chương ÏI``: the name as it is written, the number as it must follow."""
        name = _NAMES[search_form(match[1])]
        number, expected = match[3], self._named.get(name, 0) + 1
        if name == "Điều":
            value = int(number) if number.isdigit() else 0
            if not value and (len(number) > 3 or match[4] != "." or is_syllable(number)):  # "Điều này." is no number
                return None
            written = number if value else str(expected)
        else:
            value = int(number) if number.isdigit() else _value(number)
            if not value and not _value(number.translate(_ROMAN)):
                return None
            written = number if value else _roman(expected)
        self._named[name] = value or expected
        if name != "Điều":
            self._roman = 0
        self._letter = -1
        return name + match[2] + written + match[4] + text[match.end() :]

    def _section(self, i: int, start: _Start) -> str | None:
        """``I.``, ``II.``: told from ``1.`` by what is counted next, from ``H.`` and ``L`` by what was counted before."""
        token = start.token
        clean = _CLEAN_ROMAN.fullmatch(token) is not None
        bare = token.rstrip(".,;)/")
        value = _value(bare) if clean else _value(bare.translate(_ROMAN))
        if not value or bare.isdigit():
            return None
        if value == 1 and token[-1] in ".,)" and self._next_number(i) == 2:
            return "1." + start.rest
        expected = self._roman + 1
        if clean and value != self._roman:
            self._roman = value
            return None
        if not clean and bare in ("IL", "LI") and expected == 1:
            value = 1  # one stroke seen twice
        if value == self._roman and clean:
            value = expected  # "I." again, with nothing above it between: II.
        if value != expected and not (value == 1 and token[-1] in ".,"):
            return None
        self._roman = value
        return _roman(value) + "." + start.rest

    def _next_number(self, i: int) -> int:
        """The number of the next clause below the same heading; 0 if there is none."""
        for start in self._starts[i + 1 : i + _FAR]:
            if start.name is not None:
                return 0
            if start.number:
                return start.number
        return 0

    def _point(self, read: str, rest: str) -> str | None:
        """``a)``, ``b)`` …: the letter that must follow where what was read is none, or is the last one again."""
        expected = _LETTERS[self._letter + 1] if self._letter + 1 < len(_LETTERS) else ""
        letter = read
        if read not in _LETTERS:
            if read.isdigit() and expected != "l":
                return None
            bare = unicodedata.normalize("NFD", read)[0]
            letter = bare if bare in _LETTERS and bare in ("a", expected) else expected
        elif read in "dđ" and expected in "dđ" and expected:
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

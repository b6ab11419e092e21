"""Words for matching: what a reader types and what is printed, brought to one form. No database here.

A text is a row of words (letters and digits; ``04/2021/NQ-HĐND`` is ``04 2021 nq hdnd``), so nothing that is typed can be taken
for the syntax of a search engine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date as calendar
from functools import lru_cache

from vanban.parser import fold

from .records import KnowledgeBaseError, Snippet

MOST_WORDS = 64
LONGEST_WORD = 200
_REMEMBERED = 30_000
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_WORD = re.compile(r"[^\W_]+")
_NUMBER_PART = re.compile(r"\d+|[^\W\d_]+")


def clean(text: str) -> str:
    """``text`` without what no database takes: NUL and halves of characters. UTF-8 that an ASCII locale took for bytes is mended."""
    try:
        return text.replace("\0", " ").encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return text.replace("\0", " ").encode("utf-8", "replace").decode()


def folded(text: str) -> list[str]:
    """Words without diacritics: ``Tỷ lệ che phủ rừng`` → ``ty le che phu rung``."""
    return [word for piece in text.split() for word in _FOLDED[piece]]


def exact(text: str) -> list[str]:
    """Words in their own spelling, lower case, tone marks in one placement (``hoá`` = ``hóa``)."""
    return [word for piece in text.split() for word in _EXACT[piece]]


class _Words(dict[str, tuple[str, ...]]):
    """The words of each piece between blanks. Folding looks at nothing beyond a blank, and documents say the same syllables all the time,
    so a piece is folded once."""

    def __init__(self, form: Callable[[str], str]) -> None:
        self._form = form

    def __missing__(self, piece: str) -> tuple[str, ...]:
        found = tuple(_WORD.findall(self._form(piece)))
        if len(self) >= _REMEMBERED:
            self.clear()
        if len(piece) <= LONGEST_WORD:
            self[piece] = found
        return found


class _Lines(dict[str, str]):
    """The same as one line, for texts whose words are only put side by side again."""

    def __init__(self, words: _Words) -> None:
        self._words = words

    def __missing__(self, piece: str) -> str:
        found = " ".join(self._words[piece])
        if found == piece:
            found = piece  # most are one word in small letters: the same text is not held twice
        if len(self) >= _REMEMBERED:
            self.clear()
        if len(piece) <= LONGEST_WORD:
            self[piece] = found
        return found


_FOLDED, _EXACT = _Words(fold.search_form), _Words(fold.key)
_FOLDED_LINES, _EXACT_LINES = _Lines(_FOLDED), _Lines(_EXACT)


def padded(text: str) -> str:
    """The folded words with a blank around each, so that ``LIKE '% rung %'`` finds whole words: ``" ty le che phu rung "``."""
    return f" {name_key(text)} "


def forms(text: str) -> tuple[str, str]:
    """Its words folded, as :func:`name_key` has them, and the same words in their own spelling.

    >>> forms("Luật Hoá chất")
    ('luat hoa chat', 'luật hóa chất')
    """
    pieces = text.split()
    folded = " ".join(filter(None, map(_FOLDED_LINES.__getitem__, pieces)))
    return folded, " ".join(filter(None, map(_EXACT_LINES.__getitem__, pieces)))


def padded_exact(text: str) -> str:
    """The words in their own spelling with a blank around each."""
    return f" {forms(text)[1]} "


def asked(text: str) -> list[str]:
    """The folded words of a question, at most 64: a longer one is a pasted page, and no place holds it."""
    words = folded(clean(text))
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        vietnamese = f"quá {MOST_WORDS} từ, hoặc có từ quá {LONGEST_WORD} chữ cái"
        english = f"more than {MOST_WORDS} words, or one of more than {LONGEST_WORD} letters"
        raise KnowledgeBaseError(f"{text[:40]}…", f"{vietnamese} / {english}", "Hỏi ít từ hơn / use fewer words")
    return words


def name_key(text: str) -> str:
    """A name without diacritics, case and punctuation: ``Luật Đất đai`` → ``luat dat dai``."""
    return " ".join(filter(None, map(_FOLDED_LINES.__getitem__, text.split())))


@lru_cache(maxsize=1 << 14)
def number_key(number: str) -> str | None:
    """One key for all spellings of a number: its figures, then its letters. ``None`` where it has no figures.

    >>> number_key("117/NQ-CP") == number_key("nq 117 cp") == number_key("117/nq – cp") == "117|nqcp"
    True
    >>> number_key("06/2022/NĐ-CP")
    '6.2022|ndcp'
    """
    return _number_key(fold.search_form(unicodedata.normalize("NFKC", number)))


def strict_number_key(number: str) -> str | None:
    """The same, with ``đ`` kept a letter of its own: tells ``QĐ`` from ``QD``."""
    return _number_key(fold.match_form(unicodedata.normalize("NFKC", number)).casefold())


def _number_key(text: str) -> str | None:
    parts = _NUMBER_PART.findall(text)
    figures = [part.lstrip("0") or "0" for part in parts if part.isdigit()]
    return f"{'.'.join(figures)}|{''.join(part for part in parts if not part.isdigit())}" if figures else None


def near_numbers(key: str) -> list[str]:
    """The keys of numbers that one slip of the finger away was meant: a figure or a letter wrong, missing, doubled or in the wrong place.

    >>> "117|nqcp" in near_numbers("118|nqcp") and "117|nqcp" in near_numbers("171|nqcp") and "117|nqcp" in near_numbers("117|nqc")
    True
    """
    if len(key) > _LONGEST_NUMBER:
        return []
    found: dict[str, None] = {}
    for i in range(len(key) + 1):
        head, tail = key[:i], key[i:]
        letters = _FIGURES if i <= key.index("|") else _LETTERS
        options = [head + one + tail for one in letters]
        if tail and tail[0] not in "|.":
            options += [head + tail[1:], *(head + one + tail[1:] for one in (_FIGURES if tail[0].isdigit() else _LETTERS))]
        if len(tail) > 1 and tail[0] not in "|." and tail[1] not in "|.":
            options.append(head + tail[1] + tail[0] + tail[2:])
        found.update(dict.fromkeys(options))
    found.pop(key, None)
    return list(found)


_FIGURES, _LETTERS = "0123456789", "abcdefghijklmnopqrstuvwxyz"
_LONGEST_NUMBER = 24


def iso_date(text: str) -> str:
    """A date as typed, as ISO as far as it goes; ``ValueError`` where it is none.

    >>> iso_date("25/10/2017"), iso_date("2017-10"), iso_date("2017")
    ('2017-10-25', '2017-10', '2017')
    """
    if match := _DAY_FIRST.fullmatch(text.strip()):
        day, month, year = match.groups()
    elif match := _YEAR_FIRST.fullmatch(text.strip()):
        year, month, day = match.groups()
    else:
        raise ValueError(f"{text!r} không phải là ngày / is no date: 2017, 2017-10, 2017-10-25, 25/10/2017")
    try:
        calendar(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(f"{text!r} không phải là ngày: không có ngày, tháng đó / is no date: there is no such day or month") from None
    return "-".join([year] + [f"{int(part):02}" for part in (month, day) if part])


def snippet(text: str, words: Sequence[str], width: int = 200) -> Snippet:
    """The part of the printed ``text``, about ``width`` characters, where the folded ``words`` stand, and their places in it.

    Side by side where they stand so anywhere, else each by itself; ``rung*`` is any word that begins so. The words as printed are shown,
    whatever was typed.
    """
    whole, beginnings = set(words), tuple(word[:-1] for word in words if word.endswith("*"))
    found = _phrases(places := _places(text), words) or [
        place[1:] for place in places if place[0] in whole or (beginnings and place[0].startswith(beginnings))
    ]
    if len(text) <= width:
        first, last = 0, len(text)
    else:
        centre = found[0][0] if found else 0
        first = max(0, min(centre - width // 3, len(text) - width))
        last = min(len(text), first + width)
        # Whole words only, but a text without blanks is cut anywhere.
        while first and not text[first - 1].isspace() and first < centre:
            first += 1
        while last < len(text) and not text[last].isspace() and last > first + width // 2:
            last -= 1
    head, tail = "… " if first else "", " …" if last < len(text) else ""
    shift = len(head) - first
    marks = _joined([(a, b) for a, b in found if a >= first and b <= last], text)
    shown = text[first:last].rstrip()
    return Snippet(text=head + shown + tail, marks=tuple((a + shift, b + shift) for a, b in marks))


_ALONE = set[str]()
"""Letters that have been met and become one letter each when they are folded: all of most texts."""


def _places(text: str) -> list[tuple[str, int, int]]:
    """Each folded word with its start and end in the printed text (folding may change lengths: NFD, ``ß``)."""
    if not _ALONE.issuperset(text):
        letters = [fold.search_form(letter) for letter in text]
        _ALONE.update(
            letter for letter, folded in zip(text, letters, strict=True) if len(folded) == 1 and not unicodedata.combining(letter)
        )
        if not _ALONE.issuperset(text):
            return _places_of(text, letters)
    return [(match[0], match.start(), match.end()) for match in _WORD.finditer(fold.search_form(text))]


def _places_of(text: str, letters: Sequence[str]) -> list[tuple[str, int, int]]:
    """The same where letters have become several, or none."""
    where = [i for i, letter in enumerate(letters) for _ in letter]
    places = []
    for match in _WORD.finditer("".join(letters)):
        end = where[match.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        places.append((match[0], where[match.start()], end))
    return places


def _phrases(places: Sequence[tuple[str, int, int]], words: Sequence[str]) -> list[tuple[int, int]]:
    n, wanted = len(words), list(words)
    if not n:
        return []
    row = [word for word, _, _ in places]

    def met(i: int) -> bool:
        return all(_is(word, its) for word, its in zip(row[i : i + n], wanted, strict=True))

    return [(places[i][1], places[i + n - 1][2]) for i in range(len(row) - n + 1) if _is(row[i], wanted[0]) and met(i)]


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _joined(marks: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Marks with nothing but blanks between them are one."""
    joined: list[tuple[int, int]] = []
    for start, end in marks:
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start].isspace()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined

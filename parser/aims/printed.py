"""Where words on one line stand in the text as printed: ``Printed(text, start, end, words).at(i)``.

A node's words are its printed ones with each run of blanks made one; in most texts they stand there as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_FAR = 1 << 62


class Printed:
    """The place of ``words`` in ``text[start:end]``.

    >>> text = "-  Giao Sở\\nTài chính  báo cáo"
    >>> place = Printed(text, 3, len(text), "Giao Sở Tài chính báo cáo")
    >>> text[place.at(5) : place.at(17, ends=True)]
    'Sở\\nTài chính'
    """

    def __init__(self, text: str, start: int, end: int, words: str) -> None:
        self._start = start
        self._shifts: list[tuple[int, int]] = []
        self.plain: int | None = start
        """Where the words begin that are printed as they are, but for the ends of lines; ``None`` for others."""
        if not text.startswith(words, start) and not text[start:end].replace("\n", " ").startswith(words):
            self.plain = None
            self._shifts = _shifts(text, start, end, words)

    def at(self, index: int, ends: bool = False) -> int:
        """The offset into the text of ``words[index]``; with ``ends``, of the end of ``words[:index]``."""
        if self.plain is not None:
            return self.plain + index
        if ends and index:
            return self.at(index - 1) + 1
        place = bisect_right(self._shifts, (index, _FAR)) - 1
        return self._start + index + (self._shifts[place][1] if place >= 0 else 0)


_BLANKS = re.compile(r"\s\s+")


def _shifts(text: str, start: int, end: int, words: str) -> list[tuple[int, int]]:
    """(index into words from which on, how much further on the text is); what does not fit is passed over."""
    shifts: list[tuple[int, int]] = []
    printed = text[start:end]
    if " ".join(printed.split()) == words:  # only runs of blanks are longer as printed
        shift = len(printed) - len(printed.lstrip())
        if shift:
            shifts.append((0, shift))
        for blanks in _BLANKS.finditer(printed.rstrip(), shift):
            shift += blanks.end() - blanks.start() - 1
            shifts.append((blanks.end() - shift, shift))
        return shifts
    at = start
    index = 0
    for word in words.split():
        index = words.index(word, index)
        found = text.find(word, at, end)
        if found < 0:
            continue
        shift = found - start - index
        if not shifts or shifts[-1][1] != shift:
            shifts.append((index, shift))
        at = found + len(word)
        index += len(word)
    return shifts

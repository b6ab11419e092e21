"""Where a Document's records stand in the text that a Doc holds.

A Doc keeps the text it was given, mark-up and all; offsets of a Document count into ``Document.text``. Mostly the two are the same text.
"""

from __future__ import annotations

from bisect import bisect_right

from ..model import Document, Run


class Places:
    """From offsets of ``document.text`` to those of ``text``; ``fits`` tells whether the text is one the Document was made of."""

    def __init__(self, document: Document, text: str) -> None:
        self._same = document.text == text
        self._shift = 1 if text.startswith("\ufeff") and not document.text.startswith("\ufeff") else 0  # a byte-order mark is dropped
        self._runs: tuple[Run, ...] = document.source_map
        self.fits = self._same or (
            bool(self._runs)
            and all(
                text[run.source + self._shift : run.source + self._shift + run.length] == document.text[run.text : run.text + run.length]
                for run in self._runs
            )
        )

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The stretch that holds ``document.text[start:end]``, from its first character to its last; ``None`` where none of it is there."""
        if self._same:
            return (start, end) if start < end else None
        k = max(bisect_right(self._runs, start, key=lambda run: run.text) - 1, 0)
        first = last = None
        for run in self._runs[k:]:
            if run.text >= end:
                break
            here, there = max(start, run.text), min(end, run.text + run.length)
            if here < there:
                first = here - run.text + run.source if first is None else first
                last = there - run.text + run.source
        return (first + self._shift, last + self._shift) if first is not None and last is not None else None

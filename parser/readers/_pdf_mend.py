"""Lines with lost letters, mended from what recognition reads at the same place: ``C��NH P�Ủ`` under ``CHÍNH PHỦ``.

A line is taken from recognition only if the letters that the text layer does know come in it in the same order: then both mean one line.
"""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ._pdf_spans import LOST, Page, Piece, Span

if TYPE_CHECKING:
    from .ocr import Recognised

_AGREE = 0.85  # of the known letters


def mend(page: Page, found: Recognised) -> int:
    """Replace the text of spans that hold lost letters; gives how many were mended."""
    count = 0
    for span in page.spans:
        if LOST not in span.text:
            continue
        words = [other for other in found.spans if _overlaps(span, other)]
        words.sort(key=lambda other: other.x0)
        text = " ".join(other.text for other in words)
        if words and _agrees(span.text, text):
            span.pieces = [Piece(_filled(span.text, text), span.pieces[0].style)]
            count += 1
    page.broken = sum(span.text.count(LOST) for span in page.spans)
    return count


def _filled(text: str, read: str) -> str:
    """``text`` with its lost letters, and such as fell into its blanks, taken from ``read``; what it knows it keeps, marks and all.

    >>> _filled("C\ufffd\ufffdN\ufffd P\ufffdỦ, CỘNG ÒA", "CHÍNH PHÚ, CỌNG HÒA")
    'CHÍNH PHỦ, CỘNG HÒA'
    """
    pieces: list[str] = []
    keys = [_base(c) for c in text], [_base(c) for c in read]
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        own, its = text[a0:a1], read[b0:b1]
        if kind != "equal" and (_all_lost(own) or (not own.strip() and len(its.strip()) <= 2 and _beside_gap(text, a0, a1))):
            own = its
        pieces.append(own)
    return "".join(pieces)


def _all_lost(own: str) -> bool:
    return LOST in own and not own.replace(LOST, "").strip()


def _beside_gap(text: str, start: int, end: int) -> bool:
    """Whether a place within the line borders on a blank or a lost letter: a letter may have fallen in there."""
    around = text[max(0, start - 1) : start] + text[start:end] + text[end : end + 1]
    return start > 0 and end < len(text) and any(c == LOST or c.isspace() for c in around)


def _base(char: str) -> str:
    return unicodedata.normalize("NFD", char.lower())[0]


def _overlaps(span: Span, other: Span) -> bool:
    """Whether a recognised span lies on the line of ``span`` and for the most part within its width."""
    middle = other.base - 0.3 * other.size
    shared = min(span.x1, other.x1) - max(span.x0, other.x0)
    return span.top - 2 < middle < span.bottom + 2 and shared > 0.8 * (other.x1 - other.x0)


def _agrees(text: str, read: str) -> bool:
    """Whether the known letters of ``text`` come in ``read`` in order, nearly all, and ``read`` is no longer than the gaps allow."""
    known = _bare(text.replace(LOST, ""))
    letters = _bare(read)
    at = hits = 0
    for letter in known:
        place = letters.find(letter, at)
        if 0 <= place <= at + 4:
            hits += 1
            at = place + 1
    return bool(known) and hits >= _AGREE * len(known) and len(letters) <= len(known) + 3 * (text.count(LOST) + text.count(" ") + 1)


def _bare(text: str) -> str:
    """Letters and digits without marks, lower case: recognition often errs in a mark."""
    plain = unicodedata.normalize("NFD", text.lower().replace("ƣ", "ư"))
    return "".join(c for c in plain if c.isalnum())

"""The roles a paragraph may have in the layout, and its words in the form in which layouts are compared."""

from __future__ import annotations

from typing import Literal

from ..fold import on_one_line
from .repair import Paragraph

Role = Literal[
    "issuer", "motto", "rule", "number", "place_date", "type", "title", "session", "enactor", "addressee", "other", "recital", "formula",
    "narrative", "body", "adoption", "recipients", "signature", "attachment", "note",
]  # fmt: skip


def words_of(text: str, paragraph: Paragraph) -> str:
    """A paragraph's words on one line, one kind of dash and blank."""
    words = paragraph.words
    if words is None:
        words = paragraph.words = on_one_line(text[paragraph.start : paragraph.end])
    return words

"""Runs of one look, as word processors keep them, put into text: legacy fonts decoded, soft hyphens dropped, capitals made."""

from __future__ import annotations

import re

import msgspec

from . import legacy
from ._text import SOFT, Builder, raised

_HYPHEN = re.compile(f"{SOFT}(?=[0-9])")
"""A soft hyphen that cannot be the ư of TCVN3: no word goes on with a digit."""


class RunLook(msgspec.Struct, frozen=True):
    """What is said of a run; ``None`` where nothing is, so that the next in the chain decides."""

    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    raised: bool | None = None

    def over(self, below: RunLook) -> RunLook:
        """This look where it says something, ``below`` elsewhere."""
        return RunLook(
            below.bold if self.bold is None else self.bold,
            below.italic if self.italic is None else self.italic,
            below.caps if self.caps is None else self.caps,
            below.hidden if self.hidden is None else self.hidden,
            self.font or below.font,
            below.raised if self.raised is None else self.raised,
        )


class Piece:
    """A stretch of a paragraph in one look; ``text`` is a line break, or holds none."""

    __slots__ = ("bold", "caps", "font", "italic", "raised", "text")

    def __init__(self, text: str, look: RunLook) -> None:
        self.text, self.font = text, look.font
        self.bold, self.italic, self.caps, self.raised = bool(look.bold), bool(look.italic), bool(look.caps), bool(look.raised)

    def goes_with(self, other: Piece) -> bool:
        """Whether another piece has the same look."""
        return (
            self.font == other.font
            and self.bold == other.bold
            and self.italic == other.italic
            and self.caps == other.caps
            and self.raised == other.raised
            and other.text != "\n"
        )


def put(pieces: list[Piece], builder: Builder, schemes: set[legacy.Scheme]) -> None:
    """Add the pieces of a paragraph; ``schemes`` gathers the legacy encodings met.

    Neighbours of one look are decoded together, because VNI writes one letter as two characters.
    """
    at = 0
    while at < len(pieces):
        first = pieces[at]
        if first.text == "\n":
            builder.end("line")
            at += 1
            continue
        until = at + 1
        while until < len(pieces) and first.goes_with(pieces[until]):
            until += 1
        text = "".join(piece.text for piece in pieces[at:until])
        if not text.isascii():
            text = decode(text, first.font, schemes)
        if first.raised:
            text = raised(text, builder.last)
        builder.add(text.upper() if first.caps else text, bold=first.bold, italic=first.italic)
        at = until


def decode(text: str, font: str | None, schemes: set[legacy.Scheme]) -> str:
    """A run as Unicode, without soft hyphens."""
    text = _HYPHEN.sub("", text)
    made = legacy.decode_run(text, font)
    if made != text:
        scheme = legacy.font_scheme(font) or legacy.looks_legacy(text)
        if scheme:
            schemes.add(scheme)
    return made.replace(SOFT, "")

"""The contract between readers and the rest of the parser.

A reader gives a :class:`Reading`: the whole text in reading order with mark-up removed, cut into :class:`Block` s (lines or
paragraphs as far as the format knows them), each with what the format tells about it. Readers do not decide what a block
*means*: labels, headings and joins belong to the stages after them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from .model import Finding, Run

Break = Literal["line", "paragraph"]


class Cell(msgspec.Struct, frozen=True, gc=False):
    """The place of a block in a table: ``table`` counts the tables of a reading, ``row`` and ``column`` from 0."""

    table: int
    row: int
    column: int


class Block(msgspec.Struct, frozen=True, gc=False):
    """A stretch ``text[start:end]`` without line breaks at its ends, never blank, in order, never overlapping.

    ``ends`` is what the source says of the break after it: ``line`` (may be a mere wrap: plain text, PDF, Markdown) or
    ``paragraph`` (blank line, hard break, ``<p>``, ``w:p``). A page break in the middle of a sentence is a ``paragraph`` break to
    most formats; repair joins it. ``indent`` counts characters (or the format's own steps), ``heading`` is a heading level, 0 none:
    both are hints, never structure. ``note`` is the number of the footnote whose text this is.
    """

    start: int
    end: int
    ends: Break = "line"
    page: int | None = None
    bold: bool = False
    italic: bool = False
    centred: bool = False
    indent: int = 0
    heading: int = 0
    cell: Cell | None = None
    note: str | None = None


class Reading(msgspec.Struct, frozen=True):
    """What a reader made of a file.

    Guaranteed: the non-blank characters of ``text`` are exactly those inside ``blocks``; ``source_map`` runs are in order and do
    not overlap; every printed character of the file is in ``text`` unless a finding says that it was taken off and where.
    ``furniture`` keeps running headers, footers and page numbers that were taken off, as printed. ``common`` tells that the text is known
    to hold nothing but ASCII, composed letters of Vietnamese and a few signs (:mod:`~.readers.encodings`), as most texts
    are: only such blanks stand in it.
    """

    text: str
    blocks: tuple[Block, ...]
    media_type: str
    encoding: str | None = None
    source_map: tuple[Run, ...] = ()
    findings: tuple[Finding, ...] = ()
    furniture: tuple[str, ...] = ()
    common: bool = False


class ReadError(ValueError):
    """A file that cannot be read at all: ``name`` the file, ``problem`` what is wrong, ``remedy`` what to do.

    Raised for what no reader can turn into text (binary rubbish, an encrypted file, a missing program), never for a
    document that is merely odd: that comes back with findings.
    """

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name}: {problem}. {remedy}")
        self.name, self.problem, self.remedy = name, problem, remedy

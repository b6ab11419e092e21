"""Collects what a reader finds, piece by piece, into text, blocks and source map.

Guaranteed by construction: every non-blank character that was added stands in the text, in the order it was added, inside exactly
one block; nothing else does. (Where pieces have no source, a letter and the combining marks after it count as the letter they make,
NFC.) Blank lines, and such as hold but a few zero-width characters, make no block; they only tell that the block before them ended
a paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import msgspec

from ..model import Finding, Run
from ..reading import Block, Break, Cell, Reading
from .encodings import compose

_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_INVISIBLE = " \t\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MOST = 0.9
"""Which share of a block's characters must be bold (italic) for the block to count as bold (italic)."""

_PAGE, _PAGE_BLOCKS = 0.6, 12
"""From which share of the text, and from how many paragraphs, a table's cell is the page itself."""
_COMPOSED = Finding(
    code="text.nfd",
    severity="info",
    message="Văn bản dùng dấu tổ hợp rời (NFD), đã ghép thành chữ dựng sẵn (NFC) / "
    "The text had combining marks (NFD); they were composed (NFC)",
)


class Look(msgspec.Struct, frozen=True):
    """What the source says of a whole line or paragraph; see :class:`~vanban.parser.reading.Block`."""

    page: int | None = None
    centred: bool = False
    indent: int = 0
    heading: int = 0
    cell: Cell | None = None
    note: str | None = None


def collapse(text: str) -> str:
    """White space of mark-up as one blank; non-breaking blanks stay."""
    return _BLANKS.sub(" ", text)


PLAIN = Look()
SOFT = "\u00ad"
"""The soft hyphen: not printed, so readers drop it, but only after decoding: in TCVN3 the same code is the letter ư."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str, before: str) -> str:
    """A piece printed above the line: digits after a digit get their raised forms, so that ``Điều 5`` with mark 1 is not 51.

    After anything else they stay plain digits, as offices write them: ``m2``, ``CHỦ QUẢN1``.

    >>> raised("1", "Điều 5"), raised("2", "km")
    ('¹', '2')
    """
    return text.translate(_RAISED) if text[:1].isdigit() and before[-1:].isdigit() else text


class Builder:
    """Add pieces of a line, end the line, and so on; :meth:`reading` gives the whole.

    ``look`` may be set at any time; a line takes the look in force when its first non-blank piece is added.
    """

    def __init__(self) -> None:
        self.look = PLAIN
        self._lines: list[str] = []
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._length = 0
        self._composed = False
        self._open()

    def _open(self) -> None:
        self._pieces: list[str] = []
        self._piece_runs: list[Run] = []
        self._at = 0
        self._seen: Look | None = None
        self._own = self._bold = self._italic = 0

    @property
    def blank(self) -> bool:
        """Whether nothing printed was added since the last end."""
        return self._seen is None

    @property
    def last(self) -> str:
        """The piece added last to the open line."""
        return self._pieces[-1] if self._pieces else ""

    @property
    def length(self) -> int:
        """How long the text is, the open line apart."""
        return max(0, self._length - 1)

    @property
    def empty(self) -> bool:
        """Whether the text so far is empty."""
        return not self._blocks and self._seen is None

    def add(self, text: str, *, source: int | None = None, bold: bool = False, italic: bool = False) -> None:
        """Add a piece as it is; a line break inside it ends the line. ``source`` is where the piece starts in the decoded file."""
        if not text:
            return
        start = 0
        for match in _BREAK.finditer(text):
            self._add(text[start : match.start()], None if source is None else source + start, bold, italic)
            self.end("line")
            start = match.end()
        self._add(text[start:], None if source is None else source + start, bold, italic)

    def add_soft(self, text: str, *, bold: bool = False, italic: bool = False) -> None:
        """Add a piece whose white space means no more than one blank, as in HTML: none at a line's start or after another."""
        text = collapse(text)
        if text[:1] == " " and (not self._pieces or self._pieces[-1][-1] in " \t"):
            text = text[1:]
        if text:
            self._add(text, None, bold, italic)

    def add_label(self, text: str) -> None:
        """Add what the reader itself sets, such as an automatic number: it has no source, and no say in bold and italic."""
        if text:
            self._put(text)

    def _add(self, text: str, source: int | None, bold: bool, italic: bool) -> None:
        if not text:
            return
        if source is not None:
            self._piece_runs.append(Run(self._at, source, len(text)))
        self._put(text)
        if bold or italic or self._own or not text.isspace():
            weight = len(text) - sum(map(text.count, " \t\u00a0"))
            self._own += weight
            self._bold += weight if bold else 0
            self._italic += weight if italic else 0

    def _put(self, text: str) -> None:
        if self._seen is None and not text.isspace():
            self._seen = self.look
        self._pieces.append(text)
        self._at += len(text)

    def end(self, ends: Break = "paragraph") -> None:
        """End the line. A blank line is no block, but makes the line before it the last of its paragraph."""
        look = self._seen
        if look is not None and self._at < 10 and not "".join(self._pieces).strip(_INVISIBLE):
            look = None
        if look is None:
            if self._blocks and self._blocks[-1].ends == "line":
                self._blocks[-1] = msgspec.structs.replace(self._blocks[-1], ends="paragraph")
            if self._pieces:
                self._open()
            return
        whole = "".join(self._pieces)
        if not self._piece_runs and not unicodedata.is_normalized("NFC", whole):
            whole = compose(whole)[0]
            self._composed = True
        line = whole.strip()
        lead = len(whole) - len(whole.lstrip())
        start = self._length
        end = start + len(line)
        most = self._own * _MOST
        self._blocks.append(
            Block(
                start, end, ends, look.page,
                bold=0 < most <= self._bold, italic=0 < most <= self._italic, centred=look.centred,
                indent=look.indent, heading=look.heading, cell=look.cell, note=look.note,
            )
        )  # fmt: skip
        for run in self._piece_runs:
            first, last = max(run.text, lead), min(run.text + run.length, lead + len(line))
            if first < last:
                self._add_run(Run(start + first - lead, run.source + first - run.text, last - first))
        self._lines.append(line)
        self._length = end + 1
        self._open()

    def _add_run(self, run: Run) -> None:
        if self._runs:
            before = self._runs[-1]
            if before.text + before.length == run.text and before.source + before.length == run.source:
                self._runs[-1] = Run(before.text, before.source, before.length + run.length)
                return
        self._runs.append(run)

    def reading(
        self, media_type: str, *, encoding: str | None = None, findings: Iterable[Finding] = (), furniture: Iterable[str] = ()
    ) -> Reading:
        """The whole, the open line ended."""
        self.end()
        findings = (*findings, _COMPOSED) if self._composed else tuple(findings)
        return Reading(
            text="\n".join(self._lines), blocks=tuple(self._blocks), media_type=media_type, encoding=encoding,
            source_map=tuple(self._runs), findings=findings, furniture=tuple(furniture),
        )  # fmt: skip


def without_page_tables(reading: Reading) -> Reading:
    """A cell that holds most of a document is the page, not a cell: its blocks are told to stand in no table.

    Such tables lay out a page (a frame around the text, a margin beside it); the other cells of theirs stay cells.
    """
    sizes: dict[Cell, int] = {}
    counts: dict[Cell, int] = {}
    for block in reading.blocks:
        if block.cell is not None:
            sizes[block.cell] = sizes.get(block.cell, 0) + block.end - block.start
            counts[block.cell] = counts.get(block.cell, 0) + 1
    pages = {cell for cell, size in sizes.items() if size > _PAGE * len(reading.text) and counts[cell] >= _PAGE_BLOCKS}
    if not pages:
        return reading
    blocks = (msgspec.structs.replace(b, cell=None) if b.cell in pages else b for b in reading.blocks)
    return msgspec.structs.replace(reading, blocks=tuple(blocks))

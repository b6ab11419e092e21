"""Lines to paragraphs: which line end is only a wrap, told by the one thing that makes a wrap: the next word had no room.

A paragraph becomes one block. Where the page does not tell (centred lines, columns, a paragraph that a page cuts) each line is a block that
ends in ``line``, and the words decide later. Notes come after the paragraph during which their page ended, so that it is not cut in two.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from ..reading import Cell
from . import legacy
from ._numbering import symbols
from ._pdf_layout import Block, Line, note_mark
from ._pdf_spans import Piece, Span, Style
from ._text import Builder, Look, raised

_SENTENCE_END = re.compile(r"[.;:!?…][\"”'’)\]/*]*$|[”\"]$")
_LABEL = re.compile(
    r"(?:[-–+•*▪]\s|\(?(?:\d{1,3}|[a-zđ]\d?|[IVXL]{1,6})(?:\.\d{1,3}){0,4}(?:[.)](?!\d)|/\s)|(?:Điều|Chương|Mục|Phần|Phụ lục)\s)"
)
_BARE_LABEL = re.compile(r"\w{1,4}(?:\.\d{1,3}){0,4}[.)/]")
_GLUED = re.compile(r"[\w)](?:-|/)$")
_UNIT = re.compile(r"(?:^|[\s\d/(])[kcdhm]?m$")  # m2 and m3 bear no note
_MOST_HEAD = 3  # rows of a table's head that may be printed again overleaf
_INDENT, _CENTRE = 0.7, 1.2  # in font sizes
_WIDER = 1.5
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_WORD_2010 = str.maketrans("ƣƢ", "ưƯ")  # Word 2007 and 2010 wrote a wrong code for these two; Vietnamese has no ƣ


class Flow:
    """Takes the lines of all pages in order and puts them into a :class:`~vanban.parser.readers._text.Builder`."""

    def __init__(self, builder: Builder, fonts: dict[str, str]) -> None:
        self.builder = builder
        self._fonts = fonts  # names that tell the encoding of fonts whose own names do not
        self.schemes: set[legacy.Scheme] = set()
        self.mended = 0  # letters that an old Word wrote wrong
        self._notes_known: set[str] = set()
        self._tables = 0
        self._last_table: Block | None = None
        self._last_rows: dict[int, dict[int, str]] = {}
        self._head: list[dict[int, str]] = []  # the first rows of the table, to know them again overleaf
        self._table_open = False  # the page before ended within a table
        self.furniture: list[str] = []
        self._row_offset = 0
        self._before: Line | None = None  # the line before, its block still open
        self._held: list[list[Line]] = []  # notes waiting for the end of a paragraph
        self._note: str | None = None
        self._last_note = ""
        self._pitch = 0.0

    def page(self, lines: list[Line], overleaf: list[Line], aside: list[str]) -> None:
        """Add the lines of one page, notes last as the layout gave them; ``overleaf`` are the next page's, ``aside`` runs another way."""
        body = [line for line in lines if not line.note]
        notes = [line for line in lines if line.note]
        self._notes_known = {mark for line in (*notes, *overleaf) if line.note and (mark := note_mark(line.span))}
        self._pitch = _pitch(body)
        for line in self._goes_on_table(body):
            self._body(line)
        number = lines[0].page if lines else 0
        notes += [_aside(text, number) for text in aside]
        if notes:
            self._held.append(notes)

    def finish(self) -> None:
        self._end("paragraph")
        self._put_notes()

    # -- the body ---------------------------------------------------------------------------------------------------

    def _body(self, line: Line) -> None:
        before = self._before
        if before is None:
            self._start(line)
            return
        if line.table is not None or before.table is not None:
            same = line.table is before.table and line.cell == before.cell
            if same and line.table is not None and line.table.ruled and _one_cell_text(before, line, self._pitch):
                self._go_on(line)
            else:
                self._end("line" if same else "paragraph")
                self._start(line)
            return
        ends = _break(before, line, self._pitch)
        if line.page != before.page:
            # a block stands on one page: what goes on overleaf is a block of its own
            self._end("paragraph" if ends == "paragraph" else "line")
            self._start(line)
        elif ends is None:
            self._go_on(line)
        else:
            self._end(ends)
            self._start(line)

    def _start(self, line: Line) -> None:
        self.builder.look = self._look(line)
        self._put(line.span.pieces)
        self._before = line

    def _go_on(self, line: Line) -> None:
        last = self.builder.last
        first = line.span.pieces[0].text.lstrip()[:1]
        if not (_GLUED.search(last) and (first.isalnum() or last.endswith("/"))):
            self.builder.add(" ")
        self._put(line.span.pieces)
        self._before = line

    def _end(self, ends: str) -> None:
        if self._before is None:
            return
        self.builder.end("line" if ends == "line" else "paragraph")
        self._before = None
        if ends == "paragraph":
            self._put_notes()

    def _look(self, line: Line) -> Look:
        size = line.span.size
        cell = None
        if line.table is not None and line.cell is not None:
            cell = Cell(self._table(line.table), line.cell[0] + self._row_offset, line.cell[1])
        indent = 0 if line.left == 0 else max(0, round((line.span.x0 - line.left) / (0.5 * size)))
        return Look(
            page=line.page, centred=cell is None and _centred(line), indent=indent if cell is None else 0, cell=cell, note=self._note
        )

    # -- tables -----------------------------------------------------------------------------------------------------

    def _table(self, table: Block) -> int:
        if table is not self._last_table:
            self._tables += 1
            self._row_offset = 0
            self._last_table = table
        return self._tables - 1

    def _goes_on_table(self, body: list[Line]) -> list[Line]:
        """The lines of a page. If it begins with the table that ended the last page, that table's rows go on; a head that is printed again
        is running matter, and a row without the first cell that the others have is the rest of one that the page end cut.
        """
        table = body[0].table if body else None
        rows = _rows(body, table) if table is not None else {}
        last, before = self._last_table, self._last_rows
        if (
            table is not None
            and last is not None
            and self._table_open
            and table.ruled
            and last.ruled
            and _same_edges(last.edges, table.edges)
        ):
            again = 0
            while again < len(self._head) and rows.get(again) == self._head[again]:
                again += 1
            numbered = 2 * sum(0 in row for row in before.values()) > len(before)
            cut = numbered and again in rows and 0 not in rows[again]
            self._row_offset += last.rows - again - cut
            self._last_table = table
            if again:
                held = [line for line in body if line.table is table and line.cell is not None and line.cell[0] < again]
                taken = {id(line) for line in held}
                self.furniture.append(" | ".join(" ".join(line.span.text.split()) for line in held))
                body = [line for line in body if id(line) not in taken]
        elif body:
            self._head = []
        final = next((line.table for line in reversed(body)), None)
        self._table_open = final is not None
        if final is not None:
            self._last_rows = _rows(body, final)
            if final is not table or not self._head:
                self._head = [self._last_rows[r] for r in range(_MOST_HEAD) if r in self._last_rows]
        return body

    # -- notes ------------------------------------------------------------------------------------------------------

    def _put_notes(self) -> None:
        held, self._held = self._held, []
        for notes in held:
            before: Line | None = None
            for line in notes:
                mark = note_mark(line.span)
                if mark is not None or before is None or not line.note:
                    if before is not None:
                        self.builder.end("paragraph")
                    self._note = mark or self._last_note if line.note else None
                    self._last_note = self._note or self._last_note
                    self.builder.look = self._look(line)
                elif _no_room(before, line):
                    self.builder.add(" ")
                else:
                    self.builder.end("line")
                    self.builder.look = self._look(line)
                pieces = line.span.pieces
                if mark is not None:
                    self.builder.add(f"[{mark}] ")
                    pieces = pieces[1:]
                self._put(pieces)
                before = line
            self.builder.end("paragraph")
        self._note = None

    # -- text -------------------------------------------------------------------------------------------------------

    def _put(self, pieces: list[Piece]) -> None:
        """Add pieces; neighbours of one font are decoded together, because VNI writes one letter as two characters."""
        at = 0
        while at < len(pieces):
            first = pieces[at]
            until = at + 1
            while until < len(pieces) and pieces[until].style.font == first.style.font and pieces[until].raised == first.raised:
                if (pieces[until].style.bold, pieces[until].style.italic) != (first.style.bold, first.style.italic):
                    break
                until += 1
            text = self._clean("".join(piece.text for piece in pieces[at:until]), first.style.font)
            if first.raised > 0:
                mark = text.strip()
                if mark in self._notes_known and not _UNIT.search(self.builder.last):
                    blank = " " if _BARE_LABEL.fullmatch(self.builder.last) else ""  # "5." with note 3 is still label 5.
                    text = text.replace(mark, f"{blank}[{mark}]")
                else:
                    text = raised(text, self.builder.last)
            self.builder.add(text, bold=first.style.bold, italic=first.style.italic)
            at = until

    def _clean(self, text: str, font: str) -> str:
        font = self._fonts.get(font, font)
        text = symbols(text, font)
        if text.isascii() and not legacy.font_scheme(font):
            return text
        made = legacy.decode_run(text, font)
        if legacy.font_scheme(font) == "tcvn3":
            made = legacy.restore_horn(made.lower()).upper() if legacy.capitals_font(font) else legacy.restore_horn(made)
        if made != text and not text.isascii():
            scheme = legacy.font_scheme(font) or legacy.looks_legacy(text)
            if scheme:
                self.schemes.add(scheme)
        mended = made.translate(_WORD_2010)
        if mended != made:
            self.mended += made.count("ƣ") + made.count("Ƣ")
        return mended.translate(_LIGATURES)


def _rows(lines: list[Line], table: Block) -> dict[int, dict[int, str]]:
    """The filled cells of a table's lines, by row and column."""
    rows: dict[int, dict[int, str]] = {}
    for line in lines:
        if line.table is table and line.cell is not None:
            row = rows.setdefault(line.cell[0], {})
            row[line.cell[1]] = (row.get(line.cell[1], "") + " " + " ".join(line.span.text.split())).strip()
    return rows


def _aside(text: str, page: int) -> Line:
    return Line(Span([Piece(text, Style())], 0.0, 0.0, 0.0, 12.0), page)


def _pitch(lines: list[Line]) -> float:
    """The usual distance of two lines of one paragraph: the lower of the distances on the page."""
    steps = sorted(
        b.span.base - a.span.base
        for a, b in pairwise(lines)
        if a.table is None and b.table is None and 0.8 * b.span.size < b.span.base - a.span.base < 2.5 * b.span.size
    )
    return median(steps[: max(1, len(steps) // 2)]) if steps else 0.0


def _no_room(before: Line, line: Line, *, wider: float = 1.0) -> bool:
    """Whether the first word of ``line`` would not have fitted on the line before it: then the line end is a wrap.

    A word's width is told by its length; ``wider`` allows for letters wider than most.
    """
    text = line.span.text
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    width = wider * (line.span.x1 - line.span.x0) * len(word) / max(1, len(text))
    size = before.span.size
    if line.cell is not None:  # words in cells may be centred: only the width counts
        taken = before.span.x1 - before.span.x0
        return taken + 0.25 * size + width > before.right - before.left - 0.8 * size
    return before.span.x1 + 0.25 * size + width > before.right - 0.1 * size


def _one_cell_text(before: Line, line: Line, pitch: float) -> bool:
    """Whether two lines of a cell are one text. Narrow cells break lines anywhere: only an end of sentence, a mark, a gap parts them."""
    text, last = line.span.text.lstrip(), before.span.text.rstrip()
    step = line.span.base - before.span.base
    if _LABEL.match(text) or last.endswith("....") or (step > 1.6 * line.span.size and pitch and step > 1.35 * pitch):
        return False
    return _no_room(before, line) or not _SENTENCE_END.search(last)


def _centred(line: Line) -> bool:
    """Whether a line stands in the middle of its column, clear of both margins."""
    if not line.right or (line.indent > line.left and abs(line.span.x0 - line.indent) < 2):
        return False
    size = line.span.size
    left, right = line.span.x0 - line.left, line.right - line.span.x1
    return left > _CENTRE * size and right > _CENTRE * size and abs(left - right) < max(0.8 * size, 6)


def _break(before: Line, line: Line, pitch: float) -> str | None:
    """What stands between two lines of the body: ``None`` a wrap within a paragraph, ``line`` unsure, ``paragraph``."""
    size = line.span.size
    text, last = line.span.text.lstrip(), before.span.text.rstrip()
    ended = _SENTENCE_END.search(last) is not None
    lower = text[:1].islower()
    step = line.span.base - before.span.base
    overleaf = line.page != before.page
    apart = not overleaf and (step > 2.2 * size or (pitch > 0 and step > 1.25 * pitch + 0.5))
    if note_mark(line.span) or last.endswith("....") or "____" in last:
        return "paragraph"
    if _centred(line) or _centred(before):
        if _centred(line) and _centred(before) and not apart and not overleaf and before.span.bold == line.span.bold:
            alone = before.span.x1 - before.span.x0 < 0.3 * (before.right - before.left)  # "ĐIỀU LỆ" above its title
            return "paragraph" if alone and not lower else "line"
        return "line" if lower and not ended and not apart else "paragraph"
    if abs(before.span.size - size) > 0.15 * size and not overleaf:
        return "paragraph"
    if before.span.bold and not line.span.bold and last.isupper() and not text.isupper():
        return "paragraph"  # a heading as wide as the page
    if not _no_room(before, line):
        unsure = lower or (not last.isupper() and _no_room(before, line, wider=_WIDER))
        return "line" if unsure and not ended and not _LABEL.match(text) and not apart else "paragraph"
    shift = line.span.x0 - line.left - (before.span.x0 - before.left)
    indented = line.span.x0 - line.left > _INDENT * size
    if shift > _INDENT * size:
        return "paragraph" if not lower or _LABEL.match(text) else None
    if apart:
        return "paragraph" if ended or _LABEL.match(text) else "line"
    if indented and shift > -_INDENT * size:  # both begin at the same indent
        return "paragraph" if ended or _LABEL.match(text) else None if lower else "line"
    if ended and _LABEL.match(text):  # a full line may end a paragraph too: the words decide
        return "paragraph" if not indented and before.span.bold != line.span.bold else "line"
    return None


def _same_edges(one: list[float], other: list[float]) -> bool:
    return len(one) == len(other) and all(abs(a - b) < 6 for a, b in zip(one, other, strict=True))

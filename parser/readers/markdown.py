"""Markdown as offices' converters write it: mark-up is taken off with an offset map, nothing printed is lost.

Taken off: ``#`` of headings, emphasis stars and underscores that pair within their paragraph, a list mark that stands before another mark
(``- + Công nghiệp`` prints ``+ Công nghiệp``), thematic breaks, front matter, ``|`` of tables, images, comments, inline tags, backslash
escapes, the backslash that breaks a line (which is then no wrap; in a table of blanks it stands where its cell ends).
Kept: every other character, the ``-`` of a bullet too, because it is the printed label. A line end inside a Markdown paragraph
is a wrap (``ends="line"``) unless a backslash, ``<br>`` or, between sentences, two blanks stand before it; a blank line ends a paragraph.
Tables may be of bars, of bars on lines of their own, or of HTML (:mod:`_markdown_tables`).
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from itertools import pairwise

import msgspec

from ..model import Run
from ..reading import Block, Break, Cell, Reading
from . import _markdown_tables, encodings
from ._emphasis import dense_ends, stars, underscores
from ._markdown_tables import BarTable, HtmlTable

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_NESTED = re.compile(r"[ \t]*[-*+][ \t]+(?=[-+*•–][ \t])")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_PAGE = re.compile(r"\W*(?:page break|page \d+|trang \d+)\W*$", re.IGNORECASE)
_DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?$")
_BORDER = re.compile(r"\+(?:[-=:]+\+)+")
_FRONT = re.compile(r"---[ \t]*\n(?:[\w-]+:.*\n|[ \t].*\n|#.*\n)+---[ \t]*\n")
_INLINE = re.compile(
    r"\\(?:(?P<escaped>[!-/:-@\[-`{-~])|(?P<broken>(?=\n| {2}|\Z)))"
    r"|(?P<tag></?(?P<name>br|a|b|i|u|em|strong|sup|sub|p|div|span|center|font|table|thead|tbody|tr|td|th|hr|h[1-6]|ul|ol|li|img|s|del|ins"
    r"|small|blockquote)\b[^<>\n]{0,400}/?>)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});)"
    r"|(?P<comment><!--[^>\n]{0,2000}?-->)|(?P<image>!\[[^\[\]\n]{0,200}\](?:\([^()\n]{1,500}\)|\[[^\[\]\n]{1,60}\]))"
    r"|(?P<link>\[(?=[^\[\]\n]{0,300}\]\((?:https?:|/|#|mailto:)[^()\s]{0,500}\)))"
    r"|(?P<linkend>\]\((?:https?:|/|#|mailto:)[^()\s]{0,500}\))"
)
_MARKS = re.compile(r"(?m)^ {0,3}#{1,6} |\*\*|^[-*+] {1,3}\S|^\|")

_NOTE = re.compile(r"\[\d{1,3}\]")
_LEAD_UNDERSCORES = re.compile(r"[# \t\n]*(_{1,3})")

_TELLING = frozenset("|-*_#+[ \t")
"""With these a line may begin with mark-up of a whole line; other lines are looked at for inline mark-up only."""

_CELL = 3000
"""How many characters a cell with blank lines inside may go on without its closing bar."""

_BREAKING = frozenset(("br", "hr", "li", "td", "th", "tr"))
"""Tags that end what is printed on a line."""
_HTML_TABLES = 1_000_000
"""HTML tables are numbered from here: other tables are counted while they are read."""

Cut = tuple[int, int, str]
"""A stretch of the source that is mark-up, and what is printed for it (mostly nothing)."""


def sniff(data: bytes, name: str) -> bool:
    """By name (``.md``, ``.markdown``), else by several lines of Markdown mark-up in what looks like text."""
    if name.lower().endswith((".md", ".markdown")):
        return True
    if name.lower().endswith(".txt"):
        return False
    head = data[:20_000].decode("utf-8", errors="ignore")
    return len(_MARKS.findall(head)) >= 5 and "\0" not in head


def read(data: bytes, name: str) -> Reading:
    """Take the mark-up off; ``source_map`` leads from each printed character to its place in the decoded file."""
    decoded = encodings.decode(data, name)
    source = decoded.text
    lines = _Lines(source)
    text, runs, cuts = _without(source, lines.cuts)
    findings = (msgspec.structs.replace(f, start=_printed(cuts, f.start), end=_printed(cuts, f.end)) for f in decoded.findings)
    return Reading(
        text=text,
        blocks=_blocks(text, cuts, lines),
        media_type="text/markdown",
        encoding=decoded.encoding,
        source_map=runs,
        findings=tuple(findings),
        furniture=tuple(lines.furniture),
        common=decoded.common and "&" not in source,  # an entity may print anything
    )


class _Line(msgspec.Struct, gc=False):
    """A line of the source with what its mark-up told."""

    start: int
    end: int
    heading: int
    cell: Cell | None
    last: bool = True
    bold: bool = False
    italic: bool = False


class _Lines:
    """One pass over the source's lines: the cuts, and the lines that print something."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.cuts: list[Cut] = []
        self.kept: list[_Line] = []
        self.furniture: list[str] = []
        self._table = BarTable()
        self._paragraph: list[_Line] = []
        self._page = False
        self._star, self._underscore = self._next("*", 0), self._next("_", 0)
        self._emphasis = min(self._star, self._underscore)  # the next of both: most paragraphs hold none
        at = 0
        if source.startswith("---") and (front := _FRONT.match(source)):
            self._drop(0, front.end())
            at = front.end()
        lines = source[at:].split("\n")
        # a converter that sets no blank lines leaves the end of a sentence as the only sign of a paragraph's end
        self._dense = lines.count("") * 20 < len(lines)
        for found in _markdown_tables.find(source, _HTML_TABLES):
            if found.start >= at:  # not in the front matter
                self._read(source[at : found.start].split("\n"), at)
                self._html_table(found)
                at = found.end
                lines = source[at:].split("\n")
        self._read(lines, at)
        self._close()
        if "\\" in source or "<" in source or "&" in source or ("]" in source and ("](" in source or "![" in source)):
            self._inline()
        self.cuts.sort()

    def _read(self, lines: list[str], at: int) -> None:
        """Lines of the source, the first of which begins at ``at``."""
        table, paragraph, keep = self._table, self._paragraph, self.kept.append
        for line in lines:
            end = at + len(line)
            if not line:
                if paragraph:
                    if len(paragraph) == 1 and paragraph[0].end <= self._emphasis:
                        keep(paragraph.pop())  # what :meth:`_close` does with a line without emphasis, as most are
                    else:
                        self._close()
                if table.inside:
                    self._blank(end)
            # A bullet before a word ("- Công nghiệp …"), its mark printed, is no mark-up of a whole line.
            elif (
                (line[0] in _TELLING and not (line.startswith("- ") and line[2:3].isalnum() and line[-1] != "-"))
                or line[-1] == "\r"
                or self._page
            ):
                self._line(at, end, line)
            else:
                paragraph.append(_Line(at, end, 0, table.cell() if table.inside else None))
            at = end + 1

    def _html_table(self, table: HtmlTable) -> None:
        self._close()
        self._table.blank(False)
        self.cuts += table.cuts
        for line in table.lines:
            self._paragraph.append(_Line(line.start, line.end, 0, line.cell))
            self._close()
            self.kept[-1].bold, self.kept[-1].italic = self.kept[-1].bold or line.bold, self.kept[-1].italic or line.italic

    def _blank(self, end: int) -> None:
        if self._paragraph:
            self._close()
        if self._table.inside:
            self._table.blank(self.source.find("\n|", end, end + _CELL) >= 0)

    def _drop(self, start: int, end: int) -> None:
        self.cuts.append((start, end, ""))
        if words := self.source[start:end].strip(" -*_\r\n\t"):
            self.furniture.append(words)

    def _line(self, start: int, end: int, line: str) -> None:
        if line.endswith("\r"):
            self.cuts.append((end - 1, end, ""))
        bare = line.strip()
        if not bare:
            self._blank(end)
            return
        first = bare[0]
        heading = 0
        if first == "|":
            self._close()
            if bare.strip("| "):
                if _DELIMITER_ROW.match(bare):
                    self._drop(start, end)
                else:
                    self._pipe_row(start, line)
                return
            # a bar alone on its line: the converter's way to write a cell's border
            self.cuts.append((start, end, ""))
            self._table.bar()
            return
        if first == "+" and _BORDER.fullmatch(bare):
            self._close()
            self._drop(start, end)
            self._table.border()
            return
        if first == "*" and not bare.strip("* "):  # "* *": emphasis around nothing
            self.cuts.append((start, end, ""))
            return
        if first in "-*_" and (_RULE.match(line) or (first == "-" and bare.endswith("-") and _PAGE.match(bare))):
            self._close()
            self._drop(start, end)
            self._page = first == "-" and not _RULE.match(line)
            return
        if self._page:
            self._page = False
            if bare.isdigit() and len(bare) < 5:  # the page's number, right below the page break
                self._drop(start, end)
                return
        if first == "[" and self._table.inside and _NOTE.match(bare):
            self._close()
            self._table.blank(False)  # a note below the table: no cell of it
        if first == "#" and (match := _HEADING.match(line)):
            self._close()
            self.cuts.append((start, start + match.end(), ""))
            heading = len(match[1])
        elif first in "-*+" and (match := _NESTED.match(line)):
            self._close()
            self.cuts.append((start, start + match.end(), ""))
        self._paragraph.append(_Line(start, end, heading, self._table.cell() if self._table.inside else None))
        if heading:
            self._close()

    def _pipe_row(self, start: int, line: str) -> None:
        """``| Mẫu số 01 | Bản cáo bạch |``: each cell a line of its own."""
        self._table.row()
        at = 0
        for piece in line.split("|"):
            end = at + len(piece)
            if piece.strip():
                self._paragraph.append(_Line(start + at, start + end, 0, self._table.next_cell()))
                self._close()
            elif at:
                self._table.skip_cell()
            if end < len(line):
                self.cuts.append((start + end, start + end + 1, "\n" if line[:end].strip("| ") else ""))
            at = end + 1

    def _close(self) -> None:
        """End of a Markdown paragraph: pair its emphasis, keep its lines."""
        lines = self._paragraph
        if not lines:
            return
        if len(lines) > 1:
            if self._dense:
                words = [self.source[line.start : line.end].strip() for line in lines]
                for line, ends in zip(lines, dense_ends(words), strict=True):
                    line.last = ends
            else:
                for line, following in pairwise(lines):
                    line.last = self.source.endswith("\\", line.start, line.end) or (
                        self.source.endswith("  ", line.start, line.end)
                        and _anew(self.source[line.start : line.end], self.source[following.start : following.end])
                    )
        if self._emphasis < lines[-1].end:
            self._emphasise(lines, lines[0].start, lines[-1].end)
        self.kept.extend(lines)
        lines.clear()

    def _next(self, mark: str, at: int) -> int:
        """Where the next of a mark stands; the source's end where there is none."""
        found = self.source.find(mark, at)
        return found if found >= 0 else len(self.source)

    def _emphasise(self, lines: list[_Line], start: int, end: int) -> None:
        """Cut the stars and underscores that are emphasis, and tell the lines of it."""
        if self._star < start:
            self._star = self._next("*", start)
        if self._star < end:
            runs, look = stars(self.source, start, end)
            self.cuts += [(a, b, "") for a, b in runs]
            if look:
                for line in lines:
                    line.bold, line.italic = line.bold or look > 1, line.italic or look == 1
            self._star = self._next("*", end)
        if self._underscore < start:
            self._underscore = self._next("_", start)
        if self._underscore < end:
            if runs := underscores(self.source, start, end):
                self.cuts += [(a, b, "") for a, b in runs]
                if (lead := _LEAD_UNDERSCORES.match(self.source, start, end)) and lead.start(1) == runs[0][0]:
                    for line in lines:
                        line.bold, line.italic = line.bold or len(lead[1]) > 1, line.italic or len(lead[1]) != 2
            self._underscore = self._next("_", end)
        self._emphasis = min(self._star, self._underscore)

    def _inline(self) -> None:
        """Escapes, entities, simple tags and links: rare, so looked for only where one of their marks occurs."""
        taken = {cut[0] for cut in self.cuts}
        for match in _INLINE.finditer(self.source):
            a, b = match.span()
            if a in taken:
                continue
            if match["escaped"] or match["broken"] is not None:
                self.cuts.append((a, a + 1, ""))
            elif match["tag"]:
                self.cuts.append((a, b, "\n" if match["name"].lower() in _BREAKING else ""))
            elif match["entity"]:
                char = html.unescape(match[0])
                if char != match[0]:
                    self.cuts.append((a, b, char))
            else:
                self.cuts.append((a, b, ""))


def _anew(line: str, following: str) -> bool:
    """Whether words begin anew behind two blanks, which break a line in a page: not in a name in capitals, nor within a sentence."""
    return not line.rpartition(">")[2].isupper() and following.lstrip(" \t*_#")[:1].isupper()


def _without(source: str, cuts: list[Cut]) -> tuple[str, tuple[Run, ...], list[tuple[int, int, int]]]:
    """``source`` without its cuts, the runs of what was kept, and of each cut its start, its end, and the text's length after it."""
    pieces: list[str] = []
    runs: list[Run] = []
    made: list[tuple[int, int, int]] = []
    at = length = 0
    for start, end, shown in cuts:
        if start < at:
            continue
        if start > at:
            pieces.append(source[at:start])
            runs.append(Run(length, at, start - at))
            length += start - at
        if shown:
            pieces.append(shown)
            length += len(shown)
        made.append((start, end, length))
        at = end
    if at < len(source):
        pieces.append(source[at:])
        runs.append(Run(length, at, len(source) - at))
    return "".join(pieces), tuple(runs), made


def _printed(cuts: list[tuple[int, int, int]], place: int) -> int:
    """How long the text is that stands in the source before ``place``."""
    k = bisect_left(cuts, (place,)) - 1
    return place if k < 0 else cuts[k][2] + max(0, place - cuts[k][1])


def _blocks(text: str, cuts: list[tuple[int, int, int]], lines: _Lines) -> tuple[Block, ...]:
    """The kept lines as blocks of the text."""
    blocks: list[Block] = []
    broken = any("\n" in shown for _, _, shown in lines.cuts)  # by a <br> or a table's cell border
    k, count, shift = 0, len(cuts), 0
    for line in lines.kept:
        # lines and cuts are both in order: one walk over the two tells where each line's words stand in the text
        while k < count and cuts[k][1] <= line.start:
            shift = cuts[k][2] - cuts[k][1]
            k += 1
        start = line.start + shift
        while k < count and cuts[k][0] < line.end:
            shift = cuts[k][2] - cuts[k][1]
            k += 1
        end = stop = line.end + shift
        if end > start and (text[start].isspace() or text[end - 1].isspace()):
            bare = text[start:end]
            start += len(bare) - len(bare.lstrip())
            stop = start + len(bare.strip())
        if stop <= start:
            if line.last and blocks:  # "</div>": the paragraph ended above it
                blocks[-1] = msgspec.structs.replace(blocks[-1], ends="paragraph")
            continue
        if broken and "\n" in (bare := text[start:stop]):
            for piece in bare.split("\n"):
                if piece.strip():
                    inner = start + len(piece) - len(piece.lstrip())
                    blocks.append(Block(inner, inner + len(piece.strip()), "paragraph", cell=line.cell, bold=line.bold, italic=line.italic))
                start += len(piece) + 1
            continue
        ends: Break = "paragraph" if line.last or (stop < end and text[stop] == "\n") else "line"  # a <br> at its end
        blocks.append(Block(start, stop, ends, None, line.bold, line.italic, False, 0, line.heading, line.cell))
    return tuple(blocks)

"""From paragraphs to the tree: articles, headings, clauses, points, bullets, each below the one it belongs to.

Depth follows meaning: a mark goes on the open series it continues (``2.`` after ``1.``), opens a new series below the deepest node that may
hold it, and closes what lies deeper. Heading styles, ``#`` counts and indents do not count. ``1.`` is a clause right below an article and a
heading elsewhere. Text quoted by an amending provision is nested below that provision, apart from its own series.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import takewhile

import msgspec

from ..model import CellSpan, Node, NodeKind
from ..reading import Cell
from .ending import led_out
from .forms import is_upper, layout
from .marks import Mark
from .nodes import Nodes
from .repair import Paragraph
from .roles import Role, words_of
from .series import NAMED, Series
from .wording import FURTHER, SIBLINGS, UP, WRAP_UP

_KIND: dict[str, NodeKind] = {
    "part": "part", "chapter": "chapter", "section": "section", "subsection": "subsection", "article": "article", "appendix": "appendix",
    "upper": "heading", "roman": "heading", "number": "heading", "decimal": "heading", "letter": "point", "tiet": "bullet",
    "bullet": "bullet",
}  # fmt: skip
_OUTSIDE: dict[Role, NodeKind] = {"recital": "recital", "recipients": "recipients", "signature": "signature"}
"""The kinds of nodes outside the tree; what else stands there is the preamble."""
_BODY: frozenset[Role] = frozenset(("body", "attachment"))
_SENTENCE = re.compile(r"[.;:,…][\"”'’)/-]*$")
_CLOSES = re.compile(r"[”\"][\s.;,]*$")
_QUOTED_MAX = 600
_TITLE_MAX = 2000
"""Longer paragraphs are no title of an attachment."""


class Outline(Nodes):
    """Builds the nodes of one document. Call :meth:`build` once."""

    def __init__(self, text: str, paragraphs: list[Paragraph], roles: list[Role], *, common: bool = False) -> None:
        super().__init__(text, common=common)
        self.paragraphs, self.roles = paragraphs, roles
        self._series = Series()
        self._quote_end = -1
        self._saved: list[Series] = []
        self._depths: list[int] = []
        self._zones: list[int] = []
        self._closers: list[tuple[int, bool]] = []
        self._raised = (-1, 0)  # the unnumbered paragraph last put above the deepest series, and how high

    def build(self) -> tuple[Node, ...]:
        """All nodes in reading order, parents before children; spans disjoint, holding every non-blank character."""
        paragraphs, roles = self.paragraphs, self.roles
        count = len(paragraphs)
        i = 0
        while i < count:
            role, paragraph = roles[i], paragraphs[i]
            if role in _BODY:
                mark = paragraph.mark
                if (
                    mark is not None
                    and mark.kind == "bullet"
                    and role == "body"
                    and paragraph.cell is None
                    and paragraph.end - mark.end > 2
                    and not 0 <= self._quote_end < i
                ):
                    self._bullet(paragraph, mark)
                    i += 1
                else:
                    i = self._body(i)
                continue
            if role == "note":
                self._add(self._series.top(), "note", "", "", 0, paragraph.start, paragraph.end, paragraph)
            elif role == "adoption":
                self._leave_quotes()
                self._series.open.clear()
                self._add(None, "paragraph", "", "", 0, paragraph.start, paragraph.end, paragraph, role="adoption")
            else:  # outside the tree
                kind = _OUTSIDE.get(role, "preamble")
                shown = role if kind == "preamble" else ""
                start, end = paragraph.start, paragraph.end
                self.nodes.append(
                    Node(
                        id=self._ids.give(None, kind, shown), parent=None, kind=kind, text=self._flat(start, end), start=start, end=end,
                        page=paragraph.lines[0].page, role=shown,
                    )
                )  # fmt: skip
            i += 1
        return tuple(self.nodes)

    # --- the body --------------------------------------------------------------------------------------------------

    def _body(self, i: int) -> int:
        """Place paragraph ``i`` and what belongs to its node; the index of the next paragraph."""
        paragraph = self.paragraphs[i]
        if self._quote_end >= 0 and i > self._quote_end:
            self._leave_quotes()
        if paragraph.cell is not None:
            if self.roles[i] == "attachment" and i and self.roles[i - 1] != "attachment":
                self._series = Series()  # a table below the signature lies in no article
            return self._table(i)
        mark = paragraph.mark
        if self.roles[i] == "attachment" and (following := self._attachment(i)):
            return following
        quoting = mark is not None and mark.quote and self._quote_opens(paragraph)
        if quoting and self._quote_end < 0 and self.nodes:
            self._enter_quotes(i)
        if mark is None or (mark.quote and self._quote_end < 0 and not quoting) or (not mark.sure and self._series.odd(mark)):
            self._paragraph(i)
            return i + 1
        return self._marked(i, mark)

    def _bullet(self, paragraph: Paragraph, mark: Mark) -> None:
        """What :meth:`_body` does, in short: most paragraphs are bullets with their words, and these have neither key nor heading."""
        start, at, end = paragraph.start, mark.end, paragraph.end
        nodes, text = self.nodes, self.text
        parent = self._series.bullet(mark, len(nodes), colon=text[end - 1] == ":")
        above = nodes[parent].id if parent is not None else None
        words = text[at + 1 if text[at] == " " else at : end].strip()
        if 0 <= self._doubled < end or "\n" in words or not self._broken_only:  # else there is no blank that is looked for
            words = self._flat(at, end)
        nodes.append(
            Node(
                id=self._ids.give(above, "bullet", ""), parent=above, kind="bullet", label=text[start:at], text=words,
                start=start, end=end, page=paragraph.lines[0].page,
            )
        )  # fmt: skip

    def _marked(self, i: int, mark: Mark) -> int:
        paragraph = self.paragraphs[i]
        text = self.text
        if mark.kind == "letter":
            mark = self._series.nested(mark)
        parent = self._series.place(mark, text[mark.end - 1])
        end, following, split = self._heading(i, mark)
        start = paragraph.start
        kind = _KIND[mark.kind]
        if mark.kind == "number" and (parent is None or self.nodes[parent].kind in ("article", "quotation")):
            above = self.nodes[parent] if parent is not None else None
            if above is not None and (above.kind == "article" or self._quote_end >= 0):
                kind = "clause"
        key = "" if mark.kind == "bullet" else mark.key.upper() if mark.kind == "roman" else mark.key
        node = self._add(parent, kind, key, text[start : mark.end], split, start, end, paragraph)
        self._series.push(mark, node, colon=text[end - 1] == ":")
        return following

    # --- headings --------------------------------------------------------------------------------------------------

    def _heading(self, i: int, mark: Mark) -> tuple[int, int, int]:
        """Where the node's own words end, the next paragraph, and where its heading ends (0: it has none)."""
        paragraphs, text = self.paragraphs, self.text
        paragraph = paragraphs[i]
        end, following = paragraph.end, i + 1
        bare = end - mark.end < 3 and not text[mark.end : end].strip()
        if not bare and mark.kind == "bullet":
            return end, following, 0
        named = mark.kind in NAMED
        if bare or (named and mark.kind != "article" and mark.kind != "appendix" and self._unfinished(text[mark.end : end].strip())):
            while following < len(paragraphs) and self._titles(following, mark, following == i + 1 and bare):
                end = paragraphs[following].end
                following += 1
                if not named or mark.kind == "article":
                    break
        if mark.kind == "bullet" or (bare and end == paragraph.end):
            return end, following, 0
        if named and mark.kind != "article":
            return end, following, end
        titled = end - mark.end <= 252 and not _SENTENCE.search(text, end - 3, end)
        return end, following, end if titled else 0

    def _unfinished(self, rest: str) -> bool:
        return is_upper(rest) and len(rest) < 60

    def _titles(self, k: int, mark: Mark, first: bool) -> bool:
        """Whether paragraph ``k`` is (a further line of) the heading of the mark before it."""
        paragraph = self.paragraphs[k]
        if paragraph.mark is not None or paragraph.cell is not None or self.roles[k] not in ("body", "attachment"):
            return False
        words = words_of(self.text, paragraph)
        if mark.kind in NAMED and mark.kind != "article":
            if is_upper(words):
                return len(words) < 400
            return (first or mark.kind == "appendix") and len(words) < 300 and (not _SENTENCE.search(words[-3:]) or words.startswith("("))
        return first

    # --- paragraphs, tables ----------------------------------------------------------------------------------------

    def _paragraph(self, i: int) -> None:
        """An unnumbered paragraph: in the deepest open node, unless its words say that it belongs higher."""
        paragraph = self.paragraphs[i]
        start = self.text[paragraph.start : paragraph.start + 160]
        stack = self._series.open
        keep = len(stack)
        if keep > 1 and self.text.endswith(":", paragraph.start, paragraph.end):
            keep = self._before_series(i)
            if self._raised[0] == i - 1:
                keep = min(keep, self._raised[1])
                if keep and i + 1 < len(self.paragraphs) and (mark := self.paragraphs[i + 1].mark) and mark.kind == "bullet":
                    del stack[keep:]  # the bullets it announces lie beside it
        elif keep > 1:
            if start[0] == "(":
                keep = self._series.depth(4 if UP.match(start) else 11)
            elif self._speaks_of_several(i, start) or self._parts_articles(i):
                keep -= 1
            elif self._raised[0] == i - 1:
                keep = min(keep, self._raised[1])
            if keep < len(stack) and self._goes_on(i, keep):
                keep = len(stack)
        if keep and keep == len(stack) and self._last_of_body(i) and self._closing_words(paragraph, start):
            keep = self._series.depth(6)
            if keep == 1 and stack[0].rank > 6:
                keep = 0  # a dispatch whose items stand at the left margin
        if keep < len(stack):
            self._raised = (i, keep)
        parent = stack[keep - 1].node if keep else self._series.base
        self._add(parent, "paragraph", "", "", 0, paragraph.start, paragraph.end, paragraph)

    def _speaks_of_several(self, i: int, start: str) -> bool:
        """Whether the paragraph is of the whole series of the last item, by its words, and no further item follows."""
        last = self._series.open[-1]
        if match := SIBLINGS.match(start):
            return last.kind == ("number" if match["unit"].lower() == "khoản" else "letter")
        return (
            last.mark.order > 1 and last.rank > 6 and FURTHER.match(start) is not None and not self._goes_on(i, len(self._series.open) - 2)
        )

    def _parts_articles(self, i: int) -> bool:
        """A title in capitals between two articles ("VIỆN KIỂM SÁT NHÂN DÂN" / "Điều 105") lies in neither."""
        if self._series.open[-1].kind != "article":
            return False
        following = self.paragraphs[i + 1].mark if i + 1 < len(self.paragraphs) else None
        return following is not None and following.kind == "article" and is_upper(words_of(self.text, self.paragraphs[i]))

    def _closing_words(self, paragraph: Paragraph, start: str) -> bool:
        """The document's last paragraph speaks of the whole, not of its last item: its words say so, or "./." outside articles."""
        if WRAP_UP.match(start):
            return True
        stack = self._series.open
        return self.text.endswith("./.", paragraph.start, paragraph.end) and not stack[-1].colon and all(o.rank > 4 for o in stack)

    def _before_series(self, i: int) -> int:
        """A lead-in ("Lưu ý:") to bullets that go on an open series is their sibling, not the last one's child."""
        stack = self._series.open
        following = self.paragraphs[i + 1].mark if i + 1 < len(self.paragraphs) else None
        if following is not None and following.kind == "bullet":
            for k in range(len(stack) - 1, 0, -1):
                if stack[k].mark.kind != "bullet":
                    break
                if stack[k].mark.key == following.key:
                    return k
        return len(stack)

    def _goes_on(self, i: int, keep: int) -> bool:
        """Whether the next mark goes on a series deeper than the first ``keep`` open nodes: then nothing was closed here."""
        for k, paragraph in enumerate(self.paragraphs[i + 1 : i + 4], i + 1):
            if self.roles[k] != self.roles[i]:
                return False  # the bullets of "Nơi nhận" go on nothing
            if paragraph.mark is not None:
                if paragraph.mark.kind == "bullet":
                    return any(o.mark.kind == "bullet" and o.mark.key == paragraph.mark.key for o in self._series.open[keep:])
                at = self._series.continued(paragraph.mark)
                return at is not None and at > keep
        return False

    def _last_of_body(self, i: int) -> bool:
        return i + 1 >= len(self.paragraphs) or self.roles[i + 1] != self.roles[i]

    def _table(self, i: int) -> int:
        """One table: a node with the words of its first filled cell, and below it a node a row with the other cells."""
        paragraphs = self.paragraphs
        first = paragraphs[i]
        assert first.cell is not None
        number = first.cell.table
        rows: list[list[tuple[Cell, Paragraph]]] = []
        k = i
        while k < len(paragraphs) and (cell := paragraphs[k].cell) is not None and cell.table == number and self.roles[k] == self.roles[i]:
            if not rows or (cell.row != rows[-1][0][0].row and cell != first.cell):
                rows.append([])
            if cell == first.cell and len(rows) > 1:
                break
            rows[-1].append((cell, paragraphs[k]))
            k += 1
        head = list(takewhile(lambda pair: pair[0] == first.cell, rows[0]))  # broken mark-up may come back to it
        table = self._add_cells(self._series.top(), "table", head, "")
        rows[0] = rows[0][len(head) :]
        for row in rows:
            if row:
                self._add_cells(table, "", row, "row")
        return k

    def _add_cells(self, parent: int | None, label: str, cells: list[tuple[Cell, Paragraph]], role: str) -> int:
        spans = tuple(CellSpan(cell.row, cell.column, p.start, p.end) for cell, p in cells)
        first = cells[0][1]
        node = self._add(parent, "table", "", "", 0, first.start, cells[-1][1].end, first, role=role, cells=spans)
        if label:  # the gold writes "table" where a mark would stand: a table prints none
            self.nodes[node] = msgspec.structs.replace(self.nodes[node], label=label)
        return node

    # --- quotations ------------------------------------------------------------------------------------------------

    def _quote_opens(self, paragraph: Paragraph) -> bool:
        """Whether a mark behind a quotation mark opens text quoted by an amending provision ("“Điều 7. …")."""
        return self.text[paragraph.start] in '“"'

    def _enter_quotes(self, i: int) -> None:
        end = self._closing(i)
        paragraph = self.paragraphs[i]
        node = self._add(self._series.top(), "quotation", "", "", 0, paragraph.start, paragraph.start, paragraph)
        self._saved.append(self._series)
        self._series, self._quote_end = Series(node), end

    def _closing(self, i: int) -> int:
        """The paragraph in which the quotation opened by paragraph ``i`` ends: the first that closes it, else ``i`` itself."""
        if not self._depths:
            self._count_quotes()
        before = self._depths[i]
        at = bisect_left(self._closers, (i, False))
        for k, straight in self._closers[at : at + _QUOTED_MAX]:
            if k >= i + _QUOTED_MAX or self._zones[k] != self._zones[i]:
                break
            if self._depths[k + 1] <= before or straight:
                return k
        return i

    def _count_quotes(self) -> None:
        """For every paragraph, once: how many quotations are open before it, whether it closes one, in which run of roles it lies."""
        zone = depth = 0
        for k, paragraph in enumerate(self.paragraphs):
            self._depths.append(depth)
            self._zones.append(zone)
            words = self.text[paragraph.start : paragraph.end]
            depth += words.count("“") - words.count("”")
            if _CLOSES.search(words[-6:]):
                self._closers.append((k, words.rstrip(" .;,").endswith('"')))
            if self.roles[k] not in ("body", "attachment"):
                zone += 1
        self._depths.append(depth)

    def _leave_quotes(self) -> None:
        if self._saved:
            self._series = self._saved.pop()
        self._quote_end = -1

    # --- attachments -----------------------------------------------------------------------------------------------

    def _attachment(self, i: int) -> int | None:
        """A title of an appendix or attached regulation at paragraph ``i``: its node, and the next paragraph."""
        paragraph = self.paragraphs[i]
        mark = paragraph.mark
        if mark is not None:
            if mark.kind != "appendix":
                return None
            self._leave_quotes()
            self._series = Series()
            return self._marked(i, mark)
        first = i == 0 or self.roles[i - 1] != "attachment"
        words = words_of(self.text, paragraph) if first or paragraph.end - paragraph.start < _TITLE_MAX else ""
        titled = is_upper(words) and layout("attached").match(words)
        below_title = led_out(self.text, self.paragraphs, i) if first or titled else 0
        if not (first or below_title):
            return None
        self._leave_quotes()
        self._series = Series()
        following = i + 1
        end = paragraph.end
        while below_title and following <= below_title:
            end = self.paragraphs[following].end
            following += 1
        while following < len(self.paragraphs) and following < i + 6:
            below = self.paragraphs[following]
            line = words_of(self.text, below)
            if below.mark is not None or below.cell is not None or not (is_upper(line) or layout("leadout").match(line)):
                break
            end = below.end
            following += 1
        label = self.text[paragraph.start : paragraph.end] if titled and len(words) < 30 else ""
        node = self._add(None, "appendix", "", label, end, paragraph.start, end, paragraph)
        self._series = Series(node)
        return following


def build(text: str, paragraphs: list[Paragraph], roles: list[Role], *, common: bool = False) -> tuple[Node, ...]:
    """The nodes of a document; see :class:`Outline`. ``common`` is what its reading says of its letters."""
    return Outline(text, paragraphs, roles, common=common).build()

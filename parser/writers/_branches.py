"""The nodes of a Document as a tree whose reading order is the list's, cut into the main document and its attachments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ..akoma import HIERARCHY, Piece
from ..model import Node

Zone = Literal["preface", "preamble", "body", "conclusions"]
ZONES: tuple[Zone, ...] = ("preface", "preamble", "body", "conclusions")
DEPTH = 30
"""Nodes deeper than this stand beside each other: XML readers refuse what is nested without end."""

_ENACTING = frozenset(("formula", "narrative", "enactor"))
_FITTING: dict[str, Zone] = {
    "recital": "preamble", "closing": "conclusions", "recipients": "conclusions", "signature": "conclusions",
}  # fmt: skip


class Branch:
    """A node with those below it, and the stretches of the text that are its own."""

    __slots__ = ("below", "gridded", "node", "pieces", "within")

    def __init__(self, node: Node, pieces: list[Piece], within: str | None) -> None:
        self.node, self.pieces, self.within = node, pieces, within
        self.below: list[Branch] = []
        self.gridded = False
        """Whether its pieces are the paragraphs of a table's cells."""

    @property
    def is_block(self) -> bool:
        """Whether it stands among paragraphs, not among the levels of a hierarchy."""
        kind = self.node.kind
        return kind not in HIERARCHY and (not self.below or self.gridded or kind in ("quotation", "note"))


class Component:
    """One document of a file: the main one, or one attached to it, with the appendix node that opens it where there is one."""

    def __init__(self, opening: Branch | None = None) -> None:
        self.opening = opening
        self.zones: dict[Zone, list[Branch]] = {zone: [] for zone in ZONES}


def grow(nodes: tuple[Node, ...], text: str) -> list[Branch]:
    """The tops of the tree. A node whose parent is not open any more where it stands becomes a top: its ``within`` tells."""
    tops: list[Branch] = []
    tables: list[Branch] = []
    open_: list[Branch] = []
    for node in nodes:
        keep = len(open_)
        if node.parent is None:
            keep = 0
        else:
            while keep and open_[keep - 1].node.id != node.parent:
                keep -= 1
        del open_[min(keep, DEPTH) :]
        above = open_[-1] if open_ else None
        branch = Branch(node, pieces_of(node, text), above.node.id if above else None)
        (above.below if above else tops).append(branch)
        open_.append(branch)
        if node.kind == "table" and node.role != "row":
            tables.append(branch)
    for table in tables:
        _grid(table, text)
    for branch in every(tops):
        if len(branch.pieces) > 1 and branch.is_block and not branch.gridded and branch.node.kind not in ("quotation", "note"):
            branch.pieces = [Piece("p", branch.pieces[0].start, branch.pieces[-1].end)]  # a paragraph's label stands in it
    return tops


def every(tops: list[Branch]) -> Iterator[Branch]:
    """All branches, in no order that means something."""
    waiting = list(tops)
    while waiting:
        branch = waiting.pop()
        yield branch
        waiting += branch.below


def _grid(table: Branch, text: str) -> None:
    """Mark a table whose rows and cells are such as a table can have: its pieces are then those of its cells."""
    whole = [(table, _cells(table.node, text))]
    last = (table.node.cells[0].row if table.node.cells else 0, -1)
    for row in table.below:
        if row.node.kind != "table" or row.node.role != "row" or row.below:
            return
        whole.append((row, _cells(row.node, text)))
    for k, (row, pieces) in enumerate(whole):
        rows = {cell.row for cell in row.node.cells}
        if not pieces or len(rows) > 1:
            return
        first = row.node.cells[0]
        if (first.row, first.column) <= last or (k > 1 and first.row == last[0]):
            return
        last = (first.row, row.node.cells[-1].column)
    for row, pieces in whole:
        row.pieces, row.gridded = pieces, True


def pieces_of(node: Node, text: str) -> list[Piece]:
    """The stretches of a node's span: its label, its heading, the rest; one stretch where they are not what stands there."""
    start, end = max(0, node.start), min(node.end, len(text))
    if end <= start:
        return []
    found: list[Piece] = []
    at = start
    label = "" if node.kind == "table" else node.label
    for words, what in ((label, "num"), (node.heading, "heading")):
        if words and node.kind not in ("paragraph", "table"):
            stop = _after(words, text, at, end)
            if stop < 0:
                return [Piece("p", start, end)]
            found.append(Piece(what, at, stop))  # type: ignore[arg-type]
            at = stop
            while at < end and text[at].isspace():
                at += 1
    if at < end:
        found.append(Piece("p", at, end))
    return found


def _cells(node: Node, text: str) -> list[Piece]:
    """The paragraphs of a row's cells, where they hold its whole span, in order; none where they do not."""
    at = node.start
    if not node.cells or at < 0:
        return []
    for cell in node.cells:
        if not at <= cell.start < cell.end or text[at : cell.start].strip():
            return []
        at = cell.end
    if node.cells[0].start != node.start or at != node.end or node.end > len(text):
        return []
    places = [(cell.row, cell.column) for cell in node.cells]
    if places != sorted(places) or places[0][0] < 0 or min(place[1] for place in places) < 0:
        return []
    return [Piece("p", cell.start, cell.end) for cell in node.cells]


def _after(words: str, text: str, at: int, end: int) -> int:
    """Where ``words`` end that stand at ``at``, whatever blanks are between them; -1 where they do not stand there."""
    if text.startswith(words, at, end):
        return at + len(words)
    for part in words.split():
        while at < end and text[at].isspace():
            at += 1
        for letter in part:
            while at < end and text[at].isspace():
                return -1
            if at >= end or text[at] != letter:
                return -1
            at += 1
    return at


def cut(tops: list[Branch]) -> list[Component]:
    """The main document and what is attached to it.

    An appendix opens an attachment; so does what follows the signatures and is none (``Ban hành kèm theo …``). Within one document
    preface, preamble, body and conclusions follow each other: what comes late stays where the reading order has it.
    """
    made = [Component()]
    state = 0
    for i, top in enumerate(tops):
        if top.node.kind == "appendix":
            made.append(Component(top))
            state = 0
            continue
        zone = _zone(tops, i, ZONES[state])
        if ZONES.index(zone) < state:
            if ZONES[state] != "conclusions":
                zone = ZONES[state]
            elif top.below or top.node.kind != "note":
                made.append(Component())
            else:
                zone = "conclusions"
        state = ZONES.index(zone)
        opening = made[-1].opening
        top.within = opening.node.id if opening else None
        made[-1].zones[zone].append(top)
    return made


def _zone(tops: list[Branch], i: int, now: Zone) -> Zone:
    top = tops[i]
    kind, role = top.node.kind, top.node.role
    if not top.is_block:
        return "body"
    if kind == "note":
        return now
    if kind == "preamble":
        return "preamble" if role in _ENACTING else "preface"
    if kind == "paragraph" and role == "adoption":
        following = next((other for other in tops[i + 1 :] if other.node.kind != "note"), None)
        ends = following is None or following.node.kind in ("appendix", "closing", "recipients", "signature")
        return "conclusions" if ends else "body"
    return _FITTING.get(kind, "body") if not top.below else "body"

"""What reading copies share: stretches of words in reading order, what links where, the contents, the list of what is cited."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ..akoma import Piece
from ..model import Citation, Document, Node
from ._branches import Branch

HEADED = frozenset(("part", "chapter", "section", "subsection", "article", "appendix"))
"""Kinds that stand in the table of contents and have a heading of their own; headings (``I.``, ``1.1.``) do where they are titled."""

_BLANK = re.compile(r"\s")


class Link(NamedTuple):
    """A stretch of the text that leads to an anchor of the page; ``state`` is the citation's where it is not resolved."""

    start: int
    end: int
    anchor: str
    state: str


class Cited(NamedTuple):
    """An instrument in the list of what is cited: what it is called, its id (none where it is not told), where it is cited."""

    anchor: str
    name: str
    facts: str
    id: str | None
    candidates: tuple[str, ...]
    places: list[str]


class Entry(NamedTuple):
    """A line of the table of contents: its depth from 0, where it leads, its words."""

    depth: int
    anchor: str
    words: str


_LINES = frozenset(("issuer", "motto", "number", "place_date", "type", "title", "session", "enactor", "addressee"))
_ENDS = frozenset(("signature", "recipients", "closing"))


def lined(node: Node) -> bool:
    """Whether the line breaks inside a node are meant: those of names, mottos, titles and signatures are, those of wrapped prose not."""
    return node.role in _LINES if node.kind == "preamble" else node.kind in _ENDS


def anchor_of(identity: str) -> str:
    """A node's id as the name of a place in a page."""
    return _BLANK.sub("_", identity) or "_"


def date_of(date: str) -> str:
    """A date as Vietnamese read it: ``2017-10-25`` → ``25/10/2017``."""
    return "/".join(reversed(date.split("-")))


def cited(document: Document) -> tuple[list[Cited], dict[int, str]]:
    """The other instruments a document cites, each once, in order; and the anchor in that list of each citation."""
    found: dict[str, Cited] = {}
    anchors: dict[int, str] = {}
    for k, citation in enumerate(document.citations):
        if citation.scope != "external":
            continue
        key = citation.target or "|".join(citation.candidates) or f"{citation.type}|{citation.number}|{citation.name}|{citation.text}"
        if key not in found:
            found[key] = Cited(f"vb-{len(found) + 1}", _name(citation), _facts(citation), citation.target, citation.candidates, [])
        one = found[key]
        if citation.node is not None and citation.node not in one.places:
            one.places.append(citation.node)
        anchors[k] = one.anchor
    return list(found.values()), anchors


def _name(citation: Citation) -> str:
    if citation.number:
        return f"{citation.type or ''} {citation.number}".strip()
    return citation.name or " ".join(citation.text.split())


def _facts(citation: Citation) -> str:
    date = date_of(citation.date) if citation.date else ""
    return ", ".join(filter(None, (date, citation.issuer)))


def links(document: Document, anchors: dict[int, str]) -> list[Link]:
    """What leads where, in order, none inside another: to the list of what is cited, or to a node of the document."""
    known = {node.id for node in document.nodes}
    found: list[Link] = []
    order = sorted(enumerate(document.citations), key=lambda row: (row[1].start, -row[1].end))
    for k, citation in order:
        inside = citation.target_node
        anchor = anchors.get(k) or (anchor_of(inside) if inside is not None and inside in known else "")
        if anchor and citation.start < citation.end and not (found and citation.start < found[-1].end):
            state = citation.state or ""
            found.append(Link(citation.start, citation.end, anchor, "" if state == "resolved" else state))
    return found


def stretches(start: int, end: int, links: list[Link]) -> Iterator[tuple[int, int, Link | None]]:
    """A stretch cut where links begin and end."""
    at = start
    for link in links[max(0, bisect_right(links, start, key=lambda link: link.start) - 1) :]:
        first, last = max(at, link.start), min(end, link.end)
        if link.start >= end:
            break
        if first >= last:
            continue
        if first > at:
            yield at, first, None
        yield first, last, link
        at = last
    if at < end:
        yield at, end, None


def contents(tops: list[Branch], text: str) -> list[Entry]:
    """The table of contents: parts, chapters, sections, articles, appendices, and titled headings."""
    found: list[Entry] = []

    def go(branches: list[Branch], depth: int) -> None:
        for branch in branches:
            node = branch.node
            listed = node.kind in HEADED or (node.kind == "heading" and node.heading)
            if listed:
                words = [node.label, node.heading] if node.heading else [node.label, first_words(node.text, 80)]
                found.append(Entry(depth, anchor_of(node.id), " ".join(filter(None, words))))
            go(branch.below, depth + bool(listed))

    go(tops, 0)
    return found


def first_words(words: str, most: int) -> str:
    """Words cut at a blank."""
    return words if len(words) <= most else words[:most].rsplit(maxsplit=1)[0] + " …"


def gap_of(text: str, before: Piece, piece: Piece) -> str:
    """What stands between two pieces of a node: a line break, a blank, or nothing."""
    gap = text[before.end : piece.start]
    return "\n" if "\n" in gap else " " if gap else ""


class Cursor:
    """Goes through the text once: what is between the nodes comes out too, and nothing twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def before(self, piece: Piece) -> tuple[int, int] | None:
        """Words that stand before a piece and in no node."""
        start = self.at
        if piece.start > start:
            self.at = piece.start
            if self.text[start : piece.start].strip():
                return start, piece.start
        return None

    def take(self, piece: Piece) -> tuple[int, int]:
        """The stretch of a piece that has not come out yet."""
        start, end = max(self.at, piece.start), max(self.at, piece.end)
        self.at = max(self.at, end)
        return start, end


def grid(branch: Branch) -> list[tuple[str, list[list[Piece]]]]:
    """The rows of a table: the id of the row's node (the table's own for the first), and for each column the paragraphs of its cell."""
    rows: list[tuple[str, list[list[Piece]]]] = []
    last = None
    for one in (branch, *branch.below):
        for cell, piece in zip(one.node.cells, one.pieces, strict=True):
            if cell.row != last:
                rows.append(("" if one is branch else one.node.id, []))
                last = cell.row
            identity, columns = rows[-1]
            if not identity and one is not branch:
                rows[-1] = (one.node.id, columns)
            while len(columns) <= cell.column and len(columns) < 200:
                columns.append([])
            columns[min(cell.column, len(columns) - 1)].append(piece)
    width = max((len(columns) for _, columns in rows), default=0)
    for _, columns in rows:
        columns += [[] for _ in range(width - len(columns))]
    return rows

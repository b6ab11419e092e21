"""The nodes of a Document as elements of Akoma Ntoso, each stretch of the text in one of them."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, NamedTuple

from ..akoma import HIERARCHY, NO_XML, Piece, escaped, even, kind_of, words_of
from ..model import Document
from ._branches import Branch, Component, every
from ._xml import Element, attributes_of, value_of


class Mark(NamedTuple):
    """What a stretch of the text is besides words: an inline element with its attributes. ``key`` finds the element again."""

    start: int
    end: int
    element: str
    attributes: dict[str, str]
    key: Any = None


class Body:
    """Writes the components of one document. ``marked`` holds the elements made for the marks that have a key."""

    def __init__(self, document: Document, marks: list[Mark], tops: list[Branch]) -> None:
        self._text = document.text
        self.even = even(document.text)
        self._plain = self.even or NO_XML.search(document.text) is None
        self.pieces = sorted((piece for branch in every(tops) for piece in branch.pieces), key=lambda piece: (piece.start, piece.end))
        self._marks = _by_piece(self.pieces, marks)
        self.marked: dict[Any, list[Element]] = {}
        self.elements: dict[str, Element] = {}
        self._wids: set[str] = set()

    # --- the parts of a document -----------------------------------------------------------------------------------

    def fill(self, parent: Element, component: Component, main: str) -> None:
        """Preface, preamble, body and conclusions below ``parent``, an ``act`` or a ``doc`` whose ``meta`` is there already."""
        opening = component.opening
        zones = component.zones
        if zones["preface"]:
            preface = parent.add("preface")
            for top in zones["preface"]:
                holder = self._group(preface, "longTitle", None) if top.node.role == "title" and top.node.kind == "preamble" else preface
                self._block(holder, top, "preface")
        if zones["preamble"]:
            preamble = parent.add("preamble")
            for top in zones["preamble"]:
                if top.node.kind == "recital":
                    recital = self._group(preamble, "recitals", None).add("recital")
                    self._own(recital, top, "", "recital")
                    self._plainly(recital, top.pieces)
                    if not top.pieces:
                        recital.add("p")
                else:
                    formula = top.node.role == "formula"
                    self._block(self._group(preamble, "formula", "enacting") if formula else preamble, top, "preamble")
        body = parent.add(main)
        if opening is not None:
            self._within(body, opening, "")
        self._mixed(body, zones["body"], blocks=main == "mainBody")
        if not body.below:
            body.add("hcontainer", {"name": "empty"}).add("content")
        if zones["conclusions"]:
            conclusions = parent.add("conclusions")
            for top in zones["conclusions"]:
                kind = top.node.kind
                if kind == "paragraph":
                    self._block(self._group(conclusions, "formula", "adoption"), top, "")
                elif kind == "note":
                    self._block(conclusions, top, "")
                else:
                    self._block(self._group(conclusions, "container", kind), top, kind)

    def opened(self, parent: Element, opening: Branch) -> None:
        """The attachment that an appendix node opens: its own element, its label and heading."""
        self._own(parent, opening, "", "attachment")
        for piece in opening.pieces:
            if piece.what != "p":
                self._piece(parent, piece)

    def _group(self, parent: Element, element: str, name: str | None) -> Element:
        """The last child of ``parent`` if it is such an element already, else a new one: what follows each other stands in one."""
        named = f' name="{name}"' if name is not None else ""
        last = parent.below[-1] if parent.below else None
        if last is not None and last.name == element and last.attributes == named:
            return last
        made = parent.add(element)
        made.attributes = named
        return made

    # --- nodes -----------------------------------------------------------------------------------------------------

    def _own(self, element: Element, branch: Branch, place: str, tag: str, name: str | None = None) -> None:
        """Say which node an element is, and what of the node does not follow from the element and its pieces."""
        node = branch.node
        identity = node.id
        plain = identity.isprintable() and " " not in identity
        if not identity or identity in self._wids or not (plain or (identity.split() == [identity] and not NO_XML.search(identity))):
            identity = f"node~{len(self._wids) + 1}"
            while identity in self._wids:
                identity += "~"
            element.attributes += f' v:id="{value_of(escaped(node.id))}"'
        self._wids.add(identity)
        self.elements.setdefault(node.id, element)
        differing = _differing(branch, self._text, kind_of(tag, name, place), self.even)
        element.attributes += f' wId="{value_of(identity)}"{differing}'
        if node.role and node.role != "row":
            if node.role.isidentifier():
                element.attributes += f' class="{value_of(node.role)}"'
            else:
                element.attributes += f' v:role="{value_of(escaped(node.role))}"'
        elif (node.role == "row") != (tag == "tr"):
            element.attributes += f' v:role="{value_of(node.role)}"'
        if node.page is not None:
            element.attributes += f' v:page="{node.page}"'
        if not branch.pieces:
            element.attributes += f' v:at="{node.start}"'

    def _mixed(self, parent: Element, branches: list[Branch], *, blocks: bool) -> None:
        """Levels and paragraphs in their order; where no paragraph may stand, those beside each other stand in a container."""
        holder = None
        for branch in branches:
            if branch.is_block and not blocks:
                if holder is None:
                    holder = parent.add("hcontainer", {"name": "paragraphs"}).add("content")
                self._block(holder, branch, "")
            elif branch.is_block:
                self._block(parent, branch, "")
            else:
                holder = None
                self._level(parent, branch)

    def _level(self, parent: Element, branch: Branch) -> None:
        """A level of the hierarchy: its label and heading, its words, what is below it."""
        kind = branch.node.kind
        tag = HIERARCHY.get(kind, "hcontainer")
        name = kind if tag == "hcontainer" else None
        element = parent.add(tag, None if name is None else {"name": name})
        self._own(element, branch, "", tag, name)
        own = []
        for piece in branch.pieces:
            if piece.what == "p":
                own.append(piece)
            else:
                self._piece(element, piece)
        below = branch.below
        last = len(below)
        while last and below[last - 1].is_block:
            last -= 1
        if not last:
            if own or below:
                content = element.add("content")
                self._plainly(content, own)
                for child in below:
                    self._block(content, child, "")
            return
        first = next(k for k, child in enumerate(below) if not child.is_block)
        if own or first:
            intro = element.add("intro")
            self._plainly(intro, own)
            for child in below[:first]:
                self._block(intro, child, "")
        self._mixed(element, below[first:last], blocks=False)
        if last < len(below):
            ending = element.add("wrapUp")
            for child in below[last:]:
                self._block(ending, child, "")

    def _within(self, element: Element, branch: Branch, place: str) -> None:
        """The words of a node and what is below it, where levels and paragraphs may stand side by side."""
        self._plainly(element, [piece for piece in branch.pieces if piece.what == "p"])
        self._mixed(element, branch.below, blocks=True)

    def _block(self, parent: Element, branch: Branch, place: str) -> None:
        """A node among paragraphs."""
        node = branch.node
        kind = node.kind
        if branch.gridded:
            self._table(parent, branch)
        elif kind in ("quotation", "note"):
            outer = parent.add("p")
            if kind == "quotation":
                inner = outer.add("mod").add("quotedStructure")
                self._own(inner, branch, "", "quotedStructure")
            else:
                inner = outer.add("authorialNote", {"placement": "bottom"})
                marker = self._text[node.start : node.end][:8].partition("]")[0].strip("[ ")
                if marker.isalnum():
                    inner.attributes += f' marker="{value_of(marker)}"'
                self._own(inner, branch, "", "authorialNote")
            for piece in branch.pieces:
                if piece.what != "p":
                    self._piece(inner, piece)
            self._within(inner, branch, "")
            if not inner.below:
                inner.add("p")
        else:
            element = parent.add("p")
            self._own(element, branch, place, "p")
            for piece in branch.pieces:
                self._words(element, piece)

    def _table(self, parent: Element, branch: Branch) -> None:
        """A table: a ``tr`` a row, which is the row's node; the first filled cell is the table's own."""
        table = parent.add("table")
        self._own(table, branch, "", "table")
        tr = td = None
        row = column = -1
        for one in (branch, *branch.below):
            for cell, piece in zip(one.node.cells, one.pieces, strict=True):
                if tr is None or cell.row != row:
                    tr = table.add("tr")
                    if cell.row != row + 1:
                        tr.attributes += f' v:row="{cell.row}"'
                    row, column, td = cell.row, -1, None
                if td is None or cell.column != column:
                    td = tr.add("td")
                    if cell.column != column + 1:
                        td.attributes += f' v:column="{cell.column}"'
                    column = cell.column
                    if one is branch:
                        td.attributes += ' v:of="table"'
                self._words(td.add("p"), piece)
            if one is not branch and tr is not None:
                self.elements.setdefault(one.node.id, table)  # what leads to a row leads to its table: a row has no id
                self._own(tr, one, "", "tr")

    # --- words -----------------------------------------------------------------------------------------------------

    def _plainly(self, parent: Element, pieces: list[Piece]) -> None:
        for piece in pieces:
            self._words(parent.add("p"), piece)

    def _piece(self, parent: Element, piece: Piece) -> None:
        self._words(parent.add(piece.what), piece)

    def _words(self, element: Element, piece: Piece) -> None:
        """A stretch of the text in an element, with the inline elements of its marks."""
        _, at, last = piece
        element.attributes += f' v:at="{at}"'
        marks = self._marks.get(piece)
        if not marks:
            if self._plain:
                element.text = self._text[at:last]
            else:
                self._put(element, self._text[at:last])
            return
        open_ = [(element, last)]
        for mark in marks:
            start, end = max(at, mark.start), min(mark.end, last)
            while len(open_) > 1 and open_[-1][1] <= start:
                self._put(open_[-1][0], self._text[at : open_[-1][1]])
                at = open_.pop()[1]
            end = min(end, open_[-1][1])
            if end <= start:
                continue
            self._put(open_[-1][0], self._text[at:start])
            at = start
            inline = open_[-1][0].add(mark.element, mark.attributes)
            if mark.key is not None:
                self.marked.setdefault(mark.key, []).append(inline)
            open_.append((inline, end))
        while open_:
            inline, end = open_.pop()
            self._put(inline, self._text[at:end])
            at = max(at, end)

    def _put(self, element: Element, words: str) -> None:
        """Append words; a character that XML cannot hold becomes a marker."""
        if not words:
            return
        if self._plain or NO_XML.search(words) is None:
            if element.below:
                element.below[-1].tail += words
            else:
                element.text = (element.text or "") + words
            return
        at = 0
        for match in NO_XML.finditer(words):
            self._put(element, words[at : match.start()])
            element.add("marker", {"name": "character", "v:character": f"{ord(match[0]):04x}"})
            at = match.end()
        self._put(element, words[at:])


def _differing(branch: Branch, text: str, kind: str, even: bool) -> str:
    """What of a node does not follow from its element and pieces: attributes of our own."""
    node = branch.node
    found: dict[str, str] = {}
    if node.kind != kind:
        found["v:kind"] = node.kind
    if node.parent != branch.within:
        found["v:top" if node.parent is None else "v:parent"] = "true" if node.parent is None else escaped(node.parent)
    label, heading, words, start, end = words_of(text, node.kind, node.role, branch.pieces, node.start, even)
    if node.label != label:
        found["v:label"] = escaped(node.label)
    if node.heading != heading:
        found["v:heading"] = escaped(node.heading)
    if node.text != words:
        found["v:text"] = escaped(node.text)
    if node.start != start:
        found["v:start"] = str(node.start)
    if node.end != end:
        found["v:end"] = str(node.end)
    if node.cells and not branch.gridded:
        found["v:cells"] = " ".join(f"{cell.row},{cell.column},{cell.start},{cell.end}" for cell in node.cells)
    return attributes_of(found) if found else ""


def _by_piece(pieces: list[Piece], marks: list[Mark]) -> dict[Piece, list[Mark]]:
    """The marks of each piece, outer before inner; a mark across several stands in each."""
    found: dict[Piece, list[Mark]] = {}
    starts = [piece.start for piece in pieces]
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        k = max(0, bisect_right(starts, mark.start) - 1)
        while k and pieces[k - 1].end > mark.start:
            k -= 1  # stretches that overlap
        while k < len(pieces) and pieces[k].start < mark.end:
            if pieces[k].end > mark.start:
                found.setdefault(pieces[k], []).append(mark)
            k += 1
    return found

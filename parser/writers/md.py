"""A reading copy as Markdown: an anchor for each node, links to what is cited, a table of contents.

Guaranteed: what stands outside the blocks between ``<!-- vanban -->`` and ``<!-- /vanban -->`` (contents, list of what is cited) is the
document, every printed character in its order; any reader of CommonMark with tables shows it.
"""

from __future__ import annotations

import re
from html import escape

from ..akoma import NO_XML, Piece, flat
from ..model import Document
from ._branches import Branch, grow
from ._copy import HEADED, Cited, Cursor, Link, anchor_of, cited, contents, gap_of, grid, lined, links, stretches

OPEN, CLOSE = "<!-- vanban -->", "<!-- /vanban -->"
_ACTIVE = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w+;)|!(?=\[)")
_LEADING = re.compile(r"(?=(?:#{1,6}|[-+=]+|\d{1,9}[.)])(?:\s|$)|[-+=]{2,}\s*$)(\d*)(.)")
_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_LISTED = re.compile(r"[-+*]")


def md(document: Document) -> str:
    """The copy, ending in a newline; the same document always gives the same text."""
    return _Copy(document).whole()


class _Copy:
    """One copy, written in order."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self.tops = grow(document.nodes, document.text)
        self.list, anchors = cited(document)
        self.links = links(document, anchors)
        self.cursor = Cursor(document.text)
        self.blocks: list[str] = []

    def whole(self) -> str:
        """The copy as text."""
        entries = contents(self.tops, self.text)
        titled = False
        for branch in self.tops:
            if entries and not titled and branch.node.kind not in ("preamble", "recital", "note"):
                titled = True
                lines = [f"{'  ' * entry.depth}- [{_safe(entry.words)}](#{_place(entry.anchor)})" for entry in entries]
                self.blocks.append("\n".join([OPEN, "**Mục lục**", "", *lines, "", CLOSE]))
            self._node(branch, 2, "")
        self._between(Piece("p", len(self.text), len(self.text)), "")
        if self.list:
            rows = [f'{k}. <a id="{one.anchor}"></a>{_entry(one)}' for k, one in enumerate(self.list, 1)]
            self.blocks.append("\n".join([OPEN, "**Văn bản được viện dẫn**", "", *rows, "", CLOSE]))
        return "\n\n".join(self.blocks) + "\n"

    def _node(self, branch: Branch, level: int, indent: str) -> None:
        node = branch.node
        kind = node.kind
        if branch.gridded:
            self._table(branch, indent)
            return
        anchor = f'<a id="{escape(anchor_of(node.id))}"></a>'
        head = [piece for piece in branch.pieces if piece.what != "p"]
        own = [piece for piece in branch.pieces if piece.what == "p"]
        inner = indent
        if head and (kind in HEADED or (kind == "heading" and node.heading)):
            self._between(head[0], indent)
            words = self._joined(head, [self._words(piece) for piece in head])
            self.blocks.append(f"{indent}{'#' * min(level, 6)} {anchor}{words}")
            for piece in own:
                self._between(piece, indent)
                self.blocks.append(_led(indent, self._words(piece)))
            level += 1
        elif kind == "bullet" and _LISTED.fullmatch(node.label) and head and own:
            self._between(head[0], indent)
            mark = self.text[slice(*self.cursor.take(head[0]))]
            words = "".join(self._words(piece) for piece in own)
            self.blocks.append(f"{indent}{mark} {anchor}{_start(words)}")
            inner = indent + "  "
        elif branch.pieces:
            self._between(branch.pieces[0], indent)
            broken = "  \n" + indent if lined(node) else ""
            words = self._joined(branch.pieces, [self._words(piece, lined=broken) for piece in branch.pieces])
            if node.role == "type" and kind == "preamble":
                self.blocks.append(f"{indent}# {anchor}{flat(words)}")
            else:
                quote = "> " if kind == "quotation" else ""
                self.blocks.append(_led(indent, words, anchor, quote))
        else:
            self.blocks.append(indent + anchor)
        for child in branch.below:
            self._node(child, level, inner)

    def _joined(self, pieces: list[Piece], words: list[str]) -> str:
        made = words[0]
        for before, piece, more in zip(pieces, pieces[1:], words[1:], strict=False):
            made += (" " if gap_of(self.text, before, piece) else "") + more
        return made

    def _table(self, branch: Branch, indent: str) -> None:
        """A pipe table: its first row is the head, for Markdown has no table without one."""
        anchor = f'<a id="{escape(anchor_of(branch.node.id))}"></a>'
        lines = []
        for k, (identity, columns) in enumerate(grid(branch)):
            cells = []
            for cell in columns:
                words = []
                for piece in cell:
                    self._between(piece, indent)
                    words.append(self._words(piece, lined="<br>"))
                cells.append("<br>".join(words))
            mark = anchor if not k else ""
            mark += f'<a id="{escape(anchor_of(identity))}"></a>' if identity else ""
            lines.append(f"{indent}| {mark}{' | '.join(cells)} |")
            if not k:
                lines.append(f"{indent}|{' --- |' * len(columns)}")
        self.blocks.append("\n".join(lines))

    def _between(self, piece: Piece, indent: str) -> None:
        before = self.cursor.before(piece)
        if before is not None:
            self.blocks.append(_led(indent, self._stretch(*before)))

    def _words(self, piece: Piece, *, lined: str = "") -> str:
        return self._stretch(*self.cursor.take(piece), lined=lined)

    def _stretch(self, start: int, end: int, *, lined: str = "") -> str:
        made = []
        for first, last, link in stretches(start, end, self.links):
            raw = self.text[first:last]
            words = _lines(raw, lined) if lined else _safe(raw)
            made.append(words if link is None else _linked(words, link))
        return "".join(made).strip()


def _safe(words: str) -> str:
    """Words in which no character means anything to Markdown, on one line."""
    lead = " " if words[:1].isspace() else ""
    tail = " " if words[-1:].isspace() and words.strip() else ""
    return lead + _ACTIVE.sub(lambda match: "\\" + match[0], flat(NO_XML.sub("\ufffd", words))) + tail


def _lines(words: str, broken: str) -> str:
    """Lines with what breaks them; what follows a break begins a line, and nothing else."""
    first, *others = _BREAK.split(words)
    return broken.join([_safe(first), *(_start(_safe(line)) for line in others)])


def _start(words: str) -> str:
    """Words at the beginning of a block: what would begin a list or a heading is escaped."""
    return _LEADING.sub(lambda match: f"{match[1]}\\{match[2]}", words, count=1) if _LEADING.match(words) else words


def _led(indent: str, words: str, anchor: str = "", quote: str = "") -> str:
    # after an anchor nothing begins a block any more
    return f"{indent}{quote}{anchor}{words if anchor else _start(words)}"


def _linked(words: str, link: Link) -> str:
    inner = words.strip()
    lead, tail = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{lead}[{inner}](#{_place(link.anchor)}){tail}"


def _place(anchor: str) -> str:
    return re.sub(r"[()<>\\]", lambda match: f"%{ord(match[0]):02X}", anchor)


def _entry(one: Cited) -> str:
    facts = f" ({_safe(one.facts)})" if one.facts else ""
    told = f" `{one.id}`" if one.id else ""
    if one.candidates:
        told = " một trong: " + ", ".join(f"`{candidate}`" for candidate in one.candidates)
    places = ", ".join(f"[{k}](#{_place(anchor_of(place))})" for k, place in enumerate(one.places, 1))
    return f"{_safe(one.name)}{facts}{told}{' · ' + places if places else ''}"

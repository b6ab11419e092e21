"""A reading copy as one HTML page: contents, an anchor for each node, links to what is cited; to read on a screen and to print.

Guaranteed: inside ``<article id="van-ban">`` stands every printed character of the document, in its order, and nothing else.
The page needs nothing from outside: no script, no font, no picture.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path

from ..akoma import NO_XML, Piece
from ..model import Document
from ._branches import Branch, grow
from ._copy import HEADED, Cited, Cursor, Entry, Link, anchor_of, cited, contents, date_of, gap_of, grid, lined, links, stretches

_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_STYLE = Path(__file__).with_name("page.css")

_LEFT, _RIGHT = frozenset(("issuer", "number")), frozenset(("motto", "place_date"))


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")


def html(document: Document) -> str:
    """The page, ending in a newline; the same document always gives the same page."""
    return _Page(document).whole()


class _Page:
    """One page, written in order."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self.tops = grow(document.nodes, document.text)
        self.list, anchors = cited(document)
        self.links = links(document, anchors)
        self.cursor = Cursor(document.text)
        self.out: list[str] = []
        self.page = document.nodes[0].page if document.nodes else None
        self.side = ""
        self.given: set[str] = set()

    def whole(self) -> str:
        """The page as text."""
        instrument = self.document.instrument
        named = " ".join(filter(None, (instrument.type, instrument.number))) or self.document.source.name
        title = ": ".join(filter(None, (named, instrument.title)))
        out = self.out
        out.append(
            f'<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n<title>{_safe(title)}</title>\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="generator" content="vanban">\n'
        )
        for name, value in (
            ("DC.title", title), ("DC.identifier", instrument.id), ("DC.date", instrument.date), ("DC.creator", instrument.issuer),
        ):  # fmt: skip
            if value:
                out.append(f'<meta name="{name}" content="{_safe(value)}">\n')
        out.append(f"<style>\n{_style()}</style>\n</head>\n<body>\n")
        out.append('<a class="skip" href="#van-ban">Đến văn bản</a>\n<div class="page">\n<div class="side">\n')
        self._facts(named)
        self._contents(contents(self.tops, self.text))
        out.append('</div>\n<main>\n<article id="van-ban">\n')
        self._tops()
        out.append("</article>\n")
        self._cited()
        out.append("</main>\n</div>\n</body>\n</html>\n")
        return "".join(out)

    # --- beside the document -----------------------------------------------------------------------------------------

    def _facts(self, named: str) -> None:
        instrument = self.document.instrument
        rows = (
            ("Văn bản", named), ("Cơ quan", instrument.issuer), ("Ngày", instrument.date and date_of(instrument.date)),
            ("Hiệu lực", instrument.effective and date_of(instrument.effective)),
            ("Ký", ", ".join(signer.name for signer in instrument.signers if signer.name)),
        )  # fmt: skip
        self.out.append('<dl class="facts" aria-label="Thông tin văn bản">\n')
        self.out += [f"<div><dt>{name}</dt><dd>{_safe(value)}</dd></div>\n" for name, value in rows if value]
        self.out.append("</dl>\n")

    def _contents(self, entries: list[Entry]) -> None:
        if not entries:
            return
        out = self.out
        out.append('<nav aria-label="Mục lục">\n<h2>Mục lục</h2>\n<ol>')
        depth = 0
        for k, entry in enumerate(entries):
            if entry.depth > depth:
                out.append("\n<ol>" * (entry.depth - depth))
            elif k:
                out.append("</li>" + "\n</ol></li>" * (depth - entry.depth))
            depth = entry.depth
            out.append(f'\n<li><a href="#{_safe(entry.anchor)}">{_safe(entry.words)}</a>')
        out.append("</li>" + "\n</ol></li>" * depth + "\n</ol>\n</nav>\n")

    def _cited(self) -> None:
        if not self.list:
            return
        self.out.append('<section class="cited inserted" aria-labelledby="vien-dan">\n<h2 id="vien-dan">Văn bản được viện dẫn</h2>\n<ol>\n')
        for one in self.list:
            self.out.append(f"{_entry(one)}\n")
        self.out.append("</ol>\n</section>\n")

    # --- the document ------------------------------------------------------------------------------------------------

    def _tops(self) -> None:
        """The header in two columns, the body, and at its end recipients beside signatures: all in reading order."""
        holder = grouped = ""
        for branch in self.tops:
            kind, role = branch.node.kind, branch.node.role
            wanted = ""
            if kind == "preamble" and not branch.below and role in _LEFT | _RIGHT | {"rule", "other"}:
                wanted = "header"
            elif kind in ("recipients", "signature", "closing") and not branch.below:
                wanted = "footer"
            opened = {"header": '<header class="head">\n', "footer": '<footer class="end">\n'}
            group = {"recipients": "to", "signature": "sign"}.get(kind, "adoption") if wanted == "footer" else ""
            if group != grouped and grouped:
                self.out.append("</div>\n")
            if wanted != holder:
                self.out.append((f"</{holder}>\n" if holder else "") + opened.get(wanted, ""))
                self.side = ""
            if group and group != grouped:
                self.out.append(f'<div class="{group}">\n')
            holder, grouped = wanted, group
            self._node(branch, 2)
        self.out.append(("</div>\n" if grouped else "") + (f"</{holder}>\n" if holder else ""))
        rest = Piece("p", len(self.text), len(self.text))
        self._between(rest)

    def _node(self, branch: Branch, level: int) -> None:
        node = branch.node
        kind = node.kind
        if branch.gridded:
            self._table(branch)
            return
        titled = kind in HEADED or (kind == "heading" and bool(node.heading))
        if titled:
            self._titled(branch, level)
        elif kind == "quotation":
            self.out.append(f"<blockquote{self._mark(branch, '')}>\n")
            self._paragraph(branch, "")
            self._below(branch, level)
            self.out.append("</blockquote>\n")
        elif kind == "note":
            self.out.append(f"<aside{self._mark(branch, 'note')}>\n")
            self._paragraph(branch, "")
            self._below(branch, level)
            self.out.append("</aside>\n")
        elif branch.below:
            self.out.append(f"<div{self._mark(branch, kind)}>\n")
            self._paragraph(branch, "")
            self._below(branch, level)
            self.out.append("</div>\n")
        else:
            self.side = "left " if node.role in _LEFT else "right " if node.role in _RIGHT else self.side if node.role == "rule" else ""
            long = " long" if node.role == "formula" and node.end - node.start > 60 else ""
            self._paragraph(branch, self._mark(branch, f"{self.side}{node.role or kind}{long}"))

    def _titled(self, branch: Branch, level: int) -> None:
        """A section with its heading; an untitled article's first words stand below its label."""
        node = branch.node
        run = " run" if not node.heading and node.kind == "article" else ""
        self.out.append(f"<section{self._mark(branch, node.kind + run)}>\n")
        head = [piece for piece in branch.pieces if piece.what != "p"]
        if head:
            self._between(head[0])
            self.out.append(f"<h{min(level, 6)}>")
            for k, piece in enumerate(head):
                lined = "<br>" if node.kind in ("chapter", "part", "appendix") else " "
                self.out.append((lined if k else "") + self._words(piece, lined=node.kind == "appendix"))
            self.out.append(f"</h{min(level, 6)}>\n")
        for piece in branch.pieces:
            if piece.what == "p":
                self._between(piece)
                self.out.append(f"<p>{self._words(piece)}</p>\n")
        self._below(branch, level + 1)
        self.out.append("</section>\n")

    def _below(self, branch: Branch, level: int) -> None:
        """What is below a node; bullets beside each other are a list."""
        listing = False
        for child in branch.below:
            item = child.node.kind == "bullet"
            if item != listing:
                self.out.append("<ul>\n" if item else "</ul>\n")
                listing = item
            if item:
                self.out.append(f"<li{self._mark(child, '')}>")
                self._paragraph(child, "")
                self._below(child, level)
                self.out.append("</li>\n")
            else:
                self._node(child, level)
        if listing:
            self.out.append("</ul>\n")

    def _paragraph(self, branch: Branch, mark: str) -> None:
        """A node's own words in one paragraph, its label before them."""
        if not branch.pieces:
            self.out.append(f"<p{mark}></p>\n" if mark else "")
            return
        for k, piece in enumerate(branch.pieces):
            before = self.cursor.before(piece)
            if before is not None:
                self.out.append(f'<p class="between">{self._stretch(*before)}</p>\n')
            blank = " " if k and gap_of(self.text, branch.pieces[k - 1], piece) else ""
            self.out.append((blank if k else f"<p{mark}>") + self._words(piece, lined=lined(branch.node)))
        self.out.append("</p>\n")

    def _table(self, branch: Branch) -> None:
        rows = grid(branch)
        first = [piece for cell in rows[0][1] for piece in cell]
        headed = len(rows) > 1 and all(rows[0][1]) and not any(self.text[p.start : p.end].strip().replace(",", "").isdigit() for p in first)
        self.out.append(f'<div class="scroll" tabindex="0" role="region" aria-label="Bảng"><table{self._mark(branch, "")}>\n')
        for k, (identity, columns) in enumerate(rows):
            tag = "th" if headed and not k else "td"
            mark = f' id="{_safe(self._once(identity))}"' if identity else ""
            self.out.append(f"<tr{mark}>")
            for cell in columns:
                self.out.append('<th scope="col">' if tag == "th" else "<td>")
                for piece in cell:
                    self._between(piece)
                    self.out.append(f"<p>{self._words(piece, lined=True)}</p>")
                self.out.append(f"</{tag}>")
            self.out.append("</tr>\n")
        self.out.append("</table></div>\n")

    # --- words ---------------------------------------------------------------------------------------------------------

    def _mark(self, branch: Branch, classes: str) -> str:
        """The attributes of a node's element: its anchor, its classes, its page where a new one begins."""
        made = f' id="{_safe(self._once(branch.node.id))}"'
        page = branch.node.page
        names = classes.strip()
        if page is not None and page != self.page:
            self.page = page
            names = f"{names} page-at".strip()
            made += f' data-page="{page}" title="trang {page}"'
        return made + (f' class="{_safe(names)}"' if names else "")

    def _once(self, identity: str) -> str:
        made = anchor_of(identity)
        while made in self.given:
            made += "~"
        self.given.add(made)
        return made

    def _between(self, piece: Piece) -> None:
        before = self.cursor.before(piece)
        if before is not None:
            self.out.append(f'<p class="between">{self._stretch(*before)}</p>\n')

    def _words(self, piece: Piece, *, lined: bool = False) -> str:
        start, end = self.cursor.take(piece)
        made = self._stretch(start, end, lined=lined)
        return f'<span class="label">{made}</span>' if piece.what == "num" else made

    def _stretch(self, start: int, end: int, *, lined: bool = False) -> str:
        made = []
        for first, last, link in stretches(start, end, self.links):
            words = _safe(self.text[first:last])
            if lined:
                words = _BREAK.sub("<br>", words)
            made.append(words if link is None else _linked(words, link))
        return "".join(made).strip()


def _linked(words: str, link: Link) -> str:
    state = f' class="{link.state}"' if link.state else ""
    return f'<a href="#{_safe(link.anchor)}"{state}>{words}</a>'


def _entry(one: Cited) -> str:
    facts = f" ({_safe(one.facts)})" if one.facts else ""
    told = f" <code>{_safe(one.id)}</code>" if one.id else ""
    if one.candidates:
        told = " một trong: " + ", ".join(f"<code>{_safe(candidate)}</code>" for candidate in one.candidates)
    places = ", ".join(
        f'<a href="#{_safe(anchor_of(place))}" aria-label="nơi viện dẫn {k}">{k}</a>' for k, place in enumerate(one.places, 1)
    )
    return f'<li id="{one.anchor}">{_safe(one.name)}{facts}{told}{" · " + places if places else ""}</li>'


def _safe(words: str) -> str:
    """Words for HTML; a character that no page can hold becomes U+FFFD."""
    return escape(NO_XML.sub("\ufffd", words))

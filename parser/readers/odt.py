"""OpenDocument text (.odt, .ott, flat .fodt): what LibreOffice prints, in reading order, with list numbers set into the text.

Guaranteed: every printed character of the body, its tables, text boxes and notes is in the text once. Tracked changes are read as
accepted. A note's text follows the paragraph that refers to it, its mark kept as ``[1]``; a text box follows the paragraph it hangs
on. Headers and footers are furniture. What is not printed is left out and a finding says how much. ``source_map`` is empty.
"""

from __future__ import annotations

from typing import Any

from ..model import Finding
from ..reading import Cell, ReadError, Reading
from . import _left_out, _text, _xml, legacy
from ._limits import limits
from ._numbering import symbols, unknown_symbols
from ._odt_styles import DRAW, OFFICE, STYLE, TABLE, TEXT, Counters, ParagraphLook, Styles, whole
from ._runs import Piece, RunLook, put

Element = Any
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

_SILENT = frozenset({
    OFFICE + "annotation", OFFICE + "annotation-end", OFFICE + "forms", OFFICE + "scripts", TEXT + "sequence-decls",
    TEXT + "variable-decls", TEXT + "user-field-decls", TEXT + "hidden-text", TEXT + "hidden-paragraph", TEXT + "toc-mark",
    TEXT + "alphabetical-index-mark", TEXT + "ruby-text", TEXT + "table-of-content-source", TEXT + "number",
})  # fmt: skip
_GROUPS = frozenset({
    TEXT + name
    for name in (
        "section", "index-body", "index-title", "table-of-content", "illustration-index", "table-index", "alphabetical-index",
        "bibliography", "user-index", "object-index",
    )
} | {TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"})  # fmt: skip
_ROWS = frozenset({TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"})


def sniff(data: bytes, name: str) -> bool:
    """A zip container that names itself an OpenDocument text, or a flat one."""
    if data.startswith(b"PK"):
        head = data[:200]
        return b"opendocument.text" in head or (b"mimetype" not in head[:60] and name.lower().endswith((".odt", ".ott")))
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") and b"office:document " in data[:4096] and b":text" in data[:8192]


def read(data: bytes, name: str) -> Reading:
    """Read an .odt; see the module for what is guaranteed."""
    findings: list[Finding] = []
    roots: dict[str, Element] = {}
    if data.startswith(b"PK"):
        package = _xml.Package(data, name)
        manifest = package.read("META-INF/manifest.xml") or b""
        if b"encryption-data" in manifest:
            raise _xml.encrypted(name)
        parts = {part: package.xml(part) for part in ("content.xml", "styles.xml")}
    else:
        parts = {"content.xml": _xml.parse(data, name, "content.xml"), "styles.xml": None}
    for part, found in parts.items():
        if found is not None:
            roots[part] = found.root
            if found.damaged:
                findings.append(_xml.damaged_finding("odt", part, found.damaged))
    if "content.xml" not in roots:
        raise ReadError(name, "không có phần nội dung / it has no content.xml", "Lưu lại bằng LibreOffice / Save it again with LibreOffice")
    if roots["content.xml"].tag not in (OFFICE + "document", OFFICE + "document-content"):
        raise ReadError(
            name,
            "không phải OpenDocument / not an OpenDocument text",
            "Bỏ --format để nhận dạng tệp / Leave --format away: files are told apart",
        )
    return _Document(roots["content.xml"], roots.get("styles.xml"), findings).reading()


class _Document:
    """One reading of one file."""

    def __init__(self, content: Element, styles: Element | None, findings: list[Finding]) -> None:
        self.content, self.common = content, styles
        self.findings = findings
        self.styles = Styles([content] if styles is None else [styles, content])
        self.builder = _text.Builder()
        self.pieces: list[Piece] = []
        self.boxes: list[Element] = []
        self.queue: list[tuple[str, Element]] = []
        self.chains: dict[str, Counters] = {}
        self.by_style: dict[str, Counters] = {}
        self.outline = Counters(self.styles.outline)
        self.label = ""
        self.cell: Cell | None = None
        self.note: str | None = None
        self.noted = True
        self.blank = False
        self.tables = self.deleted = self.hidden = self.comments = self.pictures = self.notes = self.symbols = 0
        self.schemes: set[legacy.Scheme] = set()

    def reading(self) -> Reading:
        for body in self.content.iter(OFFICE + "text"):
            self.blocks(body)
        furniture = self._furniture()
        self._count(furniture)
        return _text.without_page_tables(self.builder.reading(MEDIA_TYPE, findings=self.findings, furniture=furniture))

    # --- blocks ------------------------------------------------------------------------------------------------------------

    def blocks(self, parent: Element) -> None:
        """Paragraphs, lists and tables, whatever they are wrapped in."""
        for element in parent:
            tag = element.tag
            if tag in (TEXT + "p", TEXT + "h"):
                self.paragraph(element)
            elif tag == TEXT + "list":
                self.listing(element, None, 0)
            elif tag == TEXT + "numbered-paragraph":
                self.list_item(element, self._chain(element, None), whole(element.get(TEXT + "level"), 1))
            elif tag == TABLE + "table":
                self.table(element)
            elif tag == TEXT + "tracked-changes":
                self.deleted += sum(1 for _ in element.iter(TEXT + "deletion"))
            elif tag == TEXT + "section" and self._is_hidden_section(element):
                self.hidden += len("".join("".join(element.itertext()).split()))
            elif tag in _GROUPS:
                self.blocks(element)
            elif isinstance(tag, str) and tag.startswith(DRAW):
                self._hanging(element)
                self._after()

    def _is_hidden_section(self, section: Element) -> bool:
        return section.get(TEXT + "display") == "none" or section.get(TEXT + "style-name") in self.styles.hidden_sections

    def listing(self, element: Element, outer: Counters | None, level: int) -> None:
        """A list; lists inside it count one level deeper."""
        counters = outer or self._chain(element, None)
        own = element.get(TEXT + "style-name")
        if outer is not None and own and self.styles.lists.get(own, outer.levels) is not outer.levels:
            counters = self._chain(element, outer)
        level += 1
        for item in element:
            if item.tag == TEXT + "list-item":
                self.list_item(item, counters, level)
            elif item.tag == TEXT + "list-header":
                self.list_item(item, counters, level, header=True)

    def list_item(self, item: Element, counters: Counters, level: int, *, header: bool = False) -> None:
        """An item: its first paragraph bears the label, unless the item only holds a deeper list."""
        lists = 0
        for position, child in enumerate(e for e in item if e.tag != TEXT + "number"):
            if child.tag == TEXT + "list":
                if lists and child.get(TEXT + "continue-numbering") != "true":
                    counters.restart(level + 1)
                lists += 1
                self.listing(child, counters, level)
                continue
            if child.tag in (TEXT + "p", TEXT + "h"):
                if position == 0 and not header:
                    value = item.get(TEXT + "start-value")
                    self.label = counters.label(level, whole(value) if value else None)
                self.paragraph(child, listed=True)
            else:
                self._one(child)

    def _one(self, element: Element) -> None:
        if element.tag == TABLE + "table":
            self.table(element)
        elif element.tag in _GROUPS:
            self.blocks(element)

    def _chain(self, element: Element, outer: Counters | None) -> Counters:
        """The counters of a list: its own, or those of the list it continues."""
        style = element.get(TEXT + "style-name") or ""
        levels = self.styles.lists.get(style) or (outer.levels if outer else {})
        before = element.get(TEXT + "continue-list")
        found = self.chains.get(before) if before else None
        if found is None and element.get(TEXT + "continue-numbering") == "true":
            found = self.by_style.get(style)
        if found is None:
            found = Counters(levels)
        elif levels and levels is not found.levels:
            continued = Counters(levels)
            continued.counts = found.counts
            found = continued
        name = element.get("{http://www.w3.org/XML/1998/namespace}id")
        if name:
            self.chains[name] = found
        self.by_style[style] = found
        return found

    def table(self, table: Element) -> None:
        """A table's cells in row order; merged cells count once, at their first place."""
        outer, index, row_number = self.cell, self.tables, 0
        self.tables += 1
        for row in self._rows(table):
            worded = any(True for _ in row.iter(TEXT + "p", TEXT + "h"))
            repeated = max(1, whole(row.get(TABLE + "number-rows-repeated"), 1))
            for _ in range(min(repeated, limits().max_repeat) if worded else 1):
                self._row(row, index, row_number)
                row_number += 1
            row_number += repeated - 1 if not worded else 0
        self.cell = outer

    def _rows(self, table: Element) -> list[Element]:
        rows: list[Element] = []
        for element in table:
            if element.tag == TABLE + "table-row":
                rows.append(element)
            elif element.tag in _ROWS:
                rows += self._rows(element)
        return rows

    def _row(self, row: Element, index: int, number: int) -> None:
        column = 0
        for cell in row:
            if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                continue
            repeated = max(1, whole(cell.get(TABLE + "number-columns-repeated"), 1))
            if cell.tag == TABLE + "table-cell" and len(cell):
                for at in range(min(repeated, limits().max_repeat)):
                    self.cell = Cell(index, number, column + at)
                    self.blocks(cell)
            column += repeated

    def paragraph(self, paragraph: Element, *, listed: bool = False) -> None:
        """One paragraph or heading, then what hangs on it: text boxes and notes."""
        look = self.styles.look("paragraph", paragraph.get(TEXT + "style-name"))
        heading = 0
        if paragraph.tag == TEXT + "h":
            heading = whole(paragraph.get(TEXT + "outline-level"), 1)
            if not listed and paragraph.get(TEXT + "is-list-header") != "true":
                value = paragraph.get(TEXT + "start-value")
                self.label = self.outline.label(heading, whole(value) if value else None)
        mark = f"[{self.note}] " if self.note and not self.noted else ""
        self.noted = True
        label, self.label = self.label, ""
        self.inline(paragraph, look.run)
        self._end(look.paragraph, heading or look.paragraph.outline or 0, mark + (label + " " if label.strip() else ""))

    def _end(self, look: ParagraphLook, heading: int, label: str) -> None:
        pieces, self.pieces = self.pieces, []
        self.builder.look = _text.Look(
            centred=bool(look.centred), indent=look.indent, heading=min(heading, 9), cell=self.cell, note=self.note
        )
        self.builder.add_label(label)
        put(pieces, self.builder, self.schemes)
        self.builder.end()
        self._after()

    def _after(self) -> None:
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.blocks(box)
        queue, self.queue = self.queue, []
        outer = self.note
        for self.note, note in queue:
            self.noted = False
            self.blocks(note)
        self.note, self.noted = outer, True

    # --- inside a paragraph ------------------------------------------------------------------------------------------------

    def inline(self, parent: Element, look: RunLook) -> None:
        """The text of a paragraph with all it is wrapped in; white space of the XML is one blank."""
        self._add(parent.text, look)
        for element in parent:
            tag = element.tag
            if not isinstance(tag, str) or tag in _SILENT:
                self.comments += tag == OFFICE + "annotation"
            elif tag == TEXT + "s":
                self._piece(" " * min(max(1, whole(element.get(TEXT + "c"), 1)), 1000), look)
            elif tag == TEXT + "tab":
                self._piece("\t", look)
            elif tag == TEXT + "line-break":
                self._piece("\n", look)
            elif tag == TEXT + "span":
                self.inline(element, self.styles.look("text", element.get(TEXT + "style-name")).run.over(look))
            elif tag == TEXT + "note":
                self._note(element, look)
            elif tag.startswith(DRAW):
                self._hanging(element)
            elif tag in (TEXT + "p", TEXT + "h", TEXT + "list", TABLE + "table"):
                self.boxes.append(parent)
                return
            else:
                self.inline(element, look)
            self._add(element.tail, look)

    def _add(self, text: str | None, look: RunLook) -> None:
        if text:
            text = _text.collapse(text)
            if text.startswith(" ") and (self.blank or not self.pieces):
                text = text[1:]
            self._piece(text, look)
            self.blank = text.endswith(" ") if text else self.blank

    def _piece(self, text: str, look: RunLook) -> None:
        if look.hidden:
            self.hidden += len(text.strip())
        elif text:
            self.blank = False
            text = symbols(text, look.font)
            self.symbols += unknown_symbols(text)
            self.pieces.append(Piece(text, look))

    def _note(self, note: Element, look: RunLook) -> None:
        citation, body = note.find(TEXT + "note-citation"), note.find(TEXT + "note-body")
        mark = "" if citation is None else (citation.get(TEXT + "label") or "".join(citation.itertext())).strip()
        self.notes += 1
        mark = mark or str(self.notes)
        self._piece(f"[{mark}]", look)
        if body is not None:
            self.queue.append((mark, body))

    def _hanging(self, shape: Element) -> None:
        """Text boxes and shapes with text wait for the paragraph's end; a picture is counted."""
        pending = [shape]
        while pending:
            element = pending.pop()
            tag = element.tag
            if not isinstance(tag, str) or not tag.startswith(DRAW):
                continue
            if tag == DRAW + "text-box" or any(child.tag in (TEXT + "p", TEXT + "list") for child in element):
                self.boxes.append(element)
                continue
            if tag == DRAW + "image":
                self.pictures += 1
            pending.extend(reversed(element))

    # --- the rest ----------------------------------------------------------------------------------------------------------

    def _furniture(self) -> tuple[str, ...]:
        """The paragraphs of headers and footers, as printed; their own automatic styles count there."""
        if self.common is None:
            return ()
        kept = self.builder, self.deleted, self.hidden, self.pictures, self.styles
        self.builder, self.styles = _text.Builder(), Styles([self.common])
        names = [STYLE + side + kind for kind in ("", "-left", "-first") for side in ("header", "footer")]
        for page in self.common.iter(STYLE + "master-page"):
            for element in page:
                if element.tag in names:
                    self.blocks(element)
        lines = dict.fromkeys(self.builder.reading("").text.split("\n"))
        self.builder, self.deleted, self.hidden, self.pictures, self.styles = kept
        return tuple(line for line in lines if line)

    def _count(self, furniture: tuple[str, ...]) -> None:
        self.findings += _left_out.counted(
            "odt", deleted=self.deleted, hidden=self.hidden, comments=self.comments, symbols=self.symbols, pictures=self.pictures,
            furniture=furniture,
        )  # fmt: skip
        if self.schemes:
            self.findings.append(legacy.finding(self.schemes))

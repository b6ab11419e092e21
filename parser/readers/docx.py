"""Word's .docx (and .docm, .dotx): what Word prints, in reading order, with automatic numbers set into the text.

Guaranteed: every printed character of the body, its tables, text boxes, footnotes and endnotes is in the text once. Tracked changes
are read as accepted, fields as their results, alternatives (a text box is stored twice) once. A footnote's text follows the paragraph
that refers to it, its mark kept as ``[1]``; a text box follows the paragraph it hangs on. Headers and footers are furniture.
What is not printed (deleted, hidden, comments) is left out and a finding says how much. Automatic labels are in the text but not in
``source_map``, which is empty: a .docx has no text positions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..reading import Cell, Reading
from . import _left_out, _xml, legacy
from ._docx_parts import NAMES, Parts
from ._docx_styles import Numbering, ParagraphLook, Styles, W, number, on, paragraph_look, run_look
from ._numbering import printed, symbol, symbols, unknown_symbols
from ._runs import Piece, RunLook, put
from ._text import SOFT, Builder, Look, without_page_tables

Element = Any
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_THROUGH = frozenset({  # hold what is printed, and mean nothing to the reading
    "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdt", "w:sdtContent", "w:hyperlink", "w:fldSimple", "w:bdo", "w:dir",
    "w:ruby", "w:rubyBase", "w:subDoc", "m:oMathPara", "m:oMath", "dgm:ptLst", "dgm:pt", "dgm:t",
})  # fmt: skip
_GONE = frozenset({"w:del", "w:moveFrom"})
_RUN_BREAKS = {"w:cr": "\n", "w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "-", "w:softHyphen": SOFT}
_PICTURE = 900_000
"""Smallest side, in English Metric Units (2.5 cm), of a picture that may hold words."""


def sniff(data: bytes, name: str) -> bool:
    """A zip container with a word processing document inside, or the OLE container of an encrypted one."""
    if _xml.is_encrypted_office(data):
        return name.lower().endswith((".docx", ".docm", ".dotx", ".dotm")) or not name.lower().endswith((".xlsx", ".pptx"))
    if not data.startswith(b"PK"):
        return False
    if b"word/document.xml" in data or b"wordprocessingml" in data:
        return True
    return b"opendocument" not in data[:200] and name.lower().endswith((".docx", ".docm", ".dotx", ".dotm"))


def read(data: bytes, name: str) -> Reading:
    """Read a .docx; see the module for what is guaranteed."""
    if _xml.is_encrypted_office(data):
        raise _xml.encrypted(name)
    return _Document(_xml.Package(data, name)).reading()


class _Document:
    """One reading of one file."""

    def __init__(self, package: _xml.Package) -> None:
        self.parts = Parts(package)
        self.findings = self.parts.findings
        self.builder = Builder()
        self.styles = Styles(self.parts.related("styles"), self.parts.theme_fonts())
        self.numbering = Numbering(self.parts.related("numbering"), self.styles)
        self.notes = {kind: self.parts.notes(kind) for kind in ("footnote", "endnote")}
        self.note_formats, self.note_counts = self.parts.note_numbers()
        self.pieces: list[Piece] = []
        self.boxes: list[Element] = []
        self.queue: list[tuple[str, Element]] = []
        self.fields: list[bool] = []
        self.held: list[tuple[int, Piece]] = []
        self.cell: Cell | None = None
        self.note: str | None = None
        self.tables = 0
        self.embedded = False
        self.deleted = self.hidden = self.comments = self.pictures = self.symbols = 0
        self.schemes: set[legacy.Scheme] = set()

    # --- blocks ------------------------------------------------------------------------------------------------------------

    def reading(self) -> Reading:
        for element in self.parts.main:
            if NAMES[element.tag] == "w:body":
                self.blocks(element)
        self.end_paragraph(ParagraphLook(), None, None)
        furniture = self._furniture()
        self._count_findings(furniture)
        return without_page_tables(self.builder.reading(MEDIA_TYPE, findings=self.findings, furniture=furniture))

    def blocks(self, parent: Element) -> None:
        """Paragraphs and tables, whatever they are wrapped in."""
        for element in parent:
            tag = NAMES[element.tag]
            if tag == "w:p":
                self.paragraph(element)
            elif tag == "w:tbl":
                self.table(element)
            elif tag in _THROUGH:
                self.blocks(element)
            elif tag in _GONE:
                self.deleted += 1
            elif tag == "mc:AlternateContent":
                for chosen in self._choice(element):
                    self.blocks(chosen)
            elif tag == "w:altChunk":
                self.embedded = True
            elif tag == "a:p":  # a paragraph of a diagram
                self._add("".join(t.text or "" for t in element.iter() if NAMES[t.tag] == "a:t"), RunLook())
                self.end_paragraph(ParagraphLook(), None, None)

    def table(self, table: Element) -> None:
        """A table's cells in row order; merged cells count once, at their first place."""
        outer, index = self.cell, self.tables
        self.tables += 1
        for row_number, row in enumerate(self._inside(table, "w:tr")):
            properties = row.find(W + "trPr")
            column = 0
            if properties is not None:
                if properties.find(W + "del") is not None:
                    self.deleted += 1
                    continue
                column = max(0, number(properties.find(W + "gridBefore")) or 0)
            for cell in self._inside(row, "w:tc"):
                said = cell.find(W + "tcPr")
                width = 1
                if said is not None:
                    width = min(max(1, number(said.find(W + "gridSpan")) or 1), 1000)
                    if said.find(W + "cellDel") is not None:
                        self.deleted += 1
                        continue
                self.cell = Cell(index, row_number, column)
                self.blocks(cell)
                column += width
        self.cell = outer

    def _inside(self, parent: Element, wanted: str) -> Iterator[Element]:
        """The rows of a table or the cells of a row, through the wrappers they may stand in."""
        for element in parent:
            tag = NAMES[element.tag]
            if tag == wanted:
                yield element
            elif tag in _THROUGH:
                yield from self._inside(element, wanted)
            elif tag in _GONE:
                self.deleted += 1

    def paragraph(self, paragraph: Element) -> None:
        """One paragraph; with a deleted paragraph mark it runs on into the next."""
        properties = paragraph.find(W + "pPr")
        style = self.styles.paragraph_style(properties)
        mark = None if properties is None else properties.find(W + "rPr")
        base = self.styles.run(style).over(self.styles.base_run)
        self.inline(paragraph, base)
        if mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None):
            return
        look = paragraph_look(properties).over(self.styles.paragraph(style))
        hidden = mark is not None and on(mark, "vanish")
        self.end_paragraph(look, style, hidden)

    def end_paragraph(self, look: ParagraphLook, style: str | None, hidden: bool | None) -> None:
        """Put what was collected into the text, then what hangs on it: text boxes and notes."""
        for place, piece in reversed(self.held):  # a field that never came to its result
            self.pieces.insert(min(place, len(self.pieces)), piece)
        self.held.clear()
        self.fields = [True] * len(self.fields)
        pieces, self.pieces = self.pieces, []
        found = None if hidden and not pieces else self.numbering.label(look, style)
        if found is not None:
            look = look.over(found[1].look)
        self.builder.look = Look(centred=bool(look.centred), indent=look.indent, heading=look.heading or 0, cell=self.cell, note=self.note)
        if found is not None:
            self.builder.add_label(found[0])
        put(pieces, self.builder, self.schemes)
        self.builder.end()
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.blocks(box)
        queue, self.queue = self.queue, []
        outer = self.note
        for self.note, element in queue:
            self.blocks(element)
        self.note = outer

    # --- inside a paragraph ------------------------------------------------------------------------------------------------

    def inline(self, parent: Element, base: RunLook) -> None:
        """The runs of a paragraph, whatever they are wrapped in."""
        for element in parent:
            tag = NAMES[element.tag]
            if tag == "w:r":
                self.run(element, base)
            elif tag in _THROUGH:
                self.inline(element, base)
            elif tag in _GONE:
                self.deleted += 1
            elif tag == "mc:AlternateContent":
                for chosen in self._choice(element):
                    self.inline(chosen, base)
            elif tag == "m:f":
                self._fraction(element, base)
            elif tag == "m:r":
                self._add("".join(t.text or "" for t in element if NAMES[t.tag] == "m:t"), base)
            elif tag.startswith("m:") and not tag.endswith("Pr"):
                self.inline(element, base)
            elif tag == "w:p":  # a paragraph inside a paragraph's wrapper: a text box of a careless program
                self.boxes.append(parent)
                return

    def _fraction(self, fraction: Element, base: RunLook) -> None:
        for position, element in enumerate(e for e in fraction if NAMES[e.tag] in ("m:num", "m:den")):
            if position:
                self._add("/", base)
            self.inline(element, base)

    def run(self, run: Element, base: RunLook) -> None:
        """One run: its text, and what hangs on it."""
        properties = run.find(W + "rPr")
        look = base
        if properties is not None:
            named = properties.find(W + "rStyle")
            if named is not None:
                look = self.styles.run(named.get(W + "val")).over(look)
            look = run_look(properties, self.styles.themes).over(look)
        for element in run:
            self._run_child(element, look)

    def _run_child(self, element: Element, look: RunLook) -> None:
        tag = NAMES[element.tag]
        if tag == "w:t":
            self._add(element.text or "", look)
        elif tag in _RUN_BREAKS:
            self._add(_RUN_BREAKS[tag], look)
        elif tag == "w:br":
            self._add("\n", look)
        elif tag == "w:sym":
            self._sym(element, look)
        elif tag == "w:fldChar":
            self._field(element.get(W + "fldCharType"))
        elif tag in ("w:footnoteReference", "w:endnoteReference"):
            self._note_mark(tag[2:-9], element, look)
        elif tag in ("w:footnoteRef", "w:endnoteRef"):
            self._add(f"[{self.note}] ", look)
        elif tag == "w:commentReference":
            self.comments += 1
        elif tag in ("w:drawing", "w:pict", "w:object"):
            self._hanging(element)
        elif tag == "mc:AlternateContent":
            for chosen in self._choice(element):
                for inner in chosen:
                    self._run_child(inner, look)
        elif tag == "w:ruby":
            self.inline(element, look)
        elif tag == "w:delText":
            self.deleted += 1

    def _add(self, text: str, look: RunLook) -> None:
        if not text:
            return
        if look.hidden:
            self.hidden += len(text.strip())
            return
        if len(text) > 1 and "\n" in text:  # a raw line break in XML text is a blank to Word
            text = text.replace("\n", " ")
        text = symbols(text, look.font)
        self.symbols += unknown_symbols(text)
        piece = Piece(text, look)
        if self.fields and not all(self.fields):
            self.held.append((len(self.pieces), piece))
        else:
            self.pieces.append(piece)

    def _sym(self, element: Element, look: RunLook) -> None:
        try:
            char = chr(int(element.get(W + "char", ""), 16))
        except (ValueError, OverflowError):
            return
        self._add(symbol(char, element.get(W + "font")), look)

    def _field(self, kind: str | None) -> None:
        """A field's instruction is not printed, its result is. ``self.fields``: for each open field, whether its result has begun."""
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()
            if not self.fields:
                self.held.clear()

    def _note_mark(self, kind: str, reference: Element, look: RunLook) -> None:
        if self.fields and not all(self.fields):
            return
        note = self.notes[kind].get(reference.get(W + "id"))
        if on_attribute(reference.get(W + "customMarkFollows")):
            texts = [sibling.text or "" for sibling in reference.getparent() if NAMES[sibling.tag] == "w:t"]
            mark = "".join(texts).strip() or "*"
        else:
            self.note_counts[kind] += 1
            mark = printed(self.note_counts[kind], self.note_formats[kind])
            self._add(f"[{mark}]", look)
        if note is not None:
            self.queue.append((mark, note))

    def _choice(self, alternative: Element) -> list[Element]:
        """The one branch to read: the first choice that holds anything, else the fallback."""
        branches = [e for e in alternative if NAMES[e.tag] in ("mc:Choice", "mc:Fallback")]
        worded = (b for b in branches if any(NAMES[e.tag] in ("w:t", "m:t", "w:sym", "dgm:relIds") for e in b.iter()))
        return [found] if (found := next(worded, None)) is not None else branches[:1]

    def _hanging(self, shape: Element) -> None:
        """Text boxes and word art of a drawing wait for the paragraph's end; a picture is counted."""
        pending = [shape]
        while pending:
            element = pending.pop()
            tag = NAMES[element.tag]
            if tag == "w:txbxContent":
                self.boxes.append(element)
                continue
            if tag == "mc:AlternateContent":
                pending.extend(self._choice(element))
                continue
            if tag == "dgm:relIds":
                diagram = self.parts.by_id(element.get(_R + "dm"))
                self.boxes += [] if diagram is None else [diagram]
            if tag == "a:blip" or (tag == "v:imagedata" and element.get(_R + "id")):
                self.pictures += _may_hold_words(shape)
            pending.extend(reversed(element))

    # --- the rest ----------------------------------------------------------------------------------------------------------

    def _furniture(self) -> tuple[str, ...]:
        """The paragraphs of headers and footers, as printed."""
        kept = self.builder, self.boxes, self.queue, self.pieces, self.fields, self.deleted, self.hidden, self.pictures
        lines: dict[str, None] = {}
        for root in self.parts.headers_and_footers():
            self.builder = Builder()
            self.blocks(root)
            lines.update(dict.fromkeys(self.builder.reading("").text.split("\n")))
        self.builder, self.boxes, self.queue, self.pieces, self.fields, self.deleted, self.hidden, self.pictures = kept
        return tuple(line for line in lines if line)

    def _count_findings(self, furniture: tuple[str, ...]) -> None:
        if self.embedded:
            self.findings.append(_left_out.finding("docx", "embedded"))
        self.findings += _left_out.counted(
            "docx", deleted=self.deleted, hidden=self.hidden, comments=self.comments, symbols=self.symbols, pictures=self.pictures,
            furniture=furniture,
        )  # fmt: skip
        if self.schemes:
            self.findings.append(legacy.finding(self.schemes))


def on_attribute(value: str | None) -> bool:
    """An on/off attribute."""
    return value in ("1", "true", "on")


def _may_hold_words(shape: Element) -> int:
    """1 for a picture large enough to hold words (or of unknown size), 0 for a rule, a bullet, an emblem."""
    for element in shape.iter():
        if isinstance(element.tag, str) and element.tag.endswith("}extent"):
            try:
                return int(min(int(element.get("cx")), int(element.get("cy"))) >= _PICTURE)
            except (TypeError, ValueError):
                return 1
    return 1

"""Web pages: saved from portals (vbpl.vn, thuvienphapluat.vn, congbao …), written by Word, or packed as MHTML.

Guaranteed: every character that the document prints is in the text; white space of the source is one blank, a non-breaking blank
stays, ``<br>`` ends a line inside its paragraph. The site's own furniture (menus, bread crumbs, tabs) and hidden text are taken off
by general rules (:mod:`._html_main`): furniture is kept as such, and findings say how much. A page's scripts are never run;
a document that stands only in the page's data is taken from there when nothing is rendered. ``source_map`` is empty.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec

from ..model import Finding
from ..reading import Cell, ReadError, Reading
from . import _html_main, _html_source, _html_style, _xml, legacy
from ._limits import limits
from ._numbering import printed
from ._runs import decode
from ._table_cells import TableCells, whole
from ._text import Builder, Look, raised, without_page_tables

Element = Any
MEDIA_TYPE = "text/html"

_HEADS = (b"<!doctype html", b"<html", b"<head", b"<body")
_TAGS = re.compile(rb"<(?:p|div|table|span|center|font|h[1-6]|br|meta|title|style)[\s>/]", re.IGNORECASE)
_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_ITALIC = frozenset({"i", "em", "cite", "dfn", "var", "address"})
_HEADING = re.compile(r"h([1-6])")
_NOTE = re.compile(r"(?:_?(?:ftn|edn)|fn|footnote|note)[-_:]?(\d{1,4})", re.IGNORECASE)
_NOTE_BACK = re.compile(r"#(?:_?(?:ftn|edn)ref|fnref|footnote-?ref|ref)[-_:]?(\d{1,4})", re.IGNORECASE)
_MARKED = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđA-ZĐ][.)]|[IVX]{1,5}\.|[-+•*–▪o]\s|Điều\s)")
_KINDS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {
    "decimal": "decimal", "decimal-leading-zero": "decimalZero", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter", "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "disc": "•", "circle": "○", "square": "▪", "none": "",
}  # fmt: skip
_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]{0,40})(?=[\s/])[^<>]{20000,}>")
_FEW = 200
_SMALL = 3_000


def sniff(data: bytes, name: str) -> bool:
    """By the first tags; a page of tags without ``<html>`` needs a fitting name or several tags at its start."""
    if _html_source.is_mhtml(data):
        return True
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not head.startswith(b"<"):
        return False
    if any(mark in head for mark in _HEADS):
        return True
    if head.startswith(b"<?xml") or name.lower().endswith((".md", ".markdown", ".txt")):
        return False
    return name.lower().endswith((".html", ".htm", ".xhtml", ".aspx", ".doc")) or len(_TAGS.findall(head)) >= 3


def read(data: bytes, name: str) -> Reading:
    """Read a web page; see the module for what is guaranteed."""
    source, encoding, findings = _html_source.decode(data, name)
    etree = _xml.lxml_etree(name, "html")
    if len(source) > limits().max_markup or source.count("<") > 2 * limits().max_nodes:
        raise ReadError(
            name, f"quá lớn / too large: {len(source):,} characters of HTML",
            "Chia nhỏ tệp hoặc nâng giới hạn / Split the file, or raise the limits max_markup and max_nodes (readers._limits.bounded)",
        )  # fmt: skip
    body, problem = _parse(source, etree)
    # the builder composes, and says so; places are in the source, from which no map leads into the text
    found = [msgspec.structs.replace(finding, start=0, end=0) for finding in findings if finding.code != "text.nfd"]
    if body is None or problem:
        if problem:
            found.append(_finding(
                "depth", "warning", "Trang lồng nhau quá sâu: chỉ lấy chữ, không lấy định dạng, bảng; hãy đối chiếu với bản gốc",
                f"The page's tags are nested too deeply: text is kept, style and tables are not; compare with the original ({problem})",
            ))  # fmt: skip
        builder = Builder()
        _html_source.strip_tags(source, builder)
        return builder.reading(MEDIA_TYPE, encoding=encoding, findings=found)
    page = _Page(body, etree)
    if page.printed < _FEW and (inner := _html_source.from_data(source)):
        other, problem = _parse(inner, etree)
        second = None if other is None or problem else _Page(other, etree)
        if second is not None and second.printed > page.printed:
            page = second
            found.append(_finding(
                "data", "info", "Trang không hiện văn bản; đã lấy từ dữ liệu kèm trong trang",
                "The page renders no document; it was taken from the data in the page",
            ))  # fmt: skip
    return page.reading(encoding, found)


def _parse(source: str, etree: Any) -> tuple[Element | None, str]:
    """The body of the page, and what went so wrong that words may be missing."""
    source = _LONG_TAG.sub(r"<\1>", source)  # attributes of one tag cost the square of their number
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, etree.ParserError, ValueError):
        return None, ""
    problem = next((e.message for e in parser.error_log if e.level >= 3), "")  # fatal: the parser stopped there
    if root is None:
        return None, problem
    return (root.find("body") if root.tag == "html" and root.find("body") is not None else root), problem


def _finding(what: str, severity: Any, vietnamese: str, english: str) -> Finding:
    return Finding(code=f"reader.html.{what}", severity=severity, message=f"{vietnamese} / {english}")


class _Context(NamedTuple):
    """What holds at a place in the page, inherited from the elements around it."""

    bold: bool = False
    italic: bool = False
    caps: bool = False
    raised: bool = False
    verbatim: bool = False
    font: str | None = None
    centred: bool = False
    indent: int = 0
    heading: int = 0
    cell: Cell | None = None
    note: str | None = None
    listing: _List | None = None
    table: TableCells | None = None


class _List:
    """An ``ol`` or ``ul`` with its count."""

    __slots__ = ("kind", "next", "step")

    def __init__(self, kind: str, start: int, step: int) -> None:
        self.kind, self.next, self.step = kind, start, step


class _Page:
    """One page, walked once."""

    def __init__(self, body: Element, etree: Any) -> None:
        self.etree = etree
        self.body = body
        self.builder = Builder()
        sheets = ["".join(s.itertext()) for s in body.getroottree().iter("style")]
        self.rules = _html_style.office_rules(sheets)
        self.marks = not _html_style.hides_list_marks(sheets)
        self.tables = self.hidden = 0
        self.label = ""
        self.schemes: set[legacy.Scheme] = set()
        self.furniture: list[str] = []
        found = _html_main.find(body, etree)
        self.dropped = set(found.furniture)
        for element in found.furniture:
            text = self._shown(element)
            if text:
                self.furniture.append(text)
        self._walk(found.root)
        self.builder.end()
        self.printed = self.builder.length

    def _shown(self, element: Element) -> str:
        """The text of an element on one line, without what is never shown."""
        pieces: list[str] = []
        walk = self.etree.iterwalk(element, events=("start", "end"))
        for event, inner in walk:
            if event == "start":
                if inner.tag in _html_main.SILENT or _html_main.is_hidden(inner):
                    walk.skip_subtree()
                else:
                    pieces.append((" " if inner.tag in _html_main.BLOCKS else "") + (inner.text or ""))
            elif inner is not element:
                pieces.append((" " if inner.tag in _html_main.BLOCKS else "") + (inner.tail or ""))
        return " ".join("".join(pieces).split())

    def reading(self, encoding: str | None, findings: list[Finding]) -> Reading:
        reading = without_page_tables(self.builder.reading(MEDIA_TYPE, encoding=encoding, furniture=self.furniture))
        if self.furniture:
            findings.append(_finding(
                "furniture", "info",
                f"Đã tách {sum(map(len, self.furniture))} ký tự của trang mạng (menu, thanh điều hướng …) khỏi văn bản",
                f"{sum(map(len, self.furniture))} characters of the web page (menus, navigation …) were taken off and kept as furniture",
            ))  # fmt: skip
        if self.hidden:
            findings.append(_finding(
                "hidden", "info", f"Bỏ {self.hidden} ký tự chữ ẩn của trang", f"{self.hidden} characters of hidden text were left out",
            ))  # fmt: skip
        if len(reading.text) < _SMALL and not _html_main.shows_sign(" ".join(reading.text.split())):
            findings.append(_finding(
                "no_document", "warning", "Không thấy văn bản nào trong trang; hãy lưu lại trang khi đang mở thẻ “Toàn văn” hay “Nội dung”",
                "No sign of an official document on this page; save the page again with the tab of the full text open",
            ))  # fmt: skip
        if self.schemes:
            findings.append(legacy.finding(self.schemes))
        return msgspec.structs.replace(reading, findings=(*findings, *reading.findings))

    # --- the walk ----------------------------------------------------------------------------------------------------------

    def _walk(self, root: Element) -> None:
        stack: list[_Context] = [_Context()]
        walk = self.etree.iterwalk(root, events=("start", "end"))
        skipped = None
        for event, element in walk:
            if event == "start":
                if self._skip(element):
                    walk.skip_subtree()
                    skipped = element
                    if element.tag in _html_main.BLOCKS:
                        self._boundary(stack[-1])
                    continue
                stack.append(self._enter(element, stack[-1]))
                self._add(element.text, stack[-1])
            else:
                if element is skipped:
                    skipped = None
                else:
                    stack.pop()
                    if element.tag in _html_main.BLOCKS:
                        self._boundary(stack[-1])
                if element is not root:
                    self._add(element.tail, stack[-1])

    def _skip(self, element: Element) -> bool:
        if element.tag in _html_main.SILENT or element in self.dropped:
            return True
        if _html_main.is_hidden(element):
            self.hidden += len("".join("".join(element.itertext()).split()))
            return True
        return False

    def _boundary(self, context: _Context) -> None:
        """A paragraph ends and another may begin."""
        if self.label.strip() and not self.builder.blank:
            self.label = ""
        self.builder.end()
        self._look(context)

    def _look(self, context: _Context) -> None:
        self.builder.look = Look(
            centred=context.centred, indent=max(0, context.indent), heading=context.heading, cell=context.cell, note=context.note
        )

    def _add(self, text: str | None, context: _Context) -> None:
        if not text:
            return
        if not text.isascii():
            text = decode(text, context.font, self.schemes)
        if context.raised:
            text = raised(text, self.builder.last)
        if context.caps:
            text = text.upper()
        if self.label and text.strip():
            if not _MARKED.match(text):  # many a list item has its mark printed as well: then the list's own is not shown
                self.builder.add_label(self.label + " ")
            self.label = ""
        if context.verbatim:
            self.builder.add(text, bold=context.bold, italic=context.italic)
        else:
            self.builder.add_soft(text, bold=context.bold, italic=context.italic)

    def _enter(self, element: Element, outer: _Context) -> _Context:
        """What holds inside an element; a block's start ends the paragraph before it."""
        tag = element.tag
        if tag == "br":
            self.builder.end("line")
            return outer
        said = self.rules.get(tag, {})
        if self.rules and element.get("class"):
            for name in element.get("class").split():
                said = {**said, **self.rules.get("." + name, {})}
        if element.get("style"):
            said = {**said, **_html_style.declarations(element.get("style"))}
        context = self._styled(tag, element, said, outer)
        if tag in _html_main.BLOCKS:
            context = self._block(tag, element, said, context)
            self._boundary(context)
        elif tag == "a" and self.builder.blank:
            back = _NOTE_BACK.search(element.get("href") or "")
            if back and context.note is None:
                self._look(context._replace(note=back[1]))
        return context

    def _styled(self, tag: str, element: Element, said: dict[str, str], outer: _Context) -> _Context:
        if not said and tag in ("span", "div", "p", "tr", "tbody") and not element.get("align"):
            return outer
        bold, italic, font, centred = outer.bold or tag in _BOLD, outer.italic or tag in _ITALIC, outer.font, outer.centred
        weight = said.get("font-weight")
        if weight:
            bold = weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)
        if "font-style" in said:
            italic = said["font-style"] in ("italic", "oblique")
        if "font-family" in said:
            font = _html_style.font(said["font-family"])
        elif tag == "font" and element.get("face"):
            font = _html_style.font(element.get("face"))
        align = said.get("text-align") or (element.get("align") or "").lower()
        if align and tag != "table" and tag != "img":
            centred = align == "center"
        elif tag in ("center", "th", "caption"):
            centred = True
        caps = said["text-transform"] == "uppercase" if "text-transform" in said else outer.caps
        lifted = outer.raised or tag == "sup" or said.get("vertical-align") == "super"
        verbatim = outer.verbatim or tag in ("pre", "listing", "plaintext", "xmp")
        return outer._replace(bold=bold, italic=italic, caps=caps, raised=lifted, verbatim=verbatim, font=font, centred=centred)

    def _block(self, tag: str, element: Element, said: dict[str, str], context: _Context) -> _Context:
        heading = _HEADING.fullmatch(tag)
        if heading:
            context = context._replace(heading=int(heading[1]))
        indent = _html_style.steps(said.get("margin-left")) + _html_style.steps(said.get("text-indent"))
        if tag in ("ul", "ol", "blockquote", "dd"):
            indent += 5
        if indent:
            context = context._replace(indent=min(context.indent + indent, 200))
        if tag == "table":
            context = context._replace(table=TableCells(self.tables), indent=0, centred=False, listing=None)
            self.tables += 1
        elif tag == "tr" and context.table:
            context.table.next_row()
        elif tag in ("td", "th") and context.table:
            cell = context.table.next_cell(element.get("colspan"), element.get("rowspan"))
            context = context._replace(cell=cell)
        elif tag in ("ul", "ol", "menu", "dir"):
            context = context._replace(listing=self._list(tag, element, said))
        elif tag == "li" and context.listing:
            self._item(context.listing, element, said)
        note = _NOTE.fullmatch(element.get("id") or "")
        if note and tag in ("div", "li", "p", "section", "aside", "td"):
            context = context._replace(note=note[1])
        return context

    def _list(self, tag: str, element: Element, said: dict[str, str]) -> _List:
        kind = "decimal" if tag == "ol" else "•"
        kind = _KINDS.get(element.get("type") or "", kind)
        if said.get("list-style-type"):
            kind = _STYLES.get(said["list-style-type"], kind)
        if not self.marks:
            kind = ""
        start = whole(element.get("start"))
        step = -1 if element.get("reversed") is not None else 1
        if start is None:
            start = sum(1 for child in element if child.tag == "li") if step < 0 else 1
        return _List(kind, start, step)

    def _item(self, listing: _List, element: Element, said: dict[str, str]) -> None:
        value = whole(element.get("value"))
        if value is not None:
            listing.next = value
        kind = _KINDS.get(element.get("type") or "", listing.kind)
        if said.get("list-style-type"):
            kind = _STYLES.get(said["list-style-type"], kind)
        number, listing.next = listing.next, listing.next + listing.step
        mark = kind if len(kind) < 2 else printed(number, kind) + "."
        self.builder.end()
        self.label = mark if element.get("value") or len("".join(element.itertext()).strip()) else ""

"""Akoma Ntoso 3.0 (``.akn.xml``): what ``vanban`` wrote comes back as the Document it was; other files are read as any text.

Guaranteed by :func:`document`: the Document of a file of :mod:`vanban.parser.writers.akn` equals the one that was written. A file whose
words were changed since is not that Document any more: it is read anew, and a finding says so. Guaranteed by :func:`read`: every
character of preface, preamble, body, conclusions and attachments is in the text once, labels before their words; a paragraph is a
block, cells of tables keep their places. ``meta`` is not printed and not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from ..akoma import (
    AKN,
    CHARACTER,
    OWN,
    PLACES,
    Field,
    Piece,
    element_of,
    fields,
    fingerprint,
    flat,
    kind_of,
    quotes,
    unescaped,
    words_of,
)  # fmt: skip
from ..model import CellSpan, Document, Finding, Node
from ..reading import Cell, ReadError, Reading
from . import _xml
from ._limits import limits
from ._text import Builder, Look

Element = Any
MEDIA_TYPE = "application/akn+xml"
_AKN, _OWN = f"{{{AKN}}}", f"{{{OWN}}}"
_AT, _KINDS = f"{_OWN}at", ("num", "heading", "p")
_SKIP = len(_AKN)
_LINES = frozenset(("p", "listIntroduction", "listWrapUp", "crossHeading", "block", "caption", "li", "tocItem", "subheading"))
_BLOCKS = ("quotedStructure", "embeddedStructure", "authorialNote", "p", "ul", "ol")
_EDITED = Finding(
    code="reader.akn.edited", severity="warning",
    message="Lời văn trong tệp đã khác bản do vanban ghi: đọc lại từ đầu, bỏ các kết quả ghi kèm / "
    "The words of the file are not those that vanban wrote: it was read anew, and what was recorded with them was left",
)  # fmt: skip


class _ChangedError(Exception):
    """The records do not fit the words."""


def sniff(data: bytes, name: str) -> bool:
    """XML whose root is ``akomaNtoso``."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return (head.startswith(b"<") and b"<akomaNtoso" in head) or (b":akomaNtoso" in head and AKN.encode() in head)


def document(data: bytes, name: str) -> Document | None:
    """The Document that ``vanban`` wrote, equal to it; ``None`` where the file holds none, or its words were changed since."""
    if OWN.encode() not in data or not sniff(data, name):
        return None
    root = _root(data, name)
    held = None if root is None else root.find(f"./*/{_AKN}meta/{_AKN}proprietary/{_OWN}document")
    if held is None:
        return None
    try:
        return _Held(root, held).document()
    except (_ChangedError, AttributeError, LookupError, OverflowError, RecursionError, TypeError, ValueError, msgspec.MsgspecError):
        return None  # made by other hands: read as any text


def read(data: bytes, name: str) -> Reading:
    """Read the words of an Akoma Ntoso file; see the module for what is guaranteed."""
    root = _root(data, name)
    if root is None or not isinstance(root.tag, str) or not root.tag.endswith("}akomaNtoso"):
        raise ReadError(
            name, "không phải XML Akoma Ntoso đọc được / not readable Akoma Ntoso XML",
            "Kiểm tra tệp bằng lược đồ / Check the file against the schema",
        )  # fmt: skip
    builder = Builder()
    _Words(builder, root.tag[: -len("akomaNtoso")]).below(root)
    edited = (_EDITED,) if root.find(f".//{_OWN}document") is not None else ()
    return builder.reading(MEDIA_TYPE, encoding="utf-8", findings=edited)


def _root(data: bytes, name: str) -> Element | None:
    """The root; nothing is expanded, nothing fetched."""
    etree = _xml.lxml_etree(name, "xml")
    if len(data) > limits().max_markup or data.count(b"<") > 2 * limits().max_nodes:
        raise ReadError(
            name, f"quá lớn / too large: {len(data):,} bytes",
            "Chia nhỏ tệp hoặc nâng giới hạn / Split the file, or raise the limits max_markup and max_nodes (readers._limits.bounded)",
        )  # fmt: skip
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        found = _xml.parse(data, name, "", "xml")
        return found.root if found else None


# --- what vanban wrote -------------------------------------------------------------------------------------------------------


class _Held:
    """The way back from the elements to the Document."""

    def __init__(self, root: Element, held: Element) -> None:
        self.root, self.held = root, held
        self.stretches: list[tuple[int, str]] = []
        self.nodes: list[tuple[Element, str | None, str, list[Piece], list[CellSpan]]] = []

    def document(self) -> Document:
        """The Document; :class:`_ChangedError` where words and records do not fit."""
        for child in self.root[0]:
            if isinstance(child.tag, str):
                self._walk(child, None, "", None)
        text = self._text()
        record = _record(self.held, Document, text, {"text": text, "nodes": tuple(self._node(*row, text=text) for row in self.nodes)})
        assert isinstance(record, Document)
        return Document.from_json(record.to_json())  # what does not fit the model is an error

    def _walk(self, element: Element, owner: int | None, place: str, cell: list[int] | None) -> None:
        """The nodes and stretches below an element, in order. ``owner`` is the node whose words stand there."""
        name = element.tag[_SKIP:]
        if name == "meta":
            return
        if name in PLACES:
            place = name
        elif name == "container":
            place = element.get("name") if element.get("name") in PLACES else ""
        elif name in ("attachment", "body", "mainBody", "formula") and (name != "formula" or place not in ("preface", "preamble")):
            place = ""
        at = element.get(_AT)
        if element.get("wId") is not None:
            above = None if owner is None else self._id(self.nodes[owner][0])
            self.nodes.append((element, above, kind_of(name, element.get("name"), place), [], []))
            owner = len(self.nodes) - 1
        if at is not None and name in _KINDS and (len(element) or element.text):
            words = _words(element)
            start = int(at)
            self.stretches.append((start, words))
            if owner is not None:
                self.nodes[owner][3].append(Piece(name, start, start + len(words)))
                if cell is not None:
                    self.nodes[owner][4].append(CellSpan(cell[0], cell[1], start, start + len(words)))
            return
        if name == "table":
            self._rows(element, owner)
            return
        for child in element:
            if isinstance(child.tag, str):
                self._walk(child, owner, place, cell)

    def _rows(self, table: Element, owner: int | None) -> None:
        """A table: the row's node owns its cells, but for those that are the table's."""
        row = -1
        for tr in table:
            row = int(tr.get(f"{_OWN}row", row + 1))
            mine = owner
            if tr.get("wId") is not None:
                self.nodes.append((tr, None if owner is None else self._id(self.nodes[owner][0]), "table", [], []))
                mine = len(self.nodes) - 1
            column = -1
            for td in tr:
                column = int(td.get(f"{_OWN}column", column + 1))
                for paragraph in td:
                    self._walk(paragraph, owner if td.get(f"{_OWN}of") else mine, "", [row, column])

    @staticmethod
    def _id(element: Element) -> str:
        held = element.get(f"{_OWN}id")
        return str(element.get("wId")) if held is None else unescaped(held)

    def _text(self) -> str:
        """The text, put together from the stretches in the elements and those between them."""
        most = int(self.held.get("characters"))
        if most > limits().max_markup:
            raise _ChangedError  # a gap written once may be told to stand at many places
        between = self.held.find(f"{_OWN}between")
        stretches = list(self.stretches)
        for gap in between if between is not None else ():
            words = unescaped(gap.get("text"))
            stretches += [(int(at), words) for at in gap.get("at").split()]
        made: list[str] = []
        length = 0
        for start, words in sorted(stretches):
            if start > length or length > most:
                raise _ChangedError
            if start + len(words) > length:
                made.append(words[length - start :])
                length = start + len(words)
        text = "".join(made)
        if len(text) != most or fingerprint(text) != self.held.get("sha256"):
            raise _ChangedError
        return text

    def _node(self, element: Element, above: str | None, kind: str, pieces: list[Piece], cells: list[CellSpan], *, text: str) -> Node:
        own: dict[str, str] = {key.removeprefix(_OWN): value for key, value in element.attrib.items() if key.startswith(_OWN)}
        is_row = element.tag == f"{_AKN}tr"
        kind = own.get("kind", kind)
        role = unescaped(own["role"]) if "role" in own else "row" if is_row else element.get("class", "")
        words = words_of(text, kind, role, pieces, int(own.get("at", 0)))
        parent = None if "top" in own else unescaped(own["parent"]) if "parent" in own else above
        given = {key: unescaped(own.get(key, "")) if key in own else getattr(words, key) for key in ("label", "heading", "text")}
        if "cells" in own:
            cells = [CellSpan(*map(int, cell.split(","))) for cell in own["cells"].split()]
        return Node(
            id=self._id(element), parent=parent, kind=kind, start=int(own.get("start", words.start)),  # type: ignore[arg-type]
            end=int(own.get("end", words.end)), page=int(own["page"]) if "page" in own else None, role=role, cells=tuple(cells), **given,
        )  # fmt: skip


def _words(element: Element) -> str:
    """The words of an element, markers that stand for a character made that character."""
    made = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            code = child.get(CHARACTER)
            made.append(_words(child) if code is None else chr(int(code, 16)))
        made.append(child.tail or "")
    return "".join(made)


def _record(element: Element, kind: type[msgspec.Struct], text: str, given: dict[str, Any]) -> msgspec.Struct:
    """A record as :func:`vanban.parser.writers._akn_records.put` wrote it; ``given`` are fields known from elsewhere."""
    none = element.get("none", "").split()
    values: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in given:
            values[field.name] = given[field.name]
        elif field.key in none:
            values[field.name] = None
        elif (value := _value(element, field, text)) is not msgspec.NODEFAULT:
            values[field.name] = value
        elif field.default is msgspec.NODEFAULT:
            if field.key == "text" and quotes(kind):
                values["text"] = flat(text[max(0, values["start"]) : max(0, values["end"])])
            else:
                values[field.name] = None if field.optional or field.shape not in ("records", "texts") else ()
    return kind(**values)


def _value(element: Element, field: Field, text: str) -> Any:
    """The value of a field, ``NODEFAULT`` where nothing is written of it."""
    _, key, shape, of, _, _ = field
    if shape == "record":
        found = element.find(f"{_OWN}{key}")
        assert of is not None
        return msgspec.NODEFAULT if found is None else _record(found, of, text, {})
    if shape == "records":
        found = element.find(f"{_OWN}{key}")
        assert of is not None
        return (
            msgspec.NODEFAULT if found is None else tuple(_record(one, of, text, {}) for one in found if one.tag == _OWN + element_of(of))
        )
    if shape == "texts":
        rows = element.findall(f"{_OWN}{key}")
        return tuple(unescaped(one.text or "") for one in rows) if rows else msgspec.NODEFAULT
    value = element.get(key)
    if value is None:
        return msgspec.NODEFAULT
    if shape == "text":
        return unescaped(value)
    return value == "true" if shape == "bool" else msgspec.json.decode(unescaped(value))


# --- what others wrote -------------------------------------------------------------------------------------------------------


class _Words:
    """Gives the printed words of a tree to a builder, block by block."""

    def __init__(self, builder: Builder, namespace: str) -> None:
        self.builder, self.namespace = builder, namespace
        self.tables = 0
        self.number = ""

    def below(self, element: Element, cell: Cell | None = None) -> None:
        """Everything below an element, in order. A label stands on the line of what follows it."""
        for child in element:
            if not isinstance(child.tag, str) or not child.tag.startswith(self.namespace):
                continue
            name = child.tag[len(self.namespace) :]
            if name == "meta":
                continue
            if name == "num":
                self._flush(cell)
                self.number = flat(_words(child))
            elif name == "table":
                self._flush(cell)
                self._table(child)
            elif name == "heading" or (name in _LINES and not self._has_blocks(child)):
                self._line(child, cell, heading=name == "heading")
            elif name in _LINES:
                self._parts(child, cell)
            else:
                self.below(child, cell)
        self._flush(cell)

    def _has_blocks(self, element: Element) -> bool:
        inner = element.iter(*(self.namespace + name for name in _BLOCKS))
        return any(one is not element for one in inner)

    def _parts(self, element: Element, cell: Cell | None) -> None:
        """A paragraph with structures in it: its words before, between and after them are lines of their own."""
        self.builder.look = Look(cell=cell)
        self._label()
        self._mixed(element, cell)
        self.builder.end()

    def _mixed(self, element: Element, cell: Cell | None) -> None:
        self.builder.add_soft(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                name = child.tag[len(self.namespace) :]
                if name in _BLOCKS:
                    self.builder.end()
                    if name == "p":
                        self._mixed(child, cell)
                        self.builder.end()
                    else:
                        self.below(child, cell)
                else:
                    self._mixed(child, cell)
            self.builder.add_soft(child.tail or "")

    def _label(self) -> None:
        if self.number:
            self.builder.add(self.number + " ")
            self.number = ""

    def _line(self, element: Element, cell: Cell | None, *, heading: bool = False) -> None:
        self.builder.look = Look(cell=cell, heading=1 if heading else 0)
        self._label()
        for k, words in enumerate(_lines(element, self.namespace)):
            if k:
                self.builder.end("line")
            self.builder.add_soft(words)
        self.builder.end()

    def _flush(self, cell: Cell | None) -> None:
        """A label without words stands alone."""
        if self.number:
            self.builder.look = Look(cell=cell)
            self._label()
            self.builder.end()

    def _table(self, table: Element) -> None:
        number = self.tables
        self.tables += 1
        rows = list(table.iterchildren(f"{self.namespace}tr"))
        for caption in table.iterchildren(f"{self.namespace}caption"):
            self._line(caption, None)
        for r, row in enumerate(rows):
            for c, td in enumerate(child for child in row if isinstance(child.tag, str)):
                self.below(td, Cell(number, r, c))


def _lines(element: Element, namespace: str) -> Iterator[str]:
    """The words of a line, cut where ``eol`` or ``br`` cut it."""
    made = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            if child.tag in (f"{namespace}eol", f"{namespace}br"):
                yield "".join(made)
                made = []
            elif (code := child.get(CHARACTER)) is not None:
                made.append(chr(int(code, 16)))
            else:
                inner = list(_lines(child, namespace))
                made.append(inner[0])
                for words in inner[1:]:
                    yield "".join(made)
                    made = [words]
        made.append(child.tail or "")
    yield "".join(made)

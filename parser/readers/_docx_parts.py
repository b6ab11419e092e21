"""The parts of a .docx container and how they hang together: main document, styles, notes, headers, diagrams."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from ..model import Finding
from ..reading import ReadError
from . import _xml
from ._docx_styles import W, number

Element = Any

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "urn:schemas-microsoft-com:vml": "v",
}


class _Names(dict[Any, str]):
    """``{namespace}tag`` as ``prefix:tag``; ``?:tag`` in other namespaces, empty for comments and entities."""

    def __missing__(self, tag: Any) -> str:
        name = ""
        if isinstance(tag, str):
            namespace, _, local = tag[1:].rpartition("}")
            name = f"{_PREFIXES.get(namespace, '?')}:{local}"
        self[tag] = name
        return name


NAMES = _Names()


class Parts:
    """The container's parts by what they are for. ``findings`` tells of damaged ones."""

    def __init__(self, package: _xml.Package) -> None:
        self._package = package
        self.findings: list[Finding] = []
        place = self._main_part()
        main = self._part(place)
        if main is None:
            raise ReadError(
                package.name, "không có phần nội dung / it has no main document part",
                "Lưu lại bằng Word hoặc LibreOffice / Save it again with Word or LibreOffice",
            )  # fmt: skip
        self.main: Element = main
        self._relations = self._relations_of(place)

    def _main_part(self) -> str:
        for target, kind in self._relations_of("").values():
            if kind == "officeDocument" and target in self._package:
                return target
        return next((p for p in self._package.parts if p.lower().endswith("word/document.xml")), "word/document.xml")

    def _relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id → (target part, last word of the kind)."""
        folder, base = posixpath.split(part)
        found = self._package.xml(posixpath.join(folder, "_rels", base + ".rels"))
        relations = {}
        for relation in found.root if found else ():
            target, kind = relation.get("Target"), relation.get("Type", "")
            if target and relation.get("TargetMode") != "External":
                target = unquote(target)
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                relations[relation.get("Id", "")] = (path, kind.rpartition("/")[2])
        return relations

    def _part(self, part: str) -> Element | None:
        found = self._package.xml(part)
        if found is None:
            return None
        if found.damaged:
            self.findings.append(_xml.damaged_finding("docx", part, found.damaged))
        return found.root

    def related(self, kind: str) -> Element | None:
        """The part of the main document's relation of this kind: ``styles``, ``numbering``, ``footnotes`` …"""
        part = next((target for target, of in self._relations.values() if of == kind), None)
        return None if part is None else self._part(part)

    def by_id(self, relation: str | None) -> Element | None:
        """The part of the relation with this id."""
        found = self._relations.get(relation or "")
        return None if found is None else self._part(found[0])

    def headers_and_footers(self) -> Iterator[Element]:
        """The roots of all headers and footers, each part once."""
        for target in dict.fromkeys(target for target, kind in self._relations.values() if kind in ("header", "footer")):
            root = self._part(target)
            if root is not None:
                yield root

    def theme_fonts(self) -> dict[str, str]:
        """The typefaces that ``major`` and ``minor`` stand for."""
        root = self.related("theme")
        fonts: dict[str, str] = {}
        for element in root.iter() if root is not None else ():
            which = NAMES[element.tag]
            if which in ("a:majorFont", "a:minorFont"):
                latin = next((e for e in element if NAMES[e.tag] == "a:latin"), None)
                if latin is not None and latin.get("typeface"):
                    fonts[which[2:7]] = latin.get("typeface")
        return fonts

    def notes(self, kind: str) -> dict[str, Element]:
        """The ``footnote`` s or ``endnote`` s by id, separators left out."""
        root = self.related(kind + "s")
        notes = {}
        for note in root.iterfind(W + kind) if root is not None else ():
            if note.get(W + "type") in (None, "normal"):
                notes[note.get(W + "id")] = note
        return notes

    def note_numbers(self) -> tuple[dict[str, str], dict[str, int]]:
        """Number format and last number before the first, by kind of note; the first section's word goes over the settings'."""
        formats, counts = {"footnote": "decimal", "endnote": "lowerRoman"}, {"footnote": 0, "endnote": 0}
        for place in (self.related("settings"), next(self.main.iter(W + "sectPr"), None)):
            for kind in formats:
                said = None if place is None else place.find(f"{W}{kind}Pr")
                if said is None:
                    continue
                form, start = said.find(W + "numFmt"), number(said.find(W + "numStart"))
                if form is not None:
                    formats[kind] = form.get(W + "val") or formats[kind]
                if start is not None:
                    counts[kind] = start - 1
        return formats, counts

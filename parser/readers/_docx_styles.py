"""What a .docx says of its paragraphs and runs outside the text: styles (``basedOn`` chains) and automatic numbering.

Numbering gives the label that Word prints: ``Điều 3.``, ``2.1.``, ``d)`` (after ``c)``: Word has no đ), ``•``. Each abstract list counts
on its own; a list instance with ``startOverride`` begins anew when it is first used; a deeper level begins anew after a higher one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from ._numbering import bullet, printed, symbols
from ._runs import RunLook

Element = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"
_PLACE = re.compile(r"%([1-9])")
_TWIPS = 120
"""Twentieths of a point in one step of indent: about the width of a letter."""


class ParagraphLook(msgspec.Struct, frozen=True):
    """What is said of a paragraph. ``list_id`` 0 takes a list off that the style set."""

    centred: bool | None = None
    left: int | None = None
    first: int | None = None
    heading: int | None = None
    list_id: int | None = None
    level: int | None = None

    def over(self, below: ParagraphLook) -> ParagraphLook:
        """This look where it says something, ``below`` elsewhere."""
        return ParagraphLook(*(b if a is None else a for a, b in zip(_fields(self), _fields(below), strict=True)))

    @property
    def indent(self) -> int:
        """Steps by which the first line is set in."""
        return max(0, round(((self.left or 0) + (self.first or 0)) / _TWIPS))


def _fields(look: ParagraphLook) -> tuple[Any, ...]:
    return look.centred, look.left, look.first, look.heading, look.list_id, look.level


def number(element: Element | None, attribute: str = _VAL) -> int | None:
    """The whole number in an attribute; ``None`` where there is no element, no attribute or no sane number."""
    value = None if element is None else element.get(attribute)
    if value is None or not re.fullmatch(r"[+-]?\d{1,9}(?:\.\d{1,9})?", value):
        return None
    return int(float(value))


def on(properties: Element, tag: str) -> bool | None:
    """An on/off property: ``<w:b/>`` is on, ``w:val="0"`` off, ``None`` where it is not there."""
    element = properties.find(W + tag)
    return None if element is None else element.get(_VAL) not in ("0", "false", "off", "none")


def run_look(properties: Element | None, themes: dict[str, str]) -> RunLook:
    """The look in a ``w:rPr``."""
    if properties is None or not len(properties):
        return _NO_RUN
    fonts = properties.find(W + "rFonts")
    font = None
    if fonts is not None:
        font = fonts.get(W + "hAnsi") or fonts.get(W + "ascii")
        if font is None:
            font = themes.get((fonts.get(W + "hAnsiTheme") or fonts.get(W + "asciiTheme") or "")[:5])
    aligned = properties.find(W + "vertAlign")
    raised = None if aligned is None else aligned.get(_VAL) == "superscript"
    return RunLook(on(properties, "b"), on(properties, "i"), on(properties, "caps"), on(properties, "vanish"), font, raised)


_NO_RUN = RunLook()
_NO_PARAGRAPH = ParagraphLook()


def paragraph_look(properties: Element | None) -> ParagraphLook:
    """The look in a ``w:pPr``."""
    if properties is None or not len(properties):
        return _NO_PARAGRAPH
    alignment = properties.find(W + "jc")
    left = first = None
    indent = properties.find(W + "ind")
    if indent is not None:
        left = number(indent, W + "left")
        left = number(indent, W + "start") if left is None else left
        hanging = number(indent, W + "hanging")
        first = -hanging if hanging else number(indent, W + "firstLine")
    outline = number(properties.find(W + "outlineLvl"))
    listed = properties.find(W + "numPr")
    return ParagraphLook(
        None if alignment is None else alignment.get(_VAL) == "center",
        left,
        first,
        None if outline is None else outline + 1 if 0 <= outline < 9 else 0,
        None if listed is None else number(listed.find(W + "numId")),
        None if listed is None else number(listed.find(W + "ilvl")),
    )


class Styles:
    """``styles.xml`` with its chains resolved. Unknown styles say nothing; a chain that bites its tail ends there."""

    def __init__(self, root: Element | None, themes: dict[str, str]) -> None:
        self.themes = themes
        self._elements: dict[str, Element] = {}
        self._default: str | None = None
        self._runs: dict[str, RunLook] = {}
        self._paragraphs: dict[str, ParagraphLook] = {}
        self.base_run, self.base_paragraph = _NO_RUN, _NO_PARAGRAPH
        if root is None:
            return
        for style in root.iterfind(W + "style"):
            name = style.get(W + "styleId")
            if name:
                self._elements[name] = style
                if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                    self._default = name
        self.base_run = run_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), themes)
        self.base_paragraph = paragraph_look(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))

    def _chain(self, name: str | None) -> list[Element]:
        chain: list[Element] = []
        seen: set[str | None] = set()
        while name in self._elements and name not in seen and len(seen) < 50:
            seen.add(name)
            chain.append(self._elements[name])
            based = chain[-1].find(W + "basedOn")
            name = None if based is None else based.get(_VAL)
        return chain

    def paragraph_style(self, properties: Element | None) -> str | None:
        """The style a paragraph has: named, or the default."""
        style = None if properties is None else properties.find(W + "pStyle")
        name = None if style is None else style.get(_VAL)
        return name if name in self._elements else self._default

    def run(self, name: str | None) -> RunLook:
        """What a style with all it is based on says of runs."""
        key = name or ""
        if key not in self._runs:
            look = _NO_RUN
            for style in reversed(self._chain(name)):
                look = run_look(style.find(W + "rPr"), self.themes).over(look)
            self._runs[key] = look
        return self._runs[key]

    def paragraph(self, name: str | None) -> ParagraphLook:
        """What a style with all it is based on says of paragraphs, defaults included."""
        key = name or ""
        if key not in self._paragraphs:
            look = self.base_paragraph
            for style in reversed(self._chain(name)):
                look = paragraph_look(style.find(W + "pPr")).over(look)
                named = style.find(W + "name")
                match = re.fullmatch(r"heading ([1-9])", "" if named is None else (named.get(_VAL) or "").lower())
                if match:
                    look = ParagraphLook(heading=int(match[1])).over(look) if look.heading is None else look
            self._paragraphs[key] = look
        return self._paragraphs[key]

    def list_of(self, name: str) -> int | None:
        """The list instance of a numbering style."""
        return paragraph_look(self._elements[name].find(W + "pPr")).list_id if name in self._elements else None

    def chain_names(self, name: str | None) -> list[str]:
        """A style's id and those it is based on, nearest first."""
        return [style.get(W + "styleId") for style in self._chain(name)]


class Level(msgspec.Struct, frozen=True):
    """One level of a list: ``text`` is the pattern (``Điều %1.``), ``restart`` the level (from 1) after which it begins anew."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    gap: str = " "
    legal: bool = False
    restart: int | None = None
    style: str | None = None
    font: str | None = None
    look: ParagraphLook = _NO_PARAGRAPH
    hidden: bool = False


def _level(element: Element, themes: dict[str, str]) -> Level:
    def value(tag: str) -> str | None:
        found = element.find(W + tag)
        return None if found is None else found.get(_VAL)

    kind = value("numFmt")
    if kind is None:  # newer formats stand in an alternative that names an older one as well
        found = next(element.iter(W + "numFmt"), None)
        kind = "decimal" if found is None else found.get(_VAL) or "decimal"
    if kind == "custom":
        found = next(element.iter(W + "numFmt"), None)
        pattern = (found.get(W + "format") or "") if found is not None else ""
        kind = "decimalZero" if pattern.startswith("0") else "decimal"
    look = run_look(element.find(W + "rPr"), themes)
    start = number(element.find(W + "start"))
    return Level(
        start=0 if start is None else start,
        kind=kind,
        text=(value("lvlText") or "")[:200],
        gap="" if value("suff") == "nothing" else " ",
        legal=on(element, "isLgl") or False,
        restart=number(element.find(W + "lvlRestart")),
        style=value("pStyle"),
        font=look.font,
        look=paragraph_look(element.find(W + "pPr")),
        hidden=look.hidden or False,
    )


class Numbering:
    """``numbering.xml``, and the counters as the text is read on."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[int, dict[int, Level]] = {}
        self._links: dict[int, str] = {}
        self._lists: dict[int, tuple[int, dict[int, Level], dict[int, int]]] = {}
        self._counts: dict[int, dict[int, int]] = {}
        self._used: set[int] = set()
        if root is None:
            return
        for abstract in root.iterfind(W + "abstractNum"):
            key = number(abstract, W + "abstractNumId")
            if key is None:
                continue
            self._levels[key] = self._read_levels(abstract.iterfind(W + "lvl"))
            link = abstract.find(W + "numStyleLink")
            if link is not None and link.get(_VAL):
                self._links[key] = link.get(_VAL)
        for instance in root.iterfind(W + "num"):
            self._read_instance(instance)

    def _read_levels(self, elements: Iterable[Element], otherwise: int | None = None) -> dict[int, Level]:
        levels = {}
        for element in elements:
            index = number(element, W + "ilvl")
            index = otherwise if index is None else index
            if index is not None and 0 <= index < 9:
                levels[index] = _level(element, self._styles.themes)
        return levels

    def _read_instance(self, instance: Element) -> None:
        key, abstract = number(instance, W + "numId"), number(instance.find(W + "abstractNumId"))
        if key is None or abstract is None:
            return
        levels, starts = {}, {}
        for override in instance.iterfind(W + "lvlOverride"):
            index = number(override, W + "ilvl")
            if index is None or not 0 <= index < 9:
                continue
            for level in self._read_levels(override.iterfind(W + "lvl"), index).values():
                levels[index] = level
            start = number(override.find(W + "startOverride"))
            if start is not None:
                starts[index] = start
        self._lists[key] = (abstract, levels, starts)

    def _abstract(self, key: int) -> int:
        """The abstract list that holds the levels: one may only name a style whose list does."""
        for _ in range(10):
            if self._levels.get(key) or key not in self._links:
                break
            linked = self._lists.get(self._styles.list_of(self._links[key]) or 0)
            if linked is None:
                break
            key = linked[0]
        return key

    def label(self, look: ParagraphLook, style: str | None) -> tuple[str, Level] | None:
        """The label of the next paragraph with this look, gap included, and its level; ``None`` where it bears none."""
        found = self._lists.get(look.list_id or 0)
        if found is None:
            return None
        instance = look.list_id or 0
        abstract, own, starts = self._abstract(found[0]), found[1], found[2]
        levels = {**self._levels.get(abstract, {}), **own}
        index = look.level
        if index is None:  # the style sets the list: its level is the one that names the style
            by_style = {level.style: i for i, level in levels.items()}
            index = next((by_style[name] for name in self._styles.chain_names(style) if name in by_style), 0)
        index = min(max(index, 0), 8)
        if index not in levels:
            return None
        counts = self._counts.setdefault(abstract, {})
        if instance not in self._used:
            self._used.add(instance)
            for i, start in starts.items():
                counts[i] = start - 1
                for deeper in [j for j in counts if j > i]:
                    del counts[deeper]
        level = levels[index]
        counts[index] = counts[index] + 1 if index in counts else level.start
        for deeper in [j for j in counts if j > index]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart > 0 and index < restart):
                del counts[deeper]
        if level.hidden:
            return "", level
        text = self._text(level, levels, counts)
        return (text + level.gap if text.strip() else ""), level

    def _text(self, level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
        if level.kind == "bullet":
            return bullet(level.text, level.font)

        def place(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            at = levels.get(index)
            if at is None:
                return ""
            kind = "decimal" if level.legal and at.kind != "decimalZero" else at.kind
            return printed(counts.get(index, at.start), kind)

        return symbols(_PLACE.sub(place, level.text), level.font)

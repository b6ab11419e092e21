"""What an .odt says of its paragraphs and runs outside the text: styles (parent chains), list styles and their counters."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from ._html_style import steps
from ._numbering import bullet, letter, printed
from ._runs import RunLook

Element = Any

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, STYLE, TABLE, DRAW = (f"{_OASIS}{name}:1.0}}" for name in ("office", "text", "style", "table", "drawing"))
FO, SVG = f"{_OASIS}xsl-fo-compatible:1.0}}", f"{_OASIS}svg-compatible:1.0}}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_PLACE = re.compile(r"%(\d{1,2})%")
_KINDS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}


class ParagraphLook(msgspec.Struct, frozen=True):
    """What is said of a paragraph; ``None`` where nothing is."""

    centred: bool | None = None
    left: int | None = None
    first: int | None = None
    outline: int | None = None
    listed: str | None = None

    def over(self, below: ParagraphLook) -> ParagraphLook:
        """This look where it says something, ``below`` elsewhere."""
        return ParagraphLook(
            below.centred if self.centred is None else self.centred,
            below.left if self.left is None else self.left,
            below.first if self.first is None else self.first,
            below.outline if self.outline is None else self.outline,
            below.listed if self.listed is None else self.listed,
        )

    @property
    def indent(self) -> int:
        """Steps by which the first line is set in."""
        return max(0, (self.left or 0) + (self.first or 0))


class Look(msgspec.Struct, frozen=True):
    """The look of a style: of its runs and of its paragraphs."""

    run: RunLook = RunLook()
    paragraph: ParagraphLook = ParagraphLook()


def whole(value: str | None, default: int = 0) -> int:
    """A whole number in an attribute."""
    return int(value) if value and re.fullmatch(r"-?\d{1,9}", value) else default


class Level(msgspec.Struct, frozen=True):
    """One level of a list style: ``form`` (``Điều %1%.``) counts where there is one, else prefix, numbers and suffix."""

    kind: str
    prefix: str = ""
    suffix: str = ""
    form: str | None = None
    start: int = 1
    shown: int = 1
    bullet: str = ""
    sync: bool = False

    def number(self, value: int) -> str:
        """A value in the level's own kind."""
        if self.kind in ("lowerLetter", "upperLetter"):
            text = letter(value, repeat=self.sync)
            return text.upper() if self.kind == "upperLetter" else text
        return printed(value, self.kind)


class Styles:
    """The styles of ``content.xml`` over those of ``styles.xml``; given roots come first to last, later ones win."""

    def __init__(self, roots: list[Element]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._defaults: dict[str, Element] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self._fonts: dict[str, str] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        self.hidden_sections: set[str] = set()
        for root in roots:
            for font in root.iter(STYLE + "font-face"):
                name, family = font.get(STYLE + "name"), font.get(SVG + "font-family")
                if name and family:
                    self._fonts[name] = family.strip("'\" ")
        for root in roots:
            for group in root:
                if group.tag in (OFFICE + "styles", OFFICE + "automatic-styles"):
                    self._take(group)

    def _take(self, group: Element) -> None:
        for style in group:
            name = style.get(STYLE + "name") or ""
            if style.tag == STYLE + "style":
                family = style.get(STYLE + "family") or ""
                self._styles[family, name] = style
                section = style.find(STYLE + "section-properties") if family == "section" else None
                if section is not None and section.get(TEXT + "display") == "none":
                    self.hidden_sections.add(name)
            elif style.tag == STYLE + "default-style":
                self._defaults[style.get(STYLE + "family") or ""] = style
            elif style.tag == TEXT + "list-style":
                self.lists[name] = self._levels(style)
            elif style.tag == TEXT + "outline-style":
                self.outline = self._levels(style)

    def _levels(self, style: Element) -> dict[int, Level]:
        levels = {}
        for level in style:
            index = whole(level.get(TEXT + "level"), 1)
            prefix, suffix = level.get(STYLE + "num-prefix") or "", level.get(STYLE + "num-suffix") or ""
            if level.tag == TEXT + "list-level-style-bullet":
                properties = level.find(STYLE + "text-properties")
                font = None if properties is None else self._font(properties)
                mark = bullet(level.get(TEXT + "bullet-char") or "", font)
                # LibreOffice prints the bullet alone; the suffix that it writes for a bullet out of Word is that bullet again
                levels[index] = Level("bullet", bullet=mark)
            elif level.tag in (TEXT + "list-level-style-number", TEXT + "outline-level-style"):
                levels[index] = Level(
                    kind=_KINDS.get(level.get(STYLE + "num-format") or "", "decimal"),
                    prefix=prefix,
                    suffix=suffix,
                    form=level.get(LOEXT + "num-list-format"),
                    start=whole(level.get(TEXT + "start-value"), 1),
                    shown=whole(level.get(TEXT + "display-levels"), 1),
                    sync=level.get(STYLE + "num-letter-sync") == "true",
                )
        return levels

    def _font(self, properties: Element) -> str | None:
        name = properties.get(STYLE + "font-name")
        family = properties.get(FO + "font-family")
        return self._fonts.get(name, name) if name else family.strip("'\" ") if family else None

    def look(self, family: str, name: str | None) -> Look:
        """The look of a style with its parents and the family's default."""
        key = (family, name or "")
        found = self._looks.get(key)
        if found is None:
            chain: list[Element] = []
            at = name
            seen: set[str | None] = set()
            while (family, at or "") in self._styles and at not in seen and len(seen) < 50:
                seen.add(at)
                chain.append(self._styles[family, at or ""])
                at = chain[-1].get(STYLE + "parent-style-name")
            if family in self._defaults and family == "paragraph":
                chain.append(self._defaults[family])
            run, paragraph = RunLook(), ParagraphLook()
            for style in reversed(chain):
                run, paragraph = self._run(style).over(run), self._paragraph(style).over(paragraph)
            found = self._looks[key] = Look(run, paragraph)
        return found

    def _run(self, style: Element) -> RunLook:
        properties = style.find(STYLE + "text-properties")
        if properties is None:
            return RunLook()
        weight, slant = properties.get(FO + "font-weight"), properties.get(FO + "font-style")
        change, display = properties.get(FO + "text-transform"), properties.get(TEXT + "display")
        place = properties.get(STYLE + "text-position")
        return RunLook(
            None if weight is None else weight == "bold" or (weight.isdigit() and int(weight) >= 600),
            None if slant is None else slant in ("italic", "oblique"),
            None if change is None else change == "uppercase",
            None if display is None else display == "none",
            self._font(properties),
            None if place is None else place.startswith("super") or bool(re.match(r"[1-9]\d?%", place)),
        )

    @staticmethod
    def _paragraph(style: Element) -> ParagraphLook:
        properties = style.find(STYLE + "paragraph-properties")
        outline = style.get(STYLE + "default-outline-level")
        listed = style.get(STYLE + "list-style-name")
        align = left = first = None
        if properties is not None:
            align, left, first = (properties.get(FO + name) for name in ("text-align", "margin-left", "text-indent"))
        return ParagraphLook(
            None if align is None else align == "center",
            None if left is None else steps(left),
            None if first is None else steps(first),
            None if outline is None else whole(outline),
            listed,
        )


class Counters:
    """The counts of one list (and of those that continue it), by level from 1."""

    def __init__(self, levels: dict[int, Level]) -> None:
        self.levels = levels
        self.counts: dict[int, int] = {}

    def restart(self, level: int) -> None:
        """Begin a level and those below it anew."""
        for deeper in [at for at in self.counts if at >= level]:
            del self.counts[deeper]

    def label(self, level: int, value: int | None = None) -> str:
        """The next label of a level, without the gap after it; ``value`` is a number set by hand."""
        at = self.levels.get(level)
        if at is None:
            return ""
        if at.kind == "bullet":
            return at.bullet
        self.restart(level + 1)
        self.counts[level] = value if value is not None else self.counts[level] + 1 if level in self.counts else at.start
        if at.form is not None:
            text = _PLACE.sub(lambda match: self._shown(int(match[1])), at.form)
            return text if at.kind != "none" or text.strip() else ""
        if at.kind == "none":
            return f"{at.prefix}{at.suffix}"
        numbers = [self._shown(above) for above in range(max(1, level - at.shown + 1), level + 1)]
        return f"{at.prefix}{'.'.join(filter(None, numbers))}{at.suffix}"

    def _shown(self, level: int) -> str:
        at = self.levels.get(level)
        return "" if at is None or at.kind == "bullet" else at.number(self.counts.get(level, at.start))

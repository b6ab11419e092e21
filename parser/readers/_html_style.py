"""The little of CSS that tells how text looks: inline ``style`` attributes, and the rules that office programs write."""

from __future__ import annotations

import re

_DECLARATION = re.compile(r"([a-z-]{1,40})\s{0,9}:\s{0,9}([^;{}]{1,300})", re.IGNORECASE)
_RULE = re.compile(r"([^{}@;]{1,500})\{([^{}]{0,4000})\}")
_REMARK = re.compile(r"<!--|-->|/\*[^*]{0,500}\*/")
_SELECTOR = re.compile(r"(?:[a-z0-9]{1,10})?\.([\w-]{1,80})|([a-z0-9]{1,10})", re.IGNORECASE)
_NO_MARKS = re.compile(r"list-style(?:-type)?\s{0,9}:\s{0,9}none")
_NUMBER = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?|-?\.\d{1,6})\s{0,3}(pt|px|in|cm|mm|em|rem)?")
_STEPS = {"pt": 1 / 6, "px": 1 / 8, "in": 12.0, "cm": 4.72, "mm": 0.472, "em": 2.0, "rem": 2.0}
"""Indent steps (about the width of a letter, 6 points) in one of each unit."""
_OFFICE = re.compile(r"mso-|Mso|\.western|page-break|@page")
_TELLING = frozenset({
    "font-family", "font-weight", "font-style", "text-align", "text-transform", "display", "visibility", "mso-hide", "margin-left",
    "text-indent", "list-style-type", "vertical-align",
})  # fmt: skip


def declarations(style: str) -> dict[str, str]:
    """``{property: value}`` of a ``style`` attribute, names and values in lower case but for the fonts' names."""
    said = {}
    for name, value in _DECLARATION.findall(style[:5000]):
        name = name.lower()
        value = value.replace("!important", "").strip()
        said[name] = value if name == "font-family" else value.lower()
    return said


def office_rules(sheets: list[str]) -> dict[str, dict[str, str]]:
    """What the style sheets of office programs say of classes (``.MsoTitle``) and elements (``p``); sheets of sites are not read."""
    rules: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        if not _OFFICE.search(sheet[:200_000]):
            continue
        for selectors, body in _RULE.findall(_REMARK.sub(" ", sheet[:500_000])):
            said = {name: value for name, value in declarations(body).items() if name in _TELLING}
            if not said:
                continue
            for selector in selectors.split(","):
                match = _SELECTOR.fullmatch(selector.strip())
                if match:
                    rules.setdefault("." + match[1] if match[1] else match[2].lower(), {}).update(said)
    return rules


def hides_list_marks(sheets: list[str]) -> bool:
    """Whether the page's own style sheet takes the marks off all lists: ``ol, ul { list-style: none }``."""
    for sheet in sheets:
        for match in _NO_MARKS.finditer(sheet[:1_000_000]):
            brace = sheet.rfind("{", max(0, match.start() - 300), match.start())
            selectors = re.split("[};/>]", sheet[max(0, brace - 60) : max(0, brace)])[-1].split(",")
            if all(selector.strip() in ("ul", "ol", "menu") for selector in selectors):
                return True
    return False


def font(value: str) -> str:
    """The first font of a ``font-family``."""
    return value.partition(",")[0].strip().strip("\"'").strip()


def steps(value: str | None) -> int:
    """A length as steps of indent."""
    match = _NUMBER.match(value.strip()) if value else None
    return round(float(match[1]) * _STEPS[match[2] or "px"]) if match else 0

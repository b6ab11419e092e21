"""The ``eId`` of each element by the Akoma Ntoso Naming Convention, and the layout of the file.

An ``eId`` is made of the one above it, the element's short name and its number: ``art_2__cl_1__point_đ``. The number is that of its label
without the words and stops around it (``Điều 2.`` → ``2``, ``1.1.`` → ``1-1``); a level without one has ``nn`` and its place among its
like, other elements their place. What would occur twice gets ``_2``, ``_3`` …
"""

from __future__ import annotations

import re
from typing import Any

from ..akoma import AKN, HIERARCHY

Element = Any
"""An lxml element; lxml is imported only when a document is written."""

SHORT = {
    "article": "art", "attachment": "att", "chapter": "chp", "clause": "cl", "section": "sec", "subsection": "subsec", "recital": "rec",
    "recitals": "recs", "quotedStructure": "qstr",
}  # fmt: skip
_NONE = frozenset(("body", "mainBody", "attachments", "doc", "act", "tr", "td", "num", "heading", "content"))
_PASSED = frozenset(("preface", "preamble", "conclusions", "intro", "wrapUp"))
_NUMBERED = frozenset(HIERARCHY.values())
_AROUND = r"[\s\u2000-\u206f\u2e00-\u2e7f!-/:-@\[-`{-~]+"
_LEADING, _TRAILING, _INSIDE = re.compile("^" + _AROUND), re.compile(_AROUND + "$"), re.compile(_AROUND)
_ORDINAL = re.compile(r"[IVXLC]+|nhất|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười", re.IGNORECASE)
_SKIP = len(AKN) + 2
_NUM = f"{{{AKN}}}num"


def number_of(label: str) -> str:
    """The number in a label: ``Điều 2.`` → ``2``, ``Phụ lục II`` → ``II``, ``đ)`` → ``đ``, ``1.1.`` → ``1-1``, ``QUY CHẾ`` → none."""
    words = label.split()
    number = _INSIDE.sub("-", _TRAILING.sub("", _LEADING.sub("", words[-1]))) if words else ""
    return "" if len(words) > 1 and len(number) > 1 and number.isalpha() and not _ORDINAL.fullmatch(number) else number


class Ids:
    """Gives the elements below a root their ids and sets each block on a line of its own."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], int] = {}
        self._given: dict[str, int] = {}

    def give(self, element: Element, above: str, indent: str) -> None:
        """The ids of what is below ``element``, whose own id is ``above``; ``indent`` is the line break before its end."""
        inner = indent + " "
        last = None
        for child in element:
            name = child.tag[_SKIP:]
            own = above
            if name == "meta":
                child.tail = inner
                last = child
                continue
            if name in _PASSED:
                own = f"{above}__{name.lower()}" if above else name.lower()
            elif name not in _NONE:
                own = self._made(child, above, name)
                child.set("eId", own)
            if len(child):
                if name in ("p", "num", "heading"):
                    self._inline(child, own, inner)
                else:
                    self.give(child, own, inner)
            child.tail = inner
            last = child
        if last is not None:
            element.text = inner
            last.tail = indent

    def _inline(self, element: Element, above: str, indent: str) -> None:
        """As :meth:`give` where the blanks between elements are words."""
        for child in element:
            name = child.tag[_SKIP:]
            own = self._made(child, above, name)
            child.set("eId", own)
            if name in ("quotedStructure", "authorialNote"):
                self.give(child, own, indent + " ")
            elif len(child):
                self._inline(child, own, indent)

    def _made(self, element: Element, above: str, name: str) -> str:
        stem = f"{above}__{SHORT.get(name, name)}" if above else SHORT.get(name, name)
        numbered = name in _NUMBERED
        number = ""
        if len(element) and element[0].tag == _NUM:
            number = number_of(element[0].text or "")
        without = numbered and not number
        if without:
            number = "nn"
        elif not number:
            key = (above, name)
            place = self._places[key] = self._places.get(key, 0) + 1
            number = str(place)
        return self._unique(f"{stem}_{number}", without)

    def _unique(self, made: str, without: bool) -> str:
        count = self._given[made] = self._given.get(made, 0) + 1
        return made if count == 1 and not without else self._unique(f"{made}_{count}", False)

"""The ``eId`` of each element by the Akoma Ntoso Naming Convention.

An ``eId`` is made of the one above it, the element's short name and its number: ``art_2__cl_1__point_đ``. The number is that of its label
without the words and stops around it (``Điều 2.`` → ``2``, ``1.1.`` → ``1-1``); a level without one has ``nn`` and its place among its
like, other elements their place. What would occur twice gets ``_2``, ``_3`` …
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..akoma import HIERARCHY
from ._xml import BLOCKS, INLINE, Element

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


@lru_cache(maxsize=4096)
def number_of(label: str) -> str:
    """The number in a label: ``Điều 2.`` → ``2``, ``Phụ lục II`` → ``II``, ``đ)`` → ``đ``, ``1.1.`` → ``1-1``, ``QUY CHẾ`` → none."""
    words = label.split()
    number = _INSIDE.sub("-", _TRAILING.sub("", _LEADING.sub("", words[-1]))) if words else ""
    return "" if len(words) > 1 and len(number) > 1 and number.isalpha() and not _ORDINAL.fullmatch(number) else number


class Ids:
    """Gives the elements below a root their ids."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], int] = {}
        self._given: dict[str, int] = {}

    def give(self, element: Element, above: str) -> None:
        """The ids of what is below ``element``, whose own id is ``above``."""
        for child in element.below:
            name = child.name
            own = above
            if name == "meta":
                continue
            if name in _PASSED:
                own = f"{above}__{name.lower()}" if above else name.lower()
            elif name not in _NONE:
                own = child.eid = self._made(child, above, name)
            if child.below:
                if name in INLINE:
                    self._inline(child, own)
                else:
                    self.give(child, own)

    def _inline(self, element: Element, above: str) -> None:
        """As :meth:`give` among words, where every element has an id."""
        for child in element.below:
            name = child.name
            own = child.eid = self._made(child, above, name)
            if name in BLOCKS:
                self.give(child, own)
            elif child.below:
                self._inline(child, own)

    def _made(self, element: Element, above: str, name: str) -> str:
        stem = f"{above}__{SHORT.get(name, name)}" if above else SHORT.get(name, name)
        number = ""
        if element.below and element.below[0].name == "num":
            number = number_of(element.below[0].text or "")
        without = not number and name in _NUMBERED
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

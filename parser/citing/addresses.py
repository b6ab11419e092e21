"""Provisions of a document by their addresses: where a reference stands, what it names there, and which node that is.

``khoản 1 Điều này`` in Điều 8 is ``Điều 8/1``; ``điểm a khoản 1 Mục V`` in a plan without articles is ``V/1/a``; in an appendix with
articles of its own ``Điều 3`` is the appendix's. Whether words are a reference at all is decided by :mod:`references`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ..fold import key
from ..model import Node
from . import provisions
from .provisions import Address

_LEVEL_OF = {
    "article": "Điều",
    "clause": "khoản",
    "point": "điểm",
    "chapter": "Chương",
    "section": "Mục",
    "subsection": "Tiểu mục",
    "part": "Phần",
    "appendix": "Phụ lục",
}
_NAMED = frozenset(("Điều", "Chương", "Mục", "Tiểu mục", "Phần", "Phụ lục"))
_NOTE = re.compile(r"\[?\(?(\d{1,3})[\])]")
_LABEL_WORD = re.compile(r"^(?:Điều|Chương|Mục|Tiểu mục|Phần|Phụ lục|Khoản|Điểm|số)\s+(?:số\s+)?", re.IGNORECASE)
_SHAPES = {
    "Mục": re.compile(r"[IVXLC]+|[A-HĐ]|\d+"),
    "Phần": re.compile(r"[A-HĐ]|[IVXLC]+"),
    "khoản": re.compile(r"\d+"),
    "điểm": re.compile(r"[a-zđ]\d?|\d+(?:\.\d+)+"),
}
"""How the label of a heading without a legal name looks where a text calls it "Mục này", "khoản này" …"""


class Outline:
    """The nodes by place and by address; tables are built when the first reference needs them."""

    def __init__(self, nodes: Sequence[Node], text: str = "") -> None:
        self.nodes = nodes
        self.text = text
        self.starts = [node.start for node in nodes]
        self.by_id = {node.id: node for node in nodes}
        self._paths: dict[str, list[str]] | None = None
        self._ends: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._quoted: dict[str, bool] = {}
        kinds = {node.kind for node in nodes}
        self.articles, self.annexed = "article" in kinds, "appendix" in kinds

    def at(self, position: int) -> Node | None:
        """The node whose words stand at a place."""
        i = bisect_right(self.starts, position) - 1
        return self.nodes[i] if i >= 0 else None

    def in_label(self, position: int, node: Node | None) -> bool:
        return node is not None and bool(node.label) and position < node.start + len(node.label) and position >= node.start

    def above(self, node: Node | None) -> Node | None:
        """The parent; of a note the node that its mark stands in (``[3] Khoản này …`` under the page)."""
        if node is None:
            return None
        if node.kind == "note" and (mark := _NOTE.match(self.text, node.start)):
            at = self.text.rfind(f"[{mark[1]}]", max(0, node.start - 30_000), node.start)
            owner = self.at(at) if at >= 0 else None
            if owner is not None and owner.kind != "note":
                return owner
        return self.by_id.get(node.parent) if node.parent else None

    def quoted(self, node: Node | None) -> bool:
        """Whether a node is quoted text or lies in it."""
        trail: list[str] = []
        answer = False
        while node is not None:
            if (known := self._quoted.get(node.id)) is not None:
                answer = known
                break
            trail.append(node.id)
            if node.kind == "quotation":
                answer = True
                break
            node = self.by_id.get(node.parent) if node.parent else None
        for id in trail:
            self._quoted[id] = answer
        return answer

    def annex(self, node: Node | None) -> Node | None:
        """The appendix that a node lies in."""
        while node is not None and node.kind != "appendix":
            node = self.by_id.get(node.parent) if node.parent else None
        return node

    def value(self, node: Node) -> str:
        """The mark without its word and its stop: ``Điều 6.`` → ``6``, ``a)`` → ``a``, ``1-`` → ``1``, ``PHỤ LỤC I`` → ``I``."""
        label = " ".join(node.label.split()).rstrip(".:)/-– ").lstrip('“"( ')
        words = label.split()
        if len(words) > 1 and words[0][0].isalpha():
            return _LABEL_WORD.sub("", label)
        return "" if node.kind == "appendix" else label

    def address_of(self, node: Node | None) -> Address:
        """The address of a node, from the largest unit to the smallest; headings without a legal name have their bare labels."""
        found: list[tuple[str, str]] = []
        while node is not None:
            level = _LEVEL_OF.get(node.kind) or ("" if node.label and node.kind == "heading" else None)
            if level is not None:
                found.append((level, self.value(node)))
            node = self.above(node)
        return tuple(reversed(found))

    def absolute(self, address: Address, current: Address) -> Address:
        """``này`` filled in from where the words stand, and the units above a lone clause or point."""
        here = dict(current)
        # "khoản này và khoản 4 Điều này": each "này" is of the place where it stands.
        address = (address[0], *((level, here.get(level, value) if value == "này" else value) for level, value in address[1:]))
        level, value = address[0]
        if value == "này":
            upto = next((i for i, (own, _) in enumerate(current) if own == level), None)
            if upto is None:
                upto = _unnamed(level, current)
            return address if upto is None else (*current[: upto + 1], *address[1:])
        rank = provisions.RANK[level]
        if rank < provisions.RANK["Điều"]:
            return (*(pair for pair in current if provisions.RANK.get(pair[0], -9) > rank), *address)
        return address

    def find(self, address: Address, node: Node | None = None) -> str | None:
        """The node with this address: in the appendix where ``node`` stands, else in the document itself, else anywhere."""
        if self._paths is None:
            self._build()
        paths = self._paths or {}
        for name in _names(address):
            if found := paths.get(name):
                return self._nearest(found, node)
        return self._by_end(address, node)

    def annex_named(self, name: str, node: Node | None) -> str | None:
        """The appendix without a number that is headed by ``Phụ lục``, ``Danh mục``."""
        if name == "Phụ lục":
            return self.find((("Phụ lục", ""),), node)
        return next((n.id for n in self.nodes if n.kind == "appendix" and kind_of_annex(n).startswith(name.lower())), None)

    def written(self, address: Address, target: str | None) -> str:
        """An address as the document prints it: ``Mục V`` is ``V`` where the document prints only the numeral."""
        if not self.articles and address[0][0] not in {"Phụ lục", "Mẫu", "Biểu"}:
            if target is not None and address[-1][0] in {"Mục", "Phần", "khoản", "điểm", "tiết", "Tiểu mục", ""}:
                address = self.address_of(self.by_id[target])
            return "/".join(f"Phụ lục {value}".rstrip() if level == "Phụ lục" else value for level, value in address)
        return provisions.written(tuple(pair for pair in address if pair[0]) or address)

    def _build(self) -> None:
        self._paths = {}
        known: dict[str, Address] = {}
        for node in self.nodes:
            parent = known.get(node.parent, ()) if node.parent else ()
            level = _LEVEL_OF.get(node.kind) or ("" if node.label and node.kind == "heading" else None)
            address = (*parent, (level, self.value(node))) if level is not None else parent
            known[node.id] = address
            if not node.label or level is None or self.quoted(node):
                continue
            for name in _names(address):
                self._paths.setdefault(name, []).append(node.id)
            values = tuple(_plain(value) for _, value in address)
            self._ends.setdefault(values[-1], []).append((values, node.id))

    def _nearest(self, found: list[str], node: Node | None) -> str:
        if len(found) == 1:
            return found[0]
        home = self.annex(node)
        for wanted in dict.fromkeys((home, None)):
            for id in found:
                if self.annex(self.by_id[id]) is wanted:
                    return id
        return found[0]

    def _by_end(self, address: Address, node: Node | None) -> str | None:
        """In a text without articles: the one node whose labels end so (``điểm 2.1 mục II`` is II/2/2.1), the nearest of several."""
        if "Điều" in {level for level, _ in address} or "này" in {value for _, value in address}:
            return None
        wanted = [_plain(value) for level, value in address if level not in {"Mẫu", "Biểu", "đoạn", "gạch đầu dòng"}]
        if not wanted or address[0][0] == "Phụ lục":
            return None
        fits = [(values, id) for values, id in self._ends.get(wanted[-1], ()) if _ordered(wanted, values)]
        if len(fits) > 1:
            here = tuple(_plain(value) for _, value in self.address_of(node))
            best = max(_shared(values, here) for values, _ in fits)
            fits = [(values, id) for values, id in fits if _shared(values, here) == best]
        if len(fits) > 1:
            short = min(len(values) for values, _ in fits)
            fits = [(values, id) for values, id in fits if len(values) == short]
        return fits[0][1] if len(fits) == 1 else None


def _plain(value: str) -> str:
    return (value.lstrip("0") or value).rstrip(".")


def _ordered(wanted: list[str], values: tuple[str, ...]) -> bool:
    """Whether all that is wanted stands among the values in this order, its last at their end."""
    at = 0
    for value in values:
        if at < len(wanted) and value == wanted[at]:
            at += 1
    return at == len(wanted) and values[-1] == wanted[-1]


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _unnamed(level: str, current: Address) -> int | None:
    """Which of the headings without a legal name is meant by ``Mục này``, ``khoản này``: the one whose label looks so."""
    shape = _SHAPES.get(level)
    fits = [i for i, (own, value) in enumerate(current) if not own and shape is not None and shape.fullmatch(value)]
    if not fits:
        return None
    return fits[0] if level in {"Mục", "Phần"} else fits[-1]


def _names(address: Address) -> list[str]:
    """Keys of an address: from its article down; else whole; else by its values alone (``V/1/a``)."""
    levels = [level for level, _ in address]
    if "Điều" in levels:
        address = address[levels.index("Điều") :]
    elif "Phụ lục" in levels:
        address = address[levels.index("Phụ lục") :]
    values = "/".join(_plain(value) for _, value in address)
    named = "/".join(f"{level if level in _NAMED else ''}{_plain(value)}" for level, value in address)
    found = [named]
    if "Điều" not in levels and "Phụ lục" not in levels:
        found.append(values)
        if len(address) > 1 and "Chương" in levels:
            found.append(named.split("/", 1)[1])
    return found


def kind_of_annex(node: Node) -> str:
    """The words that an appendix is headed by, for matching: ``QUY CHẾ`` over ``Làm việc …`` is ``quy chế làm việc``."""
    return key(f"{node.label} {node.heading}")

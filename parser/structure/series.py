"""Open series: where a mark belongs among the nodes that may still get children.

A mark goes on the deepest series it continues (``2.`` after ``1.``), or opens a new one below the deepest node that may hold it; what
lies deeper is closed. The tree's nodes are named by their place in the outline's list; nothing is known of their words here.
"""

from __future__ import annotations

import msgspec

from .marks import Mark

NAMED = frozenset(("part", "chapter", "section", "subsection", "article", "appendix"))
"""Marks with a legal name of their own; each closes all of its own kind and below."""

_RANK = {
    "appendix": -1, "part": 0, "chapter": 1, "section": 2, "subsection": 3, "article": 4, "upper": 5, "roman": 6, "number": 7, "decimal": 8,
    "letter": 10, "tiet": 11, "bullet": 12,
}  # fmt: skip
_DEEPEST = 40
"""Levels at most: real documents have ten; without a bound a hostile one makes ids as long as itself."""


class Open(msgspec.Struct, gc=False):
    """A node that may still get children; ``kind`` and ``key`` are its mark's."""

    mark: Mark
    rank: float
    node: int
    colon: bool
    kind: str
    key: str


def _rank(mark: Mark, final: str) -> float:
    rank: float = _RANK[mark.kind]
    if mark.kind == "decimal":
        rank += 0.1 * mark.key.count(".")
    elif mark.kind == "tiet" and "." in mark.key:
        rank = 10.6 + 0.1 * mark.key.count(".")  # "b.1)" may hold "(1)"
    elif mark.kind == "number" and final == ")":
        rank = 10.5
    return rank


class Series:
    """The open nodes, from the outermost in; ``base`` is the node that holds them all, ``None`` at the left margin."""

    def __init__(self, base: int | None = None) -> None:
        self.base = base
        self.open: list[Open] = []
        self._rank: float = 0  # of the mark placed last

    def odd(self, mark: Mark) -> bool:
        """A numeral or letter far out of its series is no mark: "X: Loại hình cơ sở", "V. I. Lê-nin"."""
        if mark.sure or mark.kind not in ("roman", "upper", "letter") or mark.order <= 2:
            return False
        last = max((o.mark.order for o in self.open if o.kind == mark.kind and o.mark.order <= mark.order), default=0)
        return mark.order > last + 3 or not last

    def nested(self, mark: Mark) -> Mark:
        """ "b1)" below "b) … bao gồm:" is a tiết of point b; else it is a point of its own, put in between b and c."""
        if mark.kind == "letter" and mark.key[-1:].isdigit():
            head = mark.key.rstrip("0123456789")
            for o in reversed(self.open):
                if o.rank <= 4:
                    break
                if o.kind == "letter" and o.key == head:
                    return msgspec.structs.replace(mark, kind="tiet", order=int(mark.key[len(head) :])) if o.colon else mark
        return mark

    def push(self, mark: Mark, node: int, *, colon: bool) -> None:
        """Open the node that :meth:`place` found a place for; ``colon``: its words end with one."""
        self.open.append(Open(mark, self._rank, node, colon, mark.kind, mark.key))

    def bullet(self, mark: Mark, node: int, *, colon: bool) -> int | None:
        """:meth:`place` and :meth:`push` of a bullet at once: the node it lies in."""
        stack = self.open
        if stack and len(stack) <= _DEEPEST:
            last = stack[-1]
            if last.kind == "bullet" and last.key == mark.key:  # as most do, it takes the place of the one before
                self._rank = last.rank
                last.mark, last.node, last.colon = mark, node, colon
                return stack[-2].node if len(stack) > 1 else self.base
        above = self._place_bullet(mark.key)
        stack.append(Open(mark, self._rank, node, colon, "bullet", mark.key))
        return above

    def place(self, mark: Mark, final: str) -> int | None:
        """Close what ``mark`` ends, and give the node it lies in."""
        kind = mark.kind
        if kind == "bullet":
            return self._place_bullet(mark.key)
        stack = self.open
        if len(stack) > _DEEPEST:
            del stack[_DEEPEST:]
        self._rank = rank = _rank(mark, final)
        if kind in NAMED:
            if kind == "article" and not any(o.kind == "article" for o in stack):
                # "I. QUY ĐỊNH CHUNG" above "Điều 1": a heading that holds articles
                while stack and stack[-1].rank > 6:
                    stack.pop()
            else:
                keep = next((k for k, o in enumerate(stack) if o.kind == mark.kind), None)
                if keep is not None:
                    del stack[keep:]
                else:
                    while stack and stack[-1].rank >= rank:
                        stack.pop()
            return self.top()
        goes_on = self.continued(mark)
        if goes_on is not None:
            del stack[goes_on:]
            return self.top()
        if above := mark.key.rpartition(".")[0]:
            for k in range(len(stack) - 1, -1, -1):
                if stack[k].key == above and stack[k].kind in ("number", "decimal", "letter", "tiet"):
                    del stack[k + 1 :]
                    return self.top()
        same = next((k for k in range(len(stack) - 1, -1, -1) if stack[k].kind == mark.kind and stack[k].rank == rank), None)
        if same is not None and mark.order != 1:
            del stack[same:]
            return self.top()
        if mark.order == 1 and stack and stack[-1].rank > rank and stack[-1].colon:
            return self.top()  # "a) Tập thể:" / "1. …": a series inside what announced it
        if same is not None and mark.kind in ("number", "letter") and stack[-1].rank >= rank and same < len(stack) - 1:
            while stack[-1].rank >= 12:
                stack.pop()
            if len(stack) - 1 > same:
                return self.top()
            del stack[same:]
            return self.top()
        while stack and stack[-1].rank >= rank:
            stack.pop()
        return self.top()

    def _place_bullet(self, key: str) -> int | None:
        self._rank = _RANK["bullet"]
        stack = self.open
        if len(stack) > _DEEPEST:
            del stack[_DEEPEST:]
        for k in range(len(stack) - 1, -1, -1):
            o = stack[k]
            if o.kind == "bullet":
                if o.key == key:
                    del stack[k:]
                    break
            elif o.rank <= 4:
                break
        return stack[-1].node if stack else self.base

    def continued(self, mark: Mark) -> int | None:
        """The deepest open node whose series ``mark`` goes on: same kind, next in order."""
        stack = self.open
        prefix = mark.key.rpartition(".")[0]
        for k in range(len(stack) - 1, -1, -1):
            o = stack[k]
            if o.rank <= 4 and mark.kind in ("number", "letter", "bullet", "tiet"):
                return None
            if o.kind != mark.kind:
                continue
            if o.key.rpartition(".")[0] != prefix:
                continue
            if mark.order == o.mark.order + 1 or (mark.order == o.mark.order and mark.key != o.key):
                return k
        return None

    def top(self) -> int | None:
        return self.open[-1].node if self.open else self.base

    def depth(self, rank: float) -> int:
        """How many open nodes are left when the series deeper than ``rank`` are closed; one at least."""
        stack = self.open
        keep = len(stack)
        while keep > 1 and stack[keep - 1].rank > rank:
            keep -= 1
        return keep

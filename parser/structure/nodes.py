"""The nodes of a document as they are appended, one after another in reading order: their ids, their words on one line.

Where a node belongs is the outline's business (:mod:`outline`).
"""

from __future__ import annotations

from ..fold import BLANKS
from ..model import CellSpan, Node, NodeKind
from .ids import Ids
from .repair import Paragraph

_COMMON_BLANKS = "\n\t\v\f\r"
"""The blanks that a text of common letters may hold; some others are slow to look for, for a byte of theirs is in most letters."""


class Nodes:
    """The nodes so far; ``common`` is what the reading says of the text's letters."""

    def __init__(self, text: str, *, common: bool = False) -> None:
        self.text = text
        self.nodes: list[Node] = []
        self._ids = Ids()
        self._doubled = text.find("  ")
        self._blanks = tuple([blank for blank in (_COMMON_BLANKS if common else BLANKS) if blank in text])
        self._broken_only = self._blanks in ((), ("\n",))  # no blank but line ends and the common one

    def _add(
        self, parent: int | None, kind: NodeKind, key: str, label: str, split: int, start: int, end: int, paragraph: Paragraph, *,
        role: str = "", cells: tuple[CellSpan, ...] = (),
    ) -> int:  # fmt: skip
        """Append a node; ``split`` is where its heading ends and its text begins (0: no heading)."""
        above = self.nodes[parent].id if parent is not None else None
        at = start + len(label)
        headed = split > at
        self.nodes.append(
            Node(
                id=self._ids.give(above, role if role == "row" else kind, key),
                parent=above,
                kind=kind,
                label=label if len(label) < 2 else " ".join(label.split()),
                heading=self._flat(at, split) if headed else "",
                text=self._flat(split if headed else at, end),
                start=start,
                end=end,
                page=paragraph.lines[0].page,
                role=role,
                cells=cells,
            )
        )
        return len(self.nodes) - 1

    def _flat(self, start: int, end: int) -> str:
        """A stretch's words on one line, one blank between them; most are so already, and that is quickly seen. Asked in reading order."""
        text = self.text
        if 0 <= self._doubled < start:
            self._doubled = text.find("  ", start)
        words = text[start:end].strip()
        if self._broken_only and not 0 <= self._doubled < end and "\n" not in words:
            return words
        doubled = 0 <= self._doubled < end
        for blank in self._blanks:
            if blank in words:
                words = words.replace(blank, " ")
                doubled = True
        while doubled and "  " in words:
            words = words.replace("  ", " ")
        return words

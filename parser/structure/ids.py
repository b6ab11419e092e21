"""Node ids: made of the full path, readable, stable when text elsewhere changes.

``art_2__hd_I__hd_2__hd_2.1__b_3`` is the third bullet of heading 2.1 of heading 2 of heading I of Điều 2. A labelled node carries its
label's key (``đ`` kept: ``pt_d`` and ``pt_đ`` differ), an unlabelled one its place among its like; a repeated id gets ``~2``, ``~3`` …
"""

from __future__ import annotations

PREFIX = {
    "preamble": "pre",
    "recital": "rec",
    "part": "part",
    "chapter": "chp",
    "section": "sec",
    "subsection": "subsec",
    "article": "art",
    "clause": "cl",
    "point": "pt",
    "heading": "hd",
    "bullet": "b",
    "paragraph": "p",
    "quotation": "quot",
    "table": "tbl",
    "row": "row",
    "appendix": "app",
    "closing": "close",
    "recipients": "to",
    "signature": "sig",
    "note": "note",
}


class Ids:
    """Gives ids to nodes in reading order; never the same twice."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._counts: dict[str, int] = {}

    def give(self, parent: str | None, kind: str, key: str) -> str:
        """The id of a node of this kind and key below ``parent``; ``key`` empty for one without a label."""
        begun = f"{PREFIX[kind]}_" if parent is None else f"{parent}__{PREFIX[kind]}_"
        if key:
            made = begun + key
        else:
            self._counts[begun] = place = self._counts.get(begun, 0) + 1
            made = f"{begun}{place}"
        given = self._given
        count = len(given)
        given.add(made)
        if len(given) == count:  # it was given before
            again = f"{made}~"
            self._counts[again] = place = self._counts.get(again, 1) + 1
            made = f"{again}{place}"
            given.add(made)
        return made

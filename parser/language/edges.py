"""Where words end because the parser knows it: at labels, nodes, cells, and at the edges of records."""

from __future__ import annotations

from ..model import Document
from . import records
from .places import Places


class Edges:
    """What the parser knows of where words end, in places of the Doc's text."""

    def __init__(self, document: Document, places: Places) -> None:
        self.labels: list[tuple[int, int]] = []
        self.cuts: list[int] = []
        self.breaks: list[int] = []
        if not places.fits:
            return
        for node in document.nodes:
            if span := places.span(node.start, node.end):
                self.breaks += span
            if (
                node.label
                and document.text.startswith(node.label, node.start)
                and (span := places.span(node.start, node.start + len(node.label)))
            ):
                self.labels.append(span)
                self.breaks.append(span[1])
            for cell in node.cells:
                if span := places.span(cell.start, cell.end):
                    self.breaks += span
        for group in records.GROUPS[1:]:
            for record, *_ in records.marked(document, group):
                if span := places.span(record.start, record.end):
                    self.cuts += span

"""An outline for the eye: what the document is, its tree, and what was found in it."""

from __future__ import annotations

from itertools import groupby

from ..model import CellSpan, Document, Node

WIDTH = 110


def tree(document: Document, width: int = WIDTH) -> str:
    """One line a node, indented by depth: its label (or what it is, in brackets), then its heading or first words; a table's rows with
    ``|`` between the cells; at the end counts and findings.

    ::

        Điều 2.  Thông qua mục tiêu, nhiệm vụ phát triển kinh tế - xã hội năm 2024 …
          I.  Mục tiêu và các chỉ tiêu chủ yếu
            (table)  STT
              (row)  Chỉ tiêu | Năm 2024
        (note)  [1] Theo Quyết định số 01/2025/QĐ-UBND
    """
    itself = document.instrument
    lines = [" ".join(filter(None, (itself.type, itself.number))) or document.source.name]
    lines += [line for line in (itself.title, " · ".join(filter(None, (itself.issuer, itself.date)))) if line]
    lines.append("")
    depths: dict[str, int] = {}
    for node in document.nodes:
        depth = depths[node.id] = depths.get(node.parent or "", -1) + 1
        lines.append(_line(node, document.text, "  " * depth, width))
    lines += ["", _counts(document)]
    lines += [f"{finding.severity}: {finding.code}: {finding.message}" for finding in document.findings]
    return "\n".join(lines) + "\n"


def _line(node: Node, text: str, indent: str, width: int) -> str:
    # a table's label stands for the table only: none is printed
    label = node.label if node.label and node.kind != "table" else f"({node.role or node.kind})"
    words = " ".join((node.heading or node.text).split())
    if node.cells:
        words = " | ".join(" ".join(" ".join(text[cell.start : cell.end] for cell in row).split()) for row in _cells(node))
    room = max(20, width - len(indent) - len(label) - 2)
    if len(words) > room:
        words = words[: room - 2].rsplit(maxsplit=1)[0] + " …"
    return f"{indent}{label}  {words}".rstrip()


def _cells(node: Node) -> list[list[CellSpan]]:
    """The paragraphs of each cell, cell by cell."""
    return [list(of_cell) for _, of_cell in groupby(node.cells, key=lambda span: (span.row, span.column))]


def _counts(document: Document) -> str:
    external = sum(citation.scope == "external" for citation in document.citations)
    counted = (
        (len(document.nodes), "nodes"),
        (external, "citations"),
        (len(document.citations) - external, "references to itself"),
        (len(document.mandates), "mandates"),
        (len(document.targets), "targets"),
        (len(document.findings), "findings"),
    )
    return " · ".join(f"{number} {what}" for number, what in counted)

"""An outline for the eye: what the document is, its tree, and what was found in it."""

from __future__ import annotations

from ..model import Document, Node

WIDTH = 110


def tree(document: Document, width: int = WIDTH) -> str:
    """One line a node, indented by depth: its label, then its heading or first words; at the end counts and findings.

    ::

        Điều 2.  Thông qua mục tiêu, nhiệm vụ phát triển kinh tế - xã hội năm 2024 …
          I.  Mục tiêu và các chỉ tiêu chủ yếu
    """
    itself = document.instrument
    lines = [" ".join(filter(None, (itself.type, itself.number))) or document.source.name]
    lines += [line for line in (itself.title, " · ".join(filter(None, (itself.issuer, itself.date)))) if line]
    lines.append("")
    depths: dict[str, int] = {}
    for node in document.nodes:
        depth = depths[node.id] = depths.get(node.parent or "", -1) + 1
        lines.append(_line(node, "  " * depth, width))
    lines += ["", _counts(document)]
    lines += [f"{finding.severity}: {finding.code}: {finding.message}" for finding in document.findings]
    return "\n".join(lines) + "\n"


def _line(node: Node, indent: str, width: int) -> str:
    label = node.label or f"({node.role or node.kind})"
    words = " ".join((node.heading or node.text).split())
    room = max(20, width - len(indent) - len(label) - 2)
    if len(words) > room:
        words = words[: room - 2].rsplit(maxsplit=1)[0] + " …"
    return f"{indent}{label}  {words}".rstrip()


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

"""What holds of every parse, whatever was parsed: checked by the property tests, on all texts at hand, and by scripts/fuzz."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from vanban.parser import Document, ReadError

Parsed = Callable[[Path], Document | ReadError]
"""What the fixture ``parsed`` gives: parse a file at hand, once in a run of the tests; the error says why it cannot be read here."""


def bare(words: str) -> str:
    """Without blanks."""
    return "".join(words.split())


def broken(document: Document) -> list[str]:
    """Which laws the parse breaks, each with where and how; empty when all hold."""
    return [*_nodes(document), *_spans(document), *_source_map(document)]


def _nodes(document: Document) -> Iterator[str]:
    """Disjoint, in order, every non-blank character in one of them, and none made up."""
    text = document.text
    at = 0
    known: set[str] = set()
    for node in document.nodes:
        where = f"node {node.id} [{node.start}:{node.end}]"
        if not at <= node.start <= node.end <= len(text):
            yield f"{where}: overlaps the node before it, which ends at {at}, or leaves the text ({len(text)})"
        elif text[at : node.start].strip():
            yield f"{where}: {text[at : node.start].strip()[:60]!r} before it is in no node"
        # a table's row of the outline is called "table": nothing is printed there
        label = "" if node.kind == "table" else node.label
        if bare(text[node.start : node.end]) != bare(label + node.heading + node.text):
            yield f"{where}: the text has {text[node.start : node.end][:60]!r}, the node {(label, node.heading[:60], node.text[:60])!r}"
        if node.id in known:
            yield f"{where}: its id occurs twice"
        if node.parent is not None and node.parent not in known:
            yield f"{where}: its parent {node.parent} does not stand before it"
        known.add(node.id)
        yield from (f"{where}: cell {cell} lies outside" for cell in node.cells if not node.start <= cell.start <= cell.end <= node.end)
        at = max(at, node.end)
    if text[at:].strip():
        yield f"the end {text[at:].strip()[:60]!r} is in no node"


def _spans(document: Document) -> Iterator[str]:
    """Citations, mandates and targets are what stands at their place."""
    text = document.text
    nodes = {node.id: node for node in document.nodes}
    for found in chain[object](document.citations, document.mandates, document.targets):
        kind, start, end, node, words = type(found).__name__, found.start, found.end, found.node, found.text  # type: ignore[attr-defined]
        where = f"{kind} [{start}:{end}] {words[:60]!r}"
        if not 0 <= start < end <= len(text):
            yield f"{where}: outside the text ({len(text)})"
        elif bare(text[start:end]) != bare(words):
            yield f"{where}: the text has {text[start:end][:60]!r}"
        if node is not None and node not in nodes:
            yield f"{where}: its node {node} does not exist"
        elif node is not None and not (start < nodes[node].end and nodes[node].start < end):
            yield f"{where}: lies outside its node {node} [{nodes[node].start}:{nodes[node].end}]"
    for citation in document.citations:
        if citation.target_node is not None and citation.target_node not in nodes:
            yield f"Citation {citation.text[:60]!r}: its target node {citation.target_node} does not exist"
    for finding in document.findings:
        if not 0 <= finding.start <= finding.end <= len(text):
            yield f"Finding {finding.code} [{finding.start}:{finding.end}]: outside the text ({len(text)})"
        if finding.node is not None and finding.node not in nodes:
            yield f"Finding {finding.code}: its node {finding.node} does not exist"


def _source_map(document: Document) -> Iterator[str]:
    """Runs in order, none overlapping, in the text and in the source."""
    text = source = 0
    for run in document.source_map:
        if run.text < text or run.source < source or run.length <= 0 or run.text + run.length > len(document.text):
            yield f"source map: {run} overlaps the run before it or leaves the text"
        text, source = run.text + run.length, run.source + run.length


def unfaithful(document: Document, source: str) -> list[str]:
    """Where ``to_source`` leads to another character than the one that stands in ``source``, the decoded file."""
    wrong = []
    for run in document.source_map:
        for offset in {run.text, run.text + run.length // 2, run.text + run.length - 1}:
            place = document.to_source(offset)
            if place is None or source[place : place + 1] != document.text[offset]:
                wrong.append(
                    f"{offset} {document.text[offset]!r} leads to {place} {source[place : place + 1] if place is not None else None!r}"
                )
        if document.text[run.text : run.text + run.length] != source[run.source : run.source + run.length]:
            wrong.append(f"{run}: {document.text[run.text : run.text + 40]!r} is not {source[run.source : run.source + 40]!r}")
    return wrong

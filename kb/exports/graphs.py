"""Graphs of instruments: GraphML and GEXF (Gephi, networkx), DOT and Mermaid (pictures), CSV with a Cypher script (property graphs).

A node is an instrument, an edge what one says it does to another (``amends``, ``legal_basis`` …), from the citing one to the cited. With a
single number selected the graph is its neighbourhood, ``depth`` steps each way; otherwise it is all that the selected documents say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import schema
from ..questions.related import Related, of_objects, of_subjects
from ..records import InstrumentRecord, called
from ..resolution import by_id
from ..schema import Document, SourceFile, portions
from . import Selection
from .rows import stream
from .selection import Held, documents, instruments, key_of

PICTURE = 400
"""Edges in a picture (DOT, Mermaid) at most: more cannot be read."""


class Edge(NamedTuple):
    """``source`` does ``relation`` to ``target``; ``document`` is the key of the one that says so."""

    source: str
    relation: str
    target: str
    provision: str
    date: str
    mentions: int
    document: str


def write(session: Session, form: str, out: Path, selection: Selection) -> list[str]:
    """Write a graph; the names of the files, relative to ``out``."""
    if form == "neo4j":
        from . import property_graph

        return property_graph.write(session, out, selection)
    nodes, edges = graph(session, selection)
    with _opened(out) as to:
        {"graphml": _graphml, "gexf": _gexf, "dot": _dot, "mermaid": _mermaid}[form](to, nodes, edges)
    return [out.name]


def graph(session: Session, selection: Selection) -> tuple[Iterator[InstrumentRecord], Iterator[Edge]]:
    """The instruments by id, and the edges in a fixed order; both streamed. Every edge's ends are among the nodes."""
    if len(selection.numbers) == 1:
        (middle,) = instruments(session, selection)
        edges = sorted(_around(session, middle, selection.depth))
        ends = {middle, *(edge.source for edge in edges), *(edge.target for edge in edges)}
        return iter(sorted(by_id(session, ends).values(), key=lambda record: record.id)), iter(edges)
    held = documents(session, selection)
    return _records(session, selection, held), _edges(session, held)


def _records(session: Session, selection: Selection, held: Sequence[Held]) -> Iterator[InstrumentRecord]:
    for id, type, number, date, issuer, name, _citations, _documents, here in stream(session, "instruments", selection, held):
        yield InstrumentRecord(id=id, type=type, number=number, date=date, issuer=issuer, name=name, held=here)


def _edges(session: Session, held: Sequence[Held]) -> Iterator[Edge]:
    for row in stream(session, "relations", Selection(), held):
        key, _instrument, _position, subject, relation, object, provision, date, _effective, mentions, *_where = row
        yield Edge(subject, relation, object, provision, date, mentions, key)


def _around(session: Session, middle: str, depth: int) -> set[Edge]:
    """The edges within ``depth`` steps of an instrument, either way; cycles end where they close."""
    said: set[Related] = set()
    seen, border = {middle}, {middle}
    for _ in range(depth):
        fresh = set()
        for ids in portions(sorted(border)):
            keys = [schema.key_of(one) for one in ids]
            for touching in (of_subjects(session, keys), of_objects(session, keys)):
                for one in touching:
                    said.add(one)
                    fresh |= {one.subject_id, one.object_id}
        border = fresh - seen
        seen |= fresh
        if not border:
            break
    sources = _sources(session, {one.document_id for one in said})
    return {
        Edge(one.subject_id, one.relation, one.object_id, one.provision, one.date, one.mentions, sources[one.document_id]) for one in said
    }


def _sources(session: Session, ids: Collection[int]) -> dict[int, str]:
    """The keys of documents by their numbers."""
    asked = select(Document.id, SourceFile.sha256, Document.part).join(SourceFile, SourceFile.id == Document.source_id)
    rows = (row for some in portions(sorted(ids)) for row in session.execute(asked.where(Document.id.in_(some))))
    return {document: key_of(sha256, part) for document, sha256, part in rows}


@contextmanager
def _opened(file: Path) -> Iterator[IO[str]]:
    with file.open("w", encoding="utf-8", newline="\n") as to:
        yield to


_NODE = (("type", "string"), ("number", "string"), ("date", "string"), ("issuer", "string"), ("name", "string"), ("held", "boolean"))
_EDGE = (("relation", "string"), ("provision", "string"), ("date", "string"), ("mentions", "int"), ("document", "string"))


def _xml(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return escape("".join(c if c >= " " or c in "\t\n" else "\ufffd" for c in text))


def _facts(record: InstrumentRecord) -> list[tuple[str, object]]:
    """What is known of an instrument; what is not is left out."""
    return [(name, value) for name, _ in _NODE if (value := getattr(record, name)) not in (None, "")]


def _said(edge: Edge) -> list[tuple[str, object]]:
    return [(name, value) for name, _ in _EDGE if (value := getattr(edge, name)) != ""]


def _graphml(to: IO[str], nodes: Iterable[InstrumentRecord], edges: Iterable[Edge]) -> None:
    to.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    to.write('  <key id="n_label" for="node" attr.name="label" attr.type="string"/>\n')
    for where, names in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in names:
            to.write(f'  <key id="{where[0]}_{name}" for="{where}" attr.name="{name}" attr.type="{kind}"/>\n')
    to.write('  <graph id="vanban" edgedefault="directed">\n')
    for record in nodes:
        to.write(f'    <node id={quoteattr(record.id)}><data key="n_label">{_xml(called(record))}</data>')
        to.write("".join(f'<data key="n_{name}">{_xml(value)}</data>' for name, value in _facts(record)) + "</node>\n")
    for i, edge in enumerate(edges):
        to.write(f'    <edge id="e{i}" source={quoteattr(edge.source)} target={quoteattr(edge.target)}>')
        to.write("".join(f'<data key="e_{name}">{_xml(value)}</data>' for name, value in _said(edge)) + "</edge>\n")
    to.write("  </graph>\n</graphml>\n")


def _gexf(to: IO[str], nodes: Iterable[InstrumentRecord], edges: Iterable[Edge]) -> None:
    to.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
    to.write('  <graph mode="static" defaultedgetype="directed">\n')
    for where, names in (("node", _NODE), ("edge", _EDGE)):
        to.write(f'    <attributes class="{where}">\n')
        for i, (name, kind) in enumerate(names):
            to.write(f'      <attribute id="{i}" title="{name}" type="{"integer" if kind == "int" else kind}"/>\n')
        to.write("    </attributes>\n")
    to.write("    <nodes>\n")
    places = {name: i for i, (name, _) in enumerate(_NODE)}
    for record in nodes:
        values = "".join(f'<attvalue for="{places[name]}" value={_attribute(value)}/>' for name, value in _facts(record))
        to.write(f"      <node id={quoteattr(record.id)} label={_attribute(called(record))}><attvalues>{values}</attvalues></node>\n")
    to.write("    </nodes>\n    <edges>\n")
    places = {name: i for i, (name, _) in enumerate(_EDGE)}
    for i, edge in enumerate(edges):
        values = "".join(f'<attvalue for="{places[name]}" value={_attribute(value)}/>' for name, value in _said(edge))
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        to.write(f'      <edge id="{i}" {ends} label={quoteattr(edge.relation)}><attvalues>{values}</attvalues></edge>\n')
    to.write("    </edges>\n  </graph>\n</gexf>\n")


def _attribute(value: object) -> str:
    return '"' + _xml(value).replace('"', "&quot;").replace("\n", "&#10;") + '"'


def _picture(nodes: Iterable[InstrumentRecord], edges: Iterable[Edge]) -> tuple[list[InstrumentRecord], list[tuple[str, str, str]], int]:
    """What can be drawn: instruments, lines (one a relation between two), and how many relations are told that are not drawn."""
    drawn: dict[tuple[str, str, str], None] = {}
    left = 0
    for edge in edges:
        line = (edge.source, edge.relation, edge.target)
        if line in drawn:
            continue
        if len(drawn) < PICTURE:
            drawn[line] = None
        else:
            left += 1
    ends = {end for source, _, target in drawn for end in (source, target)}
    shown = (record for record in nodes if record.id in ends or not drawn)
    return list(islice(shown, None if drawn else PICTURE)), list(drawn), left


def _dot(to: IO[str], nodes: Iterable[InstrumentRecord], edges: Iterable[Edge]) -> None:
    records, lines, left = _picture(nodes, edges)
    to.write('digraph vanban {\n  rankdir="LR";\n  node [shape="box", fontname="sans-serif"];\n')
    if left:
        to.write(f'  label="… {left}";\n')
    for record in records:
        style = "" if record.held else ', style="dashed"'
        to.write(f"  {_quoted(record.id)} [label={_quoted(called(record))}{style}];\n")
    for source, relation, target in lines:
        to.write(f"  {_quoted(source)} -> {_quoted(target)} [label={_quoted(relation)}];\n")
    to.write("}\n")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _mermaid(to: IO[str], nodes: Iterable[InstrumentRecord], edges: Iterable[Edge]) -> None:
    records, lines, left = _picture(nodes, edges)
    to.write("flowchart LR\n")
    if left:
        to.write(f"  %% … {left}\n")
    names = {record.id: f"v{i}" for i, record in enumerate(records)}
    for record in records:
        label = called(record).replace('"', "#quot;").replace("\n", " ")
        to.write(f'  {names[record.id]}["{label}"]{"" if record.held else ":::cited"}\n')
    for source, relation, target in lines:
        to.write(f"  {names[source]} -->|{relation}| {names[target]}\n")
    to.write("  classDef cited stroke-dasharray: 4\n")

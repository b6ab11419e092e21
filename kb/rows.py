"""A Document's parts as rows: put in with it, taken out when a newer version takes its place.

:func:`made` turns a Document into rows without a database, so that it can be done elsewhere (in another process, on another machine).
Every row is keyed by its document and its place in it, so the same Document always makes the same rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from vanban.parser.model import Document as Parsed
from vanban.parser.model import Node as ParsedNode

from . import words, writing
from .schema import (
    PARTS,
    Candidate,
    Citation,
    Edge,
    Finding,
    Instrument,
    Mandate,
    MandateAct,
    MandateAction,
    MandateActor,
    MandateInstrument,
    MandatePhrase,
    MandatePlace,
    MandateProgramme,
    Node,
    OrganisationMention,
    PlaceMention,
    ProgrammeMention,
    Target,
    key_of,
    place_key,
    portions,
)

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
"""Rows by table, without the document's id, which comes first in each."""

_KINDS = {
    "preamble": "phần đầu",
    "recital": "căn cứ",
    "part": "phần",
    "chapter": "chương",
    "section": "mục",
    "subsection": "tiểu mục",
    "article": "điều",
    "clause": "khoản",
    "point": "điểm",
    "bullet": "gạch đầu dòng",
    "paragraph": "đoạn",
    "heading": "đề mục",
    "quotation": "phần trích",
    "table": "bảng",
    "note": "chú thích",
    "appendix": "phụ lục",
    "closing": "phần kết",
    "recipients": "nơi nhận",
    "signature": "chữ ký",
}
_COLUMNS: dict[str, tuple[str, ...]] = {
    table.__tablename__: ("document_id", *columns.split())
    for table, columns in (
        (Node, "position key node parent kind label heading text start end page role path"),
        (
            Citation,
            "position node start end text scope type number number_key name date issuer provision relation state target_key target_node "
            "rule document_date subject_key",
        ),
        (Candidate, "citation instrument_key"),
        (Edge, "position node start end subject_key relation object_key provision"),
        (
            Mandate,
            "position node start end text kind field field_key deadline deadline_from deadline_to recurring responsible_from document_date",
        ),
        (MandateActor, "mandate position name name_key role inherited start end"),
        (MandateAction, "mandate position text"),
        (MandateAct, "mandate position start end verb aspect object manner purpose negative"),
        (MandateInstrument, "mandate position instrument_key"),
        (MandateProgramme, "mandate position programme_key"),
        (MandatePlace, "mandate position place_key"),
        (MandatePhrase, "mandate position text"),
        (
            Target,
            "position node start end text name name_key comparator value value_max unit change period baseline normal_value normal_max "
            "normal_unit document_date",
        ),
        (ProgrammeMention, "position node start end programme_key period issued_by"),
        (OrganisationMention, "position node start end organisation_key"),
        (PlaceMention, "position node start end place_key"),
        (Finding, "position code severity message node start end"),
    )
}
"""The columns of each table of parts in the order of their rows; tables in the order in which they can be filled."""


def made(parsed: Parsed) -> Rows:
    """The parts of a Document as rows, and the words of its nodes, mandates and targets (``…_words``: position, folded, exact)."""
    dated = parsed.instrument.date or ""
    said = _Folded()
    rows = text_rows(parsed, said)
    subject = key_of(parsed.instrument.id) if parsed.instrument.id else None
    rows["citations"] = [
        (
            i, c.node, c.start, c.end, c.text, c.scope, c.type, c.number, words.number_key(c.number or ""), c.name, c.date, c.issuer,
            c.provision, c.relation, c.state, key_of(c.target) if c.target else None, c.target_node, c.rule, dated,
            subject if c.scope == "external" and c.target and c.relation else None,
        )
        for i, c in enumerate(parsed.citations)
    ]  # fmt: skip
    rows["candidates"] = [(i, key_of(one)) for i, c in enumerate(parsed.citations) if c.candidates for one in sorted(set(c.candidates))]
    rows["edges"] = [
        (i, e.node, e.start, e.end, key_of(e.subject), e.relation, key_of(e.object), e.provision) for i, e in enumerate(parsed.edges)
    ]
    rows |= _mandates(parsed, dated, said)
    rows["targets"] = [
        (
            i, t.node, t.start, t.end, t.text, t.name, said[t.name], t.comparator, t.value, t.value_max, t.unit, t.change,
            t.period, t.baseline, t.normal_value, t.normal_max, t.normal_unit, dated,
        )
        for i, t in enumerate(parsed.targets)
    ]  # fmt: skip
    rows["target_words"] = [(i, f" {f'{said[t.name]} {words.name_key(t.text)}'.strip()} ") for i, t in enumerate(parsed.targets)]
    rows["programme_mentions"] = [
        (i, p.node, p.start, p.end, key_of(p.name), p.period, p.issued_by) for i, p in enumerate(parsed.programmes)
    ]
    rows["organisation_mentions"] = [(i, m.node, m.start, m.end, key_of(m.name)) for i, m in enumerate(parsed.organisations)]
    rows["place_mentions"] = [(i, m.node, m.start, m.end, key_of(m.name)) for i, m in enumerate(parsed.places)]
    rows["findings"] = [(i, f.code, f.severity, f.message, f.node, f.start, f.end) for i, f in enumerate(parsed.findings)]
    return rows


class _Folded(dict[str, str]):
    """The folded words of a document's texts: a mandate says again what its node says, a body is named in many places."""

    def __missing__(self, text: str) -> str:
        self[text] = found = words.name_key(text)
        return found


def text_rows(parsed: Parsed, said: _Folded | None = None) -> Rows:
    """Its nodes and their words."""
    said = _Folded() if said is None else said
    places = paths(parsed.nodes)
    labels = [printed_label(n) for n in parsed.nodes]
    return {
        # The node's key is made where its document's id is known.
        "nodes": [
            (i, 0, n.id, n.parent, n.kind, labels[i], n.heading, n.text, n.start, n.end, n.page, n.role, places[n.id])
            for i, n in enumerate(parsed.nodes)
        ],
        "node_words": [_node_words(i, labels[i], n.heading, n.text, said) for i, n in enumerate(parsed.nodes)],
    }


def node_words(position: int, label: str, heading: str, text: str) -> Row:
    """The words of a node as they are indexed: of the same node always the same."""
    return _node_words(position, label, heading, text, _Folded())


def _node_words(position: int, label: str, heading: str, text: str, said: _Folded) -> Row:
    folded, exact = words.forms(text)
    said[text] = folded
    if label or heading:
        head = words.forms(f"{label} {heading}") if heading else _of_label(label)
        folded, exact = f"{head[0]} {folded}".strip(), f"{head[1]} {exact}".strip()
    return position, f" {folded} ", f" {exact} "


@lru_cache(maxsize=1 << 12)
def _of_label(label: str) -> tuple[str, str]:
    """The words of a label: there are few, said again and again."""
    return words.forms(label)


def _mandates(parsed: Parsed, dated: str, said: _Folded) -> Rows:
    rows: Rows = {
        "mandates": [
            (i, m.node, m.start, m.end, m.text, m.kind, m.field, words.padded(m.field) if m.field else "")
            + ((d.text, d.from_, d.to, d.recurring) if (d := m.deadline) else (None, None, None, None))
            + (m.responsible_from, dated)
            for i, m in enumerate(parsed.mandates)
        ],
        "mandate_words": [(i, f" {said[m.text]} ") for i, m in enumerate(parsed.mandates)],
    }
    rows |= {table: [] for table in _OF_MANDATES}
    actors, actions, acts, instruments, programmes, places, phrases = map(rows.__getitem__, _OF_MANDATES)
    for i, m in enumerate(parsed.mandates):
        if m.actors or m.responsible:
            named: list[Row] = [(a.name, a.role, False, a.start, a.end) for a in m.actors]
            named += [(name, None, True, None, None) for name in m.responsible]
            actors += [(i, j, name, said[name], *rest) for j, (name, *rest) in enumerate(named)]
        actions += [(i, j, text) for j, text in enumerate(m.actions)]
        acts += [(i, j, a.start, a.end, a.verb, a.aspect, a.object, a.manner, a.purpose, a.negative) for j, a in enumerate(m.acts)]
        if m.implements:
            instruments += [(i, j, key_of(one)) for j, one in enumerate(dict.fromkeys(m.implements))]
        if m.programmes:
            programmes += [(i, j, key_of(one)) for j, one in enumerate(m.programmes)]
        if m.places:
            places += [(i, j, key_of(one)) for j, one in enumerate(m.places)]
        if m.phrases:
            phrases += [(i, j, one) for j, one in enumerate(m.phrases)]
    return rows


_OF_MANDATES = (
    "mandate_actors", "mandate_actions", "mandate_acts", "mandate_instruments", "mandate_programmes", "mandate_places", "mandate_phrases",
)  # fmt: skip


def put_in(connection: Connection, document: int, rows: Rows) -> None:
    """The rows of a document's parts, under its id."""
    for table, columns in _COLUMNS.items():
        if not (listed := rows.get(table)):
            continue
        if table == "nodes":
            whole = [(document, row[0], place_key(document, row[0]), *row[2:]) for row in listed]
        else:
            whole = [(document, *row) for row in listed]
        writing.put(connection, table, columns, whole)


def take_out(connection: Connection, document: int) -> set[str]:
    """The parts of a document are deleted; the instruments they named are returned."""
    issued_by = select(ProgrammeMention.issued_by).where(ProgrammeMention.document_id == document, ProgrammeMention.issued_by.is_not(None))
    named = {one for one in connection.scalars(issued_by) if one}
    keys: set[int] = set()
    for column in _NAMING:
        found = connection.scalars(select(column).where(column.class_.document_id == document).distinct())
        keys.update(one for one in found if one is not None)
    for portion in portions(sorted(keys)):
        named.update(connection.scalars(select(Instrument.id).where(Instrument.key.in_(portion))))
    for part in PARTS:
        connection.execute(delete(part).where(part.document_id == document))
    return named


_NAMING = (
    Citation.target_key,
    Candidate.instrument_key,
    MandateInstrument.instrument_key,
    Edge.subject_key,
    Edge.object_key,
)


def columns(table: str) -> tuple[str, ...]:
    """The columns of a table of parts, in the order of its rows; the document's id first."""
    return _COLUMNS[table]


def cited(connection: Connection, document: int) -> list[int]:
    """The other instruments that a document cites (their keys), as often as it does."""
    of_it = Citation.document_id == document, Citation.scope == "external", Citation.target_key.is_not(None)
    return [one for one in connection.scalars(select(Citation.target_key).where(*of_it)) if one is not None]


class Mentioned(NamedTuple):
    """What a document speaks of (keys): other instruments, as often as it cites them; organisations and places once each."""

    instruments: list[int]
    organisations: set[int]
    places: set[int]


def mentioned(connection: Connection, document: int) -> Mentioned:
    """What a document speaks of as it stands."""

    def keys(column: InstrumentedAttribute[int]) -> set[int]:
        return set(connection.scalars(select(column).where(column.class_.document_id == document)))

    bodies, places = keys(OrganisationMention.organisation_key), keys(PlaceMention.place_key) | keys(MandatePlace.place_key)
    return Mentioned(cited(connection, document), bodies, places)


def mentioned_in(rows: Rows) -> Mentioned:
    """The same of rows that are not put in yet."""
    scope, target = _COLUMNS["citations"].index("scope") - 1, _COLUMNS["citations"].index("target_key") - 1
    instruments = [row[target] for row in rows["citations"] if row[scope] == "external" and row[target]]

    def keys(table: str, column: str) -> set[int]:
        place = _COLUMNS[table].index(column) - 1
        return {row[place] for row in rows[table]}

    places = keys("place_mentions", "place_key") | keys("mandate_places", "place_key")
    return Mentioned(instruments, keys("organisation_mentions", "organisation_key"), places)


def are_open(rows: Rows) -> bool:
    """Whether a citation among the rows may come to mean another instrument: it is not resolved, or by its name only."""
    scope, state, number, name = (_COLUMNS["citations"].index(one) - 1 for one in ("scope", "state", "number", "name"))
    return any(
        row[scope] == "external" and (row[state] not in (None, "resolved") or (row[number] is None and row[name]))
        for row in rows["citations"]
    )


def paths(nodes: Sequence[ParsedNode]) -> dict[str, str]:
    """Where each node stands, as people cite it: ``Điều 2 › II › 5 › gạch đầu dòng 1``; counted only where it has sisters alike."""
    steps = [(node.parent, _step(node.kind, node.label, node.role)) for node in nodes]
    alike = Counter(steps)
    seen: dict[tuple[str | None, str], int] = {}
    whole: dict[str, str] = {}
    for node, step in zip(nodes, steps, strict=True):
        counted = step[1]
        if alike[step] > 1:
            seen[step] = number = seen.get(step, 0) + 1
            counted = f"{counted} {number}"
        above = whole.get(step[0] or "")
        whole[node.id] = f"{above} › {counted}" if above else counted
    return whole


def printed_label(node: ParsedNode) -> str:
    """The label as printed: a table's stands for itself only and is not in the text."""
    return "" if node.kind == "table" else node.label


@lru_cache(maxsize=1 << 12)
def _step(kind: str, label: str, role: str) -> str:
    label = "" if kind == "table" else label.strip().rstrip(".:)/").strip()
    if role == "row":
        return "dòng"
    if kind in ("clause", "point"):
        return f"{_KINDS[kind]} {label}" if label else _KINDS[kind]
    if kind == "bullet":
        return "dấu cộng" if label == "+" else _KINDS["bullet"]
    return label or _KINDS.get(kind, kind)

"""Rows as the records they are answered as, in a stable order: by the document's date (latest first), then reading order."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, and_, func, literal, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session, load_only
from sqlalchemy.sql.functions import FunctionElement

from vanban.parser.model import Actor, Deadline

from ..records import CitationRecord, DocumentRecord, MandateRecord, Snippet, TargetRecord
from ..resolution import by_id, document_record
from ..schema import (
    Candidate,
    Citation,
    Document,
    Mandate,
    MandateAction,
    MandateActor,
    MandateInstrument,
    MandatePlace,
    MandateProgramme,
    Node,
    SourceFile,
    Target,
    portions,
)

Key = tuple[int, int]
Where = Sequence[ColumnElement[bool]]


class holds(FunctionElement[bool]):  # noqa: N801 - a function of SQL
    """The text holds another, letter by letter: no wildcards, and capitals differ, on every database."""

    inherit_cache = True
    name = "holds"


@compiles(holds)
def _strpos(element: Any, compiler: Any, **how: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **how)}) > 0"


@compiles(holds, "sqlite")
def _instr(element: Any, compiler: Any, **how: Any) -> str:
    return f"instr({compiler.process(element.clauses, **how)}) > 0"


def citations(session: Session, where: Where, limit: int | None = None, offset: int = 0) -> list[CitationRecord]:
    """Citations of other instruments as records."""
    rows = _rows(session, Citation, [Citation.scope == "external", *where], limit, offset)
    open_ones = [(citation.document_id, citation.position) for citation, *_ in rows if citation.target_id is None]
    candidates = _listed(session, open_ones, Candidate.instrument_id, Candidate.citation, Candidate.instrument_id)
    wanted = [citation.target_id for citation, *_ in rows if citation.target_id] + [one for listed in candidates.values() for one in listed]
    known = by_id(session, wanted)
    documents = records(session, (citation.document_id for citation, *_ in rows))
    return [
        CitationRecord(
            document=documents[citation.document_id],
            node=citation.node,
            path=node.path if node else "",
            start=citation.start,
            end=citation.end,
            text=citation.text,
            type=citation.type,
            number=citation.number,
            name=citation.name,
            date=citation.date,
            issuer=citation.issuer,
            provision=citation.provision,
            relation=citation.relation,
            state=citation.state,
            target=known.get(citation.target_id) if citation.target_id else None,
            candidates=tuple(known[one] for one in candidates[citation.document_id, citation.position]),
            context=_context(citation, node) if node else None,
        )
        for citation, node in rows
    ]


def mandate_records(session: Session, where: Where, limit: int | None = None, offset: int = 0) -> list[MandateRecord]:
    """Mandates as records."""
    return mandates_of(session, _keys(session, Mandate, where, limit, offset))


def mandates_counted(session: Session, where: Where, limit: int | None, offset: int) -> tuple[int, list[MandateRecord]]:
    """How many there are, and some as records, looked up once for both."""
    columns = Mandate.document_date.label("date"), Mandate.document_id.label("document"), Mandate.position.label("place")
    # Read twice, it is made once, and by what is looked up, not along the order of the page.
    one = select(*columns).where(*where).cte("found").c
    everyone = select(func.count(one.document)).scalar_subquery()
    page = select(one.document, one.place, everyone).order_by(one.date.desc(), one.document, one.place)
    chosen = page.limit(limit).offset(offset)
    found = session.connection().execute(chosen).all()
    total = found[0][2] if found else number(session, Mandate, where)  # of an empty page it is not told
    return total, mandates_of(session, [(document, position) for document, position, _ in found])


def mandates_of(session: Session, keys: Sequence[Key]) -> list[MandateRecord]:
    """The mandates of these keys. Their keys come first: what all of them hold need not be read to find the few that are answered."""
    found: dict[Key, tuple[Any, str | None]] = {}
    for portion in portions(keys):
        chosen = select(Mandate, Node.path).outerjoin(Node, and_(Node.document_id == Mandate.document_id, Node.node == Mandate.node))
        for one, place in session.execute(chosen.where(among(Mandate.document_id, Mandate.position, portion))):
            found[one.document_id, one.position] = one, place
    rows = [found[key] for key in keys]
    actors: dict[Key, list[tuple[str, str]]] = defaultdict(list)
    for portion in portions(keys):
        of = among(MandateActor.document_id, MandateActor.mandate, portion)
        bodies = select(MandateActor.document_id, MandateActor.mandate, MandateActor.name, func.coalesce(MandateActor.role, "")).where(of)
        for document, position, name, role in session.execute(bodies.order_by(MandateActor.position)):
            actors[document, position].append((name, role))
    actions = _listed(session, keys, MandateAction.text, MandateAction.mandate, MandateAction.position)
    carries = _listed(session, keys, MandateInstrument.instrument_id, MandateInstrument.mandate, MandateInstrument.position)
    programmes = _listed(session, keys, MandateProgramme.programme, MandateProgramme.mandate, MandateProgramme.position)
    places = _listed(session, keys, MandatePlace.place, MandatePlace.mandate, MandatePlace.position)
    known = by_id(session, (one for listed in carries.values() for one in listed))
    documents = records(session, (document for document, _ in keys))
    return [
        MandateRecord(
            document=documents[mandate.document_id],
            node=mandate.node,
            path=place or "",
            start=mandate.start,
            end=mandate.end,
            text=mandate.text,
            kind=mandate.kind,
            actors=tuple(Actor(name=name, role=role) for name, role in actors[key] if role),  # type: ignore[arg-type]
            responsible=tuple(name for name, role in actors[key] if not role),
            deadline=_deadline(mandate),
            actions=tuple(actions[key]),
            implements=tuple(known[one] for one in carries[key]),
            field=mandate.field,
            programmes=tuple(programmes[key]),
            places=tuple(places[key]),
        )
        for key, (mandate, place) in zip(keys, rows, strict=True)
    ]


def target_records(session: Session, where: Where, limit: int | None = None, offset: int = 0) -> list[TargetRecord]:
    """Targets as records."""
    rows = _rows(session, Target, where, limit, offset)
    documents = records(session, (target.document_id for target, _ in rows))
    return [
        TargetRecord(
            document=documents[target.document_id],
            node=target.node,
            path=node.path,
            start=target.start,
            end=target.end,
            text=target.text,
            name=target.name,
            comparator=target.comparator,
            value=_plain(target.value),
            value_max=plain(target.value_max),
            unit=target.unit,
            change=target.change,
            period=target.period,
            baseline=target.baseline,
            normal_value=plain(target.normal_value),
            normal_max=plain(target.normal_max),
            normal_unit=target.normal_unit,
        )
        for target, node in rows
    ]


def record(session: Session, document: Document) -> DocumentRecord:
    """A document's row as it is answered."""
    return document_record(document, session.get_one(SourceFile, document.source_id))


def records(session: Session, documents: Iterable[int]) -> dict[int, DocumentRecord]:
    """The documents of these ids."""
    found: dict[int, DocumentRecord] = {}
    for portion in portions(sorted(set(documents))):
        chosen = select(*_SAID).join(SourceFile, SourceFile.id == Document.source_id).where(Document.id.in_(portion))
        found |= {row.id: document_record(row, row) for row in session.connection().execute(chosen)}
    return found


_SAID = (
    *(Document.id, Document.instrument_id, Document.identified, Document.type, Document.number, Document.date, Document.issuer),
    *(Document.title, Document.part, SourceFile.name, SourceFile.sha256),
)
"""What a record of a document says: rows without objects, as many are read for every page."""


def paths(session: Session, places: Iterable[tuple[int, str | None]]) -> dict[tuple[int, str | None], str]:
    """Where nodes of documents stand."""
    wanted = sorted({(document, node) for document, node in places if node is not None})
    found: dict[tuple[int, str | None], str] = defaultdict(str)
    for portion in portions(wanted):
        chosen = select(Node.document_id, Node.node, Node.path).where(among(Node.document_id, Node.node, portion))
        found |= {(document, node): path for document, node, path in session.execute(chosen)}
    return found


class _among(FunctionElement[bool]):  # noqa: N801 - a function of SQL
    """A row's two columns are a pair of a list, which is one value: the statement is the same for any list."""

    inherit_cache = True
    name = "among"


@compiles(_among)
def _pairs(element: Any, compiler: Any, **how: Any) -> str:
    document, other, keys = element.clauses
    of = "bigint" if isinstance(other.type, Integer) else "text"
    listed = f"SELECT (k->>0)::bigint, (k->>1)::{of} FROM jsonb_array_elements(CAST({compiler.process(keys, **how)} AS jsonb)) AS k"
    return f"({compiler.process(document, **how)}, {compiler.process(other, **how)}) IN ({listed})"


@compiles(_among, "sqlite")
def _pairs_of_json(element: Any, compiler: Any, **how: Any) -> str:
    document, other, keys = element.clauses
    listed = f"SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each({compiler.process(keys, **how)})"
    return f"({compiler.process(document, **how)}, {compiler.process(other, **how)}) IN ({listed})"


def among(document: InstrumentedAttribute[int], other: InstrumentedAttribute[Any], keys: Sequence[tuple[int, Any]]) -> ColumnElement[bool]:
    """The row is one of those keys, each looked up by its index."""
    return _among(document, other, literal(json.dumps(keys, ensure_ascii=False), Text()))


LATEST_FIRST = (Document.date.desc().nulls_last(), Document.id)
CURRENT = Document.current == true()
"""As the indexes have it."""


_Table = type[Citation] | type[Mandate] | type[Target]


def standing(table: _Table) -> Select[*tuple[Any, ...]]:
    """Rows of ``table`` in order, with the node they stand in. Documents without a date come last: theirs is ''."""
    return (
        select(table, Node)
        .outerjoin(Node, and_(Node.document_id == table.document_id, Node.node == table.node))
        .options(load_only(Node.path, Node.heading, Node.text, Node.end))
        .order_by(*_order(table))
    )


def _rows(session: Session, table: type[Citation] | type[Target], where: Where, limit: int | None, offset: int) -> list[Any]:
    """Rows in order, with their nodes. Of a page the keys come first: what all of them hold need not be read to find the few that are
    answered."""
    if limit is None:
        return list(session.execute(standing(table).where(*where).offset(offset)))
    found: list[Any] = []
    for portion in portions(_keys(session, table, where, limit, offset)):
        found += session.execute(standing(table).where(among(table.document_id, table.position, portion)))
    return found


def _keys(session: Session, table: _Table, where: Where, limit: int | None, offset: int) -> list[Key]:
    """The keys of rows, in order."""
    chosen = select(table.document_id, table.position).where(*where).order_by(*_order(table)).limit(limit).offset(offset)
    return [(document, position) for document, position in session.connection().execute(chosen).all()]


def _order(table: _Table) -> tuple[Any, ...]:
    """The latest document's first."""
    return table.document_date.desc(), table.document_id, table.position


def number(session: Session, table: type[Any], where: Where) -> int:
    """How many rows there are."""
    return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def plain(value: float | None) -> float | int | None:
    """46.0 is answered as 46, as the document has it."""
    return None if value is None else _plain(value)


def _plain(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _listed(
    session: Session,
    keys: Sequence[Key],
    value: InstrumentedAttribute[str],
    owner: InstrumentedAttribute[int],
    order: InstrumentedAttribute[Any],
) -> dict[Key, list[str]]:
    """The values of a table that belong to each of ``keys``, in their order."""
    document = value.class_.document_id
    listed: dict[Key, list[str]] = defaultdict(list)
    for portion in portions(keys):
        for of_document, of_owner, one in session.execute(
            select(document, owner, value).where(among(document, owner, portion)).order_by(document, owner, order)
        ):
            listed[of_document, of_owner].append(one)
    return listed


def _deadline(mandate: Mandate) -> Deadline | None:
    if mandate.deadline is None:
        return None
    return Deadline(text=mandate.deadline, from_=mandate.deadline_from, to=mandate.deadline_to, recurring=mandate.recurring)


def _context(citation: Citation, node: Node) -> Snippet:
    """The whole words of the node, with the citation marked in them."""
    words = " ".join(filter(None, (node.heading, node.text)))
    printed = " ".join(citation.text.split())
    at, wanted = words.find(printed), len(words) - (node.end - citation.start)
    while (later := words.find(printed, at + 1)) >= 0 and abs(later - wanted) < abs(at - wanted):
        at = later  # the same words stand there more than once: the nearest to its place is meant, blanks set anew
    return Snippet(text=words, marks=((at, at + len(printed)),) if at >= 0 else ())

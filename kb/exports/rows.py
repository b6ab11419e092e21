"""What the tables of an export hold: their columns, described and typed by the models, and their rows, streamed.

A column that is a column of the schema has its type and its nullability from there; lists (the actors of a mandate, the candidates of a
citation) are gathered from the tables below. ``dictionary.tsv`` says in Vietnamese and English what each column means; a test holds that
it describes these columns and no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any, Literal

import msgspec
from sqlalchemy import Boolean, Float, Integer, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from .. import schema as s
from . import Selection
from .selection import PORTION, Held, documents

Type = Literal["string", "integer", "number", "boolean", "list"]
_Lists = dict[tuple[int, int], list[str]]


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column: ``nullable`` where a value may not be known; a ``list`` holds strings."""

    name: str
    type: Type
    nullable: bool


class Table(msgspec.Struct, frozen=True):
    """A table of an export: ``model`` has a row for each of its rows; ``lists`` are gathered from other models by document and place."""

    name: str
    model: Any
    columns: str
    lists: dict[str, Callable[[Session, Sequence[int]], _Lists]] = {}
    named: dict[str, str] = {}
    """Columns that are called otherwise outside: ours → theirs."""


def _gathered(model: Any, place: str, value: str, *, only: Any = None, order: str = "position") -> Callable[..., _Lists]:
    def gather(session: Session, ids: Sequence[int]) -> _Lists:
        found: _Lists = defaultdict(list)
        asked = select(model.document_id, getattr(model, place), getattr(model, value)).where(model.document_id.in_(ids))
        if only is not None:
            asked = asked.where(only)
        for document, at, said in session.execute(asked.order_by(model.document_id, getattr(model, place), getattr(model, order))):
            found[document, at].append(said)
        return found

    return gather


def _actors(session: Session, ids: Sequence[int]) -> _Lists:
    """``lead: Sở Tài chính``: role and body."""
    found: _Lists = defaultdict(list)
    one = s.MandateActor
    asked = select(one.document_id, one.mandate, one.role, one.name).where(one.document_id.in_(ids), ~one.inherited)
    for document, at, role, name in session.execute(asked.order_by(one.document_id, one.mandate, one.position)):
        found[document, at].append(f"{role}: {name}")
    return found


TABLES = (
    Table("documents", s.Document, "type number date issuer place effective title part parser"),
    Table("nodes", s.Node, "position node parent kind label heading text start end page role path"),
    Table(
        "citations",
        s.Citation,
        "position node start end text scope type number name date issuer provision relation state target_id target_node rule",
        {"candidates": _gathered(s.Candidate, "citation", "instrument_id", order="instrument_id")},
        {"target_id": "target"},
    ),
    Table(
        "mandates",
        s.Mandate,
        "position node start end text kind field deadline deadline_from deadline_to recurring responsible_from",
        {
            "actors": _actors,
            "responsible": _gathered(s.MandateActor, "mandate", "name", only=s.MandateActor.inherited),
            "implements": _gathered(s.MandateInstrument, "mandate", "instrument_id"),
            "programmes": _gathered(s.MandateProgramme, "mandate", "programme"),
            "places": _gathered(s.MandatePlace, "mandate", "place"),
            "actions": _gathered(s.MandateAction, "mandate", "text"),
        },
    ),
    Table(
        "targets",
        s.Target,
        "position node start end text name comparator value value_max unit change period baseline normal_value normal_max normal_unit",
    ),
    Table(
        "relations",
        s.InstrumentRelation,
        "position subject_id relation object_id provision date effective mentions node start end",
        {},
        {"subject_id": "subject", "object_id": "object"},
    ),
    Table("instruments", s.Instrument, "id type number date issuer name citations documents"),
)
"""In the order in which they are written: what others point to last, since a selection's instruments are known only then."""

_ADDED: dict[str, tuple[Column, ...]] = {
    "documents": (
        Column(name="file", type="string", nullable=False),
        Column(name="sha256", type="string", nullable=False),
        Column(name="media_type", type="string", nullable=False),
    ),
    "instruments": (Column(name="held", type="boolean", nullable=False),),
}
_KEYS = (Column(name="document", type="string", nullable=False), Column(name="instrument", type="string", nullable=True))


def table(name: str) -> Table:
    """The table of this name."""
    return next(one for one in TABLES if one.name == name)


@cache
def columns(name: str) -> tuple[Column, ...]:
    """The columns of a table, in order: document and instrument first, lists last."""
    one = table(name)
    own = tuple(_column(getattr(one.model, column), one.named.get(column, column)) for column in one.columns.split())
    lists = tuple(Column(name=column, type="list", nullable=False) for column in one.lists)
    return (*(() if name == "instruments" else _KEYS), *own, *_ADDED.get(name, ()), *lists)


def _column(attribute: InstrumentedAttribute[Any], name: str) -> Column:
    kind = attribute.type
    told: Type = "string"
    if isinstance(kind, Boolean):
        told = "boolean"
    elif isinstance(kind, Integer):
        told = "integer"
    elif isinstance(kind, Float):
        told = "number"
    return Column(name=name, type=told, nullable=bool(_held_in(attribute).nullable))


def _held_in(attribute: InstrumentedAttribute[Any]) -> Any:
    """The column that it is, or (an id is read by its key) the one that it is read by."""
    column = attribute.property.columns[0]
    named = attribute.key.removesuffix("_id") + "_key"
    return column if hasattr(column, "nullable") else attribute.class_.__table__.columns[named]


@cache
def described() -> dict[tuple[str, str], tuple[str, str]]:
    """(table, column) → what it means, in Vietnamese and in English; the column ``*`` is the table itself."""
    lines = (resources.files(__package__) / "dictionary.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return {(table, column): (vi, en) for table, column, vi, en in rows}


def stream(session: Session, name: str, selection: Selection, held: Sequence[Held] | None = None) -> Iterator[tuple[Any, ...]]:
    """The rows of a table, in the order of its columns, document by document; ``held`` are the documents, where they are known already."""
    held = documents(session, selection) if held is None else held
    if name == "instruments":
        yield from _instruments(session, selection, held)
        return
    one = table(name)
    own = [getattr(one.model, column) for column in one.columns.split()]
    for at in range(0, len(held), PORTION):
        some = held[at : at + PORTION]
        ids = [document.id for document in some]
        if name == "documents":
            yield from _documents(session, own, some)
            continue
        lists = [gather(session, ids) for gather in one.lists.values()]
        asked: Select[Any] = select(one.model.document_id, one.model.position, *own).where(one.model.document_id.in_(ids))
        rows: dict[int, list[Any]] = defaultdict(list)
        for row in session.execute(asked.order_by(one.model.document_id, one.model.position)):
            rows[row[0]].append(row)
        for document in some:
            for row in rows[document.id]:
                yield (document.key, document.instrument, *row[2:], *(gathered.get((row[0], row[1]), []) for gathered in lists))


def named_rows(session: Session, name: str, held: Sequence[Held]) -> Iterator[dict[str, Any]]:
    """The rows of a table of these documents, each by the names of its columns."""
    names = [column.name for column in columns(name)]
    for row in stream(session, name, Selection(), held):
        yield dict(zip(names, row, strict=True))


def _documents(session: Session, own: Sequence[Any], some: Sequence[Held]) -> Iterator[tuple[Any, ...]]:
    asked = select(s.Document.id, *own, s.SourceFile.name, s.SourceFile.sha256, s.SourceFile.media_type)
    asked = asked.join(s.SourceFile, s.SourceFile.id == s.Document.source_id).where(s.Document.id.in_([one.id for one in some]))
    rows = {row[0]: row[1:] for row in session.execute(asked)}
    for document in some:
        yield (document.key, document.instrument, *rows[document.id])


def _instruments(session: Session, selection: Selection, held: Sequence[Held]) -> Iterator[tuple[Any, ...]]:
    """Those that a selection's documents are or name; all there are where nothing is selected. By id."""
    own = [getattr(s.Instrument, column) for column in table("instruments").columns.split()]
    asked = select(*own, s.Instrument.held)
    if selection == Selection():
        yield from map(tuple, session.execute(asked.order_by(s.Instrument.id).execution_options(yield_per=1000)))
        return
    wanted = named_by(session, held)
    for ids in s.portions(sorted(wanted)):
        rows = {row[0]: row for row in session.execute(asked.where(s.Instrument.id.in_(ids)))}
        for id in ids:
            yield tuple(rows[id])


def named_by(session: Session, held: Sequence[Held]) -> set[str]:
    """The instruments that these documents are, cite, may mean, carry out or relate."""
    wanted = {document.instrument for document in held if document.instrument}
    for ids in s.portions([document.id for document in held]):
        for model, columns_ in (
            (s.Citation, (s.Citation.target_key,)),
            (s.Candidate, (s.Candidate.instrument_key,)),
            (s.MandateInstrument, (s.MandateInstrument.instrument_key,)),
            (s.Edge, (s.Edge.subject_key, s.Edge.object_key)),
        ):
            for column in columns_:
                named = select(column).where(model.document_id.in_(ids))
                wanted.update(session.scalars(select(s.Instrument.id).where(s.Instrument.key.in_(named))))
    return wanted

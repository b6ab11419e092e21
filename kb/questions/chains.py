"""Chains: what an instrument rests on, what rests on it, and the way from one to another.

Level by level, each instrument once: a cycle ends where it began, and the cost grows with the relations that are met, not with the ways
through them (a recursive query that knows its depth would walk every way).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from vanban.parser.model import Relation

from ..records import Ambiguous, Chain, ChainRecord, InstrumentRecord, KnowledgeBaseError, NotFound, Path, StepRecord
from ..resolution import by_id, resolve
from ..schema import Instrument, InstrumentRelation, portions
from .parts import among, paths, records

Direction = Literal["up", "down"]
_BASES: tuple[Relation, ...] = ("legal_basis",)
_CARRIED: tuple[Relation, ...] = ("legal_basis", "implements", "details")
_EVERY: tuple[Relation, ...] = get_args(Relation)


class _Edge(NamedTuple):
    """A relation by its key, and the instruments that it ties."""

    document: int
    position: int
    subject: str
    relation: Relation
    object: str


def chain(
    session: Session,
    query: str,
    date: str | None = None,
    *,
    direction: Direction = "up",
    relations: Sequence[str] = (),
    depth: int | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Chain | Ambiguous | NotFound:
    """The legal bases of an instrument, theirs, and so on (``up``); or what is founded on it, carries it out or details it, and so on
    (``down``); ``relations`` chooses others, ``depth`` ends it after so many steps."""
    followed = checked(relations) or (_BASES if direction == "up" else _CARRIED)
    meant = resolve(session, query, date)
    if not isinstance(meant, InstrumentRecord):
        return meant
    up = direction == "up"
    reached: dict[str, tuple[int, _Edge | None]] = {meant.id: (0, None)}
    frontier, level = [meant.id], 0
    while frontier and (depth is None or level < depth):
        level += 1
        found: dict[str, _Edge] = {}
        for edge in _edges(session, frontier, followed, up):
            other = edge.object if up else edge.subject
            if other not in reached:
                found.setdefault(other, edge)
        reached.update((one, (level, edge)) for one, edge in found.items())
        frontier = list(found)
    del reached[meant.id]
    dates = _dates(session, reached)
    ordered = sorted(reached)
    ordered.sort(key=lambda one: dates[one], reverse=True)
    ordered.sort(key=lambda one: reached[one][0])
    shown = ordered[offset:] if limit is None else ordered[offset : offset + limit]
    known = by_id(session, shown)
    edges = [edge for _, edge in (reached[one] for one in shown) if edge is not None]
    said = _said(session, edges)
    documents = records(session, (edge.document for edge in edges))
    items = tuple(
        ChainRecord(
            instrument=known[edge.object if up else edge.subject],
            depth=reached[edge.object if up else edge.subject][0],
            via=edge.subject if up else edge.object,
            relation=edge.relation,
            document=documents[edge.document],
            path=said[edge][1],
        )
        for edge in edges
    )
    deepest = max((depth for depth, _ in reached.values()), default=0)
    return Chain(instrument=meant, direction=direction, relations=followed, total=len(reached), deepest=deepest, items=items)


def path(
    session: Session,
    start: str,
    goal: str,
    *,
    start_date: str | None = None,
    goal_date: str | None = None,
    relations: Sequence[str] = (),
) -> Path | Ambiguous | NotFound:
    """A shortest way along relations from one instrument to another; of several the same one always."""
    followed = checked(relations) or _EVERY
    first, last = resolve(session, start, start_date), resolve(session, goal, goal_date)
    if not isinstance(first, InstrumentRecord):
        return first
    if not isinstance(last, InstrumentRecord):
        return last
    directed = True
    edges = _way(session, first.id, last.id, followed, True)
    if edges is None:
        edges, directed = _way(session, first.id, last.id, followed, False), False
    edges = edges or []
    known = by_id(session, (one for edge in edges for one in (edge.subject, edge.object)))
    said, documents = _said(session, edges), records(session, (edge.document for edge in edges))
    steps = tuple(
        StepRecord(
            subject=known[edge.subject],
            relation=edge.relation,
            object=known[edge.object],
            provision=said[edge][0],
            document=documents[edge.document],
            path=said[edge][1],
        )
        for edge in edges
    )
    return Path(start=first, goal=last, directed=directed, steps=steps)


def checked(relations: Iterable[str]) -> tuple[Relation, ...]:
    """Relations in their order; one that there is not is refused with the list of those there are."""
    wanted = [relation.strip() for relation in relations]
    for relation in wanted:
        if relation not in _EVERY:
            raise KnowledgeBaseError(relation[:40], "không có quan hệ này / no such relation", f"Chọn / choose: {', '.join(_EVERY)}")
    return tuple(relation for relation in _EVERY if relation in wanted)


# --- within ------------------------------------------------------------------------------------------------------------------

_KEY = InstrumentRelation.document_id, InstrumentRelation.position
_ENDS = InstrumentRelation.subject_id, InstrumentRelation.relation, InstrumentRelation.object_id


def _edges(session: Session, frontier: Sequence[str], relations: Sequence[str], up: bool) -> list[_Edge]:
    """The relations that lead on from these instruments, in a stable order."""
    here = InstrumentRelation.subject_key if up else InstrumentRelation.object_key
    found = []
    for portion in portions(sorted(frontier)):
        chosen = select(*_KEY, *_ENDS).where(here.in_(portion))
        if len(relations) < len(_EVERY):
            chosen = chosen.where(InstrumentRelation.relation.in_(relations))
        found += [_Edge._make(row) for row in session.execute(chosen)]
    return sorted(found)


def _way(session: Session, start: str, goal: str, relations: Sequence[str], directed: bool) -> list[_Edge] | None:
    """From both ends at once, the smaller front first: the edges in order, or ``None``."""
    if start == goal:
        return []
    seen: tuple[dict[str, _Edge | None], dict[str, _Edge | None]] = {start: None}, {goal: None}
    fronts = [[start], [goal]]
    while fronts[0] and fronts[1]:
        side = 0 if len(fronts[0]) <= len(fronts[1]) else 1
        onward = side == 0
        steps = [(edge, up) for up in ((onward,) if directed else (True, False)) for edge in _edges(session, fronts[side], relations, up)]
        fresh: dict[str, _Edge] = {}
        here = set(fronts[side])
        for edge, up in steps:
            near, far = (edge.subject, edge.object) if up else (edge.object, edge.subject)
            if near in here and far not in seen[side]:
                fresh.setdefault(far, edge)
        seen[side].update(fresh)
        if met := sorted(one for one in fresh if one in seen[1 - side]):
            return [*reversed(_back(seen[0], met[0], start)), *_back(seen[1], met[0], goal)]
        fronts[side] = list(fresh)
    return None


def _back(seen: dict[str, _Edge | None], one: str, end: str) -> list[_Edge]:
    edges = []
    while one != end:
        edge = seen[one]
        assert edge is not None
        edges.append(edge)
        one = edge.subject if edge.object == one else edge.object
    return edges


def _said(session: Session, edges: Iterable[_Edge]) -> dict[_Edge, tuple[str, str]]:
    """The provision that each relation names, and the place that says so."""
    by_key = {(edge.document, edge.position): edge for edge in edges}
    rows: list[Any] = []
    for portion in portions(sorted(by_key)):
        chosen = select(*_KEY, InstrumentRelation.provision, InstrumentRelation.node).where(among(*_KEY, portion))
        rows += session.execute(chosen)
    places = paths(session, ((document, node) for document, _, _, node in rows))
    return {by_key[document, position]: (provision, places[document, node]) for document, position, provision, node in rows}


def _dates(session: Session, instruments: Iterable[str]) -> dict[str, str]:
    dates: dict[str, str] = {}
    for portion in portions(sorted(instruments)):
        dates |= {
            one: date or "" for one, date in session.execute(select(Instrument.id, Instrument.date).where(Instrument.id.in_(portion)))
        }
    return dates

"""Chains: what an instrument rests on, what rests on it, and the way from one to another.

Level by level, each instrument once: a cycle ends where it began, and the cost grows with the relations that are met, not with the ways
through them (a recursive query that knows its depth would walk every way). Where a page is asked for it ends with the level that fills it,
once so many are reached that to count the others would take longer than people wait.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from vanban.parser.model import Relation

from ..records import Ambiguous, Chain, ChainRecord, InstrumentRecord, KnowledgeBaseError, NotFound, Path, StepRecord
from ..resolution import by_key, resolve
from ..schema import AFTER_CITATIONS, PLACES, Citation, Edge, Instrument, key_of, place_key, place_key_of, portions
from . import related
from .parts import among, paths, records

_MANY = 1_000
"""So many are reached before their number is left open."""
Direction = Literal["up", "down"]
_BASES: tuple[Relation, ...] = ("legal_basis",)
_CARRIED: tuple[Relation, ...] = ("legal_basis", "implements", "details")
_EVERY: tuple[Relation, ...] = get_args(Relation)


class _Edge(NamedTuple):
    """A relation by its document and the place in it that says so, and the keys of the instruments that it ties."""

    document: int
    place: int
    subject: int
    relation: Relation
    object: int
    provision: str
    node: str | None


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
    reached: dict[int, tuple[int, int]] = {key_of(meant.id): (0, 0)}
    frontier, level = [key_of(meant.id)], 0
    enough = None if limit is None else max(offset + limit, _MANY)
    while frontier and (depth is None or level < depth) and (enough is None or len(reached) <= enough):
        level += 1
        found = {one: first for one, first in _others(session, frontier, followed, up).items() if one not in reached}
        reached.update((one, (level, first)) for one, first in found.items())
        frontier = list(found)
    more = bool(frontier) and (depth is None or level < depth) and _leads_on(session, frontier, followed, up, reached)
    del reached[key_of(meant.id)]
    shown = _page(session, reached, limit, offset)
    edges = _first(session, [reached[one][1] for one in shown])
    known = by_key(session, (end for edge in edges for end in (edge.subject, edge.object)))
    places = _places(session, edges)
    documents = records(session, (edge.document for edge in edges))
    items = tuple(
        ChainRecord(
            instrument=known[edge.object if up else edge.subject],
            depth=reached[edge.object if up else edge.subject][0],
            via=known[edge.subject if up else edge.object].id,
            relation=edge.relation,
            document=documents[edge.document],
            path=places[edge.document, edge.node],
        )
        for edge in edges
    )
    deepest = max((depth for depth, _ in reached.values()), default=0)
    return Chain(instrument=meant, direction=direction, relations=followed, total=len(reached), deepest=deepest, items=items, more=more)


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
    ends = key_of(first.id), key_of(last.id)
    edges = _way(session, *ends, followed, True)
    if edges is None:
        edges, directed = _way(session, *ends, followed, False), False
    edges = edges or []
    known = by_key(session, (one for edge in edges for one in (edge.subject, edge.object)))
    places, documents = _places(session, edges), records(session, (edge.document for edge in edges))
    steps = tuple(
        StepRecord(
            subject=known[edge.subject],
            relation=edge.relation,
            object=known[edge.object],
            provision=edge.provision,
            document=documents[edge.document],
            path=places[edge.document, edge.node],
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


def _others(session: Session, frontier: Sequence[int], relations: Sequence[str], up: bool) -> dict[int, int]:
    """The instruments that relations lead on to from these, each with the first relation that does (its document and place as one number).
    The database tells each of them once, however many relations lead there."""
    some = relations if len(relations) < len(_EVERY) else ()
    found: dict[int, int] = {}
    for portion in portions(sorted(frontier)):
        for chosen in _leading(portion, some, up):
            for other, relation in session.connection().execute(chosen).all():
                if other not in found or relation < found[other]:
                    found[other] = relation
    return found


def _leading(frontier: Sequence[int], relations: Sequence[str], up: bool) -> Iterator[Select[*tuple[Any, ...]]]:
    """What asks for them: of citations, and of edges."""
    ends: tuple[tuple[Any, ...], ...] = (
        (Citation, Citation.target_key if up else Citation.subject_key, 0, related.citing_as if up else related.cited_as),
        (Edge, Edge.object_key if up else Edge.subject_key, AFTER_CITATIONS, related.told_by if up else related.told_of),
    )
    for table, far, before, touching in ends:
        chosen = select(far, func.min(place_key_of(table.document_id, table.position + before)))
        yield chosen.where(*touching(frontier, relations)).group_by(far)


def _first(session: Session, firsts: Sequence[int]) -> list[_Edge]:
    """Those relations, in their order."""
    found: dict[int, _Edge] = {}
    keys = [divmod(one, PLACES) for one in firsts]
    of_citations = [key for key in keys if key[1] < AFTER_CITATIONS]
    of_edges = [(document, place - AFTER_CITATIONS) for document, place in keys if place >= AFTER_CITATIONS]
    one, edge = Citation, Edge
    for table, far, before, wanted in ((one, one.target_key, 0, of_citations), (edge, edge.object_key, AFTER_CITATIONS, of_edges)):
        ends = table.subject_key, table.relation, far
        asked = select(table.document_id, table.position + before, *ends, table.provision, table.node)
        for portion in portions(wanted):
            rows = session.execute(asked.where(among(table.document_id, table.position, portion)))
            found |= {place_key(row[0], row[1]): _Edge._make(row) for row in rows}
    return [found[first] for first in firsts]


def _way(session: Session, start: int, goal: int, relations: Sequence[str], directed: bool) -> list[_Edge] | None:
    """From both ends at once, the smaller front first: the edges in order, or ``None``."""
    if start == goal:
        return []
    seen: tuple[dict[int, int], dict[int, int]] = {start: -1}, {goal: -1}
    fronts = [[start], [goal]]
    while fronts[0] and fronts[1]:
        side = 0 if len(fronts[0]) <= len(fronts[1]) else 1
        fresh: dict[int, int] = {}
        for up in (side == 0,) if directed else (True, False):
            for far, relation in _others(session, fronts[side], relations, up).items():
                if far not in seen[side]:
                    fresh.setdefault(far, relation)
        seen[side].update(fresh)
        if met := sorted(one for one in fresh if one in seen[1 - side]):
            return [*reversed(_back(session, seen[0], met[0], start)), *_back(session, seen[1], met[0], goal)]
        fronts[side] = list(fresh)
    return None


def _back(session: Session, seen: dict[int, int], one: int, end: int) -> list[_Edge]:
    edges = []
    while one != end:
        (edge,) = _first(session, [seen[one]])
        edges.append(edge)
        one = edge.subject if edge.object == one else edge.object
    return edges


def _places(session: Session, edges: Iterable[_Edge]) -> dict[tuple[int, str | None], str]:
    """Where the relations are told, by their documents and nodes."""
    return paths(session, ((edge.document, edge.node) for edge in edges))


def _leads_on(session: Session, frontier: Sequence[int], relations: Sequence[str], up: bool, reached: Container[int]) -> bool:
    """Whether there are instruments beyond those that are reached."""
    return any(one not in reached for portion in portions(frontier) for one in _others(session, portion, relations, up))


def _page(session: Session, reached: dict[int, tuple[int, int]], limit: int | None, offset: int) -> list[int]:
    """A part of what is reached, by distance, then by date; the dates are asked for where the part begins and ends only."""
    levels: dict[int, list[int]] = defaultdict(list)
    for one, (depth, _) in reached.items():
        levels[depth].append(one)
    shown: list[int] = []
    before = 0
    for _, level in sorted(levels.items()):
        if before + len(level) > offset and (limit is None or before < offset + limit):
            ordered = _by_date(session, level)
            shown += ordered[max(0, offset - before) : None if limit is None else offset + limit - before]
        before += len(level)
    return shown


def _by_date(session: Session, instruments: Iterable[int]) -> list[int]:
    """The latest first; of one date by their ids."""
    told: list[tuple[str, str, int]] = []
    for portion in portions(sorted(instruments)):
        chosen = select(Instrument.key, Instrument.id, Instrument.date).where(Instrument.key.in_(portion))
        told += [(date or "", identity, key) for key, identity, date in session.connection().execute(chosen).all()]
    told.sort(key=lambda one: one[1])
    told.sort(key=lambda one: one[0], reverse=True)
    return [key for *_, key in told]

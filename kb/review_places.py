"""Corrections and the places they stand on: found again in a later parse, and applied to a Document. No database here.

A place is found by its node and its printed words; where the node has another id now, by the words alone if they stand only once. What a
person corrected is what holds, whatever a newer parser reads there; a place that is there no more is said to be so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from vanban.parser.model import Actor, Citation, Document, Finding, Mandate, Node, Target

LETTERS = {"f": "finding", "c": "citation", "n": "node", "m": "actor", "t": "target"}
"""What stands before the position in the key of a place: ``12:c7``."""


class Place(NamedTuple):
    """Where a decision stands: ``anchor`` are the printed words, ``occurrence`` tells which of several alike in the node (from 0)."""

    subject: str
    field: str
    node: str | None
    anchor: str
    occurrence: int
    start: int
    end: int


class Decision(NamedTuple):
    """A decision as far as it bears on a Document: ``before`` and ``after`` as JSON."""

    id: int
    place: Place
    before: str | None
    after: str | None


class Outcome(NamedTuple):
    """Where a decision stands in a Document, or why it does not."""

    id: int
    place: Place | None
    position: int | None
    problem: str | None = None


_Part = Node | Citation | Mandate | Target | Finding


def parts(document: Document, subject: str) -> Sequence[_Part]:
    """The parts of a Document that decisions of this kind are about."""
    listed: dict[str, Sequence[_Part]] = {
        "node": document.nodes,
        "citation": document.citations,
        "actor": document.mandates,
        "target": document.targets,
        "finding": document.findings,
    }
    return listed[subject]


def words_of(document: Document, part: _Part) -> str:
    """The printed words of a part, by which it is known again; a node's without its label, a finding's with its code."""
    if isinstance(part, Node):
        return " ".join(f"{part.heading} {part.text}".split()) or part.label
    if isinstance(part, Finding):
        return f"{part.code}: {' '.join(document.text[part.start : part.end].split())}"
    return " ".join(part.text.split())


def place(document: Document, subject: str, position: int, field: str) -> Place:
    """The place of a part, as it is kept."""
    listed = parts(document, subject)
    part = listed[position]
    anchor, node = words_of(document, part), _node(part)
    alike = [i for i, one in enumerate(listed) if _node(one) == node and words_of(document, one) == anchor]
    return Place(subject, field, node, anchor, alike.index(position), part.start, part.end)


def _node(part: _Part) -> str | None:
    return part.id if isinstance(part, Node) else part.node


def find(document: Document, wanted: Place) -> int | None:
    """The position of the part that stands at a place, if it is there."""
    listed = parts(document, wanted.subject)
    alike = [i for i, one in enumerate(listed) if words_of(document, one) == wanted.anchor]
    here = [i for i in alike if _node(listed[i]) == wanted.node]
    if wanted.occurrence < len(here):
        return here[wanted.occurrence]
    return alike[0] if len(alike) == 1 else None


def apply(document: Document, decisions: Sequence[Decision]) -> tuple[Document, list[Outcome]]:
    """The Document with what was corrected, and where each decision stands in it."""
    outcomes = []
    for one in decisions:
        position = find(document, one.place)
        if position is None:
            problem = "chữ ở đó nay không còn như vậy / those words stand there no more"
            outcomes.append(Outcome(one.id, None, None, problem))
            continue
        changed = _applied(document, one, position) if one.after is not None else document
        if changed is None:
            problem = f"nay không có / is there no more: {one.place.field} {one.before}"
            outcomes.append(Outcome(one.id, None, None, problem))
            continue
        at = place(document, one.place.subject, position, one.place.field)
        document = changed
        outcomes.append(Outcome(one.id, at, position))
    return document, outcomes


def _applied(document: Document, one: Decision, position: int) -> Document | None:
    after: Any = json.loads(one.after or "null")
    before: Any = json.loads(one.before or "null")
    part = parts(document, one.place.subject)[position]
    if isinstance(part, Node):
        return msgspec.structs.replace(document, nodes=_with(document.nodes, position, label=after))
    if isinstance(part, Citation):
        facts = {"target": after["target"], "state": after["state"], "candidates": tuple(after.get("candidates", ()))}
        return msgspec.structs.replace(document, citations=_with(document.citations, position, **facts))
    if isinstance(part, Mandate):
        actors = renamed(part.actors, before, after)
        return None if actors is None else msgspec.structs.replace(document, mandates=_with(document.mandates, position, actors=actors))
    if isinstance(part, Target):
        return msgspec.structs.replace(document, targets=_with(document.targets, position, **valued(part, after)))
    return document


def _with(listed: Sequence[Any], position: int, **facts: Any) -> tuple[Any, ...]:
    return tuple(msgspec.structs.replace(one, **facts) if i == position else one for i, one in enumerate(listed))


def renamed(actors: Sequence[Actor], before: str, after: str) -> tuple[Actor, ...] | None:
    """The actors with one of them named otherwise; ``None`` where none has the former name, nor the new one."""
    if before in (names := [actor.name for actor in actors]):
        at = names.index(before)
        return tuple(msgspec.structs.replace(actor, name=after) if i == at else actor for i, actor in enumerate(actors))
    return tuple(actors) if after in names else None


def valued(target: Target, value: float) -> dict[str, Any]:
    """The figures of a target whose printed value is another; what it compares by follows in the same unit."""
    facts: dict[str, Any] = {"value": value}
    if target.normal_value is not None and target.value:
        facts["normal_value"] = round(target.normal_value / target.value * value, 10)
    elif target.normal_value is not None:
        facts["normal_value"] = None
    return facts

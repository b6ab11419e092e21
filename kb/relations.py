"""Which instrument stands how to which: derived from what documents cite, renewed when a citation is resolved otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple


class Relating(NamedTuple):
    """A citation as far as a relation is made of it; ``target`` is the key of the instrument."""

    position: int
    node: str | None
    start: int
    end: int
    relation: str
    target: int
    provision: str


def related(subject: int | None, date: str, effective: str | None, citations: Iterable[Relating]) -> list[tuple[Any, ...]]:
    """One relation for each (relation, instrument, provision) that a document cites, in the order of their first mention.

    A document whose own instrument is not known relates nothing.
    """
    found: dict[tuple[str, int, str], list[Relating]] = {}
    for one in citations if subject else ():
        found.setdefault((one.relation, one.target, one.provision), []).append(one)
    return [
        (i, subject, relation, target, provision, len(said), date, effective, said[0].position, None, *said[0][1:4])
        for i, ((relation, target, provision), said) in enumerate(found.items())
    ]

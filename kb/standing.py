"""Documents as they stand: what the parser said, with what people corrected, and what citations were found to mean since they were loaded.

The JSON that is kept of a document is what the parser said (its findings too); what every question answers is in the rows. Here a Document
is given out whole so that it says the same as they do. One on which nobody decided and in which nothing was found later is given as it is
kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from vanban.parser.model import Document as Parsed
from vanban.parser.model import State

from .review_places import Decision, Place, apply
from .schema import Citation, Document, ResolutionChange, Review


def documents(session: Session, ids: Sequence[int]) -> Iterator[Parsed]:
    """The Documents of these rows, in this order; all of them are held in memory as JSON at once."""
    kept = dict(session.execute(select(Document.id, Document.json).where(Document.id.in_(ids))).all())
    decided, meant = _decided(session, ids), _meant(session, ids)
    for one in ids:
        parsed = Parsed.from_json(kept.pop(one))
        if one in decided:
            parsed = apply(parsed, decided[one])[0]
        yield _resolved(parsed, meant[one]) if one in meant else parsed


def _decided(session: Session, ids: Sequence[int]) -> dict[int, list[Decision]]:
    """The corrections that stand, in their order."""
    columns = Review.subject, Review.field, Review.node, Review.anchor, Review.occurrence, Review.start, Review.end
    standing = Review.document_id.in_(ids), Review.state == "standing", Review.after.is_not(None)
    asked = select(Review.document_id, Review.id, Review.before, Review.after, *columns).where(*standing).order_by(Review.id)
    found: dict[int, list[Decision]] = defaultdict(list)
    for document, id, before, after, *place in session.execute(asked):
        found[document].append(Decision(id, Place._make(place), before, after))
    return found


def _meant(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[int, str | None, State | None]]]:
    """What citations mean now whose meaning changed since they were loaded: position, target, state."""
    changed = select(ResolutionChange.document_id, ResolutionChange.citation).where(ResolutionChange.document_id.in_(ids)).distinct()
    found: dict[int, list[tuple[int, str | None, State | None]]] = defaultdict(list)
    positions: dict[int, list[int]] = defaultdict(list)
    for document, citation in session.execute(changed):
        positions[document].append(citation)
    for document, places in positions.items():
        now = select(Citation.position, Citation.target_id, Citation.state).where(Citation.document_id == document)
        wanted = set(places)
        found[document] = [(row[0], row[1], row[2]) for row in session.execute(now) if row[0] in wanted]  # type: ignore[misc]
    return found


def _resolved(parsed: Parsed, meant: Sequence[tuple[int, str | None, State | None]]) -> Parsed:
    citations = list(parsed.citations)
    for position, target, state in meant:
        one = citations[position]
        if (one.target, one.state) != (target, state):
            candidates = () if target is not None else one.candidates
            citations[position] = msgspec.structs.replace(one, target=target, state=state, candidates=candidates)
    return msgspec.structs.replace(parsed, citations=tuple(citations))

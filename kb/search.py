"""Search over nodes: all words must be there, with or without diacritics, in any order.

``"che phủ rừng"`` in quotation marks is wanted side by side, ``rừng*`` is the beginning of a word. Nothing else is syntax.

Ranked by kind of match: the words side by side in the spelling asked for, side by side without regard to diacritics, apart in the
spelling asked for, apart; within a kind what orders and tells before what stands around it (headers, recipients, signatures), then the
latest document first, then reading order. That is the order of the index itself, of which no more is read than a page needs; a rank that
the database makes of its own (``bm25``, ``ts_rank``) would differ from one to another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import get_args

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlalchemy.orm import Session

from vanban.parser.model import NodeKind

from . import questions
from .fulltext import Term, matching
from .questions.citing import documents_of
from .questions.dates import Period, period
from .questions.parts import CURRENT
from .records import Ambiguous, KnowledgeBaseError, NotFound, NotHeld, Search, SearchHit, UnknownName
from .resolution import held
from .rows import node_words
from .schema import AROUND, PLACES, Document, Node, NodeWords, first_turn, key_in_turn, place_in_turn, portions
from .words import asked, clean, exact, snippet

_KINDS = (("exact", True), ("folded", True), ("exact", False), ("folded", False))
_FEW = 50
"""So many are looked at one by one."""
_COUNTED = 2_000
"""So many are counted where a page is asked for: to count the nodes with a common word is to read all of them."""
_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_PLACE = place_in_turn(NodeWords.rowid)
_KEY = key_in_turn(NodeWords.rowid)


def terms(typed: str) -> list[Term]:
    """What is asked for: phrases, words, beginnings of words."""
    found: list[Term] = []
    asked(typed)  # a pasted page is refused
    for quoted, plain in _PIECE.findall(clean(typed)):
        piece = quoted or plain
        folded = asked(piece)
        spelled = exact(piece)
        spelled = spelled if len(spelled) == len(folded) else folded
        if not folded:
            continue
        prefix = plain.endswith("*")
        if quoted:
            found.append(Term(tuple(folded), tuple(spelled)))
        else:
            last = len(folded) - 1
            found += [Term((a,), (b,), prefix and i == last) for i, (a, b) in enumerate(zip(folded, spelled, strict=True))]
    return found


def search(
    session: Session,
    words: str,
    limit: int | None = 20,
    offset: int = 0,
    *,
    document: str | None = None,
    date: str | None = None,
    kinds: Sequence[str] = (),
    issuer: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Search | Ambiguous | NotFound | NotHeld | UnknownName:
    """Nodes that hold all words, best first; ``kinds`` are of nodes (``article``, ``table``), the others of their documents."""
    wanted = terms(words)
    within = _within(session, document, date, kinds, issuer, kind)
    if not isinstance(within, list):
        return within
    shown = tuple(
        f"{word}{'*' if term.prefix and i == len(term.folded) - 1 else ''}" for term in wanted for i, word in enumerate(term.folded)
    )
    if not wanted:
        return Search(words=(), total=0, items=())
    of = period(since, until)
    undated = _undated(session, wanted, within, of) if of else 0
    if of:
        within.append(_PLACE[0].in_(select(Document.id).where(CURRENT, *of.within(Document.date))))
    few = _few(session, wanted, within)
    more = False
    if few is None:
        total, more = _number(session, wanted, within, None if limit is None else max(_COUNTED, offset + limit))
        page = _ranked(session, wanted, within, total, limit, offset)
        nodes = _nodes(session, [key for key, _ in page])
    else:  # they are told apart by their words, at less cost than by the index
        nodes = _nodes(session, few)
        kinds_of = {key: _kind(wanted, nodes[key]) for key in few}
        total, ordered = len(few), sorted(few, key=lambda key: kinds_of[key])
        page = [(key, kinds_of[key]) for key in ordered[offset : None if limit is None else offset + limit]]
    documents = questions.records(session, (nodes[key].document_id for key, _ in page))
    items = tuple(
        SearchHit(
            document=documents[nodes[key].document_id],
            node=nodes[key].node,
            path=nodes[key].path,
            kind=nodes[key].kind,
            snippet=snippet(" ".join(filter(None, (nodes[key].label, nodes[key].heading, nodes[key].text))), shown),
            exact=_KINDS[tier][0] == "exact",
            phrase=_KINDS[tier][1],
        )
        for key, tier in page
    )
    return Search(words=shown, total=total, items=items, more=more, undated=undated)


def holding(session: Session, words: str) -> frozenset[int]:
    """The documents (their rows' ids) of which some node holds all words."""
    wanted = terms(words)
    if not wanted:
        return frozenset()
    return frozenset(session.scalars(select(_PLACE[0]).where(matching(session, NodeWords, "folded", wanted)).distinct()))


def _within(
    session: Session,
    document: str | None,
    date: str | None,
    kinds: Sequence[str],
    issuer: str | None,
    kind: str | None,
) -> list[ColumnElement[bool]] | Ambiguous | NotFound | NotHeld | UnknownName:
    for one in kinds:
        if one not in get_args(NodeKind):
            remedy = f"Chọn / choose: {', '.join(get_args(NodeKind))}"
            raise KnowledgeBaseError(one[:40], "không có loại mục này / there is no such kind of node", remedy)
    where: list[ColumnElement[bool]] = []
    if document is not None:
        itself = held(session, document, date)
        if not isinstance(itself, Document):
            return itself
        first = first_turn(itself.id, itself.date)
        where.append(or_(*(NodeWords.rowid.between(turn, turn + PLACES - 1) for turn in (first, first + AROUND))))
    narrow = documents_of(session, issuer, kind)
    if isinstance(narrow, UnknownName):
        return narrow
    if narrow:
        where.append(_PLACE[0].in_(select(Document.id).where(CURRENT, *narrow)))
    if kinds:
        where.append(select(Node.key).where(Node.key == _KEY, Node.kind.in_(kinds)).exists())
    return where


def _undated(session: Session, wanted: Sequence[Term], within: Sequence[ColumnElement[bool]], of: Period) -> int:
    """The documents with hits of which nobody can tell whether they are of the period."""
    untold = session.scalars(select(Document.id).where(CURRENT, of.untold(Document.date))).all()
    found = 0
    for some in portions(untold):
        counted = select(func.count(_PLACE[0].distinct())).where(matching(session, NodeWords, "folded", wanted), *within)
        found += session.scalar(counted.where(_PLACE[0].in_(some))) or 0
    return found


def _nodes(session: Session, keys: Sequence[int]) -> dict[int, Node]:
    nodes: dict[int, Node] = {}
    for portion in portions(keys):
        nodes |= {node.key: node for node in session.scalars(select(Node).where(Node.key.in_(portion)))}
    return nodes


def _few(session: Session, wanted: Sequence[Term], within: Sequence[ColumnElement[bool]]) -> list[int] | None:
    """The keys of all that hold the words, in their order, where they are few. Beginnings of words are dear to look up: not twice."""
    if any(term.prefix for term in wanted):
        return None
    chosen = select(_KEY).where(matching(session, NodeWords, "folded", wanted), *within)
    found = list(session.scalars(chosen.order_by(NodeWords.rowid).limit(_FEW + 1)))
    return found if len(found) <= _FEW else None


def _kind(wanted: Sequence[Term], node: Node) -> int:
    """The kind of match, as the index tells it."""
    _, *said = node_words(node.position, node.label, node.heading, node.text)
    held = dict(zip(("folded", "exact"), said, strict=True))
    for kind, (column, phrase) in enumerate(_KINDS):
        spelled = [term.spelled(column) for term in wanted]
        spelled = [sum(spelled, ())] if phrase else spelled
        if all(f" {' '.join(one)} " in held[column] for one in spelled):
            return kind
    return len(_KINDS) - 1


def _number(session: Session, wanted: Sequence[Term], within: Sequence[ColumnElement[bool]], most: int | None) -> tuple[int, bool]:
    """How many there are, and whether there are more than the ``most`` that are counted."""
    chosen = select(literal(1)).select_from(NodeWords).where(matching(session, NodeWords, "folded", wanted), *within)
    chosen = chosen if most is None else chosen.limit(most + 1)
    found = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    return (most, True) if most is not None and found > most else (found, False)


def _ranked(
    session: Session, wanted: Sequence[Term], within: Sequence[ColumnElement[bool]], total: int, limit: int | None, offset: int
) -> list[tuple[int, int]]:
    """The keys of a page, best first, each with its kind of match. No more kinds are told apart than the page needs."""
    last = total if limit is None else min(total, offset + limit)
    whole = [Term(sum((t.folded for t in wanted), ()), sum((t.exact for t in wanted), ()), wanted[-1].prefix)]
    ordered: dict[int, int] = {}
    for kind, (column, phrase) in enumerate(_KINDS):
        if len(ordered) >= last or (len(wanted) == 1 and not phrase):  # of one word or phrase all have been met
            break
        chosen = select(_KEY).where(matching(session, NodeWords, column, whole if phrase else wanted), *within)
        # Some of these may be of a better kind: those of it have all been met, fewer than are wanted.
        for key in session.scalars(chosen.order_by(NodeWords.rowid).limit(last)):
            ordered.setdefault(key, kind)
    return list(ordered.items())[offset:last]

"""Search over nodes: all words must be there, with or without diacritics, in any order.

``"che phủ rừng"`` in quotation marks is wanted side by side, ``rừng*`` is the beginning of a word. Nothing else is syntax.

Ranked by kind of match: the words side by side in the spelling asked for, side by side without regard to diacritics, apart in the
spelling asked for, apart; within a kind what orders and tells before what stands around it (headers, recipients, signatures), then the
latest document first, then reading order. That is the order of the index itself, of which no more is read than a page needs; a rank that
the database makes of its own (``bm25``, ``ts_rank``) would differ from one to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from vanban.parser.model import NodeKind

from . import questions
from .fulltext import Term, matching, rough
from .questions.citing import documents_of
from .questions.dates import Period, period
from .questions.parts import CURRENT
from .records import Ambiguous, KnowledgeBaseError, NotFound, NotHeld, Search, SearchHit, UnknownName
from .resolution import held
from .rows import node_words
from .schema import AROUND, PLACES, Document, Node, NodeWords, first_turn, key_in_turn, place_in_turn, portions
from .words import asked, clean, exact, snippet

_KINDS = (("exact", True), ("folded", True), ("exact", False), ("folded", False))
_FEW, _READ = 200, 50
"""So many are looked at one by one, and so many of them are read at once."""
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
    most = None if limit is None else max(_COUNTED, offset + limit)
    keys = _holding(session, "folded", wanted, within, None if most is None else most + 1)
    total = len(keys) if most is None else min(len(keys), most)
    last = total if limit is None else min(total, offset + limit)
    # Few are told apart by their words, at less cost than by the index.
    page = _told_apart(session, wanted, keys, last) if total <= _FEW else _ranked(session, wanted, within, keys, last)
    page = page[offset:last]
    nodes = _nodes(session, [key for key, _ in page])
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
    return Search(words=shown, total=total, items=items, more=total < len(keys), undated=undated)


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


def _nodes(session: Session, keys: Sequence[int]) -> dict[int, Any]:
    """What those nodes say, by their keys."""
    nodes: dict[int, Any] = {}
    for portion in portions(keys):
        chosen = select(Node.key, Node.document_id, Node.node, Node.path, Node.kind, Node.label, Node.heading, Node.text)
        nodes |= {node.key: node for node in session.connection().execute(chosen.where(Node.key.in_(portion)))}
    return nodes


def _holding(session: Session, column: str, wanted: Sequence[Term], within: Sequence[ColumnElement[bool]], most: int | None) -> list[int]:
    """The keys of the nodes that hold the words, in their order; no more than ``most``."""

    def keys(terms: Sequence[Term], limit: int | None) -> list[int]:
        chosen = select(_KEY).where(matching(session, NodeWords, column, terms), *within).order_by(NodeWords.rowid)
        return list(session.connection().execute(chosen.limit(limit)).scalars().all())

    few = most is not None and most <= _FEW
    if (less := rough(session, NodeWords, column, wanted, many=not few)) is not None:
        perhaps, found = keys(less, _FEW + 1), list[int]()
        if few or len(perhaps) <= _FEW:
            for key, said in _said(session, perhaps):
                found += [key] if _holds(wanted, column, said) else []
                if len(found) == most:
                    return found
            if len(perhaps) <= _FEW:
                return found
    return keys(wanted, most)


def _told_apart(session: Session, wanted: Sequence[Term], keys: Sequence[int], last: int) -> list[tuple[int, int]]:
    """The first of those nodes by the kind of match, each with it: as their words tell. No more are read than it takes."""
    kinds: list[list[tuple[int, int]]] = [[] for _ in _KINDS]
    for key, said in _said(session, keys):
        kind = _kind(wanted, said)
        kinds[kind].append((key, kind))
        if len(kinds[0]) >= last:
            break
    return [one for found in kinds for one in found][:last]


def _said(session: Session, keys: Sequence[int]) -> Iterator[tuple[int, dict[str, str]]]:
    """The words of nodes as the index has them, by its columns; read as they are taken, and once."""
    known: dict[int, dict[str, str]] = session.info.setdefault("said", {})
    for some in (keys[i : i + _READ] for i in range(0, len(keys), _READ)):
        printed = select(Node.key, Node.label, Node.heading, Node.text)
        for key, *parts in session.connection().execute(printed.where(Node.key.in_([key for key in some if key not in known]))):
            _, folded, spelled = node_words(0, *parts)
            known[key] = {"folded": folded, "exact": spelled}
        for key in some:
            yield key, known[key]


def _kind(wanted: Sequence[Term], said: dict[str, str]) -> int:
    """The kind of match, as the index tells it."""
    for kind, (column, phrase) in enumerate(_KINDS):
        if _holds(_side_by_side(wanted) if phrase else wanted, column, said):
            return kind
    return len(_KINDS) - 1


def _holds(wanted: Sequence[Term], column: str, said: dict[str, str]) -> bool:
    return all(f" {' '.join(term.spelled(column))}{'' if term.prefix else ' '}" in said[column] for term in wanted)


def _side_by_side(wanted: Sequence[Term]) -> list[Term]:
    """All words as one phrase; what is the beginning of a word before others is a word in it."""
    return [Term(sum((t.folded for t in wanted), ()), sum((t.exact for t in wanted), ()), wanted[-1].prefix)]


def _ranked(
    session: Session, wanted: Sequence[Term], within: Sequence[ColumnElement[bool]], keys: Sequence[int], last: int
) -> list[tuple[int, int]]:
    """The same, as the index tells. No more kinds are told apart than the page needs."""
    ordered: dict[int, int] = {}
    rest = len(_KINDS) - 1 if len(wanted) > 1 else 1
    """Of this kind are all that hold the words, and of no better one: of one word or phrase those whose spelling is another."""
    for kind, (column, phrase) in enumerate(_KINDS[:rest]):
        if len(ordered) >= last:
            break
        # Some of these may be of a better kind: those of it have all been met, fewer than are wanted.
        for key in _holding(session, column, _side_by_side(wanted) if phrase else wanted, within, last):
            ordered.setdefault(key, kind)
    for key in keys:
        ordered.setdefault(key, rest)
    return list(ordered.items())[:last]

"""Search over nodes: all words must be there, with or without diacritics, in any order.

``"che phủ rừng"`` in quotation marks is wanted side by side, ``rừng*`` is the beginning of a word. Nothing else is syntax.

Ranked by kind of match: the words side by side in the spelling asked for, side by side without regard to diacritics, apart in the
spelling asked for, apart; within a kind what orders and tells before what stands around it (headers, recipients, signatures), then the
latest document first, then reading order. A rank that the database makes of its own
(``bm25``, ``ts_rank``) would differ from one to another.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, get_args

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from vanban.parser.model import NodeKind

from . import questions
from .fulltext import Term, matching
from .questions.citing import documents_of, last_day
from .questions.parts import CURRENT
from .records import Ambiguous, KnowledgeBaseError, NotFound, NotHeld, Search, SearchHit, UnknownName
from .resolution import held
from .schema import PLACES, WORDS, Document, Node, place_key, portions
from .words import asked, clean, exact, iso_date, snippet

_KINDS = (("exact", True), ("folded", True), ("exact", False), ("folded", False))
_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_MANY = 2_000
"""So many are told apart by what they are; of more the order of their documents is enough."""
_AROUND = ("preamble", "recipients", "signature")


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
    within = _within(session, document, date, kinds, issuer, kind, since, until)
    if not isinstance(within, _Within):
        return within
    shown = tuple(
        f"{word}{'*' if term.prefix and i == len(term.folded) - 1 else ''}" for term in wanted for i, word in enumerate(term.folded)
    )
    if not wanted:
        return Search(words=(), total=0, items=())
    hits = _hits(session, "folded", wanted, within)
    page = _ranked(session, wanted, within, hits, limit, offset)
    nodes: dict[int, Node] = {}
    for portion in portions([key for key, _ in page]):
        nodes |= {node.key: node for node in session.scalars(select(Node).where(Node.key.in_(portion)))}
    documents = questions.records(session, (node.document_id for node in nodes.values()))
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
    return Search(words=shown, total=len(hits), items=items)


def holding(session: Session, words: str) -> frozenset[int]:
    """The documents (their rows' ids) of which some node holds all words; no more of it is held in memory than these."""
    wanted = terms(words)
    if not wanted:
        return frozenset()
    chosen = select(WORDS.c.rowid).where(matching(session.get_bind().dialect.name, "folded", wanted))
    return frozenset(key // PLACES for key in session.scalars(chosen.execution_options(yield_per=5_000)))


class _Within(NamedTuple):
    """Where is searched: ``on_nodes`` and ``on_keys`` are conditions, ``documents`` the ids of the documents (``None``: all)."""

    on_nodes: list[ColumnElement[bool]]
    on_keys: list[ColumnElement[bool]]
    documents: frozenset[int] | None


def _within(
    session: Session,
    document: str | None,
    date: str | None,
    kinds: Sequence[str],
    issuer: str | None,
    kind: str | None,
    since: str | None,
    until: str | None,
) -> _Within | Ambiguous | NotFound | NotHeld | UnknownName:
    for one in kinds:
        if one not in get_args(NodeKind):
            remedy = f"Chọn / choose: {', '.join(get_args(NodeKind))}"
            raise KnowledgeBaseError(one[:40], "không có loại mục này / there is no such kind of node", remedy)
    on_keys: list[ColumnElement[bool]] = []
    if document is not None:
        itself = held(session, document, date)
        if not isinstance(itself, Document):
            return itself
        on_keys = [WORDS.c.rowid >= place_key(itself.id, 0), WORDS.c.rowid < place_key(itself.id + 1, 0)]
    narrow = documents_of(session, issuer, kind)
    if isinstance(narrow, UnknownName):
        return narrow
    if since:
        narrow.append(Document.date >= iso_date(since))
    if until:
        narrow.append(Document.date <= last_day(until))
    documents = frozenset(session.scalars(select(Document.id).where(CURRENT, *narrow))) if narrow else None
    return _Within([Node.kind.in_(kinds)] if kinds else [], on_keys, documents)


def _ranked(
    session: Session, wanted: Sequence[Term], within: _Within, hits: Sequence[int], limit: int | None, offset: int
) -> list[tuple[int, int]]:
    """The keys of a page, best first, each with its kind of match. No more kinds are told apart than the page needs."""
    rest = set(hits)
    last = len(hits) if limit is None else min(len(hits), offset + limit)
    whole = [Term(sum((t.folded for t in wanted), ()), sum((t.exact for t in wanted), ()), wanted[-1].prefix)]
    ordered: list[tuple[int, int]] = []
    for tier, (column, phrase) in enumerate(_KINDS):
        if len(ordered) >= last or not rest:
            break
        last_kind = tier == len(_KINDS) - 1
        these = rest if last_kind else rest.intersection(_hits(session, column, whole if phrase else wanted, within))
        rest = rest - these
        ordered += [(key, tier) for key in _latest(session, these, last - len(ordered))]
    return ordered[offset:last]


def _latest(session: Session, keys: Iterable[int], wanted: int) -> list[int]:
    """The first of the keys: those around a document last, then by their documents' dates, latest first, then reading order."""
    listed = sorted(keys)
    dates: dict[int, str] = {}
    documents = sorted({key // PLACES for key in listed})
    dated = select(Document.id, Document.date)
    if len(documents) > _MANY:
        dates = {one: date or "" for one, date in session.execute(dated.where(CURRENT))}
    else:
        for portion in portions(documents):
            dates |= {one: date or "" for one, date in session.execute(dated.where(Document.id.in_(portion)))}
    around: set[int] = set()
    for portion in portions(listed if len(listed) <= _MANY else ()):
        around.update(session.scalars(select(Node.key).where(Node.key.in_(portion), Node.kind.in_(_AROUND))))
    turn = {date: i for i, date in enumerate(sorted(set(dates.values()), reverse=True))}
    return heapq.nsmallest(wanted, listed, key=lambda key: (key in around, turn[dates[key // PLACES]], key))


def _hits(session: Session, column: str, wanted: Sequence[Term], within: _Within) -> list[int]:
    chosen = select(WORDS.c.rowid).where(matching(session.get_bind().dialect.name, column, wanted), *within.on_keys)
    if within.on_nodes:
        chosen = chosen.join(Node, and_(Node.key == WORDS.c.rowid, *within.on_nodes))
    keys = session.scalars(chosen)
    documents = within.documents
    return list(keys) if documents is None else [key for key in keys if key // PLACES in documents]

"""Search over nodes: all words must be there, with or without diacritics, in any order.

Ranked by kind of match before anything else: the words side by side in the spelling asked for, side by side without regard to
diacritics, apart in the spelling asked for, apart; within a kind by the database's own ranking. On SQLite FTS5 answers; elsewhere
the same words are looked for in the same columns, until that database gets an index of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, func, literal_column, select
from sqlalchemy.orm import Session

from .records import Search, SearchHit
from .resolution import document_record
from .schema import WORDS, Document, Node, SourceFile
from .words import asked, clean, exact, snippet

_KINDS = (("exact", True), ("folded", True), ("exact", False), ("folded", False))


def search(session: Session, words: str, limit: int | None = 20, offset: int = 0) -> Search:
    """Nodes that hold all words, best first."""
    folded = asked(words)
    if not folded:
        return Search(words=(), total=0, items=())
    spelled = {"folded": folded, "exact": exact(clean(words)) or folded}
    full_text = session.get_bind().dialect.name == "sqlite"
    meets = _matches if full_text else _holds
    rank: ColumnElement[float] = literal_column("bm25(node_words)" if full_text else "0")
    every = _match("folded", folded, False) if full_text else _holds("folded", folded, False)
    hits = select(WORDS.c.rowid.label("key"), rank.label("rank")).where(every).subquery()
    total = session.scalar(select(func.count()).select_from(hits)) or 0
    tier = case(
        *((meets(column, spelled[column], phrase, hits.c.key), i) for i, (column, phrase) in enumerate(_KINDS[:-1])), else_=len(_KINDS) - 1
    ).label("tier")
    rows = session.execute(
        select(Node, Document, SourceFile, tier)
        .join(hits, hits.c.key == Node.key)
        .join(Document, Document.id == Node.document_id)
        .join(SourceFile, SourceFile.id == Document.source_id)
        .order_by(tier, hits.c.rank, Document.date.is_(None), Document.date.desc(), Document.id, Node.position)
        .limit(limit)
        .offset(offset)
    )
    items = tuple(
        SearchHit(
            document=document_record(document, source),
            node=node.node,
            path=node.path,
            kind=node.kind,
            snippet=snippet(" ".join(filter(None, (node.label, node.heading, node.text))), folded),
            exact=_KINDS[found][0] == "exact",
            phrase=_KINDS[found][1],
        )
        for node, document, source, found in rows
    )
    return Search(words=tuple(folded), total=total, items=items)


def _match(column: str, words: Sequence[str], phrase: bool) -> ColumnElement[bool]:
    """FTS5's own condition. The words hold letters and figures only and stand in quotation marks: none is syntax."""
    terms = [" ".join(words)] if phrase else words
    quoted = " AND ".join(f'"{term}"' for term in terms)
    return literal_column("node_words").op("MATCH", is_comparison=True)(f"{column}: ({quoted})")


def _matches(column: str, words: Sequence[str], phrase: bool, key: ColumnElement[int]) -> ColumnElement[bool]:
    return key.in_(select(WORDS.c.rowid).where(_match(column, words, phrase)))


def _holds(column: str, words: Sequence[str], phrase: bool, key: ColumnElement[int] | None = None) -> ColumnElement[bool]:
    """The same for a database without FTS5: the columns hold words with a blank around each."""
    terms = [" ".join(words)] if phrase else words
    held = and_(*(WORDS.c[column].contains(f" {term} ") for term in terms))
    return held if key is None else key.in_(select(WORDS.c.rowid).where(held))

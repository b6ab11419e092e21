"""The full-text indexes over the words of nodes, mandates and targets: FTS5 on SQLite, ``tsvector`` on PostgreSQL; what is asked for is
never their syntax.

They give rows in the order of answers (:func:`~vanban.kb.schema.first_turn`): the first of many are found without the others. FTS5 does
not do so of its own for the beginning of a word (it merges the rows of all words with that beginning) nor cheaply for a long phrase (it
goes through the rows of all its words): it is asked for the words themselves (:func:`beginning`), and for what is rarest (:func:`rarest`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, false, func, literal, literal_column, select, true
from sqlalchemy.orm import Session

from .schema import Document, MandateWords, NodeWords, TargetWords, first_turn, place_in_turn
from .words import asked, name_key

Indexed = type[NodeWords] | type[MandateWords] | type[TargetWords]


class Term(NamedTuple):
    """Words that are wanted side by side; the last may be the beginning of one (``prefix``)."""

    folded: tuple[str, ...]
    exact: tuple[str, ...]
    prefix: bool = False

    def spelled(self, column: str) -> tuple[str, ...]:
        """The words as the column has them."""
        return self.folded if column == "folded" else self.exact


def matching(session: Session, table: Indexed, column: str, wanted: Sequence[Term]) -> ColumnElement[bool]:
    """The database's own condition. The words hold letters and figures only and stand in quotation marks: none is syntax."""
    if session.get_bind().dialect.name == "sqlite":
        said = _match(session, table, column, wanted)
        return literal_column(table.__tablename__).op("MATCH", is_comparison=True)(said)
    phrases = (" <-> ".join(_lexemes(term.spelled(column), term.prefix)) for term in wanted)
    query: Any = func.to_tsquery("simple", " & ".join(f"({phrase})" for phrase in phrases))
    return getattr(table, f"{column}_words").op("@@", is_comparison=True)(query)  # type: ignore[no-any-return]


def _match(session: Session, table: Indexed, column: str, wanted: Sequence[Term]) -> str:
    quoted = " AND ".join(_quoted(session, table, column, term) for term in wanted)
    # An index of one column knows no columns: which one is meant need not be said.
    return quoted if table is not NodeWords else f"{column}: ({quoted})"


def _quoted(session: Session, table: Indexed, column: str, term: Term) -> str:
    *before, last = term.spelled(column)
    ends = beginning(session, table, last) if term.prefix else [last]
    if not ends:
        return f'"{" ".join((*before, last))}"*'
    if term.prefix and column == "folded":  # what has diacritics is not in it
        ends = [word for word in ends if word.isascii() or not name_key(word).isascii()] or ends
    said = " OR ".join('"' + " ".join((*before, word)) + '"' for word in ends)
    return said if len(ends) == 1 else f"({said})"


def _lexemes(words: Sequence[str], prefix: bool) -> Iterable[str]:
    for i, word in enumerate(words):
        yield f"'{word}'{':*' if prefix and i == len(words) - 1 else ''}"


def beginning(session: Session, table: Indexed, first: str) -> list[str] | None:
    """The words of an index of SQLite that begin so, in any of its columns (``quy``: ``quy``, ``quyet``, ``quyết``); ``None`` where they
    are many. Each is looked up after the one before it."""
    if any(letter > _KNOWN for letter in first):  # FTS5 may know no such letter, and take the rest for the word
        return None
    known: dict[tuple[str, str], list[str] | None] = session.info.setdefault("beginnings", {})  # a session reads one state
    if (table.__tablename__, first) not in known:
        said = f"{table.__tablename__}_said"
        connection = session.connection()
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{said} USING fts5vocab(main, {table.__tablename__}, instance)")
        next_one = f"SELECT (SELECT term FROM temp.{said} WHERE term >= {{}} AND term < ? LIMIT 1)"
        each = f"{next_one.format('?')} UNION ALL {next_one.format('each.word || char(1)')} FROM each WHERE word IS NOT NULL LIMIT ?"
        every = f"WITH RECURSIVE each (word) AS ({each}) SELECT word FROM each"
        found = connection.exec_driver_sql(every, (first, first + _LAST, first + _LAST, _WORDS + 1))
        words = [word for (word,) in found if word is not None]
        known[table.__tablename__, first] = words if len(words) <= _WORDS else None
    return known[table.__tablename__, first]


_WORDS = 200
"""So many words are asked for in place of their beginning."""
_KNOWN, _LAST = "\u1f00", "\U0010ffff"
"""Letters before the first are those of the alphabets that every Unicode knows; none comes after the last."""


def rough(session: Session, table: Indexed, column: str, wanted: Sequence[Term], *, many: bool) -> list[Term] | None:
    """Words that are held wherever those ``wanted`` are, and that SQLite finds at less cost: what is found is to be looked at. ``None``
    where nothing is to be gained.

    Of a long phrase its rarest two neighbours and the rarest other word ("trồng rừng thay thế tại xã Thanh Lợi": "thanh loi", "thay"), but
    only if ``many`` are wanted: a few are soon found by all of it. Of a phrase that ends with the beginning of a word, which is a phrase
    for each such word, the last two (``"xã Thanh Lo…"``: ``"thanh loi"`` or ``"thanh long"``).
    """
    if session.get_bind().dialect.name != "sqlite" or any(letter > _KNOWN for term in wanted for word in term.exact for letter in word):
        return None
    found: list[Term] = []
    for term in wanted:
        n = len(term.folded)
        if term.prefix and n > 2 and len(beginning(session, table, term.spelled(column)[-1]) or ()) > 1:
            found.append(_part(term, n - 2, n)._replace(prefix=True))
        else:
            found += _rarest(session, table, column, term) if many and n >= _LONG and not term.prefix else [term]
    return found if found != list(wanted) else None


def _rarest(session: Session, table: Indexed, column: str, term: Term) -> list[Term]:
    """Two words of a phrase that are side by side, and another, as they are rare in the latest documents; all of it where these are all."""
    latest = select(Document.date).where(Document.current == true()).order_by(Document.date.desc()).offset(_LATEST).limit(1)
    if (date := session.scalar(latest)) is None:
        return [term]
    n = len(term.folded)
    parts = [_part(term, i, i + 2) for i in range(n - 1)] + [_part(term, i, i + 1) for i in range(n)]
    name, before = table.__tablename__, first_turn(0, date)
    number = f"(SELECT count(*) FROM (SELECT 1 FROM {name} WHERE {name} MATCH ? AND rowid < {before} LIMIT {_MET}))"
    asked_for = tuple(_match(session, table, column, [part]) for part in parts)
    met = session.connection().exec_driver_sql(f"SELECT {', '.join([number] * len(parts))}", asked_for).one()
    pair = min(range(n - 1), key=met.__getitem__)
    another = min((i for i in range(n) if term.folded[i] not in term.folded[pair : pair + 2]), key=lambda i: met[n - 1 + i], default=None)
    return [parts[pair]] if another is None else [parts[pair], parts[n - 1 + another]]


def _part(term: Term, first: int, last: int) -> Term:
    return Term(term.folded[first:last], term.exact[first:last])


_LONG = 5
"""So many words make a long phrase."""
_LATEST, _MET = 100, 2_000
"""What is rare is looked up in so many of the latest documents, and there so many times at most."""


class Holding(NamedTuple):
    """The parts of a kind that hold all words, in the order of answers; none where ``condition`` is none."""

    session: Session
    table: Indexed
    condition: ColumnElement[bool] | None

    def of(self, documents: Select[int]) -> Holding:
        """Those of these documents (their rows' ids)."""
        if self.condition is None:
            return self
        return self._replace(condition=self.condition & place_in_turn(self.table.rowid)[0].in_(documents))

    def documents(self) -> int:
        """How many documents they are of."""
        if self.condition is None:
            return 0
        return self.session.scalar(select(func.count(place_in_turn(self.table.rowid)[0].distinct())).where(self.condition)) or 0

    def number(self) -> int:
        """How many there are."""
        if self.condition is None:
            return 0
        return self.session.scalar(select(func.count()).select_from(self.table).where(self.condition)) or 0

    def keys(self, limit: int | None = None, offset: int = 0) -> list[tuple[int, int]]:
        """Their documents and places in them."""
        chosen = self.places().order_by(self.table.rowid).limit(limit).offset(offset)
        return [] if self.condition is None else [(row[0], row[1]) for row in self.session.execute(chosen)]

    def places(self) -> Any:
        """The same, as a question to be part of another."""
        if self.condition is None:
            return select(literal(0), literal(0)).where(false())
        return select(*place_in_turn(self.table.rowid)).where(self.condition)


def holding(session: Session, table: Indexed, typed: str) -> Holding:
    """The parts that hold all words of what is typed; where it is signs only, none."""
    wanted = [Term((word,), (word,)) for word in asked(typed)]
    return Holding(session, table, matching(session, table, "folded", wanted) if wanted else None)

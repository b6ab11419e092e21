"""A document's parts with what is derived of them: the full-text indexes and the tallies, from which questions are answered.

What is guaranteed: they are written in the transaction that writes the parts, so they are right at every moment, whatever is cut short.
An index of SQLite holds no text; what is taken out of it is told again from the parts, which hold what was put in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from . import rows, words, writing
from .schema import AROUND, PLACES, Citation, Finding, Mandate, Node, Target, first_turn

Tallied = Counter[tuple[str, str]]
_AROUND = frozenset(("preamble", "recipients", "signature"))
_PARTS: dict[str, Any] = {"nodes": Node, "mandates": Mandate, "targets": Target, "findings": Finding}
_COLUMNS = {"node_words": ("folded", "exact"), "mandate_words": ("folded",), "target_words": ("folded",)}


class Words:
    """Rows of the full-text indexes that wait to be put in together, before the transaction ends and before anything is taken out.

    An index takes rows in the order of their turns at one go, and writes down what it has where their order goes back: with each document,
    as older ones come first.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: dict[str, list[rows.Row]] = {table: [] for table in _COLUMNS}

    def add(self, table: str, more: Iterable[rows.Row]) -> None:
        """Rows with their turns."""
        self._waiting[table] += more

    def put_in(self) -> None:
        """Now."""
        for table, waiting in self._waiting.items():
            if waiting:
                writing.put(self._connection, table, ("rowid", *_COLUMNS[table]), sorted(waiting))
                waiting.clear()


def put_in(connection: Connection, document: int, made: rows.Rows, said: Words) -> None:
    """The rows of a document's parts, under its id, and what is derived of them; its words are added to those that wait."""
    rows.put_in(connection, document, made)
    itself = _itself(connection, document)
    first, kind = first_turn(document, itself.date), rows.columns("nodes").index("kind") - 1
    around = {row[0] for row in made["nodes"] if row[kind] in _AROUND}
    for table in _COLUMNS:
        aside = around if table == "node_words" else ()
        said.add(table, [(first + row[0] + (AROUND if row[0] in aside else 0), *row[1:]) for row in made[table]])
    named = rows.columns("citations")
    scope, state, relation = (named.index(one) - 1 for one in ("scope", "state", "relation"))
    cited = Counter((row[state], row[relation]) for row in made["citations"] if row[scope] == "external")
    _tally(connection, _tallied(itself, {part: len(made[part]) for part in _PARTS}, cited), 1)


def take_out(connection: Connection, document: int) -> set[str]:
    """The parts of a document are deleted, and it is counted no more; the instruments they named are returned."""
    itself = _itself(connection, document)
    numbers = {
        name: connection.scalar(select(func.count()).select_from(part).where(part.document_id == document)) or 0
        for name, part in _PARTS.items()
    }
    of_it = Citation.document_id == document, Citation.scope == "external"
    counted = select(Citation.state, Citation.relation, func.count()).where(*of_it).group_by(Citation.state, Citation.relation)
    cited = Counter({(state, relation): n for state, relation, n in connection.execute(counted)})
    _tally(connection, _tallied(itself, numbers, cited), -1)
    first = first_turn(document, itself.date)
    for table in _COLUMNS:
        _take_words(connection, table, first, _words_of(connection, table, document))
    return rows.take_out(connection, document)


def reword(connection: Connection, document: int, before: rows.Row, after: rows.Row) -> None:
    """The words of a node are others from now on; both as rows of ``node_words``."""
    first = first_turn(document, _itself(connection, document).date)
    of_it = Node.document_id == document, Node.position == before[0]
    first += AROUND if connection.scalar(select(Node.kind).where(*of_it)) in _AROUND else 0
    _take_words(connection, "node_words", first, [(0, *before)], last=first + before[0])
    writing.put(connection, "node_words", ("rowid", *_COLUMNS["node_words"]), [(first + after[0], *after[1:])])


def restated(connection: Connection, before: str | None, after: str | None) -> None:
    """A mention of another instrument has another state."""
    _tally(connection, Counter({("state", before or ""): -1}), 1)
    _tally(connection, Counter({("state", after or ""): 1}), 1)


# --- within ------------------------------------------------------------------------------------------------------------------


class _Itself(NamedTuple):
    type: str | None
    date: str | None


def _itself(connection: Connection, document: int) -> _Itself:
    return _Itself._make(next(writing.find(connection, "documents", _Itself._fields, "id", (document,))))


def _tallied(itself: _Itself, parts: dict[str, int], cited: Counter[tuple[str | None, str | None]]) -> Tallied:
    found: Tallied = Counter({("documents", ""): 1, ("type", itself.type or ""): 1, ("year", (itself.date or "")[:4]): 1})
    found.update({(part, ""): n for part, n in parts.items()})
    for (state, relation), n in cited.items():
        found["state", state or ""] += n
        found["relation", relation or ""] += n
    return found


def _tally(connection: Connection, more: Tallied, sign: int) -> None:
    mark = writing.mark(connection)
    sum_up = "ON CONFLICT (what, name) DO UPDATE SET number = tallies.number + excluded.number"
    changed = [(what, name, sign * n) for (what, name), n in sorted(more.items()) if n]
    if sign < 0 or any(n < 0 for *_, n in changed):
        less = f"UPDATE tallies SET number = number + {mark} WHERE what = {mark} AND name = {mark}"
        writing.many(connection, less, [(n, what, name) for what, name, n in changed])
        connection.exec_driver_sql("DELETE FROM tallies WHERE number = 0")
    else:
        writing.many(connection, f"INSERT INTO tallies (what, name, number) VALUES ({mark}, {mark}, {mark}) {sum_up}", changed)


def _words_of(connection: Connection, table: str, document: int) -> Iterator[rows.Row]:
    """The rows of an index as they were put in, each after what is to be added to its turn."""
    if connection.dialect.name != "sqlite":
        return
    if table == "node_words":
        nodes = select(Node.position, Node.kind, Node.label, Node.heading, Node.text).where(Node.document_id == document)
        for position, kind, *printed in connection.execute(nodes.order_by(Node.position)):
            yield AROUND if kind in _AROUND else 0, *rows.node_words(position, *printed)
    elif table == "mandate_words":
        mandates = select(Mandate.position, Mandate.text).where(Mandate.document_id == document)
        for position, text in connection.execute(mandates.order_by(Mandate.position)):
            yield 0, position, words.padded(text)
    else:
        targets = select(Target.position, Target.name, Target.text).where(Target.document_id == document)
        for position, name, text in connection.execute(targets.order_by(Target.position)):
            yield 0, position, words.padded(f"{name} {text}")


def _take_words(connection: Connection, table: str, first: int, put: Iterable[rows.Row], last: int | None = None) -> None:
    """Rows of an index are taken out: all of a document, from its ``first`` turn on; or one, ``last``."""
    if connection.dialect.name == "sqlite":
        columns = ", ".join(_COLUMNS[table])
        marks = ", ".join("?" * (2 + len(_COLUMNS[table])))
        taken = sorted((first + aside + position, *said) for aside, position, *said in put)
        if taken:
            statement = f"INSERT INTO {table} ({table}, rowid, {columns}) VALUES ({marks})"
            writing.many(connection, statement, [("delete", *row) for row in taken])
        return
    for turn in (first, first + AROUND) if last is None else (last,):
        of_it = (turn, turn + (PLACES if last is None else 1))
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid >= %s AND rowid < %s", of_it)

"""Rows straight through the driver: what a load of thousands of documents does for each of them.

Values are plain already and the statements are always the same, so nothing is to be gained by making them anew. Each is made once for a
database and a set of columns; the driver keeps what it has parsed of it. The transaction is the connection's, as everywhere. SQLite's
driver is called directly: what SQLAlchemy does around a statement costs as much as a small statement itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

Values = Sequence[Any]

_MOST = 256
"""Values for ``IN`` in one statement: more than most documents name."""


def put(connection: Connection, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
    """Rows into a table, all at once."""
    many(connection, _insert(connection.dialect.name, table, tuple(columns)), rows)


def put_one(connection: Connection, table: str, row: dict[str, Any]) -> int:
    """A row into a table that numbers its rows; its number."""
    statement = _insert(connection.dialect.name, table, tuple(row))
    if (cursor := _cursor(connection)) is None:
        return int(connection.exec_driver_sql(f"{statement} RETURNING id", tuple(row.values())).scalar_one())
    try:
        return int(cursor.execute(statement, tuple(row.values())).lastrowid or 0)
    except sqlite3.IntegrityError as error:
        raise IntegrityError(statement, (), error) from error


def put_missing(
    connection: Connection, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]], by: str, fill: Sequence[str]
) -> None:
    """Rows into a table where none has the same value of ``by``; where one has, its empty columns of ``fill`` get what is told now."""
    many(connection, _upsert(connection.dialect.name, table, tuple(columns), by, tuple(fill)), rows)


def many(connection: Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    """A statement for each of the rows."""
    if (cursor := _cursor(connection)) is None:
        connection.exec_driver_sql(statement, rows)
        return
    try:
        cursor.executemany(statement, rows)
    except sqlite3.IntegrityError as error:  # as SQLAlchemy says it, whichever database refuses a row
        raise IntegrityError(statement, (), error) from error


def find(connection: Connection, table: str, columns: Sequence[str], by: str, values: Values) -> Iterator[tuple[Any, ...]]:
    """The rows of a table whose ``by`` is one of ``values``: their ``columns``."""
    for i in range(0, len(values), _MOST):
        some = values[i : i + _MOST]
        # Few different statements: of 21 values there are 32, the last one again and again.
        places = 1 << (len(some) - 1).bit_length()
        padded = (*some, *([some[-1]] * (places - len(some))))
        yield from ask(connection, _select(connection.dialect.name, table, tuple(columns), by, places), padded)


def ask(connection: Connection, statement: str, values: Values) -> list[tuple[Any, ...]]:
    """The rows that a statement gives."""
    if (cursor := _cursor(connection)) is None:
        return [tuple(row) for row in connection.exec_driver_sql(statement, tuple(values))]
    return cursor.execute(statement, tuple(values)).fetchall()


def mark(connection: Connection) -> str:
    """What stands for a value in a statement."""
    return _mark(connection.dialect.name)


def _cursor(connection: Connection) -> sqlite3.Cursor | None:
    """SQLite's own; of a server SQLAlchemy must know what is done, as connections to it are lost."""
    if connection.dialect.name != "sqlite":
        return None
    cursor: sqlite3.Cursor = connection.connection.cursor()  # type: ignore[assignment]
    return cursor


def now(connection: Connection) -> Any:
    """The moment, as the tables keep it."""
    at = datetime.now(UTC)
    return at.strftime("%Y-%m-%d %H:%M:%S.%f") if connection.dialect.name == "sqlite" else at


@cache
def _insert(dialect: str, table: str, columns: tuple[str, ...]) -> str:
    return f'INSERT INTO "{table}" ({_named(columns)}) VALUES ({_marks(dialect, len(columns))})'


@cache
def _upsert(dialect: str, table: str, columns: tuple[str, ...], by: str, fill: tuple[str, ...]) -> str:
    told = " OR ".join(f"(coalesce({table}.{one}, '') = '' AND coalesce(excluded.{one}, '') <> '')" for one in fill)
    filled = ", ".join(f"{one} = coalesce(nullif({table}.{one}, ''), excluded.{one})" for one in fill)
    return f"{_insert(dialect, table, columns)} ON CONFLICT ({by}) DO UPDATE SET {filled} WHERE {told}"


@cache
def _select(dialect: str, table: str, columns: tuple[str, ...], by: str, places: int) -> str:
    return f'SELECT {_named(columns)} FROM "{table}" WHERE "{by}" IN ({_marks(dialect, places)})'


def _named(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _marks(dialect: str, number: int) -> str:
    return ", ".join([_mark(dialect)] * number)


def _mark(dialect: str) -> str:
    return "?" if dialect == "sqlite" else "%s"

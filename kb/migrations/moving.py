"""Tables put aside, made anew and filled again: what a revision does that changes most of them. The same on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, Row, inspect, text

from . import ddl

AT_ONCE = 1000
_ASIDE = "vanban_aside"
_VERSION = "replaces_id"


class Moving:
    """The tables of one version put aside, those of another made; ``old(table)`` is a table's name while it is aside."""

    def __init__(self, connection: Connection, before: int, after: int) -> None:
        self.connection, self.sqlite = connection, connection.dialect.name == "sqlite"
        self.tables = _made("TABLE", before, connection.dialect.name)
        for view in _made("VIEW", before, connection.dialect.name):
            connection.exec_driver_sql(f'DROP VIEW "{view}"')
        if self.sqlite:
            for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")).all():
                connection.exec_driver_sql(f'DROP INDEX "{name}"')
            for table in self.tables:
                connection.exec_driver_sql(f'ALTER TABLE "{table}" RENAME TO "{_ASIDE}_{table}"')
        else:
            # In a place of their own they keep their names, and those of their indexes and constraints.
            connection.exec_driver_sql(f"CREATE SCHEMA {_ASIDE}")
            for table in self.tables:
                connection.exec_driver_sql(f'ALTER TABLE "{table}" SET SCHEMA {_ASIDE}')
        for statement in ddl(after, connection.dialect.name):
            connection.exec_driver_sql(statement)

    def old(self, table: str) -> str:
        """The name of a table that is put aside."""
        return f'"{_ASIDE}_{table}"' if self.sqlite else f'{_ASIDE}."{table}"'

    def copy(self, table: str, columns: str, **others: str) -> None:
        """Rows of a table with the columns that it has in both, and ``others`` as the database reckons them (``t`` is the old row)."""
        same = [f'"{column}"' for column in columns.split()]
        named = ", ".join([*same, *(f'"{column}"' for column in others)])
        values = ", ".join([*(f"t.{column}" for column in same), *others.values()])
        self.connection.exec_driver_sql(f'INSERT INTO "{table}" ({named}) SELECT {values} FROM {self.old(table)} AS t')

    def carry(self, table: str, columns: str, change: Callable[[Row[Any]], dict[str, Any]], *, fresh: str = "*") -> None:
        """The same, with the other columns reckoned here, some rows at a time; ``fresh`` is what is read of each old row."""
        same = columns.split()
        rows = self.read(f"SELECT {fresh} FROM {self.old(table)} AS t")
        self.put(table, (self.moved(row, same) | change(row) for row in rows))
        if _VERSION in same:
            self.relink(table)

    def moved(self, row: Row[Any], columns: Iterable[str]) -> dict[str, Any]:
        """These columns of an old row; which version it replaces is told when all are there (:meth:`relink`): it may come before that."""
        return {column: None if column == _VERSION else row._mapping[column] for column in columns}

    def relink(self, table: str) -> None:
        """Which versions the rows of a table replace."""
        old = self.old(table)
        told = f"SELECT o.{_VERSION} FROM {old} AS o WHERE o.id = {table}.id"
        some = f"SELECT o.id FROM {old} AS o WHERE o.{_VERSION} IS NOT NULL"
        self.connection.exec_driver_sql(f"UPDATE {table} SET {_VERSION} = ({told}) WHERE id IN ({some})")

    def read(self, statement: str) -> Iterable[Row[Any]]:
        """Rows, not all in memory at once."""
        return self.connection.execute(text(statement), execution_options={"stream_results": True, "yield_per": AT_ONCE})

    def put(self, table: str, rows: Iterable[dict[str, Any]], at_once: int = AT_ONCE) -> None:
        """Rows into a new table, so many in memory at once."""
        waiting: list[dict[str, Any]] = []
        for row in rows:
            waiting.append(row)
            if len(waiting) == at_once:
                self._put(table, waiting)
                waiting = []
        if waiting:
            self._put(table, waiting)

    def _put(self, table: str, rows: list[dict[str, Any]]) -> None:
        named = ", ".join(f'"{column}"' for column in rows[0])
        values = ", ".join(f":{column}" for column in rows[0])
        self.connection.execute(text(f'INSERT INTO "{table}" ({named}) VALUES ({values})'), rows)

    def done(self) -> None:
        """The old tables go; new rows are counted on from the old."""
        if self.sqlite:
            for table in reversed(self.tables):
                self.connection.exec_driver_sql(f"DROP TABLE {self.old(table)}")
            wrong = self.connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if wrong:
                raise RuntimeError(f"rows that refer to nothing after the migration: {tuple(wrong)}")
            return
        self.connection.exec_driver_sql(f"DROP SCHEMA {_ASIDE} CASCADE")
        for table in inspect(self.connection).get_table_names():
            if "id" in {column["name"] for column in inspect(self.connection).get_columns(table)}:
                sequence = self.connection.scalar(text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table})
                if sequence and (last := self.connection.scalar(text(f'SELECT max(id) FROM "{table}"'))):
                    self.connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def _made(what: str, version: int, dialect: str) -> list[str]:
    """Tables or views in the order in which they were made: none refers to a later one."""
    made = (statement.split("(")[0].split() for statement in ddl(version, dialect))
    return [words[words.index(what) + 1].strip('"') for words in made if what in words[1:3]]

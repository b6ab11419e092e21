"""Databases for tests, SQLite files and PostgreSQL databases alike: what is in them, row by row."""

from __future__ import annotations

import os
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, inspect, make_url, text

from vanban.kb import schema

SERVER = os.environ.get("VANBAN_TEST_POSTGRESQL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres?connect_timeout=3")
"""Where a server may be found in which tests make databases of their own."""


def engine(place: Any) -> Engine:
    """Straight to the database, past the knowledge base."""
    text = str(place)
    url = make_url(text).set(drivername="postgresql+psycopg") if text.startswith("postgres") else f"sqlite:///{text}"
    return create_engine(url, poolclass=NullPool)


def query(place: Any, statement: str) -> list[Any]:
    """The rows of a statement; what it changes is kept."""
    with engine(place).connect() as connection, connection.begin():
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        done = connection.execute(text(statement.replace(":", "\\:")))
        return [tuple(row) for row in done] if done.returns_rows else []


def rows(place: Any) -> dict[str, list[str]]:
    """Every row of every table."""
    with engine(place).connect() as connection:
        return {table: sorted(map(repr, _all(connection, table))) for table in inspect(connection).get_table_names()}


def _all(connection: Connection, table: str) -> list[tuple[Any, ...]]:
    if connection.dialect.name == "sqlite" and table in schema.FULL_TEXT:
        return _indexed(connection, table)
    return [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')]


def _indexed(connection: Connection, table: str) -> list[tuple[Any, ...]]:
    """What a full-text table holds: the row of each word, and in those of nodes its column and place. SQLite's give no rows themselves."""
    if connection.dialect.name != "sqlite":
        found = set()
        for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings():
            for column in ("folded", "exact") if "exact" in row else ("folded",):
                listed = enumerate(row[column].split())
                found |= {(row["rowid"], word, *((column, i) if "exact" in row else (None, None))) for i, word in listed}
        return list(found)
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.seen_{table} USING fts5vocab(main, {table}, instance)")
    return [tuple(row) for row in connection.exec_driver_sql(f"SELECT doc, term, col, offset FROM temp.seen_{table}")]


def empty(place: str) -> None:
    """A knowledge base on a server as it was when it was made."""
    tables = [table.name for table in reversed(schema.tables("postgresql")) if table.name != "vanban_schema"]
    statements = [f'DELETE FROM "{table}"' for table in tables] + [f"UPDATE vanban_schema SET version = {schema.VERSION}"]
    statements += [
        f"ALTER SEQUENCE {table}_id_seq RESTART" for table in ("source_files", "documents", "reviews", "resolution_changes", "audit")
    ]
    query(place, "; ".join(statements))


def create_database(name: str, template: str | None = None) -> str:
    """A new database on the server; its address. Whatever the server says is raised."""
    at = make_url(SERVER)
    with create_engine(at, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as connection:
        like = f'TEMPLATE "{template}"' if template else "ENCODING 'UTF8' TEMPLATE template0"
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" {like}')
    return at.set(drivername="postgresql", database=name, query={}).render_as_string(hide_password=False)


def drop_database(name: str) -> None:
    """It goes, whoever still holds on to it."""
    with create_engine(make_url(SERVER), poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


_TIMES = frozenset(("added", "at"))
_OF_DOCUMENTS = frozenset(("document_id", "made_on_id", "replaces_id"))


def content(place: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, whenever and however it came in: without times, and with ids counted from 1 without gaps (a server does
    not give a number twice, even if nothing came of it)."""
    with engine(place).connect() as connection:
        shadows = (*(f"{table}_" for table in schema.FULL_TEXT), "alembic")
        names = [name for name in inspect(connection).get_table_names() if not name.startswith(shadows)]
        ranks = {table: _ranks(connection, table) for table in names if any(c["name"] == "id" for c in _columns(connection, table))}
        return {table: sorted(_told(connection, table, ranks), key=repr) for table in names}


def _columns(connection: Connection, table: str) -> Any:
    return inspect(connection).get_columns(table)


def _ranks(connection: Connection, table: str) -> dict[Any, Any]:
    ids = list(connection.scalars(text(f'SELECT id FROM "{table}" ORDER BY id')))
    return {one: i for i, one in enumerate(ids, 1)} if ids and isinstance(ids[0], int) else {one: one for one in ids}


def _told(connection: Connection, table: str, ranks: dict[str, dict[Any, Any]]) -> list[tuple[Any, ...]]:
    if table in schema.FULL_TEXT:
        return [(_place(turn, ranks), *said) for turn, *said in _indexed(connection, table)]
    found = connection.exec_driver_sql(f'SELECT * FROM "{table}"')
    columns = [name for name in found.keys() if not name.endswith("_words")]  # noqa: SIM118 - a result is no mapping

    def plain(name: str, value: Any) -> Any:
        if value is None or name in _TIMES:
            return None
        if name in _OF_DOCUMENTS:
            return ranks["documents"][value]
        if name == "rowid" or (name == "key" and table == "nodes"):
            return _place(value, ranks)
        if name == "source_id":
            return ranks["source_files"][value]
        if name == "id" and table in ranks:
            return ranks[table][value]
        return bytes(value) if isinstance(value, memoryview) else bool(value) if name in _FLAGS else value

    return [tuple(plain(name, row._mapping[name]) for name in columns) for row in found]


def _place(turn: int, ranks: dict[str, dict[Any, Any]]) -> tuple[int, int, int]:
    """A key or turn without the document's number: day, document, place."""
    days, key = divmod(turn, 1 << 43)
    return days, ranks["documents"][key // schema.PLACES], key % schema.PLACES


_FLAGS = frozenset(("current", "identified", "inherited", "negative", "held"))


_COUNTED = (
    "SELECT 'documents', '', count(*) FROM documents WHERE current",
    "SELECT 'type', coalesce(type, ''), count(*) FROM documents WHERE current GROUP BY 2",
    "SELECT 'year', coalesce(substr(date, 1, 4), ''), count(*) FROM documents WHERE current GROUP BY 2",
    *(f"SELECT '{part}', '', count(*) FROM {part}" for part in ("nodes", "mandates", "targets", "findings")),
    *(
        f"SELECT '{what}', coalesce({what}, ''), count(*) FROM citations WHERE scope = 'external' GROUP BY 2"
        for what in ("state", "relation")
    ),
)
_NAMED = {
    "organisations": "SELECT organisation_key AS named, document_id FROM organisation_mentions",
    "places": "SELECT place_key AS named, document_id FROM place_mentions UNION SELECT place_key, document_id FROM mandate_places",
}
_CITED = (
    "SELECT target_key, count(*), count(DISTINCT document_id) FROM citations WHERE scope = 'external' AND target_key IS NOT NULL GROUP BY 1"
)
_HELD = "SELECT id, EXISTS (SELECT 1 FROM documents AS d WHERE d.instrument_id = i.id AND d.current) FROM instruments AS i"


def agrees(place: Any) -> None:
    """Counts, indexes and what is held are what the parts say."""
    counted = [row for one in _COUNTED for row in query(place, one) if row[2]]
    assert sorted(query(place, "SELECT what, name, number FROM tallies")) == sorted(counted)
    assert dict(query(place, "SELECT id, held FROM instruments")) == dict(query(place, _HELD))
    cited = "SELECT key, citations, documents FROM instruments WHERE citations > 0 OR documents > 0"
    assert sorted(query(place, cited)) == sorted(query(place, _CITED))
    for table, mentions in _NAMED.items():
        assert query(place, f"SELECT named FROM ({mentions}) AS said WHERE named NOT IN (SELECT key FROM {table})") == [], table
        counted = f"SELECT named, count(*) FROM (SELECT DISTINCT * FROM ({mentions}) AS said) AS each_one GROUP BY named"
        assert sorted(query(place, f"SELECT key, documents FROM {table}")) == sorted(query(place, counted)), table
    found = content(place)
    places = {table: {row[0] for row in found[table]} for table in schema.FULL_TEXT}
    for table, part in (("node_words", "nodes"), ("mandate_words", "mandates"), ("target_words", "targets")):
        documents = query(place, f"SELECT DISTINCT document_id, position FROM {part}")
        assert len(places[table]) == len(documents), table

"""Migrations of the schema (alembic), in the package so that any installation can upgrade its database; no ini file is needed.

:func:`upgrade` and :func:`downgrade` run in the transaction of the connection they are given: all of it is done, or nothing.
``ddl/`` holds the statements that make the tables of every version, as they were.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

REVISIONS = {2: "0001", 3: "0002", 4: "0003", 5: "0004"}
"""The versions of the schema that can be upgraded and downgraded between, and the revision that leads to each."""

_HERE = Path(__file__).parent


def ddl(version: int, dialect: str) -> list[str]:
    """The statements that make the tables of a version, on ``sqlite`` or ``postgresql``."""
    script = (_HERE / "ddl" / f"{version}.{dialect}.sql").read_text(encoding="utf-8")
    return [one.strip() for one in script.split(";\n") if one.strip()]


def mark(connection: Connection, version: int) -> None:
    """Write down, for alembic, that the tables are those of ``version``; nothing is changed in them."""
    named = "alembic_version"
    if named not in inspect(connection).get_table_names():
        # As alembic itself makes it; making a new knowledge base need not load alembic.
        pk = f"CONSTRAINT {named}_pkc PRIMARY KEY (version_num)"
        connection.exec_driver_sql(f"CREATE TABLE {named} (version_num VARCHAR(32) NOT NULL, {pk})")
    connection.exec_driver_sql(f"DELETE FROM {named}")
    connection.execute(text(f"INSERT INTO {named} VALUES (:revision)"), {"revision": REVISIONS[version]})


def upgrade(connection: Connection, version: int) -> None:
    """From the version that the database has to a later one."""
    from alembic import command

    if "alembic_version" not in inspect(connection).get_table_names():  # made before there were migrations
        mark(connection, min(REVISIONS))
    command.upgrade(_config(connection), REVISIONS[version])


def downgrade(connection: Connection, version: int) -> None:
    """Back to an earlier version. What that one has no place for (reviews, relations …) is gone after it."""
    from alembic import command

    command.downgrade(_config(connection), REVISIONS[version])


def _config(connection: Connection):  # type: ignore[no-untyped-def]  # alembic is loaded only where it is used
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config

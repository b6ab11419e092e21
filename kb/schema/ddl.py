"""The statements that make the tables, as text: what each migration starts from, and what shows that a change of the models is a change of
the schema. ``kb/migrations/ddl/`` holds them for every version; ``scripts/schema`` writes those of the current one.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from . import FULL_TEXT, Base, view

DIALECTS: dict[str, type[Dialect]] = {"sqlite": sqlite.dialect, "postgresql": postgresql.dialect}


def script(dialect: str) -> str:
    """All statements for ``sqlite`` or ``postgresql``, in the order in which they can be run, each ended by a semicolon."""
    return ";\n\n".join("\n".join(line.rstrip() for line in one.strip().splitlines()) for one in _statements(DIALECTS[dialect]())) + ";\n"


def statements(script: str) -> list[str]:
    """The statements of a script of this form."""
    return [one.strip() for one in script.split(";\n") if one.strip()]


def _statements(dialect: Dialect) -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        if dialect.name == "sqlite" and table.name in FULL_TEXT:
            yield FULL_TEXT[table.name]
            continue
        yield str(CreateTable(table).compile(dialect=dialect))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index).compile(dialect=dialect))
    yield view(dialect)

"""The first version that can be upgraded: version 2 of the schema."""

from __future__ import annotations

from alembic import op

from vanban.kb.migrations import ddl

revision = "0001"
down_revision = None


def upgrade() -> None:
    """The tables of an empty database."""
    connection = op.get_bind()
    for statement in ddl(2, connection.dialect.name):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO vanban_schema (version) VALUES (2)")


def downgrade() -> None:
    """There is nothing before it."""
    raise NotImplementedError("version 2 is the first that migrations know")

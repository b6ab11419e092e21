"""What alembic runs around the revisions: on the connection that :mod:`vanban.kb.migrations` gives it, within its transaction."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection)
context.run_migrations()

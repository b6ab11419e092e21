"""Migrations of the schema (alembic), in the package so that any installation can upgrade its database."""

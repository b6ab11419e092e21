"""Version 3: relations between instruments, acts, programmes, organisations and places, register facts, reviews, the audit trail.

Nodes are keyed by their document and place, documents' JSON is packed, lists have their order in an index, and text is compared letter
by letter on every database. What the new tables hold is made of what is there; what an earlier parser did not read comes with the
next ingest ``--again``.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from alembic import op
from sqlalchemy import Row, text

from vanban.kb import words
from vanban.kb.migrations.moving import Moving

revision = "0002"
down_revision = "0001"

_SPAN = "document_id position node start end"
_DATED = "coalesce((SELECT d.date FROM documents AS d WHERE d.id = t.document_id), '')"
_SOURCES = "id sha256 name size media_type added data"
_INSTRUMENTS = "id type number date issuer name number_key name_key"
_DOCUMENTS = "id source_id part instrument_id current identified replaces_id parser type number number_key date issuer title added"
_NODES = "document_id position node parent kind label heading text start end page role path"
_CITATIONS = f"{_SPAN} text scope type number number_key name date issuer provision relation state target_id target_node"
_MANDATES = f"{_SPAN} text kind field deadline deadline_from deadline_to folded"
_ACTORS = "document_id mandate position name role inherited"
_TARGETS = f"{_SPAN} text name comparator value value_max unit change period baseline folded"
_WHOLE = {
    "candidates": "document_id citation instrument_id",
    "mandate_actions": "document_id mandate position text",
    "mandate_instruments": "document_id mandate instrument_id position",
    "findings": "document_id position code severity message node start end",
}
_BY_NAME = ("luat", "bo luat", "phap lenh", "hien phap")


def upgrade() -> None:
    """From version 2."""
    moving = Moving(op.get_bind(), 2, 3)
    moving.copy("source_files", _SOURCES, origin="t.name")
    moving.copy("instruments", _INSTRUMENTS, citations="0", documents="0")
    moving.carry("documents", _DOCUMENTS, _document)
    moving.copy("nodes", _NODES, key="t.document_id * CAST(16777216 AS BIGINT) + t.position")
    nodes = moving.old("nodes")
    moving.connection.exec_driver_sql(
        "INSERT INTO node_words (rowid, folded, exact) SELECT n.document_id * CAST(16777216 AS BIGINT) + n.position, w.folded, w.exact "
        f"FROM {moving.old('node_words')} AS w JOIN {nodes} AS n ON n.key = w.rowid ORDER BY n.document_id, n.position"
    )
    moving.copy("citations", _CITATIONS, rule="''", document_date=_DATED)
    moving.carry(
        "mandates",
        _MANDATES,
        lambda row: {"field_key": words.padded(row.field) if row.field else "", "document_date": row.dated},
        fresh=f"t.*, {_DATED} AS dated",
    )
    moving.carry("mandate_actors", _ACTORS, lambda row: {"name_key": words.name_key(row.name)})
    moving.carry(
        "targets",
        _TARGETS,
        lambda row: {"name_key": words.name_key(row.name), "normal_unit": "", "document_date": row.dated},
        fresh=f"t.*, {_DATED} AS dated",
    )
    for table, columns in _WHOLE.items():
        moving.copy(table, columns)
    moving.put("relations", _relations(moving))
    of_it = "FROM citations AS c WHERE c.target_id = instruments.id AND c.scope = 'external'"
    moving.connection.exec_driver_sql(
        f"UPDATE instruments SET citations = (SELECT count(*) {of_it}), documents = (SELECT count(DISTINCT c.document_id) {of_it})"
    )
    moving.put("instrument_aliases", _aliases(moving))
    _finish(moving, 3)
    now = datetime.now(UTC)
    at = now.strftime("%Y-%m-%d %H:%M:%S.%f") if moving.sqlite else now
    moving.put("audit", [{"at": at, "who": "vanban", "verb": "upgraded", "detail": '{"from":2,"to":3}'}])


def downgrade() -> None:
    """To version 2, which has no place for what is new in version 3."""
    moving = Moving(op.get_bind(), 3, 2)
    moving.copy("source_files", _SOURCES)
    moving.copy("instruments", _INSTRUMENTS)
    moving.carry("documents", _DOCUMENTS, lambda row: {"json": zlib.decompress(row.json).decode()})
    counted = f"SELECT row_number() OVER (ORDER BY key) AS n, key AS k FROM {moving.old('nodes')}"
    named = ", ".join(f'"{column}"' for column in _NODES.split())
    moving.connection.exec_driver_sql(
        f'INSERT INTO nodes ("key", {named}) SELECT o.n, {", ".join(f"t.{column}" for column in named.split(", "))} '
        f"FROM {moving.old('nodes')} AS t JOIN ({counted}) AS o ON o.k = t.key ORDER BY t.key"
    )
    moving.connection.exec_driver_sql(
        "INSERT INTO node_words (rowid, folded, exact) "
        f"SELECT o.n, w.folded, w.exact FROM {moving.old('node_words')} AS w JOIN ({counted}) AS o ON o.k = w.rowid ORDER BY o.n"
    )
    moving.copy("citations", _CITATIONS)
    moving.copy("mandates", _MANDATES)
    moving.copy("mandate_actors", _ACTORS)
    moving.copy("targets", _TARGETS)
    for table, columns in _WHOLE.items():
        moving.copy(table, columns)
    _finish(moving, 2)


def _finish(moving: Moving, version: int) -> None:
    moving.connection.execute(text("INSERT INTO vanban_schema (version) VALUES (:version)"), {"version": version})
    moving.done()


def _document(row: Row[Any]) -> dict[str, Any]:
    import json

    instrument = json.loads(row.json).get("instrument", {})
    return {
        "json": zlib.compress(row.json.encode(), 1),
        "issuer_key": words.name_key(row.issuer or ""),
        "place": instrument.get("place"),
        "effective": instrument.get("effective"),
    }


def _relations(moving: Moving) -> Iterator[dict[str, Any]]:
    """One for each (relation, instrument, provision) that a document cites, in the order of their first mention."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    before = None
    for row in moving.read(
        "SELECT c.*, d.instrument_id AS subject, d.effective AS effective FROM citations AS c JOIN documents AS d ON d.id = c.document_id "
        "WHERE c.scope = 'external' AND c.target_id IS NOT NULL AND c.relation IS NOT NULL AND d.instrument_id IS NOT NULL "
        "ORDER BY c.document_id, c.position"
    ):
        if row.document_id != before:
            yield from found.values()
            found, before = {}, row.document_id
        key = row.relation, row.target_id, row.provision
        if key in found:
            found[key]["mentions"] += 1
            continue
        found[key] = {"document_id": row.document_id, "position": len(found), "subject_id": row.subject, "relation": row.relation}
        found[key] |= {"object_id": row.target_id, "provision": row.provision, "mentions": 1, "date": row.document_date}
        found[key] |= {"effective": row.effective, "citation": row.position, "node": row.node, "start": row.start, "end": row.end}
    yield from found.values()


def _aliases(moving: Moving) -> Iterator[dict[str, Any]]:
    """Laws are known by their names."""
    current = "SELECT instrument_id, type, title FROM documents WHERE current AND identified AND type IS NOT NULL AND title IS NOT NULL"
    for row in moving.read(current):
        if words.name_key(row.type) in _BY_NAME:
            named = f"{row.type} {row.title}"
            yield {"instrument_id": row.instrument_id, "kind": "name", "key": words.name_key(named), "origin": "document", "text": named}

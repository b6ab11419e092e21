"""Version 4: in the rows of documents a number stands for the id of an instrument and for the name of a body, place or programme; files are
kept packed; indexes that nothing asked are gone, and those of all current documents no longer draw questions about one of them.

Nothing is lost either way: what is printed where a body or a place is named is made again of the document's text.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from alembic import op
from sqlalchemy import text

from vanban.kb.migrations.moving import Moving

revision = "0003"
down_revision = "0002"

_SPAN = "document_id position node start end"
_MANDATE = "document_id mandate position"
_SOURCE = "id sha256 name origin size media_type added"
_NAMED = {
    "instruments": "id type number date issuer name number_key name_key citations documents",
    "programmes": "name name_key kind period issued_by",
    "organisations": "name name_key kind valid_from valid_to",
    "places": "name name_key kind valid_from valid_to",
}
"""What has a key of its own, and its columns; those by which bodies and places name one another come after them."""
_SAME = {
    "documents": "id source_id part instrument_id current identified replaces_id parser type number number_key date issuer issuer_key "
    "place effective title added json",
    "instrument_aliases": "instrument_id kind key origin text",
    "register_facts": "instrument_id register type number date issuer title effective expired status added json",
    "nodes": "key document_id position node parent kind label heading text start end page role path",
    "node_words": "rowid folded exact",
}
_CITATIONS = f"{_SPAN} text scope type number number_key name date issuer provision relation state target_node rule document_date"
_RELATIONS = "document_id position relation provision mentions date effective citation edge node start end"
_REST = {
    "mandates": f"{_SPAN} text kind field field_key deadline deadline_from deadline_to recurring responsible_from folded document_date",
    "mandate_actors": f"{_MANDATE} name name_key role inherited start end",
    "mandate_actions": f"{_MANDATE} text",
    "mandate_acts": f"{_MANDATE} start end verb aspect object manner purpose negative",
    "mandate_phrases": f"{_MANDATE} text",
    "targets": f"{_SPAN} text name name_key comparator value value_max unit change period baseline normal_value normal_max normal_unit "
    "folded document_date",
    "findings": "document_id position code severity message node start end",
    "reviews": "id document_id made_on_id subject action field node anchor occurrence start end before after who why at state problem",
    "resolution_changes": "id document_id citation cause before_id before_state after_id after_state because_id review_id undoes_id who at",
    "audit": "id at who verb document_id instrument_id detail",
}
_MENTIONS = (
    ("organisation_mentions", "organisation_key", "organisations", _SPAN),
    ("place_mentions", "place_key", "places", _SPAN),
    ("programme_mentions", "programme_key", "programmes", f"{_SPAN} period issued_by"),
)
_AMONG = (("organisations", "replaced_by"), ("places", "replaced_by"), ("places", "within"))


def upgrade() -> None:
    """From version 3."""
    moving = Moving(op.get_bind(), 3, 4)
    moving.put("source_files", _files(moving, lambda data: zlib.compress(data, 1)), at_once=1)
    for table, columns in _NAMED.items():
        moving.carry(table, columns, lambda row: {"key": _key(row._mapping.get("id") or row.name)})
    _among(moving)
    for table, columns in _SAME.items():
        moving.copy(table, columns)

    def key(table: str, column: str, by: str = "name") -> str:
        return f'(SELECT n."key" FROM {table} AS n WHERE n.{by} = t.{column})'

    moving.copy("citations", _CITATIONS, target_key=key("instruments", "target_id", "id"))
    moving.copy("candidates", "document_id citation", instrument_key=key("instruments", "instrument_id", "id"))
    ends = {"subject_key": key("instruments", "subject_id", "id"), "object_key": key("instruments", "object_id", "id")}
    moving.copy("relations", _RELATIONS, **ends)
    for table, columns in _REST.items():
        moving.copy(table, columns)
    moving.copy("mandate_instruments", _MANDATE, instrument_key=key("instruments", "instrument_id", "id"))
    moving.copy("mandate_programmes", _MANDATE, programme_key=key("programmes", "programme"))
    moving.copy("mandate_places", _MANDATE, place_key=key("places", "place"))
    for table, column, of, columns in _MENTIONS:
        moving.copy(table, columns, **{column: key(of, "name")})
    _finish(moving, 4)
    now = datetime.now(UTC)
    at = now.strftime("%Y-%m-%d %H:%M:%S.%f") if moving.sqlite else now
    moving.put("audit", [{"at": at, "who": "vanban", "verb": "upgraded", "detail": '{"from":3,"to":4}'}])


def downgrade() -> None:
    """To version 3."""
    moving = Moving(op.get_bind(), 4, 3)
    moving.put("source_files", _files(moving, zlib.decompress), at_once=1)
    for table, columns in _NAMED.items():
        moving.copy(table, columns)
    _among(moving)
    for table, columns in _SAME.items():
        moving.copy(table, columns)

    def name(table: str, column: str, by: str = "name") -> str:
        return f'(SELECT n.{by} FROM {moving.old(table)} AS n WHERE n."key" = t.{column})'

    moving.copy("citations", _CITATIONS, target_id=name("instruments", "target_key", "id"))
    moving.copy("candidates", "document_id citation", instrument_id=name("instruments", "instrument_key", "id"))
    ends = {"subject_id": name("instruments", "subject_key", "id"), "object_id": name("instruments", "object_key", "id")}
    moving.copy("relations", _RELATIONS, **ends)
    for table, columns in _REST.items():
        moving.copy(table, columns)
    moving.copy("mandate_instruments", _MANDATE, instrument_id=name("instruments", "instrument_key", "id"))
    moving.copy("mandate_programmes", _MANDATE, programme=name("programmes", "programme_key"))
    moving.copy("mandate_places", _MANDATE, place=name("places", "place_key"))
    for table, column, of, columns in _MENTIONS:
        moving.put(table, _printed(moving, table, columns, name(of, column)))
    _finish(moving, 3)


def _key(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) >> 1


def _files(moving: Moving, change: Any) -> Iterator[dict[str, Any]]:
    """One after another: a file may be large."""
    ids = [row.id for row in moving.read(f"SELECT id FROM {moving.old('source_files')} ORDER BY id")]
    for one in ids:
        asked = text(f"SELECT * FROM {moving.old('source_files')} WHERE id = :id")
        row = moving.connection.execute(asked, {"id": one}).one()
        yield {**{column: row._mapping[column] for column in _SOURCE.split()}, "data": change(bytes(row.data))}


def _among(moving: Moving) -> None:
    """Which body or place came after another, or lies in it."""
    for table, column in _AMONG:
        said = f"SELECT o.{column} FROM {moving.old(table)} AS o WHERE o.name = {table}.name"
        some = f"SELECT o.name FROM {moving.old(table)} AS o WHERE o.{column} IS NOT NULL"
        moving.connection.exec_driver_sql(f"UPDATE {table} SET {column} = ({said}) WHERE name IN ({some})")


def _printed(moving: Moving, table: str, columns: str, name: str) -> Iterator[dict[str, Any]]:
    """Mentions with what is printed there."""
    document, whole = None, ""
    for row in moving.read(f"SELECT t.*, {name} AS named FROM {moving.old(table)} AS t ORDER BY t.document_id, t.position"):
        if row.document_id != document:
            document = row.document_id
            asked = text(f"SELECT json FROM {moving.old('documents')} WHERE id = :id")
            packed = moving.connection.execute(asked, {"id": document}).scalar_one()
            whole = json.loads(zlib.decompress(packed))["text"]
        same = {column: row._mapping[column] for column in columns.split()}
        yield {**same, "text": whole[row.start : row.end], "name": row.named}


def _finish(moving: Moving, version: int) -> None:
    moving.connection.execute(text("INSERT INTO vanban_schema (version) VALUES (:version)"), {"version": version})
    moving.done()

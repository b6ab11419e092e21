"""Version 5: the full-text indexes give rows in the order of answers, and on SQLite hold no text of their own; mandates and targets have
one each in place of a column. What is counted again and again stands in ``tallies``, and an instrument says whether it is held. Files and
documents are kept compressed by Zstandard in place of zlib. Of bodies and places it is counted in how many documents they are named.
Relations that come of citations are read off them; what documents say of two others stands in ``edges``.

Nothing is lost either way: the words that are indexed are made again of the parts that hold them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from alembic import op
from sqlalchemy import text

from vanban.kb import words
from vanban.kb.migrations.moving import Moving
from vanban.kb.schema import pack_bytes, unpack_bytes

revision = "0004"
down_revision = "0003"

_SPAN = "document_id position node start end"
_MANDATE = "document_id mandate position"
_LASTING = "key name name_key kind valid_from valid_to replaced_by"
_INSTRUMENTS = "key id type number date issuer name number_key name_key citations documents"
_NODES = "document_id position node parent kind label heading text start end page role path"
_MANDATES = f"{_SPAN} text kind field field_key deadline deadline_from deadline_to recurring responsible_from document_date"
_TARGETS = (
    f"{_SPAN} text name name_key comparator value value_max unit change period baseline normal_value normal_max normal_unit document_date"
)
_SOURCES = "id sha256 name origin size media_type added"
_DOCUMENTS = (
    "id source_id part instrument_id current identified replaces_id parser type number number_key date issuer issuer_key "
    "place effective title added"
)
_LASTING_TABLES = {
    "organisations": _LASTING,
    "places": f"{_LASTING} within",
}
_PROGRAMMES = "key name name_key kind period issued_by"
_OF_INSTRUMENTS = {
    "instrument_aliases": "instrument_id kind key origin text",
    "register_facts": "instrument_id register type number date issuer title effective expired status added json",
}
_PARTS = {
    "citations": f"{_SPAN} text scope type number number_key name date issuer provision relation state target_key target_node rule "
    "document_date",
    "candidates": "document_id citation instrument_key",
}
_OF_MANDATES = {
    "mandate_actors": f"{_MANDATE} name name_key role inherited start end",
    "mandate_actions": f"{_MANDATE} text",
    "mandate_acts": f"{_MANDATE} start end verb aspect object manner purpose negative",
    "mandate_phrases": f"{_MANDATE} text",
    "mandate_instruments": f"{_MANDATE} instrument_key",
    "mandate_programmes": f"{_MANDATE} programme_key",
    "mandate_places": f"{_MANDATE} place_key",
    "organisation_mentions": f"{_SPAN} organisation_key",
    "place_mentions": f"{_SPAN} place_key",
    "programme_mentions": f"{_SPAN} programme_key period issued_by",
    "findings": "document_id position code severity message node start end",
    "reviews": "id document_id made_on_id subject action field node anchor occurrence start end before after who why at state problem",
    "resolution_changes": "id document_id citation cause before_id before_state after_id after_state because_id review_id undoes_id who at",
    "audit": "id at who verb document_id instrument_id detail",
}
_EDGE = 'document_id, subject_key, relation, object_key, provision, node, start, "end"'
_RELATIONS = """
    INSERT INTO relations (document_id, position, subject_key, relation, object_key, provision, mentions, date, effective, citation, edge,
                           node, start, "end")
    WITH said AS (
        SELECT c.document_id, d.instrument_id, c.relation, c.target_key, c.provision, coalesce(d.date, '') AS date, d.effective,
               count(*) AS mentions, min(c.position) AS citation
        FROM citations AS c JOIN documents AS d ON d.id = c.document_id
        WHERE c.scope = 'external' AND c.target_key IS NOT NULL AND c.relation IS NOT NULL AND d.instrument_id IS NOT NULL
        GROUP BY c.document_id, d.instrument_id, c.relation, c.target_key, c.provision, d.date, d.effective
    ), own AS (
        SELECT said.*, row_number() OVER (PARTITION BY document_id ORDER BY citation) - 1 AS position FROM said
    )
    SELECT own.document_id, own.position, i."key", own.relation, own.target_key, own.provision, own.mentions, own.date, own.effective,
           own.citation, CAST(NULL AS INTEGER), f.node, f.start, f."end"
    FROM own JOIN instruments AS i ON i.id = own.instrument_id
        JOIN citations AS f ON f.document_id = own.document_id AND f.position = own.citation
    UNION ALL
    SELECT e.document_id, e.position + (SELECT count(*) FROM own WHERE own.document_id = e.document_id), e.subject_key, e.relation,
           e.object_key, e.provision, 1, '', NULL, NULL, e.position, e.node, e.start, e."end"
    FROM {edges} AS e
"""
_PLACES, _FORMER_PLACES = 1 << 21, 1 << 24
_AROUND = "kind IN ('preamble', 'recipients', 'signature')"


def upgrade() -> None:
    """From version 4."""
    moving = Moving(op.get_bind(), 4, 5)
    here = f"EXISTS (SELECT 1 FROM {moving.old('documents')} AS d WHERE d.instrument_id = t.id AND d.current)"
    itself = f"SELECT i.key FROM {moving.old('documents')} AS d JOIN {moving.old('instruments')} AS i ON i.id = d.instrument_id"
    relates = "t.scope = 'external' AND t.target_key IS NOT NULL AND t.relation IS NOT NULL"
    subject = f"CASE WHEN {relates} THEN ({itself} WHERE d.id = t.document_id) END"
    columns = {
        "organisations": {"documents": "0"},
        "places": {"documents": "0"},
        "instruments": {"held": here},
        "citations": {"subject_key": subject},
    }
    _carry(moving, _PLACES, lambda data: pack_bytes(zlib.decompress(data)), columns)
    moving.copy("mandates", _MANDATES)
    _carry_rest(moving)
    moving.copy("targets", _TARGETS)
    nodes = f"SELECT position, label, heading, text FROM nodes WHERE document_id = :document AND {{}}{_AROUND} ORDER BY position"
    for first, asked in ((0, nodes.format("NOT ")), (1 << 62, nodes.format(""))):
        moving.put("node_words", _indexed(moving, asked, _node_words, first))
    mandates = "SELECT position, text FROM mandates WHERE document_id = :document ORDER BY position"
    moving.put("mandate_words", _indexed(moving, mandates, lambda row: {"folded": words.padded(row.text)}))
    targets = "SELECT position, name, text FROM targets WHERE document_id = :document ORDER BY position"
    moving.put("target_words", _indexed(moving, targets, lambda row: {"folded": words.padded(f"{row.name} {row.text}")}))
    edges = moving.old("relations")
    moving.connection.exec_driver_sql(
        f"INSERT INTO edges ({_EDGE}, position) SELECT {_EDGE}, edge FROM {edges} WHERE edge IS NOT NULL ORDER BY document_id, edge"
    )
    _count(moving, "organisations", "organisation_key", "organisation_mentions")
    _count(moving, "places", "place_key", "place_mentions", "mandate_places")
    _tally(moving)
    _finish(moving, 5)
    now = datetime.now(UTC)
    at = now.strftime("%Y-%m-%d %H:%M:%S.%f") if moving.sqlite else now
    moving.put("audit", [{"at": at, "who": "vanban", "verb": "upgraded", "detail": '{"from":4,"to":5}'}])


def downgrade() -> None:
    """To version 4."""
    moving = Moving(op.get_bind(), 5, 4)
    _carry(moving, _FORMER_PLACES, lambda data: zlib.compress(unpack_bytes(data), 1), {})
    moving.carry("mandates", _MANDATES, lambda row: {"folded": words.padded(row.text)})
    moving.connection.exec_driver_sql(_RELATIONS.format(edges=moving.old("edges")))
    _carry_rest(moving)
    moving.carry("targets", _TARGETS, lambda row: {"folded": words.padded(f"{row.name} {row.text}")})
    rows = moving.read('SELECT "key", label, heading, text FROM nodes ORDER BY "key"')
    moving.put("node_words", ({"rowid": row.key, **_node_words(row)} for row in rows))
    _finish(moving, 4)


def _carry(moving: Moving, places: int, repacked: Callable[[bytes], bytes], new: dict[str, dict[str, str]]) -> None:
    """What is the same in both, as far as what mandates stand in; other columns as they are reckoned."""
    moving.put("source_files", _repacked(moving, "source_files", _SOURCES, "data", repacked), at_once=1)
    for table, columns in _LASTING_TABLES.items():
        moving.copy(table, columns, **new.get(table, {}))
    moving.copy("instruments", _INSTRUMENTS, **new.get("instruments", {}))
    moving.copy("programmes", _PROGRAMMES)
    moving.put("documents", _repacked(moving, "documents", _DOCUMENTS, "json", repacked), at_once=1)
    moving.relink("documents")
    for table, columns in _OF_INSTRUMENTS.items():
        moving.copy(table, columns)
    moving.copy("nodes", _NODES, key=f"t.document_id * CAST({places} AS BIGINT) + t.position")
    for table, columns in _PARTS.items():
        moving.copy(table, columns, **new.get(table, {}))


def _repacked(moving: Moving, table: str, columns: str, packed: str, change: Callable[[bytes], bytes]) -> Iterator[dict[str, Any]]:
    """Rows with a column that is compressed otherwise, one after another: a file may be large."""
    ids = [row.id for row in moving.read(f"SELECT id FROM {moving.old(table)} ORDER BY id")]
    for one in ids:
        row = moving.connection.execute(text(f"SELECT * FROM {moving.old(table)} WHERE id = :id"), {"id": one}).one()
        yield moving.moved(row, columns.split()) | {packed: change(bytes(row._mapping[packed]))}


def _carry_rest(moving: Moving) -> None:
    for table, columns in _OF_MANDATES.items():
        moving.copy(table, columns)


def _node_words(row: Any) -> dict[str, str]:
    said = " ".join(filter(None, (row.label, row.heading, row.text)))
    return {"folded": words.padded(said), "exact": words.padded_exact(said)}


def _indexed(moving: Moving, asked: str, said: Callable[[Any], dict[str, str]], first: int = 0) -> Iterator[dict[str, Any]]:
    """The rows of an index in their order, document by document, each with its turn."""
    turns: Iterable[Any] = moving.connection.execute(text("SELECT id, date FROM documents WHERE current")).all()
    for turn, document in sorted((_first_turn(row.id, row.date), row.id) for row in turns):
        for row in moving.connection.execute(text(asked), {"document": document}).all():
            yield {"rowid": first + turn + row.position, **said(row)}


def _first_turn(document: int, date: str | None) -> int:
    dated = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", date or "")
    days = 0
    if dated:
        year, month, day = (int(one or 0) for one in dated.groups())
        days = 1 + ((year - 1000) * 13 + month) * 32 + day
    last = (1 << 19) - 1
    return ((last - min(max(days, 0), last)) << 43) + document * _PLACES


def _count(moving: Moving, table: str, key: str, *mentions: str) -> None:
    """In how many documents bodies or places are named."""
    said = " UNION ".join(f"SELECT {key} AS named, document_id FROM {one}" for one in mentions)
    counted = f"SELECT named, count(*) AS number FROM (SELECT DISTINCT * FROM ({said}) AS said) AS each_one GROUP BY named"
    moving.connection.exec_driver_sql(f"UPDATE {table} SET documents = c.number FROM ({counted}) AS c WHERE {table}.key = c.named")


def _tally(moving: Moving) -> None:
    """What is there, counted."""
    cited = "FROM citations WHERE scope = 'external'"
    current = "FROM documents WHERE current"
    counted = [
        f"SELECT 'documents', '', count(*) {current}",
        f"SELECT 'type', coalesce(type, ''), count(*) {current} GROUP BY 2",
        f"SELECT 'year', coalesce(substr(date, 1, 4), ''), count(*) {current} GROUP BY 2",
        *(f"SELECT '{part}', '', count(*) FROM {part}" for part in ("nodes", "mandates", "targets", "findings")),
        *(f"SELECT '{what}', coalesce({what}, ''), count(*) {cited} GROUP BY 2" for what in ("state", "relation")),
    ]
    for one in counted:
        moving.connection.exec_driver_sql(f"INSERT INTO tallies (what, name, number) {one}")
    moving.connection.exec_driver_sql("DELETE FROM tallies WHERE number = 0")


def _finish(moving: Moving, version: int) -> None:
    moving.connection.execute(text("INSERT INTO vanban_schema (version) VALUES (:version)"), {"version": version})
    moving.done()

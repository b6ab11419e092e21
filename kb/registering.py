"""A register of instruments into the knowledge base: what it says is kept beside what documents cite, and open citations find what it
knows. The same register again changes nothing; a newer one takes the place of the former of that name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from os import PathLike
from pathlib import PurePath
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, exists, insert, select

from vanban.parser.register import Entry, Register

from . import growth, ingest_named, words
from .prepare import Facts, Named
from .records import RegisterImport
from .schema import Alias, Audit, Document, RegisterFact, portions

_AT_ONCE = 500


def take(connection: Connection, path: str | PathLike[str], who: str) -> RegisterImport:
    """Import a register (:meth:`vanban.parser.Register.load` reads it, and says what is wrong with it), named by its file."""
    return put_in(connection, PurePath(path).stem, tuple(Register.load(path)), who)


def put_in(connection: Connection, name: str, entries: Sequence[Entry], who: str) -> RegisterImport:
    """The entries of a register are those that are known under its name from now on."""
    told = {entry.id: entry for entry in entries}
    before: dict[str, str] = {
        row.instrument_id: row.json
        for row in connection.execute(select(RegisterFact.instrument_id, RegisterFact.json).where(RegisterFact.register == name))
    }
    as_json = {identity: msgspec.json.encode(entry).decode() for identity, entry in told.items()}
    new = sorted(told.keys() - before.keys())
    changed = sorted(identity for identity in told.keys() & before.keys() if as_json[identity] != before[identity])
    gone = sorted(before.keys() - told.keys())
    for portion in portions([*changed, *gone]):
        connection.execute(delete(RegisterFact).where(RegisterFact.register == name, RegisterFact.instrument_id.in_(portion)))
        connection.execute(delete(Alias).where(Alias.origin == _origin(name), Alias.instrument_id.in_(portion)))
    come = sorted({*new, *changed})
    for i in range(0, len(come), _AT_ONCE):
        _keep(connection, name, [told[identity] for identity in come[i : i + _AT_ONCE]], as_json)
    for identity in gone:
        if not _held(connection, identity):
            growth.left(connection, identity)
    ingest_named.forget_instruments(connection, gone)
    resolved = 0
    for i in range(0, len(come), _AT_ONCE):
        resolved += growth.arrived(connection, come[i : i + _AT_ONCE], "register")
    done = RegisterImport(name=name, entries=len(told), new=len(new), changed=len(changed), gone=len(gone), resolved=resolved)
    if come or gone:
        row = {"at": datetime.now(UTC), "who": who, "verb": "imported", "detail": msgspec.json.encode(done).decode()}
        connection.execute(insert(Audit), [row])
    return done


def _origin(name: str) -> str:
    return f"register:{name}"


def _keep(connection: Connection, name: str, entries: Sequence[Entry], as_json: dict[str, str]) -> None:
    ingest_named.Names(connection).keep(Named({entry.id: _facts(entry) for entry in entries}, {}, {}, {}), None)
    now = datetime.now(UTC)
    rows = [
        {
            "instrument_id": entry.id,
            "register": name,
            "type": entry.type,
            "number": entry.number,
            "date": entry.date,
            "issuer": entry.issuer,
            "title": entry.title,
            "effective": entry.effective,
            "expired": entry.until,
            "status": None,
            "added": now,
            "json": as_json[entry.id],
        }
        for entry in entries
    ]
    connection.execute(insert(RegisterFact), rows)
    if aliases := [row for entry in entries for row in _aliases(entry, _origin(name))]:
        connection.execute(insert(Alias), aliases)


def _facts(entry: Entry) -> Facts:
    number, title = words.number_key(entry.number or ""), words.name_key(entry.title) or None
    keys: dict[str, Any] = {"number_key": number, "name_key": title}
    return {"type": entry.type, "number": entry.number, "date": entry.date, "issuer": entry.issuer, "name": entry.title, **keys}


def _aliases(entry: Entry, origin: str) -> list[dict[str, str]]:
    named = {words.name_key(text): text for text in (entry.title, *entry.aliases) if words.name_key(text)}
    return [{"instrument_id": entry.id, "kind": "name", "key": key, "origin": origin, "text": text} for key, text in named.items()]


def _held(connection: Connection, instrument: str) -> bool:
    held = exists().where(Document.instrument_id == instrument, Document.current, Document.identified)
    registered = exists().where(RegisterFact.instrument_id == instrument)
    return bool(connection.scalar(select(held | registered)))

"""One Document, one transaction: all of it is there, or nothing.

What is guaranteed: the same bytes twice change nothing; other bytes of an instrument that is held become its new version and the
former one stays (its JSON and its file's bytes); a different instrument with the same number has another id and is kept apart.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from vanban.parser import ReadError, parse_bytes
from vanban.parser.identity import UNKNOWN
from vanban.parser.model import Document as Parsed

from . import rows, words
from .parsing import FORMATS, STDIN, STDIN_NAME
from .records import DocumentRecord, Ingested, Outcome
from .schema import Candidate, Citation, Document, Instrument, MandateInstrument, SourceFile, portions

Sessions = Callable[[bool], Session]  # to write?
Row = dict[str, Any]


def load(sessions: Sessions, path: Path, *, again: bool = False, format: str | None = None) -> Ingested:
    """Parse and load one file, or standard input (``-``). What is wrong with the file is in the record, with the database is raised."""
    if path.is_dir():
        return _failed(path, "the folder holds no file", "Name a folder with documents in it")
    try:
        data = sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
    except OSError as error:
        return _failed(path, error.strerror or str(error), "Check the path, and that you may read it")
    if not again and (known := _known(sessions, hashlib.sha256(data).hexdigest())):
        return Ingested(path=words.clean(str(path)), outcome="unchanged", document=known)
    try:
        name = STDIN_NAME if path == STDIN else words.clean(path.name)
        document = parse_bytes(data, name=name, format=FORMATS[format] if format else None)
    except ReadError as error:
        return _failed(path, error.problem, error.remedy)
    except Exception as error:  # a mistake of ours in one file of thousands must not stop the others
        return _failed(path, f"{type(error).__name__}: {error}", "Please report it with the file")
    try:
        return add(sessions, document, data, path=words.clean(str(path)))
    except (IntegrityError, DataError) as error:
        return _failed(path, f"the database refuses what was parsed ({error.orig})", "Please report it with the file")


def add(sessions: Sessions, document: Parsed, data: bytes, *, path: str | None = None) -> Ingested:
    """Load a Document and the bytes it was parsed from."""
    if hashlib.sha256(data).hexdigest() != document.source.sha256:
        raise ValueError(f"{document.source.name}: these are not the bytes that were parsed")
    with sessions(True) as session, session.begin():
        outcome, row = _store(session, document, data)
        session.flush()
    return Ingested(path=path or document.source.name, outcome=outcome, document=row, findings=len(document.findings))


def document_record(document: Document, source: SourceFile) -> DocumentRecord:
    """A document's row as it is answered."""
    return DocumentRecord(
        id=document.instrument_id if document.instrument_id and document.identified else f"sha256:{source.sha256}",
        instrument=document.instrument_id,
        type=document.type,
        number=document.number,
        date=document.date,
        issuer=document.issuer,
        title=document.title,
        source=source.name,
        sha256=source.sha256,
    )


@cache
def parser_version() -> str:
    """The version of the parser that documents are marked with."""
    try:
        return version("vanban")
    except PackageNotFoundError:
        return "unknown"


def _failed(path: Path, problem: str, remedy: str) -> Ingested:
    return Ingested(path=words.clean(str(path)), outcome="failed", problem=problem, remedy=remedy)


def _known(sessions: Sessions, sha256: str) -> DocumentRecord | None:
    """The document of these bytes, if nothing is to be done about them: parsed by this version, or superseded by later bytes."""
    with sessions(False) as session:
        rows = session.execute(
            select(Document, SourceFile)
            .join(SourceFile, SourceFile.id == Document.source_id)
            .where(SourceFile.sha256 == sha256)
            .order_by(Document.current.desc(), Document.id.desc())
        ).all()
        if not rows or (rows[0][0].current and rows[0][0].parser != parser_version()):
            return None
        document, source = rows[0]
        return document_record(document, source)


def _store(session: Session, parsed: Parsed, data: bytes) -> tuple[Outcome, DocumentRecord]:
    now, json = datetime.now(UTC), parsed.to_json()
    source = session.scalar(select(SourceFile).where(SourceFile.sha256 == parsed.source.sha256))
    if source is None:
        given = parsed.source
        source = SourceFile(sha256=given.sha256, name=given.name, size=given.size, media_type=given.media_type, added=now, data=data)
        session.add(source)
        session.flush()
    of_source = session.scalars(
        select(Document).where(Document.source_id == source.id).order_by(Document.current.desc(), Document.id.desc())
    ).first()
    if of_source and (not of_source.current or (of_source.json == json and of_source.parser == parser_version())):
        return "unchanged", document_record(of_source, source)
    itself = parsed.instrument
    # An id with a gap (no date, no issuer) may be that of two instruments: neither takes the other's place.
    identified = itself.id is not None and UNKNOWN not in itself.id.split("/")
    of_instrument = identified and session.scalar(
        select(Document).where(Document.instrument_id == itself.id, Document.current, Document.identified)
    )
    former = {document.id: document for document in (of_instrument, of_source) if document}
    left = set().union(*(rows.withdraw(session, document) for document in former.values()))
    for document in former.values():
        if document.instrument_id != itself.id:
            # Read anew it is another instrument: the former reading must not answer for a number any more. Its JSON keeps the id.
            document.instrument_id, document.identified = None, False
    session.flush()

    kept = _keep_instruments(session, parsed)
    document = Document(
        source_id=source.id,
        instrument_id=itself.id,
        current=True,
        identified=identified,
        replaces_id=next(iter(former), None),
        parser=parser_version(),
        type=itself.type,
        number=itself.number,
        number_key=words.number_key(itself.number or ""),
        date=itself.date,
        issuer=itself.issuer,
        title=itself.title,
        added=now,
        json=json,
    )
    session.add(document)
    session.flush()
    rows.put_in(session, document.id, parsed)
    _forget(session, left - kept)
    return "version" if former else "new", document_record(document, source)


def _keep_instruments(session: Session, parsed: Parsed) -> set[str]:
    """A row for every instrument named, with what is told of it: by itself first, else by those who cite it."""
    told: dict[str, Row] = {}

    def tell(identity: str, **facts: str | None) -> None:
        row = told.setdefault(identity, {"type": None, "number": None, "date": None, "issuer": None, "name": ""})
        row.update({name: value for name, value in facts.items() if value and not row[name]})

    itself = parsed.instrument
    if itself.id:
        tell(itself.id, type=itself.type, number=itself.number, date=itself.date, issuer=itself.issuer)
    for citation in parsed.citations:
        if citation.target:
            cited = {"type": citation.type, "number": citation.number, "date": citation.date, "issuer": citation.issuer}
            tell(citation.target, name=citation.name, **(cited if citation.scope == "external" else {}))
        for identity in citation.candidates:
            tell(identity)
    for mandate in parsed.mandates:
        for identity in mandate.implements:
            tell(identity)
    if not told:
        return set()
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    # Always in the same order, so that two that load at once never wait for each other.
    facts = [{"id": identity, **told[identity], "number_key": None, "name_key": None} for identity in sorted(told)]
    session.execute(dialect.insert(Instrument).on_conflict_do_nothing(), facts)
    kept = [one for part in portions(sorted(told)) for one in session.scalars(select(Instrument).where(Instrument.id.in_(part)))]
    for instrument in kept:
        row = told[instrument.id]
        for name in ("type", "number", "date", "issuer", "name"):
            if row[name] and (not getattr(instrument, name) or instrument.id == itself.id):
                setattr(instrument, name, row[name])
        instrument.number_key = words.number_key(instrument.number or "")
        instrument.name_key = words.name_key(instrument.name) or None
    session.flush()
    return set(told)


def _forget(session: Session, identities: set[str]) -> None:
    """Instruments that nobody names any more, such as the wrong readings of an earlier parse."""
    for identity in sorted(identities):
        session.execute(
            delete(Instrument).where(
                Instrument.id == identity,
                ~exists().where(Document.instrument_id == identity),
                ~exists().where(Citation.target_id == identity),
                ~exists().where(Candidate.instrument_id == identity),
                ~exists().where(MandateInstrument.instrument_id == identity),
            )
        )

"""One file, one transaction: all its documents are there, or none. Mostly a file is one document; a gazette issue holds several.

What is guaranteed: the same bytes twice change nothing; other bytes of an instrument that is held become its new version and the
former one stays (its JSON and its file's bytes); a different instrument with the same number has another id and is kept apart.
Versions are of instruments: a document that later bytes of a file no longer hold stays the current text of its instrument.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, aliased

from vanban.parser import ReadError
from vanban.parser.citing.identity import UNKNOWN
from vanban.parser.model import Document as Parsed

from . import rows, words
from .parsing import OURS, documents_of, read
from .records import DocumentRecord, Ingested, Outcome
from .resolution import document_record
from .schema import Candidate, Citation, Document, Instrument, MandateInstrument, SourceFile, portions

Sessions = Callable[[bool], Session]  # to write?
Row = dict[str, Any]


def load(sessions: Sessions, path: Path, *, again: bool = False, format: str | None = None) -> tuple[Ingested, ...]:
    """Parse and load one file, or standard input (``-``): a record for each of its documents, or one that says what is wrong with it.

    What is wrong with the database is raised.
    """
    shown = words.clean(str(path))
    try:
        name, data = read(path)
        if not again and (known := _known(sessions, hashlib.sha256(data).hexdigest())):
            return tuple(Ingested(path=shown, outcome="unchanged", document=document) for document in known)
        found = documents_of(data, name, format)
    except ReadError as error:
        return (_failed(shown, error.problem, error.remedy),)
    except SQLAlchemyError:
        raise
    except Exception as error:  # a mistake of ours in one file of thousands must not stop the others
        return (_failed(shown, f"{type(error).__name__}: {error}", OURS),)
    try:
        return add(sessions, found, data, path=shown)
    except (IntegrityError, DataError) as error:
        return (_failed(shown, f"cơ sở dữ liệu không nhận / the database refuses what was parsed ({error.orig})", OURS),)


def add(sessions: Sessions, documents: Sequence[Parsed], data: bytes, *, path: str | None = None) -> tuple[Ingested, ...]:
    """Load all Documents of one file and the bytes they were parsed from."""
    name = documents[0].source.name if documents else "document"
    if {document.source.sha256 for document in documents} != {hashlib.sha256(data).hexdigest()}:
        raise ValueError(f"{name}: these are not the bytes that were parsed")
    if [document.source.part for document in documents] != list(range(1, len(documents) + 1)):
        raise ValueError(f"{name}: these are not all documents of the file, in their order")
    with sessions(True) as session, session.begin():
        stored = _store(session, documents, data)
    return tuple(Ingested(path=path or name, outcome=outcome, document=row, findings=findings) for outcome, row, findings in stored)


@cache
def parser_version() -> str:
    """The version of the parser that documents are marked with."""
    try:
        return version("vanban")
    except PackageNotFoundError:
        return "unknown"


def _failed(path: str, problem: str, remedy: str) -> Ingested:
    return Ingested(path=path, outcome="failed", problem=problem, remedy=remedy)


def _known(sessions: Sessions, sha256: str) -> list[DocumentRecord]:
    """The documents of these bytes, if nothing is to be done about them: each parsed by this version, or superseded by later bytes."""
    with sessions(False) as session:
        source = session.scalar(select(SourceFile).where(SourceFile.sha256 == sha256))
        standing = _standing(session, source) if source else []
        if source is None or any(document.current and document.parser != parser_version() for document in standing):
            return []
        return [document_record(document, source) for document in standing]


def _standing(session: Session, source: SourceFile) -> list[Document]:
    """What is to be said of these bytes: the current documents, and those whose instrument has a later text from other bytes."""
    later = aliased(Document)
    superseded = exists().where(later.replaces_id == Document.id, later.source_id != source.id)
    found = select(Document).where(Document.source_id == source.id, Document.current | superseded)
    return list(session.scalars(found.order_by(Document.part, Document.current)))


def _store(session: Session, documents: Sequence[Parsed], data: bytes) -> list[tuple[Outcome, DocumentRecord, int]]:
    """Each document of the file with what became of it and the number of its findings, then those that are withdrawn."""
    source = session.scalar(select(SourceFile).where(SourceFile.sha256 == documents[0].source.sha256))
    standing = _standing(session, source) if source else []
    source = source or _source(session, documents[0], data)
    stored: dict[int, tuple[Outcome, Document]] = {}
    changed: list[tuple[Parsed, bool, list[Document]]] = []
    paired = _paired(documents, standing)
    for parsed, identified, former in paired:
        if former and (not former.current or (former.parser == parser_version() and former.json == parsed.to_json())):
            stored[parsed.source.part] = "unchanged", former
            continue
        text = _text_of(session, parsed.instrument.id) if identified else None
        changed.append((parsed, identified, list({one.id: one for one in (text, former) if one}.values())))

    kept_rows = {former.id for *_, former in paired if former}
    lost = [document for document in standing if document.current and document.id not in kept_rows]
    withdrawn = [(document, document_record(document, source)) for document in lost]
    misread = [(document, document.instrument_id) for document in lost]
    misread += [(one, one.instrument_id) for parsed, _, formers in changed for one in formers if one.instrument_id != parsed.instrument.id]
    left: set[str] = set()
    for document in (*(one for *_, formers in changed for one in formers), *lost):
        left |= rows.withdraw(session, document)
    for document, _ in misread:
        # It must not answer for an instrument any more that it is not, or that is not there. Its JSON keeps the id.
        document.instrument_id, document.identified = None, False
    session.flush()

    kept: set[str] = set()
    for parsed, identified, formers in changed:
        kept |= _keep_instruments(session, parsed)
        document = _row(source, parsed, identified, formers[0] if formers else None)
        session.add(document)
        session.flush()
        rows.put_in(session, document.id, parsed)
        stored[parsed.source.part] = "version" if formers else "new", document
    for document, instrument in misread:
        kept |= _give_back(session, document, instrument)
    _forget(session, left - kept)
    told = [(*stored[parsed.source.part], len(parsed.findings)) for parsed in documents]
    return [(outcome, document_record(document, source), findings) for outcome, document, findings in told] + [
        ("withdrawn", record, 0) for _, record in withdrawn
    ]


def _source(session: Session, parsed: Parsed, data: bytes) -> SourceFile:
    given, now = parsed.source, datetime.now(UTC)
    source = SourceFile(sha256=given.sha256, name=given.name, size=given.size, media_type=given.media_type, added=now, data=data)
    session.add(source)
    session.flush()
    return source


def _paired(documents: Sequence[Parsed], standing: Sequence[Document]) -> list[tuple[Parsed, bool, Document | None]]:
    """Each document of a file, whether it is the file's one text of an instrument that is wholly told, and its former parse, if any.

    The former parse is the one of the same instrument, else the one in the same place: a newer parser may find a document between two.
    """
    # An id with a gap (no date, no issuer) may be that of two instruments, and what one file prints twice may be body and annex:
    # neither takes the other's place.
    ids = [parsed.instrument.id for parsed in documents]
    identified = [identity is not None and UNKNOWN not in identity.split("/") and identity not in ids[:i] for i, identity in enumerate(ids)]
    of_instrument = {one.instrument_id: one for one in sorted(standing, key=lambda one: one.current) if one.identified}
    former = [of_instrument.get(identity) if known else None for identity, known in zip(ids, identified, strict=True)]
    taken = {one.id for one in former if one}
    in_place = {one.part: one for one in standing if one.id not in taken}
    return [
        (parsed, known, one or in_place.get(parsed.source.part)) for parsed, known, one in zip(documents, identified, former, strict=True)
    ]


def _row(source: SourceFile, parsed: Parsed, identified: bool, former: Document | None) -> Document:
    itself = parsed.instrument
    return Document(
        source_id=source.id,
        part=parsed.source.part,
        instrument_id=itself.id,
        current=True,
        identified=identified,
        replaces_id=former and former.id,
        parser=parser_version(),
        type=itself.type,
        number=itself.number,
        number_key=words.number_key(itself.number or ""),
        date=itself.date,
        issuer=itself.issuer,
        title=itself.title,
        added=datetime.now(UTC),
        json=parsed.to_json(),
    )


def _give_back(session: Session, misread: Document, instrument: str | None) -> set[str]:
    """What a wrong reading of later bytes had taken the place of is the current text of its instrument again. The instruments it names
    are returned."""
    link, before = misread, session.get(Document, misread.replaces_id or 0)
    while before and before.source_id == misread.source_id:
        link, before = before, session.get(Document, before.replaces_id or 0)
    if before is None or not before.identified or before.instrument_id != instrument:
        return set()
    if _text_of(session, instrument):
        return set()
    link.replaces_id, before.current = None, True
    session.flush()
    parsed = Parsed.from_json(before.json)
    named = _keep_instruments(session, parsed)
    rows.put_in(session, before.id, parsed)
    return named


def _text_of(session: Session, instrument: str | None) -> Document | None:
    """The current text of an instrument that is wholly told."""
    return session.scalar(select(Document).where(Document.instrument_id == instrument, Document.current, Document.identified))


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
    facts = [{"id": identity, **told[identity], **_keys(told[identity]["number"], told[identity]["name"])} for identity in sorted(told)]
    session.connection().execute(dialect.insert(Instrument.__table__).on_conflict_do_nothing(), facts)
    kept = [one for part in portions(sorted(told)) for one in session.scalars(select(Instrument).where(Instrument.id.in_(part)))]
    for instrument in kept:
        row = told[instrument.id]
        for name in ("type", "number", "date", "issuer", "name"):
            if row[name] and (not getattr(instrument, name) or instrument.id == itself.id):
                setattr(instrument, name, row[name])
        for name, key in _keys(instrument.number, instrument.name).items():
            setattr(instrument, name, key)
    session.flush()
    return set(told)


def _keys(number: str | None, name: str) -> dict[str, str | None]:
    """By what an instrument is found in any spelling."""
    return {"number_key": words.number_key(number or ""), "name_key": words.name_key(name) or None}


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

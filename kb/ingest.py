"""A file is loaded wholly or not at all. Mostly a file is one document; a gazette issue holds several.

What is guaranteed: at every moment, to every reader and after every crash, all documents of a file are there with all that belongs to
them, or none. The same bytes twice change nothing; other bytes of an instrument that is held become its new version and the former one
stays (its JSON and its file's bytes); a different instrument with the same number has another id and is kept apart. Versions are of
instruments: a document that later bytes of a file no longer hold stays the current text of its instrument.

Files that are given together share a transaction, for one costs as much as a small file; where the database refuses one of them, each is
loaded in a transaction of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, exists, select, text
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session, aliased

from vanban.parser.model import Document as Parsed

from . import derived, growth, ingest_named, prepare, review, rows, writing
from .parsing import OURS
from .prepare import Prepared, PreparedFile
from .records import DocumentRecord, Ingested, KnowledgeBaseError, Outcome, numbered
from .resolution import document_record, version_of
from .schema import Document, SourceFile, pack_bytes

Sessions = Callable[[bool], Session]  # to write?


class Given(NamedTuple):
    """What :mod:`prepare` made of a file, its bytes, and where it was."""

    made: PreparedFile
    data: bytes
    path: str


def put_in(sessions: Sessions, files: Sequence[Given]) -> list[tuple[Ingested, ...]]:
    """Load files, in their order; what is wrong with a file is told, what is wrong with the database is raised."""
    sound = [one for one in files if one.made.problem is None]
    loaded = iter(_loaded(sessions, sound) if sound else ())
    return [next(loaded) if one.made.problem is None else (failed(one.path, one.made.problem, one.made.remedy or OURS),) for one in files]


def _loaded(sessions: Sessions, files: Sequence[Given]) -> list[tuple[Ingested, ...]]:
    try:
        return _store(sessions, files)
    except (IntegrityError, DataError) as error:
        if len(files) > 1:
            return [told for one in files for told in _loaded(sessions, [one])]
        return [(failed(files[0].path, f"cơ sở dữ liệu không nhận / the database refuses what was parsed ({error.orig})", OURS),)]


def add(sessions: Sessions, documents: Sequence[Parsed], data: bytes) -> tuple[Ingested, ...]:
    """Load all Documents of one file and the bytes they were parsed from."""
    name, sha256 = documents[0].source.name if documents else "document", hashlib.sha256(data).hexdigest()
    if {document.source.sha256 for document in documents} != {sha256}:
        raise ValueError(f"{name}: không phải là dữ liệu đã phân tích / these are not the bytes that were parsed")
    if [document.source.part for document in documents] != list(range(1, len(documents) + 1)):
        raise ValueError(
            f"{name}: không đủ, không đúng thứ tự các văn bản của tệp / these are not all documents of the file, in their order"
        )
    return _store(sessions, [Given(prepare.of_documents(name, sha256, tuple(documents)), data, name)])[0]


def failed(path: str, problem: str, remedy: str) -> Ingested:
    """What is said of a file that could not be loaded."""
    return Ingested(path=path, outcome="failed", problem=problem, remedy=remedy)


def standing(sessions: Sessions, files: Sequence[str]) -> dict[str, list[DocumentRecord]]:
    """The documents of the files with these SHA-256 about which nothing is to be done: each parsed by this version, or superseded by later
    bytes."""
    found: dict[str, list[DocumentRecord]] = {}
    if files:
        with sessions(False) as session:
            for (sha256,) in writing.find(session.connection(), "source_files", ("sha256",), "sha256", files):
                source = session.scalars(_SOURCE, {"sha256": sha256}).one()
                documents = _standing(session, source)
                if documents and not any(each.current and each.parser != prepare.parser_version() for each in documents):
                    found[sha256] = [document_record(document, source) for document in documents]
    return found


def _standing(session: Session, source: SourceFile) -> list[Document]:
    """What is to be said of these bytes: the current documents, and those whose instrument has a later text from other bytes."""
    later = aliased(Document)
    superseded = exists().where(later.replaces_id == Document.id, later.source_id != source.id)
    found = select(Document).where(Document.source_id == source.id, Document.current | superseded)
    return list(session.scalars(found.order_by(Document.part, Document.current)))


def _store(sessions: Sessions, files: Sequence[Given]) -> list[tuple[Ingested, ...]]:
    """In one transaction: of each file a record for each of its documents, then for those that are withdrawn."""
    told = []
    with sessions(True) as session, session.begin():
        connection = session.connection()
        shared = _Shared(derived.Words(connection), ingest_named.Names(connection))
        for made, data, path in files:
            if _held(connection, made.sha256) is None:
                told.append(_Loading(session, _source(connection, made, data, path), path, shared).load(made, []))
            else:
                source = session.scalars(_SOURCE, {"sha256": made.sha256}).one()
                told.append(_Loading(session, source, path, shared).load(made, _standing(session, source)))
            session.flush()
            session.expunge_all()  # the next file reads what stands in the database
        shared.put_in()
    return told


class _Shared(NamedTuple):
    """What waits to be put in for all files of a transaction."""

    words: derived.Words
    names: ingest_named.Names

    def put_in(self) -> None:
        """Now."""
        self.words.put_in()
        self.names.put_in()


def _held(connection: Connection, sha256: str) -> int | None:
    """The id of the file with these bytes."""
    return next((int(key) for (key,) in writing.find(connection, "source_files", ("id",), "sha256", (sha256,))), None)


_TOLD = ("type", "number", "date", "issuer", "title")


class _Told(NamedTuple):
    """A document's row as far as it is answered."""

    instrument_id: str | None
    identified: bool
    part: int
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None


class _File(NamedTuple):
    """A file's row as far as it is needed."""

    id: int
    sha256: str
    name: str


def restore(session: Session, current: Document, version: str, who: str, why: str) -> Document:
    """The earlier version of a document that came from the file of that name or sum is its current text again."""
    who = review.by_whom(who)
    earlier, before = list[Document](), session.get(Document, current.replaces_id or 0)
    while before:
        if before.identified and before.instrument_id == current.instrument_id:
            earlier.append(before)
        before = session.get(Document, before.replaces_id or 0)
    sources = {one.id: session.get_one(SourceFile, one.source_id) for one in (current, *earlier)}
    of_version = version_of(version)

    def meant(one: Document) -> bool:
        return of_version(sources[one.id].name, sources[one.id].sha256, one.part)

    found = {one.source_id: one for one in reversed(earlier) if meant(one) and one.source_id != current.source_id}
    if len(found) != 1:
        problem, english = (
            ("nhiều bản có tên này", "several versions have this name")
            if found
            else ("là bản hiện tại", "is the current version")
            if meant(current)
            else ("không có bản nào như vậy trước bản hiện tại", "there is no such version before the current one")
        )
        told = "".join(f"\n  {numbered(sources[one.id].name, one.part)} · sha256:{sources[one.id].sha256}" for one in earlier)
        remedy = "Nêu tên tệp hoặc sha256 của bản trước / name the file or the sha256 of an earlier version: vanban show NUMBER"
        raise KnowledgeBaseError(version or '""', f"{problem} / {english}{told}", remedy)
    (wanted,) = found.values()
    shared = _Shared(derived.Words(session.connection()), ingest_named.Names(session.connection()))
    _Loading(session, sources[wanted.id], "", shared).restore(wanted, current)
    shared.put_in()
    detail = {"instrument": wanted.instrument_id, "source": sources[wanted.id].name, "before": sources[current.id].name, "why": why.strip()}
    review.note(session.connection(), who, "restored", wanted.id, detail)
    return wanted


class _Loading:
    """The loading of one file, within a transaction."""

    def __init__(self, session: Session, source: SourceFile | _File, path: str, shared: _Shared) -> None:
        self.session, self.connection, self.source, self.path = session, session.connection(), source, path
        self.words, self.names = shared
        self.stored: dict[int, Ingested] = {}
        self.put: list[int] = []
        self.come: set[str] = set()
        self.kept: set[str] = set()
        self.left: set[str] = set()
        self.left_names: list[prepare.Named] = []
        self.of: set[str] = set()

    def load(self, made: PreparedFile, standing: Sequence[Document]) -> tuple[Ingested, ...]:
        changed: list[tuple[Prepared, bool, list[Document]]] = []
        paired = _paired(made.documents, standing)
        for one, identified, former in paired:
            if former and (not former.current or (former.parser == made.parser and former.json == one.parsed().to_json())):
                self._tell(one, "unchanged", former)
                continue
            text = self._text_of(one.instrument) if identified else None
            changed.append((one, identified, list({each.id: each for each in (text, former) if each}.values())))

        kept_rows = {former.id for *_, former in paired if former}
        lost = [document for document in standing if document.current and document.id not in kept_rows]
        withdrawn = [Ingested(path=self.path, outcome="withdrawn", document=document_record(one, self.source)) for one in lost]
        misread = [(document, document.instrument_id) for document in lost]
        misread += [(each, each.instrument_id) for one, _, formers in changed for each in formers if each.instrument_id != one.instrument]
        for document in (*(each for *_, formers in changed for each in formers), *lost):
            self._withdraw(document)
        for document in lost:
            review.note(self.connection, growth.PROGRAM, "withdrawn", document.id, {"source": self.source.name})
        for document, _ in misread:
            # It must not answer for an instrument any more that it is not, or that is not there. Its JSON keeps the id.
            document.instrument_id, document.identified = None, False
        self.session.flush()

        for one, identified, formers in changed:
            self._put_in(one, identified, formers, made.parser)
        for document, instrument in misread:
            self._give_back(document, instrument)
        self._finish(misread)
        return (*(self.stored[one.part] for one in made.documents), *withdrawn)

    def restore(self, wanted: Document, current: Document) -> None:
        """An earlier version takes the place of the current one, which becomes the version before it."""
        self._withdraw(current)
        link = self.session.scalars(select(Document).where(Document.replaces_id == wanted.id)).one()
        earlier, wanted.replaces_id, link.replaces_id = wanted.replaces_id, None, None
        self.session.flush()
        link.replaces_id, wanted.replaces_id, wanted.current = earlier, current.id, True
        self.session.flush()
        self._stand(wanted, current)
        self._finish(())

    def _finish(self, misread: Sequence[tuple[Document, str | None]]) -> None:
        """What follows from the parts that came and went: counts, what is held, what citations mean, what nobody names any more."""
        ingest_named.hold(self.connection, self.of)
        for _, instrument in misread:
            if instrument and not self._text_of(instrument):
                self.names.put_in()
                growth.left(self.connection, instrument)
        for document_id in self.put:
            growth.loaded(self.connection, document_id, first=self.names.put_in)
        growth.arrived(self.connection, sorted(self.come), first=self.names.put_in)
        if self.left or self.left_names:
            self.names.forget(self.left - self.kept, self.left_names)

    def _tell(self, one: Prepared, outcome: Outcome, document: Document | _Told) -> None:
        record = document_record(document, self.source)
        self.stored[one.part] = Ingested(path=self.path, outcome=outcome, document=record, findings=one.findings)

    def _put_in(self, one: Prepared, identified: bool, formers: list[Document], parser: str) -> None:
        self.kept |= self.names.keep(one.named, one.instrument)
        facts = one.facts | {
            "source_id": self.source.id,
            "part": one.part,
            "instrument_id": one.instrument,
            "current": True,
            "identified": identified,
            "replaces_id": formers[0].id if formers else None,
            "parser": parser,
            "added": writing.now(self.connection),
        }
        document = writing.put_one(self.connection, "documents", {**facts, "json": one.json})
        made = one.rows
        if formers and (corrected := review.carried(self.connection, [former.id for former in formers], document, one.parsed())):
            changed = prepare.document(corrected)
            self.kept |= self.names.keep(changed.named, None)
            made = changed.rows
        derived.put_in(self.connection, document, made, self.words)
        self.names.count(rows.mentioned_in(made))
        self._note("loaded" if not formers else "replaced", document, one)
        if rows.are_open(made):
            self.put.append(document)
        if identified and one.instrument:
            if one.alias:  # that of a former version went with it
                ingest_named.alias(self.connection, one.instrument, one.alias)
            self.come.add(one.instrument)
        if one.instrument:
            self.of.add(one.instrument)
        told = _Told(one.instrument, identified, one.part, *(one.facts[name] for name in _TOLD))
        self._tell(one, "version" if formers else "new", told)

    def _note(self, verb: str, document: int, one: Prepared) -> None:
        review.note(self.connection, growth.PROGRAM, verb, document, {"instrument": one.instrument, "source": self.source.name})

    def _withdraw(self, document: Document) -> None:
        """A former version gives up its parts."""
        document.current = False
        self.names.count(rows.mentioned(self.connection, document.id), -1)
        self.words.put_in()
        self.left |= derived.take_out(self.connection, document.id)
        if document.instrument_id:
            self.left.add(document.instrument_id)
            self.of.add(document.instrument_id)
            if document.identified:
                ingest_named.alias(self.connection, document.instrument_id, None)
        self.left_names.append(prepare.named(Parsed.from_json(document.json)))

    def _give_back(self, misread: Document, instrument: str | None) -> None:
        """What a wrong reading of later bytes had taken the place of is the current text of its instrument again."""
        link, before = misread, self.session.get(Document, misread.replaces_id or 0)
        while before and before.source_id == misread.source_id:
            link, before = before, self.session.get(Document, before.replaces_id or 0)
        if before is None or not before.identified or before.instrument_id != instrument:
            return
        if self._text_of(instrument):
            return
        link.replaces_id, before.current = None, True
        self.session.flush()
        self._stand(before, misread)

    def _stand(self, document: Document, former: Document) -> None:
        """A version that was kept is the text of its instrument again; decisions on the former one stand on it from now on."""
        parsed = Parsed.from_json(document.json)
        one = prepare.document(review.carried(self.connection, [former.id], document.id, parsed) or parsed)
        self.kept |= self.names.keep(one.named, one.instrument)
        derived.put_in(self.connection, document.id, one.rows, self.words)
        self.names.count(rows.mentioned_in(one.rows))
        self.put.append(document.id)
        if one.instrument:
            self.of.add(one.instrument)
            ingest_named.alias(self.connection, one.instrument, one.alias)
            self.come.add(one.instrument)

    def _text_of(self, instrument: str | None) -> Document | None:
        """The current text of an instrument that is wholly told."""
        if not any(writing.find(self.connection, "documents", ("id",), "instrument_id", (instrument,))):
            return None  # as with most that come
        return self.session.scalar(_TEXT, {"instrument": instrument})


_SOURCE = select(SourceFile).where(SourceFile.sha256 == bindparam("sha256"))
_TEXT = select(Document).where(Document.instrument_id == bindparam("instrument"), Document.current, Document.identified)


def _source(connection: Connection, made: PreparedFile, data: bytes, path: str) -> _File:
    facts = {"sha256": made.sha256, "name": made.name, "size": len(data), "media_type": made.media_type, "origin": path}
    packed = made.packed or pack_bytes(data)
    row = {**facts, "added": writing.now(connection), "data": packed}
    return _File(writing.put_one(connection, "source_files", row), made.sha256, made.name)


def _paired(documents: Sequence[Prepared], standing: Sequence[Document]) -> list[tuple[Prepared, bool, Document | None]]:
    """Each document of a file, whether it is the file's one text of an instrument that is wholly told, and its former parse, if any.

    The former parse is the one of the same instrument, else the one in the same place: a newer parser may find a document between two.
    """
    ids = [one.instrument for one in documents]
    identified = prepare.identified(ids)
    of_instrument = {one.instrument_id: one for one in sorted(standing, key=lambda one: one.current) if one.identified}
    former = [of_instrument.get(identity) if known else None for identity, known in zip(ids, identified, strict=True)]
    taken = {one.id for one in former if one}
    in_place = {one.part: one for one in standing if one.id not in taken}
    return [(one, known, each or in_place.get(one.part)) for one, known, each in zip(documents, identified, former, strict=True)]


def look_over(sessions: Sessions) -> None:
    """A server plans its answers by what it knows of its tables, and reads an index alone where it knows that all see its rows: after a
    large load it knows neither until it looks again, which some are set never to do of themselves. SQLite's plans do not hang on it."""
    with sessions(False) as session:
        engine = session.get_bind().engine
    if engine.dialect.name == "postgresql":
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:  # no transaction may do it
            connection.execute(text("VACUUM (ANALYZE)"))

""":class:`KnowledgeBase`: the verbs over a database.

A question reads one state of the database from beginning to end; an ingest writes one file a transaction. What the database itself
refuses (locked, full, read-only, damaged) comes back as a :class:`KnowledgeBaseError` that says what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from vanban.parser.model import Document

from . import ingest, ingest_run, questions, search, summary
from .database import Database
from .records import (
    Ambiguous,
    CitedBy,
    Cites,
    Documents,
    Exported,
    Ingest,
    IngestCounts,
    Ingested,
    InstrumentRecord,
    Mandates,
    MostCited,
    NotFound,
    NotHeld,
    Search,
    Show,
    Summary,
    Targets,
)
from .resolution import resolve
from .working import Working

if TYPE_CHECKING:
    from .exports import Selection

Paths = str | PathLike[str] | Iterable[str | PathLike[str]]


class KnowledgeBase(Working):
    """The documents of one database and the questions it answers; every verb gives typed records (:mod:`vanban.kb.records`).

    A ``number`` is taken in any spelling (``117/NQ-CP``, ``nq 117 cp``), and so is an instrument's id, its name, or the name of
    the file its text came from; ``date`` (``2017-10-25``, ``25/10/2017``, ``2017``) chooses among instruments that share a number.
    """

    def __init__(self, database: Database) -> None:
        self._database, self.name = database, database.name
        self._session, self._watched, self._new = database.session, database.watched, database.new

    @classmethod
    def open(cls, place: str | PathLike[str], *, create: bool = True) -> KnowledgeBase:
        """See :func:`vanban.kb.open`."""
        return cls(Database(place, create=create))

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def downgrade(self, version: int) -> None:
        """Take the tables back to an earlier version of the schema, for an earlier program: what that one has no place for (reviews,
        relations, register facts …) is lost. The knowledge base is closed by it; opening it upgrades it again."""
        self._database.downgrade(version)

    def __enter__(self) -> KnowledgeBase:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # --- feeding -------------------------------------------------------------------------------------------------------------

    def ingest(
        self,
        paths: Paths,
        *,
        again: bool = False,
        format: str | None = None,
        linguistic: bool = False,
        jobs: int = 1,
        executor: Executor | None = None,
        progress: Callable[[Ingested], None] | None = None,
    ) -> Ingest:
        """Parse and load files, all files in folders, and those of patterns (``*.docx``); one transaction a file, and one file's
        failure stops no other. ``-`` is standard input. What a file is, is found by its content, unless ``format`` tells it (``html``).

        Bytes that are here already change nothing, unless ``again``: then they are parsed anew, and a parse that differs becomes
        the current version. Other bytes of an instrument that is held become its new version; the former one is kept.

        ``linguistic`` adds what the linguistic layer reads. ``jobs`` processes parse, or an ``executor`` of the caller's (any
        :class:`concurrent.futures.Executor`); the files are loaded in their order all the same.
        """
        done: list[Ingested] = []
        for told in self.feed(paths, again=again, format=format, linguistic=linguistic, jobs=jobs, executor=executor):
            done += told
            if progress:
                for item in told:
                    progress(item)
        return Ingest(items=tuple(done), counts=IngestCounts().plus(done))

    def feed(
        self,
        paths: Paths,
        *,
        again: bool = False,
        format: str | None = None,
        linguistic: bool = False,
        jobs: int = 1,
        executor: Executor | None = None,
    ) -> Iterator[tuple[Ingested, ...]]:
        """:meth:`ingest` file by file, for any number of files: what became of the documents of each, as soon as they are held. It goes on
        as far as it is iterated."""
        named = [paths] if isinstance(paths, str | PathLike) else paths
        how = ingest_run.Feeding(again, format, linguistic)
        with self._watched():
            yield from ingest_run.run(self._new, named, how, jobs=jobs, executor=executor)

    def add(self, document: Document, data: bytes) -> Ingested:
        """Load a Document that is parsed already and the only one of its file; ``data`` are the file's bytes (``ValueError`` where they are
        not)."""
        return self.add_all((document,), data)[0]

    def add_all(self, documents: Sequence[Document], data: bytes) -> tuple[Ingested, ...]:
        """Load all Documents of one file (:func:`vanban.parser.parse_all`), in their order; ``data`` are its bytes."""
        with self._watched():
            return ingest.add(self._new, documents, data)

    # --- asking --------------------------------------------------------------------------------------------------------------

    def resolve(self, number: str, *, date: str | None = None) -> InstrumentRecord | Ambiguous | NotFound:
        """Which instrument is meant."""
        with self._session() as session:
            return resolve(session, number, date)

    def document(self, number: str, *, date: str | None = None) -> Document | Ambiguous | NotFound | NotHeld:
        """The Document that is held of an instrument, whole, as it was parsed: to be written out in any form."""
        with self._session() as session:
            return summary.document(session, number, date)

    def show(self, number: str, *, date: str | None = None) -> Show | Ambiguous | NotFound:
        """All that is known of an instrument; where its text is held, its outline, findings and versions too."""
        with self._session() as session:
            return summary.show(session, number, date)

    def summary(self, number: str, *, date: str | None = None) -> Summary | Ambiguous | NotFound | NotHeld:
        """A document at a glance, with questions to go on with."""
        with self._session() as session:
            return summary.summary(session, number, date)

    def cites(self, number: str, *, date: str | None = None) -> Cites | Ambiguous | NotFound | NotHeld:
        """The other instruments that a document cites, mention by mention."""
        with self._session() as session:
            return questions.cites(session, number, date)

    def cited_by(
        self, number: str, *, date: str | None = None, limit: int | None = None, offset: int = 0
    ) -> CitedBy | Ambiguous | NotFound:
        """Where an instrument is cited by others; what may mean it but is tied to none is kept apart in ``open``."""
        with self._session() as session:
            return questions.cited_by(session, number, date, limit, offset)

    def mandates(
        self,
        *,
        implements: str | None = None,
        date: str | None = None,
        text: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Mandates | Ambiguous | NotFound:
        """Who must do what: all, those that carry out an instrument (``date`` is its date), those whose text holds all words."""
        with self._session() as session:
            return questions.mandates(session, implements, date, text, limit, offset)

    def targets(self, words: str = "", *, limit: int | None = None, offset: int = 0) -> Targets:
        """Figures to be reached whose name or text holds all words, with or without diacritics."""
        with self._session() as session:
            return questions.targets(session, words, limit, offset)

    def search(self, words: str, *, limit: int | None = 20, offset: int = 0) -> Search:
        """Nodes that hold all words, with or without diacritics; what is spelled as asked comes first."""
        with self._session() as session:
            return search.search(session, words, limit, offset)

    def most_cited(self, *, limit: int | None = 10, offset: int = 0) -> MostCited:
        """The instruments that most documents cite."""
        with self._session() as session:
            return questions.most_cited(session, limit, offset)

    def documents(self, *, limit: int | None = None, offset: int = 0) -> Documents:
        """The documents held."""
        with self._session() as session:
            return questions.documents(session, limit, offset)

    # --- giving out ----------------------------------------------------------------------------------------------------------

    def selected(self, selection: Selection | None = None) -> Iterator[Document]:
        """The documents held, or a selection of them, whole and one after the other: memory does not grow with their number."""
        from . import exports

        with self._session() as session:
            yield from exports.whole(session, selection or exports.Selection())

    def export(self, form: str, out: str | PathLike[str], selection: Selection | None = None, *, base: str | None = None) -> Exported:
        """Write what is held, or a selection of it, as tables (``csv``, ``jsonl``, ``parquet``, ``xlsx``), graphs (``graphml``, ``gexf``,
        ``dot``, ``mermaid``, ``neo4j``) or linked data (``turtle``, ``jsonld``): see :mod:`vanban.kb.exports`."""
        from . import exports

        with self._session() as session:
            return exports.write(session, form, Path(out), selection or exports.Selection(), base=base)

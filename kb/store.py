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

from vanban.parser.model import Document

from . import calls, exports, ingest, ingest_parsers, ingest_run
from .asking import Asking
from .database import Database
from .exports import Selection
from .records import (
    Exported,
    Ingest,
    IngestCounts,
    Ingested,
)
from .working import Working

Paths = str | PathLike[str] | Iterable[str | PathLike[str]]


@calls.verbs
class KnowledgeBase(Asking, Working):
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
        """Parse and load files, all files in folders, and those of patterns (``*.docx``); each wholly or not at all, and one file's
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
        as far as it is iterated, and to the end of the few small files that are loaded in one transaction."""
        named = [paths] if isinstance(paths, str | PathLike) else paths
        how = ingest_parsers.Feeding(again, format, linguistic)
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

    # --- giving out ----------------------------------------------------------------------------------------------------------

    def selected(self, selection: Selection | None = None) -> Iterator[Document]:
        """The documents held, or a selection of them, whole and one after the other: memory does not grow with their number."""
        with self._session() as session:
            yield from exports.whole(session, selection or Selection())

    def export(self, form: str, out: str | PathLike[str], selection: Selection | None = None, *, base: str | None = None) -> Exported:
        """Write what is held, or a selection of it, as tables (``csv``, ``jsonl``, ``parquet``, ``xlsx``), graphs (``graphml``, ``gexf``,
        ``dot``, ``mermaid``, ``neo4j``) or linked data (``turtle``, ``jsonld``): see :mod:`vanban.kb.exports`."""
        with self._session() as session:
            return exports.write(session, form, Path(out), selection or Selection(), base=base)

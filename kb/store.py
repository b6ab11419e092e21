"""Opening a database, and :class:`KnowledgeBase`: the verbs over it.

A question reads one state of the database from beginning to end; an ingest writes one document a transaction. What the
database itself refuses (locked, full, read-only, damaged) comes back as a :class:`KnowledgeBaseError` that says what to do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session

from vanban.parser.model import Document

from . import ingest, questions, schema, search, summary
from .parsing import files
from .records import (
    Ambiguous,
    CitedBy,
    Cites,
    Documents,
    Ingest,
    Ingested,
    InstrumentRecord,
    KnowledgeBaseError,
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

Paths = str | PathLike[str] | Iterable[str | PathLike[str]]

_MEMORY = ":memory:"
_WAIT_MS = 30_000
_OTHER_PLACE = "Nêu đường dẫn khác bằng --db hoặc VANBAN_DATABASE_URL / give another path with --db or VANBAN_DATABASE_URL"
_REFUSALS = (
    (
        "locked",
        "kho đang bị khóa",
        "Chương trình khác đang ghi: đợi xong rồi làm lại / another program is writing to it: wait for it to end, then try again",
    ),
    (
        "readonly",
        "không được phép ghi vào kho",
        "Kiểm tra quyền ghi của tệp và thư mục / check the permissions of the file and its folder",
    ),
    (
        "unable to open",
        "không mở được kho",
        "Kiểm tra thư mục có đó và ghi được / check that its folder exists and that you may write there",
    ),
    (
        "full",
        "hết chỗ trên đĩa",
        "Dọn đĩa rồi chạy lại lệnh này, phần đã nạp vẫn còn / make room, then run the same command again: what was loaded stays",
    ),
    (
        "constraint",
        "các phần của văn bản không khớp nhau",
        "Xin báo lại kèm tệp này / please report it with the file",
    ),
    ("not a database", "không phải là kho", _OTHER_PLACE),
    (
        "malformed",
        "tệp của kho bị hỏng",
        "Làm lại bằng vanban ingest, hoặc lấy bản sao lưu / make it anew with vanban ingest, or take it from a backup",
    ),
    (
        "connect",
        "không nối được với máy chủ",
        "Kiểm tra máy chủ và địa chỉ / check that the database server is running and the address is right",
    ),
)
"""What a database says, that in Vietnamese, and what to do."""


class KnowledgeBase:
    """The documents of one database and the questions it answers; every verb gives typed records (:mod:`vanban.kb.records`).

    A ``number`` is taken in any spelling (``117/NQ-CP``, ``nq 117 cp``), and so is an instrument's id, its name, or the name of
    the file its text came from; ``date`` (``2017-10-25``, ``25/10/2017``, ``2017``) chooses among instruments that share a number.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine, self.name = engine, name

    @classmethod
    def open(cls, place: str | PathLike[str], *, create: bool = True) -> KnowledgeBase:
        """See :func:`vanban.kb.open`."""
        url = _url(place)
        name = url.render_as_string(hide_password=True) if url.get_backend_name() != "sqlite" else url.database or _MEMORY
        if url.get_backend_name() == "sqlite" and url.database not in (None, "", _MEMORY):
            _check_file(Path(str(url.database)), name, create)
        try:
            engine = _engine(url)
        except (ImportError, NoSuchModuleError) as error:
            remedy = "Cài bộ nối, cho PostgreSQL / install the driver, for PostgreSQL: pip install psycopg[binary]"
            raise KnowledgeBaseError(name, f"thiếu bộ nối / no driver for this database ({error})", remedy) from None
        library = cls(engine, name)
        try:
            with library._session() as session:
                ready = _check_schema(session.connection(), name, create)
            if not ready:
                library._make()
        except BaseException:
            library.close()
            raise
        return library

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> KnowledgeBase:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # --- feeding -------------------------------------------------------------------------------------------------------------

    def ingest(
        self, paths: Paths, *, again: bool = False, format: str | None = None, progress: Callable[[Ingested], None] | None = None
    ) -> Ingest:
        """Parse and load files, all files in folders, and those of patterns (``*.docx``); one transaction a file, and one file's
        failure stops no other. ``-`` is standard input. What a file is, is found by its content, unless ``format`` tells it (``html``).

        Bytes that are here already change nothing, unless ``again``: then they are parsed anew, and a parse that differs becomes
        the current version. Other bytes of an instrument that is held become its new version; the former one is kept.
        """
        done: list[Ingested] = []
        for path in files([paths] if isinstance(paths, str | PathLike) else paths):
            with self._watched():
                loaded = ingest.load(self._new, path, again=again, format=format)
            done += loaded
            if progress:
                for item in loaded:
                    progress(item)
        return Ingest(items=tuple(done))

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

    # --- within --------------------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        """The tables, in one transaction; another program that makes them at the same time comes first or after."""
        with self._watched():
            if self._engine.dialect.name == "sqlite":
                connection = self._engine.raw_connection()
                # Readers go on reading while a document is written. The mode stays with the file, whoever sets it first.
                with suppress(sqlite3.OperationalError):
                    connection.cursor().execute("PRAGMA journal_mode = WAL")
                connection.close()
            with self._new(True) as session, session.begin():
                if not _check_schema(session.connection(), self.name, True):
                    schema.create(session.connection())

    def _new(self, write: bool) -> Session:
        return Session(self._engine.execution_options(vanban_write=True) if write else self._engine)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with self._watched(), self._new(False) as session, session.begin():
            yield session

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """What the database refuses becomes an error with a remedy."""
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            problem = str(getattr(error, "orig", error)).strip().split("\n")[0]
            said = (refusal[1:] for refusal in _REFUSALS if refusal[0] in problem.lower())
            vietnamese, remedy = next(said, ("kho báo lỗi", "Kiểm tra cơ sở dữ liệu / check the database"))
            raise KnowledgeBaseError(self.name, f"{vietnamese} / {problem}", remedy) from error


def _url(place: str | PathLike[str]) -> URL:
    text = fspath(place)
    if "://" not in text:
        if not text.strip():
            remedy = "Nêu bằng --db hoặc VANBAN_DATABASE_URL / give one with --db or VANBAN_DATABASE_URL"
            raise KnowledgeBaseError("database", "chưa nêu đường dẫn / no path is given", remedy)
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        remedy = "Viết / write: PATH, sqlite:///PATH, postgresql://USER@HOST/NAME"
        raise KnowledgeBaseError("database", "không hiểu địa chỉ / the address cannot be read", remedy) from None
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgres", "postgresql") else url


def _check_file(path: Path, name: str, create: bool) -> None:
    if path.is_dir():
        raise KnowledgeBaseError(name, "là thư mục / is a folder", "Nêu tệp trong đó / name a file in it")
    if not path.exists():
        if not create:
            remedy = "Lập kho: vanban ingest PATH, hoặc nêu chỗ bằng --db / make one with vanban ingest PATH, or give its place with --db"
            raise KnowledgeBaseError(name, "không có kho ở đây / there is no knowledge base here", remedy)
        if not path.absolute().parent.is_dir():
            remedy = "Lập thư mục trước, hoặc nêu đường dẫn khác / make the folder first, or give another path"
            raise KnowledgeBaseError(name, "không có thư mục này / its folder does not exist", remedy)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url)
    in_memory = url.database in (None, "", _MEMORY)
    engine = create_engine(url, poolclass=StaticPool) if in_memory else create_engine(url)

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        # The driver would begin transactions late and leave the making of tables outside them: we begin them ourselves.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A writer takes its place at once: two that both began by reading could not both go on.
        write = connection.get_execution_options().get("vanban_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _check_schema(connection: Connection, name: str, create: bool) -> bool:
    """Whether the tables are there, and of this version; an empty database is one to fill only with ``create``."""
    tables = inspect(connection).get_table_names()
    if schema.SchemaVersion.__tablename__ not in tables:
        if tables:
            raise KnowledgeBaseError(name, "là của chương trình khác / is a database of another program", _OTHER_PLACE)
        if not create:
            raise KnowledgeBaseError(name, "kho trống / is empty", "Nạp văn bản / fill it: vanban ingest PATH")
        return False
    version = connection.scalar(select(schema.SchemaVersion.version))
    if version != schema.VERSION:
        newer = version is not None and version > schema.VERSION
        remedy = (
            "Cập nhật vanban / update vanban"
            if newer
            else "Cất tệp này đi, lập kho mới: vanban ingest PATH / put this file away and make a new one with vanban ingest PATH"
        )
        english = f"has version {version} of the schema, and this program knows version {schema.VERSION}"
        raise KnowledgeBaseError(name, f"kho theo lược đồ {version}, chương trình này dùng {schema.VERSION} / {english}", remedy)
    return True

"""Opening a database: where it is, what it is, and the sessions on it. The tables are made, or brought to this version, on the way.

A question reads one state of the database from beginning to end; those who write come one after another. What the database itself
refuses (locked, full, read-only, damaged) comes back as a :class:`KnowledgeBaseError` that says what to do.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from os import PathLike, fspath
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session

from . import migrations, schema
from .records import KnowledgeBaseError

_MEMORY = ":memory:"
_WAIT_MS = 30_000
_TURN = 0x76616E62616E
"""The number of the lock that writers wait for on a server."""
_LOG = logging.getLogger("vanban.kb")
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
        "zstandard",
        "dữ liệu trong kho bị hỏng",
        "Khôi phục kho từ bản sao / restore the database from a copy",
    ),
    (
        "disk i/o",
        "không đọc ghi được đĩa",
        "Kiểm tra đĩa, chỗ trống rồi chạy lại, phần đã nạp vẫn còn / check the disk, then run it again: what was loaded stays",
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


class Database:
    """A database that is open, and has the tables of this version."""

    def __init__(self, place: str | PathLike[str], *, create: bool = True) -> None:
        url = _url(place)
        self.sqlite = url.get_backend_name() == "sqlite"
        self.name = url.database or _MEMORY if self.sqlite else url.render_as_string(hide_password=True)
        self.file = Path(str(url.database)) if self.sqlite and url.database not in (None, "", _MEMORY) else None
        if self.file:
            _check_file(self.file, self.name, create)
        try:
            self._engine = _engine(url)
        except (ImportError, NoSuchModuleError) as error:
            problem = f"thiếu bộ nối / there is no driver for this database ({error})"
            remedy = 'Kho là PostgreSQL / for PostgreSQL: Cài / install: pip install "vanban[postgres]"'
            raise KnowledgeBaseError(self.name, problem, remedy) from None
        try:
            with self.watched(), self._engine.execution_options(vanban_look=True).connect() as connection, connection.begin():
                version = self._version(connection, create)
            if version is None:
                self._make()
            elif version < schema.VERSION:
                self._upgrade(version)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def new(self, write: bool) -> Session:
        """A session that is not begun; one that may write waits for its turn when it begins."""
        return Session(self._engine.execution_options(vanban_write=True) if write else self._engine)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that reads one state of the database."""
        with self.watched(), self.new(False) as session, session.begin():
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction: what is done in it is there wholly or not at all."""
        with self.watched(), self.new(True) as session, session.begin():
            yield session

    @contextmanager
    def watched(self) -> Iterator[None]:
        """What the database refuses becomes an error with a remedy."""
        try:
            yield
        except (DBAPIError, sqlite3.Error, schema.Damaged) as error:
            problem = str(getattr(error, "orig", error)).strip().split("\n")[0]
            said = (refusal[1:] for refusal in _REFUSALS if refusal[0] in problem.lower())
            vietnamese, remedy = next(said, ("kho báo lỗi", "Kiểm tra cơ sở dữ liệu / check the database"))
            raise KnowledgeBaseError(self.name, f"{vietnamese} / {problem}", remedy) from error

    def downgrade(self, version: int) -> None:
        """Back to the tables of an earlier version, for an earlier program; what that has no place for is lost. The database can be
        used no more through this object: it is closed."""
        if version not in migrations.REVISIONS or version > schema.VERSION:
            known = ", ".join(map(str, migrations.REVISIONS))
            raise KnowledgeBaseError(self.name, f"không có lược đồ {version} / there is no version {version}", f"Chọn / choose: {known}")
        self._migrate(lambda connection: migrations.downgrade(connection, version))
        self.close()

    # --- within --------------------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        """The tables, in one transaction; another program that makes them at the same time comes first or after."""
        with self.watched():
            if self.sqlite:
                with closing(self._engine.raw_connection()) as connection, suppress(sqlite3.OperationalError):
                    # Readers go on reading while a document is written. The mode stays with the file, whoever sets it first.
                    connection.cursor().execute("PRAGMA journal_mode = WAL")
            with self.writing() as session:
                if self._version(session.connection(), True) is None:
                    schema.create(session.connection())
                    migrations.mark(session.connection(), schema.VERSION)

    def _upgrade(self, version: int) -> None:
        """To this program's version; a copy of a SQLite file as it was is kept beside it."""
        copy = self._copied(version) if self.file else None
        self._migrate(lambda connection: migrations.upgrade(connection, schema.VERSION), before=version)
        kept = f"; bản cũ / the former one: {copy}" if copy else ""
        _LOG.warning(
            "vanban: %s: đã nâng lược đồ từ %s lên %s / upgraded from version %s to %s%s",
            *(self.name, version, schema.VERSION, version, schema.VERSION, kept),
        )

    def _migrate(self, step: Callable[[Connection], None], before: int = schema.VERSION) -> None:
        """In one transaction, unless another program has done it meanwhile: the tables are no longer those of ``before``."""
        with self.watched():
            with self._engine.execution_options(vanban_write=True, vanban_migrate=True).connect() as connection, connection.begin():
                if self._version(connection, True) == before:
                    step(connection)
            self._engine.dispose()  # those connections do not look at references

    def _copied(self, version: int) -> Path:
        """A copy of the file as it is; one that was made before is never written over."""
        assert self.file is not None
        for k in range(1, 1000):
            goal = self.file.with_name(f"{self.file.name}.v{version}{f'-{k}' if k > 1 else ''}")
            if not goal.exists():
                break
        with self.watched(), closing(sqlite3.connect(self.file)) as source, closing(sqlite3.connect(goal)) as copy:
            source.backup(copy)
        return goal

    def _version(self, connection: Connection, create: bool) -> int | None:
        """The version of the tables that are there; ``None``: an empty database, which is one to fill only with ``create``."""
        tables = inspect(connection).get_table_names()
        if schema.SchemaVersion.__tablename__ not in tables:
            if tables:
                raise KnowledgeBaseError(self.name, "là của chương trình khác / is a database of another program", _OTHER_PLACE)
            if not create:
                raise KnowledgeBaseError(self.name, "kho trống / is empty", "Nạp văn bản / fill it: vanban ingest PATH")
            return None
        version = connection.scalar(select(schema.SchemaVersion.version)) or 0
        if version > schema.VERSION or version not in migrations.REVISIONS:
            remedy = (
                "Cập nhật vanban / update vanban"
                if version > schema.VERSION
                else "Cất tệp này đi, lập kho mới: vanban ingest PATH / put this file away and make a new one with vanban ingest PATH"
            )
            english = f"has version {version} of the schema, and this program knows version {schema.VERSION}"
            raise KnowledgeBaseError(self.name, f"kho theo lược đồ {version}, chương trình này dùng {schema.VERSION} / {english}", remedy)
        return version


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
    try:
        path.is_dir()
    except PermissionError:
        remedy = "Kiểm tra quyền của thư mục / check the permissions of its folder"
        raise KnowledgeBaseError(name, "không được phép vào thư mục / its folder may not be entered", remedy) from None
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
        return _server(url)
    in_memory = url.database in (None, "", _MEMORY)
    engine = create_engine(url, poolclass=StaticPool) if in_memory else create_engine(url)

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        # The driver would begin transactions late and leave the making of tables outside them: we begin them ourselves.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        # In a large library a load touches pages all over the file: what is written again soon is kept in memory, and goes from the log
        # into the file seldom.
        connection.execute("PRAGMA cache_size = -131072")  # 128 MB
        connection.execute("PRAGMA wal_autocheckpoint = 32768")
        connection.execute("PRAGMA journal_size_limit = 67108864")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("vanban_migrate"):
            # Tables that others refer to are made anew; afterwards all references are looked at together.
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        # A writer takes its place at once: two that both began by reading could not both go on.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("vanban_write") else "BEGIN")

    return engine


def _server(url: URL) -> Engine:
    """A database server: a reader sees one state of it, and writers come one after another, as on SQLite."""
    engine = create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("vanban_look"):
            # Where another program is making the tables anew this waits, and then must see the new ones with what is in them.
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        if options.get("vanban_write"):
            # The state that a writer sees is that after it has got its turn; the lock goes with the transaction.
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")

    return engine

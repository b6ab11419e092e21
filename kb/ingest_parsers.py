"""Who parses the files that are loaded: processes of our own, or an executor of the caller's.

What is guaranteed: each file's parse is given back as that file's, whoever made it and whenever; a file that kills the process that parses
it is told from the others that were in hand with it.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from typing import Any, NamedTuple
from weakref import WeakSet

from . import prepare
from .prepare import PreparedFile, ToParse
from .records import KnowledgeBaseError

DASK = "dask:"
_FEW = 2
_HANDFUL, _HANDFUL_BYTES = 8, 1 << 16
"""So many small files at most go to a process together: handing one over costs the one who loads as much as a fiftieth of its loading."""
_NICE = 10
"""How far those who parse stand back for the one who loads: it must never wait for a processor, as all of them wait for it."""


class Feeding(NamedTuple):
    """How files are taken: ``again`` also those that are held, ``format`` what they are, ``linguistic`` with the linguistic layer."""

    again: bool = False
    format: str | None = None
    linguistic: bool = False


class Parsing(NamedTuple):
    """A file that is being parsed, with others: the place of its parse among theirs."""

    all: Future[list[bytes]]
    place: int

    def result(self) -> PreparedFile:
        """Its parse, when it is there."""
        return prepare.received(self.all.result()[self.place])


def _each(all: Future[list[bytes]], files: Sequence[ToParse]) -> Iterator[Parsing]:
    """The files that are parsed together."""
    return (Parsing(all, place) for place in range(len(files)))


def gone(error: BaseException) -> KnowledgeBaseError:
    """What is said where nobody parses any more."""
    remedy = "Chạy lại lệnh này, phần đã nạp vẫn còn / run the same command again: what was loaded stays"
    return KnowledgeBaseError("executor", f"không phân tích tiếp được / can parse no more ({type(error).__name__}: {error})", remedy)


class Parsers:
    """Parses what it is given."""

    jobs: int
    """How many files are parsed at a time."""

    def start(self, files: Sequence[ToParse], how: Feeding) -> Iterator[Parsing]:
        """Parse files, some time."""
        raise NotImplementedError

    def alone(self, one: ToParse, how: Feeding, error: BrokenExecutor) -> PreparedFile | str:
        """Parse a file again after the executor broke, or say that it is this file that breaks it."""
        raise gone(error) from error

    def close(self) -> None:
        """No more is wanted."""


class OfCaller(Parsers):
    """An executor of the caller's."""

    def __init__(self, executor: Executor) -> None:
        self.jobs = getattr(executor, "_max_workers", 0) or 2
        self._executor = executor
        self._started: WeakSet[Future[list[bytes]]] = WeakSet()  # what is done with is not held

    def start(self, files: Sequence[ToParse], how: Feeding) -> Iterator[Parsing]:
        for one in files:  # each by itself: what its workers do with one that is lost is the executor's to say
            try:
                future = self._executor.submit(prepare.sent, [one], how.format, how.linguistic)
            except RuntimeError as error:  # shut down, or broken
                raise gone(error) from error
            self._started.add(future)
            yield from _each(future, [one])

    def close(self) -> None:
        for future in list(self._started):
            future.cancel()


class OwnProcesses(Parsers):
    """Processes of our own. The first files are parsed here: for a few, processes are not worth their start."""

    def __init__(self, jobs: int) -> None:
        self.jobs, self._few = jobs, _FEW
        self._pool: ProcessPoolExecutor | None = None

    def start(self, files: Sequence[ToParse], how: Feeding) -> Iterator[Parsing]:
        here, others = files[: self._few], files[self._few :]
        self._few -= len(here)
        if here:
            done: Future[list[bytes]] = Future()
            done.set_result(prepare.sent(here, how.format, how.linguistic))
            yield from _each(done, here)
        for handful in self._handfuls(others):
            yield from _each(self._submit(handful, how), handful)

    def _handfuls(self, files: Sequence[ToParse]) -> Iterator[list[ToParse]]:
        """Small files together, as long as there is something to do for every process."""
        most = max(1, min(_HANDFUL, len(files) // (2 * self.jobs)))
        handful: list[ToParse] = []
        size = 0
        for one in files:
            if handful and (len(handful) == most or size + len(one.data) > _HANDFUL_BYTES):
                yield handful
                handful, size = [], 0
            handful.append(one)
            size += len(one.data)
        if handful:
            yield handful

    def _submit(self, files: list[ToParse], how: Feeding) -> Future[list[bytes]]:
        if self._pool is not None:
            with suppress(BrokenExecutor):
                return self._pool.submit(prepare.sent, files, how.format, how.linguistic)
            self._pool.shutdown(wait=False)
        self._pool = _pool(self.jobs)
        return self._pool.submit(prepare.sent, files, how.format, how.linguistic)

    def alone(self, one: ToParse, how: Feeding, error: BrokenExecutor) -> PreparedFile | str:
        """One of the files in hand killed a process, and which one cannot be told: each is parsed in a process of its own."""
        with _pool(1) as pool:
            try:
                return Parsing(pool.submit(prepare.sent, [one], how.format, how.linguistic), 0).result()
            except BrokenExecutor:
                return "tiến trình phân tích bị tắt giữa chừng / the process that parsed it was killed"

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _pool(jobs: int) -> ProcessPoolExecutor:
    # A forked process needs no time to begin and no guard in the caller's script; elsewhere the system's own way.
    ways = multiprocessing.get_all_start_methods()
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork" if "fork" in ways else None), initializer=_watch)


def _watch() -> None:
    """In a parsing process: stand back for the one that started it, and end with it, however that ends."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def executor(name: str | None) -> Iterator[Executor | None]:
    """The executor of that name: ``dask:tcp://HOST:PORT`` is the Dask cluster with its scheduler there."""
    if name is None:
        yield None
        return
    if not name.startswith(DASK):
        raise KnowledgeBaseError(name, "không có bộ chạy này / there is no such executor", "Viết / write: dask:tcp://HOST:PORT")
    try:
        from distributed import Client
    except ImportError:
        remedy = 'Cài / install: pip install "vanban[dask]"'
        raise KnowledgeBaseError(name, "thiếu thư viện distributed / distributed is not installed", remedy) from None
    address = name.removeprefix(DASK)
    try:
        client: Any = Client(address, timeout=10, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        remedy = "Kiểm tra địa chỉ và bộ điều phối / check the address, and that the scheduler is running"
        raise KnowledgeBaseError(name, f"không nối được / cannot be reached ({error})", remedy) from error
    with client, client.get_executor() as pool:
        yield pool

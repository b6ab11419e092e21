"""Many files, one after another into the database, while others parse: the parsing may be done by processes or by any executor.

What is guaranteed: files are loaded in the order in which they are named, whoever parses them and in whatever order that ends, so the
same files always make the same rows; what is in hand at a time is bounded by number and by size; one file's failure (even one that
kills the process that parses it) stops no other. Small files that are parsed one soon after the other go into the database together:
nobody waits for its turn while one is being parsed.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from concurrent.futures import wait as wait_for
from os import PathLike
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from vanban.parser import ReadError

from . import ingest, prepare
from .ingest_parsers import Feeding, OfCaller, OwnProcesses, Parsers, Parsing, gone
from .parsing import OURS, files, read
from .prepare import ToParse
from .records import DocumentRecord, Ingested, KnowledgeBaseError
from .words import clean

Told = tuple[Ingested, ...]
"""What is said of one file."""

_AHEAD = 4
_MOST_BYTES = 64 << 20
_MANY = 500
"""After so many files that were loaded a server is asked to look over what it holds."""
_TOGETHER, _SMALL_BYTES, _SOON = 256, 4 << 20, 1.0
"""So many files at most, of so many bytes, are loaded together, and none waits more seconds for those after it. What becomes of the first
is told at once: it is one at first, then two, four …"""


class _Waiting(NamedTuple):
    """A file in hand: what is to be said of it is known (``told``), or it is being parsed; the same bytes may be in hand already
    (``twin``)."""

    path: str
    name: str
    data: bytes
    sha256: str = ""
    told: Told | None = None
    parsing: Parsing | None = None
    twin: bool = False


def run(
    sessions: ingest.Sessions, paths: Iterable[str | PathLike[str]], how: Feeding, *, jobs: int = 1, executor: Executor | None = None
) -> Iterator[Told]:
    """Load files; what became of each, as soon as it is in the database, in the order of the files.

    With ``jobs`` above 1 that many processes parse; an ``executor`` of the caller's takes their place, and is not shut down.
    """
    loaded = 0
    for told in _all(sessions, paths, how, jobs, executor):
        loaded += any(record.outcome not in ("unchanged", "failed") for record in told)
        yield told
    if loaded >= _MANY:
        ingest.look_over(sessions)


def _all(
    sessions: ingest.Sessions, paths: Iterable[str | PathLike[str]], how: Feeding, jobs: int, executor: Executor | None
) -> Iterator[Told]:
    parsers = OfCaller(executor) if executor is not None else OwnProcesses(jobs) if jobs > 1 else None
    # While some are loaded together those who parse have as many others to parse.
    ahead = 2 * _TOGETHER + _AHEAD * max(jobs, parsers.jobs) if parsers else 0
    in_hand: deque[_Waiting] = deque()
    together = _growing()
    try:
        for some in _portions(map(_read, files(paths))):
            in_hand += _taken(sessions, some, in_hand, how, parsers)
            while len(in_hand) > ahead or sum(len(one.data) for one in in_hand) > _MOST_BYTES:
                yield from _finished(sessions, in_hand, how, parsers, next(together))
        while in_hand:
            yield from _finished(sessions, in_hand, how, parsers, next(together))
    finally:
        if parsers:
            parsers.close()


def _growing() -> Iterator[int]:
    """How many files are taken, or loaded, together."""
    number = 1
    while True:
        yield number
        number = min(2 * number, _TOGETHER)


def _read(path: Path) -> _Waiting:
    shown = clean(str(path))
    try:
        name, data = read(path)
    except ReadError as error:
        return _Waiting(shown, "", b"", told=(ingest.failed(shown, error.problem, error.remedy),))
    except Exception as error:  # a mistake of ours in one file of thousands must not stop the others
        return _Waiting(shown, "", b"", told=(ingest.failed(shown, f"{type(error).__name__}: {error}", OURS),))
    return _Waiting(shown, name, data, hashlib.sha256(data).hexdigest())


def _portions(waiting: Iterable[_Waiting]) -> Iterator[list[_Waiting]]:
    """Files that are small enough to be asked about, and loaded, together."""
    some: list[_Waiting] = []
    together = _growing()
    most, size = next(together), 0
    for one in waiting:
        some.append(one)
        size += len(one.data)
        if len(some) == most or size > min(_SMALL_BYTES, _MOST_BYTES // 8):
            yield some
            some, most, size = [], next(together), 0
    if some:
        yield some


def _taken(
    sessions: ingest.Sessions, some: list[_Waiting], in_hand: Iterable[_Waiting], how: Feeding, parsers: Parsers | None
) -> list[_Waiting]:
    """Files as they are in hand: what is to be said of them is known, or they are being parsed."""
    known = {} if how.again else ingest.standing(sessions, [one.sha256 for one in some if one.told is None])
    seen = {one.sha256 for one in in_hand if one.told is None}
    taken: list[_Waiting] = []
    wanted: list[int] = []
    for one in some:
        if one.told is None and one.sha256 in known:
            one = _unchanged(one, known[one.sha256])
        elif one.told is None and one.sha256 in seen and not how.again:
            one = one._replace(twin=True)
        elif one.told is None:
            seen.add(one.sha256)
            wanted.append(len(taken))
        taken.append(one)
    if parsers:
        for i, parsing in zip(wanted, parsers.start([ToParse(taken[i].data, taken[i].name) for i in wanted], how), strict=True):
            taken[i] = taken[i]._replace(parsing=parsing)
    return taken


def _unchanged(one: _Waiting, known: Iterable[DocumentRecord]) -> _Waiting:
    told = tuple(Ingested(path=one.path, outcome="unchanged", document=document) for document in known)
    return one._replace(data=b"", told=told)


def _finished(sessions: ingest.Sessions, in_hand: deque[_Waiting], how: Feeding, parsers: Parsers | None, together: int) -> list[Told]:
    """The first file in hand, loaded, and with it small ones after it that are parsed soon, ``together`` at most: all that takes time is
    done before their transaction begins."""
    ready: list[Told | ingest.Given] = []
    until, size = monotonic() + _SOON, 0
    while in_hand and len(ready) < together and size <= _SMALL_BYTES and (not ready or _comes(in_hand[0], until)):
        one = in_hand.popleft()
        size += len(one.data)
        try:
            ready.append(_ready(sessions, one, how, parsers))
        except KnowledgeBaseError:
            if not ready:
                raise
            in_hand.appendleft(one)  # what came before it is loaded first
            break
    loaded = iter(ingest.put_in(sessions, [one for one in ready if isinstance(one, ingest.Given)]))
    return [next(loaded) if isinstance(one, ingest.Given) else one for one in ready]


def _comes(one: _Waiting, until: float) -> bool:
    """Whether there is something to say of a file, or it is parsed by then. A twin waits until the other is loaded."""
    if one.told is not None:
        return True
    left = until - monotonic()
    return not one.twin and left > 0 and (one.parsing is None or one.parsing.all.done() or bool(wait_for([one.parsing.all], left).done))


def _ready(sessions: ingest.Sessions, one: _Waiting, how: Feeding, parsers: Parsers | None) -> Told | ingest.Given:
    """What is to be said of a file, or to be loaded of it."""
    if one.twin and (known := ingest.standing(sessions, [one.sha256])):
        one = _unchanged(one, known[one.sha256])
    if one.told is not None:
        return one.told
    try:
        if parsers is None or one.parsing is None:
            made = prepare.file(one.data, one.name, how.format, how.linguistic)
        else:
            made = one.parsing.result()
    except BrokenExecutor as error:
        assert parsers is not None
        alone = parsers.alone(ToParse(one.data, one.name), how, error)
        if isinstance(alone, str):
            return (ingest.failed(one.path, alone, OURS),)
        made = alone
    except CancelledError as error:
        raise gone(error) from error
    except Exception as error:  # what the executor itself says of this file: its workers were lost over it again and again
        return (ingest.failed(one.path, f"{type(error).__name__}: {error}", OURS),)
    return ingest.Given(made, one.data, one.path)

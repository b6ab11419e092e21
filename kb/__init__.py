"""``vanban.kb``: Documents in, answers out.

>>> import vanban.kb
>>> with vanban.kb.open("library.sqlite") as library:  # doctest: +SKIP
...     library.ingest(["data/raw"])
...     library.cited_by("19-NQ/TW", date="2017-10-25")

Importing this package loads no database library; :func:`open` does.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from os import PathLike
from typing import TYPE_CHECKING

from .calls import checked
from .records import Ambiguous, KnowledgeBaseError, NotFound, NotHeld

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from .store import KnowledgeBase

__all__ = ["Ambiguous", "KnowledgeBaseError", "NotFound", "NotHeld", "executor", "open"]


@checked
def open(place: str | PathLike[str], *, create: bool = True) -> KnowledgeBase:
    """Open the knowledge base at ``place``: the path of a SQLite file, or a database URL (``postgresql://…``).

    Without ``create`` a database that is not there is an error instead of a new, empty one.
    :class:`KnowledgeBaseError` says what is wrong and what to do: no such file, another program's file, a newer schema.
    """
    from .store import KnowledgeBase

    return KnowledgeBase.open(place, create=create)


@checked
def executor(name: str | None) -> AbstractContextManager[Executor | None]:
    """The executor of that name, for ``ingest``, while the context lasts: ``dask:tcp://HOST:PORT`` is the Dask cluster whose scheduler is
    there; ``None`` is none. :class:`KnowledgeBaseError` says what is wrong with it."""
    from .ingest_parsers import executor

    return executor(name)

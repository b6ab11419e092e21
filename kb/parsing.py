"""Which files are meant, and files parsed into a folder of structured documents, one file each; no database."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import Literal

from vanban.parser import Document, ReadError, parse, parse_bytes, writers

from .records import Answer, Record
from .words import clean

STDIN = Path("-")
"""Standard input, where a file is named."""
STDIN_NAME = "stdin"
FORMATS = {
    "docx": "docx", "doc": "office", "rtf": "office", "odt": "odt", "pdf": "pdf", "html": "html", "md": "markdown", "markdown": "markdown",
    "txt": "plain", "plain": "plain",
}  # fmt: skip
"""What a format is called where one is given by hand, and the reader that it means."""


class Written(Record, frozen=True, kw_only=True):
    """What became of one file: ``written`` is where its document stands; ``problem`` and ``remedy`` say why there is none."""

    path: str
    outcome: Literal["written", "unchanged", "failed"]
    written: str | None = None
    problem: str | None = None
    remedy: str | None = None


class Parsed(Answer, frozen=True, kw_only=True):
    """One record a file, in the order they were given."""

    items: tuple[Written, ...]


def files(paths: Iterable[str | PathLike[str]]) -> Iterator[Path]:
    """The files that are named, those in folders and those of patterns (``*.docx``, ``**/*.pdf``), each sorted, hidden ones left out.

    A folder or a pattern without files is given as it stands, and so is ``-``.
    """
    for path in map(Path, paths):
        found = [path]
        if path != STDIN and not os.path.lexists(path) and glob.has_magic(str(path)):
            found = sorted(map(Path, glob.glob(str(path), recursive=True))) or found  # noqa: PTH207 - of any path, hidden ones left out
        for one in found:
            yield from (sorted(_inside(one)) or [one]) if one.is_dir() else [one]


def _inside(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names if not name.startswith("."))


def parse_file(path: Path, format: str | None = None) -> Document:
    """The document of a file or of standard input (``-``); ``format`` is one of :data:`FORMATS`, found by content without one."""
    reader = FORMATS[format] if format else None
    if path == STDIN:
        return parse_bytes(sys.stdin.buffer.read(), name=STDIN_NAME, format=reader)
    return parse(path, format=reader)


def write_all(
    files: Iterable[str | PathLike[str]], folder: str | PathLike[str], form: writers.Form = "json", format: str | None = None
) -> Parsed:
    """Parse each file into ``folder``; a file that holds the same already is not touched, and one failure stops no other.

    ``nq-94.md`` becomes ``nq-94.json``; a second file that would get the same name (``nq-94.docx``) fails and overwrites nothing.
    """
    taken: dict[Path, Path] = {}
    return Parsed(items=tuple(_write(Path(file), Path(folder), form, format, taken) for file in files))


def _write(file: Path, folder: Path, form: writers.Form, format: str | None, taken: dict[Path, Path]) -> Written:
    goal = folder / f"{STDIN_NAME if file == STDIN else file.stem}{writers.FORMS[form]}"
    if taken.setdefault(goal, file) != file:
        return _failed(file, f"{goal} holds {taken[goal]} already", "Parse it into another folder")
    try:
        changed = writers.save(parse_file(file, format), goal, form)
    except ReadError as error:
        return _failed(file, error.problem, error.remedy)
    except OSError as error:
        return _failed(goal, error.strerror or str(error), "Check that you may write there")
    except Exception as error:  # a mistake of ours in one file must not stop the others
        return _failed(file, f"{type(error).__name__}: {error}", "Please report it with the file")
    return Written(path=clean(str(file)), outcome="written" if changed else "unchanged", written=clean(str(goal)))


def _failed(path: Path, problem: str, remedy: str) -> Written:
    return Written(path=clean(str(path)), outcome="failed", problem=problem, remedy=remedy)

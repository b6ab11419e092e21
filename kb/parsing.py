"""Files parsed into a folder of structured documents, one file each; no database."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Literal

from vanban.parser import ReadError, parse, writers

from .records import Answer, Record
from .words import clean


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


def write_all(files: Iterable[str | PathLike[str]], folder: str | PathLike[str], form: writers.Form = "json") -> Parsed:
    """Parse each file into ``folder``; a file that holds the same already is not touched, and one failure stops no other.

    ``nq-94.md`` becomes ``nq-94.json``; a second file that would get the same name (``nq-94.docx``) fails and overwrites nothing.
    """
    taken: dict[Path, Path] = {}
    return Parsed(items=tuple(_write(Path(file), Path(folder), form, taken) for file in files))


def _write(file: Path, folder: Path, form: writers.Form, taken: dict[Path, Path]) -> Written:
    goal = folder / f"{file.stem}{writers.FORMS[form]}"
    if taken.setdefault(goal, file) != file:
        return _failed(file, f"{goal} holds {taken[goal]} already", "Parse it into another folder")
    try:
        changed = writers.save(parse(file), goal, form)
    except ReadError as error:
        return _failed(file, error.problem, error.remedy)
    except OSError as error:
        return _failed(goal, error.strerror or str(error), "Check that you may write there")
    except Exception as error:  # a mistake of ours in one file must not stop the others
        return _failed(file, f"{type(error).__name__}: {error}", "Please report it with the file")
    return Written(path=clean(str(file)), outcome="written" if changed else "unchanged", written=clean(str(goal)))


def _failed(path: Path, problem: str, remedy: str) -> Written:
    return Written(path=clean(str(path)), outcome="failed", problem=problem, remedy=remedy)

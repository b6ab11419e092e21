"""Which files are meant, what is in them, and files parsed into a folder of structured documents, one file each; no database."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import Literal

from vanban import parser
from vanban.parser import Document, ReadError, parse_all_bytes, writers

from .records import Answer, Record
from .words import clean

Outcome = Literal["written", "unchanged", "failed"]

OURS = "Lỗi của chương trình: xin báo lại kèm tệp này / a mistake of the program: please report it with the file"
"""What to do about a file that we fail at."""

STDIN = Path("-")
"""Standard input, where a file is named."""
STDIN_NAME = "stdin"
FORMATS = {
    "docx": "docx", "doc": "office", "rtf": "office", "odt": "odt", "pdf": "pdf", "html": "html", "md": "markdown", "markdown": "markdown",
    "txt": "plain", "plain": "plain", "akn": "akn",
}  # fmt: skip
"""What a format is called where one is given by hand, and the reader that it means."""


class Written(Record, frozen=True, kw_only=True):
    """What became of one document of a file: ``written`` is where it stands; ``problem`` and ``remedy`` say why it does not."""

    path: str
    outcome: Outcome
    written: str | None = None
    problem: str | None = None
    remedy: str | None = None


class Parsed(Answer, frozen=True, kw_only=True):
    """One record a document, in the order of the files."""

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


def read(path: Path) -> tuple[str, bytes]:
    """The name and the bytes of a file, or of standard input (``-``); :class:`ReadError` says why there are none."""
    if path == STDIN:
        return STDIN_NAME, sys.stdin.buffer.read()
    if path.is_dir():
        raise ReadError(
            str(path), "thư mục không có tệp nào / the folder holds no file", "Nêu thư mục có văn bản / name a folder with documents in it"
        )
    try:
        return clean(path.name), path.read_bytes()
    except FileNotFoundError:
        raise ReadError(str(path), "không có tệp này / no such file", "Kiểm tra đường dẫn / check the path") from None
    except OSError as error:
        problem = f"không đọc được / cannot be read ({error.strerror or error})"
        raise ReadError(str(path), problem, "Kiểm tra đường dẫn và quyền đọc / check the path, and that you may read it") from error


def documents_of(data: bytes, name: str, format: str | None = None) -> tuple[Document, ...]:
    """The documents of a file, mostly one; ``format`` is one of :data:`FORMATS`, found by content without one."""
    return parse_all_bytes(data, name=name, format=FORMATS[format] if format else None)


def enriched(documents: tuple[Document, ...], phrases: bool = False) -> tuple[Document, ...]:
    """The same with their organisations and places, and with ``phrases`` those of the linguistic layer, as far as this parser has them."""
    enrich = getattr(parser, "enrich", None)
    return tuple(enrich(document, phrases=phrases) for document in documents) if enrich else documents


def write_all(
    files: Iterable[str | PathLike[str]], folder: str | PathLike[str], form: writers.Form = "json", format: str | None = None
) -> Parsed:
    """Parse each file into ``folder``; a file that holds the same already is not touched, and one failure stops no other.

    ``nq-94.md`` becomes ``nq-94.json``, the second document of ``cong-bao.pdf`` ``cong-bao.2.json``; a second file that would get the same
    name (``nq-94.docx``) fails and overwrites nothing.
    """
    taken: dict[Path, Path] = {}
    return Parsed(items=tuple(item for file in files for item in _write(Path(file), Path(folder), form, format, taken)))


def _write(file: Path, folder: Path, form: writers.Form, format: str | None, taken: dict[Path, Path]) -> Iterator[Written]:
    try:
        name, data = read(file)
        found = documents_of(data, name, format)
    except ReadError as error:
        yield _failed(file, error.problem, error.remedy)
        return
    except Exception as error:  # a mistake of ours in one file must not stop the others
        yield _failed(file, f"{type(error).__name__}: {error}", OURS)
        return
    stem = STDIN_NAME if file == STDIN else file.stem
    goals = [folder / f"{stem}{f'.{k}' if k > 1 else ''}{writers.FORMS[form]}" for k in range(1, len(found) + 1)]
    held = next((goal for goal in goals if taken.get(goal, file) != file), None)
    if held:
        problem = f"{held} đã là của {taken[held]} / holds {taken[held]} already"
        yield _failed(file, problem, "Ghi vào thư mục khác / parse it into another folder")
        return
    for document, goal in zip(found, goals, strict=True):
        taken[goal] = file
        try:
            outcome: Outcome = "written" if writers.save(document, goal, form) else "unchanged"
        except OSError as error:
            problem = f"không ghi được / cannot be written ({error.strerror or error})"
            yield _failed(goal, problem, "Kiểm tra quyền ghi / check that you may write there")
        except Exception as error:
            yield _failed(file, f"{type(error).__name__}: {error}", OURS)
        else:
            yield Written(path=clean(str(file)), outcome=outcome, written=clean(str(goal)))


def _failed(path: Path, problem: str, remedy: str) -> Written:
    return Written(path=clean(str(path)), outcome="failed", problem=problem, remedy=remedy)

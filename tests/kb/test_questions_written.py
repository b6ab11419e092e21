"""Questions with their right answers (questions.json), checked by reading the documents; the same answers from every database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asked
import msgspec
import pytest

import vanban.kb
from vanban.parser import Document, parse_all_bytes

SILVER = 12
"""So many of the silver texts are loaded too: enough to be in the way of a wrong answer."""


@pytest.fixture(scope="session")
def read(shared: Path) -> list[tuple[tuple[Document, ...], bytes]]:
    """The texts among the annotated and further documents, parsed once."""
    listed = [file for folder in ("corpus", "corpus-more") for file in sorted((shared / folder).iterdir())]
    files = [file for file in listed if file.suffix in (".md", ".txt") and not file.name.endswith(".gt.txt")]
    files += sorted((shared / "silver" / "structure").glob("*.txt"))[:SILVER]
    return [(parse_all_bytes(data, name=file.name), data) for file in files for data in [file.read_bytes()]]


@pytest.fixture(scope="session")
def on_file(read: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """All of them in a SQLite file."""
    with vanban.kb.open(tmp_path_factory.mktemp("asked") / "asked.sqlite") as library:
        for documents, data in read:
            library.add_all(documents, data)
        yield library


@pytest.fixture(scope="session")
def on_server(read: Any, server: Callable[[], str]) -> Iterator[Any]:
    """All of them on a PostgreSQL server."""
    with vanban.kb.open(server()) as library:
        for documents, data in read:
            library.add_all(documents, data)
        yield library


@pytest.mark.parametrize("question", asked.QUESTIONS, ids=asked.called)
def test_the_right_answer(on_file: Any, question: dict[str, Any]) -> None:
    assert asked.answered(on_file, question) == question["is"]


def test_there_are_enough_and_each_is_asked_once() -> None:
    assert len(asked.QUESTIONS) >= 60
    assert len({msgspec.json.encode(question) for question in asked.QUESTIONS}) == len(asked.QUESTIONS)


def test_every_database_gives_the_same_answers_whole(on_file: Any, on_server: Any) -> None:
    differing = []
    for question in asked.QUESTIONS:
        answers = [getattr(library, question["ask"])(**question["with"]) for library in (on_file, on_server)]
        if answers[0] != answers[1]:
            differing.append(asked.called(question))
    for verb, more in (
        ("documents", {}), ("most_cited", {"limit": None}), ("coverage", {"limit": None}), ("statistics", {}), ("targets", {}),
        ("mandates", {"limit": 300}), ("search", {"words": "nhân dân", "limit": None}), ("search", {"words": "uỷ ban ti*", "limit": None}),
    ):  # fmt: skip
        answers = [getattr(library, verb)(**more) for library in (on_file, on_server)]
        if answers[0] != answers[1]:
            differing.append(f"{verb} {more}")
    assert differing == []


@pytest.mark.parametrize("verb", ["documents", "most_cited", "coverage", "targets", "mandates"])
def test_pages_are_parts_of_one_order(on_file: Any, verb: str) -> None:
    whole = getattr(on_file, verb)(limit=60)
    pages = [getattr(on_file, verb)(limit=13, offset=i) for i in range(0, 60, 13)]
    listed = [item for page in pages for item in page.items]
    assert listed[: len(whole.items)] == list(whole.items)
    assert {page.total for page in pages} == {whole.total}

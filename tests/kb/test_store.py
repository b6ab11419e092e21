"""Opening a database: what it promises, and what it refuses."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
import stores
from sqlalchemy.exc import IntegrityError

import vanban.kb
from vanban.kb import KnowledgeBaseError
from vanban.parser import model


def _problem(place: Any, **options: Any) -> str:
    with pytest.raises(KnowledgeBaseError) as caught:
        vanban.kb.open(place, **options)
    assert " / " in caught.value.problem and " / " in caught.value.remedy, "every error says what to do, in both languages"
    return caught.value.problem


def test_importing_the_package_loads_no_database_library() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, vanban.kb, vanban.kb.cli; print('sqlalchemy' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout == "False\n"


def test_a_database_is_one_file_when_it_is_closed(file_place: Path, made: Any) -> None:
    with vanban.kb.open(file_place) as library:
        made["put"](library, made["resolution"]())
    assert sorted(path.name for path in file_place.parent.iterdir()) == ["library.sqlite"]


def test_without_create_a_missing_database_is_an_error_and_none_is_made(file_place: Path) -> None:
    assert "no knowledge base here" in _problem(file_place, create=False)
    assert not file_place.exists()


def test_what_stands_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Đây không phải cơ sở dữ liệu. " * 100, encoding="utf-8")
    assert "not a database" in _problem(tmp_path / "notes.txt")
    assert "is a folder" in _problem(tmp_path)
    assert "folder does not exist" in _problem(tmp_path / "none" / "library.sqlite")
    assert "cannot be read" in _problem("my base://x")
    assert "no driver" in _problem("nosuchdatabase://localhost/x")
    assert "no path" in _problem("  ")


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    assert "is a database of another program" in _problem(other)
    assert sqlite3.connect(other).execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def test_an_empty_file_becomes_a_knowledge_base_only_where_one_may_be_made(file_place: Path) -> None:
    file_place.touch()
    assert "is empty" in _problem(file_place, create=False)
    with vanban.kb.open(file_place) as library:
        assert library.documents().total == 0


def test_a_database_in_memory() -> None:
    with vanban.kb.open(":memory:") as library:
        assert library.documents().total == 0
        assert library.name == ":memory:"


def test_a_url_names_a_file_too(file_place: Path) -> None:
    vanban.kb.open(f"sqlite:///{file_place}").close()
    assert file_place.exists()


def test_a_password_is_never_shown() -> None:
    with pytest.raises(KnowledgeBaseError) as caught:
        vanban.kb.open("postgresql://clerk:geheim@127.0.0.1:1/none")
    assert "geheim" not in str(caught.value)


def test_a_locked_database_says_who_must_wait(file_place: Path, made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vanban.kb.database._WAIT_MS", 10)
    with vanban.kb.open(file_place) as library:
        other = sqlite3.connect(file_place, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(KnowledgeBaseError, match="another program is writing"):
            made["put"](library, made["resolution"]())
        assert library.documents().total == 0, "reading goes on while another writes"
        other.close()


def test_the_tables_hold_what_the_code_promises(library: Any, place: Any) -> None:
    for broken in (
        "UPDATE citations SET target_key = 1",
        "UPDATE citations SET scope = 'elsewhere'",
        "UPDATE citations SET state = 'resolved', target_key = NULL WHERE scope = 'external'",
        'UPDATE nodes SET "start" = "end" + 1',
        "UPDATE nodes SET parent = 'nobody'",
        "UPDATE nodes SET kind = 'verse'",
        "UPDATE documents SET instrument_id = (SELECT min(instrument_id) FROM documents)",
        "UPDATE documents SET source_id = 1",
        "UPDATE source_files SET sha256 = 'short'",
        "UPDATE source_files SET size = -1",
        "UPDATE mandate_actors SET role = NULL",
        "DELETE FROM instruments",
    ):
        with pytest.raises(IntegrityError):
            stores.query(place, broken)


@pytest.mark.parametrize("kind", get_args(model.NodeKind))
def test_every_kind_of_node_is_taken(place: Any, made: Any, kind: str) -> None:
    with vanban.kb.open(place) as library:
        made["put"](library, made["maker"]("mot.txt", id="mot", number="1/A").node("x", kind, text="Quy định chung."))
        (hit,) = library.search("quy dinh chung").items
        assert (hit.kind, hit.path != kind) == (kind, True), "its place has a Vietnamese name"

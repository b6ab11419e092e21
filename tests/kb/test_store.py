"""Opening a database: what it promises, and what it refuses."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

import vanban.kb
from vanban.kb import KnowledgeBaseError, schema
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


def test_a_database_is_one_file_when_it_is_closed(place: Path, made: Any) -> None:
    with vanban.kb.open(place) as library:
        made["put"](library, made["resolution"]())
    assert sorted(path.name for path in place.parent.iterdir()) == ["library.sqlite"]


def test_without_create_a_missing_database_is_an_error_and_none_is_made(place: Path) -> None:
    assert "no knowledge base here" in _problem(place, create=False)
    assert not place.exists()


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


def test_an_empty_file_becomes_a_knowledge_base_only_where_one_may_be_made(place: Path) -> None:
    place.touch()
    assert "is empty" in _problem(place, create=False)
    with vanban.kb.open(place) as library:
        assert library.documents().total == 0


def test_a_newer_schema_is_refused(place: Path) -> None:
    vanban.kb.open(place).close()
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE vanban_schema SET version = version + 1")
    assert f"version {schema.VERSION + 1}" in _problem(place, create=False)
    with pytest.raises(KnowledgeBaseError, match="update vanban"):
        vanban.kb.open(place)


def test_a_database_in_memory() -> None:
    with vanban.kb.open(":memory:") as library:
        assert library.documents().total == 0
        assert library.name == ":memory:"


def test_a_url_names_a_file_too(place: Path) -> None:
    vanban.kb.open(f"sqlite:///{place}").close()
    assert place.exists()


def test_a_password_is_never_shown() -> None:
    with pytest.raises(KnowledgeBaseError) as caught:
        vanban.kb.open("postgresql://clerk:geheim@127.0.0.1:1/none")
    assert "geheim" not in str(caught.value)


def test_a_locked_database_says_who_must_wait(place: Path, made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vanban.kb.store._WAIT_MS", 10)
    with vanban.kb.open(place) as library:
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(KnowledgeBaseError, match="another program is writing"):
            made["put"](library, made["resolution"]())
        assert library.documents().total == 0, "reading goes on while another writes"
        other.close()


def test_the_tables_hold_what_the_code_promises(library: Any, place: Path) -> None:
    connection = sqlite3.connect(place)
    connection.execute("PRAGMA foreign_keys = ON")
    for broken in (
        "UPDATE citations SET target_id = 'nobody'",
        "UPDATE citations SET scope = 'elsewhere'",
        "UPDATE citations SET state = 'resolved', target_id = NULL WHERE scope = 'external'",
        'UPDATE nodes SET "start" = "end" + 1',
        "UPDATE nodes SET parent = 'nobody'",
        "UPDATE nodes SET kind = 'verse'",
        "UPDATE documents SET instrument_id = (SELECT min(instrument_id) FROM documents)",
        "UPDATE documents SET source_id = 1",
        "UPDATE source_files SET sha256 = 'short'",
        "UPDATE source_files SET size = size + 1",
        "UPDATE mandate_actors SET role = NULL",
        "DELETE FROM instruments",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(broken)
        connection.rollback()


def _statements() -> list[str]:
    """What makes the tables on PostgreSQL."""
    return [
        str(form.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
        for table in schema.Base.metadata.sorted_tables
        for form in (CreateTable(table), *(CreateIndex(index) for index in sorted(table.indexes, key=lambda index: str(index.name))))
    ]


def test_the_same_tables_can_be_made_on_postgresql() -> None:
    made = _statements()
    assert any("WHERE current" in statement for statement in made)
    assert all("CONSTRAINT" in statement or "INDEX" in statement for statement in made)


SCHEMAS = {2: "2cd314105058ebe1", 3: "039dc540dd45349f"}
"""What the tables of each version are, as a sum of the statements that make them."""


def test_a_change_of_the_tables_is_a_new_version() -> None:
    found = hashlib.sha256("\n".join(" ".join(statement.split()) for statement in _statements()).encode()).hexdigest()[:16]
    assert SCHEMAS.get(schema.VERSION) == found, (
        f"the tables, or a list of the document model that their constraints name, are no longer those of version {schema.VERSION}: "
        f"raise schema.VERSION and write {found} here"
    )


@pytest.mark.parametrize("kind", get_args(model.NodeKind))
def test_every_kind_of_node_is_taken(place: Path, made: Any, kind: str) -> None:
    with vanban.kb.open(place) as library:
        made["put"](library, made["maker"]("mot.txt", id="mot", number="1/A").node("x", kind, text="Quy định chung."))
        (hit,) = library.search("quy dinh chung").items
        assert (hit.kind, hit.path != kind) == (kind, True), "its place has a Vietnamese name"

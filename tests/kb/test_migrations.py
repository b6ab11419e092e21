"""A database of the first version, with what was in it, becomes one of today's, and can go back; a newer one is refused."""

from __future__ import annotations

import json
import logging
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import stores
from sqlalchemy import inspect, text

import vanban.kb
from vanban.kb import KnowledgeBaseError, migrations, schema
from vanban.kb.schema import ddl, diagram
from vanban.parser import enrich, parse_text

ROOT = Path(__file__).parents[2]
FIRST = json.loads((Path(__file__).parent / "version-2.json").read_text(encoding="utf-8"))
"""Every row of a database that the program of version 2 made: two resolutions numbered 94, one of them in two versions, and a law."""


@pytest.fixture(params=["sqlite", "postgresql"])
def first(request: pytest.FixtureRequest, file_place: Path) -> Any:
    """A database of version 2 as its program left it: without a word of alembic."""
    place = file_place if request.param == "sqlite" else request.getfixturevalue("bare")
    with stores.engine(place).connect() as connection, connection.begin():
        for statement in migrations.ddl(2, connection.dialect.name):
            connection.exec_driver_sql(statement)
        flags = {"current", "identified", "inherited"} if connection.dialect.name == "postgresql" else set()
        for table, held in FIRST.items():
            named = ", ".join(f'"{column}"' for column in held["columns"])
            marks = ", ".join(f":{column}" for column in held["columns"])
            for row in held["rows"]:
                values = {
                    column: bytes.fromhex(value["hex"]) if isinstance(value, dict) else bool(value) if column in flags else value
                    for column, value in zip(held["columns"], row, strict=True)
                }
                connection.execute(text(f'INSERT INTO "{table}" ({named}) VALUES ({marks})'), values)
    return place


_NOW = {
    (table, column): f"(SELECT i.id FROM instruments AS i WHERE i.key = {column.removesuffix('id')}key)"
    for table, column in (("citations", "target_id"), ("candidates", "instrument_id"), ("mandate_instruments", "instrument_id"))
}
"""What stands for columns of version 2 today."""


_INDEXED = {("node_words", "folded"), ("node_words", "exact"), ("mandates", "folded"), ("targets", "folded")}
"""What stands only in full-text indexes today."""


def _first_rows(place: Any, now: dict[tuple[str, str], str] | None = None, without: Any = ()) -> dict[str, list[str]]:
    """The tables of version 2, as they are compared: the keys of nodes are the database's own affair."""
    nodes = (
        "(SELECT document_id || ':' || position FROM nodes WHERE key = rowid)"
        if isinstance(place, Path)
        else ("(SELECT n.document_id || ':' || n.position FROM nodes AS n WHERE n.key = node_words.rowid)")
    )
    found = {}
    for table, held in FIRST.items():
        kept = [column for column in held["columns"] if column not in ("key", "rowid") and (table, column) not in without]
        columns = [(now or {}).get((table, column), f'"{column}"') for column in kept]
        if not columns:
            continue
        columns += [nodes] if table == "node_words" else []
        found[table] = sorted(map(repr, stores.query(place, f'SELECT {", ".join(columns)} FROM "{table}"')))
    return found


def _tables(place: Any) -> dict[str, Any]:
    """What the tables are, as the database itself tells."""
    if isinstance(place, Path):
        found = sqlite3.connect(place).execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        return {name: re.sub(r"\s+", " ", sql).strip().replace('"', "") for name, sql in found}
    with stores.engine(place).connect() as connection:
        columns = connection.execute(
            text(
                "SELECT table_name, column_name, data_type, is_nullable, collation_name, generation_expression FROM information_schema.columns "
                "WHERE table_schema = 'public'"
            )
        )
        constraints = connection.execute(
            text("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'\\:\\:regnamespace")
        )
        indexes = connection.execute(text("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"))
        return {
            name: sorted(map(repr, found)) for name, found in (("columns", columns), ("constraints", constraints), ("indexes", indexes))
        }


def test_a_database_of_the_first_version_is_upgraded_with_all_that_is_in_it(first: Any, caplog: pytest.LogCaptureFixture) -> None:
    before = _first_rows(first, without=_INDEXED)
    with caplog.at_level(logging.WARNING, "vanban.kb"), vanban.kb.open(first, create=False) as library:
        assert "from version 2 to" in caplog.text
        assert [v.current for v in library.show("94/NQ-HĐND", date="2023-12-08").versions] == [True, False]
        assert library.cited_by("19-NQ/TW", date="2017-10-25").total == 1
        assert library.search("tỷ lệ che phủ rừng").total == 2
        assert {one.value for one in library.targets("thu ngan sach").items} == {20000}
        assert library.most_cited().items[0].citations == 3
    counted = dict(stores.query(first, "SELECT key, citations FROM instruments WHERE citations > 0"))
    cited = "SELECT target_key, count(*) FROM citations WHERE scope = 'external' AND target_key IS NOT NULL GROUP BY target_key"
    assert counted == dict(stores.query(first, cited))
    assert stores.query(first, "SELECT instrument_id, text FROM instrument_aliases") == [
        ("/akn/vn/act/luat/quoc-hoi/2015/77-qh13", "Luật Tổ chức chính quyền địa phương")
    ]
    relations = stores.query(
        first,
        "SELECT i.id, mentions, r.date FROM relations AS r JOIN instruments AS i ON i.key = object_key WHERE relation = 'legal_basis'",
    )
    assert relations == [("luat-to-chuc-chinh-quyen-dia-phuong-2015", 1, "2023-12-08")]
    after = _first_rows(first, _NOW, _INDEXED)
    packed = {table: after[table] == before[table] for table in after}
    assert [table for table, same in packed.items() if not same] == ["source_files", "vanban_schema", "documents"], "packed"
    assert len(after["documents"]) == len(before["documents"])


def test_an_upgraded_database_goes_on_like_a_new_one(first: Any, made: Any) -> None:
    with vanban.kb.open(first) as library:
        assert library.add(made["resolution"]().document, made["resolution"]().data).outcome == "unchanged"
        one = made["maker"]("moi.txt", id="moi", number="1/A").node("x", "article", "Điều 1.", text="Quy định mới.")
        assert library.add(one.document, one.data).outcome == "new"
        assert library.search("quy định mới").total == 1


def test_back_and_forth_loses_nothing_that_the_first_version_can_hold(first: Any) -> None:
    before, tables = _first_rows(first), _tables(first)
    library = vanban.kb.open(first)
    upgraded = stores.rows(first)
    library.downgrade(2)
    assert _first_rows(first) == before
    back = _tables(first)
    back.pop("alembic_version", None)
    if isinstance(first, Path):
        assert back == tables
    else:
        assert {kind: [one for one in found if "alembic" not in one] for kind, found in back.items()} == tables
    vanban.kb.open(first).close()
    again = stores.rows(first)
    assert {table for table in upgraded if upgraded[table] != again[table]} <= {"audit"}


_PRINTED = """HỘI ĐỒNG NHÂN DÂN
TỈNH THÁI NGUYÊN
Số: 5/NQ-HĐND
Thái Nguyên, ngày 08 tháng 12 năm 2023

NGHỊ QUYẾT
Về nhiệm vụ năm 2024

Căn cứ Nghị quyết số 19-NQ/TW ngày 25 tháng 10 năm 2017 của Ban Chấp hành Trung ương Đảng;

Điều 1. Nhiệm vụ
1. Giao Sở Y tế chủ trì nâng cấp trạm y tế tại xã Tân Thành, hoàn thành trước ngày 31 tháng 12 năm 2024.
2. Thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới giai đoạn 2021-2025.
"""


def test_version_3_has_all_that_version_4_holds(place: Any) -> None:
    """Keys are names again, and what is printed where a body is named is made of the document's text."""
    with vanban.kb.open(place) as library:
        document = parse_text(_PRINTED, name="a.txt")
        library.add(enrich(document, phrases=False), _PRINTED.encode())
    before = stores.rows(place)
    vanban.kb.open(place).downgrade(3)
    for table in ("organisation_mentions", "place_mentions", "programme_mentions"):
        for node, start, end, printed, name in stores.query(place, f'SELECT node, start, "end", text, name FROM {table}'):
            assert (printed, bool(node and name)) == (_PRINTED[start:end], True)
    named = "SELECT text, m.name, o.kind FROM organisation_mentions AS m JOIN organisations AS o ON o.name = m.name ORDER BY start"
    assert ("Sở Y tế", "Sở Y tế tỉnh Thái Nguyên", "province") in stores.query(place, named)
    assert {one for (one,) in stores.query(place, "SELECT place FROM mandate_places")} == {"xã Tân Thành"}
    assert [(bytes(data), size) for data, size in stores.query(place, "SELECT data, size FROM source_files")] == [
        (_PRINTED.encode(), len(_PRINTED.encode()))
    ]
    assert stores.query(place, "SELECT target_id FROM citations WHERE scope = 'external'") == [
        ("/akn/vn/act/nghi-quyet/ban-chap-hanh-trung-uong-đang/2017-10-25/19-nq-tw",)
    ]
    vanban.kb.open(place).close()
    after = stores.rows(place)
    assert {table for table in before if before[table] != after[table]} == {"audit"}


def test_upgraded_tables_are_those_of_a_new_database(first: Any, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    vanban.kb.open(first).close()
    new = tmp_path / "new.sqlite" if isinstance(first, Path) else request.getfixturevalue("_scratch")
    vanban.kb.open(new).close()
    assert _tables(first) == _tables(new)


def test_a_copy_of_the_file_as_it_was_is_kept(file_place: Path, request: pytest.FixtureRequest) -> None:
    with sqlite3.connect(file_place) as connection:
        for statement in migrations.ddl(2, "sqlite"):
            connection.execute(statement)
        connection.execute("INSERT INTO vanban_schema VALUES (2)")
    connection.close()
    vanban.kb.open(file_place).close()
    copy = file_place.with_name("library.sqlite.v2")
    assert sqlite3.connect(copy).execute("SELECT version FROM vanban_schema").fetchall() == [(2,)]
    assert sqlite3.connect(file_place).execute("SELECT version FROM vanban_schema").fetchall() == [(schema.VERSION,)]


def test_an_upgrade_that_fails_changes_nothing(first: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before, tables = stores.rows(first), _tables(first)
    statements = migrations.ddl
    monkeypatch.setattr(
        "vanban.kb.migrations.moving.ddl", lambda version, dialect: [*statements(version, dialect), "CREATE TABLE nodes (x)"]
    )
    with pytest.raises(KnowledgeBaseError):
        vanban.kb.open(first)
    assert (stores.rows(first), _tables(first)) == (before, tables)
    monkeypatch.undo()
    with vanban.kb.open(first) as library:
        assert library.documents().total == 4


def test_two_programs_that_open_it_at_once_upgrade_it_once(first: Any) -> None:
    code = f"import vanban.kb, sys; print(vanban.kb.open({str(first)!r}).documents().total)"
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)
        for _ in "12"
    ]
    said = [program.communicate(timeout=60) for program in running]
    assert [out for out, _ in said] == ["4\n", "4\n"], said
    assert stores.query(first, "SELECT count(*) FROM audit WHERE verb = 'upgraded'") == [(schema.VERSION - 2,)]


@pytest.mark.parametrize(("version", "remedy"), [(schema.VERSION + 1, "update vanban"), (1, "put this file away")])
def test_a_version_that_nothing_leads_from_is_refused(place: Any, version: int, remedy: str) -> None:
    vanban.kb.open(place).close()
    stores.query(place, f"UPDATE vanban_schema SET version = {version}")
    with pytest.raises(KnowledgeBaseError, match=remedy) as caught:
        vanban.kb.open(place)
    assert f"version {version}" in caught.value.problem


def test_there_is_no_way_to_a_version_that_is_not_known(library: Any) -> None:
    with pytest.raises(KnowledgeBaseError, match="there is no version 1"):
        library.downgrade(1)
    assert library.documents().total == 2


def test_a_new_database_is_marked_as_alembic_would(place: Any) -> None:
    vanban.kb.open(place).close()
    assert stores.query(place, "SELECT version_num FROM alembic_version") == [(migrations.REVISIONS[schema.VERSION],)]
    with stores.engine(place).connect() as connection:
        kind = inspect(connection).get_columns("alembic_version")[0]["type"]
    assert str(kind) == "VARCHAR(32)"


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_models_are_the_tables_of_their_version(dialect: str) -> None:
    held = (ROOT / "kb" / "migrations" / "ddl" / f"{schema.VERSION}.{dialect}.sql").read_text(encoding="utf-8")
    assert ddl.script(dialect) == held, (
        "the tables, or a list of the document model that their constraints name, have changed: raise VERSION in kb/schema/base.py, write a "
        "revision in kb/migrations/versions/, then run scripts/schema"
    )


def test_the_diagram_is_made_from_the_models() -> None:
    assert diagram.page() == (ROOT / "docs" / "schema.md").read_text(encoding="utf-8"), "run scripts/schema"
    assert "instruments ||--o{ candidates : instrument_key" in diagram.page()

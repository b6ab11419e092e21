"""``vanban compare``, of files and of documents held; ``KnowledgeBase.document``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import vanban.kb
from vanban.kb import cli
from vanban.kb.records import NotFound, NotHeld
from vanban.parser import parse


@pytest.fixture
def later(seed: Path, tmp_path: Path) -> Path:
    """The seed as the next year's draft: another number, another figure, a task less."""
    text = seed.read_text(encoding="utf-8").replace("94/NQ-HĐND", "95/NQ-HĐND").replace("46%", "47%")
    kept = [line for line in text.split("\n") if "dịch bệnh gia súc" not in line]
    assert len(kept) == len(text.split("\n")) - 1
    file = tmp_path / "95-nq-hdnd.md"
    file.write_text("\n".join(kept), encoding="utf-8")
    return file


def test_two_files(seed: Path, later: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["compare", str(seed), str(later)]) == 0
    said = capfd.readouterr().out
    assert "A: Nghị quyết 94/NQ-HĐND ngày 08/12/2023 · Hội đồng nhân dân tỉnh Thái Nguyên" in said
    assert "Chỉ tiêu: 29 như cũ · 1 đổi · 0 mới · 0 bỏ" in said
    assert "từ 46 % trở lên (2024) → từ 47 % trở lên (2024) (+1 %)" in " ".join(said.split())
    assert "1 bỏ" in said.split("Nhiệm vụ:")[1].split("\n")[0]


def test_json(seed: Path, later: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["compare", str(seed), str(later), "--json"]) == 0
    answer = json.loads(capfd.readouterr().out)
    assert answer["result"] == "comparison"
    assert [unit["changes"][0]["delta"] for unit in answer["targets"] if unit["state"] == "changed"] == [1]
    assert [unit["state"] for unit in answer["tasks"]].count("dropped") == 1


def test_a_number_that_is_held_and_a_file(seed: Path, later: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    place = str(tmp_path / "kb.sqlite")
    assert cli.run(["ingest", str(seed), "--db", place]) == 0
    capfd.readouterr()
    assert cli.run(["compare", "94/NQ-HĐND", str(later), "--db", place]) == 0
    assert "1 đổi" in capfd.readouterr().out
    assert cli.run(["compare", "19-NQ/TW", str(later), "--db", place]) == 2
    assert "2 instruments" in capfd.readouterr().err


def test_the_stored_document(seed: Path, tmp_path: Path) -> None:
    with vanban.kb.open(tmp_path / "kb.sqlite") as library:
        library.ingest(seed)
        held = library.document("94/NQ-HĐND")
        assert getattr(held, "nodes", None) == parse(seed).nodes
        assert isinstance(library.document("117/NQ-CP"), NotHeld)
        assert isinstance(library.document("1/NQ-XYZ"), NotFound)

"""``vanban cite``: texts and files, the answer's forms, a register of one's own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from vanban.kb import cli

LAW = "/akn/vn/act/luat/quoc-hoi/2024/31-qh15"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = cli.run(["cite", *arguments])
        out = capsys.readouterr()
        return status, out.out, out.err

    return call


def test_a_text_for_the_eye(run) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = run("Theo khoản 2 Điều 5 Luật Đất đai năm 2024 và Nghị quyết số 19-NQ/TW")
    lines = out.splitlines()
    assert status == 0
    assert lines[0] == "Viện dẫn: 2"
    assert "Luật Đất đai năm 2024" in lines
    assert "  Điều 5/2 · viện dẫn" in lines
    assert f"  = {LAW}" in lines
    assert sum(line.startswith("  ? /akn/") for line in lines) == 3
    assert run("không có gì") == (0, "Viện dẫn: 0\n", "")


def test_json_and_csv_say_the_same(run) -> None:  # type: ignore[no-untyped-def]
    text = "Theo Luật Đất đai năm 2024 và Nghị quyết số 19-NQ/TW"
    answer = json.loads(run(text, "--json")[1])
    rows = list(csv.DictReader(io.StringIO(run(text, "--csv")[1])))
    assert answer["result"] == "cited"
    assert [c["target"] for c in answer["citations"]] == [LAW, None]
    assert [row["target"] for row in rows] == [LAW, ""]
    assert rows[1]["candidates"].split(" | ") == answer["citations"][1]["candidates"]
    assert [text[int(row["start"]) : int(row["end"])] for row in rows] == [row["text"] for row in rows]


def test_the_day_tells_the_law(run) -> None:  # type: ignore[no-untyped-def]
    assert "  = /akn/vn/act/luat/quoc-hoi/2013/45-qh13" in run("Luật Đất đai", "--date", "31/7/2024")[1].splitlines()
    assert f"  = {LAW}" in run("Luật Đất đai", "--date", "2025-01-01")[1].splitlines()


def test_a_month_or_a_year_tells_the_law_that_was_in_force_all_through_it(run) -> None:  # type: ignore[no-untyped-def]
    def answered(date: str) -> list[str]:
        return [line.strip() for line in run("Luật Đất đai", "--date", date)[1].splitlines() if line.startswith(("  =", "  ?"))]

    before = "/akn/vn/act/luat/quoc-hoi/2013/45-qh13"
    assert answered("2023") == answered("2024-07") == answered("7/2024") == [f"= {before}"]
    assert answered("2025") == answered("2024-08") == [f"= {LAW}"]
    assert answered("2024") == [f"? {before}", f"? {LAW}"]
    out = run("Nghị định số 12/2024/NĐ-CP ngày 05/2/2024", "--date", "2024")[1]
    assert "ra sau văn bản này" not in out


def test_a_date_that_is_none_or_is_of_no_use_is_refused(run) -> None:  # type: ignore[no-untyped-def]
    for date in ("31/02/2024", "2024-13", "hôm qua"):
        status, out, error = run("Luật Đất đai", "--date", date)
        assert (status, out) == (2, "")
        assert "is no date" in error
    Path("x.md").write_text("Luật Đất đai", encoding="utf-8")
    assert "a file has its own" in run("x.md", "--date", "2024")[2]
    assert "not with --annotate" in run("Luật Đất đai", "--date", "2024", "--annotate", "md")[2]


def test_all_that_is_odd_about_one_is_said(run) -> None:  # type: ignore[no-untyped-def]
    out = run("Nghị định số 12/2020/NĐ-CP ngày 31/2/2020 của Bộ Tài chính")[1]
    assert [line for line in out.splitlines() if line.startswith("  !")] == [
        "  ! 12/2020/NĐ-CP được dẫn với ngày 31/2/2020: lịch không có ngày này, đối chiếu bản gốc",
        "  ! 12/2020/NĐ-CP được dẫn là của Bộ Tài chính, nhưng ký hiệu là của Chính phủ: đối chiếu bản gốc",
    ]


def test_a_file_is_parsed(run, seed: Path) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = run(str(seed))
    assert status == 0
    assert out.startswith("Viện dẫn: 23\n")
    assert "  ! 19-NQ/TW được dẫn với ngày 16/6/2023; sổ đăng ký ghi 16/6/2022: đối chiếu bản gốc" in out.splitlines()
    status, out, error = run("missing.md")
    assert (status, out) == (2, "")
    assert error.startswith("vanban: missing.md: không có tệp này / no such file")


def test_annotated(run, seed: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("Theo Luật Đất đai năm 2024", "--annotate", "md")[1] == f"Theo [Luật Đất đai năm 2024]({LAW})\n"
    assert run("a < b, Luật Đất đai năm 2024", "--annotate", "html")[1] == (
        f'a < b, <a href="{LAW}" class="citation" data-state="resolved">Luật Đất đai năm 2024</a>\n'
    )
    assert run(str(seed), "--annotate", "md")[1].count("](/akn/vn/") == 23
    Path("page.html").write_text("<!DOCTYPE html><html><body><p>Luật Đất đai năm 2024</p></body></html>", encoding="utf-8")
    status, _, error = run("page.html", "--annotate", "md")
    assert status == 2
    assert "--annotate html" in error


def test_a_register_of_ones_own(run) -> None:  # type: ignore[no-untyped-def]
    Path("mine.csv").write_text("number,type,date,title\n01/2030/QH17,Luật,2030-01-02,Luật Trí tuệ\n", encoding="utf-8")
    assert "  = /akn/vn/act/luat/quoc-hoi/2030/01-qh17" in run("Luật Trí tuệ năm 2030", "--register", "mine.csv")[1].splitlines()
    Path("mine.csv").write_text("number,type,date\n01/2030/QH17,Luật,2030\n", encoding="utf-8")
    status, _, error = run("Luật Trí tuệ", "--register", "mine.csv")
    assert status == 2
    assert error.startswith("vanban: mine.csv:2: date: '2030' không phải ngày / is no day")

"""Every command, as text and as JSON; what is wrong is said in one line with a remedy and exit status 2."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from vanban.kb import cli, parsing
from vanban.parser import Document, ReadError

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command in an empty folder; gives its exit status, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VANBAN_DATABASE_URL", raising=False)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: object) -> tuple[int, str, str]:
        status = cli.run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return status, out, err

    return run


@pytest.fixture
def filled(library: Any, place: Any, monkeypatch: pytest.MonkeyPatch, command: Run) -> Run:
    """The same with the hand-made knowledge base as the one that the environment names."""
    library.close()
    monkeypatch.setenv("VANBAN_DATABASE_URL", str(place))
    return command


COMMANDS: list[tuple[tuple[str, ...], str, str]] = [
    (("show", "nq-94-hđnd-thai-nguyen-2023"), "show", "Người ký: CHỦ TỊCH Phạm Hoàng Sơn"),
    (("show", "117/nq-cp"), "show", "Kho chưa có toàn văn. Được viện dẫn 3 lần trong 2 văn bản."),
    (("summary", "94/NQ-HĐND", "--date", "2023-12-08"), "summary", "vanban cited-by 19-NQ/TW --date 2017-10-25\n"),
    (("cites", "94/NQ-HĐND", "--date", "8/12/2023"), "cites", "Nghị quyết số 19-NQ/TW (chưa xác định được: một trong 2 văn bản)"),
    (("cited-by", "19-NQ/TW", "--date", "2017-10-25"), "cited_by", "«Nghị quyết số 19-NQ/TW ngày 25 tháng 10 năm 2017»"),
    (("cited-by", "117/NQ-CP", "--limit", "1"), "cited_by", "Hiện 1 trong 3"),
    (("mandates",), "mandates", "Nhiệm vụ: 5"),
    (("mandates", "--implements", "117/NQ-CP"), "mandates", "Chịu trách nhiệm: Ủy ban nhân dân tỉnh Thái Nguyên"),
    (("mandates", "--text", "so ket"), "mandates", "Thời hạn: trong quý II"),
    (("targets", "che", "phu", "rung"), "targets", "Ổn định tỷ lệ che phủ rừng: từ 46 % trở lên (2024)"),
    (("targets",), "targets", "Thu ngân sách nhà nước trên địa bàn tỉnh: 19.515 tỷ đồng"),
    (("targets", "xuat khau"), "targets", "tăng 8,5 %, so với năm 2023"),
    (("search", "che phu rung"), "search", "«che phủ rừng»"),
    (("most-cited",), "most_cited", "Nghị quyết 117/NQ-CP ngày 30/07/2023 · Chính phủ (3 lần trong 2 văn bản)"),
    (("documents",), "documents", "Văn bản trong kho: 2"),
    (("chain", "nq-94-hđnd-thai-nguyen-2023"), "chain", "Dựa trên 1 văn bản, 1 bậc (căn cứ)"),
    (("chain", "117/NQ-CP", "--down", "--limit", "1"), "chain", "Hiện 1 trong 2"),
    (("path", "nq-94-hđnd-bac-giang-2023", "19-NQ/TW", "--other-date", "2017"), "path", "3 bước, có bước ngược chiều viện dẫn"),
    (("changes", "117/NQ-CP", "--on", "2024"), "changes", "Ngày 2024: chưa thấy văn bản nào sửa đổi"),
    (("targets", "--table", "che phu rung"), "target_table", "Ổn định tỷ lệ che phủ rừng: 2024: từ 46 %"),
    (("coverage", "--limit", "1"), "coverage", "Văn bản được viện dẫn: 5, có trong kho 0"),
    (("statistics",), "statistics", "5 xác định được"),
]


@pytest.mark.parametrize(("words", "result", "shown"), COMMANDS)
def test_every_question_as_text_and_as_json(filled: Run, words: tuple[str, ...], result: str, shown: str) -> None:
    status, out, err = filled(*words)
    assert (status, err) == (0, "")
    assert shown in out
    status, out, err = filled(*words, "--json")
    assert (status, err) == (0, "")
    assert json.loads(out)["result"] == result
    assert out.endswith("}\n")
    status, out, err = filled(*words, "--csv")
    assert (status, err) == (0, "")
    header, *rows = list(csv.reader(io.StringIO(out)))
    assert len(set(header)) == len(header) > 1
    assert {len(row) for row in rows} <= {len(header)}


def test_every_command_is_tested_here() -> None:
    assert set(cli.commands.commands) == {words[0] for words, *_ in COMMANDS} | {
        "parse",
        "ingest",
        "export",
        "review",
        "register",
        "cite",
        "compare",
        "sparql",
    }


def test_an_ambiguous_number_prints_its_candidates_and_how_to_choose(filled: Run) -> None:
    for words in (
        ("show", "19-NQ/TW"),
        ("cites", "19-NQ/TW"),
        ("cited-by", "19-nq/tw"),
        ("mandates", "--implements", "nq 19 tw"),
        ("summary", "19-NQ/TW"),
    ):
        status, out, err = filled(*words)
        assert (status, out) == (2, "")
        assert "2 instruments are meant" in err
        assert "16/06/2023" in err
        assert "id: nq-19-tw-2017" in err
        assert err.endswith("choose one with --date, or give its id\n")
        status, out, err = filled(*words, "--json")
        answer = json.loads(out)
        assert (status, answer["result"]) == (2, "ambiguous")
        assert [candidate["id"] for candidate in answer["candidates"]] == ["nq-19-tw-2023", "nq-19-tw-2017"]


def test_what_is_not_there_or_not_held_says_what_to_do(filled: Run) -> None:
    status, out, err = filled("show", "19/XX")
    assert (status, out) == (2, "")
    assert err.startswith("vanban: 19/XX: không có văn bản nào như vậy / no such instrument here\n  Nghị quyết 19-NQ/TW")
    status, out, err = filled("cites", "117/NQ-CP")
    assert (status, out) == (2, "")
    assert "cited 3 times here, but its text is not held" in err
    assert filled("cites", "117/NQ-CP", "--json")[0] == 2
    assert filled("show", "")[0] == 2


def test_examples_of_a_summary_lead_to_the_database_that_was_named(filled: Run, place: Any) -> None:
    _, out, _ = filled("summary", "94/NQ-HĐND", "--date", "2023-12-08", "--db", place)
    line = next(line for line in out.splitlines() if "vanban targets" in line)
    assert line.endswith(f"--db {place}")
    status, out, _ = filled(*line.split()[1:2], "gia tri xuat khau", "--db", place)
    assert (status, "Giá trị xuất khẩu" in out) == (0, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nonsense",), "No such command 'nonsense'"),
        (("show",), "Missing argument 'NUMBER'"),
        (("cited-by", "19-NQ/TW", "--date", "hôm qua"), "is no date"),
        (("mandates", "--date", "2017"), "--date is the date of the instrument"),
        (("targets", "--limit", "-1"), "-1 is not in the range"),
        (("search",), "Missing argument 'WORDS'"),
        (("search", *["che"] * 65), "more than 64 words"),
        (("parse", "--format", "exe", "x"), "'exe' is not one of"),
        (("ingest", "--format", "tree", "x"), "'tree' is not one of"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(filled: Run, words: tuple[str, ...], said: str) -> None:
    status, out, err = filled(*words)
    assert (status, out) == (2, "")
    assert err.startswith("vanban: ")
    assert said in err
    problem, _, remedy = err.partition(". ")
    assert " / " in problem and " / " in remedy, "in both languages"
    assert "Traceback" not in err


def test_a_database_that_is_not_there(command: Run, tmp_path: Path) -> None:
    status, out, err = command("documents")
    assert (status, out) == (2, "")
    assert err.startswith("vanban: vanban.sqlite: không có kho ở đây / there is no knowledge base here. Lập kho: vanban ingest PATH")
    assert not list(tmp_path.iterdir())


def test_a_mistake_of_the_program_is_no_traceback(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vanban.kb.questions.documents", lambda *_, **__: 1 / 0)
    status, _, err = filled("documents")
    assert status == 2
    assert err.startswith("vanban: vanban: ZeroDivisionError: division by zero. ")
    monkeypatch.setenv("VANBAN_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        filled("documents")


def test_help_and_version(command: Run) -> None:
    for name in ("", *cli.commands.commands):
        status, out, _ = command(*name.split(), "--help")
        assert status == 0
        assert "Usage: vanban" in out
    assert command("--version")[1].startswith("vanban, version ")


# --- parsing and loading, with the parser stood in for --------------------------------------------------------------------------


@pytest.fixture
def parsed(made: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file, and a parser that knows it."""
    maker = made["resolution"]()

    def parse_all_bytes(data: bytes, *, name: str, format: str | None = None) -> tuple[Document, ...]:
        if data != maker.data:
            raise ReadError(name, "the file is empty", "Give a file with text")
        return (msgspec.structs.replace(maker.document, source=msgspec.structs.replace(maker.document.source, name=name)),)

    monkeypatch.setattr(parsing, "parse_all_bytes", parse_all_bytes)
    file = tmp_path / "nq-94.v2.md"
    file.write_bytes(maker.data)
    return file


def test_parse_prints_the_document(command: Run, parsed: Path) -> None:
    status, out, err = command("parse", parsed.name)
    assert (status, err) == (0, "")
    assert Document.from_json(out).instrument.number == "94/NQ-HĐND"
    assert command("parse", parsed.name, "--json") == command("parse", parsed.name, "--format", "json") == (0, out, "")
    assert "  I.  Các chỉ tiêu chủ yếu\n" in command("parse", parsed.name, "--format", "tree")[1]


def test_parse_writes_a_folder_and_touches_nothing_that_is_the_same(command: Run, parsed: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.md").touch()
    (tmp_path / "nq-94.v2.txt").touch()
    words = ("parse", "missing.md", "bad.md", parsed.name, "nq-94.v2.txt", "--out", "out/deep")
    status, out, err = command(*words)
    assert status == 2
    assert [line.split(": ")[1] for line in err.splitlines()] == ["missing.md", "bad.md", "nq-94.v2.txt"]
    written = tmp_path / "out" / "deep" / "nq-94.v2.json"
    assert out == "đã ghi    out/deep/nq-94.v2.json\n"
    assert [path.name for path in written.parent.iterdir()] == [written.name]
    text = written.read_text(encoding="utf-8")
    assert text.startswith('{\n  "source"') and text.endswith("\n}\n")
    os.utime(written, (0, 0))
    status, out, err = command("parse", parsed.name, "--out", "out/deep", "--json")
    assert (status, err) == (0, "")
    assert [item["outcome"] for item in json.loads(out)["items"]] == ["unchanged"]
    assert written.stat().st_mtime == 0
    assert command("parse", parsed.name, "--out", "out", "--format", "tree")[1] == "đã ghi    out/nq-94.v2.txt\n"


def test_parse_says_where_it_cannot_write(command: Run, parsed: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    assert command("parse", parsed.name, "--out", "taken")[0] == 2
    (tmp_path / "out" / "nq-94.v2.json").mkdir(parents=True)
    status, _, err = command("parse", parsed.name, "--out", "out")
    assert status == 2
    assert err.startswith("vanban: out/nq-94.v2.json: ")


def test_several_files_need_a_folder(command: Run, parsed: Path) -> None:
    status, out, err = command("parse", parsed.name, parsed.name)
    assert (status, out) == (2, "")
    assert "several files need --out DIR" in err


def test_ingest_tells_each_file_and_where_the_knowledge_base_is(command: Run, parsed: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.md").touch()
    status, out, err = command("ingest", parsed.name, "bad.md", "--db", "new.sqlite")
    assert status == 2
    assert out == (
        "mới       nq-94.v2.md · Nghị quyết 94/NQ-HĐND ngày 08/12/2023 · 1 điểm cần xem lại\n"
        "1 mới · 0 bản mới · 0 không đổi · 1 lỗi · 1 có điểm cần xem lại\n"
        "Kho: new.sqlite\n"
    )
    assert err == "vanban: bad.md: the file is empty. Give a file with text\n"
    status, out, _ = command("ingest", parsed.name, "--db", "new.sqlite", "--json")
    assert (status, json.loads(out)["items"][0]["outcome"]) == (0, "unchanged")
    assert command("documents", "--db", "new.sqlite")[0] == 0


# --- as a program ------------------------------------------------------------------------------------------------------------


def _program(*words: object, **environment: str) -> list[str]:
    return [sys.executable, "-c", "from vanban.kb.cli import main; main()", *map(str, words)]


@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_output_is_utf8_in_every_locale(library: Any, place: Any, locale: dict[str, str]) -> None:
    library.close()
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    ran = subprocess.run(_program("targets", "rừng", "--db", place), capture_output=True, env=clean | locale, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "Ổn định tỷ lệ che phủ rừng" in ran.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error(library: Any, place: Any, made: Any) -> None:
    long = made["maker"]("dai.txt", id="dai", number="1/L")
    for article in range(1, 4001):
        long.node(f"art_{article}", "article", f"Điều {article}.", text="Quy định chung về việc này." * 3)
    made["put"](library, long)
    library.close()
    with subprocess.Popen(_program("show", "dai", "--db", place), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout and running.stderr
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""


def test_parsing_loads_no_database_library(parsed: Path) -> None:
    code = "import sys; from vanban.kb.cli import run; run(['parse', 'none.md']); print('sqlalchemy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


# --- what a new user stumbled over ---------------------------------------------------------------------------------------------


def test_the_second_instrument_of_a_path_is_chosen_by_its_own_option(filled: Run) -> None:
    _, _, err = filled("path", "94/NQ-HĐND", "19-NQ/TW", "--date", "2023-12-08")
    assert "19-NQ/TW: là của 2 văn bản" in err and "--other-date" in err
    _, _, err = filled("path", "19-NQ/TW", "94/NQ-HĐND")
    assert "--other-date" not in err and "Chọn bằng --date" in err


def test_a_file_that_is_not_there_is_no_number(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Điều 1. Thông qua.\n", encoding="utf-8")
    status, out, err = filled("compare", "a.md", "missing.md")
    assert (status, out) == (2, "") and err.startswith("vanban: missing.md: ") and "no such file" in err
    status, out, err = filled("compare", "a.md", "missing.md", "--db", "nowhere.sqlite")
    assert status == 2 and err.startswith("vanban: missing.md: ")
    assert filled("compare", "a.md", "94-nq-hdnd-2023-bac-giang.txt")[0] == 0, "what is held is found by its file's name"
    status, _, err = filled("compare", "a.md", "19-NQ/TW")
    assert status == 2 and "give the id of one of them" in err and "--date" not in err


def test_key_phrases_are_not_read_in_what_is_held_and_that_is_said(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Điều 1. Thông qua.\n", encoding="utf-8")
    assert filled("ingest", "a.md")[0] == 0
    status, _, err = filled("ingest", "a.md", "--linguistic")
    assert status == 0 and "1 văn bản đã có" in err and "--again" in err
    assert "ingest --linguistic" not in filled("ingest", "a.md")[2]


def test_a_missing_library_is_told_in_one_wording() -> None:
    told = {}
    for file in (*(ROOT / "parser").rglob("*.py"), *(ROOT / "kb").rglob("*.py")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if "pip install" in line:
                told[f"{file.name}: {line.strip()}"] = re.search(r'Cài / install: pip install "vanban\[[\w{}]+\]"', line)
    assert len(told) > 5
    assert [line for line, match in told.items() if match is None] == []


def test_the_citation_is_marked_and_not_the_same_words_before_it(library: Any, made: Any) -> None:
    words = "Nghị quyết số 117/NQ-CP"
    maker = made["maker"]("hai-lan.txt", id="kh-7", type="Kế hoạch", number="7/KH-UBND", date="2024-02-10")
    maker.node("art_1", "article", "Điều 1.", text=f"Theo “{words}” đã nêu, thực hiện {words} của Chính phủ.")
    maker.cite(words, type="Nghị quyết", number="117/NQ-CP", target="nq-117-cp-2023", state="resolved", relation="implements")
    last = maker.text.rindex(words)
    maker.parts["citations"][0] = msgspec.structs.replace(maker.parts["citations"][0], start=last, end=last + len(words))
    made["put"](library, maker)
    context = next(one.context for one in library.cited_by("117/NQ-CP").items if one.document.number == "7/KH-UBND")
    ((start, end),) = context.marks
    assert context.text[start:end] == words and context.text[:start].count(words) == 1

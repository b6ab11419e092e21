"""The whole way on the real resolution: from the file to the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import vanban.kb
from vanban.kb import Ambiguous, cli

SEED = Path(__file__).parents[2] / "data" / "raw" / "94-nq-hdnd-2023-thai-nguyen.md"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not SEED.exists():
        pytest.skip(f"{SEED.name} is not in data/raw")
    with vanban.kb.open(tmp_path_factory.mktemp("seed") / "library.sqlite") as opened:
        assert opened.ingest(SEED).count("new") == 1
        yield opened


def test_two_party_resolutions_share_a_number(library: Any) -> None:
    for number in ("19-NQ/TW", "20-NQ/TW"):
        answer = library.cited_by(number)
        assert isinstance(answer, Ambiguous)
        assert [candidate.date for candidate in answer.candidates] == ["2023-06-16", "2017-10-25"]


def test_the_date_leads_to_the_right_bullet(library: Any) -> None:
    (mention,) = library.cited_by("19-NQ/TW", date="2017-10-25").items
    assert mention.context.text.startswith("Tiếp tục thực hiện Nghị quyết số 18-NQ/TW ngày 25 tháng 10 năm 2017")
    assert mention.path == "Điều 2 › II › 5 › gạch đầu dòng 1"
    (mention,) = library.cited_by("19-NQ/TW", date="16/6/2023").items
    assert mention.path == "Điều 2 › II › 1 › 1.3 › gạch đầu dòng 1"


def test_the_task_that_carries_out_a_resolution(library: Any) -> None:
    (mandate,) = library.mandates(implements="117/NQ-CP").items
    assert mandate.text.startswith("Tập trung xây dựng và triển khai thực hiện phương án sắp xếp đơn vị hành chính")


def test_the_forest_target(library: Any) -> None:
    (target,) = library.targets("che phu rung").items
    assert (target.comparator, target.value, target.unit) == (">=", 46, "%")


def test_the_legal_basis_and_what_is_carried_out(library: Any) -> None:
    summary = library.summary("94/NQ-HĐND")
    assert [citation.date for citation in summary.legal_basis] == ["2015-06-19", "2019-11-22"]
    assert {"19-NQ/TW", "117/NQ-CP", "06/2022/NĐ-CP", "33-NQ/TW"} <= {instrument.number for instrument in summary.implements}
    assert len(summary.examples) == 3


def test_every_example_has_an_answer(library: Any, capfd: pytest.CaptureFixture[str]) -> None:
    for example in library.summary("94/NQ-HĐND").examples:
        assert cli.run([*example.command, "--db", library.name, "--json"]) == 0
        assert json.loads(capfd.readouterr().out)["total"] > 0


def test_words_with_and_without_diacritics(library: Any) -> None:
    for typed, printed in (("hoi dong nhan dan", "Hội đồng nhân dân"), ("che phu rung", "che phủ rừng"), ("nq 117 cp", "117/NQ-CP")):
        hits = library.search(typed).items
        marked = {hit.snippet.text[a:b] for hit in hits for a, b in hit.snippet.marks}
        assert any(printed.casefold() in mark.casefold() for mark in marked) or typed == "nq 117 cp"
        assert any(printed in hit.snippet.text for hit in hits)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.md", b""),
        ("blank.txt", b" \n\n\t\n"),
        ("rubbish.md", bytes(range(256)) * 40),
        ("rubbish.docx", b"PK\x03\x04" + bytes(range(256)) * 40),
        ("latin.txt", "Résolution très générale, déjà votée à l'unanimité.\nArticle premier.".encode("latin-1")),
        ("nul.txt", b"Dieu 1.\0Thong qua"),
        ("line.txt", ("Điều 1. " + "a " * 200_000).encode()),
        ("utf16.txt", "Điều 1. Thông qua kế hoạch.".encode("utf-16")),
        ("surrogate.txt", b"\xed\xa0\x80 Dieu 1."),
    ],
)
def test_bad_input_is_a_message_or_a_document_never_a_traceback(
    name: str, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(data)
    for words in (("parse", name), ("parse", name, "--out", "out"), ("ingest", name, "--db", "library.sqlite")):
        status = cli.run(words)
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        assert "please report" not in err.lower(), err
        if status == 0:
            assert (out != "", err) == (True, "")
        else:
            assert status == 2
            assert err.startswith("vanban: ") and name in err.splitlines()[0]
    if cli.run(["parse", name]) == 0:
        assert json.loads(capfd.readouterr().out)["format"] == "vanban-document/1"


@pytest.mark.parametrize("words", [("parse",), ("ingest", "--db", "library.sqlite")])
def test_a_missing_file_and_a_folder(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    for name in ("missing.md", "folder"):
        assert cli.run([words[0], name, *words[1:]]) == 2
        assert capfd.readouterr().err.startswith(f"vanban: {name}: ")


def test_a_file_name_in_no_encoding_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("nghi-quyet-\udce1.md")
    try:
        path.write_text("Điều 1. Thông qua.", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    for form in ((), ("--json",)):
        assert cli.run(["ingest", str(path), "--db", "library.sqlite", *form]) == 0
        assert cli.run(["parse", str(path), str(path.parent), "--out", "out", *form]) == 2
        out, err = capfd.readouterr()
        assert ("Traceback" in err, out != "") == (False, True)

"""The forms of a document: the page that tells of them, and the commands that write them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import samples

from vanban.kb import cli
from vanban.parser import Document, parse, writers

PAGE = Path(__file__).parents[1] / "docs" / "exports.md"


@pytest.fixture
def folder(seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with data/raw, to run samples in."""
    (tmp_path / "data" / "raw").mkdir(parents=True)
    shutil.copy(seed, tmp_path / "data" / "raw")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("VANBAN_DATABASE_URL", raising=False)
    return tmp_path


def run(capfd: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = cli.run([str(word) for word in words])
    return status, *capfd.readouterr()


def test_the_page_shows_what_the_commands_print(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("lxml")
    now, held, run = samples.rerun(PAGE, lambda: [line for stream in capfd.readouterr() for line in stream.splitlines()])
    assert now == held, "renew with VANBAN_UPDATE_DOCS=1, and read the change"
    assert {"export", "parse"} <= run


def test_every_form_has_its_command_and_its_words(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("lxml")
    for form, ending in writers.FORMS.items():
        assert run(capfd, "export", form, "data/raw/94-nq-hdnd-2023-thai-nguyen.md", "--out", "out")[0] == 0, form
        assert (folder / "out" / f"94-nq-hdnd-2023-thai-nguyen{ending}").stat().st_size > 1000, form
        assert (
            f"`vanban export {form}" in PAGE.read_text(encoding="utf-8")
            or f"$ vanban export {form}" in PAGE.read_text(encoding="utf-8")
            or form in ("json", "tree")
        )


def test_what_the_knowledge_base_holds_goes_out_whole(folder: Path, capfd: pytest.CaptureFixture[str], seed_document: Document) -> None:
    pytest.importorskip("lxml")
    assert run(capfd, "ingest", "data/raw")[0] == 0
    status, out, _ = run(capfd, "export", "json", "94/NQ-HĐND")
    assert (status, Document.from_json(out).nodes) == (0, seed_document.nodes)
    status, out, _ = run(capfd, "export", "akn", "nq 94 hdnd", "--date", "2023", "--out", "akn")
    assert (status, out) == (0, "đã ghi    akn/hoi-đong-nhan-dan-tinh-thai-nguyen-2023-12-08-94-nq-hđnd.akn.xml\n")
    assert parse(folder / out.split()[-1]).nodes == seed_document.nodes
    assert run(capfd, "export", "akn", "94/NQ-HĐND", "--out", "akn")[1].startswith("không đổi ")
    status, out, err = run(capfd, "export", "akn", "117/NQ-CP")
    assert (status, out) == (2, "") and "its text is not held" in err
    status, out, err = run(capfd, "export", "akn", "x", "y")
    assert status == 2 and "several documents need --out DIR" in err


def test_what_went_out_can_be_loaded_again(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("lxml")
    run(capfd, "export", "akn", "data/raw/94-nq-hdnd-2023-thai-nguyen.md", "--out", "akn")
    assert run(capfd, "ingest", "akn")[0] == 0
    assert run(capfd, "ingest", "akn")[1].splitlines()[1] == "0 mới · 0 bản mới · 1 không đổi · 0 lỗi"
    assert "che phủ rừng" in run(capfd, "targets", "che phu rung")[1]


def test_all_that_is_held_or_a_choice_of_it_goes_out(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    other = "QUYẾT ĐỊNH\nVề việc giao kế hoạch\n\nĐiều 1. Giao kế hoạch trồng rừng năm 2024.\n"
    (folder / "data" / "raw" / "qd.txt").write_text(other, encoding="utf-8")
    assert run(capfd, "ingest", "data/raw")[0] == 0
    status, out, _ = run(capfd, "export", "md", "--all", "--out", "all")
    assert (status, out.count("đã ghi")) == (0, 2)
    assert len(list((folder / "all").glob("*.md"))) == 2
    assert run(capfd, "export", "md", "--type", "Quyết định", "--out", "some")[1].count("đã ghi") == 1
    assert "trồng rừng" in next((folder / "some").iterdir()).read_text(encoding="utf-8")
    assert run(capfd, "export", "md", "data/raw", "--out", "files")[1].count("đã ghi") == 2
    for words in (("export", "md"), ("export", "md", "x", "--all"), ("export", "md", "--all")):
        status, _, err = run(capfd, *words)
        assert status == 2 and "vanban: export md: " in err

"""Which files are meant: files, folders, patterns and standard input; and what they are is found by their content."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from vanban.kb import cli
from vanban.kb.parsing import files

TEXT = "Số: 94/NQ-HĐND\n\nNGHỊ QUYẾT\nVề kế hoạch\n\nĐiều 1. Thông qua kế hoạch năm 2024.\n"
HTML = f"<!DOCTYPE html><html><body>{''.join(f'<p>{line}</p>' for line in TEXT.splitlines())}</body></html>"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files in folders."""
    for name in ("b.txt", "a.md", "in/c.txt", "in/deep/d.html", ".hidden/e.txt", "in/.f.txt", "odd[1].txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(HTML if name.endswith("html") else TEXT, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VANBAN_DATABASE_URL", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["b.txt", "a.md"], ["b.txt", "a.md"]),
        (["in"], ["in/c.txt", "in/deep/d.html"]),
        (["*.txt"], ["b.txt", "odd[1].txt"]),
        (["**/*.html", "a.*"], ["in/deep/d.html", "a.md"]),
        (["i?"], ["in/c.txt", "in/deep/d.html"]),
        (["odd[1].txt"], ["odd[1].txt"]),
        (["*.pdf", "none", "empty", "-"], ["*.pdf", "none", "empty", "-"]),
    ],
)
def test_what_is_meant(here: Path, given: list[str], meant: list[str]) -> None:
    assert [path.as_posix() for path in files(given)] == meant


def typed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data), close=lambda: None))


def run(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.run(words)
    return status, *capfd.readouterr()


@pytest.mark.parametrize(("data", "more", "media"), [
    (HTML, (), "text/html"),
    (TEXT, (), "text/plain"),
    (TEXT, ("--from", "md"), "text/markdown"),
    (TEXT, ("--format", "json", "--format", "markdown"), "text/markdown"),
    (HTML, ("--format", "txt"), "text/plain"),
])  # fmt: skip
def test_standard_input_is_parsed(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], data: str, more: tuple[str, ...], media: str
) -> None:
    typed(monkeypatch, data.encode())
    status, out, err = run(capfd, "parse", "-", *more)
    assert (status, err) == (0, "")
    document = json.loads(out)
    assert (document["source"]["name"], document["source"]["media_type"]) == ("stdin", media)
    assert document["instrument"]["number"] == (None if media == "text/plain" and data == HTML else "94/NQ-HĐND")


def test_standard_input_as_a_tree_and_into_a_folder(here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    typed(monkeypatch, HTML.encode())
    assert "Điều 1.  Thông qua" in run(capfd, "parse", "-", "--from", "html", "--format", "tree")[1]
    typed(monkeypatch, TEXT.encode())
    assert run(capfd, "parse", "-", "--out", "out") == (0, "đã ghi    out/stdin.json\n", "")


def test_a_folder_and_a_pattern_are_parsed_into_a_folder(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capfd, "parse", "in", "a.*", "--out", "out")
    assert (status, err) == (0, "")
    assert out.split() == ["đã", "ghi", "out/c.json", "đã", "ghi", "out/d.json", "đã", "ghi", "out/a.json"]
    status, out, err = run(capfd, "parse", "in")
    assert (status, out) == (2, "")
    assert "several files need --out DIR" in err
    assert run(capfd, "parse", "in/deep")[0] == 0
    assert run(capfd, "parse", "*.pdf")[2].startswith("vanban: *.pdf: ")


def test_all_of_them_are_loaded(here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    typed(monkeypatch, (HTML + " ").encode())
    status, out, _ = run(capfd, "ingest", "**/*.html", "a.md", "-", "--json")
    assert status == 0
    assert [(item["path"], item["outcome"], item["document"]["number"]) for item in json.loads(out)["items"]] == [
        ("in/deep/d.html", "new", "94/NQ-HĐND"), ("a.md", "new", "94/NQ-HĐND"), ("-", "new", "94/NQ-HĐND"),
    ]  # fmt: skip
    typed(monkeypatch, (TEXT + " ").encode())
    assert run(capfd, "ingest", "-", "--format", "txt", "--db", "other.sqlite")[0] == 0


@pytest.mark.parametrize("name", ["x.txt", "x.docx", "x.pdf", "x"])
def test_the_name_does_not_decide(here: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    (here / name).write_text(HTML, encoding="utf-8")
    assert json.loads(run(capfd, "parse", name)[1])["source"]["media_type"] == "text/html"

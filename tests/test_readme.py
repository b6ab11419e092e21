"""The README does what it says: its commands are run and print what it shows, its Python is run, what it points to is there."""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path

import pytest
import samples

from vanban.kb import cli

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"


@pytest.fixture
def folder(seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with data/raw, to run samples in, and ``data/vanban.sqlite`` as ``scripts/run`` leaves it."""
    (tmp_path / "data" / "raw").mkdir(parents=True)
    shutil.copy(seed, tmp_path / "data" / "raw")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("VANBAN_DATABASE_URL", "data/vanban.sqlite")
    assert cli.run(["ingest", "--again", "data/raw"]) == 0
    return tmp_path


def test_the_commands_print_what_is_shown(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()  # what scripts/run prints
    now, held, run = samples.rerun(README, lambda: [line for stream in capfd.readouterr() for line in stream.splitlines()])
    assert now == held, "renew with VANBAN_UPDATE_DOCS=1 .venv/bin/python -m pytest tests/test_readme.py, and read the change"
    assert {"ingest", "cited-by", "targets"} <= run


def test_the_python_prints_what_is_shown(folder: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "README", str(README), 0)
    assert len(test.examples) >= 5
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=False)
    report: list[str] = []
    runner.run(test, out=report.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(report)


def test_the_two_commands_stand_at_the_top() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    assert lines.index("scripts/run") < 20
    assert 0 < lines.index("scripts/test") - lines.index("scripts/run") < 5


def test_what_the_pages_point_to_is_there() -> None:
    for page in (README, *sorted((ROOT / "docs").glob("*.md"))):
        text = re.sub(r"(?s)```.*?```", "", page.read_text(encoding="utf-8"))  # a sample may print a link
        for place in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
            assert (page.parent / place).exists(), f"{page.name}: {place}"
    for place in re.findall(r"(?m)^\| `([a-z./]+)`", README.read_text(encoding="utf-8")):
        assert (ROOT / place).exists(), place

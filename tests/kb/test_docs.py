"""The samples of docs/commands.md are what the commands print. ``VANBAN_UPDATE_DOCS=1`` writes them anew: read the change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import samples

from vanban.kb import cli

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def test_the_samples_are_what_the_commands_print(
    seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    shutil.copy(seed, tmp_path / "data" / "raw")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("VANBAN_DATABASE_URL", raising=False)
    now, held, run = samples.rerun(PAGE, lambda: [line for stream in capfd.readouterr() for line in stream.splitlines()])
    assert now == held
    assert run == set(cli.commands.commands), "every command has a sample"

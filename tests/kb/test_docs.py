"""The samples of docs/commands.md are what the commands print. ``VANBAN_UPDATE_DOCS=1`` writes them anew: read the change."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from vanban.kb import cli

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "commands.md"
SEED = ROOT / "data" / "raw" / "94-nq-hdnd-2023-thai-nguyen.md"
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def _samples(block: str) -> list[tuple[str, list[str]]]:
    """The commands of a block, each with the lines shown below it."""
    samples: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            samples.append((line, []))
        else:
            samples[-1][1].append(line)
    return samples


def _as_shown(printed: list[str], shown: list[str]) -> list[str]:
    """What was printed, cut where the page cuts it."""
    return [*printed[: len(shown) - 1], "…"] if shown[-1:] == ["…"] else printed


def test_the_samples_are_what_the_commands_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    if not SEED.exists():
        pytest.skip(f"{SEED.name} is not in data/raw")
    (tmp_path / "data" / "raw").mkdir(parents=True)
    shutil.copy(SEED, tmp_path / "data" / "raw")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("VANBAN_DATABASE_URL", raising=False)
    page = PAGE.read_text(encoding="utf-8")
    run: set[str] = set()

    def printed(block: re.Match[str]) -> str:
        lines = []
        for command, shown in _samples(block[1]):
            words = shlex.split(command.removeprefix("$ "))
            run.add(words[1])
            cli.run(words[1:])
            lines += [command, *_as_shown([line for stream in capfd.readouterr() for line in stream.splitlines()], shown)]
        return "```console\n" + "".join(f"{line}\n" for line in lines) + "```"

    now = _BLOCK.sub(printed, page)
    assert "please report it" not in now
    if os.environ.get("VANBAN_UPDATE_DOCS"):
        PAGE.write_text(now, encoding="utf-8")
        page = now
    assert now == page
    assert run == set(cli.commands.commands), "every command has a sample"

"""The samples of a page of documentation: its commands are run anew and their answers compared with what the page shows.

In a block marked ``console`` a line that begins with ``$ vanban`` is run; the lines below it are its answer, cut where a line ``…`` stands
alone. ``VANBAN_UPDATE_DOCS=1`` writes the page anew: read the change.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path

from vanban.kb import cli

_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
CUT = "…"


def rerun(page: Path, printed: Callable[[], list[str]]) -> tuple[str, str, set[str]]:
    """The page as it would be today, as it is, and the commands that were run. ``printed`` gives the lines printed since last asked."""
    held = page.read_text(encoding="utf-8")
    run: set[str] = set()

    def answered(block: re.Match[str]) -> str:
        lines = []
        for command, shown in _samples(block[1]):
            words = shlex.split(command.removeprefix("$ "))
            assert words[0] == "vanban", f"only vanban is run: {command}"
            run.add(words[1])
            cli.run(words[1:])
            lines += [command, *_as_shown(printed(), shown)]
        return "```console\n" + "".join(f"{line}\n" for line in lines) + "```"

    now = _BLOCK.sub(answered, held)
    if os.environ.get("VANBAN_UPDATE_DOCS"):
        page.write_text(now, encoding="utf-8")
    return now, held, run


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
    return [*printed[: len(shown) - 1], CUT] if shown[-1:] == [CUT] else printed

"""The scripts a newcomer runs: they do what they say, and say what to do when something is wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BASH = shutil.which("bash")


def bash(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    if BASH is None:
        pytest.skip("bash is not installed")
    return subprocess.run([BASH, "-c", script], cwd=ROOT, capture_output=True, text=True, env={**os.environ, **environment})


@pytest.mark.parametrize("script", ["scripts/run", "scripts/test", "scripts/_setup.sh", ".ci/run"])
def test_shell_scripts_are_well_formed(script: str) -> None:
    done = bash(f"bash -n {script}")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("script", ["run", "test", "benchmark", "fuzz"])
def test_scripts_can_be_run(script: str) -> None:
    assert os.access(ROOT / "scripts" / script, os.X_OK)


def shim(folder: Path, name: str, body: str) -> None:
    (folder / name).write_text(f"#!{BASH}\n{body}\n")
    (folder / name).chmod(0o755)


FIND = "set -Eeuo pipefail; . scripts/_setup.sh; find_python; echo found $python"


def test_the_first_python_that_is_new_enough_is_found(tmp_path: Path) -> None:
    shim(tmp_path, "python3.13", "echo 'python3.13: command not found' >&2; exit 127")  # as version managers leave them
    shim(tmp_path, "python3.12", "exit 1")  # too old
    shim(tmp_path, "python3.11", f'exec {sys.executable} "$@"')
    done = bash(FIND, PATH=str(tmp_path))
    assert done.stdout.strip() == "found python3.11"


def test_without_a_python_the_remedy_is_said(tmp_path: Path) -> None:
    for name in ("python3.13", "python3.12", "python3.11", "python3", "python"):
        shim(tmp_path, name, "exit 1")
    done = bash(FIND, PATH=str(tmp_path))
    assert done.returncode == 1
    assert "no Python 3.11 or newer" in done.stderr and "apt-get install python3" in done.stderr


def test_a_python_without_venv_is_named_with_its_remedy(tmp_path: Path) -> None:
    for name in ("python3.13", "python3.12", "python3.11", "python"):
        shim(tmp_path, name, "exit 1")
    shim(tmp_path, "python3", 'case "$2" in *ensurepip*) exit 1;; esac; exit 0')
    done = bash(FIND, PATH=str(tmp_path))
    assert done.returncode == 1
    assert "python3 cannot make virtual environments" in done.stderr and "python3-venv" in done.stderr


def test_a_step_that_fails_stops_with_its_remedy() -> None:
    done = bash("set -Eeuo pipefail; . scripts/_setup.sh; stop_with 'Do this.'; false; echo never")
    assert done.returncode == 1
    assert "never" not in done.stdout
    assert "Do this." in done.stderr


def test_constraints_pin_every_dependency_by_version_and_name_no_host() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[\w.]+", line) for line in lines)
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in lines}
    project = (ROOT / "pyproject.toml").read_text()
    wanted = {name.lower() for name in re.findall(r'"([A-Za-z][A-Za-z0-9-]*)(?:>=[\d.]+)?"', project.partition("[project.scripts]")[0])}
    named = {"msgspec", "click", "sqlalchemy", "lxml", "pypdfium2", "pillow", "pytest", "ruff", "mypy", "setuptools"}
    assert named & wanted, "the pattern above finds the dependencies"
    assert named <= pinned


def test_a_short_fuzzing_run_finds_nothing(tmp_path: Path) -> None:
    """Always the same cases, from the documents of this checkout and small ones made by the script."""
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "fuzz", "--cases", "160", "--seed", "94", "--corpus", ROOT / "data" / "raw",
         "--limit", "120", "--out", tmp_path / "failed"],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert "160 cases" in done.stdout
    assert done.returncode == 0, done.stdout


def test_the_benchmark_measures_a_file(seed: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "benchmark", "formats", "--json", seed], capture_output=True, text=True, cwd=ROOT, check=True
    )
    (figures,) = json.loads(done.stdout)["formats"].values()
    assert figures["files"] == 1 and figures["bytes"] == seed.stat().st_size and figures["pages"] > 5
    assert all(figures[f"{part} {which}"] > 0 for part in ("read", "parse") for which in ("best", "median"))

"""A few rounds of scripts/crash_test: kill -9, a full disk, a locked and a read-only file, many programs at once."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "crash_test"


@pytest.fixture(scope="module")
def crash() -> Any:
    loader = SourceFileLoader("crash_test", str(SCRIPT))
    spec = spec_from_loader("crash_test", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(crash: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = crash.corpus(tmp_path_factory.mktemp("crash") / "in", 8)
    return made


@pytest.fixture(scope="module")
def expected(crash: Any, folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = crash.undisturbed(folder, folder.parent / "whole.sqlite")
    assert len(found["documents"]) == 9
    assert found["resolution_changes"], "some citations are resolved as their instruments come"
    return found


def test_a_killed_ingest_run_again_ends_like_an_undisturbed_one(crash: Any, folder: Path, expected: Any, place: Any) -> None:
    assert crash.kills(lambda: place, folder, expected, 4, seed=7, each=4) == []


def test_a_difference_would_be_seen(crash: Any, folder: Path, expected: Any, file_place: Path) -> None:
    (folder / "001.txt").rename(folder.parent / "001.txt")
    assert "documents" in crash.again(file_place, folder, expected)
    (folder.parent / "001.txt").rename(folder / "001.txt")


@pytest.mark.parametrize("trouble", ["disk_full", "locked", "read_only"])
def test_what_a_file_refuses_is_said_and_made_good_by_running_it_again(
    crash: Any, folder: Path, expected: Any, file_place: Path, trouble: str
) -> None:
    assert getattr(crash, trouble)(file_place, folder, expected) == []


def test_many_programs_at_once_lose_nothing(crash: Any, folder: Path, expected: Any, place: Any) -> None:
    assert crash.at_once(place, folder, expected, 1.5, writers=2, readers=3) == []

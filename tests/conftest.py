"""What tests share: the seed resolution, its parse, and the folder of annotated documents beside the checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from conservation import Parsed

from vanban.parser import Document, ReadError, parse

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--raise-floors", action="store_true", help="write scores above their floors into tests/floors.json")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold annotations and further documents, beside the checkout; tests that need it are skipped without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder shared/ with annotated documents is not beside the checkout")
    return folder


@pytest.fixture(scope="session")
def seed() -> Path:
    """Nghị quyết 94/NQ-HĐND of Thái Nguyên, as received."""
    return ROOT / "data" / "raw" / "94-nq-hdnd-2023-thai-nguyen.md"


@pytest.fixture(scope="session")
def seed_document(seed: Path) -> Document:
    """The seed, parsed once."""
    return parse(seed)


@pytest.fixture(scope="session")
def parsed() -> Parsed:
    """Parse a file at hand, once in a run of the tests."""

    @cache
    def once(file: Path) -> Document | ReadError:
        try:
            return parse(file)
        except ReadError as error:
            return error

    return once

"""Scores on the annotated documents never fall below their floors; ``scripts/test --raise-floors`` lifts the floors to today's scores.

The scores are computed by the evaluation script beside the annotations, called in this process. ``tests/floors.json`` holds a floor for
every score of each set: the seed resolution, all gold documents, those annotated for this project (three sets), the texts wrapped hard, consolidated texts, one-line
citations.
"""

from __future__ import annotations

import importlib.util
import io
import json
import re
import shutil
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import entity_gold
import pytest
from conservation import Parsed

from vanban.parser import Document, enrich, parse_text, readers
from vanban.parser.structure import repair

FLOORS = Path(__file__).parent / "floors.json"
MORE = Path(__file__).parent / "gold"
ENTITIES = Path(__file__).parent / "gold" / "entities"
SECOND, THIRD = MORE / "second", MORE / "third"
SEED = "94-nq-hdnd-2023-thai-nguyen"
_LINE = re.compile(r"(?m)^(?P<name>\S.*?)\s{2,}(?:P \d\.\d+\s+R \d\.\d+\s+F1 )?(?P<score>\d\.\d{4})\b")
_PRECISE = 4


@pytest.fixture(scope="module")
def evaluation(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("evaluate", shared / "eval" / "evaluate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def printed(score: Callable[[], object]) -> dict[str, float]:
    """The scores that the evaluation prints: F1 of what is counted, the share that is right of what is compared."""
    out = io.StringIO()
    with redirect_stdout(out):
        score()
    return {match["name"]: float(match["score"]) for match in _LINE.finditer(out.getvalue())}


@pytest.fixture(scope="module")
def plain(parsed: Parsed) -> Callable[[Path], dict[str, Any] | None]:
    """A file's document as the evaluation reads it."""

    def run(file: Path) -> dict[str, Any] | None:
        document = parsed(file)
        return document.to_dict() if isinstance(document, Document) else None

    return run


def skip_unread(files: Iterable[Path], parsed: Parsed) -> None:
    unread = [str(error) for file in files if not isinstance(error := parsed(file), Document)]
    if unread:
        pytest.skip("cannot be read on this machine, so that scores do not compare: " + "; ".join(unread))


@pytest.fixture
def hold(pytestconfig: pytest.Config) -> Callable[[str, Mapping[str, float]], None]:
    """Compare scores with their floors; with ``--raise-floors``, write those that are higher."""

    def check(name: str, scores: Mapping[str, float]) -> None:
        assert scores
        floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
        mine = floors.get(name, {})
        fallen = {score: (scores.get(score), floor) for score, floor in mine.items() if scores.get(score, 0.0) < floor}
        assert not fallen, f"{name}: fallen below the floors of tests/floors.json (now, floor): {fallen}"
        if pytestconfig.getoption("--raise-floors"):
            floors[name] = dict(sorted((score, round(value, _PRECISE)) for score, value in scores.items()))
            FLOORS.write_text(json.dumps(dict(sorted(floors.items())), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        else:
            assert mine, f"{name} has no floors yet: scripts/test --raise-floors"

    return check


def test_the_seed(
    shared: Path, tmp_path: Path, seed: Path, evaluation: ModuleType, plain: Any, hold: Callable[[str, Mapping[str, float]], None]
) -> None:
    for file in (shared / "gold").glob(f"{SEED}.*"):
        shutil.copy(file, tmp_path)
    hold("seed", printed(lambda: evaluation.evaluate(tmp_path, lambda slug: plain(seed), 0)))


def test_all_gold_documents(
    shared: Path, parsed: Parsed, evaluation: ModuleType, plain: Any, hold: Callable[[str, Mapping[str, float]], None]
) -> None:
    files = {file.stem: file for file in sorted((shared / "corpus").iterdir())}
    skip_unread(files.values(), parsed)
    hold("gold", printed(lambda: evaluation.evaluate(shared / "gold", lambda slug: plain(files[slug]), 0)))


def test_six_more_documents(
    shared: Path, parsed: Parsed, evaluation: ModuleType, plain: Any, hold: Callable[[str, Mapping[str, float]], None]
) -> None:
    """Annotated for this project (tests/gold), of kinds the other gold documents are not."""
    rows = evaluation.table(MORE / "corpus.tsv")
    files = {row["slug"]: shared / "corpus-more" / row["file"] for row in rows}
    skip_unread(files.values(), parsed)
    hold("more gold", printed(lambda: evaluation.evaluate(MORE, lambda slug: plain(files[slug]) if slug in files else None, 0)))


def test_the_second_set(
    shared: Path, parsed: Parsed, evaluation: ModuleType, plain: Any, hold: Callable[[str, Mapping[str, float]], None]
) -> None:
    """Fourteen documents annotated before they were parsed (tests/gold/second): the first floors are the scores of that first run."""
    rows = evaluation.table(SECOND / "corpus.tsv")
    files = {row["slug"]: shared / "corpus-more" / row["file"] for row in rows}
    skip_unread(files.values(), parsed)
    hold("second set", printed(lambda: evaluation.evaluate(SECOND, lambda slug: plain(files[slug]) if slug in files else None, 0)))


def of_third(shared: Path, evaluation: ModuleType) -> dict[str, Path]:
    folders = (shared / "corpus-more", shared / "silver" / "structure")
    return {
        row["slug"]: next(f / row["file"] for f in folders if (f / row["file"]).exists()) for row in evaluation.table(THIRD / "corpus.tsv")
    }


def test_the_third_set(
    shared: Path, parsed: Parsed, evaluation: ModuleType, plain: Any, hold: Callable[[str, Mapping[str, float]], None]
) -> None:
    """The structure of eight documents annotated before they were parsed (tests/gold/third)."""
    files = of_third(shared, evaluation)
    skip_unread(files.values(), parsed)
    hold("third set", printed(lambda: evaluation.evaluate(THIRD, lambda slug: plain(files[slug]) if slug in files else None, 0)))


@pytest.mark.parametrize(("width", "indent"), [(72, ""), (90, ""), (80, "    ")])
def test_texts_wrapped_hard(
    width: int,
    indent: str,
    shared: Path,
    tmp_path: Path,
    parsed: Parsed,
    evaluation: ModuleType,
    hold: Callable[[str, Mapping[str, float]], None],
) -> None:
    """Every annotated text without tables as plain text with filled lines and no blank one: only lengths tell where paragraphs end."""
    more = {
        row["slug"]: shared / "corpus-more" / row["file"] for folder in (MORE, SECOND) for row in evaluation.table(folder / "corpus.tsv")
    }
    files = {file.stem: file for file in (shared / "corpus").iterdir()} | more | of_third(shared, evaluation)
    skip_unread(files.values(), parsed)
    made = {}
    for slug, file in files.items():
        outline = next(
            folder / f"{slug}.outline" for folder in (shared / "gold", MORE, SECOND, THIRD) if (folder / f"{slug}.outline").exists()
        )
        words = outline.read_text(encoding="utf-8")
        if words.strip() and "table | " not in words and file.suffix != ".pdf":  # one whose letters are missing is read by OCR, slowly
            shutil.copy(outline, tmp_path)
            made[slug] = parse_text("\n".join(wrapped(file, width, indent)), format="plain").to_dict()
    assert len(made) > 30
    hold(f"wrapped at {width}", printed(lambda: evaluation.evaluate(tmp_path, made.get, 0)))


@cache
def said(file: Path) -> tuple[str, ...]:
    """A file's paragraphs, each on one line; the file is read once in a run."""
    reading = readers.read(file.read_bytes(), file.name)
    return tuple(" ".join(reading.text[paragraph.start : paragraph.end].split()) for paragraph in repair.paragraphs(reading))


def wrapped(file: Path, width: int, indent: str) -> Iterator[str]:
    for k, words in enumerate(said(file)):
        header = k < 12 and len(words) < 100
        yield from textwrap.wrap(words, width, initial_indent="" if header else indent, break_on_hyphens=False, break_long_words=False)


def test_consolidated_texts(shared: Path, evaluation: ModuleType, plain: Any, hold: Callable[[str, Mapping[str, float]], None]) -> None:
    scores = printed(lambda: evaluation.silver_structure(shared / "silver" / "structure", plain, 0))
    hold("silver structure", scores)


def test_citations_one_a_line(shared: Path, evaluation: ModuleType, plain: Any, hold: Callable[[str, Mapping[str, float]], None]) -> None:
    scores = printed(lambda: evaluation.silver_citations(shared / "silver" / "citations.tsv", plain, 0))
    hold("silver citations", scores)


def test_organisations_and_places(shared: Path, parsed: Parsed, hold: Callable[[str, Mapping[str, float]], None]) -> None:
    """Excerpts of twelve documents, annotated before they were run (tests/gold/entities): spans by both ends, names whole."""
    files = {row["slug"]: shared / row["file"] for row in entity_gold.rows(ENTITIES / "corpus.tsv")}
    skip_unread(files.values(), parsed)
    read = []
    for slug, file in files.items():
        document = parsed(file)
        assert isinstance(document, Document)
        read.append((slug, enrich(document, phrases=False, acts=False), entity_gold.placed(ENTITIES / f"{slug}.tsv", document.text)))
    scores: dict[str, float] = {}
    for kind, count in entity_gold.score(read).items():
        scores |= count.scores(kind)
    hold("organisations and places", scores)

"""scripts/make_corpus: the same for the same seed, and the parser reads what it wrote."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from vanban.parser import Document, parse_text

COUNT = 40


@pytest.fixture(scope="module")
def maker(root: Path) -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("make_corpus", str(root / "scripts" / "make_corpus"))
    spec = importlib.util.spec_from_loader("make_corpus", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_corpus"] = module
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(maker: ModuleType) -> list[tuple[str, dict[str, Any], Document]]:
    """Text, truth and parse of the later half, which has something to cite."""
    listed = list(maker.documents(COUNT, 3))[COUNT // 2 :]
    return [(text, truth, parse_text(text, name=f"{name}.txt")) for name, text, truth in listed]


def test_the_same_seed_writes_the_same_and_another_another(maker: ModuleType) -> None:
    first, again, other = (list(maker.documents(12, seed)) for seed in (1, 1, 2))
    assert first == again != other


def test_documents_are_about_ten_kilobytes_and_cite_fifty_times(made: Any) -> None:
    sizes = [len(text.encode()) for text, _, _ in made]
    assert 8_000 <= sum(sizes) / len(sizes) <= 12_000
    assert sum(len(truth["citations"]) for _, truth, _ in made) / len(made) >= 50


def test_what_a_document_is_is_read_as_it_was_written(made: Any) -> None:
    for _, truth, document in made:
        itself = document.instrument
        assert {"type": itself.type, "number": itself.number, "date": itself.date, "issuer": itself.issuer}.items() <= truth.items()


def test_citations_are_read_as_they_were_written(made: Any) -> None:
    hit = wanted = 0
    for _, truth, document in made:
        written = Counter((one["number"], one["date"], one["issuer"]) for one in truth["citations"])
        found = Counter((one.number, one.date, one.issuer) for one in document.citations if one.scope == "external")
        hit += (written & found).total()
        wanted += written.total()
        assert found.total() <= written.total() + 1
    assert hit / wanted > 0.98
    bases = [(one["number"], one["date"]) for _, truth, _ in made for one in truth["citations"] if one["relation"] == "legal_basis"]
    assert bases == [(one.number, one.date) for _, _, document in made for one in document.citations if one.relation == "legal_basis"]


def test_targets_and_time_limits_are_read_as_they_were_written(made: Any) -> None:
    plain = [(truth, document) for _, truth, document in made if not truth["normative"]]
    assert plain
    for truth, document in plain:
        assert [one["value"] for one in truth["targets"]] == [one.value for one in document.targets]
        limits = [mandate.deadline.to for mandate in document.mandates if mandate.deadline]
        assert len(limits) == sum(one["before"] is not None for one in truth["mandates"])
        leads = [actor.name for mandate in document.mandates for actor in mandate.actors if actor.role == "lead"]
        assert [one["body"] for one in truth["mandates"] if one["body"]] == [name.partition(" tỉnh ")[0] for name in leads]


def test_the_benchmark_loads_them_and_asks_every_question(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(root / "scripts"))
    benchmark = importlib.import_module("kb_benchmark")
    monkeypatch.setattr(benchmark, "ASKED", 1)
    measured = benchmark.figures(12, jobs=1)
    assert measured["documents"] == 12
    assert measured["citations"] > 500
    assert len(measured["milliseconds"]) > 25
    assert measured["disk"]["bytes"] > measured["text bytes"]

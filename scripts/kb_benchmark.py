"""The knowledge base's part of scripts/benchmark: documents made by scripts/make_corpus are loaded, and every question is asked many times.

Figures: documents a second of parsing and loading together, bytes on disk for a megabyte of text, median and 95th percentile of every
question in milliseconds (passed, and of this process's processor: on a machine that others use, and with SQLite, the second tells more),
peak memory. Questions are asked about instruments, bodies, places and words drawn at random (seeded) from what
was made, rare and common alike. One of each kind is asked before the clock runs.
"""

from __future__ import annotations

import gc
import importlib.machinery
import importlib.util
import os
import random
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ASKED = 60
"""How often each question is asked."""


def generator() -> ModuleType:
    """scripts/make_corpus as a module."""
    loader = importlib.machinery.SourceFileLoader("make_corpus", str(ROOT / "scripts" / "make_corpus"))
    spec = importlib.util.spec_from_loader("make_corpus", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_corpus"] = module
    loader.exec_module(module)
    return module


def figures(count: int, *, database: str | None = None, seed: int = 0, jobs: int = 2) -> dict[str, Any]:
    """Load ``count`` documents into a new SQLite file, or into the empty database at ``database``, and ask."""
    folder = Path(tempfile.mkdtemp(prefix="vanban-benchmark-"))
    try:
        return _figures(count, folder, database, seed, jobs)
    finally:
        shutil.rmtree(folder)


def _figures(count: int, folder: Path, database: str | None, seed: int, jobs: int) -> dict[str, Any]:
    import vanban.kb

    texts = folder / "texts"
    texts.mkdir()
    size, truths = 0, []
    for name, text, truth in generator().documents(count, seed):
        size += (texts / f"{name}.txt").write_bytes(text.encode())
        truths.append(truth)
    place = database or str(folder / "kb.sqlite")
    with vanban.kb.open(place) as library:
        gc.freeze()  # what was made here is no part of an ingest, whom it costs 50 to 200 ms each time to look through for garbage
        begun = perf_counter()
        loaded = sum(item.outcome == "new" for told in library.feed([texts], jobs=jobs) for item in told)
        loading = perf_counter() - begun
        assert loaded == count, f"{loaded} of {count} documents loaded"
        held = library.statistics()
        gc.freeze()  # nor is it of a reader
        asked = {name: _asked(ask) for name, ask in _questions(library, truths, random.Random(seed))}
    disk = 0 if database else sum(file.stat().st_size for file in folder.glob("kb.sqlite*"))
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * 1024
    return {
        "documents": count,
        "text bytes": size,
        "citations": held.citations,
        "nodes": held.nodes,
        "load": {
            "seconds": loading,
            "documents a second": count / loading,
            "processors": os.cpu_count(),
            "load average": os.getloadavg()[0],
        },
        "disk": {"bytes": disk, "bytes for a byte of text": disk / size},
        "peak memory": peak,
        "milliseconds": asked,
    }


def _asked(ask: Callable[[], object]) -> dict[str, float]:
    ask()
    taken, used = [], []
    for _ in range(ASKED):
        begun, busy = perf_counter(), process_time()
        ask()
        taken.append((perf_counter() - begun) * 1e3)
        used.append((process_time() - busy) * 1e3)
    last = int(ASKED * 0.95) - 1
    return {
        "p50": median(taken),
        "p95": sorted(taken)[last],
        "p50 of the processor": median(used),
        "p95 of the processor": sorted(used)[last],
    }


def _questions(library: Any, truths: list[dict[str, Any]], chance: random.Random) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every question, each time about something else."""

    def paper() -> dict[str, Any]:
        return chance.choice(truths)

    def cited() -> dict[str, Any]:
        return chance.choice(chance.choice(truths)["citations"])

    def named(one: dict[str, Any]) -> dict[str, Any]:
        return {"number": one["number"], "date": one["date"]}

    def mandate(key: str) -> str:
        while True:
            if (value := chance.choice(paper()["mandates"])[key]) is not None:
                return str(value)

    def at(**more: Any) -> dict[str, Any]:
        return more | {"limit": 20}

    yield "resolve", lambda: library.resolve(**named(cited()))
    yield "resolve a number that is not there", lambda: library.resolve(f"{chance.randint(1, 99)}/XY-HĐND")
    yield "show", lambda: library.show(**named(paper()))
    yield "summary", lambda: library.summary(**named(paper()))
    yield "cites", lambda: library.cites(**named(paper()))
    yield "cited by", lambda: library.cited_by(**named(cited()), limit=20)
    yield "cited by, of a relation and dates", lambda: library.cited_by(**named(cited()), relation="implements", since="2015", limit=20)
    yield "cited by, of an issuer", lambda: library.cited_by(**named(cited()), issuer=paper()["issuer"], limit=20)
    yield "chain up", lambda: library.chain(**named(paper()), limit=20)
    yield "chain down", lambda: library.chain(**named(cited()), direction="down", limit=20)
    yield "path", lambda: library.path(paper()["number"], cited()["number"], date=None)
    yield "path between two that are told", lambda: _path(library, paper(), cited())
    yield "changes", lambda: library.changes(**named(cited()))
    yield "most cited", lambda: library.most_cited(limit=20, offset=chance.randint(0, 100))
    yield "coverage", lambda: library.coverage(limit=20)
    yield "statistics", library.statistics
    yield "documents", lambda: library.documents(limit=20, offset=chance.randint(0, 100))
    yield "documents of an issuer", lambda: library.documents(issuer=paper()["issuer"], limit=20)
    yield "mandates of an instrument", lambda: library.mandates(implements=(one := cited())["number"], date=one["date"], limit=20)
    yield "mandates of a body", lambda: library.mandates(body=f"{mandate('body')} tỉnh {paper()['issuer'].split('tỉnh ')[1]}", limit=20)
    yield "mandates overdue", lambda: library.mandates(overdue=paper()["date"], limit=20)
    yield "mandates with words", lambda: library.mandates(text=mandate("place"), limit=20)
    yield "mandates of a place", lambda: library.mandates(place=mandate("place"), limit=20)
    yield "targets", lambda: library.targets(chance.choice(paper()["targets"])["name"], limit=20)
    yield "table of targets of an issuer", lambda: library.target_table("tỷ lệ", issuer=paper()["issuer"])
    yield "table of targets over all", lambda: library.target_table("tỷ lệ che phủ rừng", limit=20)
    yield "search: a place", lambda: library.search(mandate("place"))
    yield "search: a number", lambda: library.search(cited()["number"])
    yield "search: a phrase", lambda: library.search(f'"{mandate("work")} tại {mandate("place")}"')
    yield "search: common words", lambda: library.search(mandate("work"))
    yield "search: beginnings of words", lambda: library.search(f"{mandate('place')[:-1]}*")


def _path(library: Any, start: dict[str, Any], goal: dict[str, Any]) -> object:
    return library.path(start["number"], goal["number"], date=start["date"], other_date=goal["date"])


def show(measured: dict[str, Any]) -> None:
    """The figures for the eye."""
    load, disk = measured["load"], measured["disk"]
    print(f"{measured['documents']:,} documents, {measured['text bytes'] / 1e6:.1f} MB of text, {measured['citations']:,} citations")
    print(
        f"parse and load: {load['documents a second']:.0f} documents/s ({load['seconds']:.0f} s; load average {load['load average']:.1f})"
    )
    if disk["bytes"]:
        print(f"on disk: {disk['bytes for a byte of text']:.2f} MB for a MB of text")
    print(f"peak memory of one process: {measured['peak memory'] / 1e6:.0f} MB\n")
    print(f"{'milliseconds':<42}{'p50':>9}{'p95':>9}{'p50 cpu':>9}{'p95 cpu':>9}")
    for name, taken in measured["milliseconds"].items():
        print(f"{name:<42}" + "".join(f"{value:>9.2f}" for value in taken.values()))

"""Hostile and enormous files: a clear error or a document that says what is wrong, in bounded memory, always in the end.

Each file is parsed in a process of its own whose memory is bounded by the system; the time given it means a hang, not a slow machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from conservation import broken
from formats import hostile
from formats.conftest import lacking, need

from vanban.parser import ReadError, parse_bytes

ROOT = Path(__file__).parents[2]
MEMORY = 3 << 30
HANG = 300
PAGES = 150
WORKER = """
import json, resource, sys
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
from conservation import broken
from vanban.parser import ReadError, parse
from vanban.parser.readers._limits import bounded
def peak():  # of this program: what the system counts for a child begins with its parent's
    try:
        return 1024 * int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])
    except (OSError, IndexError):
        return None
for file in sys.argv[2:]:
    try:
        with bounded(max_ocr_seconds=5, max_pixels=4_000_000, max_seconds=10):
            document = parse(file)
    except ReadError as error:
        told = {"refused": error.problem, "remedy": error.remedy}
    else:
        told = {
            "findings": sorted({f.code for f in document.findings}), "broken": broken(document)[:3], "nodes": len(document.nodes),
            "characters": len(document.text), "cells": sum(len(node.cells) for node in document.nodes),
            "text": document.text if len(document.text) < 1_000_000 else document.text[:1000] + document.text[-1000:],
        }
    told["peak"] = peak()
    print(json.dumps({"file": file, **told}), flush=True)
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="memory cannot be bounded here")


def outcomes(files: Iterable[Path], memory: int = MEMORY) -> list[dict[str, Any]]:
    """What becomes of files, one after the other in one bounded process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests")}
    ran = subprocess.run(
        [sys.executable, "-c", WORKER, str(memory), *map(str, files)],
        capture_output=True,
        text=True,
        timeout=HANG,
        env=environment,
        check=False,
    )
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.returncode == 0, f"after {[one['file'] for one in told[-1:]]}: {ran.stderr[-2000:]}"
    return told


def check(told: dict[str, Any], expected: str) -> None:
    if "refused" in told:
        assert expected in ("refused", "either"), told
        assert told["refused"] and told["remedy"]
    else:
        assert expected in ("document", "either"), told
        assert told["broken"] == []


NAMES = list(hostile.cases(""))


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file(name: str, tmp_path: Path) -> None:
    ending = name.rpartition(".")[2]
    need(*{"pdf": ("pypdfium2",), "docx": ("lxml",), "odt": ("lxml",), "html": ("lxml",), "rtf": ("lxml", "soffice")}.get(ending, ()))
    secret = tmp_path / "secret.txt"
    secret.write_text("ĐIỀU BÍ MẬT")
    expected, make = hostile.cases(str(secret))[name]
    file = tmp_path / name
    file.write_bytes(make())
    (told,) = outcomes([file], 2 * MEMORY if ending == "rtf" else MEMORY)
    check(told, expected)
    assert "BÍ MẬT" not in told.get("text", ""), "a file was read that the document only names"
    if expected == "document":
        assert "Điều 1." in told["text"] or told["characters"], "the words before the harm are lost"


def test_rubbish_under_every_ending(tmp_path: Path) -> None:
    """A clear error, or a document that is never without a finding where its bytes are random."""
    need("lxml", "pypdfium2")
    files = []
    for name, data in hostile.rubbish():
        files.append(tmp_path / name)
        files[-1].write_bytes(data)
    told = outcomes(files)
    assert len(told) == len(files) > 150
    for one in told:
        check(one, "either")
        if "damaged" not in one["file"]:
            assert one.get("refused") or one["findings"], f"{one['file']}: rubbish is not a clean document"


@pytest.mark.parametrize("form", ["pdf", "docx", "odt", "html", "markdown", "plain"])
def test_a_format_that_is_named_wrongly(form: str) -> None:
    need(*{"pdf": ("pypdfium2",), "markdown": (), "plain": ()}.get(form, ("lxml",)))
    for data in (hostile.plain_docx(), hostile.table("html", 2, 2), hostile.pages(1), hostile.OLE + bytes(2_000), b"", b"<?xml"):
        try:
            document = parse_bytes(data, name="x", format=form)
        except ReadError as error:
            assert error.problem and error.remedy
        else:
            assert document.findings and not broken(document)


@pytest.mark.parametrize("form", ["docx", "odt", "html", "md"])
def test_a_table_of_a_hundred_thousand_cells(form: str, tmp_path: Path) -> None:
    if why := lacking(*(() if form == "md" else ("lxml",))):
        pytest.skip(why)
    file = tmp_path / f"table.{form}"
    file.write_bytes(hostile.table(form))
    (told,) = outcomes([file])
    assert told["cells"] == hostile.ROWS * hostile.COLUMNS
    assert told["broken"] == []


def test_a_pdf_of_many_pages(tmp_path: Path) -> None:
    need("pypdfium2")
    file = tmp_path / "pages.pdf"
    file.write_bytes(hostile.pages(PAGES))
    (told,) = outcomes([file])
    assert told["broken"] == []
    words = told["text"].split()
    assert not [i for i in range(PAGES) if f"first{i}" not in words or f"last{i}." not in words], "pages are missing"


@pytest.mark.parametrize("form", ["txt", "md", "html"])
def test_memory_grows_with_the_text_and_no_faster(form: str, tmp_path: Path, seed: Path) -> None:
    """Twice the text takes at most about twice the memory: what a 200 MB text needs can be told from a 10 MB one."""
    need(*(("lxml",) if form == "html" else ()))
    text = seed.read_text(encoding="utf-8")
    peaks = []
    for times in (100, 200):
        file = tmp_path / f"{times}.{form}"
        file.write_text(text * times, encoding="utf-8")
        (told,) = outcomes([file])
        assert told["broken"] == []
        peaks.append(told["peak"])
    base = outcomes([seed])[0]["peak"]
    if base is None:
        pytest.skip("the system does not tell how much memory a program took")
    assert peaks[1] - base < 2.5 * (peaks[0] - base)

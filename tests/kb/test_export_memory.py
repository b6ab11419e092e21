"""Exports hold a portion of the documents at a time, however many there are."""

from __future__ import annotations

import shutil
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import vanban.kb
from vanban.kb.exports import Selection, linked, selection, tables, workbook
from vanban.kb.exports import rows as export_rows
from vanban.parser import parse_text, writers

FEW, MANY = 12, 48
EACH = 10_000
"""Bytes a further document may cost at most; its rows are several times that."""


def _text(number: int) -> str:
    """A decision of some length that cites, orders and aims."""
    lines = [
        f"Điều {i}. Giao Sở Tài chính chủ trì, thực hiện Nghị quyết số {i}/NQ-CP ngày 0{i % 9 + 1}/3/2023 của Chính phủ; tỷ lệ đạt {i}%."
        for i in range(1, 15)
    ]
    head = f"ỦY BAN NHÂN DÂN\nTỈNH BÌNH ĐỊNH\nSố: {number}/QĐ-UBND\nBình Định, ngày 05 tháng 3 năm 2024\n\nQUYẾT ĐỊNH\nVề việc thứ {number}\n\n"
    return head + "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def growing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Any]]:
    """A knowledge base, and one with four times the documents."""
    folder = tmp_path_factory.mktemp("growing")
    with vanban.kb.open(folder / "few.sqlite") as few, vanban.kb.open(folder / "many.sqlite") as many:
        for number in range(1, MANY + 1):
            text = _text(number)
            document = parse_text(text, name=f"{number}.txt")
            for library in (few, many) if number <= FEW else (many,):
                library.add(document, text.encode())
        yield few, many


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx", "graphml", "gexf", "mermaid", "neo4j", "turtle", "jsonld", "whole", "words"])
def test_memory_does_not_grow_with_the_documents(
    growing: tuple[Any, Any], form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read at once is all that is held: of each further document little more than its key."""
    for module, name, few in ((selection, "PORTION", 4), (export_rows, "PORTION", 4), (linked, "_AT_ONCE", 8), (tables, "_AT_ONCE", 50)):
        monkeypatch.setattr(module, name, few)
    monkeypatch.setattr(selection, "_WHOLE", 4)
    monkeypatch.setattr(workbook, "_AT_ONCE", 20)

    def work(library: Any) -> None:
        if form == "whole":
            for document in library.selected():
                writers.render_bytes(document, "akn")
        else:
            library.export(
                "csv" if form == "words" else form, tmp_path / "x", Selection(words="giao sở") if form == "words" else Selection()
            )

    def peak(library: Any) -> int:
        tracemalloc.start()
        work(library)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        shutil.rmtree(tmp_path / "x", ignore_errors=True)
        (tmp_path / "x").unlink(missing_ok=True)
        return most

    few, many = growing
    for library in growing:
        peak(library)  # what is made once
    assert peak(many) - peak(few) < (MANY - FEW) * EACH

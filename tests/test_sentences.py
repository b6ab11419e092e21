"""A hundred sentences of real kinds, their truth written down before they were parsed (tests/gold/sentences.txt).

At the first run 51 of the first sixty were right, and 37 of the forty that were written after these had been mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vanban.parser.citing import citations
from vanban.parser.model import Citation, Instrument

FILE = Path(__file__).parent / "gold" / "sentences.txt"
COLUMNS = ("type", "named", "date", "issuer", "relation", "provision")

Row = tuple[str, ...]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def cases() -> Iterator[tuple[str, Instrument, list[Row]]]:
    """(sentence, the document it stands in, its mentions)."""
    for block in FILE.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith("#")]
        if not lines:
            continue
        own = Instrument()
        if lines[0].startswith("@"):
            kind, number, date, issuer = cells(lines.pop(0)[1:])
            own = Instrument(type=kind, number=number, date=date, issuer=issuer)
        assert lines[0].startswith("> ")
        yield lines[0][2:].replace("\\n", "\n"), own, [tuple((cells(line) + [""] * 6)[:6]) for line in lines[1:]]


def row(c: Citation) -> Row:
    return (c.type or "", c.number or c.name, c.date or "", c.issuer or "", c.relation or "", c.provision)


@pytest.mark.parametrize(("text", "own", "truth"), [pytest.param(*case, id=case[0][:60]) for case in cases()])
def test_a_sentence_cites_what_a_reader_sees(text: str, own: Instrument, truth: list[Row]) -> None:
    found = [row(c) for c in citations.find(text, (), own)]
    judged = [tuple("?" if t == "?" else f for f, t in zip(mine, right, strict=True)) for mine, right in zip(found, truth, strict=False)]
    assert judged + found[len(truth) :] == truth


def test_there_are_a_hundred() -> None:
    assert len(list(cases())) == 100

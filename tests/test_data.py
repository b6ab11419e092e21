"""What is committed under data/structured is what the parser makes of data/raw."""

from __future__ import annotations

from pathlib import Path

from vanban.parser import Document, parse, writers

ROOT = Path(__file__).parents[1]
RAW, STRUCTURED = ROOT / "data" / "raw", ROOT / "data" / "structured"
RENEW = "renew it with: .venv/bin/vanban parse data/raw/* --out data/structured (scripts/run does so too), and read the difference"


def originals() -> list[Path]:
    return sorted(file for file in RAW.iterdir() if not file.name.startswith("."))


def test_every_original_has_its_structure_and_nothing_else_lies_there() -> None:
    wanted = {f"{file.stem}.json" for file in originals()}
    assert wanted
    assert {file.name for file in STRUCTURED.iterdir() if not file.name.startswith(".")} == wanted, RENEW


def test_the_structure_is_what_the_parser_makes_today() -> None:
    for file in originals():
        held = STRUCTURED / f"{file.stem}.json"
        made = writers.render(parse(file), "json")
        assert held.read_text(encoding="utf-8") == made, f"{held.relative_to(ROOT)} has drifted from the parser; {RENEW}"


def test_the_structure_can_be_read_back() -> None:
    for file in originals():
        assert Document.from_json((STRUCTURED / f"{file.stem}.json").read_bytes()) == parse(file)

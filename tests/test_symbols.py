"""Numbers of instruments: every family, every noise, and what is none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from vanban.parser.names import symbols


def vectors(shared: Path) -> list[dict[str, str]]:
    lines = (shared / "authority" / "symbol_examples.tsv").read_text(encoding="utf-8").split("\n")
    return list(csv.DictReader([line for line in lines if line and not line.startswith("#")], delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_vector(shared: Path) -> None:
    rows = vectors(shared)
    assert len(rows) > 90
    for row in rows:
        taken = symbols.parts(row["raw"])
        if row["family"] == "NONE":
            assert taken is None, row["raw"]
            continue
        assert taken is not None, row["raw"]
        assert symbols.normal(row["raw"]) == row["normalised"]
        read = (taken.family, taken.number, taken.year, taken.type_abbr, taken.org)
        assert read == (row["family"], row["number"], row["year"] or "", row["type_abbr"] or "", row["org_part"] or ""), row["raw"]


def test_every_vector_is_found_in_running_text(shared: Path) -> None:
    for row in vectors(shared):
        if row["family"] in {"NONE", "old_space"}:
            continue
        found = symbols.scan_pattern().search(f"theo số {row['raw']} ngày 01/7/2025")
        assert found is not None, row["raw"]
        assert symbols.normal(found[0]) == row["normalised"]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("19/NQ-TW", "19-NQ/TW"),
        ("21/2024/NQHĐND", "21/2024/NQ-HĐND"),
        ("96/2023/NĐCP", "96/2023/NĐ-CP"),
        ("401/TTrUBND", "401/TTr-UBND"),
        ("52/2005/QHI1", "52/2005/QH11"),
        ("45/2019/QHl4", "45/2019/QH14"),
        ("15/2020 NQ-HĐND", "15/2020/NQ-HĐND"),
        ("22/2021/QD-TTg", "22/2021/QĐ-TTg"),
        ("127/2018/nđ-cp", "127/2018/NĐ-CP"),
        ("03/1998/QH 10", "03/1998/QH10"),
        ("94/NQ-HĐND", "94/NQ-HĐND"),
        ("05-HD/VPTW", "05-HD/VPTW"),
        ("12/ĐA-UBND", "12/ĐA-UBND"),
        ("12/DA-UBND", "12/DA-UBND"),
    ],
)
def test_repair(printed: str, meant: str) -> None:
    assert symbols.repaired(printed) == meant
    assert symbols.repaired(meant) == meant


@pytest.mark.parametrize("text", ["01/7/2025", "24/7", "2021-2025", "12/Bộ Y tế", "3/4", "5-Công", "60/km", "", "-", "/", "12/", "a/b-c"])
def test_no_number(text: str) -> None:
    assert symbols.parts(text) is None


def test_number_joined_to_words_over_a_line_break() -> None:
    found = symbols.scan_pattern().search("Thông tư liên tịch số 29/2025/TTLT-BTP-\nBCA-VKSNDTC ngày")
    assert found is not None
    assert symbols.normal(found[0]) == "29/2025/TTLT-BTP-BCA-VKSNDTC"

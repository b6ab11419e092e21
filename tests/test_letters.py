"""A capital is a capital, with and without marks: one class for it everywhere, and what went wrong where there was none."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from vanban.parser import findings, parse_text
from vanban.parser.aims import actors
from vanban.parser.names import bodies, entities
from vanban.parser.names.bodies import Home
from vanban.parser.names.patterns import LOWER, UPPER
from vanban.parser.readers import plain

ROOT = Path(__file__).parents[1]
HOME = Home(None, "tỉnh Thái Nguyên")
MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def test_the_classes_hold_every_letter_of_vietnamese_and_no_other_case() -> None:
    small = {unicodedata.normalize("NFC", vowel + mark) for vowel in "aăâeêioôơuưy" for mark in MARKS} | set("bcdđghklmnpqrstvx")
    for letter in small:
        assert re.fullmatch(f"[{LOWER}]", letter)
        assert re.fullmatch(f"[{UPPER}]", letter.upper())
        assert not re.fullmatch(f"[{UPPER}]", letter)
        assert not re.fullmatch(f"[{LOWER}]", letter.upper())


def test_no_pattern_takes_a_stretch_of_unicode_for_capitals_or_small_letters() -> None:
    """From À to Ỹ capitals and small letters take turns."""
    stretch = re.compile("[ÀÁà]-[Ỹỹỵ]")
    told = "``À-Ỹ`` is none"
    wrong = [
        f"{file.name}:{number}"
        for file in sorted((*ROOT.glob("parser/**/*.py"), *ROOT.glob("kb/**/*.py")))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if stretch.search(line) and told not in line
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("UBND TP. Ô Môn", "Ủy ban nhân dân thành phố Ô Môn"),
        ("UBND TP Uông Bí", "Ủy ban nhân dân thành phố Uông Bí"),
        ("UBND TP. Ứng Hòa", "Ủy ban nhân dân thành phố Ứng Hòa"),
    ],
)
def test_a_city_whose_name_begins_with_a_marked_capital(printed: str, whole: str) -> None:
    assert bodies.whole(printed) == whole


def test_a_small_đ_begins_no_commune() -> None:
    assert entities.level("Công an phường Ô Chợ Dừa") == entities.level("Công an phường Cầu Giấy") == "commune"
    assert entities.level("Trạm Y tế xã đặc biệt khó khăn") == entities.level("Trạm Y tế xã miền núi") == ""


def test_bodies_and_places_with_marked_capitals_are_told_in_lists() -> None:
    def named(words: str) -> tuple[str, ...]:
        group = actors.group(words, 0, HOME)
        return group.names if group is not None else ()

    assert named("Ủy ban nhân dân thành phố Ô Môn, thành phố Ấp Bắc chủ trì") == (
        "Ủy ban nhân dân thành phố Ô Môn",
        "Ủy ban nhân dân thành phố Ấp Bắc",
    )
    assert named("Giám đốc các Sở: Y tế, Ứng dụng") == ("Giám đốc Sở Y tế tỉnh Thái Nguyên", "Giám đốc Sở Ứng dụng")
    assert named("Bộ trưởng Ủy ban Dân tộc chỉ đạo") == ("Bộ trưởng Ủy ban Dân tộc",)


def test_a_file_named_in_vietnamese_letters() -> None:
    text = "CHÍNH PHỦ\nSố: 30/2020/NĐ-CP\nHà Nội, ngày 05 tháng 3 năm 2020\nNGHỊ ĐỊNH\nVề công tác văn thư\nĐiều 1. Phạm vi\n"
    document = parse_text(text)
    for name, said in (("98-2024-nđ-cp.txt", True), ("98-2024-nd-cp.txt", True), ("30-2020-nđ-cp.txt", False), ("98-qđường.txt", False)):
        codes = [f.code for f in findings.of(text, name, document.instrument, document.nodes)]
        assert ("header.file-name" in codes) == said, name


def test_a_line_goes_on_only_before_a_small_letter() -> None:
    line = "chỉ tiêu tốc độ tăng trưởng"
    assert plain._is_cut(line, 60, "GRDP từ 11%")
    assert plain._is_cut(line, 60, "GRDP ước đạt")
    assert not plain._is_cut(line, 60, "GRDP Đồng Nai")

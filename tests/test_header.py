"""What a document is, read from its header, its effect clause and its signature."""

from __future__ import annotations

import pytest

from vanban.parser import header, parse_text
from vanban.parser.model import Instrument, Signer

RESOLUTION = """HỘI ĐỒNG NHÂN DÂN
TỈNH LÀO CAI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 12/2024/NQ-HĐND
Lào Cai, ngày 06 tháng 12 năm 2024
NGHỊ QUYẾT
Quy định mức chi cho công tác hòa giải
HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI KHÓA XVI, KỲ HỌP THỨ 21
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
QUYẾT NGHỊ:
Điều 1. Mức chi.
{effect}
Nghị quyết này đã được Hội đồng nhân dân tỉnh Lào Cai khóa XVI, kỳ họp thứ 21 thông qua ngày 05 tháng 12 năm 2024./.
CHỦ TỊCH
Vũ Xuân Cường
"""


def read(effect: str = "Điều 2. Hiệu lực.") -> Instrument:
    return parse_text(RESOLUTION.format(effect=effect)).instrument


def test_every_field_of_a_plain_header() -> None:
    found = read()
    assert (found.type, found.number, found.date, found.place) == ("Nghị quyết", "12/2024/NQ-HĐND", "2024-12-06", "Lào Cai")
    assert (found.issuer, found.title) == ("Hội đồng nhân dân tỉnh Lào Cai", "Quy định mức chi cho công tác hòa giải")
    assert found.session == "HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI KHÓA XVI, KỲ HỌP THỨ 21"
    assert (found.adopted, found.effective) == ("2024-12-05", None)
    assert found.signers == (Signer(name="Vũ Xuân Cường", role="CHỦ TỊCH"),)
    assert found.id is not None


@pytest.mark.parametrize(
    ("effect", "date"),
    [
        ("Điều 2. Nghị quyết này có hiệu lực thi hành từ ngày 16 tháng 12 năm 2024.", "2024-12-16"),
        ("Điều 2. Nghị quyết này có hiệu lực kể từ ngày 16/12/2024.", "2024-12-16"),
        ("Điều 2. Nghị quyết này có hiệu lực kể từ ngày ký ban hành.", "2024-12-06"),
        ("Điều 2. Nghị quyết này có hiệu lực từ ngày thông qua.", "2024-12-05"),
        ("Điều 2. Nghị quyết số 5/2020/NQ-HĐND hết hiệu lực kể từ ngày Nghị quyết này có hiệu lực.", None),
        ("Điều 2. Giấy phép có hiệu lực từ ngày 01 tháng 01 năm 2020 được gia hạn.", None),
    ],
)
def test_effect_clause(effect: str, date: str | None) -> None:
    assert read(effect).effective == date


def test_deputy_who_signs_for_the_chair() -> None:
    text = RESOLUTION.format(effect="").replace(
        "CHỦ TỊCH\nVũ Xuân Cường", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrịnh Xuân Trường"
    )
    (signer,) = parse_text(text).instrument.signers
    assert signer == Signer(name="Trịnh Xuân Trường", role="PHÓ CHỦ TỊCH", authority="TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH")


def test_office_and_name_on_one_line_and_a_rank_before_the_name() -> None:
    text = RESOLUTION.format(effect="")
    assert parse_text(text.replace("CHỦ TỊCH\nVũ", "CHỦ TỊCH     Vũ")).instrument.signers == (
        Signer(name="Vũ Xuân Cường", role="CHỦ TỊCH"),
    )
    assert parse_text(text.replace("CHỦ TỊCH\nVũ", "BỘ TRƯỞNG\nĐại tướng Vũ")).instrument.signers[0].name == "Vũ Xuân Cường"


def test_columns_typed_with_blanks_are_two() -> None:
    text = RESOLUTION.format(effect="").replace(
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH LÀO CAI\n-------\nCỘNG", "HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI        CỘNG"
    )
    assert parse_text(text).instrument.issuer == "Hội đồng nhân dân tỉnh Lào Cai"


def test_a_draft_has_no_number_and_no_date() -> None:
    text = (
        RESOLUTION.format(effect="")
        .replace("12/2024/NQ-HĐND", "      /NQ-HĐND")
        .replace("ngày 06 tháng 12 năm 2024\nNGHỊ", "ngày    tháng    năm 2024\nNGHỊ")
    )
    found = parse_text(text).instrument
    assert (found.number, found.date, found.place) == (None, None, "Lào Cai")


def test_words_of_a_web_page_above_the_header_are_not_the_title() -> None:
    text = "Nghị quyết 12/2024/NQ-HĐND mức chi hòa giải Lào Cai\nĐăng nhập\n" + RESOLUTION.format(effect="")
    assert parse_text(text).instrument.title == "Quy định mức chi cho công tác hòa giải"


def test_title_that_holds_number_and_date() -> None:
    text = "Nghị định của Chính phủ số 115/2003/NĐ-CP ngày 10/10/2003 về chế độ công chức dự bị\nChính phủ\nCăn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;\nNGHỊ ĐỊNH:\nĐiều 1. Phạm vi."
    found = parse_text(text).instrument
    assert (found.type, found.number, found.date, found.title) == ("Nghị định", "115/2003/NĐ-CP", "2003-10-10", "về chế độ công chức dự bị")


@pytest.mark.parametrize(
    ("words", "date"),
    [("ngày 08 tháng 12 năm 2023", "2023-12-08"), ("ngày 18/5/2023", "2023-05-18"), ("ngày    tháng    năm 2023", None), ("ngày 40 tháng 13 năm 2023", None)],
)  # fmt: skip
def test_dates(words: str, date: str | None) -> None:
    assert header.date_in(words) == date

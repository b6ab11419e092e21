"""Bodies: names made whole from their document, found in running text, and read from symbols."""

from __future__ import annotations

import pytest

from vanban.parser.names import bodies, issuers, places
from vanban.parser.names.bodies import Home

TN = Home("Hội đồng nhân dân tỉnh Thái Nguyên", "tỉnh Thái Nguyên")
HN = Home("Hội đồng nhân dân thành phố Hà Nội", "thành phố Hà Nội")
CP = Home("Chính phủ", None)


@pytest.mark.parametrize(
    ("printed", "home", "whole"),
    [
        ("UBND tỉnh", TN, "Ủy ban nhân dân tỉnh Thái Nguyên"),
        ("uỷ ban nhân dân tỉnh", TN, "Ủy ban nhân dân tỉnh Thái Nguyên"),
        ("Ủy ban nhân dân Thành phố", HN, "Ủy ban nhân dân thành phố Hà Nội"),
        ("Ban Chấp hành Đảng bộ tỉnh", TN, "Tỉnh ủy Thái Nguyên"),
        ("Tỉnh uỷ", TN, "Tỉnh ủy Thái Nguyên"),
        ("Thành ủy", HN, "Thành ủy Hà Nội"),
        ("Ban Chấp hành Trung ương", TN, "Ban Chấp hành Trung ương Đảng"),
        ("Ban Chấp hành Trung ương Đảng Khóa XII", None, "Ban Chấp hành Trung ương Đảng"),
        ("Hội nghị lần thứ năm Ban Chấp hành Trung ương Đảng khóa XIII", None, "Ban Chấp hành Trung ương Đảng"),
        ("Bộ Chính trị khóa XII", None, "Bộ Chính trị"),
        ("Sở Nông nghiệp và Môi trường", HN, "Sở Nông nghiệp và Môi trường thành phố Hà Nội"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", TN, "Sở Giáo dục và Đào tạo tỉnh Thái Nguyên"),
        ("Ủy ban nhân dân cấp xã", TN, "Ủy ban nhân dân cấp xã"),
        ("Ủy ban nhân dân các tỉnh, thành phố", TN, "Ủy ban nhân dân các tỉnh, thành phố"),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH THÁI NGUYÊN", None, "Hội đồng nhân dân tỉnh Thái Nguyên"),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH THÁI NGUYÊN KHÓA XIV, KỲ HỌP THỨ MƯỜI SÁU", None, "Hội đồng nhân dân tỉnh Thái Nguyên"),
        ("BỘ TRƯỞNG BỘ CÔNG AN", None, "Bộ trưởng Bộ Công an"),
        ("Thường trực Hội đồng nhân dân", TN, "Thường trực Hội đồng nhân dân tỉnh Thái Nguyên"),
        ("các Ban của Hội đồng nhân dân Thành phố", HN, "Ban Hội đồng nhân dân thành phố Hà Nội"),
        ("Ban Đô thị Hội đồng nhân dân Thành phố", HN, "Ban Đô thị Hội đồng nhân dân thành phố Hà Nội"),
        ("Tổ đại biểu", HN, "Tổ đại biểu Hội đồng nhân dân thành phố Hà Nội"),
        ("UBND TP. Hồ Chí Minh", TN, "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("Uỷ ban Thường vụ Quốc hội", None, "Ủy ban Thường vụ Quốc hội"),
        ("Bộ công thương", None, "Bộ Công Thương"),
        ("Quốc hội khóa XV", None, "Quốc hội"),
        ("Ngân hàng Nhà nước", TN, "Ngân hàng Nhà nước Việt Nam"),
        ("Công an tỉnh", TN, "Công an tỉnh Thái Nguyên"),
        ("Chủ tịch UBND tỉnh", TN, "Chủ tịch Ủy ban nhân dân tỉnh Thái Nguyên"),
    ],
)
def test_whole(printed: str, home: Home | None, whole: str) -> None:
    assert bodies.whole(printed, home) == whole
    assert bodies.whole(whole, home) == whole


@pytest.mark.parametrize(
    ("printed", "home"), [("Ủy ban nhân dân tỉnh", CP), ("Ủy ban nhân dân tỉnh", None), ("Tỉnh ủy", HN), ("Sở Tài chính", None)]
)
def test_never_made_whole_by_a_guess(printed: str, home: Home | None) -> None:
    assert bodies.whole(printed, home) == printed


def test_home_is_read_from_the_issuer() -> None:
    assert bodies.home_of("HỘI ĐỒNG NHÂN DÂN TỈNH THÁI NGUYÊN", "Thái Nguyên").province == "tỉnh Thái Nguyên"
    assert bodies.home_of("Sở Y tế tỉnh Lâm Đồng", "Lâm Đồng").province == "tỉnh Lâm Đồng"
    assert bodies.home_of("Chính phủ", "Hà Nội").province is None
    assert bodies.home_of(None, "Đồng Nai").province == "tỉnh Đồng Nai"


def test_scan_finds_whole_names_and_stops_at_the_next_sentence() -> None:
    text = (
        "Giao Ủy ban nhân dân tỉnh, Thường trực Hội đồng nhân dân tỉnh; Bộ trưởng Bộ Công an, Sở Y tế chủ trì. Chủ tịch UBND cấp xã. "
        "Ủy ban nhân dân thành phố Hà\nNội Căn cứ. Ủy ban nhân dân tỉnh Báo cáo. Bộ luật Dân sự. Công anh em."
    )
    assert [m.name for m in bodies.scan(text)] == [
        "Ủy ban nhân dân tỉnh",
        "Thường trực Hội đồng nhân dân tỉnh",
        "Bộ trưởng Bộ Công an",
        "Sở Y tế",
        "Chủ tịch UBND cấp xã",
        "Ủy ban nhân dân thành phố Hà\nNội",
        "Ủy ban nhân dân tỉnh",
    ]
    for mention in bodies.scan(text):
        assert text[mention.start : mention.end] == mention.name


@pytest.mark.parametrize(
    ("number", "home", "issuer"),
    [
        ("06/2022/NĐ-CP", None, "Chính phủ"),
        ("08/CT-TTg", None, "Thủ tướng Chính phủ"),
        ("39/2024/QH15", None, "Quốc hội"),
        ("595/NQ-UBTVQH15", None, "Ủy ban Thường vụ Quốc hội"),
        ("53/2024/TT-BGTVT", None, "Bộ Giao thông vận tải"),
        ("1029/BCT-CNNg", None, "Bộ Công Thương"),
        ("94/NQ-HĐND", TN, "Hội đồng nhân dân tỉnh Thái Nguyên"),
        ("94/NQ-HĐND", None, None),
        ("10-NQ/TU", TN, "Tỉnh ủy Thái Nguyên"),
        ("06-CTr/TU", HN, "Thành ủy Hà Nội"),
        ("10-NQ/TU", None, None),
        ("19-NQ/TW", TN, None),
        ("6266/UBND-NNMT", HN, "Ủy ban nhân dân thành phố Hà Nội"),
        ("02/2013/TTLT-BTC-BTP", None, "Bộ Tài chính và Bộ Tư pháp"),
        ("135/HĐBT", None, "Hội đồng Bộ trưởng"),
        ("22/2021/QD-TTg", None, "Thủ tướng Chính phủ"),
    ],
)
def test_issuer_of_a_symbol(number: str, home: Home | None, issuer: str | None) -> None:
    assert issuers.of_symbol(number, None, home) == issuer


def test_provinces_old_and_new() -> None:
    place = places.province("TỈNH PHÚ YÊN")
    assert place is not None
    assert (place.until, place.into) == ("2025-06-30", "Đắk Lắk")
    assert places.province("Atlantis") is None


def test_a_body_has_the_name_of_its_day() -> None:
    hue = Home("Hội đồng nhân dân thành phố Huế", "thành phố Huế")
    assert issuers.of_symbol("37/2025/NQ-HĐND", None, bodies.home_then(hue, "2025")) == "Hội đồng nhân dân thành phố Huế"
    assert issuers.of_symbol("20/2023/NQ-HĐND", None, bodies.home_then(hue, "2023")) == "Hội đồng nhân dân tỉnh Thừa Thiên Huế"
    assert bodies.whole("UBND tỉnh", bodies.home_then(hue, "2024-12-31")) == "Ủy ban nhân dân tỉnh Thừa Thiên Huế"
    assert bodies.home_then(TN, "2001") == TN


def test_bodies_in_two_cells_are_two() -> None:
    assert [m.name for m in bodies.scan("UBND tỉnh\nSở Nội vụ\nVăn phòng UBND tỉnh\nUBND huyện\nHội đồng nhân dân")] == [
        "UBND tỉnh",
        "Sở Nội vụ",
        "Văn phòng UBND tỉnh",
        "UBND huyện",
        "Hội đồng nhân dân",
    ]


def test_a_name_in_capitals_ends_with_its_province() -> None:
    text = "CỦA HỘI ĐỒNG NHÂN DÂN TỈNH THÁI NGUYÊN VỀ VIỆC"
    found = bodies.at(text, 4)
    assert found is not None
    assert found.name == "HỘI ĐỒNG NHÂN DÂN TỈNH THÁI NGUYÊN"


def test_the_bodies_of_a_commune_are_the_communes() -> None:
    commune = bodies.Home("Ủy ban nhân dân xã Tân Kỳ", "tỉnh Nghệ An")
    assert bodies.whole("Trung tâm Phục vụ hành chính công xã", commune) == "Trung tâm Phục vụ hành chính công xã Tân Kỳ"
    province = bodies.Home("Ủy ban nhân dân tỉnh Nghệ An", "tỉnh Nghệ An")
    assert bodies.whole("Trung tâm Phục vụ hành chính công xã", province) == "Trung tâm Phục vụ hành chính công xã"


@pytest.mark.parametrize(
    ("issuer", "said", "name"),
    [
        ("Tỉnh ủy Nghệ An", "Đảng đoàn Hội đồng nhân dân tỉnh", "Đảng đoàn Hội đồng nhân dân tỉnh Nghệ An"),
        ("Ban Thường vụ Tỉnh ủy Nghệ An", "UBND tỉnh", "Ủy ban nhân dân tỉnh Nghệ An"),
        ("Huyện ủy Nam Đàn", "UBND huyện", "Ủy ban nhân dân huyện Nam Đàn"),
        ("Thành ủy Vinh", "UBND thành phố", "Ủy ban nhân dân thành phố Vinh"),
        ("Thị ủy Thái Hòa", "UBND thị xã", "Ủy ban nhân dân thị xã Thái Hòa"),
    ],
)
def test_the_home_of_a_party_committee_is_its_territory(issuer: str, said: str, name: str) -> None:
    assert bodies.whole(said, bodies.Home(issuer, "tỉnh Nghệ An")) == name

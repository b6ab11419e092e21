"""Organisations and places: what is found, how it is named, and what is no name."""

from __future__ import annotations

import sys

import pytest

from vanban.parser import Document, enrich, parse_text, tables
from vanban.parser.names import entities
from vanban.parser.names.bodies import Home

TN = Home("Hội đồng nhân dân tỉnh Thái Nguyên", "tỉnh Thái Nguyên")


def organisations(text: str) -> list[tuple[str, str, str]]:
    return [(text[start:end], name, kind) for start, end, name, kind in entities.organisations(text, 0, len(text), TN)]


def places(text: str, date: str | None = None) -> list[tuple[str, str]]:
    return [(text[start:end], name) for start, end, name, _ in entities.places_in(text, 0, len(text), date)]


def rows(column: str) -> list[tuple[str, str]]:
    return [(example, row["form"]) for row in tables.rows("organisations") for example in tables.values(row[column])]


@pytest.mark.parametrize(("example", "form"), rows("examples"))
def test_a_form_begins_a_name(example: str, form: str) -> None:
    found = organisations(example)
    assert found
    assert found[0][0].lower().startswith(tuple(word.lower() for word in tables.values(form)))


@pytest.mark.parametrize(("example", "form"), rows("counterexamples"))
def test_a_form_that_begins_no_name(example: str, form: str) -> None:
    assert [text for text, _, _ in organisations(example) if text.startswith(tuple(tables.values(form)))] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giám đốc Sở Tài chính, Thủ trưởng đơn vị", [("Sở Tài chính", "Sở Tài chính tỉnh Thái Nguyên", "province")]),
        ("Chủ tịch UBND cấp huyện chịu trách nhiệm", [("UBND cấp huyện", "Ủy ban nhân dân cấp huyện", "district")]),
        ("Cục Y tế có trách nhiệm hướng dẫn", [("Cục Y tế", "Cục Y tế", "central")]),
        ("Ngân hàng Chính sách xã hội thực hiện", [("Ngân hàng Chính sách xã hội", "Ngân hàng Chính sách xã hội", "")]),
        ("UBND các xã, phường", [("UBND các xã, phường", "Ủy ban nhân dân các xã, phường", "local")]),
        ("theo Ban Chấp hành Đảng bộ tỉnh về", [("Ban Chấp hành Đảng bộ tỉnh", "Tỉnh ủy Thái Nguyên", "province")]),
        ("Ủy ban MTTQ Việt Nam tỉnh và đoàn thể", [("Ủy ban MTTQ Việt Nam tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Thái Nguyên", "province")]),
        ("Bộ Công an và Kế hoạch số 5", [("Bộ Công an", "Bộ Công an", "central")]),
        ("Quỹ Bảo vệ và Phát triển rừng tỉnh", [("Quỹ Bảo vệ và Phát triển rừng tỉnh", "Quỹ Bảo vệ và Phát triển rừng tỉnh Thái Nguyên", "province")]),
        ("lực lượng Công an và cơ quan Thuế thu thuế, bảo hiểm xã hội", []),
        ("Cục Cảnh sát giao thông, Cục trưởng", [("Cục Cảnh sát giao thông", "Cục Cảnh sát giao thông", "central")]),
        ("Công ty B không đến nhận hàng", [("Công ty B", "Công ty B", "")]),
        ("Tổng công ty Hàng không Việt Nam hỗ trợ", [("Tổng công ty Hàng không Việt Nam", "Tổng công ty Hàng không Việt Nam", "central")]),
        ("an ninh -\nBộ Thông tin và Truyền thông\nCác bộ", [("Bộ Thông tin và Truyền thông", "Bộ Thông tin và Truyền thông", "central")]),
        ("Lệnh của Chủ tịch nước, Quốc hội khóa XV", [("Chủ tịch nước", "Chủ tịch nước", "central"), ("Quốc hội", "Quốc hội", "central")]),
        ("giao uỷ ban nhân dân tỉnh; hội đồng nhân dân", [("uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh Thái Nguyên", "province")]),
        ("Bệnh viện 19-8, Bệnh viện 199", [("Bệnh viện 19-8", "Bệnh viện 19-8", ""), ("Bệnh viện 199", "Bệnh viện 199", "")]),
        ("Phòng Thương mại và Công nghiệp Việt Nam, các", [("Phòng Thương mại và Công nghiệp Việt Nam", "Phòng Thương mại và Công nghiệp Việt Nam", "central")]),
        ("Bộ Y tế và Công an tỉnh", [("Bộ Y tế", "Bộ Y tế", "central"), ("Công an tỉnh", "Công an tỉnh Thái Nguyên", "province")]),
        ("của Huyện uỷ Lâm Hà (tỉnh", [("Huyện uỷ Lâm Hà", "Huyện ủy Lâm Hà", "district")]),
        ("Đảng ủy UBND tỉnh trực thuộc", [("Đảng ủy UBND tỉnh", "Đảng ủy Ủy ban nhân dân tỉnh Thái Nguyên", "province")]),
        ("Hội nghị lần thứ 7 Ban Chấp hành Trung ương (khoá X) về", [("Ban Chấp hành Trung ương", "Ban Chấp hành Trung ương Đảng", "central")]),
        ("Văn phòng Đăng ký đất đai tỉnh ký", [("Văn phòng Đăng ký đất đai tỉnh", "Văn phòng Đăng ký đất đai tỉnh Thái Nguyên", "province")]),
        ("Nghị quyết 94/NQ-HĐND, 46/BC- HĐND, 164/TTr-UBND, 2847/2007/QĐ - UBND", []),
        ("Bộ luật Lao động; Hội nghị toàn quốc; Báo cáo số 12", []),
    ],
)  # fmt: skip
def test_organisations(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert organisations(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("các huyện Đại Từ, Định Hóa và Bắc Giang", [("huyện Đại Từ", "huyện Đại Từ"), ("Định Hóa", "huyện Định Hóa"), ("Bắc Giang", "tỉnh Bắc Giang")]),
        ("tại TP. Hồ Chí Minh; Đoàn Thanh niên Cộng sản Hồ Chí Minh", [("TP. Hồ Chí Minh", "thành phố Hồ Chí Minh")]),
        ("Thành phố Thái Nguyên, tỉnh Thái Nguyên", [("Thành phố Thái Nguyên", "thành phố Thái Nguyên"), ("tỉnh Thái Nguyên", "tỉnh Thái Nguyên")]),
        ("xã Tân Cương; phường 5, quận Ba Đình", [("xã Tân Cương", "xã Tân Cương"), ("phường 5", "phường 5"), ("quận Ba Đình", "quận Ba Đình")]),
        ("ông Nguyễn Thái Bình; Hợp tác xã Việt Nam; tỉnh, huyện, xã", []),
        ("TRÊN ĐỊA BÀN TỈNH PHÚ YÊN, THÀNH PHỐ HÀ NỘI, THÁI BÌNH", [("TỈNH PHÚ YÊN", "tỉnh Phú Yên"), ("THÀNH PHỐ HÀ NỘI", "thành phố Hà Nội")]),
        ("xã Đam Rông 3; xã Tân Cương 5 km; Thành phố Hoà Bình", [("xã Đam Rông 3", "xã Đam Rông 3"), ("xã Tân Cương", "xã Tân Cương"), ("Thành phố Hoà Bình", "thành phố Hòa Bình")]),
        ("tỉnh Hoà Bình, hòa bình và ổn định", [("tỉnh Hoà Bình", "tỉnh Hòa Bình")]),
    ],
)  # fmt: skip
def test_places(text: str, expected: list[tuple[str, str]]) -> None:
    assert places(text) == expected


def test_a_province_is_named_as_it_was_on_the_day() -> None:
    assert places("tại Huế", "2023-12-08") == [("Huế", "tỉnh Thừa Thiên Huế")]
    assert places("tại Huế", "2026-01-05") == [("Huế", "thành phố Huế")]
    assert places("tỉnh Bắc Giang", "2026-01-05") == [("tỉnh Bắc Giang", "tỉnh Bắc Giang")], "merged in 2025, still named"
    assert places("Thừa Thiên Huế", "2023-12-08") == [("Thừa Thiên Huế", "tỉnh Thừa Thiên Huế")]


def test_enriching_changes_nothing_else(seed_document: Document) -> None:
    names = enrich(seed_document, phrases=False, acts=False)
    assert names.to_dict() | {"organisations": [], "places": []} == seed_document.to_dict()
    done = enrich(seed_document, phrases=False)
    assert (done.organisations, done.places) == (names.organisations, names.places)
    assert any(mandate.acts for mandate in done.mandates)
    assert enrich(done, phrases=False) == done
    nodes = {node.id: node for node in done.nodes}
    for mention in (*done.organisations, *done.places):
        assert done.text[mention.start : mention.end] == mention.text
        node = nodes[mention.node or ""]
        assert node.start <= mention.start < mention.end <= node.end
    names = {mention.name for mention in done.organisations}
    assert {"Ủy ban nhân dân tỉnh Thái Nguyên", "Chính phủ", "Tỉnh ủy Thái Nguyên", "Ban Chấp hành Trung ương Đảng"} <= names
    assert {"tỉnh Thái Nguyên", "tỉnh Bắc Giang", "huyện Phú Lương"} <= {mention.name for mention in done.places}


def test_the_issuer_in_capitals_is_an_organisation(seed_document: Document) -> None:
    first = enrich(seed_document, phrases=False).organisations[0]
    assert (first.text, first.name, first.kind) == (
        "HỘI ĐỒNG NHÂN DÂN  \nTỈNH THÁI NGUYÊN",
        "Hội đồng nhân dân tỉnh Thái Nguyên",
        "province",
    )


def test_a_header_names_its_body_once() -> None:
    document = parse_text(
        "ỦY BAN NHÂN DÂN\nTỈNH ĐẮK LẮK\n-------\nSố: 5/QĐ-UBND\nĐắk Lắk, ngày 05 tháng 3 năm 2024\nQUYẾT ĐỊNH\nVề chợ tỉnh\nĐiều 1. Giao Sở Y tế chủ trì.\n"
    )
    found = enrich(document, phrases=False)
    assert [mention.name for mention in found.organisations][:2] == ["Ủy ban nhân dân tỉnh Đắk Lắk", "Sở Y tế tỉnh Đắk Lắk"]
    assert "-" not in found.organisations[0].text
    assert [mention.text for mention in found.places] == ["TỈNH ĐẮK LẮK", "Đắk Lắk"]


def test_phrases_without_underthesea_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from vanban.parser.language import segmenting

    document = parse_text("Điều 1. Giao Sở Y tế tỉnh Phú Yên chủ trì xây dựng kế hoạch.")
    assert document.mandates
    monkeypatch.setitem(sys.modules, "underthesea", None)  # importing it fails
    segmenting._segmenter.cache_clear()
    segmenting._tagger.cache_clear()
    assert enrich(document, phrases=False).organisations
    with pytest.raises(ImportError, match=r"\[V001\].*vanban\[nlp\]"):
        enrich(document)


def test_the_end_of_a_number_is_no_name_where_a_line_ends_in_it() -> None:
    assert organisations("theo Nghị quyết số 20/2023/NQ-\nHĐND ngày 20 tháng 8") == []
    assert organisations("theo Nghị quyết số 20/2023/NQ- \nHĐND ngày 20 tháng 8") == []
    assert organisations("theo Nghị quyết số 20/2023/NQ - HĐND ngày 20 tháng 8") == []

"""Programmes, schemes, plans and strategies by their names."""

from __future__ import annotations

import pytest

from vanban.parser import parse_text
from vanban.parser.citing import citations, identity, programmes
from vanban.parser.model import Instrument, Programme


def read(text: str) -> list[Programme]:
    cited = identity.resolve(citations.find_in_text(text), Instrument())
    found = list(programmes.find(text, (), cited))
    assert all(text[p.start : p.end] == p.text for p in found)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "name", "period"),
    [
        ("Đẩy mạnh thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025 trên địa bàn tỉnh.", "Chương trình",
         "Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025", "2021-2025"),
        ("Quy hoạch tỉnh Thái Nguyên thời kỳ 2021 - 2030, tầm nhìn đến năm 2050. Triển khai", "Quy hoạch",
         "Quy hoạch tỉnh Thái Nguyên thời kỳ 2021 - 2030, tầm nhìn đến năm 2050", "2021-2030"),
        ("thực hiện Đề án “Phát triển đô thị thông minh” giai đoạn 2018 - 2025, định hướng đến năm 2030;", "Đề án",
         "Đề án Phát triển đô thị thông minh giai đoạn 2018 - 2025 định hướng đến năm 2030", "2018-2025"),
        ("Dự án 6: “Tăng cường đáp ứng y tế”", "Dự án", "Dự án 6: Tăng cường đáp ứng y tế", None),
        ("tiếp tục đẩy mạnh thực hiện Đề án 06 của Chính phủ", "Đề án", "Đề án 06", None),
        ("Chiến lược phát triển thanh niên Việt Nam giai đoạn 2021 - 2030;", "Chiến lược",
         "Chiến lược phát triển thanh niên Việt Nam giai đoạn 2021 - 2030", "2021-2030"),
        ("tại Kế hoạch cải cách hành chính năm 2026 của tỉnh", "Kế hoạch", "Kế hoạch cải cách hành chính năm 2026", "2026"),
        ("Triển khai Chương trình mục tiêu quốc gia xây dựng nông thôn mới theo hướng", "Chương trình",
         "Chương trình mục tiêu quốc gia xây dựng nông thôn mới", None),
        ("về Kế hoạch phát triển kinh tế - xã hội 5 năm 2016 - 2020 với", "Kế hoạch",
         "Kế hoạch phát triển kinh tế - xã hội 5 năm 2016 - 2020", "2016-2020"),
        ("Chiến lược quốc gia phòng, chống và kiểm soát ma túy, các hoạt động", "Chiến lược",
         "Chiến lược quốc gia phòng, chống và kiểm soát ma túy", None),
    ],
)  # fmt: skip
def test_a_name_is_whole(text: str, kind: str, name: str, period: str | None) -> None:
    assert [(p.kind, p.name, p.period) for p in read(text)] == [(kind, name, period)]


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch này; Kế hoạch số 5/KH-UBND; Chương trình, Kế hoạch của tỉnh",
        "Bộ Kế hoạch và Đầu tư; Luật Quy hoạch năm 2017; Chi cục Dân số - Kế hoạch hóa gia đình năm 2020",
        "Kế hoạch phải được lập trước ngày 15/3/2026",
        "các Chương trình mục tiêu quốc gia; 03 Chương trình mục tiêu quốc gia",
        "Dự án đầu tư công theo quy định của pháp luật",
        "Đề án được phê duyệt năm 2020",
        "chương trình, đề án, kế hoạch năm 2024",
    ],
)
def test_a_capital_alone_makes_no_name(text: str) -> None:
    assert read(text) == []


def test_which_instrument_issued_it() -> None:
    before, later = read(
        "Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030; "
        "thực hiện Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030"
    )
    assert before.issued_by == later.issued_by == "/akn/vn/act/nghi-quyet/chinh-phu/2021-07-15/76-nq-cp"
    (after,) = read("Kế hoạch cải cách hành chính năm 2026 (ban hành kèm theo Quyết định số 5/2025/QĐ-TTg)")
    assert after.issued_by == "/akn/vn/act/quyet-đinh/thu-tuong-chinh-phu/2025/05-qđ-ttg"
    (submitted,) = read(
        "Tờ trình số 5/TTr-CP ngày 5/1/2025 của Chính phủ về phê duyệt Chương trình phòng, chống ma túy giai đoạn 2021 - 2025"
    )
    assert submitted.issued_by is None
    (open_,) = read("Nghị quyết số 19-NQ/TW ban hành Chiến lược phát triển thanh niên Việt Nam giai đoạn 2021 - 2030")
    assert open_.issued_by is None


def test_a_short_form_that_is_defined_has_the_whole_name() -> None:
    text = (
        "phê duyệt Chương trình mục tiêu quốc gia phòng, chống ma túy đến năm 2030 (Chương trình MTQG); triển khai thực hiện Chương trình MTQG "
        "trên địa bàn tỉnh. Chương trình Mỗi xã một sản phẩm giai đoạn 2021 - 2025 (OCOP) và Chương trình OCOP."
    )
    assert [p.name for p in read(text)] == [
        *["Chương trình mục tiêu quốc gia phòng, chống ma túy đến năm 2030"] * 3,
        *["Chương trình Mỗi xã một sản phẩm giai đoạn 2021 - 2025"],
    ]


def test_a_document_has_them_with_their_nodes() -> None:
    document = parse_text(
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH THÁI NGUYÊN\nSố: 5/NQ-HĐND\nThái Nguyên, ngày 08 tháng 12 năm 2023\nNGHỊ QUYẾT\nVề nhiệm vụ\nĐiều 1. Nhiệm vụ\n"
        "1. Thực hiện Đề án phát triển nhà ở xã hội giai đoạn 2021 - 2025.\n",
        name="nghi-quyet.txt",
    )
    (found,) = document.programmes
    node = next(node for node in document.nodes if node.id == found.node)
    assert (node.label, found.kind, found.period) == ("1.", "Đề án", "2021-2025")


@pytest.mark.parametrize(
    "piece", ["Kế hoạch ", "Đề án “", "Chương trình mục tiêu quốc gia a ", "Chiến lược năm ", "Dự án 1: “a", "Quy hoạch giai đoạn 2021 - "]
)
def test_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    assert isinstance(read(piece * (40_000 // len(piece))), list)

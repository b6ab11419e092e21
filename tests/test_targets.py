"""Targets: what is to be reached, told from what was reached, granted or fixed."""

from __future__ import annotations

from typing import Any

import pytest

from vanban.parser import Document, parse_text

HEAD = """HỘI ĐỒNG NHÂN DÂN
TỈNH TUYÊN QUANG

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 45/NQ-HĐND

Tuyên Quang, ngày 10 tháng 12 năm 2024

NGHỊ QUYẾT
Về nhiệm vụ phát triển kinh tế - xã hội năm 2025

HỘI ĐỒNG NHÂN DÂN TỈNH TUYÊN QUANG

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;

QUYẾT NGHỊ:

Điều 1. Thông qua mục tiêu, nhiệm vụ năm 2025 như sau:

"""


def listed(*bullets: str, heading: str = "Các chỉ tiêu chủ yếu") -> Document:
    return parse_text(HEAD + f"I. {heading}\n\n" + "\n\n".join(f"- {bullet}" for bullet in bullets) + "\n")


def rows(document: Document) -> list[tuple[Any, ...]]:
    return [(t.name, t.comparator, t.value, t.value_max, t.unit, t.change) for t in document.targets]


@pytest.mark.parametrize(
    ("bullet", "found"),
    [
        ("Tốc độ tăng trưởng kinh tế (GRDP): 7,5%.", [("Tốc độ tăng trưởng kinh tế (GRDP)", "=", 7.5, None, "%", None)]),
        (
            "Giá trị xuất khẩu: Tăng 8%, trong đó giá trị xuất khẩu địa phương tăng 9% so với năm 2024;",
            [("Giá trị xuất khẩu", "=", 8, None, "%", "increase"), ("giá trị xuất khẩu địa phương", "=", 9, None, "%", "increase")],
        ),
        (
            "Tỷ lệ lao động qua đào tạo: 74%, trong đó có bằng cấp, chứng chỉ: 36,5%.",
            [
                ("Tỷ lệ lao động qua đào tạo", "=", 74, None, "%", None),
                ("Tỷ lệ lao động qua đào tạo: có bằng cấp, chứng chỉ", "=", 36.5, None, "%", None),
            ],
        ),
        (
            "Giảm tỷ lệ hộ nghèo (theo chuẩn mới): Từ 0,8% trở lên.",
            [("Giảm tỷ lệ hộ nghèo (theo chuẩn mới)", ">=", 0.8, None, "%", "decrease")],
        ),
        ("Tỷ lệ hộ nghèo giảm còn 1,5%.", [("Tỷ lệ hộ nghèo", "=", 1.5, None, "%", None)]),
        ("Tăng tỷ lệ đô thị hóa từ 22% năm 2024 lên 24% năm 2025.", [("Tăng tỷ lệ đô thị hóa", "=", 24, None, "%", None)]),
        (
            "Cơ cấu kinh tế: Nông nghiệp 18,5%; dịch vụ 35,5%.",
            [("Cơ cấu kinh tế: Nông nghiệp", "=", 18.5, None, "%", None), ("Cơ cấu kinh tế: dịch vụ", "=", 35.5, None, "%", None)],
        ),
        ("Số xã đạt chuẩn nông thôn mới trong năm: 02 xã.", [("Số xã đạt chuẩn nông thôn mới trong năm", "=", 2, None, "xã", None)]),
        (
            "Tinh quặng đồng 20-25% Cu: đạt 20-30 nghìn tấn vào năm 2010 và 70-100 nghìn tấn vào năm 2015;",
            [
                ("Tinh quặng đồng 20-25% Cu", "=", 20, 30, "nghìn tấn", None),
                ("Tinh quặng đồng 20-25% Cu", "=", 70, 100, "nghìn tấn", None),
            ],
        ),
        ("Trên 80% các trường được trang bị máy tính.", [("các trường được trang bị máy tính", ">", 80, None, "%", None)]),
        ("Thu hút trên 3,2 triệu lượt khách.", [("Thu hút lượt khách", ">", 3.2, None, "triệu lượt khách", None)]),
    ],
)
def test_line_of_a_list(bullet: str, found: list[tuple[Any, ...]]) -> None:
    assert rows(listed(bullet)) == found


def test_name_has_its_lead_in() -> None:
    document = parse_text(HEAD + "I. Các chỉ tiêu\n\n- Chỉ tiêu về văn hóa:\n\n+ Tỷ lệ gia đình văn hóa: Từ 90% trở lên;\n")
    assert rows(document) == [("Chỉ tiêu về văn hóa: Tỷ lệ gia đình văn hóa", ">=", 90, None, "%", None)]


@pytest.mark.parametrize(
    ("task", "found"),
    [
        (
            "Chủ động tháo gỡ khó khăn, phấn đấu giải ngân 100% kế hoạch vốn được giao năm 2025.",
            ["giải ngân kế hoạch vốn được giao năm 2025"],
        ),
        ("Duy trì 100% xã, phường làm tốt công tác thương binh, liệt sỹ.", ["xã, phường làm tốt công tác thương binh, liệt sỹ"]),
        ("Tổ chức diễn tập khu vực phòng thủ 03 đơn vị cấp huyện.", ["Tổ chức diễn tập khu vực phòng thủ đơn vị cấp huyện"]),
        ("Giảm lãi suất cho vay 2%/năm đối với khách hàng.", []),
        ("Đẩy mạnh giải ngân vốn 03 Chương trình mục tiêu quốc gia ngay từ đầu năm.", []),
        ("Thủ tướng Chính phủ đã quyết định hỗ trợ 3.515 tỷ đồng cho 08 tỉnh, thành phố.", []),
        ("Đối với khâu luyện kim có thể 100% vốn nước ngoài.", []),
    ],
)
def test_running_text(task: str, found: list[str]) -> None:
    assert [t.name for t in listed(task, heading="Nhiệm vụ và giải pháp").targets] == found


def test_report_of_the_past_has_none() -> None:
    assert listed("Năm 2024, tốc độ tăng trưởng đạt 9,04%.", heading="Kết quả đạt được năm 2024").targets == ()


def test_rules_have_none() -> None:
    text = (
        "CHÍNH PHỦ\n\nSố: 28/2003/NĐ-CP\n\nHà Nội, ngày 31 tháng 3 năm 2003\n\nNGHỊ ĐỊNH\nVề phí\n\n"
        "Điều 1. Phạm vi điều chỉnh\n\n1. Mức phí là 8%/năm, tối thiểu 50.000 đồng.\n\n2. Tổng mức vốn huy động là 2.000 tỷ đồng.\n"
    )
    assert [(t.name, t.value, t.unit) for t in parse_text(text).targets] == [("Tổng mức vốn huy động", 2000, "tỷ đồng")]


def test_period_and_baseline() -> None:
    first, second = listed(
        "Thu ngân sách: 20.450 tỷ đồng, tăng 7% so với dự toán năm 2024.", "Tỷ lệ che phủ rừng: 46% vào năm 2030."
    ).targets[::2]
    assert (first.period, first.baseline) == ("2025", "so với dự toán năm 2024")
    assert (second.period, second.baseline) == ("2030", None)


def test_table_with_a_column_of_units() -> None:
    table = (
        "\n| STT | Chỉ tiêu | Đơn vị tính | Thực hiện năm 2024 | Kế hoạch năm 2025 |\n|---|---|---|---|---|\n"
        "| 1 | Tốc độ tăng trưởng GRDP | % | 7,8 | 8,5 - 9,0 |\n| 2 | Tỷ lệ hộ nghèo | % | 1,2 | <1 |\n"
    )
    document = parse_text(HEAD + "I. Các chỉ tiêu\n" + table, format="markdown")
    assert [(t.name, t.comparator, t.value, t.value_max, t.unit, t.period) for t in document.targets] == [
        ("Tốc độ tăng trưởng GRDP", "=", 8.5, 9, "%", "2025"),
        ("Tỷ lệ hộ nghèo", "<", 1, None, "%", "2025"),
    ]


def test_spans_lie_in_their_nodes(seed_document: Document) -> None:
    document = seed_document
    nodes = {node.id: node for node in document.nodes}
    assert len(document.targets) == 30
    starts = [target.start for target in document.targets]
    assert starts == sorted(set(starts))
    for target in document.targets:
        assert nodes[target.node].start <= target.start < target.end <= nodes[target.node].end
        assert document.text[target.start : target.end].split() == target.text.split()

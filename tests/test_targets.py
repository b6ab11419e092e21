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


def texts(document: Document) -> list[tuple[str, str, float, float | None, str]]:
    return [(t.name, t.comparator, t.value, t.value_max, t.unit) for t in document.targets]


def told(sentence: str) -> Document:
    return parse_text(HEAD + f"I. Nhiệm vụ và giải pháp\n\n- {sentence}\n")


def test_a_list_that_strives_goes_on_over_semicolons() -> None:
    document = told(
        "Phấn đấu tốc độ tăng trưởng đạt 13-13,5%/năm; GDP bình quân đầu người năm 2025 là 41 triệu đồng/người/năm; kim ngạch xuất khẩu gấp 2 lần"
        " năm 2020; tỷ lệ tăng dân số tự nhiên dưới 12‰, 100% trạm y tế có bác sĩ; diện tích nhà ở bình quân 15m2; hỗ trợ 200 triệu đồng."
    )
    assert texts(document) == [
        ("tốc độ tăng trưởng", "=", 13, 13.5, "%/năm"),
        ("GDP bình quân đầu người năm 2025", "=", 41, None, "triệu đồng/người/năm"),
        ("kim ngạch xuất khẩu", "=", 2, None, "lần"),
        ("tỷ lệ tăng dân số tự nhiên", "<", 12, None, "‰"),
        ("trạm y tế có bác sĩ", "=", 100, None, "%"),
        ("diện tích nhà ở", "=", 15, None, "m2"),
    ]
    assert document.targets[2].baseline == "năm 2020"
    assert document.targets[3].change is None


def test_ages_and_denominators_are_no_targets() -> None:
    document = listed("Số giường bệnh trên 1 vạn dân đạt 39 giường;", "Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng giảm còn dưới 10%;")
    assert [(t.value, t.unit) for t in document.targets] == [(39, "giường bệnh"), (10, "%")]


def test_what_is_part_of_another_is_told_with_it() -> None:
    document = listed(
        "Thu ngân sách trên địa bàn đạt 15.038 tỷ đồng, trong đó: Thu nội địa 13.736 tỷ đồng; thu xuất nhập khẩu 1.300 tỷ đồng.",
        "Tổng vốn đầu tư toàn xã hội khoảng 90.000 - 91.000 tỷ đồng, chiếm 50% GRDP.",
    )
    assert [t.name for t in document.targets] == [
        "Thu ngân sách trên địa bàn",
        "Thu ngân sách trên địa bàn: Thu nội địa",
        "Thu ngân sách trên địa bàn: thu xuất nhập khẩu",
        "Tổng vốn đầu tư toàn xã hội",
        "Tổng vốn đầu tư toàn xã hội",
    ]


def test_names_of_rates_end_at_their_figure() -> None:
    document = listed("Tỷ lệ tham gia bảo hiểm y tế đạt 92% dân số;", "Tổng sản phẩm bình quân đầu người phấn đấu đạt 52 triệu đồng;")
    assert [t.name for t in document.targets] == ["Tỷ lệ tham gia bảo hiểm y tế", "Tổng sản phẩm bình quân đầu người"]


def test_lines_of_an_estimate_of_revenue() -> None:
    document = parse_text(
        HEAD + "I. Tổng thu ngân sách nhà nước năm 2025\n\n1. Thu nội địa: 1.256 tỷ đồng\n\n- Lệ phí trước bạ: 44 tỷ đồng.\n\n"
        "II. Tổng chi ngân sách địa phương\n\n- Chi thường xuyên: 893 tỷ đồng.\n"
    )
    assert [(t.name, t.value) for t in document.targets] == [("Thu nội địa", 1256), ("Lệ phí trước bạ", 44)]


def test_plain_units_beside_the_printed() -> None:
    document = listed("Dân số tham gia: 1,2 triệu người;", "Thu ngân sách: 18 - 19 nghìn tỷ đồng.")
    assert [(t.value, t.unit, t.normal_value, t.normal_max, t.normal_unit) for t in document.targets] == [
        (1.2, "triệu người", 1_200_000, None, "người"),
        (18, "nghìn tỷ đồng", 18_000_000_000_000, 19_000_000_000_000, "đồng"),
    ]


def test_a_listed_count_needs_no_unit() -> None:
    document = listed(
        "Số giường bệnh/vạn dân đạt 25,5 giường; số bác sĩ/vạn dân đạt 8.",
        "Số bác sĩ trên một vạn dân: 18",
        "Chỉ số cải cách hành chính: nằm trong nhóm 15",
        "Số quyết định ban hành năm 2024: 12/NQ",
    )
    assert [(target.name, target.value, target.unit) for target in document.targets] == [
        ("Số giường bệnh/vạn dân", 25.5, "giường bệnh"),
        ("số bác sĩ/vạn dân", 8, ""),
        ("Số bác sĩ trên một vạn dân", 18, ""),
        ("Chỉ số cải cách hành chính", 15, ""),
    ]
    assert all(document.text[target.start : target.end] == target.text for target in document.targets)
    assert not parse_text(HEAD + "I. Nhiệm vụ\n\n- Số bác sĩ trên một vạn dân: 18\n").targets


def test_a_part_of_what_is_named_before() -> None:
    document = listed("Tỷ lệ hộ nghèo giảm bình quân mỗi năm 1,5%; riêng vùng đồng bào dân tộc thiểu số giảm từ 2 - 3%.")
    assert [target.name for target in document.targets][1] == "Tỷ lệ hộ nghèo giảm bình quân mỗi năm: vùng đồng bào dân tộc thiểu số"


def test_what_a_sentence_strives_for_is_named_behind_the_word_aim() -> None:
    document = parse_text(HEAD + "1. Nỗ lực phấn đấu vượt qua khó khăn, thực hiện thắng lợi mục tiêu tăng trưởng GDP đạt từ 8% trở lên.\n")
    assert [(target.name, target.comparator, target.value) for target in document.targets] == [("tăng trưởng GDP", ">=", 8)]


def test_the_results_of_a_report_are_no_targets_and_mat_bang_is_one_word() -> None:
    document = parse_text(
        HEAD.replace("NGHỊ QUYẾT\nVề nhiệm vụ phát triển kinh tế - xã hội năm 2025", "BÁO CÁO\nTình hình kinh tế - xã hội")
        + "Phần thứ nhất\nKẾT QUẢ THỰC HIỆN NHIỆM VỤ 6 THÁNG ĐẦU NĂM\n\n1. Thu ngân sách đạt 9.500 tỷ đồng.\n\n2. Tập trung giải ngân đạt 45% kế hoạch.\n\n"
        "Phần thứ hai\nNHIỆM VỤ, GIẢI PHÁP 6 THÁNG CUỐI NĂM\n\n1. Hoàn thành giải phóng mặt bằng 120 ha Khu công nghiệp Vũng Áng.\n"
    )
    assert [target.name for target in document.targets] == ["giải phóng mặt bằng Khu công nghiệp Vũng Áng"]
    assert len(document.mandates) == 1


def test_a_tables_figures_are_for_the_year_of_the_title_where_its_heads_name_none() -> None:
    document = parse_text(
        HEAD + "1. Chỉ tiêu\n\n| STT | Chỉ tiêu | Đơn vị tính | Kế hoạch |\n|---|---|---|---|\n| 1 | Thu ngân sách | Tỷ đồng | 25,5 |\n",
        format="markdown",
    )
    assert [(target.name, target.period) for target in document.targets] == [("Thu ngân sách", "2025")]


@pytest.mark.parametrize(
    ("words", "name", "comparator", "change"),
    [
        ("Tỷ lệ hộ dân sử dụng nước sạch không thấp hơn 90%.", "Tỷ lệ hộ dân sử dụng nước sạch", ">=", None),
        ("Tỷ lệ hộ nghèo không vượt quá 5%.", "Tỷ lệ hộ nghèo", "<=", None),
        ("Số xã đạt chuẩn không ít hơn 12 xã.", "Số xã đạt chuẩn", ">=", None),
        ("Thu nhập bình quân không thấp hơn 60 triệu đồng/người.", "Thu nhập bình quân", ">=", None),
        ("Tỷ lệ che phủ rừng duy trì ổn định 59%.", "Tỷ lệ che phủ rừng", "=", None),
    ],
)
def test_how_a_figure_is_bounded_is_no_part_of_its_name(words: str, name: str, comparator: str, change: str | None) -> None:
    head = "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nKẾ HOẠCH\nPhát triển kinh tế - xã hội năm 2025\nI. MỤC TIÊU\n1. Chỉ tiêu\n"
    (target,) = parse_text(f"{head}- {words}\n").targets
    assert (target.name, target.comparator, target.change) == (name, comparator, change)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Đẩy nhanh tiến độ giải ngân vốn đầu tư công, phấn đấu đạt 100% kế hoạch.", "giải ngân vốn đầu tư công"),
        ("Thu ngân sách nhà nước phấn đấu đạt 110% dự toán.", "Thu ngân sách nhà nước"),
    ],
)
def test_a_share_of_a_plan_is_named_by_what_is_planned(words: str, name: str) -> None:
    head = "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nKẾ HOẠCH\nPhát triển kinh tế - xã hội năm 2025\nI. NHIỆM VỤ\n"
    (target,) = parse_text(f"{head}- {words}\n").targets
    assert (target.name, target.value) == (name, 100 if "100" in words else 110)

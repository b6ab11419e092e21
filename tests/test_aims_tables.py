"""Targets and tasks in tables."""

from __future__ import annotations

from vanban.parser import Document, parse_text

HEAD = """ỦY BAN NHÂN DÂN
TỈNH ĐỒNG NAI

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 182/KH-UBND

Đồng Nai, ngày 20 tháng 11 năm 2021

KẾ HOẠCH

Phát triển kinh tế - xã hội năm 2022

"""


def table(*rows: str) -> str:
    cells = [row.split(" | ") for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([lines[0], "|" + "---|" * len(cells[0]), *lines[1:]]) + "\n"


def plan(body: str) -> Document:
    return parse_text(HEAD + body, format="markdown")


def rows(document: Document) -> list[tuple[object, ...]]:
    return [(t.name, t.comparator, t.value, t.value_max, t.unit, t.period) for t in document.targets]


def test_the_column_that_plans_counts_whatever_stands_beside_it() -> None:
    document = plan(
        "I. MỤC TIÊU\n\n"
        + table(
            "STT | Chỉ tiêu | ĐVT | Thực hiện năm 2021 | Kế hoạch năm 2022 | Ghi chú",
            "I | Kinh tế |  |  |  | ",
            "1 | Tốc độ tăng trưởng GRDP | % | 0,53 | 6,5 - 7 | ",
            "2 | Thu ngân sách trên địa bàn | Tỷ đồng | 5.000 | 5.270 | ",
            "3 | Số xã đạt chuẩn nông thôn mới | Xã | 10 | ≥ 12 | lũy kế",
            "4 | Tỷ lệ hộ nghèo | % | 3 | Dưới 2,5 | ",
        )
    )
    assert rows(document) == [
        ("Tốc độ tăng trưởng GRDP", "=", 6.5, 7, "%", "2022"),
        ("Thu ngân sách trên địa bàn", "=", 5270, None, "tỷ đồng", "2022"),
        ("Số xã đạt chuẩn nông thôn mới", ">=", 12, None, "xã", "2022"),
        ("Tỷ lệ hộ nghèo", "<", 2.5, None, "%", "2022"),
    ]
    assert [(t.normal_value, t.normal_unit) for t in document.targets][1] == (5_270_000_000_000, "đồng")
    for target in document.targets:
        assert document.text[target.start : target.end] == target.text


def test_several_columns_plan_and_units_stand_behind_figures() -> None:
    document = plan(
        "I. MỤC TIÊU\n\n"
        + table(
            "TT | Nội dung chỉ tiêu | Mục tiêu năm 2022 | Mục tiêu năm 2025 | Cơ quan theo dõi",
            "1 | Tỷ lệ dịch vụ công trực tuyến | 80% | Trên 95% | Sở Thông tin và Truyền thông",
            "2 | Số doanh nghiệp số | 100 doanh nghiệp | 500 doanh nghiệp | Sở Kế hoạch và Đầu tư",
        )
    )
    assert rows(document) == [
        ("Tỷ lệ dịch vụ công trực tuyến", "=", 80, None, "%", "2022"),
        ("Tỷ lệ dịch vụ công trực tuyến", ">", 95, None, "%", "2025"),
        ("Số doanh nghiệp số", "=", 100, None, "doanh nghiệp", "2022"),
        ("Số doanh nghiệp số", "=", 500, None, "doanh nghiệp", "2025"),
    ]


def test_years_head_columns_and_parts_have_their_whole() -> None:
    document = plan(
        "I. MỤC TIÊU\n\n"
        + table(
            "STT | Chỉ tiêu | Đơn vị tính | Năm 2022 | Giai đoạn 2021 - 2025",
            "1 | Cơ cấu kinh tế |  |  | ",
            "  | - Nông nghiệp | % | 30 | 25",
        )
    )
    assert rows(document) == [
        ("Cơ cấu kinh tế: Nông nghiệp", "=", 30, None, "%", "2022"),
        ("Cơ cấu kinh tế: Nông nghiệp", "=", 25, None, "%", "2021-2025"),
    ]


def test_tables_that_allot_or_report_have_no_targets() -> None:
    document = plan(
        "I. KINH PHÍ\n\n"
        + table("STT | Nội dung chi | Đơn vị tính | Kế hoạch vốn năm 2022", "1 | Đường giao thông | Tỷ đồng | 120")
        + "\n"
        + table("STT | Chỉ tiêu | Đơn vị tính | Thực hiện năm 2020 | Ước thực hiện năm 2021", "1 | Hộ nghèo | % | 3 | 2")
    )
    assert rows(document) == []


def test_tasks_of_a_table() -> None:
    document = plan(
        "II. NHIỆM VỤ\n\n"
        + table(
            "STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành",
            "I | Cải cách thể chế |  |  | ",
            "1 | Xây dựng kế hoạch chuyển đổi số | Sở Tư pháp; UBND cấp huyện | Các sở, ban, ngành | Quý I/2022",
            "2 | Hội nghị tổng kết công tác năm | Văn phòng UBND tỉnh |  | Hằng năm",
            "3 | Rà soát thủ tục hành chính | Các cơ quan, đơn vị |  | Theo kế hoạch của Trung ương",
        )
    )
    first, second, third = document.mandates
    assert (first.text, first.kind, first.field) == ("Xây dựng kế hoạch chuyển đổi số", "assignment", "NHIỆM VỤ › Cải cách thể chế")
    assert [(a.name, a.role) for a in first.actors] == [
        ("Sở Tư pháp tỉnh Đồng Nai", "lead"),
        ("Ủy ban nhân dân cấp huyện", "lead"),
        ("Sở, ban, ngành", "support"),
    ]
    assert first.deadline is not None and second.deadline is not None
    assert (first.deadline.text, first.deadline.from_, first.deadline.to) == ("Quý I/2022", "2022-01-01", "2022-03-31")
    assert (second.deadline.text, second.deadline.recurring) == ("Hằng năm", "yearly")
    assert third.deadline is None
    assert document.text[first.start : first.end] == first.text
    assert [document.text[a.start : a.end] for a in first.actors] == ["Sở Tư pháp", "UBND cấp huyện", "Các sở, ban, ngành"]


def test_a_table_of_bodies_sets_no_tasks() -> None:
    document = plan("I. PHỤ LỤC\n\n" + table("STT | Đơn vị được kiểm tra | Thời gian kiểm tra", "1 | Sở Xây dựng | Tháng 7/2022"))
    assert document.mandates == ()

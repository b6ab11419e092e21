"""The mark a paragraph starts with: what is one, what is none."""

from __future__ import annotations

import pytest

from vanban.parser.structure import marks

MARKS = [
    ("Điều 5. Phạm vi", "article", "5", 5),
    ("Ðiều 5. Phạm vi", "article", "5", 5),
    ("ĐIỀU 12: Hiệu lực", "article", "12", 12),
    ("Điều 5a. Bổ sung", "article", "5a", 5),
    ("Điều 7 Phạm vi điều chỉnh", "article", "7", 7),
    ("Chương IV", "chapter", "IV", 4),
    ("Chương IIQUY ĐỊNH VỀ CHO VAY", "chapter", "II", 2),
    ("Chương INHỮNG QUY ĐỊNH CHUNG", "chapter", "I", 1),
    ("Mục 2", "section", "2", 2),
    ("Mục 2HỘI ĐỒNG DÂN TỘC", "section", "2", 2),
    ("Tiểu mục 1. Chung", "subsection", "1", 1),
    ("Phần thứ nhất", "part", "nhất", 1),
    ("PHỤ LỤC III", "appendix", "III", 3),
    ("Phụ lục số 02", "appendix", "02", 2),
    ("Phụ lục 02.1", "appendix", "02.1", 2),
    ("II. NỘI DUNG", "roman", "II", 2),
    ("Iii. mục tiêu phát triển", "roman", "Iii", 3),
    ("I- HƯỚNG DẪN CHUNG", "roman", "I", 1),
    ("I/ Đối tượng", "roman", "I", 1),
    ("A. ĐỊNH MỨC", "upper", "A", 1),
    ("1. Mục tiêu", "number", "1", 1),
    ("1) Mục tiêu", "number", "1", 1),
    ("11a. Ban khám sức khỏe", "number", "11a", 11),
    ("5.[3] Tái phạm là việc", "number", "5", 5),
    ("a)[4] Tổ chức", "letter", "a", 1),
    ("Điều 5.[12] Phạm vi", "article", "5", 5),
    ("2.1. Các chỉ tiêu kinh tế", "decimal", "2.1", 1),
    ("11.1 Định mức phân bổ", "decimal", "11.1", 1),
    ("a) Tập thể", "letter", "a", 1),
    ("đ) Cá nhân", "letter", "đ", 5),
    ("a1) Bổ sung", "letter", "a1", 1),
    ("a, Nhóm khoáng sản", "letter", "a", 1),
    ("(ii) Ủy quyền", "tiet", "(ii)", 2),
    ("- Tốc độ tăng trưởng", "bullet", "-", 0),
    ("– Tốc độ tăng trưởng", "bullet", "-", 0),
    ("+ Dịch vụ", "bullet", "+", 0),
    ("• Dịch vụ", "bullet", "•", 0),
    ("“Điều 7. Phương pháp", "article", "7", 7),
    ("“đ) Không quá 12 tháng", "letter", "đ", 5),
]

NO_MARKS = [
    "Điều kiện kinh doanh",
    "Điều 5 Luật này quy định",
    "Điều 4 và Điều 5 Nghị quyết này",
    "Mục tiêu chung",
    "Phần lớn các xã",
    "Chương trình mục tiêu quốc gia",
    "1.500 tỷ đồng",
    "30.4.2024 là hạn cuối",
    "5 - 7% mỗi năm",
    "V/v chủ động phòng, tránh mưa lũ",
    "-5 độ C",
    "---------",
    "2024 là năm bản lề",
    "Phụ lục ban hành kèm theo Nghị quyết này",
]


@pytest.mark.parametrize(("line", "kind", "key", "order"), MARKS)
def test_a_mark_is_told_by_its_form(line: str, kind: str, key: str, order: int) -> None:
    mark = marks.at(line, 0, len(line))
    assert mark is not None
    assert (mark.kind, mark.key, mark.order) == (kind, key, order)
    assert mark.quote is line.startswith("“")


@pytest.mark.parametrize("line", NO_MARKS)
def test_what_only_looks_like_a_mark_is_none(line: str) -> None:
    assert marks.at(line, 0, len(line)) is None


def test_points_count_with_đ_as_a_letter_of_its_own() -> None:
    assert [marks.letter_order(c) for c in ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l"]] == list(range(1, 12))


@pytest.mark.parametrize(("numeral", "value"), [("I", 1), ("iv", 4), ("IX", 9), ("XIV", 14), ("XL", 40), ("Ế", 0)])
def test_roman_numerals(numeral: str, value: int) -> None:
    assert marks.roman(numeral) == value

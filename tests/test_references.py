"""References of a document to itself and to its provisions, made absolute and tied to their nodes."""

from __future__ import annotations

import pytest

from vanban.parser import parse_text
from vanban.parser.citing import provisions
from vanban.parser.model import Document

DECREE = """CHÍNH PHỦ
Số: 12/2020/NĐ-CP
Hà Nội, ngày 01 tháng 02 năm 2020
NGHỊ ĐỊNH
Quy định về quản lý
Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Nghị định này quy định về quản lý.
Điều 2. Điều kiện
1. Điều kiện chung:
a) Có vốn;
b) Có người, trừ trường hợp quy định tại điểm a khoản này.
2. Điều kiện riêng theo khoản 1 Điều này và Điều 1 Nghị định này.
3. Thực hiện theo các điểm a, b khoản 1 Điều này; Điều 5 Luật Đầu tư; khoản 2 Điều 99 Nghị định này.
Chương II
ĐIỀU KHOẢN THI HÀNH
Điều 3. Sửa đổi, bổ sung một số điều của Nghị định số 5/2019/NĐ-CP
1. Sửa đổi khoản 1 Điều 2 như sau:
“1. Thực hiện theo khoản 2 Điều này và Nghị định này.”
Điều 4. Hiệu lực
Nghị định này có hiệu lực từ ngày ký. Bãi bỏ Thông tư này.
"""


@pytest.fixture(scope="module")
def decree() -> Document:
    return parse_text(DECREE, name="nghi-dinh.txt")


def test_each_is_absolute_and_tied_to_its_node(decree: Document) -> None:
    labels = {node.id: node for node in decree.nodes}
    found = [
        (c.text, c.provision, labels[c.target_node].label if c.target_node else None) for c in decree.citations if c.scope == "internal"
    ]
    assert found == [
        ("điểm a khoản này", "Điều 2/1/a", "a)"),
        ("khoản 1 Điều này và Điều 1 Nghị định này", "Điều 2/1; Điều 1", "1."),
        ("điểm a, b khoản 1 Điều này", "Điều 2/1/a; Điều 2/1/b", "a)"),
        ("khoản 2 Điều 99 Nghị định này", "Điều 99/2", None),
    ]


def test_self_references_are_of_the_documents_own_kind(decree: Document) -> None:
    own = [c for c in decree.citations if c.scope == "self"]
    assert [c.text for c in own] == ["Nghị định này", "Nghị định này"]
    assert {c.target for c in own} == {decree.instrument.id}


def test_what_is_quoted_or_amended_is_not_the_documents(decree: Document) -> None:
    quotation = decree.text.index("“1. Thực hiện")
    for citation in decree.citations:
        assert not (citation.scope != "external" and quotation - 40 < citation.start < quotation + 60), citation


def test_outline_labels_serve_where_there_are_no_articles() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\nSố: 5/KH-UBND\nLâm Đồng, ngày 05 tháng 01 năm 2026\nKẾ HOẠCH\nThi đua\n"
        "I. MỤC ĐÍCH\n1. Nâng cao chất lượng.\n2. Theo điểm a của khoản 1 Mục II Kế hoạch này.\n"
        "II. NỘI DUNG\n1. Nội dung gồm:\na) Một;\nb) Hai.\n"
    )
    document = parse_text(text, name="ke-hoach.txt")
    found = [c for c in document.citations if c.scope == "internal"]
    assert [(c.text, c.provision) for c in found] == [("điểm a của khoản 1 Mục II Kế hoạch này", "II/1/a")]
    assert found[0].target_node is not None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("khoản 4, 5, 6 và 7 của Điều này", "Điều này/4; Điều này/5; Điều này/6; Điều này/7"),
        ("từ Điều 5 đến Điều 9", "Điều 5; Điều 6; Điều 7; Điều 8; Điều 9"),
        ("Điều 5 - 7", "Điều 5; Điều 6; Điều 7"),
        ("Điều 103 Mục 5 Chương XII Phần thứ nhất", "Điều 103"),
        ("các phụ lục 01, 03", "Phụ lục 01; Phụ lục 03"),
        ("phụ lục số 09", "Phụ lục 09"),
        ("khoản 5a Điều 12b", "Điều 12b/5a"),
        ("Phụ lục II đến Phụ lục IV", "Phụ lục II; Phụ lục III; Phụ lục IV"),
        ("điểm đ1 khoản 2 Điều 3", "Điều 3/2/đ1"),
        ("điểm 1.3, mục III, phần B", "Phần B/Mục III/1.3"),
        ("điểm 1.b, mục II, phần thứ hai", "Phần thứ hai/Mục II/1.b"),
        ("điều từ 5 đến 9", "Điều 5; Điều 6; Điều 7; Điều 8; Điều 9"),
        ("Điều 5 đến hết Điều 7", "Điều 5; Điều 6; Điều 7"),
        ("tiết b điểm 2 khoản 1 Điều 3", "Điều 3/1/2/b"),
        ("tiểu mục 2 mục I", "Mục I/Tiểu mục 2"),
        ("gạch đầu dòng thứ hai khoản 1 Điều 3", "Điều 3/1/gạch đầu dòng 2"),
        ("gạch đầu dòng thứ 4, 6 điểm a khoản 3 Điều 7", "Điều 7/3/a/gạch đầu dòng 4; Điều 7/3/a/gạch đầu dòng 6"),
        ("đoạn 2 khoản 3 Điều 4", "Điều 4/3/đoạn 2"),
        ("mục II.1", "Mục II/1"),
        ("mục 3 Điều 2", "Điều 2/3"),
        ("điểm b và c(ii) khoản 1 Điều 1", "Điều 1/1/b; Điều 1/1/c/ii"),
        ("mẫu số 01/ĐGTĐ-BHM Phụ lục III", "Phụ lục III/Mẫu số 01/ĐGTĐ-BHM"),
        ("Mục 2 Chương này", "Chương này/Mục 2"),
        ("Mẫu số 01 tại Phụ lục II", "Phụ lục II/Mẫu số 01"),
    ],
)
def test_expressions(text: str, written: str) -> None:
    assert [provisions.listed(run) for run in provisions.scan(text)] == [written]


@pytest.mark.parametrize(
    "text",
    [
        "điều kiện này",
        "thời điểm này",
        "tài khoản 5",
        "danh mục 3",
        "mục tiêu 2024",
        "điều này",
        "các khoản thu",
        "mục số này",
        "Điều 5/NQ-CP",
    ],
)
def test_no_expression(text: str) -> None:
    assert list(provisions.scan(text)) == []


PLAN = """ỦY BAN NHÂN DÂN
TỈNH THÁI NGUYÊN
Số: 12/KH-UBND
Thái Nguyên, ngày 01 tháng 02 năm 2025
KẾ HOẠCH
Cải cách hành chính
I. MỤC TIÊU
1. Nhiệm vụ (phân công theo Phụ lục đính kèm).
2. Theo dõi các nhiệm vụ tại Phụ lục kèm theo Kế hoạch này, mục 1 của Kế hoạch.
3. Phụ lục kèm theo Quyết định số 5/QĐ-TTg; phụ lục đính kèm hợp đồng.
PHỤ LỤC
PHÂN CÔNG NHIỆM VỤ
1. Sở Nội vụ chủ trì.
"""


def test_an_annex_without_a_number_is_the_documents_own() -> None:
    document = parse_text(PLAN, name="ke-hoach.txt")
    found = [(c.text, c.provision) for c in document.citations if c.scope == "internal"]
    assert found[:2] == [("Phụ lục đính kèm", "Phụ lục"), ("Phụ lục kèm theo Kế hoạch này", "Phụ lục")]
    assert "phụ lục đính kèm" not in [text for text, _ in found]


def test_each_this_is_of_the_place_where_it_stands() -> None:
    text = DECREE.replace("trừ trường hợp quy định tại điểm a khoản này", "trừ quy định tại điểm a khoản này và khoản 2 Điều này")
    found = [(c.text, c.provision) for c in parse_text(text, name="nghi-dinh.txt").citations if c.scope == "internal"]
    assert ("điểm a khoản này và khoản 2 Điều này", "Điều 2/1/a; Điều 2/2") in found


def test_this_may_be_left_out_of_the_documents_own_name() -> None:
    text = DECREE.replace("theo khoản 1 Điều này và Điều 1 Nghị định này.", "được quy định tại Điều 1 của Nghị định.")
    document = parse_text(text, name="nghi-dinh.txt")
    assert ("Điều 1 của Nghị định", "Điều 1") in [(c.text, c.provision) for c in document.citations if c.scope == "internal"]


def test_the_label_of_the_next_item_is_no_provision() -> None:
    runs = list(provisions.scan("quy định tại điểm b khoản 3 Điều 12;\nb) Không quá 5 ngày"))
    assert [provisions.listed(run) for run in runs] == ["Điều 12/3/b"]


REGULATION = """ỦY BAN NHÂN DÂN
TỈNH THÁI NGUYÊN
Số: 5/2024/QĐ-UBND
Thái Nguyên, ngày 01 tháng 02 năm 2024
QUYẾT ĐỊNH
Ban hành Quy chế làm việc
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.
Điều 2. Bãi bỏ các quy định sau của Quyết định số 7/2020/QĐ-UBND:
a) Điều 1; khoản 1 Điều 2;
b) Điều 3.
Điều 3. Quyết định này có hiệu lực từ ngày ký.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn A

QUY CHẾ
LÀM VIỆC
(Ban hành kèm theo Quyết định số 5/2024/QĐ-UBND ngày 01 tháng 02 năm 2024 của Ủy ban nhân dân tỉnh)
Điều 1. Phạm vi
Quy chế này quy định việc làm.
Điều 2. Họp
1. Họp hằng tháng.
2. Lập biên bản theo Mẫu số 02 ban hành kèm theo Quy chế này.
Điều 3. Thông báo
Thông báo theo khoản 1 Điều 2 Quy chế này và Điều này.
"""


def test_what_is_attached_calls_itself_by_its_own_name() -> None:
    document = parse_text(REGULATION, name="quyet-dinh.txt")
    found = [(c.text, c.scope, c.provision, c.target_node) for c in document.citations if c.scope != "external"]
    annex = next(node.id for node in document.nodes if node.kind == "appendix")
    assert [row[:3] for row in found] == [
        ("Quyết định này", "self", ""),
        ("Quyết định này", "self", ""),
        ("Quy chế này", "self", ""),
        ("Mẫu số 02 ban hành kèm theo Quy chế này", "internal", "Mẫu số 02"),
        ("khoản 1 Điều 2 Quy chế này", "internal", "Điều 2/1"),
        ("Điều này", "internal", "Điều 3"),
    ]
    assert found[2][3] == annex
    assert all((id or "").startswith(annex) for *_, id in found[4:])


def test_what_is_listed_as_repealed_is_the_other_instruments() -> None:
    document = parse_text(REGULATION, name="quyet-dinh.txt")
    lists = document.text.index("a) Điều 1; khoản 1"), document.text.index("Điều 3. Quyết định này có")
    assert [c.text for c in document.citations if c.scope == "internal" and lists[0] <= c.start < lists[1]] == []


CIRCULAR = """BỘ TÀI CHÍNH
Số: 40/2000/TT-BTC
Hà Nội, ngày 15 tháng 5 năm 2000
THÔNG TƯ
Hướng dẫn miễn thuế
I- ĐỐI TƯỢNG
1- Dự án khuyến khích đầu tư.
2- Dự án cơ khí:
2.1. Trong nước.
2.2. Ngoài nước, theo khoản này và Mục này.
II- THỦ TỤC
1- Đối tượng quy định tại điểm 1, mục I và điểm 2.1 mục I Thông tư này.
2- Hồ sơ theo mục I.2 Thông tư này.
"""


def test_points_of_a_text_without_articles() -> None:
    document = parse_text(CIRCULAR, name="thong-tu.txt")
    found = [(c.text, c.provision, c.target_node is not None) for c in document.citations if c.scope == "internal"]
    assert found == [
        ("khoản này và Mục này", "I/2; I", True),
        ("điểm 1, mục I và điểm 2.1 mục I Thông tư này", "I/1; I/2/2.1", True),
        ("mục I.2 Thông tư này", "I/2", True),
    ]


def test_a_note_speaks_of_the_provision_that_its_mark_stands_in() -> None:
    text = DECREE.replace("a) Có vốn;", "a) Có vốn[1];").replace(
        "Chương II\nĐIỀU KHOẢN THI HÀNH",
        "[1] Điểm này được sửa đổi theo quy định tại khoản 1 Điều 1 của Nghị định số 7/2021/NĐ-CP.\nChương II\nĐIỀU KHOẢN THI HÀNH",
    )
    document = parse_text(text, name="nghi-dinh.txt")
    assert [c.provision for c in document.citations if c.text == "Điểm này"] == ["Điều 2/1/a"]


@pytest.mark.parametrize(
    "text",
    [
        "Quy định chi tiết Nghị định số 7/2021/NĐ-CP, gồm: điểm b khoản 2 và khoản 1 Điều 2; khoản 1 Điều 3",
        "theo Luật Đầu tư tại Điều 1, Điều 2",
        "phù hợp với Mục 2 và Điều 1 về nghĩa vụ của các bên trong hợp đồng của Luật Thương mại",
    ],
)
def test_provisions_of_what_is_named_beside_them(text: str) -> None:
    document = parse_text(DECREE.replace("Nghị định này quy định về quản lý.", text + "."), name="nghi-dinh.txt")
    first = document.text.index(text)
    assert [c.text for c in document.citations if c.scope == "internal" and first <= c.start < first + len(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gửi báo cáo theo Đề cương (Phụ lục II)", [("Phụ lục II", "Phụ lục II")]),
        ("theo Đề cương kiểm tra (Phụ lục II đính kèm)", [("Phụ lục II đính kèm", "Phụ lục II")]),
        ("Thiết kế đồ họa (được quy định tại Phụ lục số 01)", [("Phụ lục số 01", "Phụ lục 01")]),
        ("thu hồi đất theo danh mục đính kèm", [("danh mục đính kèm", "Danh mục")]),
        ("khổ giấy và phụ lục\n4.1. Phông chữ", []),
        ("theo Phụ lục II của Công ước Basel", []),
    ],
)
def test_appendices_may_be_in_a_file_of_their_own(text: str, found: list[tuple[str, str]]) -> None:
    document = parse_text(DECREE.replace("Nghị định này quy định về quản lý.", text + "."), name="nghi-dinh.txt")
    first = document.text.index(text)
    inside = [c for c in document.citations if c.scope == "internal" and first <= c.start < first + len(text)]
    assert [(c.text, c.provision) for c in inside] == found


def test_provisions_listed_under_the_instrument_they_are_of() -> None:
    text = REGULATION.replace(
        "b) Điều 3.",
        "b) Điều 3.\nĐiều 2a. Hiệu lực\n1. Các quy định sau đây hết hiệu lực:\na) Các điều của Nghị định số 151/2025/NĐ-CP, bao gồm:\n- Điều 1; Điều 2, trừ khoản 1 Điều 2;"
        "\n2. Thực hiện theo khoản 1 Điều 2.",
    )
    document = parse_text(text, name="quyet-dinh.txt")
    assert "khoản 1 Điều 2" in [c.text for c in document.citations if c.scope == "internal"]
    first = document.text.index("- Điều 1; Điều 2, trừ")
    assert [c.text for c in document.citations if c.scope == "internal" and first <= c.start < first + 40] == []

"""Mandates: who must do what, by when; what is none."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.parser import Document, parse, parse_text
from vanban.parser.aims import actors, deadlines, directives, mandates
from vanban.parser.aims.directives import Where
from vanban.parser.aims.printed import Printed
from vanban.parser.model import Deadline, Mandate
from vanban.parser.names.bodies import Home

PHU_YEN = Home("Hội đồng nhân dân tỉnh Phú Yên", "tỉnh Phú Yên")
HEAD = """ỦY BAN NHÂN DÂN
TỈNH ĐỒNG NAI

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 182/KH-UBND

Đồng Nai, ngày 20 tháng 11 năm 2025

KẾ HOẠCH
Triển khai phòng, chống ma túy năm 2026

Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

"""


def plan(body: str) -> Document:
    return parse_text(HEAD + body)


def starts(document: Document) -> list[str]:
    return [" ".join(mandate.text.split()[:4]) for mandate in document.mandates]


def only(body: str) -> Mandate:
    mandates = plan(body).mandates
    assert len(mandates) == 1
    return mandates[0]


def test_without_aims_all_else_is_the_same_and_a_finding_says_so(seed: Path, seed_document: Document) -> None:
    plain = parse(seed, aims=False)
    assert seed_document.mandates
    assert seed_document.programmes
    left_out: dict[str, tuple[()]] = {"mandates": (), "targets": (), "programmes": ()}
    assert [finding.code for finding in plain.findings] == ["document.plain", *(finding.code for finding in seed_document.findings)]
    assert msgspec.structs.replace(plain, findings=()) == msgspec.structs.replace(seed_document, findings=(), **left_out)


def test_bullets_that_begin_with_a_verb() -> None:
    document = plan("I. NHIỆM VỤ\n\n- Tăng cường tuyên truyền.\n\n- Tổ chức, cá nhân có liên quan.\n\n- Tổ chức kiểm tra định kỳ.\n")
    assert starts(document) == ["Tăng cường tuyên truyền.", "Tổ chức kiểm tra"]
    assert {mandate.kind for mandate in document.mandates} == {"task"}


def test_objectives_and_targets() -> None:
    document = plan(
        "I. MỤC TIÊU\n\n1. Phấn đấu không còn điểm phức tạp.\n\n2. 100% xã được tuyên truyền.\n\n3. Tỷ lệ phát hiện: 80%.\n\n4. Giảm tội phạm: Từ 5% trở lên.\n"
    )
    assert starts(document) == ["Phấn đấu không còn", "100% xã được tuyên"]
    assert {mandate.kind for mandate in document.mandates} == {"objective"}


def test_heading_that_is_a_body_answers_for_its_bullets() -> None:
    document = plan(
        "I. PHÂN CÔNG TRÁCH NHIỆM\n\n1. Sở Tài chính:\n\n- Tham mưu bố trí kinh phí.\n\n2. Đề nghị Liên đoàn Lao động tỉnh\n\n- Tổ chức tuyên truyền.\n"
    )
    assert [(m.kind, m.actors, m.responsible) for m in document.mandates] == [
        ("assignment", (), ("Sở Tài chính tỉnh Đồng Nai",)),
        ("assignment", (), ("Liên đoàn Lao động tỉnh Đồng Nai",)),
    ]


def test_execution_clause_answers_for_tasks() -> None:
    document = plan(
        "I. NHIỆM VỤ\n\n1. Đẩy mạnh tuyên truyền.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Giao Công an tỉnh chủ trì, phối hợp với Sở Y tế tổ chức thực hiện Kế hoạch này.\n"
    )
    task, assignment = document.mandates
    assert (task.kind, task.responsible) == ("task", ("Công an tỉnh Đồng Nai",))
    assert [(a.name, a.role) for a in assignment.actors] == [("Công an tỉnh Đồng Nai", "lead"), ("Sở Y tế tỉnh Đồng Nai", "support")]
    assert assignment.responsible == ()


def test_lead_in_gives_way_to_its_items() -> None:
    assert starts(plan("I. NHIỆM VỤ\n\n1. Thực hiện các nhiệm vụ sau:\n\na) Rà soát địa bàn;\n\nb) Kiểm tra cơ sở.\n")) == [
        "Rà soát địa bàn;",
        "Kiểm tra cơ sở.",
    ]


def test_lead_in_stays_where_its_items_are_names() -> None:
    body = "I. NHIỆM VỤ\n\n1. Tổ chức triển khai thực hiện các dự án do Bộ Công an chủ trì:\n\n- Dự án 1: “Phòng ngừa”.\n\n- Dự án 2: “Cai nghiện”.\n"
    assert starts(plan(body)) == ["Tổ chức triển khai"]


def test_closing_sentence_that_calls_on_bodies() -> None:
    mandate = only(
        "I. NỘI DUNG\n\nTrên đây là Kế hoạch năm 2026, yêu cầu Thủ trưởng các sở, ban, ngành, Chủ tịch UBND các xã, phường nghiêm túc triển khai.\n"
    )
    assert [a.name for a in mandate.actors] == ["Thủ trưởng các sở, ban, ngành", "Chủ tịch Ủy ban nhân dân các xã, phường"]


def test_field_actions_and_span() -> None:
    document = plan("I. NHIỆM VỤ\n\n1. Kinh tế\n\n- Siết chặt kỷ luật tài chính; quản lý các khoản chi. Thực hiện hai đề án: A; B.\n")
    (mandate,) = document.mandates
    assert mandate.field == "NHIỆM VỤ › Kinh tế"
    assert mandate.actions == ("Siết chặt kỷ luật tài chính", "quản lý các khoản chi", "Thực hiện hai đề án: A; B")
    assert document.text[mandate.start : mandate.end].split() == mandate.text.split()


def test_what_it_carries_out(seed_document: Document) -> None:
    instrument = next(c for c in seed_document.citations if c.number == "117/NQ-CP")
    carrying = [m for m in seed_document.mandates if instrument.target in m.implements]
    assert [m.text[:24] for m in carrying] == ["Tập trung xây dựng và tr"] or carrying == []
    assert any(m.implements for m in seed_document.mandates)


def test_seed(seed_document: Document) -> None:
    assert len(seed_document.mandates) == 69
    by_kind = {kind: sum(m.kind == kind for m in seed_document.mandates) for kind in ("objective", "task", "assignment")}
    assert by_kind == {"objective": 3, "task": 63, "assignment": 3}
    tasks = [m for m in seed_document.mandates if m.kind == "task"]
    assert {m.responsible for m in tasks} == {("Ủy ban nhân dân tỉnh Thái Nguyên",)}


DECREE = """CHÍNH PHỦ

Số: 28/2003/NĐ-CP

Hà Nội, ngày 31 tháng 3 năm 2003

NGHỊ ĐỊNH
Quy định việc phát hành công trái

Điều 1. Phạm vi điều chỉnh

Nghị định này quy định việc phát hành công trái.

Điều 2. Phiếu công trái

1. Bộ Tài chính quy định kích thước, hình vẽ của phiếu.

2. Người sở hữu công trái có trách nhiệm giữ gìn phiếu.

3. Doanh nghiệp nộp hồ sơ trong thời hạn 5 ngày.

4. Chính phủ phát hành công trái.

Điều 3. Trách nhiệm của các bộ

1. Bộ Tài chính có trách nhiệm:

a) Tổ chức triển khai việc phát hành;

b) Căn cứ tình hình thu nhập dân cư để giao kế hoạch.

2. Tổ chức cung ứng dịch vụ có trách nhiệm:

a) Lưu trữ chứng từ.

Điều 4. Hiệu lực thi hành

1. Nghị định này có hiệu lực sau 15 ngày.

2. Các Bộ trưởng, Thủ trưởng cơ quan ngang Bộ chịu trách nhiệm thi hành Nghị định này.
"""


def test_rules_order_only_organs_of_the_state() -> None:
    document = parse_text(DECREE)
    assert starts(document) == ["Bộ Tài chính quy", "Tổ chức triển khai", "Căn cứ tình hình", "Các Bộ trưởng, Thủ"]
    assert [a.name for a in document.mandates[-1].actors] == ["Bộ trưởng", "Thủ trưởng cơ quan ngang Bộ"]


@pytest.mark.parametrize(
    "clause",
    [
        "2. Trong thời hạn 30 ngày kể từ ngày nhận đủ hồ sơ, Ủy ban nhân dân cấp tỉnh ban hành quyết định giao quản lý tài sản.",
        "2. Bộ Tài chính ban hành thông tư để quy định:\n\na) Mẫu phiếu;\n\nb) Sổ.",
        "2. Thủ trưởng tổ chức thuộc Bộ Tài chính được giao nhiệm vụ kiểm tra xử phạt vi phạm.",
        "2. Ngân hàng mẹ có nghĩa vụ thực hiện cam kết.",
        "2. Trình tự giải quyết: Doanh nghiệp gửi hồ sơ. Bộ Tài chính tổ chức kiểm tra, cấp giấy phép.",
        "2. Quy trình thực hiện giao nhiệm vụ:\n\na) Bộ Tài chính tổ chức rà soát, phê duyệt danh sách.",
        "2. Hội đồng Dân tộc thực hiện các hoạt động sau đây:\n\na) Kiến nghị Ủy ban Thường vụ Quốc hội xem xét báo cáo.",
    ],
)
def test_steps_and_powers_in_rules_are_no_mandates(clause: str) -> None:
    text = DECREE.replace("2. Người sở hữu công trái có trách nhiệm giữ gìn phiếu.", clause)
    assert starts(parse_text(text)) == starts(parse_text(DECREE))


def test_steps_under_a_heading_of_procedures_are_no_mandates() -> None:
    heading = "Điều 2. Trình tự, thủ tục xây dựng, ban hành, tổ chức thực hiện chương trình"
    steps = "1. Tổ chức thực hiện chương trình\n\nSau khi phê duyệt, Bộ Tài chính triển khai các công việc."
    text = DECREE.replace("Điều 2. Phiếu công trái", heading).replace("1. Bộ Tài chính quy định kích thước, hình vẽ của phiếu.", steps)
    assert starts(parse_text(text))[0] == "Tổ chức triển khai"


def test_whoever_is_spoken_of_in_a_condition_is_not_charged() -> None:
    point = "a) Trường hợp các bộ, cơ quan ngang bộ đề nghị cung cấp thông tin thì căn cứ yêu cầu công tác, cung cấp thông tin;"
    case = parse_text(DECREE.replace("a) Tổ chức triển khai việc phát hành;", point)).mandates[1]
    assert (case.actors, case.responsible) == ((), ("Bộ Tài chính",))


def test_what_the_issuer_decides_below_the_heading_of_an_article() -> None:
    text = HEAD.replace("KẾ HOẠCH", "NGHỊ QUYẾT").replace(
        "Triển khai phòng, chống ma túy năm 2026", "Điều chỉnh Chương trình lập pháp năm 2025"
    )
    body = (
        "Điều 1. Điều chỉnh Chương trình lập pháp\n\nBổ sung vào Chương trình 02 dự án.\n\nĐiều 2. Sở Tư pháp chịu trách nhiệm thi hành.\n"
    )
    assert starts(parse_text(text + body)) == ["Sở Tư pháp chịu"]


def test_sources_of_money_are_no_task() -> None:
    document = plan(
        "1. Nguồn vốn và giải pháp nguồn vốn thực hiện: Theo Đề án, nhu cầu vốn sẽ được bố trí từ các nguồn sau:\n\na) Vốn sự nghiệp.\n"
    )
    assert starts(document) == []


def test_a_label_without_its_object_orders_nothing() -> None:
    assert starts(plan("I. NHIỆM VỤ\n\nCơ quan chủ trì thẩm tra\n\n- Cơ quan chủ trì thẩm tra dự thảo.\n")) == ["Cơ quan chủ trì"]


def test_who_must_ask_others_is_charged_alone() -> None:
    text = DECREE.replace("a) Tổ chức triển khai việc phát hành;", "a) Yêu cầu các đơn vị có liên quan cử cán bộ;")
    asks = parse_text(text).mandates[1]
    assert (asks.text, asks.actors, asks.responsible) == ("Yêu cầu các đơn vị có liên quan cử cán bộ;", (), ("Bộ Tài chính",))


def test_attached_accounting_regime_lays_down_rules() -> None:
    text = HEAD.replace("KẾ HOẠCH\nTriển khai phòng, chống ma túy năm 2026", "QUYẾT ĐỊNH\nVề việc ban hành Chế độ kế toán")
    text += (
        "Điều 1. Ban hành Chế độ kế toán.\n\nĐiều 2. Sở Tài chính chịu trách nhiệm thi hành Quyết định này.\n\nKT. CHỦ TỊCH\n\n"
        "PHÓ CHỦ TỊCH\n\nTrần Văn Tá\n\nCHẾ ĐỘ KẾ TOÁN\n\n(Ban hành theo Quyết định số 12/2001/QĐ-BTC ngày 13/3/2001)\n\n"
        "Điều 1. Công việc kế toán:\n\n1. Phản ánh số hiện có và tình hình tăng, giảm tài sản.\n\n2. Lập và nộp đúng hạn các báo cáo tài chính.\n"
    )
    document = parse_text(text)
    assert starts(document) == ["Sở Tài chính chịu"]
    assert [node.heading or node.label for node in document.nodes if node.kind == "appendix"]


def test_reform_of_procedures_heads_tasks() -> None:
    document = plan(
        "I. NHIỆM VỤ\n\n1. Cải cách thủ tục hành chính\n\n- Rà soát hồ sơ.\n\n2. Điều kiện dự thi\n\n- Chấp hành tốt pháp luật.\n"
    )
    assert starts(document) == ["Rà soát hồ sơ."]


def test_quoted_text_orders_nothing() -> None:
    text = DECREE.replace(
        "Nghị định này quy định việc phát hành công trái.", "Sửa đổi khoản 4 như sau:\n\n“4. Bộ Công an có trách nhiệm hướng dẫn.”"
    )
    assert "Bộ Công an có trách" not in starts(parse_text(text))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            "Thường trực Hội đồng nhân dân, các Ban của Hội đồng nhân dân và các đại biểu Hội đồng nhân dân tỉnh căn cứ chức năng",
            ("Thường trực Hội đồng nhân dân tỉnh Phú Yên", "Ban Hội đồng nhân dân tỉnh Phú Yên", "Đại biểu Hội đồng nhân dân tỉnh Phú Yên"),
        ),
        (
            "Thủ trưởng các Sở, ban, ngành; Chủ tịch UBND cấp xã căn cứ",
            ("Thủ trưởng các Sở, ban, ngành", "Chủ tịch Ủy ban nhân dân cấp xã"),
        ),
        (
            "Bộ trưởng, Thủ trưởng cơ quan ngang Bộ, cơ quan thuộc Chính phủ chịu trách nhiệm",
            ("Bộ trưởng", "Thủ trưởng cơ quan ngang Bộ", "Thủ trưởng cơ quan thuộc Chính phủ"),
        ),
        (
            "Ủy ban nhân dân thành phố Hà Nội, tỉnh Quảng Ninh trực tiếp hỗ trợ",
            ("Ủy ban nhân dân thành phố Hà Nội", "Ủy ban nhân dân tỉnh Quảng Ninh"),
        ),
        ("Các Bộ: Quốc phòng, Văn hóa, Thể thao và Du lịch chủ động chỉ đạo", ("Bộ Quốc phòng", "Bộ Văn hóa, Thể thao và Du lịch")),
        ("Cơ quan lập đề án có trách nhiệm hoàn thiện hồ sơ", ("Cơ quan lập đề án",)),
        ("Cục Công nghệ thông tin chịu trách nhiệm hướng dẫn", ("Cục Công nghệ thông tin",)),
        (
            "Chủ tịch Ủy ban nhân dân các cấp và tổ chức, cá nhân khác có liên quan chịu trách nhiệm thi hành",
            ("Chủ tịch Ủy ban nhân dân các cấp", "Tổ chức, cá nhân khác có liên quan"),
        ),
        (
            "Giám đốc các Sở: Lao động - Thương binh và Xã hội, Tài chính; Chủ tịch Ủy ban nhân dân các quận, huyện và thị xã chịu trách nhiệm",
            (
                "Giám đốc Sở Lao động - Thương binh và Xã hội tỉnh Phú Yên",
                "Giám đốc Sở Tài chính tỉnh Phú Yên",
                "Chủ tịch Ủy ban nhân dân các quận, huyện và thị xã",
            ),
        ),
        ("Cục Quản lý, giám sát tổ chức tín dụng có trách nhiệm", ("Cục Quản lý, giám sát tổ chức tín dụng",)),
        (
            "Thủ trưởng các cơ quan, tổ chức, đơn vị thuộc phạm vi quản lý chịu trách nhiệm",
            ("Thủ trưởng các cơ quan, tổ chức, đơn vị thuộc phạm vi quản lý",),
        ),
        ("Hội đồng điều hành có trách nhiệm ban hành", ("Hội đồng điều hành",)),
        ("Chủ nhiệm Tổng cục Hậu cần - Kỹ thuật chịu trách nhiệm", ("Chủ nhiệm Tổng cục Hậu cần - Kỹ thuật",)),
        ("Thủ trưởng các đơn vị thuộc Bộ Giáo dục và Đào tạo chịu trách nhiệm", ("Thủ trưởng các đơn vị thuộc Bộ Giáo dục và Đào tạo",)),
        ("Ủy ban nhân dân tỉnh chỉnh sửa, thẩm xét Quy hoạch", ("Ủy ban nhân dân tỉnh Phú Yên",)),
        ("các Đoàn đại biểu Quốc hội và đại biểu Quốc hội, trong phạm vi", ("Đoàn đại biểu Quốc hội", "Đại biểu Quốc hội")),
        (
            "Ban Chỉ đạo Công tác thông tin đối ngoại, Trung tâm Hỗ trợ doanh nghiệp nhỏ và vừa phối hợp thực hiện",
            ("Ban Chỉ đạo Công tác thông tin đối ngoại", "Trung tâm Hỗ trợ doanh nghiệp nhỏ và vừa"),
        ),
        ("Ban Chỉ đạo phòng, chống tội phạm tỉnh chủ trì", ("Ban Chỉ đạo phòng, chống tội phạm tỉnh Phú Yên",)),
        ("Ban quản lý Khu Kinh tế Vân Đồn Quảng Ninh rà soát", ("Ban quản lý Khu Kinh tế Vân Đồn Quảng Ninh",)),
        ("Hội Liên hiệp Phụ nữ tỉnh, Tỉnh đoàn vận động", ("Hội Liên hiệp Phụ nữ tỉnh Phú Yên", "Tỉnh đoàn")),
        (
            "Cục trưởng Cục Đăng ký giao dịch bảo đảm và Bồi thường nhà nước và các tổ chức, cá nhân có liên quan chịu trách nhiệm",
            ("Cục trưởng Cục Đăng ký giao dịch bảo đảm và Bồi thường nhà nước", "Tổ chức, cá nhân có liên quan"),
        ),
        (
            "Cục trưởng Cục Nhà giáo và Cán bộ quản lý giáo dục, Thủ trưởng các đơn vị thuộc Bộ chịu trách nhiệm",
            ("Cục trưởng Cục Nhà giáo và Cán bộ quản lý giáo dục", "Thủ trưởng các đơn vị thuộc Bộ"),
        ),
        ("Cục Thuế quản lý thu, Sở Tài chính phối hợp", ("Cục Thuế",)),
        (
            "Người đứng đầu cơ quan, đơn vị sử dụng ngân sách nhà nước có trách nhiệm:",
            ("Người đứng đầu cơ quan, đơn vị sử dụng ngân sách nhà nước",),
        ),
        (
            "Doanh nghiệp nhà nước do Bộ quản lý, các cơ quan liên quan phản ánh",
            ("Doanh nghiệp nhà nước do Bộ quản lý", "Cơ quan liên quan"),
        ),
        (
            "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân cấp xã có trách nhiệm",
            ("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân cấp xã",),
        ),
        (
            "Ủy ban nhân dân và Sở Nội vụ các tỉnh, thành phố trực thuộc Trung ương chịu trách nhiệm",
            (
                "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",
                "Sở Nội vụ các tỉnh, thành phố trực thuộc Trung ương",
            ),
        ),
        ("Các Bộ Tài chính, Công an, Quốc phòng chủ động", ("Bộ Tài chính", "Bộ Công an", "Bộ Quốc phòng")),
        (
            "Giám đốc sở giáo dục và đào tạo; Giám đốc đại học chịu trách nhiệm",
            ("Giám đốc Sở Giáo dục và Đào tạo tỉnh Phú Yên", "Giám đốc đại học"),
        ),
        ("Đơn vị cung cấp dịch vụ kiểm định, kiểm tra có trách nhiệm kê khai", ("Đơn vị cung cấp dịch vụ kiểm định, kiểm tra",)),
        ("Các sở, ban, ngành và Ủy ban nhân dân các xã, phường tổ chức thực hiện", ("Sở, ban, ngành", "Ủy ban nhân dân các xã, phường")),
    ],
)
def test_list_of_bodies(words: str, names: tuple[str, ...]) -> None:
    group = actors.group(words, 0, PHU_YEN)
    assert group is not None
    assert group.names == names


@pytest.mark.parametrize(
    ("words", "charged"),
    [
        ("Trong quá trình thực hiện, Ủy ban nhân dân tỉnh chỉ đạo các ngành.", ["Ủy ban nhân dân tỉnh Phú Yên"]),
        ("Đối với các khoản chưa phân bổ, giao Ủy ban nhân dân tỉnh lập phương án.", ["Ủy ban nhân dân tỉnh Phú Yên"]),
        ("Trường hợp có ý kiến khác nhau, cơ quan chủ trì có trách nhiệm làm rõ.", ["Cơ quan chủ trì"]),
        ("Qua công tác xét xử để tăng cường kiến nghị với các cấp, các ngành nhằm hạn chế sơ hở.", []),
        ("Khuyến khích các doanh nghiệp mở rộng sản xuất.", []),
        (
            "Giám đốc các Sở; các thành viên Ban Chỉ đạo công tác Dân số tỉnh và các đơn vị, tổ chức, cá nhân có liên quan căn cứ Quyết định thi hành.",
            ["Giám đốc các Sở", "Thành viên Ban Chỉ đạo công tác Dân số tỉnh Phú Yên", "Đơn vị, tổ chức, cá nhân có liên quan"],
        ),
        (
            "Sở Tài chính có trách nhiệm bố trí vốn; Ủy ban nhân dân cấp xã chịu trách nhiệm giải ngân; kinh phí được cấp hai lần.",
            ["Sở Tài chính tỉnh Phú Yên", "Ủy ban nhân dân cấp xã"],
        ),
        ("Phối hợp với Sở Y tế tổ chức tuyên truyền.", []),
    ],
)
def test_who_is_charged(words: str, charged: list[str]) -> None:
    order = directives.order(words, Where("task", issuer=PHU_YEN.issuer), PHU_YEN)
    assert order is not None
    assert [actor.name for actor in order.actors if actor.role != "support"] == charged


@pytest.mark.parametrize(
    "words",
    [
        "Hội đồng nhân dân tỉnh thống nhất thông qua kế hoạch năm 2024.",
        "Được phép thực hiện các giải pháp cắt giảm thủ tục.",
        "Đồng thời, đánh giá cao sự nghiêm túc của thủ trưởng các sở, ngành:",
        "Không khuyến khích đầu tư khai thác sớm.",
        "Cơ quan đăng ký đầu tư có quyền yêu cầu bổ sung.",
        "Phân bổ ngân sách tỉnh cho các cơ quan: 2.113.490 triệu đồng;",
        "(Đính kèm các phụ lục 01, 03)",
        "Phòng, ban và các tổ chức tương đương.",
    ],
)
def test_what_orders_nothing(words: str) -> None:
    assert directives.order(words, Where("", issuer=PHU_YEN.issuer), PHU_YEN) is None


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("gửi trước ngày 08 tháng 12 năm 2025.", Deadline(text="trước ngày 08 tháng 12 năm 2025", to="2025-12-07")),
        ("xây dựng Kế hoạch trong Quý I/2026 để", Deadline(text="trong Quý I/2026", from_="2026-01-01", to="2026-03-31")),
        ("Quý I/2027, các cơ quan đánh giá", Deadline(text="Quý I/2027", from_="2027-01-01", to="2027-03-31")),
        ("bảo đảm đến hết năm 2030, có ít nhất 50%", Deadline(text="đến hết năm 2030", to="2030-12-31")),
        ("giai đoạn thực hiện 2009-2012.", Deadline(text="giai đoạn thực hiện 2009-2012", from_="2009-01-01", to="2012-12-31")),
        ("giai đoạn thực hiện đến năm 2012", Deadline(text="đến năm 2012", to="2012-12-31")),
        ("trong 6 tháng đầu năm 2026", Deadline(text="trong 6 tháng đầu năm 2026", from_="2026-01-01", to="2026-06-30")),
        ("trong những tháng cuối năm 2016 và đầu năm 2017, không để", Deadline(text="trong những tháng cuối năm 2016 và đầu năm 2017")),
        (
            "Kể từ ngày 01/7/2026 đến hết ngày 31/12/2027",
            Deadline(text="Kể từ ngày 01/7/2026 đến hết ngày 31/12/2027", from_="2026-07-01", to="2027-12-31"),
        ),
        ("gửi báo cáo trước ngày 15/12", Deadline(text="trước ngày 15/12", to="2025-12-14")),
        ("chậm nhất ngày 31/02/2026", Deadline(text="chậm nhất ngày 31/02/2026")),
        ("Hằng năm, báo cáo kết quả", Deadline(text="Hằng năm", recurring="yearly")),
        ("Chương trình phòng, chống ma túy đến năm 2030 phù hợp", None),
        ("Nghị quyết số 19-NQ/TW ngày 16 tháng 6 năm 2023 về nông nghiệp", None),
        ("các khoản thu phát sinh, phải nộp trong năm 2017", None),
    ],
)
def test_time_limit(words: str, limit: Deadline | None) -> None:
    assert deadlines.find(words, "2025-11-20") == limit


def test_what_must_not_be_is_a_task_where_tasks_are_set() -> None:
    document = plan("I. NHIỆM VỤ\n\n1. Sở Tài chính:\n\n- Không được bố trí vốn dàn trải, tuyệt đối không để phát sinh nợ đọng.\n")
    assert [(m.kind, m.responsible) for m in document.mandates] == [("assignment", ("Sở Tài chính tỉnh Đồng Nai",))]
    decree = DECREE.replace("a) Lưu trữ chứng từ.", "a) Không được tiết lộ thông tin.")
    assert "Không được tiết lộ" not in starts(parse_text(decree))


def test_whom_a_lead_in_calls_on() -> None:
    document = plan(
        "Trong năm 2026, để hoàn thành các chỉ tiêu, Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành tập trung thực hiện các nhiệm vụ sau:\n\n"
        "1. Đẩy mạnh tuyên truyền.\n"
    )
    assert [m.responsible for m in document.mandates] == [("Sở, ban, ngành",)]


def test_what_a_body_may_do_is_no_mandate_in_rules() -> None:
    text = DECREE.replace("2. Tổ chức cung ứng dịch vụ có trách nhiệm:", "2. Bộ Tài chính có các nhiệm vụ và quyền hạn sau:")
    assert "Lưu trữ chứng từ." not in starts(parse_text(text))
    duties = DECREE.replace("2. Tổ chức cung ứng dịch vụ có trách nhiệm:", "2. Bộ Tài chính có trách nhiệm:")
    assert "Lưu trữ chứng từ." in starts(parse_text(duties))


def test_a_case_is_no_duty_in_rules_and_a_form_orders_nothing() -> None:
    lead = "2. Tổ chức cung ứng dịch vụ có trách nhiệm:"
    case = DECREE.replace(lead, "2. Trường hợp phát hiện vi phạm, Bộ Tài chính áp dụng một trong các biện pháp:")
    assert "Lưu trữ chứng từ." not in starts(parse_text(case))
    form = plan("I. NHIỆM VỤ\n\n- Đề nghị Ủy ban nhân dân xã .................... xem xét, giải quyết.\n\n- Rà soát hộ nghèo.\n")
    assert starts(form) == ["Rà soát hộ nghèo."]


def test_under_what_was_done_nothing_is_ordered() -> None:
    document = plan(
        "I. KẾT QUẢ THỰC HIỆN\n\n1. Nhóm giải pháp về tuyên truyền\n\n- Tổ chức 10 lớp tập huấn.\n\nII. NHIỆM VỤ\n\n- Tăng cường kiểm tra.\n"
    )
    assert starts(document) == ["Tăng cường kiểm tra."]


def test_a_duty_behind_its_basis_in_rules() -> None:
    text = DECREE.replace(
        "a) Lưu trữ chứng từ.", "3. Căn cứ quy định tại Điều này, Bộ Công an có trách nhiệm quy định cụ thể các tiêu chí."
    )
    assert "Căn cứ quy định" in [" ".join(start.split()[:4]) for start in starts(parse_text(text))]


def test_bare_headings_of_execution_order_nothing() -> None:
    document = plan("Điều 3. Tổ chức thực hiện.\n\n1. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết.\n")
    assert starts(document) == ["Giao Ủy ban nhân"]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Giao Thường trực Hội đồng nhân dân tỉnh giám sát việc thực hiện.", "oversight"),
        ("Đại biểu Quốc hội, trong phạm vi nhiệm vụ, quyền hạn của mình, giám sát việc thực hiện Nghị quyết.", "oversight"),
        ("Giao Ban Pháp chế đôn đốc, kiểm tra và giám sát quá trình thực hiện.", "oversight"),
        ("Giao Ban Pháp chế kiểm tra việc thực hiện.", "charged"),
        ("Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh giám sát.", "requested"),
    ],
)
def test_role_of_the_charged(words: str, role: str) -> None:
    order = directives.order(words, Where("task", issuer=PHU_YEN.issuer), PHU_YEN)
    assert order is not None
    assert [actor.role for actor in order.actors] == [role]


LINES = (
    "I. NHIỆM VỤ",
    "1. Sở Tài chính:",
    "- Tăng cường 5% xã; giao Ủy ban nhân dân tỉnh,",
    "a) Phấn đấu đạt từ 6,5% đến 7% và 02 xã",
    "Điều 1. Phạm vi điều chỉnh",
    "“4. Bộ Công an có trách nhiệm:",
    "các Bộ: Y tế, Quốc phòng chỉ đạo: trước ngày 30/2/2025",
    "Trong thời hạn 5 ngày kể từ, nếu có, thì giao",
    "(trong đó: 1,2 tỷ đồng; giảm còn 1%)",
    "Trên đây là",
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_any_order_of_lines(lines: list[str]) -> None:
    document = plan("\n\n".join(lines))
    nodes = {node.id: node for node in document.nodes}
    assert len({mandate.node for mandate in document.mandates}) == len(document.mandates)
    for found in (*document.mandates, *document.targets):
        assert nodes[found.node].start <= found.start < found.end <= nodes[found.node].end
    for mandate in document.mandates:
        assert document.text[mandate.start : mandate.end].split() == mandate.text.split()
        assert mandate.deadline is None or mandate.deadline.text in mandate.text
        assert all(action in mandate.text for action in mandate.actions)


def test_an_article_that_adopts_a_report_may_go_on_to_tasks() -> None:
    document = plan(
        "Điều 1. Tán thành với những nội dung đánh giá tình hình thực hiện năm 2021 và kế hoạch năm 2022; nhấn mạnh một số vấn đề sau đây:\n\n"
        "1. Đánh giá tình hình năm 2021\n\n- Tổ chức 10 lớp tập huấn.\n\n2. Các nhiệm vụ, giải pháp chủ yếu\n\n- Tăng cường kiểm tra.\n"
    )
    assert starts(document) == ["Tăng cường kiểm tra."]


@pytest.mark.parametrize(
    ("words", "orders"),
    [
        ("Ủy ban Thường vụ Quốc hội chịu trách nhiệm và báo cáo công tác trước Quốc hội.", False),
        ("Bộ Nội vụ chịu trách nhiệm trước Chính phủ thực hiện quản lý nhà nước về công tác văn thư.", True),
    ],
)
def test_to_whom_a_body_answers_is_no_duty(words: str, orders: bool) -> None:
    assert (directives.order(words, Where("", "rules"), Home()) is not None) is orders


def test_what_parties_ask_for_in_a_trial_is_no_mandate() -> None:
    document = parse_text(HEAD + "I. NHIỆM VỤ\n\n1. Đề nghị Sở Tài chính báo cáo kết quả trước ngày 31/12/2025.\n")
    assert mandates.find(document.text, document.nodes, document.instrument, ())
    ruling = msgspec.structs.replace(document.instrument, type="Án lệ")
    assert mandates.find(document.text, document.nodes, ruling, ()) == ()


@given(
    st.lists(st.sampled_from(["Giao", "Sở", "a", "ab"]), min_size=1, max_size=6),
    st.lists(st.sampled_from([" ", "\n", "  ", " \n "]), min_size=8, max_size=9),
)
def test_words_are_found_as_printed(words: list[str], blanks: list[str]) -> None:
    text = "".join(f"{blank}{word}" for word, blank in zip(words, blanks, strict=False)) + blanks[-1]
    line = " ".join(words)
    place = Printed(text, 0, len(text), line)
    at = 0
    for word in words:
        assert text[place.at(at) : place.at(at + len(word), ends=True)] == word
        at += len(word) + 1


def test_a_committees_board_is_charged_though_giao_ban_is_a_meeting() -> None:
    charged = only("I. NHIỆM VỤ\n\n1. Giao ban thường vụ các tỉnh uỷ, thành uỷ tập trung lãnh đạo, chỉ đạo xây dựng Đề án.\n")
    assert [actor.name for actor in charged.actors] == ["Ban thường vụ các tỉnh ủy", "Thành ủy"]


def test_what_bodies_are_concerned_with_is_no_part_of_their_name() -> None:
    charged = only(
        "I. TỔ CHỨC THỰC HIỆN\n\n1. Chính quyền địa phương các đơn vị hành chính liên quan đến việc thực hiện sắp xếp có trách nhiệm tổ chức"
        " thi hành Kế hoạch này.\n"
    )
    assert [actor.name for actor in charged.actors] == ["Chính quyền địa phương các đơn vị hành chính"]


def test_a_headings_past_is_told_though_it_ends_like_a_sentence() -> None:
    document = plan(
        "I. NỘI DUNG\n\n1. Đánh giá tổng quát 5 năm thực hiện Nghị quyết.\n\n- Tăng cường kiểm tra 12 cuộc.\n\n2. Tăng cường tuyên truyền.\n"
    )
    assert starts(document) == ["Tăng cường tuyên truyền."]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Giao Phó Thủ tướng Trần Hồng Hà chỉ đạo hoàn thiện Đề án.", ["Phó Thủ tướng Trần Hồng Hà"]),
        (
            "Đồng chí Nguyễn Văn Bình, Phó Chủ tịch Ủy ban nhân dân tỉnh chỉ đạo Sở Y tế báo cáo.",
            ["Phó Chủ tịch Ủy ban nhân dân tỉnh Đồng Nai"],
        ),
        ("Thứ trưởng Bộ Nội vụ chủ trì xây dựng Nghị định.", ["Thứ trưởng Bộ Nội vụ"]),
    ],
)
def test_deputies_and_named_holders_of_an_office_are_charged(words: str, names: list[str]) -> None:
    assert [actor.name for actor in only(f"I. NHIỆM VỤ\n\n1. {words}\n").actors] == names


def test_who_only_tells_others_is_charged_with_nothing() -> None:
    assert starts(
        plan("I. NHIỆM VỤ\n\n1. Tăng cường tuyên truyền.\n\nỦy ban nhân dân tỉnh xin thông báo để các địa phương biết, thực hiện./.\n")
    ) == ["Tăng cường tuyên truyền."]


def test_a_dash_behind_a_number_is_no_part_of_what_is_ordered() -> None:
    """The Party's offices number so: "1- Các cấp ủy …", "2- Ban cán sự đảng …:"."""
    document = plan(
        "I- NHIỆM VỤ\n\n1- Các cấp ủy, tổ chức đảng và các đoàn thể tiếp tục quán triệt Chỉ thị; định kỳ 6 tháng báo cáo.\n\n"
        "2- Đảng đoàn Hội đồng nhân dân tỉnh:\n\n- Lãnh đạo tăng cường giám sát.\n"
    )
    first, second = document.mandates
    assert [actor.name for actor in first.actors] == ["Cấp ủy", "Tổ chức đảng", "Đoàn thể"]
    assert first.text.startswith("Các cấp ủy") and document.text[first.start : first.end] == first.text
    assert first.field == "NHIỆM VỤ"
    assert first.deadline == Deadline(text="định kỳ 6 tháng", recurring="half-yearly")
    assert second.responsible == ("Đảng đoàn Hội đồng nhân dân tỉnh Đồng Nai",)


@pytest.mark.parametrize(
    "decided",
    [
        "Kiện toàn Ban Chỉ đạo thực hiện Đề án gồm các ông (bà) có tên sau:",
        "Thu hồi 2.345 m2 đất của Công ty A.",
        "Cử ông Nguyễn Văn An tham gia.",
    ],
)
def test_what_the_issuer_itself_decides_is_no_task_and_those_named_carry_it_out(decided: str) -> None:
    document = parse_text(
        "ỦY BAN NHÂN DÂN\nTỈNH BÌNH ĐỊNH\n\nSố: 1234/QĐ-UBND\n\nBình Định, ngày 15 tháng 4 năm 2024\n\nQUYẾT ĐỊNH\nVề việc kiện toàn\n\n"
        f"QUYẾT ĐỊNH:\n\nĐiều 1. {decided}\n\n1. Trưởng Ban: Ông Phạm Anh Tuấn - Chủ tịch Ủy ban nhân dân tỉnh.\n\n2. Phó Trưởng Ban:\n\n"
        "- Ông Nguyễn Tuấn Thanh - Phó Chủ tịch Thường trực Ủy ban nhân dân tỉnh;\n\n"
        "Điều 2. Chánh Văn phòng và các ông (bà) có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.\n"
    )
    (only_one,) = document.mandates
    assert [actor.name for actor in only_one.actors][-1] == "Ông (bà) có tên tại Điều 1"


@pytest.mark.parametrize(
    ("words", "actors", "deadline"),
    [
        ("UBND các huyện, thị xã: Chịu trách nhiệm trước Chủ tịch UBND tỉnh.", [("Ủy ban nhân dân các huyện, thị xã", "charged")], None),
        ("Sở Y tế: Căn cứ tình hình thực tế, tổ chức thực hiện.", [("Sở Y tế tỉnh Lào Cai", "charged")], None),
        ("Sở Xây dựng: Phải trình quy hoạch trước ngày 30/6/2025.", [("Sở Xây dựng tỉnh Lào Cai", "charged")], "trước ngày 30/6/2025"),
        ("Thanh tra tỉnh: Hằng năm xây dựng kế hoạch.", [("Thanh tra tỉnh Lào Cai", "charged")], "Hằng năm"),
        ("Sở Tư pháp: Chủ trì rà soát văn bản.", [("Sở Tư pháp tỉnh Lào Cai", "lead")], None),
        ("Báo cáo kết quả trước ngày 15 hằng tháng.", [], "trước ngày 15 hằng tháng"),
        ("Gửi báo cáo trước ngày 20 của tháng cuối quý.", [], "trước ngày 20 của tháng cuối quý"),
        ("Chậm nhất ngày 30/11 hằng năm gửi báo cáo về Bộ Nội vụ.", [], "Chậm nhất ngày 30/11 hằng năm"),
        ("Gửi báo cáo trước ngày 15/12 hằng năm.", [], "trước ngày 15/12 hằng năm"),
    ],
)
def test_who_does_what_behind_a_colon_and_again_and_again(words: str, actors: list[tuple[str, str]], deadline: str | None) -> None:
    head = "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nSố: 12/KH-UBND\nLào Cai, ngày 06 tháng 12 năm 2024\nKẾ HOẠCH\nCông tác năm 2025\nI. NHIỆM VỤ\n"
    (mandate,) = parse_text(f"{head}1. {words}\n").mandates
    assert [(actor.name, actor.role) for actor in mandate.actors] == actors
    assert (mandate.deadline.text if mandate.deadline else None) == deadline
    if deadline and "ằng" in deadline:
        assert mandate.deadline is not None
        assert (mandate.deadline.to, mandate.deadline.recurring) == (None, "monthly" if "tháng" in deadline else "yearly")

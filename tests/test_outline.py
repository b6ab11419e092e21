"""The tree: which node lies in which, told by labels alone."""

from __future__ import annotations

import pytest

from vanban.parser import Document, parse_text
from vanban.parser.model import Node
from vanban.parser.reading import Block, Cell, Reading
from vanban.parser.structure import outline, repair


def tree(text: str, format: str = "plain") -> list[str]:
    """The labelled nodes and paragraphs of the body as paths: ``Điều 1/1/a``, ``Điều 1/¶``."""
    return paths(parse_text(text, format=format))


def paths(document: Document) -> list[str]:
    by_id: dict[str, Node] = {node.id: node for node in document.nodes}
    made = []
    for node in document.nodes:
        if not node.label and node.kind != "paragraph":
            continue
        parts, here = [], node
        while True:
            if here.label or here is node:
                parts.append(here.label.strip('“" ').rstrip(".:)") or "¶")
            if here.parent is None:
                break
            here = by_id[here.parent]
        made.append("/".join(reversed(parts)))
    return made


def test_numbers_restart_under_each_parent() -> None:
    text = "Điều 2. Thông qua mục tiêu sau:\n\nI. Mục tiêu\n\n1. Chung\n\n2. Cụ thể\n\n2.1. Kinh tế\n\n- GRDP: 7,5%.\n\n+ Nông nghiệp\n\n2.2. Xã hội\n\n- Y tế\n\nII. Nhiệm vụ\n\n1. Kinh tế\n\n1.1. Nông nghiệp\n\nĐiều 3. Tổ chức thực hiện\n\n1. Giao Ủy ban."
    assert tree(text) == [
        "Điều 2", "Điều 2/I", "Điều 2/I/1", "Điều 2/I/2", "Điều 2/I/2/2.1", "Điều 2/I/2/2.1/-", "Điều 2/I/2/2.1/-/+", "Điều 2/I/2/2.2",
        "Điều 2/I/2/2.2/-", "Điều 2/II", "Điều 2/II/1", "Điều 2/II/1/1.1", "Điều 3", "Điều 3/1",
    ]  # fmt: skip


def test_a_number_is_a_clause_right_below_an_article_and_a_heading_elsewhere() -> None:
    document = parse_text("Điều 1. Phạm vi\n\n1. Một.\n\na) Điểm.\n\nĐiều 2. Mục tiêu sau:\n\nI. Chung\n\n1. Hai")
    kinds = {node.label + node.parent if node.parent else node.label: node.kind for node in document.nodes}
    assert kinds == {
        "Điều 1.": "article",
        "1.art_1": "clause",
        "a)art_1__cl_1": "point",
        "Điều 2.": "article",
        "I.art_2": "heading",
        "1.art_2__hd_I": "heading",
    }


def test_ids_keep_đ_and_hold_the_whole_path() -> None:
    document = parse_text("Điều 1. Gồm:\n\n1. Các điểm:\n\nc) C.\n\nd) D.\n\nđ) Đ.")
    assert [node.id for node in document.nodes][2:] == ["art_1__cl_1__pt_c", "art_1__cl_1__pt_d", "art_1__cl_1__pt_đ"]


def test_ids_do_not_change_when_text_elsewhere_does() -> None:
    before = "Điều 1. Một.\n\nĐiều 2. Hai:\n\n- Việc."
    after = "Điều 1. Một, viết lại dài hơn.\n\n- Thêm một việc.\n\nĐiều 2. Hai:\n\n- Việc."
    ids = {node.id for node in parse_text(before).nodes}
    assert ids <= {node.id for node in parse_text(after).nodes}


def test_heading_on_the_line_below_its_label_belongs_to_it() -> None:
    document = parse_text("Chương I\n\nNHỮNG QUY ĐỊNH CHUNG\n\nĐiều 1\n\nPhạm vi điều chỉnh\n\nLuật này quy định về thuế.")
    chapter, article, paragraph = document.nodes
    assert (chapter.label, chapter.heading) == ("Chương I", "NHỮNG QUY ĐỊNH CHUNG")
    assert (article.label, article.heading, article.parent) == ("Điều 1", "Phạm vi điều chỉnh", chapter.id)
    assert paragraph.kind == "paragraph" and paragraph.parent == article.id


def test_several_articles_on_one_line() -> None:
    text = "Điều 1. Thông qua kế hoạch phát triển kinh tế - xã hội năm 2024 của tỉnh. Điều 2. Giao Ủy ban nhân dân tỉnh. Điều 3. Nghị quyết có hiệu lực."
    assert tree(text) == ["Điều 1", "Điều 2", "Điều 3"]


def test_quoted_provisions_are_children_of_the_one_that_quotes_them() -> None:
    text = (
        "Điều 1. Sửa đổi, bổ sung một số điều\n\n1. Sửa đổi khoản 2 Điều 3 như sau:\n\n“2. Mức chi:\n\na) Một;\n\nb) Hai.”.\n\n"
        "2. Bổ sung Điều 7a như sau:\n\n“Điều 7a. Trách nhiệm\n\n1. Của Bộ.\n\n2. Của tỉnh.”\n\nĐiều 2. Hiệu lực"
    )
    assert tree(text) == [
        "Điều 1", "Điều 1/1", "Điều 1/1/2", "Điều 1/1/2/a", "Điều 1/1/2/b", "Điều 1/2", "Điều 1/2/Điều 7a", "Điều 1/2/Điều 7a/1",
        "Điều 1/2/Điều 7a/2", "Điều 2",
    ]  # fmt: skip


def test_a_quotation_on_the_line_of_its_lead_in() -> None:
    text = (
        "Điều 1. Sửa đổi, bổ sung một số điều\n\n1. Sửa đổi Điều 5 như sau: “Điều 5. Phạm vi\n\n1. Một.\n\n2. Hai.”.\n\n"
        '2. Sửa đổi khoản 3 Điều 6 như sau: “3. Ba.”.\n\n3. Bổ sung điểm c như sau: "c) Bốn;\n\nd) Năm.".\n\n'
        "4. Sửa đổi tên như sau: “Quy chế mới”.\n\nĐiều 2. Sửa đổi Điều 9 như sau: “Điều 9. Hiệu lực\n\n1. Sáu.”.\n\nĐiều 3. Hiệu lực"
    )
    assert tree(text) == [
        "Điều 1", "Điều 1/1", "Điều 1/1/Điều 5", "Điều 1/1/Điều 5/1", "Điều 1/1/Điều 5/2", "Điều 1/2", "Điều 1/2/3", "Điều 1/3", "Điều 1/3/c",
        "Điều 1/3/d", "Điều 1/4", "Điều 2", "Điều 2/Điều 9", "Điều 2/Điều 9/1", "Điều 3",
    ]  # fmt: skip
    assert [f.code for f in parse_text(text).findings if f.code.startswith("structure.")] == []


def test_a_list_goes_on_below_a_line_that_ends_in_a_year() -> None:
    text = "I. Phương án điều chỉnh quy hoạch sử dụng đất đến\nnăm 2020\n1. Diện tích, cơ cấu các\nloại đất\n2. Diện tích chuyển mục\nđích sử dụng"
    assert tree(text, "markdown") == ["I", "I/1", "I/2"]


def test_a_wrap_before_the_dash_of_a_name_opens_no_bullet() -> None:
    text = (
        "Căn cứ Luật Đất đai;\nTheo đề nghị của Sở Lao động\n- Thương binh và Xã hội tại Tờ trình số 92/TTr-SLĐTBXH ngày 06/4/2021.\nQUYẾT ĐỊNH:\n"
        "Điều 1. Giám đốc các Sở: Lao động\n- Thương binh và Xã hội, Nội vụ chịu trách nhiệm thi hành Quyết định\nnày.\n- Thương mại phát triển."
    )
    assert tree(text)[-2:] == ["Điều 1", "Điều 1/-"]


def test_a_sign_on_a_line_of_its_own_is_a_paragraph() -> None:
    document = parse_text("Điều 1. Hệ số (HS)\n\n=\n\nmức biến động thị trường\n\nĐiều 2. Xong.", format="markdown")
    assert [node.text for node in document.nodes if node.kind == "paragraph"] == ["=", "mức biến động thị trường"]


def test_a_paragraph_cut_by_a_page_break_is_one() -> None:
    document = parse_text(
        "Điều 1. Phát triển hạ tầng nông thôn; kết nối nông thôn\n\nvới đô thị. Tiếp tục cơ cấu lại.\n\nĐiều 2. Xong.", format="markdown"
    )
    assert [node.label for node in document.nodes] == ["Điều 1.", "Điều 2."]
    assert document.nodes[0].text.endswith("kết nối nông thôn với đô thị. Tiếp tục cơ cấu lại.")


def test_heading_depth_of_markdown_carries_no_information() -> None:
    text = "#### I. Mục tiêu\n\n# 1. Chung\n\n##### 2. Cụ thể\n\n## 2.1. Kinh tế\n\n# II. Nhiệm vụ"
    assert tree(text, "markdown") == ["I", "I/1", "I/2", "I/2/2.1", "II"]


def test_bullets_after_a_lead_in_paragraph_are_its_siblings() -> None:
    assert tree("Điều 1. Nhiệm vụ\n\nTrong đó có:\n\n- Một;\n\n- Hai.") == ["Điều 1", "Điều 1/¶", "Điều 1/-", "Điều 1/-"]


def test_a_repeated_label_is_a_node_of_its_own() -> None:
    document = parse_text("Điều 1. Gồm:\n\na) Một;\n\nb) Hai;\n\nb) Ba;\n\nc) Bốn.")
    assert [node.id for node in document.nodes][1:] == ["art_1__pt_a", "art_1__pt_b", "art_1__pt_b~2", "art_1__pt_c"]


def test_the_adoption_sentence_stands_at_the_left_margin() -> None:
    text = "NGHỊ QUYẾT\n\nVề kế hoạch\n\nQUYẾT NGHỊ:\n\nĐiều 1. Giao Ủy ban.\n\n1. Một.\n\nNghị quyết này đã được Hội đồng nhân dân tỉnh thông qua ngày 08 tháng 12 năm 2023./."
    last = parse_text(text).nodes[-1]
    assert (last.kind, last.parent, last.role) == ("paragraph", None, "adoption")


def test_attached_regulation_numbers_its_own_articles() -> None:
    text = (
        "QUYẾT ĐỊNH\n\nBan hành Quy chế\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế.\n\nĐiều 2. Hiệu lực.\n\nKT. CHỦ TỊCH\n\nPHÓ CHỦ TỊCH\n\n"
        "Nguyễn Văn An\n\nQUY CHẾ\n\nLÀM VIỆC CỦA ỦY BAN\n\n(Ban hành kèm theo Quyết định số 10/QĐ-UBND)\n\nChương I\n\nCHUNG\n\nĐiều 1. Phạm vi"
    )
    assert tree(text) == ["Điều 1", "Điều 2", "QUY CHẾ", "QUY CHẾ/Chương I", "QUY CHẾ/Chương I/Điều 1"]


def test_appendices_are_nodes_of_their_own() -> None:
    text = "NGHỊ QUYẾT\n\nVề mức chi\n\nQUYẾT NGHỊ:\n\nĐiều 1. Mức chi.\n\nCHỦ TỊCH\n\nTrần Văn B\n\nPhụ lục I\n\nMỨC CHI\n\n(Kèm theo Nghị quyết số 1/NQ-HĐND)\n\n1. Hội nghị\n\nPhụ lục II\n\nĐỊNH MỨC\n\n1. Xăng"
    assert tree(text) == ["Điều 1", "Phụ lục I", "Phụ lục I/1", "Phụ lục II", "Phụ lục II/1"]


def test_table_cells_are_kept_and_never_read_as_clauses() -> None:
    text = "**Điều 1. Mức chi**\n\n|\n**STT**\n|\n**Nội dung**\n|\n|\n1. Hội nghị\n|\n2.000.000\n|\n\n**Điều 2. Hiệu lực**\n"
    document = parse_text(text, format="markdown")
    table, head, row = [node for node in document.nodes if node.kind == "table"]
    assert (table.text, table.parent, head.text, row.text) == ("STT", "art_1", "Nội dung", "1. Hội nghị 2.000.000")
    assert [(c.row, c.column, document.text[c.start : c.end]) for c in row.cells] == [(1, 0, "1. Hội nghị"), (1, 1, "2.000.000")]
    assert not [node for node in document.nodes if node.kind == "clause"]


def test_a_numeral_out_of_its_series_is_no_heading() -> None:
    assert tree("Điều 1. Mã số gồm:\n\n1. Một.\n\nX: Loại hình cơ sở.\n\n2. Hai.") == ["Điều 1", "Điều 1/1", "Điều 1/1/¶", "Điều 1/2"]


def test_an_attached_title_in_small_letters_belongs_to_the_appendix() -> None:
    text = "Số: 5/QĐ-UBND\n\nQUYẾT ĐỊNH\n\nVề quy tắc\n\nCăn cứ Luật Thư viện;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Văn An\n\nQUY CHẾ\n\nTổ chức thư viện xã\n\n(Ban hành kèm theo Quyết định số 5/QĐ-UBND)\n\nĐiều 1. Phạm vi"
    nodes = parse_text(text, format="plain").nodes
    (appendix,) = (node for node in nodes if node.kind == "appendix")
    assert (appendix.label, appendix.heading) == ("QUY CHẾ", "Tổ chức thư viện xã (Ban hành kèm theo Quyết định số 5/QĐ-UBND)")


def test_what_is_attached_needs_no_known_kind() -> None:
    text = "QUYẾT ĐỊNH\n\nVề cờ\n\nCăn cứ Luật Thể thao;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành.\n\nCHỦ TỊCH\n\nTrần Văn An\n\nLUẬT CHƠI CỜ NGƯỜI\n\n(Kèm theo Quyết định số 5/QĐ-UBND)\n\n1. Sân chơi."
    kinds = [(node.kind, node.heading) for node in parse_text(text, format="plain").nodes if node.kind in ("signature", "appendix")]
    assert kinds == [("signature", ""), ("signature", ""), ("appendix", "LUẬT CHƠI CỜ NGƯỜI (Kèm theo Quyết định số 5/QĐ-UBND)")]


def test_article_with_a_stop_and_a_dash() -> None:
    (article,) = parse_text("Điều 1.- Nghị định này quy định việc giao rừng.", format="plain").nodes
    assert (article.label, article.text) == ("Điều 1.", "- Nghị định này quy định việc giao rừng.")


def test_a_sample_label_in_a_cell_frames_nothing() -> None:
    """A guide's table of forms: "Điều 1. …" among other cells of its row is what the cell says."""
    rows = [
        "| Thành phần | Minh họa | Cỡ chữ |",
        "| --- | --- | --- |",
        "| - Điều | Điều 1. Bản sao văn bản | 14 |",
        "| Phụ lục | Phụ lục I | 14 |",
    ]
    document = parse_text("I. Quy định chung\n\n" + "\n".join(rows) + "\n\nII. Tổ chức thực hiện\n", name="x", format="markdown")
    assert [node.label for node in document.nodes if node.kind != "table"] == ["I.", "II."]
    framed = parse_text("| Điều 1. Phạm vi |\n| Điều 2. Đối tượng |\n", name="x", format="markdown")
    assert [node.label for node in framed.nodes] == ["Điều 1.", "Điều 2."]


@pytest.mark.parametrize(("line", "label", "rest"), [
    ("I- MỤC TIÊU, YÊU CẦU", "I", "- MỤC TIÊU, YÊU CẦU"), ("I. - Mục tiêu", "I.", "- Mục tiêu"), ("1 - Thu nội địa", "1", "- Thu nội địa"),
    ("1.1 - Chi đầu tư phát triển", "1.1", "- Chi đầu tư phát triển"), ("Chương I - Quy định chung", "Chương I", "- Quy định chung"),
])  # fmt: skip
def test_a_dash_behind_a_label_is_no_part_of_it(line: str, label: str, rest: str) -> None:
    (node,) = parse_text(line, format="plain").nodes
    assert (node.label, node.heading + node.text) == (label, rest)


def test_tiet_below_its_point() -> None:
    """ "b. 1." and "b.1)" lie in b, "(1)" lies in them; "a1)" was put in between a and b."""
    text = "Điều 1. Vốn:\n1. Nguồn:\na) Huyện;\na1) Xã;\nb) Tỉnh:\nb.1) Trung ương;\nb. 2. Địa phương:\n(1) Trả nợ;\n(2) Đối ứng;\nb.3) Khác;\nc) Nguồn khác."
    document = parse_text(text, format="plain")
    labels = {node.id: node.label for node in document.nodes}
    assert [(node.label, labels[node.parent]) for node in document.nodes if node.parent and node.kind in ("point", "bullet")] == [
        ("a)", "1."), ("a1)", "1."), ("b)", "1."), ("b.1)", "b)"), ("b. 2.", "b)"), ("(1)", "b. 2."), ("(2)", "b. 2."), ("b.3)", "b)"), ("c)", "1."),
    ]  # fmt: skip


def test_numbered_points_below_a_point_that_announces_them() -> None:
    text = "Điều 3. Đất:\n1. Diện tích:\na) Một;\nb) Không bao gồm:\nb1) Hai;\nb2) Ba;\nc) Bốn."
    labels = {node.id: node.label for node in parse_text(text, format="plain").nodes}
    found = [(node.label, labels[node.parent]) for node in parse_text(text, format="plain").nodes if node.parent]
    assert found == [("1.", "Điều 3."), ("a)", "1."), ("b)", "1."), ("b1)", "b)"), ("b2)", "b)"), ("c)", "1.")]
    put_in = parse_text("Điều 3. Đất:\n1. Diện tích:\na) Một;\na1) Hai;\nb) Ba.", format="plain").nodes
    assert len({node.parent for node in put_in if node.kind == "point"}) == 1


def test_a_sample_signature_signs_nothing() -> None:
    """A guide shows how to sign: what stands there is no signature of the guide."""
    sample = "- Trường hợp có con dấu riêng.\n\nVí dụ 1: Văn bản của đại hội\n\nT/M ĐOÀN CHỦ TỊCH\n\n(chữ ký)\n\nHọ và tên\n\nVí dụ 2: Văn bản khác\n\nT/M ĐOÀN THƯ KÝ\n\nTRƯỞNG ĐOÀN (chữ ký)\n\nHọ và tên\n\nb) Đối với cấp ủy."
    text = f"HƯỚNG DẪN\n\nVề thể thức\n\nCăn cứ Điều lệ Đảng;\n\n1. Thể thức\n\na) Đại hội\n\n{sample}\n\nK/T CHÁNH VĂN PHÒNG\n\nPHÓ CHÁNH VĂN PHÒNG\n\nBùi Văn Bình"
    document = parse_text(text, format="plain")
    assert [node.text for node in document.nodes if node.kind == "signature"] == [
        "K/T CHÁNH VĂN PHÒNG",
        "PHÓ CHÁNH VĂN PHÒNG",
        "Bùi Văn Bình",
    ]
    assert [signer.name for signer in document.instrument.signers] == ["Bùi Văn Bình"]
    assert "b)" in [node.label for node in document.nodes]


def test_recipients_without_their_heading() -> None:
    text = "NGHỊ ĐỊNH\n\nVề lương\n\nCăn cứ Luật A;\n\nĐiều 1. Thi hành\n\n1. Các Bộ trưởng chịu trách nhiệm thi hành Nghị định này./.\n\n- Thủ tướng;\n\n- Lưu: VT.\n\nDANH MỤC NGHỀ\n\n(Kèm theo Nghị định số 1/2025/NĐ-CP)\n\n1. Mỏ."
    kinds = [(node.kind, node.label) for node in parse_text(text, format="plain").nodes if node.kind not in ("preamble", "recital")]
    assert kinds == [
        ("article", "Điều 1."),
        ("clause", "1."),
        ("recipients", ""),
        ("recipients", ""),
        ("appendix", "DANH MỤC NGHỀ"),
        ("heading", "1."),
    ]


def test_what_follows_a_signature_too_long_is_attached() -> None:
    lines = "\n\n".join(f"Đề án thứ {n} của các bộ" for n in range(1, 20))
    text = f"NGHỊ QUYẾT\n\nVề A\n\nCăn cứ Luật A;\n\nĐiều 1. Một.\n\nTM. CHÍNH PHỦ\n\nTHỦ TƯỚNG\n\nPhạm Văn Chín\n\n{lines}"
    nodes = parse_text(text, format="plain").nodes
    assert sum(node.kind == "signature" for node in nodes) <= 12
    assert nodes[-1].kind == "paragraph"


def test_a_dispatch_closes_at_the_left_margin() -> None:
    """The last words of a dispatch are not its last item's; in a plan they lie in the part on who carries it out."""
    items = "1. Chi cục Thủy lợi\n- Theo dõi mực nước.\n2. Ủy ban nhân dân các huyện\nChỉ đạo nạo vét kênh mương."
    dispatch = f"Số: 5/SNN-TL\nV/v chống hạn\nKính gửi: Các huyện.\nSở đề nghị:\n{items}\nSở rất mong được quan tâm thực hiện./.\nNơi nhận:\n- Như trên."
    nodes = parse_text(dispatch, format="plain").nodes
    assert next(node.parent for node in nodes if node.text.startswith("Sở rất mong")) is None
    plan = f"Số: 5/KH-UBND\nKẾ HOẠCH\nChống hạn\nCăn cứ Luật A;\nI. MỤC TIÊU\nII. TỔ CHỨC\n{items}\nĐề nghị các đơn vị quan tâm thực hiện./.\nNơi nhận:\n- Như trên."
    nodes = parse_text(plan, format="plain").nodes
    second = next(node.id for node in nodes if node.label == "II.")
    assert next(node.parent for node in nodes if node.text.startswith("Đề nghị các")) == second


def test_articles_that_begin_within_wrapped_lines() -> None:
    lines = [
        "NGHỊ QUYẾT", "Về mức hỗ trợ cán bộ xã và người hoạt động không chuyên trách ở ấp, khu phố", "",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015 đã sửa đổi;",
        "Sau khi xem xét Tờ trình số 5/TTr-UBND ngày 01 tháng 11 năm 2019 của Ủy ban nhân",
        "dân tỉnh; Báo cáo thẩm tra của Ban Kinh tế - Ngân sách Hội đồng nhân dân và ý",
        "kiến thảo luận của đại biểu.", "", "QUYẾT NGHỊ:", "",
        "Điều 1. Quy định mức hỗ trợ. Điều 2. Nghị quyết này có hiệu lực thi hành kể từ ngày",
        "01 tháng 01 năm 2020. Điều 3. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết và",
        "báo cáo kết quả.",
    ]  # fmt: skip
    document = parse_text("\n".join(lines), format="markdown")
    assert [(node.label, node.heading + node.text) for node in document.nodes if node.kind == "article"] == [
        ("Điều 1.", "Quy định mức hỗ trợ."),
        ("Điều 2.", "Nghị quyết này có hiệu lực thi hành kể từ ngày 01 tháng 01 năm 2020."),
        ("Điều 3.", "Giao Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết và báo cáo kết quả."),
    ]
    assert [node.text[:12] for node in document.nodes if node.kind == "recital"] == ["Căn cứ Luật ", "Sau khi xem "]


def test_notes_below_the_signature_of_a_consolidated_text() -> None:
    text = "Số: 12/VBHN-VPQH\nLUẬT\nĐÊ ĐIỀU\nCăn cứ Hiến pháp;\nQuốc hội ban hành Luật Đê điều.[1]\nĐiều 1. Phạm vi\nLuật này quy định.\nXÁC THỰC VĂN BẢN HỢP NHẤT\nCHỦ NHIỆM\nNguyễn Hạnh Phúc\n[1] Luật số 60/2020/QH14 có căn cứ ban hành như sau:\n“Căn cứ Hiến pháp;\nQuốc hội ban hành Luật.”."
    document = parse_text(text, format="plain")
    assert [node.text for node in document.nodes if node.kind == "signature"] == [
        "XÁC THỰC VĂN BẢN HỢP NHẤT",
        "CHỦ NHIỆM",
        "Nguyễn Hạnh Phúc",
    ]
    assert [node.text[:11] for node in document.nodes if node.kind == "note"] == ["[1] Luật số", "“Căn cứ Hiế", "Quốc hội ba"]
    assert [signer.name for signer in document.instrument.signers] == ["Nguyễn Hạnh Phúc"]


def test_bullets_of_the_story_before_the_orders() -> None:
    """Why a directive is issued may be told in bullets; what it orders begins with its first numbered item."""
    head = "Số: 17/CT-TTg\n\nCHỈ THỊ\n\nVề phòng, chống đuối nước\n\nTrong thời gian qua, các bộ, ngành, địa phương đã có nhiều nỗ lực trong công tác phòng, chống.\n\n"
    story = "Nguyên nhân chủ yếu là:\n\n- Thiếu bể bơi;\n\n- Thiếu sự giám sát.\n\nĐể khắc phục, Thủ tướng yêu cầu:\n\n1. Bộ A:\n\n- Kiểm tra.\n\n2. Bộ B."
    assert [node.label for node in parse_text(head + story, format="plain").nodes if node.label] == ["1.", "-", "2."]
    orders = "Thủ tướng yêu cầu:\n\n- Bộ A kiểm tra.\n\n- Bộ B:\n\n+ Dạy bơi."
    assert [node.label for node in parse_text(head + orders, format="plain").nodes if node.label] == ["-", "-", "+"]


def placed(body: str) -> list[tuple[str, str]]:
    """Each unnumbered paragraph's first words with the label it lies below."""
    document = parse_text(f"NGHỊ QUYẾT\n\nVề việc A\n\nCăn cứ Luật B;\n\nQUYẾT NGHỊ:\n\n{body}", format="plain")
    labels = {node.id: node.label for node in document.nodes}
    return [
        (labels.get(node.parent or "", ""), node.text[:24].strip())
        for node in document.nodes
        if node.kind == "paragraph" and node.role != "adoption"
    ]


def test_what_speaks_of_a_whole_list_stands_beside_it() -> None:
    clauses = "Điều 1. Quyền hạn\n\n1. Một việc.\n\n2. Hai việc.\n\n{}\n\nĐiều 2. Hiệu lực."
    assert placed(clauses.format("Ngoài những quyền hạn trên, Quốc hội trao việc khác.")) == [("Điều 1.", "Ngoài những quyền hạn tr")]
    assert placed(clauses.format("Ngoài ra, Ủy ban phấn đấu vượt thu.")) == [("Điều 1.", "Ngoài ra, Ủy ban phấn đấ")]
    assert placed(clauses.format("Dự án thuộc hai hoặc ba đối tượng nêu trên thì chọn một.")) == [("Điều 1.", "Dự án thuộc hai hoặc ba")]
    assert placed(clauses.format("Nhà máy tuyển quặng đặt tại chỗ.")) == [("2.", "Nhà máy tuyển quặng đặt")]
    # the list goes on below it: it was no word on the whole
    goes_on = "Điều 1. Quyền hạn\n\n1. Một việc.\n\n2. Hai việc.\n\nNgoài ra, có việc khác.\n\n3. Ba việc."
    assert placed(goes_on) == [("2.", "Ngoài ra, có việc khác.")]


def test_what_follows_a_word_on_the_whole_list_stays_with_it() -> None:
    body = "I. Đối tượng\n\n1. Một.\n\n2. Hai.\n\nDự án thuộc hai đối tượng nêu trên thì chọn một.\n\nVề thời hạn:\n\n+ Năm năm.\n\n+ Mười năm."
    assert [label for label, _ in placed(body)] == ["I.", "I."]
    nodes = parse_text(f"THÔNG TƯ\n\nVề việc A\n\nCăn cứ Luật B;\n\n{body}", format="plain").nodes
    labels = {node.id: node.label for node in nodes}
    assert [labels[node.parent or ""] for node in nodes if node.label == "+"] == ["I.", "I."]


def test_a_title_in_capitals_between_articles_lies_in_none() -> None:
    body = "Chương VIII\n\nTÒA ÁN\n\nĐiều 1. Một.\n\nVIỆN KIỂM SÁT NHÂN DÂN\n\nĐiều 2. Hai."
    assert placed(body) == [("Chương VIII", "VIỆN KIỂM SÁT NHÂN DÂN")]


def test_a_cell_that_broken_mark_up_comes_back_to() -> None:
    """Its later words are no words of the table's first cell twice: every word stands in one node."""
    text = "một\nhai\nba\nbốn"
    cells = [Cell(0, 0, 5), Cell(0, 0, 5), Cell(0, 0, 6), Cell(0, 0, 5)]
    starts = [0, 4, 8, 11]
    blocks = tuple(
        Block(start, start + len(words), "paragraph", cell=cell) for start, words, cell in zip(starts, text.split("\n"), cells, strict=True)
    )
    paragraphs = repair.paragraphs(Reading(text=text, blocks=blocks, media_type="text/html"))
    nodes = outline.build(text, paragraphs, ["body"] * len(paragraphs))
    at = 0
    for node in nodes:
        assert node.start >= at
        at = node.end
    assert "".join(node.text for node in nodes).replace(" ", "") == text.replace("\n", "")


@pytest.mark.parametrize(
    ("line", "below", "paragraphs"),
    [
        ("Căn cứ Luật Sửa đổi, bổ sung một số điều của", "Luật Tổ chức Chính phủ ngày 22 tháng 11 năm 2019;", 1),
        ("Ủy ban nhân dân tỉnh phối hợp với", "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh.", 1),
        ("Giấy tờ do cơ quan có thẩm quyền nước ngoài cấp; hoặc", "Danh tính điện tử mức độ 02.", 2),
        ("Nếu là tài sản thì có Bảng kê kèm theo", "Người góp vốn ký tên.", 2),
    ],
)
def test_a_line_goes_on_behind_words_that_no_paragraph_ends_with(line: str, below: str, paragraphs: int) -> None:
    document = parse_text(f"Điều 1. Phạm vi\n{line}\n{below}\nĐiều 2. Hiệu lực\nTừ ngày ký.\n")
    found = [node.text for node in document.nodes if node.kind == "paragraph"]
    assert found[:-1] == ([f"{line} {below}"] if paragraphs == 1 else [line, below])

"""The Markdown reader: mark-up off, every printed character kept, and a way back from each to the file."""

from __future__ import annotations

import pytest

from vanban.parser import parse_text
from vanban.parser.readers import markdown
from vanban.parser.reading import Reading


def read(text: str) -> Reading:
    return markdown.read(text.encode(), "x.md")


def blocks(text: str) -> list[str]:
    reading = read(text)
    return [reading.text[block.start : block.end] for block in reading.blocks]


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("## **I. Mục tiêu**", ["I. Mục tiêu"]),
        ("#### 2.1. Các chỉ tiêu", ["2.1. Các chỉ tiêu"]),
        ("- Tốc độ tăng trưởng: 7,5%.", ["- Tốc độ tăng trưởng: 7,5%."]),
        (
            "- Cơ cấu kinh tế:\n  - + Công nghiệp: 58,6%;\n  - + Dịch vụ: 31,8%;",
            ["- Cơ cấu kinh tế:", "+ Công nghiệp: 58,6%;", "+ Dịch vụ: 31,8%;"],
        ),
        ("*Căn cứ Luật Đất đai;*", ["Căn cứ Luật Đất đai;"]),
        ("**Điều 1.** Thông qua *kế hoạch*.", ["Điều 1. Thông qua kế hoạch."]),
        ("* Nhóm chỉ tiêu", ["* Nhóm chỉ tiêu"]),
        ("Chỉ tiêu (*) là tạm tính", ["Chỉ tiêu (*) là tạm tính"]),
        ("3 * 4", ["3 * 4"]),
        ("1\\. Không phải danh sách", ["1. Không phải danh sách"]),
        ("A &amp; B", ["A & B"]),
        ("&amp;\n\nB &lt;", ["&", "B <"]),
        ("<b>Điều 1.</b> Tên<br>dòng hai", ["Điều 1. Tên", "dòng hai"]),
        ("xem [Nghị quyết 94](https://example.org/a) này", ["xem Nghị quyết 94 này"]),
        ("điểm [a] khoản 2", ["điểm [a] khoản 2"]),
        ("a < b và c > d", ["a < b và c > d"]),
        ("Trên\n\n---\n\nDưới", ["Trên", "Dưới"]),
    ],
)
def test_mark_up_is_taken_off_and_what_is_printed_stays(source: str, printed: list[str]) -> None:
    assert blocks(source) == printed


@pytest.mark.parametrize(
    "source",
    [
        "## **I.** *Mục* tiêu\n\n- + Công nghiệp: 58,6%;\n",
        "| a | b |\n| --- | --- |\n| c | d |\n",
        "|\na\n|\nb\n|\n",
        "A \\* B &amp; C <b>D</b>\r\nE\r\n",
        "\ufeffĐiều 1. **Tên**\n",
        "không có gì",
        "",
    ],
)
def test_each_kept_character_leads_back_to_itself(source: str) -> None:
    reading = read(source)
    decoded = source.removeprefix("\ufeff")
    at = 0
    for run in reading.source_map:
        assert run.text >= at
        assert reading.text[run.text : run.text + run.length] == decoded[run.source : run.source + run.length]
        at = run.text + run.length
    mapped = {offset for run in reading.source_map for offset in range(run.text, run.text + run.length)}
    unmapped = "".join(char for offset, char in enumerate(reading.text) if offset not in mapped)
    assert unmapped.strip() in ("", "&"), "only what the reader sets has no place in the file"


def test_the_nested_list_mark_is_taken_off_and_its_place_is_known() -> None:
    source = "- Cơ cấu:\n  - + Công nghiệp"
    reading = read(source)
    offset = reading.text.index("+")
    run = next(run for run in reading.source_map if run.text <= offset < run.text + run.length)
    assert source[run.source + offset - run.text] == "+"


def test_a_rows_cells_are_cells_in_order() -> None:
    reading = read("Trước\n\n| STT | Tên |\n|-----|-----|\n| 1 | Một |\n| 2 | Hai |\n\nSau")
    cells = [(reading.text[block.start : block.end], block.cell) for block in reading.blocks]
    assert [words for words, _ in cells] == ["Trước", "STT", "Tên", "1", "Một", "2", "Hai", "Sau"]
    assert cells[0][1] is None and cells[-1][1] is None
    assert [(cell.row, cell.column) for _, cell in cells[1:-1] if cell] == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]
    assert len({cell.table for _, cell in cells[1:-1] if cell}) == 1


def test_bars_alone_on_their_lines_make_cells() -> None:
    reading = read("|\nUBND TỈNH\n|\nCỘNG HÒA\n|\n\nSau bảng")
    assert [reading.text[block.start : block.end] for block in reading.blocks] == ["UBND TỈNH", "CỘNG HÒA", "Sau bảng"]
    first, second, after = (block.cell for block in reading.blocks)
    assert first is not None and second is not None and first != second
    assert after is None
    assert "|" not in reading.text


def test_a_bar_inside_a_line_is_printed() -> None:
    assert blocks("a | b") == ["a | b"]


def test_a_wrap_and_a_blank_line_are_told_apart() -> None:
    reading = read("một dòng\nvà dòng nữa\n\nđoạn khác")
    assert [block.ends for block in reading.blocks] == ["line", "paragraph", "paragraph"]


def test_rules_and_front_matter_are_kept_as_furniture() -> None:
    reading = read("---\ntitle: Nghị quyết\n---\nĐiều 1. Tên\n\n--- Trang 2 ---\n\nĐiều 2. Tên\n")
    assert [reading.text[block.start : block.end] for block in reading.blocks] == ["Điều 1. Tên", "Điều 2. Tên"]
    assert any("title: Nghị quyết" in words for words in reading.furniture)
    assert any("Trang 2" in words for words in reading.furniture)


def test_headings_and_bold_are_hints() -> None:
    reading = read("### **NGHỊ QUYẾT**\n\nVề việc A")
    assert [(block.heading, block.bold) for block in reading.blocks] == [(3, True), (0, False)]


def test_sniff_goes_by_name_then_by_several_marks() -> None:
    assert markdown.sniff(b"x", "a.md")
    assert not markdown.sniff(b"# a\n# b\n# c\n# d\n# e\n", "a.txt")
    assert markdown.sniff(b"# a\n# b\n# c\n# d\n# e\n", "a")
    assert not markdown.sniff("Điều 1. Tên\n- một\n".encode(), "a")


@pytest.mark.parametrize(
    "hostile",
    [
        "---\n" + "  a\n" * 5000 + "x",
        "|--" + " " * 20_000 + "x",
        "![" * 20_000,
        "[a](/" * 20_000,
        "*a " * 20_000,
        "<b " * 20_000,
        "\\" * 20_000,
        "&amp" * 20_000,
        "- " * 20_000 + "x",
        "|a" * 20_000,
        "|\n" * 20_000,
    ],
    ids=lambda text: text[:8].replace("\n", "~"),
)
def test_hostile_mark_up_ends(hostile: str) -> None:
    """Each of these would never end under a pattern that goes back and tries again."""
    reading = read(hostile)
    assert "".join(reading.text[block.start : block.end] for block in reading.blocks).strip() == "".join(
        reading.text[block.start : block.end] for block in reading.blocks
    )
    inside = sum(len("".join(reading.text[block.start : block.end].split())) for block in reading.blocks)
    assert inside == len("".join(reading.text.split()))


def test_a_finding_of_the_bytes_points_into_the_text() -> None:
    data = ("## **Điều 1.** *Thông qua* kế hoạch phát triển kinh tế - xã hội\n" * 3).encode() + b"**x** \xe1\xbb y"
    reading = markdown.read(data, "x.md")
    (broken,) = (finding for finding in reading.findings if finding.code == "encoding.broken")
    assert reading.text[broken.start : broken.end] == "\ufffd"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("_Nơi nhận:_", "Nơi nhận:"),
        ("__QUYẾT NGHỊ:__", "QUYẾT NGHỊ:"),
        ("___CHỦ TỊCH___", "CHỦ TỊCH"),
        ("**_Nơi nhận:_**", "Nơi nhận:"),
        ("theo _Luật Đất đai_, _Luật\nNhà ở_.", "theo Luật Đất đai, Luật\nNhà ở."),
        ("_“Điều 5._ Tên”", "“Điều 5. Tên”"),
        # printed: to fill in, inside names, alone, unpaired, of two lengths
        ("Số: ____/QĐ-UBND", "Số: ____/QĐ-UBND"),
        ("Số: ___/QĐ-___ ngày __ tháng __", "Số: ___/QĐ-___ ngày __ tháng __"),
        ("tệp ke_hoach_2026_v2.docx", "tệp ke_hoach_2026_v2.docx"),
        ("một _ hai _ ba", "một _ hai _ ba"),
        ("_một hai", "_một hai"),
        ("__một_ hai", "__một_ hai"),
        ("địa chỉ http://a.vn/_b_/c", "địa chỉ http://a.vn/_b_/c"),
        ("\\_một\\_", "_một_"),
    ],
)
def test_emphasis_by_underscores(source: str, shown: str) -> None:
    reading = markdown.read(source.encode(), "x.md")
    assert reading.text == shown
    for run in reading.source_map:
        assert source[run.source : run.source + run.length] == shown[run.text : run.text + run.length]


def test_emphasis_by_underscores_tells_bold_and_italic() -> None:
    for mark, looks in (("_", (False, True)), ("__", (True, False)), ("___", (True, True))):
        block = markdown.read(f"{mark}Nơi nhận:{mark}".encode(), "x.md").blocks[0]
        assert (block.bold, block.italic) == looks


def test_recipients_and_signature_in_italics() -> None:
    source = "NGHỊ QUYẾT\n\n_Căn cứ Luật B;_\n\n**QUYẾT NGHỊ:**\n\nĐiều 1. Một.\n\n_**Nơi nhận:**_\n\n- _Như Điều 1;_\n\n__CHỦ TỊCH__\n\n_(Đã ký)_\n\n***Nguyễn Văn A***\n"
    document = parse_text(source, format="markdown")
    assert [node.text for node in document.nodes if node.kind == "recipients"] == ["Nơi nhận:", "- Như Điều 1;"]
    assert [(signer.name, signer.role) for signer in document.instrument.signers] == [("Nguyễn Văn A", "CHỦ TỊCH")]


DENSE = """**NGHỊ QUYẾT**
VỀ MỨC CHI; MỨC THƯỞNG
CÁC KỲ THI
*Căn cứ Luật Tổ
chức chính quyền;*
*Hội đồng nhân
dân ban hành Nghị quyết.*
**Điều 1. Phạm vi điều
chỉnh**
Nghị quyết này quy
định mức chi.
2. Đối tượng áp dụng
Các cơ quan quản lý nhà
nước.
*Nghị quyết được **Hội đồng** thông qua
ngày 18 tháng 11 năm 2025.*
**PHỤ LỤC I**
MỨC CHI THI CẤP TỈNH; THI
CẤP XÃ
* (Ban hành kèm theo Nghị quyết số
22/2025/NQ-HĐND)*
|
Số
|
Mức chi
|
|
1
|
Theo thực tế
|
** **
[1] Quy
định cũ.
"""


def test_a_page_without_blank_lines() -> None:
    """Headings in bold part from what follows, a title's lines do not; a star that opens is no bullet; a note below a table is no cell."""
    nodes = parse_text(DENSE, format="markdown").nodes
    assert [(node.kind, node.label, node.heading, node.text) for node in nodes if node.kind not in ("preamble", "recital")] == [
        ("article", "Điều 1.", "Phạm vi điều chỉnh", ""),
        ("paragraph", "", "", "Nghị quyết này quy định mức chi."),
        ("clause", "2.", "Đối tượng áp dụng", ""),
        ("paragraph", "", "", "Các cơ quan quản lý nhà nước."),
        ("paragraph", "", "", "Nghị quyết được Hội đồng thông qua ngày 18 tháng 11 năm 2025."),
        ("appendix", "PHỤ LỤC I", "MỨC CHI THI CẤP TỈNH; THI CẤP XÃ (Ban hành kèm theo Nghị quyết số 22/2025/NQ-HĐND)", ""),
        ("table", "table", "", "Số"),
        ("table", "", "", "Mức chi"),
        ("table", "", "", "1 Theo thực tế"),
        ("note", "", "", "[1] Quy định cũ."),
    ]


def test_a_backslash_at_a_lines_end_breaks_it_and_is_not_printed() -> None:
    """Pandoc writes Word's line breaks so, and in its tables of blanks the backslash stands where the cell ends."""
    found = read("- Các ban đảng;\\\n- Lưu Văn phòng.\n\n  **ỦY BAN NHÂN DÂN\\      **CỘNG HÒA XÃ HỘI\\\n")
    assert "\\" not in found.text
    assert [found.text[block.start : block.end] for block in found.blocks][:2] == ["- Các ban đảng;", "- Lưu Văn phòng."]


def test_html_tables_as_converters_of_scans_write_them() -> None:
    """Tags are mark-up, each line of a cell a block of it, line ends of the source only blanks."""
    found = read(
        '<table>\n<tr>\n<td colspan="2"><b>ỦY BAN NHÂN DÂN<br>THÀNH PHỐ HÀ NỘI</b></td>\n<td>CỘNG HÒA\nXÃ HỘI</td></tr>\n'
        '<tr><td rowspan="2">Số: 18</td><td><p>một</p><p>hai</p></td></tr><tr><td>ba</td></tr></table>\n\nĐiều 1. Giao <b>Sở Y tế</b>.'
    )
    cells = [(found.text[b.start : b.end], b.cell and (b.cell.row, b.cell.column)) for b in found.blocks]
    assert cells == [
        ("ỦY BAN NHÂN DÂN", (0, 0)),
        ("THÀNH PHỐ HÀ NỘI", (0, 0)),
        ("CỘNG HÒA XÃ HỘI", (0, 2)),
        ("Số: 18", (1, 0)),
        ("một", (1, 1)),
        ("hai", (1, 1)),
        ("ba", (2, 1)),
        ("Điều 1. Giao Sở Y tế.", None),
    ]
    assert found.blocks[0].bold and not found.blocks[2].bold


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("<table><tr><td>a", "a"),
        ("<table>" * 3000 + "</table>", ""),
        ("<table></table>" * 3000 + "a", "a"),
        ("a <table> b </td> c", "abc"),
        ("<table><tr><td>a</td></tr></table>b\n<table>c</table>", "abc"),
    ],
)
def test_broken_html_tables_lose_nothing(text: str, printed: str) -> None:
    assert "".join(read(text).text.split()) == printed


def test_a_line_that_two_blanks_or_a_br_end_is_no_wrap() -> None:
    assert blocks("Kính gửi: Các Sở  \nThực hiện Chỉ thị") == ["Kính gửi: Các Sở", "Thực hiện Chỉ thị"]
    assert [block.ends for block in read("QUYẾT ĐỊNH<br>\nVề việc\ngiao\n</div>\n\nABC").blocks] == [
        "paragraph",
        "line",
        "paragraph",
        "paragraph",
    ]


def test_the_borders_of_a_drawn_table_are_mark_up_and_part_its_rows() -> None:
    found = read(
        "+----+-----+\n| TT | Việc |\n+====+=====+\n| 1  | Xây dựng |\n|    | kế hoạch |\n+----+-----+\n| 2  | Rà soát |\n+----+-----+\n\nHết."
    )
    rows = [(found.text[b.start : b.end], b.cell and (b.cell.row, b.cell.column)) for b in found.blocks]
    assert rows == [
        ("TT", (0, 0)),
        ("Việc", (0, 1)),
        ("1", (1, 0)),
        ("Xây dựng", (1, 1)),
        ("kế hoạch", (1, 1)),
        ("2", (2, 0)),
        ("Rà soát", (2, 1)),
        ("Hết.", None),
    ]


def test_images_and_comments_print_nothing() -> None:
    assert blocks("<!-- image -->\n\nĐiều 1. Giao<!-- x --> việc.") == ["Điều 1. Giao việc."]
    assert blocks('![](images/abc.jpg)\n\nĐiều 1. Giao ![hình](a/b.png "tên") và ![][image1] xong [3] (4) ![a]') == [
        "Điều 1. Giao  và  xong [3] (4) ![a]"
    ]

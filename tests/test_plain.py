"""The plain text reader: the text is the file, its lines are blocks, wraps are told from paragraphs."""

from __future__ import annotations

import textwrap

import pytest

from vanban.parser import parse_text
from vanban.parser.readers import plain
from vanban.parser.reading import Reading


def read(text: str) -> Reading:
    return plain.read(text.encode(), "x.txt")


def words(reading: Reading) -> list[str]:
    return [reading.text[block.start : block.end] for block in reading.blocks]


def test_the_text_is_the_file() -> None:
    source = "  Điều 1. Tên  \n\n\tđoạn # *một*\n| a | b |\n"
    reading = read(source)
    assert reading.text == source
    assert [(run.text, run.source, run.length) for run in reading.source_map] == [(0, 0, len(source))]
    assert words(reading) == ["Điều 1. Tên", "đoạn # *một*", "| a | b |"]
    assert [block.indent for block in reading.blocks] == [2, 1, 0]


@pytest.mark.parametrize("blank", ["", " ", "\n\n\n", " \t\r\n \n", "\f\f", "\u00a0\n\u3000"])
def test_a_blank_file_has_no_block(blank: str) -> None:
    assert read(blank).blocks == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end(end: str) -> None:
    reading = read(end.join(["một", "hai", "", "ba"]))
    assert words(reading) == ["một", "hai", "ba"]
    assert reading.blocks[1].ends == "paragraph"
    assert [block.indent for block in reading.blocks] == [0, 0, 0]


def test_a_page_break_counts_pages_and_stays_in_the_text() -> None:
    reading = read("trang một\n\ftrang hai\n\f\ftrang bốn")
    assert [block.page for block in reading.blocks] == [1, 2, 4]
    assert words(reading) == ["trang một", "trang hai", "trang bốn"]
    assert reading.text.count("\f") == 3


def test_without_a_page_break_there_are_no_pages() -> None:
    assert [block.page for block in read("một\nhai").blocks] == [None, None]


def test_a_file_with_a_paragraph_a_line_has_no_wraps() -> None:
    lines = [f"{k}. {'việc cần làm ' * (k % 5 + 1)}rồi xong." for k in range(30)]
    assert {block.ends for block in read("\n".join(lines)).blocks} == {"paragraph"}


def test_lines_filled_to_a_width_are_wraps() -> None:
    text = " ".join(f"chữ{k}" for k in range(600))
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > 72:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    reading = read("\n".join([*lines, line]))
    assert [block.ends for block in reading.blocks][:-1] == ["line"] * len(lines)


def test_it_takes_what_no_other_reader_takes() -> None:
    assert plain.sniff("bất kỳ".encode(), "a.xyz")


@pytest.mark.parametrize(
    "hostile", [" " * 200_000, "\n" * 200_000, "a\r" * 50_000, "a\f" * 50_000, "a" * 200_000 + "\n", " \u200b" * 50_000]
)
def test_hostile_lines_end(hostile: str) -> None:
    reading = read(hostile)
    assert sum(len("".join(reading.text[block.start : block.end].split())) for block in reading.blocks) == len("".join(hostile.split()))


def test_a_saved_page_wrapped_without_blank_lines() -> None:
    """Its source was wrapped and its blank lines are gone: long open lines go on, sentences end paragraphs, capitals stand alone."""
    text = (
        "NGHỊ QUYẾT\nVỀ NHIỆM VỤ NĂM 2021\nCăn cứ Luật Tổ chức chính\nquyền địa phương ngày 19 tháng 6 năm 2015;\nCăn cứ Luật Ban hành văn bản\n"
        "quy phạm pháp luật ngày 22 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của\nLuật Ban hành văn bản;\nQUYẾT NGHỊ:\n"
        "Điều 1. Thống nhất với báo cáo của Ủy ban nhân dân\ntỉnh về kết quả thực hiện Nghị quyết số 95/2019/NQ-HĐND ngày 10 tháng 12 năm\n"
        "2019 của Hội đồng nhân dân tỉnh.\nPhấn đấu tốc độ tăng trưởng\nGRDP từ 11% trở lên.\n"
    )
    paragraphs = [" ".join((node.label + " " + node.heading + node.text).split()) for node in parse_text(text, format="plain").nodes]
    assert paragraphs == [
        "NGHỊ QUYẾT",
        "VỀ NHIỆM VỤ NĂM 2021",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
        "Căn cứ Luật Ban hành văn bản quy phạm pháp luật ngày 22 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của Luật Ban hành văn bản;",
        "QUYẾT NGHỊ:",
        "Điều 1. Thống nhất với báo cáo của Ủy ban nhân dân tỉnh về kết quả thực hiện Nghị quyết số 95/2019/NQ-HĐND ngày 10 tháng 12 năm 2019 "
        "của Hội đồng nhân dân tỉnh.",
        "Phấn đấu tốc độ tăng trưởng GRDP từ 11% trở lên.",
    ]


ARTICLE = [
    "Điều {}. Phạm vi",
    "Nghị quyết này quy định mức chi cho các kỳ thi, cuộc thi, hội thi trong lĩnh vực giáo dục và đào tạo trên địa bàn tỉnh, do ngân sách bảo đảm.",
    "Trường hợp một người làm nhiều việc khác nhau trong một ngày thì chỉ được hưởng một mức cao nhất, theo quy định của Thủ tướng Chính phủ.",
    "1. Phát triển kinh tế - xã hội năm 2026 nhanh, bền vững; tốc độ tăng trưởng kinh tế - xã hội cao hơn bình quân chung của cả nước, gồm:",
    "- Nông nghiệp tăng 3,5% trở lên so với năm 2025, trong đó chăn nuôi theo hướng hữu cơ, tuần hoàn là khâu được ưu tiên đầu tư.",
    "Các sở, ngành bố trí đủ vốn.",
    "2. Hồ sơ gồm đơn theo mẫu, bản sao hợp đồng và các giấy tờ khác quy định tại khoản 2 và khoản 3 Điều này, gửi về Ủy ban nhân dân",
]
PARAGRAPHS = [
    "NGHỊ QUYẾT",
    "Về kế hoạch năm 2026",
    *(words.format(k) for k in range(1, 5) for words in ARTICLE),
    "Nơi nhận:",
    "- Như Điều 4;",
]


@pytest.mark.parametrize("width", [52, 60, 70, 80, 92])
@pytest.mark.parametrize("indent", [0, 4])
def test_a_wrapped_text_without_blank_lines_keeps_its_paragraphs(width: int, indent: int) -> None:
    """A line that leaves room for the next word ends its paragraph; a wrap before a dash or a capital does not."""
    lines = [line for words in PARAGRAPHS for line in textwrap.wrap(words, width, initial_indent=" " * indent, break_on_hyphens=False)]
    nodes = parse_text("\n".join(lines), format="plain").nodes
    made = [" ".join(f"{node.label} {node.heading} {node.text}".split()) for node in nodes]
    assert made == PARAGRAPHS


def test_lines_of_any_length_tell_nothing_of_paragraphs() -> None:
    """A saved page's source was wrapped where nobody sees it: its short lines go on."""
    texts = ["Căn cứ Luật Tổ", "chức chính quyền địa phương số", "72", "ngày 16 tháng", "sáu năm 2025 của Quốc hội khóa", "mười lăm"] * 4
    assert plain.room(texts, [0] * len(texts))[1] > 100

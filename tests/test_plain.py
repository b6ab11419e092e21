"""The plain text reader: the text is the file, its lines are blocks, wraps are told from paragraphs."""

from __future__ import annotations

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

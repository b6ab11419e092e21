"""The plain text reader: the text is the file, its lines are blocks, wraps are told from paragraphs."""

from __future__ import annotations

import pytest

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

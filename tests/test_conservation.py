"""Nothing printed is lost, nothing is made up, and every span stands where it says (issue 2): on all texts, and on mangled ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from conservation import Parsed, bare, broken, unfaithful
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vanban.parser import Document, parse_all_bytes, parse_bytes, parse_text, readers
from vanban.parser.readers import encodings

ROOT = Path(__file__).parents[1]
SEED = (ROOT / "data" / "raw" / "94-nq-hdnd-2023-thai-nguyen.md").read_text(encoding="utf-8").splitlines(keepends=True)

MARKS = (
    "Điều 1. ", "Điều 2. Phạm vi\n", "Điều 2\n", "Chương I\n", "CHƯƠNG IIQUY ĐỊNH CHUNG\n", "Mục 1. ", "Phần thứ nhất\n", "Phụ lục I\n", "PHỤ LỤC\n",
    "QUY ĐỊNH\n", "(Kèm theo Nghị quyết số 1/NQ-HĐND)\n", "I. ", "II. ", "A. ", "1. ", "2. ", "1) ", "2.1. ", "2.1.1. ", "a) ", "đ) ", "a.1) ", "(i) ",
    "- ", "- + ", "+ ", "• ", "* ", "– ", "“", "”", '"', "“1. ", "“Điều 7. ", "”.\n", "|", "|\n", "| --- |\n", "| a | b |\n", "**", "*", "## ", "\\*",
    "---\n", "- - -\n", "<br>", "&nbsp;", "&amp;", "[a](http://b)", "\f", "\r\n", "\r", "\n\n", "  \n", "\t", "\u00a0", "\u200b", "\x0b", "\x85",
    "\u2028", "e\u0302\u0301", "ĐIỀU 1.", "Điều 1.Điều 2.", ":\n", ";\n", ".\n", "…",
)  # fmt: skip
WORDS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n", "QUYẾT NGHỊ:\n", "NGHỊ QUYẾT\n", "Nơi nhận:\n", "- Như Điều 3;\n",
    "TM. ỦY BAN NHÂN DÂN\n", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n", "CHỦ TỊCH\n", "(Đã ký)\n", "Nguyễn Văn A\n", "Số: 94/NQ-HĐND\n", "Số:    /KH-UBND\n",
    "Thái Nguyên, ngày 08 tháng 12 năm 2023\n", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "Độc lập - Tự do - Hạnh phúc\n", "HỘI ĐỒNG NHÂN DÂN\n",
    "sửa đổi khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP như sau:\n", "theo quy định tại điểm a, b khoản 2 Điều này và Điều 3 Luật này",
    "thực hiện Nghị quyết số 19-NQ/TW ngày 25 tháng 10 năm 2017 của Ban Chấp hành Trung ương; Nghị quyết số 19-NQ/TW", "các Kết luận số 1, 2",
    "Tỷ lệ che phủ rừng: Từ 46% trở lên;\n", "Thu ngân sách 19.515 tỷ đồng", "tăng 8% - 9% so với năm 2023", "giảm từ 0,8% trở lên",
    "Giao Ủy ban nhân dân tỉnh chủ trì, phối hợp với các sở, ngành, hoàn thành trước ngày 30/6/2024.\n", "trong quý II năm 2024",
    "Nghị quyết này đã được Hội đồng nhân dân tỉnh khóa XIV thông qua ngày 08 tháng 12 năm 2023./.\n", "có hiệu lực từ ngày ký",
)  # fmt: skip
PIECE = st.one_of(
    st.sampled_from(MARKS),
    st.sampled_from(WORDS),
    st.sampled_from(SEED),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
)


def texts(shared: Path) -> list[Path]:
    folders = ("corpus", "corpus-more", "silver/structure", "authority")
    return [file for folder in folders for file in sorted((shared / folder).iterdir()) if file.suffix in (".md", ".txt")]


def laws(document: Document, data: bytes) -> None:
    """All laws hold, and offsets lead back into the decoded file."""
    assert broken(document) == []
    assert unfaithful(document, encodings.decode(data, document.source.name).text) == []


def test_the_seed(seed: Path, seed_document: Document) -> None:
    laws(seed_document, seed.read_bytes())
    assert len(seed_document.source_map) > 50, "the seed has mark-up that was taken off"


def test_every_text_at_hand(shared: Path) -> None:
    """Whole: gold corpus, the larger corpus, consolidated texts. Also read as the other of the two text formats."""
    files = texts(shared)
    assert len(files) > 100
    for file in files:
        data = file.read_bytes()
        for form in ("markdown", "plain"):
            laws(parse_bytes(data, name=file.name, format=form), data)


def test_several_documents_in_one_file(seed: Path, seed_document: Document) -> None:
    """A gazette issue: each part keeps the laws, and together they hold every character."""
    for form, one in (("markdown", seed.read_bytes()), ("plain", f"{seed_document.text}\n".encode())):
        data = one * 3
        parts = parse_all_bytes(data, name="x", format=form)
        assert [part.instrument.number for part in parts] == ["94/NQ-HĐND"] * 3
        for part in parts:
            laws(part, data)
        assert bare("".join(part.text for part in parts)) == bare(readers.read(data, "x", form).text)


def test_every_other_file_at_hand(shared: Path, parsed: Parsed) -> None:
    """Word, HTML, PDF: where a reader or its program is missing the parse says so, and else the laws hold."""
    held = 0
    for folder in ("corpus", "corpus-more", "silver/structure-html"):
        for file in sorted((shared / folder).iterdir()):
            if file.suffix not in (".md", ".txt") and isinstance(document := parsed(file), Document):
                held += 1
                assert broken(document) == [], file.name
    assert held > 10


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(pieces=st.lists(PIECE, max_size=40), form=st.sampled_from(("markdown", "plain")))
def test_mangled_legal_text(pieces: list[str], form: str) -> None:
    data = "".join(pieces).encode("utf-8", "replace")
    laws(parse_bytes(data, name="x", format=form), data)


def mangled(lines: list[str], chance: random.Random) -> Iterator[str]:
    """A document's lines shuffled in stretches, some without blanks, some repeated, with quotes and bullets put in."""
    lines = list(lines)
    for _ in range(chance.randrange(1, 6)):
        a, b = sorted(chance.randrange(len(lines) + 1) for _ in range(2))
        stretch = lines[a:b]
        chance.shuffle(stretch)
        lines[a:b] = stretch
    for line in lines:
        kind = chance.randrange(12)
        if kind == 0:
            yield line.replace(" ", "")
        elif kind == 1:
            yield line.rstrip("\n")
        elif kind == 2:
            yield line + line
        elif kind == 3:
            yield chance.choice(MARKS) + line
        elif kind == 4:
            at = chance.randrange(len(line) + 1)
            yield line[:at] + chance.choice(MARKS + WORDS) + line[at:]
        elif kind != 5:
            yield line


@pytest.mark.parametrize("number", range(12))
def test_the_seed_mangled(number: int) -> None:
    chance = random.Random(number)
    data = "".join(mangled(SEED, chance)).encode("utf-8", "replace")
    for form in ("markdown", "plain"):
        laws(parse_bytes(data, name="x", format=form), data)


def test_texts_at_hand_mangled(shared: Path) -> None:
    chance = random.Random(94)
    for file in texts(shared)[:40]:
        lines = file.read_bytes().decode("utf-8", "replace").splitlines(keepends=True)[:400]
        data = "".join(mangled(lines, chance)).encode("utf-8", "replace")
        laws(parse_bytes(data, name=file.name), data)


def test_a_text_without_any_mark() -> None:
    document = parse_text("không có gì ở đây\n\nkhông có gì cả", name="x")
    assert broken(document) == []
    assert [node.kind for node in document.nodes] == ["paragraph", "paragraph"] or len(document.nodes) == 1


def test_a_label_with_wide_blanks() -> None:
    """What stands behind a label begins there, whatever blanks the label was printed with."""
    text = "NGHỊ QUYẾT\n\nVề nhiệm vụ\n\nĐiều \u00a03. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện; giảm tỷ lệ hộ nghèo còn 2%.\n"
    document = parse_text(text, name="x")
    assert broken(document) == []
    assert [text[mandate.start : mandate.start + 13] for mandate in document.mandates] == ["Giao Ủy ban n"]

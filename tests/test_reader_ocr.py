"""Recognition: what is asked of tesseract, what is made of its answers, and what is said where it is missing."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from pdfs import Page, Rule, Text, pdf

from vanban.parser.readers import _ocr_labels, ocr
from vanban.parser.readers import pdf as reader
from vanban.parser.readers._limits import bounded
from vanban.parser.readers._ocr_image import Image, take_rules
from vanban.parser.readers._pdf_layout import Line
from vanban.parser.readers._pdf_spans import Piece, Span, Style
from vanban.parser.reading import ReadError, Reading

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed (pip install 'vanban[pdf]')")
needs_tesseract = pytest.mark.skipif(
    ocr.language() is None, reason="tesseract with Vietnamese is not installed (tesseract-ocr, tesseract-ocr-vie)"
)

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
SCAN: Page = [Rule(100, 100 + 3 * i, 300, 101 + 3 * i) for i in range(60)]
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(32)


def table(*lines: tuple[int, int, str, float]) -> str:
    """Tesseract's answer: lines at left, top (pixels of 300 dpi) with their words and confidence."""
    rows = [HEAD]
    for number, (left, top, words, confidence) in enumerate(lines):
        for i, word in enumerate(words.split()):
            rows.append(f"5\t1\t1\t1\t{number}\t{i}\t{left}\t{top}\t{25 * len(word)}\t50\t{confidence}\t{word}\n")
            left += 25 * len(word) + 14
    return "".join(rows)


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program named tesseract that gives the text of this file as its answer to everything."""
    told = tmp_path / "answer.tsv"
    program = tmp_path / "tesseract"
    program.write_text(
        f"#!{sys.executable}\nimport sys\n"
        "if '--list-langs' in sys.argv: print('eng\\nvie'); sys.exit()\n"
        f"sys.stdin.buffer.read()\nsys.stdout.write(open({str(told)!r}, encoding='utf-8').read())\n",
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return told


def texts(reading: Reading) -> list[str]:
    return [reading.text[block.start : block.end] for block in reading.blocks]


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_a_scanned_page_is_read_like_any_other(answer: Path) -> None:
    answer.write_text(
        table(
            (1000, 200, "QUYẾT ĐỊNH", 96),
            (450, 320, "Điều 1. Phê duyệt kế hoạch phát triển kinh tế - xã hội năm 2024 của tỉnh;", 94),
            (330, 400, "giao các sở, ban, ngành.", 91),
            (450, 500, "Điều 2. Quyết định này có hiệu lực.", 90),
        ),
        encoding="utf-8",
    )
    reading = reader.read(pdf([SCAN]), "x.pdf")
    assert texts(reading) == [
        "QUYẾT ĐỊNH",
        "Điều 1. Phê duyệt kế hoạch phát triển kinh tế - xã hội năm 2024 của tỉnh; giao các sở, ban, ngành.",
        "Điều 2. Quyết định này có hiệu lực.",
    ]
    assert codes(reading)[:2] == ["reader.pdf.no-text", "reader.ocr.confidence"]
    assert "93%" in next(finding.message for finding in reading.findings if finding.code == "reader.ocr.confidence")


def test_low_confidence_is_a_warning(answer: Path) -> None:
    answer.write_text(table((400, 200, "Điều 1. Chữ rất mờ", 52)), encoding="utf-8")
    reading = reader.read(pdf([SCAN]), "x.pdf")
    (finding,) = (finding for finding in reading.findings if finding.code == "reader.ocr.confidence")
    assert finding.severity == "warning"
    assert "5 từ dưới 60%" in finding.message


def test_specks_are_dropped_and_counted(answer: Path) -> None:
    answer.write_text(table((400, 200, "Điều 1. Hiệu lực thi hành", 95), (400, 700, ".^ z ` ^ ^ .Ä", 40)), encoding="utf-8")
    reading = reader.read(pdf([SCAN]), "x.pdf")
    assert texts(reading) == ["Điều 1. Hiệu lực thi hành"]
    assert "bỏ 6 vết" in next(finding.message for finding in reading.findings if finding.code == "reader.ocr.confidence")


def test_a_page_that_fails_is_named_and_the_rest_is_read(answer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer.write_text(table((400, 200, "Điều 1. Hiệu lực", 95)), encoding="utf-8")
    failing = ocr._tesseract
    calls: list[int] = []

    def sometimes(image: bytes, *options: str) -> tuple[str, str]:
        calls.append(1)
        return ("", "boom") if len(calls) == 1 else failing(image, *options)

    monkeypatch.setattr(ocr, "_tesseract", sometimes)
    monkeypatch.setattr(ocr, "_WORKERS", 1)
    reading = reader.read(pdf([SCAN, SCAN]), "x.pdf")
    assert texts(reading) == ["Điều 1. Hiệu lực"]
    assert "trang 1 (boom)" in next(finding.message for finding in reading.findings if finding.code == "reader.ocr.failed")
    assert [(finding.severity, finding.message[:60]) for finding in reading.findings if finding.code == "reader.pdf.no-text"] == [
        ("info", "trang 2 không có lớp chữ (ảnh quét), đã nhận dạng bằng tesse"),
        ("warning", "trang 1 không có lớp chữ (ảnh quét), chưa đọc được / 1 pages"),
    ]


def test_a_hanging_program_is_stopped(answer: Path) -> None:
    program = answer.parent / "tesseract"
    program.write_text(program.read_text().replace("sys.stdin.buffer.read()", "import time; time.sleep(60)"))
    with bounded(max_ocr_seconds=0.5):
        reading = reader.read(pdf([SCAN, [Text(85, 100, "Điều 1. Có chữ")]]), "x.pdf")
    assert texts(reading) == ["Điều 1. Có chữ"]
    assert "reader.ocr.failed" in codes(reading)


def test_so_many_pages_and_no_more(answer: Path) -> None:
    answer.write_text(table((400, 200, "Điều 1. Hiệu lực", 95)), encoding="utf-8")
    with bounded(max_ocr_pages=1):
        reading = reader.read(pdf([SCAN, SCAN, SCAN]), "x.pdf")
    assert [block.page for block in reading.blocks] == [1]
    assert "reader.ocr.limit" in codes(reading)
    assert any(finding.message.startswith("trang 2–3 không có lớp chữ (ảnh quét), chưa đọc được") for finding in reading.findings)


def test_an_image_is_no_larger_than_the_bound() -> None:
    import pypdfium2

    from vanban.parser.readers._pdf_page import image_of

    document = pypdfium2.PdfDocument(pdf([SCAN]))
    assert image_of(document, 1).dpi == 300
    with bounded(max_pixels=500_000):
        image = image_of(document, 1)
    assert image.width * image.height < 510_000
    assert len(image.pixels) == image.width * image.height


def test_a_picture_file_is_a_document_of_one_page(answer: Path) -> None:
    answer.write_text(table((400, 200, "Điều 1. Hiệu lực thi hành", 95)), encoding="utf-8")
    assert ocr.sniff(PICTURE, "scan")
    assert not ocr.sniff(b"%PDF-1.4", "x.png")
    reading = ocr.read(PICTURE, "scan.png")
    assert texts(reading) == ["Điều 1. Hiệu lực thi hành"]
    assert reading.media_type == "image/png"


def test_without_tesseract_a_picture_names_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ocr.language() is None
    with pytest.raises(ReadError) as refused:
        ocr.read(PICTURE, "scan.png")
    assert "tesseract-ocr-vie" in refused.value.remedy


def test_a_program_without_the_vietnamese_model_does_not_count(answer: Path) -> None:
    program = answer.parent / "tesseract"
    program.write_text(program.read_text().replace("eng\\nvie", "eng"))
    assert ocr.language() is None


# --- the image -------------------------------------------------------------------------------------------------------------


def drawing(width: int, height: int, level: list[int], upright: list[int], skew: int = 0) -> Image:
    """A white image with black lines two points thick; level lines fall by ``skew`` points from left to right."""
    pixels = bytearray(b"\xff" * (width * height))
    for y in level:
        for x in range(40, width - 40):
            at = y + skew * x // width
            for row in (at, at + 1):
                pixels[row * width + x] = 0
    for x in upright:
        for y in range(level[0], level[-1]):
            pixels[y * width + x] = pixels[y * width + x + 1] = 0
    return Image(width, height, bytes(pixels), 300)


def test_lines_are_found_and_wiped_out() -> None:
    image = drawing(1200, 900, [100, 400, 800], [60, 600, 1100])
    wiped, rules, skew = take_rules(image)
    assert sorted(round(rule.y0 * 300 / 72) for rule in rules if rule.y0 == rule.y1) == [100, 400, 800]
    assert sorted(round(rule.x0 * 300 / 72) for rule in rules if rule.x0 == rule.x1) == [60, 600, 1100]
    assert wiped.pixels.count(0) == 0
    assert skew == 0


def test_lines_of_a_page_laid_askew_are_level_again() -> None:
    _, rules, skew = take_rules(drawing(2400, 600, [100, 400], [], skew=12))
    assert skew == pytest.approx(12 / 2400, rel=0.1)
    assert len(rules) == 2
    assert rules[1].y0 - rules[0].y0 == pytest.approx(300 * 72 / 300, abs=0.5)


def test_letters_and_dark_areas_are_no_lines() -> None:
    pixels = bytearray(b"\xff" * (600 * 600))
    for y in range(100, 400):
        pixels[y * 600 + 100 : y * 600 + 500] = bytes(400)
    for y in range(450, 500):
        pixels[y * 600 + 100 : y * 600 + 110] = bytes(10)
    image = Image(600, 600, bytes(pixels), 300)
    wiped, rules, _ = take_rules(image)
    assert rules == []
    assert wiped.pixels == image.pixels


def test_turning_four_times_is_no_turn() -> None:
    image = Image(3, 2, bytes(range(6)), 300)
    assert image.turned(1).pixels == bytes([3, 0, 4, 1, 5, 2])
    assert image.turned(1).turned(1).pixels == image.turned(2).pixels
    assert image.turned(3).turned(1).pixels == image.pixels


# --- marks -----------------------------------------------------------------------------------------------------------------


def mended(*lines: str) -> list[str]:
    """The lines of a page, each a paragraph of its own, with their marks set right."""
    made = [Line(Span([Piece(text, Style())], 113, 300, 100 + 20 * i, 12), 1, 85, 505) for i, text in enumerate(lines)]
    _ocr_labels.mend(made)
    return [line.span.text for line in made]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        (["L Mục tiêu", "H. Nhiệm vụ", "HI. Tổ chức", "IV. Kinh phí"], ["I. Mục tiêu", "II. Nhiệm vụ", "III. Tổ chức", "IV. Kinh phí"]),
        (["IL. Mục tiêu", "I. Nhiệm vụ"], ["I. Mục tiêu", "II. Nhiệm vụ"]),
        (["Điều 4. Khu vực", "I. Khu vực thuộc", "2. Khu vực khác"], ["Điều 4. Khu vực", "1. Khu vực thuộc", "2. Khu vực khác"]),
        (["Điều 1. Nội dung", "I. Mục tiêu", "1. Phát triển"], ["Điều 1. Nội dung", "I. Mục tiêu", "1. Phát triển"]),
        (["e) một", "ø) hai", "h) ba", "¡) bốn"], ["e) một", "g) hai", "h) ba", "i) bốn"]),
        (["c) một", "d) hai", "d) ba", "e) bốn"], ["c) một", "d) hai", "đ) ba", "e) bốn"]),
        (["c) một", "đd) hai"], ["c) một", "d) hai"]),
        (["Điêu 7. Một", "Điều §. Hai", "Điều này."], ["Điều 7. Một", "Điều 8. Hai", "Điều này."]),
        (["Chương ÏI", "Điều 1. Một", "Chương H"], ["Chương I", "Điều 1. Một", "Chương II"]),
        (["¬ Xây dựng nông thôn", "– giữ nguyên"], ["- Xây dựng nông thôn", "– giữ nguyên"]),
        (["Số: 47NQ-CP", "ngày 0I tháng 1T năm 2024"], ["Số: 47/NQ-CP", "ngày 01 tháng 11 năm 2024"]),
        (["Hà Nội là thủ đô", "L. A. Tuấn", "A. Phần đầu"], ["Hà Nội là thủ đô", "I. A. Tuấn", "A. Phần đầu"]),
    ],
)
def test_misread_marks(read: list[str], meant: list[str]) -> None:
    assert mended(*read) == meant


def test_marks_that_are_right_are_left_alone() -> None:
    right = [
        "Phần I",
        "Điều 1. A",
        "1. B",
        "a) c",
        "b) d",
        "- E",
        "+ F",
        "II. Mục",
        "2. G",
        "đ) h",
        "Mục 3",
        "Chương IV",
        "Điều này quy định",
    ]
    assert mended(*right) == right


# --- the program itself ----------------------------------------------------------------------------------------------------


@needs_tesseract
def test_tesseract_reads_a_drawn_page() -> None:
    import pypdfium2

    from vanban.parser.readers._pdf_page import image_of

    page: Page = [
        Text(100, 150, b"CONG HOA XA HOI CHU NGHIA VIET NAM", "Helvetica", 16),
        Text(100, 200, b"Nghi quyet 2024", "Helvetica", 16),
    ]
    document = pypdfium2.PdfDocument(pdf([page]))
    ((number, found),) = ocr.recognise([(7, lambda: image_of(document, 1))], ocr.language() or "")
    assert number == 7
    assert found.failed == ""
    assert "2024" in " ".join(span.text for span in found.spans)
    assert found.confidence > 50
    assert abs(found.spans[0].x0 - 100) < 4


@needs_tesseract
def test_a_real_scan(shared: Path) -> None:
    """A resolution of the Government, twenty pages: the header, the articles and the table of the appendix are there."""
    path = next((shared / "corpus-more").glob("cp-47-*.pdf"))
    with bounded(max_ocr_pages=12):
        reading = reader.read(path.read_bytes(), path.name)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in reading.text
    assert "Hà Nội, ngày 15 tháng 4 năm 2024" in reading.text
    assert any(text.startswith("Điều 1. Ban hành Chương trình hành động của Chính phủ đến năm 2030") for text in texts(reading))
    cells = [block for block in reading.blocks if block.cell is not None and block.page == 12]
    assert len({block.cell.row for block in cells if block.cell}) == 7
    assert "Sửa đổi, bổ sung Nghị định số 88/2012/NĐ-CP ngày 23/10/2012 của Chính phủ" in reading.text.replace("đối", "đổi").replace(
        "bố", "bổ"
    )
    assert any("Ký" in line or "ký" in line for line in reading.furniture)

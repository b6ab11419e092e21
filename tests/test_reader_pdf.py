"""The PDF reader: paragraphs by the places of their lines, columns and cells apart, running matter off, nothing lost."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from pdfs import Page, Rule, Text, grid, paragraph, pdf

from vanban.parser.readers import ocr
from vanban.parser.readers import pdf as reader
from vanban.parser.readers._limits import bounded
from vanban.parser.reading import ReadError, Reading

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed (pip install 'vanban[pdf]')")

# a column of 70 letters: 85 to 505 points, every letter 6 wide
BODY = paragraph(
    100,
    [
        "Điều 1. Phạm vi điều chỉnh của quy định này được áp dụng cho các",
        "cơ quan, tổ chức, cá nhân có liên quan trên toàn địa bàn tỉnh, trừ khi",
        "pháp luật có quy định khác.",
    ],
)


def read(*pages: Page, **how: str) -> Reading:
    return reader.read(pdf(list(pages), **how), "x.pdf")


def texts(reading: Reading) -> list[str]:
    return [reading.text[block.start : block.end] for block in reading.blocks]


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_sniffed_by_its_content() -> None:
    assert reader.sniff(b"%PDF-1.4\n...", "x.bin")
    assert not reader.sniff(b"PK\x03\x04", "x.pdf")


def test_lines_become_a_paragraph_where_the_next_word_had_no_room() -> None:
    more = paragraph(160, ["a) Khoản thứ nhất;"]) + paragraph(178, ["b) Khoản thứ hai."])
    assert texts(read([*BODY, *more])) == [
        "Điều 1. Phạm vi điều chỉnh của quy định này được áp dụng cho các cơ quan, tổ chức, cá nhân có liên quan trên toàn địa bàn tỉnh, trừ "
        "khi pháp luật có quy định khác.",
        "a) Khoản thứ nhất;",
        "b) Khoản thứ hai.",
    ]


def test_a_number_broken_after_its_hyphen_or_stroke_is_one_word() -> None:
    lines = [
        "Căn cứ Quyết định số 12/2024/QĐ-UBND, Thông tư 5/2020/TT-BTC, QĐ-",
        "UBND của Ủy ban nhân dân tỉnh và các chương trình phát triển kinh tế -",
        "xã hội.",
    ]
    (text,) = texts(read(paragraph(100, lines)))
    assert ", QĐ-UBND của" in text
    assert text.endswith("kinh tế - xã hội.")


def test_issuer_and_motto_stand_in_columns_of_their_own() -> None:
    page: Page = [
        Text(100, 60, "CHÍNH PHỦ", "Times-Bold"), Text(300, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Times-Bold"),
        Text(340, 78, "Độc lập - Tự do - Hạnh phúc", "Times-Bold"),
        Text(90, 96, "Số: 12/2024/NĐ-CP"), Text(310, 96, "Hà Nội, ngày 01 tháng 02 năm 2024"),
        Text(279, 130, "NGHỊ ĐỊNH", "Times-Bold"), *paragraph(160, ["Căn cứ Luật Tổ chức Chính phủ;"]), *paragraph(190, [
            "1. Quy định này quy định chi tiết một số điều của Luật Đất đai và các", "văn bản khác có liên quan."]),
    ]  # fmt: skip
    reading = read(page)
    left = [text for block, text in zip(reading.blocks, texts(reading), strict=True) if block.cell and block.cell.column == 0]
    right = [text for block, text in zip(reading.blocks, texts(reading), strict=True) if block.cell and block.cell.column == 1]
    assert left == ["CHÍNH PHỦ", "Số: 12/2024/NĐ-CP"]
    assert right == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Hà Nội, ngày 01 tháng 02 năm 2024"]
    title = next(block for block, text in zip(reading.blocks, texts(reading), strict=True) if text == "NGHỊ ĐỊNH")
    assert title.cell is None
    assert title.bold
    assert title.centred


def test_recipients_and_signature_do_not_interleave() -> None:
    recipients = ["- Như Điều 3;", "- Bộ Tài chính;", "- Sở Tư pháp;", "- Báo Thái Nguyên;", "- Lưu: VT."]
    page: Page = [
        *BODY,
        Text(90, 300, "Nơi nhận:", "Times-BoldItalic", 11),
        *(Text(90, 314 + 14 * i, t, size=11) for i, t in enumerate(recipients)),
    ]
    page += [
        Text(380, 303, "TM. ỦY BAN NHÂN DÂN", "Times-Bold", 13),
        Text(410, 321, "CHỦ TỊCH", "Times-Bold", 13),
        Text(405, 420, "Trịnh Việt Hùng", size=13),
    ]
    reading = read(page)
    assert texts(reading)[1:] == ["Nơi nhận:", *recipients, "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trịnh Việt Hùng"]
    assert {block.cell and block.cell.column for block in reading.blocks[1:]} == {0, 1}


def test_page_numbers_and_running_heads_are_taken_off_and_kept() -> None:
    pages: list[Page] = []
    for n in range(64, 69):
        number = Text(85 if n % 2 else 480, 50, str(n))
        pages.append([number, Text(180, 50, "CÔNG BÁO/Số 1093 + 1094/Ngày 21-11-2020"), *paragraph(100, [f"Điều {n}. Nội dung thứ {n}."])])
    reading = read(*pages)
    assert texts(reading) == [f"Điều {n}. Nội dung thứ {n}." for n in range(64, 69)]
    assert Counter(reading.furniture) == Counter(["CÔNG BÁO/Số 1093 + 1094/Ngày 21-11-2020"] * 5 + [str(n) for n in range(64, 69)])
    assert "reader.pdf.furniture" in codes(reading)


def test_what_only_looks_like_running_matter_stays() -> None:
    pages: list[Page] = [[Text(400, 50, f"Mẫu số 0{n}"), *paragraph(100, [f"Nội dung thứ {n}."])] for n in (1, 2)]
    pages.append([*paragraph(60, ["2. Khoản hai của điều này."]), *paragraph(100, ["15"])])
    reading = read(*pages)
    assert {"Mẫu số 01", "Mẫu số 02", "2. Khoản hai của điều này.", "15"} <= set(texts(reading))
    assert reading.furniture == ()


def test_a_paragraph_that_a_page_cuts_goes_on() -> None:
    first = paragraph(780, ["2. Ủy ban nhân dân tỉnh có trách nhiệm tổ chức thực hiện, kiểm tra"])
    second = paragraph(90, ["việc chấp hành quy định này và báo cáo kết quả với Hội đồng nhân dân", "cùng cấp."], indent=0)
    reading = read([*BODY, *first, Text(295, 820, "1")], [*second, Text(295, 820, "2")])
    assert [(block.ends, block.page) for block in reading.blocks] == [("paragraph", 1), ("line", 1), ("paragraph", 2)]
    assert reading.furniture == ("1", "2")


def test_a_ruled_table_is_cells_row_by_row() -> None:
    page: Page = [*BODY, *grid(85, 200, [40, 220, 150], [24, 60, 24])]
    page += [Text(90, 216, "STT"), Text(130, 216, "Nhiệm vụ"), Text(350, 216, "Cơ quan chủ trì")]
    page += [
        Text(90, 240, "1"),
        Text(130, 240, "Xây dựng kế hoạch triển khai thực"),
        Text(130, 255, "hiện nghị quyết"),
        Text(350, 240, "Sở Nội vụ"),
    ]
    page += [Text(90, 300, "2"), Text(130, 300, "Tổng kết"), Text(350, 300, "Sở Tài chính"), *paragraph(350, ["Điều 2. Hiệu lực."])]
    reading = read(page)
    cells = {(b.cell.row, b.cell.column): reading.text[b.start : b.end] for b in reading.blocks if b.cell is not None}
    assert cells == {
        (0, 0): "STT", (0, 1): "Nhiệm vụ", (0, 2): "Cơ quan chủ trì", (1, 0): "1", (1, 1): "Xây dựng kế hoạch triển khai thực hiện nghị quyết",
        (1, 2): "Sở Nội vụ", (2, 0): "2", (2, 1): "Tổng kết", (2, 2): "Sở Tài chính",
    }  # fmt: skip
    assert texts(reading)[-1] == "Điều 2. Hiệu lực."


def test_a_merged_cell_counts_once_and_a_frame_is_no_table() -> None:
    rules = [rule for rule in grid(85, 200, [100, 100, 100], [24, 24]) if not (rule[0] == rule[2] == 185)]
    page: Page = [*rules, Rule(185, 224, 185, 248), Text(90, 216, "Tổng số"), Text(290, 216, "10"), Text(90, 240, "a"), Text(190, 240, "b")]
    page += [*grid(85, 400, [300], [40]), Text(100, 420, "Trong khung")]
    reading = read(page)
    placed = [(b.cell and (b.cell.row, b.cell.column), reading.text[b.start : b.end]) for b in reading.blocks]
    assert placed == [((0, 0), "Tổng số"), ((0, 2), "10"), ((1, 0), "a"), ((1, 1), "b"), (None, "Trong khung")]


def test_a_table_goes_on_overleaf_without_its_repeated_head() -> None:
    def page(rows: list[tuple[str, str]]) -> Page:
        made: Page = [*grid(85, 100, [60, 300], [24] * (len(rows) + 1)), Text(90, 116, "STT"), Text(150, 116, "Nội dung")]
        for i, (number, words) in enumerate(rows):
            made += [Text(90, 140 + 24 * i, number), Text(150, 140 + 24 * i, words)]
        return made

    reading = read(page([("1", "Một"), ("2", "Hai")]), page([("3", "Ba"), ("4", "Bốn")]))
    assert {block.cell.table for block in reading.blocks if block.cell} == {0}
    assert [(b.cell.row, reading.text[b.start : b.end]) for b in reading.blocks if b.cell and b.cell.column == 1] == [
        (0, "Nội dung"), (1, "Một"), (2, "Hai"), (3, "Ba"), (4, "Bốn"),
    ]  # fmt: skip
    assert reading.furniture == ("STT | Nội dung",)


def test_notes_follow_the_paragraph_and_their_marks_stand_in_brackets() -> None:
    page: Page = [
        *BODY,
        Text(113, 200, "2. Tang vật, phương tiện"),
        Text(257, 195, "93", size=8),
        Text(267, 200, "vi phạm trên 5 m"),
        Text(363, 195, "2", size=8),
    ]
    page += [Rule(85, 700, 230, 700), Text(113, 712, "93", size=6), Text(121, 717, "Cụm từ này được bổ sung theo quy định.", size=10)]
    reading = read(page)
    assert texts(reading)[1:] == ["2. Tang vật, phương tiện[93] vi phạm trên 5 m2", "[93] Cụm từ này được bổ sung theo quy định."]
    assert [block.note for block in reading.blocks] == [None, None, "93"]


def test_letters_drawn_after_the_rest_of_their_line_are_read_in_their_places() -> None:
    page: Page = [
        Text(85, 100, "C"),
        Text(97, 100, "N THÂN ÁI T"),
        Text(169, 100, " S"),
        Text(91, 100, "Â", "Other"),
        Text(163, 100, "Ô", "Other"),
    ]
    assert texts(read(page)) == ["CÂN THÂN ÁI TÔ S"]


def test_a_name_set_over_dots_stays_whole() -> None:
    (line,) = texts(read([Text(85, 100, "....................................."), Text(115, 100, "Nguyễn Văn An")]))
    assert "Nguyễn Văn An" in line


def test_bold_set_twice_counts_once() -> None:
    assert texts(read([Text(85, 100, "CHÍNH PHỦ"), Text(85.3, 100, "CHÍNH PHỦ")])) == ["CHÍNH PHỦ"]


@pytest.mark.parametrize("turn", ["0 1 -1 0", "-1 0 0 -1", "0 -1 1 0"])
def test_a_page_on_its_side_is_read_upright(turn: str) -> None:
    first, second = {"0": ((300, 700), (320, 700)), "-": ((500, 300), (500, 280))}[turn[0]]
    if turn == "0 -1 1 0":
        first, second = (320, 200), (300, 200)
    page: Page = [Text(*first, "Điều 1. Phạm vi", turn=turn), Text(*second, "Nội dung thứ hai.", turn=turn), Text(40, 800, "lề")]
    assert texts(read(page)) == ["Điều 1. Phạm vi", "Nội dung thứ hai.", "lề"]


def test_tcvn3_with_its_font_and_the_hyphens_that_stand_for_a_letter() -> None:
    page: Page = [
        Text(85, 100, "Thñ t­íng ChÝnh phñ, kinh tÕ - x· héi".encode("latin-1"), ".VnTime"),
        Text(85, 140, "nghÞ ®Þnh".encode("latin-1"), ".VnTimeH"),
    ]
    reading = read(page)
    assert texts(reading) == ["Thủ tướng Chính phủ, kinh tế - xã hội", "NGHỊ ĐỊNH"]
    assert "text.legacy" in codes(reading)


def test_old_letters_under_a_font_that_tells_nothing() -> None:
    page: Page = [Text(85, 100, "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "F1"), Text(85, 140, "NghÞ ®Þnh", "F2")]
    assert texts(read(page)) == ["Cộng hoà xã hội chủ nghĩa Việt Nam", "Nghị định"]


def test_the_letter_an_old_word_wrote_wrong() -> None:
    reading = read([Text(85, 100, "Chƣơng I của cơ quan nhà nƣớc")])
    assert texts(reading) == ["Chương I của cơ quan nhà nước"]
    assert "reader.pdf.mended" in codes(reading)


def test_hidden_fonts_and_combining_marks() -> None:
    reading = read([Text(85, 100, "Die\u0302\u0300u 1. Pha\u0323m vi")])
    assert texts(reading) == ["Diều 1. Phạm vi"]


def test_lost_letters_are_said_and_kept_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "language", lambda: None)
    page: Page = [*BODY, Text(85, 200, "Văn bản 123")]
    reading = read(page, unmapped="V")
    assert "\ufffd" in reading.text or "V" not in reading.text
    assert len(texts(reading)) == 2


def test_a_scan_without_tesseract_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "language", lambda: None)
    drawn: Page = [Rule(100, 100 + i, 300, 101 + i) for i in range(60)]
    with pytest.raises(ReadError) as refused:
        read(drawn)
    assert "tesseract-ocr-vie" in refused.value.remedy
    reading = read(BODY, drawn)
    assert "tesseract-ocr-vie" in next(finding.message for finding in reading.findings if finding.code == "reader.pdf.no-text")
    assert texts(reading)[0].startswith("Điều 1.")


def test_a_rubbish_text_layer_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "language", lambda: None)
    rubbish = ["ŕïżq łőĺn žčěđ ďťňš", "ĥķĸ ŋœř ŧŵŷ ġħ ĵļ", "ąęį ųźż ćłń óśď ţŧř ěžš"] * 4
    reading = read([Text(85, 100 + 20 * i, line) for i, line in enumerate(rubbish)])
    assert "reader.pdf.bad-text" in codes(reading)


def test_a_blank_page_is_no_scan() -> None:
    reading = read(BODY, [], BODY)
    assert len(reading.blocks) == 2
    assert "reader.pdf.no-text" not in codes(reading)


def test_encrypted() -> None:
    locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "ab" * 32 + "> /U <" + "cd" * 32 + "> >> /ID [<00> <00>]"
    with pytest.raises(ReadError) as refused:
        read(BODY, trailer_entries=locked)
    assert "mật khẩu" in refused.value.problem
    assert refused.value.remedy


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(range(256)) * 50])
def test_what_is_no_pdf_after_all(data: bytes) -> None:
    with pytest.raises(ReadError):
        reader.read(data, "x.pdf")


def test_a_file_that_was_cut_off_gives_what_is_left() -> None:
    whole = pdf([BODY, BODY])
    reading = reader.read(whole[: whole.index(b"xref")], "x.pdf")
    assert texts(reading)[0].startswith("Điều 1.")
    assert codes(reading)[0] == "reader.pdf.truncated"


def test_without_pypdfium2_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([BODY])
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    monkeypatch.setitem(sys.modules, "pypdfium2.raw", None)
    monkeypatch.delitem(sys.modules, "vanban.parser.readers._pdf_page", raising=False)
    import vanban.parser.readers as package

    monkeypatch.delattr(package, "_pdf_page", raising=False)
    with pytest.raises(ReadError) as refused:
        reader.read(data, "x.pdf")
    assert "vanban[pdf]" in refused.value.remedy


def test_bounds_are_kept_and_said() -> None:
    with bounded(max_pages=2):
        reading = read(BODY, BODY, BODY)
    assert len(reading.blocks) == 2
    assert "reader.pdf.limit" in codes(reading)


def test_a_thousand_pages() -> None:
    reading = read(*[[*paragraph(100, [f"Điều {n}. Nội dung."]), Text(295, 800, str(n))] for n in range(1, 1001)])
    assert len(reading.blocks) == len(reading.furniture) == 1000


def test_many_rules_and_scattered_words_are_bounded() -> None:
    page: Page = [Rule(20 + 5 * (i % 100), 20 + 3 * (i // 100), 26 + 5 * (i % 100), 20 + 3 * (i // 100)) for i in range(9000)]
    page += [Text((i * 37) % 560, (i * 91) % 800, "ab") for i in range(4000)]
    reading = read(page)
    assert reading.text.count("ab") > 3000


def own_characters(path: Path) -> Counter[str]:
    """The printed characters of a PDF as pdfium gives them, one by one."""
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(path)
    counted: Counter[str] = Counter()
    for page in document:
        text = page.get_textpage()
        for i in range(raw.FPDFText_CountChars(text.raw)):
            counted[{"\x02": "-"}.get(char := chr(raw.FPDFText_GetUnicode(text.raw, i)), char)] += 1
    return counted


@pytest.mark.parametrize("name", ["nd-49-2026-nd-cp-37ea7", "thanhhoa-335-c5206", "congbao-147294-2020-1093-1094-23-vbhn-vpqh-1cc0a"])
def test_every_printed_character_of_real_files_is_kept(shared: Path, name: str) -> None:
    path = shared / "corpus-more" / f"{name}.pdf"
    reading = reader.read(path.read_bytes(), path.name)
    kept = Counter(reading.text + "".join(reading.furniture))
    own = own_characters(path)
    assert {char: n for char, n in own.items() if not char.isspace() and kept[char] < n} == {}
    assert all(reading.text[block.start : block.end].strip() for block in reading.blocks)
    assert all(a.end <= b.start for a, b in zip(reading.blocks, reading.blocks[1:], strict=False))


def test_a_gazette_issue(shared: Path) -> None:
    path = next((shared / "corpus-more").glob("congbao-147301-*.pdf"))
    reading = reader.read(path.read_bytes(), path.name)
    assert not any("CÔNG BÁO/Số" in text for text in texts(reading))
    notes = [int(block.note) for block in reading.blocks if block.note]
    assert sorted(set(notes)) == list(range(1, max(notes) + 1))
    assert "phương tiện[93] vi phạm hành chính" in reading.text
    # the imprint on page 67 is drawn as shapes: it is read where tesseract is, and named where it is not
    assert {block.page for block in reading.blocks} >= set(range(1, 67))
    assert "reader.pdf.no-text" in codes(reading)

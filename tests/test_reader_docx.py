"""The .docx reader: what Word prints, once, in order; and hostile containers."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from vanban.parser.readers import docx
from vanban.parser.readers._limits import bounded
from vanban.parser.reading import ReadError, Reading

SHARED = Path(__file__).parents[1].parent / "shared"
W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def make(body: str, **parts: str) -> bytes:
    """A .docx with this body; ``parts`` are the insides of numbering, styles, footnotes, header1 …"""
    roots = {"header1": "hdr", "footer1": "ftr"}
    main = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/{name.rstrip("0123456789")}" Target="{name}.xml"/>' for i, name in enumerate(parts)
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{main}</Relationships>')
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>')
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, inside in parts.items():
            root = roots.get(name, name)
            archive.writestr(f"word/{name}.xml", f"<w:{root} {W}>{inside}</w:{root}>")
    return packed.getvalue()


def read(body: str, **parts: str) -> Reading:
    return docx.read(make(body, **parts), "x.docx")


def lines(reading: Reading) -> list[str]:
    return [reading.text[block.start : block.end] for block in reading.blocks]


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(text: str = "", look: str = "", runs: str | None = None) -> str:
    return f"<w:p><w:pPr>{look}</w:pPr>{r(text) if runs is None else runs}</w:p>"


def listed(text: str, number: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(index: int, kind: str, text: str, more: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def test_automatic_numbers_are_set_into_the_text() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">' + level(0, "decimal", "Điều %1.") + level(1, "decimal", "%2.")
        + level(2, "lowerLetter", "%3)") + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )  # fmt: skip
    body = [("Phạm vi", 0), ("Một", 1), ("x", 2), ("x", 2), ("x", 2), ("x", 2), ("x", 2), ("Hai", 1), ("y", 2), ("Hiệu lực", 0), ("Ba", 1)]
    reading = read("".join(listed(text, 1, at) for text, at in body), numbering=numbering)
    assert lines(reading) == [
        "Điều 1. Phạm vi", "1. Một", "a) x", "b) x", "c) x", "d) x", "e) x", "2. Hai", "a) y", "Điều 2. Hiệu lực", "1. Ba",
    ]  # fmt: skip
    assert reading.source_map == ()


def test_lists_that_restart_continue_and_write_their_numbers_in_their_own_way() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">' + level(0, "upperRoman", "Chương %1", start=2) + level(1, "decimal", "%1.%2.", "<w:isLgl/>")
        + level(2, "lowerRoman", "(%3)", '<w:lvlRestart w:val="0"/>') + "</w:abstractNum>"
        '<w:abstractNum w:abstractNumId="1">' + level(0, "decimal", "%1.", start=5) + "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )  # fmt: skip
    body = [("x", 1, 0), ("x", 1, 1), ("x", 1, 2), ("x", 1, 1), ("x", 1, 2), ("x", 1, 0), ("x", 1, 1), ("x", 1, 2)]
    body += [("x", 2, 0), ("x", 2, 0), ("x", 3, 0), ("x", 3, 0), ("x", 2, 0), ("x", 9, 0)]
    reading = read("".join(listed(*item) for item in body), numbering=numbering)
    assert [line.removesuffix("x").strip() for line in lines(reading)] == [
        "Chương II", "2.1.", "(i)", "2.2.", "(ii)", "Chương III", "3.1.", "(iii)", "5.", "6.", "1.", "2.", "3.", "",
    ]  # fmt: skip


def test_numbers_come_from_styles_and_what_they_are_based_on() -> None:
    def style(name: str, based: str, inside: str) -> str:
        return f'<w:style w:type="paragraph" w:styleId="{name}"><w:basedOn w:val="{based}"/><w:pPr>{inside}</w:pPr></w:style>'

    styles = style("H1", "", '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/><w:jc w:val="center"/>')
    styles += style("H2", "H1", "") + style("Mine", "H2", '<w:jc w:val="left"/>') + style("Loop", "Loop", "")
    numbering = (
        '<w:abstractNum w:abstractNumId="0">' + level(0, "upperRoman", "%1.", '<w:pStyle w:val="H1"/>')
        + level(1, "decimal", "%2.", '<w:pStyle w:val="H2"/>') + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )  # fmt: skip
    named = '<w:pStyle w:val="{}"/>'
    body = p("A", named.format("H1")) + p("b", named.format("H2")) + p("c", named.format("Mine")) + p("d", named.format("Loop"))
    body += p("E", named.format("H1") + '<w:numPr><w:numId w:val="0"/></w:numPr>')
    reading = read(body, numbering=numbering, styles=styles)
    assert lines(reading) == ["I. A", "1. b", "2. c", "d", "E"]
    assert [(block.heading, block.centred) for block in reading.blocks] == [(1, True), (1, True), (1, False), (0, False), (1, True)]


def test_an_empty_numbered_cell_prints_its_number() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    cell = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    row = f"<w:tr><w:tc>{cell}</w:tc><w:tc>{p('việc')}</w:tc></w:tr>"
    reading = read(f"<w:tbl>{row * 2}</w:tbl>", numbering=numbering)
    assert lines(reading) == ["1", "việc", "2", "việc"]


def test_cells_stand_at_their_place_whatever_is_merged_or_nested() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('trong')}</w:tc></w:tr></w:tbl>"
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("rộng")}{p("hai đoạn")}</w:tc>'
    row = f'<w:tr>{wide}<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("cao")}</w:tc></w:tr>'
    row += f"<w:tr><w:tc>{p('a')}{inner}</w:tc><w:sdt><w:sdtContent><w:tc>{p('b')}</w:tc></w:sdtContent></w:sdt>"
    row += "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>"
    reading = read(f"<w:tbl>{row}</w:tbl>{p('sau')}")
    places = [(block.cell.table, block.cell.row, block.cell.column) if block.cell else None for block in reading.blocks]
    assert lines(reading) == ["rộng", "hai đoạn", "cao", "a", "trong", "b", "sau"]
    assert places == [(0, 0, 0), (0, 0, 0), (0, 0, 2), (0, 1, 0), (1, 0, 0), (0, 1, 1), None]


def test_notes_follow_the_paragraph_that_refers_to_them() -> None:
    notes = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">' + p(
        runs="<w:r><w:footnoteRef/></w:r>" + r("Khoản này được sửa đổi.")
    ) + p("Đoạn hai.") + "</w:footnote>"  # fmt: skip
    ends = f'<w:endnote w:id="1">{p(runs="<w:r><w:endnoteRef/></w:r>" + r("Cuối"))}</w:endnote>'
    body = p(runs=r("1. Khoản") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r(" một")) + p(
        runs=r("2. Hai") + '<w:r><w:endnoteReference w:id="1"/></w:r>'
    )
    reading = read(body, footnotes=notes, endnotes=ends)
    assert lines(reading) == ["1. Khoản[1] một", "[1] Khoản này được sửa đổi.", "Đoạn hai.", "2. Hai[i]", "[i] Cuối"]
    assert [block.note for block in reading.blocks] == [None, "1", "1", None, "i"]


def test_tracked_changes_are_read_as_accepted() -> None:
    deleted_mark = "<w:rPr><w:del w:id='1'/></w:rPr>"
    body = p(runs=r("Giữ ") + "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:ins>" + r("thêm") + "</w:ins>")
    body += p("Nối ", deleted_mark) + p("liền") + f"<w:moveFrom>{p('đi')}</w:moveFrom>"
    reading = read(body)
    assert lines(reading) == ["Giữ thêm", "Nối liền"]
    assert [finding.code for finding in reading.findings] == ["reader.docx.deleted"]
    assert "2" in reading.findings[0].message


def test_hidden_text_is_left_out_and_said() -> None:
    reading = read(p(runs=r("thấy") + r("không thấy", "<w:vanish/>") + r(" lại", '<w:vanish w:val="0"/>')))
    assert reading.text == "thấy lại"
    assert [finding.code for finding in reading.findings] == ["reader.docx.hidden"]


def test_fields_show_their_results_only() -> None:
    def field(instruction: str, result: str | None) -> str:
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
        middle = "" if result is None else mark("separate") + result
        return mark("begin") + f"<w:r><w:instrText>{instruction}</w:instrText></w:r>" + middle + mark("end")

    body = p(runs=r("Trang ") + field("PAGE", r("3")) + field("XE", None) + r("."))
    body += p(runs=field("IF </w:instrText></w:r>" + field("MERGEFIELD a", r("ẩn")) + "<w:r><w:instrText>", r("hiện")))
    body += p(runs='<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("chữ không mất")) + p("sau")
    assert lines(read(body)) == ["Trang 3.", "hiện", "chữ không mất", "sau"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    inside = f"<w:txbxContent>{p('trong khung')}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
    body = p(runs=r("trước ") + f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>" + r("sau"))
    assert lines(read(body)) == ["trước sau", "trong khung"]


def test_what_is_printed_by_other_means_than_letters() -> None:
    body = p(runs='<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:tab/><w:t>94/NQ</w:t><w:noBreakHyphen/><w:t>HĐND</w:t></w:r>')
    body += p(runs=r("hàng một") + "<w:r><w:br/></w:r>" + r("hàng hai")) + p(runs=r("chữ hoa đậm", "<w:caps/><w:b/>"))
    body += p(
        runs=r("Điều 5") + r("1", '<w:vertAlign w:val="superscript"/>') + r(" và 3 km") + r("2", '<w:vertAlign w:val="superscript"/>')
    )
    body += p(runs="<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>")
    reading = read(body)
    assert lines(reading) == ["•\t94/NQ-HĐND", "hàng một", "hàng hai", "CHỮ HOA ĐẬM", "Điều 5¹ và 3 km2", "a/b"]
    assert [block.ends for block in reading.blocks] == ["paragraph", "line", "paragraph", "paragraph", "paragraph", "paragraph"]
    assert reading.blocks[3].bold and not reading.blocks[0].bold


def test_legacy_fonts_are_decoded_by_their_names() -> None:
    fonts = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'.format
    body = p(runs=r("Céng hoµ x· héi", fonts(".VnTime")) + r(" céng hoµ", fonts(".VnTimeH")))
    body += p(runs=r("Co", fonts("VNI-Times")) + r("äng hoøa", fonts("VNI-Times")))
    body += p(runs=r("N", fonts(".VnTime")) + r("\u00adíc", fonts(".VnTime"))) + p("từ mềm\u00ad mại")
    reading = read(body)
    assert lines(reading) == ["Cộng hoà xã hội CỘNG HOÀ", "Cộng hòa", "Nước", "từ mềm mại"]
    assert [finding.code for finding in reading.findings] == ["text.legacy"]


def test_headers_and_footers_are_furniture() -> None:
    reading = read(p("Thân"), header1=p("2") + p("CÔNG BÁO/Số 12/Ngày 01-02-2020"), footer1=p("2"))
    assert reading.text == "Thân"
    assert reading.furniture == ("2", "CÔNG BÁO/Số 12/Ngày 01-02-2020")
    assert [finding.code for finding in reading.findings] == ["reader.docx.furniture"]


def test_combining_marks_are_composed_across_runs() -> None:
    reading = read(p(runs=r("Đie\u0302") + r("\u0300u 1")))
    assert reading.text == "Điều 1"
    assert [finding.code for finding in reading.findings] == ["text.nfd"]


def test_a_cell_that_holds_the_document_is_the_page() -> None:
    body = f"<w:tbl><w:tr><w:tc>{p('lề')}</w:tc><w:tc>{p('Một đoạn của văn bản') * 20}</w:tc></w:tr></w:tbl>"
    assert [block.cell is None for block in read(body).blocks] == [False] + [True] * 20


def test_strict_open_xml_is_read_as_well() -> None:
    with zipfile.ZipFile(io.BytesIO(make(p("Chặt")))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in parts.items():
            data = data.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            )
            archive.writestr(name, data)
    assert docx.read(packed.getvalue(), "x.docx").text == "Chặt"


# --- hostile files -------------------------------------------------------------------------------------------------------------


def test_truncated_and_damaged_containers_say_so() -> None:
    whole = make(p("Điều 1. Phạm vi " * 500))
    for data in (whole[: len(whole) // 2], whole[:100], b"PK\x03\x04" + bytes(100)):
        with pytest.raises(ReadError) as raised:
            docx.read(data, "x.docx")
        assert raised.value.remedy


def test_damaged_xml_is_read_as_far_as_it_goes() -> None:
    reading = read(p("trước") + "<w:p><w:r><w:t>giữa</w:r></w:p>" + p("sau"))
    assert "trước" in reading.text
    assert [finding.code for finding in reading.findings][:1] == ["reader.docx.damaged"]


def test_bombs_are_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (40 << 20))
    with pytest.raises(ReadError, match="max_ratio"):
        docx.read(packed.getvalue(), "x.docx")
    with bounded(max_unpacked=1000), pytest.raises(ReadError, match="max_unpacked"):
        docx.read(make(p("a" * 2000)), "x.docx")
    with bounded(max_nodes=100), pytest.raises(ReadError, match="max_nodes"):
        docx.read(make(p("a") * 200), "x.docx")


def test_entities_reach_nothing_and_grow_to_nothing() -> None:
    laughs = "".join(f'<!ENTITY a{i} "{"&a" + str(i - 1) + ";" if i else "ha"}{"&a" + str(i - 1) + ";" if i else ""}">' for i in range(30))
    doctype = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">{laughs}]>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        document = f"{doctype}<w:document {W}><w:body>{p('&x;&a29;')}{p('còn')}</w:body></w:document>"
        archive.writestr("word/document.xml", document)
    reading = docx.read(packed.getvalue(), "x.docx")
    assert "còn" in reading.text and "root:" not in reading.text and len(reading.text) < 100
    assert "reader.docx.damaged" in [finding.code for finding in reading.findings]


def test_deep_nesting_and_many_cells_stay_bounded() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 100_000 + p("sâu")
    reading = docx.read(make(p("trước") + deep), "x.docx")
    assert reading.text.startswith("trước") and reading.findings[0].code == "reader.docx.damaged"
    nested = "<w:tbl><w:tr><w:tc>" * 70 + p("sâu") + "</w:tc></w:tr></w:tbl>" * 70
    assert read(nested).text == "sâu"
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>" * 100 + "</w:tr>"
    many = docx.read(make(f"<w:tbl>{row * 1000}</w:tbl>"), "x.docx")
    assert len(many.blocks) == 100_000 and many.blocks[-1].cell is not None and many.blocks[-1].cell.row == 999


def test_an_encrypted_file_says_that_it_has_a_password() -> None:
    data = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)
    assert docx.sniff(data, "x.docx")
    with pytest.raises(ReadError, match="password"):
        docx.read(data, "x.docx")


def test_rubbish_ends_in_an_error_or_a_reading() -> None:
    rng = random.Random(7)
    whole = make(p("Điều 1. Phạm vi") * 30)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(rng.randrange(1, 12)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            reading = docx.read(bytes(data), "x.docx")
        except ReadError as error:
            assert error.remedy
        else:
            assert "".join(lines(reading)).split() == "".join(reading.text.split("\n")).split()


def test_sniffing_goes_by_content() -> None:
    assert docx.sniff(make(p("x")), "x.bin")
    assert not docx.sniff(b"PK\x03\x04 something else", "x.zip")
    assert not docx.sniff(b"Nghi quyet", "x.docx")


# --- real files ----------------------------------------------------------------------------------------------------------------


def real() -> list[Path]:
    return [*sorted((SHARED / "corpus").glob("*.docx")), *sorted((SHARED / "corpus-more").glob("*.docx"))]


@pytest.mark.skipif(not real(), reason="needs the corpus in ../shared")
@pytest.mark.parametrize("path", real(), ids=lambda path: path.stem[:40])
def test_every_letter_of_a_real_file_is_read_once(path: Path) -> None:
    reading = docx.read(path.read_bytes(), path.name)
    inside = "".join(lines(reading))
    assert "".join(inside.split()) == "".join(reading.text.split())
    with zipfile.ZipFile(path) as archive:
        stored = archive.read("word/document.xml").decode()
    for probe in ("Nơi nhận", "Căn cứ", "Điều 1."):
        assert reading.text.count(probe) >= min(1, stored.count(f">{probe}"))

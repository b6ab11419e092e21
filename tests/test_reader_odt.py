"""The .odt reader: what LibreOffice prints, once, in order; and hostile containers."""

from __future__ import annotations

import io
import random
import subprocess
import zipfile
from pathlib import Path

import pytest

from vanban.parser.readers import docx, odt, office
from vanban.parser.readers._limits import bounded
from vanban.parser.reading import ReadError, Reading

SHARED = Path(__file__).parents[1].parent / "shared"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = " ".join(
    f'xmlns:{prefix}="{OASIS}{name}:1.0"'
    for prefix, name in [
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing"), ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    ]
)  # fmt: skip
XML_ID = 'xml:id="{}"'.format


def make(body: str, automatic: str = "", styles: str | None = None) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", odt.MEDIA_TYPE, zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        if styles is not None:
            archive.writestr("styles.xml", f"<office:document-styles {NAMES}>{styles}</office:document-styles>")
    return packed.getvalue()


def read(body: str, automatic: str = "", styles: str | None = None) -> Reading:
    return odt.read(make(body, automatic, styles), "x.odt")


def lines(reading: Reading) -> list[str]:
    return [reading.text[block.start : block.end] for block in reading.blocks]


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def item(*inside: str, more: str = "") -> str:
    return f"<text:list-item {more}>{''.join(inside)}</text:list-item>"


def lst(*items: str, more: str = 'text:style-name="L"') -> str:
    return f"<text:list {more}>{''.join(items)}</text:list>"


LIST = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="Điều " '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="2"/>'
    '<text:list-level-style-number text:level="3" style:num-format="a" style:num-suffix=")" text:start-value="3"/>'
    '<text:list-level-style-bullet text:level="4" text:bullet-char="\uf0b7"><style:text-properties style:font-name="Symbol"/>'
    "</text:list-level-style-bullet></text:list-style>"
)


def test_lists_are_numbered_across_their_parts() -> None:
    clauses = lst(item(p("k"), lst(item(p("a")), item(p("b"))), p("không số")), item(p("k")), more="")
    body = lst(item(p("A"), clauses), more=XML_ID("one") + ' text:style-name="L"')
    body += p("giữa") + lst(item(lst(item(p("k")), more="")), item(p("B")), more='text:continue-list="one" text:style-name="L"')
    body += lst(item(p("mới")), item(p("bảy"), more='text:start-value="7"'), item(p("tám")))
    body += lst(item(p("tiếp")), more='text:continue-numbering="true" text:style-name="L"')
    body += lst(item(lst(item(lst(item(lst(item(p("chấm")), more="")), more="")), more="")))
    assert lines(read(body, LIST)) == [
        "Điều 1. A", "1.1. k", "c) a", "d) b", "không số", "1.2. k", "giữa", "1.3. k", "Điều 2. B", "Điều 1. mới", "Điều 7. bảy",
        "Điều 8. tám", "Điều 9. tiếp", "• chấm",
    ]  # fmt: skip


def test_headings_are_numbered_by_the_outline() -> None:
    level = '<text:outline-level-style text:level="{}" style:num-format="{}" style:num-suffix="{}"/>'.format
    styles = f"<office:styles><text:outline-style>{level(1, 'I', '.')}{level(2, '', '')}</text:outline-style></office:styles>"
    heading = '<text:h text:outline-level="{}" {}>{}</text:h>'.format
    body = heading(1, "", "A") + heading(2, "", "b") + heading(1, 'text:is-list-header="true"', "không") + heading(1, "", "C")
    reading = read(body, styles=styles)
    assert lines(reading) == ["I. A", "b", "không", "II. C"]
    assert [block.heading for block in reading.blocks] == [1, 2, 1, 1]


def test_looks_blanks_and_breaks() -> None:
    style = '<style:style style:name="{}" style:family="{}" {}>{}</style:style>'.format
    bold, centred = '<style:text-properties fo:font-weight="bold"/>', '<style:paragraph-properties fo:text-align="center"/>'
    automatic = style("P", "paragraph", "", bold + centred) + style("C", "paragraph", 'style:parent-style-name="P"', "")
    automatic += style("U", "text", "", '<style:text-properties fo:text-transform="uppercase" fo:font-weight="normal"/>')
    automatic += style("V", "text", "", '<style:text-properties text:display="none"/>')
    automatic += style("H", "text", "", '<style:text-properties style:text-position="super 58%"/>')
    automatic += '<style:font-face style:name="Old" svg:font-family="\'.VnTime\'"/>'
    automatic += style("O", "text", "", '<style:text-properties style:font-name="Old"/>')
    body = p("một\n  hai", "C") + p('<text:span text:style-name="U">chữ hoa</text:span>', "C")
    body += p('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d<text:span text:style-name="V">ẩn</text:span>')
    body += p('Điều 5<text:span text:style-name="H">1</text:span> <text:span text:style-name="O">N\u00adíc</text:span>')
    reading = read(body, automatic)
    assert lines(reading) == ["một hai", "CHỮ HOA", "a   b\tc", "d", "Điều 5¹ Nước"]
    assert [(block.bold, block.centred) for block in reading.blocks[:3]] == [(True, True), (False, True), (False, False)]
    assert [finding.code for finding in reading.findings] == ["reader.odt.hidden", "text.legacy"]


def test_tables_notes_boxes_and_changes() -> None:
    cell = "<table:table-cell {}>{}</table:table-cell>".format
    rows = f"<table:table-header-rows><table:table-row>{cell('', p('a'))}{cell('', p('b'))}</table:table-row></table:table-header-rows>"
    rows += f'<table:table-row table:number-rows-repeated="2">{cell("", "")}{cell("", p("lặp"))}</table:table-row>'
    spanned = cell('table:number-columns-spanned="2"', p("rộng")) + "<table:covered-table-cell/>" + cell("", p("ba"))
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        + p("Chú thích")
        + p("nữa")
        + "</text:note-body></text:note>"
    )
    box = "<draw:frame><draw:text-box>" + p("khung") + "</draw:text-box><svg:desc>mô tả</svg:desc></draw:frame>"
    changes = f"<text:tracked-changes><text:changed-region><text:deletion>{p('bỏ')}</text:deletion></text:changed-region>"
    changes += "</text:tracked-changes>"
    body = changes + f"<table:table>{rows}<table:table-row>{spanned}</table:table-row></table:table>"
    body += p(f"Khoản{note} một {box}sau<office:annotation>{p('nhận xét')}</office:annotation>.")
    body += f'<text:section text:display="none">{p("ẩn")}</text:section>'
    reading = read(body)
    assert lines(reading) == ["a", "b", "lặp", "lặp", "rộng", "ba", "Khoản[1] một sau.", "khung", "[1] Chú thích", "nữa"]
    places = [(block.cell.row, block.cell.column) for block in reading.blocks if block.cell]
    assert places == [(0, 0), (0, 1), (1, 1), (2, 1), (3, 0), (3, 2)]
    assert [block.note for block in reading.blocks][-2:] == ["1", "1"]
    assert [finding.code for finding in reading.findings] == ["reader.odt.deleted", "reader.odt.hidden", "reader.odt.comments"]


def test_headers_are_furniture_and_flat_files_are_read() -> None:
    page = f"<style:master-page><style:header>{p('Trang 2')}</style:header></style:master-page>"
    assert read(p("Thân"), styles=f"<office:master-styles>{page}</office:master-styles>").furniture == ("Trang 2",)
    body = f"<office:body><office:text>{p('Thân')}</office:text></office:body>"
    flat = f"<?xml version='1.0'?><office:document {NAMES}>{body}</office:document>"
    assert odt.sniff(flat.encode(), "x.fodt") and odt.read(flat.encode(), "x.fodt").text == "Thân"


def test_sniffing_goes_by_content() -> None:
    assert odt.sniff(make(p("x")), "x.bin") and not docx.sniff(make(p("x")), "x.bin")
    assert not odt.sniff(b"PK\x03\x04....", "x.docx")


# --- hostile files -------------------------------------------------------------------------------------------------------------


def test_damaged_and_encrypted_containers_say_so() -> None:
    whole = make(p("Điều 1. " * 2000))
    with pytest.raises(ReadError) as raised:
        odt.read(whole[: len(whole) // 2], "x.odt")
    assert raised.value.remedy
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", odt.MEDIA_TYPE)
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    with pytest.raises(ReadError, match="password"):
        odt.read(packed.getvalue(), "x.odt")


def test_repeated_rows_and_deep_lists_stay_bounded() -> None:
    cell = f'<table:table-cell table:number-columns-repeated="100000000">{p("x")}</table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="100000000">{cell}</table:table-row>'
    with bounded(max_repeat=20):
        assert len(read(f"<table:table>{row}</table:table>").blocks) == 400
    deep = read(p("trước") + "<text:list><text:list-item>" * 100_000)
    assert deep.text == "trước" and deep.findings[0].code == "reader.odt.damaged"
    assert len(read(p('<text:s text:c="999999999"/>x')).text) == 1


def test_rubbish_ends_in_an_error_or_a_reading() -> None:
    rng = random.Random(11)
    whole = make(lst(item(p("A"), lst(item(p("k"))))) + p("Điều 1."), LIST)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(rng.randrange(1, 12)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            reading = odt.read(bytes(data), "x.odt")
        except ReadError as error:
            assert error.remedy
        else:
            assert "".join("".join(lines(reading)).split()) == "".join(reading.text.split())


# --- real files ----------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(office.program() is None, reason="LibreOffice makes the .odt of real files: apt install libreoffice-writer")
@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="needs the corpus in ../shared")
def test_real_files_read_the_same_as_odt(tmp_path: Path) -> None:
    paths = [*sorted((SHARED / "corpus").glob("*.docx")), *sorted((SHARED / "corpus-more").glob("*.docx"))]
    profile = (tmp_path / "profile").as_uri()
    command = [str(office.program()), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "odt", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=300)
    for path in paths:
        from_docx = docx.read(path.read_bytes(), path.name)
        from_odt = odt.read((tmp_path / f"{path.stem}.odt").read_bytes(), path.stem)
        assert from_odt.text.split() == from_docx.text.split()
        assert [block.cell for block in from_odt.blocks] == [block.cell for block in from_docx.blocks]
        assert [block.bold for block in from_odt.blocks] == [block.bold for block in from_docx.blocks]


def test_what_is_no_open_document_is_refused() -> None:
    with pytest.raises(ReadError, match="not an OpenDocument") as caught:
        odt.read("<html><body><p>Điều 1. Một.</p></body></html>".encode(), "a.odt")
    assert "--format" in caught.value.remedy

"""The HTML reader: the document of a page, whole; the site's own, apart; and hostile pages."""

from __future__ import annotations

import difflib
import random
import unicodedata
from pathlib import Path

import lxml.html
import pytest

from vanban.parser.readers import _html_main, html
from vanban.parser.readers._limits import bounded
from vanban.parser.reading import ReadError, Reading

SHARED = Path(__file__).parents[1].parent / "shared"
HEADER = (
    "<table><tr><td><p align=center><b>HỘI ĐỒNG NHÂN DÂN<br>TỈNH A</b></p></td><td><p align=center><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    "</b></p></td></tr><tr><td>Số: 12/NQ-HĐND</td><td><i>A, ngày 08 tháng 12 năm 2023</i></td></tr></table>"
)
BODY = "".join(f"<p>Điều {i}. Nhiệm vụ và giải pháp phát triển kinh tế - xã hội thứ {i} của tỉnh trong năm 2024.</p>" for i in range(1, 16))


def read(page: str) -> Reading:
    return html.read(page.encode(), "x.html")


def lines(reading: Reading) -> list[str]:
    return [reading.text[block.start : block.end] for block in reading.blocks]


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_white_space_breaks_and_paragraphs() -> None:
    reading = read("<html><p>Phê  duyệt\n  kế&nbsp;hoạch</p>chữ<div>một<br>hai</div>ba<p> </p><pre>x  y\nz</pre>")
    assert lines(reading) == ["Phê duyệt kế\u00a0hoạch", "chữ", "một", "hai", "ba", "x  y", "z"]
    assert [block.ends for block in reading.blocks][2:4] == ["line", "paragraph"]


def test_looks_come_from_tags_attributes_and_styles() -> None:
    reading = read(
        "<html><p align=center><b>A</b> <strong>B</strong></p><p style='text-align:center'><i>c</i></p><center>d</center>"
        "<p><span style='font-weight:700'>e</span></p><h2>f</h2><p>g <b>h</b></p><p style='text-transform:uppercase'>điều</p>"
        "<div align=center><p align=left>k</p></div>"
    )
    looks = [(block.bold, block.italic, block.centred, block.heading) for block in reading.blocks]
    assert looks[:6] == [
        (True, False, True, 0), (False, True, True, 0), (False, False, True, 0), (True, False, False, 0), (True, False, False, 2),
        (False, False, False, 0),
    ]  # fmt: skip
    assert lines(reading)[6:] == ["ĐIỀU", "k"] and not reading.blocks[7].centred


def test_cells_stand_at_their_place() -> None:
    reading = read(
        "<html><table><tr><td rowspan=2>a</td><td colspan=2>b</td><td>c</td></tr><tr><td><p>d</p><p>e</p></td><td></td><td>f"
        "<table><tr><td>g</td></tr></table></td></tr></table>sau"
    )
    places = [(block.cell.table, block.cell.row, block.cell.column) if block.cell else None for block in reading.blocks]
    assert lines(reading) == ["a", "b", "c", "d", "e", "f", "g", "sau"]
    assert places == [(0, 0, 0), (0, 0, 1), (0, 0, 3), (0, 1, 1), (0, 1, 1), (0, 1, 3), (1, 0, 0), None]


def test_list_marks_are_printed_unless_the_text_has_its_own() -> None:
    reading = read(
        "<html><ol><li>một</li><li>hai<ul><li>trong</li></ul></li></ol><ol type=a start=3><li>c</li></ol><ol><li>1. đã đánh số</li></ol>"
        "<ul style='list-style-type:none'><li>không</li></ul>"
    )
    assert lines(reading) == ["1. một", "2. hai", "• trong", "c. c", "1. đã đánh số", "không"]
    assert lines(read("<html><style>ol, ul{margin:0;list-style:none}</style><ul><li>không</li></ul>")) == ["không"]


def test_footnotes_raised_numbers_and_soft_hyphens() -> None:
    reading = read(
        '<html><p>Điều 5<sup>1</sup> dài 3 km<sup>2</sup> L&shy;ưu<a href="#_ftn1" name="_ftnref1">[1]</a></p>'
        '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Chú thích</p><p>tiếp</p></div>'
        '<p><a href="#_ednref2" name="_edn2">[2]</a> Nữa</p><p>hết</p>'
    )
    assert lines(reading) == ["Điều 5¹ dài 3 km2 Lưu[1]", "[1] Chú thích", "tiếp", "[2] Nữa", "hết"]
    assert [block.note for block in reading.blocks] == [None, "1", "1", "2", None]


def test_a_portal_page_gives_its_document_and_keeps_the_rest_apart() -> None:
    page = (
        "<html><head><title>Nghị quyết</title></head><body><header><a href=/>Trang chủ</a></header>"
        "<div class='top sticky'><nav>Văn bản &gt; Nghị quyết</nav><div class=cursor-pointer>Lược đồ</div></div>"
        "<div id=main><div class='lawHeader_box'><h1>Nghị quyết số 12/NQ-HĐND</h1><div>Còn hiệu lực</div></div>"
        f"<div><div role=tablist><div role=tab>Nội dung</div></div><div class=content>{HEADER}{BODY}</div></div></div>"
        "<div class='toc fixed'><div>Mục lục</div><div>Điều 1. Nhiệm vụ</div></div>"
        "<footer>Cơ quan chủ quản: Bộ A</footer><script>var a = 'Điều 9.'</script></body></html>"
    )
    reading = read(page)
    assert lines(reading)[0] == "HỘI ĐỒNG NHÂN DÂN" and lines(reading)[-1].startswith("Điều 15.")
    assert "Nghị quyết số 12/NQ-HĐND Còn hiệu lực" in reading.furniture
    assert codes(reading) == ["reader.html.furniture"]


def test_a_page_laid_out_with_tables_gives_its_document() -> None:
    links = "".join(f"<li><a href={i}>Thông tư số {i}/2021/TT-BTC hướng dẫn</a>" for i in range(20))
    page = (
        f"<body><div id=top><a href=/>Trang chủ</a> | <a href=/h>Hỏi đáp</a></div><form><table><tr><td><b>Liên quan</b><ul>{links}</ul></td>"
        f"<td><div class=content1>{HEADER}{BODY}</div><div class=chiase><a href=f>Facebook</a> <a href=i>In</a></div></td></tr></table></form>"
        "<div class=footer>© Công ty</div></body>"
    )
    reading = read("<html>" + page)
    assert lines(reading)[0] == "HỘI ĐỒNG NHÂN DÂN" and lines(reading)[-1].startswith("Điều 15.")
    assert reading.blocks[-1].cell is None
    assert [block.cell.column for block in reading.blocks[:5] if block.cell] == [0, 0, 1, 0, 1]


def test_links_in_the_document_are_no_furniture() -> None:
    recitals = "<p>Căn cứ <a href=1>Luật Tổ chức chính quyền địa phương</a>;</p>" * 3
    outdated = "<ul>" + "<li><a href=2>Nghị quyết số 5/NQ-HĐND</a></li>" * 4 + "</ul>"
    reading = read(f"<html><body><div>{HEADER}{recitals}{BODY}{outdated}</div></body>")
    assert reading.text.count("Luật Tổ chức") == 3 and reading.text.count("Nghị quyết số 5/NQ-HĐND") == 4
    assert reading.furniture == ()


def test_hidden_text_is_left_out_and_said() -> None:
    reading = read("<html><p>thấy</p><p style='display:none'>ẩn</p><p hidden>ẩn</p><span style='mso-hide:all'>ẩn</span>")
    assert reading.text == "thấy"
    assert codes(reading) == ["reader.html.hidden", "reader.html.no_document"]


def test_a_document_in_the_page_data_is_taken_when_nothing_is_rendered() -> None:
    inner = (HEADER + BODY).replace('"', '\\"').replace("/", "\\/")
    reading = read(f'<html><body><div id=root></div><script>self.push([1,"{inner}"])</script></body>')
    assert lines(reading)[0] == "HỘI ĐỒNG NHÂN DÂN" and "reader.html.data" in codes(reading)
    shown = read(f'<html><body>{HEADER}{BODY}<script>x("{inner}")</script></body>')
    assert shown.text.count("Điều 1.") == 1 and "reader.html.data" not in codes(shown)


def test_encodings_and_legacy_fonts() -> None:
    page = '<html><meta charset="{}"><p>Điều 1. Phạm vi điều chỉnh</p>'
    assert html.read(page.format("utf-16").encode("utf-16"), "x").text == "Điều 1. Phạm vi điều chỉnh"
    assert html.read(page.format("iso-8859-1").encode(), "x").text == "Điều 1. Phạm vi điều chỉnh"
    word = (
        "<html><meta charset=windows-1252><style><!-- p.MsoTitle, .c {font-family:\".VnTimeH\";} p.MsoNormal{font-family:'.VnTime'} --></style>"
        "<p class=MsoTitle>céng hoµ</p><p class=MsoNormal>N\u00adíc Céng hoµ</p><p><font face='VNI-Times'>Coäng hoøa</font></p>"
    )
    reading = html.read(word.encode("cp1252"), "x.htm")
    assert lines(reading) == ["CỘNG HOÀ", "Nước Cộng hoà", "Cộng hòa"]
    assert "text.legacy" in codes(reading) and reading.encoding == "windows-1252"


def test_web_pages_packed_as_mhtml() -> None:
    page = "<html><p>Điều 1. Phạm vi</p></html>".encode()
    import base64

    packed = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(page) + b"\r\n--x--\r\n"
    )
    assert html.sniff(packed, "x.doc") and html.read(packed, "x.doc").text == "Điều 1. Phạm vi"


def test_sniffing_goes_by_content() -> None:
    assert html.sniff(b"\xef\xbb\xbf <!DOCTYPE html><html>", "x") and html.sniff(b"<p>a<p>b<p>c", "x") and html.sniff(b"<p>a", "x.htm")
    assert not html.sniff(b"<div align=center>\n\n# Title", "x.md") and not html.sniff(b"Nghi quyet <b>", "x.html")
    assert not html.sniff(b"<?xml version='1.0'?><office:document>", "x.fodt")


# --- hostile pages -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "end"),
    [
        ("<p>đầu</p>" + "<div>" * 1_000_000 + "<p>sâu</p>", "sâu"),
        ("<p>đầu</p>" + "<div>" * 3000 + "<!--" * 100_000 + "<p>sâu</p>", "sâu"),
        ("<p>đầu</p>" + "<div>" * 3000 + "<script>" * 100_000 + "<p>sâu</p>", "sâu"),
        ("<p>đầu</p>" + "<font>" * 2500 + "<p>sâu &amp; xa</p>", "sâu & xa"),
    ],
    ids=["depth", "comments", "scripts", "fonts"],
)
def test_too_deep_a_page_still_gives_its_text(page: str, end: str) -> None:
    reading = read("<html>" + page)
    assert reading.text.startswith("đầu") and reading.text.endswith(end)
    assert codes(reading) == ["reader.html.depth"]


@pytest.mark.parametrize(
    "page",
    [
        "<" * 500_000, "<a href=x>" * 100_000, "<p " + 'a="b" ' * 100_000, "<!--" * 100_000, "<style>mso-" + ".a{" * 50_000, "<style>ul,"
        + "ol," * 50_000, "<script>" + '"<p>' * 50_000, "<script>" + '"\\' * 50_000, "&" * 200_000, "<p style='" + "a:b;" * 50_000 + "'>",
        "<table>" + "<tr><td rowspan=5000 colspan=200>x" * 5000, "<ol reversed>" * 1000 + "<li>", "<p>" + "e\u0302" * 100_000,
        "<p>" + "\u0302" * 100_000,
    ],
)  # fmt: skip
def test_hostile_pages_end(page: str) -> None:
    reading = read("<html>" + page)
    assert "".join("".join(lines(reading)).split()) == "".join(reading.text.split())


def test_a_hundred_thousand_cells() -> None:
    reading = read("<html><table>" + ("<tr>" + "<td>x" * 100) * 1000 + "</table>")
    last = reading.blocks[-1].cell
    assert len(reading.blocks) == 100_000 and last is not None and (last.row, last.column) == (999, 99)


def test_too_large_a_page_names_the_limit() -> None:
    with bounded(max_markup=1000), pytest.raises(ReadError, match="max_markup"):
        read("<html>" + "a" * 2000)


def test_rubbish_ends_in_an_error_or_a_reading() -> None:
    rng = random.Random(3)
    whole = f"<html><body>{HEADER}{BODY}</body>".encode()
    for _ in range(200):
        data = bytearray(whole)
        for _ in range(rng.randrange(1, 40)):
            data[rng.randrange(len(data))] = rng.choice(b"<>&\"'/ \x00\xff=ab")
        try:
            reading = html.read(bytes(data), "x.html")
        except ReadError as error:
            assert error.remedy
        else:
            assert "".join("".join(lines(reading)).split()) == "".join(reading.text.split())


# --- real pages ----------------------------------------------------------------------------------------------------------------

PAGES = sorted(SHARED.glob("silver/structure-html/*.html")) + sorted(SHARED.glob("corpus*/*.html"))
TWINS = sorted(SHARED.glob("silver/structure-html/*.html"))


@pytest.mark.skipif(not PAGES, reason="needs the pages in ../shared")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem[:30])
def test_every_letter_of_a_real_page_is_somewhere(path: Path) -> None:
    data = path.read_bytes()
    reading = html.read(data, path.name)
    body = lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8", remove_comments=True)).find("body")
    for element in list(body.iter(*_html_main.SILENT)):
        element.drop_tree()
    shown = sorted("".join("".join(unicodedata.normalize("NFC", t) for t in body.itertext()).replace("\u00ad", "").split()))
    hidden = [e for e in body.iter() if isinstance(e.tag, str) and _html_main.is_hidden(e)]
    off = "".join("".join(e.itertext()) for e in hidden if not any(_html_main.is_hidden(a) for a in e.iterancestors()))
    kept = sorted("".join((reading.text + "".join(reading.furniture) + off).split()).replace("•", ""))
    assert kept == [char for char in shown if char != "•"]


@pytest.mark.skipif(not TWINS, reason="needs the pages in ../shared")
@pytest.mark.parametrize("path", TWINS, ids=lambda path: path.stem)
def test_a_page_reads_as_its_text_twin(path: Path) -> None:
    reading = html.read(path.read_bytes(), path.name)
    twin = path.parents[1] / "structure" / (path.stem + ".txt")
    # the twins leave out tables with borders and all tables of layout, and join some broken lines: words are compared
    own = "\n".join(reading.text[block.start : block.end] for block in reading.blocks if block.cell is None).split()
    other = unicodedata.normalize("NFC", twin.read_text(encoding="utf-8")).replace("\u00ad", "").split()
    assert difflib.SequenceMatcher(None, other, own, autojunk=False).ratio() > 0.99

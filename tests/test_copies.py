"""Reading copies: nothing printed is lost, everything that is linked is there, the page is one that people can use."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import made
import msgspec
import pytest
from conservation import Parsed, bare
from hypothesis import HealthCheck, given, settings

from vanban.parser import Document, ReadError, parse_bytes, parse_text, writers
from vanban.parser.akoma import NO_XML
from vanban.parser.model import Citation
from vanban.parser.writers.md import CLOSE, OPEN

TABLE = "Điều 1. Mức chi\n\n| STT | Nội dung | Mức |\n|---|---|---|\n| 1 | Hội nghị<br>cấp tỉnh | 100 |\n| 2 | Tập huấn | 50 |\n"
HOSTILE = (
    "Điều 1. <script>alert(1)</script> & *nghiêng* _gạch_ [liên kết](x)\n1. # không phải đề mục\n---\n- 1. một #\n+ `mã` <!-- chú --> \\\n"
)


class Page(HTMLParser):
    """What a page shows inside an element, what it names and what it leads to."""

    def __init__(self, inside: str | None = "van-ban") -> None:
        super().__init__()
        self.inside, self.seen = inside, [] if inside else None
        self.words: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.open = inside is None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        self.tags.append(tag)
        self.ids += [named["id"] or ""] if "id" in named else []
        self.links += [(named["href"] or "")] if "href" in named else []
        self.open = self.open or (self.inside is not None and named.get("id") == self.inside)

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.open = False

    def handle_data(self, data: str) -> None:
        if self.open:
            self.words.append(data)


INLINE = re.compile(r"</?(?:a|span|code)\b[^>]*>")


def prose(text: str) -> str:
    """What a page reads like: inline tags are nothing, all others part words."""
    return " ".join(unescape(re.sub("<[^>]+>", " ", INLINE.sub("", text))).split())


def astray(document: Document, page: str) -> list[str]:
    """The words of nodes that do not stand in the page as they are, blanks and all."""
    read = prose(page)
    return [node.text for node in document.nodes if not node.cells and " ".join(NO_XML.sub("\ufffd", node.text).split()) not in read]


def rendered(text: str) -> str:
    """A copy in Markdown as HTML."""
    markdown_it = pytest.importorskip("markdown_it")
    made: str = markdown_it.MarkdownIt("commonmark").enable("table").render(text)
    return made


def page_of(document: Document) -> Page:
    page = Page()
    page.feed(writers.render(document, "html"))
    page.close()
    return page


def shown(document: Document) -> str:
    """The document's characters as a page can show them."""
    return bare(NO_XML.sub("\ufffd", document.text))


def as_commonmark_shows(text: str) -> str:
    """The characters that a reader of CommonMark shows of a copy, list marks as they are written; what we put in is left out."""
    markdown_it = pytest.importorskip("markdown_it")
    reader = markdown_it.MarkdownIt("commonmark").enable("table")
    reader.add_render_rule("list_item_open", lambda self, tokens, i, options, env: f"<li>{tokens[i].markup}")
    page = Page(None)
    page.feed(reader.render(re.sub(f"{OPEN}.*?{CLOSE}", "", text, flags=re.DOTALL)))
    page.close()
    return bare("".join(page.words))


def test_the_page_holds_every_character_in_order_and_its_links_lead_somewhere(seed_document: Document) -> None:
    page = page_of(seed_document)
    assert bare("".join(page.words)) == shown(seed_document)
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert {node.id for node in seed_document.nodes} <= set(page.ids)
    assert sum(link.startswith("#vb-") for link in page.links) == sum(c.scope == "external" for c in seed_document.citations)


def test_the_page_is_whole_and_can_be_used_without_a_mouse_or_eyes(seed_document: Document) -> None:
    text = writers.render(seed_document, "html")
    assert '<html lang="vi">' in text
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"|@import|url\(', text) == [], "nothing from outside"
    page = page_of(seed_document)
    assert [tag for tag in page.tags if tag in ("nav", "main", "article", "header", "footer")] == [
        "nav",
        "main",
        "article",
        "header",
        "footer",
    ]
    assert page.links[0] == "#van-ban", "the first link skips the contents"
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels)), "no level of heading is skipped"
    assert "script" not in page.tags
    assert "@media print" in text and "size: A4" in text


def test_a_table_stays_a_table_in_both() -> None:
    document = parse_text(TABLE, name="bang", format="markdown")
    text = writers.render(document, "html")
    cells = [
        [re.sub("<[^>]+>", "|", cell).strip("|") for cell in re.findall("<t[hd].*?</t[hd]>", row)]
        for row in re.findall("<tr.*?</tr>", text)
    ]
    assert [[cell.replace("||", "|") for cell in row] for row in cells] == [
        ["STT", "Nội dung", "Mức"],
        ["1", "Hội nghị|cấp tỉnh", "100"],
        ["2", "Tập huấn", "50"],
    ]
    assert '<th scope="col">' in text
    assert "| --- | --- | --- |" in writers.render(document, "md")
    assert as_commonmark_shows(writers.render(document, "md")) == shown(document)


def test_blanks_beside_links_stay() -> None:
    text = "Điều 1. Việc cần làm\n\n| Việc | Căn cứ |\n|---|---|\n| Một | Thực hiện Quyết định số 5/2020/QĐ-UBND ngày 01/02/2020<br>của tỉnh |\n"
    document = parse_text(text, name="x", format="markdown")
    assert "Thực hiện Quyết định số 5/2020/QĐ-UBND ngày 01/02/2020 của tỉnh" in prose(writers.render(document, "html"))
    assert "Thực hiện Quyết định số 5/2020/QĐ-UBND ngày 01/02/2020 của tỉnh" in prose(rendered(writers.render(document, "md")))


def test_no_word_of_a_document_becomes_markup() -> None:
    document = parse_text(HOSTILE, name="x")
    page = page_of(document)
    assert "script" not in page.tags and bare("".join(page.words)) == shown(document)
    assert as_commonmark_shows(writers.render(document, "md")) == shown(document)


def test_an_open_citation_lists_its_candidates_and_chooses_none() -> None:
    document = parse_text("Điều 1. Thực hiện Nghị quyết số 19-NQ/TW.\n", name="x")
    start = document.text.index("Nghị quyết")
    candidates = ("/akn/vn/act/nghi-quyet/x/2017-10-25/19-nq-tw", "/akn/vn/act/nghi-quyet/x/2023-06-16/19-nq-tw")
    one = Citation(
        node="art_1", start=start, end=start + 22, text="Nghị quyết số 19-NQ/TW", type="Nghị quyết", number="19-NQ/TW", state="ambiguous",
        candidates=candidates,
    )  # fmt: skip
    document = msgspec.structs.replace(document, citations=(one,))
    text = writers.render(document, "html")
    assert '<a href="#vb-1" class="ambiguous">Nghị quyết số 19-NQ/TW</a>' in text
    assert all(f"<code>{candidate}</code>" in text for candidate in candidates)
    assert "[Nghị quyết số 19-NQ/TW](#vb-1)" in writers.render(document, "md")


def test_the_markdown_of_the_seed_is_read_back_as_the_same_document(seed_document: Document) -> None:
    text = writers.render(seed_document, "md")
    again = parse_text(re.sub(f"{OPEN}.*?{CLOSE}", "", text, flags=re.DOTALL), name="x", format="markdown")
    assert [(n.kind, n.label, n.heading, n.text) for n in again.nodes] == [
        (n.kind, n.label, n.heading, n.text) for n in seed_document.nodes
    ]
    assert [(c.number, c.date, c.relation) for c in again.citations] == [(c.number, c.date, c.relation) for c in seed_document.citations]


# --- Word ------------------------------------------------------------------------------------------------------------------------

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def unpacked(document: Document) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(writers.render_bytes(document, "docx"))) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def body_shape(document: Document) -> list[tuple[int, str, str, str]]:
    """The nodes: their depth, kind, label and words; of header and end, whose lines a cell sets anew, the words of each kind."""
    depths: dict[str | None, int] = {None: -1}
    found = []
    lines = {"preamble": "", "recipients": "", "signature": ""}
    for node in document.nodes:
        depths[node.id] = depths.get(node.parent, -1) + 1
        words = " ".join(filter(None, (node.heading, node.text)))
        if node.kind in lines:
            lines[node.kind] += f" {words}"
        else:
            found.append((depths[node.id], node.kind, node.role if node.kind == "table" else node.label, words))
    return [*found, *((0, kind, "", words.strip()) for kind, words in lines.items())]


def test_word_is_laid_out_as_the_decree_says(seed_document: Document) -> None:
    etree = pytest.importorskip("lxml.etree")
    parts = unpacked(seed_document)
    roots = {name: etree.fromstring(part.encode()) for name, part in parts.items()}
    section = roots["word/document.xml"].find(f".//{W}sectPr")
    page, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    millimetres = {key: round(int(margins.get(W + key)) / 56.6929) for key in ("top", "bottom", "left", "right")}
    assert [round(int(page.get(W + key)) / 56.6929) for key in ("w", "h")] == [210, 297]
    assert millimetres == {"top": 20, "bottom": 20, "left": 30, "right": 15}
    assert section.find(f"{W}titlePg") is not None and " PAGE " in parts["word/header1.xml"], "no number on the first page"
    assert 'w:ascii="Times New Roman"' in parts["word/styles.xml"]
    rows = [
        ["".join(cell.itertext()) for cell in row.iter(f"{W}tc")] for row in roots["word/document.xml"].find(f".//{W}tbl").iter(f"{W}tr")
    ]
    assert rows == [
        ["HỘI ĐỒNG NHÂN DÂNTỈNH THÁI NGUYÊN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúc"],
        ["Số: 94/NQ-HĐND", "Thái Nguyên, ngày 08 tháng 12 năm 2023"],
    ]
    sizes = {int(size.get(W + "val")) for size in roots["word/document.xml"].iter(f"{W}sz")}
    assert sizes <= {22, 24, 26, 28}, "11 to 14 points"


def test_word_reads_back_as_the_same_structure(seed_document: Document) -> None:
    pytest.importorskip("lxml")
    data = writers.render_bytes(seed_document, "docx")
    again = parse_bytes(data, name="x.docx")
    assert body_shape(again) == body_shape(seed_document)
    assert again.instrument == seed_document.instrument
    assert bare(again.text) == bare(seed_document.text)
    assert writers.render_bytes(seed_document, "docx") == data


def test_word_keeps_tables_appendices_and_signatures() -> None:
    pytest.importorskip("lxml")
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH A\n\nSố: 5/QĐ-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        "A, ngày 05 tháng 02 năm 2024\n\nQUYẾT ĐỊNH\nVề việc ban hành Danh mục\n\nCăn cứ Luật Đất đai năm 2024;\n\nQUYẾT ĐỊNH:\n\n"
        "Điều 1. Ban hành Danh mục.\n\n| STT | Tên |\n|---|---|\n| 1 | Đất ở |\n\nĐiều 2. Hiệu lực\n\n1. Từ ngày ký.\n\n"
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNguyễn Văn A\n\nPHỤ LỤC I\nDANH MỤC ĐẤT\n"
        "(Kèm theo Quyết định số 5/QĐ-UBND)\n\n1. Đất ở\n"
    )
    document = parse_text(text, name="x", format="markdown")
    assert {"table", "appendix", "signature", "recipients"} <= {node.kind for node in document.nodes}
    again = parse_bytes(writers.render_bytes(document, "docx"), name="x.docx")
    assert body_shape(again) == body_shape(document)
    assert again.instrument == document.instrument


@pytest.mark.parametrize("gold", ["gold", "gold/second"])
def test_word_reads_back_as_the_same_structure_for_the_annotated(root: Path, shared: Path, parsed: Parsed, gold: str) -> None:
    pytest.importorskip("lxml")
    rows = [line.split("\t") for line in (root / "tests" / gold / "corpus.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    done = 0
    for row in rows:
        document = parsed(shared / "corpus-more" / row[1])
        if isinstance(document, ReadError):
            continue
        done += 1
        again = parse_bytes(writers.render_bytes(document, "docx"), name="x.docx")
        assert body_shape(again) == body_shape(document), row[1]
    assert done


# --- any document, every document --------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(made.documents())
def test_of_any_document_nothing_is_lost(document: Document) -> None:
    page = page_of(document)
    assert bare("".join(page.words)) == shown(document)
    assert len(page.ids) == len(set(page.ids))
    assert writers.render(document, "md").endswith("\n")
    assert ElementTree.fromstring(unpacked(document)["word/document.xml"]).tag == f"{W}document"


@pytest.mark.parametrize("folder", ["corpus", "corpus-more", "silver/structure"])
def test_of_every_document_at_hand_nothing_is_lost(shared: Path, parsed: Parsed, folder: str) -> None:
    done = 0
    for file in sorted((shared / folder).iterdir()):
        if not file.is_file() or file.name.endswith((".paths", ".gt.txt")):
            continue
        document = parsed(file)
        if isinstance(document, ReadError):
            continue  # its library or program is not here
        done += 1
        page = page_of(document)
        assert bare("".join(page.words)) == shown(document), file.name
        assert {link[1:] for link in page.links} <= set(page.ids), file.name
        assert as_commonmark_shows(writers.render(document, "md")) == shown(document), file.name
        assert astray(document, writers.render(document, "html")) == [], file.name
        assert astray(document, rendered(writers.render(document, "md"))) == [], file.name
        words = ElementTree.fromstring(unpacked(document)["word/document.xml"]).iter(f"{W}t")
        assert bare("".join(word.text or "" for word in words)) == shown(document), file.name
    assert done

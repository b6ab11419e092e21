"""Reading copies: nothing printed is lost, everything that is linked is there, the page is one that people can use."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import made
import msgspec
import pytest
from conservation import Parsed, bare
from hypothesis import HealthCheck, given, settings

from vanban.parser import Document, ReadError, parse_text, writers
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


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(made.documents())
def test_of_any_document_nothing_is_lost(document: Document) -> None:
    page = page_of(document)
    assert bare("".join(page.words)) == shown(document)
    assert len(page.ids) == len(set(page.ids))
    assert writers.render(document, "md").endswith("\n")


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
    assert done

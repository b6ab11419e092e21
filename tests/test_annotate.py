"""Citations of any text, and texts given back with links: nothing but links is inserted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vanban.parser import ReadError, annotate, cite, parse_bytes, readers

HTML = re.compile(r'<(a|span) (?:href="/akn/[^"]*" )?class="citation" data-state="\w+"[^>]*>(.*?)</\1>', re.DOTALL)
MARKDOWN = re.compile(r'\[([^\[\]]*)\]\((?:/akn/[^()\s]*|# "(?:ambiguous|unknown)[^"]*")\)')
NEW = "/akn/vn/act/luat/quoc-hoi/2024/31-qh15"


def removed(text: str, form: str) -> str:
    return HTML.sub(r"\2", text) if form == "html" else MARKDOWN.sub(r"\1", HTML.sub(r"\2", text))


def test_any_text() -> None:
    found = cite("Căn cứ Luật Đất đai năm 2024 và Nghị quyết số 19-NQ/TW ngày 16/6/2023 của Ban Chấp hành Trung ương")
    law, party = found.citations
    assert (law.target, law.relation, party.issuer) == (NEW, "legal_basis", "Ban Chấp hành Trung ương Đảng")
    assert [f.code for f in found.findings] == ["register.date"]
    assert cite("Theo Luật Đất đai", date="2025-01-01").citations[0].target == NEW
    assert cite("Theo Luật Đất đai năm 2024", register=None).citations[0].target == "/akn/vn/act/luat/quoc-hoi/2024/luat-đat-đai"
    (council,) = cite("Nghị quyết số 5/NQ-HĐND của Hội đồng nhân dân tỉnh", issuer="Ủy ban nhân dân tỉnh Lâm Đồng").citations
    assert council.issuer == "Hội đồng nhân dân tỉnh Lâm Đồng"
    assert cite("Điện thoại 0912 345 678, tỷ lệ 3/4").citations == ()


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("Căn cứ Luật Đất đai năm 2024;", f"Căn cứ [Luật Đất đai năm 2024]({NEW});"),
        ("# **Căn cứ** *Luật Đất đai năm 2024*", f"# **Căn cứ** *[Luật Đất đai năm 2024]({NEW})*"),
        ("# Căn cứ **Luật** Đất đai năm 2024", f"# Căn cứ **[Luật** Đất đai năm 2024]({NEW})"),
    ],
)
def test_markdown(source: str, wanted: str) -> None:
    done = annotate(source.encode(), name="a.md", form="md", format="markdown")
    assert removed(done.text, "md") == source
    if "**[Luật**" not in wanted:
        assert done.text == wanted
    assert (done.links, done.missed) == (1, 0)


def test_what_is_ambiguous_is_marked_and_a_link_of_the_sources_own_stays() -> None:
    done = annotate("Theo Luật Đất đai".encode(), name="a.md", form="md", format="markdown")
    assert done.text == f'Theo [Luật Đất đai](# "ambiguous: {NEW.replace("2024/31-qh15", "2013/45-qh13")} | {NEW}")'
    source = "# Theo [Luật Đất đai năm 2024](https://example.vn/a)"
    done = annotate(source.encode(), name="a.md", form="md", format="markdown")
    assert done.text == (
        f'# Theo [<span class="citation" data-state="resolved" data-target="{NEW}">Luật Đất đai năm 2024</span>](https://example.vn/a)'
    )


def test_html_is_linked_between_its_tags() -> None:
    pytest.importorskip("lxml")
    source = (
        "<!DOCTYPE html><html><head><title>Luật Đất đai năm 2024</title></head><body><p>Căn cứ <b>Luật</b> Đất&nbsp;đai <i>năm\n2024</i>;</p>"
        '<p>Theo <a href="x">Luật Nhà ở số 27/2023/QH15</a> &amp; Luật Nhà ở.</p></body></html>'
    )
    done = annotate(source.encode(), name="a.html", form="html")
    assert removed(done.text, "html") == source
    link = f'<a href="{NEW}" class="citation" data-state="resolved">'
    assert f"<p>Căn cứ <b>{link}Luật</a></b> {link}Đất&nbsp;đai</a> <i>{link}năm\n2024</a></i>;</p>" in done.text
    assert '<a href="x"><span class="citation" data-state="resolved" data-target="/akn/vn/act/luat/quoc-hoi/2023/27-qh15">' in done.text
    assert "<title>Luật Đất đai năm 2024</title>" in done.text
    with pytest.raises(ReadError, match="is HTML"):
        annotate(source.encode(), name="a.html", form="md")


@pytest.mark.parametrize("form", ["html", "md"])
def test_without_the_links_every_corpus_file_is_there_again(shared: Path, form: str) -> None:
    files = [f for folder in ("corpus", "corpus-more") for f in sorted((shared / folder).iterdir())]
    endings = {".md", ".txt", ".html"} if form == "html" else {".md", ".txt"}
    links = same = 0
    for file in files:
        if file.suffix not in endings or file.name.endswith(".gt.txt"):
            continue
        data = file.read_bytes()
        done = annotate(data, name=file.name, form=form)  # type: ignore[arg-type]
        source = readers.source(data, file.name, parse_bytes(data, name=file.name).source.media_type)
        assert source is not None
        assert removed(source, form) == source, "has what looks like ours"
        assert removed(done.text, form) == source, file.name
        same += removed(done.text, form).encode() == data
        assert done.missed <= 0.02 * done.links, (file.name, done.missed)
        links += done.links
    assert links > 500
    assert same >= 15  # all but those in an old encoding

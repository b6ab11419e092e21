"""What readers take off stands in the document as printed (law 1): running heads of a gazette, the page around a saved document."""

from __future__ import annotations

from collections import Counter

import pytest
from conservation import bare
from pdfs import Page, Text, paragraph, pdf

from vanban.parser import Document, parse_bytes


def test_running_heads_of_a_gazette() -> None:
    pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed (pip install 'vanban[pdf]')")
    pages: list[Page] = []
    for n in range(64, 69):
        number = Text(85 if n % 2 else 480, 50, str(n))
        pages.append([number, Text(180, 50, "CÔNG BÁO/Số 1093 + 1094/Ngày 21-11-2020"), *paragraph(100, [f"Điều {n}. Nội dung thứ {n}."])])
    document = parse_bytes(pdf(pages), name="cong-bao.pdf")
    assert Counter(document.furniture) == Counter(["CÔNG BÁO/Số 1093 + 1094/Ngày 21-11-2020"] * 5 + [str(n) for n in range(64, 69)])
    assert "CÔNG BÁO" not in document.text
    assert "reader.pdf.furniture" in [finding.code for finding in document.findings]
    assert Document.from_json(document.to_json()).furniture == document.furniture


def test_the_page_around_a_saved_document() -> None:
    pytest.importorskip("lxml", reason="lxml is not installed (pip install 'vanban[html]')")
    body = "".join(f"<p>Điều {n}. Ủy ban nhân dân tỉnh tổ chức thực hiện nhiệm vụ thứ {n} của Nghị quyết.</p>" for n in range(1, 16))
    page = (
        "<html><body><header><a href=/>Trang chủ</a></header><nav>Văn bản mới</nav>"
        f"<div id=main><h3>NGHỊ QUYẾT</h3>{body}</div><footer>Cơ quan chủ quản: Bộ A</footer></body></html>"
    )
    document = parse_bytes(page.encode(), name="trang.html")
    assert {"Trang chủ", "Văn bản mới", "Cơ quan chủ quản: Bộ A"} <= set(document.furniture)
    printed = Counter(bare("Trang chủ Văn bản mới NGHỊ QUYẾT Cơ quan chủ quản: Bộ A" + body.replace("<p>", "").replace("</p>", "")))
    assert Counter(bare(document.text + "".join(document.furniture))) == printed


def test_a_markdown_page_break_is_furniture_and_a_clean_document_has_none() -> None:
    assert parse_bytes("Điều 1. Một.\n\n- Trang 2 -\n\nĐiều 2. Hai.\n".encode(), name="a.md").furniture == ("Trang 2",)
    assert parse_bytes("Điều 1. Một.\nĐiều 2. Hai.\n".encode(), name="a.txt").furniture == ()

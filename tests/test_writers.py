"""Writers: the same document gives the same text, and a file that holds it is left alone."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

from vanban.parser import Document, parse, writers
from vanban.parser.model import Citation, Finding, Instrument, Node, Source

TEXT = "Điều 2. Thông qua mục tiêu sau:\nI. Các chỉ tiêu chủ yếu\n- Ổn định tỷ lệ che phủ rừng: Từ 46% trở lên;\n"


@pytest.fixture
def document() -> Document:
    """Three nodes below each other."""
    lines, nodes, start = TEXT.splitlines(), [], 0
    shape = [
        ("art_2", None, "article", "Điều 2."),
        ("art_2__hd_I", "art_2", "heading", "I."),
        ("art_2__hd_I__b_1", "art_2__hd_I", "bullet", "-"),
    ]
    for line, (node, parent, kind, label) in zip(lines, shape, strict=True):
        words = {"heading" if kind == "heading" else "text": line.removeprefix(label).strip()}
        nodes.append(Node(id=node, parent=parent, kind=kind, label=label, start=start, end=start + len(line), **words))  # type: ignore[arg-type]
        start += len(line) + 1
    return Document(
        source=Source(name="nq-94.md", media_type="text/markdown", sha256="0" * 64, size=len(TEXT.encode())),
        text=TEXT,
        instrument=Instrument(type="Nghị quyết", number="94/NQ-HĐND", date="2023-12-08", issuer="Hội đồng nhân dân tỉnh Thái Nguyên"),
        nodes=tuple(nodes),
        citations=(Citation(node="art_2", start=0, end=5, text="Điều", scope="self"),),
        findings=(Finding(code="header-title", severity="warning", message="Không thấy trích yếu."),),
    )


def test_the_tree_shows_labels_depth_counts_and_findings(document: Document) -> None:
    assert writers.render(document, "tree") == (
        "Nghị quyết 94/NQ-HĐND\n"
        "Hội đồng nhân dân tỉnh Thái Nguyên · 2023-12-08\n"
        "\n"
        "Điều 2.  Thông qua mục tiêu sau:\n"
        "  I.  Các chỉ tiêu chủ yếu\n"
        "    -  Ổn định tỷ lệ che phủ rừng: Từ 46% trở lên;\n"
        "\n"
        "3 nodes · 0 citations · 1 references to itself · 0 mandates · 0 targets · 1 findings\n"
        "warning: header-title: Không thấy trích yếu.\n"
    )


def test_the_tree_cuts_long_lines_between_words(document: Document) -> None:
    from vanban.parser.writers.tree import tree

    lines = tree(document, width=30).splitlines()
    assert "    -  Ổn định tỷ lệ che …" in lines


def test_json_reads_back_and_ends_in_a_newline(document: Document) -> None:
    text = writers.render(document, "json")
    assert Document.from_json(text) == document
    assert text.startswith('{\n  "source": {\n')
    assert text.endswith("\n}\n")


def test_every_form_can_be_written(document: Document) -> None:
    assert all(writers.render(document, form).endswith("\n") for form in writers.FORMS if form != "docx")
    assert writers.render_bytes(document, "docx").startswith(b"PK")
    assert writers.render_bytes(document, "tree").decode() == writers.render(document, "tree")
    with pytest.raises(ValueError, match="unknown form"):
        writers.render(document, "exe")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no text: use render_bytes"):
        writers.render(document, "docx")


def test_writing_needs_no_library(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    with_it = [writers.render_bytes(document, form) for form in writers.FORMS]
    monkeypatch.setitem(sys.modules, "lxml", None)
    assert [writers.render_bytes(document, form) for form in writers.FORMS] == with_it


def test_saving_twice_touches_the_file_once(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "structured" / "nq-94.json"
    assert writers.save(document, path)
    assert not writers.save(document, path)
    assert [file.name for file in path.parent.iterdir()] == ["nq-94.json"]
    path.write_text("other", encoding="utf-8")
    assert writers.save(document, path)
    assert Document.from_json(path.read_bytes()) == document


def test_a_failed_write_leaves_nothing(document: Document, tmp_path: Path) -> None:
    (tmp_path / "nq-94.json").mkdir()
    with pytest.raises(OSError, match=r"nq-94\.json"):
        writers.save(document, tmp_path / "nq-94.json")
    assert [file.name for file in tmp_path.iterdir()] == ["nq-94.json"]


def test_the_tree_shows_tables_cell_by_cell_and_notes(tmp_path: Path) -> None:
    file = tmp_path / "bang.md"
    file.write_text("Điều 1. Mức chi\n\n| STT | Nội dung | Mức |\n|---|---|---|\n| 1 | Hội nghị | 100 |\n", encoding="utf-8")
    parsed = parse(file)
    assert writers.render(parsed, "tree").splitlines()[2:6] == [
        "Điều 1.  Mức chi",
        "  (table)  STT",
        "    (row)  Nội dung | Mức",
        "    (row)  1 | Hội nghị | 100",
    ]


def test_the_tree_shows_notes(document: Document) -> None:
    start = len(TEXT)
    note = Node(id="note_1", parent=None, kind="note", text="[1] Theo Kế hoạch.", start=start, end=start + 18)
    noted = msgspec.structs.replace(document, text=TEXT + note.text, nodes=(*document.nodes, note))
    assert "(note)  [1] Theo Kế hoạch.\n" in writers.render(noted, "tree")

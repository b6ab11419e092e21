"""What is no document: a clear error with a remedy, or a document with findings; never another exception, never a hang."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from conservation import broken

from vanban.parser import Document, ReadError, parse, parse_bytes, parse_text


def codes(document: Document) -> set[str]:
    return {finding.code for finding in document.findings}


def test_an_empty_file_is_a_document_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    document = parse(tmp_path / "a.txt")
    assert (document.text, document.nodes, document.source.size) == ("", (), 0)
    assert "document.empty" in codes(document)


@pytest.mark.parametrize("blank", [b" ", b"\n\n", b"\r\n \t\n", b"\xef\xbb\xbf", "\u00a0".encode()])
@pytest.mark.parametrize("name", ["a.md", "a.txt", "a"])
def test_a_blank_file_too(blank: bytes, name: str) -> None:
    document = parse_bytes(blank, name=name)
    assert "document.empty" in codes(document)
    assert document.nodes == ()


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        parse(tmp_path / "không-có.txt")
    assert caught.value.problem and caught.value.remedy
    assert "không-có.txt" in str(caught.value)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"thư mục / is a folder"):
        parse(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Điều 1.")
    file.chmod(0)
    with pytest.raises(ReadError, match="cannot be read"):
        parse(file)


@pytest.mark.parametrize("name", ["a", "a.txt", "a.md", "a.docx", "a.html", "a.pdf", "a.odt"])
@pytest.mark.parametrize("number", range(3))
def test_binary_rubbish_is_refused_or_read_but_never_fatal(number: int, name: str) -> None:
    data = random.Random(number).randbytes(5_000)
    try:
        document = parse_bytes(data, name=name)
    except ReadError as error:
        assert error.problem and error.remedy
    else:
        assert document.findings, "rubbish is not a clean document"
        assert broken(document) == []


def test_an_executable_is_refused() -> None:
    with pytest.raises(ReadError, match="binary") as caught:
        parse_bytes(b"\x7fELF\x02\x01\x01" + bytes(200) + b"text" * 20, name="a.txt")
    assert caught.value.remedy


def test_latin_1_bytes_are_read_and_the_guess_is_said() -> None:
    document = parse_bytes("Le décret du 5 février, signé à Huế par l'évêque".encode("latin-1", "replace"), name="a.txt")
    assert "décret" in document.text
    assert "encoding.guessed" in codes(document)


def test_broken_utf_8_is_read_and_counted() -> None:
    document = parse_bytes("Điều 1. Thông qua kế hoạch phát triển kinh tế - xã hội năm 2024.\n".encode() * 3 + b"\xe1\xbb", name="a.txt")
    assert document.text.count("\ufffd") >= 1
    assert "encoding.broken" in codes(document)
    assert document.nodes[0].label == "Điều 1."


@pytest.mark.parametrize("form", ["plain", "markdown"])
@pytest.mark.parametrize(
    "piece", ["Nghị quyết số 94/NQ-HĐND ", "a", "Điều 1. ", "1", "khoản 1 ", "(", "“", "A", "-", ".", "| ", "* ", "ngày 1 tháng 1 "]
)
def test_one_endless_line(piece: str, form: str) -> None:
    document = parse_text(piece * (200_000 // len(piece)), name="x", format=form)
    assert broken(document) == []


def test_a_line_of_fifty_megabytes() -> None:
    document = parse_text("Thực hiện kế hoạch năm 2024 " * (50_000_000 // 37), name="x")
    assert document.source.size > 45_000_000
    assert broken(document) == []


def test_many_short_paragraphs() -> None:
    for paragraph in ("Điều 1. Tên\n", "a) x:\n1. y:\n", "“1. x\n", "QUYẾT NGHỊ\nTM. CHỦ TỊCH\n", "CỘNG HÒA " * 12 + "1\n", "Phụ lục\n"):
        document = parse_text(paragraph * 2_000, name="x")
        assert broken(document) == []


def test_a_title_without_end() -> None:
    """Every law in it is compared with the document's own name: that must not be made anew for each."""
    document = parse_text("NGHỊ QUYẾT\n\nVề việc A\n\n" + "Luật Tổ chức Chính phủ và Luật Tổ chức tòa án-\n\n" * 1_000, name="x")
    assert broken(document) == []
    assert len(document.instrument.title or "") > 40_000


def test_no_level_is_deeper_than_a_reader_can_follow() -> None:
    document = parse_text("a) x:\n1. y:\n" * 3_000, name="x")
    depth: dict[str, int] = {}
    for node in document.nodes:
        depth[node.id] = depth.get(node.parent or "", 0) + 1
    assert max(depth.values()) < 100
    assert max(map(len, depth)) < 2_000


def test_an_unknown_format_is_a_wrong_call() -> None:
    with pytest.raises(ValueError, match="unknown format"):
        parse_text("x", name="x", format="xyz")


CSV = "ky,chi_tieu,gia_tri\n2023,GRDP,7.5\n2024,Thu,20000\n"


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        ('{"source": {"name": "a.md"}, "text": "Điều 1.", "nodes": []}', "a.json", "JSON"),
        ('\ufeff[{"so": "94/NQ-HĐND"}, {"so": "1/NQ-CP"}]', "a", "JSON"),
        ("{}", "a.json", "JSON"),
        ("[]\n", "a", "JSON"),
        ('{"so": "94/NQ-HĐND"}\n{"so": "1/NQ-CP"}\n', "a.jsonl", "JSON"),
        ("@prefix eli: <http://data.europa.eu/eli/ontology#> .\n<a> a eli:LegalResource .", "a.ttl", "Turtle"),
        ("# văn bản\nPREFIX dct: <http://purl.org/dc/terms/>\n<a> dct:title 'x' .", "a.txt", "Turtle"),
        ('<http://a> <http://b> "c" .\n<http://a> <http://b> <http://d> .\n_:x <http://b> "e"@vi .\n', "a.nt", "N-Triples"),
        ('<?xml version="1.0"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph/></graphml>', "a.xml", "graphml"),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>', "a.rdf", "RDF"),
        (CSV, "a.csv", "CSV"),
        (CSV.replace(",", "\t"), "a.tsv", "CSV"),
        ("".join(f"{k};{k},5;{k}\n" for k in range(9)), "so-lieu.txt", "CSV"),
    ],
)
def test_data_is_no_document(data: str, name: str, kind: str) -> None:
    with pytest.raises(ReadError, match=kind) as caught:
        parse_bytes(data.encode(), name=name)
    assert name in str(caught.value)
    assert "--from txt" in caught.value.remedy
    # never refused to him who says that it is a text
    assert parse_bytes(data.encode(), name=name, format="plain").text.strip("\ufeff").startswith(data.strip("\ufeff")[:20])


@pytest.mark.parametrize(
    "text",
    [
        "[1] Nghị định số 12/2020/NĐ-CP\n[2] Luật số 3\n",
        "{Mẫu số 01}\nĐiều 1. Tên\n",
        "1. Một, hai, ba.\n2. Bốn, năm, sáu.\n3. Một, hai, ba.\n4. Bốn, năm.\n5. Sáu, bảy.\n6. Tám.\n",
        "- Thu: 20.000 tỷ đồng, tăng 10%\n- Chi: 15.000 tỷ đồng, tăng 5%\n- GRDP: 7,5%, cao hơn 1%\n" * 3,
        "Phụ lục\nPrefix a: b\n",
        "@Điều 1. Tên\n",
        "<Tên cơ quan>\nĐiều 1. Tên\n",
        "năm 2023, 2024\nnăm 2025, 2026\n",
    ],
)
def test_prose_that_begins_like_data_is_read(text: str) -> None:
    assert parse_bytes(text.encode(), name="a.txt").text

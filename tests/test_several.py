"""A file that holds several documents."""

from __future__ import annotations

from pathlib import Path

from vanban.parser import parse, parse_all

ONE = """HỘI ĐỒNG NHÂN DÂN
TỈNH LÀO CAI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}/2024/NQ-HĐND
Lào Cai, ngày 06 tháng 12 năm 2024
NGHỊ QUYẾT
Quy định mức chi thứ {number}
Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015;
QUYẾT NGHỊ:
Điều 1. Mức chi.
Điều 2. Hiệu lực.
CHỦ TỊCH
Vũ Xuân Cường
"""
ATTACHED = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
QUY CHẾ
LÀM VIỆC
(Ban hành kèm theo Nghị quyết số 1/2024/NQ-HĐND)
Điều 1. Phạm vi.
"""


def test_each_document_of_an_issue_is_its_own(tmp_path: Path) -> None:
    file = tmp_path / "cong-bao.txt"
    file.write_text("CÔNG BÁO\n" + ONE.format(number=1) + ONE.format(number=2) + ONE.format(number=13), encoding="utf-8")
    documents = parse_all(file)
    assert [d.instrument.number for d in documents] == ["1/2024/NQ-HĐND", "2/2024/NQ-HĐND", "13/2024/NQ-HĐND"]
    assert [d.instrument.title for d in documents] == ["Quy định mức chi thứ 1", "Quy định mức chi thứ 2", "Quy định mức chi thứ 13"]
    assert [d.source.part for d in documents] == [1, 2, 3]
    assert "".join("".join(d.text.split()) for d in documents) == "".join(file.read_text(encoding="utf-8").split())
    source = file.read_text(encoding="utf-8")
    for document in documents:
        for node in document.nodes:
            at = document.to_source(node.start)
            assert at is not None and source[at] == document.text[node.start]


def test_the_first_says_that_there_are_more(tmp_path: Path) -> None:
    file = tmp_path / "cong-bao.txt"
    file.write_text(ONE.format(number=1) + ONE.format(number=2), encoding="utf-8")
    assert [f.code for f in parse(file).findings] == ["document.several"]


def test_an_attached_regulation_with_a_header_is_no_document_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "mot.txt"
    file.write_text(ONE.format(number=1) + ATTACHED, encoding="utf-8")
    (document,) = parse_all(file)
    assert [node.label for node in document.nodes if node.kind == "article"] == ["Điều 1.", "Điều 2.", "Điều 1."]
    assert [node.label for node in document.nodes if node.kind == "appendix"] == ["QUY CHẾ"]


def test_a_finding_of_a_place_goes_with_its_document(tmp_path: Path) -> None:
    file = tmp_path / "cong-bao.txt"
    broken = ONE.format(number=2).replace("Mức chi.", "Mức chi \ufffd.").encode().replace("\ufffd".encode(), b"\xff")
    file.write_bytes(ONE.format(number=1).encode() + broken)
    first, second = parse_all(file)
    assert not any(finding.code == "encoding.broken" for finding in first.findings)
    (found,) = (finding for finding in second.findings if finding.code == "encoding.broken")
    assert second.text[found.start : found.end] == "\ufffd"

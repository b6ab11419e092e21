"""What a text says of two other instruments, and the direction of it."""

from __future__ import annotations

import pytest

from vanban.parser import parse_text
from vanban.parser.citing import citations, edges, identity
from vanban.parser.model import Edge, Instrument


def said(text: str) -> list[tuple[str, str, str, str]]:
    """(subject, relation, object, provision), both by the last piece of their ids."""
    cited = identity.resolve(citations.find_in_text(text), Instrument())
    found = edges.find(text, cited)
    assert all(0 <= e.start < e.end <= len(text) for e in found)
    return [(e.subject.rpartition("/")[2], e.relation, e.object.rpartition("/")[2], e.provision) for e in found]


A, B, C = "Nghị định số 71/2024/NĐ-CP", "Nghị định số 151/2025/NĐ-CP", "Nghị định số 226/2025/NĐ-CP"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{A} được sửa đổi, bổ sung bởi {B}", [("151-nđ-cp", "amends", "71-nđ-cp", "")]),
        (f"{A} đã được sửa đổi, bổ sung một số điều theo {B} và {C}", [
            ("151-nđ-cp", "amends", "71-nđ-cp", ""), ("226-nđ-cp", "amends", "71-nđ-cp", "")]),
        (f"khoản 2 Điều 5 {A} (được sửa đổi, bổ sung tại {B}, {C})", [
            ("151-nđ-cp", "amends", "71-nđ-cp", "Điều 5/2"), ("226-nđ-cp", "amends", "71-nđ-cp", "Điều 5/2")]),
        (f"{A} ngày 27 tháng 6 năm 2024 của Chính phủ quy định về giá đất được thay thế bằng {B}", [("151-nđ-cp", "replaces", "71-nđ-cp", "")]),
        (f"{A} đã bị bãi bỏ bởi {B}", [("151-nđ-cp", "repeals", "71-nđ-cp", "")]),
        (f"{A} được đính chính theo {B}", [("151-nđ-cp", "corrects", "71-nđ-cp", "")]),
        (f"{A} được bổ sung bởi {B}", [("151-nđ-cp", "supplements", "71-nđ-cp", "")]),
        (f"{A} bị đình chỉ thi hành theo {B}", [("151-nđ-cp", "suspends", "71-nđ-cp", "")]),
        (f"Theo {B} của Chính phủ sửa đổi, bổ sung một số điều của {A} thì", [("151-nđ-cp", "amends", "71-nđ-cp", "")]),
        (f"Theo {B} bãi bỏ khoản 2 Điều 5 {A}", [("151-nđ-cp", "repeals", "71-nđ-cp", "Điều 5/2")]),
        (f"Theo {B} quy định chi tiết Luật Đất đai số 31/2024/QH15", [("151-nđ-cp", "details", "31-qh15", "")]),
        (f"{A} hết hiệu lực kể từ ngày {B} có hiệu lực thi hành", [("151-nđ-cp", "repeals", "71-nđ-cp", "")]),
        ("Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13;\nCăn cứ Luật số 63/2020/QH14 sửa đổi, bổ sung một số điều của Luật Ban "
         "hành văn bản quy phạm pháp luật;", [("63-qh14", "amends", "80-qh13", "")]),
        ("Luật Xử lý vi phạm hành chính số 15/2012/QH13 ngày 20 tháng 6 năm 2012 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 7 năm 2013, được "
         "sửa đổi, bổ sung bởi:\n1. Luật Hải quan số 54/2014/QH13 ngày 23 tháng 6 năm 2014 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 01 năm "
         "2015;\n2. Luật Thủy sản số 18/2017/QH14", [("54-qh13", "amends", "15-qh13", ""), ("18-qh14", "amends", "15-qh13", "")]),
    ],
)  # fmt: skip
def test_direction(text: str, found: list[tuple[str, str, str, str]]) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    "text",
    [
        f"{A} và {B}",
        f"Thực hiện {A}. Được sự đồng ý, theo {B}",
        f"{A}; sửa đổi các quy định theo {B}",
        f"Thực hiện {A}, rà soát {B}",
        f"{B} được sửa đổi, bổ sung bởi {A}",  # what came before changes nothing
        f"{A} quy định chi tiết Luật Đất đai và {B}",
        "Nghị quyết số 19-NQ/TW được sửa đổi bởi Nghị quyết số 20-NQ/TW",  # numbers that several bear: which, is not told
    ],
)
def test_none(text: str) -> None:
    assert said(text) == []


def test_a_document_has_them_and_they_are_no_relations_of_its_own() -> None:
    document = parse_text(
        f"CHÍNH PHỦ\nSố: 9/2026/NĐ-CP\nHà Nội, ngày 01 tháng 02 năm 2026\nNGHỊ ĐỊNH\nVề đất đai\nĐiều 1. Giá đất\nThực hiện theo {A} (được sửa đổi, "
        f"bổ sung tại {B}).\nĐiều 2. Sửa đổi, bổ sung một số điều của {A}\n1. Sửa đổi Điều 3.\n",
        name="nghi-dinh.txt",
    )
    assert [(type(e), e.relation, e.node) for e in document.edges] == [(Edge, "amends", document.citations[0].node)]
    assert [c.relation for c in document.citations if c.number == "71/2024/NĐ-CP"] == ["cites", "amends"]
    assert document.edges[0].object == document.citations[0].target


def test_hostile_text_costs_no_more_than_its_length() -> None:
    text = f"{A} được sửa đổi, bổ sung " * 1500 + f"{A} được " * 3000
    assert said(text) == []

"""Constitutions have no number, and some the same name: the day that is in their ids tells them apart."""

from __future__ import annotations

from typing import Any

from vanban.kb.records import Ambiguous, InstrumentRecord

from .conftest import Maker, put

NAME = "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam"
OF_2013 = "/akn/vn/act/hien-phap/quoc-hoi/2013-11-28/hien-phap"
OF_1992 = "/akn/vn/act/hien-phap/quoc-hoi/1992-04-15/hien-phap"


def citing(number: str, target: str, name: str, date: str | None) -> Maker:
    maker = Maker(f"{number.split('/')[0]}.md", type="Nghị quyết", number=number, date="2024-05-06", issuer="Quốc hội")
    maker.node("rec_1", "recital", text=f"Căn cứ {name} ({number});")
    return maker.cite(
        name, type="Hiến pháp", name=name, date=date, issuer="Quốc hội", target=target, state="resolved", relation="legal_basis"
    )


def test_a_constitution_cited_without_its_date_is_none_of_the_others(library: Any) -> None:
    put(library, citing("11/2024/QH15", OF_2013, NAME, None), citing("12/2024/QH15", OF_1992, NAME, "1992-04-15"))
    both = library.resolve(NAME)
    assert isinstance(both, Ambiguous)
    assert {one.id for one in both.candidates} == {OF_1992, OF_2013}
    one = library.resolve(NAME, date="2013")
    assert isinstance(one, InstrumentRecord)
    assert one.id == OF_2013
    answer = library.cited_by(OF_1992)
    assert answer.total == 1
    assert answer.open_total == 0

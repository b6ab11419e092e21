"""Resolution as the library grows: what was open finds its instrument when that comes, and only what can be told is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import stores

import vanban.kb
from vanban.kb import KnowledgeBaseError
from vanban.parser import RegisterError
from vanban.parser.names.works import instrument_id

HDND = "Hội đồng nhân dân tỉnh Thái Nguyên"
CP = "Chính phủ"


def _id(**facts: Any) -> str:
    return instrument_id(**{"type": None, "number": None, "issuer": None, "date": None} | facts)


NQ117_YEAR = {"type": "Nghị quyết", "number": "117/NQ-CP", "issuer": CP, "date": "2023"}
NQ117_BARE = {"type": "Nghị quyết", "number": "117/NQ-CP", "issuer": CP}
LAW_YEAR = {"type": "Luật", "issuer": "Quốc hội", "date": "2013"}
LAW_NAME = "Luật Đất đai"


@pytest.fixture
def citing(made: Any) -> Any:
    """A resolution of December 2023 that cites four times without saying all."""
    law = _id(**LAW_YEAR, name=LAW_NAME)
    return (
        made["maker"]("dan.txt", id=_id(type="Nghị quyết", number="5/NQ-HĐND", issuer=HDND, date="2023-12-08"), type="Nghị quyết",
                      number="5/NQ-HĐND", date="2023-12-08", issuer=HDND)
        .node("art_1", "article", "Điều 1.", text="Thực hiện Nghị quyết số 117/NQ-CP năm 2023 của Chính phủ.")
        .cite("Nghị quyết số 117/NQ-CP năm 2023 của Chính phủ", **NQ117_YEAR, target=_id(**NQ117_YEAR), state="partial", relation="implements")
        .mandate(implements=(_id(**NQ117_YEAR),))
        .node("art_2", "article", "Điều 2.", text="Thực hiện Nghị quyết số 117/NQ-CP của Chính phủ.")
        .cite("Nghị quyết số 117/NQ-CP của Chính phủ", **NQ117_BARE, target=_id(**NQ117_BARE), state="partial", relation="cites")
        .node("art_3", "article", "Điều 3.", text="Căn cứ Luật Đất đai năm 2013.")
        .cite("Luật Đất đai năm 2013", **LAW_YEAR, name=LAW_NAME, target=law, state="resolved", relation="legal_basis")
        .node("art_4", "article", "Điều 4.", text="Theo Nghị quyết số 94/NQ-HĐND năm 2023.")
        .cite("Nghị quyết số 94/NQ-HĐND năm 2023", type="Nghị quyết", number="94/NQ-HĐND", date="2023",
              target=_id(type="Nghị quyết", number="94/NQ-HĐND", date="2023"), state="partial", relation="cites")
    )  # fmt: skip


def _text(made: Any, name: str, title: str | None = None, **facts: Any) -> Any:
    return made["maker"](name, id=_id(**facts), title=title, **facts).node("art_1", "article", "Điều 1.", text=f"Văn bản {name}.")


@pytest.fixture
def come(made: Any) -> list[Any]:
    """117/NQ-CP of 2023, the land law of 2013, and 94/NQ-HĐND of one of the provinces."""
    return [
        _text(made, "117.txt", **NQ117_YEAR | {"date": "2023-07-30"}),
        _text(made, "luat.txt", title="Đất đai", type="Luật", number="45/2013/QH13", issuer="Quốc hội", date="2013-11-29"),
        _text(made, "94.txt", type="Nghị quyết", number="94/NQ-HĐND", issuer=HDND, date="2023-12-08"),
    ]


def _meant(library: Any) -> list[str]:
    return [citation.target.id for citation in library.cites("5/NQ-HĐND").items]


@pytest.mark.parametrize("first", ["citing", "come"])
def test_what_says_enough_finds_its_instrument_whichever_comes_first(
    place: Any, made: Any, citing: Any, come: list[Any], first: str
) -> None:
    with vanban.kb.open(place) as library:
        made["put"](library, *([citing, *come] if first == "citing" else [*come, citing]))
        nq117, law, _ = (one.document.instrument.id for one in come)
        assert _meant(library) == [nq117, _id(**NQ117_BARE), law, _id(type="Nghị quyết", number="94/NQ-HĐND", date="2023")], (
            "its number alone is no identity, and without an issuer any province may be meant"
        )
        assert library.cited_by("117/NQ-CP", date="2023-07-30").total == 1
        assert [one.path for one in library.cited_by("117/NQ-CP", date="2023-07-30").open] == ["Điều 2"]
        assert library.mandates(implements="117/NQ-CP", date="2023-07-30").total == 1
        assert library.cited_by("45/2013/QH13").total == 1
        bare = next(item for item in library.review_queue().items if item.path == "Điều 2")
        assert [one.id for one in bare.candidates] == [nq117]
        changes = library.resolutions().items
        assert {(one.cause, one.before, one.after) for one in changes} == {
            ("arrival", _id(**NQ117_YEAR), nq117),
            ("arrival", _id(**LAW_YEAR, name=LAW_NAME), law),
        }
        (count,) = (one.citations for one in library.most_cited(limit=None).items if one.instrument.id == nq117)
        assert count == 1
    derived = stores.query(place, "SELECT relation, i.id FROM relations JOIN instruments AS i ON i.key = object_key ORDER BY position")
    assert derived == [("implements", nq117), ("cites", _id(**NQ117_BARE)), ("legal_basis", law), *derived[3:]]
    assert stores.query(place, "SELECT citations, documents FROM instruments WHERE citations < 0 OR documents > 1") == []


def test_two_that_fit_leave_it_open(place: Any, made: Any, citing: Any, come: list[Any]) -> None:
    other = _text(made, "117b.txt", **NQ117_YEAR | {"date": "2023-01-15"})
    with vanban.kb.open(place) as library:
        made["put"](library, come[0], other, citing)
        assert _meant(library)[0] == _id(**NQ117_YEAR)
        item = next(item for item in library.review_queue().items if item.path == "Điều 1")
        assert len(item.candidates) == 2


def test_nobody_cites_what_is_not_there_yet(place: Any, made: Any, citing: Any) -> None:
    later = _text(made, "117.txt", **NQ117_YEAR | {"date": "2023-12-30"})
    with vanban.kb.open(place) as library:
        made["put"](library, citing, later)
        assert _meant(library)[0] == _id(**NQ117_YEAR)


def test_a_text_that_was_misread_gives_back_what_was_resolved_by_it(place: Any, made: Any, citing: Any, come: list[Any]) -> None:
    import msgspec

    with vanban.kb.open(place) as library:
        made["put"](library, citing, come[0])
        wrong = come[0].document
        right = msgspec.structs.replace(wrong, instrument=msgspec.structs.replace(wrong.instrument, id="khac", number="118/NQ-CP"))
        library.add(right, come[0].data)
        assert _meant(library)[0] == _id(**NQ117_YEAR)
        assert [one.cause for one in library.resolutions().items] == ["undo", "arrival"]
        assert library.mandates(implements=_id(**NQ117_YEAR)).total == 1


def test_a_change_can_be_taken_back_and_stays_so(place: Any, made: Any, citing: Any, come: list[Any]) -> None:
    with vanban.kb.open(place) as library:
        made["put"](library, citing, come[0])
        (change,) = library.resolutions().items
        taken = library.undo_resolution(change.id, who="Lan", why="là nghị quyết của nhiệm kỳ khác")
        assert taken.review.state == "standing"
        assert _meant(library)[0] == _id(**NQ117_YEAR)
        assert library.resolutions().items[0].undoes == change.id
        made["put"](library, *come[1:])
        assert library.add(come[0].document, come[0].data).outcome == "unchanged"
        assert _meant(library)[0] == _id(**NQ117_YEAR)
        with pytest.raises(KnowledgeBaseError, match="stands no more"):
            library.undo_resolution(change.id, who="Lan")
        library.review_undo(taken.review.id, who="Lan", why="nhầm")
        assert _meant(library)[0] == come[0].document.instrument.id


def test_chains_follow_what_a_citation_comes_to_mean(place: Any, made: Any, citing: Any, come: list[Any]) -> None:
    nq117, before, itself = come[0].document.instrument.id, _id(**NQ117_YEAR), citing.document.instrument.id

    def below(instrument: str) -> list[str]:
        return [one.instrument.id for one in library.chain(instrument, direction="down").items]

    with vanban.kb.open(place) as library:
        made["put"](library, citing)
        assert below(before) == [itself]
        made["put"](library, come[0])
        assert below(nq117) == [itself]
        (change,) = library.resolutions().items
        library.undo_resolution(change.id, who="Lan", why="là nghị quyết khác")
        assert (below(nq117), below(before)) == ([], [itself])


REGISTER = """number\ttype\tissuer\tdate\ttitle\taliases\teffective\tuntil
117/NQ-CP\tNghị quyết\tChính phủ\t2023-07-30\tBan hành Kế hoạch sắp xếp\t\t\t
45/2013/QH13\tLuật\tQuốc hội\t2013-11-29\tLuật Đất đai\tLuật đất đai năm 2013\t2014-07-01\t2024-07-31
"""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    file = tmp_path / "danh-muc.tsv"
    file.write_text(REGISTER, encoding="utf-8")
    return file


def test_a_register_resolves_and_is_kept_beside_what_is_cited(place: Any, made: Any, citing: Any, register: Path) -> None:
    with vanban.kb.open(place) as library:
        made["put"](library, citing)
        done = library.import_register(register, who="Lan")
        assert (done.name, done.entries, done.new, done.resolved) == ("danh-muc", 2, 2, 2)
        nq117 = _id(**NQ117_YEAR | {"date": "2023-07-30"})
        assert _meant(library)[0] == nq117
        assert {one.cause for one in library.resolutions().items} == {"register"}
        before = stores.rows(place)
        again = library.import_register(register, who="Lan")
        assert (again.new, again.changed, again.resolved) == (0, 0, 0)
        assert stores.rows(place) == before
        assert [(one.verb, one.who) for one in library.audit(verb="imported").items] == [("imported", "Lan")]
        register.write_text("\n".join(REGISTER.splitlines()[:1] + REGISTER.splitlines()[2:]), encoding="utf-8")
        assert library.import_register(register).gone == 1
        assert _meant(library)[0] == _id(**NQ117_YEAR), "what was resolved by it alone is open again"
    facts = stores.query(place, "SELECT number, effective, expired FROM register_facts")
    assert facts == [("45/2013/QH13", "2014-07-01", "2024-07-31")]


def test_a_register_that_is_wrong_changes_nothing(place: Any, made: Any, citing: Any, register: Path) -> None:
    register.write_text(REGISTER + "9/NQ\tNghị quyết\tChính phủ\thôm qua\tX\t\t\t\n", encoding="utf-8")
    with vanban.kb.open(place) as library:
        made["put"](library, citing)
        before = stores.rows(place)
        with pytest.raises(RegisterError):
            library.import_register(register)
        assert stores.rows(place) == before

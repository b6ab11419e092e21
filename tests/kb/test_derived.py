"""What questions are answered from beside the parts (indexes, tallies, what is held) is at every moment what the parts say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import stores
from hypothesis import given
from hypothesis import strategies as st

import vanban.kb
from vanban.kb import schema

_COUNTED = (
    "SELECT 'documents', '', count(*) FROM documents WHERE current",
    "SELECT 'type', coalesce(type, ''), count(*) FROM documents WHERE current GROUP BY 2",
    "SELECT 'year', coalesce(substr(date, 1, 4), ''), count(*) FROM documents WHERE current GROUP BY 2",
    *(f"SELECT '{part}', '', count(*) FROM {part}" for part in ("nodes", "mandates", "targets", "findings")),
    *(
        f"SELECT '{what}', coalesce({what}, ''), count(*) FROM citations WHERE scope = 'external' GROUP BY 2"
        for what in ("state", "relation")
    ),
)
_HELD = "SELECT id, EXISTS (SELECT 1 FROM documents AS d WHERE d.instrument_id = i.id AND d.current) FROM instruments AS i"


def _agrees(place: Any) -> None:
    counted = [row for one in _COUNTED for row in stores.query(place, one) if row[2]]
    assert sorted(stores.query(place, "SELECT what, name, number FROM tallies")) == sorted(counted)
    assert dict(stores.query(place, "SELECT id, held FROM instruments")) == dict(stores.query(place, _HELD))
    held = stores.content(place)
    places = {table: {row[0] for row in held[table]} for table in schema.FULL_TEXT}
    for table, part in (("node_words", "nodes"), ("mandate_words", "mandates"), ("target_words", "targets")):
        documents = stores.query(place, f"SELECT DISTINCT document_id, position FROM {part}")
        assert len(places[table]) == len(documents), table


def _newer(made: Any) -> Any:
    """The resolution again, with another sentence and without a citation."""
    one = made["maker"]("94-sua.md", **{name: getattr(made["resolution"]().document.instrument, name) for name in _INSTRUMENT})
    one.node("pre_number", "preamble", text="Số: 94/NQ-HĐND").node("art_1", "article", "Điều 1.", text="Trồng rừng phòng hộ.")
    return one.target(name="Trồng rừng", comparator="=", value=5, unit="ha")


_INSTRUMENT = ("id", "type", "number", "date", "issuer")


def test_through_loads_versions_corrections_and_what_is_taken_back(library: Any, place: Any, made: Any) -> None:
    _agrees(place)
    made["put"](library, made["held"]())
    _agrees(place)
    (waiting,) = [one for one in library.review_queue("94/NQ-HĐND", date="2023-12-08").items if one.subject == "citation"]
    done = library.review_correct(waiting.key, "19-NQ/TW", date="2017-10-25", who="An")
    _agrees(place)
    node = next(
        one for one in library.review_queue("94/NQ-HĐND", date="2023-12-08", kinds=("node",)).items if one.text.startswith("Điều 1.")
    )
    relabelled = library.review_correct(node.key, "Điều 1a.", who="An")
    assert (library.search('"điều 1a"').total, library.search('"điều 1" "kết quả"').total) == (1, 0)
    _agrees(place)
    for one in (done, relabelled):
        library.review_undo(one.review.id, who="An")
        _agrees(place)
    assert (library.search('"điều 1a"').total, library.search('"điều 1" "kết quả"').total) == (0, 1)
    made["put"](library, _newer(made))
    assert (library.search("rừng phòng hộ").total, library.mandates(text="đơn vị hành chính").total) == (1, 0)
    assert (library.targets("trong rung").total, library.targets("xuat khau").total) == (1, 0)
    _agrees(place)


def test_an_index_forgets_every_word_of_what_is_taken_out(place: Any, made: Any, tmp_path: Any) -> None:
    with vanban.kb.open(place) as library:
        made["put"](library, made["resolution"](), _newer(made))
    after = stores.content(place)
    fresh = tmp_path / "fresh.sqlite" if isinstance(place, Path) else place
    if fresh == place:
        stores.empty(place)
    with vanban.kb.open(fresh) as library:
        made["put"](library, _newer(made))
    straight = stores.content(fresh)
    assert after["tallies"] == straight["tallies"]
    for table in schema.FULL_TEXT:
        assert [row[1:] for row in after[table]] == [row[1:] for row in straight[table]], table


def test_answers_come_in_the_order_of_dates_whatever_was_loaded_first(place: Any, made: Any) -> None:
    dates = ("2021-03-04", None, "2023", "2019-01-01", "2023-05", "2023-05-06", "1945-09-02")
    with vanban.kb.open(place) as library:
        for k, date in enumerate(dates):
            one = made["maker"](f"{k}.txt", id=f"nq-{k}", number=f"{k}/NQ", date=date)
            one.node("pre", "preamble", text="Trồng rừng ngập mặn.").node(
                "a", "article", "Điều 1.", text=f"Trồng {k} ha rừng ngập mặn ven biển."
            )
            one.mandate().target(name="Trồng rừng", comparator="=", value=k, unit="ha")
            made["put"](library, one)
        ordered = ["2023-05-06", "2023-05", "2023", "2021-03-04", "2019-01-01", "1945-09-02", None]
        assert [one.document.date for one in library.mandates(text="rừng").items] == ordered
        assert [one.document.date for one in library.targets("rừng").items] == ordered
        found = library.search("ngập mặn", limit=None)
        assert [one.document.date for one in found.items] == ordered * 2
        assert [one.kind for one in found.items] == ["article"] * 7 + ["preamble"] * 7
        pages = [library.search("rừng mặn", limit=3, offset=k).items for k in range(0, 15, 3)]
        assert [hit for page in pages for hit in page] == list(library.search("rừng mặn", limit=None).items)


def test_mandates_with_words_and_more(library: Any) -> None:
    assert library.mandates(text="hành chính").total == 1
    assert library.mandates(text="hành chính", kind="assignment").total == 0
    assert library.mandates(text="hành chính", implements="117/NQ-CP").total == 1
    assert library.mandates(text="?!").total == 0
    assert library.mandates(text=" ").total == library.mandates().total
    assert (library.targets("rừng").total, library.targets("rừng", unit="tỷ đồng").total, library.targets("%").total) == (2, 0, 0)


_DATES = st.none() | st.from_regex(r"(1[0-9]|20|21)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", fullmatch=True)


@given(one=st.tuples(_DATES, st.integers(1, 1 << 20)), other=st.tuples(_DATES, st.integers(1, 1 << 20)))
def test_turns_are_in_the_order_of_answers(one: tuple[str | None, int], other: tuple[str | None, int]) -> None:
    def answered(what: tuple[str | None, int]) -> Any:
        return ([-ord(letter) for letter in what[0] or ""] + [1], what[1])

    assert (schema.first_turn(*one[::-1]) < schema.first_turn(*other[::-1])) == (answered(one) < answered(other))

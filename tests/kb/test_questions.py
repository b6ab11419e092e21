"""Every verb of the library, on two hand-made resolutions that share a number and cite two instruments that share one."""

from __future__ import annotations

from typing import Any

import pytest

from vanban.kb import Ambiguous, NotFound, NotHeld, render
from vanban.kb.records import CitedBy, Mandates


def test_an_ambiguous_number_answers_with_its_candidates_in_every_verb(library: Any) -> None:
    for answer in (
        library.resolve("19-NQ/TW"),
        library.show("19-nq/tw"),
        library.cites("19/NQ-TW"),
        library.cited_by("Nghị quyết số 19-NQ/TW"),
        library.summary("nq 19 tw"),
        library.mandates(implements="19 – NQ / TW"),
    ):
        assert isinstance(answer, Ambiguous)
        assert [candidate.date for candidate in answer.candidates] == ["2023-06-16", "2017-10-25"]


@pytest.mark.parametrize(
    "spelling", ["117/NQ-CP", "nq 117 cp", "117/nq-cp", "117/NQ – CP", "Nghị quyết số 117/NQ-CP", "0117/nq-cp", "nq117cp"]
)
def test_a_number_is_found_in_any_spelling(library: Any, spelling: str) -> None:
    assert library.resolve(spelling).id == "nq-117-cp-2023"


def test_an_instrument_is_found_by_its_name_and_its_id(library: Any) -> None:
    for query in ("Luật Tổ chức chính quyền địa phương", "luat to chuc chinh quyen dia phuong", "luat-to-chuc-chinh-quyen-dia-phuong-2015"):
        assert library.resolve(query).date == "2015-06-19"


@pytest.mark.parametrize("date", ["2017-10-25", "25/10/2017", "2017-10", "10/2017", "2017"])
def test_a_date_chooses(library: Any, date: str) -> None:
    assert library.resolve("19-NQ/TW", date=date).id == "nq-19-tw-2017"


@pytest.mark.parametrize(
    "query",
    [
        "Nghị quyết số 19-NQ/TW ngày 25 tháng 10 năm 2017 của Ban Chấp hành Trung ương Đảng Khóa XII",
        "19-NQ/TW ngày 25/10/2017",
        "nq 19 tw năm 2017",
        "nq 19 tw, ngay 25.10.2017",
    ],
)
def test_a_citation_may_be_pasted_as_printed(library: Any, query: str) -> None:
    assert library.resolve(query).id == "nq-19-tw-2017"
    assert library.resolve(query, date="2023").id == "nq-19-tw-2023"
    assert library.resolve("Luật Tổ chức chính quyền địa phương năm 2015").date == "2015-06-19"
    assert isinstance(library.resolve("19-NQ/TW ngày 26/10/2017"), NotFound)


def test_a_date_that_fits_none_shows_those_of_the_number(library: Any) -> None:
    answer = library.cited_by("19-NQ/TW", date="2016")
    assert isinstance(answer, NotFound)
    assert [one.date for one in answer.suggestions] == ["2023-06-16", "2017-10-25"]


def test_a_number_that_is_not_there_suggests_what_looks_like_it(library: Any) -> None:
    answer = library.resolve("19/NQ-XY")
    assert isinstance(answer, NotFound)
    assert {one.number for one in answer.suggestions} == {"19-NQ/TW"}
    for typed in ("118/NQ-CP", "171/NQ-CP", "1117/NQ-CP", "117/NQ-CO", "117/NQ-CPP", "Nghị quyết số 116/NQ-CP"):
        assert [one.number for one in library.resolve(typed).suggestions] == ["117/NQ-CP"]
    assert library.resolve("Luật Tổ chức").suggestions[0].name == "Luật Tổ chức chính quyền địa phương"


def test_a_letter_with_a_stroke_tells_two_numbers_apart(library: Any, made: Any) -> None:
    for number, identity in (("7/QĐ-X", "with-stroke"), ("7/QD-X", "without")):
        made["put"](library, made["maker"](f"{identity}.txt", id=identity, number=number).node("p_1", "paragraph", text=number))
    assert library.resolve("7/QĐ-X").id == "with-stroke"
    assert library.resolve("7/qđ-x").id == "with-stroke"
    assert library.resolve("7/QD-X").id == "without"
    assert isinstance(library.resolve("7 x qd"), NotFound)


def test_cites_are_in_reading_order_with_place_relation_and_target(library: Any) -> None:
    answer = library.cites("94/NQ-HĐND", date="2023-12-08")
    assert [(c.relation, c.target and c.target.id) for c in answer.items] == [
        ("legal_basis", "luat-to-chuc-chinh-quyen-dia-phuong-2015"),
        ("implements", "nq-19-tw-2023"),
        ("implements", "nq-18-tw-2017"),
        ("implements", "nq-19-tw-2017"),
        ("cites", None),
        ("implements", "nq-117-cp-2023"),
    ]
    open_one = answer.items[4]
    assert open_one.state == "ambiguous"
    assert {candidate.id for candidate in open_one.candidates} == {"nq-19-tw-2023", "nq-19-tw-2017"}
    assert open_one.path == "Điều 2 › II › gạch đầu dòng 3"


def test_cited_by_gives_the_right_place_and_keeps_what_is_open_apart(library: Any) -> None:
    answer = library.cited_by("19-NQ/TW", date="2017-10-25")
    assert isinstance(answer, CitedBy)
    (mention,) = answer.items
    assert (answer.total, answer.documents, mention.node) == (1, 1, "art_2__hd_II__b_2")
    (start, end), text = mention.context.marks[0], mention.context.text
    assert text[start:end] == "Nghị quyết số 19-NQ/TW ngày 25 tháng 10 năm 2017"
    assert [one.node for one in answer.open] == ["art_2__hd_II__b_3"]
    assert library.cited_by("117/NQ-CP").documents == 2


def test_pages_are_parts_of_one_order(library: Any) -> None:
    whole = library.cited_by("117/NQ-CP")
    pages = [library.cited_by("117/NQ-CP", limit=1, offset=i) for i in range(whole.total)]
    assert [page.items[0] for page in pages] == list(whole.items)
    assert {page.total for page in pages} == {3}


def test_an_instrument_that_is_only_cited_has_no_text_to_ask(library: Any, made: Any) -> None:
    for answer in (library.cites("117/NQ-CP"), library.summary("117/NQ-CP")):
        assert isinstance(answer, NotHeld)
        assert answer.citations == 3
    assert library.show("117/NQ-CP").document is None
    made["put"](library, made["held"]())
    assert library.cites("117/NQ-CP").total == 0
    assert library.show("117/NQ-CP").cited.citations == 3


def test_mandates_by_instrument_and_by_words(library: Any) -> None:
    (found,) = library.mandates(implements="117/NQ-CP").items
    assert found.responsible == ("Ủy ban nhân dân tỉnh Thái Nguyên",)
    assert found.text.startswith("Sắp xếp đơn vị hành chính")
    (found,) = library.mandates(implements="19-NQ/TW", date="2017").items
    assert found.actions == ("Tiếp tục thực hiện", "Tinh giản biên chế")
    assert [one.id for one in found.implements] == ["nq-18-tw-2017", "nq-19-tw-2017"]
    assert [m.kind for m in library.mandates(text="giao ủy ban").items] == ["assignment"]
    assert library.mandates(text="ba nhan").total == 0, "whole words only"
    assert library.mandates(implements="117/NQ-CP", text="giao").total == 0
    everything = library.mandates()
    assert isinstance(everything, Mandates)
    assert everything.total == 5
    assert everything.items[2].deadline.to == "2024-06-30"
    assert [actor.role for actor in everything.items[4].actors] == ["charged"]


def test_targets_with_and_without_diacritics_over_provinces(library: Any) -> None:
    for words in ("che phu rung", "che phủ rừng", "RỪNG, che phủ"):
        found = library.targets(words)
        assert [(t.comparator, t.value, t.unit) for t in found.items] == [("=", 37.5, "%"), (">=", 46, "%")]
    assert isinstance(library.targets("che phu rung 46").items[0].value, int)
    assert library.targets().total == 4
    assert library.targets("%").total == 0
    assert library.targets("gia tri").items[0].change == "increase"


_BAC_GIANG = {"issuer": "hdnd tinh bac giang"}


@pytest.mark.parametrize(
    ("narrow", "number"), [(_BAC_GIANG, 1), ({"kind": "nghi quyet"}, 2), ({"since": "2023-12-09"}, 1), (_BAC_GIANG | {"until": "2022"}, 0)]
)
def test_targets_of_some_documents_are_a_part_of_all(library: Any, narrow: dict[str, str], number: int) -> None:
    """Off the index of words; or off the targets, where more is asked than it tells."""
    some = library.documents(**narrow).items
    part = [one for one in library.targets("che phu rung").items if one.document in some]
    assert len(part) == number
    for limit, offset in ((None, 0), (1, 0), (1, 1)):
        answer = library.targets("che phu rung", limit=limit, offset=offset, **narrow)
        assert (answer.total, list(answer.items)) == (len(part), part[offset:][:limit])
        assert library.targets("che phu rung", limit=limit, offset=offset, unit="%", **narrow) == answer


def test_most_cited_counts_documents_before_mentions(library: Any) -> None:
    answer = library.most_cited(limit=2)
    assert (answer.items[0].instrument.id, answer.items[0].documents, answer.items[0].citations) == ("nq-117-cp-2023", 2, 3)
    assert (answer.total, len(answer.items)) == (5, 2)


def test_documents_latest_first(library: Any) -> None:
    assert [document.date for document in library.documents().items] == ["2023-12-12", "2023-12-08"]


def test_show_tells_all(library: Any) -> None:
    shown = library.show("94/NQ-HĐND", date="2023-12-08")
    assert shown.signers[0].name == "Phạm Hoàng Sơn"
    assert (shown.counts.nodes, shown.counts.citations, shown.counts.mandates, shown.counts.targets) == (15, 6, 5, 3)
    assert [(line.depth, line.label) for line in shown.outline][:4] == [(0, "Điều 1."), (0, "Điều 2."), (1, "I."), (2, "-")]
    assert [finding.code for finding in shown.findings] == ["citation-ambiguous"]
    assert len(shown.versions) == 1


def test_every_example_of_a_summary_is_a_question_with_an_answer(library: Any) -> None:
    answer = library.summary("94/NQ-HĐND", date="8/12/2023")
    assert [c.target.name for c in answer.legal_basis] == ["Luật Tổ chức chính quyền địa phương"]
    assert [one.id for one in answer.implements] == ["nq-19-tw-2023", "nq-18-tw-2017", "nq-19-tw-2017", "nq-117-cp-2023"]
    assert [line.label for line in answer.outline] == ["Điều 1.", "Điều 2.", "I.", "II.", "Điều 3."]
    assert answer.outline_total == 13
    assert [example.command for example in answer.examples] == [
        ("cited-by", "19-NQ/TW", "--date", "2017-10-25"),
        ("mandates", "--implements", "18-NQ/TW"),
        ("targets", "gia tri xuat khau"),
    ]


def test_a_brief_outline_shows_the_upper_levels_that_fit(library: Any, made: Any) -> None:
    long = made["maker"]("dai.txt", id="dai", number="1/L")
    for article in range(1, 41):
        long.node(f"art_{article}", "article", f"Điều {article}.", text="Quy định.")
    made["put"](library, long)
    answer = library.summary("dai")
    assert (len(answer.outline), answer.outline_total) == (30, 40)


def test_an_instrument_told_by_less_is_the_same_question_but_never_the_same_answer(library: Any, made: Any) -> None:
    undated = made["maker"]("undated.txt", id="undated-doc", number="5/BC", date="2024-01-01")
    undated.node("p_1", "paragraph", text="Theo Nghị quyết 117/NQ-CP về sắp xếp.")
    undated.cite("Nghị quyết 117/NQ-CP", type="Nghị quyết", number="117/NQ-CP", issuer="Chính phủ", target="nq-117-cp-_", state="partial")
    undated.mandate(implements=("nq-117-cp-_",))
    made["put"](library, undated)
    assert library.resolve("117/NQ-CP").id == "nq-117-cp-2023", "less is known of the other, so it is no choice"
    assert library.resolve("nq-117-cp-_").date is None, "but its id leads to it"
    cited = library.cited_by("117/NQ-CP")
    assert (cited.total, [one.text for one in cited.open]) == (3, ["Nghị quyết 117/NQ-CP"])
    mandates = library.mandates(implements="117/NQ-CP")
    assert (mandates.total, [one.document.number for one in mandates.open]) == (1, ["5/BC"])


def test_what_differs_in_any_part_is_another_instrument(library: Any, made: Any) -> None:
    other = made["maker"]("other.txt", id="other-doc", number="6/BC", date="2024-01-01")
    other.node("p_1", "paragraph", text="Theo Báo cáo 117/NQ-CP.")
    other.cite("Báo cáo 117/NQ-CP", type="Báo cáo", number="117/NQ-CP", target="bc-117", state="partial")
    made["put"](library, other)
    answer = library.resolve("117/NQ-CP")
    assert isinstance(answer, Ambiguous)
    assert {one.id for one in answer.candidates} == {"nq-117-cp-2023", "bc-117"}
    assert library.cited_by("nq-117-cp-2023").open == ()


def test_a_law_by_name_and_year_is_the_one_whose_number_says_so(library: Any, made: Any) -> None:
    citing = made["maker"]("citing.txt", id="citing", number="8/BC", date="2024-01-01")
    citing.node(
        "p_1", "paragraph", text="Luật Ngân sách số 83/2015/QH13, Luật Ngân sách năm 2015, Luật Ngân sách số 89/2025/QH15, Luật Ngân sách."
    )
    facts = {"type": "Luật", "issuer": "Quốc hội", "name": "Luật Ngân sách"}
    citing.cite("Luật Ngân sách số 83/2015/QH13", number="83/2015/QH13", target="83", **facts)
    citing.cite("Luật Ngân sách năm 2015", date="2015", target="by-year", **facts)
    citing.cite("Luật Ngân sách số 89/2025/QH15", number="89/2025/QH15", target="89", **facts)
    citing.cite("Luật Ngân sách.", target="by-name", **facts)
    made["put"](library, citing)
    assert [one.id for one in library.resolve("luat ngan sach").candidates] == ["83", "89"]
    assert library.resolve("Luật Ngân sách năm 2015").id == library.resolve("luat ngan sach", date="25/6/2015").id == "83"
    assert [one.text for one in library.cited_by("83/2015/QH13").open] == ["Luật Ngân sách năm 2015", "Luật Ngân sách."]
    assert [one.text for one in library.cited_by("89/2025/QH15").open] == ["Luật Ngân sách."]


def test_tables_and_notes_are_found_where_they_stand(library: Any, made: Any) -> None:
    maker = made["maker"]("bang.txt", id="bang", number="3/QĐ", date="2024-01-01").node("art_1", "article", "Điều 1.", text="Mức chi:")
    maker.node("art_1__tbl_1", "table", text="STT").relabel("table")
    maker.node("art_1__tbl_1__row_1", "table", text="Nội dung Mức").relabel("", role="row")
    maker.node("art_1__tbl_1__row_2", "table", text="1 Hội nghị 100").relabel("", role="row")
    maker.node("note_1", "note", text="[1] Theo thời giá.").node("note_2", "note", text="[2] Kể cả thuế.")
    made["put"](library, maker)
    assert library.search("table").total == 0, "it is printed nowhere"
    (hit,) = library.search("hoi nghi 100").items
    assert (hit.path, hit.kind, hit.snippet.text) == ("Điều 1 › bảng › dòng 2", "table", "1 Hội nghị 100")
    assert library.search("stt").items[0].snippet.text == "STT"
    assert library.search("thoi gia").items[0].path == "chú thích 1"
    outline = library.show("3/QĐ").outline
    assert [(line.depth, line.label, line.heading) for line in outline][1:] == [
        (1, "", "STT"),
        (2, "", "Nội dung Mức"),
        (2, "", "1 Hội nghị 100"),
        (0, "", "[1] Theo thời giá."),
        (0, "", "[2] Kể cả thuế."),
    ]


def test_what_is_cited_as_often_stands_in_the_order_of_its_id(library: Any, made: Any) -> None:
    for name, order in (("mot.txt", "zy"), ("hai.txt", "xyz")):
        maker = made["maker"](name, id=name, number=f"{len(order)}/KH")
        for letter in order:
            number = f"{letter.upper()}9/BC"
            maker.node(f"p_{letter}", "paragraph", text=f"Theo {number}").cite(number, number=number, target=f"bc-{letter}")
        made["put"](library, maker)
    cited = [(one.instrument.id, one.documents, one.citations) for one in library.most_cited(limit=None).items]
    assert cited[0] == ("nq-117-cp-2023", 2, 3)
    assert cited[1:3] == [("bc-y", 2, 2), ("bc-z", 2, 2)]
    assert [identity for identity, *_ in cited[3:]] == [
        "bc-x",
        "luat-to-chuc-chinh-quyen-dia-phuong-2015",
        "nq-18-tw-2017",
        "nq-19-tw-2017",
        "nq-19-tw-2023",
    ]
    pages = [library.most_cited(limit=1, offset=i).items[0].instrument.id for i in range(len(cited))]
    assert pages == [identity for identity, *_ in cited]


def test_targets_of_several_years_and_issuers_are_one_table(library: Any, made: Any) -> None:
    for year, value in (("2024", 46.5), ("2025", 47.0)):
        maker = made["maker"](
            f"{year}.txt", id=f"kh-{year}", type="Kế hoạch", number=f"{year[-1]}/KH", date=f"{year}-01-02", issuer="UBND tỉnh A"
        )
        maker.node("p_1", "paragraph", text=f"Tỷ lệ che phủ rừng đến năm {year} đạt {value}%.")
        maker.target(
            name=f"Tỷ lệ che phủ rừng đến năm {year}",
            comparator="=",
            value=value,
            unit="%",
            period=year,
            normal_value=value,
            normal_unit="%",
        )
        made["put"](library, maker)
    table = library.target_table("tỷ lệ che phủ rừng")
    assert table.columns == ("2024", "2025", "")
    assert [(row.issuer, row.name, [[one.value for one in cells] for cells in row.cells]) for row in table.items] == [
        ("Hội đồng nhân dân tỉnh Bắc Giang", "tỷ lệ che phủ rừng", [[], [], [37.5]]),
        ("Hội đồng nhân dân tỉnh Thái Nguyên", "Ổn định tỷ lệ che phủ rừng", [[46], [], []]),
        ("UBND tỉnh A", "Tỷ lệ che phủ rừng", [[46.5], [47], []]),
    ]
    assert library.target_table("che phu", issuer="ubnd tỉnh a").total == 1
    assert library.target_table("che phu", kind="ke hoach", period="2025").columns == ("2025",)
    assert library.target_table("dat").total == 0, "words of the text are not words of the name"


def test_a_chain_ends_in_a_cycle_and_holds_each_instrument_once(library: Any, made: Any) -> None:
    for here, there in (("a", ("b",)), ("b", ("c", "a")), ("c", ("a", "d"))):
        maker = made["maker"](f"{here}.txt", id=here, number=f"{ord(here)}/V", date="2020-01-01")
        for one in there:
            words = f"Căn cứ văn bản số {ord(one)}/V"
            maker.node(f"rec_{one}", "recital", text=words).cite(words, number=f"{ord(one)}/V", target=one, relation="legal_basis")
        made["put"](library, maker)
    up = library.chain("a")
    assert [(one.instrument.id, one.depth, one.via) for one in up.items] == [("b", 1, "a"), ("c", 2, "b"), ("d", 3, "c")]
    assert (up.total, up.deepest) == (3, 3)
    assert [one.instrument.id for one in library.chain("a", depth=2).items] == ["b", "c"]
    assert [(one.instrument.id, one.depth) for one in library.chain("d", direction="down").items] == [("c", 1), ("b", 2), ("a", 3)]
    assert [(step.subject.id, step.object.id) for step in library.path("a", "d").steps] == [("a", "b"), ("b", "c"), ("c", "d")]
    back = library.path("d", "a")
    assert (back.directed, [(step.subject.id, step.object.id) for step in back.steps]) == (False, [("c", "d"), ("c", "a")])
    assert library.path("a", "nq-117-cp-2023").steps == ()


def test_a_page_of_a_long_chain_leaves_its_end_open(library: Any, made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vanban.kb.questions.chains._MANY", 2)
    for k in range(1, 6):
        maker = made["maker"](f"{k}.txt", id=f"c{k}", number=f"{k}/V", date=f"20{20 + k}-01-01")
        maker.node("rec", "recital", text=f"Căn cứ văn bản số {k - 1}/V").cite(
            f"số {k - 1}/V", number=f"{k - 1}/V", target=f"c{k - 1}", relation="legal_basis"
        )
        made["put"](library, maker)
    whole = library.chain("c0", direction="down")
    assert (whole.total, whole.deepest, whole.more) == (5, 5, False)
    page = library.chain("c0", direction="down", limit=1)
    assert (page.total, page.deepest, page.more) == (2, 2, True)
    assert page.items == whole.items[:1]
    assert "hơn 2 văn bản, ít nhất 2 bậc" in render.text(page)
    last = library.chain("c0", direction="down", limit=3, offset=2)
    assert (last.items, last.total, last.more) == (whole.items[2:], 5, False)
    assert not library.chain("c0", direction="down", limit=1, depth=2).more, "what is beyond the depth was not asked for"


def test_changes_by_date_by_part_and_by_what_others_say(library: Any, made: Any) -> None:
    def change(name: str, date: str, relation: str, provision: str = "") -> None:
        maker = made["maker"](f"{name}.txt", id=name, type="Nghị quyết", number=f"{name}/NQ", date=date)
        text = f"Lần {name}: bãi bỏ, sửa đổi Nghị quyết số 117/NQ-CP."
        maker.node("art_1", "article", "Điều 1.", text=text)
        maker.cite("Nghị quyết số 117/NQ-CP", number="117/NQ-CP", target="nq-117-cp-2023", relation=relation, provision=provision)
        made["put"](library, maker)

    change("1", "2024-01-10", "amends", "Điều 2")
    change("2", "2024-05-10", "repeals", "Điều 3")
    change("3", "2025-01-01", "replaces")
    for on, state, partly in (("2023", "unchanged", False), ("2024-02-01", "amended", False), ("2024-12-31", "amended", True)):
        answer = library.changes("117/NQ-CP", on=on)
        assert (answer.state, answer.partly) == (state, partly)
    answer = library.changes("117/NQ-CP", on="01/01/2025")
    assert (answer.state, answer.basis, [one.by.id for one in answer.items]) == ("replaced", 5, ["1", "2", "3"])
    assert [one.holds for one in library.changes("117/NQ-CP", on="2024-06").items] == [True, True, False]


def test_mandates_by_body_role_time_limit_field_and_document(library: Any) -> None:
    both = library.mandates(body="ubnd tinh thai nguyen")
    assert (both.total, both.bodies) == (2, ("Ủy ban nhân dân tỉnh Thái Nguyên",))
    assert library.mandates(body="UBND tỉnh Thái Nguyên", inherited=False).total == 1
    assert library.mandates(body="UBND tỉnh Thái Nguyên", role="charged").items[0].kind == "assignment"
    assert library.mandates(role="lead").total == 0
    assert [library.mandates(**{name: "2024-06-30"}).total for name in ("before", "after", "overdue")] == [1, 1, 0]
    assert library.mandates(overdue="2024-07-01").items[0].deadline.text == "trong quý II"
    assert library.mandates(field="giai phap").total == 1
    assert library.mandates(document="94-nq-hdnd-2023-bac-giang").total == 0
    assert library.mandates(kind="assignment").total == 1
    unknown = library.mandates(body="ubnd tinh thai nguyenn")
    assert (unknown.what, unknown.suggestions) == ("body", ("Ủy ban nhân dân tỉnh Thái Nguyên",))


def test_cited_by_is_narrowed_by_provision_and_by_who_cites(library: Any, made: Any) -> None:
    maker = made["maker"]("x.txt", id="x", type="Kế hoạch", number="9/KH", date="2024-03-01", issuer="Sở Nội vụ tỉnh A")
    maker.node("p_1", "paragraph", text="Theo điểm a khoản 2 Điều 5 Nghị quyết số 117/NQ-CP; khoản 1 Điều 50 Nghị quyết 117/NQ-CP.")
    maker.cite("điểm a khoản 2 Điều 5 Nghị quyết số 117/NQ-CP", number="117/NQ-CP", target="nq-117-cp-2023", provision="Điều 5/2/a; Điều 6")
    maker.cite("khoản 1 Điều 50 Nghị quyết 117/NQ-CP", number="117/NQ-CP", target="nq-117-cp-2023", provision="Điều 50/1", relation="cites")
    made["put"](library, maker)
    for typed, total in (
        ("Điều 5", 1), ("điều 5", 1), ("khoản 2 Điều 5", 1), ("điểm a khoản 2 Điều 5", 1), ("Điều 5 khoản 2 điểm đ", 0), ("Điều 6", 1), ("Điều 50/1", 1),
        ("Điều 1", 0), ("Điều 5/2/A", 0), ("%", 0),
    ):  # fmt: skip
        assert library.cited_by("117/NQ-CP", provision=typed).total == total, typed
    assert library.cited_by("117/NQ-CP", kind="ke hoach").total == library.cited_by("117/NQ-CP", issuer="so noi vu").total == 2
    assert library.cited_by("117/NQ-CP", since="2024").documents == 1
    assert library.cited_by("117/NQ-CP", until="2023", relation="implements").total == 2
    assert library.cited_by("117/NQ-CP", issuer="Sở Nội vụ tỉnh B").suggestions == ("so noi vu tinh a",)


def test_dates_that_are_known_in_part(library: Any, made: Any) -> None:
    """A document is of a period where every day is that its date may be; of those that may be or not, the answer says how many."""
    for k, date in enumerate((None, "2020", "2020-05", "2020-05-31", "2021-01-01")):
        one = made["maker"](f"{k}.txt", id=f"n{k}", type="Kế hoạch", number=f"{k}/KH", date=date)
        one.node("a", "article", "Điều 1.", text=f"Mở {k} chợ phiên theo Nghị quyết số 117/NQ-CP.")
        one.cite("117/NQ-CP", number="117/NQ-CP", relation="cites", target="nq-117-cp-2023")
        made["put"](library, one.target(name="chợ phiên", comparator="=", value=k, unit="chợ"))
    for since, until, expected, undated in (
        ("2020", "2020", "2020-05-31 2020-05 2020", 1),
        ("2020-05", "2020-05", "2020-05-31 2020-05", 2),
        ("2020-05-01", "31/05/2020", "2020-05-31 2020-05", 2),
        ("2020-05-02", None, "2021-01-01 2020-05-31", 3),
        ("2020-01-01", "2020-12-31", "2020-05-31 2020-05 2020", 1),
        (None, "2020-05-30", "", 3),
        ("2021", None, "2021-01-01", 1),
        (None, "2019", "", 1),
        (None, None, "2021-01-01 2020-05-31 2020-05 2020 None", 0),
    ):
        asked = {"since": since, "until": until}
        answers = (
            library.documents(kind="Kế hoạch", **asked),
            library.cited_by("117/NQ-CP", kind="Kế hoạch", **asked),
            library.targets("chợ phiên", **asked),
            library.targets(unit="chợ", **asked),
            library.search("chợ phiên", **asked),
        )
        for answer in answers:
            dates = [getattr(one, "document", one).date for one in answer.items]
            assert (" ".join(map(str, dates)), answer.total, answer.undated) == (expected, len(dates), undated), (asked, answer)
            said = f"{undated} documents without a full date left out"
            assert (said in render.text(answer)) == bool(undated)
        assert library.target_table("chợ phiên", **asked).undated == undated


def test_no_items_are_asked_for_and_all_are_counted(library: Any) -> None:
    for asked in ({"body": "UBND tỉnh Thái Nguyên"}, {"implements": "117/NQ-CP"}, {}):
        whole = library.mandates(**asked)
        assert (library.mandates(**asked, limit=0).total, library.mandates(**asked, limit=0).items) == (whole.total, ())
        assert library.mandates(**asked, limit=5, offset=100).total == whole.total
        assert whole.total > 0

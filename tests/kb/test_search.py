"""Search: with and without diacritics, ranked, marked as printed, and whatever is typed."""

from __future__ import annotations

import random
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import literal_column

import vanban.kb
from vanban.kb import KnowledgeBaseError, render, words
from vanban.kb.records import Search, UnknownName
from vanban.parser import fold


def _marked(hit: Any) -> list[str]:
    return [hit.snippet.text[start:end] for start, end in hit.snippet.marks]


@pytest.mark.parametrize("typed", ["che phu rung", "che phủ rừng", "CHE PHỦ RỪNG", unicodedata.normalize("NFD", "che phủ rừng")])
def test_with_and_without_diacritics_the_printed_words_are_marked(library: Any, typed: str) -> None:
    answer = library.search(typed)
    assert answer.total == 2
    assert [_marked(hit) for hit in answer.items] == [["che phủ rừng"]] * 2


def test_the_spelling_asked_for_comes_first(library: Any) -> None:
    plain = library.search("hoi dong nhan dan")
    assert [hit.exact for hit in plain.items] == [True]
    assert plain.items[0].document.id.endswith("bac-giang-2023")
    assert library.search("hội đồng nhân dân").items[0].exact is False


def test_side_by_side_before_apart(library: Any, made: Any) -> None:
    apart = made["maker"]("x.txt", id="x").node(
        "p_1", "paragraph", text="Rừng thì che, nước thì phủ: che phủ rừng không liền: rừng phủ che."
    )
    apart.node("p_2", "paragraph", text="phủ rừng che")
    made["put"](library, apart)
    answer = library.search("che phủ rừng")
    assert [hit.phrase for hit in answer.items] == [True, True, True, False]
    assert _marked(answer.items[-1]) == ["phủ rừng che"]


def test_a_number_is_found_in_running_text(library: Any) -> None:
    for typed in ("nq 117 cp", "117/NQ-CP", "117/nq-cp"):
        assert library.search(typed).total == 2


def test_every_word_must_be_there(library: Any) -> None:
    assert library.search("che phủ biển").total == 0


def test_old_and_new_tone_marks_are_one_spelling(library: Any, made: Any) -> None:
    made["put"](library, made["maker"]("h.txt", id="h").node("p_1", "paragraph", text="Văn hoá cơ sở"))
    (hit,) = library.search("văn hóa").items
    assert hit.exact
    assert _marked(hit) == ["Văn hoá"]


HOSTILE = [
    '"', "'", "*", "che*", "che OR phu", "NOT", "AND AND", "NEAR(a b)", "folded: x", "^che", "(((", "a) OR (b", "-", "--", "%", "_", "+",
    "; DROP TABLE nodes", "che\0phu", "\ud800", "💥", "\u202e", "é" * 200, "{exact}: che", "che + phu", "\\", "ﬁ", "①", "\u0323", "٣",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_is_typed_is_syntax(library: Any, typed: str) -> None:
    for answer in (library.search(typed), library.targets(typed), library.mandates(text=typed)):
        assert answer.total >= 0
    assert library.resolve(typed).query == typed


def test_an_answer_is_never_all_because_nothing_was_asked(library: Any) -> None:
    assert library.search("").total == library.search("...").total == 0
    assert library.targets("...").total == library.mandates(text="***").total == 0


def test_nothing_that_was_asked_is_said_to_be_nothing(library: Any) -> None:
    assert "no words were given" in render.text(library.search(" "))
    assert "no words were given" not in render.text(library.search("cầu vượt biển"))
    for query, first in (("xyz", "%"), ("ti dong", "tỷ đồng")):
        answer = library.targets(unit=query)
        assert (answer.what, answer.suggestions[0], "tỷ đồng" in answer.suggestions) == ("unit", first, True)
        assert isinstance(library.target_table("rừng", unit=query), UnknownName)
    assert library.targets(unit="ty dong").total == library.targets(unit="tỷ đồng").total == 1


def test_a_pasted_page_is_refused_with_a_remedy(library: Any) -> None:
    for typed in ("che " * 100, "x" * 100_000):
        with pytest.raises(KnowledgeBaseError, match="use fewer words"):
            library.search(typed)
        with pytest.raises(KnowledgeBaseError):
            library.targets(typed)
        assert library.resolve(typed).query == typed


def test_a_phrase_is_side_by_side_and_a_star_is_the_rest_of_a_word(library: Any, made: Any) -> None:
    made["put"](library, made["maker"]("x.txt", id="x").node("p_1", "paragraph", text="Phủ rừng che, rừngrú."))
    assert library.search("che phủ rừng").total == 3
    assert library.search('"che phủ rừng"').total == library.search('"CHE PHU" rừng').total == 2
    assert library.search('"phủ che"').total == 0
    answer = library.search("che ph* rung*")
    assert (answer.total, answer.words) == (3, ("che", "ph*", "rung*"))
    assert _marked(answer.items[0]) == ["che phủ rừng"]
    assert _marked(answer.items[2]) == ["Phủ rừng che", "rừngrú"]
    assert library.search("rung").total == library.search("rung*").total == 3
    assert library.search("ngân s*").total == 1


def test_search_within_a_document_a_kind_of_node_an_issuer_and_dates(library: Any) -> None:
    assert library.search("che phu rung", document="94-nq-hdnd-2023-bac-giang").total == 1
    assert library.search("nghi quyet", kinds=["article"]).total == 1
    assert library.search("nghi quyet", kinds=["bullet", "clause"]).total == 5
    assert library.search("nghi quyet", issuer="hdnd tinh thai nguyen").total == 5
    assert library.search("nghi quyet", kind="nghi quyet", since="2023-12-09").total == 1
    assert library.search("nghi quyet", until="2023-12-08").total == 5
    assert isinstance(library.search("nghi quyet", issuer="Hội đồng nhân dân tỉnh Thái Nguyen"), Search)
    unknown = library.search("nghi quyet", issuer="hoi dong nhan dan tinh thai nguyenn")
    assert unknown.suggestions[0] == "hoi dong nhan dan tinh thai nguyen"
    with pytest.raises(KnowledgeBaseError, match="no such kind of node"):
        library.search("nghi quyet", kinds=["điều"])


def test_a_snippet_of_a_long_text_shows_its_part_in_whole_words() -> None:
    text = "đầu " * 100 + "tỷ lệ che phủ rừng đạt 46%" + " cuối" * 100
    found = words.snippet(text, ["che", "phu", "rung"])
    assert found.text.startswith("… đầu ")
    assert found.text.endswith(" …")
    assert [found.text[a:b] for a, b in found.marks] == ["che phủ rừng"]
    assert len(found.text) < 220


def test_a_snippet_marks_letters_with_separate_marks_whole() -> None:
    text = unicodedata.normalize("NFD", "Độ che phủ rừng ổn định")
    found = words.snippet(text, ["on", "dinh"])
    assert [found.text[a:b] for a, b in found.marks] == [unicodedata.normalize("NFD", "ổn định")]


def test_a_snippet_of_a_text_without_blanks_is_bounded() -> None:
    found = words.snippet("a" * 10_000 + " rừng " + "b" * 10_000, ["rung"])
    assert len(found.text) <= 210
    assert [found.text[a:b] for a, b in found.marks] == ["rừng"]


@pytest.mark.parametrize(
    ("typed", "iso"),
    [("25/10/2017", "2017-10-25"), ("2017-1-5", "2017-01-05"), ("10/2017", "2017-10"), ("2017", "2017"), (" 5.9.2017 ", "2017-09-05")],
)
def test_dates_as_they_are_typed(typed: str, iso: str) -> None:
    assert words.iso_date(typed) == iso


@pytest.mark.parametrize("typed", ["", "hôm nay", "2017-13", "32/1/2017", "17", "2017-10-25-1", "٢٠١٧/x"])
def test_what_is_no_date_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(ValueError, match="no date"):
        words.iso_date(typed)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_are_those_of_the_whole_text_folded_at_once(form: Any) -> None:
    text = (
        unicodedata.normalize(form, "Uỷ  ban\u200bnhân dân (UBND)\u00a0tỉnh–xã: “hoá”,\tquý hoà\u2028 ﬁ ①\u3000Số 04/2021/NQ-HĐND_ \u0301x")
        + "Ấ" * 300
    )
    assert words.folded(text) == re.findall(r"[^\W_]+", fold.search_form(text))
    assert words.exact(text) == re.findall(r"[^\W_]+", fold.key(text))


def test_few_hits_are_told_apart_as_many_are(library: Any, made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """By their own words as by the index: the same hits, of the same kinds, in the same order."""
    made["put"](
        library, made["maker"]("x.txt", id="x", date="2020").node("p_1", "paragraph", text="Phủ rừng che, đường rừng; chè phù RỪNG.")
    )
    asked = ("che phủ rừng", '"che phủ" rừng', '"phủ rừng"', "rừng phủ", "đường", "duong", "rừng", "nghị quyết 94", '"che phu rung" "46"')
    few = [library.search(one, limit=limit, offset=offset) for one in asked for limit, offset in ((20, 0), (1, 1), (None, 0))]
    monkeypatch.setattr("vanban.kb.search._FEW", -1)
    assert few == [library.search(one, limit=limit, offset=offset) for one in asked for limit, offset in ((20, 0), (1, 1), (None, 0))]
    assert sum(len(one.items) for one in few) > 20


def test_no_more_hits_are_counted_than_a_page_needs(library: Any, made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    many = made["maker"]("x.txt", id="x")
    for k in range(60):
        many.node(f"p_{k}", "paragraph", text=f"Tăng cường kiểm tra {k}")
    made["put"](library, many)
    monkeypatch.setattr("vanban.kb.search._COUNTED", 20)
    page = library.search("tăng cường kiểm tra", limit=5)
    assert (page.total, page.more, len(page.items)) == (20, True, 5)
    assert "Tìm thấy: hơn 20" in render.text(page)
    later = library.search("tăng cường kiểm tra", limit=5, offset=40)
    assert (later.total, later.more, len(later.items)) == (45, True, 5)
    whole = library.search("tăng cường kiểm tra", limit=None)
    assert (whole.total, whole.more, len(whole.items)) == (60, False, 60)
    assert [hit.node for hit in whole.items[40:45]] == [hit.node for hit in later.items]


@pytest.fixture
def syllables(library: Any, made: Any) -> Any:
    """A library with nine documents of words drawn at random, in all orders; what is asked of them is drawn likewise."""
    chance = random.Random(3)
    words = ("trồng", "rừng", "trong", "tại", "xã", "Thanh", "Thành", "Lợi", "lội", "Long", "loại", "năm", "nam", "2023")
    for k in range(9):
        paper = made["maker"](f"{k}.txt", id=f"d{k}", date=f"2023-01-0{k + 1}")
        for i in range(30):
            paper.node(f"p_{i}", "paragraph", text=" ".join(chance.choices(words, k=chance.randint(4, 14))))
        made["put"](library, paper)

    def asked() -> str:
        drawn = chance.choices(words, k=chance.randint(1, 6))
        some = " ".join(drawn)
        return chance.choice(
            (some, f'"{some}"', f'"{some}" {chance.choice(words)}', f"{some[:-1]}*", f"{some[:-2]}*", f"{drawn[0][:2]}* {some}")
        )

    return library, [asked() for _ in range(120)]


def test_what_is_dear_to_an_index_is_found_as_if_it_were_not(syllables: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words in place of their beginning, and the rarest words of a phrase in place of all: the same hits in the same order."""
    library, asked = syllables

    def answers() -> list[Any]:
        return [library.search(one, limit=limit, offset=offset) for one in asked for limit, offset in ((20, 0), (5, 30), (None, 0))]

    monkeypatch.setattr("vanban.kb.fulltext._WORDS", -1)
    monkeypatch.setattr("vanban.kb.fulltext._LONG", 100)
    plain = answers()
    assert {one.total > 0 for one in plain} == {True, False}
    monkeypatch.undo()
    monkeypatch.setattr("vanban.kb.fulltext._LATEST", 0)
    for few, long, most in ((200, 5, 200), (3, 3, 2), (20, 2, 200)):
        monkeypatch.setattr("vanban.kb.search._FEW", few)
        monkeypatch.setattr("vanban.kb.fulltext._LONG", long)
        monkeypatch.setattr("vanban.kb.fulltext._WORDS", most)
        assert answers() == plain


def test_a_beginning_is_the_words_that_are_held(file_place: Path, made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with vanban.kb.open(file_place) as library:
        made["put"](library, made["maker"]("x.txt", id="x").node("p_1", "paragraph", text="Quy hoạch, quyết định; quả (Θεος) quốc"))
        asked: list[str] = []
        monkeypatch.setattr("vanban.kb.fulltext.literal_column", lambda name: _Heard(name, asked))
        monkeypatch.setattr("vanban.kb.search._FEW", 0)  # kinds of match are told by the index
        assert [library.search(one).total for one in ("quy*", "QUYẾ*", "quyx*", "định quy*", "θ*")] == [1, 1, 0, 1, 1]
    assert asked[:4] == ['folded: (("quy" OR "quyet"))', 'exact: (("quy" OR "quyet" OR "quyết"))', 'folded: ("quyet")', 'exact: ("quyết")']
    assert asked[4:6] == ['folded: ("quyx"*)', 'folded: ("dinh" AND ("quy" OR "quyet"))']


def test_of_a_long_phrase_what_is_rare_is_asked_for(file_place: Path, made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with vanban.kb.open(file_place) as library:
        for k in range(4):
            paper = made["maker"](f"{k}.txt", id=f"d{k}", date=f"2023-01-0{k + 1}")
            for i in range(9):
                paper.node(f"p_{i}", "paragraph", text=f"trồng rừng thay thế tại xã {'Thanh Lợi' if k == i else 'Lợi'}; Thanh tra")
            made["put"](library, paper)
        monkeypatch.setattr("vanban.kb.fulltext._LATEST", 1)
        asked: list[str] = []
        monkeypatch.setattr("vanban.kb.fulltext.literal_column", lambda name: _Heard(name, asked))
        answer = library.search('"rừng thay thế tại xã Thanh Lợi"')
    assert [(hit.document.id, hit.node) for hit in answer.items] == [(f"d{k}", f"p_{k}") for k in (3, 2, 1, 0)]
    assert asked == ['folded: ("xa thanh" AND "rung")']


class _Heard:
    """A full-text table that tells what it is asked for."""

    def __init__(self, name: str, asked: list[str]) -> None:
        self._column, self._asked = literal_column(name), asked

    def op(self, *how: Any, **more: Any) -> Any:
        def heard(said: str) -> Any:
            self._asked.append(said)
            return self._column.op(*how, **more)(said)

        return heard

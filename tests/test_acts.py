"""What a mandate orders: aspect, verb, manner, object, purpose of each act; its places and programmes; where its actors stand."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.parser import parse_text
from vanban.parser.aims import acts
from vanban.parser.aims.printed import Printed
from vanban.parser.model import Act, Programme
from vanban.parser.names.bodies import Home

HOME = Home("Ủy ban nhân dân tỉnh Đồng Nai", "tỉnh Đồng Nai")
PLAN = """ỦY BAN NHÂN DÂN
TỈNH ĐỒNG NAI

Số: 182/KH-UBND

Đồng Nai, ngày 20 tháng 11 năm 2025

KẾ HOẠCH
Triển khai phòng, chống ma túy năm 2026

I. NHIỆM VỤ

- Giao Sở  Y tế và Công an
tỉnh thực hiện Chương trình cai nghiện tại huyện Phú Lương, tỉnh Thái Nguyên; không để xảy ra sai sót.

II. TỔ CHỨC THỰC HIỆN

1. Sở Tài chính:

- Bố trí kinh phí.

2. Tiếp tục theo dõi, đôn đốc.
"""


def told(words: str) -> list[tuple[str | None, str, str | None, str | None, str | None]]:
    return [(act.aspect, act.verb, act.manner, act.object, act.purpose) for act in acts.of(words, HOME)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Triển khai thực hiện Nghị quyết số 19-NQ/TW.", (None, "Triển khai thực hiện", None, "Nghị quyết số 19-NQ/TW", None)),
        (
            "Tập trung triển khai đồng bộ, có hiệu quả các giải pháp để phát triển công nghiệp;",
            ("Tập trung", "triển khai", "đồng bộ, có hiệu quả", "các giải pháp", "để phát triển công nghiệp"),
        ),
        ("Tăng cường công tác tuyên truyền.", (None, "Tăng cường", None, "công tác tuyên truyền", None)),
        ("Rà soát, sửa đổi, bổ sung các quy định.", (None, "Rà soát, sửa đổi, bổ sung", None, "các quy định", None)),
        ("Tiếp tục đổi mới, nâng cao chất lượng giáo dục", ("Tiếp tục", "đổi mới, nâng cao", None, "chất lượng giáo dục", None)),
        ("Nâng cao hiệu quả đầu tư", (None, "Nâng cao", None, "hiệu quả đầu tư", None)),
        (
            "Giao Sở Tài chính chủ trì theo dõi, tổng hợp các khó khăn.",
            ("chủ trì", "theo dõi, tổng hợp", None, "các khó khăn", None),
        ),
        (
            "Ủy ban nhân dân cấp xã có trách nhiệm công khai danh mục dự án.",
            (None, "công khai", None, "danh mục dự án", None),
        ),
        ("Đẩy mạnh chuyển đổi số trong sản xuất.", (None, "Đẩy mạnh", None, "chuyển đổi số trong sản xuất", None)),
        (
            "Trong quá trình thực hiện, các địa phương rà soát khó khăn.",
            (None, "rà soát", None, "khó khăn", None),
        ),
        (
            "Sắp xếp đơn vị hành chính theo Nghị quyết số 117/NQ-CP.",
            (None, "Sắp xếp", "theo Nghị quyết số 117/NQ-CP", "đơn vị hành chính", None),
        ),
    ],
)
def test_parts_of_an_act(words: str, first: tuple[str | None, ...]) -> None:
    assert told(words)[0] == first


def test_clauses_are_acts_and_what_must_not_be_is_negative() -> None:
    words = "Siết chặt kỷ luật tài chính; quản lý chặt chẽ các khoản chi, không để xảy ra thất thoát. Thực hiện hai đề án: A; B."
    found = list(acts.of(words, HOME))
    assert [act.verb for act in found] == ["Siết chặt", "quản lý", "không để xảy ra", "Thực hiện"]
    assert [act.negative for act in found] == [False, False, True, False]
    assert [act.object for act in found][2:] == ["thất thoát", "hai đề án: A; B"]


def test_a_title_is_not_cut() -> None:
    words = "Thực hiện Nghị quyết số 20-NQ/TW về tiếp tục đổi mới, phát triển và nâng cao hiệu quả kinh tế tập thể."
    assert [act.verb for act in acts.of(words, HOME)] == ["Thực hiện"]


def test_what_has_no_verb_is_no_act() -> None:
    assert told("100% xã, phường có hồ sơ.") == []


def test_fill_changes_nothing_else_and_is_done_once() -> None:
    document = parse_text(PLAN)
    assert all(mandate.acts == () for mandate in document.mandates)
    filled = acts.fill(document)
    assert acts.fill(filled) == filled
    assert msgspec.structs.replace(filled, mandates=document.mandates) == document
    first = filled.mandates[0]
    assert [(act.verb, act.negative) for act in first.acts] == [("thực hiện", False), ("không để xảy ra", True)]
    assert filled.text[first.acts[1].start : first.acts[1].end] == "không để xảy ra sai sót"
    assert first.places == ("huyện Phú Lương", "tỉnh Thái Nguyên")


def test_programmes_named_in_a_mandate() -> None:
    document = parse_text(PLAN)
    start = document.text.index("Chương trình cai nghiện")
    node = document.mandates[0].node
    named = Programme(
        node=node, start=start, end=start + 23, text="Chương trình cai nghiện", kind="Chương trình", name="Chương trình cai nghiện"
    )
    filled = acts.fill(msgspec.structs.replace(document, programmes=(named,)))
    assert [mandate.programmes for mandate in filled.mandates][:2] == [("Chương trình cai nghiện",), ()]


def test_where_actors_stand_and_who_says_who_answers() -> None:
    document = parse_text(PLAN)
    first, inherited, _ = document.mandates
    spans = [document.text[actor.start : actor.end] for actor in first.actors]
    assert spans == ["Sở  Y tế", "Công an\ntỉnh"]
    heading = next(node for node in document.nodes if node.text.startswith("Sở Tài chính"))
    assert (inherited.responsible, inherited.responsible_from) == (("Sở Tài chính tỉnh Đồng Nai",), heading.id)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Giao", "Sở Tài chính", "thực hiện", "tốt", ",", "; ", "để", "không để", "(", "“", "và", "Trong năm", ":", "tiếp tục"]
        ),
        max_size=16,
    )
)
def test_acts_of_any_words(pieces: list[str]) -> None:
    words = " ".join(" ".join(pieces).split())
    found: list[Act] = list(acts.of(words, HOME))
    for act in found:
        assert 0 <= act.start < act.end <= len(words)
        for part in (act.verb, act.aspect, act.object, act.manner, act.purpose):
            assert part is None or (part and part in words)


@given(st.lists(st.sampled_from(["a", "bc", " ", "  ", "\n", "a b"]), max_size=12))
def test_printed_place(pieces: list[str]) -> None:
    text = "".join(pieces)
    words = " ".join(text.split())
    place = Printed(text, len(text) - len(text.lstrip()), len(text), words)
    for index, letter in enumerate(words):
        assert text[place.at(index)] == letter or letter == " "
        assert place.at(index, ends=True) <= place.at(index) or index == 0

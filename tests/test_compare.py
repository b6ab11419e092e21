"""Two documents side by side: every unit in one pair, what differs told field by field."""

from __future__ import annotations

import random

import msgspec
import pytest

from vanban.parser import Document, compare, parse, parse_text
from vanban.parser.compare import Comparison
from vanban.parser.model import Mandate

PLAN = """Điều 1. Mục tiêu, nhiệm vụ năm {year}

1. Chỉ tiêu
- Tỷ lệ che phủ rừng đạt từ {forest}% trở lên.
- Thu ngân sách nhà nước trên địa bàn đạt {budget}.
- Giảm tỷ lệ hộ nghèo: {poor}%.

2. Nhiệm vụ
- {first} hoàn thành quy hoạch sử dụng đất cấp huyện {by}.
- Đẩy mạnh cải cách thủ tục hành chính, nâng cao chỉ số năng lực cạnh tranh cấp tỉnh.
- {last}

Điều 2. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết này.
"""
OLD = {"year": 2024, "forest": 46, "budget": "19.515 tỷ đồng", "poor": "0,8", "first": "Sở Tài nguyên và Môi trường", "by": "trước ngày 30/6/2024",
       "last": "Tăng cường xúc tiến thương mại, mở rộng thị trường xuất khẩu chè."}  # fmt: skip


def pair(**changed: object) -> Comparison:
    old = parse_text(PLAN.format(**OLD))
    return compare(old, parse_text(PLAN.format(**{**OLD, **changed})))


def changes(comparison: Comparison) -> list[tuple[str, str, str]]:
    units = (*comparison.targets, *comparison.tasks)
    return [(change.field, change.before, change.after) for unit in units for change in unit.changes]


def test_a_document_and_itself(seed_document: Document) -> None:
    both = compare(seed_document, seed_document)
    assert len(both.tasks) == both.count("same") == len(seed_document.mandates) > 50
    assert len(both.targets) == both.count("same", "targets") == len(seed_document.targets) > 20
    assert all(unit.before == unit.after and unit.likeness == 1 for unit in (*both.tasks, *both.targets))


def test_a_figure_that_grew() -> None:
    found = pair(forest=47)
    assert [(change.field, change.before, change.after) for unit in found.targets for change in unit.changes] == [("value", "46 %", "47 %")]
    changed = next(unit for unit in found.targets if unit.state == "changed")
    assert (changed.changes[0].delta, changed.changes[0].unit) == (1, "%")
    assert found.count("same", "targets") == 2


def test_figures_are_compared_in_one_unit() -> None:
    assert pair(budget="19.515.000 triệu đồng").count("same", "targets") == 3
    grown = pair(budget="20.000.000 triệu đồng")
    (change,) = (change for unit in grown.targets for change in unit.changes)
    assert (change.field, change.before, change.after) == ("value", "19.515 tỷ đồng", "20.000.000 triệu đồng")
    assert (change.delta, change.unit) == (485_000_000_000, "đồng")


def test_another_unit_is_told() -> None:
    assert ("unit", "tỷ đồng", "%") in changes(pair(budget="95%")) or pair(budget="95%").count("new", "targets") == 1


def test_deadlines_and_actors() -> None:
    assert ("deadline", "trước ngày 30/6/2024", "trước ngày 30/9/2024") in changes(pair(by="trước ngày 30/9/2024"))
    found = changes(pair(first="Sở Nông nghiệp và Môi trường"))
    assert any(field == "actors" and "Tài nguyên" in before and "Nông nghiệp" in after for field, before, after in found)


def test_a_task_that_came_and_one_that_went() -> None:
    found = pair(last="Xây dựng đề án vị trí việc làm của đơn vị sự nghiệp công lập.")
    assert [unit.before.text for unit in found.tasks if unit.state == "dropped" and unit.before] == [OLD["last"]]
    assert [unit.after.text[:12] for unit in found.tasks if unit.state == "new" and unit.after] == ["Xây dựng đề "]


def test_another_year_s_words_are_the_same_task() -> None:
    found = pair(last="Tiếp tục tăng cường hoạt động xúc tiến thương mại, mở rộng các thị trường xuất khẩu chè và nông sản.")
    changed = [unit for unit in found.tasks if unit.state == "changed"]
    assert [change.field for unit in changed for change in unit.changes] == ["text"]
    assert "nông sản." in changed[0].changes[0].after
    assert 0.4 < changed[0].likeness < 1


def test_a_later_period_alone_changes_no_target() -> None:
    found = pair(year=2025)
    assert found.count("same", "targets") == 3
    assert any(change.field == "period" for unit in found.targets for change in unit.changes)


def test_every_unit_is_in_one_pair(seed_document: Document) -> None:
    shuffled = list(seed_document.mandates)
    random.Random(3).shuffle(shuffled)
    other = msgspec.structs.replace(seed_document, mandates=tuple(shuffled[10:]), targets=seed_document.targets[5:])
    found = compare(seed_document, other)
    assert sorted(unit.before.node for unit in found.tasks if unit.before) == sorted(m.node for m in seed_document.mandates)
    assert sorted(unit.after.node for unit in found.tasks if unit.after) == sorted(m.node for m in other.mandates)
    assert found.count("same") == len(shuffled) - 10
    assert found.count("dropped") == 10
    assert found.count("dropped", "targets") == 5


@pytest.mark.parametrize("gone", [0.1, 0.25])
def test_reworded_copies_of_the_seed_are_told_apart_from_the_rest(seed_document: Document, gone: float) -> None:
    """Words left out at random, as a new year's draft would: each task still meets its own former self."""
    chance = random.Random(11)

    def reworded(mandate: Mandate) -> Mandate:
        return msgspec.structs.replace(mandate, text=" ".join(word for word in mandate.text.split() if chance.random() > gone))

    other = msgspec.structs.replace(seed_document, mandates=tuple(map(reworded, seed_document.mandates)))
    found = compare(seed_document, other)
    met = sum(1 for unit in found.tasks if unit.before and unit.after and unit.before.node == unit.after.node)
    assert met / len(seed_document.mandates) >= 0.95
    assert not [unit for unit in found.tasks if unit.before and unit.after and unit.before.node != unit.after.node]


def test_two_real_documents_of_two_provinces(seed_document: Document, shared: object) -> None:
    other = parse(f"{shared}/corpus/nq-57-2016-hdnd-phu-yen.txt")
    found = compare(seed_document, other)
    budget = next(unit for unit in found.targets if unit.before and unit.after)
    assert budget.before and budget.before.name.startswith("Thu ngân sách nhà nước")
    assert budget.changes[0].unit == "đồng"
    assert found.count("same") == 0
    assert found.count("dropped") > 60


def test_phrases_bring_together_what_words_do_not() -> None:
    pytest.importorskip("underthesea", reason="underthesea is not installed: pip install 'vanban[nlp]'")
    from vanban.parser import enrich

    old, new = parse_text(PLAN.format(**OLD)), parse_text(PLAN.format(**{**OLD, "year": 2025}))
    plain, rich = compare(old, new), compare(enrich(old), enrich(new))
    assert any(m.phrases for m in enrich(old).mandates)
    assert [unit.state for unit in rich.targets] == [unit.state for unit in plain.targets]
    assert {unit.before.node: unit.after.node for unit in rich.tasks if unit.before and unit.after} == {
        unit.before.node: unit.after.node for unit in plain.tasks if unit.before and unit.after
    }


def test_a_comparison_is_plain_json(seed_document: Document) -> None:
    found = compare(seed_document, parse_text("Điều 1. Thông qua."))
    assert found.count("dropped") == len(found.tasks)
    again = msgspec.json.decode(msgspec.json.encode(found), type=Comparison)
    assert again == found
    assert msgspec.json.decode(msgspec.json.encode(found))["result"] == "comparison"
    empty = compare(parse_text(""), parse_text(""))
    assert (empty.tasks, empty.targets) == ((), ())


def test_tasks_are_paired_by_what_they_say_not_by_the_instruments_they_name() -> None:
    cited = "Nghị quyết số 3/NQ-HĐND ngày 21 tháng 02 năm 2009 của Hội đồng nhân dân tỉnh Phú Yên"
    decision = "Quyết định số 9/2010/QĐ-TTg ngày 02 tháng 3 năm 2010 của Thủ tướng Chính phủ"
    head = (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH PHÚ YÊN\nSố: {}/NQ-HĐND\nPhú Yên, ngày 05 tháng 12 năm 20{}\nNGHỊ QUYẾT\nVề nhiệm vụ\nĐiều 1. Nhiệm vụ\n"
    )
    old = parse_text(
        head.format(5, "09")
        + f"- Đẩy mạnh trồng rừng thay thế theo {cited}.\n- Tập trung thực hiện {cited}; cấp nước sạch tại xã Long Hải."
    )
    new = parse_text(
        head.format(6, 10) + f"- Tập trung thực hiện {cited}; lập bản đồ địa chính.\n- Thực hiện {decision}; cấp nước sạch tại xã Long Hải."
    )
    both = compare(old, new)
    assert [
        (pair.state, pair.after is not None and "nước sạch" in pair.after.text) for pair in both.tasks if pair.before and pair.after
    ] == [("changed", True)]
    changes = {change.field: change for pair in both.tasks for change in pair.changes}
    assert (changes["implements"].before, changes["implements"].after) == ("Nghị quyết 3/NQ-HĐND", "Quyết định 9/2010/QĐ-TTg")

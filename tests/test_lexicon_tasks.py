"""The tables of targets and mandates: every example in them is true of the parser, every counter-example is not."""

from __future__ import annotations

import pytest

from vanban.parser import tables
from vanban.parser.aims import actors, acts, deadlines, nature, quantities, verbs
from vanban.parser.names.bodies import Home

HOME = Home("Ủy ban nhân dân tỉnh Đắk Lắk", "tỉnh Đắk Lắk")
WRITTEN = "2025-11-17"


def cases(table: str, column: str) -> list[tuple[str, tables.Row]]:
    return [(example, row) for row in tables.rows(table) for example in tables.values(row.get(column, ""))]


@pytest.mark.parametrize("name", ["units", "comparators", "verbs", "actors", "deadlines", "settings", "target_cues", "manners"])
def test_every_row_has_an_example(name: str) -> None:
    assert [row for row in tables.rows(name) if not row["examples"]] == []


@pytest.mark.parametrize(("example", "row"), cases("units", "examples"))
def test_unit_is_read(example: str, row: tables.Row) -> None:
    units = [quantity.unit for quantity in quantities.scan(example)]
    assert any(unit == row["unit"] or unit.startswith(f"{row['unit']}/") or f" {row['unit']}" in unit for unit in units), units


@pytest.mark.parametrize(("example", "row"), cases("units", "counterexamples"))
def test_unit_is_not_read(example: str, row: tables.Row) -> None:
    assert row["unit"] not in [quantity.unit for quantity in quantities.scan(example)]


@pytest.mark.parametrize(("example", "row"), cases("comparators", "examples"))
def test_comparator_is_read(example: str, row: tables.Row) -> None:
    quantity = next(quantities.scan(example), None)
    if quantity is None:
        digits = next(i for i, char in enumerate(example) if char.isdigit())
        assert quantities.comparator(example[:digits], "") == row["op"]
    else:
        assert quantities.comparator(example[: quantity.start], example[quantity.end :], quantity.value_max is not None) == row["op"]


@pytest.mark.parametrize(("example", "row"), [case for case in cases("comparators", "counterexamples") if case[1]["form"] == "từ"])
def test_range_is_no_floor(example: str, row: tables.Row) -> None:
    quantity = next(quantities.scan(example))
    assert quantity.value_max is not None
    assert quantities.comparator(example[: quantity.start], "", True) == "="


@pytest.mark.parametrize(
    ("example", "row"), [case for case in cases("verbs", "examples") if case[1]["class"] != "duty" and case[0][0].isupper()]
)
def test_clause_begins_with_verb(example: str, row: tables.Row) -> None:
    found = verbs.pattern().match(example)
    assert found is not None or actors.group(example, 0, HOME) is not None


@pytest.mark.parametrize(("example", "row"), cases("verbs", "counterexamples"))
def test_noun_is_no_verb(example: str, row: tables.Row) -> None:
    found = verbs.pattern().match(example)
    forms = tables.values(row["forms"])
    assert found is None or found[0].lower() not in forms


@pytest.mark.parametrize(("example", "row"), cases("actors", "examples"))
def test_body_is_read(example: str, row: tables.Row) -> None:
    group = actors.group(example, 0, HOME)
    assert group is not None
    assert group.names[0].lower().startswith(example.removeprefix("các ").removeprefix("Các ").split()[0].lower())
    if row["kind"] == "generic":
        assert group.generic


@pytest.mark.parametrize(("example", "row"), cases("actors", "counterexamples"))
def test_word_is_no_body(example: str, row: tables.Row) -> None:
    assert actors.group(example, 0, HOME) is None


@pytest.mark.parametrize(("example", "row"), cases("deadlines", "examples"))
def test_limit_is_read(example: str, row: tables.Row) -> None:
    limit = deadlines.find(example, WRITTEN)
    assert limit is not None
    assert limit.text in example
    assert (limit.to is not None or limit.from_ is not None) == (row["needs"] == "yes")


@pytest.mark.parametrize("example", [example for example, _ in cases("deadlines", "counterexamples")])
def test_name_is_no_limit(example: str) -> None:
    assert deadlines.find(example, WRITTEN) is None


@pytest.mark.parametrize(("example", "row"), cases("settings", "examples"))
def test_heading_sets(example: str, row: tables.Row) -> None:
    assert nature.setting_of(example) == row["setting"]


@pytest.mark.parametrize(("example", "row"), cases("settings", "counterexamples"))
def test_heading_does_not_set(example: str, row: tables.Row) -> None:
    assert nature.setting_of(example) != row["setting"]


@pytest.mark.parametrize(("example", "row"), cases("manners", "examples"))
def test_manner_is_told(example: str, row: tables.Row) -> None:
    act = next(acts.of(example, HOME))
    assert act.manner is not None
    assert act.manner.lower().startswith(tuple(tables.values(row["forms"])))


@pytest.mark.parametrize(("example", "row"), cases("manners", "counterexamples"))
def test_manner_is_not_told(example: str, row: tables.Row) -> None:
    assert all(act.manner is None for act in acts.of(example, HOME))

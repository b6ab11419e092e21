"""The lexicon: every table is well formed, and every example in it is true of the parser."""

from __future__ import annotations

from pathlib import Path

import pytest

from vanban.parser import tables
from vanban.parser.citing import citations, doubts
from vanban.parser.names import bodies, issuers, laws, places, symbols
from vanban.parser.names.bodies import Home

TABLES = sorted(path.stem for path in tables.FOLDER.glob("*.tsv"))
TN = Home("Hội đồng nhân dân tỉnh Thái Nguyên", "tỉnh Thái Nguyên")


def cases(table: str, column: str) -> list[tuple[str, tables.Row]]:
    return [(example, row) for row in tables.rows(table) for example in tables.values(row.get(column, ""))]


@pytest.mark.parametrize("name", TABLES)
def test_table_is_well_formed(name: str) -> None:
    path = Path(tables.FOLDER / f"{name}.tsv")
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip() and not line.startswith("#")]
    columns = lines[0].split("\t")
    assert len(set(columns)) == len(columns)
    assert len(lines) > 1
    for line in lines[1:]:
        assert line.count("\t") < len(columns), line
        assert line.split("\t")[0].strip(), line


@pytest.mark.parametrize("name", ["types", "issuers", "offices", "orgs", "laws", "places", "relations"])
def test_every_row_has_an_example(name: str) -> None:
    bare = [row for row in tables.rows(name) if not row["examples"] and name not in {"types"}]
    assert bare == []


@pytest.mark.parametrize(("example", "row"), cases("types", "examples"))
def test_type_is_read(example: str, row: tables.Row) -> None:
    found = citations.find_in_text(example)
    if example[0].isdigit():
        assert symbols.parts(example) is not None
    else:
        assert [c.type for c in found] == [row["name"]]


@pytest.mark.parametrize("text", [text for text, _ in cases("types", "counterexamples")])
def test_type_is_not_read(text: str) -> None:
    assert citations.find_in_text(text) == ()


@pytest.mark.parametrize(("example", "row"), cases("issuers", "examples"))
def test_issuer_is_found_and_named(example: str, row: tables.Row) -> None:
    names = [bodies.whole(mention.name, TN) for mention in bodies.scan(example)]
    own = row["name"]
    assert names or issuers.of_symbol(example), example
    assert any(own in name or name.startswith(own.replace("Thành ủy", "Thành ủy")) for name in names), names


@pytest.mark.parametrize("text", [text for text, _ in cases("issuers", "counterexamples")])
def test_no_issuer_in(text: str) -> None:
    row = next(row for row in tables.rows("issuers") if text in tables.values(row["counterexamples"]))
    assert row["name"] not in [mention.name for mention in bodies.scan(text)]


@pytest.mark.parametrize(("example", "row"), cases("offices", "examples"))
def test_office_belongs_to_its_body(example: str, row: tables.Row) -> None:
    found = list(bodies.scan(example[:1].upper() + example[1:]))
    name = bodies.whole(example, TN)
    assert row["name"] in name
    assert found or row["name"] in {"Ban", "Đại biểu"}


@pytest.mark.parametrize(("example", "row"), cases("orgs", "examples"))
def test_code_makes_a_symbol(example: str, row: tables.Row) -> None:
    taken = symbols.parts(example)
    assert taken is not None
    assert row["code"] in {taken.org, taken.type_abbr, taken.org.rstrip("0123456789")}
    assert (taken.family == "party") == (row["system"] == "party")


@pytest.mark.parametrize(("example", "row"), cases("laws", "examples"))
def test_law_name_ends_where_it_ends(example: str, row: tables.Row) -> None:
    for after in ("", " và các văn bản khác", ", Luật Việc làm", " sát với thực tiễn"):
        law = laws.at(example + after, 0)
        assert law is not None
        assert law.name == example


@pytest.mark.parametrize(("example", "row"), cases("places", "examples"))
def test_place_is_whole(example: str, row: tables.Row) -> None:
    place = places.province(example)
    assert place is not None
    assert place.whole == f"{row['kind']} {row['name']}"
    assert places.province(example.upper()) == place
    for alias in tables.values(row["aliases"]):
        assert places.province(alias) == place


@pytest.mark.parametrize(("example", "row"), [case for case in cases("relations", "examples") if case[1]["relation"] not in {"neutral"}])
def test_cue_gives_its_relation(example: str, row: tables.Row) -> None:
    found = citations.find_in_text(example)
    assert found, example
    wanted = {"weak": {"implements", "cites"}}.get(row["relation"], {row["relation"]})
    if row["where"] == "recital" and row["relation"] == "implements":
        wanted = {"implements"}
    assert found[-1].relation in wanted


@pytest.mark.parametrize("text", [text for text, _ in cases("relations", "counterexamples") if "số" not in text])
def test_cue_without_an_instrument(text: str) -> None:
    assert citations.find_in_text(text) == ()


@pytest.mark.parametrize(("example", "row"), cases("abbreviations", "examples"))
def test_abbreviation_in_a_name_is_written_out(example: str, row: tables.Row) -> None:
    (found,) = citations.find_in_text(example)
    assert row["words"].lower() in found.name.lower()


def test_no_body_contradicts_its_own_code() -> None:
    """Each body cited with each of its codes, under its name and its other names, whole and of a place."""
    wrong = []
    for row in tables.rows("issuers"):
        for code in tables.values(row["codes"]):
            number = (
                f"5-QĐ/{code}" if code in symbols.party_orgs() else f"5/2020/QĐ-{code}" if row["level"] == "central" else f"5/QĐ-{code}"
            )
            for name in (row["name"], *tables.values(row["aliases"]), *tables.values(row["short"])):
                for issuer in (
                    (name, f"{name} tỉnh Đồng Nai") if row["takes"] else (name, f"Bộ trưởng {name}" if name.startswith("Bộ ") else name)
                ):
                    cited = citations.find_in_text(f"Quyết định số {number} ngày 05/02/2020 của {issuer}")
                    wrong += [(number, issuer) for finding in doubts.of(cited) if finding.code == "issuer.symbol"]
    assert wrong == []

"""Exports of what is held, opened by the libraries people use for them; their counts are those of the database."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
import stores

import vanban.kb
from vanban.kb.exports import FORMS, Selection, tables, workbook
from vanban.kb.exports import rows as export_rows
from vanban.kb.exports.sparql import ask
from vanban.kb.exports.vocabulary import PREFIXES, definitions
from vanban.kb.records import KnowledgeBaseError
from vanban.parser import parse_text

ODD = 'Điều 1. Thực hiện Nghị quyết số 19-NQ/TW "lạ" <b>&\\ của\tBan.\n- Tỷ lệ che phủ rừng: Từ 46,5% trở lên;\n- Giao Sở Tài chính chủ trì.\n'


@pytest.fixture
def full(library: Any, made: Any, seed: Path) -> Any:
    """The hand-made documents, the seed, and a text with what is special in each form."""
    made["put"](library, made["held"]())
    library.ingest(seed)
    odd = ODD.encode()
    library.add(parse_text(ODD, name="lạ = 1.txt"), odd)
    return library


def counted(place: Any) -> dict[str, int]:
    """Rows of current documents, by export table."""
    of = {"documents": "documents d WHERE d.current", "instruments": "instruments"}
    for name in ("nodes", "citations", "mandates", "targets", "relations"):
        of[name] = f"{name} x JOIN documents d ON d.id = x.document_id WHERE d.current"
    return {name: stores.query(place, f"SELECT count(*) FROM {what}")[0][0] for name, what in of.items()}


def read_csv(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_column_is_described_and_nothing_else() -> None:
    told = export_rows.described()
    used = set()
    for table in export_rows.TABLES:
        used.add((table.name, "*"))
        for column in export_rows.columns(table.name):
            key = (table.name, column.name)
            used.add(key if key in told else ("*", column.name))
    assert used == set(told)
    assert all(vi.strip() and en.strip() for vi, en in told.values())


def test_types_and_nullability_come_from_the_models() -> None:
    columns = {column.name: column for column in export_rows.columns("targets")}
    assert (columns["value"].type, columns["value"].nullable) == ("number", False)
    assert (columns["value_max"].type, columns["value_max"].nullable) == ("number", True)
    assert columns["start"].type == "integer"


def test_csv_holds_what_the_database_holds(full: Any, place: Any, tmp_path: Path) -> None:
    import frictionless

    out = tmp_path / "csv"
    answer = full.export("csv", out)
    assert set(answer.files) == {file.name for file in out.iterdir()}
    for name, count in counted(place).items():
        assert len(read_csv(out, name)) == count > 0, name
    report = frictionless.Package(str(out / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]
    mandate = next(row for row in read_csv(out, "mandates") if "18-NQ/TW" in row["text"] and "Tiếp tục thực hiện" in row["actions"])
    assert mandate["actions"] == "Tiếp tục thực hiện; Tinh giản biên chế"
    assert mandate["implements"].split("; ") == ["nq-18-tw-2017", "nq-19-tw-2017"]
    open_one = [row for row in read_csv(out, "citations") if row["state"] == "ambiguous"]
    assert open_one and all(not row["target"] and "; " in row["candidates"] for row in open_one)


def test_the_dictionary_points_nowhere_that_is_not(full: Any, tmp_path: Path) -> None:
    full.export("csv", tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    names = {resource["name"] for resource in package["resources"]}
    assert names == {table.name for table in export_rows.TABLES}
    documents = {row["document"] for row in read_csv(tmp_path, "documents")}
    assert {row["document"] for row in read_csv(tmp_path, "nodes")} <= documents
    instruments = {row["id"] for row in read_csv(tmp_path, "instruments")}
    assert {row["target"] for row in read_csv(tmp_path, "citations") if row["target"]} <= instruments


def test_the_other_tables_say_the_same(full: Any, tmp_path: Path) -> None:
    import openpyxl
    from pyarrow import parquet

    for form in ("csv", "jsonl", "parquet"):
        full.export(form, tmp_path / form)
    full.export("xlsx", tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx", read_only=True)
    for table in export_rows.TABLES:
        plain = read_csv(tmp_path / "csv", table.name)
        lines = [json.loads(line) for line in (tmp_path / "jsonl" / f"{table.name}.jsonl").read_text(encoding="utf-8").splitlines()]
        columnar = parquet.read_table(tmp_path / "parquet" / f"{table.name}.parquet").to_pylist()
        sheet = list(book[table.name].iter_rows(values_only=True))
        assert [tables._flat(value) if value is not None else "" for line in lines for value in line.values()] == [
            _typed(value, lines[i][name]) for i, row in enumerate(plain) for name, value in row.items()
        ]
        assert columnar == lines
        assert len(sheet) - 1 == len(plain)
        assert list(sheet[0]) == list(plain[0])


def _typed(value: str, like: Any) -> Any:
    return type(like)(value) if isinstance(like, int | float) and not isinstance(like, bool) else value


def test_a_cell_of_excel_is_no_formula_and_not_too_long(place: Any, made: Any, tmp_path: Path) -> None:
    import openpyxl

    with vanban.kb.open(place) as library:
        text = "=HYPERLINK(1)" + "\x01" + "dài " * 10_000
        library.add(parse_text(text, name="=1.txt"), text.encode())
        library.export("xlsx", tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    rows = list(book["documents"].iter_rows(values_only=True))
    assert "'=1.txt" in rows[1]
    cells = [cell for row in book["nodes"].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert all(cell.data_type != "f" for cell in cells)
    assert max(len(cell.value) for cell in cells) == 32_767


def test_a_workbook_says_what_was_put_in_and_goes_on_in_a_second_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl

    monkeypatch.setattr(workbook, "SHEET", 3)
    rows = [("a & <b>", 1, 2.5, True, None, ["x", "y"]), (" hai\ndòng ", -7, 46.0, False, "", []), ("=1", 10**12, 0.1, None, "đ", ["“"])]
    sheets = [("một", ["text", "int", "float", "flag", "none", "list"], [*rows, *rows[:1]]), ("trống", ["a"], [])]
    workbook.write(tmp_path / "x.xlsx", sheets)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["một", "một 2", "trống"]
    held = list(book["một"].iter_rows(values_only=True))
    assert held[1:] == [
        ("a & <b>", 1, 2.5, True, None, "x; y"),
        (" hai\ndòng ", -7, 46, False, None, None),
        ("'=1", 10**12, 0.1, None, "đ", "“"),
    ]
    assert list(book["một 2"].iter_rows(values_only=True)) == [held[0], held[1]]
    assert list(book["trống"].iter_rows(values_only=True)) == [("a",)]
    assert book["một"].freeze_panes == "A2" and book["một"]["A1"].font.bold and not book["một"]["A2"].font.bold
    assert [workbook._letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_graphs_are_read_by_networkx(full: Any, place: Any, tmp_path: Path) -> None:
    import networkx

    count = counted(place)
    graphml = full.export("graphml", tmp_path / "x.graphml")
    gexf = full.export("gexf", tmp_path / "x.gexf")
    for graph in (networkx.read_graphml(graphml.out, force_multigraph=True), networkx.read_gexf(gexf.out)):
        assert graph.number_of_nodes() == count["instruments"]
        assert graph.number_of_edges() == count["relations"]
        assert graph.nodes["nq-117-cp-2023"]["label"] == "Nghị quyết 117/NQ-CP ngày 30/07/2023"
        relations = {data["relation"] for *_, data in graph.out_edges("nq-94-hđnd-thai-nguyen-2023", data=True)}
        assert relations == {"legal_basis", "implements"}


def test_a_neighbourhood_has_its_depth(full: Any, tmp_path: Path) -> None:
    import networkx

    def around(number: str, depth: int) -> set[str]:
        full.export("graphml", tmp_path / "n.graphml", Selection(numbers=(number,), depth=depth))
        return set(networkx.read_graphml(tmp_path / "n.graphml", force_multigraph=True))

    assert around("nq-19-tw-2023", 1) == {"nq-19-tw-2023", "nq-94-hđnd-thai-nguyen-2023"}
    two = around("nq-19-tw-2023", 2)
    assert {"nq-117-cp-2023", "nq-19-tw-2017", "luat-to-chuc-chinh-quyen-dia-phuong-2015"} <= two
    assert "nq-94-hđnd-bac-giang-2023" not in two
    assert "nq-94-hđnd-bac-giang-2023" in around("nq-19-tw-2023", 3)


def test_pictures(full: Any, tmp_path: Path) -> None:
    import pydot

    full.export("dot", tmp_path / "x.dot", Selection(numbers=("nq-117-cp-2023",)))
    (graph,) = pydot.graph_from_dot_file(tmp_path / "x.dot", encoding="utf-8") or ()
    assert len(graph.get_edges()) == 3
    assert len([node for node in graph.get_nodes() if node.get_name() not in ("node", '"\\n"')]) == 3
    full.export("mermaid", tmp_path / "x.mmd", Selection(numbers=("nq-117-cp-2023",)))
    lines = (tmp_path / "x.mmd").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "flowchart LR"
    assert sum(bool(re.fullmatch(r'  v\d+\["[^"]+"\](:::cited)?', line)) for line in lines) == 3
    assert sum(bool(re.fullmatch(r"  v\d+ -->\|\w+\| v\d+", line)) for line in lines) == 3


def test_the_property_graph_is_whole(full: Any, place: Any, tmp_path: Path) -> None:
    out = tmp_path / "neo4j"
    full.export("neo4j", out)
    ids: dict[str, set[str]] = {}
    edges = 0
    for file in sorted(out.glob("*.csv")):
        rows = read_csv(out, file.stem)
        key = next((head for head in rows[0] if ":ID(" in head), None)
        if key:
            ids[key.partition("(")[2][:-1]] = {row[key] for row in rows}
            assert len(rows) == len({row[key] for row in rows}), f"{file.name}: an id twice"
    for file in sorted(out.glob("*.csv")):
        for row in read_csv(out, file.stem):
            for head, value in row.items():
                if head.startswith((":START_ID(", ":END_ID(")):
                    edges += 1
                    assert value in ids[head.partition("(")[2][:-1]], (file.name, head, value)
    assert len(ids["Instrument"]) == counted(place)["instruments"]
    assert len(ids["Mandate"]) == counted(place)["mandates"]
    assert edges > 100
    script = (out / "load.cypher").read_text(encoding="utf-8")
    assert all(f"file:///{file.name}" in script for file in out.glob("*.csv"))


@pytest.fixture
def linked(full: Any, tmp_path: Path) -> Path:
    full.export("turtle", tmp_path / "x.ttl")
    full.export("jsonld", tmp_path / "x.jsonld")
    return tmp_path


def test_turtle_and_json_ld_are_one_graph(linked: Path, place: Any) -> None:
    import rdflib

    turtle, jsonld = rdflib.Graph().parse(linked / "x.ttl"), rdflib.Graph().parse(linked / "x.jsonld", format="json-ld")
    assert set(turtle) == set(jsonld)
    of = "SELECT (COUNT(*) AS ?n) WHERE {{ ?x a {} }}"
    count = counted(place)
    for kind, name in (
        ("vb:Mandate", "mandates"),
        ("vb:Target", "targets"),
        ("eli:LegalResource", "instruments"),
        ("eli:Format", "documents"),
    ):
        assert ask(linked / "x.ttl", of.format(kind)).rows == ((str(count[name]),),)
    odd = ask(linked / "x.ttl", 'SELECT ?t WHERE { ?x vb:text ?t FILTER(CONTAINS(?t, "lạ")) }').rows
    assert any('"lạ" <b>&\\ của' in str(row[0]) for row in odd)


def test_every_export_satisfies_the_shapes(linked: Path) -> None:
    import pyshacl
    import rdflib

    data = rdflib.Graph().parse(linked / "x.ttl")
    shapes = rdflib.Graph().parse(data=definitions()["shapes.ttl"], format="turtle")
    conforms, _graph, text = pyshacl.validate(data, shacl_graph=shapes)
    assert conforms, text[:2000]
    data.update("DELETE { ?m vb:kind ?k } WHERE { ?m vb:kind ?k }", initNs=PREFIXES)
    assert not pyshacl.validate(data, shacl_graph=shapes)[0], "the shapes would let anything pass"


def test_every_word_of_ours_is_defined(linked: Path) -> None:
    import rdflib

    known = {str(subject) for subject in rdflib.Graph().parse(data=definitions()["vocabulary.ttl"], format="turtle").subjects()}
    data = rdflib.Graph().parse(linked / "x.ttl")
    used = {str(term) for triple in data for term in triple if str(term).startswith(PREFIXES["vb"])}
    assert used - known == set()


SIX = {
    "who cites 117/NQ-CP": "SELECT DISTINCT ?x WHERE { ?x eli:cites|vb:implements|eli:based_on <urn:vanban:nq-117-cp-2023> }",
    "what 94/NQ-HĐND cites": "SELECT DISTINCT ?x WHERE { <urn:vanban:nq-94-hđnd-thai-nguyen-2023> eli:cites|vb:implements|eli:based_on ?x }",
    "mandates that carry out 19-NQ/TW of 2017": "SELECT ?t WHERE { ?m a vb:Mandate; vb:carriesOut <urn:vanban:nq-19-tw-2017>; vb:text ?t }",
    "forest cover": 'SELECT ?v WHERE { ?t a vb:Target; vb:name ?n; vb:value ?v FILTER(CONTAINS(?n, "che phủ rừng")) }',
    "documents of 2023": "SELECT ?w WHERE { ?e a eli:LegalExpression; eli:realizes ?w. ?w eli:date_document ?d FILTER(STRSTARTS(STR(?d), '2023')) }",
    "open citations": "SELECT ?c WHERE { ?x a vb:OpenCitation; vb:candidate ?c }",
}


def test_six_questions_have_one_answer(full: Any, linked: Path) -> None:
    said = {question: sorted(str(row[0]) for row in ask(linked / "x.ttl", query).rows) for question, query in SIX.items()}
    bare = {question: [value.removeprefix("urn:vanban:") for value in values] for question, values in said.items()}
    cited_by = full.cited_by("nq-117-cp-2023")
    assert bare["who cites 117/NQ-CP"] == sorted({item.document.id.lstrip("/") for item in cited_by.items})
    cites = full.cites("nq-94-hđnd-thai-nguyen-2023")
    assert bare["what 94/NQ-HĐND cites"] == sorted({item.target.id.lstrip("/") for item in cites.items if item.target})
    mandates = full.mandates(implements="nq-19-tw-2017").items
    assert said["mandates that carry out 19-NQ/TW of 2017"] == sorted(item.text for item in mandates)
    targets = [item for item in full.targets("che phủ rừng").items if "che phủ rừng" in item.name]
    assert sorted(map(float, said["forest cover"])) == sorted(float(item.value) for item in targets)
    assert len(targets) >= 3
    held = {item.instrument for item in full.documents().items if item.date and item.date.startswith("2023") and item.instrument}
    assert bare["documents of 2023"] == sorted(id.lstrip("/") for id in held)
    candidates = [one.id for item in (*cites.items,) for one in item.candidates]
    assert set(candidates) <= set(bare["open citations"])
    assert "nq-19-tw-2017" in bare["open citations"]


@pytest.mark.parametrize("query", ["SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SELECT * FROM <http://127.0.0.1:1/> WHERE { ?s ?p ?o }",
                                   "INSERT DATA { <a:b> <a:c> 1 }", "SELEKT", ""])  # fmt: skip
def test_sparql_goes_nowhere_else(linked: Path, query: str) -> None:
    with pytest.raises(KnowledgeBaseError, match="not understood"):
        ask(linked / "x.ttl", query)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_knowledge_base_gives_the_same_bytes(form: str, made: Any, seed: Path, tmp_path: Path) -> None:
    """Whatever was loaded first."""
    found = []
    for order in (("resolution", "neighbour", "held"), ("held", "neighbour", "resolution")):
        with vanban.kb.open(tmp_path / f"{order[0]}.sqlite") as library:
            if order[0] == "held":
                library.ingest(seed)
            made["put"](library, *(made[name]() for name in order))
            if order[0] != "held":
                library.ingest(seed)
            out = tmp_path / order[0] / "x"
            library.export(form, out)
        files = sorted(out.iterdir()) if out.is_dir() else [out]
        found.append({file.name: file.read_bytes() for file in files})
    assert found[0] == found[1]
    assert all(found[0].values())


def test_a_selection_holds_what_it_names(full: Any, tmp_path: Path) -> None:
    def titles(**asked: Any) -> list[str]:
        full.export("csv", tmp_path, Selection(**asked))
        return sorted(row["file"] for row in read_csv(tmp_path, "documents"))

    assert titles(numbers=("nq-117-cp-2023",), type="Nghị quyết") == ["117-nq-cp.txt"]
    assert titles(issuer="bac giang") == ["94-nq-hdnd-2023-bac-giang.txt"]
    assert titles(since="2023-12-10") == ["94-nq-hdnd-2023-bac-giang.txt"]
    assert titles(until="2023-11") == ["117-nq-cp.txt"]
    assert titles(words="nang ty le che phu rung") == ["94-nq-hdnd-2023-bac-giang.txt"]
    ids = {row["id"] for row in read_csv(tmp_path, "instruments")}
    assert ids == {"nq-94-hđnd-bac-giang-2023", "nq-117-cp-2023"}
    with pytest.raises(KnowledgeBaseError, match="no document of this issuer"):
        titles(issuer="không có")
    with pytest.raises(KnowledgeBaseError, match="several instruments"):
        titles(numbers=("19-NQ/TW",))


def test_an_unknown_form_is_an_error(full: Any, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match="no such form"):
        full.export("pdf", tmp_path / "x")


def test_a_place_that_cannot_be_written_is_an_error(full: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(KnowledgeBaseError, match="cannot be written"):
        full.export("csv", tmp_path / "file" / "in")

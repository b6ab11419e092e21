"""The commands that give documents out: where they write, what they refuse, what they report; and that what people corrected goes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import vanban.kb
from vanban.kb import KnowledgeBaseError, cli
from vanban.kb.exports import Selection
from vanban.kb.exports.graphs import PICTURE
from vanban.parser import writers
from vanban.parser.names.works import instrument_id

Run = Callable[..., tuple[int, str, str]]

NQ94 = "nq-94-hđnd-thai-nguyen-2023"


@pytest.fixture
def run(library: Any, place: Any, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs a command over the hand-made knowledge base, in an empty folder; its exit status, output and errors."""
    library.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VANBAN_DATABASE_URL", str(place))

    def command(*arguments: object) -> tuple[int, str, str]:
        status = cli.run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return status, out, err

    return command


# --- where it goes -----------------------------------------------------------------------------------------------------------


def test_a_form_of_one_file_goes_into_the_file_or_a_folder_of_that_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    assert run("export", "turtle", "--out", "a/x.ttl")[:2] == (0, "đã ghi    a/x.ttl\n")
    assert run("export", "turtle", "--out", "there")[:2] == (0, "đã ghi    there/vanban.ttl\n")
    assert run("export", "graphml", "--out", "new/")[:2] == (0, "đã ghi    new/vanban.graphml\n")
    assert (tmp_path / "a/x.ttl").read_bytes() == (tmp_path / "there/vanban.ttl").read_bytes()


def test_a_form_of_several_files_has_a_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    status, out, err = run("export", "csv", "--out", "file")
    assert (status, out) == (2, "") and "--out: file là tệp" in err and "a folder is needed" in err
    assert (tmp_path / "file").read_text() == "x"


def test_one_document_goes_into_a_file_of_its_ending_and_several_into_a_folder(run: Run, tmp_path: Path) -> None:
    assert run("export", "md", NQ94, "--out", "one/doc.md")[:2] == (0, "đã ghi    one/doc.md\n")
    assert run("export", "md", NQ94, "--out", "one/doc.md")[:2] == (0, "không đổi one/doc.md\n")
    status, out, _ = run("export", "md", NQ94, "--out", "folder")
    assert status == 0 and out == f"đã ghi    folder/{NQ94}.md\n"
    assert (tmp_path / f"folder/{NQ94}.md").read_bytes() == (tmp_path / "one/doc.md").read_bytes()
    for asked in (("--all",), (NQ94, NQ94)):
        status, out, err = run("export", "md", *asked, "--out", "one/doc.md")
        assert status == 2 and "--out là thư mục" in err and not out


# --- what it reports ---------------------------------------------------------------------------------------------------------


def test_every_export_reports_in_json(run: Run, tmp_path: Path) -> None:
    first = json.loads(run("export", "tree", "--all", "--out", "t", "--json")[1])
    again = json.loads(run("export", "tree", "--all", "--out", "t", "--json")[1])
    assert (first["result"], first["form"], first["out"]) == ("exported", "tree", "t")
    assert sorted(first["files"]) == sorted(again["unchanged"]) == sorted(file.name for file in (tmp_path / "t").iterdir())
    assert first["unchanged"] == again["files"] == []
    told = json.loads(run("export", "vocabulary", "--out", "v", "--json")[1])
    assert sorted(told["files"]) == sorted(file.name for file in (tmp_path / "v").iterdir())
    told = json.loads(run("export", "graphml", NQ94, "--json")[1])
    assert (told["form"], told["files"]) == ("graphml", ["vanban.graphml"])
    status, out, err = run("export", "akn", NQ94, "--json")
    assert (status, out) == (2, "") and "--json is the report and needs --out" in err


# --- what it refuses ---------------------------------------------------------------------------------------------------------


def test_a_date_chooses_the_instrument_in_the_middle_of_a_graph(run: Run, tmp_path: Path) -> None:
    status, out, err = run("export", "graphml", "19-NQ/TW")
    assert (status, out) == (2, "") and "several instruments" in err and "--date" in err
    assert run("export", "graphml", "19-NQ/TW", "--date", "2017-10-25")[0] == 0
    assert 'node id="nq-19-tw-2017"' in (tmp_path / "vanban.graphml").read_text(encoding="utf-8")
    for form in ("graphml", "akn"):
        status, _, err = run("export", form, "--date", "2017", *(("--all", "--out", "x") if form == "akn" else ()))
        assert status == 2 and "--date đi với" in err


def test_a_name_that_is_not_here_is_refused_before_anything_is_written(run: Run, tmp_path: Path) -> None:
    for form in ("csv", "turtle", "md"):
        out = ("--out", "md") if form == "md" else ()
        status, said, err = run("export", form, "--issuer", "Bộ Ngoại giao Sao Hỏa", *out)
        assert (status, said) == (2, "") and "no document of this issuer is held" in err
        status, said, err = run("export", form, "--type", "Thần dụ", *out)
        assert (status, said) == (2, "") and "no document of this type is held" in err and "Nghị quyết" in err
        status, said, err = run("export", form, "--since", "2999", *out)
        assert (status, said) == (2, "") and "no document held is chosen" in err
    assert [file for file in tmp_path.rglob("*") if file.is_file() and file.suffix in (".csv", ".ttl", ".md")] == []


def test_the_nearest_issuer_is_named(library: Any, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match=r"did you mean: hoi dong nhan dan tinh thai nguyen"):
        library.export("csv", tmp_path / "x", Selection(issuer="Hội đồng nhân dân tỉnh Thái Nguyênn"))


# --- what people corrected ---------------------------------------------------------------------------------------------------


@pytest.fixture
def plan(made: Any) -> Any:
    return (
        made["maker"]("ke-hoach.txt", id="kh-5", type="Kế hoạch", number="5/KH-UBND", date="2024-01-10", issuer="Ủy ban nhân dân tỉnh Thái Nguyên")
        .node("art_1", "article", "Điều 1.", text="Tỷ lệ che phủ rừng đạt 46%.")
        .target(name="Tỷ lệ che phủ rừng", comparator="=", value=46, unit="%", normal_value=0.46, normal_unit="")
        .node("art_1__pt_d", "point", "d)", text="Thực hiện Nghị quyết số 19-NQ/TW.")
        .cite("Nghị quyết số 19-NQ/TW", type="Nghị quyết", number="19-NQ/TW", state="unknown", relation="implements")
    )  # fmt: skip


def test_what_was_corrected_goes_out_and_comes_back_when_it_is_undone(library: Any, made: Any, plan: Any, tmp_path: Path) -> None:
    made["put"](library, plan)
    key = library.review_queue("5/KH-UBND", kinds=["node"]).items[0].key.partition(":")[0]
    before = library.document("5/KH-UBND")
    undo = [
        library.review_correct(f"{key}:n1", "đ)", who="Lan").review.id,
        library.review_correct(f"{key}:n0", "Điều 1a.", who="Lan").review.id,
        library.review_correct(f"{key}:t0", "47", who="Lan").review.id,
        library.review_correct(f"{key}:c0", "19-NQ/TW", date="2017-10-25", who="Lan").review.id,
    ]
    for now in (library.document("5/KH-UBND"), next(library.selected(Selection(numbers=("5/KH-UBND",))))):
        assert (now.nodes[1].label, now.targets[0].value, now.targets[0].normal_value) == ("đ)", 47, 0.47)
        assert (now.citations[0].target, now.citations[0].state) == ("nq-19-tw-2017", "resolved")
        assert now.text == before.text, "what is printed stays"
    assert any(line.label == "Điểm đ" or "đ)" in line.label for line in library.show("5/KH-UBND").outline)
    assert [line.label for line in library.summary("5/KH-UBND").outline] == ["Điều 1a."]
    written = writers.render(library.document("5/KH-UBND"), "akn")
    assert 'normalized="= 47.0 %"' in written and "nq-19-tw-2017" in written
    for one in reversed(undo):
        library.review_undo(one, who="Lan")
    assert library.document("5/KH-UBND") == before


def test_a_citation_that_was_settled_since_goes_out_settled(library: Any, made: Any) -> None:
    """What came later, not only what people decided, is in the document as it stands."""
    facts = {"type": "Nghị quyết", "number": "77/NQ-CP", "issuer": "Chính phủ"}
    year, day = instrument_id(**facts, date="2023"), instrument_id(**facts, date="2023-05-01")
    plan = (
        made["maker"]("ke-hoach-6.txt", id="kh-6", type="Kế hoạch", number="6/KH-UBND", date="2024-02-10")
        .node("art_1", "article", "Điều 1.", text="Thực hiện Nghị quyết số 77/NQ-CP năm 2023 của Chính phủ.")
        .cite("Nghị quyết số 77/NQ-CP năm 2023 của Chính phủ", **facts, date="2023", target=year, state="partial", relation="implements")
    )
    came = made["maker"]("77.txt", id=day, date="2023-05-01", **facts).node("art_1", "article", "Điều 1.", text="Thông qua.")
    made["put"](library, plan)
    assert library.document("6/KH-UBND").citations[0].target == year
    made["put"](library, came)
    answered, given = library.cites("6/KH-UBND").items[0], library.document("6/KH-UBND").citations[0]
    assert (given.target, given.state) == (answered.target.id, answered.state) == (day, "resolved")


# --- pictures ----------------------------------------------------------------------------------------------------------------


def test_a_picture_says_how_much_it_leaves_out(made: Any, tmp_path: Path) -> None:
    maker = made["maker"]("nhieu.txt", id="qd-1", type="Quyết định", number="1/QĐ-TTg", date="2024-01-10", issuer="Thủ tướng Chính phủ")
    for i in range(PICTURE + 7):
        maker.node(f"p{i}", "paragraph", text=f"Căn cứ Nghị định số {i + 1}/NĐ-CP;")
        maker.cite(
            f"Nghị định số {i + 1}/NĐ-CP",
            type="Nghị định",
            number=f"{i + 1}/NĐ-CP",
            relation="legal_basis",
            state="resolved",
            target=f"nd-{i + 1}",
        )
    with vanban.kb.open(tmp_path / "x.sqlite") as library:
        made["put"](library, maker)
        library.export("mermaid", tmp_path / "x.mmd")
    lines = (tmp_path / "x.mmd").read_text(encoding="utf-8").splitlines()
    assert sum("-->" in line for line in lines) == PICTURE
    assert lines[1] == "  %% … 7"


def test_what_has_no_date_to_be_chosen_by_is_counted(library: Any, made: Any, tmp_path: Path) -> None:
    for k in (1, 2):
        one = made["maker"](f"{k}.txt", id=f"khong-ngay-{k}", number=f"{k}/A")
        made["put"](library, one.node("a", "article", "Điều 1.", text=f"Trồng {k} cây đa."))
    assert library.export("csv", tmp_path / "a", Selection(since="2023")).undated == 2
    assert library.export("csv", tmp_path / "b", Selection(since="2023", words="rừng")).undated == 0
    assert library.export("csv", tmp_path / "c", Selection()).undated == 0

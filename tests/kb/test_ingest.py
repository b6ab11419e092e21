"""Ingest: one document a transaction, the same twice is one, new bytes are a new version, two instruments are never one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
import stores

import vanban.kb
from vanban.kb import Ambiguous, NotFound, schema
from vanban.parser import Document, ReadError


@pytest.fixture
def files(tmp_path: Path, made: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the hand-made documents, and a parser that knows their bytes."""
    known = {maker.data: maker.document for maker in (made["resolution"](), made["resolution"]("20.000"), made["neighbour"]())}

    def parse_all_bytes(data: bytes, *, name: str, format: str | None = None) -> tuple[Document, ...]:
        if not data:
            raise ReadError(name, "the file is empty", "Give another")
        if data not in known:
            raise LookupError("a mistake of the parser")
        return (msgspec.structs.replace(known[data], source=msgspec.structs.replace(known[data].source, name=name)),)

    monkeypatch.setattr("vanban.kb.parsing.parse_all_bytes", parse_all_bytes)
    folder = tmp_path / "raw"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.md").write_bytes(made["resolution"]().data)
    (folder / "deep" / "b.txt").write_bytes(made["neighbour"]().data)
    (folder / ".hidden").write_bytes(b"x")
    return folder


def test_a_folder_is_taken_whole_and_the_second_time_nothing_changes(files: Path, place: Any) -> None:
    with vanban.kb.open(place) as library:
        first = library.ingest(files)
        assert [(Path(item.path).name, item.outcome) for item in first.items] == [("a.md", "new"), ("b.txt", "new")]
        before = stores.rows(place)
        again = library.ingest([files, files / "a.md"])
        assert [item.outcome for item in again.items] == ["unchanged"] * 3
        assert again.items[0].document == first.items[0].document
        assert stores.rows(place) == before


def test_parsing_again_what_gives_the_same_changes_nothing(files: Path, place: Any) -> None:
    with vanban.kb.open(place) as library:
        library.ingest(files)
        before = stores.rows(place)
        assert library.ingest(files, again=True).count("unchanged") == 2
        assert stores.rows(place) == before


def test_the_same_bytes_under_another_name_are_one_document(files: Path, place: Any, made: Any) -> None:
    (files / "copy.md").write_bytes(made["resolution"]().data)
    with vanban.kb.open(place) as library:
        report = library.ingest(files)
        assert (report.count("new"), report.count("unchanged"), library.documents().total) == (2, 1, 2)


def test_new_bytes_of_an_instrument_are_a_new_version_and_the_old_is_kept(files: Path, place: Any, made: Any) -> None:
    with vanban.kb.open(place) as library:
        library.ingest(files)
        (files / "a.md").write_bytes(made["resolution"]("20.000").data)
        assert [item.outcome for item in library.ingest(files).items] == ["version", "unchanged"]
        assert [target.value for target in library.targets("thu ngan sach").items] == [20000]
        shown = library.show("94/NQ-HĐND", date="2023-12-08")
        assert [version.current for version in shown.versions] == [True, False]
        assert library.search("19.515").total == 0
        ((data, json),) = stores.query(
            place, "SELECT data, json FROM source_files JOIN documents ON source_id = source_files.id WHERE NOT current"
        )
        assert schema.unpack_bytes(data) == made["resolution"]().data
        assert Document.from_json(schema.unpack(json)).text == made["resolution"]().text
        # The former bytes once more: they are known and superseded.
        (files / "a.md").write_bytes(made["resolution"]().data)
        assert library.ingest(files / "a.md").items[0].outcome == "unchanged"
        assert [target.value for target in library.targets("thu ngan sach").items] == [20000]


def test_a_newer_parser_makes_a_new_version_of_the_same_bytes(files: Path, place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with vanban.kb.open(place) as library:
        library.ingest(files)
        monkeypatch.setattr("vanban.kb.prepare.parser_version", lambda: "99")
        assert library.ingest(files / "a.md").items[0].outcome == "version"
        assert library.show("a.md").versions[0].parser == "99"
        assert library.documents().total == 2


def test_a_reading_that_is_corrected_leaves_no_false_instrument(place: Any, made: Any) -> None:
    maker = made["resolution"]()
    wrong = maker.document
    right = msgspec.structs.replace(
        wrong,
        instrument=msgspec.structs.replace(wrong.instrument, id="right"),
        citations=tuple(
            msgspec.structs.replace(c, target="right") if c.scope == "self" else c for c in wrong.citations if c.number != "117/NQ-CP"
        ),
        mandates=tuple(m for m in wrong.mandates if m.implements != ("nq-117-cp-2023",)),
    )
    with vanban.kb.open(place) as library:
        library.add(wrong, maker.data)
        assert library.add(right, maker.data).outcome == "version"
        assert isinstance(library.resolve("117/NQ-CP"), NotFound)
        assert library.resolve("94/NQ-HĐND").id == "right"
        assert len(library.show("94/NQ-HĐND").versions) == 2


def test_two_instruments_with_one_number_are_kept_apart(library: Any) -> None:
    assert library.documents().total == 2
    answer = library.show("94/NQ-HĐND")
    assert isinstance(answer, Ambiguous)
    assert len({candidate.id for candidate in answer.candidates}) == 2


def test_one_bad_file_stops_no_other_and_says_why(files: Path, place: Any) -> None:
    (files / "0-empty.md").touch()
    (files / "1-strange.md").write_bytes(b"?")
    (files / "none").mkdir()
    told: list[str] = []
    with vanban.kb.open(place) as library:
        report = library.ingest([files, files / "none", files / "missing.md"], progress=lambda item: told.append(item.outcome))
    assert told == [item.outcome for item in report.items] == ["failed", "failed", "new", "new", "failed", "failed"]
    failed = [(item.problem, item.remedy) for item in report.items if item.outcome == "failed"]
    assert failed[0] == ("the file is empty", "Give another")
    assert "a mistake of the parser" in str(failed[1][0])
    assert failed[2][0] == "thư mục không có tệp nào / the folder holds no file"
    assert failed[3][0] == "không có tệp này / no such file"
    assert all(remedy for _, remedy in failed)


def test_what_the_database_refuses_leaves_nothing_behind(place: Any, made: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    maker = made["resolution"]()
    broken = msgspec.structs.replace(maker.document, targets=(msgspec.structs.replace(maker.document.targets[0], node="nobody"),))
    monkeypatch.setattr("vanban.kb.parsing.parse_all_bytes", lambda data, name, format: (broken,))
    (tmp_path / "a.md").write_bytes(maker.data)
    with vanban.kb.open(place) as library:
        before = stores.rows(place)
        (item,) = library.ingest(tmp_path / "a.md").items
        assert item.outcome == "failed"
        assert "FOREIGN KEY" in str(item.problem).upper()
        assert stores.rows(place) == before


def test_two_programs_may_make_and_fill_one_database_at_once(place: Any, made: Any) -> None:
    code = f"""
import hashlib, sys, vanban.kb
from vanban.parser.model import Citation, Document, Instrument, Node, Source
with vanban.kb.open({str(place)!r}) as library:
    for i in range(int(sys.argv[1]), int(sys.argv[1]) + 20):
        data = f"Điều {{i}}. Theo 1/A".encode()
        text, digest = data.decode(), hashlib.sha256(data).hexdigest()
        source = Source(name=f"{{i}}.txt", media_type="text/plain", sha256=digest, size=len(data))
        node = Node(id="art", parent=None, kind="article", text=text, start=0, end=len(text))
        cited = Citation(node="art", start=0, end=4, text="1/A", number="1/A", target="a")
        library.add(Document(source=source, text=text, instrument=Instrument(id=f"i{{i}}"), nodes=(node,), citations=(cited,)), data)
"""
    running = [subprocess.Popen([sys.executable, "-c", code, first], stderr=subprocess.PIPE, text=True) for first in ("0", "10")]
    assert [program.communicate()[1] for program in running] == ["", ""]
    with vanban.kb.open(place) as library:
        assert library.documents().total == 30
        assert library.cited_by("1/A").total == 30


def test_a_document_and_other_bytes_do_not_go_together(place: Any, made: Any) -> None:
    with vanban.kb.open(place) as library, pytest.raises(ValueError, match="not the bytes"):
        library.add(made["resolution"]().document, b"other")


def test_a_document_without_an_instrument_is_found_by_its_file(place: Any, made: Any) -> None:
    draft = made["maker"]("du-thao.txt", type="Kế hoạch", number="5/KH-UBND").node("p_1", "paragraph", text="Dự thảo kế hoạch.")
    other = made["maker"]("du-thao.docx", type="Kế hoạch").node("p_1", "paragraph", text="Dự thảo khác.")
    with vanban.kb.open(place) as library:
        made["put"](library, draft, other)
        shown = library.show("5/kh-ubnd")
        assert shown.instrument is None
        assert shown.document.id == f"sha256:{draft.document.source.sha256}"
        assert library.show(shown.document.id) == shown
        assert library.cites("du-thao.txt").total == 0
        choice = library.show("du-thao")
        assert isinstance(choice, Ambiguous)
        assert sorted(candidate.id for candidate in choice.candidates) == sorted(document.id for document in library.documents().items)


def test_two_documents_whose_date_cannot_be_read_are_never_versions_of_each_other(place: Any, made: Any) -> None:
    gap = "/akn/vn/act/nghi-quyet/hoi-đong-nhan-dan-tinh-x/_/94-nq-hđnd"
    facts = {"id": gap, "type": "Nghị quyết", "number": "94/NQ-HĐND"}
    first = made["maker"]("nam-2023.txt", **facts).node("p_1", "paragraph", text="Nghị quyết của năm 2023.")
    other = made["maker"]("nam-2024.txt", **facts).node("p_1", "paragraph", text="Nghị quyết của năm 2024.")
    with vanban.kb.open(place) as library:
        assert library.add(first.document, first.data).outcome == "new"
        assert library.show("94/NQ-HĐND").instrument.id == gap
        assert library.add(other.document, other.data).outcome == "new"
        answer = library.show("94/NQ-HĐND")
        assert isinstance(answer, Ambiguous)
        for candidate, file in zip(answer.candidates, ("nam-2023.txt", "nam-2024.txt"), strict=True):
            shown = library.show(candidate.id)
            assert (shown.document.id, shown.document.source, len(shown.versions)) == (candidate.id, file, 1)
            assert library.show(file) == shown

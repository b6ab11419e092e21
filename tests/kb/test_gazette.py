"""A file that holds several documents: each is held, versioned, found, asked and written as its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import stores

import vanban.kb
from vanban.kb import Ambiguous, NotFound, NotHeld, cli, parsing, schema
from vanban.parser import Document

ONE = """HỘI ĐỒNG NHÂN DÂN
TỈNH LÀO CAI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}/2024/NQ-HĐND
Lào Cai, ngày 06 tháng 12 năm 2024
NGHỊ QUYẾT
Quy định mức chi thứ {number}
Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015;
QUYẾT NGHỊ:
Điều 1. Mức chi {words}.
Điều 2. Hiệu lực.
CHỦ TỊCH
Vũ Xuân Cường
"""
WORDS = {1: "hội nghị", 2: "tiếp khách", 13: "đào tạo"}


def issue(*numbers: int, words: dict[int, str] = WORDS) -> str:
    return "CÔNG BÁO\n" + "".join(ONE.format(number=n, words=words[n]) for n in numbers)


@pytest.fixture
def gazette(tmp_path: Path) -> Path:
    file = tmp_path / "cong-bao.txt"
    file.write_text(issue(1, 2, 13), encoding="utf-8")
    return file


def _outcomes(report: Any) -> list[str]:
    return [item.outcome for item in report.items]


def test_each_document_is_its_own_and_the_bytes_are_kept_once(gazette: Path, place: Any) -> None:
    with vanban.kb.open(place) as library:
        report = library.ingest(gazette)
        assert [(item.outcome, item.document.number, item.document.part) for item in report.items] == [
            ("new", "1/2024/NQ-HĐND", 1),
            ("new", "2/2024/NQ-HĐND", 2),
            ("new", "13/2024/NQ-HĐND", 3),
        ]
        assert library.documents().total == 3
        assert [hit.document.number for hit in library.search("mức chi tiếp khách").items] == ["2/2024/NQ-HĐND"]
        assert library.show("2/2024/NQ-HĐND").document.part == 2
        assert len(library.cites("13/2024/NQ-HĐND").items) == 1
        assert library.most_cited().items[0].documents == 3
    kept = [(name, schema.unpack_bytes(data)) for name, data in stores.query(place, "SELECT name, data FROM source_files")]
    assert kept == [("cong-bao.txt", gazette.read_bytes())]


def test_the_same_bytes_twice_change_nothing(gazette: Path, place: Any) -> None:
    with vanban.kb.open(place) as library:
        first = library.ingest(gazette)
        before = stores.rows(place)
        again = library.ingest(gazette)
        assert _outcomes(again) == ["unchanged"] * 3
        assert [item.document for item in again.items] == [item.document for item in first.items]
        assert _outcomes(library.ingest(gazette, again=True)) == ["unchanged"] * 3
        assert stores.rows(place) == before


def test_new_bytes_are_versions_by_instrument_wherever_it_stands_in_the_file(gazette: Path, place: Any) -> None:
    with vanban.kb.open(place) as library:
        library.ingest(gazette)
        gazette.write_text(issue(13, 1, words=WORDS | {13: "tập huấn"}), encoding="utf-8")
        report = library.ingest(gazette)
        assert [(item.outcome, item.document.number) for item in report.items] == [
            ("version", "13/2024/NQ-HĐND"),
            ("version", "1/2024/NQ-HĐND"),
        ]
        assert [(v.part, v.current) for v in library.show("13/2024/NQ-HĐND").versions] == [(1, True), (3, False)]
        assert (library.search("tập huấn").total, library.search("đào tạo").total) == (1, 0)
        # What the new bytes do not hold is still the text of its instrument.
        lost = library.show("2/2024/NQ-HĐND")
        assert [(v.part, v.current) for v in lost.versions] == [(2, True)]
        assert library.search("tiếp khách").total == 1
        assert library.documents().total == 3


def test_the_former_bytes_once_more_change_nothing(gazette: Path, place: Any) -> None:
    with vanban.kb.open(place) as library:
        former = gazette.read_bytes()
        library.ingest(gazette)
        gazette.write_text(issue(1, words=WORDS | {1: "khác"}), encoding="utf-8")
        library.ingest(gazette)
        before = stores.rows(place)
        gazette.write_bytes(former)
        for again in (False, True):
            report = library.ingest(gazette, again=again)
            assert [(item.outcome, item.document.part) for item in report.items] == [("unchanged", 1), ("unchanged", 2), ("unchanged", 3)]
        assert stores.rows(place) == before


def test_a_document_of_a_file_is_asked_for_by_its_place(gazette: Path, place: Any) -> None:
    with vanban.kb.open(place) as library:
        library.ingest(gazette)
        digest = hashlib.sha256(gazette.read_bytes()).hexdigest()
        for name in ("cong-bao.txt", "cong-bao", f"sha256:{digest[:12]}"):
            answer = library.show(name)
            assert isinstance(answer, Ambiguous)
            assert [one.number for one in answer.candidates] == ["1/2024/NQ-HĐND", "2/2024/NQ-HĐND", "13/2024/NQ-HĐND"]
            assert library.show(f"{name}#2").document.number == "2/2024/NQ-HĐND"
        assert library.show(f"sha256:{digest}").document.part == 1
        assert isinstance(library.show("cong-bao.txt#4"), NotFound)
        assert isinstance(library.show("cong-bao.txt#0"), NotFound)


def test_documents_without_an_instrument_have_ids_of_their_own(place: Any, made: Any) -> None:
    drafts = [made["maker"]("du-thao.txt", type="Kế hoạch").node("p_1", "paragraph", text=f"Dự thảo {k}.") for k in (1, 2)]
    whole = made["resolution"]()
    data, parts = together(*drafts, whole)
    with vanban.kb.open(place) as library:
        library.add_all(parts, data)
        ids = [document.id for document in library.documents().items]
        assert sorted(ids) == sorted({f"sha256:{_sum(data)}", f"sha256:{_sum(data)}#2", whole.document.instrument.id})
        for identity in ids:
            assert library.show(identity).document.id == identity
        answer = library.show("du-thao.txt")
        assert isinstance(answer, Ambiguous)
        assert {one.id for one in answer.candidates} == set(ids), "the one that is told is not the answer for the others"
        assert library.show("du-thao.txt", date="2023").document.id == whole.document.instrument.id


# --- what a newer parser sees in the same bytes --------------------------------------------------------------------------------


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def together(*makers: Any) -> tuple[bytes, list[Document]]:
    """Hand-made documents as those of one file."""
    data = b"\n".join(maker.data for maker in makers)
    source = msgspec.structs.replace(makers[0].document.source, sha256=_sum(data), size=len(data))
    return data, [
        msgspec.structs.replace(maker.document, source=msgspec.structs.replace(source, part=k)) for k, maker in enumerate(makers, 1)
    ]


Small = Callable[..., Any]


@pytest.fixture
def small(made: Any) -> Small:
    """A document of one article."""

    def build(identity: str, text: str = "Quy định.") -> Any:
        number = f"{identity}/NQ"
        return made["maker"]("cong-bao.txt", id=f"nq-{identity}", type="Nghị quyết", number=number, date="2024-01-01").node(
            "art_1", "article", "Điều 1.", text=f"{text} {identity}"
        )

    return build


def _as_parts(data: bytes, *makers: Any) -> list[Document]:
    """The documents as a parse of ``data``."""
    _, parts = together(*makers)
    return [msgspec.structs.replace(part, source=msgspec.structs.replace(part.source, sha256=_sum(data), size=len(data))) for part in parts]


def test_a_document_found_between_two_makes_no_other_one_new(place: Any, small: Small) -> None:
    data, before = together(small("1"), small("3"))
    with vanban.kb.open(place) as library:
        library.add_all(before, data)
        after = _as_parts(data, small("1"), small("2"), small("3"))
        told = library.add_all(after, data)
        assert [(item.outcome, item.document.number) for item in told] == [("unchanged", "1/NQ"), ("new", "2/NQ"), ("version", "3/NQ")]
        assert [(v.part, v.current) for v in library.show("3/NQ").versions] == [(3, True), (2, False)]
        assert [(v.part, v.current) for v in library.show("2/NQ").versions] == [(2, True)]


def test_a_document_that_is_found_no_more_is_withdrawn_and_kept(place: Any, small: Small) -> None:
    data, before = together(small("1"), small("2", "Phụ lục."))
    with vanban.kb.open(place) as library:
        library.add_all(before, data)
        told = library.add_all(_as_parts(data, small("1", "Quy định. Phụ lục.")), data)
        assert [(item.outcome, item.document.number) for item in told] == [("version", "1/NQ"), ("withdrawn", "2/NQ")]
        assert isinstance(library.show("2/NQ"), NotFound)
        assert library.documents().total == 1
        assert [(v.part, v.current) for v in library.show("1/NQ").versions] == [(1, True), (2, False), (1, False)]
        kept = stores.query(place, "SELECT json FROM documents WHERE part = 2")
        assert Document.from_json(schema.unpack(kept[0][0])).instrument.id == "nq-2"
        # and is there again when it is found again
        told = library.add_all(before, data)
        assert [(item.outcome, item.document.number) for item in told] == [("version", "1/NQ"), ("new", "2/NQ")]
        assert library.show("2/NQ").document.part == 2


def test_what_a_file_prints_twice_stands_side_by_side(place: Any, small: Small) -> None:
    data, parts = together(small("1", "Thân."), small("1", "Phụ lục."))
    with vanban.kb.open(place) as library:
        assert [item.outcome for item in library.add_all(parts, data)] == ["new", "new"]
        assert (library.search("thân").total, library.search("phụ lục").total) == (1, 1), "neither hides the other"
        answer = library.show("1/NQ")
        assert isinstance(answer, Ambiguous)
        assert [library.show(one.id).document.part for one in answer.candidates] == [1, 2]
        before = stores.rows(place)
        assert [item.outcome for item in library.add_all(parts, data)] == ["unchanged", "unchanged"]
        assert stores.rows(place) == before


def test_what_a_wrong_reading_took_the_place_of_answers_again(place: Any, small: Small) -> None:
    right, wrong = small("1", "Bản đúng."), small("1", "Văn bản khác.")
    with vanban.kb.open(place) as library:
        library.add(right.document, right.data)
        assert library.add(wrong.document, wrong.data).outcome == "version", "the number was misread"
        assert library.search("bản đúng").total == 0
        corrected = msgspec.structs.replace(
            wrong.document, instrument=msgspec.structs.replace(wrong.document.instrument, id="nq-7", number="7/NQ")
        )
        assert library.add(corrected, wrong.data).document.number == "7/NQ"
        assert library.search("bản đúng").items[0].document.number == "1/NQ"
        assert [v.current for v in library.show("1/NQ").versions] == [True]
        assert library.show("7/NQ").document.number == "7/NQ"
        assert library.add(right.document, right.data).outcome == "unchanged"
        later = small("1", "Bản sau.")
        assert library.add(later.document, later.data).outcome == "version"
        assert [v.current for v in library.show("1/NQ").versions] == [True, False]


def test_a_file_is_loaded_whole_or_not_at_all(place: Any, small: Small) -> None:
    data, parts = together(small("1"), small("2"))
    broken = msgspec.structs.replace(parts[1], nodes=(msgspec.structs.replace(parts[1].nodes[0], parent="nobody"),))
    with vanban.kb.open(place) as library:
        before = stores.rows(place)
        with pytest.raises(vanban.kb.KnowledgeBaseError):
            library.add_all([parts[0], broken], data)
        assert stores.rows(place) == before


def test_a_part_alone_is_no_file(place: Any, small: Small) -> None:
    data, parts = together(small("1"), small("2"))
    with vanban.kb.open(place) as library:
        for wrong in ([parts[1]], parts[::-1], []):
            with pytest.raises(ValueError, match="not"):
                library.add_all(wrong, data)
        assert isinstance(library.show("1/NQ"), NotFound | NotHeld)


# --- the command line ----------------------------------------------------------------------------------------------------------

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, gazette: Path) -> Run:
    monkeypatch.chdir(gazette.parent)
    monkeypatch.delenv("VANBAN_DATABASE_URL", raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        status = cli.run(arguments)
        return status, *capfd.readouterr()

    return run


def test_parse_prints_the_first_and_says_how_to_get_the_others(command: Run) -> None:
    status, out, err = command("parse", "cong-bao.txt")
    assert status == 0
    assert Document.from_json(out).instrument.number == "1/2024/NQ-HĐND"
    assert err.startswith("vanban: cong-bao.txt: tệp có 3 văn bản")
    assert err.endswith("vanban parse cong-bao.txt --out DIR\n")
    assert command("parse", "cong-bao.txt", "--format", "tree")[2] == err


def test_parse_writes_a_file_for_each(command: Run, gazette: Path) -> None:
    status, out, err = command("parse", "cong-bao.txt", "--out", "out")
    assert (status, err) == (0, "")
    assert out.split() == ["đã", "ghi", "out/cong-bao.json", "đã", "ghi", "out/cong-bao.2.json", "đã", "ghi", "out/cong-bao.3.json"]
    written = [Document.from_json((gazette.parent / "out" / f"cong-bao{k}.json").read_text(encoding="utf-8")) for k in ("", ".2", ".3")]
    assert [document.source.part for document in written] == [1, 2, 3]
    status, out, _ = command("parse", "cong-bao.txt", "--out", "out", "--json")
    assert [item["outcome"] for item in json.loads(out)["items"]] == ["unchanged"] * 3
    assert command("parse", "cong-bao.txt", "--out", "out", "--format", "tree")[1].count(".txt\n") == 3


def test_no_document_is_written_over_one_of_another_file(command: Run, gazette: Path) -> None:
    (gazette.parent / "cong-bao.2.txt").write_text("Điều 1. Khác.", encoding="utf-8")
    status, out, err = command("parse", "cong-bao.2.txt", "cong-bao.txt", "--out", "out")
    assert (status, out.split()) == (2, ["đã", "ghi", "out/cong-bao.2.json"])
    assert err.startswith("vanban: cong-bao.txt: out/cong-bao.2.json đã là của cong-bao.2.txt / holds cong-bao.2.txt already. ")


def test_ingest_tells_each_document(command: Run) -> None:
    status, out, err = command("ingest", "cong-bao.txt")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert [line.split(" · ")[0] for line in lines[:3]] == [f"mới       cong-bao.txt{part}" for part in ("", "#2", "#3")]
    assert lines[3].startswith("3 mới · 0 bản mới · 0 không đổi · 0 lỗi")
    assert "Tệp: cong-bao.txt#2\n" in command("show", "cong-bao.txt#2")[1]


def test_what_is_withdrawn_is_said(command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    command("ingest", "cong-bao.txt")
    seen = parsing.parse_all_bytes
    monkeypatch.setattr(parsing, "parse_all_bytes", lambda data, name, format: seen(data, name=name, format=format)[:2])
    status, out, err = command("ingest", "cong-bao.txt", "--again")
    assert (status, err) == (0, "")
    lines = [line.split(" · ")[:2] for line in out.splitlines()[:3]]
    assert lines[2] == ["rút       cong-bao.txt#3", "Nghị quyết 13/2024/NQ-HĐND ngày 06/12/2024"]
    assert out.splitlines()[3] == "0 mới · 0 bản mới · 2 không đổi · 1 rút · 0 lỗi · 1 có điểm cần xem lại"

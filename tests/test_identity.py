"""Which instrument is meant: one id each, none across a doubt."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.parser import parse_text
from vanban.parser.citing import citations, identity
from vanban.parser.model import Citation, Instrument


def resolved(text: str) -> list[Citation]:
    return list(identity.resolve(citations.find_in_text(text), Instrument()))


def id_of(number: str, **known: str) -> str:
    parts = {"type": "Nghị quyết", "issuer": "Bộ Chính trị", "date": "2020-01-02", **known}
    return identity.instrument_id(type=parts["type"], number=number, issuer=parts["issuer"], date=parts["date"])


@pytest.mark.parametrize(
    ("parts", "id"),
    [
        ({"type": "Nghị định", "number": "06/2022/NĐ-CP", "issuer": "Chính phủ", "date": "2022-01-07"}, "/akn/vn/act/nghi-đinh/chinh-phu/2022/06-nđ-cp"),
        (
            {"type": "Nghị quyết", "number": "19-NQ/TW", "issuer": "Ban Chấp hành Trung ương Đảng", "date": "2017-10-25"},
            "/akn/vn/act/nghi-quyet/ban-chap-hanh-trung-uong-đang/2017-10-25/19-nq-tw",
        ),
        ({"type": "Kết luận", "number": "132-KL/TW", "issuer": "Bộ Chính trị", "date": None}, "/akn/vn/doc/ket-luan/bo-chinh-tri/_/132-kl-tw"),
        (
            {"type": "Luật", "number": None, "issuer": None, "date": "2015-06-19", "name": "Luật Tổ chức Chính phủ"},
            "/akn/vn/act/luat/quoc-hoi/2015-06-19/luat-to-chuc-chinh-phu",
        ),
    ],
)  # fmt: skip
def test_ids(parts: dict[str, str | None], id: str) -> None:
    name = parts.get("name") or ""
    assert identity.instrument_id(type=parts["type"], number=parts["number"], issuer=parts["issuer"], date=parts["date"], name=name) == id


def test_one_instrument_has_one_id_however_it_is_printed() -> None:
    ids = {
        identity.instrument_id(type="Thông tư", number=number, issuer=issuer, date=date)
        for number in ("62/2023/TT-BCA", "62/2023/TT- BCA", "62/2023/TT–BCA")
        for issuer in ("Bộ Công an", "Bộ trưởng Bộ Công an", None)
        for date in ("2023-11-14", None)
    }
    assert len(ids) == 1
    assert id_of("05/NQ-CP", issuer="Chính phủ") == id_of("5/NQ-CP", issuer="Chính phủ")


def test_the_two_of_one_number_stay_two_and_the_bare_third_is_open() -> None:
    found = resolved(
        "Nghị quyết số 19-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng và Nghị quyết số 19-NQ/TW ngày 16/6/2022 của Ban Chấp hành "
        "Trung ương Đảng. Thực hiện Nghị quyết số 19-NQ/TW. Theo Nghị quyết số 19-NQ/TW ngày 16/6/2022."
    )
    first, second, bare, dated = found
    assert first.target != second.target
    assert (bare.target, bare.state, bare.candidates) == (None, "ambiguous", (first.target, second.target))
    assert dated.target == second.target


def test_a_later_short_mention_takes_the_identity_of_the_full_one_and_keeps_its_fields() -> None:
    full, short, other = resolved(
        "Kết luận số 76-KL/TW ngày 04/6/2020 của Bộ Chính trị; tiếp tục thực hiện Kết luận số 76-KL/TW; Nghị quyết số 76-NQ/TW"
    )
    assert short.target == full.target
    assert short.date is None
    assert (other.state, other.target) == ("partial", "/akn/vn/act/nghi-quyet/_/_/76-nq-tw")


def test_a_law_by_name_is_the_one_numbered_in_the_same_document() -> None:
    numbered, named, dated = resolved("Luật Đất đai số 31/2024/QH15; theo Luật Đất đai; Luật Đất đai năm 2024")
    assert named.target == dated.target == numbered.target
    assert named.number is None
    _, old, bare = resolved("Luật Đất đai số 31/2024/QH15; Luật Đất đai năm 2013; theo Luật Đất đai")
    assert old.target == "/akn/vn/act/luat/quoc-hoi/2013/luat-đat-đai"
    assert bare.state == "ambiguous"
    two = resolved("Luật Đất đai số 31/2024/QH15, Luật Đất đai số 45/2013/QH13; theo Luật Đất đai")
    assert two[2].state == "ambiguous"
    assert set(two[2].candidates) == {two[0].target, two[1].target}


def test_the_documents_own_id_is_that_of_its_citations() -> None:
    own = Instrument(type="Nghị quyết", number="94/NQ-HĐND", date="2023-12-08", issuer="Hội đồng nhân dân tỉnh Thái Nguyên")
    cited = citations.find_in_text("Nghị quyết số 94/NQ-HĐND ngày 08/12/2023 của Hội đồng nhân dân tỉnh Thái Nguyên")
    assert identity.resolve(cited, Instrument())[0].target == identity.of_document(own)


def test_every_province_has_its_own() -> None:
    names = [f"Hội đồng nhân dân tỉnh {name}" for name in ("Hà Nam", "Hà Tĩnh", "Bắc Ninh", "Ninh Bình")]
    assert len({id_of("94/NQ-HĐND", issuer=name) for name in names}) == len(names)


numbers = st.builds(
    "{}{}/{}-{}".format,
    st.integers(1, 9999),
    st.sampled_from(["", "/2019", "/2023"]),
    st.sampled_from(["NQ", "QĐ", "KH", "TTr", "HD", "HĐ", "DA", "ĐA"]),
    st.text(string.ascii_uppercase + "Đ", min_size=2, max_size=6),
)
dates = st.sampled_from(["2019-01-02", "2019-02-01", "2023-12-08"])
issuers = st.sampled_from(["Hội đồng nhân dân tỉnh Thái Nguyên", "Hội đồng nhân dân tỉnh Hà Nam", "Bộ Chính trị", "Ban Bí thư"])


@given(numbers, numbers, dates, dates, issuers, issuers)
def test_parts_that_differ_give_ids_that_differ(a: str, b: str, day: str, other: str, who: str, whom: str) -> None:
    from vanban.parser.names import issuers, symbols

    one, two = id_of(a, date=day, issuer=who), id_of(b, date=other, issuer=whom)
    assert id_of(a, date=day, issuer=who) == one
    left, right = symbols.parts(symbols.repaired(a)), symbols.parts(symbols.repaired(b))
    assert left is not None
    assert right is not None
    same = symbols.repaired(a) == symbols.repaired(b)
    same = same and (issuers.of_symbol(a) is not None or who == whom) and (bool(left.year) or day == other)
    assert (one == two) == same


def test_seed_keeps_its_pairs_apart(shared: object) -> None:
    from pathlib import Path

    text = (Path(str(shared)) / "corpus" / "94-nq-hdnd-2023-thai-nguyen.md").read_text(encoding="utf-8")
    document = parse_text(text, name="seed.md")
    for number in ("19-NQ/TW", "20-NQ/TW"):
        targets = [c.target for c in document.citations if c.number == number]
        assert len(targets) == 2
        assert len(set(targets)) == 2
    assert all(c.state == "resolved" for c in document.citations if c.number)


def test_a_law_named_bare_is_the_one_the_document_is_founded_on() -> None:
    text = "Căn cứ Luật Bảo hiểm xã hội số 41/2024/QH15;\n\nĐiều 1. Luật Bảo hiểm xã hội số 58/2014/QH13; theo Luật Bảo hiểm xã hội"
    new, old, bare = resolved(text)
    assert (bare.target, bare.state) == (new.target, "resolved")
    assert old.target != new.target


def test_a_year_and_a_day_of_it_name_one_law() -> None:
    dated, year, bare = resolved("Luật Đặc xá ngày 19 tháng 11 năm 2018; Luật Đặc xá năm 2018; theo Luật Đặc xá")
    assert dated.target == year.target == bare.target


def test_a_precedent_is_one_whether_its_court_is_named_or_not() -> None:
    (bare,) = resolved("áp dụng Án lệ 16/2017/AL")
    (named,) = resolved("áp dụng Án lệ số 16/2017/AL của Tòa án nhân dân tối cao")
    assert (bare.type, bare.number, bare.issuer, named.issuer) == ("Án lệ", "16/2017/AL", None, "Tòa án nhân dân tối cao")
    assert bare.target == named.target == "/akn/vn/doc/an-le/toa-an-nhan-dan-toi-cao/2017/16-al"
    assert bare.state == named.state == "resolved"


def test_a_partys_number_is_of_the_term_that_is_named() -> None:
    both = parse_text(
        "Căn cứ Nghị quyết số 18-NQ/TW ngày 25 tháng 10 năm 2017 của Ban Chấp hành Trung ương khóa XII;\n\n"
        "1. Thực hiện Nghị quyết số 18-NQ/TW khóa XIII và Nghị quyết số 18-NQ/TW (khóa XII).\n\n"
        "2. Thực hiện Nghị quyết số 99-NQ/TW khóa XII và Nghị quyết số 99-NQ/TW khóa XIII."
    )
    first, other, again, one, two = (c for c in both.citations if c.number)
    assert (first.target, again.target) == (again.target, "/akn/vn/act/nghi-quyet/ban-chap-hanh-trung-uong-đang/2017-10-25/18-nq-tw")
    assert other.target == "/akn/vn/act/nghi-quyet/ban-chap-hanh-trung-uong-đang/2022-06-16/18-nq-tw"
    assert (one.state, two.state) == ("partial", "partial")
    assert one.target != two.target

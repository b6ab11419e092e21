"""The register: what it holds, how it is loaded and asked, what it tells of citations, and that it changes none."""

from __future__ import annotations

from pathlib import Path

import pytest

from vanban.parser import Document, Register, RegisterError, cite, parse_text
from vanban.parser.model import Citation
from vanban.parser.names import symbols

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\n\nSố: 12/KH-UBND\n\nLâm Đồng, ngày {day} tháng {month} năm {year}\n\nKẾ HOẠCH\nVề đất đai\n\n"
LAND_2013, LAND_2024 = "/akn/vn/act/luat/quoc-hoi/2013/45-qh13", "/akn/vn/act/luat/quoc-hoi/2024/31-qh15"
TELECOM_2009, TELECOM_2023 = "/akn/vn/act/luat/quoc-hoi/2009/41-qh12", "/akn/vn/act/luat/quoc-hoi/2023/24-qh15"


def dated(text: str, date: str, register: Register | None = None) -> Document:
    year, month, day = date.split("-")
    return parse_text(HEAD.format(day=day, month=month, year=year) + text, register=register or "packaged")


def only(text: str, date: str) -> Citation:
    document = dated(text, date)
    assert document.instrument.date == date
    found = [c for c in document.citations if c.scope == "external"]
    assert len(found) == 1
    return found[0]


def codes(document: Document) -> list[str]:
    return [f.code for f in document.findings if f.code.startswith(("register", "issuer"))]


# --- what it holds ---------------------------------------------------------------------------------------------------


def test_every_row_of_the_packaged_register_holds_together() -> None:
    register = Register.packaged()
    assert len(register) > 150
    for entry in register:
        assert entry.source
        assert entry.source != "danh mục"  # a list alone attests nothing
        assert entry.type == "Hiến pháp" or entry.number
        taken = symbols.parts(entry.number) if entry.number else None
        if taken is not None and taken.year:
            assert taken.year == entry.date[:4], entry.number
        if entry.effective:
            assert entry.date <= entry.effective, entry.number
        for number in entry.replaced_by:
            for other in register.find(number=number):
                assert entry.until is not None
                assert entry.until < (other.effective or other.date), entry.number


def test_of_one_name_one_is_in_force_at_a_time() -> None:
    register = Register.packaged()
    for entry in register:
        if entry.title and "sửa đổi" not in entry.title:
            day = entry.effective or entry.date
            assert [e.number for e in register.find(name=entry.title, on=day)] == [entry.number]


def test_it_is_asked_by_all_that_is_known() -> None:
    register = Register.packaged()
    assert [e.date for e in register.find(number="19-NQ/TW", date="2022")] == ["2022-06-16"]
    assert [e.number for e in register.find(number="31/2024", type="Luật")] == ["31/2024/QH15"]
    assert [e.number for e in register.find(name="Luật đất đai", on="2024-07-31")] == ["45/2013/QH13"]
    assert [e.number for e in register.find(name="luật Phòng chống ma tuý")] == ["73/2021/QH14"]
    assert register.find(name="Luật Đất đai", date="2023") == ()
    assert register.find(number="19-NQ/TW", issuer="Bộ Chính trị") == ()
    entry = register.get(LAND_2024)
    assert entry is not None
    assert (entry.in_force("2024-07-31"), entry.in_force("2024-08-01"), entry.in_force("2099-01-01")) == (False, True, None)
    # all through a month or a year
    assert [entry.in_force(time) for time in ("2023", "2024", "2025", "2024-07", "2024-08", "2099")] == [
        False,
        None,
        True,
        False,
        True,
        None,
    ]
    (old,) = Register.packaged().find(number="45/2013/QH13")
    assert [old.in_force(time) for time in ("2013", "2014", "2015", "2023", "2024", "2025")] == [False, None, True, True, None, False]
    (short,) = Register.packaged().find(number="65/2025/QH15")
    assert [short.in_force(time) for time in ("2025", "2025-02", "2025-03", "2025-06", "2025-07")] == [None, False, True, None, False]


# --- which instrument is meant ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Thực hiện Luật Đất đai năm 2024.", LAND_2024),
        ("Thực hiện Luật Đất đai ngày 18 tháng 01 năm 2024.", LAND_2024),
        ("Thực hiện Luật Đất đai số 31/2024/QH15.", LAND_2024),
        ("Thực hiện Luật Đất đai năm 2013.", LAND_2013),
        ("Thực hiện Luật Đất đai.", LAND_2024),
        ("Thực hiện Bộ luật Dân sự.", "/akn/vn/act/bo-luat/quoc-hoi/2015/91-qh13"),
        ("Theo Hiến pháp năm 2013.", "/akn/vn/act/hien-phap/quoc-hoi/2013-11-28/hien-phap"),
        ("Theo Nghị quyết số 595/NQ-UBTVQH15.", "/akn/vn/act/nghi-quyet/uy-ban-thuong-vu-quoc-hoi/2022-09-12/595-nq-ubtvqh15"),
    ],
)
def test_a_law_by_name_has_the_id_of_its_number(text: str, target: str) -> None:
    found = only(text, "2025-03-01")
    assert (found.target, found.state) == (target, "resolved")


def test_the_day_of_the_document_tells_which_law_a_bare_name_means() -> None:
    assert only("Thực hiện Luật Đất đai.", "2024-07-31").target == LAND_2013
    assert only("Thực hiện Luật Đất đai.", "2024-08-01").target == LAND_2024
    later = only("Thực hiện Luật Đất đai.", "2031-01-01")
    assert (later.target, later.state, later.candidates) == (None, "ambiguous", (LAND_2024,))
    before = only("Thực hiện Luật Đất đai.", "1999-01-01")
    assert (before.state, before.candidates) == ("partial", ())


def test_without_a_day_all_stay_candidates() -> None:
    (found,) = parse_text("Theo Luật Đất đai.").citations
    assert (found.target, found.state, set(found.candidates)) == (None, "ambiguous", {LAND_2013, LAND_2024})


def test_a_document_without_a_day_is_not_older_than_what_it_cites() -> None:
    text = "Theo Hiến pháp. {}Thực hiện Luật Đất đai."
    assert [c.state for c in parse_text(text.format("")).citations] == ["ambiguous", "ambiguous"]
    first, _, last = parse_text(text.format("Nghị định số 78/2025/NĐ-CP ngày 01/4/2025. ")).citations
    assert (first.target, first.state) == ("/akn/vn/act/hien-phap/quoc-hoi/2013-11-28/hien-phap", "resolved")
    assert (last.state, last.candidates) == ("ambiguous", (LAND_2024,))  # whether it still is the law, the register cannot tell


def test_what_the_document_says_comes_before_the_register() -> None:
    text = "Căn cứ Luật Đất đai số 45/2013/QH13;\n\nI. NHIỆM VỤ\n\n1. Thực hiện Luật Đất đai."
    assert [c.target for c in dated(text, "2024-05-01").citations] == [LAND_2013, LAND_2013]
    # Named on its own in a time when another is the law, it is a doubt.
    text = "I. NHIỆM VỤ\n\n1. Tổng kết Luật Đất đai số 45/2013/QH13.\n\n2. Thực hiện Luật Đất đai."
    first, second = dated(text, "2025-05-01").citations
    assert first.target == LAND_2013
    assert (second.target, second.state, second.candidates) == (None, "ambiguous", (LAND_2013, LAND_2024))


def test_a_number_alone_is_no_identity_with_a_register_either() -> None:
    found = only("Thực hiện Nghị quyết số 19-NQ/TW.", "2023-12-08")
    assert found.state == "ambiguous"
    assert [candidate.split("/")[6] for candidate in found.candidates] == ["2017-10-25", "2022-06-16"]
    assert only("Thực hiện Nghị quyết số 82/NQ-CP.", "2024-01-01").state == "partial"  # another year has one too
    assert only("Thực hiện Nghị quyết số 19-NQ/TW năm 2017.", "2023-12-08").target == found.candidates[0]


def test_a_register_changes_nothing_that_is_cited() -> None:
    text = "Thực hiện Luật Đất đai, Luật Nhà ở năm 2023, Nghị quyết số 19-NQ/TW ngày 16/6/2023 của Ban Chấp hành Trung ương Đảng."
    fields = ("text", "type", "number", "name", "date", "issuer", "provision", "relation")
    with_it, without = dated(text, "2025-03-01"), parse_text(dated(text, "2025-03-01").text, register=None)
    cited = [[tuple(getattr(c, f) for f in fields) for c in d.citations] for d in (with_it, without)]
    assert cited[0] == cited[1]
    assert cited[0]
    assert [c.target for c in with_it.citations] != [c.target for c in without.citations]


# --- what is said against it -----------------------------------------------------------------------------------------


def test_a_date_against_the_register_is_a_finding_and_stays() -> None:
    text = (
        "Thực hiện Nghị quyết số 19-NQ/TW ngày 16/6/2023 của Ban Chấp hành Trung ương Đảng; Nghị quyết số 19-NQ/TW ngày 25/10/2017 của Ban "
        "Chấp hành Trung ương Đảng."
    )
    document = dated(text, "2023-12-08")
    wrong, right = document.citations
    assert wrong.date == "2023-06-16"
    assert wrong.target != right.target
    (finding,) = [f for f in document.findings if f.code == "register.date"]
    assert finding.message.endswith("19-NQ/TW is cited with the date 16/6/2023; the register has 16/6/2022: check the original")
    assert (finding.start, finding.end) == (wrong.start, wrong.end)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Luật Đất đai số 31/2024/QH15 ngày 19/01/2024", ["register.date"]),
        ("Luật Đất đai ngày 19 tháng 01 năm 2024", ["register.date"]),
        ("Luật Nhà ở số 31/2024/QH15", ["register.name"]),
        ("Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15", ["register.name"]),  # the number of the one amended
        ("Luật Đất đai số 31/2024/QH15 ngày 18/01/2024", []),
        ("Nghị quyết số 82/NQ-CP ngày 19/5/2023 của Chính phủ", ["register.date"]),
        ("Nghị quyết số 82/NQ-CP ngày 26/5/2020 của Chính phủ", []),  # its own, of another year
        ("Nghị quyết số 19-NQ/TW ngày 03/02/2008 của Ban Chấp hành Trung ương Đảng", []),  # of a term of which the register knows none
        ("Nghị quyết số 117/NQ-HĐND ngày 01/7/2023 của Hội đồng nhân dân tỉnh Lâm Đồng", []),
    ],
)
def test_only_what_can_be_no_other_instrument_contradicts(text: str, found: list[str]) -> None:
    assert codes(dated(f"Thực hiện {text}.", "2025-06-01")) == found


@pytest.mark.parametrize(
    ("text", "code", "candidates"),
    [
        ("Luật Đất đai năm 2019", "register.year", (LAND_2013, LAND_2024)),
        ("Luật Đất đai 2023", "register.year", (LAND_2013, LAND_2024)),
        ("Luật Đất đai ngày 18/01/2023", "register.date", (LAND_2013, LAND_2024)),
        ("Luật Đất đai ngày 19 tháng 01 năm 2024", "register.date", (LAND_2024,)),
        ("Luật Đất đai số 45/2024/QH15", "register.number", ("/akn/vn/act/luat/quoc-hoi/2024/45-qh15", LAND_2013, LAND_2024)),
        ("Luật Đất đai số 45/2024", "register.number", (LAND_2013, LAND_2024)),
        ("Luật Viễn thông số 31/2024/QH15", "register.name", (LAND_2024, TELECOM_2009, TELECOM_2023)),
        ("Hiến pháp năm 2012", "register.year", None),
        ("Luật Đất đai năm 2024 số 45/2013/QH13", "citation.year", (LAND_2013, LAND_2024)),
    ],
)
def test_a_law_whose_name_cannot_go_with_its_number_or_year_stays_open(text: str, code: str, candidates: tuple[str, ...] | None) -> None:
    document = dated(f"Thực hiện {text}; theo quy định tại Nghị định số 12/2020/NĐ-CP.", "2025-06-01")
    law, _ = document.citations
    (bare,) = cite(text, register=None).citations
    assert (law.number, law.name, law.date) == (bare.number, bare.name, bare.date), "kept as cited"
    assert (law.target, law.state) == (None, "ambiguous")
    assert candidates is None or law.candidates == candidates
    (finding,) = [f for f in document.findings if f.code.startswith(("register", "citation"))]
    assert (finding.code, finding.start, finding.end, finding.severity) == (code, law.start, law.end, "warning")
    assert "check the original" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Luật Đất đai năm 2003",  # before the first that the register has it says nothing
        "Luật Đất đai số 13/2003/QH11",
        "Luật Đầu tư năm 2026",  # a year of which it does not know all yet
        "Bộ luật Tố tụng dân sự sửa đổi, bổ sung năm 2011",  # the year of the amendment
        "Luật Đất đai (sửa đổi) số 43/2024/QH15",
        "Luật Tổ chức chính quyền địa phương số 72/2025/QH15 và Luật Tổ chức chính quyền địa phương số 65/2025/QH15",
        "Luật Một tên chưa từng có năm 2019",
    ],
)
def test_what_the_register_cannot_deny_is_no_finding(text: str) -> None:
    document = dated(f"Thực hiện {text}.", "2025-06-01")
    assert [f.code for f in document.findings if f.code.startswith("register")] == []
    assert all(c.target for c in document.citations)


def test_a_doubt_is_not_handed_on() -> None:
    """A later bare name does not take the identity of a law that cannot be, nor does that take another's."""
    wrong, bare = dated("Thực hiện Luật Đất đai năm 2019. Theo Luật Đất đai.", "2025-06-01").citations
    assert (wrong.state, bare.target) == ("ambiguous", LAND_2024)
    numbered, day = dated("Thực hiện Luật Đất đai số 31/2024/QH15. Theo Luật Đất đai ngày 19/01/2024.", "2025-06-01").citations
    assert (numbered.target, day.target, day.candidates) == (LAND_2024, None, (LAND_2024,))


def test_what_is_open_is_said_once() -> None:
    document = parse_text("Theo Luật Đất đai. Theo Luật Đất đai. Theo Luật Nhà ở.")
    assert [f.code for f in document.findings if f.code.startswith("citation")] == ["citation.ambiguous"] * 2


def test_a_basis_that_has_ended() -> None:
    assert codes(dated("Căn cứ Luật Đất đai số 45/2013/QH13;\n\nI. NHIỆM VỤ", "2025-06-01")) == ["register.ended"]
    assert codes(dated("Căn cứ Luật Đất đai số 45/2013/QH13;\n\nI. NHIỆM VỤ", "2024-06-01")) == []
    assert codes(dated("I. NHIỆM VỤ\n\n1. Tổng kết Luật Đất đai số 45/2013/QH13.", "2025-06-01")) == []


# --- bodies in their time ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "issuer", "found"),
    [
        (
            "Quyết định số 10/QĐ-UBND ngày 05/3/2024 của Ủy ban nhân dân tỉnh Bình Phước",
            "Ủy ban nhân dân tỉnh Bình Phước",
            [],
        ),
        (
            "Quyết định số 10/QĐ-UBND ngày 05/8/2025 của Ủy ban nhân dân tỉnh Bình Phước",
            "Ủy ban nhân dân tỉnh Bình Phước",
            ["issuer.ended"],
        ),
        ("Thông tư số 05/2024/TT-BKHĐT ngày 10/5/2024", "Bộ Kế hoạch và Đầu tư", []),
        ("Thông tư số 05/2025/TT-BKHĐT ngày 10/5/2025", "Bộ Kế hoạch và Đầu tư", ["issuer.ended"]),
        ("Thông tư số 05/2026/TT-BKHĐT", "Bộ Kế hoạch và Đầu tư", ["issuer.ended"]),
        ("Thông tư số 05/2025/TT-BKHĐT", "Bộ Kế hoạch và Đầu tư", []),  # of which month it is, is not said
        (
            "Quyết định số 9/QĐ-BKHĐT ngày 10/5/2025 của Bộ trưởng Bộ Kế hoạch và Đầu tư",
            "Bộ trưởng Bộ Kế hoạch và Đầu tư",
            ["issuer.ended"],
        ),
        (
            "Thông tư liên tịch số 05/2025/TTLT-BTC-BGTVT ngày 10/5/2025",
            "Bộ Tài chính và Bộ Giao thông vận tải",
            ["issuer.ended"],
        ),
        ("Thông tư số 05/2024/TT-BNNMT ngày 10/5/2024", "Bộ Nông nghiệp và Môi trường", ["issuer.not-yet"]),
        ("Quyết định số 7/QĐ-UBND ngày 05/8/2025 của Ủy ban nhân dân huyện Đạ Tẻh", "Ủy ban nhân dân huyện Đạ Tẻh", ["issuer.ended"]),
        ("Quyết định số 7/QĐ-UBND ngày 05/8/2025 của Ủy ban nhân dân xã Đạ Tẻh", "Ủy ban nhân dân xã Đạ Tẻh", []),
        ("Quyết định số 7/QĐ-UBND ngày 05/8/2026 của Ủy ban nhân dân thành phố Đồng Nai", "Ủy ban nhân dân thành phố Đồng Nai", []),
        ("Quyết định số 7/QĐ-UBND ngày 05/8/2025 của Ủy ban nhân dân tỉnh Đồng Nai", "Ủy ban nhân dân tỉnh Đồng Nai", []),
        ("Quyết định số 7/QĐ-UBND ngày 05/8/2026 của Ủy ban nhân dân tỉnh Đồng Nai", "Ủy ban nhân dân tỉnh Đồng Nai", ["issuer.ended"]),
    ],
)  # fmt: skip
def test_a_body_stays_what_it_was_when_it_is_cited(text: str, issuer: str, found: list[str]) -> None:
    document = dated(f"Thực hiện {text}.", "2026-09-01")
    assert [c.issuer for c in document.citations] == [issuer]
    assert codes(document) == found


# --- loading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "number,type,date,title\n01/2030/QH17,Luật,2030-01-02,Luật Trí tuệ\n",
        "số hiệu;loại văn bản;ngày ban hành;tên văn bản\n01/2030/QH17;Luật;02/01/2030;Luật Trí tuệ\n",
        '# mine\ntitle\tdate\ttype\tnumber\textra\n"Luật Trí tuệ"\t2/1/2030\tLuật\t01/2030/QH17\tx\n'.replace('"', ""),
        "\ufeffNumber,Type,Date,Title\r\n01/2030/QH17,Luật,2030-01-02,Luật Trí tuệ\r\n",
    ],
)
def test_a_register_of_your_own(tmp_path: Path, text: str) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(text.encode())
    register = Register.load(file)
    (entry,) = register
    assert (entry.number, entry.type, entry.issuer, entry.date, entry.title) == (
        "01/2030/QH17",
        "Luật",
        "Quốc hội",
        "2030-01-02",
        "Luật Trí tuệ",
    )
    assert entry.id == "/akn/vn/act/luat/quoc-hoi/2030/01-qh17"
    assert [c.target for c in dated("Thực hiện Luật Trí tuệ.", "2030-02-01", register).citations] == [entry.id]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", "", "holds no line"),
        ("number,title\n1/2030/QH17,x\n", ":1", "no column type, date"),
        ("number,type,date\n1/2030/QH17,Luật,2030-13-01\n", ":2", "is no day"),
        ("number,type,date\n\n# x\n1/2030/QH17,,2030-01-01\n", ":4", "no type"),
        ("number,type,date\n,Luật,2030-01-01\n", ":2", "neither number nor title"),
        ("number,type,date\n1/2030/QH17,Luật,\n", ":2", "no date"),
        ("number,type,date\nmột,Luật,2030-01-01\n", ":2", "no number of an instrument"),
        ("number,type,date,until\n1/2030/QH17,Luật,2030-01-01,2029-01-01\n", ":2", "before it begins"),
        ("number,type,date\n1/2030/QH17,Luật,2030-01-01\n01/2030/QH17,Luật,2030-01-01\n", ":3", "line 2 already"),
    ],
)
def test_what_is_wrong_names_the_line_and_the_remedy(tmp_path: Path, text: str, line: str, words: str) -> None:
    file = tmp_path / "register.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError) as error:
        Register.load(file)
    assert error.value.name == f"{file}{line}"
    assert words in error.value.problem
    assert error.value.remedy


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="cannot be read"):
        Register.load(tmp_path / "none.csv")
    (tmp_path / "utf16.csv").write_bytes("number,type,date\n".encode("utf-16"))
    with pytest.raises(RegisterError, match="not UTF-8"):
        Register.load(tmp_path / "utf16.csv")


def test_two_registers_in_one(tmp_path: Path) -> None:
    file = tmp_path / "more.csv"
    file.write_text(
        "number,type,date,title,until\n31/2024/QH15,Luật,2024-01-18,Luật Đất đai,2029-12-31\n01/2030/QH17,Luật,2030-01-01,Luật Đất đai,\n",
        "utf-8",
    )
    both = Register.packaged().joined(Register.load(file))
    assert len(both) == len(Register.packaged()) + 1
    assert [e.number for e in both.find(name="Luật Đất đai", on="2029-06-01")] == ["31/2024/QH15"]
    assert dated("Thực hiện Luật Đất đai.", "2031-06-01", both).citations[0].target == "/akn/vn/act/luat/quoc-hoi/2030/01-qh17"


def test_a_document_of_which_only_the_year_is_known() -> None:
    for date in ("31/07/2024", "2024-02-30", "24", "2024-1-1", "２０２４", ""):
        with pytest.raises(ValueError, match="is no date"):
            cite("Luật Đất đai", date=date)
    for date, target in (("2023", LAND_2013), ("2024-03", LAND_2013), ("2025", LAND_2024), ("2024", None)):
        (law,) = cite("Luật Đất đai", date=date).citations
        assert law.target == target
    found = cite("Căn cứ Luật Đất đai số 45/2013/QH13;", date="2025").findings
    assert [f.code for f in found] == ["register.ended"]
    assert cite("Căn cứ Luật Đất đai số 45/2013/QH13;", date="2024").findings == ()


def test_a_name_and_a_year_that_two_laws_have() -> None:
    first, second = "/akn/vn/act/luat/quoc-hoi/2025/65-qh15", "/akn/vn/act/luat/quoc-hoi/2025/72-qh15"
    text = "Luật Tổ chức chính quyền địa phương năm 2025"
    (law,) = cite(text).citations
    assert (law.state, law.target, law.candidates) == ("ambiguous", None, (first, second))
    assert [cite(text, date=date).citations[0].target for date in ("2025-04-01", "2025-08-01")] == [first, second]
    numbered, later = cite(f"Luật Tổ chức chính quyền địa phương số 72/2025/QH15; {text}").citations
    assert numbered.target == later.target == second


def test_empty_rows_of_a_spreadsheet_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text("number,type,date\n,,\n1/2030/QH17,Luật,2030-01-01\n ,,\n", encoding="utf-8")
    assert [entry.number for entry in Register.load(file).numbered("1/2030/qh17")] == ["1/2030/QH17"]

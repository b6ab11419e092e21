"""Citations as a law librarian reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from vanban.parser import parse_text
from vanban.parser.citing import citations, doubts, identity
from vanban.parser.model import Citation, Instrument
from vanban.parser.register import Register

TN = Instrument(type="Nghị quyết", number="94/NQ-HĐND", date="2023-12-08", issuer="Hội đồng nhân dân tỉnh Thái Nguyên", place="Thái Nguyên")


def read(text: str, instrument: Instrument | None = None) -> list[Citation]:
    return list(citations.find(text, (), instrument) if instrument else citations.find_in_text(text))


def brief(text: str, instrument: Instrument | None = None) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(c.type, c.number or c.name, c.date, c.issuer) for c in read(text, instrument)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Nghị quyết số 19-NQ/TW ngày 16 tháng 6 năm 2023 của Ban Chấp hành Trung ương về nông nghiệp",
            [("Nghị quyết", "19-NQ/TW", "2023-06-16", "Ban Chấp hành Trung ương Đảng")],
        ),
        ("Nghị quyết 19-NQ/TW", [("Nghị quyết", "19-NQ/TW", None, None)]),
        ("NGHỊ QUYẾT SỐ 40/NQ-CP NGÀY 11 THÁNG 12 NĂM 2024", [("Nghị quyết", "40/NQ-CP", "2024-12-11", "Chính phủ")]),
        ("Nghị quyết số\n163/2024/QH15 ngày 27/11/2024 của Quốc hội", [("Nghị quyết", "163/2024/QH15", "2024-11-27", "Quốc hội")]),
        ("Kết luận số 132- KL/TW", [("Kết luận", "132-KL/TW", None, None)]),
        ("Nghị quyết số 117/NQ – CP ngày 30.7.2023", [("Nghị quyết", "117/NQ-CP", "2023-07-30", "Chính phủ")]),
        ("Nghị định số 06/2022/NÐ-CP", [("Nghị định", "06/2022/NĐ-CP", None, "Chính phủ")]),
        ("Nghị quyết số 66.7/2025/NQ-CP", [("Nghị quyết", "66.7/2025/NQ-CP", None, "Chính phủ")]),
        ("công văn số 1029/BCT-CNNg, ngày 6/11/2008 của Bộ Công Thương", [("Công văn", "1029/BCT-CNNg", "2008-11-06", "Bộ Công Thương")]),
        ("Thông tư số 33-TT/LB", [("Thông tư", "33-TT/LB", None, None)]),
        ("Nghị quyết số 12-NQ/TU (ngày 01/02/2023) của", [("Nghị quyết", "12-NQ/TU", "2023-02-01", None)]),
        ("Nghị quyết số 12-NQ/TU (2 lần)", [("Nghị quyết", "12-NQ/TU", None, None)]),
        ("Thông tư số 94 TT/LB", [("Thông tư", "94 TT/LB", None, None)]),
        ("Nghị định số 127/2018/nđ-cp", [("Nghị định", "127/2018/nđ-cp", None, "Chính phủ")]),
        ("Luật 64/2025", [("Luật", "64/2025", None, None)]),
        ("Quyết định số 191 ngày 5/6/1960", [("Quyết định", "191", "1960-06-05", None)]),
        ("theo QĐ số 12/2001/QĐ-BTC", [("Quyết định", "12/2001/QĐ-BTC", None, "Bộ Tài chính")]),
        ("Xét báo cáo của Ủy ban nhân dân tỉnh Phú Yên số 218/BC-UBND, ngày 08/12/2016", [
            ("Báo cáo", "218/BC-UBND", "2016-12-08", "Ủy ban nhân dân tỉnh Phú Yên")]),
        ("Kết luận liên\nngành Tư pháp Trung ương số 23/KL-LNTPTW ngày 21/11/2024 giữa Bộ Công an", [
            ("Kết luận", "23/KL-LNTPTW", "2024-11-21", None)]),
        ("quan điểm của Bộ Chính trị tại Kết luận số 132-KL/TW", [("Kết luận", "132-KL/TW", None, "Bộ Chính trị")]),
        ("Hiến pháp nước Cộng hoà xã hội chủ nghĩa Việt Nam năm 2013", [
            ("Hiến pháp", "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam", "2013", None)]),
        ("Hiến pháp năm 1992", [("Hiến pháp", "Hiến pháp", "1992", None)]),
        ("Báo cáo số 187/BC-UBND ngày 30 tháng11 năm 2011", [("Báo cáo", "187/BC-UBND", "2011-11-30", None)]),
        ("Điều 266 Bộ luật Tố tụng dân sự sửa đổi, bổ sung năm 2011", [("Bộ luật", "Bộ luật Tố tụng dân sự", "2011", None)]),
        ("Thông tư liên tịch số 24/2015/TTLT-BYT-BGTVT ngày 21/8/2015 của Bộ Y tế và Bộ Giao thông vận tải", [
            ("Thông tư liên tịch", "24/2015/TTLT-BYT-BGTVT", "2015-08-21", "Bộ Y tế và Bộ Giao thông vận tải")]),
    ],
)  # fmt: skip
def test_one(text: str, found: list[tuple[str | None, str | None, str | None, str | None]]) -> None:
    assert brief(text) == found


def test_a_list_shares_type_date_and_issuer() -> None:
    found = brief("các Nghị quyết số 18-NQ/TW, số 19-NQ/TW và 20-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII")
    assert found == [("Nghị quyết", n, "2017-10-25", "Ban Chấp hành Trung ương Đảng") for n in ("18-NQ/TW", "19-NQ/TW", "20-NQ/TW")]


def test_two_of_their_own_share_nothing() -> None:
    found = brief("Nghị quyết số 163/2024/QH15, Nghị quyết số 50/NQ-CP ngày 13/3/2025 của Chính phủ")
    assert found == [("Nghị quyết", "163/2024/QH15", None, "Quốc hội"), ("Nghị quyết", "50/NQ-CP", "2025-03-13", "Chính phủ")]


@pytest.mark.parametrize(
    ("text", "name", "number", "date"),
    [
        ("Luật Đất đai năm 2024", "Luật Đất đai", None, "2024"),
        ("Luật Đất đai 2024", "Luật Đất đai", None, "2024"),
        ("LUẬT ĐẤT ĐAI NĂM 2024", "Luật Đất đai", None, "2024"),
        ("Luật Đầu tư công (2019) và", "Luật Đầu tư công", None, "2019"),
        ("Luật Đất đai năm 2013 số 45/2013/QH13", "Luật Đất đai", "45/2013/QH13", "2013"),
        ("Luật Trật tự,\nan toàn giao thông đường bộ số 36/2024/QH15;", "Luật Trật tự, an toàn giao thông đường bộ", "36/2024/QH15", None),
        (
            "Luật sửa đổi, bổ sung một số điều của 15 Luật trong lĩnh vực nông nghiệp và môi trường);",
            "Luật sửa đổi, bổ sung một số điều của 15 Luật trong lĩnh vực nông nghiệp và môi trường",
            None,
            None,
        ),
        ("Luật phòng, chống ma túy, các văn bản", "Luật phòng, chống ma túy", None, None),
        ("Luật Phòng, chống ma túy (sửa đổi) được Quốc hội thông qua", "Luật Phòng, chống ma túy (sửa đổi)", None, None),
        ("Bộ luật Dân sự", "Bộ luật Dân sự", None, None),
        ("Luật Một tên mới, chưa từng có số 12/2031/QH17", "Luật Một tên mới, chưa từng có", "12/2031/QH17", None),
        (
            "Luật Sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 /11/2019;",
            "Luật Sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương",
            None,
            "2019-11-22",
        ),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Đấu thầu, Luật Hải quan, Luật Thuế xuất khẩu, thuế nhập khẩu số 90/2025/QH15;",
            "Luật sửa đổi, bổ sung một số điều của Luật Đấu thầu, Luật Hải quan, Luật Thuế xuất khẩu, thuế nhập khẩu",
            "90/2025/QH15",
            None,
        ),
    ],
)
def test_law_by_name_is_one(text: str, name: str, number: str | None, date: str | None) -> None:
    found = read(text)
    assert [(c.name, c.number, c.date) for c in found] == [(name, number, date)]
    assert found[0].issuer == ("Quốc hội" if number else None)


def test_a_law_in_the_title_of_another_is_no_citation() -> None:
    text = "Nghị định số 08/2022/NĐ-CP ngày 10/01/2022 của Chính phủ quy định chi tiết một số điều của Luật Bảo vệ môi trường"
    assert [c.number for c in read(text)] == ["08/2022/NĐ-CP"]


def test_an_instrument_with_a_number_in_the_title_of_another_is_one() -> None:
    text = "Kết luận số 76-KL/TW ngày 04/6/2020 của Bộ Chính trị về việc tiếp tục thực hiện Nghị quyết số 33-NQ/TW ngày 09/6/2014"
    assert [c.number for c in read(text)] == ["76-KL/TW", "33-NQ/TW"]


def test_the_date_after_a_title_belongs_to_the_title() -> None:
    text = (
        "(Điều 15 Thông tư số 156/2014/TT-BTC Sửa đổi Thông tư số 135/2008/TT-BTC ngày 31 tháng 12 năm 2008 của Bộ Tài chính "
        "hướng dẫn Nghị định số 69/2008/NĐ-CP về môi trường ngày 23/10/2014 của Bộ Tài chính, có hiệu lực)"
    )
    assert [(c.number, c.date) for c in read(text)] == [
        ("156/2014/TT-BTC", "2014-10-23"),
        ("135/2008/TT-BTC", "2008-12-31"),
        ("69/2008/NĐ-CP", None),
    ]
    assert read(text)[0].provision == "Điều 15"


@pytest.mark.parametrize(
    ("text", "provision"),
    [
        ("điểm a khoản 2 Điều 28 Luật Thủ đô số 39/2024/QH15", "Điều 28/2/a"),
        ("khoản 2 Điều 72 và điểm d khoản 2 Điều 73 của Luật Địa chất và khoáng sản", "Điều 72/2; Điều 73/2/d"),
        ("từ Điều 5 đến Điều 7 Nghị định số 12/2020/NĐ-CP", "Điều 5; Điều 6; Điều 7"),
        ("khoản 1, 2 Điều 3 và Điều 7 Nghị định số 12/2020/NĐ-CP", "Điều 3/1; Điều 3/2; Điều 7"),
        ("các điểm a đến d khoản 2 Điều 3 Nghị định số 12/2020/NĐ-CP", "Điều 3/2/a; Điều 3/2/b; Điều 3/2/c; Điều 3/2/d"),
        ("điểm b khoản 2, điểm c khoản 3 Điều 23 của Nghị định số 12/2020/NĐ-CP", "Điều 23/2/b; Điều 23/3/c"),
        ("Phụ lục IV ban hành kèm theo Nghị quyết số 106/2023/QH15", "Phụ lục IV"),
        ("điểm b khoản 4 Mục II Nghị quyết số 347/NQ-CP", "Mục II/4/b"),
        ("khoản 3 Điều 28; khoản 6 Điều 84 Luật Thi đua, khen thưởng", "Điều 28/3; Điều 84/6"),
        ("điểm a, khoản 1, Điều 5, Nghị định số 12/2020/NĐ-CP", "Điều 5/1/a"),
        ("Mẫu số 08, Nghị định số 152/2025/NĐ-CP", "Mẫu số 08"),
        ("khoản 1 Điều này và Nghị định số 12/2020/NĐ-CP", ""),
        ("thời điểm 2025 Nghị định số 12/2020/NĐ-CP", ""),
    ],
)
def test_provisions(text: str, provision: str) -> None:
    assert [c.provision for c in read(text)] == [provision]


def test_short_forms_stand_for_the_full_one() -> None:
    text = (
        "Nghị quyết số 347/NQ-CP ngày 24 tháng 10 năm 2025 của Chính phủ (sau đây gọi tắt là Nghị quyết 347). "
        "Các địa phương đã được hỗ trợ tại Nghị quyết 347. Kế hoạch 5 năm. Nghị quyết 999."
    )
    assert [(c.number, c.issuer) for c in read(text)] == [("347/NQ-CP", "Chính phủ")] * 3


def test_the_documents_own_number_is_no_citation_but_anothers_is() -> None:
    text = "Nghị quyết số 94/NQ-HĐND ngày 08/12/2023 và Nghị quyết số 94/NQ-HĐND ngày 10/12/2021 của Hội đồng nhân dân tỉnh"
    assert brief(text, TN) == [("Nghị quyết", "94/NQ-HĐND", "2021-12-10", "Hội đồng nhân dân tỉnh Thái Nguyên")]


def test_short_issuers_are_made_whole_from_the_document() -> None:
    assert brief("Nghị quyết số 10-NQ/TU ngày 21/10/2019 của Ban Chấp hành Đảng bộ tỉnh", TN)[0][3] == "Tỉnh ủy Thái Nguyên"
    assert brief("Quyết định số 5/QĐ-UBND", TN)[0][3] == "Ủy ban nhân dân tỉnh Thái Nguyên"
    assert brief("Quyết định số 5/QĐ-UBND")[0][3] is None


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("Căn cứ Luật A số 1/2020/QH14 được sửa đổi, bổ sung bởi Luật số 2/2021/QH14 và Luật số 3/2022/QH15; Nghị định số 4/2020/NĐ-CP;",
         ["legal_basis", "cites", "cites", "legal_basis"]),
        ("Xét Tờ trình số 164/TTr-UBND ngày 12/11/2023; Báo cáo số 5/BC-UBND;", ["considers", "considers"]),
        ("Tiếp tục triển khai thực hiện Nghị quyết số 18-NQ/TW về tổ chức; Nghị quyết số 19-NQ/TW về đơn vị sự nghiệp.", ["implements"] * 2),
        ("1. Bãi bỏ quy định tại Điều 2 Thông tư số 130/2016/TT-BTC.", ["repeals"]),
        ("Sửa đổi, bổ sung một số điều của Thông tư số 62/2023/TT-BCA", ["amends"]),
        ("Tiếp tục rà soát, sửa đổi, bổ sung, ban hành các quy định, bảo đảm phù hợp với Luật Đất đai", ["cites"]),
        ("bệnh được quy định tại Thông tư số 15/2016/TT-BYT", ["cites"]),
        ("thực hiện nghiêm quy định của Luật Ngân sách nhà nước", ["implements"]),
        ("giao nhiệm vụ thu, chi theo đúng quy định của Luật Ngân sách nhà nước", ["cites"]),
        ("QUY CHẾ\nLàm việc\n(Ban hành kèm theo Quyết định số 5/QĐ-UBND)", ["promulgates"]),
        ("theo Quy chế (ban hành kèm theo Nghị định số 52/1999/NĐ-CP) quy định", ["cites"]),
        ("Nghị quyết này thay thế Nghị quyết số 12/2020/NQ-HĐND.", ["replaces"]),
        ("Đình chỉ việc thi hành Quyết định số 12/QĐ-UBND.", ["suspends"]),
        ("Nghị định này quy định chi tiết một số điều của Luật Đất đai số 31/2024/QH15.", ["details"]),
        ("Đính chính Thông tư số 12/2020/TT-BTC.", ["corrects"]),
        ("Kéo dài thời gian thực hiện Nghị quyết số 12/2020/NQ-HĐND.", ["extends"]),
        ("Bổ sung khoản 10 vào sau khoản 9 Điều 153 của Nghị định số 193/2025/NĐ-CP", ["amends"]),
        ("Bãi bỏ các quy định về đánh giá công chức tại Nghị định số 90/2020/NĐ-CP", ["repeals"]),
        ("thay thế các qui định tại điểm 1.3, mục III, phần B Thông tư số 63/1998/TT-BTC", ["replaces"]),
        ("Nghị quyết số 12/NQ-HĐND bị bãi bỏ bởi Nghị quyết số 13/NQ-HĐND", ["cites", "cites"]),
        ("những vấn đề được Luật Tổ chức Tòa án nhân dân giao", ["cites"]),
        ("thông qua kết quả thực hiện nhiệm vụ năm 2022 tại Báo cáo số 243/BC-UBND", ["cites"]),
        ("đã bám sát Luật Đất đai, Luật Đầu tư", ["cites", "cites"]),
        ("Tiếp tục thực hiện Nghị quyết số 1/NQ-CP. Nghị quyết số 2/NQ-CP được báo cáo sau", ["implements", "cites"]),
        ("Luật Hải quan số 54/2014/QH13 ngày 23 tháng 6 năm 2014 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 01 năm 2015, được sửa đổi, bổ "
         "sung bởi: Luật số 67/2020/QH14;\nCăn cứ Hiến pháp", ["consolidates", "consolidates", "legal_basis"]),
        ("Nghị định này có hiệu lực kể từ ngày ký. Nghị định số 110/2004/NĐ-CP về công tác văn thư và Nghị định số 09/2010/NĐ-CP sửa đổi, bổ "
         "sung một số điều của Nghị định số 110/2004/NĐ-CP hết hiệu lực từ ngày Nghị định này có hiệu lực.", ["repeals", "repeals", "cites"]),
        ("Luật Điện ảnh số 62/2006/QH11 đã được sửa đổi, bổ sung theo Luật số 31/2009/QH12, Luật số 35/2018/QH14 hết hiệu lực kể từ ngày này.",
         ["repeals", "cites", "cites"]),
    ],
)  # fmt: skip
def test_relations(text: str, relations: list[str]) -> None:
    assert [c.relation for c in read(text)] == relations


@pytest.mark.parametrize(
    "text",
    [
        "Điện thoại: 0208.3855.123 - 0912/345-678",
        "tỷ lệ 3/4, biển số 29A-123.45 và 20C-456.78",
        "ngày 01/7/2025, giai đoạn 2021-2025, trực 24/7",
        "123 triệu đồng/người/năm; 60 km/h; 3.500 tỷ đồng",
        "1. Mục tiêu\n2 - Nhiệm vụ\n3/ Giải pháp",
        "Mẫu số: C36- NCL; Sổ S45- NCL",
        "luật pháp, pháp luật, quy định của pháp luật, luật sư",
        "Luật này, các Luật, Nghị quyết của Quốc hội, các nghị quyết, chỉ thị",
        "Bộ Y tế, Bộ luật, Điều 5, Chương II",
        "TCVN 13592:2022 và mã QR, ISO/IEC 27001",
        # A technical standard or regulation is no instrument: the Thông tư that issues it is.
        "Quy chuẩn kỹ thuật quốc gia QCVN 06:2022/BXD; QCVN 01-1:2018/BYT; Tiêu chuẩn quốc gia TCVN 5738:2021",
        "Quyết định số 15/QĐ-THPT của Trường THPT Nguyễn Du; QĐ số 7/QĐ-TrTH ngày 05/9/2023 của Hiệu trưởng",
        "hóa đơn số 12/HĐ-GTGT, tờ bản đồ số 12/TBĐ-2020, Giấy chứng nhận số 123/GCN-UBND, BKS 30E-12345",
        "XÂY DỰNG LUẬT, PHÁP LỆNH\nĐiều 31. Lập chương trình",
        "cộng đồng Dân Luật Việt Nam",
    ],
)
def test_no_citation(text: str) -> None:
    assert read(text) == []


def test_spans_are_as_printed() -> None:
    text = "a\nthực hiện điểm a khoản 2 Điều 28 Luật Thủ đô\nsố 39/2024/QH15; xong"
    (found,) = read(text)
    assert text[found.start : found.end] == found.text == "điểm a khoản 2 Điều 28 Luật Thủ đô\nsố 39/2024/QH15"


def test_mended_numbers_are_findings_and_stay_as_printed() -> None:
    found = identity.resolve(
        read("Luật số 52/2005/QHI1 và Nghị quyết số 19/NQ-TW ngày 25/10/2017 của Ban Chấp hành Trung ương"), Instrument()
    )
    assert [c.number for c in found] == ["52/2005/QHI1", "19/NQ-TW"]
    assert [f.code for f in doubts.of(found)] == ["citation.number-mended"] * 2
    assert found[1].target is not None
    assert found[1].target.endswith("/2017-10-25/19-nq-tw")


@pytest.mark.parametrize(
    "piece",
    ["1/", "Luật ", "Điều 1, ", "1/NQ-HĐND ", "1-A", "Luật sửa đổi, bổ sung ", "Nghị quyết 1 ", "12/A-", "khoản 1 Điều 1 ", "Bộ ", "  \n",
     "(Điều 1 Thông tư số 1/2020/TT-BTC Sửa ", "12/2020/TTLT-A-B của Bộ Y tế và ", "ngày 1 tháng ", "Căn cứ ",
     "Nghị quyết số 1-NQ/TW, ngày 1/1/2020, Hội nghị lần thứ ", "Quyết định số 1/QĐ-UBND được thay thế bằng Quyết ", "ngày 31/2/2022 ", "31/2/",
     "Quyết định số 1/QĐ-UBND ngày 31/2/2022 ", "Luật A (năm 2019) ", "Luật (2019", "Luật Đất đai năm 2019 ", "Luật Đất đai số 45/2024 ",
     "thay thế Quyết định số 1/QĐ-UBND, bãi bỏ ", "Kế hoạch này có hiệu lực, ", "Án lệ số 1/2016/AL ", "1/2016/AL, ", "điểm b.1 khoản 1 ", "điểm b.",
     "bãi bỏ các văn bản sau đây: ", "bãi bỏ " + "điều khoản mục a sau " * 18 + "Quyết định số 1/QĐ-UBND; ", "và ý kiến của a tại Báo cáo số 1/BC-UBND ",
     "sửa đổi " + "“a” " * 90 + "Quyết định số 1/QĐ-UBND; ", "các Quyết định: ", "được sửa đổi theo "],
)  # fmt: skip
def test_hostile_strings_cost_no_more_than_their_length(piece: str) -> None:
    from vanban.parser.citing import references

    text = piece * (60_000 // len(piece))
    found = citations.find_in_text(text)
    own = references.find(text, (), Instrument(), found)
    plan = Instrument(type="Kế hoạch", number="5/KH-UBND", date="2024")
    resolved = identity.resolve(citations.find(text, (), plan), plan, Register.packaged())
    assert len(doubts.of(resolved, plan, Register.packaged())) <= 4 * len(resolved) + 1
    assert all(text[c.start : c.end] == c.text for c in (*found, *own))


def test_gold_of_the_seed(shared: Path) -> None:
    import csv

    document = parse_text((shared / "corpus" / "94-nq-hdnd-2023-thai-nguyen.md").read_text(encoding="utf-8"), name="seed.md")
    with (shared / "gold" / "94-nq-hdnd-2023-thai-nguyen.citations.tsv").open(encoding="utf-8", newline="") as handle:
        gold = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = [c for c in document.citations if c.scope == "external"]
    assert [(c.type, c.number or "", c.date or "", c.issuer or "", c.relation) for c in found] == [
        (row["type"], row["number"], row["date"], row["issuer"], row["relation"]) for row in gold
    ]


AMENDING = """HỘI ĐỒNG NHÂN DÂN
TỈNH THÁI NGUYÊN
Số: 37/2025/NQ-HĐND
Thái Nguyên, ngày 18 tháng 11 năm 2025
NGHỊ QUYẾT
SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA QUY ĐỊNH VỀ HỖ TRỢ BAN HÀNH THEO NGHỊ QUYẾT SỐ 20/2023/NQ-HĐND NGÀY 21 THÁNG 8 NĂM 2023
Căn cứ Luật Đầu tư công số 58/2024/QH15;
Điều 1. Sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo Nghị quyết số 20/2023/NQ-HĐND
1. Sửa đổi, bổ sung khoản 2 Điều 2 như sau:
“2. Các sở, ban, ngành.”
Điều 2. Thay thế, bãi bỏ
1. Thay thế cụm từ “tỉnh” bằng cụm từ “thành phố” tại khoản 1 Điều 1; khoản 1 Điều 2.
2. Bãi bỏ mẫu số 05, mẫu số 06 tại Phụ lục kèm theo Nghị quyết số 20/2023/NQ-HĐND.
3. Bãi bỏ các văn bản sau đây:
a) Nghị quyết số 11/2020/NQ-HĐND sửa đổi Nghị quyết số 12/2019/NQ-HĐND;
b) Nghị quyết số 13/2020/NQ-HĐND.
Điều 3. Hiệu lực
1. Kể từ ngày Nghị quyết này có hiệu lực, Nghị quyết số 14/2020/NQ-HĐND hết hiệu lực thi hành.
2. Ủy ban nhân dân tỉnh thực hiện Nghị quyết này và tuân thủ quy định an toàn trong Phương án số 15/PA-UBND.
"""


def test_an_amending_document_amends_and_repeals() -> None:
    document = parse_text(AMENDING, name="nghi-quyet.txt")
    found = [((c.number or "").split("/")[0], c.relation) for c in document.citations if c.scope == "external"]
    assert found == [
        ("20", "amends"),
        ("58", "legal_basis"),
        ("20", "amends"),
        ("20", "repeals"),
        ("11", "repeals"),
        ("12", "cites"),
        ("13", "repeals"),
        ("14", "repeals"),
        ("15", "cites"),
    ]
    assert [c.text for c in document.citations if c.scope == "internal"] == []


@pytest.mark.parametrize(
    "text",
    ["VĂN BẢN QUY PHẠM PHÁP\nLUẬT CÓ DẤU HIỆU TRÁI LUẬT", "KỶ LUẬT ĐẢNG VIÊN VI PHẠM.", "Hiến pháp này đã được Quốc hội thông qua"],
)
def test_half_a_word_and_the_document_itself_are_no_law(text: str) -> None:
    assert read(text) == []


def test_a_list_of_provisions_is_parted_where_this_document_ends() -> None:
    (law,) = read("Đối tượng tại khoản 2 Điều này và điểm n khoản 1 Điều 2 của Luật Bảo hiểm xã hội đồng thời")
    assert (law.provision, law.text) == ("Điều 2/1/n", "điểm n khoản 1 Điều 2 của Luật Bảo hiểm xã hội")
    (decree,) = read("Mẫu số 04 phụ lục IA ban hành kèm theo Nghị định số 123/2020/NĐ-CP")
    assert decree.provision == "Phụ lục IA/Mẫu số 04"


def test_a_joint_document_has_all_its_bodies() -> None:
    assert brief("Chương trình phối hợp số 03/CTrPH-BCA-BGDĐT ngày 22/01/2024 giữa Bộ Công an, Bộ Giáo dục và Đào tạo về") == [
        ("Chương trình phối hợp", "03/CTrPH-BCA-BGDĐT", "2024-01-22", "Bộ Công an và Bộ Giáo dục và Đào tạo")
    ]
    assert brief("Quy chế phối hợp số 49/QCPH-UBND-UBMT-HCTĐ ngày 24/01/2025 về vận động") == [
        ("Quy chế phối hợp", "49/QCPH-UBND-UBMT-HCTĐ", "2025-01-24", None)
    ]


def test_a_longer_name_of_the_issuer_counts_where_it_is_printed_and_means_the_same_instrument() -> None:
    text = "Quyết định số 204-QĐ/TW ngày 29/11/2024 của Ban Bí thư; "
    short = identity.resolve(read(text, TN), TN)
    both = identity.resolve(read(text + "Ban Bí thư Trung ương Đảng quy định", TN), TN)
    assert (short[0].issuer, both[0].issuer) == ("Ban Bí thư", "Ban Bí thư Trung ương Đảng")
    assert short[0].target == both[0].target


def test_what_is_odd_is_said_once() -> None:
    text = AMENDING.replace("tuân thủ quy định", "Điều 99 Nghị quyết này, khoản 1 Điều 99 Nghị quyết này, Điều 99 Nghị quyết này, quy định")
    document = parse_text(text, name="nghi-quyet.txt")
    codes = [f.code for f in document.findings if f.code.startswith(("citation.", "reference."))]
    assert codes == ["reference.no-node"] * 2


def test_a_plan_changes_no_law() -> None:
    plan = Instrument(type="Kế hoạch", number="5/KH-UBND", date="2024-01-05", issuer="Ủy ban nhân dân tỉnh Thái Nguyên")
    council = Instrument(type="Nghị quyết", number="5/NQ-HĐND", date="2024-01-05", issuer="Hội đồng nhân dân tỉnh Thái Nguyên")
    decree = Instrument(type="Nghị định", number="5/2024/NĐ-CP", date="2024-01-05", issuer="Chính phủ")
    text = "Sửa đổi, bổ sung Nghị định số 88/2012/NĐ-CP; sửa đổi Luật Báo chí năm 2016"
    assert [c.relation for c in read(text, plan)] == ["cites", "cites"]
    assert [c.relation for c in read(text, decree)] == ["amends", "cites"]
    assert [c.relation for c in read("Sửa đổi Luật Báo chí năm 2016", council)] == ["cites"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Quyết định số 145/2002/QĐ.UB ngày 5/6/2002", [("Quyết định", "145/2002/QĐ.UB", "2002-06-05", None)]),
        ("Tờ trình số 177/TTr.STC ngày 15-5-2009", [("Tờ trình", "177/TTr.STC", "2009-05-15", None)]),
        ("Nghị quyết số 12/NQ-CP.UBND tỉnh", [("Nghị quyết", "12/NQ-CP", None, "Chính phủ")]),
        ("Ngày 07-4-2008, Ủy ban nhân dân tỉnh Vĩnh Long ban hành Quyết định số 567/QĐ-UBND về việc phê duyệt", [
            ("Quyết định", "567/QĐ-UBND", None, "Ủy ban nhân dân tỉnh Vĩnh Long")]),
        ("Quyết định số 29/2015/QĐPT-KDTM của Tòa án nhân dân cấp cao tại Thành phố Hồ Chí Minh và", [
            ("Quyết định", "29/2015/QĐPT-KDTM", None, "Tòa án nhân dân cấp cao tại Thành phố Hồ Chí Minh")]),
        ("Báo cáo thẩm tra số 308/BC-UBKTTC ngày 04 tháng 5 năm 2025, Báo cáo thẩm tra bổ sung số 389/BC-UBKTTC15 ngày 17 tháng 5 năm 2025 "
         "của Ủy ban Kinh tế và Tài chính của Quốc hội", [
            ("Báo cáo thẩm tra", "308/BC-UBKTTC", "2025-05-04", "Ủy ban Kinh tế và Tài chính của Quốc hội"),
            ("Báo cáo thẩm tra", "389/BC-UBKTTC15", "2025-05-17", "Ủy ban Kinh tế và Tài chính của Quốc hội")]),
        ("Căn cứ Quy chế hoạt động của Hội đồng nhân dân ngày 02 tháng 4 năm 2005;", [
            ("Quy chế", "Quy chế hoạt động của Hội đồng nhân dân", "2005-04-02", None)]),
        ("Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15.", [
            ("Luật", "31/2024/QH15", None, "Quốc hội")]),
        ("vi phạm Pháp lệnh kế toán và thống kê và chế độ này", [("Pháp lệnh", "Pháp lệnh kế toán và thống kê", None, None)]),
    ],
)  # fmt: skip
def test_more_forms(text: str, found: list[tuple[str | None, str | None, str | None, str | None]]) -> None:
    assert brief(text) == found


def test_each_says_by_which_form_it_was_recognised() -> None:
    text = (
        "các Nghị quyết số 18-NQ/TW, số 19-NQ/TW; Luật Đất đai năm 2024; Luật số 47/2019/QH14; Nghị quyết số 347/NQ-CP ngày 24/10/2025 của "
        "Chính phủ (sau đây gọi tắt là Nghị quyết 347); theo Nghị quyết 347; 10/CT-TTg; Quyết định số 191 ngày 5/6/1960"
    )
    assert [c.rule for c in read(text)] == [
        "number", "listed", "law-name", "law-number", "number", "defined", "short-number", "symbol", "bare-number",
    ]  # fmt: skip


def test_short_forms_that_the_text_defines() -> None:
    text = (
        "Nghị định số 08/2022/NĐ-CP ngày 10/01/2022 của Chính phủ quy định chi tiết (sau đây gọi tắt là Nghị định về môi trường). "
        "Theo Nghị định về môi trường, dự án phải. Nghị định về đất đai thì khác."
    )
    found = read(text)
    assert [(c.number, c.rule) for c in found] == [("08/2022/NĐ-CP", "number"), ("08/2022/NĐ-CP", "defined")]
    assert found[1].date is None
    assert len({c.target for c in identity.resolve(found, Instrument())}) == 1


def test_what_is_named_above() -> None:
    text = "Nghị quyết số 12/NQ-HĐND và Quyết định số 5/QĐ-TTg ngày 5/1/2024. Thực hiện Nghị quyết nêu trên; các Quyết định nói trên."
    assert [(c.number, c.rule) for c in read(text)][2:] == [("12/NQ-HĐND", "anaphora")]
    assert [c.rule for c in read("Nghị quyết số 12/NQ-HĐND đăng tải trên cổng. Nghị quyết trên cổng thông tin")] == ["number"]


def test_the_document_under_its_ministers_office_and_in_a_news_lead_is_no_citation() -> None:
    circular = Instrument(type="Thông tư", number="62/2023/TT-BCA", date="2023-11-14", issuer="Bộ Công an")
    assert read("(Kèm theo Thông tư số 62/2023/TT-BCA ngày 14 tháng 11 năm 2023 của Bộ trưởng Bộ Công an)", circular) == []
    page = parse_text(
        "Chủ tịch Quốc hội vừa ký ban hành Nghị quyết số 196/2025/QH15 của Quốc hội về dự toán. Nghị quyết này được thông qua.\n\nNGHỊ QUYẾT\n\n"
        "Về điều chỉnh dự toán ngân sách nhà nước\n\nQUỐC HỘI\n\nCăn cứ Luật Ngân sách nhà nước số 83/2015/QH13;\n\nQUYẾT NGHỊ:\n\nĐiều 1. Điều chỉnh.\n",
        name="trang.md",
    )
    numbers = [c.number for c in page.citations if c.scope == "external"]
    assert numbers in (["83/2015/QH13"], ["196/2025/QH15", "83/2015/QH13"][1:])


@pytest.mark.parametrize(
    "text",
    ["theo hướng dẫn tại Biểu mẫu số 02/ĐGTĐ-SĐBS Phụ lục III", "theo Mẫu số 05/QĐ-UBND kèm theo", "Mẫu số: C32-H", "tại biểu 03/KH-UBND"],
)
def test_the_number_of_a_form_is_no_instrument(text: str) -> None:
    assert citations.find_in_text(text) == ()


def test_numbers_of_courts_and_of_internal_papers() -> None:
    text = "Bản án hành chính phúc thẩm số 96/2013/HCPT ngày 25-4-2013; Công văn số 2587-CV/VPTW/nb, ngày 25/5/2010 của Văn phòng Trung ương Đảng"
    court, paper = citations.find_in_text(text)
    assert (court.type, court.number, court.date) == ("Bản án", "96/2013/HCPT", "2013-04-25")
    assert (paper.number, paper.date, paper.issuer) == ("2587-CV/VPTW/nb", "2010-05-25", "Văn phòng Trung ương Đảng")


def test_half_a_word_is_no_law() -> None:
    assert citations.find_in_text("kết nối cộng đồng Dân Luật Việt Nam, nhằm") == ()
    assert [c.name for c in citations.find_in_text("của nhân dân; Luật Đất đai")] == ["Luật Đất đai"]


def test_a_number_whose_slash_after_the_year_is_lost() -> None:
    decree, law = citations.find_in_text(
        "một số điều của Nghị định số 127/2007NĐ-CP và Luật Đất đai số 31/2024QH15; ngày 5/2024THÔNG TƯ, 3/2024Ban"
    )
    assert (decree.number, decree.issuer) == ("127/2007NĐ-CP", "Chính phủ")
    assert [c.target for c in identity.resolve((decree, law), Instrument())] == [
        "/akn/vn/act/nghi-đinh/chinh-phu/2007/127-nđ-cp",
        "/akn/vn/act/luat/quoc-hoi/2024/31-qh15",
    ]
    assert [f.code for f in doubts.of((decree,))] == ["citation.number-mended"]


def test_a_long_list_of_provisions_is_read_whole() -> None:
    articles = ", ".join(f"điểm b khoản 1 Điều {number}" for number in range(14, 40))
    (found,) = read(f"quy định tại Điều 12, {articles} và Điều 50 của Luật Đất đai")
    assert found.provision.startswith("Điều 12; Điều 14/1/b; ")
    assert found.provision.endswith("; Điều 39/1/b; Điều 50")


def test_what_is_listed_under_words_that_repeal() -> None:
    document = parse_text(
        AMENDING.replace("3. Bãi bỏ các văn bản sau đây:", "3. Bãi bỏ các văn bản thuộc lĩnh vực y tế trên địa bàn tỉnh, cụ thể như sau:"),
        name="nghi-quyet.txt",
    )
    assert [c.relation for c in document.citations if c.number in {"11/2020/NQ-HĐND", "13/2020/NQ-HĐND"}] == ["repeals", "repeals"]


def told(text: str, instrument: Instrument | None = None) -> list[str]:
    cited = read(text, instrument)
    return [f.code for f in doubts.of(identity.resolve(cited, instrument or Instrument()), instrument)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Quyết định số 45/QĐ-TTg ngày 31/2/2022 của Thủ tướng Chính phủ về việc", "ngày 31/2/2022"),
        ("Quyết định số 45/QĐ-TTg ngày 32/13/2020 của Thủ tướng Chính phủ", "ngày 32/13/2020"),
        ("Nghị định số 12/2022/NĐ-CP ngày 30 tháng 02 năm 2022 của Chính phủ", "ngày 30 tháng 02 năm 2022"),
        ("Nghị quyết số 12-NQ/TU ngày 29-02-2023", "ngày 29-02-2023"),
        ("Nghị quyết số 12-NQ/TU (ngày 01/00/2023)", "ngày 01/00/2023"),
        ("Luật Đất đai ngày 31/11/2013", "ngày 31/11/2013"),
        ("Nghị quyết số 12-NQ/TU tháng 13/2020", "tháng 13/2020"),
        ("Căn cứ Quy chế hoạt động của Hội đồng nhân dân ngày 31 tháng 4 năm 2005;", "ngày 31 tháng 4 năm 2005"),
    ],
)
def test_a_day_that_no_calendar_has_is_cited_as_printed_and_a_finding(text: str, date: str) -> None:
    (cited,) = read(text)
    assert cited.date is None
    assert date in cited.text
    (finding,) = [f for f in doubts.of(identity.resolve([cited], Instrument())) if f.code == "citation.no-such-day"]
    assert date in finding.message
    assert (finding.start, finding.end) == (cited.start, cited.end)


def test_a_day_that_cannot_be_takes_no_other_identity() -> None:
    odd, other = identity.resolve(
        read("Quyết định số 45/QĐ-TTg ngày 31/2/2022 của Thủ tướng Chính phủ; Quyết định số 45/QĐ-TTg ngày 05/01/2021"), Instrument()
    )
    assert (odd.state, other.state) == ("partial", "resolved")
    assert odd.target != other.target
    odd, other = identity.resolve(
        read("Quyết định số 45/QĐ-TTg ngày 31/2/2022 của Thủ tướng Chính phủ; Quyết định số 45/QĐ-TTg ngày 28/02/2022"), Instrument()
    )
    assert (odd.target, odd.state, odd.candidates) == (None, "ambiguous", (other.target,))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Nghị quyết số 202/2025/QH15 ngày 12/6/2025 của Ủy ban Thường vụ Quốc hội", ["issuer.symbol"]),
        ("Nghị định số 12/2020/NĐ-CP của Bộ Tài chính", ["issuer.symbol"]),
        ("Quyết định số 5/QĐ-TTg của Chính phủ", ["issuer.symbol"]),
        ("Công văn số 100/BTC-QLCS của Bộ Xây dựng", ["issuer.symbol"]),
        ("Thông tư liên tịch số 24/2015/TTLT-BYT-BGTVT của Bộ Công an", ["issuer.symbol"]),
        ("Quyết định số 5/QĐ-UBND của Hội đồng nhân dân tỉnh Đồng Nai", ["issuer.symbol"]),
        ("Nghị quyết số 5-NQ/TU của Hội đồng nhân dân tỉnh Đồng Nai", ["issuer.symbol"]),
        ("Nghị quyết số 12-NQ/TW của Chính phủ", ["issuer.symbol"]),
        ("Quyết định số 30/2020/NĐ-CP", ["citation.type"]),
        ("Chương trình hành động số 23-CTr/TU của Tỉnh ủy Tuyên Quang", []),
        ("Nghị quyết số 76-KL/TW của Bộ Chính trị", ["citation.type"]),
        # what is said otherwise, and is the same
        ("Thông tư số 5/2020/TT-BTC của Bộ trưởng Bộ Tài chính", []),
        ("Quyết định số 5/QĐ-BTC của Cục trưởng Cục Thuế", []),
        ("Thông tư số 01/2018/TT-BVHTTDL của Bộ Văn hóa - Thể thao và Du lịch", []),
        ("Thông tư liên tịch số 24/2015/TTLT-BYT-BGTVT của Bộ Y tế", []),
        ("Nghị quyết số 01/2024/NQ-HĐTP của Tòa án nhân dân tối cao", []),
        ("Quyết định số 5/QĐ-UBND của Chủ tịch UBND tỉnh Đồng Nai", []),
        ("Nghị quyết số 5-NQ/TU của Ban Thường vụ Tỉnh ủy Đồng Nai", []),
        ("Thông báo số 45-TB/TU của Ban Thường vụ Thành ủy Hà Nội; Nghị quyết số 5-NQ/TU của Thành ủy Hải Phòng", []),
        ("Nghị quyết số 5-NQ/TU của Ban Chấp hành Đảng bộ thành phố Hải Phòng; Nghị quyết số 3-NQ/ĐU của Đảng ủy Công an tỉnh", []),
        ("Quyết định số 7/QĐ-UB của Ủy ban nhân dân huyện Đại Từ; Nghị quyết số 7/NQ-HĐND của Thường trực Hội đồng nhân dân tỉnh", []),
        ("Quyết định số 999-TC/QĐ-CĐKT ngày 2/11/1996 của Bộ trưởng Bộ Tài chính", []),
        ("Văn bản số 12/NQ-CP của Chính phủ", []),
        ("Lệnh số 13/2024/L-CTN của Chủ tịch nước; Luật số 42-L/CTN; Quy định số 5-QĐ/TU; Thông tri số 5-TT/TW", []),
    ],
)
def test_what_contradicts_the_symbol_is_a_finding_and_kept_as_cited(text: str, codes: list[str]) -> None:
    assert told(text) == codes


def test_what_is_cited_stays_where_it_contradicts_the_symbol() -> None:
    (cited,) = identity.resolve(read("Nghị định số 12/2020/NĐ-CP ngày 05/02/2020 của Bộ Tài chính"), Instrument())
    assert (cited.issuer, cited.target) == ("Bộ Tài chính", "/akn/vn/act/nghi-đinh/chinh-phu/2020/12-nđ-cp")


def of_a_document(kind: str, symbol: str, clause: str) -> list[tuple[str | None, str | None]]:
    text = (
        f"ỦY BAN NHÂN DÂN\nTỈNH GIA LAI\nSố: 12/{symbol}\nGia Lai, ngày 01 tháng 6 năm 2025\n{kind.upper()}\nVề công tác\nĐiều 1. Phạm vi\nCác cơ "
        f"quan thực hiện.\nĐiều 2. Hiệu lực\n{clause}\n"
    )
    return [(c.number, c.relation) for c in parse_text(text, name="van-ban.txt").citations if c.scope == "external"]


def test_the_number_over_a_document_is_no_citation_whatever_type_its_symbol_may_mean() -> None:
    text = (
        "CHỦ TỊCH NƯỚC\nSố: 13/2024/L-CTN\nHà Nội, ngày 11 tháng 7 năm 2024\nLỆNH\nVề việc công bố\nĐiều 1. Công bố\nLệnh này thay thế Lệnh số "
        "12/2023/L-CTN ngày 02/3/2023.\n"
    )
    found = [(c.number, c.relation) for c in parse_text(text, name="lenh.txt").citations if c.scope == "external"]
    assert found == [("12/2023/L-CTN", "replaces")]


ACTS = (
    ("{0} này thay thế {0} số 45/{1} ngày 15/3/2022.", "replaces"),
    ("{0} này có hiệu lực từ ngày ký và thay thế cho {0} số 45/{1} ngày 15/3/2022.", "replaces"),
    ("{0} này bãi bỏ {0} số 45/{1} ngày 15/3/2022.", "repeals"),
    ("{0} này sửa đổi, bổ sung một số nội dung của {0} số 45/{1} ngày 15/3/2022.", "amends"),
    ("{0} số 45/{1} ngày 15/3/2022 được thay thế bằng {0} này.", "replaces"),
    ("{0} số 45/{1} ngày 15/3/2022 hết hiệu lực kể từ ngày {0} này có hiệu lực.", "repeals"),
)


@pytest.mark.parametrize(
    ("kind", "code"),
    [("Quyết định", "QĐ"), ("Nghị quyết", "NQ"), ("Chỉ thị", "CT"), ("Kế hoạch", "KH"), ("Chương trình", "CTr"), ("Đề án", "ĐA"), ("Hướng dẫn", "HD"),
     ("Quy chế", "QC"), ("Quy định", "QyĐ"), ("Kết luận", "KL"), ("Thông báo", "TB"), ("Phương án", "PA"), ("Công văn", "CV"), ("Quy trình", "QTr"),
     ("Thông tư", "TT"), ("Chiến lược", "CL"), ("Báo cáo", "BC"), ("Tờ trình", "TTr")],
)  # fmt: skip
@pytest.mark.parametrize(("clause", "relation"), ACTS)
def test_a_document_of_any_type_changes_one_of_its_own(kind: str, code: str, clause: str, relation: str) -> None:
    assert of_a_document(kind, f"{code}-UBND", clause.format(kind, f"{code}-UBND")) == [(f"45/{code}-UBND", relation)]


@pytest.mark.parametrize(
    ("kind", "clause", "found"),
    [
        ("Quyết định", "Quyết định này thay thế Quyết định số 1/2018/QĐ-UBND ngày 10/5/2018 về việc ban hành Quy định; đồng thời bãi bỏ Quyết định số "
         "2/2019/QĐ-UBND và khoản 2 Điều 3 Quyết định số 3/2020/QĐ-UBND.", ["replaces", "repeals", "repeals"]),
        ("Quyết định", "Quyết định này thay thế Quyết định số 1/2018/QĐ-UBND ngày 10/5/2018 và bãi bỏ Quyết định số 2/2019/QĐ-UBND sửa đổi, bổ sung "
         "Quyết định số 1/2018/QĐ-UBND.", ["replaces", "repeals", "cites"]),
        ("Thông tư", "Thông tư này thay thế Thông tư số 1/2018/TT-BTC, Thông tư số 2/2019/TT-BTC và sửa đổi khoản 1 Điều 2 Thông tư số 3/2020/TT-BTC.",
         ["replaces", "replaces", "amends"]),
        ("Kế hoạch", "Kế hoạch này thay thế Chương trình số 5/CTr-UBND và Quyết định số 7/QĐ-UBND ngày 1/3/2023.", ["replaces", "replaces"]),
        ("Hướng dẫn", "1. Hướng dẫn này có hiệu lực kể từ ngày ký, thay thế Công văn số 45/UBND-NC ngày 3/4/2024.", ["replaces"]),
        # what is only to be done is no act of the plan, and no plan changes a law
        ("Kế hoạch", "Trong quá trình thực hiện Kế hoạch này, rà soát, bãi bỏ Quyết định số 7/QĐ-UBND ngày 1/3/2023.", ["cites"]),
        ("Kế hoạch", "Kế hoạch này sửa đổi Luật Báo chí năm 2016.", ["cites"]),
        ("Quyết định", "Nghị định số 5/2020/NĐ-CP bị bãi bỏ bởi Nghị định số 6/2021/NĐ-CP; thực hiện Quyết định này.", ["cites", "cites"]),
        # the gold has amends, not supplements, for what is put in
        ("Quyết định", "Bổ sung Điều 5a vào sau Điều 5 Quyết định số 7/2023/QĐ-UBND như sau:", ["amends"]),
    ],
)  # fmt: skip
def test_what_a_document_says_it_does(kind: str, clause: str, found: list[str]) -> None:
    code = {"Quyết định": "QĐ-UBND", "Thông tư": "TT-BTC", "Kế hoạch": "KH-UBND", "Hướng dẫn": "HD-UBND"}[kind]
    assert [relation for _, relation in of_a_document(kind, code, clause)] == found


@pytest.mark.parametrize(
    ("own", "found"),
    [
        (Instrument(type="Thông tư", number="131/2025/TT-BCA", issuer="Chính phủ"), ["header.symbol"]),
        (Instrument(type="Quyết định", number="94/NQ-HĐND", issuer="Hội đồng nhân dân tỉnh Thái Nguyên"), ["header.symbol"]),
        (Instrument(type="Nghị quyết", number="94/NQ-HĐND", issuer="Ủy ban nhân dân tỉnh Thái Nguyên"), ["header.symbol"]),
        (Instrument(type="Thông tư", number="131/2025/TT-BCA", issuer="Bộ Công an"), []),
        (TN, []),
        (Instrument(type="Nghị quyết"), []),
    ],
)
def test_a_document_against_its_own_symbol(own: Instrument, found: list[str]) -> None:
    assert [f.code for f in doubts.of((), own)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("khoản 2 Điều 12 BLHS và Điều 5 BLTTHS", [("Bộ luật Hình sự", None, "Điều 12/2"), ("Bộ luật Tố tụng hình sự", None, "Điều 5")]),
        ("Điều 468 BLDS năm 2015", [("Bộ luật Dân sự", "2015", "Điều 468")]),
        ("mã ABLHS, BLHSX", []),
        (
            "Bộ luật Hình sự năm 2015 (sau đây viết tắt là BLHS). Theo Điều 3 BLHS",
            [("Bộ luật Hình sự", "2015", ""), ("Bộ luật Hình sự", None, "Điều 3")],
        ),
        (
            "các Luật Đất đai năm 2024, Nhà ở, thuế thu nhập doanh nghiệp và văn bản khác",
            [("Luật Đất đai", "2024", ""), ("Luật Nhà ở", None, ""), ("Luật Thuế thu nhập doanh nghiệp", None, "")],
        ),
        ("Căn cứ các Luật: Đất đai, Nhà ở;", [("Luật Đất đai", None, ""), ("Luật Nhà ở", None, "")]),
        ("Luật Hải quan, Hải quan tỉnh", [("Luật Hải quan", None, "")]),
        ("các Luật Đất đai, nhà ở của dân", [("Luật Đất đai", None, "")]),
    ],
)
def test_laws_by_initials_and_in_a_list(text: str, found: list[tuple[str, str | None, str]]) -> None:
    assert [(c.name, c.date, c.provision) for c in read(text)] == found


def test_initials_that_the_text_defines() -> None:
    cited = read(
        "Luật Doanh nghiệp số 59/2020/QH14 ngày 17 tháng 6 năm 2020 (sau đây gọi tắt là LDN). Theo khoản 2 Điều 5 LDN. "
        "Luật Đất đai; Ủy ban nhân dân (sau đây gọi tắt là UBND) trình, UBND quyết định."
    )
    assert [(c.number or c.name, c.provision) for c in cited] == [("59/2020/QH14", ""), ("59/2020/QH14", "Điều 5/2"), ("Luật Đất đai", "")]


def test_an_impossible_day_is_shared_by_the_list_before_it() -> None:
    text = (
        "Các Nghị quyết số 12/2024/NQ-HĐND, số 13/2024/NQ-HĐND ngày 31/02/2024 của Hội đồng nhân dân tỉnh Phú Yên; Nghị quyết số 15/NQ-CP"
    )
    assert told(text).count("citation.no-such-day") == 2


@pytest.mark.parametrize(
    "text", ["Luật Bảo hiểm y tế 2014 (sửa đổi)", "Luật Bảo hiểm y tế 2014 (sửa đổi, bổ sung)", "Luật Đất đai (sửa đổi) năm 2024"]
)
def test_a_year_beside_revised_contradicts_no_register(text: str) -> None:
    cited = identity.resolve(read(text), Instrument(), Register.packaged())
    assert [c.state for c in cited] == ["resolved"]
    assert [f.code for f in doubts.of(cited, None, Register.packaged())] == []


def test_the_revised_law_of_a_year_is_the_registers() -> None:
    (cited,) = identity.resolve(read("Luật Đất đai (sửa đổi) năm 2024"), Instrument(), Register.packaged())
    assert cited.target == "/akn/vn/act/luat/quoc-hoi/2024/31-qh15"


def test_the_constitution_that_another_law_is_founded_on() -> None:
    text = (
        "Căn cứ Hiến pháp năm 1992;\n\nLuật Hải quan số 54/2014/QH13 có căn cứ ban hành như sau:\n“Căn cứ Hiến pháp nước Cộng hòa xã hội chủ "
        "nghĩa Việt Nam;”. Theo Hiến pháp."
    )
    cited = identity.resolve(read(text), Instrument(), Register.packaged())
    assert [(c.target or "").split("/")[6][:4] for c in cited if c.type == "Hiến pháp"] == ["1992", "2013", "1992"]


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("Điều chỉnh Quyết định số 12/QĐ-UBND ngày 12/3/2024", "amends"),
        ("Điều chỉnh khoản 1 Điều 1 Quyết định số 12/QĐ-UBND", "amends"),
        ("Phạm vi điều chỉnh của Quyết định số 12/QĐ-UBND", "cites"),
        ("Điều chỉnh quy hoạch được phê duyệt tại Quyết định số 12/QĐ-UBND", "cites"),
        ("Quy hoạch được điều chỉnh tại Quyết định số 12/QĐ-UBND", "cites"),
    ],
)
def test_what_is_adjusted(words: str, relation: str) -> None:
    own = Instrument(type="Quyết định", number="20/QĐ-UBND", date="2025-01-02", issuer="Ủy ban nhân dân tỉnh Phú Yên")
    assert [c.relation for c in read(words, own)] == [relation]


def test_two_days_of_one_number_in_a_year_are_a_finding() -> None:
    first = "Căn cứ Quyết định số 1776/QĐ-TTg ngày 21 tháng 11 năm 2012 của Thủ tướng Chính phủ;"
    assert told(f"{first} theo Quyết định số 1776/QĐ-TTg ngày 21/12/2012 của Thủ tướng Chính phủ") == ["citation.two-days"]
    assert told(f"{first} theo Quyết định số 1776/QĐ-TTg ngày 21/12/2013 của Thủ tướng Chính phủ") == []


def test_a_recital_that_goes_on_the_list_of_the_one_above_it() -> None:
    document = parse_text(
        "NGHỊ QUYẾT\n\nVề việc thông qua đề án\n\nCăn cứ Luật Đất đai;\n\nSau khi xem xét Tờ trình số 77/TTr-UBND ngày 05/7/2017;\n\n"
        "Báo cáo thẩm tra số 11/BC-HĐND ngày 10/7/2017;\n\nQUYẾT NGHỊ:\n\nĐiều 1. Thông qua."
    )
    assert [c.relation for c in document.citations] == ["legal_basis", "considers", "considers"]


def test_the_line_of_the_documents_number_cites_nothing() -> None:
    document = parse_text(
        "UBND TỈNH HÀ TĨNH\nSỞ KẾ HOẠCH VÀ ĐẦU TƯ\nSố: 123/BC-SKHĐT\nHà Tĩnh, ngày 20 tháng 6 năm 2024\n\nBÁO CÁO\nTình hình 6 tháng\n\n"
        "1. Tiếp tục thực hiện Kế hoạch số 85/KH-UBND ngày 14/3/2024.\n"
    )
    assert [citation.number for citation in document.citations] == ["85/KH-UBND"]

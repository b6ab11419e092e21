"""What a document is, read from its header, its effect clause and its signature."""

from __future__ import annotations

from typing import Literal

import pytest

from vanban.parser import parse_text
from vanban.parser.fold import search_form
from vanban.parser.model import Instrument, Signer
from vanban.parser.structure import header

RESOLUTION = """HỘI ĐỒNG NHÂN DÂN
TỈNH LÀO CAI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 12/2024/NQ-HĐND
Lào Cai, ngày 06 tháng 12 năm 2024
NGHỊ QUYẾT
Quy định mức chi cho công tác hòa giải
HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI KHÓA XVI, KỲ HỌP THỨ 21
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
QUYẾT NGHỊ:
Điều 1. Mức chi.
{effect}
Nghị quyết này đã được Hội đồng nhân dân tỉnh Lào Cai khóa XVI, kỳ họp thứ 21 thông qua ngày 05 tháng 12 năm 2024./.
CHỦ TỊCH
Vũ Xuân Cường
"""


def read(effect: str = "Điều 2. Hiệu lực.") -> Instrument:
    return parse_text(RESOLUTION.format(effect=effect)).instrument


def test_every_field_of_a_plain_header() -> None:
    found = read()
    assert (found.type, found.number, found.date, found.place) == ("Nghị quyết", "12/2024/NQ-HĐND", "2024-12-06", "Lào Cai")
    assert (found.issuer, found.title) == ("Hội đồng nhân dân tỉnh Lào Cai", "Quy định mức chi cho công tác hòa giải")
    assert found.session == "HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI KHÓA XVI, KỲ HỌP THỨ 21"
    assert (found.adopted, found.effective) == ("2024-12-05", None)
    assert found.signers == (Signer(name="Vũ Xuân Cường", role="CHỦ TỊCH"),)
    assert found.id is not None


@pytest.mark.parametrize(
    ("effect", "date"),
    [
        ("Điều 2. Nghị quyết này có hiệu lực thi hành từ ngày 16 tháng 12 năm 2024.", "2024-12-16"),
        ("Điều 2. Nghị quyết này có hiệu lực kể từ ngày 16/12/2024.", "2024-12-16"),
        ("Điều 2. Nghị quyết này có hiệu lực kể từ ngày ký ban hành.", "2024-12-06"),
        ("Điều 2. Nghị quyết này có hiệu lực từ ngày thông qua.", "2024-12-05"),
        ("Điều 2. Nghị quyết số 5/2020/NQ-HĐND hết hiệu lực kể từ ngày Nghị quyết này có hiệu lực.", None),
        ("Điều 2. Giấy phép có hiệu lực từ ngày 01 tháng 01 năm 2020 được gia hạn.", None),
    ],
)
def test_effect_clause(effect: str, date: str | None) -> None:
    assert read(effect).effective == date


def test_deputy_who_signs_for_the_chair() -> None:
    text = RESOLUTION.format(effect="").replace(
        "CHỦ TỊCH\nVũ Xuân Cường", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrịnh Xuân Trường"
    )
    (signer,) = parse_text(text).instrument.signers
    assert signer == Signer(name="Trịnh Xuân Trường", role="PHÓ CHỦ TỊCH", authority="TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH")


def test_office_and_name_on_one_line_and_a_rank_before_the_name() -> None:
    text = RESOLUTION.format(effect="")
    assert parse_text(text.replace("CHỦ TỊCH\nVũ", "CHỦ TỊCH     Vũ")).instrument.signers == (
        Signer(name="Vũ Xuân Cường", role="CHỦ TỊCH"),
    )
    assert parse_text(text.replace("CHỦ TỊCH\nVũ", "BỘ TRƯỞNG\nĐại tướng Vũ")).instrument.signers[0].name == "Vũ Xuân Cường"


def test_columns_typed_with_blanks_are_two() -> None:
    text = RESOLUTION.format(effect="").replace(
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH LÀO CAI\n-------\nCỘNG", "HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI        CỘNG"
    )
    assert parse_text(text).instrument.issuer == "Hội đồng nhân dân tỉnh Lào Cai"


def test_a_draft_has_no_number_and_no_date() -> None:
    text = (
        RESOLUTION.format(effect="")
        .replace("12/2024/NQ-HĐND", "      /NQ-HĐND")
        .replace("ngày 06 tháng 12 năm 2024\nNGHỊ", "ngày    tháng    năm 2024\nNGHỊ")
    )
    found = parse_text(text).instrument
    assert (found.number, found.date, found.place) == (None, None, "Lào Cai")


def test_words_of_a_web_page_above_the_header_are_not_the_title() -> None:
    text = "Nghị quyết 12/2024/NQ-HĐND mức chi hòa giải Lào Cai\nĐăng nhập\n" + RESOLUTION.format(effect="")
    assert parse_text(text).instrument.title == "Quy định mức chi cho công tác hòa giải"


def test_title_that_holds_number_and_date() -> None:
    text = "Nghị định của Chính phủ số 115/2003/NĐ-CP ngày 10/10/2003 về chế độ công chức dự bị\nChính phủ\nCăn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;\nNGHỊ ĐỊNH:\nĐiều 1. Phạm vi."
    found = parse_text(text).instrument
    assert (found.type, found.number, found.date, found.title) == ("Nghị định", "115/2003/NĐ-CP", "2003-10-10", "về chế độ công chức dự bị")


@pytest.mark.parametrize(
    ("words", "date"),
    [("ngày 08 tháng 12 năm 2023", "2023-12-08"), ("ngày 18/5/2023", "2023-05-18"), ("ngày    tháng    năm 2023", None), ("ngày 40 tháng 13 năm 2023", None)],
)  # fmt: skip
def test_dates(words: str, date: str | None) -> None:
    assert header.date_in(words) == date


JOINT = """BỘ TÀI CHÍNH - BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 15/2012/TTLT-BTC-BLĐTBXH

Hà Nội, ngày 20 tháng 5 năm 2012

THÔNG TƯ LIÊN TỊCH

Hướng dẫn một số chế độ đối với người dạy nghề lưu động

Căn cứ Luật Dạy nghề ngày 29 tháng 11 năm 2006;

Điều 1. Phạm vi

Thông tư này có hiệu lực sau 15 ngày, kể từ ngày ký.

KT. BỘ TRƯỞNG
BỘ LAO ĐỘNG, THƯƠNG BINH VÀ XÃ HỘI
THỨ TRƯỞNG

Phạm Văn Ba

KT. BỘ TRƯỞNG BỘ TÀI CHÍNH
THỨ TRƯỞNG
Đã ký: Lê Thị Tư
"""


def test_joint_circular_has_each_issuer_and_each_signer() -> None:
    found = parse_text(JOINT).instrument
    assert found.issuers == ("Bộ Tài chính", "Bộ Lao động - Thương binh và Xã hội")
    assert found.title == "Hướng dẫn một số chế độ đối với người dạy nghề lưu động"  # "một số" is no number
    assert found.effective == "2012-06-04"
    assert found.signers == (
        Signer(name="Phạm Văn Ba", role="THỨ TRƯỞNG", authority="KT. BỘ TRƯỞNG BỘ LAO ĐỘNG, THƯƠNG BINH VÀ XÃ HỘI"),
        Signer(name="Lê Thị Tư", role="THỨ TRƯỞNG", authority="KT. BỘ TRƯỞNG BỘ TÀI CHÍNH"),
    )


@pytest.mark.parametrize(
    ("effect", "date"),
    [
        ("Điều 2. Nghị quyết này có hiệu lực thi hành sau 10 (mười) ngày kể từ ngày thông qua.", "2024-12-15"),
        ("Điều 2. Nghị quyết này có hiệu lực sau 15 ngày, kể từ ngày ký ban hành.", "2024-12-21"),
        ("Điều 2. Nghị quyết này có hiệu lực sau 15 ngày kể từ ngày đăng Công báo.", None),
        ("Điều 2. Nghị quyết này có hiệu lực kể từ ngày 01 tháng 7 năm 2025, trừ khoản 2 Điều này.", "2025-07-01"),
    ],
)
def test_effect_some_days_after(effect: str, date: str | None) -> None:
    assert read(effect).effective == date


DISPATCH = """SỞ NỘI VỤ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 123/SNV-CCHC
V/v báo cáo kết quả
năm 2024
Lào Cai, ngày 18 tháng 7 năm 2024

Kính gửi: Các phòng chuyên môn
(theo danh sách)

Sở Nội vụ đề nghị các phòng báo cáo kết quả năm 2024 như sau:

- Nêu rõ việc đã làm.

TL. TỔNG CỤC TRƯỞNG
VỤ TRƯỞNG VỤ TỔ CHỨC CÁN BỘ

Trần Văn Năm
"""


def test_dispatch_has_its_subject_for_a_title() -> None:
    document = parse_text(DISPATCH)
    found = document.instrument
    assert (found.type, found.title, found.date) == ("Công văn", "V/v báo cáo kết quả năm 2024", "2024-07-18")
    assert found.signers == (Signer(name="Trần Văn Năm", role="VỤ TRƯỞNG VỤ TỔ CHỨC CÁN BỘ", authority="TL. TỔNG CỤC TRƯỞNG"),)
    assert [node.text for node in document.nodes if node.role == "addressee"] == ["Kính gửi: Các phòng chuyên môn", "(theo danh sách)"]


def test_number_and_date_in_the_title_of_an_old_text() -> None:
    found = parse_text(
        "CHỈ THỊ\nCỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 9/1999/CT-TTg\nNGÀY 2 THÁNG 6 NĂM 1999 VỀ VIỆC GIỮ RỪNG\n\nThực hiện Nghị quyết của Quốc hội về rừng;\n\n1. Giữ rừng.\n\nThủ tướng Chính phủ\n(Đã ký)\nNguyễn Văn Sáu"
    ).instrument
    assert (found.number, found.date, found.title) == ("9/1999/CT-TTg", "1999-06-02", "VỀ VIỆC GIỮ RỪNG")
    assert found.signers == (Signer(name="Nguyễn Văn Sáu", role="Thủ tướng Chính phủ"),)


def test_party_committee_below_the_one_it_belongs_to() -> None:
    text = "ĐẢNG BỘ TỈNH LÀO CAI\nĐẢNG ỦY PHƯỜNG SA PA\n*\nSố 05-NQ/ĐU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nSa Pa, ngày 12 tháng 8 năm 2025\n\nNGHỊ QUYẾT\nvề nhiệm vụ quý IV\n-----\n\nI- MỤC TIÊU\n\n1. Chung\n\n- Giữ rừng.\n\nNghị quyết này được phổ biến đến chi bộ.\n\nNơi nhận:\n- Tỉnh ủy,\n\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nTrần Văn Bảy"
    document = parse_text(text)
    found = document.instrument
    assert found.issuer is not None and found.issuer.lower() == "đảng ủy phường sa pa"
    assert found.signers == (Signer(name="Trần Văn Bảy", role="PHÓ BÍ THƯ", authority="T/M BAN THƯỜNG VỤ"),)
    section = next(node for node in document.nodes if node.label == "I")
    assert next(node.parent for node in document.nodes if "phổ biến" in node.text) == section.id


def test_header_with_a_bar_between_its_columns() -> None:
    text = "ỦY BAN NHÂN DÂN TỈNH LÀO CAI | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 7/CT-UBND | Lào Cai, ngày 26 tháng 10 năm 2020 |\nCHỈ THỊ\nVỀ GIỮ RỪNG\n\n1. Giữ rừng."
    found = parse_text(text).instrument
    assert (found.issuer, found.place, found.date) == ("Ủy ban nhân dân tỉnh Lào Cai", "Lào Cai", "2020-10-26")


def test_a_header_that_a_converter_set_as_wrapped_lines() -> None:
    text = (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH LÀO CAI\nSố: 12/2024/NQ-HĐND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Lào Cai, ngày 06 tháng 12 năm 2024\n\nNGHỊ QUYẾT\nQuy định mức chi\n\nCăn cứ Luật Ngân sách nhà nước;\n\nQUYẾT NGHỊ:\n\nĐiều 1. Mức chi."
    )
    found = parse_text(text, format="markdown").instrument
    assert (found.number, found.date, found.place) == ("12/2024/NQ-HĐND", "2024-12-06", "Lào Cai")
    assert (found.issuer, found.title) == ("Hội đồng nhân dân tỉnh Lào Cai", "Quy định mức chi")


@pytest.mark.parametrize("first", ["Án lệ số 10/2016/AL", "Án lệ số 10/2016/AL về quyết định hành chính là đối tượng khởi kiện"])
def test_what_a_precedent_quotes_is_not_what_it_is(first: str) -> None:
    text = (
        f"{first}\n\nĐược Hội đồng Thẩm phán Tòa án nhân dân tối cao thông qua ngày 17 tháng 10 năm 2016 và được công bố theo Quyết định số "
        "698/QĐ-CA ngày 17 tháng 10 năm 2016.\n\nNguồn án lệ:\n\nQuyết định giám đốc thẩm số 08/2014/HC-GĐT ngày 19-8-2014 của Hội đồng Thẩm "
        "phán Tòa án nhân dân tối cao về vụ án hành chính.\n\nVị trí nội dung án lệ:\n\n- Tình huống án lệ: …\n"
    )
    found = parse_text(text).instrument
    assert (found.type, found.number) == ("Án lệ", "10/2016/AL")
    assert found.title == (None if first.endswith("AL") else "về quyết định hành chính là đối tượng khởi kiện")


def test_who_sits_and_when_is_no_title() -> None:
    text = RESOLUTION.replace(
        "HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI KHÓA XVI, KỲ HỌP THỨ 21",
        "HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI,\nKHÓA XVI - KỲ HỌP THỨ 21\n(Từ ngày 04 đến 06/12/2024)",
    )
    found = parse_text(text.format(effect="Điều 2. Hiệu lực.")).instrument
    assert found.title == "Quy định mức chi cho công tác hòa giải"
    assert found.session == "KHÓA XVI - KỲ HỌP THỨ 21 (Từ ngày 04 đến 06/12/2024)"
    assert found.issuer == "Hội đồng nhân dân tỉnh Lào Cai"


def test_a_body_misread_by_recognition_is_known_by_its_letters() -> None:
    found = parse_text(
        "Nghị quyết số: 86/2019/QH14\n\nNGHỊ QUYẾT\n\nVề dự toán ngân sách nhà nước năm 2020\n\nQUÓC HỘI\n\nCăn cứ Hiến pháp;\n\n"
        "QUYẾT NGHỊ:\n\nĐiều 1. Tổng số thu.\n\nNghị quyết này được Quốc hội thông qua ngày 12 tháng 11 năm 2019.\n\nea QUOC HOI\n\nJ3\n\nNguyễn Thị Kim Ngân\n"
    ).instrument
    assert (found.title, found.issuer) == ("Về dự toán ngân sách nhà nước năm 2020", "Quốc hội")
    assert found.signers == (Signer(name="Nguyễn Thị Kim Ngân", role=None),)


def test_a_number_told_above_the_header() -> None:
    text = "{} Nghị quyết số 196/2025/QH15 của Quốc hội về {}.\n\nNGHỊ QUYẾT\n\nVề điều chỉnh, bổ sung dự toán ngân sách nhà nước năm 2025\n\nQUỐC HỘI\n\nCăn cứ Hiến pháp;\n\nQUYẾT NGHỊ:\n\nĐiều 1. Bổ sung."
    told = text.format("Chủ tịch Quốc hội vừa ký ban hành", "điều chỉnh, bổ sung dự toán ngân sách nhà nước năm 2025")
    assert parse_text(told).instrument.number == "196/2025/QH15"
    other = text.format("Xem thêm:", "kế hoạch đầu tư công trung hạn giai đoạn 2021 - 2025")
    assert parse_text(other).instrument.number is None


def test_many_numbers_above_the_header_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands above was folded anew behind every number: 40 seconds for 200 kB (found by fuzzing)."""
    folded = 0

    def counted(words: str) -> str:
        nonlocal folded
        folded += len(words)
        return search_form(words)

    monkeypatch.setattr("vanban.parser.structure.header.search_form", counted)
    above = "; ".join(f"Nghị quyết số {k}/2025/QH15 của Quốc hội về kế hoạch đầu tư công trung hạn" for k in range(300))
    title = "điều chỉnh, bổ sung dự toán ngân sách nhà nước năm 2025"
    text = f"{above}.\n\nNGHỊ QUYẾT\n\nVề {title}\n\nQUỐC HỘI\n\nCăn cứ Hiến pháp;\n\nQUYẾT NGHỊ:\n\nĐiều 1. Bổ sung."
    assert parse_text(text).instrument.number is None
    assert len(above) < folded < 4 * len(text)


def test_a_stamp_read_among_the_title_is_none_of_it() -> None:
    text = "Số: 47/NQ-CP\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nNGHỊ QUYẾT\n\nBan hành Chương trình hành động về\n\nCÔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ\n\nGiờ..........S ĐẾN Ngày..16-4.2024....\n\nthông tin đối ngoại\n\nCHÍNH PHỦ\n\nCăn cứ Luật A;\n\nQUYẾT NGHỊ:\n\nĐiều 1. Một."
    assert parse_text(text, format="plain").instrument.title == "Ban hành Chương trình hành động về thông tin đối ngoại"


@pytest.mark.parametrize("marking", ["DỰ THẢO", "Dự thảo lần 2", "(DỰ THẢO)", "HỎA TỐC", "MẬT"])
def test_a_marking_is_no_issuer(marking: str) -> None:
    text = f"ỦY BAN NHÂN DÂN\nTỈNH BẾN TRE\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố:      /QĐ-UBND\nBến Tre, ngày   tháng   năm 2022\n{marking}\nQUYẾT ĐỊNH\nVề quy chế\nCăn cứ Luật A;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành."
    found = parse_text(text, format="plain").instrument
    assert (found.issuer, found.title, found.number) == ("Ủy ban nhân dân tỉnh Bến Tre", "Về quy chế", None)


def test_a_council_of_ministers_signs_whole() -> None:
    text = "Số: 143-HĐBT\nQUYẾT ĐỊNH\nVề kinh tế\nCăn cứ Luật A;\nQUYẾT ĐỊNH:\nĐiều 1. Giao.\nT.M. HỘI ĐỒNG BỘ TRƯỞNG\nK/T. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nVõ Văn Kiệt"
    assert parse_text(text, format="plain").instrument.signers == (
        Signer(name="Võ Văn Kiệt", role="PHÓ CHỦ TỊCH", authority="T.M. HỘI ĐỒNG BỘ TRƯỞNG K/T. CHỦ TỊCH"),
    )


def test_a_flattened_header_and_signature() -> None:
    """A converter set whole cells as lines: the place stands behind the number, the signer behind his office."""
    text = "**CHÍNH PHỦ** **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n\nSố: 45/2022/NĐ-CP *Hà Nội, ngày 07 tháng 7 năm 2022*\n\n**NGHỊ ĐỊNH**\n\n**Về phạt**\n\n*Căn cứ Luật A;*\n\n**Điều 1. Thi hành**\n\nCác Bộ trưởng./.\n\n| ***Nơi nhận:*** - Lưu: VT. | **TM. CHÍNH PHỦ** **KT. THỦ TƯỚNG** **PHÓ THỦ TƯỚNG** **Lê Văn Thành** |\n|---|---|\n"
    found = parse_text(text, format="markdown").instrument
    assert (found.number, found.place, found.date) == ("45/2022/NĐ-CP", "Hà Nội", "2022-07-07")
    assert found.signers == (Signer(name="Lê Văn Thành", role="PHÓ THỦ TƯỚNG", authority="TM. CHÍNH PHỦ KT. THỦ TƯỚNG"),)


def test_two_offices_of_one_who_is_signed_for() -> None:
    text = "Số: 285/TB-VPCP\nTHÔNG BÁO\nVề A\nI. Một\nNơi nhận:\n- Lưu: VT.\nKT. BỘ TRƯỞNG, CHỦ NHIỆM\nPHÓ CHỦ NHIỆM\nMai Thị Thu Vân"
    assert parse_text(text, format="plain").instrument.signers == (
        Signer(name="Mai Thị Thu Vân", role="PHÓ CHỦ NHIỆM", authority="KT. BỘ TRƯỞNG, CHỦ NHIỆM"),
    )


@pytest.mark.parametrize(
    "enactor", ["CHỦ TỊCH\nNƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CHỦ TỊCH NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
)
def test_the_president_who_enacts_is_no_title(enactor: str) -> None:
    found = parse_text(
        f"Số: 09/2020/L-CTN\nLỆNH\nVề việc công bố Luật\n{enactor}\nCăn cứ Hiến pháp;\nNAY CÔNG BỐ\nLuật Đầu tư", format="plain"
    ).instrument
    assert (found.type, found.title) == ("Lệnh", "Về việc công bố Luật")


def test_a_body_in_capitals_does_not_go_on_in_the_title() -> None:
    found = parse_text(
        "Số 12-NQ/TW\nĐẢNG CỘNG SẢN VIỆT NAM\nNGHỊ QUYẾT\nCỦA BỘ CHÍNH TRỊ\nvề xây dựng lực lượng\nI. TÌNH HÌNH\n1. Một.", format="plain"
    ).instrument
    assert found.title == "về xây dựng lực lượng"


def test_signers_side_by_side() -> None:
    """Typed in two columns, or read from a scan row by row: each keeps his own body, office and name."""
    two = "TM. BAN THƯỜNG TRỰC                    TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH                               KT. CHỦ TỊCH\n                                       PHÓ CHỦ TỊCH\n\nNguyễn Văn Bình                        Trần Thị Hà\n"
    head = "Số: 5/QC-A-B\nQUY CHẾ PHỐI HỢP\nVề việc giữ rừng\nCăn cứ Luật A;\nĐiều 1. Giữ rừng./.\n"
    assert parse_text(head + two, format="plain").instrument.signers == (
        Signer(name="Nguyễn Văn Bình", role="CHỦ TỊCH", authority="TM. BAN THƯỜNG TRỰC"),
        Signer(name="Trần Thị Hà", role="PHÓ CHỦ TỊCH", authority="TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"),
    )
    rows = "KT. BỘ TRƯỞNG\n\nKT. BỘ TRƯỞNG\n\nBỘ Y TẾ\n\nBỘ TÀI CHÍNH\n\nTHỨ TRƯỞNG\n\nTHỨ TRƯỞNG\n\n(Đã ký)\n\n(Đã ký)\n\nNguyễn Văn Bình\n\nTrần Thị Hà\n"
    assert parse_text(head + rows, format="plain").instrument.signers == (
        Signer(name="Nguyễn Văn Bình", role="THỨ TRƯỞNG", authority="KT. BỘ TRƯỞNG BỘ Y TẾ"),
        Signer(name="Trần Thị Hà", role="THỨ TRƯỞNG", authority="KT. BỘ TRƯỞNG BỘ TÀI CHÍNH"),
    )


def test_a_line_of_zero_width_characters_says_nothing() -> None:
    text = "Số: 5/QĐ-A\nQUYẾT ĐỊNH\n\u200b\u200b\nVề A\n\u200b\u200b\nCăn cứ Luật A;\nĐiều 1. Một.\n\u200b\u200b\nCHỦ TỊCH\n\u200b\u200b\n\u200b\u200b\nTrần Văn An"
    assert [signer.name for signer in parse_text(text, format="plain").instrument.signers] == ["Trần Văn An"]


CONSOLIDATED = """VĂN PHÒNG QUỐC HỘI
Số: 12/VBHN-VPQH

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 09 tháng 7 năm 2020

LUẬT
ĐÊ ĐIỀU

Luật Đê điều số 79/2006/QH11 ngày 29 tháng 11 năm 2006 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 7 năm 2007, được sửa đổi, bổ sung bởi:
Luật số 60/2020/QH14 ngày 17 tháng 6 năm 2020 của Quốc hội sửa đổi, bổ sung một số điều của Luật Phòng, chống thiên tai và Luật Đê điều.

Căn cứ Hiến pháp;
Quốc hội ban hành Luật Đê điều.

Điều 1. Phạm vi điều chỉnh
Luật này quy định về đê điều.
"""


def test_a_consolidated_text_is_a_work_of_its_own() -> None:
    whole = parse_text(CONSOLIDATED, name="vbhn").instrument
    assert (whole.type, whole.number, whole.date, whole.issuer) == ("Văn bản hợp nhất", "12/VBHN-VPQH", "2020-07-09", "Văn phòng Quốc hội")
    assert whole.title == "Luật ĐÊ ĐIỀU"
    assert whole.id == "/akn/vn/act/van-ban-hop-nhat/van-phong-quoc-hoi/2020-07-09/12-vbhn-vpqh"
    bare = CONSOLIDATED.replace("VĂN PHÒNG QUỐC HỘI\nSố: 12/VBHN-VPQH\n", "").replace("Hà Nội, ngày 09 tháng 7 năm 2020\n", "")
    unnumbered = parse_text(bare, name="vbhn").instrument
    assert (unnumbered.type, unnumbered.number, unnumbered.issuer) == ("Văn bản hợp nhất", None, None)
    assert unnumbered.title == "Luật ĐÊ ĐIỀU"
    gazette = parse_text(bare.replace("CỘNG HÒA", "VĂN BẢN HỢP NHẤT - VĂN PHÒNG QUỐC HỘI\nCỘNG HÒA"), name="vbhn").instrument
    assert (gazette.type, gazette.issuer) == ("Văn bản hợp nhất", "Văn phòng Quốc hội")


def test_a_law_that_cites_an_amended_one_is_not_a_consolidated_text() -> None:
    law = CONSOLIDATED.replace("VĂN PHÒNG QUỐC HỘI\nSố: 12/VBHN-VPQH", "QUỐC HỘI\nLuật số: 79/2006/QH11")
    law = law[: law.index("Luật Đê điều số")] + law[law.index("Căn cứ Hiến pháp") :]
    law = law.replace(
        "Căn cứ Hiến pháp;",
        "Căn cứ Luật Đất đai số 13/2003/QH11, có hiệu lực kể từ ngày 01 tháng 7 năm 2004, được sửa đổi bởi Luật số 34/2009/QH12;",
    )
    instrument = parse_text(law, name="luat").instrument
    assert (instrument.type, instrument.number, instrument.issuer, instrument.title) == ("Luật", "79/2006/QH11", "Quốc hội", "ĐÊ ĐIỀU")


def test_a_text_that_begins_with_a_recital_does_not_take_its_number() -> None:
    document = parse_text("Căn cứ Nghị quyết số 18-NQ/TW ngày 25 tháng 10 năm 2017;\n\nĐiều 1. Thực hiện Nghị quyết số 18-NQ/TW.")
    assert document.instrument.number is None
    assert len([citation for citation in document.citations if citation.number == "18-NQ/TW"]) == 2


def test_how_a_congress_sat_is_told_below_its_title_and_is_no_part_of_it() -> None:
    document = parse_text(
        "BAN CHẤP HÀNH TRUNG ƯƠNG\n\nSố 60-NQ/TW\n\nHà Nội, ngày 12 tháng 4 năm 2025\n\nNGHỊ QUYẾT\n\nHỘI NGHỊ LẦN THỨ 11\n\n"
        "Hội nghị lần thứ 11 Ban Chấp hành Trung ương Đảng khóa XIII họp từ ngày 10/4 đến ngày 12/4/2025 tại Thủ đô Hà Nội, sau khi xem "
        "xét các tờ trình, căn cứ kết quả biểu quyết,\n\nQUYẾT NGHỊ\n\n1. Thông qua các dự thảo văn kiện."
    )
    assert document.instrument.title == "HỘI NGHỊ LẦN THỨ 11"


def test_the_heading_of_a_preamble_is_no_title() -> None:
    text = "HIẾN PHÁP\n\nNƯỚC VIỆT NAM DÂN CHỦ CỘNG HOÀ\n\nLỜI NÓI ĐẦU\n\nNước Việt Nam ta là một nước thống nhất từ Lạng Sơn đến Cà Mau.\n\nĐiều 1. Đất nước."
    document = parse_text(text)
    assert document.instrument.title == "NƯỚC VIỆT NAM DÂN CHỦ CỘNG HOÀ"
    assert next(node.text for node in document.nodes if node.role == "narrative") == "LỜI NÓI ĐẦU"


def test_properties_that_a_portal_lists_are_no_title() -> None:
    text = (
        "Tố tụng hình sự\n\nSố ký hiệu\n\n101/2015/QH13\n\nNgày ban hành\n\n27/11/2015\n\nLoại văn bản\n\nBộ luật\n\nNgày có hiệu lực\n\n"
        "01/01/2018\n\nCơ quan ban hành/ Chức danh / Người ký\n\nQuốc hội\n\nChủ tịch Quốc hội\n\nNguyễn Sinh Hùng\n"
    )
    own = parse_text(text).instrument
    assert (own.type, own.number, own.title) == ("Bộ luật", "101/2015/QH13", "Tố tụng hình sự")


def test_texts_that_a_page_refers_to_are_the_type_of_none() -> None:
    assert parse_text("Hiệu lực: Còn hiệu lực\n\nVăn bản dẫn chiếu\n\n- Hiến pháp năm 1992\n").instrument.type is None


ATTACHED = """NGHỊ QUYẾT

Thông qua điều chỉnh quy hoạch sử dụng đất

HỘI ĐỒNG NHÂN DÂN TỈNH HÀ GIANG

Căn cứ Luật Đất đai;

QUYẾT NGHỊ:

Điều 1. Thông qua điều chỉnh quy hoạch.

Nghị quyết này đã được Hội đồng nhân dân tỉnh Hà Giang Khóa XVII, Kỳ họp thứ Năm thông qua./.

PHỤ LỤC
HỆ THỐNG CHỈ TIÊU
(Kèm theo Nghị quyết số 88/NQ-HĐND ngày 14 tháng 7 năm 2017 của Hội đồng
nhân dân tỉnh Hà Giang)

1. Diện tích đất đến năm 2020
"""


@pytest.mark.parametrize("format", ["plain", "markdown"])
def test_a_number_that_only_what_is_attached_tells(format: Literal["plain", "markdown"]) -> None:
    document = parse_text(ATTACHED, format=format)
    assert (document.instrument.number, document.instrument.date) == ("88/NQ-HĐND", "2017-07-14")
    assert [c.number for c in document.citations if c.scope == "external"] == [None]


def test_a_number_that_what_is_attached_gives_of_another_type_is_not_the_documents() -> None:
    document = parse_text(ATTACHED.replace("(Kèm theo Nghị quyết", "(Kèm theo Quyết định"))
    assert document.instrument.number is None


def test_a_day_that_no_calendar_has_dates_nothing() -> None:
    assert parse_text(ATTACHED.replace("ngày 14 tháng 7", "ngày 31 tháng 11")).instrument.date is None


@pytest.mark.parametrize("words", ["QUYẾT ĐỊNHBan hành Quy chế phối hợp", "QUYẾT ĐỊNHVỀ TÍN DỤNG ĐỐI VỚI HỌC SINH"])
def test_a_type_that_runs_into_its_title(words: str) -> None:
    own = parse_text(f"{words}\n\nCăn cứ Luật Tổ chức Chính phủ;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành.\n").instrument
    assert (own.type, own.title) == ("Quyết định", words.removeprefix("QUYẾT ĐỊNH"))


@pytest.mark.parametrize(
    ("title", "enactor"),
    [
        ("VỀ KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2008 VÀ NHIỆM VỤ\nTRỌNG TÂM NĂM 2009", "HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI\n"),
        ("THỰC HIỆN NGHỊ QUYẾT SỐ 96/NQ-CP NGÀY 01/8/2022 CỦA CHÍNH PHỦ", ""),
    ],
)
def test_a_title_below_number_and_date_without_the_line_of_the_type(title: str, enactor: str) -> None:
    """As portals print it: "Số: … | Lào Cai, ngày … |", then the title, and nowhere "NGHỊ QUYẾT"."""
    text = RESOLUTION.replace("NGHỊ QUYẾT\nQuy định mức chi cho công tác hòa giải\n", f"{title}\n").format(effect="Điều 2. Hiệu lực.")
    text = text.replace("HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI KHÓA XVI, KỲ HỌP THỨ 21\n", enactor)
    found = parse_text(text).instrument
    assert (found.type, found.title) == ("Nghị quyết", " ".join(title.split()))
    assert found.issuer == "Hội đồng nhân dân tỉnh Lào Cai"


def test_a_stamp_below_number_and_date_is_no_title() -> None:
    text = RESOLUTION.replace("NGHỊ QUYẾT\nQuy định mức chi cho công tác hòa giải\n", "HỎA TỐC\n").format(effect="Điều 2. Hiệu lực.")
    assert parse_text(text).instrument.title is None

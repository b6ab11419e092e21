"""A consolidated text (văn bản hợp nhất) beside the law that it consolidates."""

from __future__ import annotations

from pathlib import Path

import vanban.kb
from vanban.kb import Ambiguous
from vanban.parser import parse_text


def test_a_law_and_its_consolidated_text_are_found_by_one_name_and_are_two(tmp_path: Path) -> None:
    head = "{who}\n{number}\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n{day}\nLUẬT\nĐÊ ĐIỀU\n\n{told}Căn cứ Hiến pháp;\n"
    foot = "Quốc hội ban hành Luật Đê điều.\n\nĐiều 1. Phạm vi điều chỉnh\nLuật này quy định về đê điều.\n"
    told = "Luật Đê điều số 79/2006/QH11, có hiệu lực kể từ ngày 01 tháng 7 năm 2007, được sửa đổi, bổ sung bởi:\nLuật số 60/2020/QH14.\n\n"
    law = head.format(who="QUỐC HỘI", number="Luật số: 79/2006/QH11", day="", told="") + foot
    whole = head.format(who="VĂN PHÒNG QUỐC HỘI", number="Số: 12/VBHN-VPQH", day="Hà Nội, ngày 09 tháng 7 năm 2020\n", told=told) + foot
    with vanban.kb.open(tmp_path / "x.sqlite") as library:
        for name, text in (("vbhn.txt", whole), ("luat.txt", law)):
            library.add(parse_text(text, name=name), text.encode())
        found = library.show("Luật Đê điều")
        assert isinstance(found, Ambiguous)
        assert {one.number for one in found.candidates} == {"12/VBHN-VPQH", "79/2006/QH11"}
        assert library.show("12/VBHN-VPQH").document.type == "Văn bản hợp nhất"
        assert library.show("79/2006/QH11").document.type == "Luật"

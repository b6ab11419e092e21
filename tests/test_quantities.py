"""Numbers, units and comparators as Vietnamese documents print them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.parser.aims import quantities
from vanban.parser.model import Node

LETTERS = "0123456789.,-–/%đ tấnxãtriệuđồng\n"


@pytest.mark.parametrize(
    ("printed", "value"),
    [("7,5", 7.5), ("19.515", 19515), ("3.790.000", 3790000), ("02", 2), ("1.234,5", 1234.5), ("7.5", 7.5), ("0,8", 0.8), ("1.015", 1015)],
)
def test_number(printed: str, value: float) -> None:
    assert quantities.number(printed) == value
    assert isinstance(quantities.number(printed), type(value))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("GRDP bình quân đầu người: 123 triệu đồng/người/năm.", [(123, None, "triệu đồng/người/năm")]),
        ("đạt 5.500 tấn / năm vào năm 2010, 10.000 tấn / năm vào năm 2015", [(5500, None, "tấn/năm"), (10000, None, "tấn/năm")]),
        ("từ 6,5% đến 7%", [(6.5, 7, "%")]),
        ("tăng 7,0 - 7,5%", [(7, 7.5, "%")]),
        ("diễn tập 03 đơn vị cấp huyện", [(3, None, "đơn vị cấp huyện")]),
        ("thu 20.450\ntỷ\nđồng", [(20450, None, "tỷ đồng")]),
        ("02 xã hội, Điều 5 đơn vị", [(5, None, "đơn vị")]),
        ("14,5 bác sĩ/vạn dân; 45 giường bệnh / vạn dân", [(14.5, None, "bác sĩ/vạn dân"), (45, None, "giường bệnh/vạn dân")]),
        ("Nghị quyết số 19-NQ/TW ngày 16/6/2023, giai đoạn 2021 - 2025 tỉnh", []),
        ("COVID-19 xã, 66.4/2025 xã, năm 2024 xã", []),
    ],
)
def test_scan(text: str, found: list[tuple[float, float | None, str]]) -> None:
    assert [(q.value, q.value_max, q.unit) for q in quantities.scan(text)] == found


@pytest.mark.parametrize(
    ("before", "after", "ranged", "op"),
    [
        ("Tỷ lệ che phủ rừng: Từ ", " trở lên.", False, ">="),
        ("đạt từ ", " đến", True, "="),
        ("Tỷ lệ thất nghiệp: Dưới ", ".", False, "<"),
        ("Từ trên ", " văn bản được ký số", False, ">"),
        ("không thấp hơn ", "", False, ">="),
        ("thấp hơn ", "", False, "<"),
        ("đạt tối thiểu ", "", False, ">="),
        ("nằm trong nhóm ", " dẫn đầu", False, "<="),
        ("đạt khoảng ", "", False, "~"),
        ("Công nghiệp, xây dựng: ", ";", False, "="),
        ("trên địa bàn tỉnh: ", "", False, "="),
    ],
)
def test_comparator(before: str, after: str, ranged: bool, op: str) -> None:
    assert quantities.comparator(before, after, ranged) == op


@given(st.text(alphabet=LETTERS, max_size=200))
def test_figures_lie_in_order_and_apart(text: str) -> None:
    end = 0
    for quantity in quantities.scan(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start].isdigit()
        end = quantity.end


@pytest.mark.parametrize(
    ("printed", "value", "most", "unit"),
    [
        ("1,2 triệu người", 1_200_000, None, "người"),
        ("02 xã", 2, None, "xã"),
        ("84,3 nghìn tỷ đồng", 84_300_000_000_000, None, "đồng"),
        ("19.515 tỷ đồng", 19_515_000_000_000, None, "đồng"),
        ("120 - 130 triệu lượt khách", 120_000_000, 130_000_000, "lượt khách"),
        ("95 triệu đồng/người/năm", 95_000_000, None, "đồng/người/năm"),
        ("1,5 lần", 1.5, None, "lần"),
        ("7,0 - 7,5%", 7, 7.5, "%"),
    ],
)
def test_normal_value(printed: str, value: float, most: float | None, unit: str) -> None:
    quantity = next(quantities.scan(printed))
    assert quantities.normal(quantity.value, quantity.unit) == (value, unit)
    assert (None if quantity.value_max is None else quantities.normal(quantity.value_max, quantity.unit)[0]) == most


@given(st.text(alphabet=LETTERS, max_size=80), st.lists(st.integers(min_value=0, max_value=80), max_size=6))
def test_by_node_finds_in_each_node_what_scan_finds_there(text: str, cuts: list[int]) -> None:
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    nodes = [Node(id=str(start), parent=None, kind="paragraph", start=start, end=end) for start, end in pairwise(places)]
    found = {node.id: here for node, here in quantities.by_node(text, nodes)}
    for node in nodes:
        assert found.get(node.id, []) == list(quantities.scan(text, node.start, node.end))

"""Small documents made by hand, so that the knowledge base is tested apart from the parser."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import stores
from sqlalchemy import make_url

import vanban.kb
from vanban.parser.model import Actor, Citation, Deadline, Document, Finding, Instrument, Mandate, Node, Signer, Source, Target

LAW = "luat-to-chuc-chinh-quyen-dia-phuong-2015"
NQ19_2023, NQ19_2017, NQ18_2017 = "nq-19-tw-2023", "nq-19-tw-2017", "nq-18-tw-2017"
NQ117 = "nq-117-cp-2023"
NQ94, NQ94_BG = "nq-94-hđnd-thai-nguyen-2023", "nq-94-hđnd-bac-giang-2023"
TW, CP = "Ban Chấp hành Trung ương Đảng", "Chính phủ"
HDND = "Hội đồng nhân dân tỉnh Thái Nguyên"
UBND = "Ủy ban nhân dân tỉnh Thái Nguyên"


class Maker:
    """Builds a Document line by line; every span is where the words stand."""

    def __init__(self, name: str, **instrument: Any) -> None:
        self.name, self.instrument = name, Instrument(**instrument)
        self.text = ""
        self.nodes: list[Node] = []
        self.parts: dict[str, list[Any]] = {"citations": [], "mandates": [], "targets": [], "findings": []}

    def node(self, node: str, kind: str, label: str = "", heading: str = "", text: str = "") -> Maker:
        start = len(self.text)
        self.text += " ".join(filter(None, (label, heading, text)))
        parent = node.rpartition("__")[0] or None
        self.nodes.append(
            Node(id=node, parent=parent, kind=kind, label=label, heading=heading, text=text, start=start, end=len(self.text))  # type: ignore[arg-type]
        )
        self.text += "\n"
        return self

    def relabel(self, label: str, **facts: Any) -> Maker:
        """Give the last node a label that is not printed, and other facts."""
        self.nodes[-1] = msgspec.structs.replace(self.nodes[-1], label=label, **facts)
        return self

    def _at(self, words: str) -> dict[str, Any]:
        last = self.nodes[-1]
        start = self.text.index(words, last.start, last.end)
        return {"node": last.id, "start": start, "end": start + len(words), "text": words}

    def cite(self, words: str, **facts: Any) -> Maker:
        self.parts["citations"].append(Citation(**self._at(words), **facts))
        return self

    def mandate(self, kind: str = "task", **facts: Any) -> Maker:
        self.parts["mandates"].append(Mandate(**self._at(self.nodes[-1].text), kind=kind, **facts))  # type: ignore[arg-type]
        return self

    def target(self, **facts: Any) -> Maker:
        self.parts["targets"].append(Target(**self._at(self.nodes[-1].text), **facts))
        return self

    def finding(self, code: str) -> Maker:
        self.parts["findings"].append(Finding(code=code, severity="warning", message="Kiểm tra lại.", node=self.nodes[-1].id))
        return self

    @property
    def data(self) -> bytes:
        return self.text.encode()

    @property
    def document(self) -> Document:
        data = self.data
        source = Source(name=self.name, media_type="text/plain", sha256=hashlib.sha256(data).hexdigest(), size=len(data))
        parts = {name: tuple(listed) for name, listed in self.parts.items()}
        return Document(source=source, text=self.text, instrument=self.instrument, nodes=tuple(self.nodes), **parts)


def resolution(numeral: str = "19.515") -> Maker:
    """A small resolution of Thái Nguyên that cites two instruments numbered 19-NQ/TW."""
    party = {"type": "Nghị quyết", "issuer": TW, "relation": "implements", "state": "resolved"}
    return (
        Maker(
            "94-nq-hdnd-2023-thai-nguyen.md",
            id=NQ94,
            type="Nghị quyết",
            number="94/NQ-HĐND",
            date="2023-12-08",
            issuer=HDND,
            place="Thái Nguyên",
            title="Về nhiệm vụ phát triển kinh tế - xã hội năm 2024",
            session="KHÓA XIV, KỲ HỌP THỨ MƯỜI SÁU",
            signers=(Signer(name="Phạm Hoàng Sơn", role="CHỦ TỊCH"),),
        )
        .node("pre_number", "preamble", text="Số: 94/NQ-HĐND")
        .node("rec_1", "recital", text="Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;")
        .cite(
            "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
            type="Luật",
            name="Luật Tổ chức chính quyền địa phương",
            date="2015-06-19",
            issuer="Quốc hội",
            relation="legal_basis",
            target=LAW,
            state="resolved",
        )
        .node("art_1", "article", "Điều 1.", text="Thông qua kết quả năm 2023.")
        .node("art_2", "article", "Điều 2.", text="Thông qua mục tiêu, nhiệm vụ năm 2024 sau:")
        .node("art_2__hd_I", "heading", "I.", heading="Các chỉ tiêu chủ yếu")
        .node("art_2__hd_I__b_1", "bullet", "-", text="Ổn định tỷ lệ che phủ rừng: Từ 46% trở lên;")
        .target(name="Ổn định tỷ lệ che phủ rừng", comparator=">=", value=46, unit="%", period="2024")
        .node("art_2__hd_I__b_2", "bullet", "-", text=f"Thu ngân sách nhà nước trên địa bàn tỉnh: {numeral} tỷ đồng.")
        .target(name="Thu ngân sách nhà nước trên địa bàn tỉnh", comparator="=", value=float(numeral) * 1000, unit="tỷ đồng")
        .node("art_2__hd_I__b_3", "bullet", "-", text="Giá trị xuất khẩu: Tăng 8,5% so với năm 2023.")
        .target(name="Giá trị xuất khẩu", comparator="=", value=8.5, unit="%", change="increase", baseline="năm 2023")
        .node("art_2__hd_II", "heading", "II.", heading="Nhiệm vụ và giải pháp")
        .node(
            "art_2__hd_II__b_1",
            "bullet",
            "-",
            text="Triển khai Nghị quyết số 19-NQ/TW ngày 16 tháng 6 năm 2023 của Ban Chấp hành Trung ương về nông nghiệp.",
        )
        .cite("Nghị quyết số 19-NQ/TW ngày 16 tháng 6 năm 2023", number="19-NQ/TW", date="2023-06-16", target=NQ19_2023, **party)
        .mandate(implements=(NQ19_2023,), field="Nhiệm vụ và giải pháp")
        .node(
            "art_2__hd_II__b_2",
            "bullet",
            "-",
            text="Tiếp tục thực hiện Nghị quyết số 18-NQ/TW và Nghị quyết số 19-NQ/TW ngày 25 tháng 10 năm 2017 về đơn vị sự nghiệp.",
        )
        .cite("Nghị quyết số 18-NQ/TW", number="18-NQ/TW", date="2017-10-25", target=NQ18_2017, **party)
        .cite("Nghị quyết số 19-NQ/TW ngày 25 tháng 10 năm 2017", number="19-NQ/TW", date="2017-10-25", target=NQ19_2017, **party)
        .mandate(implements=(NQ18_2017, NQ19_2017), actions=("Tiếp tục thực hiện", "Tinh giản biên chế"))
        .node("art_2__hd_II__b_3", "bullet", "-", text="Sơ kết việc thực hiện Nghị quyết số 19-NQ/TW trong quý II.")
        .cite(
            "Nghị quyết số 19-NQ/TW",
            type="Nghị quyết",
            number="19-NQ/TW",
            relation="cites",
            state="ambiguous",
            candidates=(NQ19_2023, NQ19_2017),
        )
        .mandate(deadline=Deadline(text="trong quý II", to="2024-06-30"))
        .finding("citation-ambiguous")
        .node(
            "art_2__hd_II__b_4",
            "bullet",
            "-",
            text="Sắp xếp đơn vị hành chính theo Nghị quyết số 117/NQ-CP ngày 30 tháng 7 năm 2023 của Chính phủ.",
        )
        .cite(
            "Nghị quyết số 117/NQ-CP ngày 30 tháng 7 năm 2023 của Chính phủ",
            type="Nghị quyết",
            number="117/NQ-CP",
            date="2023-07-30",
            issuer=CP,
            relation="implements",
            target=NQ117,
            state="resolved",
        )
        .mandate(implements=(NQ117,), responsible=(UBND,))
        .node("art_3", "article", "Điều 3.", heading="Tổ chức thực hiện")
        .node("art_3__cl_1", "clause", "1.", text="Giao Ủy ban nhân dân tỉnh triển khai thực hiện Nghị quyết này.")
        .mandate("assignment", actors=(Actor(name=UBND, role="charged"),))
        .cite("Nghị quyết này", scope="self", target=NQ94)
    )


def newer() -> Maker:
    """The resolution in other bytes: another sentence, another target, nothing cited."""
    facts = {name: getattr(resolution().document.instrument, name) for name in ("id", "type", "number", "date", "issuer")}
    one = Maker("94-sua.md", **facts).node("pre_number", "preamble", text="Số: 94/NQ-HĐND")
    return one.node("art_1", "article", "Điều 1.", text="Trồng rừng phòng hộ.").target(
        name="Trồng rừng", comparator="=", value=5, unit="ha"
    )


def neighbour() -> Maker:
    """A resolution of another province with the same number."""
    return (
        Maker(
            "94-nq-hdnd-2023-bac-giang.txt",
            id=NQ94_BG,
            type="Nghị quyết",
            number="94/NQ-HĐND",
            date="2023-12-12",
            issuer="Hội đồng nhân dân tỉnh Bắc Giang",
            title="Về nhiệm vụ năm 2024",
        )
        .node("art_1", "article", "Điều 1.", text="Nâng tỷ lệ che phủ rừng lên 37,5%. Hoi dong nhan dan giám sát.")
        .target(name="tỷ lệ che phủ rừng", comparator="=", value=37.5, unit="%")
        .node("art_2", "article", "Điều 2.", text="Thực hiện Nghị quyết số 117/NQ-CP và Nghị quyết 117/NQ-CP.")
        .cite("Nghị quyết số 117/NQ-CP", type="Nghị quyết", number="117/NQ-CP", issuer=CP, relation="implements", target=NQ117)
        .cite("Nghị quyết 117/NQ-CP", type="Nghị quyết", number="117/NQ-CP", issuer=CP, relation="cites", target=NQ117)
    )


def decree_law() -> Maker:
    """The instrument that both carry out, held itself."""
    return Maker(
        "117-nq-cp.txt",
        id=NQ117,
        type="Nghị quyết",
        number="117/NQ-CP",
        date="2023-07-30",
        issuer=CP,
        title="Ban hành Kế hoạch sắp xếp đơn vị hành chính",
    ).node("art_1", "article", "Điều 1.", text="Ban hành kèm theo Nghị quyết này Kế hoạch sắp xếp.")


def put(library: Any, *makers: Maker) -> None:
    for maker in makers:
        library.add(maker.document, maker.data)


@pytest.fixture
def file_place(tmp_path: Path) -> Path:
    """Where a SQLite file may be made."""
    return tmp_path / "library.sqlite"


@pytest.fixture(scope="session")
def server() -> Iterator[Callable[[], str]]:
    """Makes empty databases on the PostgreSQL server of this machine; without one the tests that ask for it are skipped."""
    made: list[str] = []

    def make() -> str:
        name = f"vanban_test_{os.getpid()}_{len(made)}_{secrets.token_hex(4)}"
        try:
            place = stores.create_database(name)
        except Exception as error:
            pytest.skip(f"no PostgreSQL server answers at {make_url(stores.SERVER).host}: {str(error).strip().splitlines()[0]}")
        made.append(name)
        return place

    yield make
    for name in made:
        stores.drop_database(name)


@pytest.fixture(scope="session")
def _scratch(server: Callable[[], str]) -> str:
    """One knowledge base on the server, used by one test after another: to make its tables takes a second."""
    at = server()
    vanban.kb.open(at).close()
    return at


@pytest.fixture(scope="session")
def _bare(server: Callable[[], str]) -> str:
    return server()


@pytest.fixture
def bare(_bare: str) -> str:
    """An empty database of the server."""
    stores.query(_bare, "DROP SCHEMA IF EXISTS public, vanban_aside CASCADE")
    stores.query(_bare, "CREATE SCHEMA public")
    return _bare


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, file_place: Path) -> Path | str:
    """Where a knowledge base may be opened: a file that is not there yet, then an empty one on a server."""
    if request.param == "sqlite":
        return file_place
    at: str = request.getfixturevalue("_scratch")
    stores.empty(at)
    return at


@pytest.fixture
def library(place: Any) -> Iterator[Any]:
    """A knowledge base that holds the two resolutions numbered 94."""
    with vanban.kb.open(place) as opened:
        put(opened, resolution(), neighbour())
        yield opened


@pytest.fixture
def made() -> Any:
    """The makers of the hand-made documents, by name."""
    return {"resolution": resolution, "newer": newer, "neighbour": neighbour, "held": decree_law, "maker": Maker, "put": put}

"""Review: a queue, decisions with who and why, corrections that survive a newer parser, and a trail of all of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
import stores

import vanban.kb
from vanban.kb import Ambiguous, KnowledgeBaseError, NotFound, cli, render
from vanban.parser.model import Actor, Deadline

TT = "Sở Thông tin và Truyền thông tỉnh Thái Nguyên"
KH = "Sở Khoa học và Công nghệ tỉnh Thái Nguyên"


@pytest.fixture
def plan(made: Any) -> Any:
    """A plan with something of everything."""
    return (
        made["maker"]("ke-hoach.txt", id="kh-5", type="Kế hoạch", number="5/KH-UBND", date="2024-01-10", issuer="Ủy ban nhân dân tỉnh Thái Nguyên")
        .node("art_1", "article", "Điều 1.", text="Tỷ lệ che phủ rừng đạt 46%.")
        .target(name="Tỷ lệ che phủ rừng", comparator="=", value=46, unit="%", normal_value=0.46, normal_unit="")
        .node("art_1__pt_a", "point", "a)", text="Sở Thông tin và Truyền thông chủ trì, Sở Tài chính phối hợp.")
        .mandate(
            actors=(Actor(name=TT, role="lead"), Actor(name="Sở Tài chính tỉnh Thái Nguyên", role="support")), deadline=Deadline(text="quý II")
        )
        .node("art_1__pt_d", "point", "d)", text="Thực hiện Nghị quyết số 19-NQ/TW.")
        .cite("Nghị quyết số 19-NQ/TW", type="Nghị quyết", number="19-NQ/TW", state="unknown", relation="implements")
        .finding("citation-ambiguous")
        .node("art_1__pt_e", "point", "e)", text="Thực hiện Nghị quyết số 19-NQ/TW.")
        .cite("Nghị quyết số 19-NQ/TW", type="Nghị quyết", number="19-NQ/TW", state="unknown", relation="implements")
    )  # fmt: skip


def _again(maker: Any, monkeypatch: pytest.MonkeyPatch, **parts: Any) -> Any:
    """The same bytes as a newer parser reads them."""
    monkeypatch.setattr("vanban.kb.prepare.parser_version", lambda: "99")
    return msgspec.structs.replace(maker.document, **parts)


def _keys(library: Any, *arguments: str, **options: Any) -> list[str]:
    return [item.key.partition(":")[2] for item in library.review_queue(*arguments, **options).items]


def _key(library: Any, part: str) -> str:
    return library.review_queue("5/KH-UBND", kinds=["node"]).items[0].key.partition(":")[0] + ":" + part


@pytest.fixture
def held(library: Any, made: Any, plan: Any) -> Any:
    """The hand-made knowledge base and the plan."""
    made["put"](library, plan)
    return library


def test_what_cannot_be_told_and_what_was_found_waits(held: Any) -> None:
    queue = held.review_queue()
    assert [(item.document.number, item.subject, item.code) for item in queue.items] == [
        ("5/KH-UBND", "finding", "citation-ambiguous"),
        ("5/KH-UBND", "citation", "unknown"),
        ("5/KH-UBND", "citation", "unknown"),
        ("94/NQ-HĐND", "finding", "citation-ambiguous"),
        ("94/NQ-HĐND", "citation", "ambiguous"),
    ], "the latest document first, then in reading order"
    assert _keys(held, "5/KH-UBND", kinds=["citation"]) == ["c0", "c1"]
    assert _keys(held, code="ambiguous") == ["c4"]
    ambiguous = held.review_queue(code="ambiguous").items[0]
    assert [one.number for one in ambiguous.candidates] == ["19-NQ/TW", "19-NQ/TW"]
    assert held.review_queue(limit=2, offset=1).items == queue.items[1:3]
    assert held.review_show(ambiguous.key).context.startswith("- Sơ kết việc thực hiện")
    assert isinstance(held.review_queue("94/NQ-HĐND"), Ambiguous)


def test_a_decision_takes_it_off_the_queue_and_is_remembered(held: Any) -> None:
    total = held.review_queue().total
    finding = next(item.key for item in held.review_queue("5/KH-UBND").items if item.subject == "finding")
    done = held.review_dismiss(finding, who=" Lan ", why="đã đối chiếu bản gốc")
    assert (done.review.who, done.review.why, done.review.action) == ("Lan", "đã đối chiếu bản gốc", "dismiss")
    assert held.review_queue().total == total - 1
    held.review_accept(_key(held, "c0"), who="Lan")
    assert _keys(held, "5/KH-UBND") == ["c1"], "the second citation with the same words waits on"
    assert [one.action for one in held.reviews().items] == ["accept", "dismiss"]
    held.review_undo(done.review.id, who="Minh", why="nhầm")
    assert held.review_queue().total == total - 1
    assert [one.state for one in held.reviews().items] == ["standing", "undone"]
    trail = held.audit(verb="review").items + held.audit(verb="reviewed").items
    assert {(one.verb, one.who) for one in trail} == {("review undone", "Minh"), ("reviewed", "Lan")}
    assert json.loads(held.audit(verb="reviewed").items[-1].detail)["why"] == "đã đối chiếu bản gốc"


def test_a_finding_that_was_dismissed_is_told_apart(held: Any) -> None:
    key = next(item.key for item in held.review_queue("5/KH-UBND").items if item.subject == "finding")
    before = held.show("5/KH-UBND")
    assert (len(before.findings), before.dismissed, before.counts.findings) == (1, (), 1)
    done = held.review_dismiss(key, who="Lan")
    after = held.show("5/KH-UBND")
    assert (after.findings, after.dismissed, after.counts.findings) == ((), before.findings, 0)
    assert held.show("5/KH-UBND", every=True).findings == before.findings
    assert "Điểm cần xem lại (0; 1 đã bỏ qua, xem bằng --all)" in render.text(after)
    assert "Kiểm tra lại. (đã bỏ qua)" in render.text(held.show("5/KH-UBND", every=True))
    held.review_undo(done.review.id, who="Lan")
    assert held.show("5/KH-UBND") == before


def test_what_is_corrected_is_what_is_answered_and_can_be_taken_back(held: Any, place: Any) -> None:
    before = stores.content(place)
    made = [
        held.review_correct(_key(held, "n2"), "đ)", who="Lan").review.id,
        held.review_correct(_key(held, "t0"), "46,5", who="Lan").review.id,
        held.review_correct(_key(held, "m0"), KH, actor=TT, who="Lan").review.id,
        held.review_correct(_key(held, "c1"), "19-NQ/TW", date="2017-10-25", who="Lan").review.id,
    ]
    assert held.search("đ thực hiện nghị quyết").items[0].path == "Điều 1 › điểm đ"
    (target,) = held.targets("ty le che phu rung dat 46").items
    assert target.value == 46.5
    assert stores.query(place, "SELECT normal_value FROM targets WHERE value = 46.5") == [(0.465,)]
    mandate = next(one for one in held.mandates(text="sở thông tin").items)
    assert [actor.name for actor in mandate.actors] == [KH, "Sở Tài chính tỉnh Thái Nguyên"]
    assert stores.query(place, "SELECT count(*) FROM mandate_actors WHERE name_key = 'so khoa hoc va cong nghe tinh thai nguyen'") == [(1,)]
    cited = held.cited_by("19-NQ/TW", date="2017-10-25")
    assert (cited.total, cited.items[0].path) == (2, "Điều 1 › điểm e")
    assert held.resolutions().items[0].cause == "review"
    for one in made:
        held.review_undo(one, who="Minh")
    after = stores.content(place)
    work = {"reviews", "resolution_changes", "audit"}
    assert {table for table in before if before[table] != after[table]} <= work


def test_corrections_survive_a_newer_parser(held: Any, plan: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    held.review_correct(_key(held, "n2"), "đ)", who="Lan", why="bản in là đ")
    held.review_correct(_key(held, "t0"), 47, who="Lan")
    held.review_correct(_key(held, "m0"), KH, actor=TT, who="Lan")
    held.review_correct(_key(held, "c1"), "19-NQ/TW", date="2017-10-25", who="Lan")
    # The newer parser puts the points one level deeper, and reads something else where it was corrected.
    document = plan.document
    deeper = {"art_1__pt_a": "art_1__cl_1__pt_a", "art_1__pt_d": "art_1__cl_1__pt_d", "art_1__pt_e": "art_1__cl_1__pt_e"}

    def moved(parts: Any) -> Any:
        return tuple(msgspec.structs.replace(part, node=deeper.get(part.node, part.node)) for part in parts)

    nodes = tuple(msgspec.structs.replace(node, id=deeper.get(node.id, node.id)) for node in document.nodes)
    newer = _again(
        plan,
        monkeypatch,
        nodes=nodes,
        citations=tuple(msgspec.structs.replace(one, state="partial", target="nq-19-tw-2023") for one in moved(document.citations)),
        mandates=moved(document.mandates),
        targets=tuple(msgspec.structs.replace(one, value=45) for one in document.targets),
        findings=moved(document.findings),
    )
    assert held.add(newer, plan.data).outcome == "version"
    assert {one.state for one in held.reviews("5/KH-UBND").items} == {"standing", "not_applicable"}
    assert [one.value for one in held.targets("ty le che phu rung dat").items] == [47]
    assert held.mandates(text="sở thông tin").items[0].actors[0].name == KH
    assert "Điều 1 › điểm đ" not in {item.path for item in held.review_queue("5/KH-UBND", kinds=["node"]).items}
    lost = held.reviews(state="not_applicable").items
    assert [(one.subject, one.text) for one in lost] == [
        ("citation", "Nghị quyết số 19-NQ/TW"),
        ("node", "Thực hiện Nghị quyết số 19-NQ/TW."),
    ], "the words stand twice, in nodes of other names: which one was meant cannot be told"
    assert all("stand there no more" in str(one.problem) for one in lost)
    # A parser after that has them again where they were.
    monkeypatch.setattr("vanban.kb.prepare.parser_version", lambda: "100")
    assert held.add(document, plan.data).outcome == "version"
    assert {one.state for one in held.reviews("5/KH-UBND").items} == {"standing"}
    assert held.cited_by("19-NQ/TW", date="2017-10-25").total == 2
    assert "Điều 1 › điểm đ" in {item.path for item in held.review_queue("5/KH-UBND", kinds=["node"]).items}


def test_corrections_go_with_new_bytes_as_far_as_their_places_are_there(held: Any, made: Any, plan: Any) -> None:
    held.review_correct(_key(held, "t0"), 47, who="Lan")
    held.review_correct(_key(held, "m0"), KH, actor=TT, who="Lan")
    again = plan.node("art_2", "article", "Điều 2.", text="Bổ sung.")
    new = msgspec.structs.replace(
        again.document,
        mandates=tuple(msgspec.structs.replace(one, actors=one.actors[1:]) for one in again.document.mandates),
    )
    assert held.add(new, again.data).outcome == "version"
    states = {one.subject: (one.state, one.problem) for one in held.reviews().items}
    assert states["target"] == ("standing", None)
    assert states["actor"][0] == "not_applicable"
    assert TT in str(states["actor"][1])


def test_what_was_decided_of_a_citation_no_arrival_changes(held: Any, made: Any) -> None:
    key = held.review_queue(code="ambiguous").items[0].key
    held.review_correct(key, "nq-19-tw-2023", who="Lan", why="theo ngữ cảnh")
    before = held.cited_by("nq-19-tw-2023").total
    come = made["maker"](
        "19.txt", id="nq-19-tw-2017", type="Nghị quyết", number="19-NQ/TW", date="2017-10-25", issuer="Ban Chấp hành Trung ương Đảng"
    ).node("x", "article", "Điều 1.", text="Đổi mới.")
    made["put"](held, come)
    assert held.cited_by("nq-19-tw-2023").total == before


@pytest.mark.parametrize(
    "key", ["", "12", "12:", "12:c", "0:c0", "99:c0", "1:x0", "1:c99", "1:c-1", "1:c1;DROP", "١:c0", "9" * 30 + ":c0", "1:c" + "9" * 30]
)
def test_a_key_that_names_nothing_says_so(held: Any, key: str) -> None:
    for ask in (held.review_show, lambda it: held.review_dismiss(it, who="Lan"), lambda it: held.review_correct(it, "x", who="Lan")):
        with pytest.raises(KnowledgeBaseError, match="no such place"):
            ask(key)


def test_what_is_wrong_with_a_decision_is_said(held: Any) -> None:
    with pytest.raises(KnowledgeBaseError, match="nobody is named"):
        held.review_dismiss(_key(held, "c0"), who="  ")
    with pytest.raises(KnowledgeBaseError, match="no number"):
        held.review_correct(_key(held, "t0"), "bốn mươi", who="Lan")
    with pytest.raises(KnowledgeBaseError, match="cannot be corrected"):
        held.review_correct(_key(held, "f0"), "x", who="Lan")
    with pytest.raises(KnowledgeBaseError, match=f"name one of: {TT}"):
        held.review_correct(_key(held, "m0"), KH, who="Lan")
    with pytest.raises(KnowledgeBaseError, match="no document is named"):
        held.review_queue(kinds=["node"])
    with pytest.raises(KnowledgeBaseError, match="no such kind"):
        held.review_queue(kinds=["verse"])
    with pytest.raises(KnowledgeBaseError, match="no such decision"):
        held.review_undo(99, who="Lan")
    assert isinstance(held.review_correct(_key(held, "c0"), "999/NQ-TW", who="Lan"), NotFound)
    assert isinstance(held.review_correct(_key(held, "c0"), "19-NQ/TW", who="Lan"), Ambiguous)
    assert held.reviews().total == 0


def test_the_trail_tells_what_came_and_what_took_its_place(place: Any, made: Any) -> None:
    with vanban.kb.open(place) as library:
        made["put"](library, made["resolution"](), made["resolution"]("20.000"))
        assert [(one.verb, one.who) for one in library.audit().items] == [("replaced", "vanban"), ("loaded", "vanban")]
        assert json.loads(library.audit().items[0].detail)["source"] == "94-nq-hdnd-2023-thai-nguyen.md"


def test_the_commands_of_review(
    held: Any, place: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    key = _key(held, "c0")
    held.close()
    monkeypatch.setenv("VANBAN_DATABASE_URL", str(place))
    monkeypatch.setenv("VANBAN_WHO", "Lan")
    monkeypatch.setenv("COLUMNS", "100")

    def run(*words: str) -> tuple[int, str, str]:
        status = cli.run(list(words))
        return (status, *capfd.readouterr())

    assert "Cần xem lại: 5" in run("review", "list")[1]
    assert "có thể là nhiều văn bản" in run("review", "list", "--code", "ambiguous")[1]
    status, out, _ = run("review", "correct", key, "19-NQ/TW", "--date", "2017-10-25", "--why", "theo bản gốc")
    assert (status, "sửa viện dẫn · Lan" in out, "theo bản gốc" in out) == (0, True, True)
    status, out, _ = run("review", "show", key, "--json")
    shown = json.loads(out)
    assert (shown["result"], shown["decisions"][0]["who"], shown["item"]["code"]) == ("review_shown", "Lan", "resolved")
    assert "Quyết định: 1" in run("review", "log")[1]
    assert "review · Lan" in run("review", "resolutions")[1]
    status, out, err = run("review", "undo", "7:f0")
    assert (status, out) == (2, "")
    assert "cần số của một quyết định, không phải mã của một chỗ / the number of a decision is wanted" in err
    assert run("review", "undo", "1", "--why", "nhầm")[0] == 0
    assert "(đã rút)" in run("review", "log")[1]
    assert run("review", "accept", key)[0] == run("review", "dismiss", key)[0] == 0
    assert "reviewed" in run("review", "audit", "--verb", "reviewed")[1]
    status, out, err = run("review", "correct", "9:c9", "x")
    assert (status, out) == (2, "")
    assert "no such place" in err
    (tmp_path / "danh-muc.csv").write_text(
        "number,type,issuer,date\n19-NQ/TW,Nghị quyết,Ban Chấp hành Trung ương Đảng,2022-06-16\n", encoding="utf-8"
    )
    status, out, _ = run("register", "import", str(tmp_path / "danh-muc.csv"))
    assert (status, "Danh mục danh-muc: 1 văn bản · 1 mới" in out) == (0, True)
    assert "no column" in run("register", "import", __file__)[2]


def test_a_citation_does_not_come_to_mean_what_it_does_not_name_unless_it_is_misprinted(held: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    key = _key(held, "c1")
    with pytest.raises(KnowledgeBaseError, match=r"loại / type: Nghị quyết ≠ Luật.*--force") as refused:
        held.review_correct(key, "luat-to-chuc-chinh-quyen-dia-phuong-2015", who="Lan")
    assert refused.value.name == key
    with pytest.raises(KnowledgeBaseError, match=r"số / number: "):
        held.review_correct(key, "nq-18-tw-2017", who="Lan")
    assert held.reviews().total == 0, "nothing was decided"
    done = held.review_correct(key, "nq-18-tw-2017", who="Lan", why="bản in sai", force=True)
    assert json.loads(done.review.after)["target"] == "nq-18-tw-2017"

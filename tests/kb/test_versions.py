"""An earlier version of a document can be made the current one again, and that can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import stores

import vanban.kb
from vanban.kb import KnowledgeBaseError, NotFound, cli

NUMBER, DATE = "94/NQ-HĐND", "2023-12-08"


def _derived(place: Any) -> dict[str, Any]:
    """All but who did what, which version is which, and where decisions stand."""
    held = stores.content(place)
    return {table: held[table] for table in held if table not in ("audit", "documents", "reviews")}


def test_the_version_before_answers_again_and_the_wrong_bytes_stay_away(library: Any, place: Any, made: Any) -> None:
    made["put"](library, made["held"]())
    before = _derived(place)
    wrong = made["newer"]()
    assert library.add(wrong.document, wrong.data).outcome == "version"
    after = _derived(place)
    assert library.search("phòng hộ").total == 1
    done = library.restore(NUMBER, "94-nq-hdnd-2023-thai-nguyen.md", date=DATE, who="Lan", why="nạp nhầm")
    assert (done.document.source, done.before.source) == ("94-nq-hdnd-2023-thai-nguyen.md", "94-sua.md")
    stores.agrees(place)
    same = _derived(place)
    assert {table for table in before if before[table] != same[table]} == {"source_files"}
    shown = library.show(NUMBER, date=DATE)
    assert [(one.source, one.current) for one in shown.versions] == [("94-nq-hdnd-2023-thai-nguyen.md", True), ("94-sua.md", False)]
    assert (library.search("phòng hộ").total, library.cited_by("117/NQ-CP").total) == (0, 3)
    right = made["resolution"]()
    for maker in (wrong, right, wrong):
        assert library.add(maker.document, maker.data).outcome == "unchanged"
    assert _derived(place) == same
    trail = library.audit(verb="restored").items
    assert [(one.who, "nạp nhầm" in one.detail, "94-sua.md" in one.detail) for one in trail] == [("Lan", True, True)]

    library.restore(NUMBER, f"sha256:{wrong.document.source.sha256[:12]}", date=DATE, who="Minh")
    stores.agrees(place)
    assert _derived(place) == after
    assert library.search("phòng hộ").total == 1
    assert [one.source for one in library.show(NUMBER, date=DATE).versions] == ["94-sua.md", "94-nq-hdnd-2023-thai-nguyen.md"]


def test_of_three_versions_any_comes_back_and_new_bytes_come_after_it(library: Any, place: Any, made: Any) -> None:
    names = ["94-nq-hdnd-2023-thai-nguyen.md"]
    for k in (2, 3):
        one = made["newer"]()
        one.name = f"{k}.md"
        made["put"](library, one.node(f"art_{k}", "article", f"Điều {k}.", text=f"Lần {k}."))
        names.append(one.name)
    for name in (names[0], names[1], names[0], names[2], names[1]):
        library.restore(NUMBER, name, date=DATE, who="Lan")
        stores.agrees(place)
        versions = library.show(NUMBER, date=DATE).versions
        assert (versions[0].source, [one.current for one in versions], len(versions)) == (name, [True, False, False], 3)
    last = made["newer"]()
    last.name = "4.md"
    assert library.add(last.node("art_4", "article", "Điều 4.", text="Lần 4.").document, last.data).outcome == "version"
    assert library.show(NUMBER, date=DATE).versions[0].source == "4.md"
    library.restore(NUMBER, "2", date=DATE, who="Lan")
    assert library.search("lần").items[0].document.source == "2.md"


def test_decisions_go_with_the_text_there_and_back(library: Any, made: Any) -> None:
    key = next(item.key for item in library.review_queue(NUMBER, date=DATE).items if item.subject == "citation")
    library.review_correct(key, "19-NQ/TW", date="2017-10-25", who="Lan")
    made["put"](library, made["newer"]())
    assert [one.state for one in library.reviews().items] == ["not_applicable"]
    library.restore(NUMBER, "94-nq-hdnd-2023-thai-nguyen", date=DATE, who="Lan")
    assert [(one.state, one.problem) for one in library.reviews().items] == [("standing", None)]
    assert library.cited_by("19-NQ/TW", date="2017-10-25").total == 2


def test_what_cannot_be_restored_is_said(library: Any, made: Any) -> None:
    made["put"](library, made["newer"]())
    for version, said in (
        ("94-sua.md", "is the current version"),
        ("khac.md", "no such version"),
        ("", "no such version"),
        ("sha256:", "no such version"),
    ):
        with pytest.raises(KnowledgeBaseError, match=said):
            library.restore(NUMBER, version, date=DATE, who="Lan")
    with pytest.raises(KnowledgeBaseError, match="nobody is named"):
        library.restore(NUMBER, "94-nq-hdnd-2023-thai-nguyen.md", date=DATE, who=" ")
    assert isinstance(library.restore("1/XX", "a", who="Lan"), NotFound)
    assert library.show(NUMBER, date=DATE).versions[0].source == "94-sua.md"


def test_the_command(file_place: Path, made: Any, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with vanban.kb.open(file_place) as library:
        made["put"](library, made["resolution"](), made["newer"]())
    monkeypatch.setenv("VANBAN_DATABASE_URL", str(file_place))
    assert cli.run(["review", "restore", NUMBER, "94-nq-hdnd-2023-thai-nguyen.md", "--who", "Lan", "--why", "nhầm"]) == 0
    out = capfd.readouterr().out
    assert "Bản hiện tại: 94-nq-hdnd-2023-thai-nguyen.md" in out
    assert "Thay cho: 94-sua.md" in out
    assert cli.run(["review", "audit", "--verb", "restored"]) == 0
    assert "Lan" in capfd.readouterr().out


def test_versions_that_were_restored_go_to_an_earlier_program_and_back(place: Any, made: Any) -> None:
    """The later row is replaced by the earlier one: neither stands before what it refers to in every order."""
    wrong = made["newer"]()
    with vanban.kb.open(place) as library:
        made["put"](library, made["resolution"]())
        library.add(wrong.document, wrong.data)
        library.restore(NUMBER, "94-nq-hdnd-2023-thai-nguyen.md", date=DATE, who="Lan")
        before = stores.query(place, "SELECT id, replaces_id, current FROM documents ORDER BY id")
    assert any(replaces and replaces > row for row, replaces, _ in before)
    for version in (4, 2):
        vanban.kb.open(place).downgrade(version)
        with vanban.kb.open(place, create=False) as library:
            shown = library.show(NUMBER, date=DATE)
            assert [one.source for one in shown.versions] == ["94-nq-hdnd-2023-thai-nguyen.md", "94-sua.md"]
        assert stores.query(place, "SELECT id, replaces_id, current FROM documents ORDER BY id") == before
    stores.agrees(place)

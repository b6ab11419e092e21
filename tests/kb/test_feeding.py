"""Many files: parsed by processes, by any executor, by a Dask cluster; whoever parses, the same is in the database."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import stores

import vanban.kb
from vanban.kb import KnowledgeBaseError, cli, ingest, ingest_parsers, ingest_run, prepare
from vanban.kb.cli import progress
from vanban.kb.prepare import ToParse

RESOLUTION = """HỘI ĐỒNG NHÂN DÂN
TỈNH THÁI NGUYÊN
Số: {k}/NQ-HĐND
Thái Nguyên, ngày {k:02} tháng 12 năm 2023

NGHỊ QUYẾT
Về nhiệm vụ phát triển kinh tế - xã hội năm 2024

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Căn cứ Nghị quyết số 19-NQ/TW ngày 25 tháng 10 năm 2017 của Ban Chấp hành Trung ương Đảng;

QUYẾT NGHỊ:

Điều 1. Thông qua chỉ tiêu năm 2024: tỷ lệ che phủ rừng đạt {k}%.
Điều 2. Giao Ủy ban nhân dân tỉnh thực hiện Nghị quyết số {before}/NQ-HĐND ngày {before:02} tháng 12 năm 2023 của Hội đồng nhân dân tỉnh.
"""
FILES = 14


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Resolutions of one province, each of which cites the one before."""
    at = tmp_path / "in"
    at.mkdir()
    for k in range(10, 10 + FILES):
        (at / f"nq-{k}.txt").write_text(RESOLUTION.format(k=k, before=k - 1), encoding="utf-8")
    (at / "rong.txt").write_bytes(bytes(range(256)) * 8)
    return at


@pytest.fixture
def alone(folder: Path, tmp_path: Path) -> dict[str, Any]:
    """What is in the database when one process does everything."""
    place = tmp_path / "alone.sqlite"
    with vanban.kb.open(place) as library:
        report = library.ingest(folder)
    assert (report.count("new"), report.count("failed"), report.counts.findings) == (FILES, 1, report.counts.findings)
    return stores.content(place)


def _same(place: Any, expected: dict[str, Any]) -> bool:
    found = stores.content(place)
    assert {table for table in found if found[table] != expected[table]} == set()
    return True


def test_processes_load_the_same_as_one(folder: Path, place: Any, alone: dict[str, Any]) -> None:
    with vanban.kb.open(place) as library:
        report = library.ingest(folder, jobs=2)
        assert [Path(item.path).name for item in report.items] == sorted(one.name for one in folder.iterdir())
        assert library.ingest(folder, jobs=2).count("unchanged") == FILES
    assert _same(place, alone)


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_any_executor_may_parse(folder: Path, file_place: Path, alone: dict[str, Any], kind: type[ThreadPoolExecutor]) -> None:
    with vanban.kb.open(file_place) as library, kind(2) as pool:
        assert library.ingest(folder, executor=pool).count("new") == FILES
        assert pool.submit(int, 5).result() == 5, "it is the caller's, and goes on"
    assert _same(file_place, alone)


def test_a_file_that_kills_the_process_that_parses_it_stops_no_other(
    folder: Path, file_place: Path, alone: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from vanban.kb import parsing

    (folder / "nq-15-giet.txt").write_text("giết", encoding="utf-8")
    genuine = parsing.parse_all_bytes

    def deadly(data: bytes, *, name: str, format: str | None = None) -> Any:
        if name == "nq-15-giet.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        return genuine(data, name=name, format=format)

    monkeypatch.setattr(parsing, "parse_all_bytes", deadly)
    with vanban.kb.open(file_place) as library:
        report = library.ingest(folder, jobs=2)
    assert report.count("new") == FILES
    (failed,) = (item for item in report.items if item.path.endswith("giet.txt"))
    assert "the process that parsed it was killed" in str(failed.problem)
    assert _same(file_place, alone)


def test_small_files_go_to_a_process_together_and_large_ones_alone() -> None:
    files = [ToParse(b"." * (1 << 20 if k == 40 else 100), f"{k}") for k in range(64)]
    handfuls = list(ingest_parsers.OwnProcesses(2)._handfuls(files))
    assert [one for handful in handfuls for one in handful] == files
    assert [files[40]] in handfuls
    assert max(map(len, handfuls)) == 8
    few = list(ingest_parsers.OwnProcesses(4)._handfuls(files[:16]))
    assert [len(handful) for handful in few] == [2] * 8, "each process has something to do"


def test_memory_that_is_short_for_one_file_loses_no_other_of_its_handful(monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = prepare.file

    def short(data: bytes, name: str, *how: Any) -> prepare.PreparedFile:
        if name == "1.txt":
            raise MemoryError
        return genuine(data, name, *how)

    monkeypatch.setattr(prepare, "file", short)
    made = [prepare.received(one) for one in prepare.sent([ToParse(f"Điều {k}. Chương trình.".encode(), f"{k}.txt") for k in range(3)])]
    assert [one.problem for one in made] == [None, "MemoryError: ", None]


def test_an_executor_that_ended_says_to_run_it_again(folder: Path, file_place: Path) -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    with vanban.kb.open(file_place) as library, pytest.raises(KnowledgeBaseError, match="run the same command again"):
        library.ingest(folder, executor=pool)


class _Slow(Executor):
    """Ends what it is given in the wrong order, and remembers how much of it was waiting at a time."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Any]] = []
        self.most = 0

    def submit(self, call: Any, /, *arguments: Any, **options: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((future, lambda: call(*arguments, **options)))
        self.most = max(self.most, len(self.waiting))
        if len(self.waiting) == 3 or "nq-23" in str(arguments[1]) or "rong" in str(arguments[1]):
            for one, work in reversed(self.waiting):
                one.set_result(work())
            self.waiting.clear()
        return future


def test_bodies_and_places_are_read_at_ingest(folder: Path, place: Any) -> None:
    with vanban.kb.open(place) as library:
        library.ingest(folder / "nq-10.txt")
        text = library.document("nq-10.txt").text
    mentions = 'SELECT o.name, o.name_key, start, "end" FROM organisation_mentions JOIN organisations AS o ON o.key = organisation_key'
    named = [(name, key, text[start:end]) for name, key, start, end in stores.query(place, mentions)]
    assert ("Ủy ban nhân dân tỉnh Thái Nguyên", "uy ban nhan dan tinh thai nguyen", "Ủy ban nhân dân tỉnh") in named
    assert stores.query(place, "SELECT verb FROM mandate_acts")


def test_bodies_and_places_that_nobody_names_any_more_are_forgotten(tmp_path: Path, place: Any) -> None:
    def text(number: int, body: str, where: str) -> str:
        return (
            f"HỘI ĐỒNG NHÂN DÂN\nTỈNH THÁI NGUYÊN\nSố: {number}/NQ-HĐND\nThái Nguyên, ngày 08 tháng 12 năm 2023\n\n"
            f"NGHỊ QUYẾT\nVề nhiệm vụ năm 2024\n\nĐiều 1. Nhiệm vụ\n1. Giao {body} chủ trì trồng rừng tại xã {where}.\n"
        )

    def named(table: str) -> dict[str, int]:
        return dict(stores.query(place, f"SELECT name, documents FROM {table}"))

    files = [tmp_path / f"{k}.txt" for k in (1, 2, 3)]
    for k, (file, body) in enumerate(zip(files, ("Sở Y tế", "Sở Y tế", "Sở Tài chính"), strict=True), 1):
        file.write_text(text(k, body, "Tân Thành"))
    with vanban.kb.open(place) as library:
        library.ingest(files)
        stores.agrees(place)
        before = named("organisations")
        assert (before["Sở Y tế tỉnh Thái Nguyên"], before["Sở Tài chính tỉnh Thái Nguyên"]) == (2, 1)
        assert named("places")["xã Tân Thành"] == 3
        for k, (file, where) in enumerate(zip(files, ("Tân Thành", "Bảo Lý", "Bảo Lý"), strict=True), 1):
            file.write_text(text(k, "Sở Y tế", where))
        library.ingest(files)
        stores.agrees(place)
        after = named("organisations")
        assert after["Sở Y tế tỉnh Thái Nguyên"] == 3
        assert "Sở Tài chính tỉnh Thái Nguyên" not in after
        assert (named("places")["xã Tân Thành"], named("places")["xã Bảo Lý"]) == (1, 2)


def test_a_library_that_is_missing_is_named(folder: Path, file_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from vanban.parser.language.errors import Errors

    def missing(*_: object) -> None:
        raise ImportError(Errors.V001.format(what="enrich", library="underthesea", without="enrich(phrases=False)"))

    monkeypatch.setattr("vanban.kb.prepare.enriched", missing)
    with vanban.kb.open(file_place) as library:
        (item,) = library.ingest(folder / "nq-10.txt", linguistic=True).items
    assert item.problem is not None
    assert item.remedy is not None
    assert "underthesea is not installed" in item.problem
    assert item.remedy.startswith('Cài / install: pip install "vanban[nlp]"')


def test_files_are_loaded_in_their_order_whoever_ends_first(folder: Path, file_place: Path, alone: dict[str, Any]) -> None:
    slow = _Slow()
    with vanban.kb.open(file_place) as library:
        library.ingest(folder, executor=slow)
    assert slow.most > 1
    assert _same(file_place, alone)


def test_only_some_files_are_in_hand_at_a_time(folder: Path, file_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    genuine = ingest_run.read
    monkeypatch.setattr(ingest_run, "read", lambda path: (taken.append(path.name), genuine(path))[1])
    monkeypatch.setattr(ingest_run, "_MOST_BYTES", 2500)
    with vanban.kb.open(file_place) as library:
        for k, _ in enumerate(library.feed(folder, jobs=2), 1):
            assert len(taken) - k <= 3, "bounded by size"
    assert len(taken) == FILES + 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_bytes_in_hand_twice_are_one_file(folder: Path, place: Any, jobs: int) -> None:
    for k in (10, 17):
        (folder / f"nq-{k}-ban-sao.txt").write_bytes((folder / f"nq-{k}.txt").read_bytes())
    with vanban.kb.open(place) as library:
        told = {Path(item.path).name: item.outcome for item in library.ingest(folder, jobs=jobs).items}
    assert {name for name, outcome in told.items() if outcome == "unchanged"} == {"nq-10.txt", "nq-17.txt"}  # the copies come first
    assert list(told.values()).count("new") == FILES


def test_a_file_that_is_refused_takes_none_with_it(folder: Path, file_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are loaded together are loaded one by one where the database refuses one of them."""
    genuine, together = ingest_run.prepare.file, []

    def broken(data: bytes, name: str, *more: Any) -> Any:
        made = genuine(data, name, *more)
        if name == "nq-17.txt":
            (document,) = made.documents
            target = list(document.rows["targets"][0])
            target[1] = "no node"
            document.rows["targets"][0] = tuple(target)
        return made

    stored = ingest._store
    monkeypatch.setattr(ingest, "_store", lambda sessions, files: (together.append(len(files)), stored(sessions, files))[1])
    monkeypatch.setattr(ingest_run.prepare, "file", broken)
    with vanban.kb.open(file_place) as library:
        report = library.ingest(folder)
    assert max(together) > 2
    assert (report.count("new"), report.count("failed")) == (FILES - 1, 2)
    (refused,) = (item for item in report.items if Path(item.path).name == "nq-17.txt")
    assert "FOREIGN KEY" in str(refused.problem).upper()

    monkeypatch.undo()
    (folder / "nq-17.txt").unlink()
    with vanban.kb.open(tmp_path / "without.sqlite") as library:
        library.ingest(folder)
    assert _same(file_place, stores.content(tmp_path / "without.sqlite"))


def test_what_is_begun_need_not_be_ended(folder: Path, file_place: Path) -> None:
    with vanban.kb.open(file_place) as library:
        first = next(iter(library.feed(folder, jobs=2)))
        assert first[0].outcome == "new"
        assert library.documents().total == 1
        report = library.ingest(folder, jobs=2)
        assert (report.count("new"), report.count("unchanged")) == (FILES - 1, 1)


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A Dask cluster of two workers on this machine."""
    distributed = pytest.importorskip("distributed", reason="Dask (the extra vanban[dask]) is not installed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50) as made:
        yield made


def test_a_dask_cluster_that_loses_a_worker_half_way_loads_the_same(
    cluster: Any, folder: Path, file_place: Path, alone: dict[str, Any]
) -> None:
    with vanban.kb.open(file_place) as library, vanban.kb.executor(f"dask:{cluster.scheduler_address}") as pool:
        done = 0
        for told in library.feed(folder, executor=pool):
            done += len(told)
            if done == FILES // 3:
                victim = next(iter(cluster.workers.values()))
                os.kill(victim.pid, signal.SIGKILL)
        assert library.documents().total == FILES
    assert _same(file_place, alone)


@pytest.mark.parametrize(("name", "problem"), [("spark:x", "no such executor"), ("dask:tcp://127.0.0.1:1", "cannot be reached")])
def test_an_executor_that_is_not_there_is_named(name: str, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name.startswith("dask"):
        distributed = pytest.importorskip("distributed", reason="Dask (the extra vanban[dask]) is not installed")
        genuine = distributed.Client
        monkeypatch.setattr(distributed, "Client", lambda address, **options: genuine(address, **options | {"timeout": 0.5}))
    with pytest.raises(KnowledgeBaseError, match=problem), vanban.kb.executor(name):
        pass


def test_the_report_in_json_is_whole_even_if_the_ingest_breaks_off(
    folder: Path, file_place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = ["ingest", str(folder), "--db", str(file_place), "--json", "--jobs", "1"]
    assert cli.run(arguments) == 2
    told = json.loads(capfd.readouterr().out)
    assert told["counts"] == {
        "new": FILES,
        "version": 0,
        "unchanged": 0,
        "withdrawn": 0,
        "failed": 1,
        "findings": told["counts"]["findings"],
    }
    assert [item["problem"] for item in told["items"] if item["outcome"] == "failed"] == [told["items"][-1]["problem"]]
    before = len(told["items"])

    genuine, taken = ingest_run.read, []

    def read(path: Path) -> Any:
        taken.append(path)
        if len(taken) > 5:
            raise KeyboardInterrupt
        return genuine(path)

    monkeypatch.setattr(ingest_run, "read", read)
    assert cli.run(arguments) == 130
    told = json.loads(capfd.readouterr().out)
    assert 0 < len(told["items"]) < before
    assert told["counts"]["unchanged"] == len(told["items"])


def test_progress_is_a_line_on_a_terminal_and_nothing_elsewhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shown = progress.Progress([folder])
    shown.show()
    assert capfd.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    shown = progress.Progress([folder])
    time.sleep(0.01)
    shown.show()
    assert f"1/{FILES + 1} tệp" in capfd.readouterr().err
    assert progress.line(1200, 20000, 8.0) == "1200/20000 tệp · 150 tệp/giây · còn 2:05"
    assert progress.line(1, 5000, 2.0) == "1/5000 tệp · 0.5 tệp/giây · còn 2:46:38"
    assert progress.line(0, 0, 0.0) == "0/0 tệp · 0.0 tệp/giây · còn 0:00"


def test_after_a_large_load_a_server_knows_what_it_holds(library: Any, place: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_run, "_MANY", 5)
    assert sum(record.outcome == "new" for told in library.feed([folder]) for record in told) == FILES
    if str(place).startswith("postgresql"):
        assert stores.query(place, "SELECT count(*) FROM pg_stats WHERE tablename = 'nodes'")[0][0] > 0
    assert library.search("tỷ lệ che phủ rừng", limit=5).total >= FILES

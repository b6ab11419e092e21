"""Work done on what is held, for the eye: the queue of what is to be looked at, decisions, changes of resolutions, the audit trail."""

from __future__ import annotations

from ..records import (
    AuditTrail,
    RegisterImport,
    Resolutions,
    Restored,
    Reviewed,
    ReviewItem,
    ReviewQueue,
    ReviewRecord,
    Reviews,
    ReviewShown,
    called,
    numbered,
)
from .lines import Lines, instrument_line, wrapped

_ACTIONS = {"accept": "chấp nhận", "correct": "sửa", "dismiss": "bỏ qua"}
_SUBJECTS = {"finding": "điểm cần xem lại", "citation": "viện dẫn", "node": "mục", "actor": "cơ quan", "target": "chỉ tiêu"}
_STATES = {"standing": "", "not_applicable": "không còn áp dụng được", "undone": "đã rút"}
_OPEN = {
    "ambiguous": "có thể là nhiều văn bản",
    "partial": "thiếu ngày hoặc cơ quan ban hành",
    "unknown": "chưa biết văn bản nào",
    "resolved": "đã xác định",
}

_ONE = "có thể là một văn bản đã biết, chưa đủ chắc"


def register(answer: RegisterImport) -> Lines:
    yield f"Danh mục {answer.name}: {answer.entries} văn bản · {answer.new} mới · {answer.changed} đổi · {answer.gone} bỏ"
    yield f"{answer.resolved} viện dẫn tìm được văn bản"


def queue(answer: ReviewQueue) -> Lines:
    yield f"Cần xem lại: {answer.total}"
    before = None
    for item in answer.items:
        if item.document.id != before:
            yield ""
            yield from wrapped(called(item.document))
            before = item.document.id
        yield from _item(item)


def _item(item: ReviewItem) -> Lines:
    said = _OPEN.get(item.code, item.code) if item.subject == "citation" else item.code
    if item.code == "ambiguous" and len(item.candidates) == 1:
        said = _ONE
    yield from wrapped(f"{item.key}  {said} · {item.path}", "  ")
    yield from wrapped(f"{item.text}", "    ")
    for one in item.candidates:
        yield from wrapped(f"? {instrument_line(one)}", "      ")


def shown(answer: ReviewShown) -> Lines:
    yield from wrapped(called(answer.item.document))
    yield from _item(answer.item)
    if answer.context:
        yield from wrapped(f"«{answer.context}»", "    ")
    for one in answer.decisions:
        yield from _decision(one)


def reviewed(answer: Reviewed) -> Lines:
    yield from _decision(answer.review)


def restored(answer: Restored) -> Lines:
    yield from wrapped(called(answer.document))
    for said, one in (("Bản hiện tại", answer.document), ("Thay cho", answer.before)):
        yield f"{said}: {numbered(one.source, one.part)} · sha256 {one.sha256[:12]}"


def reviews(answer: Reviews) -> Lines:
    yield f"Quyết định: {answer.total}"
    for one in answer.items:
        yield from _decision(one)


def _decision(one: ReviewRecord) -> Lines:
    state = " · ".join(filter(None, (_STATES[one.state], one.problem)))
    why = f": {one.why}" if one.why else ""
    yield from wrapped(f"#{one.id} {_ACTIONS[one.action]} {_SUBJECTS[one.subject]} · {one.who}, {one.at[:16]}{why}", "  ")
    yield from wrapped(f"{called(one.document)}: «{one.text}»", "     ")
    if one.after is not None:
        yield from wrapped(f"{one.before} → {one.after}", "     ")
    if state:
        yield f"     ({state})"


def resolutions(answer: Resolutions) -> Lines:
    yield f"Thay đổi văn bản được viện dẫn: {answer.total}"
    for one in answer.items:
        undone = f" · rút #{one.undoes}" if one.undoes else ""
        yield from wrapped(f"#{one.id} {one.cause} · {one.who}, {one.at[:16]}{undone}", "  ")
        yield from wrapped(f"{called(one.document)}: «{one.text}»", "     ")
        yield from wrapped(f"{one.before or '–'} → {one.after or '–'}", "     ")


def audit(answer: AuditTrail) -> Lines:
    yield f"Việc đã làm: {answer.total}"
    for one in answer.items:
        of_document = f" · văn bản {one.document}" if one.document else ""
        yield from wrapped(f"{one.at[:19]}  {one.who} · {one.verb}{of_document} · {one.detail}", "  ")

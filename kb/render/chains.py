"""Chains, ways, changes: how instruments are related."""

from __future__ import annotations

from ..records import Chain, ChangeRecord, Changes, Path, called, day_first
from .lines import RELATIONS, Lines, figure_text, instrument_line, rest, wrapped

STATES = {
    "unchanged": "chưa thấy văn bản nào sửa đổi, thay thế, bãi bỏ",
    "not_yet": "chưa có hiệu lực",
    "amended": "đã được sửa đổi, bổ sung",
    "suspended": "đã bị đình chỉ, ngưng hiệu lực",
    "replaced": "đã được thay thế",
    "repealed": "đã bị bãi bỏ",
}


def chain(answer: Chain) -> Lines:
    """An instrument and, by distance, what it rests on or what rests on it."""
    yield from wrapped(instrument_line(answer.instrument))
    up = answer.direction == "up"
    relations = ", ".join(RELATIONS[one].lower() for one in answer.relations)
    what = "Dựa trên" if up else "Được dựa vào, thực hiện bởi"
    more, least = ("hơn ", "ít nhất ") if answer.more else ("", "")
    yield f"{what} {more}{figure_text(answer.total)} văn bản, {least}{answer.deepest} bậc ({relations})"
    for depth in range(1, answer.deepest + 1):
        if not (level := [item for item in answer.items if item.depth == depth]):
            continue
        yield f"\nBậc {depth}"
        for item in level:
            yield from wrapped(instrument_line(item.instrument), "  ")
            yield from wrapped(f"{RELATIONS[item.relation].lower()}: {called(item.document)}, {item.path}", "      ")
    yield from rest(len(answer.items), answer.total)


def path(answer: Path) -> Lines:
    """The steps from one instrument to another."""
    yield from wrapped(f"Từ: {instrument_line(answer.start)}")
    yield from wrapped(f"Đến: {instrument_line(answer.goal)}")
    if not answer.steps:
        yield "Không có đường nào, theo các văn bản trong kho." if answer.start != answer.goal else "Cùng một văn bản."
        return
    back = "" if answer.directed else ", có bước ngược chiều viện dẫn"
    yield f"{len(answer.steps)} bước{back}"
    for step in answer.steps:
        yield ""
        yield from wrapped(called(step.subject), "  ")
        provision = f" {step.provision}" if step.provision else ""
        yield from wrapped(f"{RELATIONS[step.relation].lower()}{provision}: {called(step.object)}", "    ")
        yield from wrapped(f"{called(step.document)}, {step.path}", "      ")


def changes(answer: Changes) -> Lines:
    """How an instrument stands, and what made it so."""
    yield from wrapped(instrument_line(answer.instrument))
    yield from wrapped(f"Ngày {day_first(answer.on)}: {STATES[answer.state]}{' (một phần)' if answer.partly else ''}")
    if answer.effective:
        yield f"Hiệu lực theo văn bản: {day_first(answer.effective)}"
    yield from wrapped(f"Theo {figure_text(answer.basis)} văn bản trong kho; văn bản chưa có trong kho không được tính.")
    for one in answer.register:
        facts = (one.status, one.effective and f"từ {day_first(one.effective)}", one.expired and f"hết {day_first(one.expired)}")
        yield from wrapped(f"Danh mục {one.register}: {' · '.join(filter(None, facts))}")
    for label, listed in (
        ("Đã có", [item for item in answer.items if item.holds]),
        ("Sau ngày này", [item for item in answer.items if not item.holds]),
    ):
        if listed:
            yield f"\n{label} ({len(listed)})"
            for item in listed:
                yield from _change(item)
    yield from rest(len(answer.items), answer.total)


def _change(item: ChangeRecord) -> Lines:
    what = f" {item.provision}" if item.provision else ""
    yield from wrapped(f"{RELATIONS[item.relation]}{what}: {instrument_line(item.by)}", "  ")
    when = f"hiệu lực {day_first(item.effective)}; " if item.effective else ""
    yield from wrapped(f"{when}{called(item.document)}, {item.path}", "      ")

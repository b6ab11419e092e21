"""Two documents side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from vanban.parser.compare import Change, Comparison, State, TargetPair, TaskPair
from vanban.parser.model import Instrument

from .lines import ROLES, Lines, figure, figure_text, wrapped

STATES = {"same": "như cũ", "changed": "đổi", "new": "mới", "dropped": "bỏ"}
FIELDS = {
    "deadline": "Thời hạn",
    "actors": "Giao",
    "responsible": "Chịu trách nhiệm",
    "implements": "Thực hiện",
    "unit": "Đơn vị",
    "comparator": "So sánh",
    "direction": "Chiều",
    "period": "Thời kỳ",
    "baseline": "So với",
}
_TASK_WORDS = 160


def comparison(answer: Comparison) -> Lines:
    yield from wrapped(f"A: {_called(answer.before)}")
    yield from wrapped(f"B: {_called(answer.after)}")
    yield f"Chỉ tiêu: {_counts(answer, 'targets')}"
    yield f"Nhiệm vụ: {_counts(answer, 'tasks')}"
    for state in ("changed", "new", "dropped"):
        targets = [pair for pair in answer.targets if pair.state == state]
        if targets:
            yield f"\nChỉ tiêu {STATES[state]} ({len(targets)})"
            for target in targets:
                yield from _target(target)
        tasks = [pair for pair in answer.tasks if pair.state == state]
        if tasks:
            yield f"\nNhiệm vụ {STATES[state]} ({len(tasks)})"
            for task in tasks:
                yield from _task(task)


def _called(instrument: Instrument) -> str:
    date = "/".join(reversed(instrument.date.split("-"))) if instrument.date else ""
    name = " ".join(filter(None, (instrument.type, instrument.number, f"ngày {date}" if date else ""))) or instrument.title or "?"
    return " · ".join(filter(None, (name, instrument.issuer)))


def _counts(answer: Comparison, of: str) -> str:
    pairs: Iterable[TaskPair | TargetPair] = answer.targets if of == "targets" else answer.tasks
    held = [pair.state for pair in pairs]
    return " · ".join(f"{held.count(state)} {STATES[state]}" for state in get_args(State))


def _target(pair: TargetPair) -> Lines:
    target = pair.after or pair.before
    assert target is not None
    if pair.before is None or pair.after is None:
        yield from wrapped(f"{target.name}: {figure(target)}", "  ")
        return
    difference = next((change for change in pair.changes if change.delta is not None), None)
    by = f" ({'+' if (difference.delta or 0) > 0 else ''}{figure_text(difference.delta or 0)} {difference.unit})" if difference else ""
    yield from wrapped(f"{pair.after.name}: {figure(pair.before)} → {figure(pair.after)}{by}", "  ")
    if pair.before.name != pair.after.name:
        yield from wrapped(f"A: {pair.before.name}", "    ")


def _task(pair: TaskPair) -> Lines:
    mandate = pair.after or pair.before
    assert mandate is not None
    words = mandate.text if len(mandate.text) <= _TASK_WORDS else mandate.text[:_TASK_WORDS].rsplit(maxsplit=1)[0] + " …"
    yield from wrapped(f"- {words}", "  ")
    for change in pair.changes:
        yield from _change(change)


def _change(change: Change) -> Lines:
    if change.field == "text":
        if change.before:
            yield from wrapped(f"Bỏ chữ: {_short(change.before)}", "      ")
        if change.after:
            yield from wrapped(f"Thêm chữ: {_short(change.after)}", "      ")
        return
    before, after = change.before, change.after
    if change.field == "actors":
        for role, name in ROLES.items():
            before, after = before.replace(f"({role})", f"({name})"), after.replace(f"({role})", f"({name})")
    field = FIELDS.get(change.field, change.field)
    was, now = ([part for part in side.split("; ") if part] for side in (before, after))
    if set(was) & set(now):  # of a list that goes on, what came and what went
        for word, parts in (("thêm", [part for part in now if part not in was]), ("bỏ", [part for part in was if part not in now])):
            if parts:
                yield from wrapped(f"{field} ({word}): {'; '.join(parts)}", "      ")
        return
    yield from wrapped(f"{field}: {before or '(không)'} → {after or '(không)'}", "      ")


def _short(words: str) -> str:
    return words if len(words) <= 2 * _TASK_WORDS else words[: 2 * _TASK_WORDS].rsplit(maxsplit=1)[0] + " …"

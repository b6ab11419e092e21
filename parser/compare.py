"""Two documents side by side: which tasks and targets of the one stand in the other, and what became of them.

Units are paired by the words they share, rare words counting more than common ones (those of the instruments a task names do not: an
instrument that it carries out counts as one), and by key phrases where both documents have them
(:func:`vanban.parser.enrich`). Years and figures do not count in pairing: a task of 2024 and the same of 2025 are a pair. Whether a changed
wording changes the law is not decided here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log
from typing import Literal, TypeVar

import msgspec

from .model import Document, Instrument, Mandate, Target

State = Literal["same", "changed", "new", "dropped"]
_Unit = TypeVar("_Unit", Mandate, Target)

TASKS_ALIKE = 0.4
"""Two tasks that share less than that (0 to 1) are not the same task."""
TARGETS_ALIKE = 0.55
_WORD = re.compile(r"[^\W_]+")
_COMMON = 0.3
"""A word in more than this part of the units brings none together; it still counts once they are."""


class Change(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that differs: ``field`` with what it was and is, as printed; of figures in one unit ``delta`` says by how much.

    ``field`` is of a target ``value``, ``unit``, ``comparator``, ``direction``, ``period``, ``baseline``; of a task ``deadline``,
    ``actors``, ``responsible``, ``implements``, ``text`` (the words that went and came).
    """

    field: str
    before: str = ""
    after: str = ""
    delta: float | int | None = None
    unit: str = ""


class TaskPair(msgspec.Struct, frozen=True, kw_only=True):
    """A task in both documents, or in one: ``likeness`` is 0 to 1, ``changes`` what differs."""

    state: State
    before: Mandate | None = None
    after: Mandate | None = None
    likeness: float = 0.0
    changes: tuple[Change, ...] = ()


class TargetPair(msgspec.Struct, frozen=True, kw_only=True):
    """A target in both documents, or in one. A later ``period`` or ``baseline`` alone makes no changed target: figures are compared."""

    state: State
    before: Target | None = None
    after: Target | None = None
    likeness: float = 0.0
    changes: tuple[Change, ...] = ()


class Comparison(msgspec.Struct, frozen=True, kw_only=True, tag_field="result", tag="comparison"):
    """What became of each task and target of ``before`` in ``after``: in the order of ``before``, then what is new in that of ``after``."""

    before: Instrument
    after: Instrument
    tasks: tuple[TaskPair, ...] = ()
    targets: tuple[TargetPair, ...] = ()

    def count(self, state: State, of: Literal["tasks", "targets"] = "tasks") -> int:
        """How many pairs are in a state."""
        pairs: Sequence[TaskPair | TargetPair] = self.tasks if of == "tasks" else self.targets
        return sum(1 for pair in pairs if pair.state == state)


def compare(before: Document, after: Document) -> Comparison:
    """Pair the tasks and the targets of two documents, one to one, and tell what differs.

    Every task and target of both is in exactly one pair; a document compared with itself has only ``same``. Needs no library; key phrases
    count where both have them.

    >>> from vanban.parser import parse_text
    >>> old, new = (parse_text(f"Điều 1. Chỉ tiêu năm 2024\\n- Tỷ lệ che phủ rừng đạt {n}%.") for n in (46, 47))
    >>> [(pair.state, pair.changes[0].before, pair.changes[0].after) for pair in compare(old, new).targets]
    [('changed', '46 %', '47 %')]
    """
    with_phrases = any(m.phrases for m in before.mandates) and any(m.phrases for m in after.mandates)
    words = {id(mandate): _own_words(document, mandate) for document in (before, after) for mandate in document.mandates}
    tasks = _paired(
        before.mandates, after.mandates, lambda mandate: _task_features(mandate, words[id(mandate)], with_phrases), _no_bonus, TASKS_ALIKE
    )
    called = {c.target: " ".join(filter(None, (c.type, c.number or c.name))) for d in (after, before) for c in d.citations if c.target}
    targets = _paired(before.targets, after.targets, lambda target: _features(target.name), _same_measure, TARGETS_ALIKE)
    return Comparison(
        before=before.instrument,
        after=after.instrument,
        tasks=tuple(_task_pair(a, b, likeness, called) for a, b, likeness in tasks),
        targets=tuple(_target_pair(a, b, likeness) for a, b, likeness in targets),
    )


# --- pairing ---------------------------------------------------------------------------------------------------------------------


def _paired(
    before: Sequence[_Unit],
    after: Sequence[_Unit],
    features: Callable[[_Unit], frozenset[str]],
    bonus: Callable[[_Unit, _Unit], float],
    least: float,
) -> Iterator[tuple[_Unit | None, _Unit | None, float]]:
    """The best pairs first, each unit once; of equal ones those that stand alike in their documents."""
    first: list[frozenset[str]] = [features(unit) for unit in before]
    second: list[frozenset[str]] = [features(unit) for unit in after]
    total = len(first) + len(second)
    held = Counter(word for words in (*first, *second) for word in words)
    weights = {word: log(1 + total / count) for word, count in held.items()}
    often = max(4, total * _COMMON)
    where: dict[str, list[int]] = defaultdict(list)
    for k, words in enumerate(second):
        for word in words:
            where[word].append(k)
    sums = [sum(weights[word] for word in words) for words in first], [sum(weights[word] for word in words) for words in second]
    ranked = []
    for i, words in enumerate(first):
        near = {k for word in words if held[word] <= often for k in where.get(word, ())}
        for k in near or range(len(second)):
            shared = sum(weights[word] for word in words & second[k])
            both = sums[0][i] + sums[1][k]
            likeness = min(1.0, 2 * shared / both + bonus(before[i], after[k])) if both else 0.0
            if likeness >= least:
                ranked.append((-likeness, abs(i * len(second) - k * len(first)), i, k))
    ranked.sort()
    chosen: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for score, _, i, k in ranked:
        if i not in chosen and k not in taken:
            chosen[i] = k, -score
            taken.add(k)
    for i, unit in enumerate(before):
        if i in chosen:
            yield unit, after[chosen[i][0]], chosen[i][1]
        else:
            yield unit, None, 0.0
    for k, unit in enumerate(after):
        if k not in taken:
            yield None, unit, 0.0


def _features(text: str) -> frozenset[str]:
    """Words and pairs of words, folded, without figures."""
    from .fold import search_form

    words = [word for word in _WORD.findall(search_form(text)) if not word.isdigit()]
    return frozenset((*words, *(f"{one} {two}" for one, two in pairwise(words))))


def _own_words(document: Document, mandate: Mandate) -> str:
    """What a task says itself: the instruments it names are the same words in many tasks ("theo Nghị quyết số 3/NQ-HĐND ngày …")."""
    kept, at = [], mandate.start
    for citation in document.citations:
        if citation.scope == "external" and at <= citation.start and citation.end <= mandate.end:
            kept.append(document.text[at : citation.start])
            at = citation.end
    return " ".join((*kept, document.text[at : mandate.end]))


def _task_features(mandate: Mandate, words: str, with_phrases: bool) -> frozenset[str]:
    found = _features(words) | {f"→ {target}" for target in mandate.implements}
    if with_phrases:
        from .fold import search_form

        found |= {f"= {search_form(phrase)}" for phrase in mandate.phrases}
    return found


def _no_bonus(_one: object, _other: object) -> float:
    return 0.0


def _same_measure(one: Target, other: Target) -> float:
    """Targets in the same unit are likelier one than targets in others."""
    units = _unit(one), _unit(other)
    return 0.1 if units[0] == units[1] else -0.2 if all(units) else 0.0


# --- what differs ----------------------------------------------------------------------------------------------------------------


def _task_pair(before: Mandate | None, after: Mandate | None, likeness: float, called: Mapping[str, str]) -> TaskPair:
    if before is None or after is None:
        return TaskPair(state="new" if before is None else "dropped", before=before, after=after)
    changes = tuple(_task_changes(before, after, called))
    return TaskPair(state="changed" if changes else "same", before=before, after=after, likeness=round(likeness, 3), changes=changes)


def _task_changes(before: Mandate, after: Mandate, called: Mapping[str, str]) -> Iterator[Change]:
    was, now = before.deadline.text if before.deadline else "", after.deadline.text if after.deadline else ""
    if _key(was) != _key(now):
        yield Change(field="deadline", before=was, after=now)
    for field, one, other in (
        ("actors", [f"{actor.name} ({actor.role})" for actor in before.actors], [f"{actor.name} ({actor.role})" for actor in after.actors]),
        ("responsible", before.responsible, after.responsible),
        ("implements", before.implements, after.implements),
    ):
        if set(one) != set(other):
            yield Change(field=field, before="; ".join(called.get(x, x) for x in one), after="; ".join(called.get(x, x) for x in other))
    if _key(before.text) != _key(after.text):
        gone, come = _words_changed(before.text, after.text)
        yield Change(field="text", before=gone, after=come)


def _words_changed(before: str, after: str) -> tuple[str, str]:
    """The words that only the one text has, and only the other; stretches are parted by "…"."""
    from difflib import SequenceMatcher

    one, other = before.split(), after.split()
    matcher = SequenceMatcher(None, [_key(word) for word in one], [_key(word) for word in other], autojunk=False)
    gone, come = [], []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            gone += [" ".join(one[a:b])] if a < b else []
            come += [" ".join(other[c:d])] if c < d else []
    return " … ".join(gone), " … ".join(come)


def _target_pair(before: Target | None, after: Target | None, likeness: float) -> TargetPair:
    if before is None or after is None:
        return TargetPair(state="new" if before is None else "dropped", before=before, after=after)
    changes = tuple(_target_changes(before, after))
    changed = any(change.field not in ("period", "baseline") for change in changes)
    return TargetPair(state="changed" if changed else "same", before=before, after=after, likeness=round(likeness, 3), changes=changes)


def _target_changes(before: Target, after: Target) -> Iterator[Change]:
    same_unit = _unit(before) == _unit(after)
    was, now = _amount(before), _amount(after)
    if was != now or not same_unit:
        delta = round(now[0] - was[0], 9) if same_unit else None
        plain = None if delta is None else int(delta) if float(delta).is_integer() else delta
        unit = _unit(before) if same_unit else ""
        yield Change(field="value", before=_figure(before), after=_figure(after), delta=plain, unit=unit)
    if not same_unit:
        yield Change(field="unit", before=before.unit, after=after.unit)
    for field, one, other in (
        ("comparator", before.comparator, after.comparator),
        ("direction", before.change, after.change),
        ("period", before.period, after.period),
        ("baseline", before.baseline, after.baseline),
    ):
        if one != other:
            yield Change(field=field, before=one or "", after=other or "")


def _unit(target: Target) -> str:
    return _key(target.normal_unit or target.unit)


def _amount(target: Target) -> tuple[float | int, float | int | None]:
    if target.normal_value is None:
        return target.value, target.value_max
    return target.normal_value, target.normal_max


def _figure(target: Target) -> str:
    """``46 %``, ``7,5 - 8 %``: the figure as a reader writes it."""
    values = [target.value] if target.value_max is None else [target.value, target.value_max]
    return " ".join(filter(None, (" - ".join(_number(value) for value in values), target.unit)))


def _number(value: float | int) -> str:
    """``1.234,5``: dot for thousands, comma for the decimal."""
    return f"{value:,.10g}".translate(str.maketrans(",.", ".,"))


def _key(text: str) -> str:
    from .fold import key

    return key(text)

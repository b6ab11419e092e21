"""What a text says of two other instruments: ``Luật A được sửa đổi, bổ sung bởi Luật B`` is B *amends* A.

    Nghị định số 71/2024/NĐ-CP (được sửa đổi, bổ sung tại Nghị định số 151/2025/NĐ-CP, Nghị định số 226/2025/NĐ-CP)
    Nghị định số 09/2010/NĐ-CP … sửa đổi, bổ sung một số điều của Nghị định số 110/2004/NĐ-CP
    Nghị quyết số 12/NQ-HĐND hết hiệu lực kể từ ngày Nghị quyết số 34/NQ-HĐND có hiệu lực

Only where both are told for certain (state ``resolved``) is there an edge; what this document does itself is a relation of its citations.
Whether the change is in force, or true, is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from ..fold import key
from ..model import Citation, Edge, Relation
from ..names.patterns import GAP, UPPER

_NEAR = 260
"""How many characters may stand between the two: the title of the first, at most."""

_PASSIVE: tuple[tuple[str, Relation], ...] = (
    ("sửa đổi, bổ sung", "amends"),
    ("sửa đổi", "amends"),
    ("bổ sung", "supplements"),
    ("thay thế", "replaces"),
    ("bãi bỏ", "repeals"),
    ("hủy bỏ", "repeals"),
    ("đình chỉ", "suspends"),
    ("ngưng hiệu lực", "suspends"),
    ("đính chính", "corrects"),
    ("hợp nhất", "consolidates"),
    ("kéo dài", "extends"),
    ("gia hạn", "extends"),
    ("quy định chi tiết", "details"),
    ("hướng dẫn", "details"),
)
_ACTIVE: tuple[tuple[str, Relation], ...] = (
    *(pair for pair in _PASSIVE if pair[0] not in {"kéo dài", "gia hạn", "hướng dẫn", "hợp nhất"}),
    ("hướng dẫn thi hành", "details"),
    ("hướng dẫn thực hiện", "details"),
    ("quy định chi tiết thi hành", "details"),
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    def verbs(pairs: tuple[tuple[str, Relation], ...]) -> str:
        return "|".join(
            re.escape(verb).replace(",", ",?").replace(r"\ ", GAP) for verb in sorted((v for v, _ in pairs), key=len, reverse=True)
        )

    return {
        "passive": re.compile(
            rf"(?<!\w)(?:được|bị){GAP}({verbs(_PASSIVE)})(?!\w)[^.;:()]{{0,70}}?(?<!\w)(?:bởi|theo|tại|bằng)"
            rf"(?:{GAP}quy{GAP}định{GAP}(?:tại|của))?(?:{GAP}các)?(?:{GAP}văn{GAP}bản)?\s?:?(?:{GAP}|\s*\n\s*(?:\d{{1,2}}\.{GAP})?)\Z",
            re.IGNORECASE,
        ),
        "active": re.compile(
            rf"\s{{0,4}}(?:,{GAP})?(?:(?:về{GAP}(?:việc{GAP})?)?)({verbs(_ACTIVE)})(?!\w)[^.;:()\n]{{0,140}}?(?:(?<!\w)(?:của|tại){GAP}(?:các{GAP})?)?\Z",
            re.IGNORECASE,
        ),
        "ends": re.compile(
            rf"[^.;:]{{0,160}}?hết{GAP}hiệu{GAP}lực(?:{GAP}thi{GAP}hành)?(?:,{GAP}|{GAP})?(?:kể{GAP})?(?:từ{GAP}|khi{GAP}|theo{GAP}quy{GAP}định{GAP}(?:tại|của){GAP})"
            rf"(?:ngày{GAP}|thời{GAP}điểm{GAP}|khi{GAP})?\Z"
        ),
        "begins": re.compile(rf"[^.;:]{{0,40}}?(?:có{GAP})?hiệu{GAP}lực"),
        "joined": re.compile(
            rf"\s*(?:ngày{GAP}[^,;()\n]{{4,30}}|,?{GAP}có{GAP}hiệu{GAP}lực{GAP}[^;\n]{{4,60}})?\s*(?:[,;]|{GAP}và|,{GAP}và)?\s*(?:\d{{1,2}}\.{GAP})?(?:các{GAP}|số{GAP})?"
        ),
        "sentence": re.compile(rf"\.\s+[{UPPER}]|\n\s*\n|;"),
        "own": re.compile(
            rf"\s{{0,4}}(?:sửa{GAP}đổi,?{GAP}bổ{GAP}sung|sửa{GAP}đổi|bổ{GAP}sung){GAP}(?:một{GAP}số{GAP}điều{GAP}(?:của{GAP})?)?"
        ),
    }


@cache
def _relations() -> dict[str, Relation]:
    return {key(verb).replace(",", ""): relation for verb, relation in (*_PASSIVE, *_ACTIVE)}


def find(text: str, citations: Sequence[Citation]) -> tuple[Edge, ...]:
    """The edges a text tells, in order, each once a place. ``citations`` are the document's, with their identities (:mod:`identity`)."""
    cited = [c for c in citations if c.scope == "external"]
    found: list[Edge] = []
    patterns = _patterns()
    for i, (first, second) in enumerate(pairwise(cited)):
        if second.start - first.end > _NEAR or text.startswith(";", first.end):
            continue
        between = text[first.end : second.start]
        if not between or between.isspace():
            continue
        passive = patterns["passive"].search(between) if "được" in between or "bị" in between else None
        if passive is not None and patterns["sentence"].search(between, 0, passive.start()) is None:
            relation = _relations()[key(passive[1]).replace(",", "")]
            for changer in (second, *_list(text, cited, i + 1)):
                found.extend(_edge(text, changer, relation, first))
            continue
        if "hiệu" in between and patterns["ends"].fullmatch(between) and patterns["begins"].match(text, second.end):
            found.extend(_edge(text, second, "repeals", first))
            continue
        active = patterns["active"].fullmatch(between)
        if active is not None and second.relation != "legal_basis" and not _OTHER.search(between):
            found.extend(_edge(text, first, _relations()[key(active[1]).replace(",", "")], second))
    found.extend(_by_title(text, cited))
    return tuple(sorted(dict.fromkeys(found), key=lambda edge: (edge.start, edge.end)))


_OTHER = re.compile(r"(?:,|(?<!\w)và|(?<!\w)hoặc)\s*\Z")
"""After these words another instrument is named, not what the first one changes."""


def _list(text: str, cited: Sequence[Citation], at: int) -> Iterator[Citation]:
    """The further members of a list: ``bởi Luật số 59/2020/QH14, Luật số 56/2024/QH15 và …``."""
    while at + 1 < len(cited) and _patterns()["joined"].fullmatch(text, cited[at].end, cited[at + 1].start):
        at += 1
        yield cited[at]


def _edge(text: str, subject: Citation, relation: Relation, object: Citation) -> Iterator[Edge]:
    if subject.state != "resolved" or object.state != "resolved" or not subject.target or not object.target:
        return
    if subject.target != object.target and _year(object.target) <= _year(subject.target):
        start, end = min(subject.start, object.start), max(subject.end, object.end)
        yield Edge(
            node=object.node,
            start=start,
            end=end,
            subject=subject.target,
            relation=relation,
            object=object.target,
            provision=object.provision,
        )


def _by_title(text: str, cited: Sequence[Citation]) -> Iterator[Edge]:
    """``Luật số 63/2020/QH14 sửa đổi, bổ sung một số điều của Luật Đất đai``: the law amended is named only in the title; it is the one
    that the same document cites by this name, where it cites one alone.
    """
    laws: dict[str, set[str]] = {}
    for c in cited:
        if c.name and c.state == "resolved" and c.target and " sửa đổi" not in c.name.lower():
            laws.setdefault(key(c.name), set()).add(c.target)
    if not laws:
        return
    for c in cited:
        if c.type not in {"Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết"} or c.state != "resolved" or not c.target:
            continue
        if c.name and "sửa đổi" in c.name.lower():
            words, end = c.name, c.end
        elif (title := _patterns()["own"].match(text, c.end)) is not None:
            stop = re.compile(r"[;.:()\n]|, có hiệu lực").search(text, title.end(), title.end() + 300)
            end = stop.start() if stop else min(len(text), title.end() + 120)
            words = text[title.end() : end]
        else:
            continue
        words = key(" ".join(words.split()))
        for name, targets in laws.items():
            at = words.find(name)
            if at < 0 or len(targets) != 1 or _longer(words, at, name, laws):
                continue
            target = next(iter(targets))
            if target != c.target and _year(target) <= _year(c.target):
                yield Edge(node=c.node, start=c.start, end=end, subject=c.target, relation="amends", object=target)


def _year(id: str) -> str:
    """The year of an id: an instrument changes none that came after it, so that a list ends before one that is older."""
    return id.split("/")[6][:4]


def _longer(words: str, at: int, name: str, laws: dict[str, set[str]]) -> bool:
    """Whether the name found is only the beginning of another's: ``Luật Bầu cử đại biểu Quốc hội`` in ``… và đại biểu Hội đồng …``."""
    return (
        any(other != name and other.startswith(name) and words.startswith(other, at) for other in laws)
        or words[at + len(name) :][:1].isalnum()
    )

"""What a document does with an instrument it names: founds itself on it, weighs it, carries it out, amends, replaces or just cites it.

The cues are in ``lexicon/relations.tsv``. A recital's opening word holds for all of it; elsewhere the last cue before a mention counts,
and the members of a list share theirs. What one cited instrument did to another ("được sửa đổi bởi") is no act of this document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from .. import tables
from ..model import Node, Relation
from ..names.patterns import GAP, UPPER, options

Place = tuple[int, int, int, str, bool]
"""(start, start of the type word, end, type, whether a provision is cited)."""


@cache
def _cues(where: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    rows = [row for row in tables.rows("relations") if row["where"] in where]
    names = {row["cue"]: (row["relation"], row["where"]) for row in rows}
    # The plan that a roadmap follows is looked for by a pattern of its own.
    forms = {form for name in names for form in (name, name[0].upper() + name[1:])}
    return re.compile("(?:" + "|".join(options(sorted(forms))) + r")(?!\w)"), names


@cache
def _small() -> dict[str, re.Pattern[str]]:
    opening, _ = _cues(("recital",))
    return {
        "opening": re.compile(rf"(?:\A|\n)[\s*_+•-]{{0,6}}({opening.pattern})"),
        "joint": re.compile(rf"[\s,(]*(?:(?:và|hoặc){GAP})?(?:các{GAP}|số{GAP})?\(?\Z"),
        # "thực hiện Kế hoạch này phải tuân thủ … Phương án số …": what is carried out is named already. Not in a list ("… này và …").
        "self": re.compile(rf"(?:{GAP}[^\W\d_]+){{1,4}}{GAP}này(?!{GAP}và{GAP}(?:các{GAP})?[{UPPER}])(?!\w)"),
        # A roadmap, a plan, a task "theo quy định tại" an instrument is carried out, not merely cited.
        "plan": re.compile(
            rf"(?<!\w)(?:lộ{GAP}trình|phương{GAP}án|kế{GAP}hoạch|nhiệm{GAP}vụ|chỉ{GAP}tiêu|mục{GAP}tiêu)(?!\w)[^,;.:]{{0,160}}\Z",
            re.IGNORECASE,
        ),
        "task": re.compile(
            rf"(?<!\w)(?:thực{GAP}hiện|triển{GAP}khai|hoàn{GAP}thành|tập{GAP}trung)(?!\w)[^.;:]{{0,60}}?(?<!\w)(?:nhiệm{GAP}vụ|giải{GAP}pháp|chính{GAP}sách"
            rf"|nội{GAP}dung|mục{GAP}tiêu|chỉ{GAP}tiêu|phương{GAP}án|kế{GAP}hoạch)(?!\w)[^.;:]{{0,160}}\Z",
            re.IGNORECASE,
        ),
        "list": re.compile(rf"(?:[,(]|(?<!\w)và{GAP}|(?<!\w)hoặc{GAP})\s*(?:các{GAP})?\(?\Z"),
        "object": re.compile(
            r"[\s,.\d]*(?:(?:một|số|điều|khoản|điểm|mục|chương|phụ|lục|tiêu|đề|tên|danh|biểu|mẫu|cụm|từ|của|các|tại|vào|sau|và|toàn|bộ|phần|nội|dung|quy|định"
            r"|việc|thi|hành|hiệu|lực|đối|với|trong|bằng|khổ|đoạn|câu|[a-zđ]\d?|[IVXLC]+|\d+[a-zđ]?)(?!\w)[\s,.]*|[“\"][^”\"]{0,200}[”\"][\s,]*)*\Z",
            re.IGNORECASE,
        ),
        "sentence": re.compile(r"[.!?]\s+(?=[^\Wa-zà-ỹđ\d_])|\n\s*\n|\.\n"),
        "issued_with": re.compile(rf"(?:\A|\n)[ \t*_]{{0,8}}\(\s?(?:[Bb]an{GAP}hành{GAP})?[Kk]èm{GAP}theo{GAP}\Z"),
        "subject": re.compile(
            rf"[\s.):*_+-]{{0,8}}(?:[Kk]ể{GAP}từ{GAP}ngày{GAP}[^,;.:\d]{{0,60}}có{GAP}hiệu{GAP}lực(?:{GAP}thi{GAP}hành)?,{GAP})?"
            rf"(?:(?:[Cc]ác{GAP})?[Qq]uy{GAP}định{GAP}[^,;.:\d]{{0,120}}(?:tại|của){GAP})?"
        ),
        # "theo Nghị định của Chính phủ quy định chi tiết Luật …": the decree does it, not this document.
        "other": re.compile(
            rf"(?:[Nn]ghị{GAP}định|[Tt]hông{GAP}tư|[Qq]uyết{GAP}định|[Qq]uy{GAP}định){GAP}(?:của{GAP}[^\W\d_]+(?:{GAP}[^\W\d_]+){{0,8}}{GAP})(?:về{GAP})?\Z"
        ),
        "with": re.compile(rf"(?:kèm{GAP}theo|ban{GAP}hành{GAP}(?:theo|tại|bằng)){GAP}\Z"),
        "ends": re.compile(rf"(?<!\w)(?:hết|chấm{GAP}dứt){GAP}hiệu{GAP}lực"),
    }


@cache
def _policy() -> frozenset[str]:
    return frozenset(row["name"] for row in tables.rows("types") if "policy" in row["flags"])


def of(text: str, places: Sequence[Place], nodes: Sequence[Node | None], outline: Mapping[str, Node] | None = None) -> list[Relation]:
    """The relation of each mention, in order. ``nodes`` are those the mentions stand in, ``outline`` all nodes by their ids."""
    found: list[Relation] = []
    previous: tuple[int, Relation, Node | None] | None = None
    head: Relation = "cites"
    for place, node in zip(places, nodes, strict=True):
        start, _, end, _, _ = place
        floor = node.start if node else text.rfind("\n", max(0, start - 900), start) + 1
        opened = _opening(text, floor, start, node)
        if previous is not None and (previous[2] is not node or previous[0] < floor):
            previous = None
        if opened is not None:
            relation, head = _in_recital(text, opened, place, previous, head)
        else:
            said = _lead(text, place, node, outline) if previous is None and outline else None
            relation = said or _in_body(text, floor, place, previous, node)
            if previous is None:
                head = relation
        found.append(relation)
        previous = (end, relation, node)
    return found


def _opening(text: str, floor: int, start: int, node: Node | None) -> tuple[int, Relation] | None:
    """Where the recital around ``start`` opens and what its opening says; ``None`` in operative text."""
    if node is not None and node.kind not in {"recital", "preamble"}:
        return None
    window = max(floor, start - 3000)
    found = list(_small()["opening"].finditer(text[window:start]))
    last = found[-1] if found else None
    if last is None:
        return None
    name = " ".join(last[1].lower().split())
    relation = _cues(("recital",))[1].get(name)
    if relation is None:
        return None
    return window + last.start(1), relation[0]  # type: ignore[return-value]


def _in_recital(
    text: str, opened: tuple[int, Relation], place: Place, previous: tuple[int, Relation, Node | None] | None, head: Relation
) -> tuple[Relation, Relation]:
    begin, relation = opened
    start = place[0]
    if previous is None or previous[0] < begin:
        return relation, relation
    between = text[previous[0] : start]
    if ";" in between:
        return head, head
    cue = _last_cue(between)
    if cue is not None and cue[1] == "implements":
        return "implements", head
    if cue is not None and cue[1] in {"amends", "replaces", "repeals", "details", "cites"}:
        return "cites", head
    if _small()["joint"].match(between) or len(between) < 8:
        return previous[1], head
    return (previous[1] if _small()["list"].search(between) else "cites"), head


_ACTS = frozenset(("amends", "replaces", "repeals", "suspends", "corrects", "extends"))


def _lead(text: str, place: Place, node: Node | None, outline: Mapping[str, Node]) -> Relation | None:
    """What the words above a list do with its items: ``Bãi bỏ các văn bản sau đây: 1. Thông tư số …``; ``None`` where they do nothing."""
    above = outline.get(node.parent) if node is not None and node.parent else None
    if node is None or above is None or above.kind not in _LISTS:
        return None
    first = text[node.start + len(node.label) : place[0]].strip(" \t\n.)*_-+")
    attached = len(first) <= 400 and ";" not in first and _small()["with"].search(first + " ")
    if first and (not attached or ((found := _last_cue(first)) and found[1] != "cites")):
        return None
    words = " ".join(f"{above.heading} {above.text}".split())
    if not (words.endswith(":") or (above.heading and not above.text)) or len(words) > 600:
        return None
    cue = _last_cue(words)
    if cue is not None and cue[1] in _ACTS:
        return cue[1]  # type: ignore[return-value]
    return "repeals" if _small()["ends"].search(words) and (cue is None or cue[3] in {"kể từ ngày", "sau khi"}) else None


_LISTS = frozenset(("article", "clause", "point", "heading"))


def _in_body(text: str, floor: int, place: Place, previous: tuple[int, Relation, Node | None] | None, node: Node | None) -> Relation:
    start, _, end, kind, provision = place
    subject = previous is None and _small()["subject"].fullmatch(text[floor + (len(node.label) if node else 0) : start])
    if subject and (at := text.find("hết", end, end + 400)) >= 0:
        # "Nghị quyết số 47/2024/NQ-HĐND … hết hiệu lực thi hành kể từ ngày Nghị quyết này có hiệu lực"; what stands before it is the
        # day on which this happens, or the part of it that ends.
        between = text[end:at]
        if ";" not in between and ". " not in between and _small()["ends"].match(text, at):
            return "repeals"
    if _small()["issued_with"].search(text[max(0, start - 40) : start]):
        return "promulgates"
    begin = max(floor, start - 420)
    for stop in _small()["sentence"].finditer(text, begin, start):
        begin = stop.end()
    nested = previous is not None and previous[0] > begin
    if previous is not None and nested:
        between = text[previous[0] : start]
        if _small()["joint"].fullmatch(between) or re.search(r";\s*(?:và\s+)?\Z", between):
            return previous[1]
        begin = previous[0]
    before = text[begin:start]
    if before.isupper():
        before = before.lower()  # a title in capitals
    cue = _last_cue(before)
    if cue is None:
        return previous[1] if nested and previous is not None and _small()["list"].search(before) else "cites"
    position, relation, where, name = cue
    far = len(before) - position
    if where == "passive":
        return "cites"
    if relation == "weak":
        if name != "tại" and kind in _policy() and not provision:
            return "implements"
        if name == "tại":
            return "implements" if _small()["task"].search(before[:position]) else "cites"
        return "implements" if _small()["plan"].search(before[:position]) and not provision else "cites"
    if name == "theo quy định tại" and not provision and kind != "Luật" and _small()["plan"].search(before[:position]):
        return "implements"
    if relation == "details":
        return "cites" if nested or kind == "Hiến pháp" or _small()["other"].search(before[:position]) else "details"
    if relation in {"amends", "replaces", "repeals"}:
        direct = _small()["object"].match(before, position + len(name)) or _small()["with"].search(before)
        return "cites" if nested or far > 260 or not direct else relation  # type: ignore[return-value]
    if relation == "implements" and nested and re.search(r"(?:,|;|(?<!\w)và)\s+\Z", before) and previous is not None:
        return previous[1]
    return relation  # type: ignore[return-value]


def _last_cue(before: str) -> tuple[int, str, str, str] | None:
    """(where, relation, kind of cue, cue) of the last cue of operative text in a stretch before a mention."""
    pattern, names = _cues(("body", "passive"))
    last = None
    for match in pattern.finditer(before):
        if match.start() and before[match.start() - 1].isalnum():
            continue
        name = " ".join(match[0].lower().split())
        found = names.get(name) or names.get(name.replace("huỷ", "hủy").replace("hoá", "hóa"))
        if found is not None and found[0] == "implements" and _small()["self"].match(before, match.end()):
            continue
        if found is not None and found[0] != "neutral":
            this = (match.start(), found[0], found[1], name)
            # "Bãi bỏ quy định tại Điều 2 Thông tư …": what is abolished is named through its place.
            changes = (
                last is not None
                and last[1] in {"amends", "replaces", "repeals"}
                and (name in {"quy định tại", "quy định của"} or (name == "tại" and before[last[0] + len(last[3]) : match.start()].strip()))
            )
            if changes and last is not None and _small()["object"].fullmatch(before, last[0] + len(last[3]), match.end()):
                continue
            last = this
    return last

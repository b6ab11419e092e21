"""What a document does with an instrument it names: founds itself on it, weighs it, carries it out, amends, replaces or just cites it.

The cues are read by :mod:`cues`. A recital's opening word holds for all of it; elsewhere the last cue before a mention counts,
and the members of a list share theirs. What one cited instrument did to another ("được sửa đổi bởi") is no act of this document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache

from .. import tables
from ..model import Instrument, Node, Relation
from ..names.patterns import UPPER
from .cues import OPERATIVE, forms, last_cue, pieces

Place = tuple[int, int, int, str, bool]
"""(start, start of the type word, end, type, whether a provision is cited)."""


@cache
def _policy() -> frozenset[str]:
    return frozenset(row["name"] for row in tables.rows("types") if "policy" in row["flags"])


def of(
    text: str,
    places: Sequence[Place],
    nodes: Sequence[Node | None],
    outline: Mapping[str, Node] | None = None,
    own: Instrument | None = None,
) -> list[Relation]:
    """The relation of each mention, in order. ``nodes`` are those the mentions stand in, ``outline`` all nodes by their ids, ``own`` the
    document: a plan changes no decree, whatever it orders to be changed.
    """
    found: list[Relation] = []
    previous: tuple[int, Relation, Node | None] | None = None
    head: Relation = "cites"
    expires = 0  # up to where the subject of a sentence "… hết hiệu lực" goes
    merged = _merged(text, places, nodes)
    in_force = [match.start() - _BEFORE_FORCE for match in _IN_FORCE.finditer(text)]
    for place, node in zip(places, nodes, strict=True):
        start, _, end, kind, _ = place
        floor = node.start if node else text.rfind("\n", max(0, start - 900), start) + 1
        opened = _opening(text, floor, start, node) if node is None or node.kind in _RECITING else None
        goes_on = False
        if previous is not None and (previous[2] is not node or previous[0] < floor):
            goes_on = opened is None and _next_of_list(text, place, node, previous[2])
            previous = None
        if start < merged:
            relation: Relation = "consolidates"
        elif goes_on:
            relation = head
        elif opened is not None:
            relation, head = _in_recital(text, opened, place, previous, head)
        else:
            said: Relation | None = None
            if start < expires and previous is not None:
                said = _also_expires(text[previous[0] : start], previous[1])
            elif (until := _expires(text, floor, node, start, end, in_force)) is not None:
                said, expires = "repeals", until
            if said is None and previous is None and outline:
                said = _lead(text, place, node, outline)
            relation = said or _in_body(text, floor, place, previous, node)
            if previous is None:
                head = relation
        if relation == "cites":
            relation = by if (by := _by_this(text, end)) is not None and _may_change(own, kind) else "cites"
        elif (kind in _REPORTS) if relation == "implements" else relation in _ACTS and not _may_change(own, kind):
            relation = relation if relation in _ACTS and kind not in _LAWS and _says_so(text, floor, start) else "cites"
        found.append(relation)
        previous = (end, relation, node)
    return found


def _next_of_list(text: str, place: Place, node: Node | None, before: Node | None) -> bool:
    """``Sau khi xem xét Tờ trình số …;`` / ``Báo cáo thẩm tra số …;``: a recital that names only what the one above it opens a list of."""
    if node is None or before is None or node is before or node.kind != "recital" or before.kind != "recital":
        return False
    return text[before.end - 1] in ";," and not text[before.end : place[1]].strip(" \n\t-*")


_RECITING = frozenset(("recital", "preamble"))
_REPORTS = frozenset(("Báo cáo", "Báo cáo thẩm tra", "Tờ trình", "Biên bản"))
_LAWS = frozenset(("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"))
_POWERLESS = frozenset(
    ("Kế hoạch", "Chương trình", "Chương trình hành động", "Công điện", "Công văn", "Báo cáo", "Tờ trình", "Thông báo",
     "Thông báo kết luận", "Chỉ thị", "Kết luận", "Hướng dẫn", "Phương án", "Đề án")
)  # fmt: skip


def _may_change(own: Instrument | None, kind: str) -> bool:
    """Whether a document can change an instrument of a type itself: laws only the National Assembly; a plan at most another plan."""
    if own is None or not own.type or own.type == kind:
        return True
    if kind in _LAWS:
        return own.type in _LAWS or own.type == "Lệnh" or "Quốc hội" in (own.issuer or "Quốc hội")
    if kind == "Nghị định" and own.type == "Nghị quyết" and own.issuer == "Chính phủ" and own.number and own.number.count("/") < 2:
        return False
    return own.type not in _POWERLESS


def _says_so(text: str, floor: int, start: int) -> bool:
    """Whether the sentence says of the document itself that it does so: ``Kế hoạch này có hiệu lực từ ngày ký và thay thế …``."""
    begin = _sentence(text, max(floor, start - 420), start)
    return pieces()["itself"].match(text, begin, start) is not None


def _by_this(text: str, end: int) -> Relation | None:
    """What a document says it does to the instrument named before: ``Quyết định số 45/QĐ-UBND … được thay thế bằng Quyết định này``."""
    if text.find(" này", end, end + 260) < 0:
        return None
    found = pieces()["by_this"].match(text, end)
    if found is None:
        return None
    cue = forms(OPERATIVE)[1].get(" ".join(found[1].lower().split()).replace("huỷ", "hủy"))
    return cue[0] if cue is not None and cue[0] in _ACTS else None  # type: ignore[return-value]


def _merged(text: str, places: Sequence[Place], nodes: Sequence[Node | None]) -> int:
    """Up to where a consolidated text lists what it puts together, 0 for any other document: ``Luật … số 15/2012/QH13 …, có hiệu lực kể từ
    ngày …, được sửa đổi, bổ sung bởi: 1. Luật …``.
    """
    if not places or pieces()["merged"].match(text, places[0][2]) is None:
        return 0
    end = next((node.start for node in nodes if node is not None and node.start > places[0][0] and node.kind == "recital"), None)
    if end is None:
        basis = text.find("Căn cứ", places[0][2])
        end = basis if basis >= 0 else places[0][2]
    return end


_IN_FORCE = re.compile(r"ự(?<=hiệu[ \n]lự)c")
_BEFORE_FORCE = len("hiệu l")
""""hiệu lực" is looked for by its rarest letter: a search for one letter is the fastest there is."""


def _expires(text: str, floor: int, node: Node | None, start: int, end: int, in_force: Sequence[int]) -> int | None:
    """Where "hết hiệu lực" stands of which a mention is the subject: ``Nghị quyết số 47/2024/NQ-HĐND … hết hiệu lực thi hành``.

    What may stand before the mention is the day on which this happens, or the part of it that ends. ``in_force`` are the places of
    "hiệu lực" in the text: most mentions have none near behind.
    """
    following = bisect_left(in_force, end)
    if following == len(in_force) or in_force[following] > end + 892:
        return None
    begin = floor + (len(node.label) if node else 0)
    begin = _sentence(text, begin, start)
    if pieces()["subject"].fullmatch(text[begin:start]) is None:
        return None
    ends = pieces()["ends"].search(text, end, end + 900)
    if ends is None or ";" in text[end : ends.start()] or ". " in text[end : ends.start()] or "\n\n" in text[end : ends.start()]:
        return None
    return None if pieces()["condition"].search(text, end, ends.start()) else ends.start()


def _also_expires(between: str, before: Relation) -> Relation | None:
    """The next member of such a subject; what one of them amended, or what amended it, is none."""
    cue = last_cue(between)
    if cue is not None and (cue[1] in _ACTS or cue[1] == "details" or cue[2] == "passive"):
        return "cites"
    if before == "cites" and len(between) < 12:
        return "cites"
    return "repeals" if pieces()["joined"].search(between) else None


def _opening(text: str, floor: int, start: int, node: Node | None) -> tuple[int, Relation] | None:
    """Where the recital around ``start`` opens and what its opening says; ``None`` in operative text. ``node`` may hold a recital."""
    window = max(floor, start - 3000)
    found = list(pieces()["opening"].finditer(text[window:start]))
    last = found[-1] if found else None
    if last is None or (node is None and last[1][0].islower()):
        return None  # in loose text a line that begins with a small letter goes on with what stands above it
    name = " ".join(last[1].lower().split())
    relation = forms(("recital",))[1].get(name)
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
    cue = last_cue(between)
    if cue is not None and cue[1] == "implements":
        return "implements", head
    if cue is not None and cue[1] in {"amends", "replaces", "repeals", "details", "cites"} and cue[3] != "điều chỉnh":
        return "cites", head
    if head == "considers" and place[3] in _REPORTS and cue is not None and cue[3] == "tại" and pieces()["and_of"].match(between):
        return head, head
    if pieces()["joint"].match(between) or len(between) < 8:
        return previous[1], head
    return (previous[1] if pieces()["list"].search(between) else "cites"), head


_STOP = re.compile(rf"[.!?]\s+(?=[{UPPER}])|\n\s*\n|\.\n")


def _sentence(text: str, begin: int, end: int) -> int:
    """Where the last sentence begins that opens in ``text[begin:end + 1]``; ``begin`` where none does."""
    words = text[begin : end + 1]
    if "." in words or "\n" in words or "!" in words or "?" in words:  # seldom: most mentions stand in the first sentence of their node
        for stop in _STOP.finditer(text, begin, end + 1):
            begin = stop.end()
    return begin


_ACTS = frozenset(("amends", "replaces", "repeals", "suspends", "corrects", "extends"))


def _lead(text: str, place: Place, node: Node | None, outline: Mapping[str, Node]) -> Relation | None:
    """What the words above a list do with its items: ``Bãi bỏ các văn bản sau đây: 1. Thông tư số …``; ``None`` where they do nothing."""
    above = outline.get(node.parent) if node is not None and node.parent else None
    if node is None or above is None or above.kind not in _LISTS:
        return None
    first = text[node.start + len(node.label) : place[0]].strip(" \t\n.)*_-+")
    attached = ("èm" in first or "ành" in first) and len(first) <= 400 and ";" not in first and pieces()["with"].search(first + " ")
    if first and (not attached or ((found := last_cue(first)) and found[1] != "cites")):
        return None
    words = " ".join(f"{above.heading} {above.text}".split())
    if not (words.endswith(":") or (above.heading and not above.text)) or len(words) > 600:
        return None
    cue = last_cue(words)
    if (act := _act_in(words)) is not None:
        return act
    return "repeals" if pieces()["ends"].search(words) and (cue is None or cue[3] in {"kể từ ngày", "sau khi"}) else None


def _act_in(words: str) -> Relation | None:
    """The last change that words order, whatever else they say: ``Bãi bỏ các văn bản thuộc lĩnh vực y tế, cụ thể như sau:``."""
    pattern, names = forms(OPERATIVE)
    act: Relation | None = None
    for match in pattern.finditer(" " + words):
        name = " ".join(match[1].lower().split())
        relation, where = names.get(name, ("", ""))
        if relation in _ACTS and where == "body" and name != "điều chỉnh":  # plans and budgets are adjusted too
            act = relation  # type: ignore[assignment]
    return act


_LISTS = frozenset(("article", "clause", "point", "heading"))


def _in_body(text: str, floor: int, place: Place, previous: tuple[int, Relation, Node | None] | None, node: Node | None) -> Relation:
    start, _, _, kind, provision = place
    small = pieces()
    letter = text[start - 2 : start - 1].lower()  # the last of the word before; none tells most of what is looked for here
    apart = not letter.isalpha()
    if (apart or letter == "o") and "(" in (lead := text[max(0, start - 40) : start]) and small["issued_with"].search(lead):
        return "promulgates"
    begin = max(floor, start - 420)
    nested = previous is not None and previous[0] > begin
    # Of the mention before only the sign at its end may close a sentence.
    begin = _sentence(text, previous[0] - 1 if previous is not None and nested else begin, start)
    if previous is not None and nested and (nested := begin < previous[0]):
        begin = previous[0]
        between = text[begin:start]
        if (text[begin] != ";" and small["joint"].fullmatch(between)) or (";" in between and _ANOTHER.search(between)):
            return previous[1]
    before = text[begin:start]
    if before.isupper():
        before = before.lower()  # a title in capitals
    if (apart or letter in _ENDS_GOVERNING) and small["governed"].search(before[-16:]):
        return "cites"
    cue = last_cue(before)
    if cue is None:
        return previous[1] if nested and previous is not None and small["list"].search(before) else "cites"
    position, relation, where, name = cue
    far = len(before) - position
    if where == "passive":
        return "cites"
    if relation == "weak":
        if name != "tại" and kind in _policy() and not provision:
            return "implements"
        if name == "tại":
            return "implements" if small["task"].search(before[:position]) else "cites"
        return "implements" if not provision and _planned(before[:position]) else "cites"
    if name == "theo quy định tại" and not provision and kind != "Luật" and _planned(before[:position]):
        return "implements"
    if relation == "details":
        return "cites" if nested or kind == "Hiến pháp" or small["other"].search(before[:position]) else "details"
    if relation in {"corrects", "suspends", "extends"} and nested and not _goes_on(before[:position], previous):
        return "cites"
    if relation in {"amends", "replaces", "repeals"}:
        direct = small["object"].match(before, position + len(name)) or small["with"].search(before)
        return "cites" if (nested and not _goes_on(before[:position], previous)) or far > 260 or not direct else relation  # type: ignore[return-value]
    if relation == "implements" and nested and re.search(r"(?:,|;|(?<!\w)và)\s+\Z", before) and previous is not None:
        return previous[1]
    return relation  # type: ignore[return-value]


_ENDS_GOVERNING = frozenset("coàị")
"""The last letters of ``được``, ``do``, ``mà``, ``bị``."""
_ANOTHER = re.compile(r";\s*(?:và\s+)?\Z")


_FROM_PLAN = 200
"""So many letters before a cue the word of a plan may begin, with what goes on from it to the cue."""


def _planned(words: str) -> bool:
    """Whether the words before a cue name a plan, a task, an aim that goes on to it."""
    low = words.lower()
    if "trình" in low or "án" in low or "hoạch" in low or "vụ" in low or "êu" in low:
        return pieces()["plan"].search(words, max(0, len(words) - _FROM_PLAN)) is not None
    return False


def _goes_on(between: str, previous: tuple[int, Relation, Node | None] | None) -> bool:
    """Whether this document does one thing more: ``… thay thế Quyết định số 12/QĐ-UBND và bãi bỏ Quyết định số 13/QĐ-UBND``."""
    return previous is not None and previous[1] in _ACTS and pieces()["also"].fullmatch(between) is not None

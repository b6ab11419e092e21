"""What a document does with an instrument it names: founds itself on it, weighs it, carries it out, amends, replaces or just cites it.

The cues are in ``lexicon/relations.tsv``. A recital's opening word holds for all of it; elsewhere the last cue before a mention counts,
and the members of a list share theirs. What one cited instrument did to another ("được sửa đổi bởi") is no act of this document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from .. import tables
from ..model import Instrument, Node, Relation
from ..names.patterns import GAP, UPPER, by_letter, options

Place = tuple[int, int, int, str, bool]
"""(start, start of the type word, end, type, whether a provision is cited)."""


_OPERATIVE = ("body", "passive")
"""Where the cues of operative text stand."""


@cache
def _cues(where: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    rows = [row for row in tables.rows("relations") if row["where"] in where]
    names = {row["cue"]: (row["relation"], row["where"]) for row in rows}
    # The plan that a roadmap follows is looked for by a pattern of its own.
    forms = {form for name in names for form in (name, name[0].upper() + name[1:])}
    source = "(" + by_letter(options(sorted(forms))) + r")(?!\w)"
    # What opens a recital stands at a line's beginning; other cues are looked for from blank to blank.
    return re.compile(source if "recital" in where else r"\W" + source), names


@cache
def _small() -> dict[str, re.Pattern[str]]:
    opening, _ = _cues(("recital",))
    return {
        "opening": re.compile(rf"(?:\A|\n)[\s*_+•-]{{0,6}}{opening.pattern}"),
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
        # "theo đề nghị của Giám đốc Sở … tại Tờ trình số …, ý kiến của Sở Tư pháp tại Báo cáo số …"
        "and_of": re.compile(rf",?{GAP}(?:và{GAP})?[^\W\d_]+(?:{GAP}[^\W\d_]+){{0,6}}{GAP}của(?!\w)"),
        "list": re.compile(rf"(?:[,(]|(?<!\w)và{GAP}|(?<!\w)hoặc{GAP})\s*(?:các{GAP})?\(?\Z"),
        "object": re.compile(
            r"[\s,.\d]*(?:(?:một|số|điều|khoản|điểm|mục|chương|phụ|lục|tiêu|đề|tên|danh|biểu|mẫu|cụm|từ|của|các|tại|vào|sau|và|toàn|bộ|phần|nội|dung|quy|qui|định"
            r"|việc|thi|hành|hiệu|lực|đối|với|trong|bằng|khổ|đoạn|câu|[a-zđ]\d?|[IVXLC]+|\d+[a-zđ]?)(?!\w)[\s,.]*"
            r"|[^\W\d_]+\s[^;:.,()“”\"]{0,120}?(?<!\w)(?:sau(?:\s+đây)?|dưới\s+đây|gồm|như\s+sau)\s?:\s*\Z"
            r"|(?:các|những)(?:\s[^\W\d_]+){1,4}\s?:\s*\Z"
            r"|qu[yi]\s+định\s+(?:về|liên\s+quan)(?!\w)[^;.:“”\"]{1,200}?\s(?:tại|của)(?:\s+|\Z)|[“\"][^”\"]{0,200}[”\"][\s,]*)*\Z",
            re.IGNORECASE,
        ),
        "issued_with": re.compile(rf"(?:\A|\n)[ \t*_]{{0,8}}\(\s?(?:[Bb]an{GAP}hành{GAP})?[Kk]èm{GAP}theo{GAP}\Z"),
        "subject": re.compile(
            rf"[\s.):*_+–-]{{0,8}}(?:[Kk]ể{GAP}từ{GAP}ngày{GAP}[^,;.:\d]{{0,60}}có{GAP}hiệu{GAP}lực(?:{GAP}thi{GAP}hành)?,{GAP})?"
            rf"(?:(?:[Cc]ác{GAP})?[Qq]uy{GAP}định{GAP}[^,;.:\d]{{0,120}}(?:tại|của){GAP})?"
        ),
        # "theo Nghị định của Chính phủ quy định chi tiết Luật …": the decree does it, not this document.
        "other": re.compile(
            rf"(?:[Nn]ghị{GAP}định|[Tt]hông{GAP}tư|[Qq]uyết{GAP}định|[Qq]uy{GAP}định){GAP}(?:của{GAP}[^\W\d_]+(?:{GAP}[^\W\d_]+){{0,8}}{GAP})(?:về{GAP})?\Z"
        ),
        # "… thay thế Quyết định số 12/QĐ-UBND ngày …; đồng thời bãi bỏ Quyết định số 13/QĐ-UBND": the subject is still this document.
        "also": re.compile(rf"[^;:]{{0,300}}?(?:,|;|(?<!\w)và){GAP}(?:đồng{GAP}thời,?{GAP})?|[^;:]{{0,300}}?(?<!\w)đồng{GAP}thời,?{GAP}"),
        "itself": re.compile(
            rf"[\s.):*_+–-]{{0,8}}(?:\w{{1,5}}[.)]\s+|Điều{GAP}\d+\.\s+)?[{UPPER}][^\W\d_]*(?:{GAP}[^\W\d_]+){{0,4}}{GAP}này{GAP}"
            rf"(?:có{GAP}hiệu{GAP}lực[^.;:]{{0,120}}?(?:[,;]|{GAP}và){GAP}(?:đồng{GAP}thời,?{GAP})?)?"
            rf"(?:thay|bãi|h[ủu][yỷ]|sửa|bổ|điều|đình|đính|kéo|gia|tạm|ngưng)(?!\w)"
        ),
        "by_this": re.compile(
            rf"[^.;:]{{0,200}}?(?<!\w)(?:được|bị){GAP}((?:sửa{GAP}đổi(?:,{GAP}bổ{GAP}sung)?|thay{GAP}thế|bãi{GAP}bỏ|h(?:ủy|uỷ){GAP}bỏ))"
            rf"{GAP}(?:bởi|bằng|theo){GAP}[{UPPER}][^\W\d_]*(?:{GAP}[^\W\d_]+){{0,3}}{GAP}này(?!\w)"
        ),
        "plain": re.compile(r"[^;:.,()]{0,40}"),
        "with": re.compile(rf"(?:kèm{GAP}theo|ban{GAP}hành{GAP}(?:theo|tại|bằng)){GAP}\Z"),
        "ends": re.compile(rf"(?<!\w)(?:hết|chấm{GAP}dứt|không{GAP}còn){GAP}hiệu{GAP}lực"),
        "condition": re.compile(r"(?<!\w)(?:khi|nếu|trường hợp|đến ngày|cho đến|được áp dụng|thực hiện theo)(?!\w)"),
        "joined": re.compile(rf"(?:,|;|(?<!\w)và){GAP}(?:các{GAP})?\Z"),
        "governed": re.compile(rf"(?<!\w)(?:được|do|mà|bị){GAP}\Z"),
        "merged": re.compile(rf",?{GAP}có{GAP}hiệu{GAP}lực{GAP}[^;\n]{{8,80}},{GAP}(?:đã{GAP})?được{GAP}sửa{GAP}đổi"),
    }


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
    return _small()["itself"].match(text, begin, start) is not None


def _by_this(text: str, end: int) -> Relation | None:
    """What a document says it does to the instrument named before: ``Quyết định số 45/QĐ-UBND … được thay thế bằng Quyết định này``."""
    if text.find(" này", end, end + 260) < 0:
        return None
    found = _small()["by_this"].match(text, end)
    if found is None:
        return None
    cue = _cues(_OPERATIVE)[1].get(" ".join(found[1].lower().split()).replace("huỷ", "hủy"))
    return cue[0] if cue is not None and cue[0] in _ACTS else None  # type: ignore[return-value]


def _merged(text: str, places: Sequence[Place], nodes: Sequence[Node | None]) -> int:
    """Up to where a consolidated text lists what it puts together, 0 for any other document: ``Luật … số 15/2012/QH13 …, có hiệu lực kể từ
    ngày …, được sửa đổi, bổ sung bởi: 1. Luật …``.
    """
    if not places or _small()["merged"].match(text, places[0][2]) is None:
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
    if _small()["subject"].fullmatch(text[begin:start]) is None:
        return None
    ends = _small()["ends"].search(text, end, end + 900)
    if ends is None or ";" in text[end : ends.start()] or ". " in text[end : ends.start()] or "\n\n" in text[end : ends.start()]:
        return None
    return None if _small()["condition"].search(text, end, ends.start()) else ends.start()


def _also_expires(between: str, before: Relation) -> Relation | None:
    """The next member of such a subject; what one of them amended, or what amended it, is none."""
    cue = _last_cue(between)
    if cue is not None and (cue[1] in _ACTS or cue[1] == "details" or cue[2] == "passive"):
        return "cites"
    if before == "cites" and len(between) < 12:
        return "cites"
    return "repeals" if _small()["joined"].search(between) else None


def _opening(text: str, floor: int, start: int, node: Node | None) -> tuple[int, Relation] | None:
    """Where the recital around ``start`` opens and what its opening says; ``None`` in operative text. ``node`` may hold a recital."""
    window = max(floor, start - 3000)
    found = list(_small()["opening"].finditer(text[window:start]))
    last = found[-1] if found else None
    if last is None or (node is None and last[1][0].islower()):
        return None  # in loose text a line that begins with a small letter goes on with what stands above it
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
    if cue is not None and cue[1] in {"amends", "replaces", "repeals", "details", "cites"} and cue[3] != "điều chỉnh":
        return "cites", head
    if head == "considers" and place[3] in _REPORTS and cue is not None and cue[3] == "tại" and _small()["and_of"].match(between):
        return head, head
    if _small()["joint"].match(between) or len(between) < 8:
        return previous[1], head
    return (previous[1] if _small()["list"].search(between) else "cites"), head


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
    attached = ("èm" in first or "ành" in first) and len(first) <= 400 and ";" not in first and _small()["with"].search(first + " ")
    if first and (not attached or ((found := _last_cue(first)) and found[1] != "cites")):
        return None
    words = " ".join(f"{above.heading} {above.text}".split())
    if not (words.endswith(":") or (above.heading and not above.text)) or len(words) > 600:
        return None
    cue = _last_cue(words)
    if (act := _act_in(words)) is not None:
        return act
    return "repeals" if _small()["ends"].search(words) and (cue is None or cue[3] in {"kể từ ngày", "sau khi"}) else None


def _act_in(words: str) -> Relation | None:
    """The last change that words order, whatever else they say: ``Bãi bỏ các văn bản thuộc lĩnh vực y tế, cụ thể như sau:``."""
    pattern, names = _cues(_OPERATIVE)
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
    small = _small()
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
    cue = _last_cue(before)
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
        return _small()["plan"].search(words, max(0, len(words) - _FROM_PLAN)) is not None
    return False


def _goes_on(between: str, previous: tuple[int, Relation, Node | None] | None) -> bool:
    """Whether this document does one thing more: ``… thay thế Quyết định số 12/QĐ-UBND và bãi bỏ Quyết định số 13/QĐ-UBND``."""
    return previous is not None and previous[1] in _ACTS and _small()["also"].fullmatch(between) is not None


_PLACES = frozenset(("quy định tại", "quy định của", "qui định tại", "qui định của"))


_Cue = tuple[int, str, str, str]
"""(where, relation, kind of cue, cue)"""
_FEW = 32
"""Letters: as few words before a mention are the same in many documents ("- Tiếp tục thực hiện", ", sửa đổi, bổ sung bởi")."""


def _last_cue(before: str) -> _Cue | None:
    """The last cue of operative text in a stretch before a mention."""
    return _in_few(before) if len(before) <= _FEW else _in_many(before)


@lru_cache(maxsize=4096)
def _in_few(before: str) -> _Cue | None:
    return _in_many(before)


def _in_many(before: str) -> _Cue | None:
    last: _Cue | None = None
    for match in _operative().finditer(" " + before):
        if (cue := _cue(match[1])) is None:
            continue
        relation, where, name = cue
        start, end = match.start(), match.end() - 1  # in what stands before
        if relation == "implements" and before.find("này", end) >= 0 and _small()["self"].match(before, end):
            continue
        if last is not None:
            done = last[0] + len(last[3])
            if last[2] == "passive" and relation == "weak" and _small()["plain"].fullmatch(before, done, start):
                continue  # "được sửa đổi, bổ sung một số điều theo Nghị quyết số …"
            # "Bãi bỏ quy định tại Điều 2 Thông tư …": what is abolished is named through its place.
            changes = last[1] in {"amends", "replaces", "repeals"} and (
                name in _PLACES or (name == "tại" and before[done:start].strip() != "")
            )
            if changes and _small()["object"].fullmatch(before, done, end):
                continue
        last = (start, relation, where, name)
    return last


@cache
def _operative() -> re.Pattern[str]:
    return _cues(_OPERATIVE)[0]


@lru_cache(maxsize=1024)
def _cue(printed: str) -> tuple[str, str, str] | None:
    """(relation, where, cue) of the words of a cue of operative text as printed; ``None`` for those that say nothing of what is done."""
    _, names = _cues(_OPERATIVE)
    name = " ".join(printed.lower().split())
    found = names.get(name) or names.get(name.replace("huỷ", "hủy").replace("hoá", "hóa"))
    return (*found, name) if found is not None and found[0] != "neutral" else None

"""What a mandate orders, act by act: ``Tiếp tục | thực hiện | hiệu quả | chính sách bảo hiểm | nhằm mở rộng …``.

:func:`fill` is a step of its own, not of the plain parse: it adds acts, programmes and places to the mandates of a finished Document.
An act begins at the verb of its clause, behind the body that is charged or the circumstance; a clause that has no verb of the lexicon
(``100% xã được tuyên truyền``) gives none. What nouns an object is made of is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from ..model import Act, Document
from ..names import bodies, entities
from ..names.bodies import Home
from ..tables import rows, values
from . import actors, clauses, mandate_places, sentences, verbs
from .printed import Printed

_LIGHT = frozenset({"triển khai", "tổ chức", "tiến hành", "chỉ đạo", "lãnh đạo", "thực hiện"})
"""A verb that is one with the verb behind it: "triển khai thực hiện", "tổ chức tuyên truyền"."""
_NEGATIVE = re.compile(
    r"(?:tuyệt đối )?không (?:để|được|làm|gây|ban hành|bố trí|phát sinh|xảy ra|tổ chức|thực hiện|chấp nhận|lệ thuộc|hợp thức hóa)"
    r"(?: (?:xảy ra|phát sinh|tái diễn|lợi dụng|lọt|bị|ảnh hưởng|tồn tại|hình thành|gián đoạn|thất thoát|tình trạng))?(?!\w)",
    re.IGNORECASE,
)
_EFFORTS = verbs.trie(
    (form, r"(?!\w)")
    for form in (
        "không để", "không được", "tiếp tục", "tập trung", "tăng cường", "đẩy mạnh", "đẩy nhanh", "kiên quyết", "quyết liệt", "chủ động",
        "kịp thời", "khẩn trương", "phấn đấu", "bảo đảm", "đảm bảo", "nâng cao", "xử lý nghiêm", "rà soát", "chú trọng", "quan tâm",
        "ưu tiên", "thường xuyên", "tháo gỡ", "kiểm soát chặt chẽ", "hoàn thành", "siết chặt", "tổng hợp", "báo cáo",
    )
)  # fmt: skip
# The patterns of cuts begin with one sign, blank or letter: the search skips fast. A comma before what is found belongs to it.
_BEGINS_ANEW = rf"\s(?:đặc biệt(?: là)?\s|nhất là\s)?(?=(?:đồng thời\s|tuyệt đối\s)?{_EFFORTS})"
_ANEW = (
    re.compile(f",{_BEGINS_ANEW}"),
    re.compile(f";{_BEGINS_ANEW}"),
    re.compile(rf"và(?<=\svà)\s(?=(?:đồng thời\s|tuyệt đối\s)?{_EFFORTS})"),
)
# Where none fits, alternatives that begin with a letter of their own cost least: capitals, which are rare, stand in one.
_PURPOSE = re.compile(
    r" (?:nhằm\s(?!lại)|góp phần\s(?!lại)|đ(?:ể|áp ứng yêu cầu)\s(?!lại)|qua đó\s(?!lại)|từ đó\s(?!lại)|hướng tới\s(?!lại)"
    r"|phục vụ\s(?<=, phục vụ.)"
    r"|[NGĐQTH](?:(?<=N)hằm|(?<=G)óp phần|(?<=Đ)(?:ể|áp ứng yêu cầu)|(?<=Q)ua đó|(?<=T)ừ đó|(?<=H)ướng tới)\s(?!lại))"
)
_JOINED = re.compile(r",\s(?:và\s)?|\svà\s|\s")
_OPENS = ' "“(,:;-–+*'
_NEGATIVES = frozenset({"kh", "tu"})
_SHORTS = frozenset({"đồ", "tr", "ng", "bê", "do", "vì", "ri", "nh", "có", "ch"})
"""The first two letters of those patterns' words: most clauses begin with others."""
_SHORT = re.compile(
    r"(?:đồng thời|trước mắt|ngoài ra|bên cạnh đó|do đó|vì vậy|trong đó|trước hết|riêng|nhất là|có trách nhiệm|chịu trách nhiệm)[,:]?\s",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:Nghị quyết|Chỉ thị|Kết luận|Quyết định|Kế hoạch|Nghị định|Thông tư|Chương trình|Đề án|Công văn|Luật)"
    r"\s[^;.]{0,160}\s(?:về|ban hành)\s[^;.]*$"
)
"""The title of an instrument goes on: "Nghị quyết số 20-NQ/TW … về tiếp tục đổi mới, phát triển và nâng cao …"."""
_WANTS = frozenset({"nâng cao", "bảo đảm", "đảm bảo", "tăng", "cải thiện", "phát huy"})
"""Verbs whose object may be a word of manner: "nâng cao hiệu quả"."""
_MOST = 60
"""So many cuts of a clause are looked at: bounds the work on a text without stops."""
_REACH = 160
"""So far behind a charged body its verb is looked for."""
_NOUNS = re.compile(
    r"chuyển đổi (?:số|xanh|năng lượng|cơ cấu)|cải cách hành chính|đổi mới sáng tạo|đầu tư công|sản xuất|đào tạo|giáo dục|liên kết|hợp tác",
    re.IGNORECASE,
)


class _Words(NamedTuple):
    manner: re.Pattern[str]
    basis: re.Pattern[str]


@cache
def _manners() -> _Words:
    forms: dict[str, list[str]] = {"manner": [], "basis": []}
    for row in rows("manners"):
        forms[row["kind"]] += values(row["forms"])
    how = verbs.trie(((form, r"(?!\w)") for form in forms["manner"]), both_cases=True)
    begun: dict[str, list[str]] = {}
    for form in forms["basis"]:
        begun.setdefault(form[0], []).append(form[1:])
    rest = {letter: verbs.trie((form, "") for form in begun[letter]) for letter in begun}
    basis = "|".join(f"{first}(?i:{rest[letter]})" for letter in begun for first in (letter, letter.upper()))
    return _Words(
        re.compile(rf"\s{how}(?:(?:,\s|\svà\s){how}(?!\s?,\s{how}))*"),
        re.compile(rf" (?:{basis})(?!\w)"),
    )


@cache
def _aspects() -> frozenset[str]:
    return frozenset(form for form, row in verbs.forms("verbs") if row["class"] in ("aspect", "effort"))


def of(words: str, home: Home) -> Iterator[Act]:
    """The acts of a mandate's words on one line; offsets count in ``words``.

    >>> from vanban.parser.names.bodies import Home
    >>> found = of("Tiếp tục thực hiện hiệu quả chính sách bảo hiểm nhằm mở rộng độ bao phủ.", Home())
    >>> [(act.aspect, act.verb, act.manner, act.object, act.purpose) for act in found]
    [('Tiếp tục', 'thực hiện', 'hiệu quả', 'chính sách bảo hiểm', 'nhằm mở rộng độ bao phủ')]
    """
    return iter(_acts(words, home, None))


def _acts(words: str, home: Home, place: Printed | None) -> list[Act]:
    """The acts of ``words``, their offsets as ``place`` has them."""
    found: list[Act] = []
    anew = sorted([(cut.start() - (cut[0][0] == "v"), cut.end()) for sign in _ANEW for cut in sign.finditer(words)])
    for start, end in clauses.clauses(words, clauses.sentences(words)):
        # A clause is cut again where an effort or a thing that must not be begins.
        begins = start
        cuts: Sequence[tuple[int, int]] = ()
        if anew and anew[-1][0] >= start:
            cuts = anew[bisect_left(anew, (start, 0)) : bisect_left(anew, (end, 0))][:_MOST]
            cuts = [cut for cut in cuts if not _ends_in_verb(words, start, cut[0]) and _outside(words, start, cut[0])]
        for stop, goes_on in (*cuts, (end, end)):
            at, verb = _verb_at(words, begins, stop, home) if begins == start else (_past(words, begins, stop), None)
            if at is not None and (act := _act(words, at, stop, place, verb)) is not None:
                found.append(act)
            begins = goes_on
    return found


def _outside(words: str, start: int, at: int) -> bool:
    """Not inside a bracket, a quotation or the title of an instrument."""
    part = words[max(start, at - 400) : at]
    if ("(" in part and part.count("(") > part.count(")")) or ("“" in part and part.count("“") > part.count("”")):
        return False
    return not (("về" in part or "ban hành" in part) and _TITLE.search(part))


def _ends_in_verb(words: str, start: int, at: int) -> bool:
    """A verb stands right before ``at``: it shares what follows with the next ("kịp thời phát hiện và xử lý nghiêm các hành vi")."""
    begins = at
    for _ in range(3):
        begins = words.rfind(" ", start, max(begins, start))
        here = begins + 1 if begins >= start else start
        verb = verbs.pattern().match(words, here, at)
        if verb is not None and verb.end() == at:
            return True
        if begins < start:
            break
    return False


def _past(words: str, at: int, end: int) -> int:
    short = _SHORT.match(words, at, end) if words[at : at + 2].lower() in _SHORTS else None
    return short.end() if short else at


def _negative(words: str, at: int, end: int) -> re.Match[str] | None:
    return _NEGATIVE.match(words, at, end) if words[at : at + 2].lower() in _NEGATIVES else None


def _verb_at(words: str, at: int, end: int, home: Home) -> tuple[int | None, re.Match[str] | None]:
    """Where the verb of a clause begins: at once, behind the body that is charged, or behind a circumstance; and the verb, if seen."""
    match = verbs.pattern().match
    for _ in range(5):
        while at < end and words[at] in _OPENS:
            at += 1
        begins = words[at : at + 3].lower()
        if begins[:2] in _SHORTS and (short := _SHORT.match(words, at, end)):
            at = short.end()
            begins = words[at : at + 3].lower()
        if begins[:2] in _NEGATIVES and _NEGATIVE.match(words, at, end):
            return at, None
        charge = None
        charging = begins in verbs.CHARGING
        if charging:
            charge = sentences.charge(words, at, end)
        elif (verb := match(words, at, end)) is not None:
            return at, verb
        group = actors.group(words, charge.end() if charge else at, home)
        if group is None and charging and (verb := match(words, at, end)) is not None:
            return at, verb
        if group is not None and group.end <= end:
            return _inner_verb(words, group.end, end), None
        comma = _NEXT.search(words, at, min(end, at + 240))
        if comma is None:
            break
        at = comma.end()
    return _inner_verb(words, at, end), None


def _inner_verb(words: str, at: int, end: int) -> int | None:
    """The first verb behind ``at``, behind the duty where one is told ("… theo chức năng quản lý của mình, có trách nhiệm phối hợp")."""
    end = min(end, at + _REACH)
    duty = None
    if words.find("nhiệm", at, end) >= 0 or words.find("phải", at, end) >= 0 or words.find("cần", at, end) >= 0:
        duty = _DUTY.search(words, at, end)
    if duty is not None:
        later = duty.end() - 1
        found = _inside().search(words, later, end)
        if found is not None and found.end() < later + 60:
            return found.end()
        return duty.start() + 1
    found = _inside().search(words, at, end)
    return found.end() if found else None


_DUTY = re.compile(r"\s(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|phải|cần)\s")
_NEXT = re.compile(r",\s(?:thì\s)?|:\s|\sthì\s")


@cache
def _inside() -> re.Pattern[str]:
    begins = r"[\s,;:]"  # first, for it the search skips to
    nouns = ("chức năng", "thẩm quyền", "công tác", "việc", "được", "sự", "nhiệm vụ", "lĩnh vực", "đã")
    behind_none = "".join(rf"(?<!{noun}{begins})" for noun in nouns)
    return re.compile(rf"{begins}(?={_NEGATIVE.pattern}|(?:{verbs.lower(duties=False)})(?!\w)){behind_none}")


_FAR = 80
"""No verb of the lexicon, with what may not stand behind it, is longer."""


def _act(words: str, at: int, end: int, place: Printed | None, verb_at: re.Match[str] | None) -> Act | None:
    """The act whose verb, or what stands before it, is at ``at``; ``verb_at`` is the verb, where it was seen."""
    begin = at
    end = at + len(words[at:end].rstrip(" .,;:/"))
    if place is None:
        first, last = begin, end
    elif place.plain is not None:
        first, last = place.plain + begin, place.plain + end
    else:
        first, last = place.at(begin), place.at(end, ends=True)
    negative = _negative(words, at, end) if verb_at is None else None
    if negative is not None:
        thing, manner, purpose = _rest(words, negative.end(), end)
        return Act(start=first, end=last, verb=negative[0], object=thing, manner=manner, purpose=purpose, negative=True)
    if verb_at is None or end - at < _FAR:  # signs that were cut off may have hidden one
        verb_at = verbs.pattern().match(words, at, end)
    aspect, at, stop = _verbs(words, at, end, verb_at)
    if stop <= at:
        duty = verbs.duty().match(words, at, end)
        if duty is None:
            return None
        stop = duty.end()
    verb = words[at:stop]
    thing, manner, purpose = _rest(words, stop, end, verb)
    return Act(
        start=first,
        end=last,
        verb=verb,
        aspect=words[begin:aspect] if aspect > begin else None,
        object=thing,
        manner=manner,
        purpose=purpose,
    )


def _verbs(words: str, at: int, end: int, here: re.Match[str] | None) -> tuple[int, int, int]:
    """Where the aspect ends, and the main verb from … to: verbs in a row, of which ``here`` is the first, share what follows ("rà soát, sửa
    đổi, bổ sung các quy định")."""
    match = verbs.pattern().match
    aspect = stop = at
    while here is not None:
        stop = here.end()
        last = here[0].lower()
        light = last in _aspects()
        if words[stop : stop + 1] == " " and words[stop + 1 : stop + 2] != "v":  # most
            if not light and last not in _LIGHT:
                break
            begins = stop + 1
        elif (joint := _JOINED.match(words, stop, end)) is not None:
            begins = joint.end()
        else:
            break
        follows = match(words, begins, end)
        if follows is None:
            break
        if not light and _manners().manner.match(words, stop, end):
            break
        if light and at == here.start() and not _NOUNS.match(words, begins, end):
            aspect, at = stop, begins
        elif words[stop] == " " and not words.startswith(" và ", stop) and last not in _LIGHT:
            break
        here = follows
    return aspect, at, stop


def _rest(words: str, at: int, end: int, verb: str = "") -> tuple[str | None, str | None, str | None]:
    """What stands behind a ``verb``: to what it is done, how, what for."""
    how, basis = _manners()
    manner = None
    found = how.match(words, at, end)
    if found is not None and verb.rpartition(", ")[2].lower() not in _WANTS:
        manner, at = found[0].strip(), found.end()
    found = _PURPOSE.search(words, at, end)
    purpose = None if found is None else _cut(_PURPOSE, found, words, at, end, at + 1)
    ends = end if purpose is None else purpose
    if manner is None and (found := basis.search(words, at, ends)) is not None:
        rule = _cut(basis, found, words, at, ends, at)
        if rule is not None:
            manner, ends = words[rule:ends].strip(" ,;:"), rule
    return words[at:ends].strip(" ,;:") or None, manner, None if purpose is None else words[purpose:end].strip(" ,;:.")


def _cut(pattern: re.Pattern[str], found: re.Match[str] | None, words: str, at: int, end: int, first: int) -> int | None:
    """Where the first of what ``pattern`` finds, ``found`` and what follows it, begins that stands in no bracket, quotation or title, from
    ``first`` on."""
    looked = 1
    while found is not None and looked <= _MOST:
        begins = found.start()
        if begins > at and words[begins - 1] == ",":
            begins -= 1
            refused = False
        else:
            refused = words.startswith("ông", begins - 3) and words[begins - 5 : begins].lower() == "không"  # "không để"
        if not refused and begins >= first and _outside(words, at, begins):
            return begins
        found, looked = pattern.search(words, found.end(), end), looked + 1
    return None


def fill(document: Document, begun: Sequence[entities.Begun] | None = None) -> Document:
    """The document with the acts, programmes and places of its mandates. Nothing else is changed; filling twice changes nothing more.

    ``begun`` are where names begin in its text (:func:`entities.beginnings`), where that is known already.
    """
    instrument = document.instrument
    home = bodies.home_of(instrument.issuer, instrument.place)
    cited: dict[str | None, list[tuple[int, int]]] = {}
    named: dict[str | None, list[tuple[int, int, str]]] = {}
    for citation in document.citations:
        cited.setdefault(citation.node, []).append((citation.start, citation.end))
    for programme in document.programmes:
        named.setdefault(programme.node, []).append((programme.start, programme.end, programme.name))
    text = document.text
    begins = [at for at, kinds in (entities.beginnings(text) if begun is None else begun) if "p" in kinds]
    filled = []
    for mandate in document.mandates:
        start, end, programmes = mandate.start, mandate.end, named.get(mandate.node, ())
        taken = [(actor.start, actor.end) for actor in mandate.actors if actor.start is not None and actor.end is not None]
        taken += cited.get(mandate.node, ())
        if programmes:
            taken += [(first, last) for first, last, _ in programmes]
        filled.append(
            msgspec.structs.replace(
                mandate,
                acts=tuple(_acts(mandate.text, home, Printed(text, start, end, mandate.text))),
                programmes=tuple(dict.fromkeys([name for first, last, name in programmes if start <= first and last <= end]))
                if programmes
                else (),
                places=mandate_places.named(text, mandate, begins[bisect_left(begins, start) : bisect_left(begins, end)], taken),
            )
        )
    return msgspec.structs.replace(document, mandates=tuple(filled))

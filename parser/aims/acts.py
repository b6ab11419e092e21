"""What a mandate orders, act by act: ``Tiếp tục | thực hiện | hiệu quả | chính sách bảo hiểm | nhằm mở rộng …``.

:func:`fill` is a step of its own, not of the plain parse: it adds acts, programmes and places to the mandates of a finished Document.
An act begins at the verb of its clause, behind the body that is charged or the circumstance; a clause that has no verb of the lexicon
(``100% xã được tuyên truyền``) gives none. What nouns an object is made of is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

import msgspec

from ..model import Act, Document, Mandate
from ..names import bodies, places
from ..names.bodies import Home
from ..names.patterns import UPPER
from ..tables import rows, values
from . import actors, clauses, directives, verbs
from .printed import Printed

_LIGHT = frozenset({"triển khai", "tổ chức", "tiến hành", "chỉ đạo", "lãnh đạo", "thực hiện"})
"""A verb that is one with the verb behind it: "triển khai thực hiện", "tổ chức tuyên truyền"."""
_NEGATIVE = re.compile(
    r"(?:tuyệt đối )?không (?:để|được|làm|gây|ban hành|bố trí|phát sinh|xảy ra|tổ chức|thực hiện|chấp nhận|lệ thuộc|hợp thức hóa)"
    r"(?: (?:xảy ra|phát sinh|tái diễn|lợi dụng|lọt|bị|ảnh hưởng|tồn tại|hình thành|gián đoạn|thất thoát|tình trạng))?(?!\w)",
    re.IGNORECASE,
)
_ANEW = re.compile(
    r"(?:[;,]\s(?:đặc biệt(?: là)?\s|nhất là\s)?|\svà\s)(?=(?:đồng thời\s|tuyệt đối\s)?(?:không để|không được|tiếp tục"
    r"|tập trung|tăng cường|đẩy mạnh"
    r"|đẩy nhanh|kiên quyết"
    r"|quyết liệt|chủ động|kịp thời|khẩn trương|phấn đấu|bảo đảm|đảm bảo|nâng cao|xử lý nghiêm|rà soát|chú trọng|quan tâm|ưu tiên"
    r"|thường xuyên|tháo gỡ|kiểm soát chặt chẽ|hoàn thành|siết chặt|tổng hợp|báo cáo)(?!\w))"
)
_PURPOSE = re.compile(r",?\s(?<!không )(?:nhằm|góp phần|để|qua đó|từ đó|hướng tới|đáp ứng yêu cầu)\s(?!lại)|,\sphục vụ\s", re.IGNORECASE)
_JOINED = re.compile(r",\s(?:và\s)?|\svà\s|\s")
_OPENS = ' "“(,:;-–+*'
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
    how, basis = ("|".join(map(re.escape, sorted(forms[kind], key=len, reverse=True))) for kind in ("manner", "basis"))
    return _Words(
        re.compile(rf"\s(?:{how})(?!\w)(?:(?:,\s|\svà\s)(?:{how})(?!\w)(?!\s?,\s(?:{how})))*", re.IGNORECASE),
        re.compile(rf",?\s(?:{basis})(?!\w)", re.IGNORECASE),
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
    for start, end in clauses.clauses(words, clauses.sentences(words)):
        yield from _clause(words, start, end, home)


def _clause(words: str, start: int, end: int, home: Home) -> Iterator[Act]:
    """The acts of one clause: cut again where an effort or a thing that must not be begins."""
    begins = start
    cuts = [
        found
        for found in islice(_ANEW.finditer(words, start, end), _MOST)
        if not _ends_in_verb(words, start, found.start()) and _outside(words, start, found.start())
    ]
    for number, (here, there) in enumerate(zip([None, *cuts], [*cuts, None], strict=True)):
        begins = here.end() if here else start
        ends = there.start() if there else end
        at = _verb_at(words, begins, ends, home) if number == 0 else _past(words, begins, ends)
        if at is not None and (act := _act(words, at, ends)) is not None:
            yield act


def _outside(words: str, start: int, at: int) -> bool:
    """Not inside a bracket, a quotation or the title of an instrument."""
    part = words[max(start, at - 400) : at]
    return part.count("(") <= part.count(")") and part.count("“") <= part.count("”") and not _TITLE.search(part)


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
    short = _SHORT.match(words, at, end)
    return short.end() if short else at


def _verb_at(words: str, at: int, end: int, home: Home) -> int | None:
    """Where the verb of a clause begins: at once, behind the body that is charged, or behind a circumstance."""
    verb = verbs.pattern()
    for _ in range(5):
        while at < end and words[at] in _OPENS:
            at += 1
        at = _past(words, at, end)
        if _NEGATIVE.match(words, at, end) or (words[at : at + 3].lower() not in directives.CHARGING and verb.match(words, at, end)):
            return at
        charge = directives.charge().match(words, at, end)
        group = actors.group(words, charge.end() if charge else at, home)
        if group is None and verb.match(words, at, end):
            return at
        if group is not None and group.end <= end:
            return _inner_verb(words, group.end, end)
        comma = _NEXT.search(words, at, min(end, at + 240))
        if comma is None:
            break
        at = comma.end()
    return _inner_verb(words, at, end)


def _inner_verb(words: str, at: int, end: int) -> int | None:
    """The first verb behind ``at``, behind the duty where one is told ("… theo chức năng quản lý của mình, có trách nhiệm phối hợp")."""
    end = min(end, at + _REACH)
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
    nouns = "".join(rf"(?<!{noun})" for noun in ("chức năng", "thẩm quyền", "công tác", "việc", "được", "sự", "nhiệm vụ", "lĩnh vực", "đã"))
    return re.compile(rf"{nouns}[\s,;:](?={_NEGATIVE.pattern}|(?:{verbs.lower(duties=False)})(?!\w))")


def _act(words: str, at: int, end: int) -> Act | None:
    """The act whose verb, or what stands before it, is at ``at``."""
    begin = at
    while end > at and words[end - 1] in " .,;:/":
        end -= 1
    negative = _NEGATIVE.match(words, at, end)
    if negative is not None:
        rest = _rest(words, negative.end(), end)
        return Act(start=begin, end=end, verb=negative[0], object=rest.object, manner=rest.manner, purpose=rest.purpose, negative=True)
    aspect, at, stop = _verbs(words, at, end)
    if stop <= at:
        duty = verbs.duty().match(words, at, end)
        if duty is None:
            return None
        stop = duty.end()
    rest = _rest(words, stop, end, told=words[at:stop].rpartition(", ")[2].lower() not in _WANTS)
    return Act(
        start=begin,
        end=end,
        verb=words[at:stop],
        aspect=words[begin:aspect] if aspect > begin else None,
        object=rest.object,
        manner=rest.manner,
        purpose=rest.purpose,
    )


def _verbs(words: str, at: int, end: int) -> tuple[int, int, int]:
    """Where the aspect ends, and the main verb from … to: verbs in a row share what follows ("rà soát, sửa đổi, bổ sung các quy định")."""
    pattern = verbs.pattern()
    aspect, stop = at, at
    here = pattern.match(words, at, end)
    while here is not None:
        last = here[0].lower()
        stop = here.end()
        joint = _JOINED.match(words, stop, end)
        follows = pattern.match(words, joint.end(), end) if joint else None
        if joint is None or follows is None or (last not in _aspects() and _manners().manner.match(words, stop, end)):
            break
        if last in _aspects() and at == here.start() and not _NOUNS.match(words, follows.start(), end):
            aspect, at = stop, follows.start()
        elif words[stop] == " " and not words.startswith(" và ", stop) and last not in _LIGHT:
            break
        here = follows
    return aspect, at, stop


class _Rest(NamedTuple):
    object: str | None
    manner: str | None
    purpose: str | None


def _rest(words: str, at: int, end: int, told: bool = True) -> _Rest:
    """What stands behind a verb: how it is done (where ``told``), to what, what for."""
    how, basis = _manners()
    manner = None
    found = how.match(words, at, end) if told else None
    if found is not None:
        manner, at = found[0].strip(), found.end()
    purpose = next(
        (cut for cut in islice(_PURPOSE.finditer(words, at, end), _MOST) if cut.start() > at and _outside(words, at, cut.start())), None
    )
    ends = purpose.start() if purpose else end
    if manner is None:
        rule = next((cut for cut in islice(basis.finditer(words, at, ends), _MOST) if _outside(words, at, cut.start())), None)
        if rule is not None:
            manner, ends = words[rule.start() : ends].strip(" ,;:"), rule.start()
    thing = words[at:ends].strip(" ,;:")
    return _Rest(thing or None, manner, words[purpose.start() : end].strip(" ,;:.") if purpose else None)


@cache
def _place() -> re.Pattern[str]:
    name = rf"[{UPPER}][^\W\d_]+(?:\s[{UPPER}][^\W\d_]+){{1,3}}"
    level = "tỉnh|thành phố|huyện|thị xã|quận|thị trấn|phường|xã|đặc khu"
    return re.compile(rf"(?<!\w)(?:(?:{level})\s(?:{places.province_names()}|{name})|{places.province_names()})")


def _places(text: str, mandate: Mandate, taken: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The places named in a mandate, outside the names of bodies and of instruments (``taken``)."""
    found: dict[str, None] = {}
    for match in _place().finditer(text, mandate.start, mandate.end):
        if any(start <= match.start() < end for start, end in taken) or _NAMED.search(
            text, max(match.start() - 60, mandate.start), match.start()
        ):
            continue
        words = " ".join(match[0].split())
        known = places.province(words)
        found.setdefault(known.whole if known else words)
    return tuple(found)


_NAMED = re.compile(r"(?:[Ủủ]y ban|[Uu]ỷ ban|Hội đồng|HĐND|UBND|Sở|Công an|Đoàn|Tỉnh đoàn|Liên minh|Hội|Ban)\s[^,;.()]{0,24}$")


def fill(document: Document) -> Document:
    """The document with the acts, programmes and places of its mandates. Nothing else is changed; filling twice changes nothing more."""
    instrument = document.instrument
    home = bodies.home_of(instrument.issuer, instrument.place, instrument.date)
    cited: dict[str | None, list[tuple[int, int]]] = {}
    named: dict[str | None, list[tuple[int, int, str]]] = {}
    for citation in document.citations:
        cited.setdefault(citation.node, []).append((citation.start, citation.end))
    for programme in document.programmes:
        named.setdefault(programme.node, []).append((programme.start, programme.end, programme.name))
    return msgspec.structs.replace(
        document,
        mandates=tuple(
            _filled(document.text, mandate, home, cited.get(mandate.node, []), named.get(mandate.node, [])) for mandate in document.mandates
        ),
    )


def _filled(text: str, mandate: Mandate, home: Home, cited: list[tuple[int, int]], named: list[tuple[int, int, str]]) -> Mandate:
    place = Printed(text, mandate.start, mandate.end, mandate.text)
    bodies_named = [(actor.start, actor.end) for actor in mandate.actors if actor.start is not None and actor.end is not None]
    return msgspec.structs.replace(
        mandate,
        acts=tuple(
            msgspec.structs.replace(act, start=place.at(act.start), end=place.at(act.end, ends=True)) for act in of(mandate.text, home)
        ),
        programmes=tuple(dict.fromkeys(name for start, end, name in named if mandate.start <= start and end <= mandate.end)),
        places=_places(text, mandate, [*cited, *bodies_named, *((start, end) for start, end, _ in named)]),
    )

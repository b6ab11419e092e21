"""Who is charged: the bodies a directive names, read from where their list begins.

``Thường trực Hội đồng nhân dân, các Ban của Hội đồng nhân dân và các đại biểu Hội đồng nhân dân tỉnh căn cứ …`` names three bodies and
ends before its verb. Names are made canonical and whole by :mod:`bodies`; ``sở, ban, ngành`` stays one addressee.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ..names import bodies, places
from ..names.bodies import Home
from ..names.patterns import LOWER, UPPER
from . import verbs

_LONGEST = 14
"""So many bodies a list may hold."""
_CONCERNED = " liên quan đến việc"
"""Before the verb of what bodies are concerned with: "các đơn vị liên quan đến việc thực hiện sắp xếp có trách nhiệm …"."""
_REACH = 160
"""A name does not go on longer than this."""


class Group(NamedTuple):
    """A list of bodies at ``words[start:end]``. ``generic`` tells that none of them is a body in particular (``các đơn vị liên quan``),
    ``public`` that one is an organ of State or Party; ``spans`` are where each of the names stands in ``words``."""

    start: int
    end: int
    names: tuple[str, ...]
    generic: bool
    public: bool
    spans: tuple[tuple[int, int], ...] = ()


class _Patterns(NamedTuple):
    stop: re.Pattern[str]
    duty: re.Pattern[str]


_ENDING_WORDS = (
    "theo", "trong", "tại", "được", "là", "có quyền", "có thể", "không", "nghiêm", "để", "nhằm", "đã", "đang", "sẽ", "khi", "trân trọng",
    "nhấn mạnh", "thống nhất", "thông qua", "tán thành", "nhất trí", "quyết nghị", "cơ bản", "đồng ý", "cho ý kiến", "hoặc", "năm", "hiện",
    "có nghĩa vụ", "xin", "họp",
)  # fmt: skip
_LEVELS = "thành phố|phường|thị trấn|đặc khu|xã|huyện|thị xã|quận"
_PLURAL = r"(?:[Cc]ác|[Nn]hững|[Tt]oàn thể|[Mm]ột số)\s"
_PLURAL_LETTERS = frozenset({"cá", "nh", "to", "mộ"})


@cache
def _forms() -> list[tuple[str, dict[str, str]]]:
    return verbs.forms("actors")


def _kinds(named: bool, letters: str = "") -> str:
    """A pattern of what names begin with, in any case; a form is a body, an office, another or (looked for first) generic.

    With ``letters`` only of the forms that begin so.
    """
    sources = []
    for kind in ("generic", "office", "body", "other"):
        forms = [(form, row["not"]) for form, row in _forms() if row["kind"] == kind and form.startswith(letters)]
        if forms:
            source = verbs.branch(forms, colon=True)
            sources.append(f"(?P<{kind}>{source})" if named else source)
    return f"(?i:{'|'.join(sources)})"


@cache
def _heads() -> dict[str, re.Pattern[str]]:
    """By their first two letters, what names begin with, behind "các" or "toàn thể" too: most forms are not even tried."""
    letters = {form[:2] for form, _ in _forms()}
    several = re.compile(f"(?:{_PLURAL})?{_kinds(named=True)}")
    return {two: several if two in _PLURAL_LETTERS else re.compile(_kinds(named=True, letters=two)) for two in letters | _PLURAL_LETTERS}


def _head(words: str, at: int) -> re.Match[str] | None:
    """What a name at ``at`` begins with, behind "các" or "toàn thể" where it stands there; the group that matches is its kind."""
    heads = _heads().get(words[at : at + 2].lower())
    return heads.match(words, at) if heads is not None else None


@cache
def _patterns() -> _Patterns:
    plain = f"(?:{_PLURAL})?{_kinds(named=False)}"
    return _Patterns(
        re.compile(
            # the signs first: most letters are none of them, and nothing else is tried there
            rf"(?=[\s,;:(.])(?:(?P<item>(?:\s?[,;]|\svà|\scùng)\s(?={plain}|(?:{_PLURAL})?(?:tỉnh|thành phố)\s[{UPPER}]))"
            rf"|(?<![Tt]hường)\s(?=(?:{verbs.lower()})|(?:{'|'.join(_ENDING_WORDS)})(?!\w))|\s?[:(;.]|,(?!\s(?:{_LEVELS})(?!\s[{UPPER}])))|$"
        ),
        re.compile(r"\s(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|phải|chủ động|căn cứ|thường xuyên|là cơ quan|theo)(?!\w)"),
    )


def group(words: str, start: int, home: Home) -> Group | None:
    """The list of bodies that begins exactly at ``start`` of a text on one line, ``None`` where no body's name begins there.

    >>> group("Thủ trưởng các Sở, ban, ngành; Chủ tịch UBND cấp xã căn cứ chức năng", 0, Home()).names
    ('Thủ trưởng các Sở, ban, ngành', 'Chủ tịch Ủy ban nhân dân cấp xã')
    """
    begins, known_ones = words[start : start + 4].lower(), _beginnings()
    if begins not in known_ones and begins[:3] not in known_ones and begins[:2] not in known_ones:
        return None  # most words
    greeted = begins[0] in "ôđ" or (begins[:3] == "các" and words[start + 4 : start + 5] in "ÔôĐđ")
    greeting = _GREETING.match(words, start) if greeted else None
    if greeting is not None and words.startswith("có tên", greeting.end()):
        greeting = None  # "các ông (bà) có tên tại Điều 1" are the ones that are charged
    at, generic, public = greeting.end() if greeting else start, True, False
    items: list[str] = []
    spans: list[tuple[int, int]] = []
    while len(items) < _LONGEST:
        several = _SEVERAL.match(words, at) if words.find(":", at, at + 40) > 0 else _named_together(words, at)
        if several is not None:
            at = _several(words, several, items, spans)
            generic, public = False, True
            joint = _JOINT.match(words, at)
            if joint is None or not (_SEVERAL.match(words, joint.end()) or _head(words, joint.end())):
                break
            at = joint.end()
            continue
        head = _head(words, at)
        kind = head.lastgroup if head is not None else None
        if head is None and not (items and words[at : at + 1] in "tT"):
            break
        known = bodies.at(words, at)
        after = max(_own_end(words, at, known.end) if known else 0, head.end() if head else at + 4)
        open_ended = kind == "generic"
        if head and not open_ended and words[after : after + 1].isspace() and (of := _head(words, after + 1)):
            open_ended = of.lastgroup == "generic"
            after = of.end()  # "Thủ trưởng các sở, ban, ngành", "Văn phòng Ban chỉ đạo" are one addressee
        if words.startswith(_OFFICE, at) and (council := _AND_COMMITTEE.match(words, after)):
            after = council.end()  # one office serves both: "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện"
        generic = generic and kind == "generic"
        stop = _unknown_verb(words, after, known) or _stop(words, at, after, open_ended, known is None)
        end = at + len(words[at : stop.start()].removesuffix(_CONCERNED))
        item = words[at:end].strip()
        items.append(item)
        public = public or ((known is not None or kind in ("body", "office")) and not _PRIVATE.search(item))
        spans.append((at, end))
        at = stop.start()
        if stop.lastgroup != "item":
            break
        at = stop.end()
    if not items:
        return None
    names = _canonical(tuple(items), home)
    return Group(start, at, tuple(names), generic, public, tuple([spans[index] for index in names.values()]))


@cache
def _beginnings() -> frozenset[str]:
    """The first letters of all that may begin a list of bodies, four or as many as a form has."""
    forms = (form for form, _ in _forms())
    return frozenset(form[:4] for form in (*forms, "các ", "những ", "toàn thể", "một số", "ông", "đồng chí", "giám đốc", "thủ trưởng"))


_GREETING = re.compile(
    r"(?:[Cc]ác\s)?(?:[Ôô]ng|đồng chí|Đồng chí)(?:\s?\([Bb]à\)|,?\s[Bb]à)?\s?:?\s"
    # "Đồng chí Nguyễn Văn An, Phó Chủ tịch …": who holds the office is charged as its holder
    rf"(?:[{UPPER}][{LOWER}]*\s(?:[{UPPER}][{LOWER}]*\s?){{1,4}}\s?[,–-]\s)?"
)
_SEVERAL = re.compile(
    r"(?:(?P<office>Giám đốc|Thủ trưởng|Bộ trưởng|giám đốc|thủ trưởng)\s(?:[Cc]ác\s)?|[Cc]ác\s)"
    rf"(?P<kind>Bộ|bộ|Sở|sở)(?:, (?:ban, )?ngành)?:\s(?=[{UPPER}])(?!Ủy|Uỷ)"
    r"|(?P<heads>Giám đốc|Thủ trưởng)(?:\scác)?:\s(?=Sở|Ban|Chi cục|Cục)"
)
_OFFICE = ("Văn phòng Hội đồng", "Văn phòng HĐND", "Chánh Văn phòng Hội đồng", "Chánh Văn phòng HĐND")
_AND_COMMITTEE = re.compile(r"\s(?:và|-|&)\s(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND)(?!\w)")
_TOGETHER = re.compile(
    rf"(?:(?P<office>Giám đốc|Thủ trưởng|Bộ trưởng|giám đốc|thủ trưởng)\s)?[Cc]ác\s(?P<kind>Bộ|bộ|Sở|sở)\s(?=[{UPPER}])(?!Ủy|Uỷ)(?P<heads>)"
)
_JOINT = re.compile(r"(?:,|;| và) (?:các )?")
_NEXT_NAME = re.compile(rf"(?:, | và |; )(?=[{UPPER}])")


def _named_together(words: str, at: int) -> re.Match[str] | None:
    """``Các Bộ Tài chính, Công an …`` without a colon, where what stands behind the comma is a ministry too."""
    if words[at + 4 : at + 5] not in "BbSs" if words[at : at + 4] in ("Các ", "các ") else "ác " not in words[at : at + 18]:
        return None
    found = _TOGETHER.match(words, at)
    if found is None:
        return None
    kind = found["kind"].capitalize()
    first = bodies.at(f"{kind} {words[found.end() : found.end() + 80]}", 0)
    joint = _NEXT_NAME.match(words, found.end() + first.end - len(kind) - 1) if first else None
    return found if joint and bodies.at(f"{kind} {words[joint.end() : joint.end() + 80]}", 0) else None


def _several(words: str, found: re.Match[str], items: list[str], spans: list[tuple[int, int]]) -> int:
    """``Các Bộ: Quốc phòng, Công an, Văn hóa, Thể thao và Du lịch``: each name stands for ``Bộ …``; gives where the list ends."""
    office = found["office"] or found["heads"]
    kind = f"{found['kind'].capitalize()} " if found["kind"] else ""
    first = f"{office.capitalize()} {kind}" if office else kind
    at = end = found.end()
    for _ in range(2 * _LONGEST):
        known = bodies.at(f"{kind}{words[at : at + 80]}", 0)
        length = known.end - len(kind) if known else 0
        if length <= 0:
            stop = _patterns().stop.search(words, at, min(len(words), at + 60))
            length = stop.start() - at if stop else 0
        name = words[at : at + length].strip()
        if not name or (found["heads"] and not name.startswith(("Sở", "Ban", "Chi cục", "Cục"))):
            break
        items.append(f"{first}{name}")
        spans.append((at, at + length))
        at = end = at + length
        joint = _NEXT_NAME.match(words, at)
        if joint is None:
            break
        goes_on = kind and bodies.at(f"{kind}{words[joint.end() : joint.end() + 80]}", 0)
        if not goes_on and (joint[0] == "; " or (kind and _head(words, joint.end()))):
            break
        at = joint.end()
    return end


_OF_TERRITORY = re.compile(r"(?:Hội đồng|HĐND|Ủy ban|Uỷ ban|UBND|Chủ tịch|Thường trực|Sở|Bộ)(?!\w)")
_RUNS_ON = re.compile(
    r"\s(?=[^\W\d_])(?!(?:và|thuộc|có|nơi|các|cấp|tỉnh|thành|huyện|quận|thị|phường|xã|đặc|liên|của|trực|địa|vùng|khu|khác|ở|trên|nước|theo"
    rf"|cùng|hoặc|với|được|mới|cũ|nói|nêu|sở|hai|nhân|quản)(?!\w))(?=[{LOWER}])"
)


def _unknown_verb(words: str, after: int, known: bodies.BodyMention | None) -> re.Match[str] | None:
    """Where the name of a council, a committee or a ministry ends though no verb of the lexicon follows ("… tỉnh chỉnh sửa …")."""
    if known is None or known.end != after or not _OF_TERRITORY.match(words, known.start):
        return None
    return _RUNS_ON.match(words, after)


_THEME = re.compile(
    r"(?<=ội đồng)\s(?:tư vấn|thẩm định|thi đua|quản lý|giáo dục|xét|kỷ luật|bồi thường|nghĩa vụ|đấu giá|quản trị|phối hợp"
    r"|điều hành|chỉ đạo|đánh giá|giám sát)(?!\w)"
    r"|(?<=đứng đầu)\s(?:các )?tổ chức(?!\w)"
    r"|(?<=hỉ đạo)\s(?:phòng, chống|phòng chống|ứng phó|chuyển đổi số|cải cách hành chính|đổi mới|xây dựng|phát triển|giải phóng|sắp xếp"
    r"|thực hiện (?=[Cc]hương trình)|thông tin|chống|công tác)(?!\w)"
)
_PRIVATE = re.compile(r"Hiệp hội|Câu lạc bộ|Công ty|của Hội(?!\w| đồng)")
_NEVER_IN_NAMES = re.compile(
    r"\s(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì|phải|căn cứ|chủ động|tổ chức thực hiện|ban hành|báo cáo"
    r"|rà soát|tham mưu)(?!\w)"
)
_UNFINISHED = re.compile(
    r"(?<=\s)(?:Xúc tiến|Hỗ trợ|Quản lý|Phát triển|Công tác|Đào tạo|Bồi dưỡng|Kiểm soát|Giám sát|Ứng dụng|Nghiên cứu|Chuyển đổi|Đổi mới"
    r"|Cải cách|Phòng|Bảo vệ|Dịch vụ|Tư vấn|Đầu tư|Thông tin|Tuyên truyền|Khuyến khích|Hướng dẫn|Điều hành|Thẩm định"
    r"|Chương trình|Đề án|phạm vi|lĩnh vực|Hậu|Đào)$"
)
"""Capitals that leave a name open: a verb behind them belongs to it."""


_BELONGS = (
    "quản lý|giáo dục|bảo đảm|đảm bảo|thống kê|kiểm soát|giám sát|phát triển|hỗ trợ|đăng ký|kiểm định|thẩm định|đào tạo|bồi dưỡng|điều tra"
    "|thông tin|truyền thông|tư vấn|bảo vệ|xử lý|khai thác"
)
_BEFORE_NEXT = r"(?:,|;|\svà)\s(?:Chủ tịch|Giám đốc|Thủ trưởng|Chánh|Cục|Vụ|Sở)(?!\w)"
_DUTIES = r"\s(?:có trách nhiệm|chịu trách nhiệm|chủ trì|là đầu mối|phối hợp|trong việc)(?!\w)"
_GOES_ON = re.compile(
    rf"(?<=giáo dục và)\sđào tạo(?!\w)|(?<!các)\s(?:{_BELONGS})(?:(?=\svà\s[{UPPER}])(?!{_BEFORE_NEXT}|\svà\s(?:Bộ|Ban|Ủy|Uỷ|UBND|HĐND))"
    rf"|(?!\s(?:các|việc|công tác))(?:\s[{LOWER}]+){{1,3}}?(?={_DUTIES}|{_BEFORE_NEXT}))"
)
"""A verb that belongs to the name of a unit, whose name goes on behind it ("Cục Nhà giáo và Cán bộ quản lý giáo dục chủ trì …")."""
_UNIT = re.compile(r"(?:[^\W\d_]+\s){0,4}?(?:Cục|Vụ|Viện|Trung tâm|Tổng cục|Chi cục|Ban|Hội đồng|[Ss]ở)\s")
_THEIRS = re.compile(r"\s(?:quản lý|thành lập|làm chủ sở hữu|trực tiếp quản lý|bổ nhiệm|phê duyệt|cử|giao)(?!\w)")
_OF_THEIRS = re.compile(r"\sdo\s[^,;.:]{2,60}$")
_ENDED = re.compile(r"[;.:]|,(?!\s(?:kiểm|thẩm|giám|hỗ|sản|kinh|chế|khai|sử|quản|đào|cung|lắp|vận)\s)|(?:\s(?:và|đồng thời|đã|để)|,)$")
"""What parts a name from a duty behind it; two activities may be named ("đơn vị cung cấp dịch vụ kiểm định, kiểm tra có trách nhiệm …")."""
_BLANK = re.compile(r"\s|$")


def _own_end(words: str, at: int, end: int) -> int:
    """Where a known name ends that runs on into the next ("Hội Liên hiệp Phụ nữ tỉnh, Tỉnh đoàn")."""
    comma = words.find(", ", at, end)
    while comma >= 0:
        if words[comma + 2 : comma + 3].isupper() and _head(words, comma + 2):
            return comma
        comma = words.find(", ", comma + 2, end)
    return end


def _stop(words: str, at: int, after: int, generic: bool, unit: bool) -> re.Match[str]:
    """Where a name that begins at ``at`` ends, its beginning at ``after``: before its verb, the next name, a sign."""
    patterns = _patterns()
    limit = min(len(words), after + _REACH)
    stop = patterns.stop.search(words, after, limit)
    while stop is not None and words.startswith(" thông tin", stop.start()) and words[: stop.start()].endswith(("nghệ", "ổng")):
        stop = patterns.stop.search(words, stop.start() + 10, limit)  # "Cục Công nghệ thông tin"
    while stop is not None and stop.end() == stop.start() + 1 and words[stop.start()] in " ,":
        if words[stop.start()] == "," and not words[stop.start() + 2 : stop.start() + 3].islower():
            break
        if _NEVER_IN_NAMES.match(words, stop.start()):
            break
        theme = _THEME.match(words, stop.start())
        if theme is None and not (stop.start() > after and _UNFINISHED.search(words, after, stop.start())):
            break
        # "Trung tâm Xúc tiến đầu tư", "Cục Quản lý, giám sát bảo hiểm", "Ban Chỉ đạo phòng, chống tội phạm": the verb belongs to the name
        stop = patterns.stop.search(words, theme.end() if theme else stop.start() + 1 + (words[stop.start()] == ","), limit)
    if stop is not None and stop[0] == " ":
        end = stop.start()
        goes_on = _THEIRS.match(words, end) if _OF_THEIRS.search(words, max(after, end - 70), end) else None
        if goes_on is None and unit and _UNIT.match(words, at, end):
            goes_on = _GOES_ON.match(words, end)
        if goes_on is not None:  # "doanh nghiệp do Bộ quản lý"
            stop = patterns.stop.search(words, goes_on.end(), limit)
    if generic and stop is not None and stop.start() == after and stop.lastgroup != "item" and words[after : after + 1] == " ":
        # "Cơ quan lập đề án có trách nhiệm …": the verb that follows belongs to the name.
        duty = patterns.duty.search(words, after, min(len(words), after + 80))
        if duty is not None and not _ENDED.search(words, after, duty.start()):
            return duty
    if stop is None:
        stop = _BLANK.search(words, limit)
        assert stop is not None
    return stop


_HANGING = re.compile(r"\s(?:đến|cho|của|thuộc|do)$")
"""What a name cut at a verb ends in: "cá nhân có liên quan đến lập dự toán …"."""
_LEADING = re.compile(r"(?:các|những|toàn thể|một số)\s+", re.IGNORECASE)
_OF_MINISTRY = re.compile(rf"(Bộ trưởng|Thứ trưởng)\s+(?=[{UPPER}])(?!Bộ|Ủy|Uỷ)")
_PROVINCE = re.compile(rf"(?:tỉnh|thành phố)\s[{UPPER}]")
_BEFORE_PROVINCE = re.compile(r"(.*?)\s(?:tỉnh|thành phố)\s")
_COUNCIL = re.compile(r"^(?:Thường trực |Ban của |Ban )?(?:Hội đồng nhân dân|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|UBND)$", re.IGNORECASE)
_TERRITORY = re.compile(r"(?:Hội đồng nhân dân|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|UBND)\s+(?!và\s)(.+)$", re.IGNORECASE)

_AREAS = re.compile(r"(?<=\s)(các tỉnh, thành phố.*|cấp (?:tỉnh|huyện|xã))$")


_HEADS_ALONE = frozenset({"Chủ tịch", "Phó Chủ tịch", "Trưởng Ban", "Trưởng ban"})
_OF_A_PLACE = ("Ban quản lý", "Ban Quản lý", "Báo", "Đài", "Trung tâm", "Công ty", "Khu", "Trường", "Bệnh viện")
_LEVEL_BEFORE = re.compile(r"(?:tỉnh|[Tt]hành phố|TP\.?)\s$")


@cache
def _place_last() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s){places.province_names()}$")


@lru_cache(maxsize=4096)
def _canonical(items: tuple[str, ...], home: Home) -> dict[str, int]:
    """Names made whole, each with the place of its item in the list; what a list leaves out is taken from its neighbours.

    ``Thủ trưởng cơ quan ngang Bộ, cơ quan thuộc Chính phủ`` are two heads; ``Hội đồng nhân dân, Ủy ban nhân dân các tỉnh`` share the
    territory; ``Ủy ban nhân dân thành phố Hà Nội, thành phố Hải Phòng`` share the first words.
    """
    names: dict[str, int] = {}
    plain = [_HANGING.sub("", item[lead.end() :] if (lead := _LEADING.match(item)) else item) for item in items]
    for index, item in enumerate(plain):
        previous = plain[index - 1] if index else ""
        if previous and item[:8].lower() == "cơ quan " and previous.lower().startswith("thủ trưởng "):
            item = f"Thủ trưởng {item}"
        elif previous and _PROVINCE.match(item):
            council = _BEFORE_PROVINCE.match(previous)
            item = f"{council[1]} {item}" if council else item
        elif index + 1 < len(plain) and _COUNCIL.match(item):
            shared = next((found[1] for other in plain[index + 1 :] if (found := _TERRITORY.search(other) or _AREAS.search(other))), None)
            item = f"{item} {shared}" if shared else item
        elif item in _HEADS_ALONE and index + 1 < len(plain) and plain[index + 1].lower().startswith("thành viên "):
            item = f"{item} {plain[index + 1][11:]}"  # "Chủ tịch và các thành viên Hội đồng tư vấn đặc xá"
        plain[index] = item
        if item.endswith("cấp tỉnh") and not _COUNCIL.match(item.removesuffix("cấp tỉnh").strip()):
            names.setdefault(item[:1].upper() + item[1:], index)
            continue
        if item.startswith(_OF_A_PLACE) and (place := _place_last().search(item)) and not _LEVEL_BEFORE.search(item, 0, place.start()):
            names.setdefault(item, index)  # "Ban quản lý Khu Kinh tế Phú Yên": the place is in the name as it is
            continue
        if (ministry := _OF_MINISTRY.match(item)) is not None:
            item = f"{ministry[1]} Bộ {item[ministry.end() :]}"
        name = bodies.whole(item.replace("tỉnh/thành phố", "tỉnh, thành phố").replace(" & ", " và "), home)
        if name:
            names.setdefault(name, index)
    return names

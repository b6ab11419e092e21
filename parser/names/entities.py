"""Organisations and places named in running text: spans with what they are, from the tables of bodies and places.

Known names come from :mod:`bodies` and :mod:`places`. Other organisations are read by how their names are written: a form
(``lexicon/organisations.tsv``), a capital, and the words up to one that no name holds ("Cục Y tế | có trách nhiệm"). What is not decided
here: whether such an organisation exists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from operator import itemgetter

from .. import tables
from ..fold import key
from . import bodies, places
from .bodies import Home
from .patterns import GAP, LOWER, UPPER, by_letter, either, initial_words, new_tone, phrase

Entity = tuple[int, int, str, str]
"""``text[start:end]`` names ``name``; its kind is an organisation's level or a place's kind."""
Begun = tuple[int, str]
"""Where in a text a name may begin, and of what: ``k`` a known body, ``s`` one without its capital, ``f`` a form of organisations, ``p`` a
place."""


_FUNCTION = (
    "và", "với", "của", "là", "có", "được", "bị", "do", "bởi", "tại", "trong", "ngoài", "theo", "để", "nhằm", "khi", "nếu", "thì",
    "mà", "cho", "đến", "từ", "trên", "dưới", "qua", "bằng", "về", "việc", "như", "cùng", "hoặc", "hay", "các", "những", "mỗi",
    "mọi", "này", "đó", "kia", "đã", "đang", "sẽ", "vẫn", "cũng", "phải", "hoàn trả", "nhận", "gửi", "nộp", "ngay", "chưa", "thuộc",
    "gồm", "cần", "nên", "rất", "còn", "tự", "sau", "trước", "đối", "vào", "ra", "lên", "xuống", "nêu", "ban hành", "trình",
    "quyết định", "trường hợp", "số", "ngày", "năm", "tháng", "căn cứ", "chịu", "trực tiếp", "trực thuộc", "thống nhất", "thông qua",
    "khác",
)  # fmt: skip
"""Words that end a name; those that order (``lexicon/verbs.tsv``) do so too."""
_LEVELS = (
    (re.compile(r"\bcác cấp\b|\b(?:tỉnh|huyện|xã|phường)[,/]"), "local"),
    (re.compile(r"\bcấp (?:huyện)\b|\b(?:huyện|quận|thị xã)\b|[Hh]uyện ủy|[Qq]uận ủy|[Tt]hị ủy"), "district"),
    (re.compile(rf"\bcấp xã\b|\b(?:xã|phường|thị trấn|đặc khu)\s(?=[{UPPER}\d]|$)"), "commune"),
    (re.compile(r"[Tt]rung ương$|Trung ương Đảng|Việt Nam$|Chính phủ$|Quốc hội$|[Tt]ối cao$|Nhà nước$"), "central"),
    (re.compile(r"\bcấp tỉnh\b|\b(?:tỉnh)\b|^Sở\b|Tỉnh ủy|Thành ủy|Tỉnh đoàn|Thành đoàn|\bThành phố\b|các tỉnh"), "province"),
)
_CITY = re.compile(r"\bthành phố\b\s*(.*)$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def level(name: str, otherwise: str = "") -> str:
    """The level a whole name tells: ``central``, ``province``, ``district``, ``commune``, ``local`` (several, or no particular one).

    >>> level("Ủy ban nhân dân tỉnh Thái Nguyên"), level("Ủy ban nhân dân cấp xã"), level("Bộ Tài chính")
    ('province', 'commune', 'central')
    """
    row = _rows().get(key(name))
    if row is not None and row["level"] == "central":
        return "central"
    for pattern, found in _LEVELS:
        if pattern.search(name):
            return found
    city = _CITY.search(name)
    if city:
        return "province" if not city[1] or places.province(city[1]) else "district"
    first = row or next((row for head, row in _heads() if key(name).startswith(head + " ")), None)
    if first is not None and first["takes"] in ("province", "party"):
        return "province"
    if first is not None and first["takes"] and places.province(name[len(first["name"]) :]):
        return "province"
    return otherwise


@cache
def _rows() -> dict[str, tables.Row]:
    return {key(row["name"]): row for row in tables.rows("issuers")}


@cache
def _heads() -> tuple[tuple[str, tables.Row], ...]:
    return tuple((key(row["name"]), row) for row in tables.rows("issuers") if row["takes"])


_BEHIND_LEVELS, _BEHIND_CITIES = (
    tuple(re.compile(f"{end}(?=[{UPPER}0-9])", re.DOTALL) for end in ends)
    for ends in (
        ("ã(?<=[xX]ã).", "ố(?<=phố).", "ờng.", "yện.", "ậ(?<=uậ)n.", "ấ(?<=rấ)n.", "khu.", "ỉnh."),
        ("P(?<=TP).", "P[.].", "P[.]"),
    )
)
"""What ends before a capital or a number behind "huyện", "tỉnh", "xã", "TP." …: behind others begins no place but a province. Each begins
with a plain letter: such searches, one after the other, cost less than one that stops at every capital and number."""
_SOME_CITY = re.compile("P(?:[.]|(?<=TP))")
_SESSION = re.compile(r",?\s+(?:KHÓA|KHOÁ|NHIỆM KỲ|KỲ HỌP)\s.*", re.DOTALL)
_SMALL_BODY = re.compile("dân(?<=nhân dân)(?!\\w)(?:(?<=[uủ][ỷy] ban nhân dân)|(?<=hội đồng nhân dân)())")
"""Councils and committees are sometimes printed without their capital ("của uỷ ban nhân dân tỉnh")."""
_BEHIND_SYMBOL = re.compile(
    rf"(?<=[/–-])(?:(?<=\w.)|(?<=[{UPPER}]\s.))|(?<=[/–-]\s)(?:(?<=\w..)|(?<=[{UPPER}]\s..))|(?<=\w[/–-]\s\n)", re.DOTALL
)
"""A place within a symbol: "94/NQ-|HĐND"."""


# --- organisations ---------------------------------------------------------------------------------------------------------------


@cache
def _person() -> re.Pattern[str]:
    """An office that a person holds, before the body it belongs to."""
    offices = [row["name"] for row in tables.rows("offices") if not row["organ"]]
    return re.compile(either(offices) + f",?{GAP}(?:của{GAP})?", re.IGNORECASE)


@cache
def _open() -> re.Pattern[str]:
    forms = [(form, tables.values(row["not"])) for row in tables.rows("organisations") for form in tables.values(row["form"])]
    verbs = [(form, tables.values(row["not"])) for row in tables.rows("verbs") for form in tables.values(row["forms"])]
    none = [(word, list[str]()) for word in _FUNCTION]
    ends = by_letter(sorted({phrase(word) + _not_before(other) for word, other in (*none, *verbs)}, key=len, reverse=True))
    capital = f"(?!(?:Các|Những|Giao|Trong|Theo|Ngày|Năm|Số)(?!\\w))[{UPPER}](?:\\.\\d{{1,3}}(?!\\w)|[\\w&]*)"
    small = f"(?!(?:{ends})(?!\\w))(?!(?<![Hh]àng\\s)không(?!\\w))(?!(?<![Đđ]ăng\\s)ký(?!\\w))[{LOWER}]+"
    number = "\\d{1,3}(?:-\\d{1,2})?(?![\\w./%,])"
    numbered = either(form for row in tables.rows("organisations") if row["numbered"] for form in tables.values(row["form"]))
    after = f"(?:{capital}|{number})"
    others = ("Kho", "Thuế", "Mặt", "UBND", "HĐND", "MTTQ", f"Công{GAP}an")
    another = f"(?!(?:{by_letter(sorted({*(phrase(form) for form, _ in forms), *others}))})(?!\\w))"
    joint = f"(?<!tỉnh)(?<!huyện)(?<!xã)(?<!phố){GAP}và{GAP}{another}(?=[{UPPER}])"
    word = f"(?:(?:{GAP}(?:-{GAP})?|{joint}){after}|{GAP}{small})"
    heads = by_letter(
        phrase(form) + f"(?!\\w){GAP}" + (f"(?!(?i:{'|'.join(map(phrase, other))})(?!\\w))" if other else "")
        for form, other in sorted(forms, key=lambda pair: -len(pair[0]))
    )
    first = sorted({form[0] for form, _ in forms})
    own = f"{numbered}{GAP}\\d{{1,3}}(?:-\\d{{1,2}})?(?![\\w/%]|[.,]\\d)"  # "Bệnh viện 19-8"
    return re.compile(f"(?=[{''.join(first)}])(?<!\\w)(?:{own}|(?:{heads}){capital})(?:{word}){{0,9}}")


def _not_before(words: list[str]) -> str:
    """A verb is none before these: "giao | thông"."""
    held = [phrase(word) for word in words if word[0].isalpha()]
    return f"(?!{GAP}(?:{'|'.join(held)})(?!\\w))" if held else ""


@cache
def _levels_of_forms() -> tuple[tuple[str, str], ...]:
    found = [(form, row["level"]) for row in tables.rows("organisations") for form in tables.values(row["form"])]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def beginnings(text: str, start: int = 0, end: int | None = None) -> list[Begun]:
    """Where in a text names may begin, in order, each place once: the patterns of names, which cost more, are tried at these alone."""
    end = len(text) if end is None else end
    kinds = _first_words()
    found = {match.start(): kinds[match[0]] for match in _first_word().finditer(text, start, end)}
    ends = _BEHIND_LEVELS if _SOME_CITY.search(text, start, end) is None else (*_BEHIND_LEVELS, *_BEHIND_CITIES)
    places = [match.end() for pattern in ends for match in pattern.finditer(text, start, end)]
    places += [match.start(1) for match in _province_in_capitals().finditer(text, start, end)]
    for at in places:
        if "p" not in (others := found.get(at, "")):
            found[at] = others + "p"
    for match in _SMALL_BODY.finditer(text, start, end):
        at = match.end() - (15 if match[1] is None else 17)
        found[at] = found.get(at, "") + "s"
    return sorted(found.items())


def in_capitals(line: str) -> str:
    """What of a header's line in capitals is the body's name: not rules and stars drawn below it, not the session or the term."""
    return _SESSION.sub("", line).rstrip(" \t\n\r\u00a0-–_*,;.:")


@cache
def _first_words() -> dict[str, str]:
    """What may begin with a word: ``k`` a known body, ``f`` a form of organisations, ``p`` a province."""
    forms = initial_words(form for row in tables.rows("organisations") for form in tables.values(row["form"]))
    provinces = initial_words(name for row in tables.rows("places") for name in (row["name"], *tables.values(row["aliases"])))
    found: dict[str, str] = {}
    for kind, words in (("k", bodies.first_words()), ("f", forms), ("p", provinces)):
        for word in words:
            found[word] = found.get(word, "") + kind
    return found


@cache
def _first_word() -> re.Pattern[str]:
    """One of the words that names begin with, whole; in the midst of a word too: the patterns of names look to that."""
    begun: dict[str, list[str]] = {}
    for word in sorted(_first_words(), reverse=True):
        begun.setdefault(word[:2], []).append(word[2:])
    return re.compile(by_letter(f"{two}(?:{'|'.join(rest)})(?!\\w)" for two, rest in begun.items()))


def organisations(text: str, start: int, end: int, home: Home, begun: Sequence[Begun] | None = None) -> list[Entity]:
    """The organisations named in ``text[start:end]``, in order, none within another; of "Giám đốc Sở Tài chính" the body alone.

    A name that is a common word without its territory ("Công an", "thuế") is none without it. ``begun`` is what :func:`beginnings` finds
    in this piece, where it is known already.
    """
    body_at, form_at = bodies.names().match, _open().match
    known: list[Entity] = []
    others: list[Entity] = []
    after_body = after_form = start
    for place, kinds in beginnings(text, start, end) if begun is None else begun:
        if "k" in kinds and place >= after_body and (match := body_at(text, place, end)):
            after_body = match.end()
            told = _known(match[0], home)
            if told is not None:
                at = place + told[0]
                if (text[at - 1] == " " and text[at - 2] not in "/–-") or not _BEHIND_SYMBOL.match(text, at):
                    known.append((at, place + told[1], told[2], told[3]))
        if "f" in kinds and place >= after_form and (match := form_at(text, place, end)):
            after_form = match.end()
            if known and known[-1][0] == place and after_form > known[-1][1] and _bare(text[place : known[-1][1]]):
                known.pop()  # "Huyện ủy | Lâm Hà"
            others.append((place, after_form, *_formed(match[0], home)))
        elif "s" in kinds:
            small = bodies.at(text, place)
            if small is not None and small.end <= end and not small.name.endswith("nhân dân"):
                others.append((place, small.end, *_formed(small.name, home)))
    return _apart(sorted(known + others, key=itemgetter(0))) if others else known  # of two that begin together the known one


def _apart(entities: list[Entity]) -> list[Entity]:
    """Those that do not begin within the one before them."""
    apart: list[Entity] = []
    at = 0
    for entity in entities:
        if entity[0] >= at:
            apart.append(entity)
            at = entity[1]
    return apart


_PLENUM = re.compile(f"Hội{GAP}nghị{GAP}(?:lần{GAP})?thứ{GAP}.*?(?=Ban{GAP}|Trung{GAP}ương)")
_TERM = re.compile(f"{GAP}\\(?[Kk]h(?:óa|oá){GAP}[IVXLC\\d]+\\)?$")


@lru_cache(maxsize=8192)
def _known(printed: str, home: Home) -> tuple[int, int, str, str] | None:
    """Of a known body as printed: where its name begins, behind a person's office or a meeting, and ends, before its term; its whole name,
    its level. ``Chủ tịch nước`` is a body of the state itself.
    """
    term = _TERM.search(printed)
    end = term.start() if term else len(printed)
    meeting = _PLENUM.match(printed)
    start = meeting.end() if meeting else 0
    office = None if key(printed[start:end]) in _rows() else _person().match(printed, start, end)
    start = office.end() if office else start
    if start >= end or _common(printed[start:end]):
        return None
    name = bodies.whole(printed[start:end], home)
    return start, end, name, level(name)


@lru_cache(maxsize=8192)
def _formed(printed: str, home: Home) -> tuple[str, str]:
    """Of a name read by its form: the whole name, its level."""
    form = next((level for form, level in _levels_of_forms() if printed.startswith(form)), "")
    name = bodies.whole(printed, home)
    return name, level(name, form)


@lru_cache(maxsize=4096)
def _bare(printed: str) -> bool:
    """Whether it is the kind of a body alone, which a territory would make a name."""
    row = _rows().get(key(bodies.whole(printed)))
    return row is not None and row["takes"] == "territory" and row["level"] == "local"


@lru_cache(maxsize=4096)
def _common(printed: str) -> bool:
    row = _rows().get(key(bodies.whole(printed)))
    return row is not None and row["takes"] == "territory" and not row["codes"]


# --- places ----------------------------------------------------------------------------------------------------------------------

_PERSONAL = frozenset(key(name) for name in ("Hồ Chí Minh",))
"""Provinces that bear a person's name: a place only after a word of level."""


@cache
def _place() -> re.Pattern[str]:
    word = f"[{UPPER}][{LOWER}]*(?:['’][{UPPER}]?[{LOWER}]+)?"
    other = "(?!(?:Sở|Bộ|Ban|Ủy|Uỷ|Hội|Công|Cục|Chi)(?!\\w))"
    numbered = "(?:[ \u00a0]\\d(?![\\w/%]|[.,]\\d|[ \u00a0][a-zđ]))?"  # "xã Đam Rông 3"
    unit = f"(?:(?!Việt{GAP}Nam){other}{word}(?:[ \u00a0-]{word}){{0,3}}{numbered}|\\d{{1,2}}(?![\\w/%]|[.,]\\d))"
    # looked for from its capital, with the level before it: capitals are rare
    small = "|".join(f"(?<=(?<!\\w)[{w[0].upper()}{w[0]}]{w[1:]}\\s)" for w in _SMALL)
    city = "(?<=[Tt]hành\\sphố\\s)|(?<=TP\\.)|(?<=TP\\s)|(?<=TP\\.\\s)"
    return re.compile(f"(?=[{UPPER}\\d])(?<!\\w)(?:(?:{small}){unit}|(?P<province>{places.province_names()})|(?:{city}){unit})")


_SMALL = ("huyện", "quận", "thị\\sxã", "thị\\strấn", "đặc\\skhu", "phường", "xã")
_LEVEL = re.compile(
    r"(?:[Tt]ỉnh|[Tt]hành\s+phố|TP\.?|[Hh]uyện|[Qq]uận|[Tt]hị\s+(?:xã|trấn)|[Đđ]ặc\s+khu|[Pp]hường|(?<!tác )(?<!công )[Xx]ã)\s*$"
)


@cache
def _more() -> re.Pattern[str]:
    word = f"[{UPPER}][{LOWER}]+"
    return re.compile(f"(?:,|;)?(?:\\s(?:và\\s)?)({word}(?:[ \u00a0]{word}){{1,2}})(?=[\\s,;.:)]|$)(?![ ][{UPPER}])")


def places_in(text: str, start: int, end: int, date: str | None = None, begun: Sequence[Begun] | None = None) -> list[Entity]:
    """The places named in ``text[start:end]``: provinces old and new as they were on ``date``, and units below them after their level.

    "các huyện Đại Từ, Định Hóa" names two. "tỉnh" alone names none; whether "huyện Đại Từ" exists is not asked. ``begun`` is what
    :func:`beginnings` finds in this piece, where it is known already.

    >>> text = "tại TP. Hồ Chí Minh, các huyện Đại Từ, Định Hóa và Bắc Giang"
    >>> [name for _, _, name, _ in places_in(text, 0, len(text))]
    ['thành phố Hồ Chí Minh', 'huyện Đại Từ', 'huyện Định Hóa', 'tỉnh Bắc Giang']
    """
    found: list[Entity] = []
    at, match_at = start, _place().match
    for begin, kinds in beginnings(text, start, end) if begun is None else begun:
        if "p" not in kinds or begin < at:
            continue
        match = match_at(text, begin, end)
        if match is None:
            if text[begin : begin + 2].isupper() and (capitals := _in_capitals(text, begin, start, end, date)):
                at = capitals[1]
                found.append(capitals)
            continue
        at = match.end()
        told, length = _level_before(text[begin - 14 if begin - start > 14 else start : begin])
        begins = begin - length
        if printed := match["province"]:
            province = _province(printed, date)
            if province is None or (not told and (province[2] or _inside_a_name(text, begin, start))):
                continue
            whole, kind, _ = province
            if told in ("", "tỉnh", kind):  # "thành phố Thái Nguyên" is a town of that province
                found.append((begins, at, whole, kind))
                continue
        if not told:
            continue
        found.append((begins, at, _unit(told, match[0]), told))
        if begins - start >= 4 and text[begins - 4 : begins].lower() == "các ":
            while (other := _more().match(text, at, end)) and places.province(other[1]) is None:
                at = other.end(1)
                found.append((other.start(1), at, _unit(told, other[1]), told))
    return found


@lru_cache(maxsize=4096)
def _province(printed: str, date: str | None) -> tuple[str, str, bool] | None:
    """The whole name of a province as it was on ``date``, its kind, and whether it bears a person's name."""
    place = places.province(printed)
    if place is None:
        return None
    personal = key(place.name) in _PERSONAL
    place = places.then(place, date) if date else place
    return place.whole, place.kind, personal


@lru_cache(maxsize=4096)
def _level_before(words: str) -> tuple[str, int]:
    """The level that ``words``, the few before a place, end in, and how long it is as printed with the blanks behind it."""
    level = _LEVEL.search(words)
    return (_kind(level[0]), len(level[0])) if level else ("", 0)


@lru_cache(maxsize=4096)
def _unit(level: str, printed: str) -> str:
    """A unit below a province by its level: communes recur within a document."""
    return f"{level} {new_tone(' '.join(printed.split()))}"


@cache
def _province_in_capitals() -> re.Pattern[str]:
    """ "TỈNH THÁI NGUYÊN" in a title or a header: a province in capitals behind its level in capitals."""
    names = [name.upper() for row in tables.rows("places") for name in (row["name"], *tables.values(row["aliases"]))]
    return re.compile(f"T(?:ỈNH|HÀNH{GAP}PHỐ|P\\.?)\\s+({either(names)})(?!\\w)")


def _in_capitals(text: str, begin: int, start: int, end: int, date: str | None) -> Entity | None:
    for match in _province_in_capitals().finditer(text, max(start, begin - 14), end):
        place = places.province(match[1])
        if match.start(1) == begin and place is not None:
            place = places.then(place, date) if date else place
            told = _kind(match[0][: begin - match.start()])
            name = place.whole if told in ("tỉnh", place.kind) else f"{told} {place.name}"
            return match.start(), match.end(), name, place.kind if name == place.whole else told
    return None


def _kind(told: str) -> str:
    plain = " ".join(told.lower().split())
    return "thành phố" if plain.startswith("tp") else plain


def _inside_a_name(text: str, at: int, start: int) -> bool:
    """Whether a word with one capital stands right before: "Nguyễn Thái Bình", no place."""
    before = re.search(f"([{UPPER}][{LOWER}]+)[ \u00a0]$", text[max(start, at - 12) : at])
    return before is not None and key(before[1]) not in ("tỉnh", "phố", "huyện", "nam", "bắc", "báo", "thuế")

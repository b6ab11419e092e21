"""Bodies that issue and act: finding their names, and making them whole.

A document names a body as short as its readers allow: ``UBND tỉnh``, ``Ban Chấp hành Trung ương``, ``Sở Tài chính``. :func:`whole` gives
the official name with the place it belongs to, made whole from the document itself (its :class:`Home`), never from a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import msgspec

from .. import tables
from ..fold import key, match_form
from . import places
from .patterns import GAP, UPPER, either, initial_words, new_tone


class Home(msgspec.Struct, frozen=True, cache_hash=True):
    """What short names are made whole from: the document's issuer and its province (``tỉnh Thái Nguyên``). Of its date nothing hangs but
    what :func:`home_then` is asked for, so that an issuer's documents share what is made whole."""

    issuer: str | None = None
    province: str | None = None


class BodyMention(msgspec.Struct, frozen=True, gc=False):
    """A body named in ``text[start:end]``, ``name`` as printed."""

    start: int
    end: int
    name: str


class _Body(msgspec.Struct, frozen=True):
    name: str
    takes: str
    short: bool


_SESSION = re.compile(
    r"(?!^)[\s,(]*\b(?:khóa|khoá|nhiệm kỳ|kỳ họp|hội nghị lần thứ)\s+(?:thứ\s+)?[\dIVXLCivxlc][^;]*$|\s+nước\s+cộng\s+h(?:òa|oà)\s+xã.*$",
    re.IGNORECASE,
)
_PLENUM = re.compile(r"^hội nghị (?:lần )?(?:thứ )?.*?(?=ban chấp hành trung ương|trung ương)")


def home_of(issuer: str | None, place: str | None = None) -> Home:
    """The home of a document: its province from its issuer's name, else from the place it was signed in.

    A body of the centre has no province though it signs in Hà Nội: ``Ủy ban nhân dân tỉnh`` in a decree is any province's.
    """
    if issuer:
        area = _territory_of(issuer)
        found = places.province(area) if area else None
        if found is None:
            for level in re.finditer(r"\b(?:tỉnh|thành phố)\s", issuer, re.IGNORECASE):
                found = found or places.province(issuer[level.start() :])
        if found:
            return Home(issuer, found.whole)
        row = _aliases().get(key(issuer))
        if row is not None and not row.takes:
            return Home(issuer, None)
    found = places.province(place) if place else None
    return Home(issuer, found.whole if found else None)


def home_then(home: Home | None, date: str | None) -> Home | None:
    """The home as it was on an earlier day: in a document of thành phố Huế, ``Hội đồng nhân dân tỉnh`` of 2023 is Thừa Thiên Huế's."""
    if home is None or not date or (place := _founded(home)) is None:  # most were never otherwise
        return home
    return _home_then(home, place, date)


@lru_cache(maxsize=1024)
def _founded(home: Home) -> places.Place | None:
    """The province, where it is known to have begun on a day."""
    place = home_province(home)
    return place if place is not None and place.since else None


@lru_cache(maxsize=1024)
def _home_then(home: Home, place: places.Place, date: str) -> Home:
    if (before := places.then(place, date)) is place:
        return home
    own = _territory_of(home.issuer) if home.issuer else None
    return Home(None if own == place.whole else home.issuer, before.whole)


@cache
def _aliases() -> dict[str, _Body]:
    found: dict[str, _Body] = {}
    for row in tables.rows("issuers"):
        body = _Body(row["name"], row["takes"], False)
        for name in (row["name"], *tables.values(row["aliases"])):
            found.setdefault(key(name), body)
    for row in tables.rows("issuers"):
        for name in tables.values(row["short"]):
            found.setdefault(key(name), _Body(row["name"], row["takes"], True))
    return found


@cache
def _times() -> dict[str, tuple[str, str, str]]:
    rows = [row for row in tables.rows("issuers") if row["until"] or row["since"]]
    return {key(name): (row["since"], row["until"], row["into"]) for row in rows for name in (row["name"], *tables.values(row["aliases"]))}


@lru_cache(maxsize=4096)
def in_time(name: str) -> tuple[str, str, str] | None:
    """The first and the last day of a body (``""``: not bounded) and what it became; ``None`` where no bound is known.

    >>> in_time("Bộ Giao thông vận tải"), in_time("Ủy ban nhân dân tỉnh Bình Phước"), in_time("Ủy ban nhân dân huyện Đại Từ")
    (('', '2025-02-28', 'Bộ Xây dựng'), ('', '2025-06-30', 'Đồng Nai'), ('', '2025-06-30', ''))
    """
    if (known := _times().get(key(name))) is not None:
        return known
    area = _territory_of(name)
    if area is None:
        return None
    place = places.province(area)
    if place is not None:
        return ("", place.until, place.into) if place.until and area == place.whole else None
    return ("", until, "") if (until := places.level_until(area)) else None


def is_known(name: str) -> bool:
    """Whether a whole name is one of the table's: ``Bộ Tài chính``, not ``Cục Thuế``."""
    return key(name) in _aliases()


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    return {key(row["name"]): tuple(tables.values(row["codes"])) for row in tables.rows("issuers")}


def codes_of(name: str) -> tuple[str, ...]:
    """The codes of a body in numbers, none where the table names none: ``Ngân hàng Nhà nước Việt Nam`` → ``NHNN``."""
    return _codes().get(key(name), ())


@cache
def full_names() -> dict[str, str]:
    """The longer official names of bodies that go by a shorter one: ``Ban Bí thư`` → ``Ban Bí thư Trung ương Đảng``."""
    return {row["name"]: row["full"] for row in tables.rows("issuers") if row["full"]}


@cache
def _offices() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """(key, name as written, first words of what may follow), longest first."""
    rows = [(key(row["name"]), row["name"], tuple(key(v) for v in tables.values(row["before"]))) for row in tables.rows("offices")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


_SHORTHAND = (
    (re.compile(r"\bUBND\b"), "Ủy ban nhân dân"),
    (re.compile(r"\bHĐND\b"), "Hội đồng nhân dân"),
    (re.compile(r"\b(?:(?:UB|[UỦ][ỷy] ban) ?)?MTTQ ?(?:VN|Việt Nam)\b"), "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    (re.compile(r"\bĐBQH\b"), "đại biểu Quốc hội"),
    (re.compile(r"\bBTV\b"), "Ban Thường vụ"),
    (re.compile(rf"\bTP\.? ?(?=[{UPPER}])|\bTP$|\bTp\.? ?(?=[{UPPER}])"), "thành phố "),
)


@lru_cache(maxsize=8192)
def whole(name: str, home: Home | None = None) -> str:
    """The body's official name, whole.

    >>> whole("UBND tỉnh", Home(None, "tỉnh Thái Nguyên"))
    'Ủy ban nhân dân tỉnh Thái Nguyên'
    >>> whole("Ban Chấp hành Đảng bộ tỉnh", Home(None, "tỉnh Thái Nguyên"))
    'Tỉnh ủy Thái Nguyên'
    >>> whole("HỘI ĐỒNG NHÂN DÂN TỈNH THÁI NGUYÊN")
    'Hội đồng nhân dân tỉnh Thái Nguyên'
    """
    text = " ".join(match_form(name).split()).strip(" ,;.:")
    for pattern, long in _SHORTHAND:
        text = pattern.sub(long, text)
    text = new_tone(" ".join(text.split()))
    if text.isupper() and len(text) > 8:
        text = text.lower()
    text = re.sub(r"^(?:các|những|các\s+ban\s+của\s+(?=ban\b))\s+", "", text, flags=re.IGNORECASE)
    found = _whole(text, home)
    return found[:1].upper() + found[1:]


def _whole(text: str, home: Home | None) -> str:
    bare = _SESSION.sub("", text)
    folded = key(bare)
    if folded.startswith("hội nghị") and "trung ương" in folded and folded not in _aliases():
        folded = _PLENUM.sub("", folded)
    body = _aliases().get(folded)
    if body is not None:
        if not body.takes:
            return bare if body.short and home is None else body.name
        return _completed(body, "", home, bare)
    for office, written, before in _offices():
        if folded.startswith(office + " "):
            rest = re.sub(r"^của\s+", "", bare[len(office) :].lstrip(" ,"), flags=re.IGNORECASE)
            if before and not key(rest).startswith(before):
                continue
            return f"{written} {_inner(_whole(rest, home))}"
    head = _head(folded)
    if head is not None:
        rest = bare[len(head) :].strip(" ,")
        return _completed(_aliases()[head], rest, home, bare)
    return _ending(bare, home)


def _inner(name: str) -> str:
    """A name after an office keeps its capitals; only a first letter that :func:`whole` would set is set here."""
    return name[:1].upper() + name[1:] if key(name) in _aliases() or _head(key(name)) else name


@cache
def _heads() -> tuple[str, ...]:
    return tuple(sorted((k for k, body in _aliases().items() if body.takes), key=len, reverse=True))


def _head(folded: str) -> str | None:
    return next((head for head in _heads() if folded.startswith(head + " ")), None)


def _completed(body: _Body, rest: str, home: Home | None, printed: str) -> str:
    """The body with its territory, from what is printed after its name (``rest``) and from the home."""
    folded = key(rest)
    if body.takes == "council":
        rest = re.sub(r"^của\s+", "", rest, flags=re.IGNORECASE)
        if rest and not key(rest).startswith("hội đồng nhân dân"):
            return f"{body.name} {rest}"
        council = _whole(rest or "Hội đồng nhân dân", home)
        return f"{body.name} {council}" if rest or council != "Hội đồng nhân dân" else body.name
    if body.takes == "party":
        place = places.province(rest) if rest else home_province(home)
        if place is None:
            return f"{body.name} {rest}".strip()
        mine = "thành ủy" if place.kind == "thành phố" else "tỉnh ủy"
        fits = rest or mine in key(body.name)
        return f"{body.name} {place.name}" if fits else body.name
    if body.takes == "province":
        place = places.province(rest) if rest else None
        if place is None and folded in {"", "tỉnh", "thành phố", "tp"}:
            place = home_province(home)
        if place is not None:
            return f"{body.name} {place.whole}"
        return f"{body.name} {rest}".strip()
    area = _area(rest, home, bare_too=body.name in {"Hội đồng nhân dân", "Ủy ban nhân dân"})
    return f"{body.name} {area}".strip()


def _area(rest: str, home: Home | None, *, bare_too: bool) -> str:
    """``tỉnh`` → ``tỉnh Thái Nguyên``; ``Hà Nội`` → ``thành phố Hà Nội``; ``cấp xã`` and ``các tỉnh, thành phố`` stay."""
    folded = key(rest).rstrip(".")
    if not folded:
        return (_home_area(home) or "") if bare_too else ""
    if folded in {"tp", *places.LEVELS}:
        level = "thành phố" if folded == "tp" else folded
        return _home_area(home, level) or level
    if (layers := re.match(r"các cấp (tỉnh|thành phố)$", folded)) and (area := _home_area(home, layers[1])):
        return f"các cấp {area}"
    if folded.startswith(("các ", "cấp ", "những ", "hai cấp")) or re.match(r"(?:tỉnh|thành phố|xã|phường|huyện|quận|thị xã), ", folded):
        return rest[:1].lower() + rest[1:]
    place = places.province(rest)
    if place is not None and (folded.startswith(place.kind) or not folded.startswith(places.LEVELS)):
        return place.whole
    kind = next((kind for kind in places.LEVELS if folded.startswith(kind + " ")), None)
    if kind is None:
        return _whole(rest, home) if _head(folded) else rest  # "Đảng ủy UBND Thành phố"
    unit = rest[len(kind) :].strip()
    return f"{kind} {unit.title() if unit.islower() else unit}"


def home_province(home: Home | None) -> places.Place | None:
    if home is None:
        return None
    if home.province:
        return places.province(home.province)
    return places.province(_territory_of(home.issuer) or "") if home.issuer else None


def _home_area(home: Home | None, level: str | None = None) -> str | None:
    """The home's own territory, of the level asked for: a commune's paper has a province and a commune."""
    if home is None:
        return None
    own = _territory_of(home.issuer) if home.issuer else None
    if own and (level is None or own.startswith(level + " ")):
        return own
    place = home_province(home)
    if place is not None and (level == place.kind or (level is None and own is None)):
        return place.whole
    return None


_COMMITTEE = re.compile(r"(?<!\w)(tỉnh|thành|huyện|quận|thị|xã|phường)\sủy\s+(?=\w)", re.IGNORECASE)
"""A Party committee's name holds its level: "Huyện ủy Nam Đàn" is that of huyện Nam Đàn."""
_LEVEL_OF = {"thành": "thành phố", "thị": "thị xã"}


@lru_cache(maxsize=1024)
def _territory_of(issuer: str) -> str | None:
    """``Hội đồng nhân dân tỉnh Thái Nguyên``, ``Tỉnh ủy Thái Nguyên`` → ``tỉnh Thái Nguyên``; ``None`` for a body without one."""
    text = _SESSION.sub("", " ".join(new_tone(match_form(issuer)).split()))
    if text.isupper():
        text = text.lower()
    text = _COMMITTEE.sub(lambda of: f"{_LEVEL_OF.get(of[1].lower(), of[1])} ", text)
    for level in places.LEVELS:
        at = re.search(rf"(?<!\w){level}\s+(?=\S)", text, re.IGNORECASE)
        if at:
            unit = text[at.end() :]
            place = places.province(f"{level} {unit}" if level in {"tỉnh", "thành phố"} else unit)
            if place is not None and level in {"tỉnh", "thành phố"}:
                return place.whole
            return f"{level} {unit.title() if unit.islower() else unit}"
    head = _head(key(text))
    place = places.province(text[len(head) :]) if head else None
    return place.whole if place else None


_LEVEL_END = re.compile(rf"\s({'|'.join(places.LEVELS)})$", re.IGNORECASE)


def _ending(text: str, home: Home | None) -> str:
    """An unknown body: as printed, a level at its end made whole (``Quỹ Bảo trì đường bộ tỉnh`` → ``… tỉnh Thái Nguyên``)."""
    at = _LEVEL_END.search(text)
    area = _home_area(home, at[1].lower()) if at else None
    return f"{text[: at.start()]} {area}" if at and area else text


def kind_of(name: str) -> str | None:
    """The body of the table that a whole name is or begins with: ``Hội đồng nhân dân tỉnh Đồng Nai`` → ``Hội đồng nhân dân``."""
    body = _aliases().get(key(name)) or ((head := _head(key(name))) and _aliases()[head]) or None
    return body.name if body is not None else None


# --- names in running text -----------------------------------------------------------------------------------------


@cache
def _name_source(units: bool = True) -> str:
    """The pattern of a body's name with its office and its territory; begins with plain letters, so that a search skips fast."""
    whole_names: list[str] = []
    heads: list[str] = []
    for row in tables.rows("issuers"):
        names = [row["name"], *tables.values(row["aliases"]), *tables.values(row["short"])]
        (heads if row["takes"] and row["takes"] != "council" else whole_names).extend(names)
    councils = [n for row in tables.rows("issuers") if row["takes"] == "council" for n in (row["name"], *tables.values(row["aliases"]))]
    whole_names = [name for name in whole_names if name not in councils]
    area = places.territory(units)
    session = rf"(?:{GAP}\(?[Kk]h(?:óa|oá){GAP}[IVXLC\d]+(?!\w)\)?)?"
    council = f"(?:,?{GAP}(?:của{GAP})?(?:Hội{GAP}đồng{GAP}nhân{GAP}dân|HĐND)(?!\\w))?"
    named = f"(?:(?P<council>{either(councils)}(?!\\w)){council}|{either(whole_names)}(?!\\w)|(?P<head>{either(heads)})(?!\\w))"
    office = either([row["name"] for row in tables.rows("offices")]) + f",?{GAP}(?:của{GAP})?"
    plenum = f"Hội{GAP}nghị{GAP}(?:lần{GAP})?thứ{GAP}\\w+(?:{GAP}\\w+)?{GAP}(?:của{GAP})?"
    # Only a body that has a territory, or a council's committee, may be followed by one.
    owner = f"(?:(?(head)|(?(council)(?:(?<=dân)|(?<=HĐND))|(?!))){GAP}{area}(?!\\w))?"
    return f"(?:{plenum})?(?:{office})?{named}{owner}{session}"


@cache
def _scan() -> re.Pattern[str]:
    return re.compile(_starting(_name_source()))


def _starting(source: str) -> str:
    return f"(?=[{UPPER}])(?<!\\w){source}"


@cache
def _small() -> re.Pattern[str]:
    # Names after "của" are sometimes printed without their capitals ("của uỷ ban nhân dân tỉnh").
    return re.compile(
        f"(?:(?:uỷ|ủy){GAP}ban{GAP}nhân{GAP}dân|hội{GAP}đồng{GAP}nhân{GAP}dân)(?:{GAP}{places.territory()}(?!\\w))?"
        f"|(?:chính{GAP}phủ|thủ{GAP}tướng{GAP}chính{GAP}phủ)(?!\\w)"
    )


@cache
def _capitals() -> re.Pattern[str]:
    return re.compile(_name_source(units=False), re.IGNORECASE)


def scan(text: str, start: int = 0, end: int | None = None) -> Iterator[BodyMention]:
    """The bodies named in running text, in order: known names with their office and territory, as printed."""
    for match in _scan().finditer(text, start, len(text) if end is None else end):
        yield BodyMention(match.start(), match.end(), match[0])


@cache
def first_words() -> frozenset[str]:
    """The first words, as printed, of all that :func:`scan` finds; a look elsewhere is not needed."""
    rows = tables.rows("issuers")
    names = [name for row in rows for name in (row["name"], *tables.values(row["aliases"]), *tables.values(row["short"]))]
    return initial_words([*names, *(row["name"] for row in tables.rows("offices")), "Hội nghị"])


def names() -> re.Pattern[str]:
    """The pattern of what :func:`scan` finds, for those who know where to look (:func:`first_words`)."""
    return _scan()


def at(text: str, position: int) -> BodyMention | None:
    """The body whose name begins exactly at ``position``, in capitals or not."""
    match = _scan().match(text, position)
    if match is not None:
        return BodyMention(position, match.end(), match[0])
    if text[position : position + 1] in {"u", "ủ", "h", "c", "t"}:
        match = _small().match(text, position)
    if match is None and text[position : position + 6].isupper() and text[position + 1 : position + 2].isalpha():
        match = _capitals().match(text, position)  # "CỦA HỘI ĐỒNG NHÂN DÂN TỈNH THÁI NGUYÊN" in a title
        if match is not None and not match[0].isupper():
            match = None
    return BodyMention(match.start(), match.end(), match[0]) if match else None

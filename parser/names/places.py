"""Provinces and cities under the centre, and the level words that stand before the name of a place."""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec

from .. import tables
from ..fold import key
from .patterns import GAP, UPPER, either

LEVELS = ("tỉnh", "thành phố", "thị xã", "thị trấn", "huyện", "quận", "đặc khu", "phường", "xã")


class Place(msgspec.Struct, frozen=True):
    """A unit under the centre: ``kind`` is ``tỉnh`` or ``thành phố``; ``since`` its first day under this name where it had another,
    ``until`` its last day as one, ``into`` what it became part of.
    """

    name: str
    kind: str
    since: str
    until: str
    into: str

    @property
    def whole(self) -> str:
        """``tỉnh Thái Nguyên``, ``thành phố Hà Nội``."""
        return f"{self.kind} {self.name}"


@cache
def _by_key() -> dict[str, Place]:
    """By name, and by kind and name: a province that became a city is two places of one name."""
    found: dict[str, Place] = {}
    for row in tables.rows("places"):
        place = Place(row["name"], row["kind"], row["since"], row["until"], row["into"])
        for name in (row["name"], *tables.values(row["aliases"])):
            found.setdefault(key(name), place)
            found.setdefault(f"{place.kind} {key(name)}", place)
    return found


@cache
def _levels() -> dict[str, str]:
    return {row["level"]: row["until"] for row in tables.rows("levels")}


def level_until(area: str) -> str:
    """The last day of the level of an area below the province (``huyện Đại Từ``, ``thành phố Thủ Đức``); ``""``: it has not ended."""
    return next((until for level, until in _levels().items() if key(area).startswith(level + " ")), "")


@lru_cache(maxsize=4096)
def province(name: str) -> Place | None:
    """The province or city meant by ``Thái Nguyên``, ``TỈNH THÁI NGUYÊN``, ``Thành phố Hà Nội``, ``TP. Hồ Chí Minh``; else ``None``."""
    text = key(name).rstrip(" .,;")
    for word, kind in (("tỉnh ", "tỉnh"), ("thành phố ", "thành phố"), ("tp. ", "thành phố"), ("tp.", "thành phố"), ("tp ", "thành phố")):
        if text.startswith(word):
            text = text[len(word) :].lstrip()
            return _by_key().get(f"{kind} {text}") or _by_key().get(text)
    return _by_key().get(text)


def then(place: Place, date: str) -> Place:
    """What a place was on a day (or in a year): the council at Huế adopted in 2023 as that of tỉnh Thừa Thiên Huế."""
    if place.since and date < place.since[: len(date)]:
        before = [other for other in set(_by_key().values()) if other.into == place.name and other.until >= date]
        before = [other for other in before if other.name == place.name] or before
        return before[0] if len(before) == 1 else place
    return place


@cache
def province_names() -> str:
    """A pattern for the name of any province or city, as printed in running text (not in capitals)."""
    names = [name for row in tables.rows("places") for name in (row["name"], *tables.values(row["aliases"]))]
    return either(names) + r"(?!\w)"


@cache
def territory(units: bool = True) -> str:
    """A pattern for what stands after a body's name: ``tỉnh Thái Nguyên``, ``Thành phố``, ``cấp xã``, ``các tỉnh, thành phố trực thuộc
    trung ương``, ``huyện Đại Từ``, ``Hà Nội``. Without ``units`` (words all in capitals tell no names) only provinces are known by name.
    """
    level = (
        "(?:[Tt]ỉnh|[Tt]hành phố|[Tt]hành" + GAP + "phố|TP\\.?|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hị trấn|[Đđ]ặc khu|[Pp]hường|[Xx]ã)(?!\\w)"
    )
    # "UBND tỉnh" in one cell of a table and "Sở Nội vụ" in the next are two bodies.
    body = (
        f"(?!Sở\\s|Bộ\\s|UBND|HĐND|[UỦ][yỷ]{GAP}[Bb]an\\s|Hội{GAP}đồng|Văn{GAP}phòng|Công{GAP}an\\s|Ban{GAP}(?:Quản|Chỉ|Thường|Dân|Tổ)\\s)"
    )
    word = f"{body}[{UPPER}][^\\W\\d_]+"
    unit = f"(?:{word}(?:{GAP}{word}){{1,3}}|\\d{{1,2}}(?!\\w))"
    many = f"các{GAP}{level}(?:,?{GAP}(?:và{GAP})?{level}|/{level})*(?:{GAP}trực{GAP}thuộc{GAP}[Tt]rung{GAP}ương)?"
    layers = f"(?:(?:các{GAP})?cấp(?:{GAP}(?:tỉnh|huyện|xã)(?:,?{GAP}(?:và{GAP})?cấp{GAP}(?:tỉnh|huyện|xã))*)|các{GAP}cấp)(?!\\w)"
    under = f"(?:{GAP}thuộc{GAP}(?:tỉnh|thành{GAP}phố{GAP}trực{GAP}thuộc{GAP}[Tt]rung{GAP}ương)|{GAP}trực{GAP}thuộc{GAP}[Tt]rung{GAP}ương)?"
    several = f"(?:,{GAP}{level}{under})+"
    # A province by its name, so that no capital of the next sentence is taken; units below one as far as their words begin with capitals.
    known = province_names()
    return f"(?:{many}|{layers}|{level}(?:{several}|{GAP}{known}|" + (f"(?:{GAP}{unit})?" if units else "") + f")|{known})"

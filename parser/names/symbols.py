"""Numbers of instruments: ``94/NQ-HĐND``, ``19-NQ/TW``, ``77/2015/QH13``, ``1029/BCT-CNNg``, ``33-TT/LB``.

:func:`normal` writes a number as it is compared; :func:`parts` tells what it is made of; :func:`repaired` mends what conversion, haste or
optical reading did to it. What a document prints is never changed: mending serves identity alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import msgspec

from .. import tables
from .patterns import DASH, UPPER

_LOWER = "a-zđðưâêôơă"
NUM = r"\d{1,5}(?:\.\d{1,3})?[a-zđA-HĐ]?"
SEGMENT = rf"[{UPPER}](?:[{UPPER}{_LOWER}0-9&]|\.(?=\d)){{0,24}}"  # bounded, as are the groups below: no number runs on
_SOFT = r"[\s\u200b-\u200d\u2060\ufeff\u00ad]{0,3}"
_SEP = f"{_SOFT}[{DASH}/]{_SOFT}"

SCAN = (
    # The first digit is a literal class, so that the search runs from digit to digit; what stands before it is looked at afterwards.
    rf"[0-9](?<![{DASH}\w/.,][0-9])\d{{0,4}}(?:\.\d{{1,3}})?[a-zđ]?"
    rf"(?:{_SOFT}/{_SOFT}(?:19|20)\d\d(?!\d))?"
    rf"(?:{_SEP}|(?<=/\d\d\d\d)){SEGMENT}(?:{_SEP}{SEGMENT})?(?:[{DASH}/]\s?{SEGMENT}){{0,8}}(?:(?<=QH)\s\d{{1,2}}|\.[{UPPER}]{{2,9}})?(?:/nb)?(?!\w)"
)
"""The source of a pattern that finds every number with a ký hiệu in running text; :func:`parts` then says whether it is one."""

_ANY = rf"[{UPPER}{_LOWER}][{UPPER}{_LOWER}0-9&.]*"
LOOSE = (
    # Only after a type word and "số": any case ("12/2015/nđ-cp"), a blank for a separator ("94 TT/LB", "15/2020 NQ-HĐND"), or digits alone.
    rf"(\d{{1,5}}(?:\.\d{{1,3}})?[a-zđ]?(?!\d)(?:{_SOFT}/{_SOFT}(?:19|20)\d\d(?!\d))?"
    rf"(?:(?:{_SEP}|[ \u00a0]){_ANY}(?=[{DASH}/])(?:{_SEP}{_ANY}){{1,8}}|[{DASH}/]{_ANY})?)(?!\w)"
)

_CLEAN = str.maketrans(
    {
        "Ð": "Đ",
        "ð": "đ",
        **dict.fromkeys(DASH, "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad", " "),
    }
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ASSEMBLY = re.compile(r"(QH|UBTVQH|HĐNN)(\d{1,2})")
_LOOKALIKE = re.compile(r"(QH|UBTVQH|HĐNN)([0-9IlOo|]{1,2})$")
_NUMBER = re.compile(NUM)
_INNER = "/nb"
"""What the Party adds to the number of an internal paper (nội bộ): no part of what tells it from others."""
_COURT = re.compile(r"(?:HC|HS|DS|LĐ|KDTM|HNGĐ|HN&GĐ)(?:ST|PT)")  # a judgment's number with its hyphen lost: 96/2013/HCPT
_BARE_TYPES = frozenset(("NQLT", "TTLT", "AL"))  # types that stand in a number without their bodies: 16/2017/AL
_SEGMENT = re.compile(SEGMENT)
_SPLIT = re.compile(r"([/-])")
_DOTTED = re.compile(rf"[/-]([{UPPER}a-z]+)\.[{UPPER}]{{2,9}}$")


class SymbolParts(msgspec.Struct, frozen=True):
    """A number taken apart. ``family`` is one of ``state_year``, ``state_noyear``, ``assembly``, ``joint_year_bare``, ``party``,
    ``cong_van``, ``old_bare``, ``old_slash3``, ``old_hyphen``, ``old_space``; ``type_abbr`` and ``org`` are ``""`` where it names none.
    A dispatch (``cong_van``) has no type in its number: its first group is the body (``BCT``), its second the unit (``CNNg``).
    """

    family: str
    number: str
    year: str
    type_abbr: str
    org: str


@lru_cache(maxsize=4096)
def normal(number: str) -> str:
    """The number with one kind of dash, ``Đ`` for its look-alike, and no blanks around its separators.

    >>> normal("117/NQ – CP")
    '117/NQ-CP'
    >>> normal("132- KL/TW")
    '132-KL/TW'
    """
    text = " ".join(number.translate(_CLEAN).split())
    return re.sub(r" ?([/-]) ?|(?<=QH) (?=\d)", r"\1", text).strip(" .;,")


@cache
def _types_by_abbreviation() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in tables.rows("types"):
        for abbr in tables.values(row["abbr"]):
            found.setdefault(abbr, []).append(row["name"])
    return {abbr: tuple(names) for abbr, names in found.items()}


def types_of(abbr: str) -> tuple[str, ...]:
    """The types that an abbreviation may stand for: ``TT`` → Thông tư, Thông tri; none for what is no abbreviation of a type."""
    return _types_by_abbreviation().get(abbr, ())


@cache
def type_abbreviations() -> frozenset[str]:
    """Every abbreviation of a type (``NQ``, ``QĐ``, ``TTr`` …)."""
    return frozenset(_types_by_abbreviation())


@cache
def joint_types() -> frozenset[str]:
    """The abbreviations of what several bodies issue together, each with its code in the number: ``TTLT``, ``QCPH`` …"""
    return frozenset(abbr for row in tables.rows("types") if "joint" in row["flags"] for abbr in tables.values(row["abbr"]))


@cache
def party_orgs() -> frozenset[str]:
    """The codes that only the Party's bodies have (``TW``, ``TU``, ``ĐU`` …)."""
    return frozenset(row["code"] for row in tables.rows("orgs") if row["system"] == "party")


@cache
def known_orgs() -> frozenset[str]:
    """Every code of a body that the lexicon knows."""
    codes = {code for row in tables.rows("issuers") for code in tables.values(row["codes"])}
    return frozenset(codes | {row["code"] for row in tables.rows("orgs") if row["system"] != "school"})


@cache
def schools() -> frozenset[str]:
    """The codes of schools (``THPT`` …), whose own papers are no instruments."""
    return frozenset(row["code"] for row in tables.rows("orgs") if row["system"] == "school")


def _code_like(segment: str) -> bool:
    """Capitals make a code (``UBND``, ``TTg``, ``CNNg``, ``VX``); one capital and small letters make a word (``Ban``, ``Công``)."""
    return segment in type_abbreviations() or sum(c.isupper() for c in segment) > 1 or bool(re.fullmatch(r"L(?:\.\d+)?|[A-Z]\d+", segment))


@lru_cache(maxsize=4096)
def parts(number: str) -> SymbolParts | None:
    """What a number is made of, or ``None`` where it is no number of an instrument.

    >>> parts("94/NQ-HĐND")
    SymbolParts(family='state_noyear', number='94', year='', type_abbr='NQ', org='HĐND')
    >>> parts("1234/BNV-CQĐP").family
    'cong_van'
    >>> parts("01/7/2025") is None
    True
    """
    text = normal(number).removesuffix(_INNER)
    spaced = re.fullmatch(rf"({NUM}) ({SEGMENT})/({SEGMENT})", text)
    if spaced and spaced[2] in type_abbreviations():
        return SymbolParts("old_space", spaced[1], "", spaced[2], spaced[3])
    pieces = _SPLIT.split(text)
    values, marks = pieces[::2], pieces[1::2]
    if not _NUMBER.fullmatch(values[0]) or len(values) < 2:
        return None
    year = ""
    if marks[0] == "/" and len(values) > 2 and _YEAR.fullmatch(values[1]):
        year = values[1]
        values, marks = [values[0], *values[2:]], marks[1:]
    segments = values[1:]
    if not all(_SEGMENT.fullmatch(s) and _code_like(s) for s in segments):
        return None
    first, org = segments[0], "-".join(segments[1:])
    kinds = type_abbreviations()
    if year:
        if len(segments) == 1:
            if _ASSEMBLY.fullmatch(first):
                return SymbolParts("assembly", values[0], year, "", first)
            if _COURT.fullmatch(first):
                return SymbolParts("state_year", values[0], year, first[:-2], first[-2:])
            return SymbolParts("joint_year_bare", values[0], year, first, "") if first in _BARE_TYPES else None
        return SymbolParts("state_year", values[0], year, first, org)
    if len(segments) == 1:
        return SymbolParts("old_bare", values[0], "", "", first)
    if marks[0] == "-":
        if marks[1] != "/":
            return None
        old = org.split("-")[0] in {"LB", "LT", "CTN"} or org.startswith(("HĐNN", "L.")) or first in {"SL"}
        return SymbolParts("old_hyphen" if old else "party", values[0], "", first, org)
    if marks[1] == "/":
        return SymbolParts("old_slash3", values[0], "", first, org)
    return SymbolParts("state_noyear", values[0], "", first, org) if first in kinds else SymbolParts("cong_van", values[0], "", first, org)


@lru_cache(maxsize=4096)
def repaired(number: str) -> str:
    """The number as it was meant: lost and swapped separators, look-alikes of optical reading, letters without their marks.

    >>> repaired("19/NQ-TW"), repaired("21/2024/NQHĐND"), repaired("52/2005/QHI1"), repaired("15/2020 NQ-HĐND"), repaired("22/2021/QD-TTG")
    ('19-NQ/TW', '21/2024/NQ-HĐND', '52/2005/QH11', '15/2020/NQ-HĐND', '22/2021/QĐ-TTg')
    """
    text = normal(number).removesuffix(_INNER)
    text = re.sub(rf"^(\d+/(?:19|20)\d\d)(?: (?=\w)|(?=[{UPPER}]))", r"\1/", text)
    if (dotted := text.rfind(".")) > 0 and (match := _DOTTED.search(text)) and match[1] in type_abbreviations():
        text = f"{text[:dotted]}-{text[dotted + 1 :]}"  # "145/2002/QĐ.UB"
    pieces = _SPLIT.split(text)
    done = [_spelled(piece) if index and not index % 2 else piece for index, piece in enumerate(pieces)]
    text = "".join(done)
    if (
        (kinds := re.fullmatch(rf"(\d[\w.]*)/({SEGMENT})-({SEGMENT})", text))
        and kinds[3] in party_orgs()
        and kinds[2] in type_abbreviations()
    ):
        return f"{kinds[1]}-{kinds[2]}/{kinds[3]}"
    return text


@lru_cache(maxsize=8192)
def meant(number: str) -> SymbolParts | None:
    """:func:`parts` of the number as it was meant (:func:`repaired`)."""
    return parts(repaired(number))


def _spelled(piece: str) -> str:
    """One group of a ký hiệu in its right letters, split where a hyphen was lost."""
    if not piece or piece[0].isdigit():
        return piece
    if like := _LOOKALIKE.fullmatch(piece):
        return like[1] + like[2].translate(str.maketrans("IlOo|", "11001"))
    if piece in known_orgs() or (piece in type_abbreviations() and piece not in _misspelt()):
        return piece
    if plain := _plain_codes().get(piece.upper()):
        return plain
    for cut in range(len(piece) - 2, 1, -1):
        if piece[:cut] in type_abbreviations() and (piece[cut:] in known_orgs() or _ASSEMBLY.fullmatch(piece[cut:])):
            return f"{piece[:cut]}-{piece[cut:]}"
    return piece


@cache
def _misspelt() -> frozenset[str]:
    """Abbreviations the lexicon lists only because they are printed so for want of a Đ: ``QD``, ``ND``."""
    lists = [tables.values(row["abbr"]) for row in tables.rows("types") if row["abbr"]]
    return frozenset(a for abbrs in lists for a in abbrs[1:] if a.replace("D", "Đ") == abbrs[0])


@cache
def _plain_codes() -> dict[str, str]:
    """Codes and abbreviations by their capitals, with and without the bar of Đ: ``QD`` → ``QĐ``, ``TTG`` → ``TTg``."""
    found: dict[str, str] = {}
    for abbr in [*(tables.values(row["abbr"])[0] for row in tables.rows("types") if row["abbr"]), *sorted(known_orgs())]:
        for form in (abbr.upper(), abbr.upper().replace("Đ", "D")):
            found.setdefault(form, abbr)
    return found


def scan_pattern() -> re.Pattern[str]:
    """:data:`SCAN`, compiled once."""
    return _compiled(SCAN)


_SLASH_AFTER = re.compile(rf"{_SOFT}(?:[{UPPER}]|(?:19|20)\d\d(?:{_SOFT}/|[{UPPER}]))")
_TIGHT = re.compile(r"(?<= )\d{1,5}/(?:(?:19|20)\d\d/)?[A-ZĐ][A-Za-zĐ]{0,9}(?:-[A-ZĐ][A-Za-zĐ]{0,9})?(?= [a-zđ(]|[;,:)])")
"""How most numbers are printed: what :data:`SCAN` finds there too, told in half the time."""
_CAPITALS = frozenset(UPPER) - {"-"}
_BEFORE_SLASH = re.compile(rf"\d{{1,5}}(?:\.\d{{1,3}})?[a-zđ]?(?:{_SOFT}[{DASH}]{_SOFT}{SEGMENT})?{_SOFT}\Z")
_NO_SLASH = re.compile(rf"ố(?<=số):?\s{{1,3}}(?=\d{{1,5}}[a-zđ]?\s?[{DASH}]\s?[{UPPER}])")


def scan(text: str) -> Iterator[re.Match[str]]:
    """What :data:`SCAN` finds, in order. A slash is rarer than a digit: it is looked for, then the number around it; a number without one
    (``353-HĐBT``) only after "số".
    """
    pattern, tight, after_slash = scan_pattern(), _TIGHT.match, _SLASH_AFTER.match
    plain = [found for lead in _NO_SLASH.finditer(text) if (found := pattern.match(text, lead.end())) is not None and "/" not in found[0]]
    at = text.find("/")
    while at >= 0:
        end = at + 1
        if text[end : end + 1] in _CAPITALS or after_slash(text, end):
            begin = text.rfind(" ", max(0, at - 6), at) + 1
            if not (begin and text[begin:at].isdecimal()):  # nothing but figures behind a blank, as most are
                begin = _number_before(text, at)
            found = (tight(text, begin) or pattern.match(text, begin)) if begin >= 0 else None
            if found is not None and found.end() > at:
                while plain and plain[0].start() < begin:
                    yield plain.pop(0)
                end = found.end()
                yield found
        at = text.find("/", end)
    yield from plain


def _number_before(text: str, slash: int) -> int:
    """Where the number begins that ends right before a slash, -1 where none does."""
    before = _BEFORE_SLASH.search(text, max(0, slash - 40), slash)
    return before.start() if before is not None else -1


def loose_pattern() -> re.Pattern[str]:
    """:data:`LOOSE`, compiled once: for a number that a type word and "số" stand before."""
    return _compiled(LOOSE)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)

"""Laws, codes, ordinances and the Constitution cited by name: where such a name ends.

``Luật Đất đai năm 2024``; ``Luật Trật tự, an toàn giao thông đường bộ số 36/2024/QH15``; ``Luật Sửa đổi, bổ sung một số điều của Luật A và
Luật B ngày 22 tháng 11 năm 2019`` is one instrument. Names hold commas and "và", so known names come from the lexicon; an unknown one
is read up to the number or the date that follows it, else as far as its first words can only be a name.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from .. import tables
from ..fold import key
from . import dates, symbols
from .patterns import GAP, UPPER


class LawMention(msgspec.Struct, frozen=True, gc=False):
    """A law named in ``text[start:end]``: ``name`` with its kind (``Luật Đất đai``), ``number`` where one follows, date as printed.

    ``core`` is the end of name and number, before the date.
    """

    start: int
    end: int
    core: int
    type: str
    name: str
    number: str
    date: str | None


CONSTITUTION = "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam"
"""The Constitution's whole name, given where it is printed whole."""

FIRST = (
    "Luật", "LUẬT", r"Bộ(?= luật|\s[Ll]uật)", "BỘ(?= LUẬT)", r"Hiến(?=\spháp)", r"HIẾN(?=\sPHÁP)", r"Pháp(?=\slệnh)", r"PHÁP(?=\sLỆNH)",
    "Điều(?= lệ Đảng)",
)  # fmt: skip
"""The first word of every such mention, as patterns; :func:`initials` begin one too."""


@cache
def _kind() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(bộ{GAP}luật)|(luật)|(hiến{GAP}pháp)(?:{GAP}nước{GAP}cộng{GAP}h(?:òa|oà){GAP}xã{GAP}hội{GAP}chủ{GAP}nghĩa{GAP}việt{GAP}nam)?"
        rf"|(pháp{GAP}lệnh)|(điều{GAP}lệ{GAP}đảng)(?:{GAP}cộng{GAP}sản{GAP}việt{GAP}nam)?)(?!\w)",
        re.IGNORECASE,
    )


@cache
def initials() -> dict[str, tuple[str, str]]:
    """What stands for a code's whole name in any text, its kind and its name: ``BLHS``."""
    return {short: (row["kind"], row["name"]) for row in tables.rows("laws") for short in tables.values(row["initials"])}


@cache
def _names(kind: str) -> tuple[frozenset[str], frozenset[str]]:
    """The lexicon's names of a kind, as :func:`fold.key` writes them, and all beginnings of them by whole words."""
    kinds = {kind, "Luật"} if kind == "Pháp lệnh" else {kind}
    names = frozenset(key(row["name"]) for row in tables.rows("laws") if row["kind"] in kinds)
    return names, frozenset(" ".join(words[:n]).rstrip(",") for name in names for words in [name.split()] for n in range(1, len(words) + 1))


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return key(word)


_WORD = re.compile(r"[^\s,;:.()“”\"]+")


def _known_end(text: str, position: int, kind: str) -> int | None:
    """Where the longest known name that begins at ``position`` ends, printed in any case (``Luật phòng, chống ma túy``)."""
    names, beginnings = _names(kind)
    words: list[str] = []
    found = None
    last = position
    for match in _WORD.finditer(text, position, position + 180):
        between = text[last : match.start()]
        if words:
            if between.strip() not in {"", ","} or len(between) > 12:
                break
            if "," in between:
                words[-1] += ","
        words.append(_folded(_long().get(match[0], match[0])))
        last = match.end()
        name = " ".join(words)
        if name in names:
            found = last
        if name not in beginnings:
            break
    return found


@cache
def _long() -> dict[str, str]:
    return {row["abbr"]: row["words"] for row in tables.rows("abbreviations")}


@cache
def _spelled() -> dict[str, str]:
    return {key(row["name"]): row["name"] for row in tables.rows("laws")}


@cache
def _pieces() -> dict[str, re.Pattern[str]]:
    amend = rf"(?:sửa{GAP}đổi|bổ{GAP}sung)"
    # What can only follow a name, or stand in no name.
    stop = (
        "và các|và những|được|đã|đang|sẽ|này|nêu|nói|trên|về|quy định|của|có|là|thì|mà|để|trong|tại|theo|đối với|cho|khi|từ|do|bởi|vào|với|"
        "ngày|năm|số|khóa|khoá|sát|gồm|bao gồm|hiện hành|liên quan|nhằm|phải|không|sau|trước|đến|như|ban hành kèm|hướng dẫn|còn|hoặc|cũng|"
        "và nghị|và luật|và bộ luật|và pháp lệnh|và thông|và quyết"
    )
    return {
        "blank": re.compile(rf",?{GAP}"),
        "gap": re.compile(GAP),
        "colon": re.compile(f":{GAP}"),
        "again": re.compile(rf"{GAP}(?:bộ{GAP})?luật(?!\w)", re.IGNORECASE),
        "amending": re.compile(rf"{GAP}{amend}", re.IGNORECASE),
        "number": re.compile(rf"{GAP}(?:số:?{GAP})?(?=\d)", re.IGNORECASE),
        "anchor": re.compile(rf"{GAP}(?:số:?{GAP}\d|ngày{GAP}\d|năm{GAP}\d{{4}}(?!\d))", re.IGNORECASE),
        "hard": re.compile(r"[;:.()“”\"\[\]|*]|\n\s*\n|\n\s*[-+•]"),
        "stop": re.compile(
            rf"[;:.,()“”\"\[\]|*/]|\n\s*\n|{GAP}(?:(?:19|20)\d\d|{'|'.join(word.replace(' ', GAP) for word in stop.split('|'))})(?!\w)",
            re.IGNORECASE,
        ),
        "capital": re.compile(f"[{UPPER}]"),
        "of_year": re.compile(r"\d{1,3}/(?:19|20)\d\d(?![\w/])"),
        "revised": re.compile(rf"{GAP}\((?:sửa{GAP}đổi(?:,{GAP}bổ{GAP}sung)?|mới)\)", re.IGNORECASE),
        # A heading's last word and the label of what follows it; "Dân luật Việt Nam", "pháp luật Việt Nam".
        "no_name": re.compile(
            rf"(?:Điều|Chương|Mục|Phần|Khoản|Tiểu{GAP}mục){GAP}[\dIVX]|Việt{GAP}Nam(?!\w)|Nhà{GAP}nước(?!\w)", re.IGNORECASE
        ),
        "again_amended": re.compile(rf",?{GAP}(?:sửa{GAP}đổi|bổ{GAP}sung)", re.IGNORECASE),
        "amended_in": re.compile(
            rf",?{GAP}(?:sửa{GAP}đổi,?{GAP}bổ{GAP}sung|sửa{GAP}đổi|bổ{GAP}sung)(?={GAP}năm{GAP}\d{{4}})", re.IGNORECASE
        ),
        # "… một số điều của 15 Luật trong lĩnh vực nông nghiệp và môi trường", "… của 37 Luật có liên quan đến quy hoạch"
        "many": re.compile(
            rf"{GAP}[^;:.()\n]{{0,60}}?của{GAP}(?:\d{{1,2}}|các){GAP}(?:bộ{GAP})?luật{GAP}(?:trong|có{GAP}liên|liên|về|thuộc)(?!\w)"
            rf"(?:(?!{GAP}(?:được|đã|quy{GAP}định|có{GAP}hiệu|này|ngày|số|năm)(?!\w))[^,;:.()\n]){{3,120}}",
            re.IGNORECASE,
        ),
        "title": re.compile(rf"(?:{GAP}của)?{GAP}(?=(?:các{GAP})?(?:bộ{GAP})?luật(?!\w))", re.IGNORECASE),
        "and": re.compile(rf",{GAP}|{GAP}và{GAP}"),
        "year": re.compile(
            rf"(?:(?:,?{GAP}năm)?{GAP}((?:19|20)\d\d)(?![\w/.,-]*\d)|\s?\((?:năm{GAP})?((?:19|20)\d\d)\))", re.IGNORECASE
        ),  # "Luật Đầu tư công 2019", "Luật Đầu tư công (2019)"
    }


def at(text: str, start: int) -> LawMention | None:
    """The law whose mention begins at ``start``, or ``None`` for a bare ``luật`` that names none."""
    head = _kind().match(text, start)
    if head is None:
        return _by_initials(text, start) if text.startswith("BL", start) else None
    kind = ("Bộ luật", "Luật", "Hiến pháp", "Pháp lệnh", "Điều lệ Đảng")[head.lastindex - 1 if head.lastindex else 0]
    position = head.end()
    if kind == "Hiến pháp" and _THIS.match(text, position):
        return None
    if kind in {"Hiến pháp", "Điều lệ Đảng"}:
        date, end = _dated(text, position)
        name = CONSTITUTION if kind == "Hiến pháp" and position - start > 12 else kind
        return LawMention(start, end, position, kind, name, "", date)
    if kind == "Luật" and _half(text, start):
        return None
    numbered = _number(text, position)
    if numbered is not None:
        number, end = numbered
        return _titled(text, start, kind, number, end) or LawMention(start, end, end, kind, "", number, None)
    pieces = _pieces()
    if pieces["amending"].match(text, position):
        end_of_name: int | None = _amending(text, position)
    else:
        end_of_name = _plain(text, position, kind)
    if end_of_name is None:
        return None
    name = _name(kind, text[position:end_of_name])
    numbered = _number(text, end_of_name)
    if numbered is not None:
        number, end = numbered
        return LawMention(start, end, end, kind, name, number, None)
    if revised := pieces["revised"].match(text, end_of_name):
        return LawMention(start, revised.end(), revised.end(), kind, f"{name} (sửa đổi)", "", None)
    date, end = _dated(text, end_of_name)
    if date is not None and (revised := pieces["revised"].match(text, end)):
        return LawMention(start, revised.end(), end_of_name, kind, name, "", date)  # "Luật Bảo hiểm y tế 2014 (sửa đổi)"
    if date is not None and (numbered := _number(text, end)) is not None:
        number, end = numbered  # "Luật Đất đai năm 2013 số 45/2013/QH13"
        return LawMention(start, end, end, kind, name, number, date)
    return LawMention(start, end, end_of_name, kind, name, "", date)


def _by_initials(text: str, start: int) -> LawMention | None:
    word = _WORD.match(text, start)
    named = initials().get(word[0]) if word else None
    if word is None or named is None:
        return None
    date, end = _dated(text, word.end())
    return LawMention(start, end, word.end(), named[0], f"{named[0]} {named[1]}", "", date)


def listed(text: str, end: int) -> LawMention | None:
    """The next of several laws that have one "các Luật" (or "các Luật:") before them, where the last ends at ``end``: its name alone is
    printed.

    >>> listed("các Luật Đất đai, Nhà ở", 16).name
    'Luật Nhà ở'
    """
    joint = _pieces()["and"].match(text, end) or _pieces()["colon"].match(text, end)
    at = joint.end() if joint else end
    core = _known_end(text, at, "Luật") if joint and text[at : at + 1].isalpha() else None
    if (
        core is None
        or (text[at].islower() and len(text[at:core].split()) < 3)
        or not (_pieces()["stop"].match(text, core) or not text[core:].strip() or text.startswith((" và ", "\n"), core))
    ):
        return None
    date, close = _dated(text, core)
    return LawMention(at, close, core, "Luật", _name("Luật", text[at : at + 1].upper() + text[at + 1 : core]), "", date)


def _half(text: str, start: int) -> bool:
    """``VĂN BẢN QUY PHẠM PHÁP LUẬT``, ``KỶ LUẬT``: the second half of a word."""
    before = text[max(0, start - 12) : start].split()
    return (
        bool(before)
        and (before[-1].lower() in {"pháp", "kỷ", "kỉ", "quy"} or before[-1] == "Dân")
        and "\n\n" not in text[max(0, start - 3) : start]
    )


def _titled(text: str, start: int, kind: str, number: str, end: int) -> LawMention | None:
    """``Luật số 16/2017/QH14 Luật Lâm nghiệp ngày 15/11/2017``: the title after the number, if a date of the number's year ends it."""
    again = _pieces()["again"].match(text, end)
    if again is not None:
        position = again.end()
        amends = _pieces()["amending"].match(text, position)
        end_of_name = _amending(text, position) if amends else _plain(text, position, kind)
    elif _pieces()["amending"].match(text, end):
        end_of_name = _amending(text, end)
        position = end
    else:
        return None
    if end_of_name is None:
        return None
    date, close = _dated(text, end_of_name)
    if date is None or date[:4] not in number.split("/"):
        return None
    return LawMention(start, close, close, kind, _name(kind, text[position:end_of_name]), number, date)


def _name(kind: str, printed: str) -> str:
    long = _long()
    words = " ".join(long.get(word, word) for word in printed.split()).strip(" ,")
    words = words[:1].upper() + words[1:] if words[:1].islower() and printed.split()[0] in long else words
    if words.isupper():
        words = _spelled().get(key(words), words.lower().capitalize())
    return f"{kind} {words}"


def _number(text: str, position: int) -> tuple[str, int] | None:
    lead = _pieces()["number"].match(text, position)
    if lead is None:
        return None
    match = symbols.scan_pattern().match(text, lead.end())
    if match is not None and (symbols.parts(match[0]) or symbols.meant(match[0])):
        return symbols.normal(match[0]), match.end()
    year = _pieces()["of_year"].match(text, lead.end())
    if year is not None:
        return year[0], year.end()
    if "ố" not in lead[0].lower():
        return None
    loose = symbols.loose_pattern().match(text, lead.end())
    if loose is None or not loose[1] or "/" not in loose[1]:
        return None
    return symbols.normal(loose[1]), loose.end()


def _dated(text: str, position: int) -> tuple[str | None, int]:
    blank = _pieces()["blank"].match(text, position)
    found = dates.at(text, blank.end()) if blank else None
    if found is not None:
        return found
    amended = _pieces()["amended_in"].match(text, position)  # "Bộ luật Tố tụng dân sự sửa đổi, bổ sung năm 2011"
    year = _pieces()["year"].match(text, amended.end() if amended else position)
    return (year[1] or year[2], year.end()) if year else (None, position)


def _plain(text: str, position: int, kind: str) -> int | None:
    """The end of an ordinary name: the lexicon's, or an unknown one's."""
    pieces = _pieces()
    blank = _pieces()["gap"].match(text, position)
    if blank is None:
        return None
    known = _known_end(text, blank.end(), kind)
    if known is None and (pieces["stop"].match(text, position) or pieces["no_name"].match(text, blank.end())):
        return None
    if known is not None:
        beyond = pieces["stop"].match(text, known) or pieces["again_amended"].match(text, known)
        if beyond is not None or known >= len(text) or not text[known : known + 24].strip():
            return known
    limit = min(len(text), blank.end() + 120)
    anchor = pieces["anchor"].search(text, blank.end(), limit)
    capital = pieces["capital"].match(text, blank.end()) is not None
    if anchor is not None and (capital or known or _assembly(text, anchor)):
        between = _REVISED.sub("", text[blank.end() : anchor.start()])
        if not pieces["hard"].search(between) and not re.search(
            r"\b(?:[Ll]uật|Nghị|Thông tư|Quyết định|Chỉ thị|Pháp lệnh|này|được|theo|tại|thì|về|Căn cứ)\b", between
        ):
            return anchor.start()
    if known is not None:
        return known
    if not capital:
        return None
    stop = pieces["stop"].search(text, blank.end(), limit)
    end = stop.start() if stop else limit
    words = text[blank.end() : end].split()
    return end if 0 < len(words) <= 12 and stop is not None else None


_THIS = re.compile(rf"{GAP}này(?!\w)")
_REVISED = re.compile(r"\(\s*(?:sửa\s+đổi|mới|bổ\s+sung)[^()]{0,30}\)", re.IGNORECASE)


def _assembly(text: str, anchor: re.Match[str]) -> bool:
    """Whether the number after "số" is one of the Assembly's: then even an unknown name in small letters is a law's."""
    found = _number(text, anchor.start())
    return found is not None and any(code in found[0] for code in ("QH", "CTN", "HĐNN", "LCT"))


def _amending(text: str, position: int) -> int | None:
    """The end of ``Luật sửa đổi, bổ sung một số điều của Luật A, Luật B và Luật C``."""
    pieces = _pieces()
    limit = min(len(text), position + 700)
    hard = pieces["hard"].search(text, position, limit)
    end = hard.start() if hard else limit
    anchor = pieces["anchor"].search(text, position, end)
    if anchor is not None:
        between = text[position : anchor.start()]
        if not re.search(r"\b(?:Căn cứ|Nghị định|Nghị quyết|này)\b", between):
            return anchor.start()
    # No number, no date: go from law to law as long as the list goes on.
    law = re.compile(rf"(?:bộ{GAP})?luật(?!\w)", re.IGNORECASE)
    if many := pieces["many"].match(text, position):
        return many.end() if many.end() <= end else None
    found = law.search(text, position, end)
    if found is None:
        stop = re.search(r"[,;.]", text[position + 12 : end])
        return position + 12 + stop.start() if stop else None
    last = None
    while found is not None:
        kind = "Bộ luật" if found[0].lower().startswith("bộ") else "Luật"
        stop_at = _plain(text, found.end(), kind)
        if stop_at is None or stop_at > end:
            break
        last = stop_at
        joint = pieces["and"].match(text, stop_at)
        found = law.match(text, joint.end()) if joint else None
    return last

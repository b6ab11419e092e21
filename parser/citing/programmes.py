"""Programmes, schemes, plans and strategies cited by name: ``Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025``.

They are no numbered instruments: one issues them, and where the text says which, ``issued_by`` is its id. A capital alone makes no name
("Kế hoạch phải được lập"): one is taken where it stands in quotation marks, has its period, begins as only names do, or where the text
says that an instrument issued it. ``Kế hoạch số 5/KH-UBND`` is an instrument, not found here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from ..model import Citation, Node, Programme
from ..names.patterns import DASH, GAP, LOWER, UPPER, by_letter, matches

KINDS = ("Chương trình", "Đề án", "Kế hoạch", "Quy hoạch", "Chiến lược", "Dự án")
_PLAIN = frozenset(KINDS)
_INITIALS = frozenset(kind[0] for kind in KINDS)
_LONG = 220
_NO_ISSUERS = frozenset(("Tờ trình", "Báo cáo", "Báo cáo thẩm tra", "Công văn", "Văn bản", "Biên bản"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    year = r"(?:19|20)\d\d"
    vision = rf"(?:,?{GAP}(?:và{GAP})?(?:tầm{GAP}nhìn|định{GAP}hướng)(?:{GAP}đến)?(?:{GAP}năm)?{GAP}{year})?"
    stop = (
        "được|đã|đang|sẽ|này|nêu|theo|tại|của|do|để|nhằm|là|có|cần|phải|thì|mà|khi|gồm|bao gồm|trên|ban hành|phê duyệt|gắn với|kèm|như"
        "|trong đó|và các|và chương trình|và đề án|và kế hoạch|và chiến lược|và nghị quyết|và luật|và tờ trình|với|từ|cho|bởi|vào|sau|trước"
        "|bảo đảm|đảm bảo|tiếp tục"
    )
    breaks = (
        "được", "đã", "theo", "tại", f"ban{GAP}hành", f"phê{GAP}duyệt", "Luật", "Nghị", "Quyết", f"Chương{GAP}trình", f"Đề{GAP}án",
        f"Chiến{GAP}lược", "Tờ", "Báo", "này", "nhằm", "để",
    )  # fmt: skip
    stops = by_letter(word.replace(" ", GAP) for word in stop.split("|"))
    return {
        "whole": re.compile("|".join(words())),
        "half": re.compile(
            rf"(?:(?<!\w)(?:Bộ|Sở|Cục|Vụ|Phòng|Ban|Luật|Viện|Tổng{GAP}cục|Chi{GAP}cục|các|những|mọi|hai|ba|\d{{2}}|và)\s{{1,3}}|[/–-]\s?)\Z"
        ),
        "not": re.compile(
            rf"{GAP}(?:này|đó|nêu|trên|số|của|tại|và|hoặc|được|phải|do|để|theo|nào|khác|trong|đã|là|gồm|bao)(?!\w)|\s*[,;.:()/]"
        ),
        "quoted": re.compile(rf"(?:{GAP}(\d{{1,2}})\s?:)?\s{{0,3}}[“\"«]([^”\"»\n]{{4,300}})[”\"»]"),
        "number": re.compile(rf"{GAP}(\d{{2}})(?![\d/.,%]|{GAP}(?:năm|tháng|ngày|đồng|triệu|tỷ|xã))"),
        "year": re.compile(rf"({year})(?:\s?[{DASH}]\s?({year}))?\)?{vision}"),
        # It begins with one of few signs, as "hard" does: the search skips fast.
        "before_year": re.compile(
            rf"[,\s\u200b\u00ad](?:(?<=,){GAP}|(?<!,)[\s\u200b\u00ad]{{0,11}})(?:(?:giai{GAP}đoạn|thời{GAP}kỳ)(?:{GAP}năm)?|(?:đến{GAP}|đên{GAP})?(?:hết{GAP})?năm|(?:0?5|10){GAP}năm){GAP}\(?\Z"
        ),
        # Lines inside a name are wraps; a line that begins with a body is the next cell of a table.
        "hard": re.compile(
            r"[;:.()“”\"«»\n](?:(?<!\n)|\s*\n|\s*(?:[-+•]|\d{1,2}\.)|(?=(?:Bộ|Sở|Ủy ban|UBND|Các|Công an|Hằng|Thường)\s))"
        ),
        "stop": re.compile(rf",(?!{GAP}chống)|{GAP}(?:{stops})(?!\w)"),
        "far": re.compile(rf"{GAP}(?:{stops})(?!\w)"),
        "break": re.compile(rf"\W(?:{by_letter(breaks)})(?!\w)"),
        "head": re.compile(
            rf"{GAP}(?:mục{GAP}tiêu{GAP}quốc{GAP}gia|MTQG|(?:hành{GAP}động{GAP})?quốc{GAP}gia|tổng{GAP}thể){GAP}\w", re.IGNORECASE
        ),
        "proper": re.compile(rf"{GAP}[{UPPER}][{LOWER}]+{GAP}[{LOWER}{UPPER}]"),
        "leads": re.compile(
            rf"(?:thực{GAP}hiện|triển{GAP}khai|phê{GAP}duyệt|ban{GAP}hành|theo|trong|của|thuộc|xây{GAP}dựng|thông{GAP}qua){GAP}\Z"
        ),
        "issues": re.compile(
            rf"[^.;:()“”]{{0,60}}?(?<!\w)(?:ban{GAP}hành|phê{GAP}duyệt|thông{GAP}qua|công{GAP}bố)"
            rf"(?:{GAP}(?:kèm{GAP}theo|điều{GAP}chỉnh))?{GAP}\Z",
            re.IGNORECASE,
        ),
        "issued": re.compile(
            rf"[\s,]*(?:\((?:được{GAP})?|(?:được{GAP})?)(?:(?:ban{GAP}hành|phê{GAP}duyệt){GAP})?"
            rf"(?:(?:kèm{GAP}theo|theo|tại|bằng){GAP})?\(?\Z"
        ),
        "short": re.compile(
            rf"\s*\((?:sau{GAP}đây{GAP})?(?:(?:được{GAP})?(?:gọi|viết)(?:{GAP}(?:tắt|chung))?{GAP}là:?{GAP})?[“\"]?"
            rf"([{UPPER}][^()”\"\n;]{{2,60}})[”\"]?\)"
        ),
    }  # fmt: skip


def words() -> list[str]:
    """The kinds as patterns (:mod:`landmarks`)."""
    return [kind.replace(" ", GAP) for kind in KINDS]


def find(text: str, nodes: Sequence[Node], citations: Sequence[Citation], places: Sequence[int] | None = None) -> tuple[Programme, ...]:
    """Every mention of a named programme, in order. ``citations`` are the document's, with their identities (:mod:`identity`);
    ``places`` are the text's landmarks, where known.
    """
    small = _patterns()
    external = [c for c in citations if c.scope == "external"]
    starts, ends = [c.start for c in external], [c.end for c in external]
    found: list[tuple[int, int, str, str, str | None, str | None]] = []
    shorts: dict[str, tuple[str, str, str | None]] = {}
    done = 0
    for whole in matches(small["whole"], text, places, _INITIALS):
        start = whole.start()
        if start < done or (start and text[start - 1].isalnum()) or _within(start, starts, ends):
            continue
        if small["not"].match(text, whole.end()) or (_may_be_half(text, start) and small["half"].search(text, max(0, start - 12), start)):
            continue
        kind = whole[0] if whole[0] in _PLAIN else " ".join(whole[0].split())
        issued = _issued_before(text, start, external, ends)
        read = (_known(text, start, shorts) if shorts else None) or _read(text, start, whole.end(), kind, issued is not None)
        if read is None:
            continue
        end, name, period = read
        if issued is None:
            issued = _issued_after(text, end, external, starts)
        found.append((start, end, kind, name, period, issued))
        done = end
        if (short := small["short"].match(text, end)) is not None and (called := _called(short[1], kind)):
            shorts.setdefault(called, (name, kind, period))
    if not found:
        return ()
    by_name: dict[str, set[str]] = {}
    for _, _, _, name, _, issued in found:
        if issued:
            by_name.setdefault(name, set()).add(issued)
    places = [node.start for node in nodes]
    return tuple(
        Programme(
            node=nodes[i].id if (i := bisect_right(places, start) - 1) >= 0 else None,
            start=start,
            end=end,
            text=text[start:end],
            kind=kind,
            name=name,
            period=period,
            issued_by=issued or (next(iter(by_name[name])) if len(by_name.get(name, ())) == 1 else None),
        )
        for start, end, kind, name, period, issued in found
    )


_HALVES = ("Bộ", "Sở", "ục", "Vụ", "Phòng", "Ban", "Luật", "Viện", "các", "những", "mọi", "hai", "ba", "và")


def _may_be_half(text: str, start: int) -> bool:
    """What stands before a kind may make it half of another name: told by how a word ends, which is faster than the pattern."""
    if start < 2 or not text[start - 1].isspace() or not text[start - 2].isalpha():
        return True
    return text.endswith(_HALVES, 0, start - 1)


def _within(position: int, starts: list[int], ends: list[int]) -> bool:
    i = bisect_right(starts, position) - 1
    return i >= 0 and position < ends[i]


def _read(text: str, start: int, after: int, kind: str, issued: bool) -> tuple[int, str, str | None] | None:
    """(end, name, period) of the name that begins with a kind at ``start``, if it is one."""
    small = _patterns()
    plain = text[after : after + 1] == " " and text[after + 1 : after + 2].isalpha()  # neither quoted nor numbered
    if not plain and (quoted := small["quoted"].match(text, after)) is not None:
        inside = " ".join(quoted[2].split())
        end, period = quoted.end(), _period_in(quoted[2])
        later = _dated(text, end - 1, end + 90) if period is None else None
        if later is not None and later[0] <= end:
            end, period = later[1], later[2]
            inside += " " + " ".join(text[quoted.end() : end].replace(",", "").split())
        return end, f"{kind} {quoted[1]}: {inside}" if quoted[1] else f"{kind} {inside}", period
    if not plain and (number := small["number"].match(text, after)) is not None:
        return number.end(), f"{kind} {number[1]}", None
    hard = small["hard"].search(text, after, after + _LONG)
    limit = hard.start() if hard else min(len(text), after + _LONG)
    dated = _dated(text, after, limit)
    if dated is not None and small["break"].search(text, after, dated[0]) is None:
        return dated[1], _name(text[start : dated[1]]), dated[2]
    sure = issued or small["head"].match(text, after)
    if not sure and not (small["proper"].match(text, after) and small["leads"].search(text, max(0, start - 16), start)):
        return None
    stop = small["far" if issued else "stop"].search(text, after, limit)
    end = stop.start() if stop else limit
    words = text[after:end].split()
    while words and words[-1].rstrip(",") in {"và", "hoặc", ""}:
        end = after + text[after:end].rindex(words.pop())
    if not 3 <= len(words) <= 24:
        return None
    end = start + len(text[start:end].rstrip(" ,\n"))
    return end, _name(text[start:end]), None


def _dated(text: str, after: int, limit: int) -> tuple[int, int, str] | None:
    """(start, end, years) of the first period named in a stretch: ``giai đoạn 2021 - 2025, tầm nhìn đến năm 2030``."""
    small = _patterns()
    if text.find("20", after, limit) < 0 and text.find("19", after, limit) < 0:
        return None
    for found in small["year"].finditer(text, after, limit):
        year = found.start()
        if text.startswith(_PERIOD, year - len(_PERIOD)) and text[year - len(_PERIOD) - 1].isalnum():  # most, as the pattern would find it
            begins = year - len(_PERIOD)
        else:
            before = small["before_year"].search(text, max(after, year - 30), year)
            begins = before.start() if before is not None else after
        if begins > after:
            return begins, found.end(), f"{found[1]}-{found[2]}" if found[2] else found[1]
    return None


_PERIOD = " giai đoạn "


def _known(text: str, start: int, shorts: dict[str, tuple[str, str, str | None]]) -> tuple[int, str, str | None] | None:
    """A short form that the text defined: ``Chương trình MTQG``."""
    for short in sorted(shorts, key=len, reverse=True):
        words = text[start : start + len(short) + 12]
        match = re.match(re.escape(short).replace(r"\ ", GAP) + r"(?!\w)", words)
        if match is not None:
            name, _, period = shorts[short]
            return start + match.end(), name, period
    return None


def _called(words: str, kind: str) -> str | None:
    """The short form a bracket defines: with the kind before it (``Chương trình MTQG``), or an abbreviation (``OCOP``)."""
    words = " ".join(words.split())
    if words.startswith(kind + " "):
        return words
    return f"{kind} {words}" if words.isupper() and " " not in words else None


def _name(printed: str) -> str:
    if not printed.isprintable() or "  " in printed or "“" in printed or "”" in printed:  # most names stand on one line
        printed = " ".join(printed.replace("“", "").replace("”", "").split())
    return printed.strip(" ,")


def _period_in(words: str) -> str | None:
    found = _dated(" " + words, 0, len(words) + 1)
    return found[2] if found else None


def _issued_before(text: str, start: int, external: list[Citation], ends: list[int]) -> str | None:
    """The instrument that issued it, named before: ``Quyết định số 1719/QĐ-TTg … phê duyệt | Chương trình …``."""
    i = bisect_right(ends, start) - 1
    if i < 0 or start - ends[i] > 90 or external[i].state != "resolved" or external[i].type in _NO_ISSUERS:
        return None
    return external[i].target if _patterns()["issues"].fullmatch(text[ends[i] : start]) else None


def _issued_after(text: str, end: int, external: list[Citation], starts: list[int]) -> str | None:
    """The same, named after: ``Chương trình … (ban hành kèm theo | Quyết định số …)``."""
    i = bisect_right(starts, end - 1)
    if i >= len(starts) or starts[i] - end > 60 or external[i].state != "resolved" or external[i].type in _NO_ISSUERS:
        return None
    between = text[end : starts[i]]
    fits = _patterns()["issued"].fullmatch(between) and ("(" in between or re.search(r"(?:hành|duyệt)", between))
    return external[i].target if fits else None


def names(programmes: Sequence[Programme]) -> Iterator[str]:
    """The names, each once, in order."""
    yield from dict.fromkeys(programme.name for programme in programmes)

"""Finding mentions of instruments: a number or a law's name, and the words around it that belong to it.

The text is searched once for numbers with a ký hiệu, once for laws named and for short numbers ("Nghị quyết 347"); around each find the
parser looks a few words back (type, provision, "của … tại") and forward (date, issuer). Fields are as cited.

A technical standard or regulation (``TCVN 13592:2022``, ``QCVN 85:2025/BNNMT``) is no instrument: it is what a Thông tư issues, and that is
cited. Nor are a school's own papers (``15/QĐ-THPT``), contracts and invoices named without their type.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from .. import tables
from ..fold import key
from ..names import bodies, dates, issuers, laws, symbols
from ..names.bodies import Home
from ..names.patterns import DASH, GAP, UPPER, matches, options
from . import types
from .around import FAR, Mention, pieces, place_before, tail


def words() -> list[str]:
    """Laws by their first word, other types only where a number without a ký hiệu follows: as patterns (:mod:`landmarks`)."""
    plain = [row["name"] for row in tables.rows("types") if "named" not in row["flags"]]
    return [
        *laws.FIRST,
        *(rf"{short}(?!\w)" for short in laws.initials()),
        *(rf"{option}(?>{GAP}(?:số:?{GAP})?)(?=\d){'' if 'uật' in option else _NO_SYMBOL}" for option in options(plain)),
    ]


_NO_SYMBOL = rf"(?!\d{{1,5}}[a-zđ]?/(?:(?:19|20)\d\d/)?[{UPPER}])"
"""Not before a number with its ký hiệu, which is found by itself (:func:`symbols.scan`) and is no short one. Before such a one "Sắc luật
số" is taken all the same, for it hides the "Luật" in it."""


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(words()))


@cache
def _short_number() -> re.Pattern[str]:
    """``347``, ``64/2025``, ``127/2018/nđ-cp``, ``94 TT/LB``, ``15/2020 NQ-HĐND``; a ký hiệu in capitals is found by its number."""
    old = "|".join(row["code"] for row in tables.rows("orgs") if row["old"])
    small = rf"/[a-zđ]{{1,5}}[{DASH}][a-zđ]{{1,9}}\d{{0,2}}|[{DASH}](?:{old})(?![/\w])|[ \u00a0]{symbols.SEGMENT}[{DASH}/]{symbols.SEGMENT}"
    return re.compile(rf"\d{{1,5}}[a-zđ]?(?:/(?:19|20)\d\d)?(?!\d)(?:({small})|(?![{DASH}\w/.,]*\d)(?!{_SEPARATED}))(?!\w)")


_SEPARATED = rf"\s?[{DASH}/]\s?\w"


# --- one after another ---------------------------------------------------------------------------------------------


def scan(text: str, home: Home | None, places: Sequence[int] | None = None) -> list[Mention]:
    """All mentions in order, without those inside another's name; short numbers only where a full one came before."""
    events = [(m.start(), 0, m) for m in symbols.scan(text)]
    events += [(m.start(), 1 if m[0][-1].isalpha() else 2, m) for m in matches(_words(), text, places)]
    events.sort()  # no two of one kind begin at one place
    found: list[Mention] = []
    full: dict[tuple[str | None, str], dict[str, str]] = {}  # numbers with a ký hiệu by type and serial number, with their years
    known = 0  # of how many mentions they are taken in
    done = 0
    undated = -FAR  # where the last mention ends that has a number and no date
    several = False
    for start, kind, match in events:
        if start < done:
            continue
        previous = found[-1] if found else None
        if kind == 0:
            mention = _numbered(text, match, previous, done, home)
        elif kind == 1:
            mention = _law(text, start)
            several = (mention is None or not mention.number) and _plural(text, start)
            if mention is None and several and text.startswith("Luật:", start):
                mention = _named(laws.listed(text, start + 4))
        else:
            for earlier in found[known:]:
                if earlier.number and not earlier.short and (taken := symbols.meant(earlier.number)):
                    full.setdefault((earlier.type, taken.number.lstrip("0")), {})[earlier.number] = taken.year
            known = len(found)
            mention = _short(text, match, full)
        if mention is None:
            continue
        tail(text, mention, home, found if mention.start - undated <= FAR else ())
        place_before(text, mention, done)
        found.append(mention)
        done = mention.end
        if mention.number and not mention.date:
            undated = done
        while kind == 1 and several and (following := _named(laws.listed(text, done))) is not None:
            found.append(following)
            done = following.end
    return found


def _numbered(text: str, match: re.Match[str], previous: Mention | None, floor: int, home: Home | None) -> Mention | None:
    """A number with its type: the word before it, the word before the list it is in, or its own abbreviation."""
    start, read = match.start(), _read(match[0])
    if read is None:
        return None
    number, taken, length, school = read
    core = start + length
    window = max(floor, start - types.NEAR)
    if (near := types.near(text[window:start])) is not None:  # the common case
        begin, kind = near
        if school and kind in _SCHOOLS_OWN:
            return None  # a school's own papers are no instruments
        lead = window + begin
        return Mention(lead, core, core, kind, number, lead=lead, shares=_plural(text, lead))
    small = pieces()
    window = max(floor, start - 130)
    head = text[window:start]
    if ("ẫu" in (low := head[-_FORM:].lower()) or "iểu" in low) and small["form"].search(head):
        return None
    far = types.far(head)
    if far is not None:
        begin, kind, rest = far
        qualified = None
        if not rest.strip() or small["so"].match(rest) or (qualified := small["qualified"].match(rest)):
            if school and kind in _SCHOOLS_OWN:
                return None
            lead = window + begin
            mention = Mention(lead, core, core, kind, number, lead=lead, shares=_plural(text, lead))
            if qualified and "của" in rest and (body := _body_in(rest)):
                mention.issuer = bodies.whole(body, home)
            elif mention.type == "Báo cáo" and qualified and key(rest).startswith("thẩm tra"):
                mention.type = "Báo cáo thẩm tra"
            return mention
    so = small["so"].search(head)
    begin = window + so.start() + len(so[0]) - len(so[0].lstrip()) if so else start
    listed = previous is not None and previous.number and small["list"].match(text[previous.end : start])
    if listed and previous is not None and types.is_other(taken, previous.type):
        listed = None
    if listed and previous is not None and (previous.end == previous.core or previous.shares or so is not None):
        return Mention(begin, core, core, previous.type, number, lead=start, shares=True, rule="listed")
    by_symbol = types.of_parts(taken)
    if by_symbol is None or by_symbol == "Hợp đồng" or school:
        return None
    if so is None:
        known = issuers.of_symbol(number, by_symbol, home) is not None or taken.org.split("-")[0] in symbols.known_orgs()
        if taken.family in {"cong_van", "old_bare"} or not known:
            return None
    return Mention(begin, core, core, by_symbol, number, lead=begin, rule="symbol")


@lru_cache(maxsize=4096)
def _read(printed: str) -> tuple[str, symbols.SymbolParts, int, bool] | None:
    """A number as it is compared, what it is made of, how many letters of what is printed it takes, and whether it is a school's; ``None``
    for what is no number.
    """
    whole = number = symbols.normal(printed)
    taken = symbols.parts(number) or symbols.meant(number)
    if taken is None:
        number = _cut(number)
        taken = symbols.parts(number)
        if taken is None:
            return None
    length = len(printed) if whole == number else len(printed.rstrip()) - (len(whole) - len(number))
    return number, taken, length, taken.org.split("-")[0] in symbols.schools()


_FORM = 40
"""So many letters the words of a form ("Mẫu biểu số:") may take at most."""
_SCHOOLS_OWN = frozenset(("Quyết định", "Thông báo", "Kế hoạch", "Công văn"))


_ENDS_OF_SEVERAL = frozenset("cgiaCGIAı")
"""The last letters of ``các``, ``những``, ``hai``, ``ba``, as a search in any case takes them."""


def _plural(text: str, lead: int) -> bool:
    """Whether the type word at ``lead`` is one of several instruments: ``các Nghị quyết số …``."""
    if (last := text[lead - 2 : lead - 1]).isalpha() and last not in _ENDS_OF_SEVERAL:
        return False
    before = text[max(0, lead - 8) : lead].lower()
    if "các" in before or "những" in before or "ha" in before or "ba" in before:
        return pieces()["plural"].search(text, max(0, lead - 8), lead) is not None
    return False


def _cut(number: str) -> str:
    """A number that a dash joined to the next word (``5/NQ-HĐND-Ban``): without what is no code."""
    while (at := max(number.rfind("-"), number.rfind("/"), number.rfind("."))) > 0:
        number = number[:at]
        if symbols.parts(number):
            return number
    return number


def _body_in(words: str) -> str | None:
    at = words.find("của")
    begin = at + 3 + (len(words[at + 3 :]) - len(words[at + 3 :].lstrip()))
    body = bodies.at(words, begin)
    return body.name if body else None


def _law(text: str, start: int) -> Mention | None:
    if start and text[start - 1].isalnum():
        return None
    law = laws.at(text, start)
    if law is None:
        return None
    if law.number and " của " in law.name and pieces()["enacts"].search(text, max(0, start - 20), start):
        # "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15": the number is the amended law's.
        inner = max(text.rfind(word, start + 1, law.core) for word in ("Luật ", "Luật\n", "Bộ luật ", "Pháp lệnh "))
        amended = laws.at(text, inner) if inner > start else None
        if amended is not None and amended.number == law.number:
            start, law = inner, amended
    rule = "law-number" if law.number else "law-name"
    if law.date and law.end > law.core and (of := pieces()["of"].match(text, law.end)):
        body = bodies.at(text, of.end())
        if body is not None and "Quốc hội" not in bodies.whole(body.name):
            # "… một số điều của Luật Trẻ em ngày 09/05/2017 của Chính phủ": the date is of the decree that the title belongs to.
            return Mention(start, law.core, law.core, law.type, law.number, law.name, lead=start, rule=rule)
    return Mention(start, law.end, law.end, law.type, law.number, law.name, law.date, lead=start, rule=rule)


def _named(law: laws.LawMention | None) -> Mention | None:
    """A law cited by nothing but its name, and a date perhaps."""
    return Mention(law.start, law.end, law.end, law.type, "", law.name, law.date, lead=law.start, rule="law-name") if law else None


def _short(text: str, match: re.Match[str], known: dict[tuple[str | None, str], dict[str, str]]) -> Mention | None:
    """``Nghị quyết 347`` after ``Nghị quyết số 347/NQ-CP``; ``Luật 64/2025``; ``Quyết định số 191 ngày …``."""
    digits = _short_number().match(text, match.end())
    if digits is None:
        return None
    words = " ".join(match[0].split())
    has_so = words.casefold().endswith((" số", " số:"))
    kind = types.names().get(key(re.sub(r"\s+số:?\Z", "", words, flags=re.IGNORECASE)))
    if kind is not None and digits[1]:
        number = symbols.normal(digits[0])
        if not (symbols.parts(number) or symbols.meant(number)):
            return None
        return Mention(match.start(), digits.end(), digits.end(), kind, number, lead=match.start(), rule="number")
    if kind is None:
        return None
    after = digits.end()
    plain, _, year = digits[0].partition("/")
    full = [number for number, its in known.get((kind, plain.lstrip("0")), {}).items() if not year or year == its]
    dated = dates.at(text, blank.end()) if (blank := pieces()["lead"].match(text, after)) else None
    if not full:
        if "/" not in digits[0] and not (has_so and dated):
            return None
    elif not has_so and pieces()["unit"].match(text, after):
        return None
    number = full[0] if len(full) == 1 else digits[0]
    rule = "short-number" if full else "bare-number"
    return Mention(match.start(), after, after, kind, number, lead=match.start(), short=len(full) == 1, rule=rule)

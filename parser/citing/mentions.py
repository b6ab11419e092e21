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

import msgspec

from .. import tables
from ..fold import key
from ..names import bodies, dates, issuers, laws, symbols, terms
from ..names.bodies import Home
from ..names.patterns import DASH, GAP, matches, options
from . import provisions, types


class Mention(msgspec.Struct):
    """A mention while it is put together; ``core`` is where its number or name ends, before date and issuer."""

    start: int
    end: int
    core: int
    type: str | None
    number: str
    name: str = ""
    date: str | None = None
    issuer: str | None = None
    provision: str = ""
    lead: int = 0  # where the type word begins, after the provision
    shares: bool = False  # one of a list that has one type word: date and issuer may stand at its end
    short: bool = False
    rule: str = "number"  # the form it was recognised by


def words() -> list[str]:
    """Laws by their first word, other types only where a number without a ký hiệu follows: as patterns (:mod:`landmarks`)."""
    plain = [row["name"] for row in tables.rows("types") if "named" not in row["flags"]]
    return [
        *laws.FIRST,
        *(rf"{short}(?!\w)" for short in laws.initials()),
        *(rf"{option}{GAP}(?:số:?{GAP})?(?=\d)" for option in options(plain)),
    ]


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


@cache
def pieces() -> dict[str, re.Pattern[str]]:
    """The small patterns of what stands around a number, by name; compiled when first needed."""
    unit = (
        "năm|tháng|ngày|giờ|người|triệu|tỷ|đồng|lần|điểm|xã|huyện|tỉnh|dự án|nhóm|đề án|chương trình|nhiệm vụ|nội dung|mục tiêu|km|ha|m2"
        "|kỳ|quý|cấp|bước|phần|khâu"
    )
    plain = r"[^\n;:.()“”\"\d]{0,110}?"  # words of one clause
    return {
        "so": re.compile(rf"(?:{GAP}|\A)(?:số|cố)(?:{GAP}số)?\s?:?\s{{0,4}}\Z", re.IGNORECASE),
        "form": re.compile(rf"(?:(?<!\w)mẫu|(?<!\w)biểu)(?:{GAP}(?:biểu|mẫu))?(?:{GAP}số)?\s?:?\s{{0,4}}\Z", re.IGNORECASE),
        "qualified": re.compile(rf"{plain}(?:\n{plain}){{0,2}}{GAP}số\s?:?\s{{0,4}}\Z", re.IGNORECASE),
        "list": re.compile(rf"\s{{0,4}}(?:,|;|và|hoặc|,{GAP}và)?\s{{0,4}}(?:số:?)?\s{{0,4}}\Z"),
        "of": re.compile(rf",?{GAP}(?:do{GAP}|(?:của|CỦA){GAP}(?:liên{GAP}bộ{GAP})?)"),
        "between": re.compile(rf",?{GAP}giữa{GAP}"),
        # "Nghị quyết số 27-NQ/TW, ngày 09/11/2022, Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XIII về …"
        "plenum": re.compile(rf",?{GAP}(?=Hội{GAP}nghị{GAP}(?:lần|thứ)(?!\w))"),
        "plenum_end": re.compile(rf"\)?(?:,?{GAP}(?:“|về(?!\w))|\s*(?:[.;:,)”]|\Z))"),
        "next": re.compile(rf"(?:,{GAP}|{GAP}và{GAP}|\s?[-–]\s?)(?=\S)"),
        "lead": re.compile(rf"(?:\s?\((?=ngày|\d)|,?{GAP}(?:ban{GAP}hành{GAP}|ký{GAP})?)"),
        "before": re.compile(rf"{GAP}(?:tại|trong|theo|ban{GAP}hành|đã{GAP}ban{GAP}hành|bằng|có){GAP}(?:các{GAP})?\Z"),
        "issues": re.compile(rf"{GAP}(?:đã{GAP})?(?:ban{GAP}hành|có|ra|tại|ký){GAP}(?:kèm{GAP}theo{GAP})?\Z"),
        "enacts": re.compile(rf"ban{GAP}hành{GAP}\Z"),
        "unit": re.compile(rf"\s+(?:{unit})(?!\w)|\s*[%–-]|[.,]\d"),
        "title_end": re.compile(
            rf";(?!{GAP}(?:quy|hướng|sửa|bãi|ban|về|mục|một)(?!\w))|\.\s|\n\s*\n|:"
            rf"|(?<!\w)(?:được|đã{GAP}được){GAP}(?:sửa|bổ|thay)|(?<!\w)(?:quy{GAP}định|theo|nêu){GAP}(?:tại|của){GAP}"
        ),
        "plural": re.compile(rf"(?:các|những|hai|ba){GAP}\Z", re.IGNORECASE),
    }  # fmt: skip


# --- one after another ---------------------------------------------------------------------------------------------


def scan(text: str, home: Home | None, places: Sequence[int] | None = None) -> list[Mention]:
    """All mentions in order, without those inside another's name; short numbers only where a full one came before."""
    events = [(m.start(), 0, m) for m in symbols.scan(text)]
    events += [(m.start(), 1 if m[0][-1].isalpha() else 2, m) for m in matches(_words(), text, places)]
    events.sort()  # no two of one kind begin at one place
    found: list[Mention] = []
    full: dict[tuple[str | None, str], dict[str, str]] = {}  # numbers with a ký hiệu by type and serial number, with their years
    done = 0
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
            mention = _short(text, match, full)
        if mention is None:
            continue
        _tail(text, mention, home, found)
        place_before(text, mention, done)
        found.append(mention)
        done = mention.end
        while kind == 1 and several and (following := _named(laws.listed(text, done))) is not None:
            found.append(following)
            done = following.end
        if mention.number and not mention.short and (taken := symbols.meant(mention.number)):
            full.setdefault((mention.type, taken.number.lstrip("0")), {})[mention.number] = taken.year
    return found


def _numbered(text: str, match: re.Match[str], previous: Mention | None, floor: int, home: Home | None) -> Mention | None:
    """A number with its type: the word before it, the word before the list it is in, or its own abbreviation."""
    start, whole = match.start(), symbols.normal(match[0])
    number = whole
    taken = symbols.parts(number) or symbols.meant(number)
    if taken is None:
        number = _cut(number)
        taken = symbols.parts(number)
        if taken is None:
            return None
    core = match.end() if whole == number else start + len(match[0].rstrip()) - (len(whole) - len(number))
    small = pieces()
    window = max(floor, start - 130)
    head = text[window:start]
    if ("ẫu" in (low := head[-_FORM:].lower()) or "iểu" in low) and small["form"].search(head):
        return None
    near = types.near(head)
    typed = near or types.far(head)
    if typed is not None:
        begin, kind, rest = typed
        qualified = None
        if near is not None or not rest.strip() or small["so"].match(rest) or (qualified := small["qualified"].match(rest)):
            lead = window + begin
            mention = Mention(lead, core, core, kind, number, lead=lead)
            mention.shares = _plural(text, lead)
            if kind in _SCHOOLS_OWN and taken.org.split("-")[0] in symbols.schools():
                return None  # a school's own papers are no instruments
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
    if by_symbol is None or by_symbol == "Hợp đồng" or taken.org.split("-")[0] in symbols.schools():
        return None
    if so is None:
        known = issuers.of_symbol(number, by_symbol, home) is not None or taken.org.split("-")[0] in symbols.known_orgs()
        if taken.family in {"cong_van", "old_bare"} or not known:
            return None
    return Mention(begin, core, core, by_symbol, number, lead=begin, rule="symbol")


_FORM = 40
"""So many letters the words of a form ("Mẫu biểu số:") may take at most."""
_SCHOOLS_OWN = frozenset(("Quyết định", "Thông báo", "Kế hoạch", "Công văn"))


def _plural(text: str, lead: int) -> bool:
    """Whether the type word at ``lead`` is one of several instruments: ``các Nghị quyết số …``."""
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


def _tail(text: str, mention: Mention, home: Home | None, found: Sequence[Mention]) -> None:
    """Date and issuer after the number, in either order, each once."""
    position, number = mention.core, mention.number
    dated, issued = mention.date is not None or not number, False
    for _ in range(2):
        if not dated and (begin := _date_lead(text, position)):
            date = dates.at(text, begin, year_alone=bool(number) and not issued)
            bracket = text[begin - 1] == "("
            if date is not None and not (bracket and text[date[1] : date[1] + 1] != ")"):
                if number and date[0] and _undated_before(mention, found) and _of_an_earlier_one(text, mention, date, found, home):
                    break
                mention.date, position = date
                position += bracket
                dated = True
                continue
        if not issued and number and (begin := _issuer_lead(text, position, mention)):
            body = bodies.at(text, begin)
            if body is not None:
                position = body.end
                mention.issuer = named(body.name, bodies.home_then(home, mention.date or year_of(number)))
                if _joint(number, mention.type):
                    names = [mention.issuer]
                    position = more(text, position, names, home)
                    mention.issuer = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"
                issued = True
                continue
        break
    if position > mention.end:
        mention.end = position
    if "T" in number and (taken := symbols.meant(number)) and taken.org.startswith("TW"):
        mention.end = terms.end(text, mention.end)
        if mention.issuer is None:
            mention.issuer = _named_before(text, mention.lead)


_ENDS = frozenset('.;:)/"”')
"""Neither date nor issuer stands behind one of these."""


def _date_lead(text: str, position: int) -> int:
    """Where a date may begin after a number that ends at ``position``: behind a blank, "(", "ban hành"; 0 where none can."""
    if text.startswith(" ngày ", position):  # as most do
        return position + 1
    if text[position : position + 1] in _ENDS:
        return 0
    lead = pieces()["lead"].match(text, position)
    return lead.end() if lead is not None else 0


def _issuer_lead(text: str, position: int, mention: Mention) -> int:
    """Where an issuer may begin: behind ``của``, ``do``; of what several bodies issue together also ``giữa`` (Bộ Công an và Bộ Y tế); 0
    where none can.
    """
    if text.startswith(" của ", position) and text[position + 5 : position + 6].isupper():  # as most do
        return position + 5
    if text[position : position + 1] in _ENDS:
        return 0
    small = pieces()
    found = small["of"].match(text, position) or (small["between"].match(text, position) if _joint(mention.number, mention.type) else None)
    if found is None and (plenum := small["plenum"].match(text, position)):
        body = bodies.at(text, plenum.end())
        return plenum.end() if body is not None and small["plenum_end"].match(text, body.end) else 0
    return found.end() if found is not None else 0


@lru_cache(maxsize=4096)
def _joint(number: str, type: str | None) -> bool:
    """Whether several bodies issue together what has this number and type."""
    taken = symbols.meant(number)
    return (taken is not None and taken.type_abbr in symbols.joint_types()) or (type or "").endswith(("liên tịch", "liên bộ", "phối hợp"))


def _of_an_earlier_one(text: str, mention: Mention, date: tuple[str | None, int], found: Sequence[Mention], home: Home | None) -> bool:
    """Whether the date after a number closes the title of an instrument named before: ``Thông tư số 01/2020/TT-BLĐTBXH hướng dẫn … Nghị
    định số 61/2015/NĐ-CP ngày 10/02/2020 của Bộ Lao động - Thương binh và Xã hội``.
    """
    of = pieces()["of"].match(text, date[1])
    body = bodies.at(text, of.end()) if of else None
    if body is None:
        return False
    name = bodies.whole(body.name, home or Home())
    mine = issuers.of_symbol(mention.number, mention.type, home or Home())
    if mine is None or (same_year(mention.number, date[0]) and agrees(name, mine)):
        return False
    for earlier in found[-1:-6:-1]:
        if mention.start - earlier.end > 900:
            break
        theirs = issuers.of_symbol(earlier.number, earlier.type, home or Home()) if earlier.number and not earlier.date else None
        if theirs and agrees(name, theirs) and same_year(earlier.number, date[0]):
            return True
    return False


def _undated_before(mention: Mention, found: Sequence[Mention]) -> bool:
    """Whether one of the last instruments named before has a number and no date yet."""
    for earlier in found[-5:]:  # noqa: SIM110 - asked of every mention, and twice as fast as any()
        if not earlier.date and earlier.number and mention.start - earlier.end <= 900:
            return True
    return False


def named(printed: str, home: Home | None) -> str:
    """The issuer, whole. Loose text has nothing to make it whole from: there a name stays as cited, its spelling too."""
    name = bodies.whole(printed, home)
    if home is not None:
        return name
    plain = " ".join(printed.split())
    return plain if key(plain) == key(name) else name


def more(text: str, position: int, names: list[str], home: Home | None) -> int:
    """The other bodies of a joint instrument: ``của Bộ Y tế và Bộ Tài chính``."""
    while len(names) < 8 and (joint := pieces()["next"].match(text, position)):
        body = bodies.at(text, joint.end())
        if body is None:
            break
        names.append(named(body.name, home))
        position = body.end
    return position


def _named_before(text: str, start: int) -> str | None:
    """The Party's body that "của Bộ Chính trị tại Kết luận số 132-KL/TW" names before the instrument."""
    cue = pieces()["before"].search(text, max(0, start - 24), start)
    if cue is None:
        return None
    last = max(bodies.scan(text, max(0, cue.start() - 80), cue.start()), key=lambda body: body.end, default=None)
    if last is None or last.end != cue.start():
        return None
    name = bodies.whole(last.name)
    return name if name in {"Bộ Chính trị", "Ban Bí thư", "Ban Chấp hành Trung ương Đảng"} else None


def named_before(text: str, mention: Mention, home: Home | None) -> str | None:
    """The body that issued it, as the words before say: ``Ủy ban nhân dân tỉnh Vĩnh Long ban hành | Quyết định số 567/QĐ-UBND``."""
    cue = pieces()["issues"].search(text, max(0, mention.lead - 24), mention.lead)
    if cue is None:
        return None
    last = max(bodies.scan(text, max(0, cue.start() - 90), cue.start()), key=lambda body: body.end, default=None)
    if last is None or last.end != cue.start():
        return None
    name = named(last.name, bodies.home_then(home, mention.date or year_of(mention.number)))
    taken = symbols.meant(mention.number)
    code = (taken.type_abbr if taken.family == "cong_van" else taken.org.split("-")[0]) if taken else ""
    wanted = {"UBND": "nhân dân", "UB": "nhân dân", "HĐND": "nhân dân", "TU": "ủy"}.get(code)
    return name if wanted is None or wanted in name else None


def place_before(text: str, mention: Mention, floor: int) -> None:
    """Gives a mention the provision that stands right before it: ``khoản 2 Điều 5 Luật Đất đai``."""
    run = provisions.before(text, mention.lead, floor)
    if run is not None and run.here:
        # "khoản 2 Điều này và điểm n khoản 1 Điều 2 của Luật …": only what follows "này" is the law's.
        run = provisions.last(text, text.rfind("này", run.start, run.end) + 3, run.end)
    if run is not None and not run.here:
        mention.provision = provisions.listed(run)
        mention.start = run.start


def year_of(number: str) -> str | None:
    """The year that a number holds."""
    taken = symbols.meant(number)
    return taken.year or None if taken else None


def same_year(number: str, date: str | None) -> bool:
    taken = symbols.meant(number)
    return date is not None and taken is not None and (not taken.year or taken.year == date[:4])


def agrees(name: str, expected: str) -> bool:
    return name in expected or expected in name or ("Tòa án nhân dân tối cao" in name and "Tòa án" in expected)

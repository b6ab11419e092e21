"""Mentions of other instruments: which type, number, name, date, issuer and provision they print, and what this document does with them.

The text is searched once for numbers with a ký hiệu, once for laws named and for short numbers ("Nghị quyết 347"); around each find the
parser looks a few words back (type, provision, "của … tại") and forward (date, issuer). Fields are as cited; whose they are is decided
by :mod:`identity`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec

from . import bodies, dates, laws, provisions, relations, symbols, tables
from .bodies import Home
from .fold import key
from .model import Citation, Instrument, Node
from .patterns import GAP, options


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


def find_in_text(text: str) -> tuple[Citation, ...]:
    """The citations of loose text: a line, a clipping, a page without a structure."""
    return find(text, (), Instrument())


def find(text: str, nodes: Sequence[Node], instrument: Instrument) -> tuple[Citation, ...]:
    """Every mention of another instrument, in order, each with its node and its relation; ``target`` is not yet set."""
    home = home_of(instrument)
    found = _mentions(text, home)
    _shared(found, text)
    _closing_dates(found, text, home)
    _titles(found, text)
    own = symbols.repaired(instrument.number) if instrument.number else None
    kept = [m for m in found if not _is_own(m, instrument, own) and not (own is None and _attached_to_own(text, m, instrument))]
    for mention in kept:
        if mention.issuer is None and mention.number:
            mention.issuer = bodies.of_symbol(mention.number, mention.type, home)
    _remembered(kept)
    starts = [node.start for node in nodes]
    owners = [nodes[i] if (i := bisect_right(starts, m.lead) - 1) >= 0 else None for m in kept]
    said = relations.of(text, [(m.start, m.lead, m.end, m.type or "", bool(m.provision)) for m in kept], owners)
    return tuple(
        Citation(
            node=node.id if node else None,
            start=m.start,
            end=m.end,
            text=text[m.start : m.end],
            type=m.type,
            number=m.number or None,
            name=m.name,
            date=m.date,
            issuer=m.issuer,
            provision=m.provision,
            relation=relation,
        )
        for m, node, relation in zip(kept, owners, said, strict=True)
    )


def home_of(instrument: Instrument) -> Home | None:
    """What short names in this document are made whole from; ``None`` for loose text."""
    if not (instrument.issuer or instrument.place):
        return None
    return bodies.home_of(instrument.issuer, instrument.place, instrument.date)


# --- patterns ------------------------------------------------------------------------------------------------------


@cache
def _type_names() -> dict[str, str]:
    return {key(row["name"]): row["name"] for row in tables.rows("types")}


@cache
def _words() -> re.Pattern[str]:
    """Laws by their first word; other types only where a number without a ký hiệu follows."""
    plain = [row["name"] for row in tables.rows("types") if "named" not in row["flags"]]
    return re.compile("|".join([laws.SCAN, *(rf"{option}{GAP}(?:số:?{GAP})?(?=\d)" for option in options(plain))]))


@cache
def _short_number() -> re.Pattern[str]:
    """``347``, ``64/2025``, ``127/2018/nđ-cp``, ``94 TT/LB``, ``15/2020 NQ-HĐND``; what has a ký hiệu in capitals is found by its number."""
    small = rf"/[a-zđ]{{1,5}}[{symbols.DASH}][a-zđ]{{1,9}}\d{{0,2}}|[ \u00a0]{symbols.SEGMENT}[{symbols.DASH}/]{symbols.SEGMENT}"
    return re.compile(rf"\d{{1,5}}[a-zđ]?(?:/(?:19|20)\d\d)?(?!\d)(?:({small})|(?![{symbols.DASH}\w/.,]*\d)(?!{_SEPARATED}))(?!\w)")


_SEPARATED = rf"\s?[{symbols.DASH}/]\s?\w"


@cache
def _type_at_end() -> re.Pattern[str]:
    names = [row["name"] for row in tables.rows("types")]
    forms = [*names, *(name[0].lower() + name[1:] for name in names), *(name.upper() for name in names)]
    return re.compile("(?:" + "|".join(options(forms)) + r")(?!\w)")


@cache
def _small() -> dict[str, re.Pattern[str]]:
    unit = "năm|tháng|ngày|giờ|người|triệu|tỷ|đồng|lần|điểm|xã|huyện|tỉnh|dự án|nhóm|đề án|chương trình|nhiệm vụ|nội dung|mục tiêu|km|ha|m2|kỳ|quý|cấp|bước|phần|khâu"
    return {
        "so": re.compile(rf"(?:{GAP}|\A)(?:số|cố)(?:{GAP}số)?\s?:?\s{{0,4}}\Z", re.IGNORECASE),
        "qualified": re.compile(rf"[^\n;:.()“”\"\d]{{0,110}}?(?:\n[^\n;:.()“”\"\d]{{0,110}}?){{0,2}}{GAP}số\s?:?\s{{0,4}}\Z", re.IGNORECASE),
        "list": re.compile(rf"\s{{0,4}}(?:,|;|và|hoặc|,{GAP}và)?\s{{0,4}}(?:số:?)?\s{{0,4}}\Z"),
        "of": re.compile(rf",?{GAP}(?:do{GAP}|của{GAP}(?:liên{GAP}bộ{GAP})?)"),
        "next": re.compile(rf"(?:,{GAP}|{GAP}và{GAP}|\s?[-–]\s?)(?=\S)"),
        "lead": re.compile(rf"(?:,?{GAP}(?:ban{GAP}hành{GAP}|ký{GAP})?|\s?\()"),
        "before": re.compile(rf"{GAP}(?:tại|trong|theo|ban{GAP}hành|đã{GAP}ban{GAP}hành|bằng|có){GAP}(?:các{GAP})?\Z"),
        "unit": re.compile(rf"\s+(?:{unit})(?!\w)|\s*[%–-]|[.,]\d"),
        "title_end": re.compile(rf";(?!{GAP}(?:quy|hướng|sửa|bãi|ban|về|mục|một)(?!\w))|\.\s|\n\s*\n|:|(?<!\w)(?:được|đã{GAP}được){GAP}(?:sửa|bổ|thay)|(?<!\w)(?:quy{GAP}định|theo|nêu){GAP}(?:tại|của){GAP}"),
        "plural": re.compile(rf"(?:các|những|hai|ba){GAP}\Z", re.IGNORECASE),
    }  # fmt: skip


# --- one after another ---------------------------------------------------------------------------------------------


def _mentions(text: str, home: Home | None) -> list[Mention]:
    """All mentions in order, without those inside another's name; short numbers only where a full one came before."""
    events = [(m.start(), 0, m) for m in symbols.scan_pattern().finditer(text)]
    events += [(m.start(), 2 if len(m[0]) > 5 else 1, m) for m in _words().finditer(text)]
    events.sort(key=lambda event: event[:2])
    found: list[Mention] = []
    full: dict[tuple[str | None, str], dict[str, str]] = {}  # numbers with a ký hiệu by type and serial number, with their years
    done = 0
    for start, kind, match in events:
        if start < done:
            continue
        previous = found[-1] if found else None
        if kind == 0:
            mention = _numbered(text, match, previous, done, home)
        elif kind == 1:
            mention = _law(text, start)
        else:
            mention = _short(text, match, full)
        if mention is None:
            continue
        _tail(text, mention, home, found)
        _provision(text, mention, done)
        found.append(mention)
        done = mention.end
        if mention.number and not mention.short and (taken := symbols.parts(symbols.repaired(mention.number))):
            full.setdefault((mention.type, taken.number.lstrip("0")), {})[mention.number] = taken.year
    return found


def _numbered(text: str, match: re.Match[str], previous: Mention | None, floor: int, home: Home | None) -> Mention | None:
    """A number with its type: the word before it, the word before the list it is in, or its own abbreviation."""
    start, number = match.start(), symbols.normal(match[0])
    taken = symbols.parts(number) or symbols.parts(symbols.repaired(number))
    if taken is None:
        number = _cut(number)
        taken = symbols.parts(number)
        if taken is None:
            return None
    core = (
        match.end()
        if symbols.normal(match[0]) == number
        else start + len(match[0].rstrip()) - (len(symbols.normal(match[0])) - len(number))
    )
    small = _small()
    window = max(floor, start - 130)
    head = text[window:start]
    near = _type_near(head)
    last = None
    if near is None:
        for match_of_type in _type_at_end().finditer(head):
            if _one_case(match_of_type[0].split()) and not head[match_of_type.start() - 1 : match_of_type.start()].isalnum():
                last = match_of_type
    if near is not None or last is not None:
        begin, kind, rest = near if near is not None else (last.start(), _type_names()[key(last[0])], head[last.end() :])  # type: ignore[union-attr]
        qualified = None
        if near is not None or not rest.strip() or small["so"].match(rest) or (qualified := small["qualified"].match(rest)):
            lead = window + begin
            mention = Mention(lead, core, core, kind, number, lead=lead)
            mention.shares = small["plural"].search(text, max(0, lead - 8), lead) is not None
            if qualified and "của" in rest and (body := _body_in(rest)):
                mention.issuer = bodies.whole(body, home)
            elif mention.type == "Báo cáo" and qualified and key(rest).startswith("thẩm tra"):
                mention.type = "Báo cáo thẩm tra"
            return mention
    so = small["so"].search(head)
    begin = window + so.start() + len(so[0]) - len(so[0].lstrip()) if so else start
    if previous is not None and previous.number and small["list"].match(text[previous.end : start]):
        if previous.end == previous.core or previous.shares or so is not None:
            return Mention(begin, core, core, previous.type, number, lead=start, shares=True)
    kind = _type_of(taken)
    if kind is None:
        return None
    lead = start
    if so is not None:
        lead = begin
    elif (
        taken.family in {"cong_van", "old_bare"}
        or bodies.of_symbol(number, kind, home) is None
        and taken.org.split("-")[0] not in symbols.known_orgs()
    ):
        return None
    return Mention(lead, core, core, kind, number, lead=lead)


def _type_near(head: str) -> tuple[int, str, str] | None:
    """The type whose words (and perhaps "số") end right here: the common case, without a search."""
    words = head[-48:].split()
    if words and words[-1].rstrip(":").lower() == "số":
        words.pop()
    names = _type_names()
    if words and (short := _abbreviated().get(words[-1])):
        return head.rfind(words[-1]), short, ""
    for count in (4, 3, 2, 1):
        if len(words) >= count and (kind := names.get(" ".join(words[-count:]).lower())) and _one_case(words[-count:]):
            begin = head.rfind(words[-count])
            while begin > 0 and count > 1 and head[begin:].split()[:count] != words[-count:]:
                begin = head.rfind(words[-count], 0, begin)
            return begin, kind, ""
    return None


def _one_case(words: list[str]) -> bool:
    """``Nghị quyết``, ``Nghị Quyết``, ``NGHỊ QUYẾT``, ``nghị quyết``; not ``(kháng) nghị Quyết (định)``."""
    return words[0][0].isupper() or all(word.islower() for word in words)


@cache
def _abbreviated() -> dict[str, str]:
    """Types written as in a symbol before "số": ``theo QĐ số 12/2001/QĐ-BTC``; only where one type alone has the letters."""
    found: dict[str, str] = {}
    for abbr in ("NQ", "NĐ", "QĐ", "TT", "CT", "KL", "KH", "TTLT", "TTr", "CV"):
        found[abbr] = _first_type(abbr)
    return found


def _first_type(abbr: str) -> str:
    """The plainest type with an abbreviation: ``Báo cáo`` rather than ``Báo cáo thẩm tra``; the State's before the Party's."""
    names = [row["name"] for row in tables.rows("types") if abbr in tables.values(row["abbr"])]
    return min(names, key=lambda name: (len(name.split()), names.index(name)), default="")


def _cut(number: str) -> str:
    """A number that a dash joined to the next word (``5/NQ-HĐND-Ban``): without what is no code."""
    while (at := max(number.rfind("-"), number.rfind("/"))) > 0:
        number = number[:at]
        if symbols.parts(number):
            return number
    return number


def _type_of(taken: symbols.SymbolParts) -> str | None:
    """The type an abbreviation stands for; of several the State's or the Party's own."""
    if taken.family == "assembly":
        return None
    if taken.family == "cong_van":
        return "Công văn" if taken.type_abbr in symbols.known_orgs() else None
    if taken.family == "party" and taken.type_abbr == "QĐ":  # Quyết định or Quy định
        return None
    return _first_type(taken.type_abbr) or None if taken.type_abbr else None


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
    if law.date and law.end > law.core and (of := _small()["of"].match(text, law.end)):
        body = bodies.at(text, of.end())
        if body is not None and "Quốc hội" not in bodies.whole(body.name):
            # "… một số điều của Luật Trẻ em ngày 09/05/2017 của Chính phủ": the date is of the decree that the title belongs to.
            return Mention(start, law.core, law.core, law.type, law.number, law.name, lead=start)
    return Mention(start, law.end, law.end, law.type, law.number, law.name, law.date, lead=start)


def _short(text: str, match: re.Match[str], known: dict[tuple[str | None, str], dict[str, str]]) -> Mention | None:
    """``Nghị quyết 347`` after ``Nghị quyết số 347/NQ-CP``; ``Luật 64/2025``; ``Quyết định số 191 ngày …``."""
    digits = _short_number().match(text, match.end())
    if digits is None:
        return None
    words = " ".join(match[0].split())
    has_so = words.casefold().endswith((" số", " số:"))
    kind = _type_names().get(key(re.sub(r"\s+số:?\Z", "", words, flags=re.IGNORECASE)))
    if kind is not None and digits[1]:
        number = symbols.normal(digits[0])
        if not (symbols.parts(number) or symbols.parts(symbols.repaired(number))):
            return None
        return Mention(match.start(), digits.end(), digits.end(), kind, number, lead=match.start())
    if kind is None:
        return None
    after = digits.end()
    plain, _, year = digits[0].partition("/")
    full = [number for number, its in known.get((kind, plain.lstrip("0")), {}).items() if not year or year == its]
    dated = dates.at(text, blank.end()) if (blank := _small()["lead"].match(text, after)) else None
    if not full:
        if "/" not in digits[0] and not (has_so and dated):
            return None
    elif not has_so and _small()["unit"].match(text, after):
        return None
    number = full[0] if len(full) == 1 else digits[0]
    return Mention(match.start(), after, after, kind, number, lead=match.start(), short=len(full) == 1)


def _tail(text: str, mention: Mention, home: Home | None, found: Sequence[Mention]) -> None:
    """Date and issuer after the number, in either order, each once."""
    small = _small()
    position = mention.core
    dated, issued = mention.date is not None or not mention.number, False
    for _ in range(2):
        if not dated and (lead := small["lead"].match(text, position)):
            date = dates.at(text, lead.end(), year_alone=bool(mention.number) and not issued)
            if date is not None and not (lead[0].endswith("(") and text[date[1] : date[1] + 1] != ")"):
                if _of_an_earlier_one(text, mention, date, found, home):
                    break
                mention.date, position = date
                position += lead[0].endswith("(")
                dated = True
                continue
        if not issued and mention.number and (of := small["of"].match(text, position)):
            body = bodies.at(text, of.end())
            if body is not None:
                position = body.end
                names = [bodies.whole(body.name, home)]
                if re.search("TTLT|NQLT", mention.number) or (mention.type or "").endswith(("liên tịch", "liên bộ")):
                    position = _more(text, position, names, home)
                mention.issuer = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"
                issued = True
                continue
        break
    mention.end = max(mention.end, position)
    if (
        mention.issuer is None
        and mention.number
        and (taken := symbols.parts(symbols.repaired(mention.number)))
        and taken.org.startswith("TW")
    ):
        mention.issuer = _named_before(text, mention.lead)


def _of_an_earlier_one(text: str, mention: Mention, date: tuple[str | None, int], found: Sequence[Mention], home: Home | None) -> bool:
    """Whether the date after a number closes the title of an instrument named before: ``Thông tư số 01/2020/TT-BLĐTBXH hướng dẫn … Nghị
    định số 61/2015/NĐ-CP ngày 10/02/2020 của Bộ Lao động - Thương binh và Xã hội``.
    """
    if not mention.number or not date[0] or not found:
        return False
    of = _small()["of"].match(text, date[1])
    body = bodies.at(text, of.end()) if of else None
    if body is None:
        return False
    name = bodies.whole(body.name, home or Home())
    mine = bodies.of_symbol(mention.number, mention.type, home or Home())
    if mine is None or (_same_year(mention.number, date[0]) and _agrees(name, mine)):
        return False
    for earlier in found[-1:-6:-1]:
        if mention.start - earlier.end > 900:
            break
        theirs = bodies.of_symbol(earlier.number, earlier.type, home or Home()) if earlier.number and not earlier.date else None
        if theirs and _agrees(name, theirs) and _same_year(earlier.number, date[0]):
            return True
    return False


def _more(text: str, position: int, names: list[str], home: Home | None) -> int:
    """The other bodies of a joint instrument: ``của Bộ Y tế và Bộ Tài chính``."""
    while len(names) < 8 and (joint := _small()["next"].match(text, position)):
        body = bodies.at(text, joint.end())
        if body is None:
            break
        names.append(bodies.whole(body.name, home))
        position = body.end
    return position


def _named_before(text: str, start: int) -> str | None:
    """The Party's body that "của Bộ Chính trị tại Kết luận số 132-KL/TW" names before the instrument."""
    cue = _small()["before"].search(text, max(0, start - 24), start)
    if cue is None:
        return None
    last = None
    for last in bodies.scan(text, max(0, cue.start() - 80), cue.start()):
        pass
    if last is None or last.end != cue.start():
        return None
    name = bodies.whole(last.name)
    return name if name in {"Bộ Chính trị", "Ban Bí thư", "Ban Chấp hành Trung ương Đảng"} else None


def _provision(text: str, mention: Mention, floor: int) -> None:
    run = provisions.before(text, mention.lead, floor)
    if run is not None and not run.here:
        mention.provision = provisions.listed(run)
        mention.start = run.start


# --- what mentions tell of each other ------------------------------------------------------------------------------


def _shared(found: list[Mention], text: str) -> None:
    """A date and an issuer at the end of a list that has one type word belong to all of it."""
    for i in range(len(found) - 1, 0, -1):
        here, before = found[i], found[i - 1]
        if not (here.shares and before.shares and before.type == here.type and before.end == before.core):
            continue
        if re.fullmatch(r"[\s,;]*(?:và|hoặc)?\s*", text[before.end : here.start]) is None:
            continue
        if before.date is None:
            before.date = here.date
        ours, theirs = symbols.parts(symbols.repaired(before.number)), symbols.parts(symbols.repaired(here.number))
        if before.issuer is None and ours and theirs and ours.org == theirs.org:
            before.issuer = here.issuer


def _closing_dates(found: list[Mention], text: str, home: Home | None) -> None:
    """``Thông tư số 28/2020/TT-BGDĐT Ban hành Điều lệ … ngày 04/09/2020 của Bộ Giáo dục và Đào tạo``: date and issuer after the title.

    Only where the issuer named there is the very one that the number names, so that a date in the title is never taken.
    """
    ends = [m.end for m in found]
    for i, mention in enumerate(found):
        if mention.date or not mention.number or mention.issuer or mention.end != mention.core:
            continue
        if re.match(r"\.?\s{1,3}[^\W\d_\s]", text[mention.end : mention.end + 6]) is None or text.startswith(
            ("ngày", "và", "được"), mention.end + 1
        ):
            continue
        expected = bodies.of_symbol(mention.number, mention.type, home or Home())
        if expected is None:
            continue
        limit = min(len(text), mention.end + 900)
        hard = re.compile(r"\n\s*\n|, có hiệu lực").search(text, mention.end, limit)
        stop = hard.start() if hard else limit
        for closing in re.compile(rf"(?<!\w)ngày{GAP}\d").finditer(text, mention.end, stop):
            at = closing.start()
            j = bisect_right(ends, at)
            if j < len(found) and found[j].start <= at and j != i:
                continue
            date = dates.at(text, at)
            of = _small()["of"].match(text, date[1]) if date else None
            body = bodies.at(text, of.end()) if of else None
            if date is None or body is None or not _same_year(mention.number, date[0]):
                continue
            if not _agrees(bodies.whole(body.name, home or Home()), expected):
                continue
            if re.match(r"\s*(?:[,.;)]|\Z|\n)", text[body.end : body.end + 4]) is None and " và " not in expected:
                continue
            end = body.end
            names = [bodies.whole(body.name, home)]
            if " và " in expected:
                end = _more(text, end, names, home)
            mention.date = date[0]
            mention.issuer = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"
            break


def _same_year(number: str, date: str | None) -> bool:
    taken = symbols.parts(symbols.repaired(number))
    return date is not None and taken is not None and (not taken.year or taken.year == date[:4])


def _agrees(name: str, expected: str) -> bool:
    return name in expected or expected in name or ("Tòa án nhân dân tối cao" in name and "Tòa án" in expected)


_TITLE_WORDS = frozenset(
    (
        "về",
        "quy định",
        "ban hành",
        "sửa đổi",
        "sửa đổi,",
        "bổ sung",
        "hướng dẫn",
        "phê duyệt",
        "thông qua",
        "triển khai",
        "thi hành",
        "bãi bỏ",
        "v/v",
    )
)


def _title_begins(text: str, position: int) -> bool:
    """Whether the words after a mention are its title (``quy định chi tiết …``, ``(khóa XII) về …``)."""
    words = text[position : position + 48].lower().split(None, 4)
    if words and words[0] in {",", "-"}:
        words = words[1:]
    if len(words) > 2 and words[0].lstrip("(,") in {"khóa", "khoá"}:
        words = words[2:]
    return bool(words) and (words[0] in _TITLE_WORDS or " ".join(words[:2]) in _TITLE_WORDS)


def _titles(found: list[Mention], text: str) -> None:
    """Drops laws named, without number or date, in the title of another instrument: ``Nghị định số … quy định chi tiết Luật Y``."""
    small = _small()
    owner: Mention | None = None
    kept: list[Mention] = []
    for mention in found:
        if mention.number:
            owner = owner if mention.short else mention
        elif owner is not None and not mention.date and mention.start - owner.end < 500 and _title_begins(text, owner.end):
            if small["title_end"].search(text, owner.end + 4, mention.start) is None:
                continue
        kept.append(mention)
    found[:] = kept


def _is_own(mention: Mention, instrument: Instrument, own: str | None) -> bool:
    """The document's mention of itself: its own number, and nothing printed with it that is another's."""
    if not own or not mention.number or symbols.repaired(mention.number) != own:
        return False
    if mention.date and instrument.date and mention.date != instrument.date:
        return False
    if mention.issuer and instrument.issuer and key(mention.issuer) != key(instrument.issuer) and mention.issuer not in instrument.issuer:
        return False
    return not (mention.type and instrument.type and key(mention.type).split()[:2] != key(instrument.type).split()[:2])


def _attached_to_own(text: str, mention: Mention, instrument: Instrument) -> bool:
    """``(Kèm theo Thông tư số …)`` over an appendix of a Thông tư whose own number is not printed elsewhere: the document itself."""
    if not instrument.type or mention.type != instrument.type:
        return False
    return re.search(r"\(\s*(?:[Bb]an\s+hành\s+)?[Kk]èm\s+theo\s+\Z", text[max(0, mention.lead - 30) : mention.lead]) is not None


def _remembered(found: list[Mention]) -> None:
    """A short mention has the issuer that the same document names with the same number, if it names only one."""
    known: dict[tuple[str | None, str], set[str]] = {}
    for m in found:
        if m.issuer and m.number:
            known.setdefault((m.type, symbols.repaired(m.number)), set()).add(m.issuer)
    for m in found:
        if m.issuer is None and m.number and len(names := known.get((m.type, symbols.repaired(m.number)), set())) == 1:
            m.issuer = next(iter(names))


def as_row(citation: Citation) -> dict[str, Any]:
    """The fields of a citation by their names, for tables and tests."""
    return {name: getattr(citation, name) for name in ("type", "number", "date", "issuer", "name", "relation", "provision")}

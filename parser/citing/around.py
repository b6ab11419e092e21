"""What stands around the number or the name of an instrument: date and issuer behind it, the provision and the body before it.

:mod:`mentions` finds the number or name; here the mention is put together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec

from ..fold import key
from ..names import bodies, dates, issuers, symbols, terms
from ..names.bodies import Home
from ..names.patterns import GAP, UPPER
from . import provisions


class Mention(msgspec.Struct, gc=False):
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


FAR = 900
"""So far behind an instrument, in letters, the end of its title may be looked for."""


def tail(text: str, mention: Mention, home: Home | None, found: Sequence[Mention]) -> None:
    """Date and issuer after the number, in either order, each once. ``found`` are the instruments named before, none where all of them
    that are near have their dates.
    """
    position, number = mention.core, mention.number
    dated, issued = mention.date is not None or not number, False
    if not (dated or found) and (usual := _USUAL.match(text, position)) is not None and (body := bodies.at(text, usual.end())) is not None:
        mention.date = dates.in_plain(usual[1])
        position = _issue(text, mention, body, home)
        dated = issued = True
    while not (dated and issued):
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
                position = _issue(text, mention, body, home)
                issued = True
                continue
        break
    if position > mention.end:
        mention.end = position
    if "T" in number and (taken := symbols.meant(number)) and taken.org.startswith("TW"):
        mention.end = terms.end(text, mention.end)
        if mention.issuer is None:
            mention.issuer = _named_before(text, mention.lead)


_USUAL = re.compile(rf" ({dates.PLAIN}) của (?=[{UPPER}])")
"""How date and issuer stand behind most numbers: one look for what :func:`_date_lead`, :func:`dates.at` and :func:`_issuer_lead` find."""


def _issue(text: str, mention: Mention, body: bodies.BodyMention, home: Home | None) -> int:
    """Gives a mention the issuer named behind it, with those who issue it too; where their names end."""
    mention.issuer = named(body.name, bodies.home_then(home, mention.date or year_of(mention.number)))
    if not _joint(mention.number, mention.type):
        return body.end
    names = [mention.issuer]
    end = more(text, body.end, names, home)
    mention.issuer = together(names)
    return end


_ENDS = frozenset('.;:)/"”')
"""Neither date nor issuer stands behind one of these."""


def _date_lead(text: str, position: int) -> int:
    """Where a date may begin after a number that ends at ``position``: behind a blank, "(", "ban hành"; 0 where none can."""
    if text[position : position + 1] in _ENDS:
        return 0
    lead = pieces()["lead"].match(text, position)
    return lead.end() if lead is not None else 0


def _issuer_lead(text: str, position: int, mention: Mention) -> int:
    """Where an issuer may begin: behind ``của``, ``do``; of what several bodies issue together also ``giữa`` (Bộ Công an và Bộ Y tế); 0
    where none can.
    """
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
        if mention.start - earlier.end > FAR:
            break
        theirs = issuers.of_symbol(earlier.number, earlier.type, home or Home()) if earlier.number and not earlier.date else None
        if theirs and agrees(name, theirs) and same_year(earlier.number, date[0]):
            return True
    return False


def _undated_before(mention: Mention, found: Sequence[Mention]) -> bool:
    """Whether one of the last instruments named before has a number and no date yet."""
    for earlier in found[-5:]:  # noqa: SIM110 - asked of every mention, and twice as fast as any()
        if not earlier.date and earlier.number and mention.start - earlier.end <= FAR:
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


def together(names: Sequence[str]) -> str:
    """Bodies that issue jointly as one name: ``Bộ Y tế, Bộ Công an và Bộ Tài chính``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"


def _body_before(text: str, start: int, cue: str, reach: int) -> str | None:
    """The body that stands, at most ``reach`` letters, before words that lead on from it (one of :func:`pieces`) to ``start``."""
    found = pieces()[cue].search(text, max(0, start - 24), start)
    if found is None:
        return None
    last = max(bodies.scan(text, max(0, found.start() - reach), found.start()), key=lambda body: body.end, default=None)
    return last.name if last is not None and last.end == found.start() else None


def _named_before(text: str, start: int) -> str | None:
    """The Party's body that "của Bộ Chính trị tại Kết luận số 132-KL/TW" names before the instrument."""
    name = _body_before(text, start, "before", 80)
    if name is None:
        return None
    name = bodies.whole(name)
    return name if name in {"Bộ Chính trị", "Ban Bí thư", "Ban Chấp hành Trung ương Đảng"} else None


def named_before(text: str, mention: Mention, home: Home | None) -> str | None:
    """The body that issued it, as the words before say: ``Ủy ban nhân dân tỉnh Vĩnh Long ban hành | Quyết định số 567/QĐ-UBND``."""
    printed = _body_before(text, mention.lead, "issues", 90)
    if printed is None:
        return None
    name = named(printed, bodies.home_then(home, mention.date or year_of(mention.number)))
    taken = symbols.meant(mention.number)
    code = (taken.type_abbr if taken.family == "cong_van" else taken.org.split("-")[0]) if taken else ""
    wanted = {"UBND": "nhân dân", "UB": "nhân dân", "HĐND": "nhân dân", "TU": "ủy"}.get(code)
    return name if wanted is None or wanted in name else None


def place_before(text: str, mention: Mention, floor: int) -> None:
    """Gives a mention the provision that stands right before it: ``khoản 2 Điều 5 Luật Đất đai``."""
    run = provisions.before(text, mention.lead, floor)
    if run is None:
        return
    if run.here:
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

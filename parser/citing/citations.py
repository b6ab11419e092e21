"""Mentions of other instruments: which type, number, name, date, issuer and provision they print, and what this document does with them.

:mod:`mentions` finds them one by one; here they are seen together: a date shared by a list, a date after a title, the issuer that a short
mention leaves out, the laws that are only part of another's title. Whose they are is decided by :mod:`identity`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from ..fold import key
from ..model import Citation, Instrument, Node
from ..names import bodies, dates, issuers, symbols, works
from ..names.bodies import Home
from ..names.patterns import GAP
from . import around, mentions, relations, shorts
from .around import Mention


def find_in_text(text: str) -> tuple[Citation, ...]:
    """The citations of loose text: a line, a clipping, a page without a structure."""
    return find(text, (), Instrument())


def find(text: str, nodes: Sequence[Node], instrument: Instrument, places: Sequence[int] | None = None) -> tuple[Citation, ...]:
    """Every mention of another instrument, in order, each with its node and its relation; ``target`` is not yet set.

    ``places`` are the text's :mod:`landmarks`, where known.
    """
    home = home_of(instrument)
    found = mentions.scan(text, home, places)
    _shared(found, text)
    _closing_dates(found, text, home)
    _titles(found, text)
    shorts.find(text, found, home)
    _quoted(found, text)
    own = symbols.repaired(instrument.number) if instrument.number else None
    lead = next((node.start for node in nodes if node.role in {"type", "title", "number"}), 0) if own is None else 0
    lines = [(node.start, node.end) for node in nodes[:40] if node.role == "number"] if own else []
    kept = [
        m
        for m in found
        # another number, as most have; its first figure is never mended
        if (own and m.number and (m.number[0] != own[0] or symbols.repaired(m.number) != own) and m.type != "Hiến pháp")
        or (
            not _is_own(m, instrument, own)
            and not (own is None and _attached_to_own(text, m, instrument, lead))
            # "SỞ KẾ HOẠCH VÀ ĐẦU TƯ" above "Số: 123/BC-SKHĐT" names no Kế hoạch
            and not (lines and symbols.repaired(m.number) == own and any(start < m.core <= end for start, end in lines))
        )
    ]
    _shared_issuer(kept, text, home)
    _remembered(kept)
    for mention in kept:
        if mention.issuer is None and mention.number:
            then = bodies.home_then(home, mention.date or around.year_of(mention.number))
            mention.issuer = issuers.of_symbol(mention.number, mention.type, then) or around.named_before(text, mention, home)
    _full_names(kept, text)
    starts = [node.start for node in nodes]
    owners = [nodes[i] if (i := bisect_right(starts, m.lead) - 1) >= 0 else None for m in kept]
    said = relations.of(
        text, [(m.start, m.lead, m.end, m.type or "", bool(m.provision)) for m in kept], owners, {n.id: n for n in nodes}, instrument
    )
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
            rule=m.rule,
        )
        for m, node, relation in zip(kept, owners, said, strict=True)
    )


def home_of(instrument: Instrument) -> Home | None:
    """What short names in this document are made whole from; ``None`` for loose text."""
    if not (instrument.issuer or instrument.place):
        return None
    return bodies.home_of(instrument.issuer, instrument.place)


# --- what mentions tell of each other ------------------------------------------------------------------------------


_AS_FOLLOWS = re.compile(r"như sau\s?:\s*[“\"]?\s?Căn cứ\s\Z")


def _quoted(found: list[Mention], text: str) -> None:
    """``Luật Thủy sản số 18/2017/QH14 có căn cứ ban hành như sau: “Căn cứ Hiến pháp …”``: the Constitution that this law is founded on."""
    for mention in found:
        if mention.type == "Hiến pháp" and not mention.date and _AS_FOLLOWS.search(text, max(0, mention.start - 40), mention.start):
            mention.rule = "quoted-basis"


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
        ours, theirs = symbols.meant(before.number), symbols.meant(here.number)
        if before.issuer is None and ours and theirs and ours.org == theirs.org:
            before.issuer = here.issuer


def _shared_issuer(found: list[Mention], text: str, home: Home | None) -> None:
    """``Báo cáo số 308/BC-UBKTTC ngày …, Báo cáo bổ sung số 389/BC-UBKTTC15 ngày … của Ủy ban …``: one body, of one code."""
    for i in range(len(found) - 1, 0, -1):
        here, before = found[i], found[i - 1]
        if before.issuer or not here.issuer or not before.number or not here.number:
            continue
        if _AND.fullmatch(text, before.end, here.start) is None or issuers.of_symbol(before.number, before.type, home) is not None:
            continue
        ours, theirs = symbols.meant(before.number), symbols.meant(here.number)
        if ours and theirs and ours.org and ours.org.rstrip("0123456789") == theirs.org.rstrip("0123456789"):
            before.issuer = here.issuer


_AND = re.compile(rf",?\s*(?:và{GAP}|,{GAP})?\s*(?:các{GAP})?")


def _closing_dates(found: list[Mention], text: str, home: Home | None) -> None:
    """``Thông tư số 28/2020/TT-BGDĐT Ban hành Điều lệ … ngày 04/09/2020 của Bộ Giáo dục và Đào tạo``: date and issuer after the title.

    Only where the issuer named there is the very one that the number names, so that a date in the title is never taken.
    """
    ends: list[int] = []
    for i, mention in enumerate(found):
        if mention.date or not mention.number or mention.issuer or mention.end != mention.core:
            continue
        if re.match(r"\.?\s{1,3}[^\W\d_\s]", text[mention.end : mention.end + 6]) is None or text.startswith(
            ("ngày", "và", "được"), mention.end + 1
        ):
            continue
        expected = issuers.of_symbol(mention.number, mention.type, home or Home())
        if expected is None:
            continue
        ends = ends or [m.end for m in found]
        limit = min(len(text), mention.end + 900)
        hard = re.compile(r"\n\s*\n|, có hiệu lực").search(text, mention.end, limit)
        stop = hard.start() if hard else limit
        for closing in re.compile(rf"(?<!\w)ngày{GAP}\d").finditer(text, mention.end, stop):
            at = closing.start()
            j = bisect_right(ends, at)
            if j < len(found) and found[j].start <= at and j != i:
                continue
            date = dates.at(text, at)
            of = around.pieces()["of"].match(text, date[1]) if date else None
            body = bodies.at(text, of.end()) if of else None
            if date is None or body is None or not around.same_year(mention.number, date[0]):
                continue
            if not around.agrees(bodies.whole(body.name, home or Home()), expected):
                continue
            if re.match(r"\s*(?:[,.;)]|\Z|\n)", text[body.end : body.end + 4]) is None and " và " not in expected:
                continue
            end = body.end
            names = [around.named(body.name, home)]
            if " và " in expected:
                end = around.more(text, end, names, home)
            mention.date = date[0]
            mention.issuer = around.together(names)
            break


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
        "hợp nhất",
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
    title_end = around.pieces()["title_end"]
    owner: Mention | None = None
    kept: list[Mention] = []
    for mention in found:
        if mention.number:
            owner = owner if mention.short else mention
        elif (
            owner is not None
            and not mention.date
            and mention.start - owner.end < 500
            and _title_begins(text, owner.end)
            and title_end.search(text, owner.end + 4, mention.start) is None
        ):
            continue
        kept.append(mention)
    found[:] = kept


@lru_cache(maxsize=8)
def _called(kind: str, title: str) -> str:
    """The name of a document for matching; kept, because every mention of a law by its name is compared with it."""
    return key(f"{kind} {title}")


def _is_own(mention: Mention, instrument: Instrument, own: str | None) -> bool:
    """The document's mention of itself: its own number, and nothing printed with it that is another's."""
    if mention.type == instrument.type == "Hiến pháp" and not mention.date:
        return True
    if mention.name and not mention.number and not mention.date and instrument.title and instrument.type:
        return key(mention.name) == _called(instrument.type, instrument.title)
    if not own or not mention.number or symbols.repaired(mention.number) != own:
        return False
    if mention.date and instrument.date and mention.date != instrument.date:
        return False
    if mention.issuer and instrument.issuer and not _one_body(mention.number, mention.issuer, instrument.issuer):
        return False
    # "Số: 13/2024/L-CTN" over a Lệnh: the type is read from the symbol, which may mean another too.
    return mention.rule == "symbol" or not (
        mention.type and instrument.type and key(mention.type).split()[:2] != key(instrument.type).split()[:2]
    )


def _one_body(number: str, cited: str, own: str) -> bool:
    """Whether a citation's issuer is the document's: ``Bộ trưởng Bộ Công an`` over the appendix of a Thông tư of Bộ Công an is."""
    return key(cited) == key(own) or cited in own or works.issuing_body(number, cited) == works.issuing_body(number, own)


def _attached_to_own(text: str, mention: Mention, instrument: Instrument, lead: int) -> bool:
    """``(Kèm theo Thông tư số …)`` over an appendix of a Thông tư whose own number is not printed elsewhere: the document itself. So is
    what a page that gives its text says before ``lead``, where that begins: ``Chủ tịch Quốc hội vừa ký Nghị quyết số 196/2025/QH15``.
    """
    if not instrument.type or mention.type != instrument.type:
        return False
    if mention.start < lead:
        return not (instrument.issuer and mention.issuer) or key(mention.issuer) in key(instrument.issuer)
    return re.search(r"[(\n]\s*(?:[Bb]an\s+hành\s+)?[Kk]èm\s+theo\s+\Z", text[max(0, mention.lead - 30) : mention.lead]) is not None


def _remembered(found: list[Mention]) -> None:
    """A short mention has the issuer that the same document names with the same number, if it names only one (and no other date)."""
    short = [m for m in found if m.issuer is None and m.number]
    if not short:
        return
    known: dict[tuple[str | None, str], set[tuple[str, str]]] = {(m.type, symbols.repaired(m.number)): set() for m in short}
    types = {type for type, _ in known}
    for m in found:
        if m.issuer and m.number and m.type in types and (said := known.get((m.type, symbols.repaired(m.number)))) is not None:
            said.add((m.issuer, m.date or ""))
    for m in short:
        said = known[m.type, symbols.repaired(m.number)]
        if len({issuer for issuer, _ in said}) == 1 and (not m.date or any(not date or date == m.date for _, date in said)):
            m.issuer = next(iter(said))[0]


def _full_names(found: list[Mention], text: str) -> None:
    """``Ban Bí thư`` is ``Ban Bí thư Trung ương Đảng`` where the document prints the full name once."""
    longer = bodies.full_names()
    printed: dict[str, bool] = {}
    for m in found:
        if m.issuer and (full := longer.get(m.issuer)):
            if full not in printed:
                printed[full] = full in text  # one look through the text for a name
            if printed[full]:
                m.issuer = full

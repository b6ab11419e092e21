"""Later and looser ways to name an instrument: by a short form that the text defined, by "nêu trên", by its type and date alone.

    Nghị định số 08/2022/NĐ-CP (sau đây gọi tắt là Nghị định về môi trường) … theo Nghị định về môi trường     ``defined``
    Nghị quyết số 94/NQ-HĐND … thực hiện Nghị quyết nêu trên                                                   ``anaphora``
    Căn cứ Quy chế hoạt động của Hội đồng nhân dân ngày 02 tháng 4 năm 2005;                                   ``dated-name``

A short form takes the number of the instrument it stands for, never its date: which instrument that is, :mod:`identity` decides. Of
several instruments (``các Nghị quyết nêu trên``) none is chosen.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from .. import tables
from ..fold import key
from ..names import bodies, dates
from ..names.bodies import Home
from ..names.patterns import GAP, LOWER, UPPER, options
from . import types
from .around import Mention, named, pieces, place_before

_MOST = 40
"""How many short forms of a text are followed; a document defines a few."""

_DEFINITION = "definition"
"""Initials where they are defined: "(sau đây viết tắt là BLHS)" mentions nothing again."""

_REACH = 3000
"""How far back, in characters, "nêu trên" may point."""


def find(text: str, found: list[Mention], home: Home | None) -> None:
    """Adds to ``found``, in order, the mentions of these kinds that lie in no other."""
    new = [*_defined(text, found), *_above(text, found), *_dated(text, home)]
    found[:] = [m for m in found if m.rule != _DEFINITION]
    if not new:
        return
    ends = sorted((m.start, m.end) for m in found)
    starts = [start for start, _ in ends]
    for mention in sorted(new, key=lambda m: (m.start, -m.end)):
        i = bisect_right(starts, mention.start) - 1
        covered = i >= 0 and ends[i][1] > mention.start
        touches = i + 1 < len(starts) and starts[i + 1] < mention.end
        if not (covered or touches):
            starts.insert(i + 1, mention.start)
            ends.insert(i + 1, (mention.start, mention.end))
            found.append(mention)
    found.sort(key=lambda m: m.start)


# --- defined in the text -------------------------------------------------------------------------------------------


@cache
def _definition() -> re.Pattern[str]:
    return re.compile(
        rf"sau{GAP}đây{GAP}(?:(?:được|xin){GAP})?(?:gọi|viết)(?:{GAP}(?:tắt|chung))?{GAP}là:?{GAP}[“\"']?([{UPPER}][^”\"';)\n]{{1,90}}?)[”\"';)]"
    )


def _defined(text: str, found: list[Mention]) -> Iterator[Mention]:
    definitions = list(_definition().finditer(text))
    if not definitions:
        return
    ends, starts = [m.end for m in found], [m.start for m in found]
    defined: set[str] = set()
    for match in definitions:
        i = bisect_right(ends, match.start()) - 1
        inside = found[bisect_right(starts, match.start(1) - 1) : bisect_right(starts, match.end(1) - 1)]
        for mention in inside:
            mention.rule = (
                "defined" if mention.number or not mention.name or len(mention.name) <= mention.end - mention.start else _DEFINITION
            )
        if i < 0 or inside or match.start() - ends[i] > 700:
            continue
        owner, short = found[i], match[1].strip()
        words = " ".join(short.split())
        if (
            words.isupper()
            and words.isalpha()
            and not text[ends[i] : match.start()].strip(" (")
            and words.startswith(_initials(owner.type))
        ):
            if words not in defined and len(defined) < _MOST:  # each is looked for once through the text
                defined.add(words)
                yield from _initialled(text, match.end(), words, owner)
            continue
        kind = _type_of(words)
        if len(words) < 5 or not owner.number or kind is None or key(owner.type or "").split()[:2] != key(kind).split()[:2]:
            continue
        if len(words.split()) <= len(kind.split()) or "\n\n" in text[ends[i] : match.start()]:
            continue  # "(sau đây gọi tắt là Quy chế)": later "Quy chế này" says no more
        if words in defined or len(defined) >= _MOST:
            continue  # each is looked for once through the text
        defined.add(words)
        for later in re.finditer(re.escape(short).replace(r"\ ", GAP) + r"(?!\w)", text[match.end() :]):
            start = match.end() + later.start()
            yield Mention(
                start, match.end() + later.end(), match.end() + later.end(), owner.type, owner.number, issuer=owner.issuer, lead=start,
                short=True, rule="defined",
            )  # fmt: skip


def _initials(kind: str | None) -> str:
    """``Bộ luật`` → ``BL``."""
    return "".join(word[0] for word in kind.split()).upper() if kind else "-"


def _initialled(text: str, after: int, short: str, owner: Mention) -> Iterator[Mention]:
    """``Luật Doanh nghiệp (sau đây gọi tắt là LDN)``: the later ``LDN``, each with its provision."""
    at = text.find(short, after)
    while at >= 0:
        end = at + len(short)
        if not (text[at - 1].isalnum() or text[end : end + 1].isalnum()):
            later = Mention(at, end, end, owner.type, owner.number, owner.name, issuer=owner.issuer, lead=at, short=True, rule="defined")
            place_before(text, later, after)
            yield later
        at = text.find(short, end)


def _type_of(words: str) -> str | None:
    parts = words.split()
    return next((kind for n in (4, 3, 2, 1) if (kind := types.names().get(key(" ".join(parts[:n]))))), None)


# --- "nêu trên" ----------------------------------------------------------------------------------------------------

_SAID = frozenset(("nêu", "nói", "dẫn", " kể"))
_ABOVE = re.compile(
    rf"ê(?<=\Wtrê)n(?:(?=[.,;:)\n]| (?:có hiệu|thì|và(?= )|để(?= )|theo(?= ))(?!\w))|(?!\w)(?<=(?:{'|'.join(_SAID)}).trên))", re.DOTALL
)
"""``trên`` behind one of these words, or before what ends what is named; by its rarest letter: a search for one letter is the fastest."""


@cache
def _pieces() -> dict[str, re.Pattern[str]]:
    kinds = [row["name"] for row in tables.rows("types") if row["iri"] == "act" or "policy" in row["flags"]]
    dated = ("Quy chế", "Quy định", "Điều lệ", "Nội quy", "Nghị quyết", "Quyết định", "Chỉ thị", "Kết luận", "Nghị định", "Thông tư")
    return {
        "type": re.compile(
            rf"((?:các|những|hai|ba|bốn|mọi|từng){GAP})?(?<!\w)((?:{'|'.join(options(kinds))})){GAP}(?:đã{GAP})?(?:nêu|nói|dẫn|kể)?\s?\Z"
        ),
        "named": re.compile(
            rf"(?:{'|'.join(options(dated))}){GAP}(?!số|này|của{GAP}[^,;]{{0,40}}về)((?:[^\W\d_]|[ \n,-]){{4,110}}?)"
            rf",?{GAP}(?:được{GAP})?(?:ban{GAP}hành{GAP})?(?=ngày{GAP}\d)"
        ),
        "of_date": re.compile(rf"(?:{'|'.join(options(dated[4:]))}){GAP}(?=ngày{GAP}\d)"),
    }


def _above(text: str, found: list[Mention]) -> Iterator[Mention]:
    if not found:
        return
    ends: list[int] = []
    small = _pieces()
    for match in _ABOVE.finditer(text):
        begin = match.start() - 2
        window = max(0, begin - 40)
        before = text[window:begin]
        typed = small["type"].search(before)
        if typed is None or typed[1] or not typed[2][0].isupper():
            continue
        kind = types.names().get(key(typed[2]))
        ends = ends or [m.end for m in found]
        owner = next(
            (m for m in found[bisect_right(ends, begin) - 1 :: -1] if m.type == kind and m.number), None
        ) if bisect_right(ends, begin) else None  # fmt: skip
        start = window + typed.start(2)
        if owner is not None and start - owner.end <= _REACH:
            yield Mention(start, match.end(), match.end(), kind, owner.number, issuer=owner.issuer, lead=start, short=True, rule="anaphora")


# --- type and date alone -------------------------------------------------------------------------------------------

_BASIS = re.compile(rf"Căn{GAP}cứ{GAP}")


def _dated(text: str, home: Home | None) -> Iterator[Mention]:
    """Recitals that found themselves on what has no number, only a name and its date."""
    small = _pieces()
    for lead in _BASIS.finditer(text):
        match = small["named"].match(text, lead.end())
        if match is not None and _plain_words(match[1]):
            yield from _with_date(text, lead.end(), match.end(), " ".join(text[lead.end() : match.end(1)].split()), home)
        elif match := small["of_date"].match(text, lead.end()):
            yield from _with_date(text, lead.end(), match.end(), "", home)


def _plain_words(words: str) -> bool:
    """A name: small words after its type, no second type among them."""
    return re.match(rf"[{LOWER}{UPPER}]", words.lstrip()) is not None and _type_of(" ".join(words.split()[:3])) is None


def _with_date(text: str, start: int, at: int, name: str, home: Home | None) -> Iterator[Mention]:
    date = dates.at(text, at)
    if date is None or (date[0] is not None and len(date[0]) < 10):
        return
    kind = _type_of(text[start : start + 40]) or " ".join(text[start : start + 20].split()[:2])
    mention = Mention(start, date[1], date[1], kind, "", name, date[0], lead=start, rule="dated-name")
    of = pieces()["of"].match(text, date[1])
    body = bodies.at(text, of.end()) if of else None
    if body is not None:
        mention.issuer, mention.end = named(body.name, bodies.home_then(home, date[0])), body.end
    yield mention

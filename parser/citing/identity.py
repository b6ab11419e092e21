"""Which instrument is meant: one id for it wherever it is cited, and an open answer where the text does not tell.

The ids are made by :mod:`vanban.parser.names.works`. Three things tell which instrument a mention means, in this order: what it prints
itself; what the same document prints elsewhere (a full citation, a law's number, the legal basis); the register, by name, number and the
day of the document. Each only where nothing speaks against it: a number is never an identity, and a bare later "19-NQ/TW" has both of the
document's 19-NQ/TW as candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from ..fold import key
from ..model import Citation, Instrument, State
from ..names import dates, issuers, symbols, terms
from ..names.works import UNKNOWN, instrument_id, issuing_body, slug
from ..register import Entry, Register, label, name_key, once

__all__ = ["UNKNOWN", "instrument_id", "of_document", "resolve", "slug"]


def of_document(instrument: Instrument) -> str | None:
    """The id of the document itself, the same that citations of it get; ``None`` where neither number nor type is known."""
    if not instrument.number and not (instrument.type and instrument.title):
        return None
    name = "" if instrument.number else f"{instrument.type} {instrument.title}"
    return instrument_id(type=instrument.type, number=instrument.number, issuer=instrument.issuer, date=instrument.date, name=name)


# --- who is meant, in one document ---------------------------------------------------------------------------------


class _Facts(msgspec.Struct, frozen=True, gc=False):
    """What a mention tells of its instrument, in forms that compare: its id as far as known, what later mentions repeat of it."""

    id: str
    label: str  # the number, or the name
    other: str  # the name beside a number
    type: str
    issuer: str
    date: str
    complete: bool
    asked: str  # the number, or the name, as the register has it
    numbered: bool
    term: str = ""  # of the Party's Central Committee, where one is printed: "khóa XII"


_Known = dict[str, dict[str, _Facts]]


@lru_cache(maxsize=8192)
def _facts(type: str, number: str, name: str, date: str, issuer: str, term: str = "") -> _Facts:
    name = "Hiến pháp" if type == "Hiến pháp" else name  # with or without the country's name
    by_name = "l:" + name_key(name) if name else ""
    when = date or (f"khoa-{term.lower()}" if term else "")  # two of one number and different terms never share an id
    id = instrument_id(type=type, number=number, issuer=issuer, date=when, name="" if number else name)
    if not number:
        return _Facts(id, by_name, "", key(type), slug(issuer), date, bool(name and date), by_name[2:], False)
    taken = symbols.meant(number)
    # Number with its year, or number and date; always the issuer.
    complete = (
        taken is not None
        and bool(issuer or issuers.of_symbol(number) or issuers.of_kind(number))
        and bool(type or taken.type_abbr)
        and (bool(taken.year) or len(date) == 10)
    )
    date = date or (taken.year if taken else "")  # "Luật Đất đai năm 2013" is not the one numbered 31/2024/QH15
    asked = label(number)
    return _Facts(id, "n:" + asked, by_name, key(type), slug(issuing_body(number, issuer)), date, complete, asked, True, term)


def resolve(citations: Sequence[Citation], instrument: Instrument, register: Register | None = None) -> tuple[Citation, ...]:
    """The citations with ``target``, ``state`` and ``candidates`` set; what they print stays as it is.

    ``resolved``: one instrument, its id complete. ``partial``: type and number (or a law's name) are known, issuer or date is not; the id
    says so with ``_``. ``ambiguous``: several instruments of the same document or of the register fit, or one that may not be the only one;
    ``candidates`` lists them and ``target`` is ``None``. ``unknown``: not enough to name anything.

    With a ``register`` a law cited by its name is the instrument of that name and year; by its bare name, the one in force on the day of
    the document (all through its month or year, where no more is known), where the register leaves one only. An instrument that the
    register has with another date stays the one that is cited; a law whose name cannot go with its number, year or day
    (:func:`against`) stays open between what it may be.
    """
    own = instrument.id or of_document(instrument)
    day = instrument.date or ""  # or the month, the year, as far as it is known
    facts = [
        _facts(c.type or "", c.number or "", c.name, c.date or "", c.issuer or "", terms.told(c.text) if "TW" in (c.number or "") else "")
        if c.scope == "external"
        else None
        for c in citations
    ]
    odd_days = impossible_days(citations)
    for i, (_, year) in odd_days.items():
        # Which part of "31/2/2022" is wrong is not known; of another year it is taken to be by no one.
        if (f := facts[i]) is not None:
            facts[i] = msgspec.structs.replace(f, date=f.date or year)
    after = ""
    open_ones: dict[int, tuple[Entry, ...]] = {}
    if register is not None:
        # most numbers are not in it
        facts = [
            fact if fact is None or i in odd_days or (fact.numbered and not register.numbered(fact.asked)) else _registered(fact, register)
            for i, fact in enumerate(facts)
        ]
        for i, c in enumerate(citations):
            if c.name and (f := facts[i]) is not None and (held := against(c, register)):
                open_ones[i] = held
                facts[i] = msgspec.structs.replace(f, complete=False)  # a doubt tells nothing of later mentions
        after = day or max((fact.date for fact in facts if fact is not None), default="")
    known = _known(facts)
    founding = (fact for citation, fact in zip(citations, facts, strict=True) if fact is not None and citation.relation == "legal_basis")
    basis = frozenset(target for fact in founding if (target := _meant(fact, known)[0]))
    done: list[Citation] = []
    for i, (citation, fact) in enumerate(zip(citations, facts, strict=True)):
        if fact is not None and fact.complete and fact.numbered and citation.rule != "quoted-basis":  # as most are
            done.append(msgspec.structs.replace(citation, target=fact.id, state="resolved", candidates=()))
            continue
        target, state, candidates = (own, "resolved" if own else "unknown", ()) if fact is None else _meant(fact, known, basis)
        if fact is not None and i in open_ones:
            if citation.number or target in {None, fact.id}:  # else the same document says which one, by its number
                named = (fact.id,) if citation.number and f"/{UNKNOWN}/" not in fact.id else ()
                target, state, candidates = None, "ambiguous", tuple(dict.fromkeys((*named, *(entry.id for entry in open_ones[i]))))
        elif fact is not None and register is not None and citation.rule == "quoted-basis" and (of := facts[i - 1] if i else None):
            target, state, candidates = _looked_up(fact, register, of.date, of.date, basis, (fact.id, "partial", ()))
        elif fact is not None and register is not None and not fact.complete:
            target, state, candidates = _looked_up(fact, register, day, after, basis, (target, state, candidates))
        elif fact is not None and register is not None and not fact.numbered and target == fact.id and _of_several(fact, register):
            target, state, candidates = _looked_up(fact, register, day, after, basis, (target, "partial", ()))
        if fact is not None and i in odd_days and not fact.complete and state == "resolved" and target:
            candidates = (target,)
            target, state = None, "ambiguous"
        done.append(msgspec.structs.replace(citation, target=target, state=state, candidates=candidates))
    return tuple(done)


def impossible_days(citations: Sequence[Citation]) -> dict[int, tuple[str, str]]:
    """Which citations (by their places) have a day that no calendar has, as printed, and its year; a list shares the one at its end:
    ``các Nghị quyết số 12/NQ-HĐND, số 13/NQ-HĐND ngày 31/02/2024``.
    """
    found: dict[int, tuple[str, str]] = {}
    for i, c in enumerate(citations):
        if c.scope != "external" or c.date is not None or (odd := dates.impossible(c.text)) is None:
            continue
        found[i] = odd
        while i and i - 1 not in found and citations[i].rule == "listed" and _shares(citations[i - 1], citations[i]):
            i -= 1
            found[i] = odd
    return found


def _shares(before: Citation, here: Citation) -> bool:
    return before.type == here.type and before.date is None and bool(before.number) and here.start - before.end < _JOINT


_REVISED = " sửa đổi"
_JOINT = 12
"""So far apart, in letters, two members of a list may be: ", và", a line break."""


def _known(facts: Sequence[_Facts | None]) -> _Known:
    """The complete mentions of the document by number and by name."""
    known: _Known = {}
    for fact in facts:
        if fact is not None and fact.complete:
            known.setdefault(fact.label, {}).setdefault(fact.id, fact)
            if fact.other:
                known.setdefault(fact.other, {}).setdefault(fact.id, fact)
    for name, named in known.items():
        if name.startswith("l:"):
            # A law named with its year is the one that stands beside it with its number: not a second candidate.
            numbered = [k for k in named.values() if k.label != name]
            for k in list(named.values()):
                dated = [n for n in named.values() if len(n.date) > len(k.date) and _fits(k, n)]
                if k.label == name and len([n for n in numbered if _fits(k, n)] or dated) == 1:
                    del named[k.id]
    return known


_Answer = tuple[str | None, State, tuple[str, ...]]


def _meant(fact: _Facts, known: _Known, basis: frozenset[str] = frozenset()) -> _Answer:
    if not fact.label:
        return None, "unknown", ()
    if fact.complete and not fact.label.startswith("l:"):
        return fact.id, "resolved", ()
    fits = [k for k in known.get(fact.label, {}).values() if _fits(fact, k)]
    if fact.complete:
        # A law by name and year is the one that the document names by number or by its whole date.
        better = [k for k in fits if k.id != fact.id and k.complete]
        return (better[0].id if len(better) == 1 else fact.id), "resolved", ()
    if len(fits) > 1 and fact.label.startswith("l:"):
        # Of two laws of one name the one that the document is founded on; a number gives no such hint.
        founded = [k for k in fits if k.id in basis]
        fits = founded if len(founded) == 1 else fits
    if len(fits) == 1:
        return fits[0].id, "resolved", ()
    if len(fits) > 1:
        return None, "ambiguous", tuple(k.id for k in fits)
    return fact.id, "partial", ()


def _fits(fact: _Facts, known: _Facts) -> bool:
    """Whether nothing printed speaks against it."""
    if fact.type and known.type and fact.type != known.type:
        return False
    if fact.issuer and known.issuer and fact.issuer != known.issuer:
        return False
    if fact.term and known.date and not terms.may_lie(known.date, fact.term):
        return False
    return not (fact.date and known.date and not known.date.startswith(fact.date) and not fact.date.startswith(known.date))


def against(c: Citation, register: Register) -> tuple[Entry, ...]:
    """The laws that may be meant where a law's name and its number, year or day cannot go together (:meth:`Register.instead`).

    Not where an amendment is named with it: "Bộ luật Hình sự sửa đổi, bổ sung năm 2009" is of the year of the amendment.
    """
    if not c.name or c.scope != "external" or "sửa đổi" in c.text.lower():
        return ()
    return register.instead(c.name, c.number, c.date)


# --- what the register tells -------------------------------------------------------------------------------------------


def _entries(fact: _Facts, register: Register) -> list[Entry]:
    """The register's entries that nothing printed speaks against."""
    held = register.numbered(fact.asked) if fact.numbered else register.named(fact.asked)
    if not held and fact.date and not fact.numbered and fact.asked.endswith(_REVISED):
        held = register.named(fact.asked.removesuffix(_REVISED))  # "Luật Đất đai (sửa đổi) năm 2024": the new law of that name
    return [entry for entry in held if _fits(fact, _entry_facts(entry))] if held else []


@lru_cache(maxsize=8192)
def _entry_facts(entry: Entry) -> _Facts:
    name = "l:" + name_key(entry.title) if entry.title else ""
    return _Facts(entry.id, "", name, key(entry.type), slug(entry.issuer or ""), entry.date, True, "", False)


def _registered(fact: _Facts, register: Register) -> _Facts:
    """The fact made whole where what is printed leaves one entry: a number that is given once, or a number or name with a date or year.

    A bare name, or a bare number that is given anew every year or term, tells no one instrument: see :func:`_looked_up`.
    """
    entries = _entries(fact, register)
    if len(entries) != 1:
        return fact
    entry = entries[0]
    if not (fact.date or fact.term or (fact.numbered and entry.number and once(entry.number))):
        return fact
    named = _entry_facts(entry)
    other = fact.other or (named.other if fact.numbered else "")
    return _Facts(entry.id, fact.label, other, named.type, named.issuer, named.date, True, fact.asked, fact.numbered)


def _of_several(fact: _Facts, register: Register) -> bool:
    """Whether a law's name and year leave several: two Luật Tổ chức chính quyền địa phương are of 2025."""
    return not fact.numbered and len(fact.date) < 10 and len(_entries(fact, register)) > 1


def _stands(entry: Entry, after: str) -> bool:
    """Whether it was in force at the earliest and has no end, nor a bound of what is known of it: the Constitution."""
    return not entry.until and not entry.checked and (entry.effective or entry.date) <= after


def _looked_up(fact: _Facts, register: Register, day: str, after: str, basis: frozenset[str], said: _Answer) -> _Answer:
    """A bare name or number, of which the document said what it could (``said``).

    A document without a day is not older than what it cites (``after``): a law that had ended by then is not meant.
    """
    entries = [entry for entry in _entries(fact, register) if not day or entry.date[: len(day)] <= day]
    target, state, _ = said
    if not entries or state not in {"partial", "resolved"}:
        return said
    ids = tuple(entry.id for entry in entries)
    if fact.label.startswith("n:"):
        # Others may bear the number too: one entry is a hint, several are a doubt.
        return said if state == "resolved" or len(ids) == 1 else (None, "ambiguous", ids)
    sure = [entry.id for entry in entries if day and entry.in_force(day)]
    perhaps = [entry.id for entry in entries if (entry.in_force(day) is not False if day else not entry.until or entry.until >= after)]
    if state == "resolved":
        # The document names one of that name, but on its day another is the law: it may mean either, unless it is founded on the first.
        ended = (entry := register.get(target or "")) is not None and bool(day) and entry.in_force(day) is False
        return (None, "ambiguous", (target or "", *sure)) if ended and len(sure) == 1 and target not in basis else said
    if len(sure) == 1 and perhaps == sure:
        return sure[0], "resolved", ()
    if not day and len(perhaps) == 1 and any(e.id == perhaps[0] and _stands(e, after) for e in entries):
        return perhaps[0], "resolved", ()
    return (None, "ambiguous", tuple(perhaps)) if perhaps else said

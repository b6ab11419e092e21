"""Findings about citations: what a careful reader would want to check before following one.

Codes and words are in ``lexicon/findings.tsv``, as all findings' are. The citations keep what is printed; a finding says what is odd in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..findings import make
from ..model import Citation, Finding, Instrument
from ..names import bodies, issuers, symbols, terms
from ..names.works import issuing_body, slug
from ..register import Entry, Register, label, name_key, once
from .identity import against, impossible_days

_ELSEWHERE = ("Phụ lục", "Mẫu", "Biểu")
"""What often stands in a file of its own: that it is not here is no fault of the reference."""


def of(citations: Sequence[Citation], instrument: Instrument | None = None, register: Register | None = None) -> tuple[Finding, ...]:
    """Numbers that had to be mended to be understood, dates that cannot be, provisions that are not there (each said once), numbers that
    may mean several instruments, bodies cited for a time when they were not; with a ``register``, what it has otherwise.
    """
    return tuple(_findings(citations, instrument or Instrument(), register))


def _findings(citations: Sequence[Citation], instrument: Instrument, register: Register | None) -> Iterator[Finding]:
    missing: set[str] = set()
    ended: set[tuple[str, str]] = set()
    doubtful: set[tuple[str, tuple[str, ...]]] = set()
    days: dict[tuple[str | None, str, str, str], list[str]] = {}
    for code, named in _symbol(instrument.number or "", instrument.type, instrument.issuer):
        own = instrument.issuer if code == "issuer.symbol" else instrument.type
        yield make("header.symbol", None, number=instrument.number, own=own, named=named)
    if instrument.issuer and instrument.date:
        yield from _body(None, instrument.issuer, instrument.date, ended)
    odd_days = impossible_days(citations)
    for i, c in enumerate(citations):
        if c.scope == "internal" and c.target_node is None and c.provision:
            if c.provision not in missing and not c.provision.startswith(_ELSEWHERE) and not c.provision.endswith("này"):
                missing.add(c.provision)  # said where it is first missed
                yield make("reference.no-node", c, provision=c.provision)
        elif c.scope == "external":
            odd = odd_days.get(i) if odd_days else None
            if odd is not None:
                yield make("citation.no-such-day", c, number=c.number or c.name or c.type, date=odd[0])
            number, date, issuer = c.number, c.date, c.issuer
            if number:
                # most numbers and their dates are not odd
                mended, year, labelled = _told_by(number)
                if mended or (date and ((year is not None and year != date[:4]) or (instrument.date and date > instrument.date))):
                    yield from _number(c, instrument)
                if date and len(date) == 10 and issuer:
                    # a body gives a number once in a year
                    cited = days.setdefault((c.type, labelled, slug(issuer), date[:4]), [date])
                    if date not in cited and year in {None, date[:4]}:
                        cited.append(date)
                        yield make("citation.two-days", c, number=number, date=_shown(date), other=_shown(cited[0]))
                for code, named in _symbol(number, c.type, issuer):
                    yield make(code, c, number=number, issuer=issuer, type=c.type, named=named)
            if issuer and _bounded(issuer) and (when := date or _year(number)):
                yield from _body(c, issuer, when, ended)
            instead = against(c, register) if register is not None and c.name else ()
            dated = date is not None and len(date) == 10
            if register is not None and (
                instead or c.name or (number and (dated or c.relation == "legal_basis") and register.numbered(labelled))
            ):
                yield from _against(c, instead, instrument, register)
            if c.state == "ambiguous" and not instead and odd is None and (c.number or c.name, c.candidates) not in doubtful:
                doubtful.add((c.number or c.name, c.candidates))  # said where it is first open
                yield make("citation.ambiguous", c, number=c.number or c.name, count=len(c.candidates))


@lru_cache(maxsize=8192)
def _told_by(number: str) -> tuple[bool, str | None, str]:
    """Whether a number had to be mended to be understood, the year it holds, and its :func:`label`."""
    own = symbols.meant(number)
    year = (own.year or None) if own is not None else None
    return own is not None and symbols.repaired(number) != number, year, label(number)


def _number(c: Citation, instrument: Instrument) -> list[Finding]:
    number, date, own_date = c.number or "", c.date, instrument.date
    found = []
    own = symbols.meant(number)
    if own is not None and (mended := symbols.repaired(number)) != number:
        found.append(make("citation.number-mended", c, number=number, mended=mended))
    if not date:
        return found
    if own is not None and own.year and own.year != date[:4]:
        found.append(make("citation.year", c, number=number, date=date))
    if own_date and len(date) == 10 and date[: len(own_date)] > own_date:
        found.append(make("citation.later", c, number=number, date=date, own=own_date))
    return found


# --- what the symbol says ---------------------------------------------------------------------------------------------


_WHOLE_STATE = frozenset(("Chính phủ", "Quốc hội"))
"""Names that others hold ("Thủ tướng Chính phủ", "Ủy ban Thường vụ Quốc hội") without being parts of them."""


@lru_cache(maxsize=8192)
def _symbol(number: str, type: str | None, issuer: str | None) -> tuple[tuple[str, str], ...]:
    """(code, what the symbol names) where a citation has another body, or another type: ``Nghị định số 12/2020/NĐ-CP của Bộ Tài chính``.

    Only where the body cited is one of the table: ``Bộ trưởng Bộ Tài chính`` and ``Cục Thuế`` contradict no ``BTC``. Of which province a
    UBND is, a symbol never says. Of several that issue together one is enough.
    """
    if (taken := symbols.meant(number)) is None:
        return ()
    found: list[tuple[str, str]] = []
    named = issuers.of_symbol(number, type)
    if issuer is None or named == issuer:
        pass
    elif named is not None:
        theirs = [_plain(one) for one in _JOINT.split(named)]
        mine = [_plain(one) for one in _JOINT.split(issuer)]
        if all(bodies.is_known(one) and not any(_part(one, other) for other in theirs) for one in mine):
            found.append(("issuer.symbol", named))
    elif kinds := issuers.kinds_of_symbol(number):
        if not any(kind in issuer for kind in kinds) and bodies.kind_of(issuer) not in {None, *kinds}:
            found.append(("issuer.symbol", " | ".join(kinds)))
    elif taken.org in (party := symbols.party_orgs()) and (codes := bodies.codes_of(issuer)) and not party & set(codes):
        found.append(("issuer.symbol", f"Đảng ({taken.org})"))
    types = symbols.types_of(taken.type_abbr) if taken.family != "cong_van" else ()
    if type and type != "Văn bản" and types and not _is_one(type, types):
        others = {
            kind for code in taken.org.split("-") for kind in symbols.types_of(code)
        }  # 999-TC/QĐ-CĐKT: the type stood behind the body
        if type not in others:
            found.append(("citation.type", " | ".join(types)))
    return tuple(found)


def _is_one(type: str, types: Sequence[str]) -> bool:
    """Whether what is cited is of one of the types, or a kind of one: a ``Chương trình hành động`` is a ``Chương trình``. What is issued
    jointly has symbols of its own."""
    return type in types or any(type.startswith(f"{one} ") and "liên tịch" not in type for one in types)


def _plain(name: str) -> str:
    return bodies.whole(issuing_body("", bodies.whole(name, bodies.Home())), bodies.Home())


def _part(one: str, other: str) -> bool:
    """Whether two are one body, however its name is printed, or one is a part of the other."""
    return slug(one) == slug(other) or (one in other and one not in _WHOLE_STATE) or (other in one and other not in _WHOLE_STATE)


# --- bodies in their time ----------------------------------------------------------------------------------------------


_JOINT = re.compile(r"(?:,| và) (?=(?:Bộ|Ủy ban|Ngân hàng|Thanh tra) )")


def _year(number: str | None) -> str | None:
    return _told_by(number)[1] if number else None


def _body(c: Citation | None, issuer: str, when: str, said: set[tuple[str, str]]) -> list[Finding]:
    """A body that was no more, or not yet, on the day (in the year) of what it is said to have issued; each said once."""
    return [found for one, time in _bounded(issuer) if (found := _one_body(c, one, time, when, said)) is not None]


@lru_cache(maxsize=2048)
def _bounded(issuer: str) -> tuple[tuple[str, tuple[str, str, str]], ...]:
    """Those of the bodies named by whom a bound in time is known, each with its time (:func:`bodies.in_time`)."""
    names = (issuing_body("", one) for one in _JOINT.split(issuer))
    return tuple((name, time) for name in names if (time := bodies.in_time(name)) is not None)


def _one_body(c: Citation | None, issuer: str, time: tuple[str, str, str], when: str, said: set[tuple[str, str]]) -> Finding | None:
    if (issuer, when) in said:
        return None
    since, until, into = time
    if until and when > until[: len(when)]:
        said.add((issuer, when))
        now = f" (nay / now: {into})" if into else ""
        return make("issuer.ended", c, issuer=issuer, until=_shown(until), date=_shown(when), into=now)
    if since and when < since[: len(when)]:
        said.add((issuer, when))
        return make("issuer.not-yet", c, issuer=issuer, since=_shown(since), date=_shown(when))
    return None


def _shown(date: str) -> str:
    """``2022-06-16`` → ``16/6/2022``; a year stays one."""
    return "/".join(str(int(part)) for part in reversed(date.split("-")))


# --- against the register ----------------------------------------------------------------------------------------------


def _against(c: Citation, instead: tuple[Entry, ...], instrument: Instrument, register: Register) -> Iterator[Finding]:
    """What the register has otherwise: another date of what can be no other instrument, another law's name, a basis that has ended."""
    if instead:
        known = " | ".join(f"{entry.number or entry.title} ({_shown(entry.date)})" for entry in instead)
        if c.number and not register.numbered(label(c.number)):
            yield make("register.number", c, number=c.number, name=c.name, known=known)
        elif not c.number and len(c.date or "") < 10:
            yield make("register.year", c, name=c.name, year=_shown(c.date or ""), known=known)
        elif not c.number and not any(entry.date[:4] == (c.date or "")[:4] for entry in instead):
            yield make("register.date", c, number=c.name, date=_shown(c.date or ""), known=known)
    if c.number:
        if not (found := register.numbered(label(c.number))):
            return
        held = [entry for entry in found if c.type is None or slug(entry.type) == slug(c.type)]
    else:
        held = [entry for entry in register.named(name_key(c.name)) if c.date and entry.date[:4] == c.date[:4]]
    if not held:
        return
    if c.date and len(c.date) == 10 and not any(entry.date == c.date for entry in held):
        same = [entry.date for entry in held if _same(entry, c.date, c.issuer)]
        if same:
            known = " | ".join(_shown(date) for date in same)
            yield make("register.date", c, number=c.number or c.name, date=_shown(c.date), known=known)
    if c.number and c.name and once(c.number):
        name, titles = name_key(c.name), [name_key(title) for entry in held for title in (entry.title, *entry.aliases)]
        known_as = [title for title in titles if title and title in name]
        # "Luật sửa đổi … của Luật A số 1/2025/QH15": what is meant amends A, but the number is A's.
        of_amended = bool(known_as) and _amends(name) and not any(map(_amends, titles))
        if of_amended or (register.named(name) and not known_as):
            yield make("register.name", c, number=c.number, name=c.name, known=held[0].title)
    if c.relation == "legal_basis" and c.target and instrument.date:
        entry = register.get(c.target)
        if entry is not None and entry.until and entry.until < instrument.date:
            by = f" ({', '.join(entry.replaced_by)})" if entry.replaced_by else ""
            yield make("register.ended", c, number=entry.number or entry.title, until=_shown(entry.until), by=by)


def _amends(name: str) -> bool:
    """Whether a name's key is that of a law that amends others: "luật sửa đổi, bổ sung một số điều của …"."""
    return " sửa đổi" in name[:20]


def _same(entry: Entry, date: str, issuer: str | None) -> bool:
    """Whether what bears the number on this date could only be the entry: numbers begin anew every year, the Party's every term."""
    if issuer and entry.issuer and slug(issuer) != slug(entry.issuer):
        return False
    if not entry.number or once(entry.number):
        return True
    taken = symbols.meant(entry.number)
    if taken is not None and taken.family == "party":
        return taken.org in {"TW", "TƯ"} and terms.of(entry.date) == terms.of(date)
    return entry.date[:4] == date[:4]

"""Which instrument is meant: one readable id an instrument, and an open answer where the text does not tell.

Ids follow the naming of works in Akoma Ntoso: ``/akn/vn/{act|doc}/{type}/{issuer}/{date}/{number or name}``, all in small letters without
tone marks, ``đ`` kept as a letter of its own; ``_`` where a part is not known::

    /akn/vn/act/nghi-đinh/chinh-phu/2022/06-nđ-cp                          Nghị định số 06/2022/NĐ-CP
    /akn/vn/act/nghi-quyet/ban-chap-hanh-trung-uong-đang/2017-10-25/19-nq-tw   Nghị quyết số 19-NQ/TW ngày 25/10/2017
    /akn/vn/act/luat/quoc-hoi/2015-06-19/luat-to-chuc-chinh-quyen-đia-phuong   a law by name and date
    /akn/vn/doc/ket-luan/bo-chinh-tri/_/132-kl-tw                          partial: the date is not said

The date is the year alone where the number itself holds one, since such a number is used once; otherwise it is the whole date, for numbers
begin anew every year or every term. A number is never an identity: the two 19-NQ/TW have two ids, and a bare later "19-NQ/TW" has
both as candidates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec

from .. import tables
from ..fold import key
from ..model import Citation, Instrument, State
from ..names import bodies, symbols

UNKNOWN = "_"


@lru_cache(maxsize=8192)
def slug(text: str) -> str:
    """Small letters and hyphens, ``đ`` kept: ``Nghị định`` → ``nghi-đinh``."""
    plain = unicodedata.normalize("NFD", key(text))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9đ]+", "-", plain).strip("-")


def instrument_id(*, type: str | None, number: str | None, issuer: str | None, date: str | None, name: str = "") -> str:
    """The id of an instrument from what is known of it. Deterministic; parts that differ give ids that differ.

    >>> instrument_id(type="Nghị định", number="06/2022/NĐ-CP", issuer="Chính phủ", date="2022-01-07")
    '/akn/vn/act/nghi-đinh/chinh-phu/2022/06-nđ-cp'
    """
    return _id(type or "", number or "", issuer or "", date or "", name or "")


@lru_cache(maxsize=8192)
def _id(type: str, number: str, issuer: str, date: str, name: str) -> str:
    taken = None
    if number:
        number = symbols.repaired(number)
        taken = symbols.parts(number)
        issuer = _issuer(number, issuer)
    kind = _kind(type) or (_named_by(taken.type_abbr) if taken else "")
    if taken is not None and taken.year:
        rest = symbols.normal(number).split("/", 2)[2]
        date, what = taken.year, slug(f"{taken.number.lstrip('0') or '0'} {rest}".replace("&", " "))
        what = f"{taken.number.lstrip('0').zfill(2)}-{slug(rest)}"
    elif taken is not None:
        what = slug(re.sub(r"^0*(\d)(?=\D)", r"0\1", number))
    else:
        what = slug(number or _plain_name(name))
    if not number and kind in {"luat", "bo-luat", "hien-phap"}:
        issuer = issuer or "Quốc hội"
    if not number and kind == "phap-lenh":
        issuer = issuer or "Ủy ban Thường vụ Quốc hội"
    form = _forms().get(kind, "doc")
    return "/".join(["", "akn", "vn", form, kind or UNKNOWN, slug(issuer) or UNKNOWN, date or UNKNOWN, what or UNKNOWN])


def _issuer(number: str, issuer: str) -> str:
    """The body, not the person who signs for it: ``Bộ trưởng Bộ Công an`` and ``Bộ Công an`` issue the same Thông tư.

    A symbol that names one body names it better than a citation does, which may be careless.
    """
    if (named := bodies.of_symbol(number)) is not None:
        return named
    issuer = re.sub(r"^(?:Bộ trưởng|Thống đốc|Tổng Thanh tra|Chủ tịch(?= Ủy ban nhân dân))\s+", "", issuer)
    return next((short for short, full in bodies.full_names().items() if full == issuer), issuer)


def _plain_name(name: str) -> str:
    return re.sub(r"\s*\(sửa đổi\)$", " sua doi", name)


@cache
def _forms() -> dict[str, str]:
    return {slug(row["name"]): row["iri"] for row in tables.rows("types")}


def _kind(type: str) -> str:
    return slug(type)


def _named_by(abbreviation: str) -> str:
    names = [row["name"] for row in tables.rows("types") if abbreviation and abbreviation in tables.values(row["abbr"])]
    return slug(names[0]) if len(names) == 1 else ""


def of_document(instrument: Instrument) -> str | None:
    """The id of the document itself, the same that citations of it get; ``None`` where neither number nor type is known."""
    if not instrument.number and not (instrument.type and instrument.title):
        return None
    name = "" if instrument.number else f"{instrument.type} {instrument.title}"
    return instrument_id(type=instrument.type, number=instrument.number, issuer=instrument.issuer, date=instrument.date, name=name)


# --- who is meant, in one document ---------------------------------------------------------------------------------


class _Facts(msgspec.Struct, frozen=True):
    """What a mention tells of its instrument, in forms that compare: its id as far as known, what later mentions repeat of it."""

    id: str
    label: str  # the number, or the name
    other: str  # the name beside a number
    type: str
    issuer: str
    date: str
    complete: bool


@lru_cache(maxsize=8192)
def _facts(type: str, number: str, name: str, date: str, issuer: str) -> _Facts:
    by_name = "l:" + key(name) if name else ""
    id = _id(type, number, issuer, date, "" if number else name)
    if not number:
        return _Facts(id, by_name, "", key(type), slug(issuer), date, bool(name and date))
    mended = symbols.repaired(number)
    taken = symbols.parts(mended)
    # Number with its year, or number and date; always the issuer.
    complete = (
        taken is not None
        and bool(issuer or bodies.of_symbol(number))
        and bool(type or taken.type_abbr)
        and (bool(taken.year) or len(date) == 10)
    )
    date = date or (taken.year if taken else "")  # "Luật Đất đai năm 2013" is not the one numbered 31/2024/QH15
    return _Facts(id, "n:" + mended.casefold(), by_name, key(type), slug(_issuer(number, issuer)), date, complete)


def resolve(citations: Sequence[Citation], instrument: Instrument) -> tuple[Citation, ...]:
    """The citations with ``target``, ``state`` and ``candidates`` set; what they print stays as it is.

    ``resolved``: the id is complete. ``partial``: type and number (or a law's name) are known, issuer or date is not; the id says so
    with ``_``. ``ambiguous``: several instruments of the same document fit; ``candidates`` lists them and ``target`` is ``None``.
    ``unknown``: not enough to name anything.
    """
    own = instrument.id or of_document(instrument)
    facts = [
        _facts(c.type or "", c.number or "", c.name, c.date or "", c.issuer or "") if c.scope == "external" else None for c in citations
    ]
    known: dict[str, dict[str, _Facts]] = {}
    for fact in facts:
        if fact is not None and fact.complete:
            for label in (fact.label, fact.other):
                if label:
                    known.setdefault(label, {}).setdefault(fact.id, fact)
    for label, named in known.items():
        if label.startswith("l:"):
            # A law named with its year is the one that stands beside it with its number: not a second candidate.
            numbered = [k for k in named.values() if k.label != label]
            for k in list(named.values()):
                dated = [n for n in named.values() if len(n.date) > len(k.date) and _fits(k, n)]
                if k.label == label and len([n for n in numbered if _fits(k, n)] or dated) == 1:
                    del named[k.id]
    founding = (fact for citation, fact in zip(citations, facts, strict=True) if fact is not None and citation.relation == "legal_basis")
    basis = frozenset(target for fact in founding if (target := _meant(fact, known)[0]))
    done: list[Citation] = []
    for citation, fact in zip(citations, facts, strict=True):
        target, state, candidates = (own, "resolved" if own else "unknown", ()) if fact is None else _meant(fact, known, basis)
        done.append(_with(citation, target, state, candidates))
    return tuple(done)


def _with(c: Citation, target: str | None, state: State, candidates: tuple[str, ...]) -> Citation:
    return Citation(
        node=c.node,
        start=c.start,
        end=c.end,
        text=c.text,
        scope=c.scope,
        type=c.type,
        number=c.number,
        name=c.name,
        date=c.date,
        issuer=c.issuer,
        provision=c.provision,
        relation=c.relation,
        target=target,
        target_node=c.target_node,
        state=state,
        candidates=candidates,
    )


def _meant(
    fact: _Facts, known: dict[str, dict[str, _Facts]], basis: frozenset[str] = frozenset()
) -> tuple[str | None, State, tuple[str, ...]]:
    if not fact.label:
        return None, "unknown", ()
    fits = [k for k in known.get(fact.label, {}).values() if _fits(fact, k)]
    if fact.complete:
        # A law by name and year is the one that the document names by number or by its whole date.
        better = [k for k in fits if k.id != fact.id and k.complete] if fact.label.startswith("l:") else []
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
    return not (fact.date and known.date and not known.date.startswith(fact.date) and not fact.date.startswith(known.date))

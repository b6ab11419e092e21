"""From the name a person types to the names that are held: bodies, issuers, places, programmes, kinds; the nearest where there is none.

Names are looked up in the order of their index, one different name after another, so the cost grows with the names, not with the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from vanban.parser.names import bodies

from ..records import UnknownName
from ..schema import Target
from ..words import asked, clean, name_key

What = Literal["body", "place", "programme", "kind", "issuer", "field", "unit"]
_SUGGESTIONS = 10
_SHORT = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "ttcp": "thu tuong chinh phu", "qh": "quoc hoi", "cp": "chinh phu"}
"""Abbreviations as they are typed without diacritics; those with are the parser's."""


def meant(
    session: Session,
    what: What,
    query: str,
    column: InstrumentedAttribute[Any],
    *where: Any,
    indexed: bool = True,
    keyed: InstrumentedAttribute[str] | None = None,
) -> list[str] | UnknownName:
    """The values of ``column`` that a name means: the one that is called so, else all that hold its words. The first needs no look at the
    others where a column (``keyed``) has the values without diacritics."""
    query = clean(query).strip()
    asked(query)  # a pasted page is refused
    keys = _keys(query)
    if keyed is not None:
        called = session.execute(select(column, keyed).where(keyed.in_(keys), *where)).all()
        for key in keys:
            if same := [value for value, its in called if its == key]:
                return sorted(same)
    values = distinct(session, column, *where) if indexed else session.scalars(select(column).where(*where).distinct())
    held = {value: name_key(value) for value in values if value}
    for key in keys:
        if same := [value for value, its in held.items() if its == key]:
            return sorted(same)
    for key in keys:
        if within := [value for value, its in held.items() if key and f" {key} " in f" {its} "]:
            return sorted(within)
    for key in keys:
        if within := [value for value, its in held.items() if key and set(key.split()) <= set(its.split())]:
            return sorted(within)
    return UnknownName(what=what, query=query, suggestions=_near(name_key(query), held.items()))


def unit(session: Session, query: str) -> list[str] | UnknownName:
    """The units of targets that are meant, with or without diacritics; where there is none, those that are most used."""
    asked_for = clean(query).strip()
    wanted = name_key(asked_for) or asked_for
    used = select(Target.unit, Target.normal_unit, func.count()).group_by(Target.unit, Target.normal_unit)
    held: Counter[str] = Counter()
    for printed, normal, n in session.execute(used):
        held.update({printed: n, **({normal: n} if normal != printed else {})})
    if found := sorted(one for one in held if one and (one == asked_for or (name_key(one) or one) == wanted)):
        return found
    near = _near(wanted, ((one, name_key(one) or one) for one in held))
    most = sorted((one for one in held if one and one not in near), key=lambda one: (-held[one], one))
    return UnknownName(what="unit", query=query, suggestions=(*near, *most)[:_SUGGESTIONS])


def distinct(session: Session, column: InstrumentedAttribute[Any], *where: Any) -> list[str]:
    """The different values of a column, by one look-up each: an index that begins with ``where`` and the column is wanted."""
    first = select(func.min(column).label("value")).where(*where)
    each = first.cte("each", recursive=True)
    following = select(func.min(column)).where(column > each.c.value, *where).scalar_subquery()
    each = each.union_all(select(following).where(each.c.value.is_not(None)))
    return [value for value in session.scalars(select(each.c.value)) if value is not None]


def _keys(query: str) -> list[str]:
    """As typed; its abbreviations written out, as the parser does (``UBND tỉnh``) and where diacritics are missing (``ubnd tinh``)."""
    plain = name_key(query)
    long = " ".join(_SHORT.get(word, word) for word in plain.split())
    return list(dict.fromkeys(key for key in (plain, name_key(bodies.whole(query)), long) if key))


def _near(key: str, held: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The values whose keys look most like it; where none does, those that share most words."""
    by_key: dict[str, str] = {}
    for value, its in held:
        by_key.setdefault(its, value)
    if not key or len(key) > 200:
        return ()
    if found := get_close_matches(key, by_key, n=_SUGGESTIONS, cutoff=0.75):
        return tuple(by_key[one] for one in found)
    words = set(key.split())
    shared = sorted((-len(words & set(its.split())), its) for its in by_key if words & set(its.split()))
    return tuple(by_key[its] for _, its in shared[:_SUGGESTIONS])

"""The body that an instrument's number names: ``06/2022/NĐ-CP`` is of Chính phủ, ``94/NQ-HĐND`` of the council of the document's province.

Which bodies have which codes is in ``lexicon/issuers.tsv``; how a name is made whole is :mod:`bodies`' matter.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .. import tables
from . import bodies, symbols
from .bodies import Home


@cache
def _by_code() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for row in tables.rows("issuers"):
        for code in tables.values(row["codes"]):
            found.setdefault(code, (row["name"], row["takes"]))
    return found


@lru_cache(maxsize=4096)
def of_symbol(number: str, type: str | None = None, home: Home | None = None) -> str | None:
    """The issuer that a number names by itself, ``None`` where it names none or may name several (``TW``).

    >>> of_symbol("06/2022/NĐ-CP"), of_symbol("77/2015/QH13"), of_symbol("19-NQ/TW")
    ('Chính phủ', 'Quốc hội', None)
    >>> of_symbol("94/NQ-HĐND", home=bodies.Home(None, "tỉnh Thái Nguyên"))
    'Hội đồng nhân dân tỉnh Thái Nguyên'
    """
    taken = symbols.meant(number)
    if taken is None:
        return None
    if taken.family == "cong_van":
        return _coded(taken.type_abbr, home)
    org = taken.org
    if taken.type_abbr in symbols.joint_types():
        names = [_coded(code, home) for code in re.split(r"[/-]", org) if code]
        if len(names) < 2 or None in names:
            return None
        known = [name for name in names if name]
        return " và ".join([", ".join(known[:-1]), known[-1]])
    if taken.family in {"party", "state_noyear", "state_year", "assembly", "old_bare", "old_slash3", "old_hyphen"}:
        return _coded(org, home) or _coded(org.split("-")[0], home)
    return None


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in tables.rows("issuers"):
        for code in tables.values(row["codes"]) if row["takes"] else ():
            found.setdefault(code, []).append(row["name"])
    return {code: tuple(names) for code, names in found.items()}


def kinds_of_symbol(number: str) -> tuple[str, ...]:
    """What kinds of body a number may name, where every place has its own: ``15/2018/QĐ-UBND`` → ``Ủy ban nhân dân``, ``10-NQ/TU`` →
    ``Tỉnh ủy`` and ``Thành ủy``; none where it names another.
    """
    taken = symbols.meant(number)
    return _kinds().get(taken.org.split("-")[0], ()) if taken is not None and taken.family != "cong_van" else ()


def of_kind(number: str) -> str | None:
    """The one body that issues all instruments of a kind whose numbers name no body: ``16/2017/AL`` is of Tòa án nhân dân tối cao."""
    taken = symbols.meant(number)
    return _coded(taken.type_abbr, None) if taken is not None and taken.family == "joint_year_bare" else None


def _coded(code: str, home: Home | None) -> str | None:
    body = _by_code().get(code) or _by_code().get(re.sub(r"\d+$", "", code))
    if body is None:
        return None
    full, takes = body
    if not takes:
        return full
    if code == "TU":
        place = bodies.home_province(home)
        return f"{'Thành ủy' if place.kind == 'thành phố' else 'Tỉnh ủy'} {place.name}" if place else None
    name = bodies.whole(full, home)
    return name if name != full else None

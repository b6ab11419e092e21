"""The id of an instrument: a readable name of the work, the same wherever and however it is cited.

Ids follow the naming of works in Akoma Ntoso: ``/akn/vn/{act|doc}/{type}/{issuer}/{date}/{number or name}``, all in small letters without
tone marks, ``đ`` kept as a letter of its own; ``_`` where a part is not known::

    /akn/vn/act/nghi-đinh/chinh-phu/2022/06-nđ-cp                          Nghị định số 06/2022/NĐ-CP
    /akn/vn/act/nghi-quyet/ban-chap-hanh-trung-uong-đang/2017-10-25/19-nq-tw   Nghị quyết số 19-NQ/TW ngày 25/10/2017
    /akn/vn/act/luat/quoc-hoi/2015-06-19/luat-to-chuc-chinh-quyen-đia-phuong   a law by name and date
    /akn/vn/doc/ket-luan/bo-chinh-tri/_/132-kl-tw                          partial: the date is not said

The date is the year alone where the number itself holds one, since such a number is used once; otherwise it is the whole date, for numbers
begin anew every year or every term. A number is never an identity: the two 19-NQ/TW have two ids.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from .. import tables
from ..fold import key
from . import bodies, issuers, symbols

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
        issuer = issuing_body(number, issuer)
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


@lru_cache(maxsize=8192)
def issuing_body(number: str, issuer: str) -> str:
    """The body, not the person who signs for it: ``Bộ trưởng Bộ Công an`` and ``Bộ Công an`` issue the same Thông tư.

    A symbol that names one body names it better than a citation does, which may be careless.
    """
    if (named := issuers.of_symbol(number) or issuers.of_kind(number)) is not None:
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

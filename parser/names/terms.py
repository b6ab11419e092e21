"""Terms of the Party's Central Committee: its numbers begin anew in each, so that ``18-NQ/TW … khóa XII`` is not the one of ``khóa XIII``.

The days are in ``lexicon/terms.tsv``. Terms of local committees are not told here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .. import tables
from .patterns import GAP

_TOLD = re.compile(r"\bkh(?:óa|oá)\s+([IVX]{1,5})\b", re.IGNORECASE)
_BEHIND = re.compile(rf"(?:,?{GAP}|\s?\()(?:Đảng{GAP})?kh(?:óa|oá){GAP}[IVX]{{1,5}}(?!\w)\)?", re.IGNORECASE)


def end(text: str, position: int) -> int:
    """Where a term ends that is printed at ``position``, behind a number, a date or a body; ``position`` itself where none is.

    >>> end("18-NQ/TW (khóa XII) về", 8)
    19
    """
    behind = _BEHIND.match(text, position)
    return behind.end() if behind is not None else position


def told(text: str) -> str:
    """The term that the text of a citation names, empty where it names none.

    >>> told("Nghị quyết số 18-NQ/TW của Ban Chấp hành Trung ương Đảng khóa XII")
    'XII'
    """
    found = _TOLD.search(text)
    return found[1].upper() if found is not None else ""


def of(date: str) -> str:
    """The term in which a day lies; empty before the first that is known."""
    found = ""
    for term, since in _terms():
        if since > date:
            break
        found = term
    return found


@lru_cache(maxsize=1024)
def may_lie(date: str, term: str) -> bool:
    """Whether a day, month or year may lie in a term; also where the term is not known.

    >>> may_lie("2017-10-25", "XII"), may_lie("2021", "XII"), may_lie("2022-06-16", "XII")
    (True, True, False)
    """
    since = dict(_terms()).get(term)
    if since is None:
        return True
    until = next((begins for _, begins in _terms() if begins > since), "9999")
    size = len(date)
    return since[:size] <= date <= until[:size]


@cache
def _terms() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((row["term"], row["since"]) for row in tables.rows("terms")), key=lambda term: term[1]))

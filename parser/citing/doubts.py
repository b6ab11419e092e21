"""Findings about citations: what a careful reader would want to check before following one.

Codes and words are in ``lexicon/findings.tsv``, as all findings' are. The citations keep what is printed; a finding says what is odd in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..findings import make
from ..model import Citation, Finding, Instrument
from ..names import symbols

_ELSEWHERE = ("Phụ lục", "Mẫu", "Biểu")
"""What often stands in a file of its own: that it is not here is no fault of the reference."""


def of(citations: Iterable[Citation], instrument: Instrument | None = None) -> tuple[Finding, ...]:
    """Numbers that had to be mended to be understood, dates that cannot be, provisions that are not there (each said once), numbers that
    may mean several instruments.
    """
    return tuple(_findings(citations, instrument or Instrument()))


def _findings(citations: Iterable[Citation], instrument: Instrument) -> Iterator[Finding]:
    missing: set[str] = set()
    for c in citations:
        if c.scope == "internal" and c.target_node is None and c.provision:
            if c.provision not in missing and not c.provision.startswith(_ELSEWHERE) and not c.provision.endswith("này"):
                missing.add(c.provision)  # said where it is first missed
                yield make("reference.no-node", c, provision=c.provision)
        elif c.scope == "external":
            if c.number:
                yield from _number(c, instrument)
            if c.state == "ambiguous":
                yield make("citation.ambiguous", c, number=c.number or c.name, count=len(c.candidates))


def _number(c: Citation, instrument: Instrument) -> Iterator[Finding]:
    number = c.number or ""
    mended = symbols.repaired(number)
    own = symbols.parts(mended)
    if mended != number and own:
        yield make("citation.number-mended", c, number=number, mended=mended)
    if not c.date:
        return
    if own is not None and own.year and own.year != c.date[:4]:
        yield make("citation.year", c, number=number, date=c.date)
    if instrument.date and c.date > instrument.date and len(c.date) == 10:
        yield make("citation.later", c, number=number, date=c.date, own=instrument.date)

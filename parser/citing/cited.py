"""The citations of a text that is not a document of its own: a line, a clipping, a page; and those of a document, by themselves."""

from __future__ import annotations

import msgspec

from ..model import Citation, Document, Finding, Instrument
from ..names import dates
from ..register import Register
from . import citations, doubts, identity


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """What a text cites: ``citations`` of other instruments in order, each with its identity and state, and ``findings`` about them.

    Offsets count characters of the text that was given; of a file, of :attr:`Document.text`.
    """

    citations: tuple[Citation, ...] = ()
    findings: tuple[Finding, ...] = ()


def of_text(text: str, *, date: str | None = None, issuer: str | None = None, register: Register | None = None) -> Cited:
    """The citations of loose text. ``date`` and ``issuer`` are those of the document it is from, as far as they are known: short names
    ("Hội đồng nhân dân tỉnh") are made whole by the one, bare laws told by the other: by the day, or by a month or year through which one
    law of the name was in force. Raises ``ValueError`` for a ``date`` that is none.
    """
    if date is not None and not dates.is_iso(date):
        raise ValueError(f"date={date!r} không phải ngày / is no date: 2024-03-01, 2024-03, 2024")
    about = Instrument(date=date, issuer=issuer)
    found = identity.resolve(citations.find(text, (), about), about, register)
    return Cited(citations=found, findings=doubts.of(found, Instrument(date=date), register))


def of_document(document: Document) -> Cited:
    """The citations of a document that is parsed, and the findings about them."""
    about = ("citation.", "register.", "issuer.")
    return Cited(
        citations=tuple(c for c in document.citations if c.scope == "external"),
        findings=tuple(f for f in document.findings if f.code.startswith(about)),
    )

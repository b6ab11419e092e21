"""Which documents an export holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from vanban.parser.model import Document as Parsed

from .. import standing
from ..questions.dates import Period, period
from ..questions.names import meant
from ..questions.parts import CURRENT
from ..records import Ambiguous, KnowledgeBaseError, NotFound, UnknownName, called
from ..resolution import resolve
from ..schema import Document, SourceFile
from ..search import holding
from ..words import iso_date
from . import Selection

PORTION = 32
"""Documents read at once: a few megabytes of rows."""
_WHOLE = 8
"""Whole Documents at once."""


class Held(NamedTuple):
    """A document that is held: its row's id; ``key``, the same in every database; its instrument, where that is known."""

    id: int
    key: str
    instrument: str | None


def key_of(sha256: str, part: int) -> str:
    """A document's key in exports: of its file's bytes and its place in the file."""
    return f"{sha256[:16]}-{part}"


def instruments(session: Session, selection: Selection) -> tuple[str, ...]:
    """The ids of the instruments that are named; what is none, or several, is an error that says so."""
    found = []
    for number in selection.numbers:
        answer = resolve(session, number, selection.date)
        if isinstance(answer, Ambiguous):
            listed = "; ".join(f"{called(one)}: {one.id}" for one in answer.candidates)
            remedy = f"Chọn bằng --date, hoặc nêu id / choose with --date, or give an id: {listed}"
            raise KnowledgeBaseError(number, f"là của {len(answer.candidates)} văn bản / several instruments are meant", remedy)
        if isinstance(answer, NotFound):
            raise KnowledgeBaseError(number, "không có trong kho / not in the knowledge base", "Xem / see: vanban search, vanban documents")
        found.append(answer.id)
    return tuple(found)


def _day(date: str) -> str:
    """A date in any spelling (``31/01/2026``, ``2026-01``) as ISO; what is none is an error."""
    try:
        return iso_date(date) or date
    except ValueError as error:
        remedy = "Viết / write: 2026-01-31, 31/01/2026, 2026-01, 2026"
        raise KnowledgeBaseError(date, f"không phải ngày / no date ({error})", remedy) from None


def _of(session: Session, what: Literal["issuer", "kind"], name: str) -> list[str]:
    """The issuers or types held that a name means, as questions take it; none is an error that lists those it may have meant."""
    column, indexed = (Document.issuer_key, True) if what == "issuer" else (Document.type, False)
    found = meant(session, what, name, column, Document.current, indexed=indexed)
    if isinstance(found, UnknownName):
        here = found.suggestions or (() if what == "issuer" else _types(session))
        called = "cơ quan ban hành này / no document of this issuer" if what == "issuer" else "loại văn bản này / no document of this type"
        remedy = f"Có phải / did you mean: {'; '.join(here)}" if here else "Xem kho có gì / see what is held: vanban documents"
        raise KnowledgeBaseError(name or '""', f"kho không có {called} is held", remedy)
    return found


def _types(session: Session) -> tuple[str, ...]:
    return tuple(sorted(one for one in session.scalars(select(Document.type).where(Document.current).distinct()) if one))


def documents(session: Session, selection: Selection) -> list[Held]:
    """The current documents that are selected, in the order of every export; where a choice was made and meets none, an error says so."""
    found = select(Document.id, SourceFile.sha256, Document.part, Document.instrument_id).join(
        SourceFile, SourceFile.id == Document.source_id
    )
    found = found.where(*_chosen(session, selection), *_period(selection).within(Document.date))
    rows = session.execute(found.order_by(SourceFile.sha256, Document.part)).all()
    if selection.words:
        hits = holding(session, selection.words)
        rows = [row for row in rows if row.id in hits]
    if not rows and selection != Selection():
        remedy = "Nới điều kiện chọn, xem kho có gì / choose more widely, see what is held: vanban documents"
        raise KnowledgeBaseError("export", "không văn bản nào được chọn / no document held is chosen", remedy)
    return [Held(id, key_of(sha256, part), instrument) for id, sha256, part, instrument in rows]


def undated(session: Session, selection: Selection) -> int:
    """How many are as selected in all else, but of whose date too little is known."""
    if not (of := _period(selection)):
        return 0
    untold = session.scalars(select(Document.id).where(*_chosen(session, selection), of.untold(Document.date))).all()
    return len(holding(session, selection.words).intersection(untold) if untold and selection.words else untold)


def _period(selection: Selection) -> Period:
    return period(*(_day(one) if one else None for one in (selection.since, selection.until)))


def _chosen(session: Session, selection: Selection) -> list[ColumnElement[bool]]:
    """What is selected but for dates and words."""
    where: list[ColumnElement[bool]] = [CURRENT]
    if selection.numbers:
        where.append(Document.instrument_id.in_(instruments(session, selection)))
    if selection.type:
        where.append(Document.type.in_(_of(session, "kind", selection.type)))
    if selection.issuer:
        where.append(Document.issuer_key.in_(_of(session, "issuer", selection.issuer)))
    return where


def whole(session: Session, selection: Selection) -> Iterator[Parsed]:
    """The Documents that are selected as they stand, read a portion at a time."""
    held = documents(session, selection)
    for at in range(0, len(held), _WHOLE):
        yield from standing.documents(session, [one.id for one in held[at : at + _WHOLE]])

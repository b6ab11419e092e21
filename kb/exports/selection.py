"""Which documents an export holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from vanban.parser.model import Document as Parsed

from ..records import Ambiguous, KnowledgeBaseError, NotFound, Search, called
from ..resolution import resolve
from ..schema import Document, SourceFile
from ..search import search
from ..words import iso_date, name_key
from . import Selection

PORTION = 32
"""Documents read at once: a few megabytes of rows."""


class Held(NamedTuple):
    """A document that is held: its row's id; ``key``, the same in every database; its instrument, where that is known."""

    id: int
    key: str
    instrument: str | None


def key_of(sha256: str, part: int) -> str:
    """A document's key in exports: of its file's bytes and its place in the file."""
    return f"{sha256[:16]}-{part}"


def instruments(session: Session, numbers: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the instruments that are meant; what is none, or several, is an error that says so."""
    found = []
    for number in numbers:
        answer = resolve(session, number, None)
        if isinstance(answer, Ambiguous):
            listed = "; ".join(f"{called(one)}: {one.id}" for one in answer.candidates)
            remedy = f"Nêu id / give an id: {listed}"
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


def _types(session: Session, type: str) -> list[str]:
    """The types held that are meant, with or without diacritics; none is an error that lists them."""
    held = sorted(one for one in session.scalars(select(Document.type).where(Document.current).distinct()) if one)
    meant = [one for one in held if name_key(one) == name_key(type)]
    if not meant:
        raise KnowledgeBaseError(
            type, "kho không có loại văn bản này / no document of this type is held", f"Có / there are: {', '.join(held) or '-'}"
        )
    return meant


def documents(session: Session, selection: Selection) -> list[Held]:
    """The current documents that are selected, in the order of every export."""
    found = select(Document.id, SourceFile.sha256, Document.part, Document.instrument_id).join(
        SourceFile, SourceFile.id == Document.source_id
    )
    found = found.where(Document.current)
    if selection.numbers:
        found = found.where(Document.instrument_id.in_(instruments(session, selection.numbers)))
    if selection.type:
        found = found.where(Document.type.in_(_types(session, selection.type)))
    if selection.since:
        found = found.where(Document.date >= _day(selection.since))
    if selection.until:
        found = found.where(Document.date < _day(selection.until) + "~")  # 2024 takes in 2024-12-31
    if selection.issuer:
        for word in name_key(selection.issuer).split():
            found = found.where((" " + Document.issuer_key + " ").contains(f" {word} ", autoescape=True))
    rows = session.execute(found.order_by(SourceFile.sha256, Document.part)).all()
    if selection.words:
        found_words = search(session, selection.words, limit=None)
        hits = {(hit.document.sha256, hit.document.part) for hit in found_words.items} if isinstance(found_words, Search) else set()
        rows = [row for row in rows if (row.sha256, row.part) in hits]
    return [Held(id, key_of(sha256, part), instrument) for id, sha256, part, instrument in rows]


def whole(session: Session, selection: Selection) -> Iterator[Parsed]:
    """The Documents that are selected, read a portion at a time."""
    held = documents(session, selection)
    for at in range(0, len(held), PORTION):
        ids = [one.id for one in held[at : at + PORTION]]
        packed = {id: json for id, json in session.execute(select(Document.id, Document.json).where(Document.id.in_(ids)))}  # noqa: C416
        for one in ids:
            yield Parsed.from_json(packed.pop(one))

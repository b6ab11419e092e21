"""From what a person types to the instrument that is meant: one, or the candidates to choose from.

A number is not an identity. ``19-NQ/TW`` belongs to a resolution of 2023 and to one of 2017: the answer is both, and a date or an
id decides. Taken in this order: an instrument's id, its number in any spelling, its name, the file its text came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import PurePath
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from vanban.parser import fold

from .records import Ambiguous, DocumentRecord, InstrumentRecord, NotFound, NotHeld, numbered
from .schema import Alias, Citation, Document, Instrument, SourceFile, key_of, portions
from .words import clean, iso_date, name_key, near_numbers, number_key, strict_number_key

_YEAR = re.compile(r"/(\d{4})/")
_AROUND = re.compile(r"\s*([/\-])\s*")
_SAID = re.compile(
    r"[\s,(](?:ngày |ngay )?(?:(\d{1,2})(?:[/.-]| tháng | thang )(\d{1,2})(?:[/.-]| năm | nam )|(?:năm|nam) )(\d{4})(?!\d)", re.IGNORECASE
)
_PART = re.compile(r"(.+)#([1-9][0-9]{0,5})", re.DOTALL)
_SUM = "sha256:"
_SUGGESTIONS = 10
_LONGEST = 1000
_RECORD = Instrument.id, Instrument.type, Instrument.number, Instrument.date, Instrument.issuer, Instrument.name, Instrument.held


def resolve(session: Session, query: str, date: str | None = None) -> InstrumentRecord | Ambiguous | NotFound:
    """The one instrument that ``query`` means, of ``date`` (or of that year or month) where one is given.

    A date that is part of the query counts too: ``Nghị quyết số 19-NQ/TW ngày 25 tháng 10 năm 2017`` is one, as printed.
    """
    date = iso_date(date) if date else None
    if len(query) > _LONGEST:
        return NotFound(query=query, date=date)
    words, said = _said(clean(query).strip())
    wanted = date or said
    if wanted and len(chosen := _dated(_matching(session, words, wanted[:4]), wanted)) == 1:
        return chosen[0]
    found = (said and _matching(session, words)) or _matching(session, clean(query).strip())
    chosen = _dated(found, wanted) if wanted else found
    if len(chosen) == 1:
        return chosen[0]
    if chosen:
        return Ambiguous(query=query, candidates=tuple(chosen))
    return NotFound(query=query, date=date, suggestions=tuple(found or _alike(session, clean(query))))


def held(session: Session, query: str, date: str | None = None) -> Document | Ambiguous | NotFound | NotHeld:
    """The one document that is meant: the text of an instrument, or a file whose instrument could not wholly be told."""
    meant = resolve(session, query, date)
    if isinstance(meant, InstrumentRecord):
        of_it = _from_file(meant.id) if meant.id.startswith(_SUM) else Document.instrument_id == meant.id
        found = _documents(session, of_it)
        if len(found) > 1:  # a file that prints it twice: the part that is named is meant
            found = _documents(session, of_it, _from_file(clean(query).strip())) or found
        nothing: NotHeld | NotFound = NotHeld(query=query, instrument=meant, citations=mentions(session, meant.id))
    elif isinstance(meant, Ambiguous) or meant.date or len(query) > _LONGEST:
        return meant
    else:
        found, nothing = _unidentified(session, clean(query).strip()), meant
    if len(found) > 1:
        return Ambiguous(query=query, candidates=tuple(_stand_in(document, source) for document, source in found))
    return found[0][0] if found else nothing


def mentions(session: Session, instrument: str) -> int:
    """How often an instrument is cited by others."""
    return (
        session.scalar(select(func.count()).select_from(Citation).where(Citation.target_key == instrument, Citation.scope == "external"))
        or 0
    )


def instruments(session: Session, where: ColumnElement[bool], limit: int | None = None) -> list[InstrumentRecord]:
    """Instruments as records, in a stable order: by date (unknown last), then id."""
    order = Instrument.date.is_(None), Instrument.date.desc(), Instrument.id
    rows = session.connection().execute(select(*_RECORD).where(where).order_by(*order).limit(limit)).all()
    return [
        InstrumentRecord(id=identity, type=type_, number=number, date=date, issuer=issuer, name=name, held=here)
        for identity, type_, number, date, issuer, name, here in rows
    ]


def by_id(session: Session, ids: Iterable[str]) -> dict[str, InstrumentRecord]:
    """The instruments of these ids."""
    return {found.id: found for part in portions(sorted(set(ids))) for found in instruments(session, Instrument.id.in_(part))}


def by_key(session: Session, keys: Iterable[int]) -> dict[int, InstrumentRecord]:
    """The instruments that these keys stand for."""
    found = (one for part in portions(sorted(set(keys))) for one in instruments(session, Instrument.key.in_(part)))
    return {key_of(one.id): one for one in found}


def document_record(document: Any, source: Any) -> DocumentRecord:
    """A row of a document and that of its file as they are answered."""
    of_file = numbered(f"{_SUM}{source.sha256}", document.part)
    return DocumentRecord(
        id=document.instrument_id if document.instrument_id and document.identified else of_file,
        instrument=document.instrument_id,
        type=document.type,
        number=document.number,
        date=document.date,
        issuer=document.issuer,
        title=document.title,
        source=source.name,
        sha256=source.sha256,
        part=document.part,
    )


def _matching(session: Session, query: str, year: str | None = None) -> list[InstrumentRecord]:
    """Those that are meant. Of a number, only those of a ``year`` or of none: others can be neither of a date in it, nor tell more than one
    that is."""
    if not query:
        return []
    if found := instruments(session, Instrument.id == query):
        return found
    return _distinct(_named(session, query, year))


def _named(session: Session, query: str, year: str | None) -> list[InstrumentRecord]:
    """By number, name or file."""
    within = or_(Instrument.date.is_(None), _begins(Instrument.date, year)) if year else true()
    for spelling in _spellings(query):
        if not (key := number_key(spelling)):
            continue
        if found := instruments(session, and_(Instrument.number_key == key, within)):
            # QĐ was typed: QD is another number, unless there is no other.
            strict = strict_number_key(spelling)
            same = [one for one in found if strict_number_key(one.number or "") == strict]
            return same or ([] if year else found)
        if year and instruments(session, Instrument.number_key == key, 1):
            return []
    return _called(session, query) or _of_file(session, query)


def _called(session: Session, query: str) -> list[InstrumentRecord]:
    """By the name that others cite it by, or that its own text bears; a law and its consolidated text bear the same."""
    if not (name := name_key(query)):
        return []
    own = dict(session.execute(select(Alias.instrument_id, Alias.text).where(Alias.kind == "name", Alias.key == name)).all())
    found = instruments(session, or_(Instrument.name_key == name, Instrument.id.in_(sorted(own))))
    typed = fold.key(query)
    return [one for one in found if typed in (fold.key(one.name), fold.key(own.get(one.id, "")))] or found


def _of_file(session: Session, query: str) -> list[InstrumentRecord]:
    """The instruments of a file, or of its part that is named; none where none of them could wholly be told."""
    found = _documents(session, _from_file(query))
    known = by_id(session, (document.instrument_id for document, _ in found if document.identified and document.instrument_id))
    if not known:
        return []
    listed = (known.get(document.instrument_id or "") if document.identified else _stand_in(document, source) for document, source in found)
    return [one for one in listed if one]


def blurred(session: Session, meant: InstrumentRecord) -> list[str]:
    """The ids of instruments that are told by less and may be this one: ``Nghị quyết 117/NQ-CP`` without its date, a law by its name."""
    alike = []
    if key := number_key(meant.number or ""):
        when = _when(meant)
        less = or_(Instrument.date.is_(None), Instrument.date.in_(sorted({when[:4], when[:7], when})))
        alike += instruments(session, and_(Instrument.number_key == key, less))
    if name := name_key(meant.name):
        alike += instruments(session, and_(Instrument.name_key == name, Instrument.number_key.is_(None)))
    return [one.id for one in alike if _may_be(one, meant)]


def _distinct(found: list[InstrumentRecord]) -> list[InstrumentRecord]:
    """Without those that only lack what another of them tells. What is held stays, whatever it lacks."""
    return [one for one in found if one.held or not any(_may_be(one, other) for other in found)]


def _may_be(less: InstrumentRecord, more: InstrumentRecord) -> bool:
    """All that is known of ``less`` is true of ``more``, of which more is known."""
    said, whole = _known(less), _known(more)
    return said != whole and whole[0].startswith(said[0]) and all(a in ("", b) for a, b in zip(said[1:], whole[1:], strict=True))


def _known(one: InstrumentRecord) -> tuple[str, ...]:
    return _when(one), name_key(one.type or ""), name_key(one.issuer or ""), number_key(one.number or "") or ""


def _when(one: InstrumentRecord) -> str:
    """Its date, or what its id tells of it (a constitution has no other), or the year in its number: ``83/2015/QH13``."""
    year = _YEAR.search(one.number or "")
    return one.date or date_in_id(one.id) or (year[1] if year else "")


def date_in_id(instrument: str) -> str | None:
    """The day or year that an instrument's id holds: ``/akn/vn/act/luat/quoc-hoi/2025/71-qh15`` → ``2025``."""
    parts = instrument.split("/")
    return parts[-2] if len(parts) > 2 and parts[-2][:4].isdigit() else None


def _from_file(query: str) -> ColumnElement[bool]:
    """The file is named, or a document of it (``cong-bao.pdf#2``): with or without its folder and its ending, or by ``sha256:`` and the
    beginning of its sum. The whole sum alone is its first document, as that one's id is written."""
    if part := _PART.fullmatch(query):
        return or_(_file_named(query), and_(_file_named(part[1]), Document.part == int(part[2])))
    whole = query.startswith(_SUM) and len(query) == len(_SUM) + 64
    return and_(_file_named(query), Document.part == 1) if whole else _file_named(query)


def _file_named(name: str) -> ColumnElement[bool]:
    if name.startswith(_SUM) and len(name) > len(_SUM):
        return _begins(SourceFile.sha256, name.removeprefix(_SUM))
    names = {name for name in (name, PurePath(name).name) if name}
    return or_(SourceFile.name.in_(names), *(_begins(SourceFile.name, f"{name}.") for name in sorted(names)))


def _begins(column: InstrumentedAttribute[Any], words: str) -> ColumnElement[bool]:
    """The column begins so, letter by letter: between two values of its index, which ``LIKE`` would not use."""
    return and_(column >= words, column < f"{words}\U0010ffff")


def version_of(typed: str) -> Callable[[str, str, int], bool]:
    """Whether a document of a file (its name, sum and part) is the version that is meant: ``94-sua.md``, ``cong-bao.pdf#2``, or
    ``sha256:`` and the beginning of the sum."""
    wanted = clean(typed).strip()
    sum_of = wanted.removeprefix(_SUM) if wanted.startswith(_SUM) and len(wanted) > len(_SUM) else None

    def is_meant(name: str, sha256: str, part: int) -> bool:
        if sum_of is not None:
            return numbered(sha256, part).startswith(sum_of)
        return wanted in (name, numbered(name, part), PurePath(name).stem)

    return is_meant


def _unidentified(session: Session, query: str) -> list[tuple[Document, SourceFile]]:
    """Documents whose instrument could not wholly be told, by their file or by the number they carry."""
    if not query:
        return []
    key = number_key(query)
    return _documents(session, ~Document.identified & (or_(_from_file(query), Document.number_key == key) if key else _from_file(query)))


def _documents(session: Session, *where: ColumnElement[bool]) -> list[tuple[Document, SourceFile]]:
    rows = session.execute(
        select(Document, SourceFile)
        .join(SourceFile, SourceFile.id == Document.source_id)
        .where(Document.current, *where)
        .order_by(SourceFile.name, SourceFile.id, Document.part)
    )
    return [(document, source) for document, source in rows]


def _stand_in(document: Document, source: SourceFile) -> InstrumentRecord:
    """A document without an instrument among candidates: its id leads to it."""
    return InstrumentRecord(
        id=numbered(f"{_SUM}{source.sha256}", document.part),
        type=document.type,
        number=document.number,
        date=document.date,
        issuer=document.issuer,
        name=document.title or numbered(source.name, document.part),
        held=True,
    )


def _said(query: str) -> tuple[str, str | None]:
    """The words before a date in the query, and the date."""
    query = " ".join(unicodedata.normalize("NFC", query).split())
    if match := _SAID.search(query):
        day, month, year = match.groups()
        with suppress(ValueError):
            return query[: match.start()], iso_date("/".join(filter(None, (day, month, year))))
    return query, None


def _spellings(query: str) -> list[str]:
    """The number in ``Nghị quyết số 117 / NQ - CP ngày 30/7/2023``: the whole, all from its first figure, the first word with one."""
    tight = _AROUND.sub(r"\1", fold.match_form(query))
    first = re.search(r"\d", tight)
    rest = tight[first.start() :] if first else ""
    return [query, rest, rest.split(maxsplit=1)[0]] if rest else []


def _dated(found: list[InstrumentRecord], date: str) -> list[InstrumentRecord]:
    """Those of that date; where none is, those known only by a year or month that holds it."""
    return [one for one in found if _when(one).startswith(date)] or [one for one in found if _when(one) and date.startswith(_when(one))]


def _alike(session: Session, query: str) -> list[InstrumentRecord]:
    """Instruments whose number is one slip away (``118/NQ-CP`` → ``117/NQ-CP``), with the same first figure (``19`` → ``19-NQ/TW``), or
    whose name holds the words."""
    for spelling in _spellings(query)[:2]:
        near = near_numbers(key) if (key := number_key(spelling)) else []
        slips = [one for part in portions(near) for one in instruments(session, Instrument.number_key.in_(part), _SUGGESTIONS)]
        if slips:
            return slips[:_SUGGESTIONS]
    for spelling in reversed(_spellings(query)):
        figure = (number_key(spelling) or "").partition("|")[0].split(".")[0]
        if figure:
            same = or_(_begins(Instrument.number_key, f"{figure}|"), _begins(Instrument.number_key, f"{figure}."))
            if found := instruments(session, same, _SUGGESTIONS):
                return found
    words = [word for word in name_key(query).split() if not word.isdigit()]
    return (
        instruments(session, and_(*(Instrument.name_key.contains(word, autoescape=True) for word in words)), _SUGGESTIONS) if words else []
    )

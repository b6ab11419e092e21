"""What documents name beside their parts: instruments, programmes, organisations, places; kept as long as somebody names them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, exists, insert, or_, select, update

from . import words
from .prepare import Facts, Named
from .schema import (
    Alias,
    Candidate,
    Citation,
    Document,
    Instrument,
    InstrumentRelation,
    MandateInstrument,
    MandatePlace,
    MandateProgramme,
    Organisation,
    OrganisationMention,
    Place,
    PlaceMention,
    Programme,
    ProgrammeMention,
    RegisterFact,
    ResolutionChange,
    portions,
)

_FACTS = ("type", "number", "date", "issuer", "name")
_LASTING: dict[str, Any] = {"valid_from": None, "valid_to": None, "replaced_by": None}


def keep(connection: Connection, named: Named, itself: str | None) -> set[str]:
    """A row for everything named, with what is told of it: of ``itself`` by itself, of others where nothing was told before. The ids of
    the instruments are returned."""
    _keep_instruments(connection, named.instruments, itself)
    _keep_names(connection, Programme, named.programmes)
    _keep_names(connection, Organisation, {name: {"kind": kind, **_LASTING} for name, kind in named.organisations.items()})
    _keep_names(connection, Place, {name: {"kind": kind, "within": None, **_LASTING} for name, kind in named.places.items()})
    return set(named.instruments)


def _keep_instruments(connection: Connection, told: dict[str, Facts], itself: str | None) -> None:
    known: dict[str, Any] = {}
    for portion in portions(sorted(told)):
        known |= {row.id: row for row in connection.execute(_TOLD, {"wanted": portion})}
    if new := [{"id": one, **told[one], "citations": 0, "documents": 0} for one in sorted(told.keys() - known.keys())]:
        connection.execute(_NEW, new)
    for identity, row in sorted(known.items()):
        said = told[identity]
        changed = {k: said[k] for k in _FACTS if said[k] and said[k] != getattr(row, k) and (not getattr(row, k) or identity == itself)}
        if changed:
            number, name = changed.get("number", row.number), changed.get("name", row.name)
            keys = {"number_key": words.number_key(number or ""), "name_key": words.name_key(name) or None}
            connection.execute(update(Instrument).where(Instrument.id == identity).values(**changed, **keys))


_WANTED: BindParameter[Any] = bindparam("wanted", expanding=True)
_INSTRUMENT = (Instrument.id, Instrument.type, Instrument.number, Instrument.date, Instrument.issuer, Instrument.name)
_TOLD = select(*_INSTRUMENT).where(Instrument.id.in_(_WANTED))
_NEW = insert(Instrument)


def _keep_names(connection: Connection, table: type[Programme] | type[Organisation] | type[Place], told: dict[str, Facts]) -> None:
    if not told:
        return
    known: dict[str, Any] = {}
    for portion in portions(sorted(told)):
        known |= {row.name: row for row in connection.execute(_NAMES[table], {"wanted": portion})}
    new = [{"name": name, "name_key": words.name_key(name), **told[name]} for name in sorted(told.keys() - known.keys())]
    if new:
        connection.execute(_NEW_NAMES[table], new)
    for name, row in sorted(known.items()):
        if filled := {key: value for key, value in told[name].items() if value and not getattr(row, key)}:
            connection.execute(update(table).where(table.name == name).values(**filled))


_NAMES = {table: select(table.__table__).where(table.name.in_(_WANTED)) for table in (Programme, Organisation, Place)}
_NEW_NAMES = {table: insert(table) for table in (Programme, Organisation, Place)}


def alias(connection: Connection, instrument: str, text: str | None, origin: str = "document") -> None:
    """The name that an instrument's own text gives it; ``None``: none any more."""
    connection.execute(delete(Alias).where(Alias.instrument_id == instrument, Alias.origin == origin))
    if text and (key := words.name_key(text)):
        row = {"instrument_id": instrument, "kind": "name", "key": key, "origin": origin, "text": text}
        connection.execute(insert(Alias), [row])


def count(connection: Connection, before: Iterable[Counter[str]], after: Iterable[Counter[str]]) -> None:
    """Mentions that are there no more, and those that are there now, document by document, in the counts of the instruments they name."""
    citations: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for sign, counts in ((-1, before), (1, after)):
        for of_document in counts:
            for identity, n in of_document.items():
                citations[identity] += sign * n
                documents[identity] += sign
    changed = [
        {"identity": identity, "more": citations[identity], "more_documents": documents[identity]}
        for identity in sorted(citations)
        if citations[identity] or documents[identity]
    ]
    if changed:
        connection.execute(_COUNTED, changed)


_INSTRUMENTS = Instrument.metadata.tables["instruments"]
_COUNTED = (
    update(_INSTRUMENTS)
    .where(_INSTRUMENTS.c.id == bindparam("identity"))
    .values(
        citations=_INSTRUMENTS.c.citations + bindparam("more"),
        documents=_INSTRUMENTS.c.documents + bindparam("more_documents"),
    )
)


def forget(connection: Connection, instruments: Iterable[str]) -> None:
    """Instruments that nobody names any more, such as the wrong readings of an earlier parse. Programmes, organisations and places that a
    document named alone go too."""
    for identity in sorted(instruments):
        named_by = (
            Document.instrument_id,
            Citation.target_id,
            Candidate.instrument_id,
            MandateInstrument.instrument_id,
            InstrumentRelation.subject_id,
            InstrumentRelation.object_id,
            ProgrammeMention.issued_by,
            Programme.issued_by,
            RegisterFact.instrument_id,
            ResolutionChange.before_id,  # it may have to be that again
        )
        nobody = [~exists().where(column == identity) for column in named_by]
        connection.execute(delete(Instrument).where(Instrument.id == identity, *nobody))


def forget_names(connection: Connection, named: Named) -> None:
    """Programmes, organisations and places of a document that was taken out, where nobody else names them and nothing else is known."""
    unknown = {"valid_from": None, "valid_to": None}
    for table, names, mentions in (
        (Programme, named.programmes, (ProgrammeMention.name, MandateProgramme.programme)),
        (Organisation, named.organisations, (OrganisationMention.name,)),
        (Place, named.places, (PlaceMention.name, MandatePlace.place)),
    ):
        lasting = [getattr(table, column).is_(value) for column, value in unknown.items() if hasattr(table, column)]
        used = or_(*(exists().where(column == table.name) for column in mentions))
        for portion in portions(sorted(names)):
            connection.execute(delete(table).where(table.name.in_(portion), ~used, *lasting))

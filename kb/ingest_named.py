"""What documents name beside their parts: instruments, programmes, organisations, places; kept as long as somebody names them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, delete, exists, insert, or_, update

from . import words, writing
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
    key_of,
    portions,
)

_FACTS = ("type", "number", "date", "issuer", "name")
_TOLD = (*_FACTS, "number_key", "name_key")
_OF_PROGRAMME = ("kind", "period", "issued_by")


def keep(connection: Connection, named: Named, itself: str | None) -> set[str]:
    """A row for everything named, with what is told of it: of ``itself`` by itself, of others where nothing was told before. The ids of
    the instruments are returned."""
    _keep_instruments(connection, named.instruments, itself)
    for table, told in (("organisations", named.organisations), ("places", named.places)):
        if told:
            rows = [(key_of(name), name, words.name_key(name), told[name]) for name in sorted(told)]
            writing.put_missing(connection, table, ("key", "name", "name_key", "kind"), rows, "name", ("kind",))
    if named.programmes:
        whole = [(key_of(one), one, words.name_key(one), *map(said.get, _OF_PROGRAMME)) for one, said in sorted(named.programmes.items())]
        writing.put_missing(connection, "programmes", ("key", "name", "name_key", *_OF_PROGRAMME), whole, "name", _OF_PROGRAMME)
    return set(named.instruments)


def _keep_instruments(connection: Connection, told: dict[str, Facts], itself: str | None) -> None:
    known = {identity: row for identity, *row in writing.find(connection, "instruments", ("id", *_FACTS), "id", sorted(told))}
    if new := [(key_of(one), one, *map(told[one].get, _TOLD), 0, 0, False) for one in sorted(told.keys() - known.keys())]:
        writing.put(connection, "instruments", ("key", "id", *_TOLD, "citations", "documents", "held"), new)
    for identity, row in sorted(known.items()):
        said = told[identity]
        changed = {k: said[k] for k, now in zip(_FACTS, row, strict=True) if said[k] and said[k] != now and (not now or identity == itself)}
        if changed:
            whole = dict(zip(_FACTS, row, strict=True)) | changed
            number, name = whole["number"], whole["name"]
            keys = {"number_key": words.number_key(number or ""), "name_key": words.name_key(name) or None}
            connection.execute(update(Instrument).where(Instrument.id == identity).values(**changed, **keys))


def alias(connection: Connection, instrument: str, text: str | None, origin: str = "document") -> None:
    """The name that an instrument's own text gives it; ``None``: none any more."""
    connection.execute(delete(Alias).where(Alias.instrument_id == instrument, Alias.origin == origin))
    if text and (key := words.name_key(text)):
        row = {"instrument_id": instrument, "kind": "name", "key": key, "origin": origin, "text": text}
        connection.execute(insert(Alias), [row])


def count(connection: Connection, before: Iterable[Counter[int]], after: Iterable[Counter[int]]) -> None:
    """Mentions that are there no more, and those that are there now, document by document, in the counts of the instruments they name."""
    citations: Counter[int] = Counter()
    documents: Counter[int] = Counter()
    for sign, counts in ((-1, before), (1, after)):
        for of_document in counts:
            for key, n in of_document.items():
                citations[key] += sign * n
                documents[key] += sign
    changed = [(n, documents[key], key) for key, n in sorted(citations.items()) if n or documents[key]]
    if changed:
        mark = writing.mark(connection)
        more = f"citations = citations + {mark}, documents = documents + {mark}"
        writing.many(connection, f"UPDATE instruments SET {more} WHERE key = {mark}", changed)


def hold(connection: Connection, instruments: Iterable[str]) -> None:
    """These instruments are held from now on where a current document is their text."""
    mark = writing.mark(connection)
    here = f"EXISTS (SELECT 1 FROM documents WHERE instrument_id = {mark} AND current)"
    if touched := [(one, one) for one in sorted(instruments)]:
        writing.many(connection, f"UPDATE instruments SET held = {here} WHERE id = {mark}", touched)


def forget(connection: Connection, instruments: Iterable[str]) -> None:
    """Instruments that nobody names any more, such as the wrong readings of an earlier parse. Programmes, organisations and places that a
    document named alone go too."""
    for identity in sorted(instruments):
        named_by = (
            Document.instrument_id,
            Citation.target_key,
            Candidate.instrument_key,
            MandateInstrument.instrument_key,
            ProgrammeMention.issued_by,
            Programme.issued_by,
            RegisterFact.instrument_id,
            ResolutionChange.before_id,  # it may have to be that again
        )
        edges = or_(InstrumentRelation.subject_key == identity, InstrumentRelation.object_key == identity)
        nobody = [~exists().where(column == identity) for column in named_by]
        nobody.append(~exists().where(InstrumentRelation.edge.is_not(None), edges))
        connection.execute(delete(Instrument).where(Instrument.id == identity, *nobody))


def forget_names(connection: Connection, named: Named) -> None:
    """Programmes, organisations and places of a document that was taken out, where nobody else names them and nothing else is known."""
    unknown = {"valid_from": None, "valid_to": None}
    for table, names, mentions in (
        (Programme, named.programmes, (ProgrammeMention.programme_key, MandateProgramme.programme_key)),
        (Organisation, named.organisations, (OrganisationMention.organisation_key,)),
        (Place, named.places, (PlaceMention.place_key, MandatePlace.place_key)),
    ):
        lasting = [getattr(table, column).is_(value) for column, value in unknown.items() if hasattr(table, column)]
        used = or_(*(exists().where(column == table.key) for column in mentions))
        for portion in portions(sorted(names)):
            connection.execute(delete(table).where(table.name.in_(portion), ~used, *lasting))

"""What documents name beside their parts: instruments, programmes, organisations, places; kept as long as somebody names them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, update

from . import words, writing
from .prepare import Facts, Named
from .rows import Mentioned
from .schema import (
    Alias,
    Candidate,
    Citation,
    Document,
    Edge,
    Instrument,
    MandateInstrument,
    MandateProgramme,
    Organisation,
    Place,
    Programme,
    ProgrammeMention,
    RegisterFact,
    ResolutionChange,
    key_of,
    portions,
)

_FACTS = ("type", "number", "date", "issuer", "name")
_TOLD = (*_FACTS, "number_key", "name_key")
_facts_of = itemgetter(*_FACTS)
_OF_PROGRAMME = ("kind", "period", "issued_by")
_LASTING = ("organisations", "places")


class Names:
    """What the documents of one transaction name. What was kept for one of them need not be looked up for the next, and mentions are
    counted together, when all are in (:meth:`put_in`) or before anything is forgotten."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._told: dict[str, tuple[Any, ...]] = {}
        self._kept: set[tuple[Any, ...]] = set()
        self._citations: Counter[int] = Counter()
        self._documents: dict[str, Counter[int]] = {table: Counter() for table in ("instruments", *_LASTING)}

    def keep(self, named: Named, itself: str | None) -> set[str]:
        """A row for everything named, with what is told of it: of ``itself`` by itself, of others where nothing was told before. The ids
        of the instruments are returned."""
        self._keep_instruments(named.instruments, itself)
        for table, told in zip(_LASTING, (named.organisations, named.places), strict=True):
            self._keep(table, ("kind",), ((name, kind) for name, kind in told.items()), documents=0)
        self._keep("programmes", _OF_PROGRAMME, ((name, *map(said.get, _OF_PROGRAMME)) for name, said in named.programmes.items()))
        return set(named.instruments)

    def _keep(self, table: str, columns: Sequence[str], told: Iterable[tuple[Any, ...]], **others: int) -> None:
        new = sorted({(table, *one) for one in told} - self._kept, key=lambda one: str(one[1]))
        if new:
            self._kept.update(new)
            rows = [(key_of(name), name, words.name_key(name), *rest, *others.values()) for _, name, *rest in new]
            writing.put_missing(self._connection, table, ("key", "name", "name_key", *columns, *others), rows, "name", columns)

    def _keep_instruments(self, told: dict[str, Facts], itself: str | None) -> None:
        known = self._told
        if unknown := sorted(told.keys() - known.keys()):
            for identity, *row in writing.find(self._connection, "instruments", ("id", *_FACTS), "id", unknown):
                known[identity] = tuple(row)
        if new := [(key_of(one), one, *map(told[one].get, _TOLD), 0, 0, False) for one in unknown if one not in known]:
            writing.put(self._connection, "instruments", ("key", "id", *_TOLD, "citations", "documents", "held"), new)
            known.update((str(one[1]), tuple(one[2 : 2 + len(_FACTS)])) for one in new)
        for identity in sorted(told):
            said, now = _facts_of(told[identity]), known[identity]
            if said == now:
                continue
            whole = tuple(a if a and (not b or identity == itself) else b for a, b in zip(said, now, strict=True))
            if whole != now:
                changed = dict(zip(_FACTS, whole, strict=True))
                keys = {"number_key": words.number_key(changed["number"] or ""), "name_key": words.name_key(changed["name"]) or None}
                self._connection.execute(update(Instrument).where(Instrument.id == identity).values(**changed, **keys))
                known[identity] = whole

    def count(self, mentioned: Mentioned, sign: int = 1) -> None:
        """What one document speaks of: it does so now, or with ``-1`` no more."""
        add = Counter.update if sign > 0 else Counter.subtract
        add(self._citations, mentioned.instruments)
        for table, keys in zip(self._documents, (set(mentioned.instruments), mentioned.organisations, mentioned.places), strict=True):
            add(self._documents[table], keys)

    def put_in(self) -> None:
        """What was counted goes into the counts of what is named."""
        mark = writing.mark(self._connection)
        documents = self._documents["instruments"]
        if changed := [(n, documents[key], key) for key, n in sorted(self._citations.items()) if n or documents[key]]:
            more = f"citations = citations + {mark}, documents = documents + {mark}"
            writing.many(self._connection, f"UPDATE instruments SET {more} WHERE key = {mark}", changed)
        for table in _LASTING:
            if named := [(n, key) for key, n in sorted(self._documents[table].items()) if n]:
                writing.many(self._connection, f"UPDATE {table} SET documents = documents + {mark} WHERE key = {mark}", named)
        for counts in (self._citations, *self._documents.values()):
            counts.clear()

    def forget(self, instruments: Iterable[str], others: Iterable[Named]) -> None:
        """Instruments that nobody names any more, such as the wrong readings of an earlier parse, and the programmes, organisations and
        places that documents which were taken out named alone."""
        self.put_in()
        for named in others:
            _forget_names(self._connection, named)
        forget_instruments(self._connection, instruments)  # last: what issued a programme that went may be named by nothing else
        self._told.clear()
        self._kept.clear()


def alias(connection: Connection, instrument: str, text: str | None, origin: str = "document") -> None:
    """The name that an instrument's own text gives it; ``None``: none any more."""
    connection.execute(delete(Alias).where(Alias.instrument_id == instrument, Alias.origin == origin))
    if text and (key := words.name_key(text)):
        row = {"instrument_id": instrument, "kind": "name", "key": key, "origin": origin, "text": text}
        connection.execute(insert(Alias), [row])


def count(connection: Connection, before: Sequence[int], after: Sequence[int]) -> None:
    """Mentions in one document (keys of instruments) that are there no more, and those that are there now."""
    names = Names(connection)
    names.count(Mentioned(list(before), set(), set()), -1)
    names.count(Mentioned(list(after), set(), set()))
    names.put_in()


def hold(connection: Connection, instruments: Iterable[str]) -> None:
    """These instruments are held from now on where a current document is their text."""
    mark = writing.mark(connection)
    here = f"EXISTS (SELECT 1 FROM documents WHERE instrument_id = {mark} AND current)"
    if touched := [(one, one) for one in sorted(instruments)]:
        writing.many(connection, f"UPDATE instruments SET held = {here} WHERE id = {mark}", touched)


def forget_instruments(connection: Connection, instruments: Iterable[str]) -> None:
    """Instruments that nobody names any more."""
    for identity in sorted(instruments):
        named_by = (
            Document.instrument_id,
            Citation.target_key,
            Candidate.instrument_key,
            MandateInstrument.instrument_key,
            Edge.subject_key,
            Edge.object_key,
            ProgrammeMention.issued_by,
            Programme.issued_by,
            RegisterFact.instrument_id,
            ResolutionChange.before_id,  # it may have to be that again
        )
        nobody = [~exists().where(column == identity) for column in named_by]
        connection.execute(delete(Instrument).where(Instrument.id == identity, *nobody))


def _forget_names(connection: Connection, named: Named) -> None:
    """Programmes, organisations and places of a document that was taken out, where nobody else names them and nothing else is known."""
    unknown = {"valid_from": None, "valid_to": None}
    mentions = ProgrammeMention.programme_key, MandateProgramme.programme_key
    for table, names, nobody in (
        (Programme, named.programmes, [~exists().where(one == Programme.key) for one in mentions]),
        (Organisation, named.organisations, [Organisation.documents == 0]),
        (Place, named.places, [Place.documents == 0]),
    ):
        lasting = [getattr(table, column).is_(value) for column, value in unknown.items() if hasattr(table, column)]
        for portion in portions(sorted(names)):
            connection.execute(delete(table).where(table.name.in_(portion), *nobody, *lasting))

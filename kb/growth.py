"""Resolution as the library grows: when an instrument comes (its text, or a register that knows it), open citations find it.

What is guaranteed: a citation gets another target only where what it says tells one instrument and no other that is known (its number
with a year or a date and its issuer; or its name with a year); everything else stays open, and what it may mean is listed among its
candidates. Every change of a target is recorded and can be taken back; what a person decided is never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Select, String, and_, bindparam, delete, exists, func, insert, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from vanban.parser.names.works import UNKNOWN, instrument_id
from vanban.parser.register import once

from . import derived, ingest_named, rows, words, writing
from .schema import (
    IS_OPEN,
    Alias,
    Candidate,
    Citation,
    Document,
    Instrument,
    MandateInstrument,
    RegisterFact,
    ResolutionChange,
    Review,
    key_of,
    portions,
)

PROGRAM = "vanban"
"""Who changes what nobody decided."""

_MOST_CANDIDATES = 20
_CHANGE = aliased(ResolutionChange)


class _Facts(NamedTuple):
    """What is told of an instrument, in the parts of its id: a part that is not told is ``_``."""

    kind: str
    issuer: str
    date: str
    what: str


class _Known(NamedTuple):
    """An instrument that is held, or that a register knows."""

    id: str
    facts: _Facts
    date: str
    names: frozenset[str]


class _Open(NamedTuple):
    """A citation whose instrument is not wholly told, or is told by its name."""

    document: int
    position: int
    type: str | None
    number: str | None
    name: str
    date: str | None
    issuer: str | None
    target: str | None
    state: str | None
    document_date: str


_CITED = (
    Citation.document_id, Citation.position, Citation.type, Citation.number, Citation.name, Citation.date, Citation.issuer,
    Citation.target_id, Citation.state, Citation.document_date,
)  # fmt: skip

# --- what is asked again and again, made once -------------------------------------------------------------------------------


def _cited_where(*where: Any) -> Select[*tuple[Any, ...]]:
    by_name = and_(Citation.number.is_(None), Citation.name != "")
    decided = exists().where(
        Review.document_id == Citation.document_id,
        Review.subject == "citation",
        Review.state == "standing",
        Review.start == Citation.start,
        Review.end == Citation.end,
    )
    chosen = select(*_CITED).where(Citation.scope == "external", or_(Citation.state != "resolved", by_name), ~decided, *where)
    return chosen.order_by(Citation.document_id, Citation.position)


def _known_where(where: Any) -> Select[*tuple[Any, ...]]:
    held = exists().where(Document.instrument_id == Instrument.id, Document.current, Document.identified)
    registered = exists().where(RegisterFact.instrument_id == Instrument.id)
    columns = Instrument.id, Instrument.type, Instrument.number, Instrument.issuer, Instrument.date
    return select(*columns).where(where, or_(held, registered)).order_by(Instrument.id)


_WANTED: BindParameter[Any] = bindparam("wanted", expanding=True)
_KNOWN = _known_where(Instrument.id.in_(_WANTED))
_KNOWN_BY_NUMBER = _known_where(Instrument.number_key.in_(_WANTED))
_KNOWN_BY_NAME = _known_where(Instrument.id.in_(select(Alias.instrument_id).where(Alias.kind == "name", Alias.key.in_(_WANTED))))
_ALIASES = select(Alias.instrument_id, Alias.key).where(Alias.instrument_id.in_(_WANTED), Alias.kind == "name")

_OF_DOCUMENT = _cited_where(Citation.document_id == bindparam("document"))
_ITSELF = bindparam("instrument", type_=String())
_BY_NUMBER = _cited_where(
    IS_OPEN,
    Citation.number_key.in_(select(Instrument.number_key).where(Instrument.id == _ITSELF, Instrument.number_key.is_not(None))),
    Citation.document_id.not_in(select(Document.id).where(Document.instrument_id == _ITSELF)),
)
_NAMED = select(Instrument.key).where(Instrument.name_key.in_(bindparam("names", expanding=True)), Instrument.number_key.is_(None))
_BY_NAME = _cited_where(Citation.target_key.in_(_NAMED))
_MAYBE = select(Candidate.document_id, Candidate.citation).where(Candidate.instrument_key.in_(_NAMED))
_PERHAPS = _cited_where(func.coalesce(Citation.target_key, 0) == 0, tuple_(Citation.document_id, Citation.position).in_(_MAYBE))


def arrived(
    connection: Connection, instruments: Sequence[str], cause: str = "arrival", *, first: Callable[[], object] = lambda: None
) -> int:
    """These instruments are held (or known to a register) from now on: citations elsewhere that mean them find them. How many changed;
    ``first`` is called before any does."""
    awaited = [one for one in sorted(set(instruments)) if _awaited(connection, one)]
    known = _known(connection, _KNOWN, awaited)
    found: dict[tuple[int, int], _Open] = {}
    for one in known:
        found |= {(each.document, each.position): each for each in _meaning(connection, one)}
    return _settle(connection, sorted(found.values()), cause, first)


def _awaited(connection: Connection, instrument: str) -> bool:
    """Whether anything open may mean it: a citation of its number, or of any name that it has. Mostly nothing does."""
    if next(iter(writing.find(connection, "instrument_aliases", ("kind",), "instrument_id", (instrument,))), None):
        return True
    number = next((key for (key,) in writing.find(connection, "instruments", ("number_key",), "id", (instrument,))), None)
    if number is None:
        return False
    still_open = f"number_key = {writing.mark(connection)} AND coalesce(citations.state, '') <> 'resolved'"
    return bool(writing.ask(connection, f"SELECT position FROM citations WHERE {still_open} LIMIT 1", (number,)))


def loaded(connection: Connection, document: int, *, first: Callable[[], object]) -> int:
    """The open citations of a document that was loaded find what is known already. How many changed; ``first`` is called before any."""
    return _settle(connection, _open(connection, _OF_DOCUMENT, {"document": document}), "arrival", first)


def left(connection: Connection, instrument: str) -> None:
    """The text that was taken for this instrument's is not it: what was resolved because of it is open again."""
    later = exists().where(
        ResolutionChange.document_id == _CHANGE.document_id,
        ResolutionChange.citation == _CHANGE.citation,
        ResolutionChange.id > _CHANGE.id,
    )
    standing = (
        select(_CHANGE.id).where(_CHANGE.because_id == instrument, _CHANGE.cause.in_(("arrival", "register")), ~later).order_by(_CHANGE.id)
    )
    for change in list(connection.scalars(standing)):
        take_back(connection, change, PROGRAM)


def take_back(connection: Connection, change: int, who: str) -> bool:
    """The citation means what it was taken to mean before; whether there was anything to take back: the document must still be the current
    one, and nothing later have changed it."""
    row = connection.execute(select(ResolutionChange).where(ResolutionChange.id == change)).one()
    of_it = Citation.document_id == row.document_id, Citation.position == row.citation
    now = connection.execute(select(*_CITED).where(*of_it, Citation.target_key.is_not_distinct_from(row.after_id))).first()
    if now is None:
        return False
    change_target(connection, _Open._make(now), row.before_id, row.before_state, "undo", because=row.because_id, who=who, undoes=change)
    return True


# --- which instrument is meant ----------------------------------------------------------------------------------------------


def _known(connection: Connection, statement: Select[*tuple[Any, ...]], wanted: Sequence[str]) -> list[_Known]:
    found = [row for portion in portions(wanted) for row in connection.execute(statement, {"wanted": portion})]
    names: dict[str, set[str]] = {row.id: set() for row in found}
    for portion in portions(sorted(names)):
        for identity, key in connection.execute(_ALIASES, {"wanted": portion}):
            names[identity].add(key)
    return [_Known(row.id, _facts(row), row.date or "", frozenset(names[row.id])) for row in found]


def _facts(row: Any, name: str = "") -> _Facts:
    whole = instrument_id(type=row.type, number=row.number, issuer=row.issuer, date=row.date, name="" if row.number else name)
    return _Facts(*whole.split("/")[4:8])


def _meaning(connection: Connection, known: _Known) -> list[_Open]:
    """Open citations that may mean it: by its number, or by one of its names."""
    found = _open(connection, _BY_NUMBER, {"instrument": known.id})
    if known.names:
        found += _open(connection, _BY_NAME, {"names": sorted(known.names)}) + _open(connection, _PERHAPS, {"names": sorted(known.names)})
    return found


def _open(connection: Connection, statement: Select[*tuple[Any, ...]], values: dict[str, Any]) -> list[_Open]:
    return [_Open._make(row) for row in connection.execute(statement, values)]


def _settle(connection: Connection, cited: Sequence[_Open], cause: str, first: Callable[[], object]) -> int:
    """Those that can be told are resolved, of the others the candidates are listed."""
    if not cited:
        return 0
    keys = {key for one in cited if (key := words.number_key(one.number or ""))}
    names = {words.name_key(one.name) for one in cited if not one.number and one.name}
    found = _known(connection, _KNOWN_BY_NUMBER, sorted(keys)) + _known(connection, _KNOWN_BY_NAME, sorted(names))
    known = {one.id: one for one in found}
    if not known:
        return 0
    changed = 0
    for one in cited:
        fitting = [each for each in known.values() if _fits(one, each)]
        if len(fitting) == 1 and _told(one):
            if one.target != fitting[0].id:
                first()
                change_target(connection, one, fitting[0].id, "resolved", cause, because=fitting[0].id)
                changed += 1
        elif fitting and one.state != "resolved":
            _list(connection, one, fitting)
    return changed


def _fits(cited: _Open, known: _Known) -> bool:
    """Nothing that is cited speaks against it."""
    facts = _facts(cited, cited.name)
    if known.date and cited.document_date and known.date > cited.document_date:
        return False  # nobody cites what is not there yet
    if cited.number:
        if facts.what != known.facts.what:
            return False
    elif words.name_key(cited.name) not in known.names:
        return False
    same = all(a in (UNKNOWN, b) or b == UNKNOWN for a, b in ((facts.kind, known.facts.kind), (facts.issuer, known.facts.issuer)))
    said, whole = cited.date or "", known.date
    return same and (whole.startswith(said) or said.startswith(whole))


def _told(cited: _Open) -> bool:
    """It says enough to be one instrument and no other."""
    facts = _facts(cited, cited.name)
    dated = bool(cited.date) or bool(cited.number and once(cited.number))
    return dated and UNKNOWN not in (facts.kind, facts.issuer)


def _list(connection: Connection, cited: _Open, fitting: Sequence[_Known]) -> None:
    of_it = Candidate.document_id == cited.document, Candidate.citation == cited.position
    there = set(connection.scalars(select(Candidate.instrument_key).where(*of_it)))
    more = sorted(one.id for one in fitting if key_of(one.id) not in there)[: max(0, _MOST_CANDIDATES - len(there))]
    if more:
        row = {"document_id": cited.document, "citation": cited.position}
        connection.execute(insert(Candidate), [row | {"instrument_key": one} for one in more])


# --- changing it ------------------------------------------------------------------------------------------------------------


def change_target(
    connection: Connection,
    cited: _Open,
    target: str | None,
    state: str | None,
    cause: str,
    *,
    because: str | None = None,
    who: str = PROGRAM,
    review: int | None = None,
    undoes: int | None = None,
) -> int:
    """A citation means another instrument from now on; all that is derived from it follows. The number of the change's record."""
    before = rows.cited(connection, cited.document)
    of_it = Citation.document_id == cited.document, Citation.position == cited.position
    said = select(Citation.scope == "external", Citation.relation.is_not(None), Document.instrument_id)
    external, relates, itself = connection.execute(said.join(Document, Document.id == Citation.document_id).where(*of_it)).one()
    subject = itself if external and relates and target is not None else None
    connection.execute(update(Citation).where(*of_it).values(target_key=target, state=state, subject_key=subject))
    if state != cited.state and external:
        derived.restated(connection, cited.state, state)
    if state == "resolved":
        connection.execute(delete(Candidate).where(Candidate.document_id == cited.document, Candidate.citation == cited.position))
    _carry(connection, cited.document, cited.target, target)
    ingest_named.count(connection, before, rows.cited(connection, cited.document))
    record = {
        "document_id": cited.document,
        "citation": cited.position,
        "cause": cause,
        "before_id": cited.target,
        "before_state": cited.state,
        "after_id": target,
        "after_state": state,
        "because_id": because,
        "review_id": review,
        "undoes_id": undoes,
        "who": who,
        "at": datetime.now(UTC),
    }
    done = connection.execute(insert(ResolutionChange), record)
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def retarget(
    connection: Connection, document: int, citation: int, target: str | None, state: str | None, cause: str, who: str, review: int | None
) -> None:
    """A person says what a citation means, or takes it back."""
    of_it = Citation.document_id == document, Citation.position == citation
    cited = _Open._make(connection.execute(select(*_CITED).where(*of_it)).one())
    change_target(connection, cited, target, state, cause, who=who, review=review)


def _carry(connection: Connection, document: int, before: str | None, after: str | None) -> None:
    """Mandates that carry out what the citation meant carry out what it means now."""
    if before is None or after is None or before == after:
        return
    elsewhere = select(Citation.position).where(Citation.document_id == document, Citation.target_key == before)
    if connection.execute(elsewhere.limit(1)).first():
        return
    of_it = MandateInstrument.document_id == document, MandateInstrument.instrument_key == before
    has_both = select(MandateInstrument.mandate).where(MandateInstrument.document_id == document, MandateInstrument.instrument_key == after)
    connection.execute(delete(MandateInstrument).where(*of_it, MandateInstrument.mandate.in_(has_both)))
    connection.execute(update(MandateInstrument).where(*of_it).values(instrument_key=after))

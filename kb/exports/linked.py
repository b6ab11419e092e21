"""Linked data: Turtle and JSON-LD by ELI, ORG, FRBR and a small vocabulary of our own for mandates and targets.

The ids are Akoma Ntoso work IRIs behind a ``base`` of the archive's choosing (``urn:vanban:`` by default). Vietnam has no ELI
identifiers and none are invented: ELI's *properties* are used. ``vocabulary.ttl`` defines the rest (``urn:vanban:ns:``),
``shapes.ttl`` is the SHACL that every export satisfies; both stand beside this module and are given by :mod:`vocabulary`.

A relation is a triple between two instruments. An open citation is none: it is a ``vb:OpenCitation`` with its candidates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import schema as s
from ..questions.related import of_subjects
from . import Selection
from .rows import named_rows, stream
from .selection import Held, documents
from .vocabulary import BASE, PREFIXES

RELATIONS = {
    "legal_basis": "eli:based_on",
    "considers": "vb:considers",
    "implements": "vb:implements",
    "amends": "eli:amends",
    "supplements": "vb:supplements",
    "replaces": "dct:replaces",
    "repeals": "eli:repeals",
    "suspends": "vb:suspends",
    "details": "vb:details",
    "promulgates": "vb:promulgates",
    "consolidates": "eli:consolidates",
    "corrects": "eli:corrects",
    "extends": "vb:extends",
    "cites": "eli:cites",
}
"""What each relation is called. Those of ``vb:`` are declared as kinds of ELI's where ELI has a wider one."""

VIETNAMESE = "http://publications.europa.eu/resource/authority/language/VIE"


class Iri(NamedTuple):
    """A name; ``prefix:rest`` where the prefix is one of ours, whole otherwise."""

    value: str


class Literal(NamedTuple):
    """A value: ``kind`` is a datatype (``xsd:date``) or a language (``@vi``), empty for plain text."""

    value: str
    kind: str = ""


Object = Iri | Literal
Fact = tuple[str, tuple[Object, ...]]
Thing = tuple[Iri, list[Fact]]


def write(session: Session, form: str, out: Path, selection: Selection, base: str | None = None) -> list[str]:
    """Write one file; its name."""
    held = documents(session, selection)  # what is refused is refused before there is a file
    with out.open("w", encoding="utf-8", newline="\n") as to:
        (_turtle if form == "turtle" else _jsonld)(to, things(session, selection, held, base or BASE))
    return [out.name]


# --- what is said ------------------------------------------------------------------------------------------------------------


def things(session: Session, selection: Selection, held: Sequence[Held], base: str) -> Iterator[Thing]:
    """Everything that is exported, thing by thing: documents with what they order and aim at, then instruments, then bodies."""
    bodies: set[str] = set()
    types: set[str] = set()
    yield from _documents(session, selection, held, base)
    yield from _citations(session, held, base)
    yield from _mandates(session, held, base, bodies)
    yield from _targets(session, held, base)
    yield from _instruments(session, selection, held, base, bodies, types)
    for name in sorted(types):
        yield _type(base, name), [("a", (Iri("skos:Concept"),)), ("skos:prefLabel", (Literal(name, "@vi"),))]
    for name in sorted(bodies):
        yield _body(base, name), [("a", (Iri("org:FormalOrganization"),)), ("skos:prefLabel", (Literal(name, "@vi"),))]


def iri(base: str, id: str) -> Iri:
    """The IRI of an instrument's id: ``/akn/vn/…`` behind the base, letters such as ``đ`` kept, what an IRI may not hold escaped."""
    return Iri(base + re.sub(r'[\x00-\x20<>"{}|\\^`\x7f]', lambda match: quote(match[0]), id.lstrip("/")))


def _part(base: str, document: str, kind: str, position: int | str = "") -> Iri:
    return Iri(f"{base}document/{document}{f'/{kind}/{position}' if kind else ''}")


def _type(base: str, name: str) -> Iri:
    return Iri(f"{base}type/{quote(name.replace(' ', '_'), safe='')}")


def _body(base: str, name: str) -> Iri:
    return Iri(f"{base}body/{quote(name.replace(' ', '_'), safe='')}")


def _day(date: str) -> Literal:
    return Literal(date, {10: "xsd:date", 7: "xsd:gYearMonth", 4: "xsd:gYear"}.get(len(date), ""))


def _facts(*pairs: tuple[str, Object | None]) -> list[Fact]:
    return [(name, (value,)) for name, value in pairs if value is not None]


def _said(value: str | None, kind: str = "@vi") -> Literal | None:
    return Literal(value, kind) if value else None


def _documents(session: Session, selection: Selection, held: Sequence[Held], base: str) -> Iterator[Thing]:
    """A document is an expression of its instrument, its file a manifestation of it."""
    for row in named_rows(session, "documents", held):
        here, file = _part(base, row["document"], ""), _part(base, row["document"], "file", row["sha256"][:16])
        types = (Iri("eli:LegalExpression"), Iri("frbr:Expression"))
        work = iri(base, row["instrument"]) if row["instrument"] else None
        yield (
            here,
            [
                ("a", types),
                *_facts(
                    ("eli:realizes", work),
                    ("eli:title", _said(row["title"] or row["file"])),
                    ("eli:language", Iri(VIETNAMESE)),
                    ("eli:is_embodied_by", file),
                    ("vb:place", _said(row["place"])),
                ),
            ],
        )
        yield (
            file,
            [
                ("a", (Iri("eli:Format"), Iri("frbr:Manifestation"))),
                *_facts(
                    ("eli:embodies", here),
                    ("dct:format", _said(row["media_type"], "")),
                    ("dct:title", _said(row["file"], "")),
                    ("vb:sha256", _said(row["sha256"], "")),
                ),
            ],
        )


def _citations(session: Session, held: Sequence[Held], base: str) -> Iterator[Thing]:
    """Open citations only: those that are settled are relations between instruments."""
    for row in named_rows(session, "citations", held):
        if row["scope"] != "external" or row["target"]:
            continue
        facts = _facts(
            ("vb:inDocument", _part(base, row["document"], "")),
            ("vb:text", _said(row["text"])),
            ("vb:state", _said(row["state"] or "unknown", "")),
            ("vb:relation", _said(row["relation"], "")),
        )
        if row["candidates"]:
            facts.append(("vb:candidate", tuple(iri(base, one) for one in row["candidates"])))
        yield _part(base, row["document"], "citation", row["position"]), [("a", (Iri("vb:OpenCitation"),)), *facts]


_ROLES = {"charged": "vb:charged", "lead": "vb:lead", "support": "vb:support", "oversight": "vb:oversight", "requested": "vb:requested"}


def _mandates(session: Session, held: Sequence[Held], base: str, bodies: set[str]) -> Iterator[Thing]:
    for row in named_rows(session, "mandates", held):
        facts: list[Fact] = _facts(
            ("vb:inDocument", _part(base, row["document"], "")),
            ("vb:orderedBy", iri(base, row["instrument"]) if row["instrument"] else None),
            ("vb:node", _said(row["node"], "")),
            ("vb:kind", _said(row["kind"], "")),
            ("vb:text", _said(row["text"])),
            ("vb:field", _said(row["field"])),
            ("vb:deadline", _said(row["deadline"])),
            ("vb:from", _day(row["deadline_from"]) if row["deadline_from"] else None),
            ("vb:until", _day(row["deadline_to"]) if row["deadline_to"] else None),
        )
        roles: dict[str, dict[Object, None]] = {}
        for actor in row["actors"]:
            role, _, name = actor.partition(": ")
            bodies.add(name)
            roles.setdefault(_ROLES[role], {})[_body(base, name)] = None
        for name in row["responsible"]:
            bodies.add(name)
            roles.setdefault("vb:responsible", {})[_body(base, name)] = None
        facts += [(role, tuple(named)) for role, named in roles.items()]
        if row["implements"]:
            facts.append(("vb:carriesOut", tuple(iri(base, one) for one in row["implements"])))
        if row["programmes"]:
            facts.append(("vb:programme", tuple(Literal(one, "@vi") for one in row["programmes"])))
        yield _part(base, row["document"], "mandate", row["position"]), [("a", (Iri("vb:Mandate"),)), *facts]


def _decimal(value: float | None) -> Literal | None:
    if value is None:
        return None
    return Literal(f"{value:.12f}".rstrip("0").rstrip(".") if value % 1 else str(int(value)), "xsd:decimal")


def _targets(session: Session, held: Sequence[Held], base: str) -> Iterator[Thing]:
    for row in named_rows(session, "targets", held):
        facts = _facts(
            ("vb:inDocument", _part(base, row["document"], "")),
            ("vb:setBy", iri(base, row["instrument"]) if row["instrument"] else None),
            ("vb:node", _said(row["node"], "")),
            ("vb:name", _said(row["name"])),
            ("vb:text", _said(row["text"])),
            ("vb:comparator", _said(row["comparator"], "")),
            ("vb:value", _decimal(row["value"])),
            ("vb:valueMax", _decimal(row["value_max"])),
            ("vb:unit", _said(row["unit"])),
            ("vb:change", _said(row["change"], "")),
            ("vb:period", _said(row["period"], "")),
        )
        yield _part(base, row["document"], "target", row["position"]), [("a", (Iri("vb:Target"),)), *facts]


def _instruments(
    session: Session, selection: Selection, held: Sequence[Held], base: str, bodies: set[str], types: set[str]
) -> Iterator[Thing]:
    """Each instrument with what it does to others; by id. A selection's relations are those that its documents say."""
    ids = frozenset(document.id for document in held)
    rows = stream(session, "instruments", selection, held)
    while some := list(islice(rows, _AT_ONCE)):
        named = [row[0] for row in some]
        related = _relations(session, named, ids, selection == Selection())
        in_force = select(s.Document.instrument_id, s.Document.effective).where(
            s.Document.current, s.Document.instrument_id.in_(named), s.Document.effective.is_not(None)
        )
        effective = dict(session.execute(in_force).all())
        for id, type, number, date, issuer, name, _citations, _documents, _here in some:
            if issuer:
                bodies.add(issuer)
            if type:
                types.add(type)
            facts = _facts(
                ("eli:type_document", _type(base, type) if type else None),
                ("eli:number", _said(number, "")),
                ("eli:date_document", _day(date) if date else None),
                ("eli:passed_by", _body(base, issuer) if issuer else None),
                ("rdfs:label", _said(" ".join(filter(None, (type, number or name))) or id)),
                ("dct:title", _said(name)),
                ("eli:first_date_entry_in_force", _day(day) if (day := effective.get(id)) else None),
            )
            facts += [(RELATIONS[relation], tuple(iri(base, one) for one in objects)) for relation, objects in related.get(id, {}).items()]
            yield iri(base, id), [("a", (Iri("eli:LegalResource"), Iri("frbr:Work"))), *facts]


_AT_ONCE = 100
"""Instruments whose relations are read at once: some thousands of them."""


def _relations(session: Session, ids: Sequence[str], held: frozenset[int], every: bool) -> dict[str, dict[str, list[str]]]:
    """Subject → relation → objects, without repeats, in a fixed order."""
    found: dict[str, dict[str, set[str]]] = {}
    for one in of_subjects(session, [s.key_of(one) for one in ids]):
        if every or one.document_id in held:
            found.setdefault(one.subject_id, {}).setdefault(one.relation, set()).add(one.object_id)
    return {subject: {relation: sorted(objects) for relation, objects in sorted(said.items())} for subject, said in sorted(found.items())}


# --- how it is written -------------------------------------------------------------------------------------------------------


def _turtle(to: IO[str], said: Iterable[Thing]) -> None:
    for prefix, name in PREFIXES.items():
        to.write(f"@prefix {prefix}: <{name}> .\n")
    for subject, facts in said:
        lines = " ;\n    ".join(f"{name} {', '.join(map(_term, objects))}" for name, objects in facts)
        to.write(f"\n{_term(subject)} {lines} .\n")


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _term(object: Object) -> str:
    if isinstance(object, Iri):
        return object.value if object.value.partition(":")[0] in PREFIXES else f"<{object.value}>"
    text = re.sub(r'["\\\n\r\t]', lambda match: _ESCAPES[match[0]], _characters(object.value))
    return f'"{text}"' + (object.kind if object.kind.startswith("@") else f"^^{object.kind}" if object.kind else "")


def _characters(text: str) -> str:
    """A lone surrogate is no character of RDF."""
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def _jsonld(to: IO[str], said: Iterable[Thing]) -> None:
    to.write('{"@context": ' + json.dumps(PREFIXES) + ',\n "@graph": [')
    for i, (subject, facts) in enumerate(said):
        thing: dict[str, Any] = {"@id": subject.value}
        for name, objects in facts:
            if name == "a":
                thing["@type"] = [one.value for one in objects]
            else:
                values = [_value(one) for one in objects]
                thing[name] = values[0] if len(values) == 1 else values
        to.write(("," if i else "") + "\n  " + json.dumps(thing, ensure_ascii=False))
    to.write("\n ]}\n")


def _value(object: Object) -> Any:
    if isinstance(object, Iri):
        return {"@id": object.value}
    text = _characters(object.value)
    if not object.kind:
        return text
    return {"@value": text, "@language": object.kind[1:]} if object.kind.startswith("@") else {"@value": text, "@type": object.kind}

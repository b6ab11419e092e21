"""The tables, by subject. Constraints hold what the code promises, on SQLite and on PostgreSQL alike; the diagram is docs/schema.md.

- :mod:`sources`: files as received, documents as versions;
- :mod:`instruments`: what is cited and what is held, other names, register facts;
- :mod:`parts`: nodes, citations, candidates, findings;
- :mod:`relations`: which instrument stands how to which;
- :mod:`aims`: mandates and targets;
- :mod:`entities`: organisations, places, programmes;
- :mod:`derived`: full-text indexes, counts;
- :mod:`work`: reviews, changes of resolutions, the audit trail.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, insert

from .aims import (
    Mandate,
    MandateAct,
    MandateAction,
    MandateActor,
    MandateInstrument,
    MandatePhrase,
    MandatePlace,
    MandateProgramme,
    Target,
)
from .base import (
    AROUND,
    PLACES,
    VERSION,
    Base,
    Damaged,
    Packed,
    PackedBytes,
    first_turn,
    key_in_turn,
    key_of,
    pack,
    pack_bytes,
    place_in_turn,
    place_key,
    place_key_of,
    portions,
    unpack,
    unpack_bytes,
)
from .derived import FULL_TEXT, MandateWords, NodeWords, Tally, TargetWords
from .entities import Organisation, OrganisationMention, Place, PlaceMention, Programme, ProgrammeMention
from .instruments import Alias, Instrument, RegisterFact, id_of
from .parts import IS_OPEN, Candidate, Citation, Finding, Node
from .relations import AFTER_CITATIONS, Edge, InstrumentRelation, of_citations, of_edges, view
from .sources import Document, SchemaVersion, SourceFile
from .work import Audit, ResolutionChange, Review

__all__ = [
    "AFTER_CITATIONS",
    "AROUND",
    "FULL_TEXT",
    "IS_OPEN",
    "PARTS",
    "PLACES",
    "VERSION",
    "Alias",
    "Audit",
    "Base",
    "Candidate",
    "Citation",
    "Damaged",
    "Document",
    "Edge",
    "Finding",
    "Instrument",
    "InstrumentRelation",
    "Mandate",
    "MandateAct",
    "MandateAction",
    "MandateActor",
    "MandateInstrument",
    "MandatePhrase",
    "MandatePlace",
    "MandateProgramme",
    "MandateWords",
    "Node",
    "NodeWords",
    "Organisation",
    "OrganisationMention",
    "Packed",
    "PackedBytes",
    "Place",
    "PlaceMention",
    "Programme",
    "ProgrammeMention",
    "RegisterFact",
    "ResolutionChange",
    "Review",
    "SchemaVersion",
    "SourceFile",
    "Tally",
    "Target",
    "TargetWords",
    "create",
    "first_turn",
    "id_of",
    "key_in_turn",
    "key_of",
    "of_citations",
    "of_edges",
    "pack",
    "pack_bytes",
    "place_in_turn",
    "place_key",
    "place_key_of",
    "portions",
    "tables",
    "unpack",
    "unpack_bytes",
    "view",
]

PARTS: tuple[type[Any], ...] = (
    Finding, OrganisationMention, PlaceMention, ProgrammeMention, Target, MandatePhrase, MandatePlace, MandateProgramme, MandateInstrument,
    MandateAct, MandateAction, MandateActor, Mandate, Edge, Candidate, Citation, Node,
)  # fmt: skip
"""Tables of a document's parts in the order in which they can be emptied."""


def tables(dialect: str) -> list[Table]:
    """The tables as SQLAlchemy makes them; on SQLite words are in full-text tables, made by :data:`FULL_TEXT`."""
    return [table for table in Base.metadata.sorted_tables if not (dialect == "sqlite" and table.name in FULL_TEXT)]


def create(connection: Connection) -> None:
    """Make the tables in an empty database and write down their version."""
    Base.metadata.create_all(connection, tables=tables(connection.dialect.name))
    if connection.dialect.name == "sqlite":
        for statement in FULL_TEXT.values():
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(view(connection.dialect))
    connection.execute(insert(SchemaVersion).values(version=VERSION))

"""CSV files for a property graph (Neo4j and what reads its import format), with a Cypher script that loads them.

Instruments, documents, mandates, targets and bodies are nodes; who cites whom, who is to do what, and what carries out what are
relationships. The headers are those of ``neo4j-admin database import``; ``load.cypher`` does the same in a running database.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from . import Selection
from .rows import named_rows, stream
from .selection import Held, documents

Rows = Iterable[tuple[Any, ...]]

_NODES = {
    "instruments": ("Instrument", "id:ID(Instrument) type number date issuer name held:boolean"),
    "documents": ("Document", "key:ID(Document) title file sha256"),
    "mandates": ("Mandate", "key:ID(Mandate) kind text field deadline deadline_from deadline_to"),
    "targets": ("Target", "key:ID(Target) name comparator value:double value_max:double unit period"),
    "bodies": ("Body", "name:ID(Body)"),
}
_EDGES = {
    "relations": ("", "Instrument", "Instrument", "provision date mentions:int"),
    "texts": ("TEXT_OF", "Document", "Instrument", ""),
    "orders": ("ORDERS", "Document", "Mandate", ""),
    "aims": ("AIMS_AT", "Document", "Target", ""),
    "implements": ("CARRIES_OUT", "Mandate", "Instrument", ""),
    "bodies_of": ("", "Mandate", "Body", ""),
}
"""File → (type of the relationship, empty where each row says its own; from; to; properties)."""


def write(session: Session, out: Path, selection: Selection) -> list[str]:
    """Write the files; their names."""
    held = documents(session, selection)
    files = []
    for name, (label, heads) in _NODES.items():
        _write(out / f"{name}.csv", [*heads.split(), ":LABEL"], ((*row, label) for row in _nodes(session, name, selection, held)))
        files.append(f"{name}.csv")
    for name, (kind, source, target, heads) in _EDGES.items():
        top = [f":START_ID({source})", f":END_ID({target})", *heads.split(), ":TYPE"]
        rows = ((*row, kind) if kind else row for row in _edges(session, name, held))
        _write(out / f"{name}.csv", top, rows)
        files.append(f"{name}.csv")
    (out / "load.cypher").write_text(script(), encoding="utf-8")
    return [*files, "load.cypher"]


def _write(file: Path, heads: list[str], rows: Rows) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        to = csv.writer(out, lineterminator="\n")
        to.writerow(heads)
        for row in rows:
            to.writerow([str(value).lower() if isinstance(value, bool) else value for value in row])


def _key(row: dict[str, Any], kind: str) -> str:
    return f"{row['document']}-{kind}{row['position']}"


def _nodes(session: Session, name: str, selection: Selection, held: list[Held]) -> Iterator[tuple[Any, ...]]:
    if name == "instruments":
        for id, type, number, date, issuer, called, _citations, _documents, here in stream(session, "instruments", selection, held):
            yield (id, type, number, date, issuer, called, here)
    elif name == "documents":
        for row in named_rows(session, "documents", held):
            yield (row["document"], row["title"], row["file"], row["sha256"])
    elif name == "mandates":
        for row in named_rows(session, "mandates", held):
            yield (_key(row, "m"), *(row[column] for column in "kind text field deadline deadline_from deadline_to".split()))  # noqa: SIM905
    elif name == "targets":
        for row in named_rows(session, "targets", held):
            yield (_key(row, "t"), *(row[column] for column in "name comparator value value_max unit period".split()))  # noqa: SIM905
    else:
        seen: set[str] = set()
        for row in named_rows(session, "mandates", held):
            seen.update(actor.partition(": ")[2] for actor in row["actors"])
            seen.update(row["responsible"])
        yield from ((body,) for body in sorted(seen))


def _edges(session: Session, name: str, held: list[Held]) -> Iterator[tuple[Any, ...]]:
    if name == "relations":
        for row in named_rows(session, "relations", held):
            yield (row["subject"], row["object"], row["provision"], row["date"], row["mentions"], row["relation"].upper())
    elif name == "texts":
        yield from ((document.key, document.instrument) for document in held if document.instrument)
    elif name in ("orders", "aims"):
        table, kind = ("mandates", "m") if name == "orders" else ("targets", "t")
        yield from ((row["document"], _key(row, kind)) for row in named_rows(session, table, held))
    elif name == "implements":
        for row in named_rows(session, "mandates", held):
            yield from ((_key(row, "m"), instrument) for instrument in row["implements"])
    else:
        for row in named_rows(session, "mandates", held):
            for actor in row["actors"]:
                role, _, body = actor.partition(": ")
                yield (_key(row, "m"), body, role.upper())
            yield from ((_key(row, "m"), body, "RESPONSIBLE") for body in row["responsible"])


def script() -> str:
    """The Cypher script that loads the files from the database's import folder; run twice, it changes nothing."""
    lines = ["// Copy the CSV files into the import folder of the database, then run this script (cypher-shell -f load.cypher).", ""]
    for label, heads in _NODES.values():
        key = heads.split(":", 1)[0]
        lines.append(f"CREATE CONSTRAINT {label.lower()}_key IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE;")
    for name, (label, heads) in _NODES.items():
        first, *rest = heads.split()
        sets = ", ".join(f"n.{column.partition(':')[0]} = {_typed(column)}" for column in rest)
        then = f" SET {sets}" if sets else ""
        lines.append(
            f"LOAD CSV WITH HEADERS FROM 'file:///{name}.csv' AS row MERGE (n:{label} {{{first.partition(':')[0]}: row.`{first}`}}){then};"
        )
    for name, (kind, source, target, heads) in _EDGES.items():
        ends = f"MATCH (a:{source} {{{_id(source)}: row.`:START_ID({source})`}}), (b:{target} {{{_id(target)}: row.`:END_ID({target})`}})"
        sets = ", ".join(f"r.{column.partition(':')[0]} = {_typed(column)}" for column in heads.split())
        for one in (kind,) if kind else _KINDS[name]:
            only = "" if kind else f"WITH row WHERE row.`:TYPE` = '{one}' "
            then = f" SET {sets}" if sets else ""
            lines.append(f"LOAD CSV WITH HEADERS FROM 'file:///{name}.csv' AS row {only}{ends} MERGE (a)-[r:{one}]->(b){then};")
    return "\n".join(lines) + "\n"


def _typed(column: str) -> str:
    name, _, kind = column.partition(":")
    return {"boolean": f"toBoolean(row.`{column}`)", "int": f"toInteger(row.`{column}`)", "double": f"toFloat(row.`{column}`)"}.get(
        kind, f"row.`{name}`"
    )


def _id(label: str) -> str:
    return next(heads.split(":", 1)[0] for one, heads in _NODES.values() if one == label)


def _kinds() -> dict[str, list[str]]:
    from typing import get_args

    from vanban.parser.model import ActorRole, Relation

    return {
        "relations": [relation.upper() for relation in get_args(Relation)],
        "bodies_of": [*(role.upper() for role in get_args(ActorRole)), "RESPONSIBLE"],
    }


_KINDS = _kinds()

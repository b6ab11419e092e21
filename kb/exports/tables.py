"""Tables: CSV, JSON Lines, Parquet and an Excel workbook, each with a data dictionary (Frictionless ``datapackage.json``).

CSV is UTF-8 with a header, comma and LF; lists are joined by ``; `` there and in Excel, and are lists in JSON Lines and Parquet. The
workbook is written by :mod:`workbook`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from . import Selection, workbook
from .rows import TABLES, Column, columns, described, stream
from .selection import documents

_AT_ONCE = 5_000
_TYPES = {"string": "string", "integer": "integer", "number": "number", "boolean": "boolean", "list": "array"}


def write(session: Session, form: str, out: Path, selection: Selection) -> list[str]:
    """Write all tables in one form; the names of the files, relative to ``out``."""
    held = documents(session, selection)
    tables = ((one.name, columns(one.name), stream(session, one.name, selection, held)) for one in TABLES)
    if form == "xlsx":
        words = ("dictionary", ("table", "column", "vi", "en"), ((*key, vi, en) for key, (vi, en) in described().items()))
        workbook.write(out, chain(((name, [head.name for head in heads], rows) for name, heads, rows in tables), (words,)))
        return [out.name]
    files = []
    for name, heads, rows in tables:
        file = out / f"{name}.{form}"
        {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}[form](file, heads, rows)
        files.append(file.name)
    (out / "datapackage.json").write_text(json.dumps(datapackage(form), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return [*files, "datapackage.json"]


def datapackage(form: str = "csv") -> dict[str, Any]:
    """The data dictionary of the tables: each column with its type and what it means, and which columns point where."""
    told = described()
    resources = []
    for table in TABLES:
        heads = columns(table.name)
        fields = []
        for column in heads:
            vi, en = told.get((table.name, column.name)) or told["*", column.name]
            kind = "string" if form == "csv" and column.type == "list" else _TYPES[column.type]
            field: dict[str, Any] = {"name": column.name, "type": kind, "description": f"{vi} / {en}"}
            if not column.nullable and not (form == "csv" and column.type in ("string", "list")):
                field["constraints"] = {"required": True}  # in CSV an empty text is a missing value
            fields.append(field)
        schema: dict[str, Any] = {"fields": fields, "primaryKey": _key(heads)}
        if table.name not in ("documents", "instruments"):
            schema["foreignKeys"] = [{"fields": ["document"], "reference": {"resource": "documents", "fields": ["document"]}}]
        vi, en = told[table.name, "*"]
        media = {"csv": "text/csv", "jsonl": "application/jsonl", "parquet": "application/vnd.apache.parquet"}[form]
        resource = {"name": table.name, "path": f"{table.name}.{form}", "type": "table", "format": form, "mediatype": media}
        resources.append({**resource, "encoding": "utf-8", "description": f"{vi} / {en}", "schema": schema})
    return {
        "name": "vanban",
        "title": "Văn Bản",
        "resources": resources,
    }


def _key(heads: Sequence[Column]) -> list[str]:
    names = [column.name for column in heads]
    return ["id"] if names[0] == "id" else ["document", "position"] if "position" in names else ["document"]


def _csv(file: Path, heads: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        to = csv.writer(out, lineterminator="\n")
        to.writerow([column.name for column in heads])
        to.writerows([_flat(value) for value in row] for row in rows)


def _flat(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return _number(value)


def _number(value: Any) -> Any:
    """46.0 is 46: SQLite and PostgreSQL give floats."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _jsonl(file: Path, heads: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> None:
    names = [column.name for column in heads]
    with file.open("w", encoding="utf-8", newline="") as out:
        for row in rows:
            out.write(json.dumps(dict(zip(names, map(_number, row), strict=True)), ensure_ascii=False) + "\n")


def _portions(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def _parquet(file: Path, heads: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> None:
    import pyarrow
    from pyarrow import parquet

    kinds = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "list": pyarrow.list_(pyarrow.string()),
    }
    schema = pyarrow.schema([pyarrow.field(column.name, kinds[column.type], column.nullable) for column in heads])
    pool = pyarrow.system_memory_pool()  # its own keeps tens of megabytes that are never used
    with parquet.ParquetWriter(file, schema, compression="zstd", memory_pool=pool) as to:
        for some in _portions(rows):
            values = (list(column) for column in zip(*some, strict=True))
            arrays = [pyarrow.array(column, field.type, memory_pool=pool) for column, field in zip(values, schema, strict=True)]
            to.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))

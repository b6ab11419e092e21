"""Answers as CSV: one row an item, one column a field; the fields of what belongs to an item are named ``document.number``.

The columns follow from the kind of answer, not from what was found, so every page of an answer has the same. Several values of one
field stand in one cell with ``; `` between them. An answer that is not a list is given by the list that is its heart: the outline of
``show``, the steps of a path.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, get_args, get_origin

import msgspec

from ..records import CellRecord, Path, Show, Statistics, Summary, TargetTable
from .lines import measure

Rows = Iterable[Sequence[Any]]
_HEART: dict[type, str] = {Show: "outline", Summary: "outline", Path: "steps"}


def text(answer: Any) -> str:
    """The answer as CSV (RFC 4180, but with LF), the first line its columns."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    header, rows = _TABLES[type(answer)](answer) if type(answer) in _TABLES else _listed(answer)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def _listed(answer: Any) -> tuple[Sequence[str], Rows]:
    field = _HEART.get(type(answer), "items")
    listed = getattr(answer, field, None)
    if listed is None:
        listed, of = (answer,), type(answer)
    else:
        of = next(get_args(one.type)[0] for one in msgspec.structs.fields(type(answer)) if one.name == field)
    columns = list(_columns(of))
    return [".".join(path) for path in columns], ([_value(item, path) for path in columns] for item in listed)


def _columns(record: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for field in msgspec.structs.fields(record):
        inner = [kind for kind in (get_args(field.type) or (field.type,)) if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
        if inner and get_origin(field.type) is not tuple:
            yield from _columns(inner[0], (*above, field.encode_name))
        else:
            yield (*above, field.encode_name)


def _value(item: Any, path: Sequence[str]) -> str:
    for name in path:
        if item is None:
            return ""
        item = getattr(item, next(field.name for field in msgspec.structs.fields(item) if field.encode_name == name))
    return _cell(item)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple) and value and all(isinstance(one, int) for one in value):
        return "-".join(map(str, value))
    if isinstance(value, tuple):
        return "; ".join(_cell(one) for one in value)
    if isinstance(value, msgspec.Struct):
        short = getattr(value, "id", None) or getattr(value, "name", None)
        return str(short) if short else msgspec.json.encode(value).decode()
    return str(value)


def _targets(answer: TargetTable) -> tuple[Sequence[str], Rows]:
    """A row an issuer and name, a column a period: values in the unit they compare by, where they have one."""
    return ("issuer", "name", "unit", *answer.columns), (
        (row.issuer, row.name, _units(row.cells), *("; ".join(_figure(one) for one in cells) for cells in row.cells))
        for row in answer.items
    )


def _units(cells: Iterable[Iterable[CellRecord]]) -> str:
    return "; ".join(dict.fromkeys((one.normal_unit if one.normal_value is not None else one.unit) for several in cells for one in several))


def _figure(one: CellRecord) -> str:
    if one.normal_value is None:
        return measure(one)
    value = str(one.normal_value) + (f"-{one.normal_max}" if one.normal_max is not None else "")
    change = f"{one.change} " if one.change else ""  # a decrease of at least 0.8 is no ">=-0.8"
    return f"{change}{'' if one.comparator == '=' else one.comparator}{value}"


def _statistics(answer: Statistics) -> tuple[Sequence[str], Rows]:
    whole = [("all", name, getattr(answer, name)) for name in answer.__struct_fields__ if isinstance(getattr(answer, name), int)]
    lists = [(name, one.name, one.number) for name in ("states", "relations", "types", "years") for one in getattr(answer, name)]
    return ("of", "name", "number"), [*whole, *lists]


_TABLES: dict[type, Callable[[Any], tuple[Sequence[str], Rows]]] = {
    TargetTable: _targets,
    Statistics: _statistics,
}

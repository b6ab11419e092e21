"""The records of a Document as elements of our own namespace: lossless, one element a record, from the definitions of the model."""

from __future__ import annotations

from typing import Any

import msgspec

from ..akoma import OWN, Field, element_of, escaped, fields, flat, quotes

Element = Any
"""An lxml element; lxml is imported only when a document is written."""


def put(parent: Element, name: str, record: msgspec.Struct, text: str, leave_out: frozenset[str] = frozenset()) -> Element:
    """The record as a child ``v:name`` of ``parent``; what is default is left out, and a text that stands at its place too."""
    from lxml import etree

    kind = type(record)
    attributes: dict[str, str] = {}
    inner: list[tuple[Field, Any]] = []
    none = []
    for known, value in zip(fields(kind), msgspec.structs.astuple(record), strict=True):
        field, key, shape, _, default, _ = known
        if value == default or field in leave_out:
            continue
        if value is None:
            if default is not msgspec.NODEFAULT:
                none.append(key)
        elif shape == "text":
            if key != "text" or not quotes(kind) or value != _standing(record, text):
                attributes[key] = escaped(value)
        elif shape == "record" or shape == "records" or shape == "texts":
            inner.append((known, value))
        elif type(value) is int:
            attributes[key] = str(value)
        elif shape == "bool":
            attributes[key] = "true" if value else "false"
        else:
            attributes[key] = escaped(msgspec.json.encode(value).decode())
    if none:
        attributes["none"] = " ".join(none)
    made = etree.SubElement(parent, f"{{{OWN}}}{name}", attributes)
    for (_, key, shape, of, _, _), value in inner:
        if shape == "record":
            put(made, key, value, text)
        elif shape == "records":
            assert of is not None
            inside = etree.SubElement(made, f"{{{OWN}}}{key}")
            item = element_of(of)
            for one in value:
                put(inside, item, one, text)
        else:
            for one in value:
                line: Element = etree.SubElement(made, f"{{{OWN}}}{key}")
                line.text = escaped(one, blanks=True)
    return made


def _standing(record: Any, text: str) -> str:
    """What stands at a record's place."""
    return flat(text[max(0, record.start) : max(0, record.end)])

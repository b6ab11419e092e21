"""The records of a Document as elements of our own namespace: lossless, one element a record, from the definitions of the model."""

from __future__ import annotations

from typing import Any

import msgspec

from ..akoma import OWN, element_of, escaped, fields, flat, quotes

Element = Any
"""An lxml element; lxml is imported only when a document is written."""


def put(parent: Element, name: str, record: msgspec.Struct, text: str, leave_out: frozenset[str] = frozenset()) -> Element:
    """The record as a child ``v:name`` of ``parent``; what is default is left out, and a text that stands at its place too."""
    from lxml import etree

    made = etree.SubElement(parent, f"{{{OWN}}}{name}")
    kind = type(record)
    quoting = quotes(kind)
    none = []
    for field, key, shape, of, default, _ in fields(kind):
        value = getattr(record, field)
        if value == default or field in leave_out:
            continue
        if value is None:
            if default is not msgspec.NODEFAULT:
                none.append(key)
        elif shape == "text":
            if not (quoting and key == "text" and value == _standing(record, text)):
                made.set(key, escaped(value))
        elif shape == "bool":
            made.set(key, "true" if value else "false")
        elif shape == "record":
            put(made, key, value, text)
        elif shape == "records":
            assert of is not None
            inside = etree.SubElement(made, f"{{{OWN}}}{key}")
            for one in value:
                put(inside, element_of(of), one, text)
        elif shape == "texts":
            for one in value:
                line: Element = etree.SubElement(made, f"{{{OWN}}}{key}")
                line.text = escaped(one, blanks=True)
        else:
            made.set(key, str(value) if type(value) is int else escaped(msgspec.json.encode(value).decode()))
    if none:
        made.set("none", " ".join(none))
    return made


def _standing(record: Any, text: str) -> str:
    """What stands at a record's place."""
    return flat(text[max(0, record.start) : max(0, record.end)])

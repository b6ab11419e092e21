"""The records of a Document as elements of our own namespace: lossless, one element a record, from the definitions of the model."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from ..akoma import element_of, escaped, fields, flat, quotes
from ._xml import text_of, value_of


def put(out: list[str], name: str, record: msgspec.Struct, text: str, indent: str, even: bool) -> None:
    """Write the record as an element ``v:name``, after the line break ``indent``."""
    at = len(out)
    out.append("")
    attributes = said(out, record, text, indent + " ", even)
    if len(out) == at + 1:
        out[at] = f"{indent}<v:{name}{attributes}/>"
    else:
        out[at] = f"{indent}<v:{name}{attributes}>"
        out.append(f"{indent}</v:{name}>")


def said(out: list[str], record: msgspec.Struct, text: str, indent: str, even: bool, leave_out: frozenset[str] = frozenset()) -> str:
    """Write what is below a record, each after the line break ``indent``; its attributes are returned.

    What is default is left out, and a text that stands at its place too. ``even`` is of the text, as ``akoma`` has it.
    """
    attributes = ""
    none = []
    for (field, key, shape, default, item), value in zip(_known(type(record)), msgspec.structs.astuple(record), strict=True):
        if value is default or value == default or field in leave_out:
            continue
        if value is None:
            if default is not msgspec.NODEFAULT:
                none.append(key)
        elif shape == "text":
            attributes += f' {key}="{_value(value)}"'
        elif shape == "quoted":
            if value != _standing(record, text, even):
                attributes += f' {key}="{_value(value)}"'
        elif type(value) is int:
            attributes += f' {key}="{value}"'
        elif shape == "records":
            out.append(f"{indent}<v:{key}>" if value else f"{indent}<v:{key}/>")
            for one in value:
                put(out, item, one, text, indent + " ", even)
            if value:
                out.append(f"{indent}</v:{key}>")
        elif shape == "record":
            put(out, key, value, text, indent, even)
        elif shape == "texts":
            out += [f"{indent}<v:{key}>{text_of(escaped(one, blanks=True))}</v:{key}>" for one in value]
        elif shape == "bool":
            attributes += f' {key}="true"' if value else f' {key}="false"'
        else:
            attributes += f' {key}="{_value(msgspec.json.encode(value).decode())}"'
    if none:
        attributes += f' none="{" ".join(none)}"'
    return attributes


@cache
def _known(kind: type[msgspec.Struct]) -> tuple[tuple[str, str, str, Any, str], ...]:
    """Of each field its name, its key, its shape (``quoted``: words that may stand at its place), its default, the element of an item."""
    return tuple(
        (
            one.name,
            one.key,
            "quoted" if one.key == "text" and quotes(kind) else one.shape,
            one.default,
            element_of(one.of) if one.of else "",
        )
        for one in fields(kind)
    )


def _value(words: str) -> str:
    """Words as the value of an attribute of our own."""
    if words.isprintable() and not ("\\" in words or "&" in words or '"' in words or "<" in words or ">" in words):
        return words
    return value_of(escaped(words))


def _standing(record: Any, text: str, even: bool) -> str:
    """What stands at a record's place."""
    return flat(text[max(0, record.start) : max(0, record.end)], even)

"""XML as it is written: light elements, and their text with each block on a line of its own.

A document is some hundred elements made once and written once: plain objects cost a third of a library's tree. Names are written as they
stand in the file (``p``, ``v:at``); the root declares what ``v`` is.
"""

from __future__ import annotations

from typing import TypeAlias

from ..akoma import NO_XML

INLINE = frozenset(("p", "num", "heading"))
"""Where the blanks between elements are words, so that nothing may be set on a line of its own …"""
BLOCKS = frozenset(("quotedStructure", "authorialNote"))
"""… but what is below these."""

Attributes: TypeAlias = dict[str, str]


class Element:
    """An element. ``attributes`` are as they stand in the file; ``eid``, in which nothing is to be escaped, comes after them.

    ``text`` is what stands before the first one ``below``, ``tail`` what stands after it where blanks are words; ``written`` is one that is
    written already, from the line break before it.
    """

    __slots__ = ("attributes", "below", "eid", "name", "tail", "text", "written")

    def __init__(self, name: str, attributes: str = "") -> None:
        self.name, self.attributes = name, attributes
        self.below: list[Element] = []
        self.text: str | None = None
        self.eid = self.tail = ""
        self.written: list[str] | None = None

    def add(self, name: str, attributes: Attributes | None = None) -> Element:
        """A new element below this one, the last."""
        made = Element(name, attributes_of(attributes) if attributes else "")
        self.below.append(made)
        return made


def write(root: Element) -> str:
    """The file, ending in a newline."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    _block(root, "\n", out)
    out.append("\n")
    return "".join(out)


def _block(element: Element, indent: str, out: list[str]) -> None:
    """An element whose blanks are none: what is below it stands on lines of its own; ``indent`` is the line break before its end."""
    out.append(_opening(element))
    inner = indent + " "
    for child in element.below:
        if not child.below:
            if child.written:
                out += child.written
            else:
                out += inner, _leaf(child)
            continue
        out.append(inner)
        if child.name in INLINE:
            _inline(child, inner, out)
        else:
            _block(child, inner, out)
    out.append(f"{indent}</{element.name}>")


def _inline(element: Element, indent: str, out: list[str]) -> None:
    """An element of words."""
    out.append(_opening(element) + text_of(element.text or ""))
    for child in element.below:
        if not child.below:
            out.append(_leaf(child))
        elif child.name in BLOCKS:
            _block(child, indent + " ", out)
        else:
            _inline(child, indent, out)
        if child.tail:
            out.append(text_of(child.tail))
    out.append(f"</{element.name}>")


def _opening(element: Element) -> str:
    if element.eid:
        return f'<{element.name}{element.attributes} eId="{element.eid}">'
    return f"<{element.name}{element.attributes}>"


def _leaf(element: Element) -> str:
    name, attributes, eid = element.name, element.attributes, element.eid
    if eid:
        attributes += f' eId="{eid}"'
    if element.text is None:
        return f"<{name}{attributes}/>"
    return f"<{name}{attributes}>{text_of(element.text)}</{name}>"


def text_of(words: str) -> str:
    """Words as the text of an element; what XML cannot hold is no longer among them."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def value_of(words: str) -> str:
    """Words as an attribute's value: line breaks and tabs would else be read as blanks."""
    if words.isprintable():
        if not ("&" in words or '"' in words or "<" in words or ">" in words):
            return words  # nothing to be escaped, as nearly always
    elif NO_XML.search(words):
        raise ValueError(f"XML cannot hold {words!r}")
    return text_of(words).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def attributes_of(attributes: Attributes) -> str:
    """Attributes as they stand after an element's name."""
    return "".join([f' {name}="{value_of(value)}"' for name, value in attributes.items()])

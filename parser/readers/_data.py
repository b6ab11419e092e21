"""What is plainly data and no document: JSON, linked data, a graph, a table of values.

Asked only where nobody said what the file is. Never refuses prose: JSON must be whole and hold members, Turtle begin with its prefixes,
N-Triples with three statements, a table of values have the same columns in every line and be called ``.csv`` or hold mostly numbers.
"""

from __future__ import annotations

import csv
import re

import msgspec

from ..reading import ReadError

_BOM = b"\xef\xbb\xbf"
_HEAD = 4096
_LARGEST = 1 << 28
"""Bytes of JSON that are looked at whole."""
_PREFIXES = re.compile(rb"(?:\s|#[^\n]*\n)*@?(?:prefix\s+[\w.-]*:|base)\s*<[^<>\n]*>", re.IGNORECASE)
_STATEMENT = re.compile(rb"(?:<[^<>\s]+>|_:\w+)\s+<[^<>\s]+>\s+.+\s*\.\s*$")
_GRAPH = re.compile(rb"<(?:\w+:)?(?P<root>RDF|graphml|gexf|sparql)\b[^<>]{0,2000}\bxmlns")
_NUMBER = re.compile(r"[-+]?[\d.,]*\d%?$")
_ROWS = 5


def refuse(data: bytes, name: str) -> None:
    """:class:`ReadError` for what is plainly data; nothing for all else."""
    kind = _kind(data, name.lower())
    if kind:
        raise ReadError(
            name,
            f"là {kind}, không phải văn bản / is {kind}, not a document",
            "Nêu tệp văn bản gốc; nếu đúng là văn bản, nói rõ bằng --from txt / "
            "name the original document; if it is one all the same, say so: --from txt (parser: format='plain')",
        )


def _kind(data: bytes, name: str) -> str | None:
    head = data[:_HEAD].removeprefix(_BOM).lstrip()
    if head[:1] in (b"{", b"["):
        return "JSON" if _is_json(data) else None
    if head[:1] in (b"@", b"#", b"P", b"p", b"B", b"b") and _PREFIXES.match(head):
        return "Turtle (RDF)"
    if head[:1] in (b"<", b"_"):
        if found := _GRAPH.search(head[:2500]):
            return f"XML {found['root'].decode()}"
        lines = [line for line in head.split(b"\n")[:4] if line.strip()][:3]
        return "N-Triples (RDF)" if len(lines) == 3 and all(map(_STATEMENT.match, (line.strip() for line in lines))) else None
    return _table(head, name)


def _is_json(data: bytes) -> bool:
    """Whole JSON of members (not ``[1]``), or a line of it after another."""
    if len(data) < _HEAD and data.removeprefix(_BOM).strip() in (b"{}", b"[]"):
        return True
    if len(data) > _LARGEST or b'"' not in data[:_HEAD]:
        return False
    data = data.removeprefix(_BOM).strip()
    for some in (data, *([] if b"\n" not in data else [data.split(b"\n", 1)[0]])):
        try:
            msgspec.json.decode(some, type=msgspec.Raw)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
        return b":" in some[:_HEAD] or some[:1] == b"["
    return False


def _table(head: bytes, name: str) -> str | None:
    """A line's cells as many as the next one's: by the name of the file two lines are enough, else most cells are numbers."""
    named = name.endswith((".csv", ".tsv"))
    lines = [line for line in head.decode("utf-8", "replace").splitlines()[:-1][:40] if line.strip() and line[0] != "#"]
    if len(lines) < (2 if named else _ROWS):
        return None
    for sign in ("\t", ",", ";"):
        rows = [row for line in lines for row in csv.reader([line], delimiter=sign)]
        if len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
            continue
        cells = [cell.strip() for row in rows[1:] for cell in row if cell.strip()]
        if named or (cells and sum(1 for cell in cells if _NUMBER.match(cell)) > len(cells) * 0.8):
            return "CSV"
    return None

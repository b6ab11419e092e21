"""Several documents in one file: a gazette issue, a collection. Each is a document of its own.

A new document begins where a header stands that names an instrument with its number: the motto, "Số: 12/2024/NQ-HĐND", "NGHỊ QUYẾT".
The header of an attached regulation has no number of its own, a form's header has a blank one: they begin nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import msgspec

from ..fold import on_one_line
from ..model import Run
from ..names import symbols
from ..reading import Block, Reading
from .forms import NUMBER_LINE, is_type, is_upper, layout

_MOTTO = re.compile(r"XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM")
_ABOVE = 10
"""How many lines of a header may stand above its motto."""
_BELOW = 16
"""How many lines after the motto the number and the type are looked for in."""


def split(reading: Reading) -> tuple[Reading, ...]:
    """The reading, or its parts, one a document; the parts hold every block of it, in order."""
    text = reading.text
    if text.find("Ĩ", text.find("Ĩ") + 1) < 0 or len(_MOTTO.findall(text)) < 2:  # the rarest letter of a motto, twice
        return (reading,)
    starts = list(_starts(reading))
    if len(starts) < 2:
        return (reading,)
    bounds = [0, *starts[1:], len(reading.blocks)]
    return tuple(_part(reading, begin, end, first=not begin) for begin, end in itertools.pairwise(bounds))


def _starts(reading: Reading) -> Iterator[int]:
    """The blocks with which a numbered header begins."""
    lines = [on_one_line(reading.text[b.start : b.end]) if b.end - b.start < 200 else "" for b in reading.blocks]
    after = 0
    for i, line in enumerate(lines):
        if i < after or not (line and layout("motto").match(line) and is_upper(line)):
            continue
        begin = i
        while begin > after and i - begin < _ABOVE and _heads(lines[begin - 1]):
            begin -= 1
        around = lines[begin : i + _BELOW]
        if any(_numbered(words) for words in around) and any(is_type(words) for words in around):
            yield begin
            after = i + 3


def _numbered(words: str) -> bool:
    return NUMBER_LINE.match(words) is not None and symbols.scan_pattern().search(words) is not None


def _heads(words: str) -> bool:
    """A line that may stand above the motto: issuer, rule, number; never who signed the document before."""
    if not words or layout("authority").match(words) or layout("role").match(words):
        return False
    return is_upper(words) or NUMBER_LINE.match(words) is not None or not re.search(r"\w", words)


def _part(reading: Reading, begin: int, end: int, *, first: bool) -> Reading:
    blocks = reading.blocks[begin:end]
    at = 0 if first else blocks[0].start
    stop = reading.blocks[end].start if end < len(reading.blocks) else len(reading.text)
    runs = []
    for run in reading.source_map:
        a, b = max(run.text, at), min(run.text + run.length, stop)
        if a < b:
            runs.append(Run(a - at, run.source + a - run.text, b - a))
    # what a reader found of a place goes with the place, what it found of the file with the first
    findings = [
        msgspec.structs.replace(found, start=max(found.start - at, 0), end=min(found.end, stop) - at) if found.end else found
        for found in reading.findings
        if (at <= found.start < stop or found.start >= stop == len(reading.text) if found.end else first)
    ]
    return msgspec.structs.replace(
        reading,
        text=reading.text[at:stop],
        blocks=tuple(_shifted(block, at) for block in blocks),
        source_map=tuple(runs),
        findings=tuple(findings),
        furniture=reading.furniture if first else (),
    )


def _shifted(block: Block, at: int) -> Block:
    return msgspec.structs.replace(block, start=block.start - at, end=block.end - at) if at else block

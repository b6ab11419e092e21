"""Plain text: every character is printed, nothing is mark-up but the line ends.

Whether a line end is a paragraph's end or a mere wrap is told from the file as a whole: see :func:`wrapped`.
"""

from __future__ import annotations

import re

from ..model import Run
from ..reading import Block, Break, Reading
from . import encodings

_LINE = re.compile(r"[^\n\r\f]*[^\s][^\n\r\f]*")
_FINAL = re.compile(r"[.;:!?…][\"”'’)*]*$")
_MIN_LINES = 12


def sniff(data: bytes, name: str) -> bool:
    """Plain text is what is left: asked last, it takes everything that can be decoded."""
    return True


def read(data: bytes, name: str) -> Reading:
    """Decode and cut into lines. ``text`` is the decoded file itself: source offsets and text offsets are the same."""
    decoded = encodings.decode(data, name)
    text = decoded.text
    return Reading(
        text=text,
        blocks=lines(text),
        media_type="text/plain",
        encoding=decoded.encoding,
        source_map=(Run(0, 0, len(text)),) if text else (),
        findings=decoded.findings,
    )


def lines(text: str) -> tuple[Block, ...]:
    """The non-blank lines of a text as blocks; a form feed is a page's end."""
    spans = []
    pages = "\f" in text
    page, seen = 1, 0
    for match in _LINE.finditer(text):
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip())
        if pages:
            page += text.count("\f", seen, start)
            seen = start
        spans.append((start, match.start() + len(line.rstrip()), page if pages else None))
    soft: Break = "line" if wrapped([text[start:end] for start, end, _ in spans]) else "paragraph"
    blocks = []
    for (start, end, number), following in zip(spans, [*spans[1:], None], strict=True):
        ends = soft
        if following is None or text.count("\n", end, following[0]) > 1:
            ends = "paragraph"
        indent = start - text.rfind("\n", 0, start) - 1
        blocks.append(Block(start, end, ends, number, indent=indent))
    return tuple(blocks)


def wrapped(texts: list[str]) -> bool:
    """Whether the lines of a file are wrapped at a width, so that a line end means little.

    Wrapped text fills its lines evenly and breaks in mid-sentence; a file with a paragraph a line has lines of all lengths,
    most of them ending as sentences do.
    """
    if len(texts) < _MIN_LINES:
        return False
    lengths = sorted(map(len, texts))
    width = lengths[int(len(lengths) * 0.95)]
    if width > 160:
        return False
    open_ends = sum(1 for text in texts if len(text) > width * 0.75 and not _FINAL.search(text[-4:]))
    return open_ends > len(texts) * 0.3

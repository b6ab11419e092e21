"""Plain text: every character is printed, nothing is mark-up but the line ends.

Whether a line end is a paragraph's end or a mere wrap is told from the file as a whole: see :func:`wrapped`.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from ..model import Run
from ..reading import Block, Break, Reading
from . import encodings

_LINE_END = re.compile(r"[\n\r\f]")
_FINAL = re.compile(r"[.;:!?…][\"”'’)*]*$")
_TWO_WORDS = re.compile(r"([^\W\d_]{2,6})\s([^\W\d_])")
_MIN_LINES = 12
_FEW = 6
_EXACT, _WIDE = 3, 999
"""Room that lines may leave: in a text wrapped by a program, and where nothing is known."""
_NARROW = 120
"""Characters: a file whose lines are longer than this has a paragraph a line."""


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
        common=decoded.common,
    )


def lines(text: str) -> tuple[Block, ...]:
    """The non-blank lines of a text as blocks; a form feed is a page's end."""
    spans, texts = [], []
    pages = "\f" in text
    page, seen = 1, 0
    at = 0
    for line in text.split("\n") if not pages and "\r" not in text else _LINE_END.split(text):
        if words := line.strip():
            indent = 0 if len(words) == len(line) else len(line) - len(line.lstrip())
            start = at + indent
            if pages:
                page += text.count("\f", seen, start)
                seen = start
            spans.append((start, start + len(words), indent, page if pages else None))
            texts.append(words)
        at += len(line) + 1
    soft: Break = "line" if wrapped(texts) else "paragraph"
    short, most = room(texts, [indent for _, _, indent, _ in spans])
    if soft == "paragraph" and most < _EXACT:
        soft = "line"  # short lines are many, but those that go on are filled to the last word
    ragged = ragged_width(texts, text) if soft == "paragraph" else 0
    if soft == "paragraph" and not ragged:  # a paragraph a line
        return tuple([Block(start, end, soft, number, indent=indent) for start, end, indent, number in spans])
    blocks = []
    for k, (start, end, indent, number) in enumerate(spans, 1):
        following = spans[k][0] if k < len(spans) else len(text)
        # line ends are "\n", "\r\n" or, in files of old Macs, "\r" alone
        gap = text[end:following]
        blank = k == len(spans) or (len(gap) > 1 and (gap == "\n\n" or gap.count("\n") > 1 or gap.count("\r") > 1))
        cut = ragged and not blank and _is_cut(texts[k - 1], ragged, texts[k])
        ends: Break = "line" if cut else "paragraph" if blank or (most < _WIDE and short[k - 1]) else soft
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


def room(texts: list[str], indents: list[int]) -> tuple[list[bool], int]:
    """Of each line of a wrapped file, whether it leaves room for the next line's first word, and so ends its paragraph.

    How much room a wrap may leave is learnt from the lines that surely go on ("… của Ủy ban" / "nhân dân tỉnh"), and told too: none in a
    text wrapped by a program at a number of letters, some in one taken off a printed page; ``_WIDE`` where the lines' width says nothing.
    Where first lines of paragraphs are set in, that counts too.
    """
    # they go on in small letters, which no label has
    inside = [k for k, text in enumerate(texts[1:]) if text[:2].isalpha() and text[:2].islower() and not _FINAL.search(texts[k][-4:])]
    if len(inside) < _FEW:
        return [], _WIDE
    edges = [indent + len(text) for text, indent in zip(texts, indents, strict=True)]
    measure = sorted(edges)[int(len(edges) * 0.95)]
    left = [measure - edge - 1 - len(below.split(None, 1)[0]) for edge, below in zip(edges, texts[1:], strict=False)]
    full = [k for k in inside if edges[k] * 2 > measure]
    if measure > _NARROW + 40 or len(full) < _FEW or len(full) < len(inside) * 0.8:
        return [], _WIDE
    most = max(0, sorted(left[k] for k in full)[int(len(full) * 0.97)])
    margin, often = Counter(indents[k + 1] for k in inside).most_common(1)[0]
    set_in = often > len(inside) * 0.9
    below = zip(left, indents[1:], texts[1:], strict=True)
    return [*(space > most or (set_in and indent > margin + 1 and text[0] not in "-+*") for space, indent, text in below), True], most


def ragged_width(texts: list[str], text: str) -> int:
    """From what length on a line may be cut in mid-sentence, where a page's wrapped source was saved without blank lines; else 0.

    Such a file has narrow lines, many of which go on in small letters: only the sentence's own end parts its paragraphs.
    """
    if len(texts) < _MIN_LINES or text.count("\n\n") * 10 > len(texts):
        return 0
    width = sorted(map(len, texts))[int(len(texts) * 0.95)]
    going_on = sum(1 for before, line in pairwise(texts) if line[0].islower() and line[1:2] not in ").," and not _FINAL.search(before[-4:]))
    return int(width * 0.6) if width <= _NARROW and going_on > len(texts) * 0.12 else 0


def _is_cut(line: str, width: int, following: str) -> bool:
    """A sentence goes on after a long line, and after a short one when an abbreviation follows ("… tốc độ tăng trưởng" / "GRDP từ 11%")."""
    if _FINAL.search(line[-4:]) is not None or line.isupper():
        return False
    if len(line) > width:
        return True
    words = _TWO_WORDS.match(following) if len(line) > width / 3 else None
    return words is not None and words[1].isupper() and words[2].islower()

"""Two columns typed with blanks on one line: ``BỘ TÀI CHÍNH        CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM``.

Typists set the header and the signature side by side with blanks or tabs. Such a line is two blocks when what stands after the wide gap is
what a right column holds there: the motto, place and date, a rule, an office, a name. Other wide gaps part nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from ..fold import match_form
from ..reading import Block
from .forms import PERSON, PLACE_LINE, RULE_LINE, is_upper, layout

_GAP = re.compile(
    r"(?:[ \u00a0]{0,3}(?P<bar>\|)[ \u00a0]{0,3}|[ \u00a0\u2000-\u200a]*\t[\t \u00a0\u2000-\u200a]*|[ \u00a0\u2000-\u200a]{4,})(?=\S)"
)
_SIGNED = re.compile(r"\(\s*(?:đã ký|ký tên)", re.IGNORECASE)
_NAME = re.compile(rf"{PERSON}$")


def parted(text: str, block: Block) -> Iterator[Block]:
    """The block, or its left and right column."""
    for gap in _GAP.finditer(text, block.start + 1, block.end):
        right = " ".join(match_form(text[gap.end() : block.end]).split())
        if len(right) < 80 and _is_right(right):
            # the bar that a converter set between the columns stays with the left one
            yield msgspec.structs.replace(block, end=gap.end("bar") if gap["bar"] else gap.start(), ends="paragraph")
            yield msgspec.structs.replace(block, start=gap.end())
            return
    yield block


def _is_right(words: str) -> bool:
    return (
        layout("motto").match(words)
        or (len(words) > 3 and RULE_LINE.match(words) is not None)
        or PLACE_LINE.match(words) is not None
        or _SIGNED.match(words) is not None
        or layout("authority").match(words)
        or (is_upper(words) and layout("role").match(words))
        or _NAME.match(words) is not None
    )

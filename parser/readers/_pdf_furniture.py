"""Running headers, footers and page numbers, found by what they do over the pages and taken off; nothing else is.

A page number stands alone at the head or foot and counts with the pages. A running line stands at the same height on three pages or more
and says the same each time, or counts with the pages too (``CÔNG BÁO/Số 1093 + 1094/Ngày 21-11-2020``, ``Trang 3/20``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from ._pdf_spans import Page, Span, Walls, in_lines

_NUMBER = re.compile(r"[-–—.\s|]*(?:trang|page|tr\.)?\s*(\d{1,5})\s*(?:(?:/|of|trên)\s*\d{1,5})?[-–—.\s|]*", re.IGNORECASE)
_ROMAN = re.compile(r"[-–—.\s]*([ivxl]{1,7}|[IVXL]{1,7})[-–—.\s]*")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_LABELLED = re.compile(r"(?:điều|khoản|chương|mục|phần|phụ lục|mẫu|biểu|bảng|\d{1,3}[.)]\s|\w\))", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ZONE = 0.14  # of the page's height, at its head and at its foot
_TAB = 6.0  # in font sizes: no tab after a label is wider
_LINES = 3  # how many lines of a zone are looked at
_TIMES = 3  # on so many pages the same line is no accident


class _Seen(NamedTuple):
    page: int
    head: bool
    span: Span
    text: str


def take(pages: list[Page]) -> list[tuple[int, str]]:
    """Take running lines and page numbers off the pages; they are given back as printed, with their page."""
    seen = [candidate for page in pages for candidate in _candidates(page)]
    gone = {id(s.span): s for s in (*_running(seen), *_numbers(seen, pages))}
    for page in pages:
        page.spans = [span for span in page.spans if id(span) not in gone]
    return [(s.page, s.text) for s in sorted(gone.values(), key=lambda s: (s.page, not s.head, s.span.base))]


def _candidates(page: Page) -> list[_Seen]:
    """The spans of the first and last lines of a page, as far as they stand at its head or foot and in no table."""
    lines = in_lines(page.spans)
    walls = Walls(page.rules)
    made: list[_Seen] = []
    for head in (True, False):
        for line in (lines if head else lines[::-1])[:_LINES]:
            at = line[0].base
            if (at > _ZONE * page.height + line[0].size) if head else (at < (1 - _ZONE) * page.height):
                break
            for span, following in zip(line, [*line[1:], None], strict=True):
                if following is not None and _is_label(span, following):
                    continue
                if not (walls.between(0, span.x0, at - 0.3 * span.size) and walls.between(span.x1, page.width, at - 0.3 * span.size)):
                    made.append(_Seen(page.number, head, span, " ".join(span.text.split())))
    return made


def _is_label(span: Span, following: Span) -> bool:
    """Whether a number at the head of a page is its first words' label: ``2.`` with a tab after it."""
    return (
        span.text.rstrip().endswith(".") and following.x0 - span.x1 < _TAB * span.size and _NUMBER.fullmatch(span.text.strip()) is not None
    )


def _running(seen: list[_Seen]) -> list[_Seen]:
    """Lines that come again at the same height, with the same words and digits, or with a digit that counts the pages."""
    alike: dict[tuple[bool, str], list[_Seen]] = defaultdict(list)
    for one in seen:
        if any(c.isalpha() for c in one.text):
            alike[one.head, _DIGITS.sub("#", one.text)].append(one)
    made: list[_Seen] = []
    for group in alike.values():
        for level in _levels(group):
            same: dict[str, list[_Seen]] = defaultdict(list)
            for one in level:
                same[one.text].append(one)
            if len(same) == 1 or len(level) < _TIMES:
                found = [level] if len({one.page for one in level}) >= _TIMES else []
            else:
                found = [level] if _counts(level) else [part for part in same.values() if len({o.page for o in part}) >= _TIMES]
            for part in found:
                pages = sorted({one.page for one in part})
                if len(pages) * 3 >= pages[-1] - pages[0] + 1:  # on every third page at least, from the first to the last
                    made += part
    return made


def _levels(group: list[_Seen]) -> list[list[_Seen]]:
    """A group cut by height on the page."""
    levels: list[list[_Seen]] = []
    for one in sorted(group, key=lambda s: s.span.base):
        if levels and one.span.base - levels[-1][0].span.base <= 10.0:
            levels[-1].append(one)
        else:
            levels.append([one])
    return levels


def _counts(level: list[_Seen]) -> bool:
    """Whether one number in the line is the page's and the others never change; ``Điều 5.`` and ``Mẫu số 02`` count other things."""
    if _LABELLED.match(level[0].text):
        return False
    first = _DIGITS.findall(level[0].text)
    for i in range(len(first)):
        steps = set()
        rest = set()
        for one in level:
            numbers = _DIGITS.findall(one.text)
            steps.add(int(numbers[i][-9:]) - one.page)
            rest.add((*numbers[:i], *numbers[i + 1 :]))
        if len(steps) == 1 and len(rest) == 1:
            return True
    return False


def _numbers(seen: list[_Seen], pages: list[Page]) -> list[_Seen]:
    """Numbers that stand alone and count with the pages; one between other pages' numbers counts too (scans misread some)."""
    found: dict[bool, dict[int, list[tuple[int, _Seen]]]] = {True: defaultdict(list), False: defaultdict(list)}
    for one in seen:
        if (value := _value(one.text)) is not None:
            found[one.head][one.page].append((value, one))
    made: list[_Seen] = []
    for by_page in found.values():
        sure: list[_Seen] = []
        loose: list[tuple[int, _Seen]] = []
        for page, values in by_page.items():
            for value, one in values:
                beside = [(v - value, p - page) for p in (page - 2, page - 1, page + 1, page + 2) for v, _ in by_page.get(p, ())]
                if any(step == pace for step, pace in beside) or value == page:
                    sure.append(one)
                else:
                    loose.append((value, one))
        made += sure
        # an attachment counts anew: its "2" stands in the middle, or where the other numbers stand
        widths = {page.number: page.width for page in pages}
        for value, one in loose:
            centred = abs((one.span.x0 + one.span.x1) / 2 - widths[one.page] / 2) < 0.04 * widths[one.page]
            if value <= len(pages) and (centred or any(_stands_like(one.span, other.span) for other in sure)):
                made.append(one)
    return made


def _stands_like(one: Span, other: Span) -> bool:
    centre, its = (one.x0 + one.x1) / 2, (other.x0 + other.x1) / 2
    return abs(one.base - other.base) <= 4 and abs(centre - its) <= 6


def _value(text: str) -> int | None:
    if match := _NUMBER.fullmatch(text):
        return int(match[1])
    if match := _ROMAN.fullmatch(text):
        values = [_VALUES[c] for c in match[1].lower()]
        return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
    return None

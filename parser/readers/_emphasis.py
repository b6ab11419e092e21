"""Emphasis that Markdown writes with stars, or with underscores: ``_Nơi nhận:_``, ``__QUYẾT NGHỊ:__``; what it tells of paragraphs.

Only what pairs is mark-up. Of underscores: a run of one to three that opens before a word and is closed by as many after one. A run to
fill in (``Số: ____``), a rule, and underscores inside a name (``ke_hoach_2026``) are printed, and stay.
"""

from __future__ import annotations

import re

_STARS = re.compile(r"\*\**")  # the first alone: a literal is looked for faster than a repeat
_LEAD = re.compile(r"[# \t\n]*(\*+)")
_RUN = re.compile(r"_+")
_OPENS = re.compile(r"[\w“‘\"(\[*]")
_BEFORE, _AFTER = frozenset('*(["“‘|>#'), frozenset('.,;:!?)]"”’*|<…')
"""What may stand beside emphasis, besides blanks: no stroke, as in an address."""
_MOST = 3


def stars(source: str, start: int, end: int) -> tuple[list[tuple[int, int]], int]:
    """The stars in ``source[start:end]``, one Markdown paragraph, that are emphasis: flanking runs, when their number is even; and how many
    open the paragraph: one is italic, more are bold, none tell nothing.
    """
    runs: list[tuple[int, int]] = []
    lone: list[tuple[int, int]] = []
    total = 0
    for match in _STARS.finditer(source, start, end):
        a, b = match.span()
        before, after = source[a - 1 : a], source[b : b + 1]
        if (before == "(" and after == ")") or before == "\\":
            continue  # a printed note mark: (*)
        if before.strip() or after.strip() or b - a > 1 or (after in ("", "\n") and len(runs) % 2):
            runs.append((a, b))  # the last: "*Căn cứ Luật Đầu tư; *", closed after a blank
            total += b - a
        else:
            lone.append((a, b))
    if total % 2 and (opener := _opener(source, runs, lone)):
        runs.append(opener)
        total += 1
    if total % 2:
        bullet = next(((a, b) for a, b in runs if b - a == 1 and source[b : b + 1].isspace()), None)
        if bullet is None:
            bullet = runs[-1]
        runs.remove(bullet)
        if bullet[1] - bullet[0] > 1:  # keep one star, the rest is emphasis
            runs.append((bullet[0] + 1, bullet[1]))
    lead = _LEAD.match(source, start, end)
    many = lead.end() - lead.start(1) if lead else 0
    return runs, 0 if lead is not None and many == 1 and source.startswith(" ", lead.end()) else many


def _opener(source: str, runs: list[tuple[int, int]], lone: list[tuple[int, int]]) -> tuple[int, int] | None:
    """ "* (Ban hành kèm theo Nghị quyết số" / "22/2025/NQ-HĐND)*": a star like a bullet that opens what the next one closes."""
    for a, b in lone:
        following = next((run for run in runs if run[0] > b), None)
        if (
            following
            and following[1] - following[0] == 1
            and source[following[0] - 1].strip()
            and not source[following[1] : following[1] + 1].strip()
        ):
            return a, b
    return None


def underscores(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """The runs in ``source[start:end]``, one Markdown paragraph, that are emphasis: each opening one followed by the one that closes it."""
    made: list[tuple[int, int]] = []
    opened: dict[int, tuple[int, int]] = {}
    for match in _RUN.finditer(source, start, end):
        a, b = match.span()
        length = b - a
        if length > _MOST or source[a - 1 : a] == "\\":
            continue
        before, after = source[a - 1 : a] if a > start else "", source[b : b + 1] if b < end else ""
        if before and not before.isspace() and (not after or after.isspace() or after in _AFTER):
            if pair := opened.pop(length, None):
                made += [pair, (a, b)]
        elif (not before or before.isspace() or before in _BEFORE) and _OPENS.match(after):
            opened[length] = (a, b)
    return made


def dense_ends(words: list[str]) -> list[bool]:
    """Of each line of a text without blank lines, whether its paragraph ends there.

    It does after the end of a sentence, and where stars that opened a line close another and what follows begins anew: a heading in bold
    ("**Điều 1. Phạm vi điều chỉnh**" / "Nghị quyết này quy định …"). Lines of a title in capitals go on whatever they end with.
    """
    made = []
    opened = 0
    for line, below in zip(words, [*words[1:], ""], strict=True):
        lead = len(line) - len(line.lstrip("*"))
        if not opened and lead and not line[lead : lead + 1].isspace():
            opened = lead
        closed = False
        if opened:
            stars = line.count("*") - (lead if lead == opened else 0)
            tail = len(line) - len(line.rstrip("*"))
            closed = tail == opened and stars == tail and line.strip("*") != ""
            if stars:
                opened = 0
        bare, following = line.strip("* "), below.lstrip("* ")
        title = following and bare == bare.upper() and following == following.upper() and not bare.endswith(".")
        ended = bare.endswith((".", ";", ":")) or (closed and not following[:1].islower())
        made.append(ended and not title)
    if made:
        made[-1] = True
    return made

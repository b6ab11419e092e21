"""Where a directive text on one line is cut: into sentences, into clauses, into the acts of a mandate as printed.

Only signs and the verb behind them are looked at; whether a clause orders anything is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..names.patterns import UPPER
from . import verbs

Spans = Sequence[tuple[int, int]]

_ENDS = " .;,/"
_STOP = re.compile(rf"\.(?= [{UPPER}À-ÖØ-ÞΑ-ΩА-Я“\"(])")
"""The full stop that ends a sentence. (The pattern begins with one sign: the search skips fast.)"""


@cache
def _unlike() -> re.Pattern[str]:
    return re.compile(f"{_STOP.pattern}(?! (?:{verbs.plain().pattern}))")


@cache
def _cut() -> re.Pattern[str]:
    """The semicolon that ends a clause: the next begins with a verb."""
    return re.compile(f";(?= (?:{verbs.pattern().pattern}|đồng thời))")


def sentences(words: str) -> list[tuple[int, int]]:
    """Where the sentences of a text on one line begin and end.

    >>> sentences("Thực hiện tốt. Sớm báo cáo.")
    [(0, 15), (15, 27)]
    """
    found = []
    start = 0
    for stop in _STOP.finditer(words):
        end = stop.end() + 1
        found.append((start, end))
        start = end
    found.append((start, len(words)))
    return found


def unlike(words: str) -> Spans:
    """The sentences behind the first that no verb begins which orders without naming anybody; most texts have none."""
    stop = _unlike().search(words)
    if stop is None:
        return ()
    found = []
    while stop is not None:
        start = stop.end() + 1
        following = _STOP.search(words, start)
        found.append((start, following.end() + 1 if following is not None else len(words)))
        stop = _unlike().search(words, start)
    return found


def goes_on(words: str, index: int) -> bool:
    """Whether a sentence follows the one numbered ``index`` (from 0)."""
    return len(sentences(words)) - 1 > index


def clauses(words: str, spans: Spans) -> Spans:
    """The clauses of sentences, cut at a semicolon where the next begins with a verb; lists and quotations stay whole.

    >>> words = "Siết chặt kỷ luật tài chính; quản lý các khoản chi. Thực hiện hai đề án: A; B."
    >>> [words[start:end] for start, end in clauses(words, sentences(words))]
    ['Siết chặt kỷ luật tài chính', 'quản lý các khoản chi. ', 'Thực hiện hai đề án: A; B.']
    """
    cuts = [cut.start() for cut in _cut().finditer(words)] if ";" in words else ()
    if not cuts:
        return spans
    if "“" in words:
        plain = _unquoted(words, spans)
        cuts = [cut for cut in cuts if cut in plain]
    found = []
    following = iter([*cuts, len(words)])
    cut = next(following)
    for start, end in spans:
        while cut < end:
            found.append((start, cut))
            start, cut = cut + 2, next(following)
        found.append((start, end))
    return found


def _unquoted(words: str, spans: Spans) -> set[int]:
    """The semicolons that stand in no quotation; a quotation ends with its sentence."""
    found = set()
    for start, end in spans:
        seen, quoted = start, 0
        at = words.find("; ", start, end)
        while at >= 0:
            quoted = max(quoted + words.count("“", seen, at) - words.count("”", seen, at), 0)
            seen = at
            if not quoted:
                found.add(at)
            at = words.find("; ", at + 1, end)
    return found


def acts(words: str) -> tuple[str, ...]:
    """The acts of a mandate as printed: its :func:`clauses`, without the signs around them.

    >>> acts("Siết chặt kỷ luật tài chính; quản lý các khoản chi. Thực hiện hai đề án: A; B.")
    ('Siết chặt kỷ luật tài chính', 'quản lý các khoản chi', 'Thực hiện hai đề án: A; B')
    """
    found = _STOP.split(words)
    if ";" in words:
        cut, parts = _cut().split, found
        found = []
        for sentence in parts:
            if ";" not in sentence:
                found.append(sentence)
            elif "“" in sentence:
                found += [sentence[start:end] for start, end in clauses(sentence, ((0, len(sentence)),))]
            else:
                found += cut(sentence)
    found = [act.strip(_ENDS) for act in found]
    return tuple(found) if "" not in found else tuple(filter(None, found))

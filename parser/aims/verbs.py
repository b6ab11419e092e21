"""Verbs that order: where a clause begins with one, and where the subject of one ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from ..tables import rows, values


def _not_before(cell: str) -> str:
    """What may not follow a form: words whole, signs as they are."""
    words = [re.escape(word) + (r"(?!\w)" if word[-1].isalnum() else "") for word in values(cell)]
    return rf"(?!\s?(?:{'|'.join(words)}))" if words else ""


def forms(table: str, column: str = "forms") -> list[tuple[str, dict[str, str]]]:
    """(form, row) of a table of forms, longest form first."""
    found = [(form, row) for row in rows(table) for form in values(row[column])]
    return sorted(found, key=lambda item: -len(item[0]))


class _Tree(dict[str, "_Tree"]):
    """Forms letter by letter; ``after`` is the pattern that must hold behind a form that ends here, ``forms`` how many there are."""

    after: str | None = None
    forms = 0


def trie(entries: Iterable[tuple[str, str]], both_cases: bool = False) -> str:
    """A pattern of ``(form, pattern behind it)`` that reads each letter once; of forms that begin alike the longest that fits is taken.

    With ``both_cases`` the first letter may be a capital.
    """
    tree = _Tree()
    for form, after in entries:
        here = tree
        for letter in form:
            here = here.setdefault(letter, _Tree())
            here.forms += 1
        here.after = here.after or after
    branches = []
    for letter, below in sorted(tree.items(), key=_fewer):
        first = f"[{letter}{letter.upper()}]" if both_cases and letter != letter.upper() else re.escape(letter)
        branches.append(first + _source(below))
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _fewer(branch: tuple[str, _Tree]) -> int:
    """Letters that begin many forms are looked at first: so do most words."""
    return -branch[1].forms


def _source(tree: _Tree) -> str:
    branches = []
    for letter, below in sorted(tree.items(), key=_fewer):
        run = letter
        while len(below) == 1 and below.after is None:
            letter, below = next(iter(below.items()))
            run += letter
        branches.append(re.escape(run) + _source(below))
    if tree.after is not None:
        branches.append(tree.after)
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def branch(entries: list[tuple[str, str]], colon: bool = False) -> str:
    """A pattern of ``(form, what may not follow)``, the first letter in both cases.

    A form before a colon is a label (``Quyết định: QĐ``) unless ``colon`` says that it may stand there.
    """
    after = r"(?!\w)" if colon else r"(?!\w|\s?:)"
    return trie(((form, after + _not_before(other)) for form, other in entries), both_cases=True)


def some(wanted: Callable[[str], bool]) -> re.Pattern[str]:
    """The directive verbs that are ``wanted``; use ``match`` at the start of a clause."""
    return re.compile(branch([(form, row["not"]) for form, row in forms("verbs") if row["class"] != "duty" and wanted(form)]))


@cache
def pattern() -> re.Pattern[str]:
    """A directive verb, anywhere; use ``match`` at the start of a clause."""
    return some(lambda form: True)


CHARGING = frozenset({"gia", "yêu", "đề ", "phâ", "ủy ", "uỷ ", "uy ", "khu", "kiế", "trâ", "kín"})
"""How words that charge a body begin: there the verb alone does not decide."""


@cache
def plain() -> re.Pattern[str]:
    """A verb at the start of a sentence that may not charge a body."""
    return some(lambda form: form[:3] not in CHARGING)


@cache
def duty() -> re.Pattern[str]:
    """What is said of a body that is charged: ``có trách nhiệm``, ``phải``, ``là cơ quan đầu mối``."""
    return re.compile(branch([(form, row["not"]) for form, row in forms("verbs") if row["class"] == "duty"]))


@cache
def lower(duties: bool = True) -> str:
    """The source of a pattern for any directive verb (and duty) inside a sentence, in lower case."""
    return trie((form, r"(?!\w)" + _not_before(row["not"])) for form, row in forms("verbs") if duties or row["class"] != "duty")

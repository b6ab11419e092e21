"""Verbs that order: where a clause begins with one, and where the subject of one ends."""

from __future__ import annotations

import re
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


def branch(entries: list[tuple[str, str]], colon: bool = False) -> str:
    """A pattern of ``(form, what may not follow)``, one branch a first letter in both cases, so that most places fail at once.

    A form before a colon is a label (``Quyết định: QĐ``) unless ``colon`` says that it may stand there.
    """
    after = r"(?!\w)" if colon else r"(?!\w|\s?:)"
    initials: dict[str, list[str]] = {}
    for form, other in entries:
        initials.setdefault(form[0], []).append(re.escape(form[1:]) + after + _not_before(other))
    return "|".join(f"[{first}{first.upper()}](?:{'|'.join(rest)})" for first, rest in initials.items())


@cache
def pattern() -> re.Pattern[str]:
    """A directive verb, anywhere; use ``match`` at the start of a clause."""
    return re.compile(branch([(form, row["not"]) for form, row in forms("verbs") if row["class"] != "duty"]))


@cache
def duty() -> re.Pattern[str]:
    """What is said of a body that is charged: ``có trách nhiệm``, ``phải``, ``là cơ quan đầu mối``."""
    return re.compile(branch([(form, row["not"]) for form, row in forms("verbs") if row["class"] == "duty"]))


@cache
def lower(duties: bool = True) -> str:
    """The source of a pattern for any directive verb (and duty) inside a sentence, in lower case."""
    initials: dict[str, list[str]] = {}
    for form, row in forms("verbs"):
        if row["class"] == "duty" and not duties:
            continue
        initials.setdefault(form[0], []).append(re.escape(form[1:]) + r"(?!\w)" + _not_before(row["not"]))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in initials.items())

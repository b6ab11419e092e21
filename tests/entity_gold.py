"""Reading and scoring the gold of organisations and places (``tests/gold/entities``; its README says what counts)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vanban.parser import Document

KINDS = ("organisation", "place")
Span = tuple[int, int]


@dataclass
class Gold:
    """One document's annotations as places in its text: names by span, and what may be found or left out."""

    excerpts: list[Span] = field(default_factory=list)
    names: dict[str, dict[Span, str]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    optional: dict[str, list[Span]] = field(default_factory=lambda: {kind: [] for kind in KINDS})


def rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def find(text: str, words: str, start: int, end: int) -> Span:
    """Where the words stand next, whatever white space is between them; not inside a longer word."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = re.compile(rf"(?<!\w){pattern}(?!\w)" if words[0].isalnum() else pattern).search(text, start, end)
    assert found, f"{words!r} is not in the text after {text[start : start + 60]!r}"
    return found.span()


def placed(file: Path, text: str) -> Gold:
    """The rows of a file as places: each kind's rows stand in the order of the text, inside the excerpt above them."""
    gold = Gold()
    start, end, after = 0, len(text), dict.fromkeys(KINDS, 0)
    for row in rows(file):
        kind = row["kind"].removeprefix("optional ")
        if kind == "excerpt":
            start = find(text, row["text"], 0, len(text))[0]
            end = find(text, row["name"], start, len(text))[1]
            gold.excerpts.append((start, end))
            after = dict.fromkeys(KINDS, start)
            continue
        span = find(text, row["text"], after[kind], end)
        after[kind] = span[1]
        if row["kind"] == kind:
            gold.names[kind][span] = row["name"]
        else:
            gold.optional[kind].append(span)
    return gold


@dataclass
class Count:
    """What was found of what is there; names are compared where the span is right and the gold knows the name."""

    right: int = 0
    found: int = 0
    there: int = 0
    named: int = 0
    name_right: int = 0
    wrong: list[str] = field(default_factory=list)

    def scores(self, kind: str) -> dict[str, float]:
        precision, recall = self.right / max(self.found, 1), self.right / max(self.there, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        names = self.name_right / max(self.named, 1)
        found = {"precision": precision, "recall": recall, "f1": f1, "name": names}
        return {f"{kind}.{score}": round(value, 4) for score, value in found.items()}


def score(documents: Iterable[tuple[str, Document, Gold]]) -> Mapping[str, Count]:
    """Exact spans inside the excerpts, against the mentions of enriched Documents."""
    counts = {kind: Count() for kind in KINDS}
    for slug, document, gold in documents:
        for kind, mentions in (("organisation", document.organisations), ("place", document.places)):
            count, names, optional = counts[kind], gold.names[kind], gold.optional[kind]
            found = {(m.start, m.end): m.name for m in mentions if any(a <= m.start < b for a, b in gold.excerpts)}
            extra = [s for s in found if s not in names and not any(s[0] < b and a < s[1] for a, b in optional)]
            hit = [s for s in found if s in names]
            count.right += len(hit)
            count.found += len(hit) + len(extra)
            count.there += len(names)
            count.wrong += [f"{slug}: {kind} too much: {document.text[a:b]!r} ({found[a, b]})" for a, b in extra]
            count.wrong += [
                f"{slug}: {kind} missed: {document.text[a:b]!r} in {document.text[a - 30 : b + 30]!r}"
                for a, b in names.keys() - found.keys()
            ]
            for span in hit:
                if names[span] != "?":
                    count.named += 1
                    count.name_right += names[span] == found[span]
                    if names[span] != found[span]:
                        count.wrong.append(f"{slug}: {kind} name: {document.text[slice(*span)]!r} is {found[span]!r}, not {names[span]!r}")
    return counts

"""Findings: what a careful reader would want to check, each with a stable code and a remedy.

Codes and words are in ``lexicon/findings.tsv``. The checks here look at the finished parse; a reader's findings come with its reading.
A finding never changes anything: what a document says is kept as it says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from . import syllables, tables
from .model import Citation, Finding, Instrument, Node
from .names import symbols

_FILE_NUMBER = re.compile(
    r"(?<!\d)(\d{1,5})[-_. ]{1,2}(?:(?:19|20)\d\d[-_. ]{1,2})?(?:nq|n[dđ]|q[dđ]|tt|ct|kh|c[dđ]|tb|kl|hd|bc|vbhn)(?![^\W\d_])", re.IGNORECASE
)
_SERIES = frozenset(("article", "chapter", "clause"))
_DIGITS = re.compile(r"\d+")
_FEW_WORDS = 200
_SAMPLE = 100_000


@cache
def _words() -> dict[str, tables.Row]:
    return {row["code"]: row for row in tables.rows("findings")}


def make(code: str, node: Node | Citation | None = None, **values: object) -> Finding:
    """A finding of the table, its words filled in; ``node`` (or a citation) says where."""
    row = _words()[code]
    message = f"{row['vi']} / {row['en']}".format(**values)
    where = node.id if isinstance(node, Node) else node.node if node is not None else None
    start, end = (node.start, node.end) if node is not None else (0, 0)
    return Finding(code=code, severity=row["severity"], message=message, node=where, start=start, end=end)  # type: ignore[arg-type]


def of(text: str, name: str, instrument: Instrument, nodes: Sequence[Node], doubts: Sequence[Finding] = ()) -> tuple[Finding, ...]:
    """The findings of a parse, in reading order as far as they have a place. A clean parse has none. ``doubts`` are those about its
    citations (:mod:`doubts`).
    """
    if not text or text.isspace():
        return (make("document.empty"),)
    found = [*_header(name, instrument, nodes), *_numbering(nodes)]
    odd = any(f.severity != "info" for f in found)
    found += doubts  # what is cited wrongly says nothing of how the text was read
    labels = len([1 for node in nodes if node.label])
    if not labels:
        found.append(make("structure.none"))
    if not labels or odd or instrument.type is None or instrument.number is None:
        # only what looks odd already is worth the look at every word
        right, total = syllables.share(text[:_SAMPLE])
        if total > 50 and right < total * 0.9:
            found.append(make("text.damaged", share=f"{1 - right / total:.0%}"))
    why = _doubt(found, labels)
    if why:
        found.append(make("document.doubtful", why=why))
    return tuple(sorted(found, key=lambda f: f.start))


def _doubt(found: list[Finding], labels: int) -> str:
    codes = [f.code for f in found]
    if "text.damaged" in codes:
        return "text.damaged"
    if "structure.none" in codes and all(f"header.no-{field}" in codes for field in ("type", "number", "issuer")):
        return "structure.none, header"
    odd = codes.count("structure.gap") + codes.count("structure.repeat")
    return f"structure.gap/repeat × {odd}" if odd > 5 and odd > labels * 0.1 else ""


def _header(name: str, instrument: Instrument, nodes: Sequence[Node]) -> Iterator[Finding]:
    for field in ("number", "type", "issuer", "date"):
        if getattr(instrument, field) is None:
            yield make(f"header.no-{field}")
    before = [node for node in nodes if node.role == "other"]
    if before and sum(node.end - node.start for node in before) > _FEW_WORDS:
        yield make("header.before", before[0])
    said = _FILE_NUMBER.search(name)
    if said and instrument.number:
        own = symbols.parts(instrument.number)
        if own is not None and int(_DIGITS.findall(own.number)[0]) != int(said[1]):
            yield make("header.file-name", file=said[1], number=instrument.number)


def _numbering(nodes: Sequence[Node]) -> Iterator[Finding]:
    """Gaps and repeats among siblings that count 1, 2, 3 …; decimal headings outside the heading they name."""
    last: dict[tuple[str | None, str], tuple[int, Node]] = {}
    labels: dict[str, str] = {}
    quoted: set[str] = set()
    for node in nodes:
        kind = node.kind
        if kind == "quotation" or (quoted and node.parent in quoted):
            quoted.add(node.id)  # a quoted provision has the numbers of the text it amends
            continue
        if kind == "bullet":
            continue  # as most are: it has no number, nor is it named by one
        labels[node.id] = node.label
        if kind == "heading" and node.parent is not None and node.label.count(".") > node.label.endswith("."):
            wanted = node.label.rstrip(".").rpartition(".")[0]
            if wanted.replace(".", "").isdigit() and labels.get(node.parent, "").rstrip(".)/- ") != wanted:
                yield make("structure.skip", node, label=node.label, wanted=wanted)
            continue
        if kind not in _SERIES:
            continue
        match = _DIGITS.search(node.label)
        if match is None:
            continue
        number = int(match[0])
        # articles run through the chapters of a document (and of each attachment); clauses start anew in each article
        above = node.parent or ""
        series = (above.split("__", 1)[0] if above.startswith("app") else None) if kind == "article" else node.parent
        before = last.get((series, kind))
        if before is not None:
            if number > before[0] + 1:
                yield make("structure.gap", node, before=before[1].label, label=node.label)
            elif number == before[0] and node.label.rstrip(".:)") == before[1].label.rstrip(".:)"):
                yield make("structure.repeat", node, label=node.label)
        last[series, kind] = (number, node)

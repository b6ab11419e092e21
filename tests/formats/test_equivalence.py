"""The same resolution in every format gives the same parse: structure, citations, mandates, targets and what the document is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import pytest
from conservation import broken
from formats.conftest import need

from vanban.parser import Document, fold, parse_bytes

Facts = dict[str, list[tuple[Any, ...]]]
EXACT = {
    "txt": (),
    "html": ("lxml",),
    "docx": ("lxml",),
    "odt": ("lxml",),
    "numbered.odt": ("lxml", "soffice"),
    "numbered.doc": ("lxml", "soffice"),
    "rtf": ("lxml", "soffice"),
    "numbered.pdf": ("lxml", "soffice", "pypdfium2"),
}
SMALL_CAPITALS = {"tcvn3.docx": ("lxml",), "tcvn3.txt": (), "tcvn3.doc": ("lxml", "soffice")}
MEDIA = {
    "txt": "text/plain",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "doc": "application/msword",
    "rtf": "application/rtf",
    "pdf": "application/pdf",
}


def first_words(text: str, count: int = 8) -> str:
    return " ".join(text.split()[:count])


def facts(document: Document) -> Facts:
    """What must be the same whatever the format."""
    paths: dict[str | None, tuple[str, ...]] = {None: ()}
    structure = []
    preamble: dict[str, str] = {}  # its lines may stand in columns or below each other: compared role by role
    for node in document.nodes:
        if node.kind == "preamble":
            preamble[node.role] = f"{preamble.get(node.role, '')} {' '.join(node.text.split())}".strip()
            continue
        paths[node.id] = (*paths[node.parent], node.label or f"({node.role or node.kind})")
        structure.append((paths[node.id], node.kind, first_words(f"{node.heading} {node.text}")))
    itself = msgspec.to_builtins(document.instrument)
    return {
        "instrument": sorted((name, str(value)) for name, value in itself.items()),
        "preamble": sorted(preamble.items()),
        "structure": structure,
        "citations": [
            (c.scope, c.type, c.number, c.name, c.date, c.issuer, c.relation, c.provision, c.target, c.state) for c in document.citations
        ],
        "mandates": [
            (
                m.kind,
                first_words(m.text),
                tuple((a.name, a.role) for a in m.actors),
                m.responsible,
                m.deadline and m.deadline.text,
                m.implements,
            )
            for m in document.mandates
        ],
        "targets": [(t.name, t.comparator, t.value, t.value_max, t.unit, t.change, t.period, t.baseline) for t in document.targets],
    }


def small(value: Any) -> Any:
    """Without capitals and with one placement of tone marks, all the way down."""
    if isinstance(value, str):
        return fold.key(value)
    return type(value)(map(small, value)) if isinstance(value, list | tuple) else value


@pytest.fixture(scope="module")
def truth(seed_document: Document) -> Facts:
    found = facts(seed_document)
    assert [len(found[name]) for name in ("structure", "citations", "targets")] == [131, 24, 30]
    return found


def differences(truth: Facts, found: Facts) -> list[str]:
    """Row by row what one has and the other has not."""
    said = []
    for name, rows in truth.items():
        here, there = Counter(rows), Counter(found[name])
        said += [f"{name} lacks {row}" for row in here - there] + [f"{name} adds {row}" for row in there - here]
        if not said and rows != found[name]:
            said.append(f"{name}: the order differs")
    return said


@pytest.mark.parametrize("name", EXACT)
def test_what_unicode_formats_give_is_the_same(name: str, truth: Facts, read_back: Callable[[str], Document]) -> None:
    need(*EXACT[name])
    document = read_back(name)
    assert document.source.media_type == MEDIA[name.rpartition(".")[2]]
    assert not (said := differences(truth, facts(document))), "\n".join(said)
    assert broken(document) == []


@pytest.mark.parametrize("name", SMALL_CAPITALS)
def test_a_legacy_font_loses_nothing_but_capitals(name: str, truth: Facts, read_back: Callable[[str], Document]) -> None:
    need(*SMALL_CAPITALS[name])
    document = read_back(name)
    assert "text.legacy" in {finding.code for finding in document.findings}
    lower = {kind: small(rows) for kind, rows in truth.items()}
    said = differences(lower, {kind: small(rows) for kind, rows in facts(document).items()})
    assert not said, "\n".join(said)
    assert broken(document) == []


@pytest.mark.parametrize("name", ["docx", "odt", "html", "numbered.pdf"])
@pytest.mark.parametrize("disguise", ["x.txt", "x.md", "x.docx", "x"])
def test_what_a_file_is_is_found_by_its_content(name: str, disguise: str, rendered: Callable[[str], bytes]) -> None:
    need(*EXACT[name])
    document = parse_bytes(rendered(name), name=disguise)
    assert (document.source.media_type, document.source.name) == (MEDIA[name.rpartition(".")[2]], disguise)
    assert document.instrument.number == "94/NQ-HĐND"


def f1(gold: Iterable[Any], found: Iterable[Any]) -> float:
    wanted, got = Counter(gold), Counter(found)
    hits = sum((wanted & got).values())
    return 2 * hits / (sum(wanted.values()) + sum(got.values()))


def test_a_scan_within_the_limits_of_recognition(truth: Facts, read_back: Callable[[str], Document]) -> None:
    """Letters may be misread, so paths and first words are scored; numbers and dates of citations, figures of targets."""
    need("lxml", "soffice", "pypdfium2", "tesseract")
    document = read_back("scan.pdf")
    assert broken(document) == []
    assert any("ocr" in finding.code for finding in document.findings), "a scan says that it was recognised"
    found = {kind: small(rows) for kind, rows in facts(document).items()}
    lower = {kind: small(rows) for kind, rows in truth.items()}
    scores = {
        "structure": f1(
            ((path, first_words(text, 4)) for path, _, text in lower["structure"]),
            ((path, first_words(text, 4)) for path, _, text in found["structure"]),
        ),
        "citations": f1(((c[2], c[4]) for c in lower["citations"]), ((c[2], c[4]) for c in found["citations"])),
        "targets": f1((t[1:5] for t in lower["targets"]), (t[1:5] for t in found["targets"])),
        "mandates": f1((first_words(m[1], 4) for m in lower["mandates"]), (first_words(m[1], 4) for m in found["mandates"])),
    }
    assert min(scores.values()) >= 0.95, scores

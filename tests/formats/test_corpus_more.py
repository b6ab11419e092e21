"""Every real file of the larger corpus parses, whatever its format; nothing is lost, and silence is only for clean parses.

The scores on consolidated texts are held in ``test_gold.py``, the letters of legacy fonts against their transcripts in
``test_reader_office.py``; here web pages are compared with their text twins.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Parsed
from conservation import broken

from vanban.parser import Document, ReadError

SHARED = Path(__file__).parents[2].parent / "shared"
MORE = sorted(path for path in SHARED.glob("corpus-more/*") if not path.name.endswith(".gt.txt"))
PAGES = sorted(SHARED.glob("silver/structure-html/*.html"))
MEDIA = {
    ".doc": "application/msword",
    ".rtf": "application/rtf",
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".md": "text/markdown",
    ".txt": "text/plain",
}
FACTS = {"type": "header.no-type", "number": "header.no-number", "date": "header.no-date", "issuer": "header.no-issuer"}

needs_corpus = pytest.mark.skipif(not MORE, reason="the folder shared/ with further documents is not beside the checkout")


def read(parsed: Parsed, path: Path) -> Document:
    """The parse; skipped where a program that the format needs is not installed."""
    found = parsed(path)
    if isinstance(found, ReadError):
        if "Install" in found.remedy:
            pytest.skip(str(found))
        raise found
    return found


@needs_corpus
@pytest.mark.parametrize("path", MORE, ids=lambda path: path.name[:40])
def test_every_file_parses_and_loses_nothing(path: Path, parsed: Parsed) -> None:
    document = read(parsed, path)
    assert broken(document) == []
    assert len(document.text) > 300 and document.nodes
    assert document.source.media_type == MEDIA.get(path.suffix, document.source.media_type)
    codes = {finding.code for finding in document.findings}
    silent = [fact for fact, code in FACTS.items() if getattr(document.instrument, fact) is None and code not in codes]
    assert not silent, f"{silent} are unknown and no finding says so"
    labelled = sum(1 for node in document.nodes if node.label)
    assert labelled or "structure.none" in codes or "reader.html.no_document" in codes, "no structure, and no finding says so"
    assert all(finding.message and finding.severity in ("info", "warning", "error") for finding in document.findings)


def structure(document: Document) -> list[tuple[str, ...]]:
    """The labels above and of each part of the text that is labelled by law, tables, appendices and quotations left out."""
    paths: dict[str | None, tuple[str, ...] | None] = {None: ()}
    found = []
    for node in document.nodes:
        above = paths[node.parent]
        if above is None or node.kind in ("appendix", "quotation", "table", "preamble"):
            paths[node.id] = None
        elif node.kind in ("part", "chapter", "section", "subsection", "article", "clause", "point"):
            paths[node.id] = (*above, node.label)
            found.append((*above, node.label))
        else:
            paths[node.id] = above
    return found


@pytest.mark.skipif(not PAGES, reason="the folder shared/ with further documents is not beside the checkout")
@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_web_page_has_the_structure_of_its_text(page: Path, parsed: Parsed) -> None:
    twin = page.parents[1] / "structure" / f"{page.stem}.txt"
    found = structure(read(parsed, page))
    assert len(found) > 5
    assert found == structure(read(parsed, twin))

"""A source text with its citations made links, its own mark-up intact: only inserted into, no character of it changed or moved.

HTML: ``<a href="/akn/vn/act/luat/…" class="citation" data-state="resolved">Luật Đất đai</a>``, one for each stretch between tags; what is
not told has no ``href`` but ``data-candidates``; inside a link of the source's own it is a ``span`` with ``data-target``. Markdown:
``[Luật Đất đai](/akn/vn/act/luat/…)``, and ``[Nghị quyết số 19-NQ/TW](# "ambiguous: /akn/… | /akn/…")``.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import Literal, NamedTuple

import msgspec

from ..model import Citation, Document, Run

Form = Literal["html", "md"]


class Annotated(msgspec.Struct, frozen=True):
    """``text`` is the source with ``links`` citations made links; ``missed`` could not be placed (their words are in no one stretch)."""

    text: str
    links: int
    missed: int


_Span = tuple[int, int]


def annotate(source: str, documents: Sequence[Document], form: Form) -> Annotated:
    """Insert links for the documents' citations of other instruments into the source that they were read from, the decoded file.

    Without what was inserted the result is the source again, character for character.
    """
    cited = [(c, document) for document in documents for c in document.citations if c.scope == "external"]
    if documents[0].source.media_type == "text/html":
        places, linked = _in_html(source, cited)
    else:
        places, linked = [_in_text(source, document.source_map, c) for c, document in cited], _markdown_links(source)
    return _linked(source, [c for c, _ in cited], places, linked, form)


def annotate_text(documents: Sequence[Document], form: Form) -> Annotated:
    """The same for what has no source text (Word, PDF): the text of the documents, one after the other."""
    done = []
    for document in documents:
        cited = [c for c in document.citations if c.scope == "external"]
        done.append(_linked(document.text, cited, [[(c.start, c.end)] for c in cited], [], form))
    return Annotated("\n\n".join(one.text for one in done), sum(one.links for one in done), sum(one.missed for one in done))


def _linked(source: str, cited: Sequence[Citation], places: Sequence[list[_Span]], linked: Sequence[_Span], form: Form) -> Annotated:
    inserted: list[tuple[int, int, str]] = []
    missed = last = 0
    for citation, found in zip(cited, places, strict=True):
        spans = [span for span in found if span[0] >= last]
        if not spans:
            missed += 1
            continue
        last = spans[-1][1]
        for start, end in spans:
            opening, closing = _marks(citation, form, _inside(linked, start))
            inserted += [(start, 1, opening), (end, 0, closing)]
    pieces: list[str] = []
    at = 0
    for position, _, mark in sorted(inserted, key=lambda one: one[:2]):
        pieces += [source[at:position], mark]
        at = position
    return Annotated("".join([*pieces, source[at:]]), len(cited) - missed, missed)


def _marks(citation: Citation, form: Form, in_link: bool) -> tuple[str, str]:
    state, target = citation.state or "unknown", citation.target or ""
    if form == "html" or in_link:
        candidates = f' data-candidates="{" ".join(citation.candidates)}"' if citation.candidates else ""
        if in_link:
            goal = f' data-target="{target}"' if target else ""
            return f'<span class="citation" data-state="{state}"{goal}{candidates}>', "</span>"
        href = f'href="{target}" ' if target else ""
        return f'<a {href}class="citation" data-state="{state}"{candidates}>', "</a>"
    if target:
        return "[", f"]({target})"
    maybe = f": {' | '.join(citation.candidates)}" if citation.candidates else ""
    return "[", f'](# "{state}{maybe}")'


def _inside(spans: Sequence[_Span], position: int) -> bool:
    i = bisect_right(spans, (position, len(spans) and spans[-1][1])) - 1
    return i >= 0 and spans[i][0] <= position < spans[i][1]


# --- Markdown and plain text --------------------------------------------------------------------------------------------

_LINK = re.compile(r"!?\[[^\[\]\n]{0,400}\]\([^()\s]{0,2000}(?:\s\"[^\"\n]{0,200}\")?\)|<a\b[^<>]{0,2000}>[^<>]{0,2000}</a>")


def _markdown_links(source: str) -> list[_Span]:
    return [match.span() for match in _LINK.finditer(source)]


def _in_text(source: str, source_map: Sequence[Run], c: Citation) -> list[_Span]:
    """Where a citation stands in the source: one stretch, or several where mark-up that cannot stand in a link is between."""
    parts: list[_Span] = []
    for i in range(max(0, bisect_right(source_map, c.start, key=lambda run: run.text) - 1), len(source_map)):
        run = source_map[i]
        if run.text >= c.end:
            break
        first, last = max(run.text, c.start), min(run.text + run.length, c.end)
        if first < last:
            parts.append((run.source + first - run.text, run.source + last - run.text))
    if parts and parts == sorted(parts) and _whole(source[parts[0][0] : parts[-1][1]]):
        parts = [(parts[0][0], parts[-1][1])]
    return [part for part in (_trimmed(source, *part) for part in parts) if part[0] < part[1]]


def _whole(stretch: str) -> bool:
    """Whether a stretch of Markdown may stand inside a link: no other block, link or tag in it, emphasis closed where it is opened."""
    return not re.search(r"[\[\]<>`|]|\n\s*\n|\n\s*(?:[-*+#>]|\d+[.)])\s", stretch) and not any(stretch.count(mark) % 2 for mark in "*_")


def _trimmed(source: str, start: int, end: int) -> _Span:
    while start < end and source[start] in " \t\r\n":
        start += 1
    while start < end and source[end - 1] in " \t\r\n":
        end -= 1
    return start, end


# --- HTML --------------------------------------------------------------------------------------------------------------

# Every repetition is bounded or possessive, so that no broken page makes it run away.
_TOKEN = re.compile(
    r"<!--(?:.*?-->|.*)|<[!?][^>]{0,4000}>"
    r"|<(/?)([a-zA-Z][\w:-]{0,40})(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+'){0,200}+>"
    r"|&(?:#\w{1,8}|\w{1,32});?",
    re.DOTALL,
)
_SILENT = frozenset(("script", "style", "title", "textarea", "option", "head", "svg", "noscript"))


_LONG, _SHORT = 80, 24
"""How many letters before a citation tell it from the same words elsewhere on the page (a breadcrumb, a list of contents)."""


class _Letter(NamedTuple):
    """A printed character but a blank; ``stretch`` counts the tags before it."""

    letter: str
    start: int
    end: int
    stretch: int


def _in_html(source: str, cited: Sequence[tuple[Citation, Document]]) -> tuple[list[list[_Span]], list[_Span]]:
    """Where each citation stands between the tags, found by its words and those before it, in order; and the source's own links."""
    letters, links = _printed(source)
    stream = "".join(one.letter for one in letters)
    places: list[list[_Span]] = []
    at = 0
    for c, document in cited:
        words = _squeezed(c.text)
        found = -1
        lead = _squeezed(document.text[max(0, c.start - 240) : c.start])
        for before in (lead[-_LONG:], lead[-_SHORT:], ""):
            if found < 0 and words:
                found = stream.find(before + words, max(0, at - len(before)))
                found += len(before) if found >= 0 else 0
        if found < 0:
            places.append([])
            continue
        at = found + len(words)
        stretches = (list(run) for _, run in groupby(letters[found:at], key=lambda one: one.stretch))
        places.append([(run[0].start, run[-1].end) for run in stretches])
    return places, links


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def _printed(source: str) -> tuple[list[_Letter], list[_Span]]:
    """The printed characters but blanks, in order, and the links of the source."""
    letters: list[_Letter] = []
    links: list[_Span] = []
    silent, opened, at, stretch = "", -1, 0, 0
    for token in _TOKEN.finditer(source):
        if not silent:
            letters += _each(source[at : token.start()], at, stretch)
        at = token.end()
        if token[0][0] == "&":
            if not silent:
                letters += [_Letter(one, token.start(), at, stretch) for one in html.unescape(token[0]) if not one.isspace()]
            continue
        stretch += 1
        name = (token[2] or "").lower()
        if silent:
            silent = "" if token[1] and name == silent else silent
        elif name in _SILENT and not token[1] and not token[0].endswith("/>"):
            silent = name
        elif name == "a" and not token[1]:
            opened = token.start()
        elif name == "a" and opened >= 0:
            links.append((opened, at))
            opened = -1
    letters += _each(source[at:], at, stretch)
    return letters, links


def _each(piece: str, start: int, stretch: int) -> list[_Letter]:
    return [_Letter(one, start + i, start + i + 1, stretch) for i, one in enumerate(piece) if not one.isspace()]

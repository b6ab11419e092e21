"""What a second look adds to a parsed Document: organisations, places, and the acts and key phrases of mandates.

Names are found by rules and tables (:mod:`vanban.parser.names.entities`), which cost little; phrases need underthesea's words
(:mod:`vanban.parser.language.phrases`). Both are loaded when used.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

import msgspec

from .model import Document, Mention

_HEADINGS = ("issuer", "enactor", "session")
"""Where a header names the body that issues, in capitals."""


def enrich(document: Document, *, phrases: bool = True, acts: bool = True) -> Document:
    """The Document with ``organisations`` and ``places``; with ``acts`` each mandate's acts, programmes and places, with ``phrases`` its
    key noun phrases (``Mandate.phrases``).

    Guaranteed: nothing else changes; a mention lies inside one node and ``text`` is as printed; doing it twice gives the same. Names are
    whole (``UBND tỉnh`` in a document of Thái Nguyên is ``Ủy ban nhân dân tỉnh Thái Nguyên``), provinces as on the document's date.
    Phrases need underthesea: without it ``ImportError`` says so; ``phrases=False`` needs nothing.

    >>> from vanban.parser import parse_text
    >>> document = enrich(parse_text("Điều 1. Giao Sở Y tế tỉnh Phú Yên chủ trì."), phrases=False)
    >>> [(mention.text, mention.kind) for mention in document.organisations], [mention.name for mention in document.places]
    ([('Sở Y tế tỉnh Phú Yên', 'province')], ['tỉnh Phú Yên'])
    """
    from .names import bodies, entities

    text, instrument = document.text, document.instrument
    home = bodies.home_of(instrument.issuer, instrument.place)
    organisations: list[Mention] = []
    places: list[Mention] = []
    begun = entities.beginnings(text)
    begins = [at for at, _ in begun]
    titles = sorted((c.start, c.end) for c in document.citations if c.name and c.scope == "external")
    title_starts = [start for start, _ in titles]
    ends = list(accumulate((end for _, end in titles), max))

    def in_title(start: int) -> bool:
        """ "Luật Tổ chức Chính phủ" is a law's name; "Luật … của Quốc hội" says whose it is."""
        k = bisect_right(title_starts, start) - 1
        return k >= 0 and start < ends[k] and not text.startswith("của", start - 4)

    k, count, before = 0, len(begun), ""
    for node in document.nodes:
        heading = node.role in _HEADINGS and instrument.issuer is not None and node.text.isupper()
        if heading and node.role != before:  # a second line of the issuer's name goes on with the first
            body = bodies.at(text, node.start) if node.role != "issuer" else None
            printed = entities.in_capitals(text[node.start : node.end] if node.role == "issuer" else body.name if body else "")
            if printed:
                start, end = node.start, node.start + len(printed)
                name = instrument.issuer if node.role == "issuer" and instrument.issuer else bodies.whole(printed, home)
                organisations.append(Mention(node=node.id, start=start, end=end, text=printed, name=name, kind=entities.level(name)))
        before = node.role
        first, last = node.start, node.end
        while k < count and begins[k] < first:
            k += 1
        if k == count or begins[k] >= last:
            continue  # no name begins in it
        here, k = k, bisect_left(begins, last, k)
        if not heading:
            for start, end, name, kind in entities.organisations(text, first, last, home, begun[here:k]):
                if not titles or not in_title(start):
                    organisations.append(Mention(node=node.id, start=start, end=end, text=text[start:end], name=name, kind=kind))
        for start, end, name, kind in entities.places_in(text, first, last, instrument.date, begun[here:k]):
            if not titles or not in_title(start):
                places.append(Mention(node=node.id, start=start, end=end, text=text[start:end], name=name, kind=kind))
    done = msgspec.structs.replace(document, organisations=tuple(organisations), places=tuple(places))
    if acts and done.mandates:
        from .aims import acts as reading

        done = reading.fill(done, begun)
    if phrases and done.mandates:
        from .language.phrases import with_phrases

        done = msgspec.structs.replace(done, mandates=with_phrases(done))
    return done

"""The pipeline's components: the plain parser's records as span groups of a Doc."""

from __future__ import annotations

import warnings
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from .. import enrich, parse_text
from ..model import Document, Mandate
from . import records
from .errors import Warnings
from .phrases import with_phrases
from .places import Places
from .tokenizer import Format, VietnameseTokenizer, create_tokenizer

__all__ = ["VanbanParser", "create_parser", "create_tokenizer"]


class VanbanParser:
    """Sets ``doc._.vanban`` and ``doc.spans["nodes"]``, ``["citations"]``, ``["targets"]``, ``["mandates"]``, ``["organisations"]``,
    ``["places"]``.

    A span's ``label_`` is its kind (of a citation: its relation), ``kb_id_`` the id of the instrument meant or the canonical name,
    ``span._.vanban`` its record. A node's span holds its own words, not its children's; one without words has no span. After a foreign
    tokenizer a span may begin or end in the midst of a token: then it takes the whole token.
    """

    def __init__(self, format: Format = "plain", organisations: bool = True, phrases: bool = False, prefix: str = "") -> None:
        self.format, self.organisations, self.phrases, self.prefix = format, organisations, phrases, prefix

    def __call__(self, doc: Doc) -> Doc:
        held = records.document_of(doc)
        document = parse_text(doc.text, format=self.format) if held is None else held
        wanted = document
        if self.organisations and not document.organisations and not document.places:
            wanted = enrich(document, phrases=False)
        text = doc.text  # made anew at each look
        places = Places(wanted, text)
        if not places.fits and wanted.text:
            warnings.warn(Warnings.V101.format(encoding=wanted.source.encoding or "?"), stacklevel=2)
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        for index, (start, length) in enumerate(doc.to_array(["IDX", "LENGTH"]).tolist()):
            starts[start], ends[start + length] = index, index + 1
        if self.phrases:
            words = _Words(doc, text, places, starts, ends) if places.fits else None
            wanted = msgspec.structs.replace(wanted, mandates=with_phrases(wanted, words))
        if wanted is not held:
            records.set_document(doc, wanted)
        for group in records.GROUPS:
            self._fill(doc, text, group, wanted, places, starts, ends)
        return doc

    def _fill(
        self, doc: Doc, text: str, group: str, document: Document, places: Places, starts: dict[int, int], ends: dict[int, int]
    ) -> None:
        spans = []
        if places.fits and (self.organisations or group not in ("organisations", "places")):
            for record, label, kb_id, id in records.marked(document, group):
                place = places.span(record.start, record.end)
                if place is None or not text[place[0] : place[1]].strip():
                    continue
                first, last = starts.get(place[0]), ends.get(place[1])
                if first is not None and last is not None and first < last:
                    span = doc[first:last]
                else:
                    wide = doc.char_span(*place, alignment_mode="expand")
                    if wide is None:
                        continue
                    span = wide
                span.label_, span.kb_id_, span.id_ = label, kb_id, id
                spans.append(span)
        doc.spans[self.prefix + group] = SpanGroup(doc, name=self.prefix + group, spans=spans)


class _Words:
    """A mandate's words from the tokens of a Doc: they need not be looked for again."""

    def __init__(self, doc: Doc, text: str, places: Places, starts: dict[int, int], ends: dict[int, int]) -> None:
        self._doc, self._text, self._places, self._starts, self._ends = doc, text, places, starts, ends

    def __call__(self, mandate: Mandate) -> list[str]:
        place = self._places.span(mandate.start, mandate.end)
        if place is None:
            return []
        start, end = place[0], place[0] + len(self._text[place[0] : place[1]].rstrip())
        first, last = self._starts.get(start), self._ends.get(end)
        if first is None or last is None:
            wide = self._doc.char_span(start, end, alignment_mode="expand")
            return [token.text for token in wide if not token.is_space] if wide is not None else []
        return [token.text for token in self._doc[first:last] if not token.is_space]


@Language.factory(
    "vanban_parser",
    default_config={"format": "plain", "organisations": True, "phrases": False, "prefix": ""},
    assigns=["doc.spans", "doc._.vanban", "span._.vanban"],
)
def create_parser(nlp: Language, name: str, format: Format, organisations: bool, phrases: bool, prefix: str) -> VanbanParser:
    """The factory ``vanban_parser``."""
    return VanbanParser(format, organisations, phrases, prefix)


def pipeline(format: Format = "plain", **config: Any) -> Language:
    """See :func:`vanban.parser.nlp`."""
    import spacy

    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "vanban.VietnameseTokenizer.v1", "format": format}}})
    nlp.add_pipe("vanban_parser", config={"format": format, **config})
    nlp.max_length = 100_000_000
    return nlp


def to_doc(document: Document, nlp: Language) -> Doc:
    """See :func:`vanban.parser.language.to_doc`."""
    tokenizer = nlp.tokenizer
    if isinstance(tokenizer, VietnameseTokenizer):
        return nlp(tokenizer.of_document(document))
    doc = nlp.make_doc(document.text)
    records.set_document(doc, document)
    return nlp(doc)

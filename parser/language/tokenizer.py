"""The tokenizer: words by underthesea, every character kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

from .. import enrich, parse_text
from ..model import Document
from . import records, segmenting
from .edges import Edges
from .errors import Errors
from .places import Places

if TYPE_CHECKING:
    from spacy.language import Language

records.register()
Format = Literal["plain", "markdown"]
_SURROGATE = re.compile("[\ud800-\udfff]")


class VietnameseTokenizer(DummyTokenizer):
    """Cuts a text into words; ``doc.text`` is that text, character for character.

    The text is parsed first (:func:`vanban.parser.parse_text`): labels (``Điều 2.``, ``1.1.``, ``a)``) are one token each, and no token
    goes over the edge of a node, a citation or another record. Symbols (``04/2021/NQ-HĐND``) and dates are one token. What the parser
    found goes along as ``doc._.vanban``.
    """

    def __init__(self, vocab: Vocab, format: Format = "plain") -> None:
        if format not in ("plain", "markdown"):
            raise ValueError(Errors.V005.format(format=format))
        self.vocab = vocab
        self.format: Format = format

    def __reduce__(self) -> tuple[Any, ...]:
        return VietnameseTokenizer, (self.vocab, self.format)

    def __call__(self, text: str) -> Doc:
        lone = _SURROGATE.search(text)
        if lone is not None:
            raise ValueError(Errors.V003.format(at=lone.start()))
        return self.of_document(parse_text(text, format=self.format), text)

    def of_document(self, document: Document, text: str | None = None) -> Doc:
        """A Doc over ``document.text``, or over the ``text`` that the Document was made of."""
        text = document.text if text is None else text
        if not (document.organisations or document.places):
            document = enrich(document, phrases=False)  # their edges are edges of words too
        edges = Edges(document, Places(document, text))
        spans = segmenting.words(text, whole=edges.labels, cuts=edges.cuts, breaks=edges.breaks)
        words: list[str] = []
        spaces: list[bool] = []
        broken: list[int] = []
        for word, space in _with_blanks(text, spans):
            if "\n" in word and not word.isspace():
                broken.append(len(words))
            words.append(word)
            spaces.append(space)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        for index in broken:
            doc[index].norm_ = " ".join(words[index].lower().split())  # a word that goes on in the next line is the same word
        records.set_document(doc, document)
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        return self.format.encode()

    def from_bytes(self, data: bytes, **_: Any) -> VietnameseTokenizer:
        self.format = cast(Format, data.decode())
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> VietnameseTokenizer:
        return self.from_bytes(Path(path).read_bytes())


def _with_blanks(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Tokens and whether one blank follows, as spaCy counts: white space beyond that blank is a token of its own."""
    at = 0
    for k, (start, end) in enumerate(spans):
        if at < start:
            yield text[at:start], False
        following = spans[k + 1][0] if k + 1 < len(spans) else len(text)
        blank = end < following and text[end] == " "
        yield text[start:end], blank
        at = end + blank
    if at < len(text):
        yield text[at:], False


@registry.tokenizers("vanban.VietnameseTokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer(format: Format = "plain") -> Callable[[Language], VietnameseTokenizer]:
    """``[nlp.tokenizer]`` ``@tokenizers = "vanban.VietnameseTokenizer.v1"``."""

    def create(nlp: Language) -> VietnameseTokenizer:
        return VietnameseTokenizer(nlp.vocab, format)

    return create

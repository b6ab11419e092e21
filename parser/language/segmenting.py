"""Words: underthesea's segmentation over our own pieces, so that every word has its place in the text.

underthesea's ``word_tokenize`` gives words without places, of a text it has normalised. Here the text is first cut into pieces that keep
their offsets (syllables, numbers, symbols of instruments, marks); only the question which pieces make one word goes to underthesea's model
(:mod:`models`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ..fold import match_form
from ..names import symbols
from ..names.patterns import UPPER, new_tone
from .models import Model, load

_LONGEST = 400
"""Pieces in one call of the model: a line without end must not fill the memory with its features."""

_PIECE = re.compile(
    r"(?P<apart>https?://[^\s<>\"“”]*[^\s<>\"“”.,;:)]|[\w.+-]{1,64}@\w[\w-]{0,63}(?:\.\w[\w-]{0,63}){1,8}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d(?!\d)|\d{1,2}/(?:19|20)\d\d(?!\d)|\d+(?:[.,]\d+)*)"
    r"|[^\W\d_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*(?:(?:[&'’]|-(?=[" + UPPER + r"]))[^\W_]+)*"
    r"|\w[\w\u0300-\u036f]*|\.{2,}|…+|[^\w\s]"
)
_BLANK = re.compile(r"\n[ \t\r\u00a0]*\n|\f")


class Piece(NamedTuple):
    """``text[start:end]``, a syllable or more; ``apart``: never part of a longer word."""

    start: int
    end: int
    apart: bool


def words(
    text: str, *, whole: Iterable[tuple[int, int]] = (), cuts: Iterable[int] = (), breaks: Iterable[int] = ()
) -> list[tuple[int, int]]:
    """The words of a text as spans, in order and disjoint; all between them is white space.

    Symbols of instruments (``04/2021/NQ-HĐND``), dates, figures and the spans in ``whole`` (labels) are one word each; no word goes over
    an offset in ``cuts``; a sentence ends at those in ``breaks`` and at blank lines. Raises ``ImportError`` without underthesea.

    >>> [text[a:b] for text in ["Hội đồng nhân dân theo Nghị quyết 04/2021/NQ-HĐND"] for a, b in words(text)]
    ['Hội đồng', 'nhân dân', 'theo', 'Nghị quyết', '04/2021/NQ-HĐND']
    """
    stops = {_next_word(text, at) for at in breaks}
    edges = stops | {_next_word(text, at) for at in cuts}
    found: list[tuple[int, int]] = []
    predict = _segmenter().predict
    for sentence in _sentences(text, _pieces(text, sorted(whole), sorted(edges)), stops):
        tags = predict([form(text[start:end]) for start, end, _ in sentence])
        before: Piece | None = None
        for piece, tag in zip(sentence, tags, strict=True):
            if (
                tag == "I-W"
                and before is not None
                and not (piece.apart or before.apart or piece.start == before.end or piece.start in edges)
            ):
                found[-1] = (found[-1][0], piece.end)
            else:
                found.append(piece[:2])
            before = piece
    return found


def _next_word(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _pieces(text: str, whole: Sequence[tuple[int, int]], edges: Sequence[int]) -> Iterator[Piece]:
    """The pieces of the whole text: those that are fixed, and what stands between them cut at its ``edges``."""
    at = 0
    for start, end in _fixed(text, whole):
        for piece in _between(text, at, start):
            k = bisect_right(edges, piece.start)
            if k < len(edges) and edges[k] < piece.end:
                yield from _cut(piece, edges[k:])
            else:
                yield piece
        if start < end:
            yield Piece(start, end, True)
        at = end


def _cut(piece: Piece, edges: Sequence[int]) -> Iterator[Piece]:
    at = piece.start
    for edge in edges:
        if edge >= piece.end:
            break
        if edge > at:
            yield Piece(at, edge, piece.apart)
            at = edge
    yield Piece(at, piece.end, piece.apart)


def _between(text: str, start: int, end: int) -> Iterator[Piece]:
    for match in _PIECE.finditer(text, start, end):
        yield Piece(match.start(), match.end(), match.lastgroup == "apart" or not match[0][0].isalpha())


def _fixed(text: str, whole: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans that are one word whatever they hold, disjoint and in order, and an empty one at the end of the text."""
    numbers = [m.span() for m in symbols.scan_pattern().finditer(text) if symbols.parts(m[0]) is not None]
    at = 0
    for start, end in sorted([*whole, *numbers], key=lambda span: (span[0], -span[1])):
        if start >= at and end > start:
            yield start, end
            at = end
    yield len(text), len(text)


def _sentences(text: str, pieces: Iterator[Piece], stops: set[int]) -> Iterator[list[Piece]]:
    sentence: list[Piece] = []
    stop = iter(sorted(stops))
    following = next(stop, len(text))
    before = 0
    for piece in pieces:
        ended = len(sentence) >= _LONGEST
        while following <= piece.start and following < len(text):
            ended, following = True, next(stop, len(text))
        if sentence and (ended or (piece.start - before > 1 and _BLANK.search(text, before, piece.start))):
            yield sentence
            sentence = []
        sentence.append(piece)
        before = piece.end
    if sentence:
        yield sentence


@lru_cache(maxsize=16_384)
def form(piece: str) -> str:
    """A piece as the model was taught: composed letters, the tone mark where it stands now."""
    return new_tone(" ".join(match_form(unicodedata.normalize("NFC", piece)).split())) or "-"  # the model takes no blank


def tagged(forms: Sequence[str]) -> list[str]:
    """underthesea's parts of speech (``N``, ``V``, ``A``, ``E`` …) of the words of one sentence."""
    return [tag.removeprefix("B-") for tag in _tagger().predict(forms)] if forms else []


@cache
def _segmenter() -> Model:
    return load("word_tokenize", "ws_crf_vlsp2013_20230727")


@cache
def _tagger() -> Model:
    return load("pos_tag", "pos_crf_vlsp2013_20230303")


def forget() -> None:
    """Drop what is kept from text to text, so that the next one costs what a first one does."""
    form.cache_clear()
    _segmenter().forget()
    _tagger().forget()

"""The mark a paragraph starts with: ``Điều 5.``, ``Chương I``, ``II.``, ``2.1.``, ``a)``, ``-``.

A mark is what is printed; where it stands in the tree is the outline's business. Marks are told by form alone here, so that
``1.`` under Điều 3 and ``1.`` under ``II.`` are the same mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from ..names.patterns import UPPER
from ..reading import Block

MarkKind = Literal[
    "part", "chapter", "section", "subsection", "article", "appendix", "upper", "roman", "number", "decimal", "letter", "tiet", "bullet"
]  # fmt: skip


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A printed mark at ``text[start:end]`` (``end`` without the blanks after it).

    ``key`` is its value without final punctuation (``2.1``, ``đ``, ``II``, ``-``); ``order`` its place in its series (``đ`` is 5th);
    ``quote`` tells that an opening quotation mark stands before it; ``sure`` that no wrapped line could begin so by chance.
    """

    kind: MarkKind
    start: int
    end: int
    key: str
    order: int
    quote: bool = False
    sure: bool = False


LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The letters that number points, in order; ``f j w z`` are met in careless texts and come after the letter before them."""

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_WORDS = {
    "nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip

# The first character tells most paragraphs apart before any pattern is tried.
_BULLETS = frozenset("-–—•*·○▪●➢✓❖□■◆►✔+§")
FIRST = _BULLETS | frozenset("0123456789(“\"'[PCMTĐÐKB" + "ABDEGHIVXL" + "abcdđeghiklmnopqrstuvxyfjwz" + "p")
"""What a mark may begin with."""

_NAMED = re.compile(
    r"(?P<part>P(?:hần|HẦN)\s+(?:(?:thứ|THỨ)\s+)?(?P<part_n>[IVXLC]+|\d{1,2}|[nN][hH][ấẤ][tT]|[hH][aA][iI]|[bB][aA]|[tT][ưƯ]|[nN][ăĂ][mM]|[sS][áÁ][uU]|"
    r"[bB][ảẢ][yY]|[tT][áÁ][mM]|[cC][hH][íÍ][nN]|[mM][ưƯ][ờỜ][iI]))(?=[\s.:]|$)[.:]?"
    r"|(?P<chapter>C(?:hương|HƯƠNG)\s+(?:thứ\s+)?(?P<chapter_n>[IVXLC]+[a-z]?|\d{1,3}[a-z]?))(?=[\s.:\-–]|$)[.:]?"
    r"|(?P<subsection>T(?:iểu|IỂU)\s+(?:mục|MỤC|Mục)\s+(?P<subsection_n>[IVXLC]+|\d{1,3}|[A-ZĐ]))(?=[\s.:\-–]|$)[.:]?"
    r"|(?P<section>M(?:ục|ỤC)\s+(?P<section_n>[IVXLC]+|\d{1,3}[a-z]?|[A-ZĐ]))(?=[\s.:\-–]|$|(?<=\d)[" + UPPER + r"]{2})[.:]?"
    r"|(?P<article>[ĐÐ](?:iều|IỀU)\s+(?P<article_n>\d{1,4}[a-zđ]{0,2}))(?=[\s.:\-–]|$)(?:\s?[.:](?:\s?[-–](?=\s))?)?"
    r"|(?P<clause>K(?:hoản|HOẢN)\s+(?P<clause_n>\d{1,3}[a-zđ]?))(?:\.|:)"
    r"|(?P<appendix>P(?:hụ|HỤ)\s+(?:lục|LỤC|Lục)(?:\s+(?:số|SỐ)\s*:?)?(?:\s*(?P<appendix_n>[IVXLC]+(?![\wĐ])|\d{1,3}(?:\.\d{1,2})*[a-zA-Z]?(?!\w)|[A-ZĐ](?!\w)))?)(?=[\s.:\-–(]|$)[.:]?"
)
_GLUED = re.compile(rf"C(?:hương|HƯƠNG)\s+([IVX]{{1,6}}[{UPPER}]+)")
_WELL_FORMED = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_NEXT_WORD = re.compile(r"\s*([-–]?)\s*(\w+|[,;)])")
_OWN_TITLE = re.compile(r"\s*(?:Quy|Điều) [^\W\d_]+ (?!này|kèm|ban hành|số|tại|của)\w")
_REFERRING = frozenset(("Luật", "Bộ", "Nghị", "Thông", "Quyết", "Pháp", "Hiến", "Chỉ", "Quy", "Điều", "Chương", "Mục", "Khoản"))
"""Words that go on a reference ("Điều 5 Luật này", "Điều 1, Điều 2"), never open a heading right after a label without a full stop."""
_UPPER = re.compile(r"([A-HĐ])\s?[.)\-/](?=\s|$)")
_ROMANS = re.compile(r"([IVXL]{1,7}|I[iv]{1,3}|V[i]{1,3}|X[iv]{1,4})\s?(?:[.)\-–]+|:|/(?=\s))(?=\s|[" + UPPER + "]|$)")
_NUMBER = re.compile(
    r"(?P<n>\d{1,3}[a-zđ]?)(?P<np>\s?[.)](?!\d)|[-–/](?=\s)|\.[-/]|\s[-–](?=\s[" + UPPER + r"]))(?=\s|[^\W\d_]|[\"“(\[]|$)"
    r"|(?P<d>\d{1,3}(?:\.\d{1,2}){1,5})(?P<dp>\s?[.)\-–:/]+(?=\s|[" + UPPER + r"\"“(\[]|$)|(?=\s+[" + UPPER + r"“\"(]))"
)
_LETTER = re.compile(r"(?P<l>[a-zđ]\.\s\d{1,2}(?=[.)]\s)|[a-zđ]{1,2}\d{0,2}(?:\.\d{1,2})*)(?P<lp>\s?\)|[.,/-](?=\s))")
_TIET = re.compile(r"\((?P<t>[ivx]{1,5}|[a-zđ]|\d{1,2})\)(?=\s)")
_BULLET = re.compile(r"[-–—•*·○▪●➢✓❖□■◆►✔+§](?![-–—*+\d])\s*(?=\S)|[-–—•*·○▪●➢✓❖□■◆►✔+](?=\s|$)")
_SEVERAL = re.compile(r"(?<=[.;:”\"])\s+(?=[ĐÐ](?:iều|IỀU)\s+\d{1,4}[a-zđ]?\.\s)")
_QUOTED = re.compile(
    r"(?<=sau:)\s*(?=[“\"](?:[ĐÐ](?:iều|IỀU)\s+\d|\d{1,3}[a-zđ]?[.)]\s|[a-zđ]\d?\)\s|C(?:hương|HƯƠNG)\s+[IVX\d]|M(?:ục|ỤC)\s+\d|Khoản\s+\d))"
)


_LEADS_IN = ("sau:", "sau: ")


def roman(numeral: str) -> int:
    """``XIV`` → 14, any case; 0 for what is no numeral."""
    total = last = 0
    for char in reversed(numeral.lower()):
        value = _ROMAN.get(char, 0)
        if not value:
            return 0
        total += value if value >= last else -value
        last = max(last, value)
    return total


def letter_order(key: str) -> int:
    """The place of a point's letter: ``a`` 1, ``d`` 4, ``đ`` 5, ``aa`` 24; 0 for what is none."""
    head = key.rstrip("0123456789.")
    if len(head) == 1:
        place = LETTERS.find(head)
        return place + 1 if place >= 0 else LETTERS.find(chr(ord(head) - 1)) + 1
    return len(LETTERS) + LETTERS.find(head[0]) + 1 if len(head) == 2 and head[0] == head[1] else 0


def at(text: str, start: int, end: int) -> Mark | None:
    """The mark at the beginning of the paragraph ``text[start:end]``, or ``None``.

    >>> at("2.1. Các chỉ tiêu kinh tế", 0, 25).key
    '2.1'
    """
    first = text[start]
    if first in _BULLETS:
        # "- Công nghiệp", as most are printed, needs no further look
        if (first == "-" and text[start + 1 : start + 2] == " ") or _BULLET.match(text, start, end):
            return Mark("bullet", start, start + 1, "-" if first in "–—" else first, 0, False, True)
        return None
    if first not in FIRST:
        return None
    quote = False
    here = start
    if first in "“\"'[":
        here += 1
        while here < end and text[here].isspace():
            here += 1
        if here >= end:
            return None
        quote = True
        first = text[here]
        if first in _BULLETS:
            return None
    if first.isdigit():
        return _numbered(text, start, here, end, quote)
    if first in "PCMTĐÐK":
        if match := _NAMED.match(text, here, end):
            return _named(text, match, start, end, quote)
        if first == "C" and (match := _GLUED.match(text, here, end)) and (cut := _unglue(match[1])):
            return Mark("chapter", start, match.start(1) + cut, match[1][:cut], roman(match[1][:cut]), quote, True)
    if first == "(":
        if match := _TIET.match(text, here, end):
            key = match["t"]
            return Mark("tiet", start, match.end(), f"({key})", roman(key) or letter_order(key), quote, True)
        return None
    if first in "IVXL" and (match := _ROMANS.match(text, here, end)):
        order = roman(match[1])
        if order and not (first == "L" and len(match[1]) == 1):
            return Mark("roman", start, _stop(text, match), match[1], order, quote)
    if first in "ABCDĐEGH" and (match := _UPPER.match(text, here, end)):
        return Mark("upper", start, _stop(text, match), match[1], letter_order(match[1].lower()), quote)
    if "a" <= first <= "z" or first == "đ":
        match = _LETTER.match(text, here, end)
        if match and (order := letter_order(match["l"].replace(" ", ""))):
            # "a, Nhóm …": the comma is careless punctuation, not part of the label
            stop = match.end() - 1 if match["lp"] == "," else _stop(text, match)
            key = match["l"].replace(" ", "")
            if "." in key:  # "b.1)", "b. 1.": a tiết of point b
                return Mark("tiet", start, stop, key, int(key.rpartition(".")[2]), quote, True)
            return Mark("letter", start, stop, key, order, quote, match["lp"].endswith(")"))
    return None


def _numbered(text: str, start: int, here: int, end: int, quote: bool) -> Mark | None:
    match = _NUMBER.match(text, here, end)
    if match is None:
        return None
    if match["n"]:
        key = match["n"]
        return Mark("number", start, _stop(text, match), key, int(key if key[-1].isdigit() else key[:-1]), quote)
    key = match["d"]
    # "1.500 tỷ" and "30.4.2024" are no headings: parts of a decimal mark are small
    parts = key.split(".")
    if len(parts) == 3 and len(parts[2]) == 4:
        return None
    return Mark("decimal", start, _stop(text, match), key, int(parts[-1]), quote, True)


def _stop(text: str, match: re.Match[str]) -> int:
    """Where the label ends: a dash behind it ("I- MỤC TIÊU", "1.1 - Chi …") parts it from its words and is no part of it."""
    stop = match.end()
    while text[stop - 1] in "-–— ":
        stop -= 1
    return stop


def _unglue(letters: str) -> int:
    """Where the numeral ends in "IIQUY": the longest well-formed one before a word of two letters or more; 0 for none."""
    return max((k for k in range(1, min(len(letters), 6)) if _WELL_FORMED.fullmatch(letters[:k]) and len(letters) - k > 1), default=0)


def _heads(text: str, match: re.Match[str], end: int) -> bool:
    """Whether what follows a named label without a full stop can be its heading: "Điều 5 Luật này" cannot."""
    if match[0][-1] in ".:-–":
        return True
    rest = _NEXT_WORD.match(text, match.end(), end)
    if rest is None:
        return True
    word = rest[2]
    if word[0].islower() or word[0] in ",;)":
        return False
    # "Chương I Quy định chung", "Điều 2 Quy chế này": only the second refers
    return rest[1] != "" or word not in _REFERRING or _OWN_TITLE.match(text, match.end(), end) is not None


def _named(text: str, match: re.Match[str], start: int, end: int, quote: bool) -> Mark | None:
    kind = match.lastgroup or ""
    for name in ("part", "chapter", "subsection", "section", "article", "clause", "appendix"):
        if match[name]:
            kind = name
            break
    if not _heads(text, match, end):
        return None
    key = match[f"{kind}_n"] or ""
    low = key.lower()
    if low in _WORDS:
        order = _WORDS[low]
    elif low[:1].isdigit():
        order = int(re.match(r"\d+", low)[0])  # type: ignore[index]
    else:
        order = roman(low.rstrip("abđ") or low) or letter_order(low)
    if kind == "clause":
        return Mark("number", start, match.end(), key, order, quote, True)
    return Mark(kind, start, _stop(text, match), key, order, quote, True)  # type: ignore[arg-type]


def quotes_within(text: str) -> bool:
    """Whether a text may quote on the line of its lead-in: "… như sau: “Điều 5. …"; one look, for :func:`opens_within`."""
    return any(_quotes(text, sign) for sign in '“"')


def _quotes(text: str, sign: str) -> bool:
    at = text.find(sign)
    while at >= 0:  # a sign that is rare in most texts: to go from one to the next is faster than a pattern
        if text.endswith(_LEADS_IN, 0, at):
            return True
        at = text.find(sign, at + 1)
    return False


def opens_within(text: str, block: Block, article: bool, quotes: bool) -> re.Pattern[str] | None:
    """How what a line holds besides its beginning is told apart: an article behind the end of a sentence ("… năm 2020. Điều 3. Giao …",
    where the line is of an ``article``), a quotation behind its lead-in ("… như sau: “3. …"); ``None`` where it holds nothing more.
    """
    if quotes and _QUOTED.search(text, block.start, block.end) is not None:
        return _QUOTED
    return _SEVERAL if article and _SEVERAL.search(text, block.start, block.end) is not None else None


def split(text: str, block: Block, mark: Mark | None, cuts: re.Pattern[str]) -> Iterator[tuple[Block, Mark | None]]:
    """A line that holds several ("Điều 1. … Điều 2. …") as one block each, the first with the ``mark`` it begins with."""
    start = block.start
    for cut in cuts.finditer(text, start, block.end):
        yield msgspec.structs.replace(block, start=start, end=cut.start(), ends="paragraph"), mark
        start = cut.end()
        mark = at(text, start, block.end)
    yield (block if start == block.start else msgspec.structs.replace(block, start=start)), mark

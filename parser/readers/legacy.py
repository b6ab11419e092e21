"""Vietnamese written with fonts from before Unicode: TCVN3 (``.VnTime``), VNI (``VNI-Times``), VPS (``VPS Times``).

Such a file holds Latin characters that only its font draws as Vietnamese: ``Céng hoµ x· héi`` in ``.VnTime`` is
*Cộng hoà xã hội*, ``Coäng hoøa`` in ``VNI-Times`` is *Cộng hòa*. Guaranteed: what is already Unicode Vietnamese comes back
unchanged; a character that the font's table does not hold is kept as it stands; conversion is linear.

TCVN3 knows no accented capitals: the font ``.VnTimeH`` draws small letters as capitals, so case comes from the font's name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal, NamedTuple

from .. import syllables
from ..model import Finding, Run

Scheme = Literal["tcvn3", "vni", "vps"]
SCHEMES: tuple[Scheme, ...] = ("tcvn3", "vni", "vps")
_NAMES = {"tcvn3": "TCVN3 (.VnTime)", "vni": "VNI", "vps": "VPS"}

# TCVN3 (TCVN 5712:1993, VN3): the letters of the bytes A1–FE. In all three tables "·" stands for: no letter of its own.
_TCVN3 = "ĂÂÊÔƠƯĐăâêôơưđ······àảãáạ·ằẳẵắ·······ặầẩẫấậè·ẻẽéẹềểễếệìỉ···ĩíịò·ỏõóọồổỗốộờởỡớợù·ủũúụừửữứựỳỷỹýỵ"
# VPS: the bytes 80–FF, and the control characters that it uses for capitals.
_VPS = "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ··ỀỂỄỐỒỔỖýỷỵỚỜỞ·ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ·àáâãảạăçèéêẽìíîĩẴĐòóôõöƠụùúủüỶẼỳ"
_VPS_CONTROLS = dict(
    zip((0x02, 0x03, 0x04, 0x05, 0x06, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x19, 0x1C, 0x1D), "ẠẬẶẸỆỊỌỘỢỤỰỴẪỮ", strict=True)
)
# VNI writes a vowel and then its marks: grave, acute, hook, tilde, dot; after ô and ö (ơ and ư) too. Circumflex and breve
# have one character for each tone. i takes none: its letters, đ and ỵ are single characters.
_VNI_TONES = dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True))
_VNI_CIRCUMFLEX = dict(zip("âàáåãä", ("", *_VNI_TONES.values()), strict=True))
_VNI_BREVE = dict(zip("êèéúüë", ("", *_VNI_TONES.values()), strict=True))
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}

# Latin characters that no Vietnamese text in Unicode uses inside words: without a few of them there is nothing to convert.
_SUSPECT = re.compile("[\x02-\x06\x10-\x15\x19\x1c\x1d¡-¦¨ª¬\xad®¯µ¶¸¹¼-¾ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ]")
_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_HAS_CAPITAL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZĂÂÊÔƠƯĐ")
"""The capitals of TCVN3."""


class Mixed(NamedTuple):
    """Text whose legacy stretches were converted: ``runs`` leads back to the text given, ``converted`` counts characters."""

    text: str
    runs: tuple[Run, ...]
    converted: dict[Scheme, int]


def _byte_table(first: int, letters: str) -> dict[int, str]:
    return {first + i: letter for i, letter in enumerate(letters) if letter != "·"}


@cache
def _table(scheme: Literal["tcvn3", "vps"], *, code_pages: bool = False) -> dict[int, str]:
    """Character → letter. With ``code_pages`` also as Windows' Vietnamese and Turkish code pages show the same bytes."""
    table = _byte_table(0xA1, _TCVN3) if scheme == "tcvn3" else {**_byte_table(0x80, _VPS), **_VPS_CONTROLS}
    pages = ["cp1252"] if scheme == "vps" else []
    if code_pages:
        pages += ["cp1258", "cp1254"]
    for byte, letter in list(table.items()):
        for page in pages:
            shown = bytes([byte]).decode(page, "replace")
            if byte >= 0x80 and shown != "\ufffd":
                table.setdefault(ord(shown), letter)
    return table


@cache
def _vni() -> tuple[re.Pattern[str], dict[str, str]]:
    pairs: dict[str, str] = dict(_VNI_SINGLE)
    for base, letter in (*zip("aeouy", "aeouy", strict=True), ("ô", "ơ"), ("ö", "ư")):
        pairs |= {base + mark: unicodedata.normalize("NFC", letter + tone) for mark, tone in _VNI_TONES.items()}
    for base in "aeo":
        pairs |= {base + mark: unicodedata.normalize("NFC", base + "\u0302" + tone) for mark, tone in _VNI_CIRCUMFLEX.items()}
    pairs |= {"a" + mark: unicodedata.normalize("NFC", "a\u0306" + tone) for mark, tone in _VNI_BREVE.items()}
    # The case of the vowel decides; its mark may stand in either case (AÙ as well as Aù).
    for source, letter in list(pairs.items()):
        for mark in {source[1:], source[1:].upper()}:
            pairs[source[0] + mark] = letter
            pairs[source[0].upper() + mark] = letter.upper()
    marks = "".join(sorted({source[1] for source in pairs if len(source) == 2}))
    return re.compile(f"[aeouyôöAEOUYÔÖ][{marks}]|[{''.join(s for s in sorted(pairs) if len(s) == 1)}]"), pairs


def font_scheme(font: str | None) -> Scheme | None:
    """The encoding that a font's name tells: ``.VnTimeH`` TCVN3, ``VNI-Times`` VNI; ``None`` for others and for no name.

    >>> font_scheme("ABCDEF+.VnArialH"), font_scheme("Times New Roman")
    ('tcvn3', None)
    """
    name = re.sub(r"^[A-Z]{6}\+", "", font or "").strip().lower()
    if name.startswith((".vn", "tcvn")):
        return "tcvn3"
    if name.startswith("vni"):
        return "vni"
    return "vps" if name.startswith("vps") else None


def capitals_font(font: str | None) -> bool:
    """Whether the font draws every letter as a capital: the TCVN3 fonts whose name ends with H (``.VnTimeH``)."""
    return font_scheme(font) == "tcvn3" and bool(re.search(r"H(?:[ ,-]?(?:Bold|Italic|B|I)+)?$", (font or "").strip()))


def convert(text: str, scheme: Scheme, *, code_pages: bool = False) -> tuple[str, tuple[Run, ...]]:
    """``text`` as Unicode, and where its characters stand in ``text``. A letter made of two lies where its vowel lay.

    >>> convert("Coäng hoøa", "vni")[0], convert("§éc lËp", "tcvn3")[0]
    ('Cộng hòa', 'Độc lập')
    """
    if scheme != "vni":  # one for one
        made = text.translate(_table(scheme, code_pages=code_pages))
        return made, ((Run(0, 0, len(text)),) if text else ())
    pattern, letters = _vni()
    pieces: list[str] = []
    runs: list[Run] = []
    at = start = begun = 0  # in the source: read so far, start of the open run; in the result: where that run began
    for match in pattern.finditer(text):
        letter = letters.get(match[0])
        if letter is None:  # a vowel with a mark it cannot bear: the vowel stays, a single letter after it counts
            letter = match[0][0] + letters.get(match[0][1], match[0][1])
        pieces += (text[at : match.start()], letter)
        at = match.end()
        if len(letter) < len(match[0]):
            length = match.start() + 1 - start
            runs.append(Run(begun, start, length))
            begun, start = begun + length, at
    pieces.append(text[at:])
    if start < len(text):
        runs.append(Run(begun, start, len(text) - start))
    return "".join(pieces), tuple(runs)


def _best(text: str) -> tuple[Scheme | None, int, int, int]:
    """The scheme under which most words of ``text`` are Vietnamese; how many are, of how many; how many are as it stands."""
    plain = _share(text)[0]
    scores = [(*_share(convert(text, scheme)[0]), scheme) for scheme in SCHEMES]
    good, words, best = max(scores, key=lambda score: score[0] / max(score[1], 1))
    return (best if good > plain else None), good, words, plain


def restore_horn(text: str) -> str:
    """``ư`` for the hyphens that stand for it: PDF writes TCVN3's ư (byte AD) as a hyphen. Only where that makes a syllable.

    >>> restore_horn("Thủ t-ớng, kinh tế - xã hội, NĐ-CP")
    'Thủ tướng, kinh tế - xã hội, NĐ-CP'
    """
    return _HYPHENED.sub(_with_horn, text) if "-" in text else text


_HYPHENED = re.compile(r"(?<![\w-])[^\W\d_]{0,4}-[^\W\d_]{0,4}(?![\w-])")


def _with_horn(match: re.Match[str]) -> str:
    word = match[0]
    made = word.replace("-", "ư")
    sure = len(word) > 1 and (word[1:].islower() or word[1:] == "-") and syllables.is_syllable(made)
    return made if sure else word


def _share(text: str) -> tuple[int, int]:
    """:func:`~vanban.parser.syllables.share` over words of more than one letter: ``°`` and ``½`` would be words of VPS."""
    words = [word for word in syllables.marked_words(text) if len(word) > 1]
    return sum(map(syllables.is_syllable, words)), len(words)


def looks_legacy(text: str) -> Scheme | None:
    """The old encoding that ``text`` is written in, by its words; ``None`` for Unicode, other languages and too little text.

    >>> looks_legacy("Céng hoµ x· héi chñ nghÜa ViÖt Nam"), looks_legacy("Cộng hòa xã hội chủ nghĩa Việt Nam")
    ('tcvn3', None)
    """
    sample = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + "\n" + text[len(text) // 2 :][: _SAMPLE // 2]
    if len(_SUSPECT.findall(sample)) < 2:
        return None
    scheme, good, words, plain = _best(sample)
    return scheme if words >= 3 and good >= 0.7 * words and good - plain >= 0.3 * words else None


def decode_run(text: str, font: str | None = None) -> str:
    """One run of one font as Unicode. The font's name decides unless the words say clearly that it lies.

    Runs of the same font belong together before they come here: VNI writes a letter as two characters. Under a Unicode font
    (or none) only what :func:`looks_legacy` recognises is converted.

    >>> decode_run("céng hoµ", ".VnTimeH"), decode_run("Ủy ban", ".VnTime")
    ('CỘNG HOÀ', 'Ủy ban')
    """
    scheme = font_scheme(font)
    if text.isascii() or _is_unicode(text):
        made = text
    elif scheme is None:
        found = looks_legacy(text)
        made = convert(text, found)[0] if found else text
    else:
        plain = syllables.share(text)[0]
        trials: list[str] = [convert(text, scheme)[0]]
        trials.append(convert(text, scheme, code_pages=True)[0])
        if looks_legacy(text) not in (None, scheme):  # a font applied over text typed with another
            trials += [convert(text, other)[0] for other in SCHEMES if other != scheme]
        made = max(trials, key=lambda trial: syllables.share(trial)[0])  # the first of equals
        if syllables.share(made)[0] < plain:
            made = text
    return made.upper() if capitals_font(font) and not _is_unicode(text) else made


def _is_unicode(text: str) -> bool:
    """Whether ``text`` holds letters that only Unicode has: then a ``.VnTimeH`` beside it is a substitute and tells no case."""
    return any("\u1ea0" <= c <= "\u1ef9" for c in text)


def convert_mixed(text: str) -> Mixed | None:
    """Convert the legacy lines of a text that tells no fonts; lines in Unicode stay. ``None`` where there is nothing to convert.

    A line with too few words to judge by goes the way of the line before it, unless that makes it worse.
    """
    if len(_SUSPECT.findall(text)) < 3:
        return None
    pieces: list[str] = []
    runs: list[Run] = []
    converted: dict[Scheme, int] = {}
    last = looks_legacy(text)
    at = made = 0
    own: tuple[Run, ...]
    for i, line in enumerate(text.split("\n")):
        piece, own = line, (Run(0, 0, len(line)),)
        if not line.isascii() or last == "vps":
            last = _line_scheme(line, last)
            if last is not None:
                piece, own = convert(line, last)
                piece = raise_capitals(piece) if last == "tcvn3" else piece
                converted[last] = converted.get(last, 0) + len(piece)
        if i:
            _append(runs, Run(made, at, 1))
            pieces.append("\n")
            at, made = at + 1, made + 1
        for run in own:
            _append(runs, Run(made + run.text, at + run.source, run.length))
        pieces.append(piece)
        at, made = at + len(line), made + len(piece)
    return Mixed("".join(pieces), tuple(runs), converted) if converted else None


def raise_capitals(line: str) -> str:
    """TCVN3 without its fonts: the capitals that it has no character for, where the letters beside them tell them.

    A word is in capitals where all its letters that could be are; one that does not tell (``Kỳ``) goes with the words on its two
    sides. Only syllables tell: ``Số: 94/NQ`` stays. The length is kept.

    >>> raise_capitals("HộI ĐồNG NHÂN DÂN KHóA XIV, Kỳ HọP"), raise_capitals("Hội đồng, kỳ họp")
    ('HỘI ĐỒNG NHÂN DÂN KHÓA XIV, KỲ HỌP', 'Hội đồng, kỳ họp')
    """
    words = list(_WORD.finditer(line))
    telling = [_capitals(word[0]) for word in words]
    if not any(telling):
        return line
    before, after = _nearest(telling), _nearest(telling[::-1])[::-1]
    pieces: list[str] = []
    at = 0
    for word, left, right in zip(words, before, after, strict=True):
        pieces += (line[at : word.start()], word[0].upper() if left is not False and right is not False else word[0])
        at = word.end()
    return "".join((*pieces, line[at:]))


def _capitals(word: str) -> bool | None:
    """Whether a word is in capitals (``True``), is not, or does not tell: its only sure letter is its first."""
    if any(c.islower() and c.upper() in _HAS_CAPITAL for c in word):
        return False
    return True if any(c.isupper() for c in word[1:]) and syllables.is_syllable(word) else None


def _nearest(telling: list[bool | None]) -> list[bool | None]:
    """For each word what it tells, or else the last one before it that does."""
    last: bool | None = None
    return [last := (told if told is not None else last) for told in telling]


def _line_scheme(line: str, last: Scheme | None) -> Scheme | None:
    """The line's own scheme; the last one where that makes as many words: two tables can both read a name (Ph¹m: Phạm, Phồm)."""
    scheme = looks_legacy(line)
    if last is None or _is_unicode(line):
        return scheme
    rival = convert(line, scheme)[0] if scheme else line
    return last if syllables.share(convert(line, last)[0])[0] >= syllables.share(rival)[0] else scheme


def _append(runs: list[Run], run: Run) -> None:
    """Add ``run``; if it goes on where the last ends, in both texts, the last grows."""
    if not run.length:
        return
    if runs:
        last = runs[-1]
        if (last.text + last.length, last.source + last.length) == (run.text, run.source):
            runs[-1] = Run(last.text, last.source, last.length + run.length)
            return
    runs.append(run)


def finding(schemes: dict[Scheme, int] | set[Scheme]) -> Finding:
    """The finding ``text.legacy`` that a reader adds when it converted legacy text."""
    names = ", ".join(_NAMES[scheme] for scheme in SCHEMES if scheme in schemes)
    capitals = (
        " Chữ hoa của TCVN3 chỉ biết được khi có tên phông. / The case of TCVN3 capitals is known only from the font's name."
        if "tcvn3" in schemes
        else ""
    )
    return Finding(
        code="text.legacy",
        severity="info",
        message=f"Văn bản dùng phông chữ cũ {names}, đã đổi sang Unicode: nên đối chiếu với bản gốc. / "
        f"Text in a legacy font ({names}) was converted to Unicode: compare it with the original.{capitals}",
    )

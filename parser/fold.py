"""Folding for matching only: the document's text is never changed by it.

:func:`match_form` keeps the length of its text, so that an offset found in the folded form is an offset of the text itself.
``đ`` stays a letter of its own in :func:`match_form` and :func:`key` (điểm d is not
điểm đ); only :func:`search_form`, for search, makes it d.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAME_LENGTH = {
    "Ð": "Đ",  # U+00D0, Icelandic: set by old converters for Đ
    "ð": "đ",
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad", " "),
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "’": "'",
    "‘": "'",
}
# few characters of a text are among these: to look for them is ten times as fast as to translate every one
_OTHER_FORM = re.compile("[" + "".join(_SAME_LENGTH) + "]")

BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""Every blank but the common one."""
_IRREGULAR = re.compile("[" + BLANKS + "".join(_SAME_LENGTH) + "]")

# Old and new placement of the tone mark: hoá/hóa, thuỷ/thủy. Keys are NFC pairs, so lengths are kept.
_OLD_TO_NEW = {
    old: new
    for vowels, olds in (("oa", "oà oá oả oã oạ"), ("oe", "oè oé oẻ oẽ oẹ"), ("uy", "uỳ uý uỷ uỹ uỵ"))
    for old, tone in zip(olds.split(), "\u0300\u0301\u0309\u0303\u0323", strict=True)
    for new in [unicodedata.normalize("NFC", vowels[0] + tone) + vowels[1]]
}
_TONE = re.compile("(?<![qQ])(?:" + "|".join(_OLD_TO_NEW) + r")(?!\w)", re.IGNORECASE)


def _new_tone(match: re.Match[str]) -> str:
    pair = match[0]
    new = _OLD_TO_NEW.get(pair.lower(), pair)
    return "".join(n.upper() if p.isupper() else n for p, n in zip(pair, new, strict=True))


def match_form(text: str) -> str:
    """One kind of dash, blank and quotation mark, ``Đ`` for its look-alike; same length as ``text``. Tones and case are kept."""
    return _OTHER_FORM.sub(lambda match: _SAME_LENGTH[match[0]], text)


def on_one_line(text: str) -> str:
    """:func:`match_form` with one blank between words and none around them; most lines are so as they stand, and that is quickly seen."""
    if "  " in text or _IRREGULAR.search(text) is not None:
        return " ".join(match_form(text).split())
    return text.strip()


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """A form for comparing names: NFC, new tone placement, one blank, lower case, one dash. ``đ`` is kept.

    >>> key("Uỷ ban  nhân dân") == key("Ủy ban nhân dân")
    True
    """
    text = _TONE.sub(_new_tone, match_form(unicodedata.normalize("NFC", text)))
    return " ".join(text.split()).casefold()


def search_form(text: str) -> str:
    """A form for search: lower case without diacritics, ``đ`` as ``d``.

    >>> search_form("Hội đồng nhân dân")
    'hoi dong nhan dan'
    """
    return text.translate(_SEARCHED)


class _Searched(dict[int, str]):
    """What each character is in :func:`search_form`: a matter of that character alone, so it is worked out once."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFD", match_form(chr(code)).casefold())
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("đ", "d")
        if len(self) < _REMEMBERED:
            self[code] = plain
        return plain


_REMEMBERED = 20_000
"""Many more characters than any document has; a file that prints all of Unicode must not fill the memory."""
_SEARCHED = _Searched()

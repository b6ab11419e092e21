"""Pieces of regular expressions that every stage of citations shares: how a word, a dash, a capital is printed.

The text is searched as printed (folding a whole document costs more than finding its citations), so the patterns themselves allow for
both placements of the tone mark (``Ủy``/``Uỷ``), every dash, ``Ð`` for ``Đ``, and blanks or a line break between words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

DASH = "-‐‑‒–—−"
"""Every dash that stands for a hyphen in a symbol; the hyphen first, so that it may open a character class."""

UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐÐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""The capitals of Vietnamese, for a character class. (``À-Ỹ`` is none: capitals and small letters take turns there.)"""

LOWER = "a-zàáâãèéêìíòóôõùúýăđðĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
"""The small letters of Vietnamese, for a character class."""

GAP = r"[\s\u200b\u00ad]{1,12}"
"""What stands between two words: blanks, a line break, the blank line a page break leaves. Bounded, so that no search can run away."""

_TONES = "\u0300\u0301\u0309\u0303\u0323"
_OLD = {
    unicodedata.normalize("NFC", pair[0] + tone) + pair[1]: pair[0] + unicodedata.normalize("NFC", pair[1] + tone)
    for pair in ("oa", "oe", "uy")
    for tone in _TONES
}


def old_tone(word: str) -> str | None:
    """The word with the tone mark where it used to be put (``hóa`` → ``hoá``); ``None`` where both are the same."""
    old = _OLD.get(word[-2:].lower())
    if old is None or word[-3:-2].lower() == "q":
        return None
    return word[:-2] + "".join(o.upper() if w.isupper() else o for o, w in zip(old, word[-2:], strict=True))


def _word(word: str, *, first: bool) -> str:
    """One word: both tone placements; past the first word of a name either case of its first letter (``Bộ công thương``)."""
    forms = [word] + ([old] if (old := old_tone(word)) else [])
    if not first and word[0].isalpha() and word[0].lower() != word[0].upper():
        done = [f"[{form[0].upper()}{form[0].lower()}]{re.escape(form[1:])}" for form in forms]
    else:
        done = [re.escape(form) for form in forms]
    return done[0] if len(done) == 1 else "(?:" + "|".join(done) + ")"


def loose(name: str) -> list[str]:
    """A name as pattern pieces, one a word: ``Ủy ban nhân dân`` also matches ``Uỷ  ban\\nNhân dân``."""
    pieces: list[str] = []
    for word in name.split():
        if word in {"-", "–"}:
            pieces.append(f"[{DASH}]")
        elif word.endswith(","):
            pieces.append(_word(word[:-1], first=not pieces) + ",?")
        else:
            pieces.append(_word(word, first=not pieces))
    return pieces


def phrase(name: str) -> str:
    """:func:`loose` joined by :data:`GAP`."""
    return GAP.join(loose(name))


def initial_words(names: Iterable[str]) -> frozenset[str]:
    """The words, as printed, that names matched by :func:`phrase` begin with: ``Uỷ`` and ``Ủy`` of ``Ủy ban``."""
    first = {name.split()[0].rstrip(",") for name in names}
    forms = {form for word in first for form in (word, old_tone(word)) if form}
    return frozenset(match[0] for form in forms if (match := re.match(r"\w+", form)))


def either(names: Iterable[str]) -> str:
    """One pattern for many names, longest first and grouped by common first words and letters, so that a miss costs one look."""
    found = options(names)
    return found[0] if len(found) == 1 else f"(?:{by_letter(found)})"


def options(names: Iterable[str]) -> list[str]:
    """:func:`either` as a list of alternatives. Joined at the top of a pattern, each beginning with a plain letter, they let a search
    skip at once to the next letter that any of them begins with.
    """
    tree: dict[str, dict[str, object]] = {}
    for name in names:
        branch: dict[str, object] = tree  # type: ignore[assignment]
        for piece in loose(name):
            branch = branch.setdefault(piece, {})  # type: ignore[assignment]
        branch[""] = {}
    return _options(tree)


def by_letter(alternatives: Iterable[str]) -> str:
    """Alternatives as one pattern that looks at a first letter once: ``t(?:ại|heo)|xét``. What begins with no plain letter stays."""
    groups: dict[str, list[str]] = {}
    other: list[str] = []
    for alternative in alternatives:
        if alternative[0].isalpha():
            groups.setdefault(alternative[0], []).append(alternative[1:])
        else:
            other.append(alternative)
    grouped = (first + (rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})") for first, rest in groups.items())
    return "|".join([*grouped, *other])


def _branch(tree: dict[str, dict[str, object]]) -> str:
    found = _options(tree)
    return found[0] if len(found) == 1 else "(?:" + "|".join(found) + ")"


def _options(tree: dict[str, dict[str, object]]) -> list[str]:
    options = []
    for piece, below in sorted(tree.items(), key=lambda item: (-len(item[0]), item[0])):
        if not piece:
            continue
        ends = "" in below
        rest = {key: value for key, value in below.items() if key}
        if not rest:
            options.append(piece)
        else:
            tail = GAP + _branch(rest)  # type: ignore[arg-type]
            options.append(f"{piece}(?:{tail})?" if ends else f"{piece}{tail}")
    return options


def matches(
    pattern: re.Pattern[str], text: str, places: Sequence[int] | None, initials: frozenset[str] | None = None
) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` gives, looked for only at ``places`` (in order), which must hold every place where it matches.

    ``initials`` are the letters it begins with, where others stand at many of the places.
    """
    if places is None:
        yield from pattern.finditer(text)
        return
    if initials is not None:
        places = [place for place in places if text[place] in initials]
    done = 0
    match_at = pattern.match
    for place in places:
        if place >= done and (match := match_at(text, place)) is not None:
            done = match.end()
            yield match


_NEW = {old: new for new, old in _OLD.items()}
_OLD_PAIR = re.compile("(?<![qQ])(?:" + "|".join(_NEW) + r")(?!\w)", re.IGNORECASE)


def new_tone(text: str) -> str:
    """The text with every tone mark where official spelling puts it now: ``Uỷ ban`` → ``Ủy ban``. Length and case are kept."""
    return _OLD_PAIR.sub(_placed, text)


def _placed(match: re.Match[str]) -> str:
    pair = match[0]
    return "".join(n.upper() if p.isupper() else n for p, n in zip(pair, _NEW[pair.lower()], strict=True))

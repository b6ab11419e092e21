"""Key phrases of mandates: what a task is about, as its noun compounds.

Words and their parts of speech are underthesea's; what makes a phrase of them is decided here, by ``lexicon/phrases.tsv`` and the verbs
that order (``lexicon/verbs.tsv``). Good enough to tell the same task in another year's words; no grammar of Vietnamese.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cache

import msgspec

from .. import tables
from ..model import Document, Mandate
from . import segmenting
from .edges import Edges
from .places import Places

_MOST = 12
_NOUN = frozenset({"N", "Np", "Nu", "Ny", "Nb"})


def with_phrases(document: Document, words_of: Callable[[Mandate], Sequence[str]] | None = None) -> tuple[Mandate, ...]:
    """The mandates with their phrases, at most twelve each, in the order of the text.

    ``words_of`` gives a mandate's words where they are known already. Raises ``ImportError`` without underthesea.
    """
    given = words_of or _Words(document)
    return tuple(msgspec.structs.replace(mandate, phrases=phrases(given(mandate))) for mandate in document.mandates)


class _Words:
    """The words of mandates, cut as the tokenizer cuts them."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        edges = Edges(document, Places(document, document.text))
        self._cuts, self._breaks = sorted(edges.cuts), sorted(edges.breaks)

    def __call__(self, mandate: Mandate) -> list[str]:
        start, end = mandate.start, mandate.end
        text = self._text[start:end]
        cuts, breaks = (
            [at - start for at in held[bisect_right(held, start) : bisect_left(held, end)]] for held in (self._cuts, self._breaks)
        )
        return [text[a:b] for a, b in segmenting.words(text, cuts=cuts, breaks=breaks)]


def phrases(words: Sequence[str]) -> tuple[str, ...]:
    """The noun compounds of some words, without repetition; small letters but in names and acronyms.

    >>> phrases(["Thực hiện", "tốt", "công tác", "quản lý", "thị trường", ",", "chất lượng", "hàng", "hoá"])
    ('công tác quản lý thị trường',)
    """
    lexicon = _lexicon()
    forms = [segmenting.form(word) for word in words]
    tags = segmenting.tagged(forms)
    found: dict[str, str] = {}
    run: list[tuple[str, str]] = []

    def close() -> None:
        while run and run[0][0].lower() in lexicon.weak:
            run.pop(0)
        while run and (run[-1][0].lower() in lexicon.weak or (run[-1][1] == "V" and len(run) < 3)):
            run.pop()
        syllables = sum(len(word.split()) for word, _ in run)
        if len(run) > 1 and syllables > 2 and any(tag == "N" for _, tag in run):
            phrase = " ".join(word if tag == "Np" or word.isupper() else word.lower() for word, tag in run)
            if phrase.casefold() not in lexicon.bodies and not phrase.casefold().startswith(lexicon.departments):
                found.setdefault(phrase.casefold(), phrase)
        run.clear()

    for k, (word, tag) in enumerate(zip(forms, tags, strict=True)):
        after = tags[k + 1] if k + 1 < len(tags) else ""
        small = word.lower()
        noun = tag in _NOUN and word[0].isalpha()
        quality = bool(run) and (tag == "A" or small == "mới")
        # "cơ chế hỗ trợ phát triển nông nghiệp": a verb behind a noun that takes one, and another behind it
        carried = bool(run) and tag == "V" and run[-1][0].lower() in lexicon.carriers and (after in _NOUN or after == "V")
        second = len(run) > 1 and tag == "V" and run[-1][1] == "V" and after in _NOUN
        if noun or quality or carried or second:
            run.append((word, tag))
        else:
            close()
            if tag == "V" and after in _NOUN and (small in lexicon.notions or small in lexicon.carriers or small not in lexicon.verbs):
                run.append((word, tag))  # "chuyển đổi số"
    close()
    return tuple(found.values())[:_MOST]


class _Lexicon(msgspec.Struct, frozen=True):
    weak: frozenset[str]
    carriers: frozenset[str]
    notions: frozenset[str]
    verbs: frozenset[str]
    bodies: frozenset[str]
    departments: tuple[str, ...]


@cache
def _lexicon() -> _Lexicon:
    kinds: dict[str, set[str]] = {"weak": set(), "carrier": set(), "notion": set(), "light": set()}
    for row in tables.rows("phrases"):
        kinds[row["kind"]].update(tables.values(row["words"]))
    verbs = frozenset(form for row in tables.rows("verbs") for form in tables.values(row["forms"]))
    bodies = frozenset(row["name"].casefold() for row in tables.rows("issuers"))  # "Sở Y tế" is who, not what
    departments = tuple(f"{row['name'].casefold()} " for row in tables.rows("issuers") if row["takes"] == "province")
    weak, carriers, notions = (frozenset(kinds[kind]) for kind in ("weak", "carrier", "notion"))
    return _Lexicon(weak, carriers, notions, verbs | kinds["light"], bodies, departments)

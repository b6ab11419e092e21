"""The forms of a document's layout: what a line says by its wording alone.

Forms come from ``lexicon/layout.tsv`` and ``lexicon/types.tsv``; each is matched from a line's beginning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from .. import tables
from ..fold import search_form
from ..names.patterns import UPPER

LOWER = UPPER.lower()
"""The small letters of Vietnamese, for a character class."""
PERSON = rf"(?:[{UPPER}][{LOWER}]+\s+){{1,4}}[{UPPER}][{LOWER}]+"
"""A name as it is printed below a signature: "Trần Thị Bích Hà"."""
_ROLE_NAME = re.compile(rf"((?:[{UPPER}]{{2,}}\s){{1,8}})({PERSON})\s*")
RULE_LINE = re.compile(r"(?:[-_=–—.*&~\s|]|-\s?[0oO]\s?-)+$")
"""A rule drawn with signs: "-----", "* * *", "-o0o-", a bar between columns."""
NUMBER_LINE = re.compile(r"(?:[^\W\d_]{2,12}\s+){0,4}(?:số|sô)\s*(?:[:.;]|[\d.…_/-]|$)", re.IGNORECASE)
"""The line of the number, blank in a draft: "Số: 94/NQ-HĐND", "Luật số: 59/2020/QH14", "Số:     /KH-UBND"."""
DATE_LINE = re.compile(
    r"(?:[^\d;:]{0,40}?,\s*)?(?:ngày|ngay)\s*(?:[\d.…_]+|\s)\s*(?:tháng|thang)\s*(?:[\d.…_]+|\s)\s*(?:năm|nam)\s*(?:\d{4}|[.…_]|$)",
    re.IGNORECASE,
)
"""A date, with its place or without: "Hà Nội, ngày 05 tháng 3 năm 2020", "ngày … tháng … năm 2022"."""
PLACE_LINE = re.compile(r"[^\d,;:]{2,40},\s*ngày\b", re.IGNORECASE)
"""Place and "ngày": the beginning of such a line, wherever it was cut."""
_OUTSIDE_ASCII = re.compile(r"[^\x00-\x7f]")
_LETTERS = re.compile(r"[^\W\d_]")
_FIRST = 8


class _Layout:
    """The compiled forms of one kind: ``match`` from the paragraph's beginning."""

    def __init__(self, kind: str, fold: Callable[[str], str] | None = None) -> None:
        forms: dict[bool, list[str]] = {False: [], True: []}
        for row in tables.rows("layout"):
            if row["kind"] == kind:
                tail = r"\s*(?:[.:]?\s*)$" if row["whole"] == "yes" else ""
                form = fold(row["form"]) if fold else row["form"]
                forms[fold is None and row["case"] == "upper"].append(f"(?:{form}){tail}")
        self._any = re.compile("|".join(forms[False]), re.IGNORECASE) if forms[False] else None
        self._upper = [re.compile(form, re.IGNORECASE) for form in forms[True]]

    def match(self, words: str) -> bool:
        if self._any is not None and self._any.match(words):
            return True
        # these hold for words in capitals only; which of the forms it is decides how many
        if not self._upper or words[1:2].islower():
            return False
        for pattern in self._upper:  # noqa: SIM110 - asked of every line, and twice as fast as any()
            if (found := pattern.match(words)) is not None and is_upper(found[0]):
                return True
        return False


@cache
def layout(kind: str) -> _Layout:
    return _Layout(kind)


@cache
def folded(kind: str) -> _Layout:
    """The forms of a kind without diacritics, for words in :func:`~vanban.parser.fold.search_form`; what must be capitals is not asked."""
    return _Layout(kind, lambda form: _OUTSIDE_ASCII.sub(lambda letter: search_form(letter[0]), form))


@cache
def _types() -> re.Pattern[str]:
    names = sorted({name for row in tables.rows("types") if (name := row["name"])}, key=len, reverse=True)
    forms = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    # A page that lost the line end below the type: "NGHỊ QUYẾTQuy định chi tiết …", "QUYẾT ĐỊNHVỀ TÍN DỤNG …".
    capitals = "|".join(re.escape(name.upper()).replace(r"\ ", r"\s+") for name in names if " " in name)
    glued = rf"(?-i:(?:{capitals})(?=[{UPPER}][{LOWER}]|(?:VỀ|BAN HÀNH|QUY ĐỊNH|SỬA ĐỔI|PHÊ DUYỆT|THÔNG QUA|HƯỚNG DẪN|CÔNG BỐ)\s))"
    return re.compile(rf"(?:{forms})(?!\w)|{glued}", re.IGNORECASE)


def is_upper(words: str) -> bool:
    """All its letters are capitals, and there are some."""
    first = words[:_FIRST]  # they tell most lines
    return first.upper() == first and words.upper() == words and _LETTERS.search(words) is not None


def type_at(words: str) -> re.Match[str] | None:
    """A document type at the beginning: ``NGHỊ QUYẾT``."""
    return _types().match(words)


def role_and_name(words: str) -> tuple[str, str] | None:
    """``CHỦ TỊCH Huỳnh Tấn Việt`` on one line → the office and the name."""
    match = _ROLE_NAME.fullmatch(words)
    return (match[1].rstrip(), match[2]) if match and layout("role").match(match[1]) else None


def is_type(words: str) -> bool:
    """A document type in capitals and nothing else: ``NGHỊ QUYẾT``."""
    return is_upper(words) and (match := type_at(words)) is not None and not words[match.end() :].strip(" :*")

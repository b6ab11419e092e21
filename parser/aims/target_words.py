"""What the words around a figure say of it: whether it tells of a change, what it is compared with, for which years it is."""

from __future__ import annotations

import re

from ..model import Change

_DIRECTION = re.compile(
    r"(?:^|[\s,(](?<!lệ[\s,(])(?<!độ[\s,(])(?<!không[\s,(]))(tăng|giảm|vượt)(?!\s(?:trưởng|nghèo|phát|còn|xuống|lên))\b[^,;:.0-9]{0,28}$",
    re.IGNORECASE,
)
_DIRECTION_LENGTH = 33
"""No match is longer."""
_NAME_DIRECTION = re.compile(r"(tăng|giảm)\s(?!trưởng)", re.IGNORECASE)
_LEVEL = re.compile(r"(?:còn|xuống|lên|đạt)\b[^,;:0-9]{0,20}$", re.IGNORECASE)
_BASELINE = re.compile(
    r"so với (?:cùng kỳ(?: năm (?:trước|[0-9]{4}))?|năm trước|(?:dự toán|kế hoạch)[^,;.]{0,40}"
    r"|(?:năm|cuối năm|đầu năm|thực hiện năm|ước thực hiện năm|giai đoạn) [0-9]{4}(?:\s?[-–]\s?[0-9]{4})?)"
    r"|theo giá (?:so sánh|hiện hành|cố định)(?: năm)?(?: [0-9]{4})?"
)
_YEAR = re.compile(
    # each begins with a letter of its own: the search skips fast
    r"(?:năm|giai đoạn|thời kỳ|nhiệm kỳ|Quý [IV]+[/\s]?(?:năm )?|quý [IV]+[/\s]?(?:năm )?)\s?"
    r"((?:19|20)[0-9]{2})(?:\s?[-–]\s?((?:19|20)[0-9]{2}))?"
)


def change(before: str, name: str) -> Change | None:
    """Whether the figure says by how much something grows or falls: by the words before it, else by how its name begins."""
    near = before[-60:]
    told = None
    if "ăng" in near or "iảm" in near or "ượt" in near:
        told = _DIRECTION.search(near, max(0, len(near) - _DIRECTION_LENGTH))
    if told:
        return "decrease" if told[1].lower() == "giảm" else "increase"
    at = name.rfind(": ") + 2 if ": " in name else 0
    named = _NAME_DIRECTION.match(name, at) if name[at : at + 1] in "tgTG" else None
    if named and not _LEVEL.search(near):
        return "decrease" if named[1].lower() == "giảm" else "increase"
    return None


def baseline(words: str) -> str | None:
    """What the figure is compared with, as printed: ``so với năm 2023``, ``theo giá so sánh 2010``."""
    if (at := words.find("so với")) >= 0 and (found := _BASELINE.match(words, at)):
        return found[0]
    if (at := words.find("theo giá")) >= 0 and (found := _BASELINE.match(words, at)):
        return found[0]
    return None


def years(words: str, last: bool) -> str | None:
    """``năm 2024`` → ``2024``, ``giai đoạn 2021 - 2025`` → ``2021-2025``; a year that is only compared with is left out."""
    if "20" not in words and "19" not in words:
        return None
    found = _YEAR.findall(_BASELINE.sub("", words) if "so với" in words or "theo giá" in words else words)
    return "-".join(filter(None, found[-1 if last else 0])) if found else None


def own_period(before: str, after: str) -> str | None:
    """The years that the figure's own clause names, behind it or before it."""
    return (None if after.startswith((" và ", "và ")) else years(after[:160], last=False)) or years(before[-160:], last=True)

"""Who signs: the lines of a signature as offices and names.

One signs on behalf of a body (``TM.``), for another (``KT.``, ``TL.``), or by his own office; several sign below each other or side by
side. What cannot be read stays ``None``: nobody is guessed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from ..fold import on_one_line
from ..model import Signer
from ..names.patterns import UPPER
from ..reading import Block
from .forms import LOWER, PERSON, is_upper, layout, role_and_name

_NAME = re.compile(rf"[{UPPER}][\w.'-]*(?:\s+[{UPPER}(][\w.')-]*){{1,6}}\s*$")
_PERSON = re.compile(PERSON)
_NAMED_TAIL = re.compile(rf"(?<=\s){PERSON}\s*$")
_FIRST_NAME = re.compile(rf"[{UPPER}][{LOWER}]+")
_SIGNED = re.compile(r"\(?\s*(?:đã ký|da ky|ký tên|signed|đã kí)(?:[^)\n:]{0,30}\))?[\s:./)]*", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:(?:TM|T\.M|KT|K\.T|TL|T\.L|TUQ|Q)\s*[.:/]|(?:T/M|K/T|T/L)\s*[.:/]?)", re.IGNORECASE)
_RANK = re.compile(
    r"(?:đại tướng|thượng tướng|trung tướng|thiếu tướng|đại tá|thượng tá|trung tá|gs|pgs|ts|ths|bs|ks)\.?(?:\s|\.)+", re.IGNORECASE
)  # fmt: skip
_WORD = re.compile(r"\w")
_LEFT, _RIGHT = 20, 25
"""Columns of typed text: a line that begins before the first stands on the left, behind the second on the right."""


def signers(text: str, blocks: Sequence[Block]) -> list[Signer]:
    """Everyone who signs, from the lines of the signature: office, name, and on whose behalf."""
    made: list[Signer] = []
    authority: list[str] = []
    role: str | None = None
    lines = [line for line in _whole_names(_by_signer(text, blocks)) if _WORD.search(line)]
    for line, below in itertools.zip_longest(lines, lines[1:], fillvalue=""):
        sealed = _SIGNED.match(below) is not None
        low = line.lower()
        if "k" in low or "ned" in low:  # else it does not say that it was signed
            line = _SIGNED.sub("", line).strip()
        if "s" in low or "tướng" in low or "tá" in low:  # else it names no rank
            line = _RANK.sub("", line)
        if not line:
            continue
        if authority and role is None and is_upper(line) and _office(below) and not _office(line):
            authority[-1] += f" {line}"  # "KT. BỘ TRƯỞNG" / "BỘ TÀI CHÍNH" / "THỨ TRƯỞNG"
        elif sealed and not (authority or role or made or _office(line)):
            if _SIGNED.fullmatch(lines[-1]) and len(lines) == 2:
                made.append(Signer(name=line, role=None))
            else:
                role = line  # "Chủ tịch nước" / "(Đã ký)" / "Trần Văn An"
        elif pair := role_and_name(line):
            made.append(Signer(name=pair[1].strip(), role=pair[0].strip(), authority=" ".join(authority) or None))
            authority, role = [], None
        elif _AUTHORITY.match(line):
            named = _NAMED_TAIL.search(line)
            if named and is_upper(line[: named.start()]):
                line = line[: named.start()].strip()  # the whole signature on one line
            before, own = _split_role(line)
            authority.append(before)
            role = own or role
            if named and is_upper(line):
                made.append(Signer(name=named[0].strip(), role=role, authority=" ".join(authority) or None))
                authority, role = [], None
        elif layout("role").match(line) and not _looks_named(line):
            role = f"{role} {line}" if role and not layout("role").match(role) else line
        elif _NAME.match(line) and (role or authority):
            made.append(Signer(name=line.strip(" .*"), role=role, authority=" ".join(authority) or None))
            authority, role = [], None
    if not made and len(lines) > 1 and _PERSON.fullmatch(lines[-1]):
        made.append(Signer(name=lines[-1], role=None))  # the office above it cannot be read
    return made


def _by_signer(text: str, blocks: Sequence[Block]) -> list[str]:
    """The lines in the order of those who sign: what stands side by side is taken apart, by its place on the line or row by row."""
    lines = [on_one_line(text[block.start : block.end]) for block in blocks]
    places = [block.start - text.rfind("\n", 0, block.start) - 1 for block in blocks]
    left = [line for line, place in zip(lines, places, strict=True) if place < _LEFT]
    right = [line for line, place in zip(lines, places, strict=True) if place >= _RIGHT]
    if len(left) + len(right) == len(lines) and any(map(_PERSON.fullmatch, left)) and any(map(_PERSON.fullmatch, right)):
        return left + right
    worded = [line for line in lines if _WORD.search(line) and not _SIGNED.fullmatch(line)]
    names = list(itertools.takewhile(_PERSON.fullmatch, reversed(worded)))
    abreast = len(names)
    if abreast < 2 or len(worded) % abreast or sum(1 for line in worded if _PERSON.fullmatch(line)) != abreast:
        return lines
    rows = [worded[k : k + abreast] for k in range(0, len(worded), abreast)]
    alike = all(len({_AUTHORITY.match(line) is not None for line in row}) == 1 for row in rows)
    return [row[k] for k in range(abreast) for row in rows] if alike else lines


def _whole_names(lines: list[str]) -> Iterator[str]:
    """The lines, a name that a narrow column broke after its first word made whole: "Phùng" / "Thị Hồng Hà"."""
    first = ""
    for line in lines:
        if not first and _FIRST_NAME.fullmatch(line):
            first = line
            continue
        yield f"{first} {line}".strip()
        first = ""
    if first:
        yield first


def _office(line: str) -> bool:
    return _AUTHORITY.match(line) is not None or layout("role").match(line)


def _looks_named(line: str) -> bool:
    return not is_upper(line) and _NAME.match(line) is not None and not layout("role").match(line)


def _split_role(line: str) -> tuple[str, str]:
    """``TM. CHÍNH PHỦ KT. THỦ TƯỚNG PHÓ THỦ TƯỚNG`` → the authority, and the office at its end."""
    words = line.split()
    for k in range(1, len(words)):
        tail = " ".join(words[k:])
        # "T/M BAN BÍ THƯ" names a body, not the office of its secretary
        if layout("role").match(tail):
            if _AUTHORITY.match(words[k - 1]):
                break  # "TL. TỔNG CỤC TRƯỞNG": the office of the one signed for
            if words[k - 1].endswith(","):
                break  # "KT. BỘ TRƯỞNG, CHỦ NHIỆM" holds two offices
            if words[k - 1].upper() not in ("BAN", "ĐOÀN", "ĐỒNG"):
                return " ".join(words[:k]), tail
    return line, ""

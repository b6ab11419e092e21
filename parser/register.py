"""A register of instruments: which number, type, issuer and date an instrument has, what it is called, from when to when it is in force.

With it a law cited by its name becomes the instrument of that number ("Luật Đất đai năm 2024" is 31/2024/QH15), and what a document says
against it is a finding. What is cited is never changed: a register tells only *which* instrument is meant.

The package brings a small one (``lexicon/register.tsv``), checked row by row; :meth:`Register.load` reads your own, as CSV or TSV.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as calendar
from datetime import timedelta
from functools import cache, lru_cache
from itertools import pairwise
from os import PathLike
from pathlib import Path

import msgspec

from . import tables
from .fold import key
from .names import symbols, works

COLUMNS = ("number", "type", "issuer", "date", "title", "aliases", "effective", "until", "replaced_by", "checked", "source")
"""The columns of a register. ``type``, ``date`` and one of ``number`` and ``title`` must be filled; the others may be empty or missing."""

_HEADINGS = {
    "number": "số hiệu | số, ký hiệu | số ký hiệu | số văn bản | so hieu",
    "type": "loại | loại văn bản | hình thức | loai",
    "issuer": "cơ quan ban hành | co quan ban hanh",
    "date": "ngày ban hành | ngay ban hanh | ngày",
    "title": "tên | tên gọi | tên văn bản | trích yếu",
    "aliases": "tên khác",
    "effective": "ngày có hiệu lực | hiệu lực từ",
    "until": "ngày hết hiệu lực | hiệu lực đến",
    "replaced_by": "thay thế bởi | văn bản thay thế",
    "checked": "ngày kiểm tra",
    "source": "nguồn",
}


class RegisterError(ValueError):
    """A register that cannot be used: ``name`` is the file and line, ``problem`` what is wrong there, ``remedy`` what to do."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name}: {problem}. {remedy}")
        self.name, self.problem, self.remedy = name, problem, remedy


class Entry(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One instrument. ``id`` is the id that its citations carry; dates are ISO days.

    ``title`` is the name it is cited by, with its kind for a law (``Luật Đất đai``); ``effective`` the first and ``until`` the last day
    it is in force, ``None`` where not known or not ended; ``checked`` the day up to which that is known (``None``: no bound is given).
    ``replaced_by`` holds the numbers of what replaced it.
    """

    id: str
    type: str
    date: str
    number: str | None = None
    issuer: str | None = None
    title: str = ""
    aliases: tuple[str, ...] = ()
    effective: str | None = None
    until: str | None = None
    replaced_by: tuple[str, ...] = ()
    checked: str | None = None
    source: str = ""

    def in_force(self, day: str) -> bool | None:
        """Whether it is in force on a day, or all through a month or a year; ``None`` where the register cannot tell, because it was last
        checked before, or where it was in force for a part of the month or year.
        """
        first, last = (day, day) if len(day) == 10 else (f"{day}-01-01"[:10], f"{day}-12-31" if len(day) == 4 else f"{day}-31")
        begins = self.effective or self.date
        if last < begins or (self.until and first > self.until):
            return False
        if first < begins or (self.until and last > self.until):
            return None
        return True if self.until or not self.checked or last <= self.checked else None


class Register:
    """Entries with the ways to find them. Not changed after it is made; safe to share.

    >>> Register.packaged().find(name="Luật Đất đai", on="2025-03-01")[0].number
    '31/2024/QH15'
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._ids = {entry.id: entry for entry in self._entries}
        numbers: dict[str, list[Entry]] = {}
        names: dict[str, list[Entry]] = {}
        for entry in self._entries:
            if entry.number:
                numbers.setdefault(label(entry.number), []).append(entry)
                if short := _without_code(entry.number):
                    numbers.setdefault(short, []).append(entry)
            for name in dict.fromkeys(name_key(name) for name in (entry.title, *entry.aliases) if name):
                names.setdefault(name, []).append(entry)
        self._numbers = {name: tuple(found) for name, found in numbers.items()}
        self._names = {name: tuple(found) for name, found in names.items()}

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Register:
        """Read a register from a CSV or TSV file (UTF-8; comma, semicolon or tab; the first line names the columns).

        Guaranteed: every row is in the register, none twice, with a type, a true date and a number or title; anything else is a
        :class:`RegisterError` that names the file, the line and the remedy, and nothing is loaded. Columns are named as in
        :data:`COLUMNS` or in Vietnamese (``số hiệu``, ``ngày ban hành`` …), in any order; others are left alone. Days may be written
        ``2024-01-18`` or ``18/01/2024``; several aliases or successors are divided by `` | ``; lines that begin with ``#`` are comments.
        """
        file = Path(path)
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise RegisterError(
                str(path), f"không phải UTF-8 / is not UTF-8 (byte {error.start})", "Lưu lại dạng UTF-8 / save it as UTF-8"
            ) from None
        except OSError as error:
            raise RegisterError(
                str(path), f"không đọc được / cannot be read ({error.strerror})", "Kiểm tra đường dẫn / check the path"
            ) from None
        return cls(_read(text, str(path)))

    @classmethod
    def packaged(cls) -> Register:
        """The register that comes with the package: constitutions, codes, laws and some resolutions. Read once a process."""
        return _packaged()

    def joined(self, other: Register) -> Register:
        """Both in one; of an instrument that is in both, the entry of ``other``: ``Register.packaged().joined(Register.load(path))``."""
        return Register({**self._ids, **other._ids}.values())

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def get(self, id: str) -> Entry | None:
        """The entry of an id."""
        return self._ids.get(id)

    def numbered(self, number: str) -> tuple[Entry, ...]:
        """The entries of a number, by its :func:`label`. One look-up."""
        return self._numbers.get(number, ())

    def named(self, name: str) -> tuple[Entry, ...]:
        """The entries of a name, by its :func:`name_key`. One look-up."""
        return self._names.get(name, ())

    def instead(self, name: str, number: str | None, date: str | None) -> tuple[Entry, ...]:
        """The entries of a law's name, where what it is cited with can be none of them nor another law of that name: a year in which one
        of them was the law and stayed it, another day of a year that has one, the number of another law, a second number of one year.
        None where the register cannot tell: of the years before its first entry it says nothing.

        >>> [entry.number for entry in Register.packaged().instead("Luật Đất đai", None, "2019")]
        ['45/2013/QH13', '31/2024/QH15']
        >>> Register.packaged().instead("Luật Đất đai", None, "2003"), Register.packaged().instead("Luật Đất đai", "31/2024/QH15", "2024")
        ((), ())
        """
        held = self.named(name_key(name))
        if not held or not (number or date):
            return ()
        if number:
            fits, year, asked = self.numbered(label(number)), _year(number), name_key(name)
            if any(name_key(title) in asked for entry in fits for title in (entry.title, *entry.aliases) if title):
                # The number is that of the name; "Luật sửa đổi … của Luật A số 1/2025/QH15" may give the number of A.
                # "Luật Đất đai năm 2024 số 45/2013/QH13" names two.
                return tuple(entry for entry in held if date and entry.date.startswith(date) and entry not in fits and year != date[:4])
            if not fits and (year is None or not (any(entry.date[:4] == year for entry in held) or _ruled_out(held, year))):
                return ()
            return held
        if date is None or any(entry.date.startswith(date) or date.startswith(entry.date) for entry in held):
            return ()
        same_year = tuple(entry for entry in held if len(date) == 10 and entry.date[:4] == date[:4])
        return same_year or (held if _ruled_out(held, date[:4]) else ())

    def find(
        self,
        *,
        number: str | None = None,
        name: str | None = None,
        type: str | None = None,
        issuer: str | None = None,
        date: str | None = None,
        on: str | None = None,
    ) -> tuple[Entry, ...]:
        """The entries with all that is given: a number in any spelling (``31/2024`` too), a name, a type, an issuer, a date or a year;
        ``on``: surely in force on that day, or all through that month or year. In the order of the register; none where nothing fits.

        >>> [entry.date for entry in Register.packaged().find(number="19-NQ/TW", date="2022")]
        ['2022-06-16']
        """
        found: Sequence[Entry] = self._entries
        if number is not None:
            found = self.numbered(label(number))
        if name is not None:
            named = self.named(name_key(name))
            found = [entry for entry in found if entry in named]
        return tuple(
            entry
            for entry in found
            if (type is None or key(entry.type) == key(type))
            and (issuer is None or key(entry.issuer or "") == key(issuer))
            and (date is None or entry.date.startswith(date))
            and (on is None or entry.in_force(on))
        )


@lru_cache(maxsize=8192)
def label(number: str) -> str:
    """A number as it is looked up: mended, without leading noughts, in small letters (``05/NQ-CP`` is ``5/NQ-CP``)."""
    return symbols.repaired(number).lstrip("0").casefold()


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """A name as it is looked up: in small letters, tones in their new places, without commas and dashes.

    >>> name_key("Luật Phòng, chống ma tuý") == name_key("Luật phòng chống ma túy")
    True
    """
    return " ".join(re.sub(r"[,\-()\"]", " ", key(name)).replace("một số điều của", "một số điều").split())


def _without_code(number: str) -> str | None:
    """``31/2024/QH15`` → ``31/2024``: how a law is cited in short."""
    taken = symbols.meant(number)
    if taken is None or taken.family != "assembly":
        return None
    return f"{taken.number.lstrip('0')}/{taken.year}"


@lru_cache(maxsize=4096)
def once(number: str) -> bool:
    """Whether a number is given once only: it holds its year, or the term of the Assembly (``1654/NQ-UBTVQH15``)."""
    taken = symbols.meant(number)
    return taken is not None and bool(taken.year or re.search(r"(?:QH|HĐNN)\d", taken.org))


def _year(number: str) -> str | None:
    """The year that a number holds, with its code or without (``45/2024``)."""
    found = re.search(r"/((?:19|20)\d\d)(?!\d)", number)
    return found[1] if found else None


_TIME_TO_COME = 2
"""Years within which a new law takes effect, and ends the old one of its name."""


def _ruled_out(held: Sequence[Entry], year: str) -> bool:
    """Whether no law of the name can be of a year: one was in force then and stayed so, or the next known one followed it at once."""
    known = sorted(held, key=lambda entry: entry.date)
    if any(entry.date[:4] == year for entry in known):
        return False
    later = f"{int(year) + _TIME_TO_COME:04}-01-01"
    if any(entry.date[:4] < year and entry.in_force(later) for entry in known):
        return True
    around = [(one.until, after) for one, after in pairwise(known) if one.date[:4] < year < after.date[:4]]
    return any(until is not None and _next_day(until) >= (after.effective or after.date) for until, after in around)


def _next_day(day: str) -> str:
    return (calendar.fromisoformat(day) + timedelta(days=1)).isoformat()


# --- reading -------------------------------------------------------------------------------------------------------


@cache
def _packaged() -> Register:
    file = tables.FOLDER / "register.tsv"
    return Register(_read(file.read_text(encoding="utf-8"), str(file)))


@cache
def _columns() -> dict[str, str]:
    return {key(heading): column for column, headings in _HEADINGS.items() for heading in (column, *tables.values(headings))}


def _read(text: str, name: str) -> Iterator[Entry]:
    lines = [(i, line) for i, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        raise RegisterError(
            name, "không có dòng nào / holds no line", f"Dòng đầu nêu tên cột / let the first line name the columns: {', '.join(COLUMNS)}"
        )
    mark = max("\t,;", key=lines[0][1].count)
    rows = csv.reader(
        io.StringIO("\n".join(line for _, line in lines)), delimiter=mark, quoting=csv.QUOTE_NONE if mark == "\t" else csv.QUOTE_MINIMAL
    )
    head = [_columns().get(key(heading), "") for heading in next(rows)]
    missing = [column for column in ("type", "date") if column not in head]
    if not {"number", "title"} & set(head):
        missing.append("number")
    if missing:
        raise RegisterError(
            f"{name}:{lines[0][0]}",
            f"thiếu cột / no column {', '.join(missing)}",
            f"Dòng đầu nêu tên cột / let the first line name the columns: {', '.join(COLUMNS)}",
        )
    held: dict[str, int] = {}
    for cells in rows:
        if not any(map(str.strip, cells)):
            continue  # an empty row, as spreadsheets leave them
        line = lines[rows.line_num - 1][0]
        entry = _entry({column: cell.strip() for column, cell in zip(head, cells, strict=False) if column}, f"{name}:{line}")
        if entry.id in held:
            raise RegisterError(
                f"{name}:{line}",
                f"đã có ở dòng {held[entry.id]} / stands in line {held[entry.id]} already: {entry.number or entry.title}, {entry.date}",
                "Bỏ một dòng, hoặc sửa số, ngày / leave one out, or mend its number or date",
            )
        held[entry.id] = line
        yield entry


def _entry(row: dict[str, str], place: str) -> Entry:
    number, title = row.get("number", ""), row.get("title", "")
    days = {column: _day(row.get(column, ""), column, place) for column in ("date", "effective", "until", "checked")}
    wrong = None
    if not row.get("type"):
        wrong = "thiếu loại văn bản / no type"
    elif not number and not title:
        wrong = "thiếu số và tên / neither number nor title"
    elif not days["date"]:
        wrong = "thiếu ngày ban hành / no date"
    elif number and symbols.meant(number) is None:
        wrong = f"{number} không phải số, ký hiệu / is no number of an instrument"
    elif days["until"] and days["until"] < (days["effective"] or days["date"]):
        wrong = f"hết hiệu lực trước khi có hiệu lực / ends ({days['until']}) before it begins"
    if wrong is not None:
        raise RegisterError(place, wrong, "Sửa dòng này / mend this line")
    date = days["date"] or ""
    issuer = row.get("issuer") or (works.issuing_body(number, "") if number else "") or None
    return Entry(
        id=works.instrument_id(type=row["type"], number=number, issuer=issuer, date=date, name="" if number else title),
        type=row["type"],
        date=date,
        number=number or None,
        issuer=issuer,
        title=title,
        aliases=tuple(tables.values(row.get("aliases", ""))),
        effective=days["effective"],
        until=days["until"],
        replaced_by=tuple(tables.values(row.get("replaced_by", ""))),
        checked=days["checked"],
        source=row.get("source", ""),
    )


_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})/(\d{1,2})/(\d{4})")


def _day(cell: str, column: str, place: str) -> str | None:
    if not cell:
        return None
    match = _DAY.fullmatch(cell)
    try:
        if match is None:
            raise ValueError
        year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
        return calendar(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise RegisterError(
            place, f"{column}: {cell!r} không phải ngày / is no day", "Viết / write 2024-01-18 hoặc / or 18/01/2024"
        ) from None

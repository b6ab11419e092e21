"""What a document is: type, number, issuer, place, date, title, session, signers, when it takes effect.

Fields are read from the paragraphs that :mod:`zones` told apart; nothing is guessed: what is not printed is ``None``. The issuer is made
canonical and whole (:mod:`bodies`); the other fields stay as printed, on one line. A draft's blank number ("Số:    /KH-UBND") is none.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator
from functools import cached_property

from ..fold import on_one_line, search_form
from ..model import Instrument
from ..names import bodies, issuers, symbols
from . import signature
from .forms import layout, type_at
from .repair import Paragraph
from .roles import Role

_AFTER_LABEL = re.compile(r"(?:số|sô)\s*[:.;]?\s*", re.IGNORECASE)
_DATE = re.compile(
    r"(?:ngày|ngay)\s*(?P<d>\d{1,2}|[.…_]*)\s*(?:tháng|thang)\s*(?P<m>\d{1,2}|[.…_]*)\s*(?:năm|nam)\s*(?P<y>\d{4})?"
    r"|ngày\s*(?P<d2>\d{1,2})\s?[/.-]\s?(?P<m2>\d{1,2})\s?[/.-]\s?(?P<y2>\d{4})",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\s*(?P<place>[^\d,;:]{2,40}?)\s*,\s*(?:ngày|ngay)\b", re.IGNORECASE)
_FORCE = re.compile(r"ự(?:(?<=hiệu\slự)|(?<=\s\slự))c")
"""``lực`` of ``hiệu lực``, by its rarest letter: a search for one letter is the fastest there is."""
_HAS = re.compile(r"có\s+\Z", re.IGNORECASE)
_SUBJECT_OF_FORCE = re.compile(
    r"(?:nghị quyết|luật|bộ luật|pháp lệnh|nghị định|thông tư|quyết định|chỉ thị|quy định|quy chế|văn bản|hướng dẫn|kết luận|lệnh|điều lệ)"
    r"(?:\s+liên\s+tịch)?(?P<this>\s+này)?[^.;:]{0,60}?\Z",
    re.IGNORECASE,
)
_WHEN_IN_FORCE = re.compile(
    r"(?:\s+thi\s+hành)?,?\s*(?:(?:sau|sau\s+thời\s+hạn)\s+(?P<days>\d{1,3})\s*(?:\([^)]{1,30}\)\s*)?ngày,?\s+)?"
    r"(?:kể\s+)?(?:từ|vào)\s+(?P<when>ngày\s+(?:ký|thông qua|ban hành|\d)[^.;]{0,40})",
    re.IGNORECASE,
)
_CLAUSE = 120
"""How far before "có hiệu lực" the words begin that say what takes effect."""
_ADOPTED = re.compile(r"thông qua\s+(?:vào\s+)?(?:ngày|tại)\b[^.;]{0,120}", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\s*(?:của\s[^,.;:]{3,80}?\s)?số\s*:?\s*\d\S*(?:\s*,?\s*ngày\s+(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?"
    r"(?:\s*,?\s+của\s[^,.;:]{3,80}?(?=\s(?:về|quy định|ban hành|v/v|hướng dẫn)\b))?",
    re.IGNORECASE,
)
_OF = re.compile(r"của\s[^,.;:]{3,80}?\s(?=(?:về việc|v/v)\b)", re.IGNORECASE)
_SUBJECT = re.compile(r"\bv/v\b.{3,}", re.IGNORECASE)
_LABELLED = re.compile(r"\bsố\s*:\s*(?=\d)", re.IGNORECASE)
_LEADS_OUT = re.compile(r"\((?:ban\s+hành\s+)?kèm\s+theo\s+", re.IGNORECASE)
_LEAD_OUT = 600
"""So many characters of what is attached may stand before the words that say to what."""
_LOOSE_ROLES: tuple[Role, ...] = ("motto", "issuer", "other")
_ANNOUNCED = 60
"""So many characters of a title must stand in a line above the header for its number to be this document's."""
_UNIT = re.compile(r"(?:đảng ủy|đảng uỷ|chi bộ|huyện ủy|sở|chi cục|phòng|trung tâm|thanh tra|công an|văn phòng)\s", re.IGNORECASE)
CONSOLIDATED = "Văn bản hợp nhất"
_JOINED = 21
"""Pieces of joint issuers' names that are looked at: ten bodies, more than ever issued anything together."""


def read(text: str, paragraphs: list[Paragraph], roles: list[Role]) -> Instrument:
    """The document itself, as far as its own words tell. ``id`` is not set here (see :mod:`identity`)."""
    found = _Header(text, paragraphs, roles)
    return found.instrument()


class _Header:
    def __init__(self, text: str, paragraphs: list[Paragraph], roles: list[Role]) -> None:
        self.text = text
        self.by: dict[Role, list[Paragraph]] = {}
        for paragraph, role in zip(paragraphs, roles, strict=True):
            if role != "body":
                self.by.setdefault(role, []).append(paragraph)
        self.paragraphs, self.roles = paragraphs, roles
        self._words: dict[Role, list[str]] = {}

    def lines(self, role: Role) -> list[str]:
        """The words of every line with this role, one kind of dash and blank, as they stand in the file's lines."""
        return [
            on_one_line(self.text[line.start : line.end])
            for paragraph in self.by.get(role, ())
            for line in paragraph.lines
        ]  # fmt: skip

    def words(self, role: Role) -> list[str]:
        """The words of every paragraph with this role, on one line each."""
        words = self._words.get(role)
        if words is None:
            words = self._words[role] = [" ".join(self.text[p.start : p.end].split()) for p in self.by.get(role, ())]
        return words

    def instrument(self) -> Instrument:
        kind, title, dated = self.type_and_title()
        number = self.number()
        if consolidated := self.consolidated(kind, number):
            # a work of its own, which bears the name of the one that it consolidates: its type is no name without it
            title = " ".join(filter(None, (kind if kind != CONSOLIDATED else None, title))) or None
            kind = CONSOLIDATED
        place, date = self.place_and_date()
        date = date or dated or date_in(" ".join(self.words("number"))) or (date_in(self.attached()) if number else None)
        adopted = self.adopted()
        issuer = self.issuer(number, kind, place, enacted=not consolidated)
        joint = self.joint(number, kind, issuer)
        if joint and not all(name in (issuer or "") for name in joint):
            issuer = " và ".join([", ".join(joint[:-1]), joint[-1]])
        return Instrument(
            type=kind,
            number=number,
            date=date,
            issuer=issuer,
            place=place,
            title=title,
            effective=self.effective(date, adopted),
            signers=tuple(signature.signers(self.text, [line for p in self.by.get("signature", ()) for line in p.lines])),
            session=" ".join(self.words("session")) or None,
            adopted=adopted,
            issuers=joint,
        )

    # --- fields ----------------------------------------------------------------------------------------------------

    def type_and_title(self) -> tuple[str | None, str | None, str | None]:
        """Type, title, and the date that the title's own line may hold ("Nghị định … số 115/2003/NĐ-CP ngày 10/10/2003 về …")."""
        titles = []
        kind = dated = None
        for words in self.words("type"):
            if match := type_at(words):
                kind = kind or canonical_type(match[0])
                rest = words[match.end() :].strip(" :")
                if rest and not layout("enactor").match(rest):
                    titles.append(rest)
        titles += self.words("title")
        title = " ".join(titles)
        if numbered := _NUMBERED.match(title):
            dated = date_in(numbered[0])
            title = title[numbered.end() :]
        if kind is None and (number := self.number()):
            kind = _type_of(number)
        title = (title[of.end() :] if (of := _OF.match(title)) else title).strip(" *-_:")
        if not title and (subject := _SUBJECT.search(" ".join(self.words("number")))):
            title = subject[0]
        if kind is None and title.lower().startswith(("v/v", "về việc")):
            kind = "Công văn"
        return kind, title or None, dated

    def consolidated(self, kind: str | None, number: str | None) -> bool:
        """Whether a text is a consolidated one ("văn bản hợp nhất"): its number says so, the line of who made it, or the words below its
        title, which are of the instrument as it was: "Luật Đê điều số 79/2006/QH11 …, có hiệu lực kể từ ngày …, được sửa đổi bởi:"."""
        if number and _type_of(number) == CONSOLIDATED:
            return True
        if any((named := type_at(line)) and canonical_type(named[0]) == CONSOLIDATED for line in self.issuer_lines):
            return True
        told = (words for words in self.words("narrative") if layout("consolidated").match(words))
        return any((named := type_at(words)) is not None and canonical_type(named[0]) == kind for words in told)

    def number(self) -> str | None:
        printed = [" ".join(self.words("number")), *self.words("type")[:1]]
        for words in itertools.chain(printed, self.labelled(), self.titled(), self.announced()):
            if match := symbols.scan_pattern().search(words):
                return symbols.normal(match[0])
            if (match := _AFTER_LABEL.search(words)) and (found := symbols.loose_pattern().match(words, match.end())):
                return symbols.normal(found[0])
        named = symbols.scan_pattern().search(self.attached())
        return symbols.normal(named[0]) if named else None

    def attached(self) -> str:
        """What says to which document something is attached, where a page left the document's own number out: "Nghị quyết số 88/NQ-HĐND
        ngày …" of "(Kèm theo Nghị quyết số 88/NQ-HĐND ngày …)" below an appendix; it must be of the document's type.
        """
        own = next((canonical_type(match[0]) for words in self.words("type") if (match := type_at(words))), None)
        for paragraph in self.by.get("attachment", ()) if own and "number" not in self.by else ():
            lead = _LEADS_OUT.search(self.text, paragraph.start, min(paragraph.end, paragraph.start + _LEAD_OUT))
            words = " ".join(self.text[lead.end() : paragraph.end].split()) if lead else ""
            kind = type_at(words)
            if kind and canonical_type(kind[0]) == own:
                return words.partition(")")[0]
        return ""

    def labelled(self) -> Iterator[str]:
        """Other lines of the header that hold "số: …", where a reader set several lines as one."""
        for role in _LOOSE_ROLES:
            for words in self.words(role):
                if match := _LABELLED.search(words):
                    yield words[match.end() :]

    def titled(self) -> Iterator[str]:
        """The number that an old text prints in its title: "CỦA CHÍNH PHỦ SỐ 115/2003/NĐ-CP NGÀY … VỀ …"."""
        if numbered := _NUMBERED.match(" ".join(self.words("title"))):
            yield numbered[0]

    def announced(self) -> Iterator[str]:
        """The number in a line above the header that names this very document: "… vừa ký Nghị quyết số 196/2025/QH15 … về <title>"."""
        title = search_form(" ".join(self.words("title")))[:_ANNOUNCED]
        if len(title) < _ANNOUNCED // 2:
            return
        for words in self.words("other"):
            # Folded once: what stands before a number folds to as much as it does in the whole.
            last = search_form(words).rfind(title)
            at = done = 0
            for match in symbols.scan_pattern().finditer(words) if last >= 0 else ():
                at += len(search_form(words[done : match.end()]))
                done = match.end()
                if at > last:
                    break
                yield match[0]

    def joint(self, number: str | None, kind: str | None, issuer: str | None) -> tuple[str, ...]:
        """Those who issue a joint instrument ("Thông tư liên tịch"), each by its own name; empty for a single issuer."""
        if not (kind and "liên tịch" in kind.lower()):
            return ()
        named = [bodies.whole(line.strip(" -*")) for line in self.issuer_lines]
        parts = [part for name in named for part in _parted(name)]
        if len(parts) < 2 and issuer:
            parts = _parted(issuer)
        if len(parts) < 2:
            for words in self.words("formula"):
                head = re.split(r"\bban hành\b", words, maxsplit=1)[0]
                parts = [bodies.whole(re.sub(r"^Bộ trưởng (?=Bộ )", "", mention.name)) for mention in bodies.scan(head)]
        return tuple(dict.fromkeys(parts)) if len(set(parts)) > 1 else ()

    def place_and_date(self) -> tuple[str | None, str | None]:
        if words := " ".join(self.words("place_date")):
            place = _PLACE.match(words)
            name = place["place"].strip(" *") if place else None
            return name, date_in(words)
        for words in self.words("number"):  # "Số: 45/2022/NĐ-CP Hà Nội, ngày 07 tháng 7 năm 2022" on one line
            if (number := symbols.scan_pattern().search(words)) and (place := _PLACE.match(words, number.end())):
                return place["place"].strip(" *"), date_in(words)
        return None, None

    def issuer(self, number: str | None, kind: str | None, place: str | None, *, enacted: bool = True) -> str | None:
        """From the symbol where it names one body, else from the block above the number, else from the line that names who enacts; where
        the text is not as it was ``enacted`` (a consolidated one), who enacted it did not issue this."""
        lines = self.issuer_lines
        if lines and (of_type := type_at(lines[0])) and lines[0][of_type.end() :].lstrip().startswith("-"):
            lines = [
                lines[0][of_type.end() :].lstrip(" -"),
                *lines[1:],
            ]  # the heading of a gazette: "VĂN BẢN HỢP NHẤT - VĂN PHÒNG QUỐC HỘI"
        home = bodies.home_of(None, place)
        if lines:
            joined = bodies.whole(" ".join(lines).strip(" -*"), home)
            known = bodies.at(joined, 0)
            if joined and (known is not None and known.end == len(joined)):
                return joined
            if joined and not (number and issuers.of_symbol(number, kind, home)):
                # "ĐẢNG BỘ TỈNH …" / "ĐẢNG ỦY PHƯỜNG …": the body above it stands first
                own = next((k for k in range(len(lines) - 1, 0, -1) if _UNIT.match(lines[k])), 0)
                return bodies.whole(" ".join(lines[own:]).strip(" -*"), home) if own else joined
        for line in [*self.words("session"), *self.words("enactor")] if enacted else ():
            head = re.split(r"\bkh(?:óa|oá)\b|\bkỳ họp\b|,", line, maxsplit=1, flags=re.IGNORECASE)[0].strip()
            if head and (len(head) < len(line) or not re.match("kh(?:óa|oá)", line, re.IGNORECASE)):
                enactor = bodies.whole(head, home)
                # a body that no one knows is one misread ("QUÓC HỘI"): the symbol tells better
                return enactor if _known(enactor) else (issuers.of_symbol(number, kind, home) if number else None) or enactor
        if number and (named := issuers.of_symbol(number, kind, home)):
            return named
        for words in self.words("formula") + self.words("adoption") if enacted else ():
            for mention in bodies.scan(words):
                return bodies.whole(mention.name, home)
        return None

    @cached_property
    def issuer_lines(self) -> list[str]:
        """The lines of the issuer's block: the last run before the type (a saved page has capitals above it too)."""
        runs: list[list[str]] = [[]]
        for paragraph, role in zip(self.paragraphs, self.roles, strict=True):
            if role == "issuer":
                runs[-1] += [on_one_line(self.text[b.start : b.end]).rstrip(" |") for b in paragraph.lines]
            elif role in ("recital", "body", "type"):
                break
            elif role not in ("rule", "motto") and runs[-1]:
                runs.append([])
        return next((run for run in reversed(runs) if run), [])

    def adopted(self) -> str | None:
        for words in self.words("adoption"):
            if match := _ADOPTED.search(words):
                return date_in(match[0])
        return None

    def effective(self, date: str | None, adopted: str | None) -> str | None:
        """From the effect clause: a date, or "ngày ký" / "ngày thông qua" as far as that date is known."""
        text = self.text
        for force in _FORCE.finditer(text):
            begin = force.start() - 2
            while begin and text[begin - 1].isspace():
                begin -= 1
            if not text.endswith("hiệu", 0, begin):
                continue
            begin -= len("hiệu")
            match = _WHEN_IN_FORCE.match(text, force.end())
            has = match and _HAS.search(text, max(0, begin - 8), begin)
            if not match or not has:
                continue
            what = _SUBJECT_OF_FORCE.search(text, max(0, has.start() - _CLAUSE), has.start())
            if not (what and what["this"]) and not self._own(what.start() if what else has.start()):
                continue
            when = match["when"].lower()
            if stated := date_in(when):
                return stated
            if match["days"]:
                return _later(adopted or date if "thông qua" in when else date, int(match["days"]))
            if "thông qua" in when:
                return adopted or date
            if "ký" in when or "ban hành" in when:
                return date
        return None

    def _own(self, at: int) -> bool:
        """A clause without "này" is this document's own where it opens a paragraph, or in its adoption sentence."""
        if any(p.start <= at < p.end for p in self.by.get("adoption", ())):
            return True
        return any(at - 2 <= (p.mark.end if p.mark else p.start) <= at for p in self.paragraphs)


# --- helpers -----------------------------------------------------------------------------------------------------------


def date_in(words: str) -> str | None:
    """The first date printed: ``ngày 08 tháng 12 năm 2023`` → ``2023-12-08``; ``None`` where it is blank or impossible."""
    for match in _DATE.finditer(words):
        day, month, year = (match["d"] or match["d2"], match["m"] or match["m2"], match["y"] or match["y2"])
        if not (day and month and year and day.isdigit() and month.isdigit()):
            continue
        try:
            return datetime.date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue  # "ngày 31 tháng 11"
    return None


def _later(date: str | None, days: int) -> str | None:
    """The date so many days after another ("sau 15 ngày, kể từ ngày ký")."""
    try:
        return (datetime.date.fromisoformat(date) + datetime.timedelta(days)).isoformat() if date else None
    except (ValueError, OverflowError):
        return None


def _parted(names: str) -> list[str]:
    """Names joined by dashes, commas and "và", taken apart where each piece is a body known by name; else the words as they are.

    "Bộ Tài chính - Bộ Lao động - Thương binh và Xã hội" is two: a dash inside a name parts nothing.
    """
    pieces = re.split(r"(\s*-\s*|,\s+|\s+và\s+)", names, flags=re.IGNORECASE)[:_JOINED]
    made: list[str] = []
    at = 0
    while at < len(pieces):
        for end in range(len(pieces), at, -2):
            name = bodies.whole("".join(pieces[at:end]))
            if _known(name):
                made.append(name)
                at = end + 1
                break
        else:
            return [names]
    return made


def _known(name: str) -> bool:
    found = bodies.at(name, 0)
    return found is not None and found.end == len(name)


def canonical_type(printed: str) -> str:
    """``NGHỊ QUYẾT`` → ``Nghị quyết``."""
    words = " ".join(printed.split()).lower()
    return words[:1].upper() + words[1:]


def _type_of(number: str) -> str | None:
    """The type a number names by its abbreviation: ``94/NQ-HĐND`` → ``Nghị quyết``; a dispatch's names none."""
    found = symbols.parts(number)
    if found is None:
        return None
    if found.family == "cong_van":
        return "Công văn"
    return next(iter(symbols.types_of(found.type_abbr)), None)

"""The front of a document: from the issuer's block to the first item of what it orders; see :mod:`zones`."""

from __future__ import annotations

import re

from ..fold import search_form
from ..names import symbols
from ..names.patterns import UPPER
from .forms import DATE_LINE, NUMBER_LINE, RULE_LINE, folded, is_type, is_upper, layout, type_at
from .repair import Paragraph
from .roles import Role, words_of

_LISTED = 60
_TITLED = 20
"""Characters: capitals below number and date that are more than a stamp ("HỎA TỐC")."""
_PROPERTIES = 3
"""So many names of properties, each on a line of its own, are a list of them: what stands among them is no title."""
_BARE_SYMBOL = re.compile(rf"\d{{1,5}}(?:/\d{{4}})?[/-][{UPPER}][\w-]*(?:[/-]\w+)*\s*$")
_STAMPED = re.compile(r"TH.NG TIN|Đ.N\b|[.…]{3}", re.IGNORECASE)
"""Nothing was stamped on a line without these; most lines have none."""
_ANY_TEXT = re.compile(r"Văn bản (?!số|hợp nhất)\w")
""""Văn bản dẫn chiếu", a heading of a portal, is the type of no document."""
_SUBJECT = re.compile(r"(?:v/v|về việc)(?:\b|:)", re.IGNORECASE)
_SESSION = re.compile(r"(?:kh(?:óa|oá)|kỳ họp|nhiệm kỳ)\b", re.IGNORECASE)
_IN_SESSION = re.compile(r".{0,80}\bkh(?:óa|oá)\s+[IVXL\d]+\b.{0,60}$", re.IGNORECASE)


class _Front:
    """What has been seen so far on the way through the header."""

    def __init__(self) -> None:
        self.type = self.recital = self.formula = self.layout = self.addressee = self.dispatch = self.subject = False
        self.issuer = self.narrated = self.named = self.numbered = self.dated = False
        self.title = 0
        self.properties = 0


def front(text: str, paragraphs: list[Paragraph], roles: list[Role]) -> int:
    """Give the header's paragraphs their roles; the index of the first paragraph of the body."""
    seen = _Front()
    anchor = _anchor(text, paragraphs)
    i = 0
    half: Role | None = None
    listed = -1  # where a portal begins to list the properties of a document
    for i, paragraph in enumerate(paragraphs):
        words = words_of(text, paragraph)
        role = _front_role(words, paragraph, seen, i >= anchor)
        if seen.properties == 1 and listed < 0:
            listed = i
        seen.addressee = role == "addressee" and (seen.addressee or words.endswith(":"))
        seen.subject = role == "title" and not seen.type
        seen.dispatch = seen.dispatch or (role == "addressee" and not seen.type and seen.layout and (seen.title > 0 or not anchor))
        if half is not None:
            role, half = half, None
        elif role == "title" and seen.title > 1 and i + 1 < len(paragraphs) and _halved_enactor(words, text, paragraphs[i + 1]):
            role = half = "enactor"
        elif role in ("issuer", "other", "number") and i + 1 < len(paragraphs):
            half = _halved(words, text, paragraph, paragraphs[i + 1])
            role = half or role
        if role == "title" and seen.narrated:
            role = "narrative"  # a title is not taken up again
        if role == "body" and not (seen.recital or seen.formula) and _recitals_follow(text, paragraphs, i):
            role = "narrative"  # a consolidated text lists what amended it before its recitals
        if role == "body" and seen.narrated and not seen.recital and _narrates_on(text, paragraphs, i):
            role = "narrative"
        if role == "body":
            break
        roles[i] = role
        seen.layout = seen.layout or role in ("motto", "number", "type", "recital", "formula", "place_date")
        seen.issuer = seen.issuer or role == "issuer"
        seen.numbered = seen.numbered or role == "number"
        seen.dated = seen.dated or role == "place_date"
        seen.narrated = seen.narrated or (role == "narrative" and seen.type)
    else:
        i = len(paragraphs)
    if seen.properties >= _PROPERTIES and not seen.title:
        named = next((k for k in range(listed - 1, -1, -1) if roles[k] == "other" and paragraphs[k].mark is None), -1)
        if named >= 0:
            roles[named] = "title"  # its name stands above them
    if not seen.layout:  # nothing of a header was found: nothing is one
        roles[:i] = ["body"] * i
        return 0
    if not seen.formula and i == len(paragraphs):
        _release(roles, i)
        return next((k for k in range(i) if roles[k] == "body"), i)
    return i


def _anchor(text: str, paragraphs: list[Paragraph]) -> int:
    """The line that is the document's type and nothing else ("NGHỊ QUYẾT"), before any article; 0 where there is none.

    What a web page says above it ("Nghị quyết 38/NQ-HĐND 2022 …") is then not the title.
    """
    for i, paragraph in enumerate(paragraphs[:80]):
        if paragraph.mark is not None and paragraph.mark.kind in ("article", "chapter"):
            break
        if text.startswith(("Căn cứ ", "- Căn cứ "), paragraph.start):
            break  # "QUYẾT ĐỊNH" below its recitals enacts
        if paragraph.end - paragraph.start < 60:
            words = words_of(text, paragraph)
            if is_type(words) and not words.endswith(":"):
                return i
    return 0


def _halved(words: str, text: str, paragraph: Paragraph, following: Paragraph) -> Role | None:
    """The role of a line that a narrow column broke in two: "Trà Vinh, ngày" / "09 tháng 12 năm 2020"."""
    if following.mark is not None and following.mark.kind != "number":
        return None
    below = words_of(text, following)
    whole = f"{words} {below}"
    if words[-1:].isdigit() and below.startswith("/") and NUMBER_LINE.match(words) and symbols.scan_pattern().search(words + below):
        return "number"  # "Số: 18" / "/2025/QĐ-UBND": the number was set into a form
    if len(whole) > 90 or paragraph.cell != following.cell or (is_upper(words) and DATE_LINE.match(below)):
        return None
    if layout("motto").match(whole) and not layout("motto").match(words):
        return "motto"
    if words.lower().rstrip(" :") == "số" and symbols.scan_pattern().search(whole):
        return "number"
    dated = DATE_LINE.match(whole)
    return "place_date" if dated and dated.end() > len(words) else None


def _halved_enactor(words: str, text: str, following: Paragraph) -> bool:
    """ "CHỦ TỊCH" / "NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": who enacts, on two lines."""
    below = words_of(text, following)
    return following.mark is None and is_upper(words) and is_upper(below) and len(below) < 90 and _enacts(f"{words} {below}")


def _recitals_follow(text: str, paragraphs: list[Paragraph], i: int) -> bool:
    """Whether "Căn cứ …;" stands below a numbered item, before any article or heading in Roman numerals."""
    for paragraph in paragraphs[i : i + _LISTED]:
        mark = paragraph.mark
        if mark is None:
            if text.startswith("Căn cứ ", paragraph.start) and text[paragraph.end - 1] in ";,":
                return True
        elif mark.kind not in ("number", "bullet", "letter"):
            return False
    return False


def _narrates_on(text: str, paragraphs: list[Paragraph], i: int) -> bool:
    """Whether bullets belong to the story of why a directive is issued: what it orders is announced only below them, and numbered."""
    if paragraphs[i].mark is None or paragraphs[i].mark.kind != "bullet":  # type: ignore[union-attr]
        return False
    for k in range(i + 1, min(i + _LISTED, len(paragraphs) - 1)):
        mark, following = paragraphs[k].mark, paragraphs[k + 1].mark
        if mark is not None and mark.kind != "bullet":
            return False
        if mark is None and text[paragraphs[k].end - 1] == ":" and following is not None:
            return following.order == 1 and following.kind in ("number", "roman", "upper", "article")
    return False


def _release(roles: list[Role], end: int) -> None:
    """A document of plain paragraphs: what was taken for an opening narrative is its body."""
    for k in range(end):
        if roles[k] == "narrative":
            roles[k:end] = ["body"] * (end - k)
            return


def _front_role(words: str, paragraph: Paragraph, seen: _Front, typed: bool) -> Role:
    mark = paragraph.mark
    short = len(words) < 130
    if mark is not None and mark.kind == "bullet" and layout("recital").match(words[1:].lstrip()):
        seen.recital = seen.type = True  # Party texts: "- Căn cứ Điều lệ Đảng;"
        return "recital"
    if mark is not None and mark.kind == "bullet" and seen.addressee:
        return "addressee"
    if RULE_LINE.fullmatch(words):
        return "rule"
    if len(words) < 40 and layout("marking").match(words):
        return "other"
    if short and seen.layout and not seen.recital and _STAMPED.search(words) and folded("stamp").match(search_form(words)):
        return "other"
    if (
        mark is not None
        and mark.kind in ("part", "chapter", "section", "article")
        and not mark.quote
        and (seen.type or seen.recital or mark.order == 1)
    ):
        return "body"
    if len(words) < 50 and not seen.recital and layout("property").match(words):
        seen.properties += 1
        return "other"
    if not seen.type:
        if layout("motto").match(words):
            return "motto"
        if typed and seen.issuer and seen.numbered and seen.dated and _names(words):
            seen.type = True  # portals leave the line of the type out: its name stands below number and date all the same
            seen.title = 1
            return "title"
        if (
            short
            and (NUMBER_LINE.match(words) or _BARE_SYMBOL.fullmatch(words))
            and not (words[:1].isupper() and not is_upper(words) and layout("recital").match(words))
        ):  # a text may begin with "Căn cứ Nghị quyết số 18-NQ/TW ngày …;", which is not its own number
            if typed and not (seen.layout or seen.issuer) and type_at(words) and words[:1].isupper():
                seen.type = True  # "Án lệ số 10/2016/AL" above all else is what the document is
                seen.title = 1
                return "type"
            return "number"
        if short and DATE_LINE.match(words):
            return "place_date"
        if typed and (found := type_at(words)) and not layout("motto").match(words) and not _ANY_TEXT.match(words):
            rest = words[found.end() :].strip(" :")
            if not rest:
                seen.type = True
                return "type"
            if is_upper(found[0]) or (not seen.title and found.start() == 0 and words[:1].isupper() and not words.endswith(";")):
                seen.type = True
                seen.title = 1
                return "type"
        if layout("recital").match(words) and not is_upper(words):
            seen.recital = seen.type = True
            return "recital"
        if paragraph.mark is not None and paragraph.mark.kind != "bullet":
            return "body"
        if layout("recipients").match(words):
            return "addressee"
        if seen.dispatch:
            return _dispatched(words, paragraph)
        if seen.layout and short and (_SUBJECT.match(words) or seen.subject):
            seen.title = 1  # the subject of a dispatch stands below its number, in as many lines as it takes
            return "title"
        return "issuer" if short and (is_upper(words) or (paragraph.cell is not None and layout("enactor").match(words))) else "other"
    if not seen.recital and short and paragraph.cell is None and mark is None and layout("motto").match(words):
        return "motto"
    if seen.formula:
        return "body"
    if layout("formula").match(words) and not (not seen.recital and not seen.title and not words.endswith(":")):
        # "QUYẾT NGHỊ:" ends the preamble; "Quốc hội ban hành Luật …" ends it too
        seen.formula = len(words) < 40
        return "formula"
    if layout("recital").match(words) and not is_upper(words) and mark is None:
        if not seen.recital and len(words) > 400 and not words.endswith((";", ",")):
            return "narrative"
        seen.recital = True
        return "recital"
    if mark is not None and mark.kind != "bullet":
        return "body" if mark.kind in ("roman", "number", "upper", "decimal", "letter") or seen.recital else "title"
    if mark is not None and (seen.recital or seen.title):
        return "body" if not seen.recital else "recital"
    if short and not seen.recital and (dated := DATE_LINE.match(words)) and len(words) - dated.end() < 15:
        return "place_date"  # but "NGÀY 21 THÁNG 6 NĂM 2001 VỀ VIỆC …" is a line of the title
    if len(words) < 60 and not seen.recital and NUMBER_LINE.match(words) and not seen.title:
        return "number"
    if layout("recipients").match(words) or (short and words.lower().endswith((" điện:", " gửi:"))):
        return "addressee"
    if not seen.recital:
        if seen.properties >= _PROPERTIES:
            return "other"
        if seen.title and len(words) < 20 and layout("preface").match(words):
            return "narrative"
        if short and seen.title and ((is_upper(words) and _IN_SESSION.match(words)) or _SESSION.match(words)):
            seen.named = True
            return "session"
        if short and seen.named and (words[:1] == "(" or _IN_SESSION.match(words)):
            return "session"  # "(Từ ngày 08 đến 10/12/2015)" below who sits
        if short and (seen.title or words[:4].lower() == "của ") and paragraph.cell is None and _enacts(words):
            seen.named = seen.title > 0
            return "enactor"
        if seen.title and paragraph.cell is None and (_sentence(words) or len(words) > 400):
            return "narrative"
        if len(words) < 900 and not (seen.title and _sentence(words)):
            seen.title += 1
            return "title"
        return "narrative"
    if short and is_upper(words):
        return "session"
    # after the recitals: a wrapped recital, or the sentence that enacts
    return "recital" if words[-1:] in ";," else "formula" if layout("formula").match(words) else "narrative"


def _enacts(words: str) -> bool:
    """Who enacts, on a line of its own; capitals that optical reading left without their marks are known too ("QUÓC HỘI")."""
    words = words.rstrip(" ,")
    return layout("enactor").match(words) or (is_upper(words) and folded("enactor").match(search_form(words)))


def _names(words: str) -> bool:
    """Capitals that say what a document is about, not who issues it."""
    return len(words) > _TITLED and is_upper(words) and not (type_at(words) or _enacts(words) or _IN_SESSION.match(words))


def _dispatched(words: str, paragraph: Paragraph) -> Role:
    """Below "Kính gửi: …" of a dispatch, which has no type to begin from: who else it goes to, then what it says."""
    if paragraph.mark is not None:
        return "body"
    if len(words) < 130 and not words.endswith((".", ":")) and (words[:1] == "(" or not words[:1].isupper()):
        return "addressee"
    return "narrative"


def _sentence(words: str) -> bool:
    """Prose, not a title: it ends as sentences do, or is long and goes on behind a comma, and is not in capitals."""
    return (
        (words.endswith((".", ":", ";")) or (len(words) > 130 and words.endswith(",")))
        and not is_upper(words)
        and len(words) > 60
        and not words.startswith("(")
    )

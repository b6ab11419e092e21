"""The end of a document: recipients, signature and what is attached; see :mod:`zones`."""

from __future__ import annotations

import re

from .forms import PERSON, is_upper, layout, role_and_name
from .marks import Mark
from .repair import Paragraph
from .roles import Role, words_of

_SAMPLE = re.compile(r"\(?(?:chữ ký|ký tên)\)?$|^họ (?:và )?tên$", re.IGNORECASE)
_SIGNED_WITHIN = 8
"""So many lines after the last that signs, what is there is no signature but something attached whose title was not known."""
_PERSON = re.compile(PERSON)
_SEAL = re.compile(r"\(?\s*(?:đã ký|ký tên|đã kí)", re.IGNORECASE)


def back(text: str, paragraphs: list[Paragraph], roles: list[Role], begin: int) -> None:
    """Recipients, signature and attachments, from the body's begin on."""
    zone: Role = "body"
    count = len(paragraphs)
    signed = 0
    for i in range(begin, count):
        paragraph = paragraphs[i]
        mark = paragraph.mark
        if zone == "attachment":
            break
        if zone == "body":
            if mark is not None and mark.kind == "bullet" and i > begin and text.startswith("./.", paragraphs[i - 1].end - 3):
                zone = "recipients"  # "./." is the last word of a document: whom it goes to, without "Nơi nhận:"
                roles[i] = zone
                continue
            if mark is not None and mark.kind != "appendix":
                continue
            length = paragraph.end - paragraph.start
            if length > 600:
                continue
            words = words_of(text, paragraph)
            if layout("recipients").match(words) and words[:1] in ("N", "n", "K", "k") and length < 200:
                zone = "recipients"
            elif _sealed(text, paragraphs, i, words) or (length < 160 and signs(words) and _is_end(text, paragraphs, i)):
                zone = "signature"
            elif (
                _begins_appendix(text, paragraphs, i)
                if mark is not None
                else paragraph.cell is None
                and length < 200
                and not (i and _bare(text, paragraphs[i - 1]))
                and _attached(text, paragraphs, i)
                and _restarts(paragraphs, i)
            ):
                zone = "attachment"
            elif layout("closing").match(words):
                roles[i] = "adoption"
                continue
            elif i and roles[i - 1] == "adoption":
                # what stands below the last sentence is who signs, or what is attached
                zone = "attachment" if _attached(text, paragraphs, i) else "signature" if length < 120 else "body"
            else:
                continue
        elif zone == "recipients":
            words = words_of(text, paragraph)
            if (mark is None or mark.kind == "letter") and len(words) < 160 and signs(words):
                zone = "signature"
            elif (
                _titled(mark) if mark is not None else is_upper(words) and (_attached(text, paragraphs, i) or led_out(text, paragraphs, i))
            ):
                zone = "attachment"
        else:  # signature
            words = words_of(text, paragraph)
            if signs(words) or _SEAL.match(words) or _PERSON.fullmatch(words):
                signed = i
            if mark is not None and _titled(mark):
                zone = "attachment"
            elif layout("recipients").match(words):
                zone = "recipients"
            elif layout("motto").match(words):
                roles[i] = "motto"  # the header of what is attached
                continue
            elif mark is not None and mark.kind == "bullet":
                roles[i] = "recipients"
                continue
            elif not signs(words) and (
                _attached(text, paragraphs, i)
                or led_out(text, paragraphs, i)
                or len(words) > 160
                or (mark is not None and mark.kind in ("roman", "number"))
                or i - signed > _SIGNED_WITHIN
            ):
                zone = "attachment"
        if zone == "signature":
            signed = signed or i
        roles[i] = zone
        if zone == "attachment":
            roles[i:] = ["attachment"] * (count - i)
            break


def _titled(mark: Mark) -> bool:
    return mark.kind in ("appendix", "part", "chapter", "section", "article")


def signs(words: str) -> bool:
    return layout("authority").match(words) or layout("role").match(words) or role_and_name(words) is not None


def _is_end(text: str, paragraphs: list[Paragraph], i: int) -> bool:
    """A signature ends a document: what follows it is short lines, then nothing or an attachment. A guide's sample is none."""
    for k, paragraph in enumerate(paragraphs[i : i + 7]):
        words = words_of(text, paragraph)
        if k < 4 and _SAMPLE.search(words):
            return False
        if not k:
            continue
        if paragraph.mark is not None and paragraph.mark.kind in ("appendix", "chapter", "part"):
            return True
        if layout("recipients").match(words) or (is_upper(words) and layout("attached").match(words)):
            return True
        if words[:1] == "(" and layout("leadout").match(words):
            return True
        if len(words) > 160 and paragraph.mark is None:
            return False
        if paragraph.mark is not None and paragraph.mark.kind in ("number", "letter", "article"):
            return False
    return True


def _sealed(text: str, paragraphs: list[Paragraph], i: int, words: str) -> bool:
    """ "(Đã ký)" stands right below: this line is who signs, whatever its office ("Chủ tịch nước")."""
    if len(words) > 60 or paragraphs[i].mark is not None or paragraphs[i].cell is not None or words.endswith((".", ";", ":")):
        return False
    below = paragraphs[i + 1] if i + 1 < len(paragraphs) else None
    return below is not None and below.end - below.start < 60 and _SEAL.match(text, below.start, below.end) is not None


def led_out(text: str, paragraphs: list[Paragraph], i: int) -> int:
    """Where "(Ban hành kèm theo …)" stands below a title in capitals that begins at ``i``, within the next lines; 0 where it does not."""
    first = words_of(text, paragraphs[i])
    if not is_upper(first) or layout("motto").match(first) or signs(first):
        return 0
    kind = layout("attached").match(first)
    for k in range(i + 1, min(i + 6, len(paragraphs))):
        paragraph = paragraphs[k]
        if paragraph.mark is not None or paragraph.cell is not None or paragraph.end - paragraph.start > 500:
            return 0
        words = words_of(text, paragraph)
        if layout("leadout").match(words):
            return k
        if layout("motto").match(words) or (not kind and is_upper(words) and layout("attached").match(words)):
            return 0  # the header of what is attached: its title is below
        if signs(words) or (not is_upper(words) and words.endswith((".", ";", ":"))):
            return 0
    return 0


def _begins_appendix(text: str, paragraphs: list[Paragraph], i: int) -> bool:
    """ "Phụ lục I" that stands as a title: alone on its line, or with a title in capitals."""
    paragraph = paragraphs[i]
    rest = " ".join(text[paragraph.mark.end : paragraph.end].split()) if paragraph.mark else ""
    return not rest or is_upper(rest.partition(" (")[0]) or rest.startswith("(") or paragraph.bold or paragraph.centred


def _bare(text: str, paragraph: Paragraph) -> bool:
    """A label alone on its line: what follows is its heading ("Chương I" / "QUY ĐỊNH CHUNG"), not the title of an attachment."""
    return paragraph.mark is not None and not text[paragraph.mark.end : paragraph.end].strip()


def _restarts(paragraphs: list[Paragraph], i: int) -> bool:
    """A numbering begins anew within the next lines: Chương I, Điều 1, I., 1."""
    for paragraph in paragraphs[i + 1 : i + 9]:
        if paragraph.mark is not None:
            return paragraph.mark.order == 1 and paragraph.mark.kind != "letter"
    return False


def _attached(text: str, paragraphs: list[Paragraph], i: int) -> bool:
    """An attachment without number begins: a title in capitals that names a kind, soon followed by "(Kèm theo …)" or marks."""
    words = words_of(text, paragraphs[i])
    if not (is_upper(words) and layout("attached").match(words)):
        return layout("leadout").match(words) and words.startswith("(")
    return True

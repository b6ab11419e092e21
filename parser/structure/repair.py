"""From blocks to paragraphs: lines made whole, paragraphs that a page break cut joined again.

Nothing is changed in the text: a :class:`Paragraph` is a span that may run over line ends and blank lines. What a paragraph
means is not decided here, except that a line which starts with a mark (``-``, ``1.``, ``a)``, ``Điều 5``) starts a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from .. import tables
from ..fold import on_one_line
from ..reading import Block, Cell, Reading
from . import columns, marks
from .forms import NUMBER_LINE, PLACE_LINE, RULE_LINE, is_type, is_upper, layout

_STOP = re.compile(r"[.:!?][\"”'’)*/]*$|[”\"]$|…$|\.\.\.$")
_EXPECTS = re.compile(
    r"(?:\b(?:khoản|điểm|điều|mục|chương|phần|số|và|hoặc|từ|đến|tới|ngày|tháng|năm|tại|là|bằng|trên|dưới|khoảng|nhóm|loại|cấp|độ|đợt|lần|thứ|kỳ|vòng|đoạn|bước|bậc|hạng|mẫu|biểu|tập|quý|lớp|tuyến|bảng)|[,(/\d-])\s*$",
    re.IGNORECASE,
)
_HEADER_LINES = 40
"""Within so many lines, and above the first recital or article, a header is looked for."""
_OPENING_LINES = 120
"""Within so many lines, and above the first article, words in capitals, recitals and the enacting formula are looked for."""
_SESSION = re.compile(r"(?:KH[ÓO][ÁA]?|KỲ HỌP|NHIỆM KỲ)\s")
_GOES_ON = re.compile(r"(?:CỦA|DO|TẠI|VÀ|GIỮA|CHO|VỚI|,|-)$")
"""The end of a line in capitals that the name of a body goes on: "… CHƯƠNG TRÌNH GIÁM SÁT CỦA" / "HỘI ĐỒNG NHÂN DÂN TỈNH"."""
_RANGE = re.compile(r"[-–]\s?(?:19|20)\d\d(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d\Z")
_HANGS = re.compile(r"\b(?:và|hoặc|tại|theo|của|từ|đến|các|với|trong|khoản|điểm)\s*$")
"""Words that no sentence ends with: "… quy định tại Điều 8 và" / "Điều 9." goes on."""
_LEADING_ON = ("và", "hoặc", "tại", "của", "các", "những", "với", "do", "về")
"""Words that no paragraph ends with, whatever stands below: "… sửa đổi, bổ sung một số điều của" / "Luật Tổ chức Chính phủ …"; but the
items of a list do end with "; hoặc"."""
_LEADS_ON = re.compile(rf"[^;,.:\s] (?:{'|'.join(_LEADING_ON)})\Z")
_LAST_LETTERS = frozenset(word[-1] for word in _LEADING_ON)
_BEGINS_SENTENCE = re.compile(r"(?:Các|Những|Khi|Nếu|Trong|Ngoài|Đối với|Trường hợp)\s")
"""With a capital these words begin a sentence: after a line without a full stop, which then was a heading."""
_WORDS = re.compile(r"\w+")
_LONG = 40
"""Characters: a line as long may be one that was filled to the width."""
_FAR = 40
"""No list goes so far: "… gọi tắt là Nghị quyết" / "347). …"."""
_RECITALS = ("Căn cứ ", "Xét ", "Sau khi ", "Theo đề nghị ", "Trên cơ sở ")
_FRAMED = frozenset(("article", "chapter", "appendix"))


class Paragraph(msgspec.Struct, eq=False, gc=False):
    """A stretch ``text[start:end]`` that is one paragraph, with the mark it starts with.

    ``lines`` are the blocks it was made of, in order (the header is read line by line). ``mark`` is ``None`` for an unnumbered one.
    ``words`` are kept by :func:`~.roles.words_of` once they were asked for.
    """

    start: int
    end: int
    lines: list[Block]
    mark: marks.Mark | None
    cell: Cell | None
    words: str | None = None

    @property
    def page(self) -> int | None:
        return self.lines[0].page

    @property
    def bold(self) -> bool:
        return self.lines[0].bold

    @property
    def centred(self) -> bool:
        return self.lines[0].centred

    def take(self, block: Block) -> None:
        self.lines.append(block)
        self.end = block.end


def paragraphs(reading: Reading) -> list[Paragraph]:
    """The paragraphs of a reading, in order; their spans are disjoint and hold every block.

    A line joins the one before it when the source says that the line end is a wrap, or when it goes on in lower case
    without a mark after words that no full stop ended ("… kết nối nông thôn" / "với đô thị."): a page break cut it.
    """
    text = reading.text
    made: list[Paragraph] = []
    last: Paragraph | None = None
    header, opening = _HEADER_LINES, _OPENING_LINES
    joined: list[Paragraph] = []
    quotes, dashed = marks.quotes_within(text), _behind_dashes()
    for block in _blocks(reading):
        start = block.start
        first = text[start]
        mark = marks.at(text, start, block.end) if first in marks.FIRST else None
        if header:
            header = 0 if (mark is not None and mark.sure) or text.startswith("Căn cứ", start) else header - 1
        if opening:
            opening = 0 if mark is not None and mark.sure else opening - 1
        if last is not None and (
            last.lines[-1].ends == "line"
            or first.islower()
            or (first == "-" and text.startswith(dashed, start + 2))
            or (mark is None and text[last.end - 1] in _LAST_LETTERS and _leads_on(text, last.lines[-1], block))
        ):
            # else nothing goes on
            before = last.lines[-1]
            if (
                block.cell == last.cell
                and block.note == before.note
                and joins(text, last, block, first, mark)
                and not (
                    opening
                    and mark is None
                    and before.ends == "line"
                    and ((header and _apart(text, last, block)) or _begins(text, before, block))
                )
            ):
                cuts = marks.opens_within(text, block, last.mark is not None and last.mark.kind == "article", quotes)
                if last.mark is None and len(last.lines) == 1:
                    joined.append(last)
                if cuts is None:
                    last.take(block)
                    continue
                taken, *further = marks.split(text, block, None, cuts)
                last.take(taken[0])
                for piece, its_mark in further:
                    last = Paragraph(piece.start, piece.end, [piece], its_mark, piece.cell)
                    made.append(last)
                continue
        article = mark is not None and mark.kind == "article" and block.end - start > 60
        cuts = marks.opens_within(text, block, article, quotes and block.cell is None) if article or quotes else None
        if cuts is not None:
            for piece, its_mark in marks.split(text, block, mark, cuts):
                last = Paragraph(piece.start, piece.end, [piece], its_mark, piece.cell)
                made.append(last)
        else:
            last = Paragraph(start, block.end, [block], mark, block.cell)
            made.append(last)
    for paragraph in joined:
        if paragraph.lines[0].end - paragraph.start < 14:  # "Phụ" / "lục 01": a label that a wrap cut in two
            paragraph.mark = marks.at(text, paragraph.start, paragraph.end)
    return made


def _apart(text: str, last: Paragraph, block: Block) -> bool:
    """Two lines of a header that a converter set as one paragraph: motto, number and place with date stand each on its own."""
    kind, before = _header_kind(text, block), _header_kind(text, last.lines[-1])
    return kind != before and (kind != "" or len(last.lines) == 1)


def _begins(text: str, before: Block, block: Block) -> bool:
    """Whether a line of a header without blank lines begins something new: "… NĂM 2017" / "HỘI ĐỒNG NHÂN DÂN TỈNH HÀ GIANG" / "KHÓA XVII,
    KỲ HỌP THỨ NĂM" / "Căn cứ Luật …;" / "QUYẾT NGHỊ:"."""
    words = " ".join(text[block.start : block.end].split())
    if len(words) < 90 and layout("formula").match(words):
        return True
    above = " ".join(text[before.start : before.end].split())
    if len(above) < 6 or not is_upper(above):
        return False
    if text.startswith(_RECITALS, block.start):
        return True
    if not is_upper(words):
        return False
    if _SESSION.match(words):
        return layout("enactor").match(above)
    return layout("enactor").match(words) and not _GOES_ON.search(above)


def _header_kind(text: str, block: Block) -> str:
    if block.end - block.start > 90:
        return ""
    words = on_one_line(text[block.start : block.end])
    if layout("motto").match(words):
        return "motto"
    return (
        "number" if words.startswith("Số") and NUMBER_LINE.match(words) else "date" if "tháng" in words and PLACE_LINE.match(words) else ""
    )


def _blocks(reading: Reading) -> Iterable[Block]:
    """The blocks without their frames, and with columns that blanks part taken apart."""
    text = reading.text
    gaps = "\t" in text or "    " in text or "\u2006" in text or ("|" in text and " | CỘNG H" in text)
    return _parted(text, _unframed(reading)) if gaps else _unframed(reading)


def _parted(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.cell is None and block.end - block.start < 220:
            yield from columns.parted(text, block)
        else:
            yield block


def _unframed(reading: Reading) -> Iterable[Block]:
    """The blocks, without their cells where a cell is only a frame: its table's only one, or one that holds articles or appendices.

    A label alone among other cells of its row ("Điều 1. …" as a sample in a guide) is a cell's words, and frames nothing.
    """
    text, blocks = reading.text, reading.blocks
    celled = [(block, cell) for block in blocks if (cell := block.cell) is not None]
    if not celled:
        return blocks
    sizes: dict[Cell, int] = {}
    rows: dict[tuple[int, int], set[Cell]] = {}
    labelled: set[Cell] = set()
    for block, cell in celled:
        sizes[cell] = sizes.get(cell, 0) + 1
        rows.setdefault((cell.table, cell.row), set()).add(cell)
        if text[block.start] in "ĐÐCP" and (mark := marks.at(text, block.start, block.end)) and mark.kind in _FRAMED:
            labelled.add(cell)
    frames = {cell for cell in labelled if sizes[cell] > 1 or len(rows[cell.table, cell.row]) == 1}
    tables: dict[int, set[Cell]] = {}
    for cell in sizes:
        tables.setdefault(cell.table, set()).add(cell)
    for held in tables.values():
        if len(held) == 1:
            frames |= held
    if not frames:
        return blocks
    return [msgspec.structs.replace(b, cell=None) if b.cell in frames else b for b in blocks]


def joins(text: str, last: Paragraph, block: Block, first: str, mark: marks.Mark | None) -> bool:
    """Whether ``block`` goes on the paragraph ``last``."""
    before = last.lines[-1]
    lower = mark is None and (first.islower() or _leads_on(text, before, block))
    if first == "-" and text.startswith(_behind_dashes(), block.start + 2) and _name_goes_on(text, before, block):
        return True
    if before.ends == "line":
        if mark is not None:
            if mark.kind == "bullet" and block.end - block.start > 1:
                # "… năm học 2017" / "- 2018; Báo cáo …": a wrap before the dash of a range
                if _RANGE.match(text, block.start) and _YEAR.search(text, max(before.start, before.end - 5), before.end):
                    return True
                # "… phát triển kinh tế" / "- xã hội": before the dash of two words
                return first == "-" and text[mark.end : mark.end + 2].strip().islower() and _is_cut(text, before)
            if mark.sure:
                return mark.kind == "article" and _HANGS.search(text, max(before.start, before.end - 8), before.end) is not None
            if mark.kind == "number" and mark.order > _FAR and _is_cut(text, before):
                return True
            if mark.kind == "number" and _YEAR.search(text, max(before.start, before.end - 4), before.end):
                return False  # "… sử dụng đất đến năm 2020" / "1. Diện tích"
            # "… theo quy định tại khoản" / "2. Điều 5 …": a wrap may set a number first, but only after words that expect one
            return _EXPECTS.search(text, max(before.start, before.end - 12), before.end) is not None
        if first in "NK" and block.end - block.start < _LONG and layout("recipients").match(text[block.start : block.end]):
            return False
        if text[before.end - 1].isalnum() and _BEGINS_SENTENCE.match(text, block.start):
            return False
        if block.cell is not None:
            return lower
        if text[before.end - 1] in ";," and text.startswith(_RECITALS, block.start) and text.startswith(_RECITALS, last.start):
            return False  # "Căn cứ Luật …;" / "Xét Tờ trình …": each is a recital of its own
        if len(last.lines) == 1 and before.end - before.start < 30 and is_type(" ".join(text[before.start : before.end].split())):
            return False  # "NGHỊ QUYẾT" stands alone, its title begins below
        if block.bold != before.bold and (block.centred or before.centred):
            return False
        return not RULE_LINE.fullmatch(text, block.start, block.end) and not RULE_LINE.fullmatch(text, before.start, before.end)
    if not lower or block.cell is not None or block.centred != before.centred or block.heading:
        return False
    if before.end - before.start > 6 and len(last.lines) == 1 and is_upper(text[before.start : before.end]):
        return False  # "CỦA BỘ CHÍNH TRỊ" / "về đẩy mạnh …": capitals do not go on in small letters
    if last.mark is None and before.end - before.start < 3 and not text[before.end - 1].isalnum():
        return False  # "=" of a formula, on a line of its own
    return not _ends(text, before) and not _alone(last)


@cache
def _dashed() -> tuple[tuple[str, str], ...]:
    """What stands before and behind the dash in the names of bodies: ``Sở Lao động``, ``Thương binh và Xã hội``."""
    names = [name for row in tables.rows("issuers") for name in (row["name"], *tables.values(row["aliases"]))]
    return tuple((before, after) for name in names if " - " in name for before, after in [name.split(" - ", 1)])


@cache
def _behind_dashes() -> tuple[str, ...]:
    return tuple({after.split()[0] + " " for _, after in _dashed()})


def _name_goes_on(text: str, before: Block, block: Block) -> bool:
    """ "… đề nghị của Sở Lao động" / "- Thương binh và Xã hội": a wrap before the dash within a name."""
    words = " ".join(_WORDS.findall(text, max(before.start, before.end - 40), before.end))
    return any(words.endswith(name) and text.startswith(rest.split(" và ")[0], block.start + 2) for name, rest in _dashed())


def _leads_on(text: str, before: Block, block: Block) -> bool:
    """A line that was filled, in words of a sentence, and ends with one that leads on; but not to words in capitals, such as a stamp."""
    if before.end - before.start <= _LONG // 2 or not _LEADS_ON.search(text, before.end - 9, before.end):
        return False
    return not is_upper(text[block.start : block.end])


def _ends(text: str, block: Block) -> bool:
    return _STOP.search(text, max(block.start, block.end - 8), block.end) is not None


def _is_cut(text: str, block: Block) -> bool:
    """A long line without a sign at its end."""
    return block.end - block.start > _LONG and text[block.end - 1].isalnum()


def _alone(paragraph: Paragraph) -> bool:
    """A label with nothing after it: what follows is its heading, joined later."""
    return paragraph.mark is not None and paragraph.mark.end >= paragraph.end and not paragraph.mark.sure

"""References of a document to itself: ``Nghị quyết này`` (scope ``self``) and to its own provisions, made absolute (scope ``internal``).

``khoản 1 Điều này`` in Điều 8 is ``Điều 8/1``; ``điểm a của khoản 1 Mục V`` in a plan without articles is ``V/1/a``. Each is tied to its
node (:mod:`addresses`). What stands in quoted text speaks for the document quoted; a bare provision after "sửa đổi, bổ sung", or listed
under "Bãi bỏ các quy định sau của Nghị định số …:", is one of the other instrument: neither is a reference of this document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from .. import tables
from ..fold import key
from ..model import Citation, Instrument, Node
from ..names.patterns import GAP, LOWER, UPPER, options
from . import provisions
from .addresses import Outline, kind_of_annex
from .provisions import Run

_ATTACHED = ("Điều lệ", "Nội quy", "Quy tắc", "Chế độ", "Danh mục", "Quy trình")
"""What is issued with an instrument and calls itself so ("Điều 5 Điều lệ này"), besides the types of instruments."""


def find(
    text: str, nodes: Sequence[Node], instrument: Instrument, external: Sequence[Citation], places: Sequence[int] | None = None
) -> tuple[Citation, ...]:
    """References to the document itself and to its provisions, in order; ``places`` are the text's :mod:`landmarks`, where known."""
    outline = Outline(nodes, text)
    taken = sorted((c.start, c.end) for c in external)
    starts = [start for start, _ in taken]
    found: list[Citation] = []
    selves = list(_selves(text))
    self_at = {start: (start, end, words) for start, end, words in reversed(selves)}
    own = _Own(instrument, outline)
    used: set[int] = set()
    for run in provisions.scan(text, places=places):
        cut = bisect_right(starts, run.start)
        if run.here and cut < len(starts) and starts[cut] < run.end:
            run = next(provisions.scan(text, run.start, starts[cut]), run)  # the rest of the list is another instrument's
        node = outline.at(run.start)
        following = _following(text, run.end)
        type_at = self_at.get(following) or _own_without_this(text, run.end, instrument.type)
        if type_at is not None:
            used.add(type_at[0])
        if _inside(run.start, starts, taken) or outline.quoted(node) or outline.in_label(run.start, node):
            continue
        if type_at is not None and not own.names(type_at[2], node):
            continue
        if type_at is None and not run.here and not _bare(text, run, node, outline, following, starts, taken):
            continue
        citation = _internal(text, run, type_at, node, outline)
        if citation is not None:
            found.append(citation)
    for start, end, words in selves:
        node = outline.at(start)
        if start in used or outline.quoted(node) or not own.names(words, node) or _inside(start, starts, taken):
            continue
        if (appendix := _appendix_before(text, start)) is not None:
            target = outline.find((("Phụ lục", ""),), node)
            found.append(_citation(text, node, appendix.start(), end, _form(appendix), target))
            continue
        annex = outline.annex(node) if own.by_annex(words, node) else None
        found.append(_citation(text, node, start, end, "", annex.id if annex else None))
    for begin, end, name in _attached(text):
        node = outline.at(begin)
        if not outline.quoted(node) and not _inside(begin, starts, taken):
            found.append(_citation(text, node, begin, end, name, outline.annex_named(name, node)))
    return tuple(sorted(found, key=lambda c: c.start))


def _citation(text: str, node: Node | None, start: int, end: int, provision: str, target: str | None) -> Citation:
    return Citation(
        node=node.id if node else None,
        start=start,
        end=end,
        text=text[start:end],
        scope="internal" if provision else "self",
        provision=provision,
        relation=None,
        target_node=target,
        rule="internal" if provision else "self",
    )


_THIS = re.compile(r"à(?<=\Wnà)y(?!\w)")
"""``này``; here and below the rarest letter of a word is looked for first, for a search for one letter is the fastest there is."""


def _selves(text: str) -> Iterator[tuple[int, int, str]]:
    """Every ``TYPE này`` as (start, end, words): "này", rarer than the letters of any type, is looked for, then the words before it."""
    for match in _THIS.finditer(text):
        begin = match.start() - 1
        window = max(0, begin - 48)
        found = _type_ending().search(text[window:begin])
        if found is not None:
            yield window + found.start(), match.end(), text[window + found.start() : match.end()]


def _attached(text: str) -> Iterator[tuple[int, int, str]]:
    """Every ``(theo) Phụ lục đính kèm``, ``danh mục kèm theo``: what has no number, as (start, end, name)."""
    at = text.find("è")  # the rarest letter of "kèm", and of few other words
    while at >= 0:
        if text.startswith("kèm", at - 1) and at:
            end = at + 2
            found = _small()["annex"].search(text, max(0, at - 41), end + 14)
            if found is not None and found.end(1) >= end and _CLOSED.match(text, found.end(1)):
                yield found.start(1), found.end(1), " ".join(found[1].split()[:2]).capitalize()
        at = text.find("è", at + 1)


_CLOSED = re.compile(r"\s*(?:[).,;:]|\n|\Z)")


@cache
def _type_ending() -> re.Pattern[str]:
    names = [*(row["name"] for row in tables.rows("types")), *_ATTACHED]
    return re.compile("(?:" + "|".join(options(names)) + rf"){GAP}\Z")


@cache
def _small() -> dict[str, re.Pattern[str]]:
    attached = rf"(?:(?:được{GAP})?ban{GAP}hành{GAP})?(?:kèm(?:{GAP}theo)?|đính{GAP}kèm(?:{GAP}theo)?)"
    form = rf"[Mm]ẫu(?:{GAP}số)?{GAP}(\d{{1,3}}[a-zđ]?(?:/[{UPPER}]{{2,9}}(?:-[{UPPER}]{{2,9}})?)?)(?:{GAP}(?:tại|thuộc|của|trong))?{GAP}"
    return {
        "following": re.compile(rf"(?:{GAP}(?:{attached}|(?:được{GAP})?ban{GAP}hành|của|thuộc|tại))?{GAP}"),
        "amending": re.compile(
            rf"(?<!\w)(?:sửa{GAP}đổi|bổ{GAP}sung|bãi{GAP}bỏ|thay{GAP}thế|vào{GAP}sau|đính{GAP}chính|(?:thay|bỏ){GAP}cụm{GAP}từ"
            rf"|bỏ{GAP}(?:các{GAP})?(?:quy|qui){GAP}định)(?!\w)",
            re.IGNORECASE,
        ),
        "changing": re.compile(rf"(?<!\w)(?:sửa{GAP}đổi|bổ{GAP}sung|bãi{GAP}bỏ|thay{GAP}thế|hết{GAP}hiệu{GAP}lực)(?!\w)", re.IGNORECASE),
        "of_it": re.compile(rf"[^.;:]{{0,120}}?,?{GAP}(?:bao{GAP}gồm|gồm|như{GAP}sau|sau{GAP}đây|cụ{GAP}thể)\s?:\s*"),
        "according": re.compile(r"(?<!\w)(?<!kèm )(?:[Tt]heo|[Cc]ăn cứ)(?!\w)"),
        "annex": re.compile(
            rf"(?<!\w)(?:theo|tại|trong|ở|như|xem|có|\()(?:{GAP}(?:các{GAP})?|(?<=\())"
            rf"((?:[Pp]hụ{GAP}lục|[Dd]anh{GAP}mục|[Pp]hụ{GAP}biểu){GAP}(?:đính{GAP}kèm|kèm{GAP}theo))"
        ),
        "cue": re.compile(
            rf"(?:tại|theo|ở|trong|các|và|hoặc|của|trừ|với|từ|,|\(|kèm{GAP}theo|nêu|xem|thuộc|vượt|quy{GAP}định)\s{{0,4}}(?:các{GAP})?\Z",
            re.IGNORECASE,
        ),
        "of": re.compile(rf"{GAP}(?:(?:của|thuộc|tại){GAP})?"),
        "ends": re.compile(rf"\s*(?:[.,;:)]|\Z|\n\s*\n)|{GAP}(?!số|của|năm|ngày|về|do|liên|quy|ban|sửa|được{GAP}Quốc)[{LOWER}]"),
        "appendix": re.compile(rf"(?<!\w)(?:{form})?[Pp]hụ{GAP}lục{GAP}{attached}{GAP}\Z"),
        "with": re.compile(rf"{GAP}(?:(?:ban{GAP}hành{GAP})?kèm{GAP}theo|đính{GAP}kèm)(?=\s*(?:[).,;:]|\n|\Z))"),
        # "của Nghị quyết số 254/2025/QH15, gồm: điểm b khoản 2 …", "Luật Đất đai tại Điều 5": the provisions of what is named before.
        "listed": re.compile(
            rf"[^.\n]{{0,200}}?(?:(?:gồm|như{GAP}sau|sau{GAP}đây|cụ{GAP}thể(?:{GAP}là)?)\s?:|(?<!\w)gồm{GAP})|,?{GAP}(?:tại|ở){GAP}(?:các{GAP})?\Z"
            rf"|\s?\((?:(?:quy{GAP}định{GAP})?(?:tại|theo){GAP})?(?:các{GAP})?\Z"
        ),
        "of_other": re.compile(
            rf"[^.;:\n]{{0,100}}?(?<!\w)của{GAP}(?:(?:[Hh]ợp{GAP}đồng|[Đđ]iều{GAP}lệ|[Cc]ông{GAP}ước|[Hh]iệp{GAP}định|[Nn]ghị{GAP}định{GAP}thư"
            rf"|Bộ{GAP}[Ll]uật|Luật|Pháp{GAP}lệnh)(?!{GAP}này)|(?:Nghị{GAP}định|Thông{GAP}tư|Nghị{GAP}quyết|Quyết{GAP}định){GAP}số)"
        ),
    }


def _following(text: str, end: int) -> int:
    match = _small()["following"].match(text, end)
    return match.end() if match else end


def _appendix_before(text: str, start: int) -> re.Match[str] | None:
    return _small()["appendix"].search(text, max(0, start - 90), start)


def _form(appendix: re.Match[str]) -> str:
    return f"Phụ lục/Mẫu số {appendix[1]}" if appendix[1] else "Phụ lục"


def _own_without_this(text: str, end: int, own: str | None) -> tuple[int, int, str] | None:
    """``Điều 4 của Quy định.`` in a Quy định: its own, though "này" is left out."""
    if not own or (match := _small()["of"].match(text, end)) is None or not text.startswith(own, match.end()):
        return None
    stop = match.end() + len(own)
    return (match.end(), stop, own) if _small()["ends"].match(text, stop) else None


class _Own:
    """By which type a document calls itself: its own, and in an appendix what that is (``Quy chế này`` of a Quyết định)."""

    def __init__(self, instrument: Instrument, outline: Outline) -> None:
        self.type = key(instrument.type) if instrument.type else None
        self.outline = outline

    def names(self, words: str, node: Node | None) -> bool:
        if self.type is None:
            return True
        said = key(words).removesuffix(" này")
        if said == self.type or self.type.startswith(said + " ") or said.startswith(self.type + " "):
            return True
        return self.by_annex(words, node)

    def by_annex(self, words: str, node: Node | None) -> bool:
        if not self.outline.annexed:
            return False
        annex = self.outline.annex(node)
        return annex is not None and kind_of_annex(annex).startswith(key(words).removesuffix(" này"))


def _inside(position: int, starts: list[int], taken: list[tuple[int, int]]) -> bool:
    i = bisect_right(starts, position) - 1
    return i >= 0 and taken[i][0] <= position < taken[i][1]


def _bare(
    text: str, run: Run, node: Node | None, outline: Outline, following: int, starts: list[int], taken: list[tuple[int, int]]
) -> bool:
    """Whether provisions named without "này" and without a type may be this document's own."""
    levels = {level for address in run.addresses for level, _ in address}
    if levels & {"Mẫu", "Biểu"} or (levels & {"Phần"} and outline.articles) or levels <= {"điểm", "tiết"}:
        return False
    small = _small()
    near = max(0, run.start - 400)
    # Lines inside a node are mere wraps; loose text has nothing else to end a sentence.
    sentence = max(text.rfind(". ", near, run.start), node.start if node else text.rfind("\n", near, run.start))
    if node is not None and node.kind == "article" and run.start < node.start + len(node.label) + len(node.heading) + 4:
        sentence = node.start
    if _amends(text, max(sentence, near), run.start) or _of_another_above(text, node, outline, starts, taken):
        return False
    i = bisect_right(starts, run.start) - 1
    if i >= 0 and taken[i][1] >= max(sentence, near) and small["listed"].match(text[taken[i][1] : run.start]):
        return False
    # "Điều 5 Luật …", "Điều 12 Hiến pháp", "Điều 3 của Quy chế …" are others' provisions.
    if _NAME.match(text, following) and (following > run.end + 2 or _starts_type(text, following)):
        return False
    if small["of_other"].match(text, run.end):
        return False
    if "Phụ lục" in levels and "\n" in text[run.start : run.end]:
        return False  # "… và phụ lục | 4.1. Phông chữ": the label of the next line
    lone = levels <= {"khoản", "điểm"} or bool(levels & {"Mục", "Phụ lục", "Tiểu mục", "Phần"})
    return not lone or small["cue"].search(text[max(0, run.start - 24) : run.start]) is not None


_NAME = re.compile(rf"[{UPPER}]\w+")


def _of_another_above(text: str, node: Node | None, outline: Outline, starts: list[int], taken: list[tuple[int, int]]) -> bool:
    """Whether an item stands under words that change another instrument (``Bãi bỏ các quy định sau của Nghị định số …: | a) Điều 4``), or
    that list what of it is meant (``Các điều, khoản của Nghị định số 151/2025/NĐ-CP, bao gồm: | đ1) Điều 4``).
    """
    above = outline.by_id.get(node.parent) if node is not None and node.parent else None
    names = changes = False
    while above is not None:
        if above.end - above.start < 2000:
            i = bisect_right(starts, above.end) - 1
            here = i >= 0 and starts[i] >= above.start
            if here and _small()["of_it"].fullmatch(text[taken[i][1] : above.end]):
                return True
            names = names or here
            changes = changes or _small()["changing"].search(text, above.start, above.end) is not None
            if names and changes:
                return True
        above = outline.by_id.get(above.parent) if above.parent else None
    return False


def _internal(text: str, run: Run, type_at: tuple[int, int, str] | None, node: Node | None, outline: Outline) -> Citation | None:
    levels = {level for address in run.addresses for level, _ in address}
    current = outline.address_of(node)
    names, target = [], None
    for address in run.addresses:
        whole = outline.absolute(address, current)
        found = outline.find(whole, node)
        target = target or found
        names.append(outline.written(whole, found))
    # An appendix is often in a file of its own: that words like these name it is enough.
    attached = "Phụ lục" in levels and _small()["cue"].search(text, max(0, run.start - 24), run.start)
    trailing = _small()["with"].match(text, run.end) if "Phụ lục" in levels and type_at is None else None
    if type_at is None and not run.here and target is None and not attached:
        return None
    start = run.start
    if run.plural and "Phụ lục" in levels:
        start = text.rindex("ác", 0, run.start) - 1
    end = type_at[1] if type_at is not None else trailing.end() if trailing else run.end
    return _citation(text, node, start, end, "; ".join(dict.fromkeys(names)), target)


def _amends(text: str, begin: int, end: int) -> bool:
    """Whether the words before a provision amend it (``Bãi bỏ Điều 12``): it is one of the amended instrument then. A verb whose work is
    done according to the provision (``việc sửa đổi, bổ sung thực hiện theo Điều 7``) does not.
    """
    last = None
    for match in _small()["amending"].finditer(text, begin, end):
        last = match
    return last is not None and _small()["according"].search(text, last.end(), end) is None


@cache
def _types() -> re.Pattern[str]:
    return re.compile("|".join(options([row["name"] for row in tables.rows("types")])))


def _starts_type(text: str, position: int) -> bool:
    return _types().match(text, position) is not None

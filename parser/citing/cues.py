"""Words that tell what a document does with an instrument it names, from ``lexicon/relations.tsv``, and what stands around them.

:mod:`relations` asks here for the last of them before a mention, and decides by it and by where it stands.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .. import tables
from ..names.patterns import GAP, UPPER, by_letter, options

OPERATIVE = ("body", "passive")
"""Where the cues of operative text stand."""


@cache
def forms(where: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """The pattern of the cues that stand in such places, and of each its relation and its place."""
    rows = [row for row in tables.rows("relations") if row["where"] in where]
    names = {row["cue"]: (row["relation"], row["where"]) for row in rows}
    # The plan that a roadmap follows is looked for by a pattern of its own.
    printed = {form for name in names for form in (name, name[0].upper() + name[1:])}
    source = "(" + by_letter(options(sorted(printed))) + r")(?!\w)"
    # What opens a recital stands at a line's beginning; other cues are looked for from blank to blank.
    return re.compile(source if "recital" in where else r"\W" + source), names


@cache
def pieces() -> dict[str, re.Pattern[str]]:
    """The small patterns of what stands around a cue or a mention, by name; compiled when first needed."""
    opening, _ = forms(("recital",))
    return {
        "opening": re.compile(rf"(?:\A|\n)[\s*_+•-]{{0,6}}{opening.pattern}"),
        "joint": re.compile(rf"[\s,(]*(?:(?:và|hoặc){GAP})?(?:các{GAP}|số{GAP})?\(?\Z"),
        # "thực hiện Kế hoạch này phải tuân thủ … Phương án số …": what is carried out is named already. Not in a list ("… này và …").
        "self": re.compile(rf"(?:{GAP}[^\W\d_]+){{1,4}}{GAP}này(?!{GAP}và{GAP}(?:các{GAP})?[{UPPER}])(?!\w)"),
        # A roadmap, a plan, a task "theo quy định tại" an instrument is carried out, not merely cited.
        "plan": re.compile(
            rf"(?<!\w)(?:lộ{GAP}trình|phương{GAP}án|kế{GAP}hoạch|nhiệm{GAP}vụ|chỉ{GAP}tiêu|mục{GAP}tiêu)(?!\w)[^,;.:]{{0,160}}\Z",
            re.IGNORECASE,
        ),
        "task": re.compile(
            rf"(?<!\w)(?:thực{GAP}hiện|triển{GAP}khai|hoàn{GAP}thành|tập{GAP}trung)(?!\w)[^.;:]{{0,60}}?(?<!\w)(?:nhiệm{GAP}vụ|giải{GAP}pháp|chính{GAP}sách"
            rf"|nội{GAP}dung|mục{GAP}tiêu|chỉ{GAP}tiêu|phương{GAP}án|kế{GAP}hoạch)(?!\w)[^.;:]{{0,160}}\Z",
            re.IGNORECASE,
        ),
        # "theo đề nghị của Giám đốc Sở … tại Tờ trình số …, ý kiến của Sở Tư pháp tại Báo cáo số …"
        "and_of": re.compile(rf",?{GAP}(?:và{GAP})?[^\W\d_]+(?:{GAP}[^\W\d_]+){{0,6}}{GAP}của(?!\w)"),
        "list": re.compile(rf"(?:[,(]|(?<!\w)và{GAP}|(?<!\w)hoặc{GAP})\s*(?:các{GAP})?\(?\Z"),
        "object": re.compile(
            r"[\s,.\d]*(?:(?:một|số|điều|khoản|điểm|mục|chương|phụ|lục|tiêu|đề|tên|danh|biểu|mẫu|cụm|từ|của|các|tại|vào|sau|và|toàn|bộ|phần|nội|dung|quy|qui|định"
            r"|việc|thi|hành|hiệu|lực|đối|với|trong|bằng|khổ|đoạn|câu|[a-zđ]\d?|[IVXLC]+|\d+[a-zđ]?)(?!\w)[\s,.]*"
            r"|[^\W\d_]+\s[^;:.,()“”\"]{0,120}?(?<!\w)(?:sau(?:\s+đây)?|dưới\s+đây|gồm|như\s+sau)\s?:\s*\Z"
            r"|(?:các|những)(?:\s[^\W\d_]+){1,4}\s?:\s*\Z"
            r"|qu[yi]\s+định\s+(?:về|liên\s+quan)(?!\w)[^;.:“”\"]{1,200}?\s(?:tại|của)(?:\s+|\Z)|[“\"][^”\"]{0,200}[”\"][\s,]*)*\Z",
            re.IGNORECASE,
        ),
        "issued_with": re.compile(rf"(?:\A|\n)[ \t*_]{{0,8}}\(\s?(?:[Bb]an{GAP}hành{GAP})?[Kk]èm{GAP}theo{GAP}\Z"),
        "subject": re.compile(
            rf"[\s.):*_+–-]{{0,8}}(?:[Kk]ể{GAP}từ{GAP}ngày{GAP}[^,;.:\d]{{0,60}}có{GAP}hiệu{GAP}lực(?:{GAP}thi{GAP}hành)?,{GAP})?"
            rf"(?:(?:[Cc]ác{GAP})?[Qq]uy{GAP}định{GAP}[^,;.:\d]{{0,120}}(?:tại|của){GAP})?"
        ),
        # "theo Nghị định của Chính phủ quy định chi tiết Luật …": the decree does it, not this document.
        "other": re.compile(
            rf"(?:[Nn]ghị{GAP}định|[Tt]hông{GAP}tư|[Qq]uyết{GAP}định|[Qq]uy{GAP}định){GAP}(?:của{GAP}[^\W\d_]+(?:{GAP}[^\W\d_]+){{0,8}}{GAP})(?:về{GAP})?\Z"
        ),
        # "… thay thế Quyết định số 12/QĐ-UBND ngày …; đồng thời bãi bỏ Quyết định số 13/QĐ-UBND": the subject is still this document.
        "also": re.compile(rf"[^;:]{{0,300}}?(?:,|;|(?<!\w)và){GAP}(?:đồng{GAP}thời,?{GAP})?|[^;:]{{0,300}}?(?<!\w)đồng{GAP}thời,?{GAP}"),
        "itself": re.compile(
            rf"[\s.):*_+–-]{{0,8}}(?:\w{{1,5}}[.)]\s+|Điều{GAP}\d+\.\s+)?[{UPPER}][^\W\d_]*(?:{GAP}[^\W\d_]+){{0,4}}{GAP}này{GAP}"
            rf"(?:có{GAP}hiệu{GAP}lực[^.;:]{{0,120}}?(?:[,;]|{GAP}và){GAP}(?:đồng{GAP}thời,?{GAP})?)?"
            rf"(?:thay|bãi|h[ủu][yỷ]|sửa|bổ|điều|đình|đính|kéo|gia|tạm|ngưng)(?!\w)"
        ),
        "by_this": re.compile(
            rf"[^.;:]{{0,200}}?(?<!\w)(?:được|bị){GAP}((?:sửa{GAP}đổi(?:,{GAP}bổ{GAP}sung)?|thay{GAP}thế|bãi{GAP}bỏ|h(?:ủy|uỷ){GAP}bỏ))"
            rf"{GAP}(?:bởi|bằng|theo){GAP}[{UPPER}][^\W\d_]*(?:{GAP}[^\W\d_]+){{0,3}}{GAP}này(?!\w)"
        ),
        "plain": re.compile(r"[^;:.,()]{0,40}"),
        "with": re.compile(rf"(?:kèm{GAP}theo|ban{GAP}hành{GAP}(?:theo|tại|bằng)){GAP}\Z"),
        "ends": re.compile(rf"(?<!\w)(?:hết|chấm{GAP}dứt|không{GAP}còn){GAP}hiệu{GAP}lực"),
        "condition": re.compile(r"(?<!\w)(?:khi|nếu|trường hợp|đến ngày|cho đến|được áp dụng|thực hiện theo)(?!\w)"),
        "joined": re.compile(rf"(?:,|;|(?<!\w)và){GAP}(?:các{GAP})?\Z"),
        "governed": re.compile(rf"(?<!\w)(?:được|do|mà|bị){GAP}\Z"),
        "merged": re.compile(rf",?{GAP}có{GAP}hiệu{GAP}lực{GAP}[^;\n]{{8,80}},{GAP}(?:đã{GAP})?được{GAP}sửa{GAP}đổi"),
    }


_PLACES = frozenset(("quy định tại", "quy định của", "qui định tại", "qui định của"))


Cue = tuple[int, str, str, str]
"""(where, relation, kind of cue, cue)"""
_FEW = 32
"""Letters: as few words before a mention are the same in many documents ("- Tiếp tục thực hiện", ", sửa đổi, bổ sung bởi")."""


def last_cue(before: str) -> Cue | None:
    """The last cue of operative text in a stretch before a mention."""
    return _in_few(before) if len(before) <= _FEW else _in_many(before)


@lru_cache(maxsize=4096)
def _in_few(before: str) -> Cue | None:
    return _in_many(before)


def _in_many(before: str) -> Cue | None:
    last: Cue | None = None
    for match in _operative().finditer(" " + before):
        if (cue := _cue(match[1])) is None:
            continue
        relation, where, name = cue
        start, end = match.start(), match.end() - 1  # in what stands before
        if relation == "implements" and before.find("này", end) >= 0 and pieces()["self"].match(before, end):
            continue
        if last is not None:
            done = last[0] + len(last[3])
            if last[2] == "passive" and relation == "weak" and pieces()["plain"].fullmatch(before, done, start):
                continue  # "được sửa đổi, bổ sung một số điều theo Nghị quyết số …"
            # "Bãi bỏ quy định tại Điều 2 Thông tư …": what is abolished is named through its place.
            changes = last[1] in {"amends", "replaces", "repeals"} and (
                name in _PLACES or (name == "tại" and before[done:start].strip() != "")
            )
            if changes and pieces()["object"].fullmatch(before, done, end):
                continue
        last = (start, relation, where, name)
    return last


@cache
def _operative() -> re.Pattern[str]:
    return forms(OPERATIVE)[0]


@lru_cache(maxsize=1024)
def _cue(printed: str) -> tuple[str, str, str] | None:
    """(relation, where, cue) of the words of a cue of operative text as printed; ``None`` for those that say nothing of what is done."""
    _, names = forms(OPERATIVE)
    name = " ".join(printed.lower().split())
    found = names.get(name) or names.get(name.replace("huỷ", "hủy").replace("hoá", "hóa"))
    return (*found, name) if found is not None and found[0] != "neutral" else None

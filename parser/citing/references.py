"""References of a document to itself: ``Nghị quyết này`` (scope ``self``) and to its own provisions, made absolute (scope ``internal``).

``khoản 1 Điều này`` in Điều 8 is ``Điều 8/1``; ``điểm a của khoản 1 Mục V`` in a plan without articles is ``V/1/a``. Each is tied to its
node. What stands in quoted text speaks for the document quoted, and a bare provision after "sửa đổi, bổ sung" is one of the amended
instrument: neither is a reference of this document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from .. import tables
from ..fold import key
from ..model import Citation, Instrument, Node
from ..names.patterns import GAP, options
from . import provisions
from .provisions import Address, Run

_LEVEL_OF = {
    "article": "Điều",
    "clause": "khoản",
    "point": "điểm",
    "chapter": "Chương",
    "section": "Mục",
    "subsection": "Tiểu mục",
    "part": "Phần",
    "appendix": "Phụ lục",
}


def find(text: str, nodes: Sequence[Node], instrument: Instrument, external: Sequence[Citation]) -> tuple[Citation, ...]:
    """References to the document itself and to its provisions, in order."""
    outline = _Outline(nodes)
    taken = sorted((c.start, c.end) for c in external)
    starts = [start for start, _ in taken]
    found: list[Citation] = []
    selves = list(_selves(text))
    self_at = {start: (start, end, words) for start, end, words in reversed(selves)}
    own = _own_type(instrument)
    used: set[int] = set()
    runs = list(provisions.scan(text))
    for run in runs:
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
        if type_at is not None and not _is_type(type_at[2], own):
            continue
        citation = _internal(text, run, type_at, node, outline, following)
        if citation is not None:
            found.append(citation)
    for start, end, words in selves:
        node = outline.at(start)
        if start in used or outline.quoted(node) or not _is_type(words, own) or _inside(start, starts, taken):
            continue
        if (appendix := _appendix_before(text, start)) is not None:
            target = outline.find((("Phụ lục", ""),))
            found.append(_citation(text, node, appendix, end, "internal", "Phụ lục", target))
            continue
        found.append(_citation(text, node, start, end, "self", "", None))
    for annex in _small()["annex"].finditer(text) if outline.annexed else ():
        node = outline.at(annex.start(1))
        if not outline.quoted(node) and not _inside(annex.start(1), starts, taken):
            target = outline.find((("Phụ lục", ""),))
            found.append(_citation(text, node, annex.start(1), annex.end(1), "internal", "Phụ lục", target))
    return tuple(sorted(found, key=lambda c: c.start))


def _citation(text: str, node: Node | None, start: int, end: int, scope: str, provision: str, target: str | None) -> Citation:
    return Citation(
        node=node.id if node else None,
        start=start,
        end=end,
        text=text[start:end],
        scope="self" if scope == "self" else "internal",
        provision=provision,
        relation=None,
        target_node=target,
    )


_THIS = re.compile(r"này(?<=\W...)(?!\w)")


def _selves(text: str) -> Iterator[tuple[int, int, str]]:
    """Every ``TYPE này`` as (start, end, words): "này", rarer than the letters of any type, is looked for, then the words before it."""
    for match in _THIS.finditer(text):
        window = max(0, match.start() - 48)
        found = _type_ending().search(text[window : match.start()])
        if found is not None:
            yield window + found.start(), match.end(), text[window + found.start() : match.end()]


@cache
def _type_ending() -> re.Pattern[str]:
    names = [row["name"] for row in tables.rows("types")]
    return re.compile("(?:" + "|".join(options(names)) + rf"){GAP}\Z")


@cache
def _small() -> dict[str, re.Pattern[str]]:
    return {
        "following": re.compile(
            rf"(?:{GAP}(?:được{GAP})?(?:ban{GAP}hành{GAP})?(?:kèm(?:{GAP}theo)?|đính{GAP}kèm(?:{GAP}theo)?|của|thuộc|tại))?{GAP}"
        ),
        "amending": re.compile(
            rf"(?<!\w)(?:sửa{GAP}đổi|bổ{GAP}sung|bãi{GAP}bỏ|thay{GAP}thế|vào{GAP}sau|đính{GAP}chính|(?:thay|bỏ){GAP}cụm{GAP}từ)(?!\w)",
            re.IGNORECASE,
        ),
        "according": re.compile(r"(?<!\w)(?<!kèm )(?:[Tt]heo|[Cc]ăn cứ)(?!\w)"),
        "annex": re.compile(
            rf"(?<!\w)(?:theo|tại|trong|ở|như|xem|có|\()(?:{GAP}(?:các{GAP})?|(?<=\())([Pp]hụ{GAP}lục{GAP}(?:đính{GAP}kèm|kèm{GAP}theo))(?=\s*(?:[).,;:]|\n|\Z))"
        ),
        "cue": re.compile(rf"(?:tại|theo|ở|trong|các|và|hoặc|của|trừ|với|từ|,|\(|kèm{GAP}theo){GAP}?(?:các{GAP})?\Z", re.IGNORECASE),
        "of": re.compile(rf"{GAP}(?:của|thuộc){GAP}"),
        "appendix": re.compile(
            rf"(?<!\w)[Pp]hụ{GAP}lục{GAP}(?:được{GAP})?(?:ban{GAP}hành{GAP})?(?:kèm(?:{GAP}theo)?|đính{GAP}kèm(?:{GAP}theo)?){GAP}\Z"
        ),
        "attached": re.compile(rf"(?:đính{GAP}kèm|kèm{GAP}theo){GAP}(?:các{GAP})?\Z", re.IGNORECASE),
        "other": re.compile(rf"[^\W\d_]+{GAP}(?:này|số|năm|ngày)"),
    }


def _following(text: str, end: int) -> int:
    match = _small()["following"].match(text, end)
    return match.end() if match else end


def _appendix_before(text: str, start: int) -> int | None:
    match = _small()["appendix"].search(text, max(0, start - 60), start)
    return match.start() if match else None


def _own_without_this(text: str, end: int, own: str | None) -> tuple[int, int, str] | None:
    """``Điều 4 của Quy định.`` in a Quy định: its own, though "này" is left out."""
    if not own or (match := _small()["of"].match(text, end)) is None or not text.startswith(own, match.end()):
        return None
    stop = match.end() + len(own)
    return (match.end(), stop, own) if re.match(r"\s*(?:[.,;:)]|\Z|\n\s*\n)", text[stop : stop + 8]) else None


def _own_type(instrument: Instrument) -> str | None:
    return key(instrument.type) if instrument.type else None


def _is_type(words: str, own: str | None) -> bool:
    if own is None:
        return True
    said = key(words).removesuffix(" này")
    return said == own or own.startswith(said + " ") or said.startswith(own + " ")


def _inside(position: int, starts: list[int], taken: list[tuple[int, int]]) -> bool:
    i = bisect_right(starts, position) - 1
    return i >= 0 and taken[i][0] <= position < taken[i][1]


class _Outline:
    """The nodes by place and by address; built when the first reference needs it."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.starts = [node.start for node in nodes]
        self.by_id = {node.id: node for node in nodes}
        self._paths: dict[str, str] | None = None
        self._quoted: dict[str, bool] = {}
        self.articles = any(node.kind == "article" for node in nodes)
        self.annexed = any(node.kind == "appendix" for node in nodes)

    def at(self, position: int) -> Node | None:
        i = bisect_right(self.starts, position) - 1
        return self.nodes[i] if i >= 0 else None

    def in_label(self, position: int, node: Node | None) -> bool:
        return node is not None and bool(node.label) and position < node.start + len(node.label) and position >= node.start

    def quoted(self, node: Node | None) -> bool:
        """Whether a node is quoted text or lies in it."""
        trail: list[str] = []
        answer = False
        while node is not None:
            if (known := self._quoted.get(node.id)) is not None:
                answer = known
                break
            trail.append(node.id)
            if node.kind == "quotation":
                answer = True
                break
            node = self.by_id.get(node.parent) if node.parent else None
        for id in trail:
            self._quoted[id] = answer
        return answer

    def value(self, node: Node) -> str:
        """The mark without its word and its stop: ``Điều 6.`` → ``6``, ``a)`` → ``a``, ``PHỤ LỤC I`` → ``I``."""
        label = " ".join(node.label.split()).rstrip(".:)/ ").lstrip('“"( ')
        words = label.split()
        if len(words) > 1 and words[0][0].isalpha():
            return re.sub(r"^(?:Điều|Chương|Mục|Tiểu mục|Phần|Phụ lục|Khoản|Điểm|số)\s+(?:số\s+)?", "", label, flags=re.IGNORECASE)
        return "" if node.kind == "appendix" else label

    def address_of(self, node: Node | None) -> Address:
        """The address of a node, from the largest unit to the smallest; headings without a legal name have their bare labels."""
        found: list[tuple[str, str]] = []
        while node is not None:
            level = _LEVEL_OF.get(node.kind) or ("" if node.label and node.kind == "heading" else None)
            if level is not None:
                found.append((level, self.value(node)))
            node = self.by_id.get(node.parent) if node.parent else None
        return tuple(reversed(found))

    def find(self, address: Address) -> str | None:
        """The node with this address."""
        if self._paths is None:
            self._paths = {}
            for node in self.nodes:
                if node.label and not self.quoted(node):
                    for name in _names(self.address_of(node)):
                        self._paths.setdefault(name, node.id)
        return next((self._paths[name] for name in _names(address) if name in self._paths), None)


def _names(address: Address) -> list[str]:
    """Keys of an address: from its article down; else whole; else by its values alone (``V/1/a``)."""
    levels = [level for level, _ in address]
    if "Điều" in levels:
        address = address[levels.index("Điều") :]
    if "Phụ lục" in levels:
        address = address[levels.index("Phụ lục") :]
    values = "/".join(value.lstrip("0") or value for _, value in address)
    named = "/".join(
        f"{level if level in {'Điều', 'Chương', 'Mục', 'Phần', 'Phụ lục'} else ''}{value.lstrip('0') or value}" for level, value in address
    )
    found = [named]
    if "Điều" not in levels and "Phụ lục" not in levels:
        found.append(values)
        if len(address) > 1 and "Chương" in levels:
            found.append(named.split("/", 1)[1])
    return found


def _internal(
    text: str, run: Run, type_at: tuple[int, int, str] | None, node: Node | None, outline: _Outline, following: int
) -> Citation | None:
    levels = {level for address in run.addresses for level, _ in address}
    here = run.here
    if type_at is None and not here:
        if levels & {"Mẫu", "Biểu", "Phần"} or levels <= {"điểm", "tiết"}:
            return None
        near = max(0, run.start - 400)
        # Lines inside a node are mere wraps; loose text has nothing else to end a sentence.
        sentence = max(text.rfind(". ", near, run.start), node.start if node else text.rfind("\n", near, run.start))
        if node is not None and node.kind == "article" and run.start < node.start + len(node.label) + len(node.heading) + 4:
            sentence = node.start
        if _amends(text, max(sentence, near), run.start):
            return None
        # "Điều 5 Luật …", "Điều 12 Hiến pháp", "Điều 3 của Quy chế …" are others' provisions.
        if re.match(r"[^\W\d_a-zà-ỹđ]\w+", text[following : following + 12]) and (following > run.end + 2 or _starts_type(text, following)):
            return None
        lone_clause = levels <= {"khoản", "điểm"}
        if (lone_clause or levels & {"Mục", "Phụ lục", "Tiểu mục"}) and not _small()["cue"].search(
            text[max(0, run.start - 24) : run.start]
        ):
            return None
    if type_at is not None and levels & {"Mẫu", "Biểu"}:
        return None
    current = outline.address_of(node)
    absolute = [_absolute(address, current) for address in run.addresses]
    names, target = [], None
    for address in absolute:
        found = outline.find(address)
        target = target or found
        names.append(_written(address, outline))
    attached = "Phụ lục" in levels and _small()["attached"].search(text, max(0, run.start - 24), run.start)
    if type_at is None and not here and target is None and not attached:
        return None
    start = run.start
    if run.plural and "Phụ lục" in levels:
        start = text.rindex("ác", 0, run.start) - 1
    end = type_at[1] if type_at is not None else run.end
    return _citation(text, node, start, end, "internal", "; ".join(dict.fromkeys(names)), target)


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


def _absolute(address: Address, current: Address) -> Address:
    """``này`` filled in from where the words stand, and the units above a lone clause or point."""
    if address[0][1] == "này":
        level = address[0][0]
        upto = next((i for i, (own, _) in enumerate(current) if own == level), None)
        if upto is None and level == "Mục":
            upto = 0 if current else None
        if upto is None:
            return address
        return (*current[: upto + 1], *address[1:])
    rank = provisions.RANK[address[0][0]]
    if rank < provisions.RANK["Điều"]:
        above = tuple(pair for pair in current if pair[0] in provisions.RANK and provisions.RANK[pair[0]] > rank)
        return (*above, *address)
    return address


def _written(address: Address, outline: _Outline) -> str:
    """Written as the document's outline has it: ``Mục V`` is ``V`` where the document prints only the numeral."""
    if not outline.articles and address[0][0] in {"Mục", "Phần", ""}:
        return "/".join(value for _, value in address)
    return provisions.written(tuple(pair for pair in address if pair[0]))

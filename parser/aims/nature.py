"""What a passage is for: whether its document lays down rules or sets tasks, and what the headings above a node say of it.

Targets and mandates ask here. ``Quyết định ban hành Quy chế …`` and ``Nghị định …`` are normative: their sentences order only where a
body is charged. ``Kế hoạch …``, ``Chỉ thị …`` and ``Nghị quyết về nhiệm vụ phát triển kinh tế - xã hội …`` set tasks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, cast

from ..model import Instrument, Node
from ..tables import rows, values
from . import verbs

Setting = Literal["target", "objective", "task", "execution", "past", "rule", ""]
Nature = Literal["tasks", "mixed", "rules"]
"""``rules``: a decree, a circular, an attached regulation; ``mixed``: a resolution of rules and measures; ``tasks``: all else."""

_SCOPE = re.compile(r"phạm vi (?:và đối tượng )?điều chỉnh|đối tượng áp dụng|giải thích từ ngữ|phạm vi, đối tượng", re.IGNORECASE)
_LEADS_TO = re.compile(r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|giải pháp|biện pháp|nội dung|công việc|công tác)[^.;:]{0,30}\bsau(?: đây)?:$")
_CARRIED_OUT = re.compile(
    r"tổ chức thực hiện (?!nghị|quyết|kế|chương|thông|quy|luật|đề án|pháp|chỉ|điều lệ|phương án|[.:]|của)\w", re.IGNORECASE
)
_STEPS = re.compile(r"(?:các )?(?:quy trình|trình tự|thủ tục|bước)(?!\w)", re.IGNORECASE)
_CASE = re.compile(r"(?:Trong )?(?:[Tt]rường hợp|Khi|Nếu|Đến thời điểm)\s")
"""So begins a lead-in that says when what follows is done, not a list of tasks."""
_SIGNS = re.compile(r"[\s“\"(/–-]+")
_OPENING = frozenset('“"«')
_CLOSING = frozenset('”"»')
DASHED = "-–— "
"""What may stand between a number and its words: "1- Các cấp ủy …", as the Party's offices write."""
DASHES = frozenset("-–—")
_NORMATIVE_TYPES = frozenset(
    {"Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch", "Lệnh", "Văn bản hợp nhất", "Quy chế",
     "Quy định", "Điều lệ", "Nội quy", "Án lệ", "Bản án"}
)  # fmt: skip
_TASK_TITLE = re.compile(
    r"nhiệm vụ|kế hoạch|giải pháp|dự toán|chương trình|đề án|quy hoạch|chiến lược|chỉ tiêu|phát triển kinh tế|tăng cường|đẩy mạnh"
    r"|triển khai|phân bổ",
    re.IGNORECASE,
)
_RULE_TITLE = re.compile(
    r"^\W*(?:về\s+(?:việc\s+)?)?(?:ban hành\s+)?(?:các\s+|một số\s+)?"
    r"(?:quy định|quy chế|điều lệ|nội quy|chế độ|cơ chế|chính sách|định mức|tiêu chí|mức|bảng giá|sửa đổi|bãi bỏ)\b",
    re.IGNORECASE,
)
_YEARED = re.compile(r"^[0-9.]+[a-zđ]?\s?/\s?(?:19|20)[0-9]{2}\s?/")
_ATTACHED_RULES = re.compile(r"\W*(?:quy chế|quy định|điều lệ|nội quy|chế độ|quy trình|mẫu|biểu|danh mục)\b", re.IGNORECASE)
_ATTACHED_TASKS = re.compile(r"\W*(?:kế hoạch|chương trình|đề án|chiến lược|phương án|định hướng)\b", re.IGNORECASE)


def after_label(text: str, node: Node) -> int:
    """Where a node's words begin behind its label, however many blanks were printed in it ("Điều  3."); its start if it prints none."""
    label = node.label
    if text.startswith(label, node.start):
        return node.start + len(label.rstrip())
    at = node.start
    for char in label:
        if char.isspace():
            continue
        while at < node.end and text[at].isspace():
            at += 1
        if text[at : at + 1] != char:
            return node.start
        at += 1
    return at


def nature_of(instrument: Instrument) -> Nature:
    """Whether the document lays down rules of general force.

    By its type (``Nghị định``, ``Thông tư``); a resolution or decision by its title (``Quy định …``, ``Sửa đổi, bổ sung …``) or by the year
    in its number (``57/2025/NQ-HĐND``) unless the title tells of tasks: before 2016 plans carried such numbers too.
    """
    if instrument.type in _NORMATIVE_TYPES:
        return "rules"
    if instrument.type == "Hướng dẫn":
        return "tasks" if _TASK_TITLE.search(instrument.title or "") else "mixed"
    if instrument.type not in ("Nghị quyết", "Quyết định", "Nghị quyết liên tịch", None):
        return "tasks"
    title = instrument.title or ""
    if _RULE_TITLE.match(title) or (_YEARED.match(instrument.number or "") and not _TASK_TITLE.search(title)):
        return "mixed"
    return "tasks"


@cache
def _headings() -> tuple[tuple[Setting, re.Pattern[str], re.Pattern[str] | None], ...]:
    def words(cell: str) -> re.Pattern[str]:
        # A blank before the word: the search skips from blank to blank.
        return re.compile(rf" (?:{'|'.join(re.escape(form) for form in values(cell))})(?!\w)")

    return tuple(
        (cast(Setting, row["setting"]), words(row["forms"]), words(row["unless"]) if row["unless"] else None) for row in rows("settings")
    )


@lru_cache(maxsize=4096)
def setting_of(heading: str) -> Setting:
    """What a heading says of what stands under it; empty where it says nothing.

    >>> setting_of("Các chỉ tiêu chủ yếu"), setting_of("Phát triển thương mại, dịch vụ")
    ('target', '')
    """
    words = f" {_SIGNS.sub(' ', heading.lower())}"
    for setting, forms, unless in _headings():
        if forms.search(words) and not (unless and unless.search(words)):
            return setting
    return ""


def _of_lead_in(words: str) -> Setting:
    """A sentence that opens its items says of them what it begins with (``Biện pháp phát triển …:``) or ends in (``… nhiệm vụ sau:``)."""
    end = _LEADS_TO.search(words)
    return setting_of(end[0] if end else words[:60])


def _lead_in(text: str) -> str:
    """The words of a node that has children, where they head them."""
    return text if text and (text[-1] == ":" or len(text) < 160) and text[-1] not in ";," else ""


class Settings:
    """The settings and natures of a document's nodes, worked out in one pass; parents stand before their children.

    ``of(id)`` is the setting of a node: what its own heading says, else what the nearest heading above it does. ``parents`` holds the ids
    of nodes with children, ``headings`` the words of a node that head its children, where there are any: its heading, or a lead-in that
    is short or ends in a colon. ``nature`` is the document's own, ``tabled`` tells that it has tables.
    """

    def __init__(self, nodes: Sequence[Node], instrument: Instrument) -> None:
        self._order = nodes
        self._quoted: frozenset[str] | None = None
        by_id: dict[str | None, Node] = {}
        parents: set[str | None] = set()
        headings: dict[str | None, str] = {}
        self.nodes, self.parents, self.headings = by_id, parents, headings
        opening, quotes, appended, tabled = _OPENING, False, False, False
        articles = []
        for node in nodes:
            by_id[node.id] = node
            parents.add(node.parent)
            kind = node.kind
            if kind == "article":
                articles.append(node)
            elif kind == "appendix":
                appended = True
            elif kind == "table":
                tabled = True
            if (node.label or node.heading or node.text)[:1] in opening or kind == "quotation":
                quotes = True
        self.tabled = tabled
        if not quotes:
            self._quoted = frozenset()
        # An article of scope makes rules of what it stands in: the document, or the regulation attached to it.
        scoped = {self._branch(node) for node in articles if _SCOPE.match(node.heading or node.text)}
        nature = nature_of(instrument)
        self.nature: Nature = "mixed" if "" in scoped and nature == "tasks" else nature
        self._natures: dict[str | None, Nature] = {}
        if appended:
            self._by_appendix(scoped)
        settings: dict[str | None, Setting] = {None: ""}
        self._settings, self.of = settings, settings.__getitem__
        for node in nodes:
            node_id = node.id
            if node_id not in parents and not node.heading:
                settings[node_id] = settings[node.parent]
                continue
            heading = node.heading or _lead_in(node.text)
            if heading[:1] in DASHES:  # "I- MỤC TIÊU": the dash is no part of the heading
                heading = heading.lstrip(DASHED)
            if heading:
                headings[node_id] = heading
            settings[node_id] = (self._own(node, heading) if heading else "") or settings[node.parent]

    def _by_appendix(self, scoped: set[str]) -> None:
        """The natures of what stands in appendices."""
        for node in self._order:
            if node.kind == "appendix":
                self._natures[node.id] = "rules" if node.id in scoped else self._attached(node)
            elif node.parent in self._natures:
                self._natures[node.id] = self._natures[node.parent]

    def under(self, setting: Setting) -> list[Node]:
        """The nodes of a setting, in reading order."""
        return [self.nodes[node_id] for node_id, own in self._settings.items() if own == setting]

    def nature_at(self, node_id: str | None) -> Nature:
        """The nature of the text the node stands in: an attached ``Quy chế`` lays down rules though its decision does not."""
        return self._natures.get(node_id, self.nature)

    def _branch(self, node: Node) -> str:
        """The id of the appendix that ``node`` stands in, empty for the document itself."""
        while node.kind != "appendix":
            if node.parent is None:
                return ""
            node = self.nodes[node.parent]
        return node.id

    def _attached(self, node: Node) -> Nature:
        """The nature of an appendix by its title."""
        words = " ".join(filter(None, (node.label, node.heading, node.text)))[:80]
        return "rules" if _ATTACHED_RULES.match(words) else "tasks" if _ATTACHED_TASKS.match(words) else self.nature

    def _own(self, node: Node, heading: str) -> Setting:
        """What the heading of a node itself says."""
        own = setting_of(heading) if node.heading or len(heading) < 60 else _of_lead_in(heading)
        if own == "execution" and self.nature_at(node.id) == "rules":
            if _STEPS.match(heading) or (self.of(node.parent) == "rule" and heading[:18].lower() == "tổ chức thực hiện "):
                return "rule"  # "Trình tự, thủ tục xây dựng, ban hành, tổ chức thực hiện chương trình", and its steps
            if _CARRIED_OUT.match(heading):
                return ""  # "Tổ chức thực hiện đấu thầu" is a step of a procedure
        elif own != "rule" and _STEPS.match(heading) and self.nature_at(node.id) == "rules":
            return "rule"
        elif (
            own == "task"
            and not node.heading
            and (_CASE.match(heading) or ", trường hợp " in heading)
            and self.nature_at(node.id) != "tasks"
        ):
            return ""
        elif own == "rule" and self.nature_at(node.id) == "tasks":
            verb = verbs.pattern().match(heading.lower())
            if verb is not None and setting_of(heading[verb.end() :]) == "rule":
                return ""  # "Cải cách thủ tục hành chính" heads tasks in a plan
        if own and own not in ("past", "execution") and self._reports(node.parent):
            return "past"  # "3. Nhóm giải pháp về …" under "III. KẾT QUẢ THỰC HIỆN" reports
        return own

    def _reports(self, node_id: str | None) -> bool:
        """Whether a node is a section of a report, not the article that adopts one and goes on to the tasks."""
        if node_id is None or self.of(node_id) != "past":
            return False
        return self.nodes[node_id].kind != "article" and len(self.headings.get(node_id, "")) < 90

    def quoted(self, node: Node) -> bool:
        """Whether the node is text that an amending provision quotes: from the node that opens the quotation to the one that closes it."""
        return node.id in self.quoted_nodes()

    def quoted_nodes(self) -> frozenset[str]:
        """The ids of all nodes that are quoted."""
        if self._quoted is None:
            self._quoted = frozenset(self._quotations())
        return self._quoted

    def _quotations(self) -> Iterator[str]:
        inside: set[str | None] = set()
        opened = False
        for node in self._order:
            starts = (node.label or node.heading or node.text)[:1] in _OPENING
            if starts and not opened:
                opened = True
            if opened or node.kind == "quotation" or node.parent in inside:
                inside.add(node.id)
                yield node.id
            if opened and (node.text or node.heading).rstrip(" .;,:")[-1:] in _CLOSING:
                opened = False

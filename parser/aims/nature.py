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

Setting = Literal["target", "objective", "task", "execution", "past", "rule", ""]
Nature = Literal["tasks", "mixed", "rules"]
"""``rules``: a decree, a circular, an attached regulation; ``mixed``: a resolution of rules and measures; ``tasks``: all else."""

_SCOPE = re.compile(r"phạm vi (?:và đối tượng )?điều chỉnh|đối tượng áp dụng|giải thích từ ngữ|phạm vi, đối tượng", re.IGNORECASE)
_LEADS_TO = re.compile(r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|giải pháp|biện pháp|nội dung|công việc|công tác)[^.;:]{0,30}\bsau(?: đây)?:$")
_CARRIED_OUT = re.compile(
    r"tổ chức thực hiện (?!nghị|quyết|kế|chương|thông|quy|luật|đề án|pháp|chỉ|điều lệ|phương án|[.:]|của)\w", re.IGNORECASE
)
_SIGNS = re.compile(r"[\s“\"(/–-]+")
_OPENING = frozenset('“"«')
_CLOSING = frozenset('”"»')
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
    r"(?:quy định|quy chế|điều lệ|nội quy|cơ chế|chính sách|định mức|tiêu chí|mức|bảng giá|sửa đổi|bãi bỏ)\b",
    re.IGNORECASE,
)
_YEARED = re.compile(r"^[0-9.]+[a-zđ]?\s?/\s?(?:19|20)[0-9]{2}\s?/")
_ATTACHED_RULES = re.compile(r"\W*(?:quy chế|quy định|điều lệ|nội quy|quy trình|mẫu|biểu|danh mục)\b", re.IGNORECASE)
_ATTACHED_TASKS = re.compile(r"\W*(?:kế hoạch|chương trình|đề án|chiến lược|phương án|định hướng)\b", re.IGNORECASE)


def after_label(text: str, node: Node) -> int:
    """Where a node's words begin behind its label, however many blanks were printed in it ("Điều  3."); its start if it prints none."""
    at = node.start
    for char in node.label:
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


class Settings:
    """The settings of a document's nodes, worked out when asked and kept.

    ``parents`` holds the ids of nodes with children; ``nature`` is the document's own.
    """

    def __init__(self, nodes: Sequence[Node], instrument: Instrument) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.parents = {node.parent for node in nodes}
        # An article of scope makes rules of what it stands in: the document, or the regulation attached to it.
        scoped = {self._branch(node) for node in nodes if node.kind == "article" and _SCOPE.match(node.heading or node.text)}
        nature = nature_of(instrument)
        self.nature: Nature = "mixed" if "" in scoped and nature == "tasks" else nature
        self._order = nodes
        self._settings: dict[str | None, Setting] = {None: ""}
        self._natures: dict[str | None, Nature] = {None: self.nature, **dict.fromkeys(scoped - {""}, "rules")}
        self._quoted: frozenset[str] | None = None

    def _branch(self, node: Node) -> str:
        """The id of the appendix that ``node`` stands in, empty for the document itself."""
        while node.kind != "appendix":
            if node.parent is None:
                return ""
            node = self.nodes[node.parent]
        return node.id

    def heading(self, node: Node) -> str:
        """The words of a node that head its children: its heading, or a lead-in that is short or ends in a colon."""
        if node.heading:
            return node.heading
        text = node.text
        if node.id in self.parents and text and (text[-1] == ":" or len(text) < 160) and text[-1] not in ";,":
            return text
        return ""

    def of(self, node_id: str | None) -> Setting:
        """The setting of the node ``node_id``: what its own heading says, else what the nearest heading above it does."""
        if (known := self._settings.get(node_id)) is not None:
            return known
        chain = []
        while node_id not in self._settings:
            node = self.nodes[cast(str, node_id)]
            heading = self.heading(node)
            own = (setting_of(heading) if node.heading or len(heading) < 60 else _of_lead_in(heading)) if heading else ""
            if own == "execution" and _CARRIED_OUT.match(heading) and self.nature_at(node_id) == "rules":
                own = ""  # "Tổ chức thực hiện đấu thầu" is a step of a procedure
            if own:
                if own not in ("past", "execution") and self._reports(node.parent):
                    own = "past"  # "3. Nhóm giải pháp về …" under "III. KẾT QUẢ THỰC HIỆN" reports
                self._settings[node_id] = own
                break
            chain.append(node_id)
            node_id = node.parent
        setting = self._settings[node_id]
        self._settings.update(dict.fromkeys(chain, setting))
        return setting

    def _reports(self, node_id: str | None) -> bool:
        """Whether a node is a section of a report, not the article that adopts one and goes on to the tasks."""
        if node_id is None or self.of(node_id) != "past":
            return False
        node = self.nodes[node_id]
        return node.kind != "article" and len(self.heading(node)) < 90

    def nature_at(self, node_id: str | None) -> Nature:
        """The nature of the text the node stands in: an attached ``Quy chế`` lays down rules though its decision does not."""
        if (known := self._natures.get(node_id)) is not None:
            return known
        chain = []
        while node_id not in self._natures:
            node = self.nodes[cast(str, node_id)]
            if node.kind == "appendix":
                words = " ".join(filter(None, (node.label, node.heading, node.text)))[:80]
                self._natures[node_id] = (
                    "rules" if _ATTACHED_RULES.match(words) else "tasks" if _ATTACHED_TASKS.match(words) else self.nature
                )
                break
            chain.append(node_id)
            node_id = node.parent
        nature = self._natures[node_id]
        self._natures.update(dict.fromkeys(chain, nature))
        return nature

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

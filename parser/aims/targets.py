"""Figures to be reached: ``- Tỷ lệ che phủ rừng: Từ 46% trở lên``, ``phấn đấu giải ngân 100% kế hoạch vốn``.

A quantity of the text becomes a target when it stands under a heading of targets (``Các chỉ tiêu chủ yếu``, ``Mục tiêu cụ thể``), or
when its own clause says that it is to be reached (``phấn đấu``, ``đạt ít nhất``, ``duy trì``, ``hoàn thành``). What reports the past,
what a normative text fixes (rates, fees, fines, conditions, terms) and what is quoted is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

import msgspec

from ..model import Instrument, Node, Target
from ..names.patterns import UPPER
from ..tables import rows, values
from . import quantities, target_names, target_tables, target_words, verbs
from .nature import Settings, after_label
from .quantities import Quantity

_SKIPPED = frozenset({"recital", "closing", "recipients", "signature", "quotation"})
# A clause ends at a semicolon, at a full stop before a capital, in a table at a line's end; a dot inside "PCT. UBND" may end one too early:
# harmless.
_STOP = re.compile(rf"[;.!?](?:(?<=;)|(?=\s+[“\"(]?[{UPPER}0-9]))")
_ROW_STOP = re.compile(rf"[;\n.!?](?:(?<=[;\n])|(?=\s+[“\"(]?[{UPPER}0-9]))")
_LEAD = re.compile(r"(?:trong đó|(?:hàng|hằng) năm|(?:trong|đến|vào|tới)\s(?:hết\s|cuối\s)?năm\s[0-9]{4})(?!\w)[\s,:]*", re.IGNORECASE)
_FROM = re.compile(r"\b(?:từ|so với)(?: mức)?$", re.IGNORECASE)
_TO = re.compile(r"\s?(?:\(?năm [0-9]{4}\)?,?\s)?(?:lên|xuống|còn)\b")
_TIED = re.compile(r"(?::|\b(?:là|đạt|bằng))(?:\s?:)?(?:\s(?:trên|từ|ít nhất|tối thiểu|khoảng|tăng|giảm|dưới))*$", re.IGNORECASE)
_MONEY = re.compile(r"\b(?:đạt|huy động|thu hút|ít nhất|tối thiểu|phấn đấu)\b", re.IGNORECASE)
_LABELLED = re.compile(r"^[\s\-–+•]*(?:[0-9]+[.)]|[a-zđ]\))?\s*")
_SEVERAL = re.compile(r"(?:các|một số|những|về) (?:chỉ tiêu|mục tiêu)", re.IGNORECASE)
_STRONG = re.compile(r" (?:ít nhất|tối thiểu|phấn đấu|không thấp hơn)(?!\w)")
_MANIFOLD = re.compile(r"gấp|tăng|giảm|bằng|:\s?$", re.IGNORECASE)
_OF_NAME = re.compile(r"[^,;:.]{0,60}:")
_OF_THEM = re.compile(r"[\s;,.]*[Rr]iêng ")
_BARE_COUNT = re.compile(
    r"\s*(?P<name>(?:số|tỷ số|tỉ số|chỉ số|hệ số)\s(?!lượng\s[0-9])[^:;]{3,140}?)(?:\s?:|\s(?=đạt\s|còn\s|là\s|duy trì\s))\s*"
    rf"(?P<lead>(?:[^\W\d_]+\s){{0,4}})(?P<figure>{quantities.NUMBER})(?=\s*(?:[;.](?!\d)|$))",
    re.IGNORECASE,
)
"""A line of a list of targets that counts without a unit: "Số bác sĩ trên một vạn dân: 18"."""
_BRACKET = re.compile(r"^\s*trong đó|bảo đảm|đảm bảo|phấn đấu", re.IGNORECASE)
_MULTIPLE = re.compile(r"\s(?:so với\s)?(?:mức\s)?((?:cuối\s|thực hiện\s)?năm\s(?:[0-9]{4}|trước)|cùng kỳ[^,;.]{0,30})")
"""What a multiple is of: "gấp 1,5 lần năm 2021"."""
_REACH = 400
"""How far from a figure its clause is read: bounds the work on a text without stops."""
_TOTAL = re.compile(r"(?:tổng )?(?:số )?(?:dự toán )?thu\b|tổng (?:mức |số |nguồn )?vốn huy động|tổng mức huy động", re.IGNORECASE)


class _Cues(NamedTuple):
    aim: re.Pattern[str]
    number: re.Pattern[str]
    never: re.Pattern[str]
    past: re.Pattern[str]


_start = attrgetter("start")


@cache
def _cues() -> _Cues:
    forms: dict[str, list[str]] = {}
    for row in rows("target_cues"):
        forms.setdefault(row["class"], []).extend(values(row["forms"]))
    # A blank before the word, which the search finds fast; _told sets one at the start.
    return _Cues(*(re.compile(" " + verbs.trie((form, r"(?!\w)") for form in forms[name])) for name in _Cues._fields))


def _told(cue: re.Pattern[str], words: str) -> bool:
    return cue.search(f" {words.lower()}") is not None


def find(text: str, nodes: Sequence[Node], instrument: Instrument, settings: Settings | None = None) -> tuple[Target, ...]:
    """The targets of a document in reading order.

    Guaranteed: each lies inside its node's own words, ``text[start:end]`` is its printed figure and unit, and no figure is given twice.
    """
    reader = _Reader(text, settings or Settings(nodes, instrument), instrument)
    found: list[Target] = []
    for node, here in quantities.by_node(text, nodes):
        found += reader.of(node, here)
    if counts := [target for node in reader.settings.under("target") if reader.counts(node) for target in reader.bare_counts(node, found)]:
        found = sorted((*found, *counts), key=_start)
    tabled = reader.settings.tabled and [reader.dated(target) for target in target_tables.find(text, nodes) if reader.plans(target.node)]
    if tabled:
        taken = {target.start for target in found}
        found = sorted((*found, *(target for target in tabled if target.start not in taken)), key=_start)
    return tuple(found)


class _Place(NamedTuple):
    """What decides about the figures of one node."""

    listed: bool
    """It stands under a heading of targets."""
    rules: bool
    """Only what is expressly striven for counts: rules, reports, opening narratives."""
    revenue: bool = False
    """It stands under an estimate of revenue ("Tổng thu ngân sách nhà nước"), each line of which is to be reached. Under a heading of
    targets this is not asked."""


_LISTED = _Place(True, False)


class _Reader:
    """Reads the figures of one document, node after node."""

    def __init__(self, text: str, settings: Settings, instrument: Instrument) -> None:
        self.text = text
        self.settings = settings
        self._periods: dict[str | None, str | None] = {None: target_words.years(instrument.title or "", last=True)}

    def plans(self, node_id: str) -> bool:
        """Whether a table stands in a text of tasks and not in its report."""
        node = self.settings.nodes[node_id]
        return self.settings.nature_at(node_id) == "tasks" and self.settings.of(node_id) != "past" and not self.settings.quoted(node)

    def dated(self, target: Target) -> Target:
        """The target of a table whose heads name no year is for the years that the headings above it do."""
        return target if target.period else msgspec.structs.replace(target, period=self._period(self.settings.nodes[target.node].parent))

    def counts(self, node: Node) -> bool:
        """Whether the node, under a heading of targets, is a line of their list that may count something ("Số bác sĩ", "chỉ số")."""
        return "ố " in node.text and node.id not in self.settings.parents and self.settings.nature_at(node.id) == "tasks"

    def bare_counts(self, node: Node, found: Sequence[Target]) -> list[Target]:
        """What the clauses of a listed node count without a unit, where nothing else was found in them; ``found`` in reading order."""
        counts: list[Target] = []
        at = after_label(self.text, node)
        while at >= 0:
            end = self.text.find(";", at, node.end)
            match = _BARE_COUNT.match(self.text, at, node.end if end < 0 else end)
            if match is not None and bisect_left(found, at, key=_start) == bisect_left(found, match.end(), key=_start):
                value = quantities.number(match["figure"])
                lead = " ".join(match["lead"].split())
                counts.append(
                    Target(
                        node=node.id,
                        start=match.start("figure"),
                        end=match.end(),
                        text=match["figure"],
                        name=_parent(node, self.settings) + " ".join(match["name"].split()),
                        comparator=quantities.comparator(lead + " ", ""),
                        value=value,
                        change=target_words.change(lead, match["name"]),
                        period=target_words.years(match["name"], last=True) or self._period(node.parent),
                        normal_value=value,
                    )
                )
            at = end + 1 if end >= 0 else -1
        return counts

    def of(self, node: Node, here: list[Quantity]) -> list[Target]:
        """The targets among the quantities of a node."""
        settings, text = self.settings, self.text
        if node.kind in _SKIPPED or settings.quoted(node):
            return []
        setting = settings.of(node.id)
        if setting == "past":
            return []
        rules = setting == "rule" or node.kind == "preamble" or settings.nature_at(node.id) != "tasks"
        listed = not rules and (setting == "target" or setting == "objective")
        if listed:
            place = _LISTED
        else:
            money = "money" in [quantity.group for quantity in here]
            place = _Place(False, rules, money and not rules and self._revenue(node.parent))
        start = after_label(text, node)
        table = node.kind == "table"
        flat = _is_flat(text, start, node)
        line = _slice if flat else _line
        # What few nodes tell of is looked for in the node first, not around each of its figures.
        printed = text[node.start : node.end].lower()
        dated = "20" in printed or "19" in printed
        compared = not flat or "so với" in printed or "theo giá" in printed
        stops = [start, node.end + 1]
        if ";" in printed or printed.find(".", 0, -1) >= 0 or "!" in printed or "?" in printed or table:
            stops[1:1] = [stop.end() for stop in (_ROW_STOP if table else _STOP).finditer(text, start, node.end)]
        moved = "ăng" in printed or "iảm" in printed or "ượt" in printed
        found: list[Target] = []
        whole = ""
        shared = strives = False
        clause = -1
        parent = _parent(node, settings)
        for index, quantity in enumerate(here):
            came, clause = clause, bisect_right(stops, quantity.start) - 1
            first, last = stops[clause], stops[clause + 1] - 1
            if clause != came:
                strives = came >= 0 and strives and _goes_on(text, stops[came + 1 : clause + 1])
            begins, ends = quantity.start, quantity.end
            before = line(text, first if begins - first < _REACH else begins - _REACH, begins)
            after = line(text, ends, last if last - ends < _REACH else ends + _REACH)
            following = here[index + 1] if index + 1 < len(here) and here[index + 1].start < last else None
            if table and not _in_cell(quantity, before, after):
                continue
            counts = _counts(text, quantity, before, after, following, place._replace(listed=True) if strives else place)
            strives = strives or "ấn đấu" in before or "ân đấu" in before
            if not counts:
                continue
            previous = found[-1] if found and found[-1].start >= first else None
            between = line(text, max(previous.end, quantity.start - _REACH), quantity.start) if previous else before
            behind = line(text, quantity.end, min(following.start, quantity.end + _REACH)) if following else after
            of_them = False
            if found and whole:
                if of_part := _OF_THEM.match(between):
                    between, of_them = between[of_part.end() :], True  # "… giảm 1,5%; riêng vùng đồng bào dân tộc thiểu số giảm 2%"
                else:
                    of_them = "trong đó" in between.lower()
            name = target_names.name(between, behind, quantity, previous is not None)
            if previous is not None and not name:
                name = previous.name  # "đạt 40-50 kg vào năm 2010 và 180-200 kg vào năm 2015"
            elif found and whole and (shared or of_them) and ":" not in between.partition("trong đó")[0]:
                name = name if name.lower().startswith(whole.lower()) else f"{whole}: {name}"
            else:
                name = parent + name
                whole = name.partition(": ")[0] if ":" in between and name.count(": ") == 1 else name
            # "Cơ cấu kinh tế: Nông nghiệp 18,5%; dịch vụ 35,5%": the first words hold for all that follow.
            shared = shared or (":" in between and ": " in name and not (parent and name.startswith(parent)))
            normal, unit = (quantity.value, "%") if quantity.unit == "%" else quantities.normal(quantity.value, quantity.unit)
            base = _MULTIPLE.match(after) if quantity.unit == "lần" else None
            target = Target(
                node=node.id,
                start=quantity.start,
                end=quantity.end,
                text=line(text, quantity.start, quantity.end),
                name=name,
                comparator=quantities.comparator(before, after, quantity.value_max is not None),
                value=quantity.value,
                value_max=quantity.value_max,
                unit=quantity.unit,
                change=target_words.change(before, name) if moved else None,
                period=(target_words.own_period(between, "" if base else behind) if dated else None) or self._period(node.parent),
                baseline=base[1] if base else (target_words.baseline(after) or target_words.baseline(before)) if compared else None,
                normal_value=normal,
                normal_max=None if quantity.value_max is None else quantities.normal(quantity.value_max, quantity.unit)[0],
                normal_unit=unit,
            )
            found.append(target)
        return found

    def _revenue(self, node_id: str | None) -> bool:
        """Whether the nearest heading above that tells of revenue or spending tells of revenue."""
        for _ in range(6):
            if node_id is None:
                return False
            node = self.settings.nodes[node_id]
            heading = _LABELLED.sub("", self.settings.headings.get(node_id, "")[:120])
            if _TOTAL.match(heading):
                return True
            if heading[:60].lower().startswith(("chi ", "tổng chi", "dự toán chi", "phân bổ")):
                return False
            node_id = node.parent
        return False

    def _period(self, node_id: str | None) -> str | None:
        """The years a figure is for by the headings above it, else by the document's title."""
        if node_id in self._periods:
            return self._periods[node_id]
        chain = []
        while node_id not in self._periods:
            node = self.settings.nodes[node_id]
            years = target_words.years(self.settings.headings.get(node_id, ""), last=True)
            if years:
                self._periods[node_id] = years
                break
            chain.append(node_id)
            node_id = node.parent
        period = self._periods[node_id]
        self._periods.update(dict.fromkeys(chain, period))
        return period


def _goes_on(text: str, starts: Sequence[int]) -> bool:
    """A list that strives goes on over semicolons ("Phấn đấu tăng trưởng đạt 13%; GDP bình quân đầu người là 41 triệu đồng; …"), but not
    where a clause begins with a verb of its own."""
    return all(text[start - 1] == ";" and not verbs.pattern().match(text, start + 1) for start in starts)


def _counts(text: str, quantity: Quantity, before: str, after: str, following: Quantity | None, place: _Place) -> bool:
    """Whether the figure is one to be reached."""
    if "(" in before and (opened := before.rfind("(")) > before.rfind(")") and not _BRACKET.search(before, opened + 1):
        return False
    if before[-8:].endswith(("từ", "so với", " mức")) and _FROM.search(before[-20:]) and _TO.match(after):
        return False  # "tăng từ 72% năm 2023 lên 75%": the first figure is where one stands
    if following and len(before) < 60 and ":" not in before and _OF_NAME.match(text, quantity.end, following.start):
        return False  # the figure belongs to the name: "Tinh quặng đồng 20-25% Cu: đạt 20-30 nghìn tấn"
    if quantity.unit == "tuổi" and "tuổi thọ" not in before[-80:].lower():
        return False  # "trẻ em dưới 5 tuổi"
    if quantity.unit == "lần" and not _MANIFOLD.search(before[-40:]):
        return False  # "phạm tội từ 02 lần trở lên"
    if place.listed and quantity.group in ("percent", "money", "measure"):
        return True
    cues = _cues()
    lower = before.lower()
    strives = "phấn đấu" in lower or "phân đấu" in lower
    if quantities.ranks(before):
        return place.listed or strives
    if place.listed:
        near = before[-80:]
        return not before or before[-1] == ":" or bool(_TIED.search(near)) or _told(cues.aim, near) or _told(cues.number, near)
    if strives:
        return True
    if quantity.group == "money" and (place.revenue or _TOTAL.match(_LABELLED.sub("", before))) and _TIED.search(before[-80:]):
        return True
    if place.rules or before.endswith("dành ") or _told(cues.never, before if quantity.group == "money" else before[-80:]):
        return False
    if _told(cues.past, before) and not _told(_STRONG, before[-30:]):
        return False
    if quantity.group == "money":
        return bool(_MONEY.search(before[-80:]))
    if quantity.group == "percent":
        return _told(cues.aim, before[max(before.rfind(",") + 1, len(before) - 90) :]) or not _LEAD.sub("", before.strip())
    return _told(cues.number, before[-60:])


def _in_cell(quantity: Quantity, before: str, after: str) -> bool:
    """A cell says in words what is to be reached: ``100% cơ quan … thực hiện``, ``Tỷ lệ hồ sơ trực tuyến toàn trình đạt tối thiểu 80%``."""
    words = before.lower().strip()
    if quantity.group != "percent":
        return words.endswith(("ít nhất", "tối thiểu")) and quantity.group == "count"
    return (after[:1] == " " and len(after.split()) > 3) or words.startswith(("tỷ lệ", "tỉ lệ", "phấn đấu")) or " đạt" in words


def _slice(text: str, start: int, end: int) -> str:
    """:func:`_line` of a text that is printed on one line with single blanks."""
    return text[start:end].rstrip()


def _line(text: str, start: int, end: int) -> str:
    """The words on one line; a blank that stood at the start is kept, for what follows is told by it."""
    words = text[start:end]
    if _is_line(words):
        return words.rstrip()
    return f"{' ' * words[:1].isspace()}{' '.join(words.split())}"


def _is_flat(text: str, start: int, node: Node) -> bool:
    """Whether ``text[start : node.end]`` is printed on one line with single blanks, as a node's words are kept."""
    words = node.text
    if words and start + len(words) + 1 == node.end and text[start] == " " and text.startswith(words, start + 1):
        return True
    return _is_line(text[start : node.end])


def _is_line(words: str) -> bool:
    return "\n" not in words and "  " not in words and "\xa0" not in words and "\t" not in words


def _parent(node: Node, settings: Settings) -> str:
    """``Cơ cấu kinh tế: | Công nghiệp, xây dựng``: a lead-in bullet above gives the first half of the name."""
    parent = settings.nodes.get(node.parent)
    if (
        parent is not None
        and parent.kind in ("bullet", "point")
        and parent.text.endswith(":")
        and len(parent.text) < 120
        and not _SEVERAL.search(parent.text)
    ):
        return f"{parent.text[:-1].strip()}: "
    return ""

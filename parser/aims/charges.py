"""Who is charged by what stands above a node: a heading that is a body's name, or a lead-in before its items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..model import Node
from ..names.bodies import Home
from . import actors
from .actors import Group
from .nature import Settings

_HEADED = re.compile(
    r"(?:Trách nhiệm của|Nhiệm vụ của|Đối với|Giao(?: cho)?|(?:Trân trọng |Kính )?[Đđ]ề nghị|Yêu cầu|Phân công)\s+", re.IGNORECASE
)
_HEADS = frozenset({"tr", "nh", "đố", "gi", "đề", "kí", "yê", "ph"})
"""The first two letters of those."""
_DUTY = re.compile(r"trách nhiệm|nhiệm vụ(?!, quyền hạn)|chủ trì|phối hợp")
_COMPETENCE = re.compile(r"^(?!.*trách nhiệm).*(?:quyền hạn|thẩm quyền|có quyền|các quyền)", re.IGNORECASE | re.DOTALL)
_CASE = re.compile(r"(?!.*(?:trách nhiệm|phải\s))(?:Trong )?(?:[Tt]rường hợp|Khi|Nếu)\s", re.DOTALL)
_BOUND = re.compile(r"(?:có|các) trách nhiệm|nghĩa vụ")
_CALL = re.compile(r"(?:yêu cầu|giao|đề nghị|chỉ thị)\s(?=\S)")
_SOMEONE = Group(0, 0, (), True, False)


class Charge(NamedTuple):
    """The bodies that words above a node charge, and the node that says so."""

    group: Group
    node: str


def called(words: str, home: Home, reach: int = 400) -> Group | None:
    """Whom a lead-in calls on at its end: ``…, Hội đồng nhân dân tỉnh yêu cầu Ủy ban nhân dân tỉnh tập trung thực hiện:``."""
    for call in _CALL.finditer(words, max(0, len(words) - reach)):
        group = actors.group(words, call.end(), home)
        if group is not None:
            return group
    return None


class Charges:
    """The charges of a document, worked out when asked and kept; ``leads`` holds the lead-in paragraph of the items that follow it."""

    def __init__(self, nodes: Sequence[Node], settings: Settings, home: Home, issuer: str | None) -> None:
        self.settings, self.home, self.issuer = settings, home, issuer
        self.leads: dict[str | None, Node] = {}
        self._known: dict[str | None, Charge | None] = {None: None}
        self._by_lead: dict[str, Charge | None] = {}
        opened: dict[str | None, Node] = {}
        for node in nodes:
            if node.kind == "paragraph":
                if node.text.endswith(":"):
                    opened[node.parent] = node
                elif opened:
                    opened.pop(node.parent, None)
            elif opened and (lead := opened.get(node.parent)) is not None:
                self.leads[node.id] = lead

    def of(self, node: Node) -> Charge | None:
        """The bodies that the nearest lead-in or heading above ``node`` charges."""
        lead = self.leads.get(node.id)
        return (self._led(lead) if lead is not None else None) or self.above(node.parent)

    def above(self, node_id: str | None) -> Charge | None:
        """The bodies that the nearest lead-in or heading at or above the node ``node_id`` charges."""
        chain = []
        while node_id not in self._known:
            chain.append(node_id)
            node_id = self.settings.nodes[node_id].parent
        charge = self._known[node_id]
        for below in reversed(chain):
            heading = self.settings.headings.get(below)
            lead = self.leads.get(below)
            named = self._named(self.settings.nodes[below], heading) if heading else None
            self._known[below] = charge = named or (self._led(lead) if lead else None) or charge
        return charge

    def _led(self, lead: Node) -> Charge | None:
        """What a lead-in paragraph charges, worked out once for all its items."""
        if lead.id not in self._by_lead:
            self._by_lead[lead.id] = self._named(lead, lead.text)
        return self._by_lead[lead.id]

    def _named(self, node: Node, heading: str) -> Charge | None:
        group = self._group(node, heading)
        return Charge(group, node.id) if group is not None else None

    def _group(self, node: Node, heading: str) -> Group | None:
        rules = self.settings.nature_at(node.id) != "tasks"
        if rules:
            near = heading if len(heading) < 600 else f"{heading[:300]} {heading[-300:]}"
            if _COMPETENCE.search(near) or (heading[-1] == ":" and _CASE.match(near)):
                return _SOMEONE  # "Ban Chấp hành có nhiệm vụ và quyền hạn sau:" tells what it may do, "Trường hợp …:" when
        start = _HEADED.match(heading) if heading[:2].lower() in _HEADS else None
        at = start.end() if start else 0
        group = actors.group(heading, at, self.home)
        if heading[-1] == ":" and (group is None or group.names == (self.issuer,) or _CALL.match(heading, group.end + 1)):
            group = called(heading, self.home) or group
        if group is None:
            # "Tổ chức cung ứng dịch vụ có trách nhiệm:": what stands higher up does not answer for these items
            return _SOMEONE if heading[-1] == ":" and _BOUND.search(heading[-40:]) else None
        if group.names == (self.issuer,):
            return None
        rest = heading[group.end :]
        if rules and heading.isupper() and not start:
            return None  # the title of a chapter is no charge
        if rules and not (len(rest) < 3 or start or _DUTY.search(rest)):
            return None  # in rules "Bộ Tài chính cấp giấy phép khi:" charges nobody with what follows
        return group if start or heading[-1] == ":" or len(rest) < 60 else None

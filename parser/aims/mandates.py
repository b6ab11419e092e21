"""Who must do what: the nodes of a document that order, assign, or set an aim.

The unit is the smallest labelled node or paragraph. In a text of tasks (plan, directive, resolution on tasks) it is known by the verb its
sentences begin with or by the body it charges; in rules (decree, circular, attached regulation) only by a body that is charged, or by
standing in the execution clause or under a heading of tasks. A lead-in that only opens its items is none, unless they are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from ..model import Actor, Citation, Instrument, Mandate, MandateKind, Node
from ..names import bodies
from ..names.bodies import Home
from . import actors, deadlines, directives, task_tables
from .actors import Group
from .directives import Order, Where
from .nature import Settings, after_label
from .printed import Printed
from .task_tables import Task

_KINDS = frozenset({"article", "clause", "point", "heading", "bullet", "paragraph", "closing"})
_HEADED = re.compile(
    r"(?:Trách nhiệm của|Nhiệm vụ của|Đối với|Giao(?: cho)?|(?:Trân trọng |Kính )?[Đđ]ề nghị|Yêu cầu|Phân công)\s+", re.IGNORECASE
)
_DUTY = re.compile(r"trách nhiệm|nhiệm vụ(?!, quyền hạn)|chủ trì|phối hợp")
_COMPETENCE = re.compile(r"^(?!.*trách nhiệm).*(?:quyền hạn|thẩm quyền|có quyền|các quyền)", re.IGNORECASE | re.DOTALL)
_CASE = re.compile(r"(?!.*(?:trách nhiệm|phải\s))(?:Trong )?(?:[Tt]rường hợp|Khi|Nếu)\s", re.DOTALL)
_FORM = ("....", "……", "____", "…….")
"""What is to be filled in: a form, which orders nothing."""
_BARE = re.compile(
    r"(?:Tổ chức thực hiện|Điều khoản thi hành|Triển khai thực hiện|Tổ chức thi hành|Trách nhiệm thi hành)(?: Nghị quyết)?[.:]?$",
    re.IGNORECASE,
)
_BOUND = re.compile(r"(?:có|các) trách nhiệm|nghĩa vụ")
_SOMEONE = Group(0, 0, (), True, False)
_CALL = re.compile(r"(?:yêu cầu|giao|đề nghị|chỉ thị)\s(?=\S)")
_CARRIES_OUT = re.compile(r"thực hiện|triển khai|thi hành")


class _Found(NamedTuple):
    node: Node
    words: str
    order: Order


class _Charge(NamedTuple):
    """The bodies that words above a node charge, and the node that says so."""

    group: Group
    node: str


class _Default(NamedTuple):
    """Who answers for tasks that name nobody, and the node that says so."""

    names: tuple[str, ...] = ()
    node: str | None = None


def find(
    text: str, nodes: Sequence[Node], instrument: Instrument, citations: Sequence[Citation], settings: Settings | None = None
) -> tuple[Mandate, ...]:
    """The mandates of a document in reading order; each is one node, ``text`` its own words on one line after the label.

    A row of a table of tasks is one too, its ``text`` the cell that tells the task.
    Guaranteed: ``text[start:end]`` are those words as printed, inside the node's own span; no node has two mandates.
    """
    settings = settings or Settings(nodes, instrument)
    home = bodies.home_of(instrument.issuer, instrument.place, instrument.date)
    issuer = instrument.issuer
    charges = _Charges(nodes, settings, home, issuer)
    quoted, parents, leads = settings.quoted_nodes(), settings.parents, charges.leads
    places: dict[tuple[str | None, bool, bool], Where] = {}  # brothers without headings of their own stand alike
    found: list[_Found] = []
    for node in nodes:
        kind, heading, words = node.kind, node.heading, node.text
        if kind not in _KINDS or not (words or heading) or node.id in quoted:
            continue
        if heading:
            words = f"{heading} {words}"
        if "\n" in words:
            words = " ".join(words.split())
        words = words.strip()
        above = node.id in parents
        if above and (not node.text or (len(words) < 200 and words[-1] not in ".;:!?/…”") or (len(words) < 60 and _BARE.match(words))):
            continue  # a heading: "Điều 3. Tổ chức thực hiện."
        plain = not (above or heading or node.id in leads)
        alike = (node.parent, kind == "article", kind == "clause")
        where = places.get(alike) if plain else None
        if where is None:
            where = _where(node, settings, charges, issuer)
            if plain:
                places[alike] = where
        order = directives.order(words, where, home)
        if order is not None and not (("..." in words or "…" in words or "__" in words) and any(sign in words for sign in _FORM)):
            found.append(_Found(node, words, order))
    found = _without_lead_ins(found, charges)
    by_node: dict[str | None, list[Citation]] = {}
    for citation in citations:
        if citation.relation == "implements" and citation.target:
            by_node.setdefault(citation.node, []).append(citation)
    default = _default(nodes, found, settings, home)
    fields = _Fields(settings)
    mandates = [
        _mandate(text, one, settings, charges, default, by_node.get(one.node.id, ()), instrument.date, fields.of(one.node.parent))
        for one in found
    ]
    listed = [_listed(task, by_node.get(task.cell.node.id, ()), fields) for task in _tabled(text, nodes, settings, home, instrument.date)]
    return tuple(sorted((*mandates, *listed), key=lambda mandate: mandate.start) if listed else mandates)


def _where(node: Node, settings: Settings, charges: _Charges, issuer: str | None) -> Where:
    setting = settings.of(node.id)
    charge = charges.of(node)
    under = ("public" if charge.group.public else "body") if charge else ""
    top = node.kind == "article" or (node.kind == "clause" and setting == "")
    return Where(setting, settings.nature_at(node.id), under, issuer, top)


def _tabled(text: str, nodes: Sequence[Node], settings: Settings, home: Home, written: str | None) -> Iterator[Task]:
    """The tasks of tables where tasks are set: not in rules, reports and quotations."""
    for task in task_tables.find(text, nodes, home, written):
        node = task.cell.node
        if settings.nature_at(node.id) != "rules" and settings.of(node.parent) != "past" and not settings.quoted(node):
            yield task


def _listed(task: Task, cited: Sequence[Citation], fields: _Fields) -> Mandate:
    cell = task.cell
    table = fields.settings.nodes[cell.node.parent] if cell.node.role == "row" and cell.node.parent is not None else cell.node
    inside = (citation.target for citation in cited if cell.start <= citation.start < cell.end and citation.target)
    return Mandate(
        node=cell.node.id,
        start=cell.start,
        end=cell.end,
        text=cell.words,
        kind="assignment" if any(actor.role != "support" for actor in task.actors) else "task",
        actors=task.actors,
        deadline=task.deadline,
        actions=directives.acts(cell.words, directives.sentences(cell.words)),
        implements=tuple(dict.fromkeys(inside)),
        field=" › ".join(filter(None, (fields.of(table.parent), task.group))),
    )


class _Charges:
    """Who is charged by what stands above a node: a heading that is a body's name, or a lead-in before its items.

    ``leads`` holds the lead-in paragraph of the items that follow it.
    """

    def __init__(self, nodes: Sequence[Node], settings: Settings, home: Home, issuer: str | None) -> None:
        self.settings, self.home, self.issuer = settings, home, issuer
        self.leads: dict[str, Node] = {}
        self._known: dict[str | None, _Charge | None] = {None: None}
        self._by_lead: dict[str, _Charge | None] = {}
        open_leads: dict[str | None, Node | None] = {}
        for node in nodes:
            if node.kind == "paragraph":
                open_leads[node.parent] = node if node.text.endswith(":") else None
            else:
                lead = open_leads.get(node.parent)
                if lead is not None:
                    self.leads[node.id] = lead

    def of(self, node: Node) -> _Charge | None:
        """The bodies that the nearest lead-in or heading above ``node`` charges."""
        lead = self.leads.get(node.id)
        return (self._led(lead) if lead is not None else None) or self._above(node.parent)

    def _above(self, node_id: str | None) -> _Charge | None:
        if node_id in self._known:
            return self._known[node_id]
        chain = []
        while node_id not in self._known:
            node = self.settings.nodes[cast(str, node_id)]
            lead = self.leads.get(node.id)
            heading = self.settings.heading(node)
            named = (self._named(node, heading) if heading else None) or (self._led(lead) if lead else None)
            if named:
                self._known[node_id] = named
                break
            chain.append(node_id)
            node_id = node.parent
        named = self._known[node_id]
        self._known.update(dict.fromkeys(chain, named))
        return named

    def _led(self, lead: Node) -> _Charge | None:
        """What a lead-in paragraph charges, worked out once for all its items."""
        if lead.id not in self._by_lead:
            self._by_lead[lead.id] = self._named(lead, lead.text)
        return self._by_lead[lead.id]

    def _named(self, node: Node, heading: str) -> _Charge | None:
        group = self._group(node, heading)
        return _Charge(group, node.id) if group is not None else None

    def _group(self, node: Node, heading: str) -> Group | None:
        rules = self.settings.nature_at(node.id) != "tasks"
        near = heading if len(heading) < 600 else f"{heading[:300]} {heading[-300:]}"
        if rules and (_COMPETENCE.search(near) or (heading[-1] == ":" and _CASE.match(near))):
            return _SOMEONE  # "Ban Chấp hành có nhiệm vụ và quyền hạn sau:" tells what it may do, "Trường hợp …:" when
        start = _HEADED.match(heading)
        at = start.end() if start else 0
        group = actors.group(heading, at, self.home)
        if heading[-1] == ":" and (group is None or group.names == (self.issuer,) or _CALL.match(heading, group.end + 1)):
            group = self._called(heading) or group
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

    def _called(self, heading: str) -> Group | None:
        """Whom a lead-in calls on at its end: ``…, Hội đồng nhân dân tỉnh yêu cầu Ủy ban nhân dân tỉnh tập trung thực hiện:``."""
        for call in _CALL.finditer(heading, max(0, len(heading) - 400)):
            group = actors.group(heading, call.end(), self.home)
            if group is not None:
                return group
        return None


def _without_lead_ins(found: list[_Found], charges: _Charges) -> list[_Found]:
    """A lead-in goes where its items are mandates themselves, unless a sentence before it orders something of its own."""
    opened: set[str | None] = set()
    for one in found:
        node_id: str | None = one.node.parent
        lead = charges.leads.get(one.node.id)
        if lead is not None:
            opened.add(lead.id)
        while node_id is not None and node_id not in opened:
            opened.add(node_id)
            above = charges.leads.get(node_id)
            if above is not None:
                opened.add(above.id)
            node_id = charges.settings.nodes[node_id].parent
    return [one for one in found if one.order.early or one.words[-1] != ":" or one.node.id not in opened]


def _default(nodes: Sequence[Node], found: list[_Found], settings: Settings, home: Home) -> _Default:
    """Who answers for tasks that name nobody: the body that the opening calls on, else the one the execution clause charges with them."""
    if settings.nature != "tasks":
        return _Default()
    for node in nodes:
        if node.kind == "preamble" and node.text.endswith(":"):
            for call in _CALL.finditer(node.text, max(0, len(node.text) - 600)):
                group = actors.group(node.text, call.end(), home)
                if group is not None:
                    return _Default(group.names, node.id)
    for one in found:
        if settings.of(one.node.id) == "execution" and _CARRIES_OUT.search(one.words):
            names = tuple(actor.name for actor in one.order.actors if actor.role in ("charged", "lead"))
            if names:
                return _Default(names, one.node.id)
    return _Default()


def _mandate(
    text: str,
    one: _Found,
    settings: Settings,
    charges: _Charges,
    default: _Default,
    cited: Sequence[Citation],
    written: str | None,
    field: str,
) -> Mandate:
    node, words, order = one
    start = after_label(text, node)
    while start < node.end and text[start].isspace():
        start += 1
    setting = settings.of(node.id)
    own = tuple(actor.name for actor in order.actors if actor.role != "support") if order.actors else ()
    charge = None if own else charges.of(node)
    above = charge.group.names if charge else ()
    answers = default if not (above or own or setting == "execution") else _Default(above, charge.node if charge and above else None)
    kind: MandateKind = "assignment" if own or above else "objective" if setting in ("objective", "target") else "task"
    return Mandate(
        node=node.id,
        start=start,
        end=node.end,
        text=words,
        kind=kind,
        actors=_placed(order.actors, Printed(text, start, node.end, words)) if order.actors else (),
        responsible=answers.names,
        responsible_from=answers.node,
        deadline=deadlines.find(words, written),
        actions=directives.acts(words, order.spans),
        implements=tuple(dict.fromkeys(citation.target for citation in cited if citation.target)) if cited else (),
        field=field,
    )


def _placed(actors: Sequence[Actor], place: Printed) -> tuple[Actor, ...]:
    """The actors with their places in the document's text."""
    return tuple(
        Actor(name=actor.name, role=actor.role, start=place.at(actor.start), end=place.at(actor.end, ends=True))
        if actor.start is not None and actor.end is not None
        else actor
        for actor in actors
    )


class _Fields:
    """The paths of headings above nodes: ``Lĩnh vực kinh tế › Phát triển thương mại, dịch vụ``."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._known: dict[str | None, str] = {None: ""}

    def of(self, node_id: str | None) -> str:
        """The path that ends in the node ``node_id`` itself."""
        if (known := self._known.get(node_id)) is not None:
            return known
        chain = []
        while node_id not in self._known:
            chain.append(self.settings.nodes[cast(str, node_id)])
            node_id = chain[-1].parent
        path = self._known[node_id]
        for node in reversed(chain):
            heading = self.settings.heading(node)
            if heading and (node.heading or heading[-1] != ":"):
                heading = heading.rstrip(" .:")
                path = f"{path} › {heading}" if path else heading
            self._known[node.id] = path
        return path

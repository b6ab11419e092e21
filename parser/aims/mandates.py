"""Who must do what: the nodes of a document that order, assign, or set an aim.

The unit is the smallest labelled node or paragraph. In a text of tasks (plan, directive, resolution on tasks) it is known by the verb its
sentences begin with or by the body it charges; in rules (decree, circular, attached regulation) only by a body that is charged, or by
standing in the execution clause or under a heading of tasks. A lead-in that only opens its items is none, unless they are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from ..model import Actor, Citation, Deadline, Instrument, Mandate, MandateKind, Node
from ..names import bodies
from ..names.bodies import Home
from . import clauses, deadlines, directives, task_tables
from .charges import Charge, Charges, called
from .directives import Order, Where
from .nature import DASHED, DASHES, Settings, after_label
from .printed import Printed
from .task_tables import Task

_KINDS = frozenset({"article", "clause", "point", "heading", "bullet", "paragraph", "closing"})
_BARE = re.compile(
    r"(?:Tổ chức thực hiện|Điều khoản thi hành|Triển khai thực hiện|Tổ chức thi hành|Trách nhiệm thi hành)(?: Nghị quyết)?[.:]?$",
    re.IGNORECASE,
)
_RULINGS = frozenset({"Án lệ", "Bản án"})
"""What tells of a trial: who asks whom for what there is told, not ordered."""
_CARRIES_OUT = re.compile(r"thực hiện|triển khai|thi hành")


class _Place(msgspec.Struct, frozen=True, gc=False):
    """Where a node stands: what decides about its words, whom the words above it charge, the headings above it."""

    where: Where
    charge: Charge | None
    field: str


class _Found(msgspec.Struct, frozen=True, gc=False):
    """A node that orders, and its words on one line."""

    node: Node
    words: str
    order: Order
    place: _Place


class _Default(NamedTuple):
    """Who answers for tasks that name nobody, and the node that says so."""

    names: tuple[str, ...] = ()
    node: str | None = None


_NOBODY = _Default()


def find(
    text: str, nodes: Sequence[Node], instrument: Instrument, citations: Sequence[Citation], settings: Settings | None = None
) -> tuple[Mandate, ...]:
    """The mandates of a document in reading order; each is one node, ``text`` its own words on one line after the label.

    A row of a table of tasks is one too, its ``text`` the cell that tells the task.
    Guaranteed: ``text[start:end]`` are those words as printed, inside the node's own span; no node has two mandates.
    """
    if instrument.type in _RULINGS:
        return ()
    settings = settings or Settings(nodes, instrument)
    home = bodies.home_of(instrument.issuer, instrument.place)
    places = _Places(Charges(nodes, settings, home, instrument.issuer), instrument.issuer)
    found = _ordering(nodes, places, home)
    if _is_form(text):
        found = [one for one in found if not _is_form(one.words)]
    found = _without_lead_ins(found, places.charges)
    cited: dict[str | None, list[Citation]] = {}
    for citation in citations:
        if citation.relation == "implements" and citation.target:
            cited.setdefault(citation.node, []).append(citation)
    default = _default(nodes, found, settings, home)
    # Each thing is looked for in all of them, one after another, which is faster than all things in each.
    limits = [deadlines.find(one.words, instrument.date) for one in found]
    acts = [clauses.acts(one.words) for one in found]
    mandates = [
        _mandate(text, one, default, cited.get(one.node.id, ()), limit, actions)
        for one, limit, actions in zip(found, limits, acts, strict=True)
    ]
    tasks = _tabled(text, nodes, settings, home, instrument.date) if settings.tabled else ()
    listed = [_listed(task, cited.get(task.cell.node.id, ()), places) for task in tasks]
    return tuple(sorted((*mandates, *listed), key=lambda mandate: mandate.start) if listed else mandates)


def _ordering(nodes: Sequence[Node], places: _Places, home: Home) -> list[_Found]:
    """The nodes whose own words order something."""
    kinds, order, leads = _KINDS, directives.order, places.charges.leads
    quoted, parents = places.settings.quoted_nodes(), places.settings.parents
    asked: list[tuple[Node, str, _Place]] = []
    brother: Node | None = None  # the last node without heading, children and lead-in; it and its brothers stand alike
    alike: _Place | None = None
    for node in nodes:
        kind, heading, words = node.kind, node.heading, node.text
        if kind not in kinds or not (words or heading) or (quoted and node.id in quoted):
            continue
        if heading:
            words = f"{heading} {words}"
        if "\n" in words:
            words = " ".join(words.split())
        words = words.strip()
        if words[:1] in DASHES:
            words = words.lstrip(DASHED)
            if not words:
                continue
        above = node.id in parents
        if above and (not node.text or (len(words) < 200 and words[-1] not in ".;:!?/…”") or (len(words) < 60 and _BARE.match(words))):
            continue  # a heading: "Điều 3. Tổ chức thực hiện."
        if above or heading or (leads and node.id in leads):
            place = places.of(node)
        elif alike is not None and brother is not None and brother.parent == node.parent and brother.kind == kind:
            place = alike
        else:
            brother, place = node, places.of(node)
            alike = place
        asked.append((node, words, place))
    ordered = [order(words, place.where, home) for _, words, place in asked]
    return [_Found(node, words, own, place) for (node, words, place), own in zip(asked, ordered, strict=True) if own is not None]


def _is_form(words: str) -> bool:
    """The words hold what is to be filled in, which orders nothing."""
    return "...." in words or ("_" in words and "____" in words) or ("…" in words and "……" in words)


def _tabled(text: str, nodes: Sequence[Node], settings: Settings, home: Home, written: str | None) -> Iterator[Task]:
    """The tasks of tables where tasks are set: not in rules, reports and quotations."""
    for task in task_tables.find(text, nodes, home, written):
        node = task.cell.node
        if settings.nature_at(node.id) != "rules" and settings.of(node.parent) != "past" and not settings.quoted(node):
            yield task


def _listed(task: Task, cited: Sequence[Citation], places: _Places) -> Mandate:
    cell = task.cell
    table = places.settings.nodes[cell.node.parent] if cell.node.role == "row" and cell.node.parent is not None else cell.node
    inside = (citation.target for citation in cited if cell.start <= citation.start < cell.end and citation.target)
    return Mandate(
        node=cell.node.id,
        start=cell.start,
        end=cell.end,
        text=cell.words,
        kind="assignment" if any(actor.role != "support" for actor in task.actors) else "task",
        actors=task.actors,
        deadline=task.deadline,
        actions=clauses.acts(cell.words),
        implements=tuple(dict.fromkeys(inside)),
        field=" › ".join(filter(None, (places.field(table.parent), task.group))),
    )


def _without_lead_ins(found: list[_Found], charges: Charges) -> list[_Found]:
    """A lead-in goes where its items are mandates themselves, unless a sentence before it orders something of its own."""
    if ":" not in [one.words[-1] for one in found]:
        return found
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
    return [one for one in found if one.words[-1] != ":" or one.node.id not in opened or clauses.goes_on(one.words, one.order.first)]


def _default(nodes: Sequence[Node], found: list[_Found], settings: Settings, home: Home) -> _Default:
    """Who answers for tasks that name nobody: the body that the opening calls on, else the one the execution clause charges with them."""
    if settings.nature != "tasks":
        return _NOBODY
    for node in nodes:
        if node.kind == "preamble" and node.text.endswith(":"):
            group = called(node.text, home, reach=600)
            if group is not None:
                return _Default(group.names, node.id)
    for one in found:
        if one.place.where.setting == "execution" and _CARRIES_OUT.search(one.words):
            names = tuple(actor.name for actor in one.order.actors if actor.role in ("charged", "lead"))
            if names:
                return _Default(names, one.node.id)
    return _NOBODY


def _mandate(
    text: str, one: _Found, default: _Default, cited: Sequence[Citation], limit: Deadline | None, actions: tuple[str, ...]
) -> Mandate:
    node, words, place, named = one.node, one.words, one.place, one.order.actors
    start, end = after_label(text, node), node.end
    if text.startswith(" ", start):
        start += 1
    while start < end and (text[start].isspace() or text[start] in DASHES):
        start += 1
    setting, charge = place.where.setting, place.charge
    kind: MandateKind = "assignment"
    answers = _NOBODY
    if not named or all(actor.role == "support" for actor in named):  # nobody is charged in its own words
        if charge is not None and charge.group.names:
            answers = _Default(charge.group.names, charge.node)
        else:
            kind = "objective" if setting == "objective" or setting == "target" else "task"
            if setting != "execution":
                answers = default
    return Mandate(
        node=node.id,
        start=start,
        end=end,
        text=words,
        kind=kind,
        actors=_placed(named, Printed(text, start, end, words)) if named else (),
        responsible=answers.names,
        responsible_from=answers.node,
        deadline=limit,
        actions=actions,
        implements=tuple(dict.fromkeys([citation.target for citation in cited if citation.target])) if cited else (),
        field=place.field,
    )


def _placed(actors: Sequence[Actor], place: Printed) -> tuple[Actor, ...]:
    """The actors with their places in the document's text."""
    return tuple(
        Actor(name=actor.name, role=actor.role, start=place.at(actor.start), end=place.at(actor.end, ends=True))
        if actor.start is not None and actor.end is not None
        else actor
        for actor in actors
    )


class _Places:
    """Where the nodes of a document stand; the paths of headings above them: ``Lĩnh vực kinh tế › Phát triển thương mại, dịch vụ``."""

    def __init__(self, charges: Charges, issuer: str | None) -> None:
        self.charges, self.settings, self.issuer = charges, charges.settings, issuer
        self._fields: dict[str | None, str] = {None: ""}

    def of(self, node: Node) -> _Place:
        """Where a node stands, for itself and for brothers of its kind that have no heading, no children and no lead-in."""
        setting = self.settings.of(node.id)
        charge = self.charges.of(node)
        under = ("public" if charge.group.public else "body") if charge else ""
        top = node.kind == "article" or (setting == "" and (node.kind == "clause" or self._in_article(node)))
        return _Place(Where(setting, self.settings.nature_at(node.id), under, self.issuer, top), charge, self.field(node.parent))

    def _in_article(self, node: Node) -> bool:
        """Whether a paragraph stands right below an article's heading."""
        return node.kind == "paragraph" and node.parent is not None and self.settings.nodes[node.parent].kind == "article"

    def field(self, node_id: str | None) -> str:
        """The path that ends in the node ``node_id`` itself."""
        chain = []
        while node_id not in self._fields:
            chain.append(self.settings.nodes[node_id])
            node_id = chain[-1].parent
        path = self._fields[node_id]
        for node in reversed(chain):
            heading = self.settings.headings.get(node.id)
            if heading and (node.heading or heading[-1] != ":"):
                heading = heading.rstrip(" .:")
                path = f"{path} › {heading}" if path else heading
            self._fields[node.id] = path
        return path

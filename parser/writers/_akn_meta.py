"""What ``meta`` says of a document: its identity in FRBR's terms, what it does to other instruments, who and what it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from .. import tables
from ..akoma import escaped, fingerprint, legal, slug
from ..model import Citation, Document, Instrument, Relation
from ._akn_records import said
from ._xml import Element, attributes_of

NO_DATE = "0001-01-01"
"""Stands where Akoma Ntoso demands a date and none is known, as others do (cobalt's NULL_DATE)."""
SOURCE = "#vanban"

MODIFICATIONS: dict[Relation, tuple[str, str]] = {
    "amends": ("textualMod", "substitution"), "supplements": ("textualMod", "insertion"), "replaces": ("textualMod", "replacement"),
    "repeals": ("textualMod", "repeal"), "corrects": ("textualMod", "substitution"), "suspends": ("efficacyMod", "inapplication"),
    "extends": ("forceMod", "prorogationOfForce"), "details": ("legalSystemMod", "implementation"),
    "consolidates": ("legalSystemMod", "coordination"),
}  # fmt: skip
"""The relations that change another instrument, and what Akoma Ntoso calls the change."""

RELATIONS: dict[Relation, str] = {
    "legal_basis": "căn cứ", "considers": "xét", "implements": "thực hiện", "amends": "sửa đổi", "supplements": "bổ sung",
    "replaces": "thay thế", "repeals": "bãi bỏ", "suspends": "đình chỉ", "details": "quy định chi tiết", "promulgates": "ban hành",
    "consolidates": "hợp nhất", "corrects": "đính chính", "extends": "gia hạn", "cites": "viện dẫn",
}  # fmt: skip

_WORK = re.compile(
    r"/akn/vn/(?P<form>[a-z]+)/(?P<type>[^/\d][^/]*)/(?P<issuer>[^/\d][^/]*)/(?P<date>_|\d{4}(?:-\d\d){0,2})/(?P<what>[^/]+)"
)
_FORMS = frozenset(("act", "bill", "doc", "statement"))
_DAY = re.compile(r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


def day(date: str | None) -> str:
    """A date as XML Schema wants it; what is not known of it is 01."""
    if not date:
        return NO_DATE
    whole = date + {4: "-01-01", 7: "-01"}.get(len(date), "")
    if _DAY.fullmatch(whole):
        year, month, number = map(int, whole.split("-"))
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        if number <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]:
            return whole
    return NO_DATE


@lru_cache(maxsize=4096)
def iri(identity: str) -> str:
    """An id as an IRI reference: letters stay, ``đ`` too; what no IRI may hold is percent-encoded."""
    made = "".join(c if c.isalnum() or c in "/-_.~!@" else quote(c, safe="", errors="replace") for c in legal(identity))
    return "/%2F" + made[2:] if made.startswith("//") else made


def form_of(instrument: Instrument) -> str:
    """The kind of document: ``act`` or ``doc``, as its id says; else as the lexicon says of its type; else ``doc``."""
    match = _WORK.fullmatch(instrument.id or "")
    if match and match["form"] in _FORMS:
        return match["form"]
    return next((row["iri"] for row in tables.rows("types") if row["name"] == instrument.type), "doc")


def work_of(document: Document) -> str:
    """The IRI of the work: the instrument's id; a year of 0001 where its date is not known; without an id one of the file's name."""
    match = _WORK.fullmatch(document.instrument.id or "")
    if match and match["form"] in _FORMS:
        parts = match.groupdict()
        parts["date"] = NO_DATE if match["date"] == "_" else match["date"]
    else:
        instrument = document.instrument
        parts = {"form": form_of(instrument), "type": "_" + slug(instrument.type or ""), "issuer": "_", "date": NO_DATE}
        parts["what"] = slug(instrument.number or document.source.name) or "_"
    return iri("/akn/vn/" + "/".join(parts.values()))


_PROVISION = re.compile(r"(?:(?P<word>[^\W\d]+(?: [^\W\d]+)*) )?(?P<number>\S+)")
_LEVELS = {
    "điều": "art", "khoản": "cl", "điểm": "point", "chương": "chp", "mục": "sec", "phần": "part", "tiểu mục": "subsec", "phụ lục": "att",
}  # fmt: skip


def portions(provision: str) -> list[str]:
    """What of an instrument is meant, as portions of its IRI: ``Điều 28/2/a`` → ``art_28__cl_2__point_a``; what is not known is left."""
    found = []
    for one in filter(None, provision.split("; ")):
        steps = []
        for k, step in enumerate(one.split("/")):
            match = _PROVISION.fullmatch(step.strip())
            if match is None:
                break
            if match["word"]:
                level = _LEVELS.get(match["word"].lower())
            elif k == 0:
                level = None
            else:
                level = "cl" if step[:1].isdigit() else "point"
            if level is None:
                break
            steps.append(f"{level}_{match['number']}")
        else:
            found.append("__".join(steps))
    return found


def target_of(citation: Citation) -> str | None:
    """Where a citation leads: the IRI of the instrument meant, with the provision; ``None`` where it is not told."""
    if citation.target is None:
        return None
    whole = iri(citation.target)
    meant = portions(citation.provision)
    return f"{whole}/~{iri(meant[0])}" if len(meant) == 1 else whole


class References:
    """The bodies, persons, places, events and concepts spoken of, each once, with the id by which the text refers to it."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()
        self.rows: list[tuple[str, str, str, str]] = []
        self.add("TLCOrganization", "vanban", "vanban", eid="vanban")

    def add(self, kind: str, what: str, shown: str, *, eid: str = "", href: str = "") -> str:
        """The id (``#…``) of a thing; ``what`` names it among its kind."""
        key = (kind, what)
        if key not in self._ids:
            short = kind.removeprefix("TLC").lower()
            name = slug(what) or "x"
            made = eid or f"{short}-{name}"[:120]
            count = 1
            while made in self._taken:
                count += 1
                made = f"{short}-{name}"[:120] + f"-{count}"
            self._taken.add(made)
            self._ids[key] = made
            self.rows.append((kind, made, href or f"/akn/ontology/{short}/vn/{name}", legal(shown)))
        return "#" + self._ids[key]

    def write(self, meta: Element, instruments: dict[str, str], own: str) -> None:
        """``references``: the document's own work, each instrument cited, and the things."""
        made = meta.add("references", {"source": SOURCE})
        made.add("original", {"eId": "original", "href": own, "showAs": "văn bản này"})
        for k, (href, shown) in enumerate(instruments.items(), 1):
            made.add("activeRef", {"eId": f"activeRef-{k}", "href": href, "showAs": legal(shown)})
        for kind, eid, href, shown in self.rows:
            made.add(kind, {"eId": eid, "href": href, "showAs": shown})


def identification(meta: Element, document: Document, author: str, component: str = "main") -> None:
    """Work, expression and manifestation of a document or (``component``) of one attached to it."""

    def frbr(name: str, *rows: tuple[str, dict[str, str]]) -> Element:
        made = whole.add(name)
        for tag, attributes in rows:
            made.add(tag, attributes)
        return made

    whole = meta.add("identification", {"source": SOURCE})
    instrument, work = document.instrument, work_of(document)
    date = day(instrument.date)
    expression = f"{work}/vie@" + (date if date != NO_DATE else "")
    named = (("title", instrument.title), ("id", instrument.id))
    aliases = [("FRBRalias", {"name": name, "value": legal(value)}) for name, value in named if value]
    further = [("FRBRsubtype", {"value": work.split("/")[4]})]
    if instrument.number:
        further.append(("FRBRnumber", {"value": legal(instrument.number)}))
    if instrument.type:
        further.append(("FRBRname", {"value": legal(instrument.type)}))
    frbr(
        "FRBRWork", ("FRBRthis", {"value": f"{work}/!{component}"}), ("FRBRuri", {"value": work}),
        *(aliases if component == "main" else ()),
        ("FRBRdate", {"date": date, "name": "Generation"}), ("FRBRauthor", {"href": author, "as": "#role-author"}),
        ("FRBRcountry", {"value": "vn"}), *further,
    )  # fmt: skip
    frbr(
        "FRBRExpression", ("FRBRthis", {"value": f"{expression}/!{component}"}), ("FRBRuri", {"value": expression}),
        ("FRBRdate", {"date": date, "name": "Generation"}), ("FRBRauthor", {"href": author}), ("FRBRlanguage", {"language": "vie"}),
    )  # fmt: skip
    frbr(
        "FRBRManifestation", ("FRBRthis", {"value": f"{expression}/!{component}.xml"}), ("FRBRuri", {"value": f"{expression}.xml"}),
        ("FRBRdate", {"date": NO_DATE, "name": "Generation"}), ("FRBRauthor", {"href": SOURCE}),
        ("FRBRformat", {"value": "application/akn+xml"}),
    )  # fmt: skip


def lifecycle(meta: Element, instrument: Instrument, references: References) -> None:
    """When it was made, and when it takes effect, as far as the days are known."""
    events = (("generation", instrument.date, "ban hành"), ("entry-into-force", instrument.effective, "có hiệu lực"))
    known = [(name, date, shown) for name, date, shown in events if date and len(date) == 10 and day(date) != NO_DATE]
    if known:
        made = meta.add("lifecycle", {"source": SOURCE})
        for name, date, shown in known:
            attributes = {
                "eId": f"lifecycle-{name}",
                "date": date,
                "source": "#original",
                "refersTo": references.add("TLCEvent", name, shown),
            }
            if name == "generation":
                attributes["type"] = name
            made.add("eventRef", attributes)


def analysis(meta: Element, document: Document, places: dict[int, str], quoted: dict[str, list[str]]) -> None:
    """What the document changes in others, and the candidates of each citation that may mean several; ``places``: the ids of the refs.

    ``quoted`` are the ids of the quoted structures below a node: what an amendment said there puts in.
    """
    changing = [
        (k, citation) for k, citation in enumerate(document.citations)
        if citation.scope == "external" and citation.target is not None and citation.relation in MODIFICATIONS and k in places
    ]  # fmt: skip
    open_ = [(k, c) for k, c in enumerate(document.citations) if c.state == "ambiguous" and c.candidates and k in places]
    if not changing and not open_:
        return
    made = meta.add("analysis", {"source": SOURCE})
    if changing:
        active = made.add("activeModifications")
        for number, (k, citation) in enumerate(changing, 1):
            assert citation.relation is not None and citation.target is not None
            kind, sort = MODIFICATIONS[citation.relation]
            attributes = {"type": sort, "eId": f"mod-{number}", "refersTo": f"#{concept(citation.relation)}"}
            change = active.add(kind, attributes)
            change.add("source", {"href": "#" + places[k], "eId": f"mod-{number}-source"})
            whole = iri(citation.target)
            meant = portions(citation.provision)
            for place, href in enumerate([f"{whole}/~{iri(one)}" for one in meant] or [whole], 1):
                change.add("destination", {"href": href, "eId": f"mod-{number}-destination-{place}"})
            if kind == "textualMod" and sort != "repeal" and citation.node is not None:
                for place, new in enumerate(quoted.get(citation.node, ()), 1):
                    change.add("new", {"href": "#" + new, "eId": f"mod-{number}-new-{place}"})
    if open_:
        other = made.add("otherReferences", {"source": SOURCE})
        for k, citation in open_:
            for place, candidate in enumerate(citation.candidates, 1):
                attributes = {"for": "#" + places[k], "href": iri(candidate), "eId": f"alternative-{k + 1}-{place}"}
                other.add("alternativeReference", attributes)


def concept(relation: str) -> str:
    """The id of a relation among the references."""
    return "concept-" + relation.replace("_", "-")


def records(meta: Element, document: Document, held: Iterable[tuple[int, int]], even: bool) -> None:
    """``proprietary``: all that the elements do not say. ``held`` are the stretches of the text that stand in elements, in order."""
    text, indent = document.text, "\n   "
    out = [f'{indent}<proprietary source="{SOURCE}">', ""]
    attributes = said(out, document, text, indent + "  ", even, frozenset(("text", "nodes")))
    attributes += attributes_of({"format": document.format, "characters": str(len(text)), "sha256": fingerprint(text)})
    out[1] = f"{indent} <v:document{attributes}>"
    gaps: dict[str, list[str]] = {}
    at = 0
    for start, end in held:
        if start > at:
            gaps.setdefault(text[at:start], []).append(str(at))
        if end > at:
            at = end
    if at < len(text):
        gaps.setdefault(text[at:], []).append(str(at))
    out.append(f"{indent}  <v:between>" if gaps else f"{indent}  <v:between/>")
    for words, places in gaps.items():
        out.append(f"{indent}   <v:gap{attributes_of({'text': escaped(words, blanks=True), 'at': ' '.join(places)})}/>")
    if gaps:
        out.append(f"{indent}  </v:between>")
    out += f"{indent} </v:document>", f"{indent}</proprietary>"
    meta.add("proprietary").written = out

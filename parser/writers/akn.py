"""Akoma Ntoso 3.0: a Document as XML that the strict OASIS schema takes, and that ``vanban parse`` reads back to an equal Document.

How the levels of Vietnamese documents are mapped, and what stands in the namespace of our own, is told in ``docs/akn.md``.
Writing it needs no library; reading it back does (lxml).
"""

from __future__ import annotations

import re

from ..akoma import AKN, OWN, legal, slug
from ..model import Document
from ._akn_body import Body, Mark
from ._akn_ids import Ids
from ._akn_meta import (
    NO_DATE,
    RELATIONS,
    References,
    analysis,
    concept,
    day,
    form_of,
    identification,
    iri,
    lifecycle,
    records,
    target_of,
    work_of,
)  # fmt: skip
from ._branches import cut, grow
from ._xml import Element, attributes_of, write

_HEADER = {"number": "docNumber", "type": "docType", "title": "docTitle", "issuer": "docAuthority", "session": "session"}


def akn(document: Document) -> str:
    """The document as Akoma Ntoso, ending in a newline; the same document always gives the same text."""
    tops = grow(document.nodes, document.text)
    components = cut(tops)
    references = References()
    references.add("TLCRole", "author", "cơ quan ban hành")
    instrument = document.instrument
    issuers = instrument.issuers or ((instrument.issuer,) if instrument.issuer else ())
    author = [references.add("TLCOrganization", issuer, issuer) for issuer in issuers]
    body = Body(document, [*_header(document, references), *_cited(document, references), *_named(document, references)], tops)

    root = Element("akomaNtoso", attributes_of({"xmlns": AKN, "xmlns:v": OWN}))
    form = form_of(instrument)
    main = root.add(form, {"name": slug(instrument.type or "") or form})
    meta = main.add("meta")
    body.fill(main, components[0], "body" if form in ("act", "bill") else "mainBody")
    metas = [meta]
    if len(components) > 1:
        attachments = main.add("attachments")
        for component in components[1:]:
            attachment = attachments.add("attachment")
            if component.opening is not None:
                body.opened(attachment, component.opening)
            inner = attachment.add("doc", {"name": "attachment"})
            metas.append(inner.add("meta"))
            body.fill(inner, component, "mainBody")
    Ids().give(root, "")
    places = _link(document, body)

    identification(meta, document, author[0] if author else "#vanban")
    lifecycle(meta, instrument, references)
    quoted: dict[str, list[str]] = {}
    for node in document.nodes:
        if node.kind == "quotation" and node.parent is not None and (held := body.elements[node.id].eid):
            quoted.setdefault(node.parent, []).append(held)
    analysis(meta, document, places, quoted)
    instruments: dict[str, str] = {}
    for citation in document.citations:
        if citation.scope == "external" and citation.target is not None:
            name = f"{citation.type or ''} {citation.number}".strip() if citation.number else citation.name or citation.text
            instruments.setdefault(iri(citation.target), name)
    references.write(meta, instruments, work_of(document))
    records(meta, document, ((piece.start, piece.end) for piece in body.pieces), body.even)
    for k, inner in enumerate(metas[1:], 1):
        identification(inner, document, author[0] if author else "#vanban", f"att_{k}")
    return write(root)


def _header(document: Document, references: References) -> list[Mark]:
    """What the header says, each where it says it, and who signs."""
    text, instrument = document.text, document.instrument
    found = []
    for node in document.nodes:
        start, end = node.start, node.end
        words = text[start:end]
        if node.kind == "preamble" and node.parent is None:
            if node.role == "place_date":
                if instrument.place and (at := words.find(instrument.place)) >= 0:
                    place = references.add("TLCLocation", instrument.place, instrument.place)
                    found.append(Mark(start + at, start + at + len(instrument.place), "location", {"refersTo": place}))
                dated = re.search(r"ngày\b.*", words, re.IGNORECASE | re.DOTALL)
                if dated and instrument.date and len(instrument.date) == 10 and day(instrument.date) != NO_DATE:
                    found.append(Mark(start + dated.start(), end, "docDate", {"date": instrument.date}))
            elif node.role in _HEADER:
                inside = {"number": instrument.number, "type": instrument.type, "session": instrument.session}.get(node.role) or words
                at = words.casefold().find(inside.casefold()) if len(words.casefold()) == len(words) else -1
                first, last = (start + at, start + at + len(inside)) if at >= 0 else (start, end)
                found.append(Mark(first, min(last, end), _HEADER[node.role], {}))
        elif node.kind == "signature":
            for signer in instrument.signers:
                if signer.name and (at := words.find(signer.name)) >= 0:
                    person = {"refersTo": references.add("TLCPerson", signer.name, signer.name)}
                    if signer.role:
                        person["as"] = references.add("TLCRole", signer.role, signer.role)
                    found.append(Mark(start + at, start + at + len(signer.name), "signature", {}))
                    found.append(Mark(start + at, start + at + len(signer.name), "person", person))
    return found


def _cited(document: Document, references: References) -> list[Mark]:
    """A ``ref`` for each citation; its class says where it does not surely lead to one: ``ambiguous``, ``partial``, ``unknown``."""
    own = work_of(document)
    found = []
    for k, citation in enumerate(document.citations):
        attributes = {"href": "#unknown"}
        if citation.target_node is not None:
            del attributes["href"]  # it leads to an element that is not made yet: _link
        elif citation.scope != "external":
            attributes["href"] = own
        elif (target := target_of(citation)) is not None:
            attributes["href"] = target
        elif citation.state == "ambiguous":
            attributes["href"] = "#ambiguous"
        if citation.state not in (None, "resolved"):
            attributes["class"] = str(citation.state)
        if citation.relation is not None:
            attributes["refersTo"] = references.add(
                "TLCConcept", citation.relation, RELATIONS[citation.relation], eid=concept(citation.relation)
            )  # fmt: skip
        found.append(Mark(citation.start, citation.end, "ref", attributes, k))
    return found


def _named(document: Document, references: References) -> list[Mark]:
    """Figures to be reached, organisations, places and programmes where the text names them."""
    found: dict[tuple[int, int, str, str], Mark] = {}

    def add(start: int | None, end: int | None, element: str, refers: str, **more: str) -> None:
        if start is not None and end is not None:
            found.setdefault((start, end, element, refers), Mark(start, end, element, {"refersTo": refers, **more}))

    for target in document.targets:
        most = f"-{target.value_max}" if target.value_max is not None else ""
        figure = legal(f"{target.comparator} {target.value}{most} {target.unit}".strip())
        add(target.start, target.end, "quantity", references.add("TLCConcept", "target", "chỉ tiêu"), normalized=figure)
    for mention in document.organisations:
        add(mention.start, mention.end, "organization", references.add("TLCOrganization", mention.name, mention.name))
    for mandate in document.mandates:
        for actor in mandate.actors:
            add(actor.start, actor.end, "organization", references.add("TLCOrganization", actor.name, actor.name))
    for mention in document.places:
        add(mention.start, mention.end, "location", references.add("TLCLocation", mention.name, mention.name))
    for programme in document.programmes:
        add(programme.start, programme.end, "entity", references.add("TLCConcept", programme.name, programme.name), name="programme")
    return list(found.values())


def _link(document: Document, body: Body) -> dict[int, str]:
    """Lead each reference to a provision of the document itself to the element of its node; the ids of the refs by citation."""
    places = {}
    for k, citation in enumerate(document.citations):
        refs = body.marked.get(k)
        if not refs:
            continue
        places[k] = refs[0].eid
        if citation.target_node is not None:
            element = body.elements.get(citation.target_node)
            href = attributes_of({"href": f"#{element.eid}" if element is not None else work_of(document)})
            for ref in refs:
                ref.attributes = href + ref.attributes
    return places

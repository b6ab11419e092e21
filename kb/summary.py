"""An instrument as a whole: all that is known of it, and a document at a glance with questions to go on with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from vanban.parser.model import Document as Parsed
from vanban.parser.model import Node

from . import questions, review, standing
from .records import (
    Ambiguous,
    CitedRecord,
    Counts,
    Example,
    InstrumentRecord,
    NotFound,
    NotHeld,
    OutlineRecord,
    Show,
    Summary,
    VersionRecord,
    called,
)
from .resolution import by_id, held, resolve
from .rows import printed_label
from .schema import Citation, Document, Finding, Mandate, MandateInstrument, Review, SourceFile, Target
from .schema import Instrument as Row
from .schema import Node as NodeRow
from .words import name_key, number_key

OUTLINE_LINES = 30
_MOST_CITED = 5
_LOOKED_AT = 20
"""So many mandates and targets are looked at for an example."""
_FIRST_WORDS = 90
_SHARED = 20
_OUTSIDE = frozenset(("preamble", "recital", "closing", "recipients", "signature"))
_DETAIL = frozenset(("clause", "point", "bullet", "paragraph", "quotation", "table", "note"))


def document(session: Session, query: str, date: str | None = None) -> Parsed | Ambiguous | NotFound | NotHeld:
    """The Document that is held of an instrument, whole, as it stands: with what people corrected."""
    found = held(session, query, date)
    return _parsed(session, found) if isinstance(found, Document) else found


def show(session: Session, query: str, date: str | None = None, *, every: bool = False) -> Show | Ambiguous | NotFound:
    """All that is known of one instrument, held or only cited; its findings without those that were dismissed, unless ``every`` one is
    wanted."""
    document = held(session, query, date)
    if isinstance(document, NotHeld):
        return Show(instrument=document.instrument, cited=_cited(session, document.instrument))
    if not isinstance(document, Document):
        return document
    parsed = _parsed(session, document)
    itself, dismissed = parsed.instrument, _dismissed(session, document.id)
    instrument = by_id(session, [document.instrument_id]).get(document.instrument_id) if document.instrument_id else None
    return Show(
        instrument=instrument,
        cited=_cited(session, instrument) if instrument else None,
        document=questions.record(session, document),
        place=itself.place,
        effective=itself.effective,
        adopted=itself.adopted,
        session=itself.session,
        signers=itself.signers,
        counts=counts(session, document.id),
        outline=tuple(outline(parsed.nodes)),
        findings=tuple(one for i, one in enumerate(parsed.findings) if every or i not in dismissed),
        dismissed=tuple(one for i, one in enumerate(parsed.findings) if i in dismissed),
        versions=_versions(session, document),
    )


def summary(session: Session, query: str, date: str | None = None) -> Summary | Ambiguous | NotFound | NotHeld:
    """A document at a glance."""
    document = held(session, query, date)
    if not isinstance(document, Document):
        return document
    of_it = Citation.document_id == document.id, Citation.scope == "external", Citation.target_key.is_not(None)
    said = select(Citation.relation, Citation.target_id).where(*of_it).order_by(Citation.position)
    cited = [(relation, identity) for relation, identity in session.execute(said) if identity]
    found = by_id(session, (identity for _, identity in cited))
    known = {identity: found[identity] for _, identity in cited}
    lines = list(outline(_parsed(session, document).nodes))
    return Summary(
        document=questions.record(session, document),
        counts=counts(session, document.id),
        outline=tuple(brief(lines)),
        outline_total=len(lines),
        legal_basis=tuple(questions.citations(session, [Citation.document_id == document.id, Citation.relation == "legal_basis"])),
        implements=tuple(known[one] for one in dict.fromkeys(identity for relation, identity in cited if relation == "implements")),
        most_cited=questions.leading(session, _MOST_CITED),
        examples=tuple(_examples(session, document, known)),
    )


def counts(session: Session, document: int) -> Counts:
    """How much there is in a document."""

    def number(table: type[NodeRow] | type[Mandate] | type[Target] | type[Finding]) -> Any:
        return select(func.count()).select_from(table).where(table.document_id == document).scalar_subquery()

    others = Citation.document_id == document, Citation.scope == "external"
    cited = [select(what).where(*others).scalar_subquery() for what in (func.count(), func.count(Citation.target_key.distinct()))]
    counted: Any = select(number(NodeRow), *cited, number(Mandate), number(Target), number(Finding))
    nodes, citations, instruments, mandates, targets, findings = session.execute(counted).one()
    return Counts(
        nodes=nodes,
        citations=citations,
        instruments=instruments,
        mandates=mandates,
        targets=targets,
        findings=findings - len(_dismissed(session, document)) if findings else 0,
    )


def outline(nodes: Iterable[Node]) -> Iterable[OutlineRecord]:
    """The structure without header, recitals and signature; a node without a heading shows its first words."""
    depths: dict[str, int] = {}
    for node in nodes:
        if node.kind in _OUTSIDE:
            continue
        depth = depths.get(node.parent or "", -1) + 1
        depths[node.id] = depth
        heading = _first_words(node.heading or node.text)
        yield OutlineRecord(node=node.id, depth=depth, kind=node.kind, label=printed_label(node), heading=heading)


def brief(lines: Sequence[OutlineRecord]) -> Sequence[OutlineRecord]:
    """As many of the upper levels as fit on a page: headings before what stands under them; never less than the first level."""
    best: Sequence[OutlineRecord] = [line for line in lines if line.depth == 0][:OUTLINE_LINES]
    for deepest in range(1, 1 + max((line.depth for line in lines), default=0)):
        upper = [line for line in lines if line.depth <= deepest and (line.depth == 0 or line.kind not in _DETAIL)]
        if len(upper) > OUTLINE_LINES:
            break
        best = upper
    return best


def _first_words(text: str) -> str:
    if len(text) <= _FIRST_WORDS:
        return text
    return text[:_FIRST_WORDS].rsplit(maxsplit=1)[0] + " …"


def _dismissed(session: Session, document: int) -> frozenset[int]:
    """The places of findings that somebody dismissed."""
    of_it = Finding.document_id == document, Review.action == "dismiss", *review.decided(Finding, "finding")
    return frozenset(session.scalars(select(Finding.position).where(exists().where(*of_it[1:]), of_it[0])))


def _parsed(session: Session, document: Document) -> Parsed:
    return next(standing.documents(session, [document.id]))


def _cited(session: Session, instrument: InstrumentRecord) -> CitedRecord:
    citations, documents = session.execute(select(Row.citations, Row.documents).where(Row.id == instrument.id)).one()
    return CitedRecord(instrument=instrument, citations=citations, documents=documents)


def _versions(session: Session, document: Document) -> tuple[VersionRecord, ...]:
    """Every parse of this instrument or of this part of the file, the current one first; parts that a later parse did not find are told
    with every document of the file."""
    same = [Document.source_id == document.source_id]
    if document.identified:
        same.append(Document.instrument_id == document.instrument_id)
    rows = session.execute(
        select(Document, SourceFile)
        .join(SourceFile, SourceFile.id == Document.source_id)
        .where(or_(*same))
        .order_by((Document.id == document.id).desc(), Document.current.desc(), Document.id.desc())
    ).all()
    last = max(one.part for one, _ in rows if one.source_id == document.source_id and one.current)

    def version_of_it(one: Document) -> bool:
        if document.identified and one.identified and one.instrument_id == document.instrument_id:
            return True
        here = one.part == document.part and one.instrument_id in (None, document.instrument_id)
        return one.source_id == document.source_id and (here or (one.part > last and one.instrument_id is None))

    return tuple(
        VersionRecord(source=s.name, part=d.part, sha256=s.sha256, parser=d.parser, current=d.current) for d, s in rows if version_of_it(d)
    )


def _examples(session: Session, document: Document, known: Mapping[str, InstrumentRecord]) -> Iterable[Example]:
    """Questions whose answers are in this document: who cites what it cites (``known``, by their ids), which tasks carry out what, what
    figure is to be reached."""
    shared = Counter(one.number for one in known.values() if one.number)
    # A number that several instruments share shows best that it takes a date to choose.
    asked = min(known.values(), key=lambda one: (-shared[one.number or ""], one.date or "9999"), default=None)
    if asked:
        yield Example(question=f"Văn bản nào viện dẫn {called(asked)}?", command=("cited-by", *_naming(session, asked)))
    first = select(Mandate.position).where(Mandate.document_id == document.id).order_by(Mandate.position).limit(_LOOKED_AT)
    of_first = MandateInstrument.document_id == document.id, MandateInstrument.mandate.in_(first)
    order = MandateInstrument.mandate, MandateInstrument.position
    carried = session.scalars(select(MandateInstrument.instrument_id).where(*of_first).order_by(*order)).all()
    found = {**known, **by_id(session, (one for one in carried if one not in known))}
    single = next((found[one] for one in carried if shared[found[one].number or ""] == 1), None)
    if single:
        command = ("mandates", "--implements", *_naming(session, single))
        yield Example(question=f"Nhiệm vụ nào thực hiện {called(single)}?", command=command)
    figures = select(Target.name).where(Target.document_id == document.id).order_by(Target.position).limit(_LOOKED_AT)
    if (plain := min(session.scalars(figures), key=len, default=None)) is not None:
        yield Example(question=f"Chỉ tiêu “{plain}” là bao nhiêu?", command=("targets", name_key(plain)))


def _naming(session: Session, instrument: InstrumentRecord) -> tuple[str, ...]:
    """The shortest words of a command that mean this instrument and no other."""
    shared = select(func.count()).select_from(Row).where(Row.number_key == number_key(instrument.number or ""))
    alone = None if (session.scalar(shared) or 0) > _SHARED else instrument.number  # a number of so many means no single one
    for words, date in ((alone, None), (instrument.name, None), (instrument.number, instrument.date)):
        if words and resolve(session, words, date) == instrument:
            return (words, "--date", date) if date else (words,)
    return (instrument.id,)

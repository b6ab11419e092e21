"""Review: what is to be looked at, and what people decided of it, by whom and why.

What is guaranteed: a decision stays with its place through every later parse, or is said to be applicable no more; what was corrected is
what every question answers, and can be taken back; every step is in the audit trail. The JSON of a document stays what the parser said.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update
from sqlalchemy.orm import Session

from vanban.parser.model import Document as Parsed

from . import derived, growth, review_places, rows, words, writing
from .records import KnowledgeBaseError, ReviewRecord
from .resolution import document_record
from .review_places import Decision, Outcome, Place
from .schema import Citation, Document, Finding, Mandate, MandateActor, Node, Review, SourceFile, Target, place_key, unpack

_ANSWERING = ("standing", "not_applicable")
TABLES: dict[str, Any] = {"finding": Finding, "citation": Citation, "node": Node, "actor": Mandate, "target": Target}
"""Where the parts are that decisions are about."""


def decide(session: Session, key: str, action: str, who: str, why: str, *, field: str = "", value: Any = None, before: Any = None) -> int:
    """Take down a decision on the place of that key, and do what it says. The number of the decision."""
    who, why = by_whom(who), why.strip()
    connection = session.connection()
    document, subject, position = parse_key(session, key)
    parsed = corrected(connection, document.id)
    at = review_places.place(parsed, subject, position, field)
    facts = {
        "document_id": document.id,
        "made_on_id": document.id,
        **at._asdict(),
        "action": action,
        "before": None if value is None else json.dumps(before, ensure_ascii=False),
        "after": None if value is None else json.dumps(value, ensure_ascii=False),
        "who": who,
        "why": why,
        "at": datetime.now(UTC),
        "state": "standing",
        "problem": None,
    }
    done = connection.execute(insert(Review), facts)
    assert done.inserted_primary_key is not None
    review = int(done.inserted_primary_key[0])
    if value is not None:
        _write(connection, document.id, subject, position, field, before, value, who, review)
    note(connection, who, "reviewed", document.id, {"review": review, "action": action, "subject": subject, "place": key, "why": why})
    return review


def by_whom(who: str) -> str:
    """Somebody answers for every decision."""
    if not who.strip():
        raise KnowledgeBaseError("review", "chưa nêu ai quyết định / nobody is named who decides", "Nêu bằng --who / name them with --who")
    return who.strip()


def undo(session: Session, review: int, who: str, why: str) -> None:
    """Take a decision back: what it corrected is as before, and what it settled is to be looked at again."""
    connection = session.connection()
    row = connection.execute(select(Review).where(Review.id == review)).first()
    if row is None or row.state == "undone":
        problem = "không có quyết định này, hoặc đã rút / there is no such decision, or it was taken back"
        raise KnowledgeBaseError(f"review {review}", problem, "Xem / see: vanban review log")
    connection.execute(update(Review).where(Review.id == review).values(state="undone", problem=None))
    if row.after is not None and row.state == "standing":
        _restore(connection, row, who)
    note(connection, who, "review undone", row.document_id, {"review": review, "why": why})


def carried(connection: Connection, formers: Sequence[int], document: int, parsed: Parsed) -> Parsed | None:
    """Decisions on former versions of a document stand on this one from now on, as far as their places are there. What was corrected in
    it, or ``None`` where nothing was."""
    found = _decisions(connection, Review.document_id.in_(formers), Review.state.in_(_ANSWERING))
    if not found:
        return None
    changed, outcomes = review_places.apply(parsed, found)
    for one in outcomes:
        _stands(connection, document, one)
    return changed


def corrected(connection: Connection, document: int, parsed: Parsed | None = None) -> Parsed:
    """A document as it stands: what the parser said, with what people corrected."""
    if parsed is None:
        kept = connection.scalar(select(Document.json).where(Document.id == document))
        assert kept is not None
        parsed = Parsed.from_json(kept if isinstance(kept, str) else unpack(kept))
    found = _decisions(connection, Review.document_id == document, Review.state == "standing", Review.after.is_not(None))
    return review_places.apply(parsed, found)[0]


def parse_key(session: Session, key: str) -> tuple[Document, str, int]:
    """What a key (``12:c7``) names: a current document, the kind of part, its position."""
    number, _, rest = words.clean(key).strip().partition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 10 and rest[:1] in review_places.LETTERS):
        raise nothing(key)
    if not (rest[1:].isascii() and rest[1:].isdigit() and len(rest) < 10):
        raise nothing(key)
    document = session.get(Document, int(number))
    if document is None or not document.current:
        raise nothing(key)
    subject, position = review_places.LETTERS[rest[0]], int(rest[1:])
    table = TABLES[subject]
    if session.scalar(select(table.position).where(table.document_id == document.id, table.position == position)) is None:
        raise nothing(key)
    return document, subject, position


def decided(table: Any, subject: str) -> list[ColumnElement[bool]]:
    """A decision stands on the row of ``table``."""
    same = [Review.document_id == table.document_id, Review.subject == subject, Review.state == "standing"]
    same += [Review.start == table.start, Review.end == table.end]
    return [*same, Review.anchor.startswith(table.code + ": ")] if subject == "finding" else same


def nothing(key: str) -> KnowledgeBaseError:
    """There is no place of that key."""
    problem = "không có chỗ này trong bản hiện hành / there is no such place in a current document"
    return KnowledgeBaseError(key or '""', problem, "Lấy mã ở cột đầu / take a key from the first column: vanban review list")


def note(connection: Connection, who: str, verb: str, document: int | None, detail: dict[str, Any]) -> None:
    """One more line of the audit trail."""
    told = json.dumps(detail, ensure_ascii=False)
    row = (writing.now(connection), who, verb, document, told)
    writing.put(connection, "audit", ("at", "who", "verb", "document_id", "detail"), [row])


def record(session: Session, review: int) -> ReviewRecord:
    """A decision as it is answered."""
    one = session.get_one(Review, review)
    document = session.get_one(Document, one.document_id)
    source = session.get_one(SourceFile, document.source_id)
    return told(one, document, source)


def told(one: Review, document: Document, source: SourceFile) -> ReviewRecord:
    """The same of rows that are at hand."""
    return ReviewRecord(
        id=one.id,
        document=document_record(document, source),
        subject=one.subject,  # type: ignore[arg-type]  # the table holds no others
        action=one.action,  # type: ignore[arg-type]
        field=one.field,
        node=one.node,
        text=one.anchor,
        before=one.before,
        after=one.after,
        who=one.who,
        why=one.why,
        at=one.at.isoformat(timespec="seconds"),
        state=one.state,  # type: ignore[arg-type]
        problem=one.problem,
    )


# --- within ------------------------------------------------------------------------------------------------------------------


def _decisions(connection: Connection, *where: Any) -> list[Decision]:
    columns = Review.subject, Review.field, Review.node, Review.anchor, Review.occurrence, Review.start, Review.end
    found = connection.execute(select(Review.id, Review.before, Review.after, *columns).where(*where).order_by(Review.id))
    return [Decision(row[0], Place._make(row[3:]), row[1], row[2]) for row in found]


def _stands(connection: Connection, document: int, one: Outcome) -> None:
    facts: dict[str, Any] = {"document_id": document, "state": "not_applicable", "problem": one.problem}
    if one.place is not None:
        at = one.place
        facts |= {"state": "standing", "node": at.node, "occurrence": at.occurrence, "start": at.start, "end": at.end}
    connection.execute(update(Review).where(Review.id == one.id).values(**facts))
    if one.problem:
        note(connection, growth.PROGRAM, "review not applicable", document, {"review": one.id, "problem": one.problem})


def _write(
    connection: Connection, document: int, subject: str, position: int, field: str, before: Any, value: Any, who: str, review: int | None
) -> None:
    """What was corrected, in the rows that questions are answered from."""
    parsed = corrected(connection, document)
    if subject == "citation":
        growth.retarget(connection, document, position, value["target"], value["state"], "review" if review else "undo", who, review)
    elif subject == "node":
        _relabel(connection, document, parsed)
    elif subject == "actor":
        of_it = MandateActor.document_id == document, MandateActor.mandate == position, ~MandateActor.inherited
        for i, actor in enumerate(parsed.mandates[position].actors):
            named = {"name": actor.name, "name_key": words.name_key(actor.name)}
            connection.execute(update(MandateActor).where(*of_it, MandateActor.position == i).values(**named))
    elif subject == "target":
        target = parsed.targets[position]
        figures = {"value": target.value, "normal_value": target.normal_value}
        connection.execute(update(Target).where(Target.document_id == document, Target.position == position).values(**figures))


def _relabel(connection: Connection, document: int, parsed: Parsed) -> None:
    """Labels, and the places and words that they are part of."""
    made = rows.text_rows(parsed)
    held = connection.execute(
        select(Node.position, Node.label, Node.heading, Node.text, Node.path).where(Node.document_id == document).order_by(Node.position)
    ).all()
    at = {name: i - 1 for i, name in enumerate(rows.columns("nodes"))}
    for old, new, said in zip(held, made["nodes"], made["node_words"], strict=True):
        label, path = new[at["label"]], new[at["path"]]
        if (label, path) != (old.label, old.path):
            key = place_key(document, old.position)
            connection.execute(update(Node).where(Node.key == key).values(label=label, path=path))
            derived.reword(connection, document, rows.node_words(old.position, old.label, old.heading, old.text), said)


def _restore(connection: Connection, row: Row[Any], who: str) -> None:
    """The rows as they are without this decision."""
    document = row.document_id
    if not connection.scalar(select(Document.current).where(Document.id == document)):
        return
    parsed = corrected(connection, document)
    at = Place(row.subject, row.field, row.node, row.anchor, row.occurrence, row.start, row.end)
    position = review_places.find(parsed, at)
    if position is None:
        return
    if row.subject == "citation":
        was = json.loads(row.before)
        growth.retarget(connection, document, position, was["target"], was["state"], "undo", who, None)
        return
    _write(connection, document, row.subject, position, row.field, None, True, who, None)

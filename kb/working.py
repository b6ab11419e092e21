"""The verbs of :class:`~vanban.kb.store.KnowledgeBase` for those who look after it: registers, review, changes of resolutions, the audit
trail."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from . import calls, growth, ingest, questions, registering, review, review_queue
from .database import Database
from .records import (
    Ambiguous,
    AuditTrail,
    InstrumentRecord,
    KnowledgeBaseError,
    NotFound,
    NotHeld,
    RegisterImport,
    Resolutions,
    Restored,
    Reviewed,
    ReviewQueue,
    Reviews,
    ReviewShown,
    called,
)
from .resolution import held, resolve
from .schema import Candidate, Citation, Instrument, MandateActor, Node, ResolutionChange, Target
from .words import name_key, number_key


@calls.verbs
class Working:
    """Mixed into the knowledge base; every change is one transaction, with a line in the audit trail."""

    _database: Database

    def import_register(self, path: str | PathLike[str], *, who: str = growth.PROGRAM) -> RegisterImport:
        """Import a register of instruments (CSV or TSV, see :class:`vanban.parser.Register`): what it says is kept, and citations that
        were open find what it knows. Under the same file name it takes the former one's place. :class:`vanban.parser.RegisterError`
        says what is wrong with it; then nothing is changed."""
        with self._database.writing() as session:
            return registering.take(session.connection(), path, who)

    def review_queue(
        self,
        number: str | None = None,
        *,
        date: str | None = None,
        kinds: Sequence[str] = ("finding", "citation"),
        code: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> ReviewQueue | Ambiguous | NotFound | NotHeld:
        """What is to be looked at: findings, and citations whose instrument cannot be told, as far as nobody decided on them; of one
        document with its ``number``, then of other ``kinds`` too (``node``, ``actor``, ``target``). ``code`` is a finding's code or a
        citation's state."""
        with self._database.session() as session:
            document = held(session, number, date) if number is not None else None
            if isinstance(document, Ambiguous | NotFound | NotHeld):
                return document
            return review_queue.queue(session, kinds, document.id if document else None, code, limit, offset)

    def review_show(self, key: str) -> ReviewShown:
        """One place of the queue, by its key, with the words around it and what was decided before."""
        with self._database.session() as session:
            return review_queue.shown(session, key)

    def review_accept(self, key: str, *, who: str, why: str = "") -> Reviewed:
        """It is right as it is. A citation with one candidate means that one from now on."""
        with self._database.writing() as session:
            document, subject, position = review.parse_key(session, key)
            listed = select(Candidate.instrument_id).where(Candidate.document_id == document.id, Candidate.citation == position)
            candidates = session.scalars(listed).all() if subject == "citation" else ()
            value = {"target": candidates[0], "state": "resolved"} if len(candidates) == 1 else None
            before = _now(session, document.id, subject, position, "") if value else None
            field = "target" if value else ""
            made = review.decide(session, key, "accept", who, why, field=field, value=value, before=before)
            return Reviewed(review=review.record(session, made))

    def review_dismiss(self, key: str, *, who: str, why: str = "") -> Reviewed:
        """There is nothing to be looked at."""
        with self._database.writing() as session:
            return Reviewed(review=review.record(session, review.decide(session, key, "dismiss", who, why)))

    def review_correct(
        self,
        key: str,
        value: str | float,
        *,
        date: str | None = None,
        actor: str | None = None,
        force: bool = False,
        who: str,
        why: str = "",
    ) -> Reviewed | Ambiguous | NotFound:
        """It should be ``value``: a node's label, the instrument that a citation means (number, id or name; ``date`` chooses), the figure
        of a target, the name of a mandate's ``actor`` (which of them, by the name it has now; needed where there are several).

        An instrument of another type or number than the citation names is a :class:`KnowledgeBaseError`, unless ``force`` says that the
        citation is misprinted."""
        with self._database.writing() as session:
            document, subject, position = review.parse_key(session, key)
            after: Any = value
            if subject == "citation":
                meant = resolve(session, str(value), date)
                if not isinstance(meant, InstrumentRecord):
                    return meant
                if not session.get(Instrument, meant.id):
                    return NotFound(query=str(value), date=date)
                if not force:
                    _said_so(session, document.id, position, meant)
                after = {"target": meant.id, "state": "resolved"}
            elif subject == "target":
                after = _figure(value)
            elif subject == "finding":
                problem = "không sửa được điểm cần xem lại / a finding cannot be corrected"
                raise KnowledgeBaseError(key, problem, "Dùng accept hoặc dismiss, hoặc sửa chỗ mà nó nói đến / accept or dismiss it")
            before = _now(session, document.id, subject, position, actor or "")
            field = {"node": "label", "citation": "target", "actor": "actor", "target": "value"}[subject]
            made = review.decide(session, key, "correct", who, why, field=field, value=after, before=before)
            return Reviewed(review=review.record(session, made))

    def review_undo(self, review_id: int, *, who: str, why: str = "") -> Reviewed:
        """Take a decision back."""
        with self._database.writing() as session:
            review.undo(session, review_id, who, why)
            return Reviewed(review=review.record(session, review_id))

    def restore(
        self, number: str, version: str, *, date: str | None = None, who: str, why: str = ""
    ) -> Restored | Ambiguous | NotFound | NotHeld:
        """Make an earlier version of a document the current one again: the one that came from the file ``version`` (its name, or
        ``sha256:`` and the beginning of its sum). The one that was current stays, as the version before it, and can be restored in turn;
        its bytes, loaded once more, change nothing. Decisions go with the text, as far as their places are there."""
        with self._database.writing() as session:
            current = held(session, number, date)
            if isinstance(current, Ambiguous | NotFound | NotHeld):
                return current
            wanted = ingest.restore(session, current, version, who, why)
            return Restored(document=questions.record(session, wanted), before=questions.record(session, current))

    def reviews(
        self, number: str | None = None, *, date: str | None = None, state: str | None = None, limit: int | None = None, offset: int = 0
    ) -> Reviews | Ambiguous | NotFound | NotHeld:
        """What was decided, the latest first; ``state`` ``not_applicable`` are those that a later parse has no place for."""
        with self._database.session() as session:
            document = held(session, number, date) if number is not None else None
            if isinstance(document, Ambiguous | NotFound | NotHeld):
                return document
            return review_queue.reviews(session, document.id if document else None, state, limit, offset)

    def resolutions(
        self, number: str | None = None, *, date: str | None = None, limit: int | None = None, offset: int = 0
    ) -> Resolutions | Ambiguous | NotFound | NotHeld:
        """Changes of what citations mean since they were loaded, the latest first."""
        with self._database.session() as session:
            document = held(session, number, date) if number is not None else None
            if isinstance(document, Ambiguous | NotFound | NotHeld):
                return document
            return review_queue.resolutions(session, document.id if document else None, limit, offset)

    def undo_resolution(self, change: int, *, who: str, why: str = "") -> Reviewed:
        """A citation was not to be resolved so: it means what it meant before, and stays so."""
        with self._database.writing() as session:
            row = session.get(ResolutionChange, change)
            taken = session.scalar(select(ResolutionChange.id).where(ResolutionChange.undoes_id == change))
            now = row and _now(session, row.document_id, "citation", row.citation, "")
            if row is None or taken or not now or now["target"] != row.after_id:
                problem = "không có thay đổi này, hoặc không còn hiệu lực / there is no such change, or it stands no more"
                raise KnowledgeBaseError(f"resolution {change}", problem, "Xem / see: vanban review resolutions")
            before = {"target": row.before_id, "state": row.before_state}
            key = f"{row.document_id}:c{row.citation}"
            made = review.decide(session, key, "correct", who, why, field="target", value=before, before=now)
            latest = select(ResolutionChange.id).where(ResolutionChange.review_id == made)
            session.execute(update(ResolutionChange).where(ResolutionChange.id.in_(latest)).values(undoes_id=change))
            return Reviewed(review=review.record(session, made))

    def audit(self, *, verb: str | None = None, limit: int | None = None, offset: int = 0) -> AuditTrail:
        """What was done to what is held, by whom and when, the latest first."""
        with self._database.session() as session:
            return review_queue.audit(session, verb, limit, offset)


def _said_so(session: Session, document: int, position: int, meant: InstrumentRecord) -> None:
    """Refuse an instrument that a citation cannot mean as it is printed: a law's for a resolution, one number for another."""
    printed = session.execute(
        select(Citation.text, Citation.type, Citation.number_key).where(Citation.document_id == document, Citation.position == position)
    ).one()
    differs = [
        f"{name}: {said} ≠ {is_}"
        for name, said, is_ in (
            ("loại / type", printed.type, meant.type),
            ("số / number", printed.number_key, number_key(meant.number or "")),
        )
        if said and is_ and name_key(said) != name_key(is_)
    ]
    if differs:
        problem = f"viện dẫn in / the citation reads “{printed.text}”, không phải / not {called(meant)} ({'; '.join(differs)})"
        remedy = "Nêu văn bản khác, hoặc --force nếu bản in sai / name another, or use --force if it is misprinted"
        raise KnowledgeBaseError(f"{document}:c{position}", problem, remedy)


def _figure(value: str | float) -> float:
    try:
        return float(str(value).replace(",", "."))
    except ValueError:
        raise KnowledgeBaseError(str(value), "không phải số / is no number", "Viết / write 46 hoặc / or 37,5") from None


def _now(session: Session, document: int, subject: str, position: int, actor: str) -> Any:
    """What can be corrected, as it is now."""
    if subject == "citation":
        of_it = Citation.document_id == document, Citation.position == position
        row = session.execute(select(Citation.target_id, Citation.state).where(*of_it)).first()
        return row and {"target": row[0], "state": row[1]}
    if subject == "node":
        return session.scalar(select(Node.label).where(Node.document_id == document, Node.position == position))
    if subject == "target":
        return session.scalar(select(Target.value).where(Target.document_id == document, Target.position == position))
    if subject != "actor":
        return None
    of_it = MandateActor.document_id == document, MandateActor.mandate == position
    names = session.scalars(select(MandateActor.name).where(*of_it, ~MandateActor.inherited).order_by(MandateActor.position)).all()
    if (not actor and len(names) != 1) or (actor and actor not in names):
        problem = f"nêu một trong / name one of: {'; '.join(names) or '–'}"
        raise KnowledgeBaseError(f"{document}:m{position}", problem, "Nêu bằng --actor / name it with --actor")
    return actor or names[0]

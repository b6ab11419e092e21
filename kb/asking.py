"""The questions as verbs: :class:`Asking`, which :class:`KnowledgeBase` is. Every question reads one state of the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from sqlalchemy.orm import Session

from vanban.parser.model import Document

from . import calls, questions, search, summary
from .questions.chains import Direction
from .records import (
    Ambiguous,
    Chain,
    Changes,
    CitedBy,
    Cites,
        Coverage,
    Documents,
    InstrumentRecord,
    Mandates,
    MostCited,
    NotFound,
    NotHeld,
    Path,
    Search,
    Show,
    Statistics,
    Summary,
    Targets,
    TargetTable,
    UnknownName,
)  # fmt: skip
from .resolution import resolve


@calls.verbs
class Asking:
    """What can be asked of what is held; every verb gives typed records (:mod:`vanban.kb.records`).

    A ``number`` is taken in any spelling (``117/NQ-CP``, ``nq 117 cp``), and so is an instrument's id, its name, or the name of
    the file its text came from; ``date`` (``2017-10-25``, ``25/10/2017``, ``2017``) chooses among instruments that share a number.
    Words and names are taken with or without diacritics. ``limit`` (``None``: all) and ``offset`` choose a part of a list, ``total``
    counts it whole. ``since`` and ``until`` bound dates, both inclusive; a year or month stands for all its days.
    """

    _session: Callable[[], AbstractContextManager[Session]]

    def resolve(self, number: str, *, date: str | None = None) -> InstrumentRecord | Ambiguous | NotFound:
        """Which instrument is meant."""
        with self._session() as session:
            return resolve(session, number, date)

    def document(self, number: str, *, date: str | None = None) -> Document | Ambiguous | NotFound | NotHeld:
        """The Document that is held of an instrument, whole, as it was parsed: to be written out in any form."""
        with self._session() as session:
            return summary.document(session, number, date)

    def show(self, number: str, *, date: str | None = None, every: bool = False) -> Show | Ambiguous | NotFound:
        """All that is known of an instrument; where its text is held, its outline, findings (with ``every`` those too that were dismissed)
        and versions too."""
        with self._session() as session:
            return summary.show(session, number, date, every=every)

    def summary(self, number: str, *, date: str | None = None) -> Summary | Ambiguous | NotFound | NotHeld:
        """A document at a glance, with questions to go on with."""
        with self._session() as session:
            return summary.summary(session, number, date)

    def cites(
        self, number: str, *, date: str | None = None, relation: str | None = None, limit: int | None = None, offset: int = 0
    ) -> Cites | Ambiguous | NotFound | NotHeld:
        """The other instruments that a document cites, mention by mention; ``relation`` chooses (``legal_basis``)."""
        with self._session() as session:
            return questions.cites(session, number, date, relation=relation, limit=limit, offset=offset)

    def cited_by(
        self,
        number: str,
        *,
        date: str | None = None,
        relation: str | None = None,
        provision: str | None = None,
        since: str | None = None,
        until: str | None = None,
        issuer: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> CitedBy | Ambiguous | NotFound | UnknownName:
        """Where an instrument, or a ``provision`` of it (``khoản 2 Điều 5``) and those below it, is cited by others; ``since``, ``until``,
        ``issuer`` and ``kind`` (``Nghị quyết``) are of the documents that cite it. What may mean it but is tied to none is kept apart in
        ``open``."""
        with self._session() as session:
            return questions.cited_by(
                session, number, date, limit, offset,
                relation=relation, provision=provision, since=since, until=until, issuer=issuer, kind=kind,
            )  # fmt: skip

    def chain(
        self,
        number: str,
        *,
        date: str | None = None,
        direction: Direction = "up",
        relations: Sequence[str] = (),
        depth: int | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Chain | Ambiguous | NotFound:
        """What an instrument is founded on, and what that is founded on … (``up``); what is founded on it, carries it out or details it,
        and so on (``down``); to any ``depth``, each instrument once."""
        with self._session() as session:
            return questions.chain(session, number, date, direction=direction, relations=relations, depth=depth, limit=limit, offset=offset)

    def path(
        self, number: str, other: str, *, date: str | None = None, other_date: str | None = None, relations: Sequence[str] = ()
    ) -> Path | Ambiguous | NotFound:
        """A shortest way from one instrument to another."""
        with self._session() as session:
            return questions.path(session, number, other, start_date=date, goal_date=other_date, relations=relations)

    def changes(
        self, number: str, *, date: str | None = None, on: str | None = None, limit: int | None = None, offset: int = 0
    ) -> Changes | Ambiguous | NotFound:
        """What amended, replaced, repealed an instrument, and how it stood ``on`` a day (today): as far as the documents held tell."""
        with self._session() as session:
            return questions.changes(session, number, date, on=on, limit=limit, offset=offset)

    def mandates(
        self,
        *,
        implements: str | None = None,
        date: str | None = None,
        text: str | None = None,
        body: str | None = None,
        role: str | None = None,
        inherited: bool = True,
        kind: str | None = None,
        before: str | None = None,
        after: str | None = None,
        overdue: str | None = None,
        field: str | None = None,
        place: str | None = None,
        programme: str | None = None,
        document: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Mandates | Ambiguous | NotFound | UnknownName:
        """Who must do what: all, or those that meet everything that is asked for.

        ``implements`` is an instrument that they carry out (``date`` is its date); ``text`` holds all words; ``body`` is named in them, or
        answers for them by the execution clause (not without ``inherited``), in a ``role`` (``lead``, ``support`` …); ``before`` and
        ``after`` bound the end of the time limit, which is past on the day ``overdue``; ``kind`` is ``task``, ``assignment`` or
        ``objective``; ``field``, ``place``, ``programme`` by name; ``document`` is the one they stand in.
        """
        with self._session() as session:
            return questions.mandates(
                session, implements, date, text, limit, offset,
                body=body, role=role, inherited=inherited, kind=kind, before=before, after=after, overdue=overdue, field=field,
                place=place, programme=programme, document=document,
            )  # fmt: skip

    def targets(
        self,
        words: str = "",
        *,
        issuer: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        period: str | None = None,
        unit: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Targets | UnknownName:
        """Figures to be reached whose name or text holds all words, with or without diacritics."""
        with self._session() as session:
            return questions.targets(
                session, words, limit, offset, issuer=issuer, kind=kind, since=since, until=until, period=period, unit=unit
            )

    def target_table(
        self,
        words: str,
        *,
        issuer: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        period: str | None = None,
        unit: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> TargetTable | UnknownName:
        """Targets whose name holds all words as one table: a row an issuer and name, a column a period, normalised values beside those
        printed."""
        with self._session() as session:
            return questions.target_table(
                session, words, limit, offset, issuer=issuer, kind=kind, since=since, until=until, period=period, unit=unit
            )

    def search(
        self,
        words: str,
        *,
        document: str | None = None,
        date: str | None = None,
        kinds: Sequence[str] = (),
        issuer: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = 20,
        offset: int = 0,
    ) -> Search | Ambiguous | NotFound | NotHeld | UnknownName:
        """Nodes that hold all words, with or without diacritics; what is spelled as asked comes first. ``"…"`` is a phrase, ``rừng*`` the
        beginning of a word. ``kinds`` of nodes (``article``, ``table``); ``document`` (of ``date``), ``issuer``, ``kind``, ``since`` and
        ``until`` say which documents."""
        with self._session() as session:
            return search.search(
                session, words, limit, offset,
                document=document, date=date, kinds=kinds, issuer=issuer, kind=kind, since=since, until=until,
            )  # fmt: skip

    def most_cited(self, *, limit: int | None = 10, offset: int = 0) -> MostCited:
        """The instruments that most documents cite."""
        with self._session() as session:
            return questions.most_cited(session, limit, offset)

    def coverage(self, *, limit: int | None = 10, offset: int = 0) -> Coverage:
        """Which instruments are cited but not held, most cited first."""
        with self._session() as session:
            return questions.coverage(session, limit, offset)

    def statistics(self) -> Statistics:
        """How much is held: documents by type and year, citations by state and relation."""
        with self._session() as session:
            return questions.statistics(session)

    def documents(
        self,
        *,
        issuer: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Documents | UnknownName:
        """The documents held, latest first."""
        with self._session() as session:
            return questions.documents(session, limit, offset, issuer=issuer, kind=kind, since=since, until=until)

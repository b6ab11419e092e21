"""The full-text indexes over the words of nodes, mandates and targets: FTS5 on SQLite, ``tsvector`` on PostgreSQL; what is asked for is
never their syntax.

They give rows in the order of answers (:func:`~vanban.kb.schema.first_turn`): the first of many are found without the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, false, func, literal, literal_column, select
from sqlalchemy.orm import Session

from .schema import MandateWords, NodeWords, TargetWords, place_in_turn
from .words import asked

Indexed = type[NodeWords] | type[MandateWords] | type[TargetWords]


class Term(NamedTuple):
    """Words that are wanted side by side; the last may be the beginning of one (``prefix``)."""

    folded: tuple[str, ...]
    exact: tuple[str, ...]
    prefix: bool = False

    def spelled(self, column: str) -> tuple[str, ...]:
        """The words as the column has them."""
        return self.folded if column == "folded" else self.exact


def matching(session: Session, table: Indexed, column: str, wanted: Sequence[Term]) -> ColumnElement[bool]:
    """The database's own condition. The words hold letters and figures only and stand in quotation marks: none is syntax."""
    if session.get_bind().dialect.name == "sqlite":
        quoted = " AND ".join(f'"{" ".join(term.spelled(column))}"{"*" if term.prefix else ""}' for term in wanted)
        # An index of one column knows no columns: which one is meant need not be said.
        said = quoted if table is not NodeWords else f"{column}: ({quoted})"
        return literal_column(table.__tablename__).op("MATCH", is_comparison=True)(said)
    phrases = (" <-> ".join(_lexemes(term.spelled(column), term.prefix)) for term in wanted)
    query: Any = func.to_tsquery("simple", " & ".join(f"({phrase})" for phrase in phrases))
    return getattr(table, f"{column}_words").op("@@", is_comparison=True)(query)  # type: ignore[no-any-return]


def _lexemes(words: Sequence[str], prefix: bool) -> Iterable[str]:
    for i, word in enumerate(words):
        yield f"'{word}'{':*' if prefix and i == len(words) - 1 else ''}"


class Holding(NamedTuple):
    """The parts of a kind that hold all words, in the order of answers; none where ``condition`` is none."""

    session: Session
    table: Indexed
    condition: ColumnElement[bool] | None

    def number(self) -> int:
        """How many there are."""
        if self.condition is None:
            return 0
        return self.session.scalar(select(func.count()).select_from(self.table).where(self.condition)) or 0

    def keys(self, limit: int | None = None, offset: int = 0) -> list[tuple[int, int]]:
        """Their documents and places in them."""
        chosen = self.places().order_by(self.table.rowid).limit(limit).offset(offset)
        return [] if self.condition is None else [(row[0], row[1]) for row in self.session.execute(chosen)]

    def places(self) -> Any:
        """The same, as a question to be part of another."""
        if self.condition is None:
            return select(literal(0), literal(0)).where(false())
        return select(*place_in_turn(self.table.rowid)).where(self.condition)


def holding(session: Session, table: Indexed, typed: str) -> Holding:
    """The parts that hold all words of what is typed; where it is signs only, none."""
    wanted = [Term((word,), (word,)) for word in asked(typed)]
    return Holding(session, table, matching(session, table, "folded", wanted) if wanted else None)

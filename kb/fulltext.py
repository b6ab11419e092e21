"""The full-text index over the words of nodes: FTS5 on SQLite, ``tsvector`` on PostgreSQL; what is asked for is never their syntax."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, literal_column, select

from .schema import WORDS


class Term(NamedTuple):
    """Words that are wanted side by side; the last may be the beginning of one (``prefix``)."""

    folded: tuple[str, ...]
    exact: tuple[str, ...]
    prefix: bool = False

    def spelled(self, column: str) -> tuple[str, ...]:
        """The words as the column has them."""
        return self.folded if column == "folded" else self.exact


def matching(dialect: str, column: str, wanted: Sequence[Term]) -> ColumnElement[bool]:
    """The database's own condition. The words hold letters and figures only and stand in quotation marks: none is syntax."""
    if dialect == "sqlite":
        quoted = " AND ".join(f'"{" ".join(term.spelled(column))}"{"*" if term.prefix else ""}' for term in wanted)
        return literal_column("node_words").op("MATCH", is_comparison=True)(f"{column}: ({quoted})")
    phrases = (" <-> ".join(_lexemes(term.spelled(column), term.prefix)) for term in wanted)
    query: Any = func.to_tsquery("simple", " & ".join(f"({phrase})" for phrase in phrases))
    return WORDS.c[f"{column}_words"].op("@@", is_comparison=True)(query)


def _lexemes(words: Sequence[str], prefix: bool) -> Iterable[str]:
    for i, word in enumerate(words):
        yield f"'{word}'{':*' if prefix and i == len(words) - 1 else ''}"


def with_words(dialect: str, folded: Sequence[str]) -> Select[tuple[int]]:
    """The keys of the nodes that hold all these folded words."""
    return select(WORDS.c.rowid).where(matching(dialect, "folded", [Term((word,), (word,)) for word in folded]))

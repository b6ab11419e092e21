"""What is derived of the parts so that questions cost what their answers are long: full-text indexes in the order of answers, counts.

The ``rowid`` of an indexed row is its turn (:func:`first_turn`): the first rows that an index gives are the first of the answer, and it
need not give the others. On SQLite these are FTS5 tables that keep no text (it is in the parts, from which a row is taken out again); on
PostgreSQL the words, with a ``tsvector`` that the database makes of them; of a part longer than 200,000 letters the words after that are
not in it (a ``tsvector`` is bounded).
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Computed, Index, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column

from .base import BIG, NO_ROWID, Base


def _vector(column: str) -> Mapped[str]:
    made = Computed(f"to_tsvector('simple', left({column}, 200000))", persisted=True)
    return mapped_column(Text().with_variant(postgresql.TSVECTOR(), "postgresql"), made)


class NodeWords(Base):
    """The words of each node, folded and in their own spelling, with a blank around each."""

    __tablename__ = "node_words"
    __table_args__ = (
        Index("ix_node_words_folded_words", "folded_words", postgresql_using="gin"),
        Index("ix_node_words_exact_words", "exact_words", postgresql_using="gin"),
    )
    rowid: Mapped[int] = mapped_column(BIG, primary_key=True, autoincrement=False)
    folded: Mapped[str]
    exact: Mapped[str]
    folded_words: Mapped[str] = _vector("folded")
    exact_words: Mapped[str] = _vector("exact")


class MandateWords(Base):
    """The folded words of each mandate."""

    __tablename__ = "mandate_words"
    __table_args__ = (Index("ix_mandate_words_folded_words", "folded_words", postgresql_using="gin"),)
    rowid: Mapped[int] = mapped_column(BIG, primary_key=True, autoincrement=False)
    folded: Mapped[str]
    folded_words: Mapped[str] = _vector("folded")


class TargetWords(Base):
    """The folded words of each target's name and text."""

    __tablename__ = "target_words"
    __table_args__ = (Index("ix_target_words_folded_words", "folded_words", postgresql_using="gin"),)
    rowid: Mapped[int] = mapped_column(BIG, primary_key=True, autoincrement=False)
    folded: Mapped[str]
    folded_words: Mapped[str] = _vector("folded")


def _full_text(table: str, columns: str, more: str = "") -> str:
    # ``unicode61`` must not fold: ``exact`` keeps tones and đ, ``folded`` has none left. Words come to it divided by blanks. Nobody asks
    # how many words a row has.
    how = f"content = '', columnsize = 0{more}, tokenize = 'unicode61 remove_diacritics 0'"
    return f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, {how})"


_WORDS_ONLY = ", detail = none"  # phrases are asked for in nodes alone
FULL_TEXT = {
    "node_words": _full_text("node_words", "folded, exact"),
    "mandate_words": _full_text("mandate_words", "folded", _WORDS_ONLY),
    "target_words": _full_text("target_words", "folded", _WORDS_ONLY),
}
"""The tables that SQLite has as full-text tables, and the statement that makes each."""


class Tally(Base):
    """How many there are: of current documents (``documents``; by ``type`` and ``year``, the ``name``), of their nodes, mandates, targets
    and findings, and of mentions of other instruments by ``state`` and ``relation``. Kept by every load."""

    __tablename__ = "tallies"
    __table_args__ = (CheckConstraint("number >= 0", name="number"), NO_ROWID)
    what: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]

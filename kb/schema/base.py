"""What all tables share: named constraints, one kind of text, and the forms of what is said in several of them.

``VERSION`` goes up with every change of the tables, and with every new value of the model's lists (kinds, relations …) which the
constraints name; a migration (:mod:`vanban.kb.migrations`) leads from each version to the next.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar, TypeVar, get_args

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    SQLColumnExpression,
    Text,
    TypeDecorator,
    literal,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Damaged = zstd.ZstdError
"""What is kept compressed is no longer what was put in."""

VERSION = 5

_PLACE_BITS, _DOCUMENT_BITS, _DAY_BITS = 21, 22, 19
PLACES, DOCUMENTS = 1 << _PLACE_BITS, 1 << _DOCUMENT_BITS
"""More than a document has parts of one kind, and more documents than are held with all their versions: a document's id and a place in it
make one number that is in the order of both."""

NO_ROWID: dict[str, Any] = {"sqlite_with_rowid": False}
"""The rows lie in the order of their key: no second tree for it (a word of SQLite's, which other databases pass over)."""

_AT_ONCE = 400
_Value = TypeVar("_Value")


def portions(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    """Values for ``IN (…)``, so many at once as every database takes in one statement."""
    return (values[i : i + _AT_ONCE] for i in range(0, len(values), _AT_ONCE))


def place_key(document: int, position: int) -> int:
    """The key of a node: document by document, in reading order."""
    return document * PLACES + position


def place_key_of(document: SQLColumnExpression[int], position: SQLColumnExpression[Any]) -> ColumnElement[int]:
    """The same as the database reckons it."""
    return document * literal(PLACES, BigInteger) + position


_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_FIRST_YEAR, _MONTHS, _DAYS = 1000, 13, 32
_DAY = (1 << _DAY_BITS) - 1
AROUND = 1 << (_PLACE_BITS + _DOCUMENT_BITS + _DAY_BITS)
"""What stands around a document (its header, recipients, signatures) comes after all else: turns from here on are of such places."""


@lru_cache(maxsize=1 << 14)
def first_turn(document: int, date: str | None) -> int:
    """The turn of the first place of a document. Its parts' turns follow each other: the latest document first, those of a day by their
    ids, those without a date last; a year or month without its day after the days in it.

    >>> first_turn(1, "2023-12-08") < first_turn(2, "2023-12-08") < first_turn(1, "2023-12") < first_turn(1, "2022") < first_turn(1, None)
    True
    """
    said = _DATE.fullmatch(date or "")
    year, month, day = (int(one or 0) for one in said.groups()) if said else (0, 0, 0)
    days = 1 + ((year - _FIRST_YEAR) * _MONTHS + month) * _DAYS + day if said else 0
    return (_DAY - min(max(days, 0), _DAY)) * (DOCUMENTS * PLACES) + place_key(document, 0)


def key_in_turn(turn: SQLColumnExpression[int]) -> ColumnElement[int]:
    """The key (:func:`place_key`) of the place whose turn it is."""
    return turn.bitwise_and(literal(DOCUMENTS * PLACES - 1, BigInteger))


def place_in_turn(turn: SQLColumnExpression[int]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """The document's id and the place in it."""
    document = key_in_turn(turn).bitwise_rshift(literal(_PLACE_BITS, Integer))
    return document, turn.bitwise_and(literal(PLACES - 1, BigInteger))


@lru_cache(maxsize=1 << 16)
def key_of(name: str) -> int:
    """The number that stands for an id or a name in the rows of documents: 63 bits of its BLAKE2, the same in every database, so that rows
    are made before a database is asked. Ids with the same number (one chance in millions, among millions of them) cannot both be kept:
    the second is refused, nothing is merged.

    >>> key_of("nq-94-hđnd-thai-nguyen-2023")
    6592906077789374038
    """
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) >> 1


class Key(TypeDecorator[int]):
    """A column of :func:`key_of`; an id or name that it is compared with is taken for its number."""

    impl = BigInteger().with_variant(Integer(), "sqlite")
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        """To the database."""
        return key_of(value) if isinstance(value, str) else value


class PackedBytes(TypeDecorator[bytes]):
    """Bytes that are kept compressed (Zstandard)."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """To the database."""
        return None if value is None else pack_bytes(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """From the database."""
        return None if value is None else unpack_bytes(value)


class Packed(TypeDecorator[str]):
    """Text that is kept compressed (Zstandard), for what is read whole and never searched: a document's JSON shrinks to a tenth."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """To the database."""
        return None if value is None else pack(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """From the database."""
        return None if value is None else unpack(value)


def pack_bytes(data: bytes) -> bytes:
    """Bytes as :class:`PackedBytes` keeps them, with a sum by which damage is noticed: fast rather than small, as .docx and PDF come
    compressed already. The same bytes always give the same."""
    return zstd.compress(data, options=_PACKING)


def unpack_bytes(data: bytes) -> bytes:
    """The inverse of :func:`pack_bytes`."""
    return zstd.decompress(data)


def pack(text: str | bytes) -> bytes:
    """As :class:`Packed` keeps it (``bytes`` are UTF-8)."""
    return pack_bytes(text.encode() if isinstance(text, str) else text)


def unpack(data: bytes) -> str:
    """The inverse of :func:`pack`."""
    return unpack_bytes(data).decode()


_PACKING: dict[int, int] = {zstd.CompressionParameter.compression_level: 1, zstd.CompressionParameter.checksum_flag: 1}

# PostgreSQL would order and compare by the rules of its own locale: ids and dates are in one order everywhere.
_TEXT = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
BIG = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    """Named constraints (a migration must be able to name them) and one kind of text."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: _TEXT, float: Float(53), datetime: DateTime(timezone=True)}


def one_of(column: str, values: object) -> CheckConstraint:
    """The column holds one of the values of a ``Literal`` of the document model, or nothing."""
    # Not ``IN (…)``: SQLite would make a table of the list anew for every row.
    return CheckConstraint(" OR ".join(f"{column} = '{value}'" for value in get_args(values)), name=column)


def span() -> CheckConstraint:
    """``start`` and ``end`` are a stretch of the document's text."""
    return CheckConstraint('"start" >= 0 AND "start" <= "end"', name="span")


def in_node(column: str = "node") -> ForeignKeyConstraint:
    """The node named in ``column`` is one of the same document."""
    return ForeignKeyConstraint(["document_id", column], ["nodes.document_id", "nodes.node"], ondelete="CASCADE")


class Part:
    """What belongs to a document and goes with it: ``position`` counts from 0 in reading order."""

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)

"""Documents made by hypothesis from the records of the model: any that the model allows, however odd."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from vanban.parser.model import CellSpan, Document, Node

WORDS = st.text(
    st.one_of(st.sampled_from("ađĐ1. )-“”\n\t\r\x00\x03\x0b\x1f\ufffe\u2028<>&\"'\\u"), st.characters(exclude_categories=("Cs",))),
    max_size=12,
)
OFFSETS = st.integers(-3, 40)


def of(kind: msgspec.inspect.Type, name: str = "") -> st.SearchStrategy[Any]:
    """Values of a type of the model."""
    if isinstance(kind, msgspec.inspect.UnionType):
        return st.one_of(*(of(one, name) for one in kind.types))
    if isinstance(kind, msgspec.inspect.NoneType):
        return st.none()
    if isinstance(kind, msgspec.inspect.LiteralType):
        return st.sampled_from(kind.values)
    if isinstance(kind, msgspec.inspect.StrType):
        return st.sampled_from(["art_1", "cl_1", "a b", ""]) | WORDS if name in ("node", "id", "parent") else WORDS
    if isinstance(kind, msgspec.inspect.IntType):
        return OFFSETS
    if isinstance(kind, msgspec.inspect.FloatType):
        return st.floats(allow_nan=False, allow_infinity=False)
    if isinstance(kind, msgspec.inspect.BoolType):
        return st.booleans()
    if isinstance(kind, msgspec.inspect.StructType):
        return record(kind.cls)
    if isinstance(kind, msgspec.inspect.VarTupleType):
        return st.lists(of(kind.item_type), max_size=3).map(tuple)
    raise TypeError(kind)


def record(kind: type[Any], /, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Records of a kind; ``given`` are strategies for some of its fields."""
    info = msgspec.inspect.type_info(kind)
    assert isinstance(info, msgspec.inspect.StructType)
    return st.fixed_dictionaries(
        {field.name: given[field.name] if field.name in given else of(field.type, field.name) for field in info.fields}
    ).map(lambda values: kind(**values))


def documents() -> st.SearchStrategy[Document]:
    """Any Document: texts of a few words, nodes whose spans may overlap, run backwards or leave the text."""
    return record(
        Document, nodes=st.lists(st.one_of(record(Node), tables()), max_size=6).map(tuple), text=WORDS.map(lambda words: words * 3)
    )


def tables() -> st.SearchStrategy[Node]:
    """Nodes of tables, more often than chance would have them."""
    cells = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), OFFSETS, OFFSETS).map(lambda cell: CellSpan(*cell)), max_size=3).map(
        tuple
    )
    return record(Node, kind=st.just("table"), role=st.sampled_from(["", "row"]), cells=cells, label=st.sampled_from(["", "table"]))

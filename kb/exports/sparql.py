"""SPARQL over an export: what ``vanban export turtle`` wrote, read by rdflib and asked in SPARQL 1.1. For exports that fit in memory."""

from __future__ import annotations

from pathlib import Path

from ..records import KnowledgeBaseError, SparqlAnswer
from .vocabulary import PREFIXES

_FORMATS = {".ttl": "turtle", ".jsonld": "json-ld", ".json": "json-ld", ".nt": "nt"}


def ask(file: Path, query: str) -> SparqlAnswer:
    """The rows of a SELECT (or the one row of an ASK), values as text; our prefixes need no declaration.

    :class:`KnowledgeBaseError` where the file is no linked data or the query is not understood. An update, ``SERVICE`` and ``FROM``
    (other places) are refused.
    """
    try:
        import rdflib
        from rdflib.plugins.sparql.parserutils import CompValue
    except ModuleNotFoundError:
        raise KnowledgeBaseError(
            "sparql", "thiếu thư viện rdflib / rdflib is not installed", 'Cài / install: pip install "vanban[rdf]"'
        ) from None

    graph = rdflib.Graph()
    try:
        graph.parse(str(file), format=_FORMATS.get(file.suffix.lower(), "turtle"))
    except FileNotFoundError:
        raise KnowledgeBaseError(str(file), "không có tệp này / no such file", "Làm ra bằng / make it with: vanban export turtle") from None
    except Exception as error:
        said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise KnowledgeBaseError(
            str(file), f"không phải dữ liệu liên kết / no linked data ({said})", "Turtle (.ttl), JSON-LD (.jsonld)"
        ) from None
    try:
        prepared = rdflib.plugins.sparql.prepareQuery(query, initNs=PREFIXES)
        if _calls_out(prepared.algebra, CompValue) or getattr(prepared.algebra, "datasetClause", None):
            raise ValueError("SERVICE, FROM")
        found = graph.query(prepared)
    except Exception as error:
        said = " ".join(str(error).split())[:200]
        raise KnowledgeBaseError(
            "sparql",
            f"không hiểu câu hỏi / the query is not understood ({said})",
            "SELECT, ASK (SPARQL 1.1); không / no SERVICE, FROM",
        ) from None
    if found.type == "ASK":
        return SparqlAnswer(columns=("answer",), rows=(("true" if found.askAnswer else "false",),))
    if found.type != "SELECT":
        raise KnowledgeBaseError("sparql", f"{found.type}?", "Chỉ SELECT và ASK / SELECT and ASK only")
    rows = tuple(tuple(None if value is None else str(value) for value in row) for row in found if isinstance(row, tuple))
    return SparqlAnswer(columns=tuple(str(name) for name in found.vars or ()), rows=rows)


def _calls_out(part: object, compound: type) -> bool:
    """Whether a query asks another server: the program never goes to the network."""
    if isinstance(part, compound):
        return getattr(part, "name", "") == "ServiceGraphPattern" or any(_calls_out(one, compound) for one in part.values())  # type: ignore[attr-defined]
    return isinstance(part, list | tuple) and any(_calls_out(one, compound) for one in part)

"""What exports answer."""

from __future__ import annotations

from .parts import Answer


class Exported(Answer, frozen=True, kw_only=True):
    """What was written: ``out`` is the file, or the folder of the ``files``; ``unchanged`` are those of documents that held it already.
    ``undated`` counts documents that were left out because too little is known of their date."""

    form: str
    out: str
    files: tuple[str, ...]
    unchanged: tuple[str, ...] = ()
    undated: int = 0


class SparqlAnswer(Answer, frozen=True, kw_only=True):
    """The rows of a SPARQL query, values as text; ``None`` where one is not bound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]

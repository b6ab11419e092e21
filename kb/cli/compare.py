"""``vanban compare``: the tasks and targets of two documents side by side."""

from __future__ import annotations

from pathlib import Path

import click

import vanban.parser
from vanban.parser.model import Document

from ..parsing import FORMATS
from ..records import KnowledgeBaseError, NotFound, Unresolved
from .base import answer_with, as_json, commands, database, library_at


@commands.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--phrases", is_flag=True, help="Pair tasks by their key phrases too (needs vanban[nlp]).")
@database
@as_json
def compare(before: str, after: str, phrases: bool, db: str, as_json: bool) -> int:
    """Show which tasks and targets of A stand in B: the same, changed, new, dropped.

    A and B are files, or numbers of documents that the knowledge base holds.
    """
    documents = []
    for name in (before, after):
        found = vanban.parser.parse(name) if Path(name).exists() else _held(name, db)
        if not isinstance(found, Document):
            return answer_with(found, as_json, option="")
        documents.append(vanban.parser.enrich(found) if phrases else found)
    return answer_with(vanban.parser.compare(*documents), as_json)


def _held(number: str, db: str) -> Document | Unresolved:
    """What the knowledge base holds; what can only be the name of a file is told to be none, wherever it is not held by that name."""
    is_file = Path(number).suffix.lstrip(".").lower() in FORMATS
    try:
        with library_at(db) as library:
            found = library.document(number)
    except KnowledgeBaseError:
        if not is_file:
            raise
        return vanban.parser.parse(number)
    return vanban.parser.parse(number) if is_file and isinstance(found, NotFound) else found

"""``vanban compare``: the tasks and targets of two documents side by side."""

from __future__ import annotations

from pathlib import Path

import click

import vanban.parser
from vanban.parser.model import Document

from ..parsing import FORMATS
from ..records import Unresolved
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
        found = vanban.parser.parse(name) if Path(name).exists() or _is_file_name(name) else _held(name, db)
        if not isinstance(found, Document):
            return answer_with(found, as_json, option="")
        documents.append(vanban.parser.enrich(found) if phrases else found)
    return answer_with(vanban.parser.compare(*documents), as_json)


def _is_file_name(name: str) -> bool:
    """Whether it can only be the name of a file, which is not there: a number has no such ending."""
    return Path(name).suffix.lstrip(".").lower() in FORMATS and Path(name).stem != ""


def _held(number: str, db: str) -> Document | Unresolved:
    with library_at(db) as library:
        return library.document(number)

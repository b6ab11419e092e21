"""Commands that give documents out: ``vanban export akn`` and the other forms of a document."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from vanban.parser import Document, writers

from ..parsing import STDIN, STDIN_NAME, documents_of, read
from ..records import Ambiguous, NotFound, NotHeld
from .base import FAILED, answer_with, commands, complain, database, dated, library_at

_ABOUT: dict[str, str] = {
    "akn": "Akoma Ntoso 3.0, valid by the strict schema; vanban reads it back.",
    "md": "Markdown: a reading copy.",
    "html": "HTML: a reading copy with contents, anchors and links.",
    "docx": "Word, in the layout of Nghị định 30/2020/NĐ-CP.",
    "json": "JSON: the document format itself.",
    "tree": "Text: an outline for the eye.",
}

_LONGEST_NAME = 180
"""Bytes of a file's name without its ending: file systems take 255."""


@commands.group()
def export() -> None:
    """Give documents out in the forms of others.

    WHAT is a file (or - for standard input), or an instrument whose text the knowledge base holds: its number, id or name.
    """


def _command(form: writers.Form) -> click.Command:
    @click.command(form, help=f"{_ABOUT.get(form, form)} WHAT is a file, or what the knowledge base holds: a number, an id, a name.")
    @click.argument("what", nargs=-1, required=True, metavar="WHAT...")
    @dated
    @click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help=f"Write DIR/<name>{writers.FORMS[form]}.")
    @database
    def write(what: tuple[str, ...], date: str | None, out: Path | None, db: str) -> int:
        return _export(form, what, date, out, db)

    return write


def _export(form: writers.Form, what: tuple[str, ...], date: str | None, out: Path | None, db: str) -> int:
    status = 0
    if out is None and len(what) > 1:
        raise click.UsageError("nhiều văn bản thì cần --out DIR / several documents need --out DIR")
    for one in what:
        found = _found(one, date, db)
        if found is None:
            status = FAILED
        elif out is None:
            click.echo(writers.render_bytes(found[0][1], form), nl=False)
            if len(found) > 1:
                problem = f"tệp có {len(found)} văn bản, đây là văn bản đầu / the file holds {len(found)} documents, this is the first"
                complain(one, problem, "Lấy tất cả: thêm --out DIR / for all of them: --out DIR")
        else:
            for stem, document in found:
                goal = out / f"{stem}{writers.FORMS[form]}"
                written = writers.save(document, goal, form)
                click.echo(f"{'đã ghi' if written else 'không đổi':<10}{goal}")
    return status


def _found(what: str, date: str | None, db: str) -> list[tuple[str, Document]] | None:
    """The documents that are meant, each with the name of the file it becomes; ``None`` after telling what is wrong."""
    path = Path(what)
    if path == STDIN or path.is_file():
        name, data = read(path)
        stem = STDIN_NAME if path == STDIN else path.name.removesuffix(".akn.xml") if path.name.endswith(".akn.xml") else path.stem
        return [(f"{stem}{f'.{k}' if k > 1 else ''}", document) for k, document in enumerate(documents_of(data, name), 1)]
    with library_at(db) as library:
        answer = library.document(what, date=date)
    if isinstance(answer, Ambiguous | NotFound | NotHeld):
        answer_with(answer, False)
        return None
    return [(_stem(answer), answer)]


def _stem(document: Document) -> str:
    """A file name for a document that is held: issuer, date and number of its id, or the name of the file it came from."""
    identity = document.instrument.id
    stem = "-".join(identity.rstrip("/").split("/")[-3:]) if identity else Path(document.source.name).stem
    if len(stem.encode()) <= _LONGEST_NAME:
        return stem
    return stem.encode()[: _LONGEST_NAME - 9].decode(errors="ignore") + "-" + document.source.sha256[:8]  # a law named by its title


for _form in get_args(writers.Form):
    export.add_command(_command(_form))

"""Commands that give documents out: ``vanban export akn`` and the other forms of a document."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click

from vanban.parser import Document, writers

from ..exports import Selection
from ..parsing import STDIN, STDIN_NAME, documents_of, files, read
from ..records import Ambiguous, NotFound, NotHeld
from .base import FAILED, answer_with, commands, complain, database, dated, give, library_at

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

    WHAT is a file, a folder or a pattern (or - for standard input), or an instrument whose text the knowledge base holds: its number, id
    or name. Without WHAT, --all or a choice (--issuer, --since …) means what the knowledge base holds.
    """


def _command(form: writers.Form) -> click.Command:
    @click.command(form, help=f"{_ABOUT.get(form, form)} WHAT is a file, or what the knowledge base holds: a number, an id, a name.")
    @click.argument("what", nargs=-1, metavar="[WHAT]...")
    @dated
    @click.option("--all", "everything", is_flag=True, help="All documents that the knowledge base holds.")
    @click.option("--issuer", metavar="WORDS", help="Of those held, only documents whose issuer's name holds all these words.")
    @click.option("--type", metavar="TYPE", help="Of those held, only documents of this type: 'Nghị quyết'.")
    @click.option("--since", metavar="DATE", help="Of those held, only documents of this day (ISO) or later.")
    @click.option("--until", metavar="DATE", help="Of those held, only documents of this day (ISO), month or year, or earlier.")
    @click.option("--words", metavar="WORDS", help="Of those held, only documents of which a node holds all these words.")
    @click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help=f"Write DIR/<name>{writers.FORMS[form]}.")
    @database
    def write(
        what: tuple[str, ...], date: str | None, everything: bool, out: Path | None, db: str, **chosen: str | None
    ) -> int:  # fmt: skip
        choosing = everything or any(chosen.values())
        if bool(what) == choosing:
            raise click.UsageError("nêu văn bản, hoặc chọn trong kho / name documents, or choose among those held (--all, --issuer …)")
        if choosing:
            return _export_held(form, Selection(**chosen), out, db)  # type: ignore[arg-type]
        return _export(form, what, date, out, db)

    return write


def _export(form: writers.Form, what: tuple[str, ...], date: str | None, out: Path | None, db: str) -> int:
    status = 0
    if out is None and (len(what) > 1 or len(list(_spread(what))) > 1):
        raise click.UsageError("nhiều văn bản thì cần --out DIR / several documents need --out DIR")
    names = _Names(out)
    for one in _spread(what):
        found = _found(one, date, db)
        if found is None:
            status = FAILED
        elif out is None:
            give(writers.render_bytes(found[0][1], form), form == "docx")
            if len(found) > 1:
                problem = f"tệp có {len(found)} văn bản, đây là văn bản đầu / the file holds {len(found)} documents, this is the first"
                complain(one, problem, "Lấy tất cả: thêm --out DIR / for all of them: --out DIR")
        else:
            for stem, document in found:
                names.save(document, stem, form)
    return status


def _export_held(form: writers.Form, chosen: Selection, out: Path | None, db: str) -> int:
    """What the knowledge base holds, one document after the other."""
    if out is None:
        raise click.UsageError("nhiều văn bản thì cần --out DIR / several documents need --out DIR")
    names = _Names(out)
    with library_at(db) as library:
        for document in library.selected(chosen):
            names.save(document, _stem(document), form)
    return 0


class _Names:
    """The files written: a name that is taken gets the beginning of the document's sum."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder or Path()
        self.taken: set[str] = set()

    def save(self, document: Document, stem: str, form: writers.Form) -> None:
        if stem in self.taken:
            stem += f"-{document.source.sha256[:8]}-{document.source.part}"
        self.taken.add(stem)
        goal = self.folder / f"{stem}{writers.FORMS[form]}"
        written = writers.save(document, goal, form)
        click.echo(f"{'đã ghi' if written else 'không đổi':<10}{goal}")


def _spread(what: tuple[str, ...]) -> Iterator[str]:
    """Folders and patterns as their files; all else as it is."""
    for one in what:
        if Path(one).is_dir() or (glob.has_magic(one) and not Path(one).exists()):
            yield from map(str, files([one]))
        else:
            yield one


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
    parts = [part for part in identity.split("/")[-3:] if part not in ("", "_")] if identity else []
    stem = "-".join(parts) or Path(document.source.name).stem
    if len(stem.encode()) <= _LONGEST_NAME:
        return stem
    return stem.encode()[: _LONGEST_NAME - 9].decode(errors="ignore") + "-" + document.source.sha256[:8]  # a law named by its title


for _form in get_args(writers.Form):
    export.add_command(_command(_form))

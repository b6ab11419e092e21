"""Commands that give documents out: ``vanban export akn`` and the other forms of a document."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from vanban.parser import Document, writers

from ..exports import Selection
from ..parsing import STDIN, STDIN_NAME, documents_of, files, read
from ..records import Ambiguous, Exported, KnowledgeBaseError, NotFound, NotHeld
from .asking import date_option
from .base import FAILED, answer_with, commands, complain, database, dated, give, library_at
from .outputs import folder_at, names_a_file

_Command = TypeVar("_Command", bound=Callable[..., Any])
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

    --out PATH: a form that is one file writes it there, or into PATH where that is a folder (or ends in /); a form that is several files
    makes PATH their folder; documents (akn, md …) are written into the folder PATH, a single one also into the file PATH if it has the
    form's ending.
    """


def chosen(command: _Command) -> _Command:
    """``--issuer``, ``--type``, ``--since``, ``--until``, ``--words``: which of the documents held."""
    options = (
        click.option("--issuer", metavar="NAME", help="Only documents of this issuer, or of all whose name holds the words."),
        click.option("--type", "--kind", "type", metavar="TYPE", help="Only documents of this type: 'Nghị quyết', 'ke hoach'."),
        date_option("--since", "Only documents of this date or after: 2024, 2024-06, 30/6/2024."),
        date_option("--until", "Only documents of this date or before."),
        click.option("--words", metavar="WORDS", help="Only documents of which a node holds all these words."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _command(form: writers.Form) -> click.Command:
    @click.command(form, help=f"{_ABOUT.get(form, form)} WHAT is a file, or what the knowledge base holds: a number, an id, a name.")
    @click.argument("what", nargs=-1, metavar="[WHAT]...")
    @dated
    @click.option("--all", "everything", is_flag=True, help="All documents that the knowledge base holds.")
    @chosen
    @click.option(
        "--out", metavar="PATH", help=f"The folder to write <name>{writers.FORMS[form]} into; of one document, also a file of that ending."
    )
    @database
    @click.option("--json", "as_json", is_flag=True, help="With --out: the report in JSON.")
    def write(
        what: tuple[str, ...], date: str | None, everything: bool, out: str | None, db: str, as_json: bool, **asked: str | None
    ) -> int:  # fmt: skip
        choosing = everything or any(value is not None for value in asked.values())
        if bool(what) == choosing:
            raise click.UsageError("nêu văn bản, hoặc chọn trong kho / name documents, or choose among those held (--all, --issuer …)")
        if choosing and date:
            raise click.UsageError("--date đi với WHAT / --date is the date of the document that is named")
        if as_json and out is None:
            raise click.UsageError("--json là báo cáo, cần --out PATH / --json is the report and needs --out PATH (the form: export json)")
        if choosing:
            return _export_held(form, Selection(**asked), out, db, as_json)  # type: ignore[arg-type]
        return _export(form, what, date, out, db, as_json)

    return write


def _export(form: writers.Form, what: tuple[str, ...], date: str | None, out: str | None, db: str, as_json: bool) -> int:
    status = 0
    several = len(what) > 1 or sum(1 for _ in islice(_spread(what), 2)) > 1
    if out is None and several:
        raise click.UsageError(_NEEDS_OUT)
    names = _Written(out, form, as_json, one=not several)
    for one in _spread(what):
        found = _found(one, date, db)
        if found is None:
            status = FAILED
        elif out is None:
            give(writers.render_bytes(found[0][1], form), form == "docx")
            if len(found) > 1:
                problem = f"tệp có {len(found)} văn bản, đây là văn bản đầu / the file holds {len(found)} documents, this is the first"
                complain(one, problem, "Lấy tất cả: thêm --out DIR / for all of them: --out DIR")
        elif len(found) > 1 and names.file:
            raise click.UsageError(f"{one}: {_NEEDS_FOLDER}")
        else:
            for stem, document in found:
                names.save(document, stem)
    return status if out is None else names.told() or status


def _export_held(form: writers.Form, choice: Selection, out: str | None, db: str, as_json: bool) -> int:
    """What the knowledge base holds, one document after the other."""
    if out is None:
        raise click.UsageError(_NEEDS_OUT)
    names = _Written(out, form, as_json, one=False)
    with library_at(db) as library:
        for document in library.selected(choice):
            names.save(document, _stem(document))
    return names.told()


_NEEDS_OUT = "nhiều văn bản thì cần --out DIR / several documents need --out DIR"
_NEEDS_FOLDER = "nhiều văn bản thì --out là thư mục / of several documents --out is a folder"


class _Written:
    """The files written: a name that is taken gets the beginning of the document's sum."""

    def __init__(self, out: str | None, form: writers.Form, as_json: bool, *, one: bool) -> None:
        self._form, self._as_json = form, as_json
        self._ending = writers.FORMS[form]
        self.file = Path(out) if out is not None and names_a_file(out, self._ending) else None
        if self.file and not one:
            raise click.UsageError(_NEEDS_FOLDER)
        self._folder = Path() if out is None else self.file.parent if self.file else folder_at(out)
        self._taken: set[str] = set()
        self._files: list[str] = []
        self._unchanged: list[str] = []

    def save(self, document: Document, stem: str) -> None:
        """Write one document."""
        if stem in self._taken:
            stem += f"-{document.source.sha256[:8]}-{document.source.part}"
        self._taken.add(stem)
        goal = self.file or self._folder / f"{stem}{self._ending}"
        try:
            written = writers.save(document, goal, self._form)
        except OSError as error:
            problem = f"không ghi được / cannot be written ({error.strerror or error})"
            remedy = "Kiểm tra đường dẫn, quyền ghi và chỗ trống / check the path, the permissions and the space left"
            raise KnowledgeBaseError(str(goal), problem, remedy) from None
        if self._as_json:
            (self._files if written else self._unchanged).append(goal.name)
        else:
            click.echo(f"{'đã ghi' if written else 'không đổi':<10}{goal}")

    def told(self) -> int:
        """The report, where it was asked for."""
        if not self._as_json:
            return 0
        files, unchanged = tuple(self._files), tuple(self._unchanged)
        return answer_with(Exported(form=self._form, out=str(self._folder), files=files, unchanged=unchanged), True)


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

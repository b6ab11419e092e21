"""The command line: thin commands over the verbs of ``vanban.parser`` and ``vanban.kb``.

Answers go to standard output, as text or with ``--json`` as JSON; what is wrong goes to standard error as ``vanban: NAME: problem.
Remedy`` with exit status 2. The database's library is loaded by the commands that ask it, not by ``vanban parse``.
"""

from __future__ import annotations

import io
import os
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vanban.parser import writers

from .parsing import FORMATS, documents_of, files, read, write_all

if TYPE_CHECKING:
    from .records import Answer
    from .store import KnowledgeBase

FAILED = 2
DEFAULT_DATABASE = "vanban.sqlite"
_Command = TypeVar("_Command", bound=Callable[..., Any])


def main(arguments: Sequence[str] | None = None) -> None:
    """The program ``vanban``."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status: 0, or 2 where something is wrong. Never a traceback (but see ``VANBAN_DEBUG``)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = commands.main(arguments, prog_name="vanban", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return FAILED
    except click.ClickException as error:
        place = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "vanban"
        return complain(place.removeprefix("vanban ") or place, _bilingual(error), f"Xem / see: {place} --help")
    except click.Abort:
        return 130
    except Exception as error:
        if os.environ.get("VANBAN_DEBUG"):
            raise
        told = getattr(error, "name", None), getattr(error, "problem", None), getattr(error, "remedy", None)
        if all(isinstance(part, str) for part in told):
            return complain(*map(str, told))
        remedy = "Lỗi của chương trình, xin báo lại / this is a mistake of the program: please report it (VANBAN_DEBUG=1 shows where)"
        return complain("vanban", f"{type(error).__name__}: {error}", remedy)
    return status if isinstance(status, int) else 0


def complain(name: str, problem: str, remedy: str) -> int:
    """``vanban: NAME: problem. Remedy`` on standard error."""
    stop = "" if "\n" in problem else "."
    click.echo(f"vanban: {name}: {problem}{stop}{chr(10) if not stop else ' '}{remedy}", err=True)
    return FAILED


_WRONG_CALLS: tuple[tuple[type[click.ClickException], str], ...] = (
    (click.exceptions.NoSuchCommand, "không có lệnh này"),
    (click.NoSuchOption, "không có tùy chọn này"),
    (click.MissingParameter, "thiếu tham số"),
    (click.BadParameter, "giá trị không hợp lệ"),
    (click.BadOptionUsage, "dùng sai tùy chọn"),
    (click.UsageError, "gọi lệnh chưa đúng"),
)


def _bilingual(error: click.ClickException) -> str:
    """What is wrong with a call, in Vietnamese before click's own words; ours have both already."""
    said = error.format_message().rstrip(".")
    if " / " in said and type(error) is click.UsageError:
        return said
    return next((f"{vietnamese} / {said}" for kind, vietnamese in _WRONG_CALLS if isinstance(error, kind)), said)


# --- options -----------------------------------------------------------------------------------------------------------------


def _date(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from .words import iso_date

    try:
        return iso_date(value) if value is not None else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
dated = click.option(
    "--date",
    metavar="DATE",
    callback=_date,
    help="Date of the instrument, where several share the number: 2017-10-25, 25/10/2017, 2017.",
)
database = click.option(
    "--db",
    metavar="PATH",
    envvar="VANBAN_DATABASE_URL",
    default=DEFAULT_DATABASE,
    show_default=True,
    show_envvar=True,
    help="The knowledge base: a SQLite file or a database URL.",
)


def paged(limit: int) -> Callable[[_Command], _Command]:
    """``--limit`` and ``--offset``."""

    def with_pages(command: _Command) -> _Command:
        command = click.option("--offset", default=0, type=click.IntRange(min=0), help="Leave out that many first.")(command)
        return click.option("--limit", default=limit, show_default=True, type=click.IntRange(min=0), help="At most so many; 0: all.")(
            command
        )

    return with_pages


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="vanban")
def commands() -> None:
    """Vietnamese official documents: their structure, what they cite, order and aim at, and a knowledge base of them.

    NUMBER is a document number in any spelling (117/NQ-CP, nq 117 cp), an instrument's id, its name, or a file's name.
    """


# --- parsing -----------------------------------------------------------------------------------------------------------------


@commands.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([*writers.FORMS, *FORMATS]),
    metavar="NAME",
    help="Form of the output: json (default) or tree. Also what a file is, where its content does not tell: "
    + ", ".join(FORMATS)
    + ". Both may be given.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Write DIR/<name>.json for each file.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json; with --out, the report in JSON.")
def parse(paths: tuple[Path, ...], formats: tuple[str, ...], out: Path | None, as_json: bool) -> int:
    """Parse files; print the document, or write one file each with --out.

    FILE is a file, a folder (all files in it), a pattern ('*.docx', '**/*.pdf'), or - for standard input.
    """
    form = next((name for name in reversed(formats) if name in writers.FORMS), "json")
    format = next((name for name in reversed(formats) if name in FORMATS), None)
    found = list(files(paths))
    if out is None:
        if len(found) > 1:
            raise click.UsageError("nhiều tệp thì cần --out DIR / several files need --out DIR")
        name, data = read(found[0])
        inside = documents_of(data, name, format)
        click.echo(writers.render(inside[0], "json" if as_json else form), nl=False)  # type: ignore[arg-type]
        if len(inside) > 1:
            problem = f"tệp có {len(inside)} văn bản, đây là văn bản đầu / the file holds {len(inside)} documents, this is the first"
            complain(str(found[0]), problem, f"Lấy tất cả / for all of them: vanban parse {shlex.quote(str(found[0]))} --out DIR")
        return 0
    report = write_all(found, out, form, format)  # type: ignore[arg-type]
    if as_json:
        _print(report, True)
    for item in report.items:
        if item.problem is not None:
            complain(item.path, item.problem, item.remedy or "")
        elif not as_json:
            click.echo(f"{'đã ghi' if item.outcome == 'written' else 'không đổi':<10}{item.written}")
    return FAILED if any(item.outcome == "failed" for item in report.items) else 0


# --- the knowledge base ------------------------------------------------------------------------------------------------------


@commands.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--again", is_flag=True, help="Parse anew what is held already.")
@click.option(
    "--format",
    type=click.Choice(list(FORMATS)),
    metavar="NAME",
    help=f"What the files are, where their content does not tell: {', '.join(FORMATS)}.",
)
@database
@as_json
def ingest(paths: tuple[Path, ...], again: bool, format: str | None, db: str, as_json: bool) -> int:
    """Load files; what is held already is left as it is.

    PATH is a file, a folder (all files in it), a pattern ('*.docx', '**/*.pdf'), or - for standard input.
    """
    from . import open as open_database
    from . import render
    from .records import Ingested

    def tell(item: Ingested) -> None:
        if item.outcome == "failed":
            complain(item.path, item.problem or "", item.remedy or "")
        elif not as_json:
            click.echo(render.ingested(item))

    with open_database(db) as library:
        report = library.ingest(paths, again=again, format=format, progress=tell)
        place = library.name
    _print(report, as_json)
    if not as_json:
        click.echo(f"Kho: {place}")
    return FAILED if report.count("failed") else 0


@commands.command()
@click.argument("number")
@dated
@database
@as_json
def show(number: str, date: str | None, db: str, as_json: bool) -> int:
    """Show an instrument: its facts, outline, findings and versions."""
    with _library(db) as library:
        return _print(library.show(number, date=date), as_json)


@commands.command()
@click.argument("number")
@dated
@database
@as_json
@click.pass_context
def summary(context: click.Context, number: str, date: str | None, db: str, as_json: bool) -> int:
    """Show a document at a glance, with questions to go on with."""
    given = context.get_parameter_source("db") is click.core.ParameterSource.COMMANDLINE
    with _library(db) as library:
        return _print(library.summary(number, date=date), as_json, ("--db", db) if given else ())


@commands.command()
@click.argument("number")
@dated
@database
@as_json
def cites(number: str, date: str | None, db: str, as_json: bool) -> int:
    """List the instruments that a document cites."""
    with _library(db) as library:
        return _print(library.cites(number, date=date), as_json)


@commands.command("cited-by")
@click.argument("number")
@dated
@paged(100)
@database
@as_json
def cited_by(number: str, date: str | None, limit: int, offset: int, db: str, as_json: bool) -> int:
    """List where an instrument is cited."""
    with _library(db) as library:
        return _print(library.cited_by(number, date=date, limit=limit or None, offset=offset), as_json)


@commands.command()
@click.option("--implements", metavar="NUMBER", help="Only those that carry out this instrument.")
@dated
@click.option("--text", metavar="WORDS", help="Only those whose text holds all these words, with or without diacritics.")
@paged(100)
@database
@as_json
def mandates(implements: str | None, date: str | None, text: str | None, limit: int, offset: int, db: str, as_json: bool) -> int:
    """List who must do what."""
    if date and implements is None:
        raise click.UsageError("--date đi với --implements / --date is the date of the instrument named with --implements")
    with _library(db) as library:
        return _print(library.mandates(implements=implements, date=date, text=text, limit=limit or None, offset=offset), as_json)


@commands.command()
@click.argument("words", nargs=-1, metavar="[WORDS]")
@paged(100)
@database
@as_json
def targets(words: tuple[str, ...], limit: int, offset: int, db: str, as_json: bool) -> int:
    """List figures to be reached whose name or text holds all WORDS, with or without diacritics."""
    with _library(db) as library:
        return _print(library.targets(" ".join(words), limit=limit or None, offset=offset), as_json)


@commands.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS")
@paged(20)
@database
@as_json
def search(words: tuple[str, ...], limit: int, offset: int, db: str, as_json: bool) -> int:
    """Search the text for all WORDS, with or without diacritics."""
    with _library(db) as library:
        return _print(library.search(" ".join(words), limit=limit or None, offset=offset), as_json)


@commands.command("most-cited")
@paged(10)
@database
@as_json
def most_cited(limit: int, offset: int, db: str, as_json: bool) -> int:
    """List the instruments that most documents cite."""
    with _library(db) as library:
        return _print(library.most_cited(limit=limit or None, offset=offset), as_json)


@commands.command()
@paged(100)
@database
@as_json
def documents(limit: int, offset: int, db: str, as_json: bool) -> int:
    """List the documents held."""
    with _library(db) as library:
        return _print(library.documents(limit=limit or None, offset=offset), as_json)


# --- within ------------------------------------------------------------------------------------------------------------------


def _library(db: str) -> KnowledgeBase:
    """The knowledge base, which must be there."""
    from . import open as open_database

    return open_database(db, create=False)


def _print(answer: Answer, as_json: bool, database: Sequence[str] = ()) -> int:
    """An answer to standard output; what is none says why, and its exit status is 2."""
    from . import render
    from .records import Ambiguous, NotFound, NotHeld

    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2))
    if isinstance(answer, Ambiguous | NotFound | NotHeld):
        return FAILED if as_json else complain(*render.refusal(answer))
    if not as_json:
        click.echo(render.text(answer, database))
    return 0

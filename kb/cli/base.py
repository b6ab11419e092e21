"""What all commands share: the program, its options, and how an answer is printed.

Answers go to standard output, as text or with ``--json`` as JSON; what is wrong goes to standard error as ``vanban: NAME: problem.
Remedy`` with exit status 2. The database's library is loaded by the commands that ask it, not by ``vanban parse``.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from vanban.parser.compare import Comparison

    from ..records import Answer
    from ..store import KnowledgeBase

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
        if isinstance(error, ImportError):  # an extra that is not installed: its message says which
            problem, _, remedy = str(error).rstrip(".").partition(". ")
            return complain("vanban", problem, remedy or "Xem README, mục Formats / see README: Formats")
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
    from ..words import iso_date

    try:
        return iso_date(value) if value is not None else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")


def dated_with(help: str) -> Callable[[_Command], _Command]:
    """``--date``, for what the help says."""
    return click.option("--date", metavar="DATE", callback=_date, help=help)


def formed(command: _Command) -> _Command:
    """``--json`` and ``--csv``: the parameter ``form`` is one of them, or ``text``."""
    command = click.option("--csv", "form", flag_value="csv", help="Answer in CSV, one row an item.")(command)
    return click.option("--json", "form", flag_value="json", default="text", help="Answer in JSON.")(command)


dated = dated_with("Date of the instrument, where several share the number: 2017-10-25, 25/10/2017, 2017.")
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


# --- answers -------------------------------------------------------------------------------------------------------------


def library_at(db: str) -> KnowledgeBase:
    """The knowledge base, which must be there."""
    from .. import open as open_database

    return open_database(db, create=False)


def give(data: bytes, binary: bool) -> None:
    """A document in a form to standard output; a file that is no text is not thrown at a screen."""
    if binary and sys.stdout.isatty():
        raise click.UsageError("tệp này không phải chữ: thêm --out DIR, hoặc > TỆP / this form is no text: use --out DIR, or > FILE")
    click.echo(data, nl=False)


def answer_with(answer: Answer | Comparison, form: bool | str, database: Sequence[str] = (), option: str = "--date") -> int:
    """An answer to standard output; what is none says why, and its exit status is 2. ``form``: ``json`` (or true), ``csv``, ``text``;
    ``option`` is the one that chooses among several instruments."""
    from .. import render
    from ..records import Unresolved

    as_json = form in (True, "json")
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2))
    if isinstance(answer, Unresolved):
        return FAILED if as_json else complain(*render.refusal(answer, option))
    if not as_json:
        click.echo(render.csv(answer) if form == "csv" else render.text(answer, database), nl=form != "csv")
    return 0

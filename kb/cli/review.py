"""Commands of those who look after a knowledge base: ``vanban review …``, ``vanban register import``."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ..records import KnowledgeBaseError
from .base import answer_with, as_json, commands, database, dated, library_at, paged

_Command = TypeVar("_Command", bound=Callable[..., Any])
_KINDS = ("finding", "citation", "node", "actor", "target")


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None


def by_whom(command: _Command) -> _Command:
    """``--who`` and ``--why``."""
    command = click.option("--why", default="", metavar="WORDS", help="Why.")(command)
    return click.option("--who", envvar="VANBAN_WHO", show_envvar=True, default=_user, metavar="NAME", help="Who decides; you.")(command)


@commands.group()
def register() -> None:
    """Registers of instruments: which number, date and name an instrument has."""


@register.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--who", envvar="VANBAN_WHO", default=_user, metavar="NAME", help="Who imports it; you.")
@database
@as_json
def import_(file: Path, who: str, db: str, as_json: bool) -> int:
    """Import a register (CSV or TSV, the first line names the columns); open citations find what it knows."""
    with library_at(db) as library:
        return answer_with(library.import_register(file, who=who or "vanban"), as_json)


@commands.group()
def review() -> None:
    """What is to be looked at, and what is decided of it. KEY is the key in the first column of the list: 12:c7."""


@review.command("list")
@click.argument("number", required=False)
@dated
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(_KINDS),
    help="Findings and citations wait; nodes, actors and targets of a document can be corrected.",
)
@click.option("--code", metavar="CODE", help="A finding's code, or ambiguous, partial, unknown.")
@paged(50)
@database
@as_json
def list_(
    number: str | None, date: str | None, kinds: tuple[str, ...], code: str | None, limit: int, offset: int, db: str, as_json: bool
) -> int:
    """List what nobody has decided on: findings, and citations whose instrument cannot be told."""
    with library_at(db) as library:
        chosen = kinds or ("finding", "citation")
        answer = library.review_queue(number, date=date, kinds=chosen, code=code, limit=limit or None, offset=offset)
        return answer_with(answer, as_json)


@review.command()
@click.argument("key")
@database
@as_json
def show(key: str, db: str, as_json: bool) -> int:
    """Show one place, with the words around it and what was decided before."""
    with library_at(db) as library:
        return answer_with(library.review_show(key), as_json)


@review.command()
@click.argument("key")
@by_whom
@database
@as_json
def accept(key: str, who: str, why: str, db: str, as_json: bool) -> int:
    """It is right; a citation with one candidate means that one."""
    with library_at(db) as library:
        return answer_with(library.review_accept(key, who=who or "", why=why), as_json)


@review.command()
@click.argument("key")
@click.argument("value")
@dated
@click.option("--actor", metavar="NAME", help="Which of a mandate's bodies, by the name that it has now.")
@click.option("--force", is_flag=True, help="Though the citation names another type or number than the instrument has.")
@by_whom
@database
@as_json
def correct(key: str, value: str, date: str | None, actor: str | None, force: bool, who: str, why: str, db: str, as_json: bool) -> int:
    """It should be VALUE: a label, the instrument that is meant (--date chooses), a body's name, a figure."""
    with library_at(db) as library:
        return answer_with(library.review_correct(key, value, date=date, actor=actor, force=force, who=who or "", why=why), as_json)


@review.command()
@click.argument("key")
@by_whom
@database
@as_json
def dismiss(key: str, who: str, why: str, db: str, as_json: bool) -> int:
    """There is nothing to be looked at."""
    with library_at(db) as library:
        return answer_with(library.review_dismiss(key, who=who or "", why=why), as_json)


@review.command()
@click.argument("decision")
@click.option("--resolution", is_flag=True, help="It is the number of a change in 'vanban review resolutions'.")
@by_whom
@database
@as_json
def undo(decision: str, resolution: bool, who: str, why: str, db: str, as_json: bool) -> int:
    """Take a decision back, or a change of what a citation means."""
    if not (decision.isascii() and decision.isdigit() and len(decision) < 10):
        problem = "cần số của một quyết định, không phải mã của một chỗ / the number of a decision is wanted, not the key of a place"
        raise KnowledgeBaseError(decision or '""', problem, f"Xem / see: vanban review {'resolutions' if resolution else 'log'}")
    with library_at(db) as library:
        take_back = library.undo_resolution if resolution else library.review_undo
        return answer_with(take_back(int(decision), who=who or "", why=why), as_json)


@review.command()
@click.argument("number")
@click.argument("version")
@dated
@by_whom
@database
@as_json
def restore(number: str, version: str, date: str | None, who: str, why: str, db: str, as_json: bool) -> int:
    """Make an earlier version the current one again. VERSION is its file's name, or sha256: and the beginning of its sum: vanban show."""
    with library_at(db) as library:
        return answer_with(library.restore(number, version, date=date, who=who or "", why=why), as_json)


@review.command()
@click.argument("number", required=False)
@dated
@click.option("--not-applicable", is_flag=True, help="Only those that a later parse has no place for.")
@paged(50)
@database
@as_json
def log(number: str | None, date: str | None, not_applicable: bool, limit: int, offset: int, db: str, as_json: bool) -> int:
    """List what was decided, by whom and why."""
    with library_at(db) as library:
        state = "not_applicable" if not_applicable else None
        return answer_with(library.reviews(number, date=date, state=state, limit=limit or None, offset=offset), as_json)


@review.command()
@click.argument("number", required=False)
@dated
@paged(50)
@database
@as_json
def resolutions(number: str | None, date: str | None, limit: int, offset: int, db: str, as_json: bool) -> int:
    """List changes of what citations mean: because an instrument came, a register was imported, somebody decided."""
    with library_at(db) as library:
        return answer_with(library.resolutions(number, date=date, limit=limit or None, offset=offset), as_json)


@review.command()
@click.option("--verb", metavar="VERB", help="Only what was so done: loaded, replaced, withdrawn, reviewed, imported, upgraded.")
@paged(50)
@database
@as_json
def audit(verb: str | None, limit: int, offset: int, db: str, as_json: bool) -> int:
    """List all that was done to what is held."""
    with library_at(db) as library:
        return answer_with(library.audit(verb=verb, limit=limit or None, offset=offset), as_json)

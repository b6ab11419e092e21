"""Commands that ask the knowledge base for instruments: ``vanban show``, ``summary``, ``cites``, ``cited-by``, ``chain`` …"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, get_args

import click

from vanban.parser.model import Relation

from ..records import Ambiguous
from .base import answer_with, commands, database, dated, formed, library_at, paged

_Command = TypeVar("_Command", bound=Callable[..., Any])
RELATION = click.Choice(get_args(Relation))


def date_option(name: str, words: str) -> Callable[[_Command], _Command]:
    """An option that takes a date as it is typed."""
    from .base import _date

    return click.option(name, metavar="DATE", callback=_date, help=words)


def of_documents(command: _Command) -> _Command:
    """``--issuer``, ``--kind``, ``--since``, ``--until``: which documents."""
    command = date_option("--until", "Only documents of this date or before: 2024, 2024-06, 30/6/2024.")(command)
    command = date_option("--since", "Only documents of this date or after.")(command)
    command = click.option("--kind", metavar="TYPE", help="Only documents of this type: Nghị quyết, 'ke hoach'.")(command)
    return click.option("--issuer", metavar="NAME", help="Only documents of this issuer, or of all whose name holds the words.")(command)


@commands.command()
@click.argument("number")
@dated
@click.option("--all", "every", is_flag=True, help="With findings that were dismissed.")
@database
@formed
def show(number: str, date: str | None, every: bool, db: str, form: str) -> int:
    """Show an instrument: its facts, outline, findings and versions."""
    with library_at(db) as library:
        return answer_with(library.show(number, date=date, every=every), form)


@commands.command()
@click.argument("number")
@dated
@database
@formed
@click.pass_context
def summary(context: click.Context, number: str, date: str | None, db: str, form: str) -> int:
    """Show a document at a glance, with questions to go on with."""
    given = context.get_parameter_source("db") is click.core.ParameterSource.COMMANDLINE
    with library_at(db) as library:
        return answer_with(library.summary(number, date=date), form, ("--db", db) if given else ())


@commands.command()
@click.argument("number")
@dated
@click.option("--relation", type=RELATION, help="Only citations of this relation.")
@paged(0)
@database
@formed
def cites(number: str, date: str | None, relation: str | None, limit: int, offset: int, db: str, form: str) -> int:
    """List the instruments that a document cites."""
    with library_at(db) as library:
        return answer_with(library.cites(number, date=date, relation=relation, limit=limit or None, offset=offset), form)


@commands.command("cited-by")
@click.argument("number")
@dated
@click.option("--relation", type=RELATION, help="Only citations of this relation.")
@click.option("--provision", metavar="PLACE", help="Only citations of this provision and those below it: 'khoản 2 Điều 5', 'Điều 5/2'.")
@of_documents
@paged(100)
@database
@formed
def cited_by(number: str, limit: int, offset: int, db: str, form: str, **asked: str | None) -> int:
    """List where an instrument is cited."""
    with library_at(db) as library:
        return answer_with(library.cited_by(number, limit=limit or None, offset=offset, **asked), form)


@commands.command()
@click.argument("number")
@dated
@click.option("--down", is_flag=True, help="What is founded on it, carries it out or details it, instead of what it is founded on.")
@click.option("--relation", "relations", multiple=True, type=RELATION, help="Follow this relation instead; may be given several times.")
@click.option("--depth", type=click.IntRange(min=1), help="At most so many steps.")
@paged(100)
@database
@formed
def chain(
    number: str, date: str | None, down: bool, relations: tuple[str, ...], depth: int | None, limit: int, offset: int, db: str, form: str
) -> int:
    """List the legal bases of an instrument, theirs, and so on; or, with --down, what rests on it."""
    with library_at(db) as library:
        answer = library.chain(
            number, date=date, direction="down" if down else "up", relations=relations, depth=depth, limit=limit or None, offset=offset
        )
        return answer_with(answer, form)


@commands.command()
@click.argument("number")
@click.argument("other", metavar="NUMBER")
@dated
@date_option("--other-date", "Date of the second instrument.")
@click.option("--relation", "relations", multiple=True, type=RELATION, help="Only steps of this relation; may be given several times.")
@database
@formed
def path(number: str, other: str, date: str | None, other_date: str | None, relations: tuple[str, ...], db: str, form: str) -> int:
    """Show a shortest way from one instrument to another."""
    with library_at(db) as library:
        answer = library.path(number, other, date=date, other_date=other_date, relations=relations)
    second = isinstance(answer, Ambiguous) and answer.query == other and (number != other or date is not None)
    return answer_with(answer, form, option="--other-date" if second else "--date")


@commands.command()
@click.argument("number")
@dated
@date_option("--on", "How it stood on this day; without: today.")
@paged(100)
@database
@formed
def changes(number: str, date: str | None, on: str | None, limit: int, offset: int, db: str, form: str) -> int:
    """Show what amended, replaced or repealed an instrument, as far as the documents held tell."""
    with library_at(db) as library:
        return answer_with(library.changes(number, date=date, on=on, limit=limit or None, offset=offset), form)


@commands.command("most-cited")
@paged(10)
@database
@formed
def most_cited(limit: int, offset: int, db: str, form: str) -> int:
    """List the instruments that most documents cite."""
    with library_at(db) as library:
        return answer_with(library.most_cited(limit=limit or None, offset=offset), form)


@commands.command()
@paged(20)
@database
@formed
def coverage(limit: int, offset: int, db: str, form: str) -> int:
    """List the instruments that are cited but not held, most cited first."""
    with library_at(db) as library:
        return answer_with(library.coverage(limit=limit or None, offset=offset), form)


@commands.command()
@database
@formed
def statistics(db: str, form: str) -> int:
    """Show how much is held: documents by type and year, citations by state and relation."""
    with library_at(db) as library:
        return answer_with(library.statistics(), form)


@commands.command()
@of_documents
@paged(100)
@database
@formed
def documents(limit: int, offset: int, db: str, form: str, **asked: str | None) -> int:
    """List the documents held."""
    with library_at(db) as library:
        return answer_with(library.documents(limit=limit or None, offset=offset, **asked), form)

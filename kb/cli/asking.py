"""Commands that ask the knowledge base: ``vanban show``, ``summary``, ``cites``, ``cited-by``, ``mandates`` …"""

from __future__ import annotations

import click

from .base import answer_with, as_json, commands, database, dated, library_at, paged


@commands.command()
@click.argument("number")
@dated
@database
@as_json
def show(number: str, date: str | None, db: str, as_json: bool) -> int:
    """Show an instrument: its facts, outline, findings and versions."""
    with library_at(db) as library:
        return answer_with(library.show(number, date=date), as_json)


@commands.command()
@click.argument("number")
@dated
@database
@as_json
@click.pass_context
def summary(context: click.Context, number: str, date: str | None, db: str, as_json: bool) -> int:
    """Show a document at a glance, with questions to go on with."""
    given = context.get_parameter_source("db") is click.core.ParameterSource.COMMANDLINE
    with library_at(db) as library:
        return answer_with(library.summary(number, date=date), as_json, ("--db", db) if given else ())


@commands.command()
@click.argument("number")
@dated
@database
@as_json
def cites(number: str, date: str | None, db: str, as_json: bool) -> int:
    """List the instruments that a document cites."""
    with library_at(db) as library:
        return answer_with(library.cites(number, date=date), as_json)


@commands.command("cited-by")
@click.argument("number")
@dated
@paged(100)
@database
@as_json
def cited_by(number: str, date: str | None, limit: int, offset: int, db: str, as_json: bool) -> int:
    """List where an instrument is cited."""
    with library_at(db) as library:
        return answer_with(library.cited_by(number, date=date, limit=limit or None, offset=offset), as_json)


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
    with library_at(db) as library:
        return answer_with(library.mandates(implements=implements, date=date, text=text, limit=limit or None, offset=offset), as_json)


@commands.command()
@click.argument("words", nargs=-1, metavar="[WORDS]")
@paged(100)
@database
@as_json
def targets(words: tuple[str, ...], limit: int, offset: int, db: str, as_json: bool) -> int:
    """List figures to be reached whose name or text holds all WORDS, with or without diacritics."""
    with library_at(db) as library:
        return answer_with(library.targets(" ".join(words), limit=limit or None, offset=offset), as_json)


@commands.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS")
@paged(20)
@database
@as_json
def search(words: tuple[str, ...], limit: int, offset: int, db: str, as_json: bool) -> int:
    """Search the text for all WORDS, with or without diacritics."""
    with library_at(db) as library:
        return answer_with(library.search(" ".join(words), limit=limit or None, offset=offset), as_json)


@commands.command("most-cited")
@paged(10)
@database
@as_json
def most_cited(limit: int, offset: int, db: str, as_json: bool) -> int:
    """List the instruments that most documents cite."""
    with library_at(db) as library:
        return answer_with(library.most_cited(limit=limit or None, offset=offset), as_json)


@commands.command()
@paged(100)
@database
@as_json
def documents(limit: int, offset: int, db: str, as_json: bool) -> int:
    """List the documents held."""
    with library_at(db) as library:
        return answer_with(library.documents(limit=limit or None, offset=offset), as_json)

"""Commands that ask what stands in the documents: ``vanban mandates``, ``targets``, ``search``."""

from __future__ import annotations

from typing import get_args

import click

from vanban.parser.model import ActorRole, MandateKind, NodeKind

from .asking import date_option, of_documents
from .base import answer_with, commands, database, dated, formed, library_at, paged


@commands.command()
@click.option("--implements", metavar="NUMBER", help="Only those that carry out this instrument.")
@dated
@click.option("--text", metavar="WORDS", help="Only those whose text holds all these words, with or without diacritics.")
@click.option("--body", metavar="NAME", help="Only those that name this body, or for which it answers by the execution clause.")
@click.option("--role", type=click.Choice(get_args(ActorRole)), help="Only those that name a body in this role.")
@click.option("--named-only", is_flag=True, help="With --body: not those that only inherit it.")
@click.option("--kind", type=click.Choice(get_args(MandateKind)), help="Only mandates of this kind.")
@date_option("--before", "Only those whose time limit ends on this day or before.")
@date_option("--after", "Only those whose time limit ends on this day or after.")
@date_option("--overdue", "Only those whose time limit had passed on this day.")
@click.option("--field", metavar="WORDS", help="Only those in this field, or in all fields whose name holds the words.")
@click.option("--place", metavar="NAME", help="Only those about this place.")
@click.option("--programme", metavar="NAME", help="Only those about this programme.")
@click.option("--document", metavar="NUMBER", help="Only those of this document.")
@paged(100)
@database
@formed
def mandates(
    implements: str | None, date: str | None, named_only: bool, limit: int, offset: int, db: str, form: str, **asked: str | None
) -> int:
    """List who must do what."""
    if date and implements is None:
        raise click.UsageError("--date đi với --implements / --date is the date of the instrument named with --implements")
    with library_at(db) as library:
        answer = library.mandates(implements=implements, date=date, inherited=not named_only, limit=limit or None, offset=offset, **asked)
        return answer_with(answer, form)


@commands.command()
@click.argument("words", nargs=-1, metavar="[WORDS]")
@click.option("--table", is_flag=True, help="One table: a row an issuer and target, a column a period. WORDS are of the target's name.")
@of_documents
@click.option("--period", metavar="YEARS", help="Only targets for this period: 2024, 2021-2025.")
@click.option("--unit", metavar="UNIT", help="Only targets in this unit: %, 'tỷ đồng'.")
@paged(100)
@database
@formed
def targets(words: tuple[str, ...], table: bool, limit: int, offset: int, db: str, form: str, **asked: str | None) -> int:
    """List figures to be reached whose name or text holds all WORDS, with or without diacritics."""
    with library_at(db) as library:
        ask = library.target_table if table else library.targets
        return answer_with(ask(" ".join(words), limit=limit or None, offset=offset, **asked), form)


@commands.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS")
@click.option("--document", metavar="NUMBER", help="Only in this document.")
@dated
@click.option("--node", "kinds", multiple=True, type=click.Choice(get_args(NodeKind)), help="Only nodes of this kind; several times.")
@of_documents
@paged(20)
@database
@formed
def search(words: tuple[str, ...], kinds: tuple[str, ...], limit: int, offset: int, db: str, form: str, **asked: str | None) -> int:
    """Search the text for all WORDS, with or without diacritics.

    '"che phủ rừng"' in quotation marks is wanted side by side, 'rừng*' is the beginning of a word.
    """
    with library_at(db) as library:
        return answer_with(library.search(" ".join(words), kinds=kinds, limit=limit or None, offset=offset, **asked), form)

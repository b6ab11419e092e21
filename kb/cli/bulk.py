"""Commands that give out what the knowledge base holds, as tables, graphs and linked data; and SPARQL over the last."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click

from ..exports import FOLDERS, FORMS, Selection
from ..exports.vocabulary import BASE, definitions
from ..records import Exported
from ..render.lines import left_out
from .base import answer_with, as_json, commands, database, dated, library_at
from .export import chosen, export
from .outputs import file_at, folder_at

_ABOUT = {
    "csv": "CSV files with a data dictionary (Frictionless datapackage.json).",
    "jsonl": "JSON Lines files with a data dictionary.",
    "parquet": "Parquet files with a data dictionary.",
    "xlsx": "An Excel workbook, a sheet a table.",
    "graphml": "GraphML: who does what to whom (networkx, yEd, R).",
    "gexf": "GEXF: the same for Gephi.",
    "dot": "Graphviz DOT: a picture of an instrument's neighbourhood.",
    "mermaid": "Mermaid: the same for Markdown.",
    "neo4j": "CSV files and a Cypher script for a property graph.",
    "turtle": "RDF in Turtle: ELI, ORG, FRBR and a small vocabulary.",
    "jsonld": "RDF in JSON-LD.",
}
_ENDINGS = {"xlsx": "vanban.xlsx", "graphml": "vanban.graphml", "gexf": "vanban.gexf", "dot": "vanban.dot", "mermaid": "vanban.mmd",
            "turtle": "vanban.ttl", "jsonld": "vanban.jsonld"}  # fmt: skip


def _command(form: str) -> click.Command:
    @click.command(form, help=f"{_ABOUT[form]} NUMBER: only these documents; in a graph, one is the instrument in the middle.")
    @click.argument("numbers", nargs=-1, metavar="[NUMBER]...")
    @dated
    @chosen
    @click.option("--depth", default=1, show_default=True, type=click.IntRange(1, 9), help="Graphs of one NUMBER: steps around it.")
    @click.option("--base", metavar="IRI", help=f"Linked data: what goes before the ids ({BASE}).")
    @click.option(
        "--out", metavar="PATH", default="vanban-" + form if form in FOLDERS else _ENDINGS[form], show_default=True,
        help="The folder to write into." if form in FOLDERS else "The file to write, or the folder to write it into.",
    )  # fmt: skip
    @database
    @as_json
    def write(
        numbers: tuple[str, ...],
        date: str | None,
        depth: int,
        base: str | None,
        out: str,
        db: str,
        as_json: bool,
        **asked: str | None,
    ) -> int:
        if date and not numbers:
            raise click.UsageError("--date đi với NUMBER / --date is the date of the NUMBER that is named")
        selection = Selection(numbers=numbers, date=date, depth=depth, **asked)
        goal = folder_at(out) if form in FOLDERS else file_at(out, _ENDINGS[form])
        with library_at(db) as library:
            answer = library.export(form, goal, selection, base=base)
        if as_json:
            return answer_with(answer, True)
        for file in answer.files:
            click.echo(f"đã ghi    {goal / file if form in FOLDERS else goal}")
        for line in left_out(answer.undated):
            click.echo(line)
        return 0

    return write


for _form in FORMS:
    export.add_command(_command(_form))


@export.command("vocabulary")
@click.option("--out", metavar="PATH", default=".", help="The folder to write into.")
@as_json
def vocabulary(out: str, as_json: bool) -> int:
    """The vocabulary of linked data (vocabulary.ttl) and its SHACL shapes (shapes.ttl)."""
    folder, files = folder_at(out), definitions()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        if not as_json:
            click.echo(f"đã ghi    {folder / name}")
    return answer_with(Exported(form="vocabulary", out=str(folder), files=tuple(files)), True) if as_json else 0


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("query")
@click.option("--csv", "as_csv", is_flag=True, help="Answer in CSV.")
@as_json
def sparql(file: Path, query: str, as_csv: bool, as_json: bool) -> int:
    """Ask an export (Turtle, JSON-LD) in SPARQL. QUERY is a SELECT or ASK, or @FILE that holds one."""
    from ..exports.sparql import ask

    answer = ask(file, Path(query[1:]).read_text(encoding="utf-8") if query.startswith("@") else query)
    if as_json:
        return answer_with(answer, True)
    if as_csv:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([answer.columns, *answer.rows])
        click.echo(out.getvalue(), nl=False)
        return 0
    for row in answer.rows:
        click.echo("\t".join(value or "" for value in row))
    click.echo(f"{len(answer.rows)} dòng / rows", err=True)
    return 0

"""Commands that take files: ``vanban parse``, ``vanban ingest``."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from vanban.parser import writers

from ..parsing import FORMATS, documents_of, files, read, write_all
from .base import FAILED, answer_with, as_json, commands, complain, database


@commands.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([*writers.FORMS, *(name for name in FORMATS if name not in writers.FORMS)]),
    metavar="NAME",
    help=f"Form of the output: {', '.join(writers.FORMS)}; json without it.",
)
@click.option(
    "--from",
    "given",
    type=click.Choice(list(FORMATS)),
    metavar="NAME",
    help=f"What the files are, where their content does not tell: {', '.join(FORMATS)}.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Write DIR/<name>.json (or of the form) for each file."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json; with --out, the report in JSON.")
def parse(paths: tuple[Path, ...], formats: tuple[str, ...], given: str | None, out: Path | None, as_json: bool) -> int:
    """Parse files; print the document, or write one file each with --out.

    FILE is a file, a folder (all files in it), a pattern ('*.docx', '**/*.pdf'), or - for standard input.
    """
    form = next((name for name in reversed(formats) if name in writers.FORMS), "json")
    # a name that is no form of the output says what the files are, as --from does
    format = given or next((name for name in reversed(formats) if name not in writers.FORMS), None)
    found = list(files(paths))
    if out is None:
        if len(found) > 1:
            raise click.UsageError("nhiều tệp thì cần --out DIR / several files need --out DIR")
        name, data = read(found[0])
        inside = documents_of(data, name, format)
        click.echo(writers.render_bytes(inside[0], "json" if as_json else form), nl=False)  # type: ignore[arg-type]
        if len(inside) > 1:
            problem = f"tệp có {len(inside)} văn bản, đây là văn bản đầu / the file holds {len(inside)} documents, this is the first"
            complain(str(found[0]), problem, f"Lấy tất cả / for all of them: vanban parse {shlex.quote(str(found[0]))} --out DIR")
        return 0
    report = write_all(found, out, form, format)  # type: ignore[arg-type]
    if as_json:
        answer_with(report, True)
    for item in report.items:
        if item.problem is not None:
            complain(item.path, item.problem, item.remedy or "")
        elif not as_json:
            click.echo(f"{'đã ghi' if item.outcome == 'written' else 'không đổi':<10}{item.written}")
    return FAILED if any(item.outcome == "failed" for item in report.items) else 0


@commands.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--again", is_flag=True, help="Parse anew what is held already.")
@click.option(
    "--format",
    "--from",
    "format",
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
    from .. import open as open_database
    from .. import render
    from ..records import Ingested

    def tell(item: Ingested) -> None:
        if item.outcome == "failed":
            complain(item.path, item.problem or "", item.remedy or "")
        elif not as_json:
            click.echo(render.ingested(item))

    with open_database(db) as library:
        report = library.ingest(paths, again=again, format=format, progress=tell)
        place = library.name
    answer_with(report, as_json)
    if not as_json:
        click.echo(f"Kho: {place}")
    return FAILED if report.count("failed") else 0

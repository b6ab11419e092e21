"""Commands that take files: ``vanban parse``, ``vanban ingest``."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import click

from vanban.parser import writers

from ..parsing import FORMATS, documents_of, files, read, write_all
from .base import FAILED, answer_with, as_json, commands, complain, database, give
from .progress import Progress

if TYPE_CHECKING:
    from ..records import IngestCounts, Ingested


def processors() -> int:
    """Those that this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _forms(_context: click.Context, _option: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    """Forms of the output; what a file is may stand there too, but is asked for by --from, so that it is not offered."""
    for name in names:
        if name not in writers.FORMS and name not in FORMATS:
            forms = ", ".join(writers.FORMS)
            raise click.BadParameter(f"{name!r} is not one of {forms} (tệp đầu vào là gì: --from / what the files are: --from)")
    return names


@commands.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--format",
    "formats",
    multiple=True,
    callback=_forms,
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
        give(writers.render_bytes(inside[0], "json" if as_json else form), form == "docx" and not as_json)  # type: ignore[arg-type]
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
@click.option("--linguistic", is_flag=True, help="Read key phrases too, with the linguistic layer (slower).")
@click.option("--jobs", type=click.IntRange(min=1), default=None, metavar="N", help="So many processes parse; as many as processors.")
@click.option("--executor", metavar="NAME", help="Parse elsewhere: dask:tcp://HOST:PORT is a Dask cluster.")
@database
@as_json
def ingest(
    paths: tuple[Path, ...],
    again: bool,
    format: str | None,
    linguistic: bool,
    jobs: int | None,
    executor: str | None,
    db: str,
    as_json: bool,
) -> int:
    """Load files; what is held already is left as it is, so an ingest that was cut short is simply run again.

    PATH is a file, a folder (all files in it), a pattern ('*.docx', '**/*.pdf'), or - for standard input.
    """
    from .. import executor as executor_named
    from .. import open as open_database
    from .. import render
    from ..records import Ingest, IngestCounts

    progress = Progress(paths)
    counts = IngestCounts()
    with executor_named(executor) as pool, open_database(db) as library, _Report(as_json) as report:
        for told in library.feed(paths, again=again, format=format, linguistic=linguistic, jobs=jobs or processors(), executor=pool):
            progress.clear()
            for item in told:
                report.item(item)
                if item.outcome == "failed":
                    complain(item.path, item.problem or "", item.remedy or "")
                elif not as_json:
                    click.echo(render.ingested(item))
            counts = report.counts = counts.plus(told)
            progress.show()
        progress.clear()
        place = library.name
        if linguistic and not again and counts.unchanged:
            problem = f"{counts.unchanged} văn bản đã có, không đọc thêm cụm từ / held already: no key phrases were read in them"
            complain("ingest --linguistic", problem, "Đọc lại / read them anew: --again")
    if not as_json:
        answer_with(Ingest(items=(), counts=counts), False)
        click.echo(f"Kho: {place}")
    return FAILED if counts.failed else 0


class _Report:
    """The report in JSON, written as it grows, so that it takes no memory; it is whole JSON wherever the ingest ends."""

    def __init__(self, wanted: bool) -> None:
        from ..records import IngestCounts

        self._wanted, self._first = wanted, True
        self.counts = IngestCounts()

    def __enter__(self) -> _Report:
        if self._wanted:
            click.echo('{\n  "result": "ingest",\n  "items": [', nl=False)
        return self

    def item(self, item: Ingested) -> None:
        """One more document."""
        if self._wanted:
            click.echo(f"{'' if self._first else ','}\n    {_indented(item, 4)}", nl=False)
            self._first = False

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._wanted:
            click.echo(f'{"" if self._first else chr(10) + "  "}],\n  "counts": {_indented(self.counts, 2)}\n}}')


def _indented(record: Ingested | IngestCounts, blanks: int) -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(record), indent=2).decode().replace("\n", "\n" + " " * blanks)

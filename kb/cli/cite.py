"""``vanban cite``: the instruments that a text or a file cites, and which is meant; or the text given back with links."""

from __future__ import annotations

import csv
import io
import os
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from vanban import parser
from vanban.parser import Cited, Register
from vanban.parser.model import Citation

from ..parsing import FORMATS, STDIN, read
from ..records import day_first
from ..render.lines import RELATIONS
from .base import as_json, commands, complain, dated_with

_STATES = {"resolved": "=", "partial": "~", "ambiguous": "?", "unknown": "?"}
_COLUMNS = ("text", "type", "number", "name", "date", "issuer", "provision", "relation", "state", "target", "candidates", "start", "end")
_WIDTH = 100
_LONGEST_NAME = 240


@commands.command()
@click.argument("text", metavar="TEXT|FILE|-")
@click.option(
    "--register", "path", metavar="FILE", type=click.Path(path_type=Path), help="Look up in this CSV or TSV, not in the packaged register."
)
@click.option("--annotate", "form", type=click.Choice(["html", "md"]), help="Print the text with its citations made links, mark-up intact.")
@click.option("--format", type=click.Choice(list(FORMATS)), metavar="NAME", help="What a FILE is, where its content does not tell.")
@click.option("--csv", "as_csv", is_flag=True, help="Answer as a table in CSV.")
@dated_with("Day, month or year of the document that a TEXT is from: 2025-03-01, 01/03/2025, 2025-03, 2025.")
@as_json
def cite(text: str, path: Path | None, form: str | None, format: str | None, as_csv: bool, date: str | None, as_json: bool) -> int:
    """List the instruments that a text cites, which is meant, and whether that can be told.

    What names a file is read as one (as by vanban parse), - is standard input; all else is text. --date is the day of the document that a
    TEXT is from, or its month or year: it tells which law is meant, where one of the name was in force all through it. A file has its own.
    """
    register: parser.Lookup = Register.load(path) if path else "packaged"
    file = _file(text)
    name, data = read(file) if file else ("text", text.encode("utf-8", "replace"))
    kind = FORMATS[format] if format else None if file else "plain"
    if date is not None and (file or form):
        why = ("tệp có ngày của chính nó", "a file has its own") if file else ("không dùng với --annotate", "not with --annotate")
        raise click.UsageError(f"--date dành cho một đoạn văn: {why[0]} / --date is for a TEXT: {why[1]}")
    if form is not None:
        done = parser.annotate(data, name=name, form=form, format=kind, register=register)  # type: ignore[arg-type]
        click.echo(done.text, nl=not done.text.endswith("\n"))
        if done.missed:
            problem = f"{done.missed} viện dẫn không gắn được / citations could not be placed"
            complain(name, problem, "Bỏ --annotate để xem tất cả / all are listed without --annotate")
        return 0
    found = _cited(data, name, kind, register) if file else parser.cite(text, date=date, register=register)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode({"result": "cited", **msgspec.structs.asdict(found)}), indent=2))
    elif as_csv:
        click.echo(_table(found), nl=False)
    else:
        click.echo("\n".join(_lines(found)))
    return 0


def _file(text: str) -> Path | None:
    """The file that is named: one that is there, standard input, or what can only be the name of one."""
    if text == str(STDIN):
        return STDIN
    if len(text) > _LONGEST_NAME or "\n" in text:
        return None
    if os.path.lexists(text) or (not text.strip().count(" ") and Path(text).suffix.lstrip(".").lower() in FORMATS):
        return Path(text)
    return None


def _cited(data: bytes, name: str, format: str | None, register: parser.Lookup) -> Cited:
    """Of a file of several documents, those of all, one after the other."""
    parts = [parser.cited(d) for d in parser.parse_all_bytes(data, name=name, format=format, register=register)]
    return Cited(citations=tuple(c for part in parts for c in part.citations), findings=tuple(f for part in parts for f in part.findings))


def _lines(found: Cited) -> Iterator[str]:
    yield f"Viện dẫn: {len(found.citations)}"
    told: dict[tuple[int, int], list[str]] = {}
    for f in found.findings:
        told.setdefault((f.start, f.end), []).append(f.message.split(" / ")[0])
    for c in found.citations:
        yield ""
        yield from textwrap.wrap(_called(c), _WIDTH, subsequent_indent="  ")
        more = [c.issuer or "", c.provision, RELATIONS.get(c.relation or "", "").lower()]
        if any(more):
            yield from textwrap.wrap("  " + " · ".join(filter(None, more)), _WIDTH, subsequent_indent="    ")
        mark = _STATES[c.state or "unknown"]
        yield from (f"  {mark} {one}" for one in (c.candidates if c.target is None else (c.target,)) or ("chưa rõ văn bản nào",))
        for message in told.get((c.start, c.end), ()):
            yield from textwrap.wrap(f"  ! {message}", _WIDTH, subsequent_indent="    ")


def _called(c: Citation) -> str:
    head = f"{c.type or ''} {c.number}".strip() if c.number else c.name
    head = f"{head} ({c.name})" if c.number and c.name else head or " ".join(c.text.split())
    when = {10: "ngày", 7: "tháng", 4: "năm"}
    return f"{head} {when.get(len(c.date), '')} {day_first(c.date)}" if c.date else head


def _table(found: Cited) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for c in found.citations:
        cells = {name: getattr(c, name) for name in _COLUMNS}
        cells |= {"text": " ".join(c.text.split()), "candidates": " | ".join(c.candidates)}
        rows.writerow("" if cells[name] is None else cells[name] for name in _COLUMNS)
    return out.getvalue()

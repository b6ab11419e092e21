"""An Excel workbook (Office Open XML), written row by row into its file: memory does not grow with the rows, and the same rows give the
same bytes. Text is written where it stands (``inlineStr``), so nothing is gathered and nothing in it is ever a formula.

Excel cuts a cell at 32,767 characters and holds 1,048,576 rows: longer text ends in ``…``, and a table too long goes on in a second sheet
(``nodes 2``).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

Row = Sequence[Any]
Sheet = tuple[str, Sequence[str], Iterable[Row]]
"""Name, heads, rows."""

CELL, SHEET = 32_767, 1_048_575
"""Characters of a cell; rows of a sheet below its heads."""
_DAY = (2000, 1, 1, 0, 0, 0)
"""The date of every part: a zip keeps when each was written."""
_AT_ONCE = 500
_NO_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_HEAD, _FOOT = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>',
    "</sheetData></worksheet>",
)


def write(file: Path, sheets: Iterable[Sheet]) -> None:
    """Write the workbook; every sheet begins with its heads, in bold and kept in view."""
    names: list[str] = []
    with zipfile.ZipFile(file, "w") as book:
        for name, heads, rows in sheets:
            left, count = iter(rows), 1
            first = next(left, None)
            while first is not None or count == 1:
                names.append(name if count == 1 else f"{name} {count}")
                some = () if first is None else chain((first,), islice(left, SHEET - 1))
                _part(book, f"xl/worksheets/sheet{len(names)}.xml", _lines(heads, some))
                first, count = next(left, None), count + 1
        for part, text in _frame(names):
            _part(book, part, (_XML + text,))


def _part(book: zipfile.ZipFile, name: str, texts: Iterable[str]) -> None:
    info = zipfile.ZipInfo(name, _DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    with book.open(info, "w", force_zip64=True) as to:
        for text in texts:
            to.write(text.encode())


def _lines(heads: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    letters = [_letters(place) for place in range(len(heads))]
    top = "".join(
        [f'<c r="{letter}1" s="1" t="inlineStr"><is><t>{escape(head)}</t></is></c>' for letter, head in zip(letters, heads, strict=True)]
    )
    yield f'{_HEAD}<row r="1">{top}</row>'
    left = enumerate(rows, 2)
    while some := list(islice(left, _AT_ONCE)):
        yield "".join([f'<row r="{at}">{"".join(map(_cell, letters, [at] * len(row), row))}</row>' for at, row in some])
    yield _FOOT


def _cell(letter: str, at: int, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{letter}{at}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, float) and value.is_integer():  # 46.0 is 46: SQLite and PostgreSQL give floats
        return f'<c r="{letter}{at}"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{letter}{at}"><v>{value!r}</v></c>'
    text = said("; ".join(value) if isinstance(value, list) else str(value))
    if not text:
        return ""
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text or "  " in text else ""
    return f'<c r="{letter}{at}" t="inlineStr"><is><t{kept}>{escape(text)}</t></is></c>'


def said(text: str) -> str:
    """A text as a cell can hold it; one that begins as a formula does says so by an apostrophe, whatever program takes it in."""
    if not text.isprintable():
        text = _NO_CELL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "'" + text if text.startswith("=") else text
    return text if len(text) <= CELL else text[: CELL - 1] + "…"


@cache
def _letters(place: int) -> str:
    """0 → A, 26 → AA."""
    above, own = divmod(place, 26)
    return (_letters(above - 1) if above else "") + chr(65 + own)


def _frame(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts that say what is in the workbook."""
    numbers = range(1, len(names) + 1)
    listed = "".join([f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="rId{i}"/>' for i, name in zip(numbers, names, strict=True)])
    yield "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>'
    related = "".join([f'<Relationship Id="rId{i}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in numbers])
    styles = f'<Relationship Id="rId{len(names) + 1}" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
    yield "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{related}{styles}</Relationships>'
    yield "xl/styles.xml", _STYLES
    book = f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    yield "_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{book}</Relationships>'
    sheets = "".join([f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for i in numbers])
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{sheets}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    )

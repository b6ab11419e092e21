"""The seed resolution as the formats that offices send, written by hand so that no reader is tested with its own library.

Numbers and bullets are automatic in the .docx (``Điều %1.``, ``%1.`` in Roman, ``%2.%3.``, ``-``, ``+``): none of them stands in its text.
Page breaks lie where they lie in the original, in the middle of sentences: in turn inside the paragraph and between two of them.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from vanban.parser import Document
from vanban.parser.readers import legacy

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CONVERT_SECONDS = 300  # a hang, not a slow machine
DPI = 200


class Line(NamedTuple):
    """One paragraph: ``stretches`` are its words between page breaks; ``place`` is a kind of node or a role of the header."""

    place: str
    label: str
    stretches: tuple[str, ...]

    @property
    def words(self) -> str:
        return " ".join(self.stretches)


def lines(document: Document) -> list[Line]:
    """The paragraphs of a parsed document in order; preamble, recitals and signature under their roles."""
    found = []
    for node in document.nodes:
        printed = document.text[node.start : node.end]
        assert printed.startswith(node.label)
        stretches = tuple(part.strip() for part in printed[len(node.label) :].splitlines() if part.strip())
        found.append(Line(node.role if node.kind == "preamble" else node.kind, node.label, stretches))
    return found


def header(document: Document) -> tuple[list[str], list[str]]:
    """The two columns that stand side by side above the title: issuer and number; motto, place and date."""
    parts: dict[str, tuple[str, ...]] = {}
    for line in lines(document):
        parts[line.place] = (*parts.get(line.place, ()), *line.stretches)
    motto = parts["motto"] if len(parts["motto"]) > 1 else tuple(re.split(r" (?=Độc lập)", parts["motto"][0]))
    return [*parts["issuer"], *parts["number"]], [*motto, *parts["place_date"]]


def body(document: Document) -> list[Line]:
    """What follows the two columns."""
    return [line for line in lines(document) if line.place not in ("issuer", "number", "motto", "place_date")]


_BOLD = ("type", "title", "session", "formula", "heading", "article", "signature")
_CENTRED = ("type", "title", "session", "formula", "signature")


# --- plain text and HTML -----------------------------------------------------------------------------------------------------


def text(document: Document) -> str:
    """One paragraph a line."""
    left, right = header(document)
    return "\n".join([*left, "", *right, "", *(f"{line.label} {line.words}".strip() for line in body(document))]) + "\n"


def html(document: Document) -> bytes:
    """Paragraphs, bold labels, the header as a table; marks are printed, as browsers save them."""
    left, right = header(document)
    cells = "".join(f"<td>{''.join(f'<p align=center><b>{escape(row)}</b></p>' for row in column)}</td>" for column in (left, right))
    rows = []
    for line in body(document):
        words = "<br>".join(map(escape, line.stretches)) if line.place in _CENTRED else escape(line.words)
        if line.place == "article":
            words = f"<b>{escape(line.label)}</b> {words}"
        elif line.label:
            words = f"{escape(line.label)}&nbsp;{words}"
        if line.place in _BOLD and line.place != "article":
            words = f"<b>{words}</b>"
        elif line.place == "recital":
            words = f"<i>{words}</i>"
        rows.append(f"<p{' style=text-align:center' if line.place in _CENTRED else ''}>{words}</p>")
    page = f"<table><tr>{cells}</tr></table>\n" + "\n".join(rows)
    return f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>94</title></head><body>{page}</body></html>'.encode()


# --- Word --------------------------------------------------------------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LISTS = (  # kind of number and its text, level by level
    (("decimal", "Điều %1."),),
    (("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3.")),
    (("bullet", "-"), ("bullet", "+")),
    (("decimal", "%1."),),
)
_PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'


def numbered(line: Line) -> tuple[int, int] | None:
    """The list (from 1) and level whose automatic number is the line's label."""
    if line.place == "article":
        return 1, 0
    if line.place == "heading":
        return 2, 0 if line.label[0] in "IVX" else line.label.rstrip(".").count(".") + 1
    if line.place == "bullet":
        return 3, "-+".index(line.label)
    return (4, 0) if line.place == "clause" else None


def docx(document: Document, *, tcvn3: bool = False, breaks: bool = True, tabs: bool = True) -> bytes:
    """A .docx with automatic numbering and a two-column table for its header; with ``tcvn3`` in the fonts .VnTime and .VnTimeH.

    Without ``breaks`` pages end where they are full: LibreOffice makes two list items of one that a break is set in. Without ``tabs`` a
    blank follows the labels, as where they are typed.
    """
    left, right = header(document)
    widths = (3600, 6000)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(_paragraph((row,), tcvn3, bold=True, centred=True) for row in column)}</w:tc>'
        for column, width in zip((left, right), widths, strict=True)
    )
    grid = f"<w:tblGrid>{''.join(f'<w:gridCol w:w={chr(34)}{width}{chr(34)}/>' for width in widths)}</w:tblGrid>"
    rows = [f'<w:tbl><w:tblPr><w:tblW w:w="9600" w:type="dxa"/></w:tblPr>{grid}<w:tr>{cells}</w:tr></w:tbl>', "<w:p/>"]
    cuts = 0
    for line in body(document):
        number = None if tcvn3 else numbered(line)
        stretches = line.stretches if breaks or line.place in _CENTRED else (line.words,)
        if number is None and line.label:
            stretches = (f"{line.label} {stretches[0]}", *stretches[1:])
        look = {"bold": line.place in _BOLD, "italic": line.place == "recital", "centred": line.place in _CENTRED}
        rest: tuple[str, ...] = ()
        if line.place not in _CENTRED and len(stretches) > 1:
            cuts += 1
            stretches, rest = (stretches[:1], stretches[1:]) if cuts % 2 else (stretches, ())
        rows.append(_paragraph(stretches, tcvn3, number, **look))
        rows += [_paragraph((stretch,), tcvn3, new_page=True) for stretch in rest]
    size = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/></w:sectPr>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/></Types>',
        "_rels/.rels": _relations("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _relations("numbering", "numbering.xml"),
        "word/document.xml": f"<w:document {_W}><w:body>{''.join(rows)}{size}</w:body></w:document>",
        "word/numbering.xml": _numbering(tabs),
    }
    return _packed(parts)


def _relations(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _numbering(tabs: bool) -> str:
    lists = []
    after = "" if tabs else '<w:suff w:val="space"/>'
    for i, levels in enumerate(_LISTS):
        inside = "".join(
            f'<w:lvl w:ilvl="{k}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{after}<w:lvlText w:val="{mark}"/></w:lvl>'
            for k, (kind, mark) in enumerate(levels)
        )
        lists.append(f'<w:abstractNum w:abstractNumId="{i}">{inside}</w:abstractNum>')
    numbers = "".join(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>' for i in range(len(_LISTS)))
    return f"<w:numbering {_W}>{''.join(lists)}{numbers}</w:numbering>"


def _paragraph(
    stretches: Iterable[str],
    tcvn3: bool,
    number: tuple[int, int] | None = None,
    *,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
    new_page: bool = False,
) -> str:
    look = "<w:pageBreakBefore/>" if new_page else ""
    look += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    look += f'<w:spacing w:after="120"/><w:jc w:val="{"center" if centred else "both"}"/>'
    marks = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    between = "<w:r><w:br/></w:r>" if centred else _PAGE_BREAK
    runs = between.join("".join(_run(words, font, marks) for words, font in _fonts(part, tcvn3)) for part in _spaced(stretches, centred))
    return f"<w:p><w:pPr>{look}</w:pPr>{runs}</w:p>"


def _spaced(stretches: Iterable[str], centred: bool) -> list[str]:
    parts = list(stretches)
    return parts if centred else [part + " " * (i < len(parts) - 1) for i, part in enumerate(parts)]


def _run(words: str, font: str, marks: str) -> str:
    return f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>{marks}<w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def _packed(parts: dict[str, str], stored: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in parts.items():
            head = '<?xml version="1.0" encoding="UTF-8"?>' if inside.startswith("<") else ""
            archive.writestr(name, head + inside, zipfile.ZIP_STORED if name == stored else None)
    return packed.getvalue()


# --- TCVN3 -------------------------------------------------------------------------------------------------------------------


@cache
def _bytes_of_letters() -> dict[int, int]:
    """Letter → the character at its byte, the reader's table turned round; accented capitals have none and are written small."""
    table = {ord(letter): byte for byte, letter in legacy._table("tcvn3").items()}
    small = {ord(chr(letter).upper()): byte for letter, byte in table.items()}
    return small | table


def tcvn3(words: str) -> str:
    """The words as the characters that .VnTime draws as Vietnamese.

    There is no Ủ in TCVN3: all who typed it wrote ``Uỷ ban``, not ``Ủy ban``.

    >>> tcvn3("Độc lập"), tcvn3("Ủy ban")
    ('§éc lËp', 'Uû ban')
    """
    words = words.replace("Ủy", "Uỷ")
    return unicodedata.normalize("NFC", words).translate(_bytes_of_letters()).replace("–", "-").replace("“", '"').replace("”", '"')


def _fonts(words: str, in_tcvn3: bool) -> Iterator[tuple[str, str]]:
    """The words as runs of one font; capitals that TCVN3 has no byte for are small letters in .VnTimeH."""
    if not in_tcvn3:
        yield words, "Times New Roman"
        return
    own = _bytes_of_letters()
    for part in re.split(r"(\w*[^\W\d_a-zA-Z]\w*)", words.replace("Ủy", "Uỷ")):
        needs = any(c.isupper() and ord(c) in own and ord(c.lower()) in own and own[ord(c)] == own[ord(c.lower())] for c in part)
        if needs and part.isupper():
            yield tcvn3(part.lower()), ".VnTimeH"
        elif needs:  # Ổn: the capital alone
            yield tcvn3(part[0].lower()), ".VnTimeH"
            yield tcvn3(part[1:]), ".VnTime"
        elif part:
            yield tcvn3(part), ".VnTime"


def tcvn3_text(document: Document) -> bytes:
    """A text file of one byte a letter; which capitals were capitals is lost."""
    return tcvn3(text(document)).encode("latin-1")


# --- OpenDocument ------------------------------------------------------------------------------------------------------------

_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def odt(document: Document) -> bytes:
    """An .odt by hand, labels printed; :func:`convert` from the .docx gives one with automatic numbers."""

    def p(words: Iterable[str]) -> str:
        return f"<text:p>{'<text:line-break/>'.join(map(escape, words))}</text:p>"

    left, right = header(document)
    cells = "".join(f"<table:table-cell>{''.join(p((row,)) for row in column)}</table:table-cell>" for column in (left, right))
    rows = f'<table:table><table:table-column table:number-columns-repeated="2"/><table:table-row>{cells}</table:table-row></table:table>'
    for line in body(document):
        rows += p(line.stretches if line.place in _CENTRED else (f"{line.label} {line.words}".strip(),))
    names = f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:table="{_ODF}:table:1.0"'
    kind = "application/vnd.oasis.opendocument.text"
    entries = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    entries += '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    return _packed(
        {
            "mimetype": kind,
            "content.xml": f'<office:document-content {names} office:version="1.2"><office:body><office:text>{rows}</office:text></office:body></office:document-content>',
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0" manifest:version="1.2">{entries}</manifest:manifest>',
        },
        stored="mimetype",
    )


# --- what LibreOffice writes, and scans ----------------------------------------------------------------------------------------


def convert(data: bytes, ending: str, goal: str, folder: Path) -> bytes:
    """``data`` as LibreOffice converts it: ``docx`` to ``pdf``, ``odt``, ``doc``, ``rtf``."""
    assert SOFFICE is not None
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / f"source.{ending}"
    source.write_bytes(data)
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--convert-to", goal]
    environment = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    subprocess.run(
        [*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=CONVERT_SECONDS, env=environment
    )
    return (folder / f"source.{goal}").read_bytes()


def scanned(data: bytes) -> bytes:
    """A PDF of the pages of ``data`` as grey images and nothing else."""
    import pypdfium2

    objects: list[bytes] = []
    pages: list[int] = []
    document = pypdfium2.PdfDocument(data)
    for page in document:
        bitmap = page.render(scale=DPI / 72, grayscale=True)
        raw = bytes(bitmap.buffer)
        grey = b"".join(raw[at : at + bitmap.width] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
        width, height = page.get_size()
        first = 3 + len(objects)
        drawn = b"q %.2f 0 0 %.2f 0 0 cm /I Do Q" % (width, height)
        image = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (bitmap.width, bitmap.height)
        objects.append(_stream(zlib.compress(grey), image + b"/Filter/FlateDecode"))
        objects.append(_stream(drawn))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Resources<</XObject<</I %d 0 R>>>>/Contents %d 0 R>>"
            % (width, height, first, first + 1)
        )
        pages.append(first + 2)
    document.close()
    return pdf(objects, pages)


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(data), data)


def pdf(objects: list[bytes], pages: list[int]) -> bytes:
    """A PDF of these objects, numbered from 3; ``pages`` are the numbers of its pages."""
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for i, inside in enumerate((b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids), *objects), 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, inside)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, table)
    return bytes(out)

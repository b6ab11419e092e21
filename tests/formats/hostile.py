"""Files that mean harm, or that are merely enormous: built by hand, each by name."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from formats import render

Make = Callable[[], bytes]
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_ODT = "application/vnd.oasis.opendocument.text"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_NAMES = f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:table="{_ODF}:table:1.0"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT = "Điều 1. Thông qua kế hoạch phát triển kinh tế - xã hội năm 2024.\n"


def docx(document: str | bytes, more: dict[str, str | bytes] | None = None) -> bytes:
    return _zip({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document, **(more or {})})


def docx_body(body: str, head: str = "") -> bytes:
    return docx(f"{head}<w:document {_W}><w:body>{body}</w:body></w:document>")


def odt_body(body: str, head: str = "") -> bytes:
    content = f"{head}<office:document-content {_ODF_NAMES}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return _zip({"mimetype": _ODT, "content.xml": content})


def _zip(parts: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in parts.items():
            archive.writestr(name, inside, zipfile.ZIP_STORED if name == "mimetype" else None)
    return packed.getvalue()


def _wp(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


# --- containers --------------------------------------------------------------------------------------------------------------


def cut(make: Make, share: float) -> Make:
    def made() -> bytes:
        data = make()
        return data[: int(len(data) * share)]

    return made


def plain_docx() -> bytes:
    return docx_body(_wp(TEXT) * 500)


def encrypted_zip() -> bytes:
    """All entries are marked as encrypted."""
    data = bytearray(plain_docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def encrypted_office() -> bytes:
    """What Word writes for a document with a password: an OLE container with the encrypted package in it."""
    return OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)


def zip_that_lies() -> bytes:
    """Says that a part of 64 MB has 100 bytes."""
    data = bytearray(docx_body(" " * (64 << 20)))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(mark)
        while place >= 0:
            size = struct.unpack_from("<I", data, place + at)[0]
            if size > 1 << 20:
                struct.pack_into("<I", data, place + at, 100)
            place = data.find(mark, place + 4)
    return bytes(data)


# --- XML and HTML ------------------------------------------------------------------------------------------------------------


def laughs(name: str) -> str:
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE {name} [<!ENTITY l0 "ha ha ha ha">{entities}]>'


def external(name: str, place: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE {name} [<!ENTITY x SYSTEM "{place}"><!ENTITY % y SYSTEM "{place}"> %y;]>'


def nested_docx(count: int) -> bytes:
    return docx_body("<w:sdt><w:sdtContent>" * count + _wp(TEXT) + "</w:sdtContent></w:sdt>" * count)


# --- PDF ---------------------------------------------------------------------------------------------------------------------

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def pdf(contents: Iterator[bytes] | list[bytes], box: bytes = b"0 0 595 842") -> bytes:
    """A page for each content stream, in one font; its objects: 3 the font, then stream and page in turn."""
    objects = [_FONT]
    pages = []
    for content in contents:
        packed = zlib.compress(content)
        stream = 3 + len(objects)
        objects.append(b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed))
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>" % (box, stream))
        pages.append(stream + 1)
    return render.pdf(objects, pages)


def pdf_text(lines: list[str]) -> bytes:
    shown = b"".join(b"(%s) Tj T*\n" % line.encode("ascii").replace(b"(", b"").replace(b")", b"") for line in lines)
    return b"BT /F 12 Tf 14 TL 72 770 Td %s ET" % shown


def pages(count: int) -> bytes:
    """A PDF of so many pages of 40 lines; no line stands twice, so that none is a running header."""
    chance = random.Random(94)
    words = "plan work forest school road water health law budget district people village market year office report".split()  # noqa: SIM905

    def page(i: int) -> list[str]:
        lines = [" ".join(chance.choices(words, k=chance.randint(6, 11))) for _ in range(40)]
        return [f"{lines[0]} first{i}", *lines[1:-1], f"{lines[-1]} last{i}."]

    return pdf(pdf_text(page(i)) for i in range(count))


def encrypted_pdf() -> bytes:
    data = pdf([pdf_text(["secret"])])
    lock = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"41" * 32, b"42" * 32)
    return data.replace(b"trailer<<", b"trailer<</Encrypt %s/ID[<41><41>]" % lock)


def pdf_that_holds_itself() -> bytes:
    """A page tree whose branch is its own child, and a form that draws itself."""
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 3 0 R>>>>/Length 5>>stream\n/I Do\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 3 0 R>>>>/Contents 5 0 R>>"
    content = b"<</Length 5>>stream\n/I Do\nendstream"
    return render.pdf([form, page, content, b"<</Type/Pages/Parent 2 0 R/Count 1000/Kids[6 0 R 2 0 R 4 0 R]>>"], [4, 6])


def pdf_image(width: int, height: int) -> bytes:
    packed = zlib.compress(bytes(width // 8) * 64) if width * height > 1 << 28 else zlib.compress(bytes(width // 8 * height))
    image = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]/Resources<</XObject<</I 3 0 R>>>>/Contents 5 0 R>>"
    content = b"q 14400 0 0 14400 0 0 cm /I Do Q"
    return render.pdf(
        [image % (width, height, len(packed), packed), page, b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)], [4]
    )


# --- tables ------------------------------------------------------------------------------------------------------------------

ROWS, COLUMNS = 5_000, 20


def table(form: str, rows: int = ROWS, columns: int = COLUMNS) -> bytes:
    """A table of rows times columns cells, each with words of its own."""
    cells = [[f"ô {row}.{column}" for column in range(columns)] for row in range(rows)]
    if form == "docx":
        inside = "".join(f"<w:tr>{''.join(f'<w:tc>{_wp(cell)}</w:tc>' for cell in row)}</w:tr>" for row in cells)
        return docx_body(_wp(TEXT) + f"<w:tbl>{inside}</w:tbl>")
    if form == "odt":
        inside = "".join(
            f"<table:table-row>{''.join(f'<table:table-cell><text:p>{cell}</text:p></table:table-cell>' for cell in row)}</table:table-row>"
            for row in cells
        )
        return odt_body(f"<text:p>{TEXT}</text:p><table:table>{inside}</table:table>")
    if form == "html":
        inside = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
        return f"<html><body><p>{TEXT}</p><table>{inside}</table></body></html>".encode()
    head = ["| " + " | ".join(cells[0]) + " |", "|" + " --- |" * columns]
    return "\n".join([TEXT, *head, *("| " + " | ".join(row) + " |" for row in cells[1:])]).encode()


# --- rubbish -----------------------------------------------------------------------------------------------------------------

HEADS = (
    b"",
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    OLE,
    b"<html><body>",
    b"<?xml version='1.0'?>",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"MIME-Version: 1.0\n\n",
    b"# ",
)
ENDINGS = ("", ".docx", ".doc", ".odt", ".pdf", ".html", ".htm", ".md", ".txt", ".xml", ".mht", ".fodt", ".png")


def rubbish() -> Iterator[tuple[str, bytes]]:
    """Random bytes after each known beginning, under each ending, and damaged real files."""
    chance = random.Random(94)
    for i, head in enumerate(HEADS):
        for ending in ENDINGS:
            yield f"{i}{ending}", head + chance.randbytes(chance.choice((10, 3_000)))
    for name, make in (("docx", plain_docx), ("odt", lambda: odt_body(f"<text:p>{TEXT}</text:p>" * 50)), ("pdf", lambda: pages(2))):
        whole = make()
        for k in range(25):
            data = bytearray(whole)
            for _ in range(chance.choice((1, 5, 50))):
                data[chance.randrange(len(data))] = chance.randrange(256)
            yield f"damaged-{k}.{name}", bytes(data)


def cases(secret: str) -> dict[str, tuple[str, Make]]:
    """Each hostile file: its name, what may come of it (``refused``, ``document``, or ``either``) and its maker."""
    deep = 1_000_000
    far = f"file://{secret}"
    xhtml = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>'
    return {
        # containers
        "cut-half.docx": ("refused", cut(plain_docx, 0.5)),
        "cut-end.docx": ("refused", cut(plain_docx, 0.98)),
        "encrypted-zip.docx": ("refused", encrypted_zip),
        "encrypted-office.docx": ("refused", encrypted_office),
        "bomb.docx": ("refused", lambda: docx_body(" " * (300 << 20))),
        "bomb-lies.docx": ("either", zip_that_lies),
        "bomb-part.docx": ("either", lambda: docx(f"<w:document {_W}/>", {"word/media/x.bin": bytes(300 << 20)})),
        "many-parts.docx": ("refused", lambda: docx("<x/>", {f"p{i}": "" for i in range(20_000)})),
        "not-word.docx": ("refused", lambda: _zip({"xl/workbook.xml": "<x/>", "[Content_Types].xml": _TYPES})),
        "repeats.odt": (
            "document",
            lambda: odt_body(
                f"<text:p>{TEXT}</text:p><table:table><table:table-row table:number-rows-repeated='1000000000'>"
                "<table:table-cell table:number-columns-repeated='1000000000'><text:p>x</text:p></table:table-cell></table:table-row></table:table>"
            ),
        ),
        "blanks.odt": ("either", lambda: odt_body(f"<text:p>{TEXT}<text:s text:c='2000000000'/></text:p>")),
        # XML
        "external.docx": ("document", lambda: docx_body(_wp(TEXT + "&x;"), external("w:document", far))),
        "external.odt": ("document", lambda: odt_body(f"<text:p>{TEXT}&x;</text:p>", external("office:document-content", far))),
        "external.html": ("document", lambda: (external("html", far) + f"{xhtml}{TEXT}&x;</p></body></html>").encode()),
        "laughs.docx": ("either", lambda: docx_body(_wp(TEXT + "&l9;"), laughs("w:document"))),
        "laughs.odt": ("either", lambda: odt_body(f"<text:p>{TEXT}&l9;</text:p>", laughs("office:document-content"))),
        "laughs.html": ("either", lambda: (laughs("html") + f"{xhtml}{TEXT}&l9;</p></body></html>").encode()),
        "deep.docx": ("either", lambda: nested_docx(deep // 2)),
        "deep.odt": ("either", lambda: odt_body("<text:section>" * deep + f"<text:p>{TEXT}</text:p>" + "</text:section>" * deep)),
        # HTML
        "deep-div.html": ("document", lambda: ("<html><body>" + "<div>" * deep + TEXT).encode()),
        "deep-b.html": ("document", lambda: ("<html><body>" + "<p><b>" * (deep // 5) + TEXT).encode()),
        "deep-table.html": ("document", lambda: ("<html><body>" + "<table><tr><td>" * (deep // 10) + TEXT).encode()),
        "deep-list.html": ("document", lambda: ("<html><body>" + "<ul><li>" * (deep // 5) + TEXT).encode()),
        "open.html": ("document", lambda: b"<html><body>" + b"<" * deep + TEXT.encode()),
        "attributes.html": ("document", lambda: ("<html><body><p " + " ".join(f"a{i}=1" for i in range(100_000)) + f">{TEXT}</p>").encode()),
        "spans.html": (
            "document", lambda: f"<html><body><p>{TEXT}</p><table><tr><td colspan=2000000000 rowspan=2000000000>x<td>y</table>".encode()
        ),
        "comment.html": ("document", lambda: f"<html><body><p>{TEXT}</p>".encode() + b"<!--" * (deep // 4)),
        "entities.html": ("document", lambda: f"<html><body><p>{TEXT}</p>".encode() + b"&#99999999999;&#0;&#xD800;" * 50_000),
        # Markdown and text
        "deep-quotes.md": ("document", lambda: (TEXT + "> " * deep + "x\n").encode()),
        "deep-bullets.md": ("document", lambda: (TEXT + "".join(" " * (2 * i) + "- x\n" for i in range(1_500))).encode()),
        "brackets.md": ("document", lambda: (TEXT + "[" * deep + "](" * deep).encode()),
        "stars.md": ("document", lambda: (TEXT + "*a_" * (deep // 3)).encode()),
        "long-line.txt": ("document", lambda: (TEXT.strip() + " " + "a" * 5_000_000).encode()),
        "nul.txt": ("refused", lambda: bytes(1_000_000)),
        # RTF, by LibreOffice
        "rubbish.rtf": ("either", lambda: b"{\\rtf1\\ansi " + random.Random(94).randbytes(5_000)),
        "deep.rtf": ("either", lambda: b"{\\rtf1\\ansi " + b"{\\b " * (deep // 10) + TEXT.encode("ascii", "replace")),
        # PDF
        "cut-half.pdf": ("either", cut(lambda: pages(20), 0.5)),
        "cut-early.pdf": ("either", cut(lambda: pages(20), 0.01)),
        "encrypted.pdf": ("refused", encrypted_pdf),
        "bomb.pdf": ("either", lambda: pdf([b" " * (200 << 20)])),
        "bomb-text.pdf": ("document", lambda: pdf([b"BT /F 12 Tf 72 770 Td " + b"(work) Tj 0 -1 Td " * 500_000 + b"ET"])),
        "bomb-lines.pdf": ("either", lambda: pdf([b"0 0 m 500 800 l S\n" * 200_000])),
        "itself.pdf": ("either", pdf_that_holds_itself),
        "nested-arrays.pdf": ("either", lambda: pdf([b"[" * deep])),
        "no-page.pdf": ("either", lambda: render.pdf([], [])),
        "huge-box.pdf": ("either", lambda: pdf([pdf_text(["x"])], b"0 0 1000000000 1000000000")),
        "huge-image.pdf": ("either", lambda: pdf_image(60_000, 60_000)),
        "header-only.pdf": ("refused", lambda: b"%PDF-1.7\n"),
    }  # fmt: skip

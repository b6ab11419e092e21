"""PDF files written by hand for the tests of the PDF reader: text at given places, rules, any encoding."""

from __future__ import annotations

from typing import NamedTuple

WIDTH, HEIGHT = 595, 842


class Text(NamedTuple):
    """A string at a place, ``y`` from the top of the page; every letter is half its size wide. ``turn`` is the text's matrix."""

    x: float
    y: float
    text: str | bytes
    font: str = "Times"
    size: float = 12
    turn: str = "1 0 0 1"


class Rule(NamedTuple):
    """A line drawn from one point to another."""

    x0: float
    y0: float
    x1: float
    y1: float


Page = list[Text | Rule]


def grid(x: float, y: float, columns: list[float], rows: list[float]) -> list[Text | Rule]:
    """The rules of a table with these column widths and row heights."""
    xs = [x + sum(columns[:i]) for i in range(len(columns) + 1)]
    ys = [y + sum(rows[:i]) for i in range(len(rows) + 1)]
    return [*(Rule(xs[0], at, xs[-1], at) for at in ys), *(Rule(at, ys[0], at, ys[-1]) for at in xs)]


def paragraph(y: float, lines: list[str], left: float = 85, indent: float = 28, step: float = 18, font: str = "Times") -> list[Text | Rule]:
    """Lines of one paragraph, the first indented."""
    return [Text(left + (indent if i == 0 else 0), y + i * step, line, font) for i, line in enumerate(lines)]


def pdf(pages: list[Page], page_entries: str = "", trailer_entries: str = "", unmapped: str = "", blanked: str = "") -> bytes:
    """The file. Letters in ``unmapped`` get no Unicode value, those in ``blanked`` get a blank's: broken tables of real files."""
    letters = sorted({c for page in pages for item in page if isinstance(item, Text) and isinstance(item.text, str) for c in item.text})
    codes = {letter: i + 1 for i, letter in enumerate(letters)}
    fonts = sorted({item.font for page in pages for item in page if isinstance(item, Text)} | {"Times"})
    objects: list[bytes] = [b"", b""]

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    mapped = [letter for letter in letters if letter not in unmapped]
    table = "\n".join(
        f"1 beginbfchar\n<{codes[c]:04X}> <{(' ' if c in blanked else c).encode('utf-16-be').hex().upper()}>\nendbfchar" for c in mapped
    )
    cmap = f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n{table}\nendcmap end end"
    unicode = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap.encode()))
    resources = ""
    for i, font in enumerate(fonts):
        flags = 32 | (64 if "Italic" in font else 0) | (262144 if "Bold" in font else 0)
        described = add(
            f"<< /Type /FontDescriptor /FontName /{font} /Flags {flags} /FontBBox [0 -200 500 900] /ItalicAngle 0 /Ascent 900 /Descent -200 "
            f"/CapHeight 700 /StemV 80 >>".encode()
        )
        below = add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{font} /DW 500 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
            f"/Supplement 0 >> /FontDescriptor {described} 0 R >>".encode()
        )
        wide = add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{font} /Encoding /Identity-H /DescendantFonts [{below} 0 R] /ToUnicode {unicode} 0 R >>".encode()
        )
        narrow = add(f"<< /Type /Font /Subtype /TrueType /BaseFont /{font} /Encoding /WinAnsiEncoding >>".encode())
        resources += f"/F{i} {wide} 0 R /B{i} {narrow} 0 R "
    kids = []
    for page in pages:
        parts: list[bytes] = []
        for item in page:
            if isinstance(item, Rule):
                parts.append(f"0.5 w {item.x0} {HEIGHT - item.y0} m {item.x1} {HEIGHT - item.y1} l S".encode())
                continue
            at = f"BT {item.turn} {item.x} {HEIGHT - item.y} Tm"
            i = fonts.index(item.font)
            if isinstance(item.text, str):
                shown = "".join(f"{codes[c]:04X}" for c in item.text)
                parts.append(f"{at} /F{i} {item.size} Tf <{shown}> Tj ET".encode())
            else:
                parts.append(f"{at} /B{i} {item.size} Tf <{item.text.hex()}> Tj ET".encode())
        content = b"\n".join(parts)
        stream = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] {page_entries} /Contents {stream} 0 R "
                f"/Resources << /Font << {resources}>> >> >>".encode()
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer_entries} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)

"""One page out of pdfium: its characters with their places and fonts, and the rules drawn on it.

Characters whose code leads to no letter (a broken ToUnicode table: ``CHÍNH PHỦ`` comes as ``C NH P Ủ``) stand as U+FFFD, never as a
blank: a blank that leaves ink on the page is a lost letter. Signature fields and stamps are drawn over the page; their text is kept apart.
"""

from __future__ import annotations

import ctypes
import math
import re
import time
from collections import Counter
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from ._limits import limits
from ._ocr_image import Image
from ._pdf_spans import LOST, Glyph, Page, Rule, Style, spans_of

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_SEMIBOLD, _FORCE_BOLD, _ITALIC = 600, 1 << 18, 1 << 6
_STAMPS = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT)
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
_OUTLINED = (pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP)
_THIN, _SHORT = 2.5, 6.0  # a rule is no thicker and no shorter than this, in points
_NESTED = 6  # forms within forms

Matrix = tuple[float, float, float, float, float, float]


def read_page(document: Any, index: int) -> Page:
    """Page ``index`` (from 0) of an open pdfium document: its spans and rules, turned upright."""
    handle = document[index]
    try:
        own = _glyphs(handle)
        quarters = Counter(glyph.style.quarter for glyph in own if glyph.style.quarter >= 0)
        quarter = quarters.most_common(1)[0][0] if quarters else handle.get_rotation() // 90 % 4
        turn = _Turn(quarter, handle.get_cropbox())
        page = Page(index + 1, turn.width, turn.height)
        page.stamped = len(own) if _stamped(handle) else None
        page.objects = pdfium.FPDFPage_CountObjects(handle)
        page.picture = _largest_picture(handle) / max(1.0, page.width * page.height)
        page.rules = _rules(handle, turn)
        page.glyphs = sum(1 for glyph in own if not glyph.char.isspace())
        page.broken = sum(1 for glyph in own if glyph.char == LOST)
        page.hidden = sum(1 for glyph in own if glyph.style.hidden)
        page.aside = _lines([g for g in own if g.style.quarter not in (quarter, -2)])
        upright = [g for g in own if g.style.quarter in (quarter, -2)]
        for glyph in upright:
            glyph.x += turn.e
            glyph.x0 += turn.e
            glyph.x1 += turn.e
            glyph.base += turn.f
        page.spans = spans_of(upright, page.rules)
        return page
    finally:
        handle.close()


def read_stamps(document: Any, page: Page) -> list[str]:
    """The text of what lies over a page. It is drawn into the page for that, so ``document`` must be a copy used for nothing else."""
    handle = document[page.number - 1]
    try:
        if page.stamped is None or pdfium.FPDFPage_Flatten(handle, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
            return []
    finally:
        handle.close()
    drawn = document[page.number - 1]
    try:
        return _lines(_glyphs(drawn)[page.stamped :])
    finally:
        drawn.close()


def image_of(document: Any, number: int) -> Image:
    """A page as a grey image for recognition, without what was laid over it. ``TimeoutError`` if drawing it takes too long."""
    handle = document[number - 1]
    try:
        width, height = handle.get_size()
        dpi = min(300.0, 72 * math.sqrt(limits().max_pixels / max(1.0, width * height)))
        across, down = (math.ceil(side * dpi / 72) for side in (width, height))
        bitmap = pypdfium2.PdfBitmap.new_native(across, down, pdfium.FPDFBitmap_Gray)
        try:
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, across, down)
            _draw(handle, bitmap)
            pixels, stride = bytes(bitmap.buffer), bitmap.stride
            if stride != bitmap.width:
                pixels = b"".join(pixels[row * stride : row * stride + bitmap.width] for row in range(bitmap.height))
            return Image(bitmap.width, bitmap.height, pixels, dpi)
        finally:
            bitmap.close()
    finally:
        handle.close()


def _draw(handle: Any, bitmap: Any) -> None:
    """Draw a page; pdfium asks now and then whether to go on: a million lines take it minutes."""
    deadline = time.monotonic() + limits().max_ocr_seconds
    pause = pdfium.IFSDK_PAUSE(version=1)
    late = type(pause.NeedToPauseNow)(lambda _: time.monotonic() > deadline)
    pause.NeedToPauseNow = late
    try:
        state = pdfium.FPDF_RenderPageBitmap_Start(
            bitmap, handle, 0, 0, bitmap.width, bitmap.height, 0, pdfium.FPDF_GRAYSCALE, ctypes.byref(pause)
        )
    finally:
        pdfium.FPDF_RenderPage_Close(handle)
    if state == pdfium.FPDF_RENDER_TOBECONTINUED:
        raise TimeoutError(
            f"quá {limits().max_ocr_seconds:g} giây để vẽ trang / over {limits().max_ocr_seconds:g} seconds to draw the page"
        )


def _stamped(handle: Any) -> bool:
    """Whether the page bears form fields or stamps that may hold text."""
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(handle), 1000)):
        annotation = pdfium.FPDFPage_GetAnnot(handle, i)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in _STAMPS:
            return True
    return False


def _lines(glyphs: list[Glyph]) -> list[str]:
    text = "".join("\n" if glyph.char in "\r\n" else glyph.char for glyph in glyphs)
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


class _Turn:
    """Turns the page's own coordinates (y up) so that its text runs right, y grows down and its corner is the origin."""

    def __init__(self, quarter: int, box: tuple[float, float, float, float]) -> None:
        left, bottom, right, top = box
        self.a, self.b, self.c, self.d = ((1, 0, 0, -1), (0, 1, 1, 0), (-1, 0, 0, 1), (0, -1, -1, 0))[quarter]
        self.e = self.f = 0.0
        corners = [self.point(x, y) for x, y in ((left, bottom), (right, top))]
        self.e, self.f = -min(x for x, _ in corners), -min(y for _, y in corners)
        self.width, self.height = abs(corners[0][0] - corners[1][0]), abs(corners[0][1] - corners[1][1])

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.b * y + self.e, self.c * x + self.d * y + self.f


def _glyphs(handle: Any) -> list[Glyph]:
    """The characters of a page in pdfium's order, which is the order of drawing within lines; line ends are ``\\n``."""
    text = handle.get_textpage()
    try:
        raw = text.raw
        count = min(pdfium.FPDFText_CountChars(raw), limits().max_page_characters)
        left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
        loose = pdfium.FS_RECTF()
        styles: dict[int, Style] = {}
        fonts: dict[int, _Font] = {}
        none = Style(quarter=-2)
        made: list[Glyph] = []
        unicode_of, object_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetTextObject
        origin_of, box_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetLooseCharBox
        x_at, y_at, loose_at = ctypes.byref(x), ctypes.byref(y), ctypes.byref(loose)
        for i in range(count):
            char = chr(unicode_of(raw, i))
            drawn = object_of(raw, i)
            style = none
            if drawn:
                address = ctypes.addressof(drawn.contents)
                if (known := styles.get(address)) is None:
                    known = styles[address] = _style(raw, i, drawn, fonts)
                style = known
            origin_of(raw, i, x_at, y_at)
            if char == "\x02":  # pdfium's sign for a hyphen at a line's end
                char = "-"
            elif char == "\r":
                char = "\n"
            if style is not none:
                if char in " \u00a0":
                    pdfium.FPDFText_GetCharBox(raw, i, left, right, bottom, top)
                    if top.value - bottom.value > 0.3 * style.size and right.value - left.value > 0.1 * style.size:
                        char = LOST
                elif (char >= "\ue000" or not char.isprintable()) and pdfium.FPDFText_HasUnicodeMapError(raw, i) == 1:
                    char = LOST
            if not box_of(raw, i, loose_at):
                loose.left = loose.right = x.value
                loose.bottom = loose.top = y.value
            match style.quarter:  # places along the line and across it
                case 1:
                    made.append(Glyph(char, style, loose.bottom, loose.top, y.value, x.value))
                case 2:
                    made.append(Glyph(char, style, -loose.right, -loose.left, -x.value, y.value))
                case 3:
                    made.append(Glyph(char, style, -loose.top, -loose.bottom, -y.value, -x.value))
                case _:
                    made.append(Glyph(char, style, loose.left, loose.right, x.value, -y.value))
        return made
    finally:
        text.close()


class _Font(NamedTuple):
    """What a font says of itself: ``name`` without its subset's tag, ``says`` all that may name its look."""

    name: str
    says: str
    flags: int
    bold: bool


def _font(font: Any) -> _Font:
    buffer = ctypes.create_string_buffer(256)
    name = ""
    if pdfium.FPDFFont_GetBaseFontName(font, buffer, 256) <= 256:
        name = _SUBSET.sub("", buffer.value.decode("utf-8", "replace"))
    says = name.lower()
    if not any(word in says for word in ("bold", "italic", "oblique")):
        says += _mac_style(font)
    flags = max(0, pdfium.FPDFFont_GetFlags(font))
    bold = _SEMIBOLD <= pdfium.FPDFFont_GetWeight(font) <= 1000 or bool(flags & _FORCE_BOLD) or "bold" in says
    return _Font(name, says, flags, bold)


def _style(raw: Any, i: int, drawn: Any, fonts: dict[int, _Font]) -> Style:
    """The style of a text object, its size and direction as the page shows it. ``fonts`` are those of the open page, by their place."""
    matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
    pdfium.FPDFText_GetMatrix(raw, i, matrix)
    pdfium.FPDFTextObj_GetFontSize(drawn, size)
    handle = pdfium.FPDFTextObj_GetFont(drawn)
    address = ctypes.addressof(handle.contents) if handle else 0
    if (font := fonts.get(address)) is None:
        font = fonts[address] = _font(handle)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
    turned = round(angle / 90) % 4
    return Style(
        font=font.name,
        size=max(1.0, abs(size.value) * math.hypot(matrix.c, matrix.d)),
        bold=font.bold or mode in _OUTLINED,
        italic=bool(font.flags & _ITALIC) or "italic" in font.says or "oblique" in font.says,
        hidden=mode == _INVISIBLE,
        quarter=turned if abs(angle - 90 * round(angle / 90)) < 10 else -1,
    )


def _mac_style(font: Any) -> str:
    """What an embedded TrueType font says of itself (``head.macStyle``): some writers name every font ``CIDFont+F1``."""
    size = ctypes.c_size_t()
    if pdfium.FPDFFont_GetIsEmbedded(font) != 1 or not pdfium.FPDFFont_GetFontData(font, None, 0, size) or not 12 < size.value < 1 << 26:
        return ""
    data = ctypes.create_string_buffer(size.value)
    pdfium.FPDFFont_GetFontData(font, ctypes.cast(data, ctypes.POINTER(ctypes.c_uint8)), size.value, size)
    raw = data.raw
    for k in range(min(int.from_bytes(raw[4:6], "big"), 64)):
        entry = raw[12 + 16 * k : 28 + 16 * k]
        if entry[:4] == b"head":
            at = int.from_bytes(entry[8:12], "big") + 44
            style = int.from_bytes(raw[at : at + 2], "big")
            return " bold" * (style & 1) + " italic" * (style >> 1 & 1)
    return ""


def _rules(handle: Any, turn: _Turn) -> list[Rule]:
    """The straight lines that stand upright or lie level: thin boxes, and the edges of stroked paths."""
    found: list[Rule] = []
    most = limits().max_page_rules

    def add(x0: float, y0: float, x1: float, y1: float) -> None:
        (x0, y0), (x1, y1) = turn.point(x0, y0), turn.point(x1, y1)
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if y1 - y0 <= _THIN and x1 - x0 >= _SHORT:
            found.append(Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
        elif x1 - x0 <= _THIN and y1 - y0 >= _SHORT:
            found.append(Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))

    def visit(drawn: Any, matrix: Matrix, depth: int) -> None:
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _path(drawn, _combined(_matrix(drawn), matrix), add)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _NESTED:
            inner = _combined(_matrix(drawn), matrix)
            for k in range(max(0, pdfium.FPDFFormObj_CountObjects(drawn))):
                if len(found) < most:
                    visit(pdfium.FPDFFormObj_GetObject(drawn, k), inner, depth + 1)

    for k in range(max(0, pdfium.FPDFPage_CountObjects(handle))):
        if len(found) >= most:
            break
        visit(pdfium.FPDFPage_GetObject(handle, k), (1, 0, 0, 1, 0, 0), 0)
    return found


def _largest_picture(handle: Any) -> float:
    """The area of the page's largest picture; forms count as pictures if they hold one."""
    largest = 0.0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for k in range(min(max(0, pdfium.FPDFPage_CountObjects(handle)), 2000)):
        drawn = pdfium.FPDFPage_GetObject(handle, k)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE or (kind == pdfium.FPDF_PAGEOBJ_FORM and _holds_picture(drawn)):
            pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
            largest = max(largest, (right.value - left.value) * (top.value - bottom.value))
    return largest


def _holds_picture(form: Any) -> bool:
    count = min(max(0, pdfium.FPDFFormObj_CountObjects(form)), 200)
    return any(pdfium.FPDFPageObj_GetType(pdfium.FPDFFormObj_GetObject(form, k)) == pdfium.FPDF_PAGEOBJ_IMAGE for k in range(count))


def _matrix(drawn: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, m):
        return (1, 0, 0, 1, 0, 0)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _combined(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _path(drawn: Any, matrix: Matrix, add: Any) -> None:
    """The level and upright strokes of a path; of a filled path only if the whole is as thin as a line."""
    a, b, c, d, e, f = matrix
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    start = (0.0, 0.0)

    def flush() -> None:
        if len(points) < 2:
            return
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        if min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
            add(min(xs), min(ys), max(xs), max(ys))
        elif stroke.value:
            for (x0, y0), (x1, y1) in pairwise(points):
                add(x0, y0, x1, y1)

    for k in range(min(max(0, pdfium.FPDFPath_CountSegments(drawn)), 4000)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, k)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        here = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            flush()
            points, start = [here], here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            points.append(here)
        else:  # a curve is no rule
            points = []
        if pdfium.FPDFPathSegment_GetClose(segment) and points:
            points.append(start)
    flush()

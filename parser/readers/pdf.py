"""PDF: text in reading order, lines made paragraphs, running headers and page numbers taken off and kept apart.

Needs ``pypdfium2`` (``vanban[pdf]``). Pages without text, or whose text layer is rubbish, are recognised by tesseract where it is installed
(:mod:`~vanban.parser.readers.ocr`), and named in a finding where it is not. Bounds: ``max_pages`` and its neighbours in
:class:`~vanban.parser.readers._limits.Limits`; time is linear in pages. There is no source map: a PDF has no text positions.
"""

from __future__ import annotations

import re
import time
from functools import partial
from typing import Any

from .. import syllables
from ..model import Finding
from ..reading import ReadError, Reading
from . import legacy
from ._limits import limits
from ._pdf_assembly import assemble, finding, lost_finding, page_list
from ._pdf_spans import Page

MEDIA_TYPE = "application/pdf"
_EXTRA = 'Cài / install: pip install "vanban[pdf]"'
_ENCRYPTED, _UNKNOWN_SECURITY = 4, 5  # pdfium's error codes
_FEW = 100  # characters: a page-wide picture with no more text than a number and a stamp is a scan
_MARGINAL = 0.005  # of the page: a smaller picture holds no text
_OUTLINES = 12  # drawings on a page without text that may be letters drawn as shapes


def sniff(data: bytes, name: str) -> bool:
    """A PDF says so within its first kilobyte."""
    return b"%PDF-" in data[:1024]


def read(data: bytes, name: str) -> Reading:
    """Read a PDF. Raises :class:`ReadError` if it is encrypted, or if nothing can be got out of it."""
    try:
        from . import _pdf_page
    except ImportError:
        raise ReadError(name, "thiếu thư viện pypdfium2 / pypdfium2 is not installed", _EXTRA) from None
    findings: list[Finding] = []
    document = _open(data, name, findings)
    try:
        pages = _own_text(document, findings)
        if any(page.stamped is not None for page in pages):
            copy = _open(data, name, [])
            try:
                for page in [page for page in pages if page.stamped is not None][:1000]:
                    page.stamps = _pdf_page.read_stamps(copy, page)
            finally:
                copy.close()
        _recognise(document, name, pages, findings)
        if (lost := lost_finding(pages)) is not None:
            findings.append(lost)
        return assemble(pages, MEDIA_TYPE, findings)
    finally:
        document.close()


def _open(data: bytes, name: str, findings: list[Finding]) -> Any:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        if problem.err_code in (_ENCRYPTED, _UNKNOWN_SECURITY):
            raise ReadError(
                name,
                "PDF có mật khẩu / the PDF is encrypted",
                "Mở bằng mật khẩu rồi lưu bản không mật khẩu (in ra PDF) / Open it with its password and save a copy without",
            ) from None
        document = _mended(data)
        if document is None:
            raise ReadError(
                name, "PDF hỏng, không mở được / the PDF is damaged and cannot be opened", "Tải lại tệp / Get the file again"
            ) from None
        findings.append(_TRUNCATED)
        return document
    if b"%%EOF" not in data[-4096:]:
        findings.append(_TRUNCATED)
    return document


_TRUNCATED = finding(
    "reader.pdf.truncated",
    "warning",
    "Tệp PDF bị cắt cụt: chỉ đọc được phần còn lại, hãy tải lại tệp",
    "The PDF is cut off: what remains was read, get the file again",
)


def _mended(data: bytes) -> Any:
    """A PDF that lost its end with the table of objects: given a new end that names its catalogue, if that is still there."""
    import pypdfium2

    catalogues = re.findall(rb"(\d{1,9})\s+(\d{1,5})\s+obj\b(?:(?!endobj)[\s\S]){0,2000}?/Type\s*/Catalog\b", data)
    for number, generation in catalogues[-3:]:
        end = b"\nendstream\nendobj\ntrailer\n<< /Root " + number + b" " + generation + b" R >>\nstartxref\n0\n%%EOF\n"
        try:
            document = pypdfium2.PdfDocument(data + end)
            if len(document):
                return document
        except pypdfium2.PdfiumError:
            continue
    return None


def _own_text(document: Any, findings: list[Finding]) -> list[Page]:
    """The pages as far as the bounds allow."""
    import pypdfium2

    from ._pdf_page import read_page

    pages: list[Page] = []
    broken: list[int] = []
    count, deadline = len(document), time.monotonic() + limits().max_read_seconds
    for index in range(min(count, limits().max_pages)):
        try:
            pages.append(read_page(document, index))
        except pypdfium2.PdfiumError:
            broken.append(index + 1)
        if time.monotonic() > deadline:
            break
    if broken:
        findings.append(
            finding("reader.pdf.page", "warning", f"Không đọc được {page_list(broken)}: tải lại tệp", f"{len(broken)} pages cannot be read")
        )
    if len(pages) + len(broken) < count:
        findings.append(
            finding(
                "reader.pdf.limit",
                "warning",
                f"Chỉ đọc {len(pages)} trên {count} trang (giới hạn max_pages, max_read_seconds)",
                f"Only {len(pages)} of {count} pages were read (limits max_pages, max_read_seconds)",
            )
        )
    return pages


def _without_text(page: Page) -> bool:
    if page.glyphs == 0:
        return page.picture > _MARGINAL or page.objects >= _OUTLINES
    return page.glyphs < _FEW and page.picture > 0.5


def _rubbish(page: Page) -> bool:
    """Whether the page's text layer is not Vietnamese but noise: most of its marked words are no syllables, or its letters have no code.

    A layer that a scanner laid under the picture must hold marked words at all: recognised as English it has none.
    """
    if page.glyphs < 60:
        return False
    if page.broken > 0.2 * page.glyphs:
        return True
    pieces = [(piece.style.font, piece.text) for span in page.spans for piece in span.pieces]
    if any(legacy.font_scheme(font) for font, _ in pieces):
        return False
    text = " ".join(text for _, text in pieces)
    if (scheme := legacy.looks_legacy(text)) is not None:
        text = legacy.convert(text, scheme)[0]
    good, marked = syllables.share(text)
    if marked >= 15 and good < 0.55 * marked:
        return True
    scanned = page.hidden > 0.9 * page.glyphs and page.picture > 0.5
    return scanned and (good < 0.15 * len(text.split()) or good < 0.85 * marked)


def _recognise(document: Any, name: str, pages: list[Page], findings: list[Finding]) -> None:
    """Recognise what has no text or a rubbish one, and mend lines with lost letters; or say what is missing for it."""
    empty = [page for page in pages if _without_text(page)]
    rubbish = [page for page in pages if not _without_text(page) and _rubbish(page)]
    gaps = [page for page in pages if page.broken > 0 and page not in rubbish and page not in empty]
    scanned = [
        page for page in pages if page.hidden > 0.9 * max(1, page.glyphs) and page.glyphs and page not in rubbish and page not in empty
    ]
    if scanned:
        findings.append(
            finding(
                "reader.pdf.ocr-layer",
                "info",
                f"Lớp chữ ẩn do máy quét nhận dạng ({page_list(p.number for p in scanned)}): nên đối chiếu với bản in",
                "The text layer was recognised by a scanner: compare it with the print",
            )
        )
    if not (empty or rubbish or gaps):
        return
    from . import ocr

    lang = ocr.language()
    if lang is None and len(empty) == len([page for page in pages if page.glyphs or page.objects]):
        raise ReadError(name, "PDF là ảnh quét, không có lớp chữ / the PDF is a scan without text", ocr.REMEDY)
    wanted = sorted([*empty, *rubbish, *gaps], key=lambda page: page.number) if lang else []
    most = limits().max_ocr_pages
    said: list[Finding] = []
    read = _replace(document, wanted[:most], gaps, lang, said) if lang else set()
    for group, code, vietnamese, english in (
        (empty, "reader.pdf.no-text", "không có lớp chữ (ảnh quét)", "have no text (scans)"),
        (rubbish, "reader.pdf.bad-text", "có lớp chữ hỏng", "have a text layer that is rubbish"),
    ):
        done = [page.number for page in group if page.number in read]
        left = [page.number for page in group if page.number not in read]
        if done:
            findings.append(
                finding(
                    code,
                    "info" if code.endswith("no-text") else "warning",
                    f"{page_list(done)} {vietnamese}, đã nhận dạng bằng tesseract",
                    f"{len(done)} pages {english}: recognised by tesseract",
                )
            )
        if left:
            remedy = "" if lang else f". {ocr.REMEDY}"
            findings.append(
                finding(
                    code,
                    "warning",
                    f"{page_list(left)} {vietnamese}, chưa đọc được",
                    f"{len(left)} pages {english}: not read{remedy}",
                )
            )
    if len(wanted) > most:
        findings.append(
            finding(
                "reader.ocr.limit",
                "warning",
                f"Chỉ nhận dạng {most} trên {len(wanted)} trang (giới hạn max_ocr_pages)",
                f"Only {most} of {len(wanted)} pages were recognised (limit max_ocr_pages)",
            )
        )
    findings += said


def _replace(document: Any, wanted: list[Page], gaps: list[Page], lang: str, findings: list[Finding]) -> set[int]:
    """Recognise these pages, those with gaps only line by line; the numbers of the pages that could be recognised, blank ones too."""
    from . import ocr
    from ._pdf_mend import mend
    from ._pdf_page import image_of

    by_number = {page.number: page for page in wanted}
    mending = {page.number for page in gaps}
    read: dict[int, ocr.Recognised] = {}
    mended = 0
    failed: dict[int, str] = {}
    for number, found in ocr.recognise([(page.number, partial(image_of, document, page.number)) for page in wanted], lang):
        page = by_number[number]
        if found.failed:
            failed[number] = found.failed
        elif number in mending:
            mended += mend(page, found)
        elif found.words:
            page.spans, page.rules, page.ocr, page.aside = found.spans, found.rules, True, []
            page.width, page.height = found.width, found.height
            read[number] = found
    if read:
        findings.append(ocr.confidence_finding(read))
    if mended:
        findings.append(
            finding(
                "reader.pdf.mended",
                "info",
                f"{mended} dòng có chữ mất mã trong lớp chữ đã được đọc lại từ hình trang ({page_list(mending)}): nên đối chiếu với bản in",
                f"{mended} lines whose text layer had lost letters were read from the page's image: compare them with the print",
            )
        )
    if failed:
        findings.append(
            finding(
                "reader.ocr.failed",
                "warning",
                f"Không nhận dạng được {page_list(failed)} ({next(iter(failed.values()))}): quét lại các trang này",
                f"{len(failed)} pages could not be recognised: scan them again",
            )
        )
    return {page.number for page in wanted} - failed.keys()

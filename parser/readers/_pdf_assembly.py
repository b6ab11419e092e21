"""Pages to a Reading: furniture off, layout, paragraphs, and the findings of what was done."""

from __future__ import annotations

from collections import Counter, defaultdict

from .. import syllables
from ..model import Finding, Severity
from ..reading import Reading
from . import _ocr_labels, _pdf_furniture, legacy
from ._pdf_flow import Flow
from ._pdf_layout import lines_of
from ._pdf_spans import LOST, Page
from ._text import Builder

_SAMPLE = 20_000
_REPEATED = 3


def finding(code: str, severity: Severity, vietnamese: str, english: str) -> Finding:
    return Finding(code=code, severity=severity, message=f"{vietnamese} / {english}")


def assemble(pages: list[Page], media_type: str, findings: list[Finding]) -> Reading:
    """One Reading of all pages, in order."""
    made = list(findings)
    gone = _pdf_furniture.take(pages)
    furniture = [text for _, text in gone]
    stamps = [line for page in pages for line in page.stamps]
    if stamps:
        furniture += stamps
        made.append(
            finding(
                "reader.pdf.stamp",
                "info",
                f"Khung chữ ký số hoặc dấu đóng trên văn bản, không đưa vào nội dung: {'; '.join(stamps)[:600]}",
                "A digital signature or stamp lies over the document; its text is kept apart",
            )
        )
    repeated = {text for text, count in Counter(line for page in pages for line in set(page.aside)).items() if count >= _REPEATED}
    furniture += sorted(repeated)
    builder = Builder()
    flow = Flow(builder, _legacy_fonts(pages))
    lines = [lines_of(page) for page in pages]
    mended = _ocr_labels.mend(line for page, own in zip(pages, lines, strict=True) if page.ocr for line in own)
    if mended:
        made.append(
            finding(
                "reader.ocr.labels",
                "info",
                f"Đã sửa {mended} nhãn đầu dòng nhận dạng sai (như H. thành II.): nên đối chiếu với bản quét",
                f"{mended} misread marks at line starts were set right (such as H. for II.): compare them with the scan",
            )
        )
    for i, own in enumerate(lines):
        flow.page(own, lines[i + 1] if i + 1 < len(lines) else [], [text for text in pages[i].aside if text not in repeated])
    flow.finish()
    heads = len(flow.furniture)
    furniture += flow.furniture
    if furniture_count := len(gone) + heads:
        made.append(
            finding(
                "reader.pdf.furniture",
                "info",
                f"Đã bỏ {furniture_count} dòng đầu trang, chân trang, số trang và đầu bảng lặp lại",
                f"{furniture_count} running headers, footers, page numbers and repeated table heads were taken off",
            )
        )
    if flow.schemes:
        made.append(legacy.finding(flow.schemes))
    if flow.mended:
        made.append(
            finding(
                "reader.pdf.mended",
                "info",
                f"{flow.mended} chữ ƣ/Ƣ do bản Word cũ ghi sai mã đã đổi thành ư/Ư",
                f"{flow.mended} letters ƣ/Ƣ, wrong codes of an old Word, were read as ư/Ư",
            )
        )
    return builder.reading(media_type, findings=made, furniture=furniture)


def lost_finding(pages: list[Page]) -> Finding | None:
    """``reader.pdf.bad-text``: letters whose code means nothing, still lost after everything was tried."""
    lost = {page.number: n for page in pages if (n := sum(span.text.count(LOST) for span in page.spans))}
    if not lost:
        return None
    count = sum(lost.values())
    return finding(
        "reader.pdf.bad-text",
        "warning",
        f"{count} chữ trong lớp chữ của PDF không có mã, ghi là � ({page_list(lost)}): cài tesseract-ocr và tesseract-ocr-vie rồi đọc lại, "
        f"hoặc đối chiếu với bản in",
        f"{count} letters of the PDF's text layer have no code and stand as �: install tesseract-ocr and tesseract-ocr-vie and read again, "
        f"or compare with the print",
    )


def page_list(numbers: object) -> str:
    """``trang 3, 5–9``: page numbers for people."""
    runs: list[list[int]] = []
    for number in sorted(int(n) for n in numbers):  # type: ignore[attr-defined]
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [str(a) if a == b else f"{a}–{b}" for a, b in runs[:20]]
    return "trang " + ", ".join(shown) + (", …" if len(runs) > 20 else "")


def _legacy_fonts(pages: list[Page]) -> dict[str, str]:
    """Fonts whose name tells nothing but whose words, all together, are TCVN3, VNI or VPS: each with a name that tells it."""
    samples: dict[str, list[str]] = defaultdict(list)
    lengths: Counter[str] = Counter()
    for page in pages:
        for span in page.spans:
            for piece in span.pieces:
                font = piece.style.font
                if font and lengths[font] < _SAMPLE and not piece.text.isascii():
                    samples[font].append(piece.text)
                    lengths[font] += len(piece.text)
    telling = {"tcvn3": ".VnTime", "vni": "VNI-Times", "vps": "VPS-Times"}
    named: dict[str, str] = {}
    whole = legacy.looks_legacy("\n".join(text for texts in samples.values() for text in texts))
    for font, texts in samples.items():
        if legacy.font_scheme(font) is None:
            text = "\n".join(texts)
            scheme = legacy.looks_legacy(text)
            if whole is not None and scheme != whole:  # little text of a font is read as the rest is, if that makes as many words
                good = syllables.share(legacy.convert(text, whole)[0])[0]
                if good >= syllables.share(legacy.convert(text, scheme)[0] if scheme else text)[0] and good:
                    scheme = whole
            if scheme is not None:
                named[font] = telling[scheme]
    return named

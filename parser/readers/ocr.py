"""Scans: pages and pictures without text, recognised by the program ``tesseract`` with its Vietnamese model.

Needs ``tesseract-ocr`` and ``tesseract-ocr-vie`` (Debian's names); where they are missing the error says so. Straight lines are taken
off the image first: recognition sees words only, and tables keep their cells. What was recognised is never taken for certain: the finding
``reader.ocr.confidence`` gives the figures. Bounds: ``max_ocr_pages``, ``max_ocr_seconds``, ``max_pixels``.

A picture file (PNG, JPEG, TIFF) is a document of one page.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from statistics import median

from ..model import Finding, Severity
from ..reading import ReadError, Reading
from ._limits import limits
from ._ocr_image import Image, take_rules
from ._pdf_spans import Piece, Rule, Span, Style, Walls

REMEDY = (
    "Cài tesseract-ocr và tesseract-ocr-vie (Debian/Ubuntu: apt-get install tesseract-ocr tesseract-ocr-vie) rồi đọc lại / "
    "Install tesseract-ocr and tesseract-ocr-vie, then read again"
)
DPI = 300
_WORKERS = 2
_DOUBTFUL = 60  # a word recognised with less confidence than this is counted as doubtful
_POOR = 55  # a page below this may lie on its side
_KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"II*\0", "image/tiff"), (b"MM\0*", "image/tiff"))
_BELOW_LINE = frozenset("gjpqyạặậẹệịọộợụựỵQ,;()[]/|")


_WORD_LIKE = re.compile(r"\W*\w\w|\(?\w[.)/:;,]?$|[-+–*•]$")

Word = tuple[float, float, float, float, float, str]
"""A word: left, right, top and bottom in points, its confidence, its text."""


class Recognised:
    """What was read on one page, in points: ``confidence`` is the mean over its letters, ``noise`` what was dropped as specks."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.spans: list[Span] = []
        self.rules: list[Rule] = []
        self.confidence = 0.0
        self.words = self.doubtful = self.noise = 0
        self.failed = ""


def language() -> str | None:
    """The name of tesseract's Vietnamese model; ``None`` if the program or the model is missing."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    known = listed.stdout.split() + listed.stderr.split()
    return next((name for name in ("vie", "script/Vietnamese", "Vietnamese") if name in known), None)


def recognise(pages: Iterable[tuple[int, Callable[[], Image]]], lang: str) -> Iterator[tuple[int, Recognised]]:
    """Recognise pages, two at a time; each comes with the number it was given. Images are made here, one ahead of the workers."""
    with ThreadPoolExecutor(max_workers=min(_WORKERS, os.cpu_count() or 1)) as pool:
        waiting: list[tuple[int, Future[Recognised]]] = []
        for number, make in pages:
            waiting.append((number, pool.submit(copy_context().run, _page_of, _made(make), lang)))
            if len(waiting) > 2 * _WORKERS:
                first, future = waiting.pop(0)
                yield first, future.result()
        for number, future in waiting:
            yield number, future.result()


def _made(make: Callable[[], Image]) -> Image | str:
    """The image, or why there is none."""
    try:
        return make()
    except TimeoutError as problem:
        return str(problem)


def _page_of(image: Image | str, lang: str) -> Recognised:
    if isinstance(image, str):
        found = Recognised(0, 0)
        found.failed = image
        return found
    return _page(image, lang)


def _page(image: Image, lang: str) -> Recognised:
    found = _upright(image, lang)
    if not found.failed and found.confidence < _POOR and (quarters := _lies_on(image)):
        turned = _upright(image.turned(quarters), lang)
        if turned.confidence > found.confidence:
            return turned
    return found


def _upright(image: Image, lang: str) -> Recognised:
    scale = 72 / image.dpi
    made = Recognised(image.width * scale, image.height * scale)
    wiped, made.rules, skew = take_rules(image)
    output, made.failed = _tesseract(wiped.pgm(), "-l", lang, "--psm", "3", "--dpi", str(int(image.dpi)), "tsv")
    _read_words(made, output, scale, skew)
    return made


def _lies_on(image: Image) -> int:
    """By how many quarters the page must be turned clockwise to stand upright."""
    output, _ = _tesseract(image.pgm(), "--psm", "0")
    for line in output.splitlines():
        if line.startswith("Rotate:"):
            return int(line.split(":")[1]) // 90 % 4
    return 0


def _tesseract(image: bytes, *options: str) -> tuple[str, str]:
    """What the program writes, and what went wrong."""
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", *options],
            input=image,
            capture_output=True,
            timeout=limits().max_ocr_seconds,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "", f"quá {limits().max_ocr_seconds:g} giây / over {limits().max_ocr_seconds:g} seconds"
    except OSError as problem:
        return "", str(problem)
    if done.returncode:
        return "", done.stderr.decode("utf-8", "replace").strip()[-200:] or f"exit {done.returncode}"
    return done.stdout.decode("utf-8", "replace"), ""


def _read_words(made: Recognised, table: str, scale: float, skew: float) -> None:
    """Tesseract's table of words (level 5) put into spans."""
    lines: dict[tuple[str, ...], list[Word]] = {}
    for row in table.split("\n"):
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = (int(cell) * scale for cell in cells[6:10])
        fall = skew * (left + width / 2)
        lines.setdefault(tuple(cells[1:5]), []).append(
            (left, left + width, top - fall, top + height - fall, float(cells[10]), cells[11].strip())
        )
    if not lines:
        return
    heights = {key: _height(words) for key, words in lines.items()}
    usual = median(heights.values())
    walls = Walls(made.rules)
    weight = total = 0.0
    for key, words in lines.items():
        if _is_noise(words):
            made.noise += len(words)
            continue
        size = (usual if 0.65 < heights[key] / usual < 1.5 else heights[key]) / 1.1
        base = median(bottom - (0.22 * size if _BELOW_LINE & set(text) else 0) for _, _, _, bottom, _, text in words)
        span: Span | None = None
        for left, right, _, _, confidence, text in words:
            made.words += 1
            made.doubtful += confidence < _DOUBTFUL
            weight += len(text)
            total += len(text) * confidence
            gap = 0.0 if span is None else left - span.x1
            if span is None or gap > 1.2 * size or walls.between(span.x1 - 1, left + 1, base - 0.3 * size):
                span = Span([Piece(text, Style(size=size))], left, right, base, size, confidence)
                made.spans.append(span)
            else:
                span.pieces[0].text += " " + text
                span.x1, span.confidence = max(span.x1, right), min(span.confidence, confidence)
    made.confidence = total / weight if weight else 0.0


def _is_noise(words: list[Word]) -> bool:
    """Marks above the letters of another line, a stamp's rim, a speck: hardly a word, and nothing sure."""
    mean = sum(confidence for *_, confidence, _ in words) / len(words)
    like = sum(1 for *_, text in words if _WORD_LIKE.match(text))
    return (2.5 * like < len(words) and mean < 75) or mean < 25


def _height(words: list[Word]) -> float:
    return max(1.0, median(bottom - top for _, _, top, bottom, _, _ in words) * 1.1)


def confidence_finding(pages: dict[int, Recognised]) -> Finding:
    """``reader.ocr.confidence``: how sure recognition was, over all pages and on the worst."""
    read = {number: page for number, page in pages.items() if page.words}
    words = sum(page.words for page in read.values())
    mean = sum(page.confidence * page.words for page in read.values()) / max(1, words)
    doubtful = sum(page.doubtful for page in read.values())
    worst = min(read, key=lambda number: read[number].confidence, default=0)
    low = read[worst].confidence if worst else 0.0
    noise = sum(page.noise for page in pages.values())
    severity: Severity = "info" if mean >= 90 and low >= 75 else "warning"
    dropped = f"; bỏ {noise} vết không phải chữ" if noise else ""
    left_out = f"; {noise} specks dropped" if noise else ""
    return Finding(
        code="reader.ocr.confidence",
        severity=severity,
        message=f"Nhận dạng {len(pages)} trang, {words} từ, độ tin cậy trung bình {mean:.0f}%, thấp nhất {low:.0f}% (trang {worst}), "
        f"{doubtful} từ dưới {_DOUBTFUL}%{dropped}: phải đối chiếu với bản quét. / "
        f"{len(pages)} pages recognised, {words} words, mean confidence {mean:.0f}%, lowest {low:.0f}% (page {worst}), "
        f"{doubtful} words below {_DOUBTFUL}%{left_out}: compare with the scan.",
    )


def sniff(data: bytes, name: str) -> bool:
    """A PNG, JPEG or TIFF picture."""
    return data.startswith(tuple(mark for mark, _ in _KINDS))


def read(data: bytes, name: str) -> Reading:
    """Read a picture of one page. Raises :class:`ReadError` where tesseract is missing or can make nothing of it."""
    from ._pdf_assembly import assemble
    from ._pdf_spans import Page

    lang = language()
    if lang is None:
        raise ReadError(name, "ảnh chụp văn bản, cần nhận dạng chữ / a picture of text, needs OCR", REMEDY)
    output, problem = _tesseract(data, "-l", lang, "--psm", "3", "tsv")
    if problem:
        raise ReadError(
            name, f"không nhận dạng được / cannot be recognised ({problem})", "Quét lại ở 300 dpi, PNG hoặc PDF / Scan again, 300 dpi"
        )
    made = Recognised(0, 0)
    _read_words(made, output, 72 / DPI, 0.0)
    made.width = max((span.x1 for span in made.spans), default=0.0) + 36
    made.height = max((span.base for span in made.spans), default=0.0) + 36
    page = Page(1, made.width, made.height)
    page.ocr, page.spans = True, made.spans
    media = next(kind for mark, kind in _KINDS if data.startswith(mark))
    return assemble([page], media, [confidence_finding({1: made})])

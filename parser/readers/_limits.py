"""How much a reader may take: bounds against hostile files, settable for honest ones that are larger.

>>> with bounded(max_unpacked=1 << 30):
...     limits().max_unpacked
1073741824
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The bounds in force. A file beyond one of them is a ``ReadError`` that names the bound, or a reading with a finding.

    Not settable is the depth of nesting: 256 elements in XML, 2,048 in HTML, the XML library's own bounds. Beyond it XML is read as
    far as it goes, HTML as bare text, and a finding says so.

    ``max_unpacked``: bytes of all parts of a zip container together, unpacked (a 1,000-page law is under 20 MB).
    ``max_ratio``: unpacked to packed size of one part of more than a megabyte; real documents stay under 100, bombs start at 1,000.
    ``max_parts``: files in a container.
    ``max_markup``: bytes of one HTML or XML file that are parsed into a tree.
    ``max_nodes``: XML elements of one part, table cells included.
    ``max_repeat``: how often one repeated row or cell of an .odt table may be written out.
    ``max_seconds``: time for LibreOffice to convert one file; ``max_memory``: bytes of memory it may take.
    ``max_pages``: pages of a PDF; ``max_page_characters``, ``max_page_rules``: characters and drawn lines taken from one page.
    ``max_read_seconds``: time for a PDF's own text, some 30 ms a full page; what remains after it is left out with a finding.
    ``max_ocr_pages``: pages that are recognised; ``max_ocr_seconds``: time for one of them; ``max_pixels``: points of its image.
    """

    max_unpacked: int = 256 << 20
    max_ratio: int = 400
    max_parts: int = 10_000
    max_markup: int = 96 << 20
    max_nodes: int = 2_000_000
    max_repeat: int = 1_000
    max_seconds: float = 180.0
    max_memory: int = 6 << 30
    max_pages: int = 20_000
    max_page_characters: int = 200_000
    max_page_rules: int = 20_000
    max_read_seconds: float = 1_200.0
    max_ocr_pages: int = 500
    max_ocr_seconds: float = 120.0
    max_pixels: int = 40_000_000


_current: ContextVar[Limits] = ContextVar("vanban_limits", default=Limits())  # noqa: B039 - frozen


def limits() -> Limits:
    """The bounds in force here."""
    return _current.get()


@contextmanager
def bounded(**changes: float) -> Iterator[Limits]:
    """Other bounds for the readers called inside the ``with``: ``with bounded(max_seconds=600): …``."""
    token = _current.set(msgspec.structs.replace(_current.get(), **changes))
    try:
        yield _current.get()
    finally:
        _current.reset(token)

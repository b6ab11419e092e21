"""``vanban.parser``: a file or a text in, a :class:`Document` out.

>>> from vanban.parser import parse_text
>>> parse_text("Điều 1. Thông qua kế hoạch năm 2024.", name="vi-du").nodes[0].label
'Điều 1.'
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from .model import Document, json_schema
from .reading import ReadError

__all__ = ["Document", "ReadError", "json_schema", "parse", "parse_bytes", "parse_text"]


def parse(path: str | PathLike[str], *, format: str | None = None) -> Document:
    """Parse a file. Its format is told by content (and name), or given: ``markdown``, ``plain`` …

    Every input that can be read gives a Document, with findings where it looks wrong. Raises :class:`ReadError` (which names the
    file, the problem and the remedy) for a missing file, a folder, or bytes that are no text.
    """
    file = Path(path)
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise ReadError(str(path), "không có tệp này / no such file", "Kiểm tra đường dẫn / check the path") from None
    except IsADirectoryError:
        raise ReadError(
            str(path), "là thư mục / is a folder", "Nêu tên tệp, hoặc dùng ingest cho cả thư mục / name a file, or ingest the folder"
        ) from None
    except OSError as error:
        raise ReadError(
            str(path), f"không đọc được / cannot be read ({error.strerror})", "Kiểm tra quyền đọc / check the permissions"
        ) from error
    return parse_bytes(data, name=_printable(file.name), format=format)


def _printable(name: str) -> str:
    """A file name as text: bytes of it that are no UTF-8 become U+FFFD, so that the document can be written as JSON."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def parse_bytes(data: bytes, *, name: str, format: str | None = None) -> Document:
    """Parse the bytes of a file; ``name`` is kept as the source's name and helps to tell the format."""
    from . import pipeline, readers

    return pipeline.run(readers.read(data, name, format), data, name)


def parse_text(text: str, *, name: str = "text", format: str = "plain") -> Document:
    """Parse a text that is already in memory, as plain text or as ``markdown``."""
    return parse_bytes(text.encode(), name=name, format=format)

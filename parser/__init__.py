"""``vanban.parser``: a file or a text in, a :class:`Document` out."""

from .model import Document
from .reading import ReadError

__all__ = ["Document", "ReadError"]

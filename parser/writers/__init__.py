"""Writers: a Document out, one module a form.

To add a form, write ``parser/writers/<form>.py`` with a function named as the form, ``Document → str`` (``bytes`` where it is no text),
and name it in :data:`FORMS` with the ending of its files. Writing needs no library: what is read by one (lxml) is written without.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Literal

from ..model import Document

Form = Literal["json", "tree", "akn", "md", "html", "docx"]
FORMS: dict[Form, str] = {"json": ".json", "tree": ".txt", "akn": ".akn.xml", "md": ".md", "html": ".html", "docx": ".docx"}


def render(document: Document, form: Form = "json") -> str:
    """The document in a form, ending in one newline; the same document always gives the same text.

    ``ValueError`` for a form that is unknown, or no text (``docx``: :func:`render_bytes`).
    """
    written = _written(document, form)
    if isinstance(written, bytes):
        raise ValueError(f"{form} is no text: use render_bytes")
    return written


def render_bytes(document: Document, form: Form = "json") -> bytes:
    """The document in a form, as the bytes of its file (UTF-8 where it is text); the same document always gives the same bytes."""
    written = _written(document, form)
    return written if isinstance(written, bytes) else written.encode("utf-8", "surrogatepass")


def _written(document: Document, form: Form) -> str | bytes:
    if form not in FORMS:
        raise ValueError(f"unknown form {form!r}: one of {', '.join(FORMS)}")
    if form == "json":
        return document.to_json(indent=2) + "\n"
    written: str | bytes = getattr(import_module(f"{__name__}.{form}"), form)(document)
    return written


def save(document: Document, path: Path, form: Form = "json") -> bool:
    """Write the document to ``path``, all of it or nothing. A file that holds it already is not touched: ``False``."""
    data = render_bytes(document, form)
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_bytes(data)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return True

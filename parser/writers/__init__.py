"""Writers: a Document out, one module a form.

To add a form, write ``parser/writers/<form>.py`` with a function ``Document → str`` and name it in :data:`FORMS` with the ending of
its files.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Literal

from ..model import Document

Form = Literal["json", "tree"]
FORMS: dict[Form, str] = {"json": ".json", "tree": ".txt"}


def render(document: Document, form: Form = "json") -> str:
    """The document in a form, ending in one newline; the same document always gives the same text."""
    if form not in FORMS:
        raise ValueError(f"unknown form {form!r}: one of {', '.join(FORMS)}")
    if form == "json":
        return document.to_json(indent=2) + "\n"
    written: str = getattr(import_module(f"{__name__}.{form}"), form)(document)
    return written


def save(document: Document, path: Path, form: Form = "json") -> bool:
    """Write the document to ``path``, all of it or nothing. A file that holds it already is not touched: ``False``."""
    data = render(document, form).encode("utf-8", "surrogatepass")
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

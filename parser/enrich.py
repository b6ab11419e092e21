from __future__ import annotations

from .model import Document


def enrich(document: Document, *, phrases: bool = True) -> Document:
    return document

"""The linguistic layer: spaCy pipeline over the plain parser, word segmentation by underthesea; both imported only when used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import Errors

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from ..model import Document

__all__ = ["pipeline", "to_doc"]


def pipeline(**config: Any) -> Language:
    """See :func:`vanban.parser.nlp`."""
    return _components("Dòng xử lý spaCy / the spaCy pipeline").pipeline(**config)  # type: ignore[no-any-return]


def to_doc(document: Document, nlp: Language) -> Doc:
    """A Document that was parsed from a file (of any format) as a Doc through the pipeline; it is not parsed again."""
    return _components("to_doc").to_doc(document, nlp)  # type: ignore[no-any-return]


def _components(what: str) -> Any:
    try:
        import spacy  # noqa: F401
    except ImportError as error:
        from .models import WITHOUT

        raise ImportError(Errors.V001.format(what=what, library="spaCy", without=WITHOUT)) from error
    from . import components

    return components

"""How a Doc holds a Document: ``doc._.vanban``, and span groups whose spans lead to their records.

The Document lies in ``doc.user_data`` as JSON text, so that it goes wherever the Doc goes (``DocBin(store_user_data=True)``, ``to_bytes``,
another process). A span of a group knows its record by ``span.id_``.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import Citation, Document, Mandate, Mention, Node, Target
from .errors import Errors, Warnings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

KEY: Any = ("._.", "vanban", None, None)
"""Where spaCy itself keeps what an extension of a Doc holds; the key of versions before is read too."""
_KEY_BEFORE = "vanban"
GROUPS = ("nodes", "citations", "targets", "mandates", "organisations", "places")
Record = Node | Citation | Target | Mandate | Mention


class Marked(NamedTuple):
    """A record with what its span bears: ``label_``, ``kb_id_`` and ``id_``."""

    record: Record
    label: str
    kb_id: str
    id: str


def marked(document: Document, group: str) -> Iterator[Marked]:
    """The records of a group in the document's order."""
    if group == "nodes":
        for node in document.nodes:
            yield Marked(node, node.kind, "", f"nodes/{node.id}")
    elif group == "citations":
        for k, citation in enumerate(document.citations):
            yield Marked(citation, citation.relation or citation.scope, citation.target or "", f"citations/{k}")
    elif group == "targets":
        for k, target in enumerate(document.targets):
            yield Marked(target, "target", "", f"targets/{k}")
    elif group == "mandates":
        for k, mandate in enumerate(document.mandates):
            yield Marked(mandate, mandate.kind, "", f"mandates/{k}")
    else:
        for k, mention in enumerate(document.organisations if group == "organisations" else document.places):
            yield Marked(mention, mention.kind or group, mention.name, f"{group}/{k}")


def record_of(document: Document, id: str) -> Record | None:
    """The record that a span's ``id_`` names."""
    group, _, which = id.partition("/")
    if group == "nodes":
        return _nodes(document).get(which)
    held: tuple[Record, ...] = getattr(document, group, ()) if group in GROUPS else ()
    return held[int(which)] if which.isdigit() and int(which) < len(held) else None


_last: list[tuple[Document, dict[str, Node]]] = []


def _nodes(document: Document) -> dict[str, Node]:
    if not _last or _last[0][0] is not document:
        _last[:] = [(document, {node.id: node for node in document.nodes})]
    return _last[0][1]


@lru_cache(maxsize=8)
def _read(data: str) -> Document:
    return Document.from_json(data)


def document_of(doc: Doc) -> Document | None:
    """The Document behind a Doc; ``None`` where no component or tokenizer of ours has seen it."""
    data = doc.user_data.get(KEY) or doc.user_data.get(_KEY_BEFORE)
    return _read(data) if isinstance(data, str) else None


def set_document(doc: Doc, document: Document) -> None:
    """Put a Document behind a Doc."""
    if not isinstance(document, Document):
        raise TypeError(Errors.V004.format(kind=type(document).__name__))
    doc.user_data[KEY] = document.to_json()


def _record_of_span(span: Span) -> Record | None:
    document = document_of(span.doc)
    if document is None and span.id_.partition("/")[0] in GROUPS:
        warnings.warn(Warnings.V102, stacklevel=3)
    return record_of(document, span.id_) if document is not None and span.id_ else None


def register() -> None:
    """Give Docs and Spans their extensions."""
    from spacy.tokens import Doc, Span

    for place, getter, setter in ((Doc, document_of, set_document), (Span, _record_of_span, None)):
        kind: Any = place
        if not kind.has_extension("vanban"):
            kind.set_extension("vanban", getter=getter, setter=setter)

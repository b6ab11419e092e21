"""The knowledge base in the forms of others: tables, graphs, linked data. One module a group of forms.

A :class:`Selection` says which documents are meant; nothing said means all that are held. Every export

- is read from one state of the database, in portions: its memory does not grow with the number of documents;
- is in a fixed order (documents by the SHA-256 of their file and their place in it), so the same knowledge base gives the same bytes,
  on SQLite and on PostgreSQL;
- says what the store says: a value that is not known is empty, an open citation has no target and lists its candidates.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..records import Exported, KnowledgeBaseError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from vanban.parser.model import Document

TABLES = ("csv", "jsonl", "parquet", "xlsx")
GRAPHS = ("graphml", "gexf", "dot", "mermaid", "neo4j")
LINKED = ("turtle", "jsonld")
FORMS = (*TABLES, *GRAPHS, *LINKED)
FOLDERS = ("csv", "jsonl", "parquet", "neo4j")
"""Forms that are several files: ``out`` is a folder."""

__all__ = ["FOLDERS", "FORMS", "GRAPHS", "LINKED", "TABLES", "Selection", "whole", "write"]


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Only documents that meet all that is said: ``numbers`` (any of these instruments, in any spelling; an id too; ``date`` chooses among
    those that share a number), ``issuer`` (a name, or words of one, with or without diacritics), ``type`` (``Nghị quyết``),
    ``since``/``until`` (dates, inclusive), ``words`` (some node holds them all). A name that nobody here bears, and a choice that no
    document meets, is a :class:`KnowledgeBaseError`.

    For graphs, a single number is the instrument in the middle and ``depth`` how many steps around it are shown.
    """

    numbers: tuple[str, ...] = ()
    date: str | None = None
    issuer: str | None = None
    type: str | None = None
    since: str | None = None
    until: str | None = None
    words: str | None = None
    depth: int = 1


def whole(session: Session, selection: Selection) -> Iterator[Document]:
    """The documents that are selected, as they stand (with what people corrected), one after the other in the order of every export."""
    from . import selection as selecting

    return selecting.whole(session, selection)


def write(session: Session, form: str, out: Path, selection: Selection, *, base: str | None = None) -> Exported:
    """Write one export to ``out``, a file or (for :data:`FOLDERS`) a folder, and say what was written.

    ``base`` is what goes before the ids in linked data (``https://luutru.example/`` + ``akn/vn/act/…``).
    :class:`KnowledgeBaseError` where the form is not known, its library is missing, or the place cannot be written to.
    """
    if form not in FORMS:
        raise KnowledgeBaseError(form, "không có dạng này / no such form", f"Chọn một trong / choose one of: {', '.join(FORMS)}")
    folder = out if form in FOLDERS else out.parent
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if form in TABLES:
            from . import tables

            files = tables.write(session, form, out, selection)
        elif form in GRAPHS:
            from . import graphs

            files = graphs.write(session, form, out, selection)
        else:
            from . import linked

            files = linked.write(session, form, out, selection, base)
    except KnowledgeBaseError:
        if made:
            with suppress(OSError):
                folder.rmdir()
        raise
    except OSError as error:
        remedy = "Kiểm tra đường dẫn, quyền ghi và chỗ trống / check the path, the permissions and the space left"
        raise KnowledgeBaseError(str(out), f"không ghi được / cannot be written ({error.strerror or error})", remedy) from error
    except ModuleNotFoundError as error:
        remedy = 'Cài / install: pip install "vanban[tables]"'
        raise KnowledgeBaseError(form, f"thiếu thư viện {error.name} / {error.name} is not installed", remedy) from None
    from .selection import undated

    return Exported(form=form, out=str(out), files=tuple(files), undated=undated(session, selection))

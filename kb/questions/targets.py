"""Figures to be reached."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ..records import (
    Targets,
)
from ..schema import (
    Target,
)
from .parts import holding, number, target_records


def targets(session: Session, words: str = "", limit: int | None = None, offset: int = 0) -> Targets:
    """Targets whose name or text holds all words."""
    where = holding(Target.folded, words)
    return Targets(total=number(session, Target, where), items=tuple(target_records(session, where, limit, offset)))

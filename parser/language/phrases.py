"""Key phrases of mandates: what a task is about, as its noun compounds."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Mandate
from . import segmenting


def with_phrases(mandates: Sequence[Mandate]) -> tuple[Mandate, ...]:
    segmenting.words("")
    return tuple(mandates)

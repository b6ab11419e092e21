"""How far a long command has come: one line on the terminal, with the rate and the time left; nothing where there is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path

import click

from ..parsing import files

_EVERY = 0.2
_CLEAR = "\r\x1b[K"


class Progress:
    """The line on standard error. Files are counted before the first is taken, where anybody sees it."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._seen = sys.stderr.isatty()
        self._total = sum(1 for _ in files(paths)) if self._seen else 0
        self._done, self._begun, self._last, self._shown = 0, time.monotonic(), 0.0, False

    def show(self) -> None:
        """One more file is done."""
        self._done += 1
        now = time.monotonic()
        if self._seen and now - self._last >= _EVERY:
            click.echo(_CLEAR + line(self._done, self._total, now - self._begun), nl=False, err=True)
            self._last, self._shown = now, True

    def clear(self) -> None:
        """Make place for another line."""
        if self._shown:
            click.echo(_CLEAR, nl=False, err=True)
            self._shown = False


def line(done: int, total: int, seconds: float) -> str:
    """What is said of it.

    >>> line(1200, 20000, 8.0)
    '1200/20000 tệp · 150 tệp/giây · còn 2:05'
    """
    rate = done / seconds if seconds > 0 else 0.0
    shown = f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"
    left = round((max(total, done) - done) / rate) if rate else 0
    hours, rest = divmod(left, 3600)
    clock = f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
    return f"{done}/{max(total, done)} tệp · {shown} tệp/giây · còn {clock}"

"""The command line: thin commands over the public verbs of ``vanban.parser`` and ``vanban.kb``, one module a group of commands.

:mod:`base` holds what they share; a new group is a module here and its name in the line below.
"""

from __future__ import annotations

from . import asking, bulk, cite, compare, export, feeding, finding, progress, review
from .base import commands, main, run

__all__ = ["asking", "bulk", "cite", "commands", "compare", "export", "feeding", "finding", "main", "progress", "review", "run"]

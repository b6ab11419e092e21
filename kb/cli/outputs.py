"""Where an export goes: what ``--out PATH`` means, alike for every form.

- A form that is one file (``xlsx``, ``turtle`` …): PATH is the file; a folder (one that is there, or a PATH that ends in ``/``) gets a
  file of the usual name.
- A form that is several files (``csv``, ``neo4j`` …): PATH is their folder.
- A document (``akn``, ``md`` …): PATH is the folder of a file for each; of a single document it may be the file, with the form's own
  ending.
"""

from __future__ import annotations

import os
from pathlib import Path

import click


def is_folder(out: str) -> bool:
    """Whether PATH can only be a folder."""
    return out.endswith(("/", os.sep)) or Path(out).is_dir()


def file_at(out: str, usual: str) -> Path:
    """The file of a form that is one file."""
    return Path(out) / usual if is_folder(out) else Path(out)


def folder_at(out: str) -> Path:
    """The folder of a form that is several files, or of several documents."""
    if Path(out).is_file():
        problem = f"--out: {out} là tệp, ở đây cần thư mục / is a file, a folder is needed here"
        raise click.UsageError(problem)
    return Path(out)


def names_a_file(out: str, ending: str) -> bool:
    """Whether PATH is the file of a single document."""
    return not is_folder(out) and Path(out).name.lower().endswith(ending)

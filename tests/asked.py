"""Questions written down with their right answers (questions.json), and how an answer is compared with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

QUESTIONS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "kb" / "questions.json").read_text(encoding="utf-8"))


def called(question: dict[str, Any]) -> str:
    """A question as the name of a test."""
    return f"{question['ask']}({', '.join(map(str, question['with'].values()))}).{question['get']}"


def answered(library: Any, question: dict[str, Any]) -> Any:
    """What is asked for of the library's answer: ``items.*.number`` are the numbers of all items, as far as they have one."""
    answer = msgspec.json.decode(msgspec.json.encode(getattr(library, question["ask"])(**question["with"])))
    return picked(answer, question["get"].split("."))


def picked(value: Any, path: list[str]) -> Any:
    """The part of an answer at a path."""
    if not path:
        return value
    if path[0] == "*":
        return [one for one in (picked(each, path[1:]) for each in value) if one is not None]
    return picked(value[int(path[0])] if path[0].isdigit() else None if value is None else value.get(path[0]), path[1:])

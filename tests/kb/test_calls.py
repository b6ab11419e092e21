"""A verb that is called with what is no text, number or list says so, in words of ours, before anything is done."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import vanban.kb
from vanban.kb import KnowledgeBaseError
from vanban.kb.store import KnowledgeBase
from vanban.parser import parse_text

VERBS = {name: verb for name in dir(KnowledgeBase) if not name.startswith("_") and inspect.isfunction(verb := getattr(KnowledgeBase, name))}
WRONG: tuple[Any, ...] = (None, 1.5, b"x", object(), [1], {"a": 1}, -1, 10**30, True, "x", lambda: None)
ENDED = frozenset(("close", "downgrade"))
_GIVEN: dict[str, Any] = {
    "who": "An",
    "key": "1:f0",
    "value": "x",
    "form": "csv",
    "review_id": 1,
    "change": 1,
    "version": 99,
    "document": parse_text("x"),
    "documents": (),
    "data": b"",
    "path": "x",
}


def _cases() -> list[tuple[str, str]]:
    return [(name, one) for name, verb in sorted(VERBS.items()) for one in inspect.signature(verb).parameters if one != "self"]


@pytest.mark.parametrize(("name", "argument"), _cases())
def test_what_is_of_another_kind_is_refused_by_the_name_of_its_argument(file_place: Any, name: str, argument: str) -> None:
    with vanban.kb.open(file_place) as library:
        parameters = inspect.signature(VERBS[name]).parameters
        given = {
            one: _GIVEN.get(one, "x") if p.annotation != "str" else "x"
            for one, p in parameters.items()
            if p.default is inspect.Parameter.empty and one not in ("self", argument)
        }
        given |= {"out": str(file_place.parent)} if "out" in given else {}
        refused = 0
        for wrong in WRONG:
            try:
                done = VERBS[name](library, **given, **{argument: wrong})
                if inspect.isgenerator(done):
                    list(done)
            except KnowledgeBaseError:
                pass
            except (TypeError, ValueError) as error:
                refused += f"{name}({argument}): " in str(error) and " / " in str(error)
        assert refused >= (2 if argument not in ("progress", "executor") else 0), (name, argument)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda library: library.search(None), r"search\(words\): cần str, không phải NoneType / must be str, not NoneType"),
        (lambda library: library.search("rừng", kinds="article"), r"must be Sequence\[str\], not str"),
        (lambda library: library.search("rừng", kinds=[1]), r"not list\[int\]"),
        (lambda library: library.documents(limit="3"), r"documents\(limit\)"),
        (lambda library: library.chain("1", direction="sideways"), r"there is no 'sideways': up, down"),
        (lambda library: library.documents(limit=-1), r"must be a number from 0"),
        (lambda library: library.documents(offset=2**63), r"must be a number from 0"),
        (lambda library: vanban.kb.open(None), r"open\(place\)"),
    ],
)
def test_the_words_of_the_refusal(library: Any, call: Any, said: str) -> None:
    with pytest.raises((TypeError, ValueError), match=said):
        call(library)

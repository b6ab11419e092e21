"""Whatever is typed, every verb gives an answer or says clearly what is wrong, on every database."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vanban.kb import KnowledgeBaseError
from vanban.kb.asking import Asking
from vanban.kb.records import Answer, InstrumentRecord
from vanban.parser import Document

VERBS = {name: verb for name, verb in vars(Asking).items() if not name.startswith("_")}
SYNTAX = (
    "", " ", '"', "'", '""', "*", '"*"', "che*", '"che phu', "a OR b", "NOT", "NEAR(a b)", "^x", "{folded}: x", "folded:x", "(", ")", "a & b",
    "a | !b", "a <-> b", ":*", "'a':*", "%", "_", "\\", "--", "; DROP TABLE nodes", "' OR 1=1 --", "$1", "?", ":x", "%s", "%(x)s", "\0", "che\0phu",
    "\ud800", "\u202e", "\u0323", "💥", "ﬁ", "①", "²", "٣", "ấ" * 201, "che " * 70, "x" * 20_000, "94/NQ-HĐND", "nq-94-hđnd-thai-nguyen-2023",
    "19-NQ/TW", "che phủ rừng", "ubnd", "1e5", "a.b@c.vn", "http://x.vn/y?z=1", "-1", "2024", "2024-13", "31/02/2024", "sha256:", "sha256:%",
)  # fmt: skip
typed = st.one_of(st.sampled_from(SYNTAX), st.text(max_size=40), st.lists(st.sampled_from(SYNTAX[:40]), max_size=4).map(" ".join))


def arguments(draw: Any, verb: Any) -> dict[str, Any]:
    """Arguments of a verb, each text anything that can be typed."""
    given_ = {}
    for name, parameter in inspect.signature(verb).parameters.items():
        wanted = parameter.default is inspect.Parameter.empty or draw(st.integers(0, 3)) == 0
        if name == "self" or not wanted or name == "direction":
            continue
        if name in ("limit", "offset", "depth"):
            given_[name] = draw(st.integers(1, 5))
        elif name in ("inherited", "every"):
            given_[name] = draw(st.booleans())
        elif name in ("kinds", "relations"):
            given_[name] = draw(st.lists(typed, max_size=2))
        else:
            given_[name] = draw(typed)
    return given_


def answered(verb: Any, library: Any, given_: dict[str, Any]) -> object:
    """The answer, or what is said to be wrong: an error that names it and what to do, or the date that is none."""
    try:
        return verb(library, **given_)
    except KnowledgeBaseError as error:
        return error if error.problem and error.remedy else None
    except ValueError as error:
        return error if "no date" in str(error) else None


@pytest.mark.parametrize("name", sorted(VERBS))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_typed_gives_an_answer_or_a_clear_error(library: Any, name: str, data: st.DataObject) -> None:
    given_ = arguments(data.draw, VERBS[name])
    answer = answered(VERBS[name], library, given_)
    assert isinstance(answer, Answer | InstrumentRecord | Document | KnowledgeBaseError | ValueError), given_


@pytest.mark.parametrize("text", SYNTAX)
def test_every_text_in_every_argument_that_searches(library: Any, text: str) -> None:
    for name, argument in (
        ("search", "words"), ("targets", "words"), ("target_table", "words"), ("mandates", "text"), ("mandates", "body"), ("mandates", "field"),
        ("mandates", "place"), ("mandates", "programme"), ("documents", "issuer"), ("documents", "kind"), ("resolve", "number"),
        ("changes", "number"), ("chain", "number"),
    ):  # fmt: skip
        answer = answered(VERBS[name], library, {argument: text})
        assert isinstance(answer, Answer | InstrumentRecord | KnowledgeBaseError), (name, argument)

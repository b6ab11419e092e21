"""The forms of a document's layout: every row's examples, and what it must not match."""

from __future__ import annotations

import pytest
from test_lexicon import cases

from vanban.parser import tables
from vanban.parser.fold import match_form, search_form
from vanban.parser.structure import forms


def known(kind: str, words: str) -> bool:
    line = " ".join(match_form(words).split())
    return forms.folded(kind).match(search_form(line)) if kind == "stamp" else forms.layout(kind).match(line)


@pytest.mark.parametrize(("example", "row"), cases("layout", "examples"))
def test_a_form_matches_its_examples(example: str, row: tables.Row) -> None:
    assert known(row["kind"], example)


@pytest.mark.parametrize(("example", "row"), cases("layout", "counterexamples"))
def test_a_form_matches_nothing_else(example: str, row: tables.Row) -> None:
    assert not known(row["kind"], example)


@pytest.mark.parametrize("words", ["QUỐC HỘI", "QUÓC HỘI", "HỘI ĐÔNG NHÂN DÂN TỈNH TRÀ VINH", "CHÍNH PHÙ"])
def test_a_body_without_its_marks_is_known(words: str) -> None:
    assert forms.folded("enactor").match(search_form(words))


def test_escapes_of_a_form_keep_their_meaning() -> None:
    assert not forms.folded("stamp").match("ngay 01 den ngay 05")
    assert forms.folded("stamp").match("gio....... den ngay.....")

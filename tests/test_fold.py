"""Folding for search: letter by letter what the rule says, however a letter is composed."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest

from vanban.parser import fold

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = ("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y")
BARE = dict(zip(VOWELS, "aaaeeiooouuy", strict=True))
CONSONANTS = "bcdghklmnpqrstvx"


def by_the_rule(text: str) -> str:
    """Lower case, one kind of dash and blank, no combining marks, đ as d: on a whole text at once."""
    text = unicodedata.normalize("NFD", fold.match_form(text).casefold())
    return "".join(c for c in text if not unicodedata.combining(c)).replace("đ", "d")


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_vietnamese_letter_is_bare_in_search(form: str) -> None:
    for (vowel, tone), upper in product(product(VOWELS, TONES), (False, True)):
        letter = unicodedata.normalize("NFC", vowel + tone)
        written = unicodedata.normalize(form, letter.upper() if upper else letter)  # type: ignore[arg-type]
        assert fold.search_form(written) == BARE[vowel]
    for letter in CONSONANTS:
        assert fold.search_form(letter) == fold.search_form(letter.upper()) == letter
    assert fold.search_form("đĐÐð") == "dddd"


def test_marks_may_stand_in_any_order() -> None:
    assert fold.search_form("e\u0302\u0323") == fold.search_form("e\u0323\u0302") == fold.search_form("ệ") == "e"


def test_each_character_is_folded_as_the_rule_says_alone_and_in_a_text() -> None:
    low = "".join(map(chr, range(0x3000)))
    far = "".join(map(chr, range(0x3000, 0x110000, 0x61)))
    for letters in (low, far):
        assert [fold.search_form(letter) for letter in letters] == [by_the_rule(letter) for letter in letters]
        assert fold.search_form(letters) == by_the_rule(letters)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_sentence(form: str) -> None:
    text = unicodedata.normalize(form, "Ủy ban nhân dân – tỉnh\u00a0Thái Nguyên: “Đề án” ẤP, THỊ XÃ")  # type: ignore[arg-type]
    assert fold.search_form(text) == by_the_rule(text) == 'uy ban nhan dan - tinh thai nguyen: "de an" ap, thi xa'


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fold, "_REMEMBERED", 3)
    monkeypatch.setattr(fold, "_SEARCHED", fold._Searched())
    assert fold.search_form("Hội đồng nhân dân") == "hoi dong nhan dan"
    assert len(fold._SEARCHED) == 3

"""TCVN3, VNI and VPS: the tables are whole, Unicode is left alone, fonts and words decide."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.parser.readers import legacy

LOWER = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *"\u0300\u0301\u0309\u0303\u0323"))
LETTERS = [letter for letter in (*LOWER, "đ", *LOWER.upper(), "Đ") if not letter.isascii()]


def inverse(scheme: legacy.Scheme) -> dict[str, str]:
    if scheme == "vni":
        table = {letter: letter for letter in "ìíÌÍ"}  # these are what they look like
        for source, letter in legacy._vni()[1].items():
            if letter not in table or (len(source) == 2 and source[0].isupper() == source[1].isupper()):
                table[letter] = source
        return table
    return {letter: chr(byte) for byte, letter in sorted(legacy._table(scheme).items(), reverse=True) if byte < 256}


def surface(text: str, scheme: legacy.Scheme) -> str:
    """``text`` as it looks without its font; a letter that TCVN3 lacks as a capital becomes small."""
    table = inverse(scheme)
    return "".join(char if char.isascii() else table.get(char) or table[char.lower()] for char in text)


@pytest.mark.parametrize("scheme", legacy.SCHEMES)
def test_every_letter_has_its_place(scheme: legacy.Scheme) -> None:
    letters = [letter for letter in LETTERS if scheme != "tcvn3" or letter.islower() or letter in "ĂÂĐÊÔƠƯ"]
    assert len(letters) == (74 if scheme == "tcvn3" else 134)
    for letter in letters:
        assert legacy.convert(surface(letter, scheme), scheme)[0] == letter


@given(st.text(st.sampled_from("bcdđghklmnpqrstvx ăâêôơưàáảãạềếểễệộợựỳýỷỹỵĂÂĐÊ-/.0123456789"), max_size=80))
def test_text_comes_back_through_every_scheme(text: str) -> None:
    for scheme in legacy.SCHEMES:
        made, runs = legacy.convert(surface(text, scheme), scheme)
        assert made == text
        assert "".join(made[run.text : run.text + run.length] for run in runs) == made


@given(st.text(max_size=200))
def test_runs_lead_back_and_never_overlap(text: str) -> None:
    for scheme in legacy.SCHEMES:
        made, runs = legacy.convert(text, scheme)
        assert sum(run.length for run in runs) == len(made)
        assert all(a.text + a.length == b.text and a.source + a.length <= b.source for a, b in pairwise(runs))
        assert all(run.source + run.length <= len(text) for run in runs)


def test_a_vni_letter_stands_where_its_vowel_stood() -> None:
    made, runs = legacy.convert("Coäng hoøa", "vni")
    assert made == "Cộng hòa"
    assert [(run.text, run.source, run.length) for run in runs] == [(0, 0, 2), (2, 3, 5), (7, 9, 1)]


@pytest.mark.parametrize(
    ("text", "font", "made"),
    [
        ("Céng hoµ x· héi", ".VnTime", "Cộng hoà xã hội"),
        ("céng hoµ x· héi", ".VnTimeH", "CỘNG HOÀ XÃ HỘI"),
        ("céng hoµ x· héi", ".VnTimeH,Bold", "CỘNG HOÀ XÃ HỘI"),
        ("sè 12/q®-ubnd", "ABCDEF+.VnArialH", "SỐ 12/QĐ-UBND"),
        ("UÛy ban nhaân daân", "VNI-Times", "Ủy ban nhân dân"),
        ("Ủy ban nhân dân", ".VnTime", "Ủy ban nhân dân"),  # the font was set over text in Unicode
        ("Ủy ban nhân dân", "Times New Roman", "Ủy ban nhân dân"),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Times New Roman", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("UÛy ban nhaân daân tænh Bình Phöôùc", ".VnTime", "Ủy ban nhân dân tỉnh Bình Phước"),  # the font's name lies
        ("NghÞ ®Þnh", None, "NghÞ ®Þnh"),  # too little to tell without a font
        ("1.500 m² © 2004", "Times New Roman", "1.500 m² © 2004"),
    ],
)
def test_a_run_and_its_font(text: str, font: str | None, made: str) -> None:
    assert legacy.decode_run(text, font) == made


def test_code_pages_through_which_word_processors_saw_the_bytes() -> None:
    seen = surface("nhiệm kỳ, cơ sở, người", "tcvn3").encode("latin-1").decode("cp1258", "replace")
    assert legacy.decode_run(seen, ".VnTime") == "nhiệm kỳ, cơ sở, người"


@pytest.mark.parametrize("scheme", legacy.SCHEMES)
def test_what_it_is_written_in_is_told_by_its_words(scheme: legacy.Scheme) -> None:
    text = "căn cứ nghị định của chính phủ về nhiệm vụ và quyền hạn của ủy ban nhân dân"
    assert legacy.looks_legacy(surface(text, scheme)) == scheme
    assert legacy.looks_legacy(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "plain ASCII", "naïve café, où êtes-vous, été à l'hôtel", "Die Größe der Bäume über dem Fluß gehört nicht dazu",
        "mañana el niño pequeño señaló la montaña", "20°C ± 5 µm · § 12 ½ ©",
    ],
)  # fmt: skip
def test_other_text_is_left_alone(text: str) -> None:
    assert legacy.looks_legacy(text) is None
    assert legacy.convert_mixed(text) is None


def test_a_text_of_both_kinds_is_converted_line_by_line() -> None:
    old = surface("Căn cứ luật tổ chức chính phủ ngày 25 tháng 12 năm 2001", "tcvn3")
    text = f"Ủy ban nhân dân tỉnh Thái Nguyên\n{old}\nĐiều 1. Phạm vi điều chỉnh của Nghị quyết này\n"
    mixed = legacy.convert_mixed(text)
    assert mixed is not None
    assert mixed.text.split("\n") == [
        "Ủy ban nhân dân tỉnh Thái Nguyên", "Căn cứ luật tổ chức chính phủ ngày 25 tháng 12 năm 2001",
        "Điều 1. Phạm vi điều chỉnh của Nghị quyết này", "",
    ]  # fmt: skip
    assert set(mixed.converted) == {"tcvn3"}
    assert sum(run.length for run in mixed.runs) == len(mixed.text)


def test_a_horn_that_pdf_wrote_as_a_hyphen() -> None:
    assert legacy.restore_horn("đầu t- ở trung -ơng, kinh tế - xã hội, NĐ-CP, 2003-2005, -") == (
        "đầu tư ở trung ương, kinh tế - xã hội, NĐ-CP, 2003-2005, -"
    )


def test_conversion_is_linear_on_hostile_text() -> None:
    text = "aùaùø" * 200_000
    made, runs = legacy.convert(text, "vni")
    assert sum(run.length for run in runs) == len(made) < len(text)


def test_transcripts_survive_a_round_trip(shared: Path) -> None:
    """Real documents, put into each encoding and read back: 0.995 of the characters or more, TCVN3's capitals apart."""
    transcripts = sorted((shared / "corpus-more").glob("*.gt.txt"))
    assert transcripts
    for path in transcripts:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8")).replace("\x00", "")
        text = "".join(c for c in text if c.isascii() or c in LETTERS)
        for scheme in legacy.SCHEMES:
            made = legacy.convert_mixed(surface(text, scheme))
            assert made is not None
            right = sum(a == b for a, b in zip(made.text.lower(), text.lower(), strict=False))
            assert right >= 0.995 * len(text), (path.name, scheme)

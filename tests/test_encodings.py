"""Bytes to text: every encoding is found by its bytes, broken bytes are counted, binary rubbish is refused."""

from __future__ import annotations

import random
import unicodedata

import pytest

from vanban.parser.readers import encodings, legacy
from vanban.parser.reading import ReadError

TEXT = (
    "HỘI ĐỒNG NHÂN DÂN TỈNH THÁI NGUYÊN\nSố: 94/NQ-HĐND\n\nĐiều 1. Thông qua mục tiêu, nhiệm vụ phát triển kinh tế - xã hội năm 2024.\n"
    "Điều 2. Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết này; Thường trực Hội đồng nhân dân giám sát.\n"
)


def codes(decoded: encodings.Decoded) -> list[str]:
    return [finding.code for finding in decoded.findings]


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"), ("utf-32-le", "utf-32-le"), ("utf-32-be", "utf-32-be"),
    ],
)  # fmt: skip
def test_unicode_with_and_without_mark(codec: str, named: str) -> None:
    decoded = encodings.decode(TEXT.encode(codec), "x.txt")
    assert (decoded.text, decoded.encoding, decoded.findings) == (TEXT, named, ())


def test_a_file_of_nothing_is_an_empty_text() -> None:
    assert encodings.decode(b"", "x.txt") == encodings.Decoded("", "utf-8", common=True)


def test_a_few_broken_bytes_are_counted_and_placed() -> None:
    data = bytearray(TEXT.encode())
    data[len("HỘI ĐỒNG NHÂN DÂN TỈNH THÁI NGUYÊN\n".encode())] = 0xFF
    decoded = encodings.decode(bytes(data), "x.txt")
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 1
    (finding,) = decoded.findings
    assert finding.code == "encoding.broken"
    assert decoded.text[finding.start : finding.end] == "\ufffd"
    assert "dòng 2" in finding.message


def test_a_file_cut_within_a_letter() -> None:
    decoded = encodings.decode(TEXT.encode()[: -len("này; Thường".encode()) - 60], "x.txt")
    assert decoded.encoding == "utf-8"
    assert set(codes(decoded)) <= {"encoding.broken"}


def windows_1258(text: str) -> bytes:
    out = bytearray()
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", char)
            tone = next(c for c in marks if c in "\u0300\u0301\u0303\u0309\u0323")
            out += unicodedata.normalize("NFC", marks.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")
    return bytes(out)


def test_windows_1258() -> None:
    decoded = encodings.decode(windows_1258(TEXT), "x.txt")
    assert decoded.encoding == "windows-1258"
    assert encodings.compose(decoded.text)[0] == TEXT
    assert codes(decoded) == ["encoding.guessed", "text.nfd"]


@pytest.mark.parametrize("scheme", legacy.SCHEMES)
def test_legacy_bytes(scheme: legacy.Scheme) -> None:
    text = TEXT.split("\n", 1)[1] if scheme == "tcvn3" else TEXT
    decoded = encodings.decode(old_bytes(text, scheme), "x.txt")
    assert decoded.encoding == scheme
    assert decoded.text.casefold() == text.casefold()
    assert "text.legacy" in codes(decoded)


def old_bytes(text: str, scheme: legacy.Scheme) -> bytes:
    """``text`` as a program from before Unicode would have saved it; TCVN3 has no accented capitals."""
    from test_legacy import surface

    return surface(text, scheme).encode("latin-1")


def test_other_languages_are_not_taken_for_old_vietnamese() -> None:
    text = "El niño pequeño estudió español en la montaña. Señor, ¿dónde está el baño? Mañana habrá más información."
    decoded = encodings.decode(text.encode("cp1252"), "x.txt")
    assert (decoded.text, decoded.encoding, codes(decoded)) == (text, "windows-1252", ["encoding.guessed"])


def test_utf_8_encoded_twice_is_undone() -> None:
    once = TEXT.encode().decode("latin-1")
    decoded = encodings.decode(once.translate(encodings._WINDOWS_1252).encode(), "x.txt")
    assert decoded.text == TEXT
    assert codes(decoded) == ["encoding.twice"]


def test_legacy_text_saved_as_utf_8_is_found() -> None:
    from test_legacy import surface

    decoded = encodings.decode(surface("Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;", "tcvn3").encode(), "x.txt")
    assert decoded.text == "Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;"
    assert codes(decoded) == ["text.legacy"]


def test_letters_lost_before_are_said() -> None:
    decoded = encodings.decode("Ngh\ufffd định số 1\n".encode(), "x.txt")
    assert codes(decoded) == ["text.replacement"]


@pytest.mark.parametrize(
    "data",
    [random.Random(4).randbytes(9000), b"PK\x03\x04" + bytes(400), b"\x7fELF\x02\x01\x01" + bytes(90) + b"text" * 20, bytes(5000)],
)
def test_binary_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(ReadError) as refused:
        encodings.decode(data, "x.txt")
    assert refused.value.remedy


def test_compose_maps_back_to_the_decomposed_text() -> None:
    apart = unicodedata.normalize("NFD", TEXT)
    text, runs = encodings.compose(apart)
    assert text == TEXT
    assert "".join(text[run.text : run.text + run.length] for run in runs) == text
    for run in runs:
        for k in range(run.length):
            letter = unicodedata.normalize("NFD", text[run.text + k])
            assert apart[run.source + k] == letter[0]


def test_compose_is_linear_on_piled_marks() -> None:
    pile = "a" + "\u0302\u0323" * 500_000
    text, runs = encodings.compose(pile)
    assert text.startswith("ậ")
    assert sum(run.length for run in runs) == len(text)


def test_composed_text_comes_back_as_it_is() -> None:
    assert encodings.compose(TEXT)[0] is TEXT
    assert encodings.compose("") == ("", ())


@pytest.mark.parametrize(
    ("text", "common"),
    [
        ("Điều 1. Ủy ban nhân dân tỉnh “Thái Nguyên” – 7,5%…\r\n\tỴ", True),
        ("Điều 1.\u00a0Phạm vi", False),
        ("Điều 1.\u3000Phạm vi", False),
        ("Điều\x1b 1.", False),
        ("Ðiều 1.", False),
        ("Đie\u0302u 1.", False),
    ],
)
def test_what_a_text_of_common_letters_holds(text: str, common: bool) -> None:
    decoded = encodings.decode(text.encode(), "x.txt")
    assert (decoded.text, decoded.common) == (text, common)

"""Old Word files and RTF through LibreOffice; what is said where it is missing or fails."""

from __future__ import annotations

import difflib
import os
import tempfile
import unicodedata
from pathlib import Path

import pytest

from vanban.parser.readers import _xml, office
from vanban.parser.readers._limits import bounded
from vanban.parser.reading import ReadError, Reading

SHARED = Path(__file__).parents[1].parent / "shared"
needs_office = pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed: apt install libreoffice-writer")
RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times New Roman;}{\f1 .VnTime;}{\f2 .VnTimeH;}}"
    r"\pard\qc\b\f2 ch\'ddnh ph\'f1\b0\par\pard\ql\f1 \'a7i\'d2u 1. C\'e9ng ho\'b5 n\'ad\'edc\par"
    r"\trowd\cellx3000\cellx6000\intbl\f0 tr\u225 ?i\cell ph\u7843 ?i\cell\row\pard sau\par}"
)
"""TCVN3: each letter is a byte of its fonts."""


def lines(reading: Reading) -> list[str]:
    return [reading.text[block.start : block.end] for block in reading.blocks]


def ole(*streams: str, information: bytes = b"") -> bytes:
    """As much of an OLE container as is looked at."""
    head = _xml.OLE + bytes(600)
    head = head[:512] + information + head[512 + len(information) :]
    return head + b"".join(stream.encode("utf-16-le") + bytes(100) for stream in streams)


@needs_office
def test_rtf_is_read_with_its_legacy_fonts_and_tables() -> None:
    reading = office.read(b"\r\n" + RTF.encode(), "x.rtf")
    assert lines(reading) == ["CHÍNH PHỦ", "Điều 1. Cộng hoà nước", "trái", "phải", "sau"]
    assert reading.media_type == "application/rtf" and reading.blocks[0].bold and reading.blocks[0].centred
    assert [block.cell.column for block in reading.blocks if block.cell] == [0, 1]
    assert [finding.code for finding in reading.findings] == ["text.legacy"]


@needs_office
def test_nothing_is_left_behind_and_time_is_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with bounded(max_seconds=0.05), pytest.raises(ReadError) as raised:
        office.read(b"{\\rtf1 abc\\par}", "x.rtf")
    assert "0.05 s" in raised.value.problem
    assert os.listdir(tmp_path) == []  # noqa: PTH208


@needs_office
def test_what_cannot_be_converted_is_an_error_with_a_remedy() -> None:
    with pytest.raises(ReadError) as raised:
        office.read(ole("WordDocument"), "x.doc")
    assert ".docx" in raised.value.remedy


def test_without_libreoffice_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    with pytest.raises(ReadError, match="libreoffice-writer"):
        office.read(b"{\\rtf1 abc}", "x.rtf")


def test_containers_of_other_programs_and_with_passwords_say_so() -> None:
    with pytest.raises(ReadError, match="Excel"):
        office.read(ole("Workbook"), "x.xls")
    with pytest.raises(ReadError, match="password"):
        office.read(ole("EncryptedPackage"), "x.docx")
    information = b"\xec\xa5" + bytes(9) + b"\x01" + bytes(20)
    with pytest.raises(ReadError, match="password"):
        office.read(ole("WordDocument", information=information), "x.doc")


def test_sniffing_goes_by_content() -> None:
    assert office.sniff(b"{\\rtf1", "x.doc") and office.sniff(ole("WordDocument"), "x")
    assert not office.sniff(b"<html>", "x.doc") and not office.sniff(b"PK\x03\x04", "x.doc")


# --- real files ----------------------------------------------------------------------------------------------------------------

TRANSCRIPTS = sorted(SHARED.glob("corpus-more/*.gt.txt"))


@needs_office
@pytest.mark.skipif(not TRANSCRIPTS, reason="needs the transcripts in ../shared")
@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.name[:24])
def test_legacy_files_read_as_their_transcripts(transcript: Path) -> None:
    stem = transcript.name.removesuffix(".gt.txt")
    path = next(path for path in transcript.parent.glob(f"{stem}.*") if path.suffix in (".doc", ".rtf"))
    reading = office.read(path.read_bytes(), path.name)
    # what the transcripts hold and Word does not print: names of fields, marks between cells
    own = reading.text.casefold().split()
    fields = {"page", "embed", "excel.sheet.8", "|", "\x03", "\x04"}
    other = [w for w in unicodedata.normalize("NFC", transcript.read_text(encoding="utf-8")).casefold().split() if w not in fields]
    same = sum(
        sum(map(len, other[block.a : block.a + block.size]))
        for block in difflib.SequenceMatcher(None, other, own, autojunk=False).get_matching_blocks()
    )
    assert same / sum(map(len, other)) >= 0.995


@needs_office
@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="needs the corpus in ../shared")
def test_a_tcvn3_decree_is_read_with_its_capitals() -> None:
    path = next((SHARED / "corpus").glob("*tcvn3.doc"))
    reading = office.read(path.read_bytes(), path.name)
    first = lines(reading)
    assert first[:1] == ["CHÍNH PHỦ"] and "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert [block.cell.column for block in reading.blocks[:7] if block.cell] == [0, 0, 0, 1, 1, 1, 1]

"""Bytes to text: which encoding a file is in, found by its bytes, and said when it had to be guessed.

Guaranteed: nothing is dropped but a byte-order mark; broken bytes stand as U+FFFD and are counted and placed in a finding; what is
not text at all raises :class:`~vanban.parser.reading.ReadError`. UTF-8 that is right costs one pass.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from contextlib import suppress

import msgspec

from .. import syllables
from ..model import Finding, Run, Severity
from ..reading import ReadError
from . import legacy

_BOMS = (  # UTF-32 before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
_MAX_NUL_SHARE = 0.002  # a text may hold a stray NUL; an executable holds many
_MAX_CONTROL_SHARE = 0.08  # VPS writes some capitals with control characters
_CONTROLS = bytes(set(range(32)) - {*b"\t\n\v\f\r\x1b"}) + b"\x7f"
_CONTROL_CHARACTER = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# What any of the checks looks for: most texts have none of it, and one look tells.
_ODD = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f¡-¦¨ª¬\xad®¯µ¶¸-¾ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ\ufffd]")
_LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")]
_OTHERS = "".join(letter + letter.upper() for letter in ["đ", *_LETTERS] if letter > "z") + "“”‘’–—…•·°²³§±→−≈≤≥□☐"
"""The letters of Vietnamese, composed, and the signs outside ASCII that documents hold."""


def _one_byte_each(others: str) -> str:
    """A code with a byte for NUL (which no text holds), one for each of ASCII without its other controls, and one for each of others."""
    table = ["\0", *(chr(code) if code in b"\t\n\v\f\r" or 32 <= code < 127 else "\ufffe" for code in range(1, 256))]
    free = [code for code in range(1, 256) if table[code] == "\ufffe"]
    for code, letter in zip(free, others, strict=False):
        table[code] = letter
    return "".join(table)


_COMMON = codecs.charmap_build(_one_byte_each(_OTHERS))
"""What most texts are made of: to write one in a code of a byte each is the fastest way to see that it holds nothing else."""
_COMBINED = re.compile("[^\u0300-\u036f\\s][\u0300-\u036f]{1,8}")
# UTF-8 that was taken for Windows-1252 and saved as UTF-8 again: "Nghị" → "Nghá»‹".
_TWICE = re.compile("[ÃÄÆ][\x80-\xbf\u0152-\u2122ƒ]|á[º»][\x80-\xbf\u0152-\u2122ƒ]")
_WINDOWS_1252 = {byte: shown for byte in range(0x80, 0xA0) if (shown := bytes([byte]).decode("cp1252", "ignore"))}
_LATIN_1 = {ord(shown): byte for byte, shown in _WINDOWS_1252.items()}


class Decoded(msgspec.Struct, frozen=True):
    """The text of a file, line breaks as they stand; offsets of ``findings`` count into ``text``; ``common`` as in
    :class:`~vanban.parser.reading.Reading`.
    """

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()
    common: bool = False


def decode(data: bytes, name: str) -> Decoded:
    """The text in ``data``. ``name`` is only for messages.

    UTF-8, UTF-16 and UTF-32 with and without a mark; UTF-8 with some broken bytes; Windows-1258, TCVN3, VNI and VPS, told apart by
    which of them makes Vietnamese syllables; else Windows-1252, with the finding ``encoding.guessed``.
    """
    if (usual := _usual(data)) is not None:
        return Decoded(usual, "utf-8", (), True)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(*_replacing(data[len(mark) :], encoding))
    if b"\0" in data and (wide := _wide(data)):
        return _checked(*_replacing(data, wide))
    _refuse_binary(data, name)
    with suppress(UnicodeDecodeError):
        return _checked(data.decode("utf-8"), "utf-8")
    text, encoding, findings = _replacing(data, "utf-8")
    broken = text.count("\ufffd")
    sound = sum(len(run) for run in re.findall(r"[^\x00-\x7f\ufffd]+", text))
    if broken <= max(1, sound // 10) and sound:
        return _checked(text, encoding, findings)
    return _single_byte(data)


def compose(text: str) -> tuple[str, tuple[Run, ...]]:
    """``text`` in NFC and where its characters stand in ``text``; a composed letter stands where its base stood.

    Text in NFC comes back as it is. Linear: marks are composed eight at a time, whatever is piled on one letter.

    >>> compose("Đie\u0302\u0300u 1")
    ('Điều 1', (Run(0, 0, 3), Run(3, 5, 3)))
    """
    if unicodedata.is_normalized("NFC", text):
        return text, ((Run(0, 0, len(text)),) if text else ())
    pieces: list[str] = []
    runs: list[Run] = []
    at = start = begun = 0  # read so far; source and text offset where the open run began
    for match in _COMBINED.finditer(text):
        letter = unicodedata.normalize("NFC", match[0])
        if letter == match[0]:
            continue
        pieces += (text[at : match.start()], letter)
        at = match.end()
        length = match.start() - start + min(len(letter), len(match[0]))
        runs.append(Run(begun, start, length))
        start, begun = at, begun + match.start() - start + len(letter)
    pieces.append(text[at:])
    if start < len(text):
        runs.append(Run(begun, start, len(text) - start))
    return "".join(pieces), tuple(runs)


def _usual(data: bytes) -> str | None:
    """The text of UTF-8 that holds only common letters and signs: then no check of :func:`_checked` could find anything."""
    if 0 in data:
        return None
    try:
        text = data.decode("utf-8")
        codecs.charmap_encode(text, "strict", _COMMON)
    except UnicodeError:
        return None
    return text


def _replacing(data: bytes, encoding: str) -> tuple[str, str, tuple[Finding, ...]]:
    """Decode, U+FFFD for what is broken, and a finding that counts and places it."""
    try:
        return data.decode(encoding), encoding, ()
    except UnicodeDecodeError:
        pass
    text = data.decode(encoding, "replace")
    before = data.count("\ufffd".encode(encoding))
    return text, encoding, (_broken(text, text.count("\ufffd") - before, encoding),)


def _broken(text: str, count: int, encoding: str) -> Finding:
    places = [match.start() for _, match in zip(range(5), re.finditer("\ufffd", text), strict=False)]
    lines = ", ".join(str(text.count("\n", 0, place) + 1) for place in places)
    more = ", …" if count > len(places) else ""
    return Finding(
        code="encoding.broken",
        severity="warning",
        message=f"{count} chỗ không phải {encoding} hợp lệ, ghi là � (dòng {lines}{more}): xem lại bản gốc. / "
        f"{count} places are not valid {encoding} and stand as � (lines {lines}{more}): check the original.",
        start=places[0] if places else 0,
        end=places[0] + 1 if places else 0,
    )


def _wide(data: bytes) -> str | None:
    """The UTF-32 or UTF-16 that ``data`` with NUL bytes but no mark is in: only its own byte order makes known characters."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    best: tuple[float, str | None] = (0.95, None)
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        if len(data) < 2 * width:
            continue
        units = len(sample) // width
        text = sample[: units * width].decode(encoding, "replace")
        known = sum(1 for c in text if c in "\t\n\r" or " " <= c < "\u0250" or "\u1e00" <= c < "\u2100" or "\u0300" <= c < "\u0370")
        if units and known / units > best[0]:
            best = (known / units, encoding)
    return best[1]


def _refuse_binary(data: bytes, name: str) -> None:
    sample = data if len(data) <= 2 * _SAMPLE else data[:_SAMPLE] + data[-_SAMPLE:]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if sample.count(0) > max(2, _MAX_NUL_SHARE * len(sample)) or controls > max(4, _MAX_CONTROL_SHARE * len(sample)):
        raise ReadError(
            name,
            "không phải văn bản (dữ liệu nhị phân) / not a text (binary data)",
            "Hãy đưa tệp văn bản gốc: .docx, .pdf, .html, .txt … / Give the document itself: .docx, .pdf, .html, .txt …",
        )


def _single_byte(data: bytes) -> Decoded:
    """The one-byte encoding under which most words are Vietnamese."""
    latin = data.decode("latin-1").translate(_WINDOWS_1252)  # where Windows has holes, Latin-1's own: no byte is lost
    sample = latin[:_SAMPLE]
    windows_1258 = compose(data[:_SAMPLE].decode("cp1258", "replace"))[0]
    readings: dict[str, str] = {"windows-1252": sample, "windows-1258": windows_1258}
    readings.update((scheme, legacy.convert(sample, scheme)[0]) for scheme in legacy.SCHEMES)
    scores = {encoding: syllables.share(text) for encoding, text in readings.items()}
    best = max(scores, key=lambda encoding: scores[encoding][0] / max(scores[encoding][1], 1))
    good, words = scores[best]
    if best in legacy.SCHEMES and good >= 0.5 * words:
        mixed = legacy.convert_mixed(latin)
        text = mixed.text if mixed else legacy.convert(latin, best)[0]
        return _checked(text, best, (legacy.finding(mixed.converted if mixed else {best: len(text)}),), legacy_done=True)
    if best == "windows-1258" and good >= 0.5 * words:
        return _checked(data.decode("cp1258", "replace"), best, (_guessed(best, sure=True),))
    return _checked(latin, "windows-1252", (_guessed("windows-1252", sure=False),))


def _checked(text: str, encoding: str, findings: tuple[Finding, ...] = (), *, legacy_done: bool = False) -> Decoded:
    """What can be seen in decoded text: legacy letters, UTF-8 encoded twice, lost letters, stray controls, marks on their own."""
    if not findings and _ODD.search(text) is None and unicodedata.is_normalized("NFC", text):
        return Decoded(text, encoding)
    found = list(findings)
    if not legacy_done and (mixed := legacy.convert_mixed(text)):
        text = mixed.text
        found.append(legacy.finding(mixed.converted))
    if text.count("á»") + text.count("áº") >= 3 and (once := _undo_twice(text)) != text:
        text = once
        found.append(_finding("encoding.twice", "warning", *_TWICE_MESSAGE))
    if not findings and (lost := text.count("\ufffd")):
        at = text.index("\ufffd")
        found.append(_finding("text.replacement", "warning", *(m.format(lost) for m in _LOST_MESSAGE), start=at, end=at + 1))
    if match := _CONTROL_CHARACTER.search(text):
        found.append(_finding("text.control", "info", *_CONTROL_MESSAGE, start=match.start(), end=match.end()))
    if not unicodedata.is_normalized("NFC", text):
        found.append(_finding("text.nfd", "info", *_NFD_MESSAGE))
    return Decoded(text, encoding, tuple(found))


def _undo_twice(text: str) -> str:
    """Line by line, what was UTF-8 before it was taken for Windows-1252; a line that was not stays."""
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if _TWICE.search(line):
            try:
                lines[i] = line.translate(_LATIN_1).encode("latin-1").decode("utf-8")
            except UnicodeError:
                continue
    return "\n".join(lines)


_TWICE_MESSAGE = (
    "UTF-8 bị mã hoá hai lần (Nghá»‹ → Nghị), đã khôi phục: nên đối chiếu với bản gốc",
    "UTF-8 encoded twice (Nghá»‹ → Nghị) was undone: compare it with the original",
)
_LOST_MESSAGE = (
    "{} ký tự � : chữ đã mất trước khi tệp được lưu, phải xem bản gốc",
    "{} characters �: letters lost before this file was saved, see the original",
)
_CONTROL_MESSAGE = (
    "Văn bản có ký tự điều khiển; chúng được giữ nguyên",
    "The text holds control characters; they are kept",
)
_NFD_MESSAGE = (
    "Văn bản dùng dấu tổ hợp rời (NFD); khi đối chiếu được coi như dựng sẵn (NFC), chữ giữ như trong tệp",
    "The text has combining marks (NFD); it is matched as if composed (NFC), and kept as in the file",
)


def _finding(code: str, severity: Severity, vietnamese: str, english: str, *, start: int = 0, end: int = 0) -> Finding:
    return Finding(code=code, severity=severity, message=f"{vietnamese}. / {english}.", start=start, end=end)


def _guessed(encoding: str, *, sure: bool) -> Finding:
    return Finding(
        code="encoding.guessed",
        severity="info" if sure else "warning",
        message=f"Bảng mã không được khai báo; đoán là {encoding}. Nếu chữ sai, hãy lưu lại tệp bằng UTF-8. / "
        f"The encoding is not declared; {encoding} was guessed. If letters are wrong, save the file as UTF-8.",
    )

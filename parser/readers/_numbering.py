"""Numbers as word processors print them: ``lowerLetter`` 4 is ``d`` (Word has no đ), ``upperRoman`` 4 is ``IV``.

The names are those of Open XML; HTML's and ODF's kinds are mapped to them by their readers.
"""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_DIGITS_VI = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")

_SYMBOL = {
    0x2D: "-", 0x61: "α", 0x62: "β", 0x64: "δ", 0x67: "γ", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x73: "σ", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω",
    0xA3: "≤", 0xB3: "≥", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBE: "—",
    0xAC: "←", 0xAE: "→", 0xD7: "⋅", 0xDE: "⇒", 0xE5: "∑", 0xD6: "√", 0xA5: "∞",
}  # fmt: skip
"""What the font ``Symbol`` draws for a byte; digits and signs look like themselves."""
_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "❐", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9F: "•",
    0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
"""What the font ``Wingdings`` draws for a byte."""
_UNNAMED = _WINGDINGS | {0x2D: "-", 0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xBB: "≈"}
"""For the private use characters F020–F0FF where the font is not named: the bullets that offices use."""


def roman(number: int) -> str:
    """``iv`` for 4; a decimal beyond what Rome could write."""
    if not 0 < number < 4000:
        return str(number)
    out = []
    for value, mark in _ROMAN:
        count, number = divmod(number, value)
        out.append(mark * count)
    return "".join(out)


def letter(number: int, *, repeat: bool = True) -> str:
    """``a`` … ``z``, then ``aa``, ``bb`` as Word goes on (``aa``, ``ab`` with ``repeat`` off, as others do)."""
    if number < 1:
        return str(number)
    if repeat:
        count, index = divmod(number - 1, 26)
        return chr(97 + index) * min(count + 1, 100)
    out = ""
    while number:
        number, index = divmod(number - 1, 26)
        out = chr(97 + index) + out
    return out


def vietnamese(number: int) -> str:
    """``một``, ``mười lăm``, ``hai mươi mốt``: Word's ``vietnameseCounting``, up to 99."""
    tens, ones = divmod(number, 10)
    if not 0 <= number < 100:
        return str(number)
    if tens == 0:
        return _DIGITS_VI[ones]
    head = "mười" if tens == 1 else f"{_DIGITS_VI[tens]} mươi"
    if ones == 0:
        return head
    tail = "lăm" if ones == 5 else "mốt" if ones == 1 and tens > 1 else _DIGITS_VI[ones]
    return f"{head} {tail}"


def printed(number: int, kind: str) -> str:
    """A number in one of Open XML's formats; kinds that no Vietnamese office uses come out in digits."""
    match kind:
        case "lowerLetter":
            return letter(number)
        case "upperLetter":
            return letter(number).upper()
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "decimalZero":
            return f"{number:02d}"
        case "none" | "bullet":
            return ""
        case "numberInDash":
            return f"- {number} -"
        case "decimalEnclosedParen":
            return f"({number})"
        case "decimalEnclosedFullstop":
            return f"{number}."
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= number <= 20:
            return chr(0x245F + number)
        case "vietnameseCounting":
            return vietnamese(number)
        case "ordinal" | "decimal":
            return str(number)
        case "hex":
            return f"{number:X}"
        case "chicago":
            return "*†‡§"[(number - 1) % 4] * min((number - 1) // 4 + 1, 20)
        case _:
            return str(number)


def symbol(char: str, font: str | None) -> str:
    """What a character of a symbol font looks like; the character itself where that is not known.

    >>> symbol("\\uf0b7", "Symbol")
    '•'
    """
    code = ord(char)
    private = 0xF020 <= code <= 0xF0FF
    if not (private or code < 0x100):
        return char
    name = (font or "").casefold()
    table = _WINGDINGS if name.startswith("wingdings") else _SYMBOL if name == "symbol" else _UNNAMED if private else {}
    seen = table.get(code & 0xFF)
    if seen is None and private and name == "symbol" and code < 0xF07F:
        return chr(code & 0xFF)
    return seen or char


def bullet(text: str, font: str | None) -> str:
    """A list's bullet as it looks: the ``o`` of Courier is a ring, and an unknown sign of a symbol font is some dot."""
    seen = symbols(text, font)
    if seen == "o":
        return "○"
    return "•" if any("\ue000" <= c <= "\uf8ff" for c in seen) else seen


def symbols(text: str, font: str | None) -> str:
    """A text of which some characters may be drawn by a symbol font."""
    name = (font or "").casefold()
    if name == "symbol" or name.startswith("wingdings") or any("\uf020" <= c <= "\uf0ff" for c in text):
        return "".join(symbol(c, font) for c in text)
    return text


def unknown_symbols(text: str) -> int:
    """How many signs of symbol fonts stand in a text as nothing but a code."""
    return 0 if text.isascii() else sum("\uf020" <= c <= "\uf0ff" for c in text)

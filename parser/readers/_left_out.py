"""What the readers of office files say of things left out or set apart: one table of words for .docx and .odt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Finding, Severity

_WORDS: dict[str, tuple[Severity, str, str]] = {
    "deleted": (
        "info", "Tệp có sửa đổi chưa duyệt: {n} chỗ đã xóa được bỏ, chỗ thêm được giữ; hãy kiểm tra",
        "Tracked changes were read as accepted: {n} deletions left out; check them",
    ),
    "hidden": (
        "warning", "Bỏ {n} ký tự chữ ẩn (không in ra); bỏ định dạng ẩn nếu cần giữ",
        "{n} characters of hidden text (not printed) were left out; unhide them to keep them",
    ),
    "comments": ("info", "Bỏ {n} nhận xét bên lề", "{n} comments were left out"),
    "symbols": (
        "info", "Có {n} ký hiệu của phông biểu tượng không rõ hình; hãy đối chiếu với bản gốc",
        "{n} signs of a symbol font are not known; compare with the original",
    ),
    "pictures": (
        "info", "Tệp có {n} hình; chữ trong hình không được đọc", "The file holds {n} pictures; words inside them are not read",
    ),
    "embedded": (
        "warning", "Tệp nhúng một tệp khác chưa đọc được; mở bằng Word rồi lưu lại",
        "The file embeds another file that is not read; open it in Word and save it again",
    ),
    "furniture": (
        "info", "Đầu trang, chân trang được tách riêng: {n}", "Running headers and footers were taken off and kept as furniture",
    ),
}  # fmt: skip
_LETTERS = 8
"""A running head with more letters than these is worth saying; page numbers are not."""


def finding(fmt: str, what: str, n: object = "") -> Finding:
    """The finding ``reader.<fmt>.<what>``; ``n`` is how much, or what, is meant."""
    severity, vietnamese, english = _WORDS[what]
    return Finding(code=f"reader.{fmt}.{what}", severity=severity, message=f"{vietnamese} / {english}".format(n=n))


def counted(fmt: str, *, furniture: Iterable[str] = (), **counts: int) -> Iterator[Finding]:
    """A finding for everything that was counted (``deleted=2, hidden=0`` is one), and for running heads that hold words."""
    for what, n in counts.items():
        if n:
            yield finding(fmt, what, n)
    worded = next((line for line in furniture if sum(map(str.isalpha, line)) > _LETTERS), None)
    if worded is not None:
        yield finding(fmt, "furniture", worded[:80])

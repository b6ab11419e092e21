"""What can go wrong here, numbered as spaCy numbers its own: each message names the problem, the place and what to do."""

from __future__ import annotations


class _Coded(type):
    """Puts the code before the message: ``Errors.V001`` reads ``[V001] …``."""

    def __getattribute__(cls, code: str) -> str:
        message: str = super().__getattribute__(code)
        return message if code.startswith("__") else f"[{code}] {message}"


class Errors(metaclass=_Coded):
    V001 = (
        "{what}: thiếu thư viện {library} / {library} is not installed. "
        'Cài / install: pip install "vanban[nlp]" (không có nó vẫn dùng được / without it you can still use: {without})'
    )
    V002 = (
        "underthesea {version} không có mô hình tách từ như mong đợi / has no word segmentation where it is expected ({problem}). "
        'Cài / install: pip install "vanban[nlp]" (underthesea>=9.3,<10)'
    )
    V003 = (
        "Văn bản có mã thay thế lẻ ở ký tự {at} / the text holds a lone surrogate at character {at}, which no encoding can write. "
        "Thay nó trước / replace it first: text.encode('utf-16', 'surrogatepass').decode('utf-16', 'replace')"
    )
    V004 = (
        "doc._.vanban nhận một vanban Document / takes a vanban Document, not {kind}. Dùng / use: vanban.parser.parse(…), "
        "rồi / then vanban.parser.language.to_doc(document, nlp)"
    )
    V005 = (
        "Không có định dạng {format!r} cho văn bản trong bộ nhớ / there is no format {format!r} for a text in memory. "
        "Dùng / use: 'plain', 'markdown'; tệp thì đọc trước / parse a file first: to_doc(vanban.parser.parse(path), nlp)"
    )


class Warnings(metaclass=_Coded):
    V101 = (
        "Văn bản ở bảng mã cũ ({encoding}) hoặc hỏng, đã được chuyển mã: vị trí không còn khớp, doc.spans để trống "
        "/ the text is in an old or broken encoding ({encoding}) and was converted: offsets no longer fit, doc.spans is left empty. "
        "Dùng / use: to_doc(document, nlp)"
    )
    V102 = (
        "Doc này không còn giữ bản ghi nên span._.vanban là None / this Doc no longer holds its records, so span._.vanban is None: "
        "lưu bằng / store it with DocBin(store_user_data=True); Doc.from_docs bỏ bản ghi: hỏi từng Doc / drops them: ask each Doc"
    )

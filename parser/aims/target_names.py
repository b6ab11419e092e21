"""What a target measures: its name, from the words around the figure.

Two forms are told apart. A *level* has its name before the figure: ``Tỷ lệ che phủ rừng: Từ 46% trở lên``, ``tăng trưởng kinh tế đạt trên
8%``. A *share* or a *number of things* has it behind: ``Duy trì 100% xã, phường làm tốt …``, ``hình thành 2-3 cơ sở công nghiệp …``.
"""

from __future__ import annotations

import re

from . import verbs
from .quantities import Quantity, ranks

_STARTS = {"ấ": ("phấn đấu", "phân đấu"), "ó": ("trong đó",), "ụ": ("mục tiêu",)}
"""By a letter of theirs: one letter is found many times as fast as a word."""
_SHARE_STARTS = {
    "ấ": ("phấn đấu", "phân đấu"), "ó": ("trong đó", "có"), "ụ": ("mục tiêu",), "ả": ("bảo đảm", "đảm bảo"), "ì": ("duy trì", "hình thành"),
    "à": ("hoàn thành",),
}  # fmt: skip
_LEAD = re.compile(
    r"(?:(?:hàng|hằng) năm|thi đua|phấn đấu|đến đó|(?:trong|đến|vào|tới)\s(?:hết\s|cuối\s)?năm\s[0-9]{4}|(?:và\s)?năm\s[0-9]{4}(?=\sđạt|$)"
    r"|và|là|thì|với|có(?=\s(?:ít nhất|trên|tối thiểu|[0-9])|$)|đạt|năm\s[0-9]{4},)(?!\w)[\s,:]*",
    re.IGNORECASE,
)
_LEAD_WORDS = frozenset({"hàng", "hằng", "thi", "phấn", "đến", "trong", "vào", "tới", "và", "năm", "là", "thì", "với", "có", "đạt"})
# Words between a name and its figure, by the last of them.
_TAIL_WORDS = frozenset(
    {"đạt", "là", "tăng", "giảm", "vượt", "trên", "dưới", "từ", "hơn", "gần", "khoảng", "ước", "còn", "xuống", "lên", "thêm", "mức",
     "chiếm", "gấp", "thuộc", "trong", "nhóm", "với", "đến", "ở", "hết", "và", "bằng", "có", "cả", "được"}
)  # fmt: skip
_ON_AVERAGE = ("thu nhập bình quân", "năng suất bình quân", "lương bình quân", "giá bình quân")
"""Names, of which the rest is no mere circumstance."""
_TAIL_PAIRS = frozenset({"ít nhất", "tối thiểu", "tối đa", "bình quân", "nằm trong", "duy trì"})
_BOUND = re.compile(
    r"(?:(?<!\w)(?i:không\s(?:dưới|quá|vượt(?:\squá)?|(?:thấp|ít|nhỏ|kém|cao|lớn|nhiều|vượt)\shơn))"
    r"|(?<= )(?:(?:duy trì|giữ) ổn định|giữ vững))\Z"
)
"""How a figure is bounded or kept, which is no part of a name: "Tỷ lệ hộ nghèo không vượt quá 5%", "… duy trì ổn định 59%"."""
_BOUND_ENDS = frozenset({"dưới", "quá", "vượt", "hơn", "định", "vững"})
_LAST = _TAIL_WORDS | _BOUND_ENDS | {pair.split()[1] for pair in _TAIL_PAIRS}
"""Every word that may end what only leads to a figure."""
_OF_PLAN = ("kế hoạch", "dự toán")
"""What a share is of, which names nothing alone: "đẩy nhanh giải ngân vốn đầu tư công, phấn đấu đạt trên 95% kế hoạch"."""
_DIRECTIONS = frozenset({"tăng", "giảm", "duy trì", "ổn định", "bình quân", "tăng trưởng", "tăng bình quân", "ước"})
_RATE = re.compile(
    r"(?:phấn đấu\s(?:đạt\s)?|đến năm [0-9]{4},\s)?(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tốc độ|tỷ suất|chỉ số|tổng mức|tổng vốn)\s",
    re.IGNORECASE,
)
"""What begins so is a rate or a sum, whatever stands behind its figure: "Tỷ lệ tham gia bảo hiểm y tế đạt 92% dân số"."""
_WAS = re.compile(r"\stừ\s(?:mức\s)?[0-9][^:]*$")
_ACT = re.compile(
    r".*(?<!\w)(?=(?:tiết kiệm|giải ngân|cắt giảm|thu hồi|xử lý|giải quyết|kết nối|số hóa|cập nhật|công khai|đào tạo|bồi dưỡng|xây dựng"
    r"|giảm|tăng|hoàn thành|trồng|hỗ trợ|thu hút|tạo)(?!\w))"
)
_NOT_OF = re.compile(
    r"\s?(?:[,.;:()/\-–]|(?:so với|trở|vào|trong|đến|từ|và|hoặc|ngay|năm|mỗi|một|/|theo|nhằm|để|kể|tính|với|khi"
    r"|trên địa bàn|nhất là|trong đó)(?!\w)|$)",
    re.IGNORECASE,
)
_OF_ENDS = re.compile(
    # the signs first: most letters are none of them, and nothing else is tried there
    r"(?=[;:,\s])(?:[;:]|,\s(?:lũy kế|luỹ kế|nâng tổng số)(?!\w)|[,\s]\s?(?:góp phần|đáp ứng|bảo đảm|đảm bảo|phấn đấu|trong đó"
    r"|nhằm|qua đó|để|vào năm|đến năm|ngay trong|và từng bước|đồng thời)(?!\w)|,\s(?:tạo|báo cáo|gửi|trình|hoàn thành)(?!\w)"
    r"|\s(?:vào|trong|đến)\s(?:hết\s)?(?:năm|quý|giai đoạn)(?!\w)|,?\sso với(?!\w)|\s/\s?[^\W\d_]+$)",
    re.IGNORECASE,
)


def name(between: str, after: str, quantity: Quantity, shared: bool = False) -> str:
    """The name of the figure between ``between`` (from the figure or stop before it) and ``after`` (to the figure or stop behind it).

    Both are on one line; ``shared`` tells that a figure stands before it in its clause. Empty where the figure goes on with the name
    of the one before it (``và 180-200 kg vào năm 2015``).
    """
    colon = between.rfind(":")
    if colon >= 0:
        head, told = between[:colon], _tail(between[colon + 1 :]) if colon + 1 < len(between) else ""
        cut = _last_start(_STARTS, head)
        named = _trim(head[cut[1] :] if cut else head)
        if named and not told:
            return named
        if named and told.count(" ") < 8 and _NOT_OF.match(after):
            told = _trim(told)  # "Cơ cấu kinh tế: Nông nghiệp 18,5%; …"
            return f"{named}: {told}" if told and told.lower() not in _DIRECTIONS else named
        if named and told.count(" ") < 2:
            return named
        between = between[colon + 1 :]
    if shared and not _tail(between[between.rfind(",") + 1 :]) and ("chiếm" in between or "tương đương" in between):
        return ""  # "khoảng 90.000 tỷ đồng, chiếm 50% GRDP"
    share = quantity.group == "percent" and not _NOT_OF.match(after) and not _RATE.match(between.lstrip())
    things = quantity.group in ("count", "measure") and not _NOT_OF.match(after) and not ranks(between)
    cut = _last_start(_SHARE_STARTS if share or things else _STARTS, between)
    head = _trim(between[cut[1] :] if cut else between)
    if not head and cut and not (share or things):
        head = _trim(between[: cut[0]])  # "Tổng sản phẩm bình quân đầu người phấn đấu đạt 52 triệu đồng"
    kind = "" if "/" in quantity.unit else quantity.unit.removeprefix("nghìn ").removeprefix("triệu ").removeprefix("tỷ ")
    if not (share or things):
        start = _WAS.search(head) if "từ" in head else None
        head = _tail(head[: start.start()]) if start else head
        if not head:
            return quantity.unit if ("/" in quantity.unit or quantity.group == "count") and not shared else ""
        # "Thu hút trên 3,2 triệu lượt khách": the verb alone names nothing
        return f"{head} {kind}" if kind and quantity.group == "count" and verbs.pattern().match(head) and not ranks(between) else head
    ends = _OF_ENDS.search(after)
    of = _tail((after[: ends.start()] if ends else after).strip(" ,.;"))
    if share and not head and cut and not shared and of.lower().startswith(_OF_PLAN):
        act = _ACT.match(done := _trim(between[: cut[0]]))
        return done[act.end() :] if act else _trim(done[done.rfind(", ") + 1 :]) or of
    if things and quantity.group == "count" and "/" not in quantity.unit:
        of = f"{kind} {of}"
    if shared:  # what stands before it belongs to the share before: "100% nhà trường và trên 70% người lao động"
        joined = between[max(f"{between} ".rfind(" và "), between.rfind(", ")) :]
        cut = _last_start(_SHARE_STARTS, joined)
        head = _trim(joined[cut[1] :] if cut else joined)
    elif len(head) > 80:
        act = _ACT.match(head)
        head = head[act.end() :] if act else _trim(head[head.rfind(", ") + 1 :]) if len(head) > 160 else head
    return f"{head} {of}".strip()


def _last_start(starts: dict[str, tuple[str, ...]], words: str) -> tuple[int, int] | None:
    """Where the last of the words behind which a name begins anew stands."""
    lower = words.lower()
    if len(lower) != len(words):
        return None
    best = None
    for letter, forms in starts.items():
        if letter in lower:
            for form in forms:
                at = lower.rfind(form)
                while at >= 0:
                    end = at + len(form)
                    if not (at and lower[at - 1].isalnum()) and not lower[end : end + 1].isalnum():
                        if best is None or end > best[1]:
                            best = (at, end)
                        break
                    at = lower.rfind(form, 0, at + len(form) - 1)
    return best


def _trim(words: str) -> str:
    trimmed = ""
    words = words.lstrip()
    if words.startswith("trở "):
        words = words.removeprefix("trở lên, ").lstrip().removeprefix("trở xuống, ")
    while trimmed != words:
        trimmed = words = _tail(words.strip(" -–+("))
        while words.partition(" ")[0].rstrip(",").lower() in _LEAD_WORDS and (lead := _LEAD.match(words)):
            words = words[lead.end() :]
    return words


def _tail(words: str) -> str:
    """``words`` without what only leads to the figure: ``mức độ hài lòng đạt tối thiểu`` → ``mức độ hài lòng``."""
    words = words.strip(" ,;:")
    while words:
        parts = words[-40:].rsplit(None, 2)
        last = parts[-1].lower().lstrip("(")
        if last not in _LAST:
            break
        if last in _BOUND_ENDS and (bound := _BOUND.search(words, max(0, len(words) - 20))):
            cut = len(words) - bound.start()
        elif last in _TAIL_WORDS and not words.endswith(("nhà ở", "mặt bằng", "công bằng")):
            cut = len(parts[-1])
        elif len(parts) > 1 and f"{parts[-2].lower()} {last}" in _TAIL_PAIRS and not words.lower().endswith(_ON_AVERAGE):
            cut = len(parts[-1]) + 1 + len(parts[-2])
        else:
            break
        words = words[:-cut].strip(" ,;:")
    return words

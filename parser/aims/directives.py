"""What a sentence orders: where its verb stands, whom it charges, into which acts it falls apart.

A directive sentence begins with its verb (``Tập trung tháo gỡ …``), with the body that is charged (``Ủy ban nhân dân tỉnh chỉ đạo …``),
with a charge (``Giao Sở Tài chính chủ trì …``), or with a circumstance before one of these (``Trong quá trình thực hiện, Ủy ban …``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from ..model import Actor, ActorRole
from ..names.bodies import Home
from . import clauses, sentences, verbs
from .actors import Group
from .nature import Nature, Setting
from .sentences import Sentence

_SCHEDULED = re.compile(r"giai đoạn (?:triển khai|thực hiện)")
_ADOPTED = re.compile(
    r"[“\"\s]*(?:Phê duyệt|Ban hành (?:kèm theo|Quy|Kế hoạch|Chương trình|Đề án|Danh mục|danh mục|các cơ chế|Điều lệ|Nội quy)|Thành lập"
    r"|Kiện toàn (?:Ban|Hội đồng|Tổ|Ủy ban|Đoàn)|Thu hồi (?:đất|diện tích|toàn bộ|[0-9])|Giao (?:đất|quyền|[0-9])|Chuyển mục đích|Cho thuê"
    r"|Cử (?:ông|bà|đồng chí|các|[0-9])|Đình chỉ|Đổi tên|Giải thể|Sáp nhập|Hợp nhất|Bổ nhiệm|Miễn nhiệm|Điều động|Tặng"
    r"|Công bố|Công nhận|Bãi bỏ|Thay thế|Sửa đổi|Bổ sung|Điều chỉnh|Giao (?:chỉ tiêu|dự toán|kế hoạch|biên chế)|Phân bổ"
    r"|Quy định (?:mức|chi tiết|về|một số))",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r":\s*(?:(?:tăng|giảm|từ|trên|dưới|đạt|là|khoảng|ít nhất|tối thiểu|không quá|bình quân|thêm|duy trì|còn"
    r"|hơn|phấn đấu|mức)\s){0,4}[0-9]",
    re.IGNORECASE,
)
_AIM_LINE = re.compile(
    r"(?:(?:trên|ít nhất|tối thiểu|khoảng|từ|hơn|đạt|có|hàng năm,|hằng năm,)\s){0,3}[0-9][0-9.,]*\s?%\s"
    r"|(?:có|không có|không còn|không để)\s|(?:[^\s:]+\s){3,60}?(?:đạt|tăng|giảm|duy trì|chiếm|còn|được|hoàn thành|có|bảo đảm"
    r"|đảm bảo)\s[^:]{8}",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[0-9]\s(?:nghìn |triệu |tỷ |tỉ )?đồng")
_ORGANISATION = re.compile(
    r"Tổ chức [^,;:.]{0,90}?\s(?:có (?:các )?trách nhiệm|có (?:các )?quyền|có nghĩa vụ|phải|được|chịu trách nhiệm)(?!\w)"
)
_ANSWERS = re.compile(r"chịu trách nhiệm và báo cáo (?:công tác )?trước(?!\w)")
"""To whom a body answers, which the Constitution and laws on organisation say of each, is no duty to do something."""
_STEP = re.compile(
    r"kể từ (?:ngày|khi) (?:nhận|có|hoàn)|ban hành [Qq]uyết định (?:giao|phê|công|cho|thu|thành|cử)"
    r"|ban hành (?:(?:luật|nghị quyết|pháp lệnh|lệnh|nghị định|quyết định|thông tư(?: liên tịch)?)(?:, | và )?)+ ?(?:để|về việc|Ủy ban)"
)
"""What is issued for one case, a step of a procedure ("Trong thời hạn 30 ngày kể từ ngày nhận đủ hồ sơ, Ủy ban nhân dân ban hành …"), and
in which form a body lays down rules ("Chính phủ ban hành nghị định để quy định")."""
_PROCEDURE = re.compile(r"trong (?:thời hạn|vòng)|theo trình tự sau|hồ sơ|kể từ (?:ngày|khi) nhận|đơn đề nghị|giấy phép", re.IGNORECASE)


class Where(msgspec.Struct, frozen=True, gc=False):
    """Where words stand: what the headings above say (``setting``), the ``nature`` of the text, who a heading or lead-in above charges
    (``under``: ``public`` for an organ of State or Party, ``body`` for others), the issuer, and ``top`` for an article or a direct
    clause, where issuers adopt and approve."""

    setting: Setting = ""
    nature: Nature = "tasks"
    under: str = ""
    issuer: str | None = None
    top: bool = False


class Order(msgspec.Struct, frozen=True, gc=False):
    """What was found: ``actors`` as charged in the node's own words, with their places in them; ``first`` is the index of the first
    sentence that orders."""

    actors: tuple[Actor, ...] = ()
    first: int = 0


_NAMING_NOBODY = Order()


def order(words: str, where: Where, home: Home) -> Order | None:
    """What a node's own ``words`` (on one line) order, ``None`` where they order nothing."""
    begins = verbs.plain().match
    usual = where.setting in _TASKS and where.nature == "tasks" and not where.top
    first = usual and begins(words) is not None
    if first and not _refused(words):
        return _direct_order(words, where, home)
    setting, rules = where.setting, where.nature != "tasks"
    if words.startswith("Tổ chức ") and _ORGANISATION.match(words):
        return None
    if setting == "past" or words[:1] == "(" or not words or (where.top and _ADOPTED.match(words)):
        return None
    if words[-1] == ":" and len(words) < 40:
        return None  # a heading
    aims = setting in ("target", "objective") and not rules
    if (not aims and sentences.never(words)) or (rules and words.startswith(_NEVER_IN_RULES)):
        return None
    figure = _figure(words)
    if figure and (aims or len(words) - figure < 90):
        return None
    if setting == "rule" and where.under and not rules:
        where = msgspec.structs.replace(where, setting="task")
    spans = clauses.sentences(words)
    found: list[tuple[int, Sentence]] = []
    plain = where.nature == "tasks" and setting != "rule"
    for index, (start, end) in enumerate(spans):
        if plain and (first if usual and not index else begins(words, start, end)):
            found.append((index, sentences.BY_VERB))
            continue
        sentence = sentences.read(words, start, end, home, loose=not rules or where.under == "public", begun=plain)
        if sentence is not None and _stands(words[start:end], sentence, index, where):
            asks = rules and where.under == "public" and words.startswith("Yêu cầu " if setting == "execution" else _ASKS, start)
            found.append((index, sentences.BY_VERB if asks else sentence))  # it is its duty to ask others: they are not charged
    if not found:
        if aims and words[-1] in ".;/" and _AIM_LINE.match(words):
            return Order(first=len(spans) - 1)
        if not rules and (_SCHEDULED.search(words) or (where.under and _later_clause(words))):
            return Order(first=len(spans) - 1)
        return None
    if where.top and all(sentence.group is None for _, sentence in found) and _AMOUNT.search(words, 0, 200):
        return None  # the issuer itself decides: "Điều 2. Chuyển nguồn 6.623 tỷ đồng dự toán …"
    charging = [sentence for _, sentence in found]
    for index, sentence in found:
        if sentence.group is not None and sentence.group.public and "; " in words:
            charging += sentences.charged_too(words, sentence, spans[index][1], home)
    return Order(_actors(words, charging, home), found[0][0])


_TASKS = frozenset({"", "task", "execution"})


def _refused(words: str) -> bool:
    """Words that a verb begins are nothing that :func:`order` takes for an order."""
    return words.startswith("Tổ chức ") or (words[:3].lower() in sentences.NEVER_BEGINS and sentences.NEVER.match(words) is not None)


def _direct_order(words: str, where: Where, home: Home) -> Order | None:
    """What words order whose first sentence does: only bodies that the later ones name are still to be found."""
    if words.find(":", 1, 240) > 0:
        figure = _figure(words)
        if (words[-1] == ":" and len(words) < 40) or (figure and len(words) - figure < 90):
            return None
    charging = []
    for start, end in clauses.unlike(words):
        sentence = sentences.read(words, start, end, home, loose=True, begun=True)
        if sentence is not None and sentence.group is not None and _stands(words[start:end], sentence, 1, where):
            charging.append(sentence)
    if charging or ("ợ" in words and "hối hợp" in words):
        return Order(_actors(words, charging, home))
    return _NAMING_NOBODY


def _figure(words: str) -> int:
    """Where the figure ends that stands behind a colon ("Số xã đạt chuẩn: 02"), 0 where none does."""
    colon = words.find(":", 1, 240)
    figure = _FIGURE.match(words, colon) if colon > 0 else None
    return figure.end() if figure is not None else 0


def _actors(words: str, charging: Sequence[Sentence], home: Home) -> tuple[Actor, ...]:
    """The bodies that sentences charge, and those that are to help."""
    named: dict[str, Actor] = {}
    for sentence in charging:
        if sentence.group is not None:
            _name(named, sentence.group, sentence.role)
    if "ợ" in words and "hối hợp" in words and (helpers := sentences.supporting(words, home)):
        _name(named, helpers, "support")
    return tuple(named.values()) if named else ()


def _name(named: dict[str, Actor], group: Group, role: ActorRole) -> None:
    for name, (start, end) in zip(group.names, group.spans, strict=True):
        if name not in named:
            named[name] = Actor(name=name, role=role, start=start, end=end)


_BOUND = frozenset({"có trách nhiệm", "chịu trách nhiệm", "chủ động", "căn cứ", "chủ trì", "phối hợp", "theo", "trong", "phải", "tham mưu"})
_RUN_IN = re.compile(r"(?!Về|Đối với)[^:.;,]{2,60}:\s")
"""A name with what is laid down for it: "Số lượng Phó Chủ tịch Hiệp hội: Thực hiện theo quy định"."""
_NEVER_IN_RULES = ("Không được", "Hồ sơ ", "Trình tự ", "Thủ tục ", "Quy trình ")
_DELEGATED = frozenset({"quy định", "hướng dẫn", "ban hành"})
_DUTIES = frozenset({"tổ chức", "phối hợp", "chủ trì", "có trách nhiệm", "chịu trách nhiệm", "là cơ quan đầu mối"})
_ASKS = ("Đề nghị ", "Kiến nghị ", "Yêu cầu ")
"""So begins an item that tells what a body may ask of others: "Ủy ban thực hiện các hoạt động sau đây: … i) Kiến nghị Quốc hội …"."""
_CONDITIONS = ("Trường hợp", "Trong trường hợp", "Khi ", "Sau khi", "Nếu ", "Đối với trường hợp")
_ENFORCES = re.compile(
    r"chịu trách nhiệm (?:hướng dẫn |tổ chức |kiểm tra |triển khai )*(?:thi hành|thực hiện)|có trách nhiệm (?:hướng dẫn )?thi hành"
    r"|căn cứ (?:Quyết định|Nghị quyết|Thông tư|Chỉ thị)(?: này)?,? (?:tổ chức )?(?:thi hành|thực hiện)"
)


def _stands(words: str, sentence: Sentence, index: int, where: Where) -> bool:
    """Whether the sentence orders where it stands."""
    how, group, setting = sentence.how, sentence.group, where.setting
    if group is not None and group.names == (where.issuer,) and setting != "execution":
        return False
    if where.nature != "tasks":
        return _stands_in_rules(words, sentence, index, where)
    if setting == "rule":
        return how in ("charge", "after") or (how == "body" and sentence.verb in _BOUND)
    if how == "conduct":
        return index == 0 and setting in ("objective", "task", "execution")
    if how in ("modal", "inner"):
        return index == 0 and (bool(where.under) or setting in ("objective", "task", "execution"))
    return True


def _stands_in_rules(words: str, sentence: Sentence, index: int, where: Where) -> bool:
    """In rules the execution clause orders, a heading of measures does, and elsewhere only an organ of the State that is charged."""
    how, group, setting = sentence.how, sentence.group, where.setting
    if setting == "execution":
        if group is not None:
            return group.public or words.rstrip()[-1:] != ":"
        # In a decree the duties of companies stand beside those of ministries: there only a ministry's are mandates.
        charged = where.under == "public" if where.nature == "rules" else True
        return charged and index == 0 and (how == "verb" or (how in ("later", "inner") and bool(where.under))) and not _ADOPTED.match(words)
    if setting == "task" and where.nature == "mixed" and (group is not None or how in ("verb", "later", "modal")):
        return True
    if index:
        return False
    if group is None:
        return how == "verb" and where.under == "public" and setting != "rule" and not _RUN_IN.match(words)
    if _ENFORCES.search(words):
        return True
    if _ANSWERS.search(words):
        return False
    if how == "charge":
        if where.nature == "rules" and not where.top and words.startswith(_ASKS):
            return where.under == "public" and setting != "rule"
        return not group.generic and setting != "rule"
    if not group.public or (how != "body" and (how != "after" or words.startswith(_CONDITIONS))):
        return False
    if sentence.verb == "ban hành" and _STEP.search(words):
        return False
    return sentence.verb in _DELEGATED or (sentence.verb in _DUTIES and setting != "rule" and not _PROCEDURE.search(words))


def _later_clause(words: str) -> bool:
    """A clause behind a semicolon begins with a verb: ``Tình hình thực hiện nghĩa vụ thuế; xác định thông tin …``."""
    at = words.find("; ")
    while at >= 0:
        if verbs.pattern().match(words, at + 2):
            return True
        at = words.find("; ", at + 2)
    return False

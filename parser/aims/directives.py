"""What a sentence orders: where its verb stands, whom it charges, into which acts it falls apart.

A directive sentence begins with its verb (``Tập trung tháo gỡ …``), with the body that is charged (``Ủy ban nhân dân tỉnh chỉ đạo …``),
with a charge (``Giao Sở Tài chính chủ trì …``), or with a circumstance before one of these (``Trong quá trình thực hiện, Ủy ban …``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from ..model import Actor, ActorRole
from ..names.bodies import Home
from . import actors, clauses, verbs
from .actors import Group
from .nature import Nature, Setting

_PREFIX = re.compile(
    r"[“\"(\s]*(?:(?P<short>đồng thời|bên cạnh đó|trước mắt|vì vậy|do đó|riêng|ngoài ra|trong đó|hàng năm|hằng năm|trong năm|trước hết)"
    r"|căn cứ|trên cơ sở|trên đây|để|nhằm|qua|trong|đối với|trường hợp|khi|đến|từ|kể từ|định kỳ|quý|tháng|ngoài|trước|theo|với|ngay|sau|nếu"
    r"|vào|năm|cùng với|bằng|tại|thông qua(?= (?:công tác|việc|hoạt động)))(?!\w)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"(?:,\s|;\s|:\s|\s)thì\s|,\s|;\s|:\s")
_RUN_IN = re.compile(r"[^:.;]{2,90}:\s")
_MODAL = re.compile(r"\s(?<!tự\s)(?:phải|cần(?! thiết)|có trách nhiệm|chịu trách nhiệm)\s")
_CONDUCT = re.compile(r"\s(?:được tiến hành|được thực hiện|được triển khai)\s")
_NOUN_IS = re.compile(r"(?:Nhiệm vụ|Mục tiêu|Trọng tâm|Yêu cầu|Việc)\s[^.;:]{0,100}?\slà\s")
_SCHEDULED = re.compile(r"giai đoạn (?:triển khai|thực hiện)")
_NEVER = re.compile(
    r"[“\"\s]*(?:Không(?! để| ngừng| được)|Được|Cho phép|Cấm|Thông qua|Phê chuẩn|Tán thành|Thống nhất (?!thực hiện|quản lý)|Nhất trí"
    r"|Quyết nghị|Có (?!trách nhiệm|ý kiến|kết luận|kế hoạch|giải pháp|biện pháp|văn bản|phương án|nhiệm vụ))",
    re.IGNORECASE,
)
_ADOPTED = re.compile(
    r"[“\"\s]*(?:Phê duyệt|Ban hành (?:kèm theo|Quy|Kế hoạch|Chương trình|Đề án|Danh mục|danh mục|các cơ chế|Điều lệ|Nội quy)|Thành lập"
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
_PROCEDURE = re.compile(r"trong thời hạn|hồ sơ|kể từ (?:ngày|khi) nhận|đơn đề nghị|giấy phép", re.IGNORECASE)


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
    """What was found: ``actors`` as charged in the node's own words, with their places in them; ``early`` tells that a sentence before
    the last one orders; ``spans`` are the sentences."""

    actors: tuple[Actor, ...] = ()
    early: bool = False
    spans: clauses.Spans = ()


class _Sentence(NamedTuple):
    """How a sentence orders: by its verb, by a body (``group``) or only by a modal word."""

    how: str
    group: Group | None = None
    role: ActorRole = "charged"
    verb: str = ""


@cache
def charge() -> re.Pattern[str]:
    """What charges the body named behind it: ``Giao``, ``Đề nghị``, ``Phân công``."""
    return re.compile(
        r"(?P<asks>(?:[Tt]rân trọng |[Kk]ính )?[Đđ]ề nghị|[Kk]iến nghị)\s"
        r"|(?P<charges>[Gg]iao(?:\s(?:nhiệm vụ\s)?cho|\strách nhiệm(?:\scho)?)?|[Yy]êu cầu"
        r"|[Pp]hân công|[ỦU]y quyền(?:\scho)?|ủy quyền(?:\scho)?)\s|(?P<invites>[Kk]huyến khích)\s"
    )


@cache
def _follows() -> re.Pattern[str]:
    """What makes a body the subject of an order when it follows its name."""
    return re.compile(
        rf"(?:\s?\([^)]*\))?,?\s(?P<verb>(?:{verbs.lower()})|theo|trong|trên cơ sở|nghiêm|tùy|tuỳ|bằng"
        r"|hàng năm|hằng năm|định kỳ|khi|sau khi|tại)(?!\w)"
    )


_REFUSED = re.compile(r"\s(?:có quyền|có thể|được(?! giao)|gồm|bao gồm|đã|đang|là(?! cơ quan đầu mối| đầu mối| cơ quan thường trực))(?!\w)")


def order(words: str, where: Where, home: Home) -> Order | None:
    """What a node's own ``words`` (on one line) order, ``None`` where they order nothing."""
    if where.nature == "tasks" and where.setting in _TASKS and not where.top and _directly().match(words) is not None:
        return _direct_order(words, where, home)  # the usual case
    setting, rules = where.setting, where.nature != "tasks"
    if words.startswith("Tổ chức ") and _ORGANISATION.match(words):
        return None
    if setting == "past" or words[:1] == "(" or not words or (where.top and _ADOPTED.match(words)):
        return None
    if words[-1] == ":" and len(words) < 40:
        return None  # a heading
    aims = setting in ("target", "objective") and not rules
    if (not aims and _NEVER.match(words)) or (rules and words.startswith(("Không được", "Hồ sơ "))):
        return None
    figure = _figure(words)
    if figure and (aims or len(words) - figure < 90):
        return None
    if setting == "rule" and where.under and not rules:
        where = msgspec.structs.replace(where, setting="task")
    spans = clauses.sentences(words)
    found: list[tuple[int, _Sentence]] = []
    plain = where.nature == "tasks" and setting != "rule"
    begins = _plain_verb().match
    for index, (start, end) in enumerate(spans):
        if plain and begins(words, start, end):
            found.append((index, _BY_VERB))
            continue
        sentence = _sentence(words, start, end, home, loose=not rules or where.under == "public")
        if sentence is not None and _stands(words[start:end], sentence, index, where):
            found.append((index, sentence))
    if not found:
        if aims and words[-1] in ".;/" and _AIM_LINE.match(words):
            return Order(spans=spans)
        if not rules and (_SCHEDULED.search(words) or (where.under and _later_clause(words))):
            return Order(spans=spans)
        return None
    if where.top and all(sentence.group is None for _, sentence in found) and _AMOUNT.search(words, 0, 200):
        return None  # the issuer itself decides: "Điều 2. Chuyển nguồn 6.623 tỷ đồng dự toán …"
    return Order(_actors(words, [sentence for _, sentence in found], home), found[0][0] < len(spans) - 1, spans)


_TASKS = frozenset({"", "task", "execution"})


@cache
def _directly() -> re.Pattern[str]:
    """A verb that begins a directive whatever follows: it charges nobody, and it is nothing that :func:`order` refuses."""
    return re.compile(rf"(?!Tổ chức |(?i:{_NEVER.pattern})){_plain_verb().pattern}")


def _direct_order(words: str, where: Where, home: Home) -> Order | None:
    """What words order whose first sentence does: only bodies that the later ones name are still to be found."""
    if (words[-1] == ":" and len(words) < 40) or ((figure := _figure(words)) and len(words) - figure < 90):
        return None
    spans = clauses.sentences(words)
    charging = []
    if len(spans) > 1:
        begins = _plain_verb().match
        for index, (start, end) in enumerate(spans):
            if begins(words, start, end) is None:
                sentence = _sentence(words, start, end, home, loose=True)
                if sentence is not None and sentence.group is not None and _stands(words[start:end], sentence, index, where):
                    charging.append(sentence)
    return Order(_actors(words, charging, home), len(spans) > 1, spans)


def _figure(words: str) -> int:
    """Where the figure ends that stands behind a colon ("Số xã đạt chuẩn: 02"), 0 where none does."""
    colon = words.find(":", 1, 240)
    figure = _FIGURE.match(words, colon) if colon > 0 else None
    return figure.end() if figure is not None else 0


def _actors(words: str, charging: Sequence[_Sentence], home: Home) -> tuple[Actor, ...]:
    """The bodies that sentences charge, and those that are to help."""
    named: dict[str, Actor] = {}
    for sentence in charging:
        if sentence.group is not None:
            _name(named, sentence.group, sentence.role)
    if "ợ" in words and "hối hợp" in words and (helpers := _supporting(words, home)):
        _name(named, helpers, "support")
    return tuple(named.values()) if named else ()


def _name(named: dict[str, Actor], group: Group, role: ActorRole) -> None:
    for name, (start, end) in zip(group.names, group.spans, strict=True):
        if name not in named:
            named[name] = Actor(name=name, role=role, start=start, end=end)


@cache
def _plain_verb() -> re.Pattern[str]:
    """A verb at the start of a sentence that may not charge a body."""
    return verbs.some(lambda form: form[:3] not in CHARGING)


_BOUND = frozenset({"có trách nhiệm", "chịu trách nhiệm", "chủ động", "căn cứ", "chủ trì", "phối hợp", "theo", "trong", "phải", "tham mưu"})
_DELEGATED = frozenset({"quy định", "hướng dẫn", "ban hành"})
_DUTIES = frozenset({"tổ chức", "phối hợp", "chủ trì", "có trách nhiệm", "chịu trách nhiệm", "là cơ quan đầu mối"})
_CONDITIONS = ("Trường hợp", "Trong trường hợp", "Khi ", "Sau khi", "Nếu ", "Đối với trường hợp")
_ENFORCES = re.compile(
    r"chịu trách nhiệm (?:hướng dẫn |tổ chức |kiểm tra |triển khai )*(?:thi hành|thực hiện)|có trách nhiệm (?:hướng dẫn )?thi hành"
)


def _stands(words: str, sentence: _Sentence, index: int, where: Where) -> bool:
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


def _stands_in_rules(words: str, sentence: _Sentence, index: int, where: Where) -> bool:
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
        return how == "verb" and where.under == "public" and setting != "rule"
    if _ENFORCES.search(words):
        return True
    if how == "charge":
        return not group.generic and setting != "rule"
    if not group.public or (how != "body" and (how != "after" or words.startswith(_CONDITIONS))):
        return False
    return sentence.verb in _DELEGATED or (sentence.verb in _DUTIES and setting != "rule" and not _PROCEDURE.search(words))


def _sentence(words: str, start: int, end: int, home: Home, loose: bool) -> _Sentence | None:
    """How the sentence ``words[start:end]`` orders; ``loose``: by a verb inside it too."""
    at = start
    while at < end and words[at] in '“"( -–+':
        at += 1
    verb = verbs.pattern()
    for _ in range(3):
        if words[at : at + 3].lower() not in CHARGING and verb.match(words, at, end):
            return _BY_VERB
        if _NEVER.match(words, at):
            return None
        direct = _direct(words, at, end, home)
        if direct is not None:
            return direct if direct.how else None
        prefix = _PREFIX.match(words, at)
        if prefix is not None:
            return _after_prefix(words, prefix, end, home, loose)
        noun = _NOUN_IS.match(words, at, end)
        if noun is not None and verbs.pattern().match(words, noun.end()):
            return _Sentence("verb")
        run_in = _RUN_IN.match(words, at, end)
        if run_in is None:
            break
        at = run_in.end()
    rest = words[at:end]
    if _modal(rest):
        return _Sentence("modal")
    if loose and rest.startswith("Việc ") and _CONDUCT.search(rest):
        return _Sentence("conduct")
    return None


def _modal(words: str) -> bool:
    """The words say that something must be done; a word of the pattern is looked for first, which is faster."""
    return ("phải" in words or "cần" in words or "trách nhiệm" in words) and _MODAL.search(words) is not None


_REFUSAL = _Sentence("")
_BY_VERB = _Sentence("verb")
CHARGING = frozenset({"gia", "yêu", "đề ", "phâ", "ủy ", "uỷ ", "khu", "kiế", "trâ", "kín"})
"""How words that charge a body begin: there the verb alone does not decide."""


def _direct(words: str, at: int, end: int, home: Home) -> _Sentence | None:
    """A charge, a body or a verb exactly at ``at``; :data:`_REFUSAL` for a body that is told a right or a fact."""
    charges = charge().match(words, at, end)
    if charges is not None:
        group = actors.group(words, charges.end(), home)
        if group is not None and (group.public or not charges["invites"]):
            return _Sentence("charge", group, _role(words, group, "requested" if charges["asks"] else "charged"))
    verb = verbs.pattern().match(words, at, end) or _bare_duty().match(words, at, end)
    group = actors.group(words, at, home) if verb is None else None
    if group is not None and group.end <= end:
        if _REFUSED.match(words, group.end):
            return _REFUSAL
        inner = charge().match(words, group.end + 1, end)
        if inner is not None:
            other = actors.group(words, inner.end(), home)
            if other is not None:
                return _Sentence("charge", other, _role(words, other, "requested" if inner["asks"] else "charged"))
        follows = _follows().match(words, group.end, end)
        if follows is not None:
            return _Sentence("body", group, _role(words, group, "charged"), follows["verb"])
        if words[group.end : group.end + 1] == ":" and (group.end + 1 == end or verbs.pattern().match(words, group.end + 2)):
            return _Sentence("body", group, "charged", ":")
    return _BY_VERB if verb is not None else None


@cache
def _bare_duty() -> re.Pattern[str]:
    return re.compile(r"(?:[Cc]hịu trách nhiệm|[Cc]ó trách nhiệm|[Ll]à (?:cơ quan )?đầu mối)(?!\w)")


def _after_prefix(words: str, prefix: re.Match[str], end: int, home: Home, loose: bool) -> _Sentence | None:
    """What stands behind a circumstance: the first body that is charged, else the first verb after a comma."""
    at = prefix.end()
    if prefix["short"]:
        while at < end and words[at] in ", :":
            at += 1
        direct = _direct(words, at, end, home)
        if direct is not None:
            return direct if direct.how else None
    verb = None
    for count, comma in enumerate(_NEXT.finditer(words, at, end)):
        if count == 40:
            break
        here = comma.end()
        if (again := _AGAIN.match(words, here, end)) is not None:
            here = again.end()
        if "thì" in comma[0] and _NEVER.match(words, here):
            return None
        direct = _direct(words, here, end, home)
        if direct is None:
            continue
        if not direct.how:
            return None
        if direct.group is None:
            verb = verb or direct
        elif verb is None or not direct.group.generic or words[here : here + 4].lower() in ("các ", "mọi ", "những "[:4]):
            return direct._replace(how="after" if direct.how == "body" else direct.how)
    if verb is not None:
        return verb._replace(how="later")
    if _modal(words[at:end]):
        return _Sentence("modal")
    if loose and (_inner().search(words, at, end) or (prefix[0].lower().endswith(_BASES) and _any_verb().search(words, at, end))):
        return _Sentence("inner")
    return None


_AGAIN = re.compile(r"(?:hàng|hằng|định kỳ hàng|định kỳ hằng) (?:năm|quý|tháng|tuần),?\s")
_BASES = ("căn cứ", "trên cơ sở")


@cache
def _any_verb() -> re.Pattern[str]:
    """A verb behind the basis it acts on: ``Căn cứ Chương trình giám sát năm 2018 xây dựng Kế hoạch …``."""
    return re.compile(rf"\s(?:năm\s[0-9]{{4}}|này|trên|được giao|có liên quan),?\s(?:{verbs.lower(duties=False)})(?!\w)")


@cache
def _inner() -> re.Pattern[str]:
    return re.compile(
        r"(?<!được)(?<!đã)(?<!việc)(?<!sẽ)\s(?:tiếp tục|tập trung|chủ động|triển khai|thực hiện|tham mưu|công bố|tạo điều kiện|duy trì"
        r"|bảo đảm|đảm bảo|tổ chức thực hiện|kịp thời|hoàn thành|tăng cường|nâng cao|đẩy mạnh|rà soát|phối hợp|chỉ đạo|giao)(?!\w)"
    )


_SUPPORT = re.compile(r"hối hợp(?<=[Pp]hối hợp)(?: chặt chẽ| thường xuyên)?(?: với| cùng)?\s")  # begins with a letter: skips fast


def _supporting(words: str, home: Home) -> Group | None:
    """The bodies after ``phối hợp với``: they help, they are not charged."""
    found = _SUPPORT.search(words)
    group = actors.group(words, found.end(), home) if found else None
    return group if group and not group.generic else None


def _role(words: str, group: Group, role: ActorRole) -> ActorRole:
    if role == "requested":
        return role
    after = words[group.end : group.end + 200].lstrip(" ,")
    if after.startswith("chủ trì"):
        return "lead"
    return "oversight" if _OVERSEES.match(after) else role


_OVERSEES = re.compile(
    r"(?:(?:trong phạm vi|theo|căn cứ|có trách nhiệm)\s(?:[^.;:]{0,120}?,?\s)??)?"
    r"(?:tăng cường |thường xuyên |tổ chức )?(?:(?:đôn đốc|kiểm tra|theo dõi|thanh tra)(?:,|\svà|, và)?\s)*giám sát(?!\w)"
)


def _later_clause(words: str) -> bool:
    """A clause behind a semicolon begins with a verb: ``Tình hình thực hiện nghĩa vụ thuế; xác định thông tin …``."""
    at = words.find("; ")
    while at >= 0:
        if verbs.pattern().match(words, at + 2):
            return True
        at = words.find("; ", at + 2)
    return False

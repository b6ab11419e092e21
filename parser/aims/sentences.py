"""How one sentence orders: by its verb, by the body it charges, or by what stands behind a circumstance.

Whether it orders *where it stands* is decided in :mod:`directives`.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import NamedTuple

from ..model import ActorRole
from ..names.bodies import Home
from . import actors, verbs
from .actors import Group

_PREFIX = re.compile(
    r"[“\"(\s]*(?:(?P<short>đồng thời|bên cạnh đó|trước mắt|vì vậy|do đó|riêng|ngoài ra|trong đó|hàng năm|hằng năm|trong năm|trước hết)"
    r"|căn cứ|trên cơ sở|trên đây|để|nhằm|qua|trong|đối với|trường hợp|khi|đến|từ|kể từ|định kỳ|quý|tháng|ngoài|trước|theo|với|ngay|sau|nếu"
    r"|vào|năm|chậm nhất|cùng với|bằng|tại|thông qua(?= (?:công tác|việc|hoạt động)))(?!\w)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"(?:,\s|;\s|:\s|\s)thì\s|,\s|;\s|:\s")
_RUN_IN = re.compile(r"[^:.;]{2,90}:\s")
_MODAL = re.compile(r"\s(?<!tự\s)(?:phải|cần(?! thiết)|có trách nhiệm|chịu trách nhiệm)\s")
_CONDUCT = re.compile(r"\s(?:được tiến hành|được thực hiện|được triển khai)\s")
_NOUN_IS = re.compile(r"(?:Nhiệm vụ|Mục tiêu|Trọng tâm|Yêu cầu|Việc)\s[^.;:]{0,100}?\slà\s")
_QUOTES = frozenset('“"')
NEVER = re.compile(
    r"[“\"\s]*(?:Không(?! để| ngừng| được)|Được|Cho phép|Cấm|Đánh giá cao"
    r"|Thông qua|Phê chuẩn|Tán thành|Thống nhất (?!thực hiện|quản lý)|Nhất trí"
    r"|Quyết nghị|Có (?!trách nhiệm|ý kiến|kết luận|kế hoạch|giải pháp|biện pháp|văn bản|phương án|nhiệm vụ))",
    re.IGNORECASE,
)
NEVER_BEGINS = frozenset({"khô", "đượ", "đán", "cho", "cấm", "thô", "phê", "tán", "thố", "nhấ", "quy", "có "})
"""The first three letters of what is never an order, where no sign stands before it."""


def never(words: str, at: int = 0, end: int = sys.maxsize) -> bool:
    """What begins at ``at`` permits, forbids or reports: it is never an order."""
    begins = words[at : at + 3].lower()
    return (begins in NEVER_BEGINS or begins[:1] in _QUOTES or begins[:1].isspace()) and NEVER.match(words, at, end) is not None


class Sentence(NamedTuple):
    """How a sentence orders: by its verb, by a body (``group``) or only by a modal word."""

    how: str
    group: Group | None = None
    role: ActorRole = "charged"
    verb: str = ""


def charge(words: str, at: int, end: int) -> re.Match[str] | None:
    """What at ``at`` charges the body named behind it: ``Giao``, ``Đề nghị``, ``Phân công``."""
    return _CHARGE.match(words, at, end) if words[at : at + 3].lower() in verbs.CHARGING else None


_CHARGE = re.compile(
    r"(?P<asks>(?:[Tt]rân trọng |[Kk]ính )?[Đđ]ề nghị|[Kk]iến nghị)\s"
    r"|(?P<charges>[Gg]iao(?:\s(?:nhiệm vụ\s)?cho|\strách nhiệm(?:\scho)?)?"
    r"(?! ban (?!thường vụ|chấp hành|cán sự|chỉ đạo|quản lý|tổ chức))|[Yy]êu cầu|[Pp]hân công"
    r"|[ỦU]y quyền(?:\scho)?|ủy quyền(?:\scho)?)\s|(?P<invites>[Kk]huyến khích)\s"
)


@cache
def _follows() -> re.Pattern[str]:
    """What makes a body the subject of an order when it follows its name."""
    return re.compile(
        rf"(?:\s?\([^)]*\))?,?\s(?P<verb>(?:{verbs.lower()})|theo|trong|trên cơ sở|nghiêm|tùy|tuỳ|bằng"
        r"|hàng năm|hằng năm|định kỳ|khi|sau khi|tại)(?!\w)"
    )


_REFUSED = re.compile(r"\s(?:có quyền|có thể|được(?! giao)|gồm|bao gồm|đã|đang|là(?! cơ quan đầu mối| đầu mối| cơ quan thường trực))(?!\w)")


def read(words: str, start: int, end: int, home: Home, loose: bool, begun: bool = False) -> Sentence | None:
    """How the sentence ``words[start:end]`` orders; ``loose``: by a verb inside it too. ``begun``: that no :func:`verbs.plain` begins it is
    known."""
    at = start
    while at < end and words[at] in '“"( -–+':
        at += 1
    begun = begun and at == start
    for _ in range(3):
        plain = words[at : at + 3].lower() not in verbs.CHARGING
        if plain and not begun and verbs.pattern().match(words, at, end):
            return BY_VERB
        if never(words, at):
            return None
        direct = _direct(words, at, end, home, verbless=plain)
        if direct is not None:
            return direct if direct.how else None
        prefix = _PREFIX.match(words, at)
        if prefix is not None:
            return _after_prefix(words, prefix, end, home, loose)
        noun = _NOUN_IS.match(words, at, end)
        if noun is not None and verbs.pattern().match(words, noun.end()):
            return Sentence("verb")
        run_in = _RUN_IN.match(words, at, end) if words.find(":", at, at + 91) > 0 else None
        if run_in is None:
            break
        at, begun = run_in.end(), False
    rest = words[at:end]
    if _modal(rest):
        return Sentence("modal")
    if loose and rest.startswith("Việc ") and _CONDUCT.search(rest):
        return Sentence("conduct")
    return None


def _modal(words: str) -> bool:
    """The words say that something must be done; a word of the pattern is looked for first, which is faster."""
    return ("phải" in words or "cần" in words or "trách nhiệm" in words) and _MODAL.search(words) is not None


def charged_too(words: str, first: Sentence, end: int, home: Home) -> list[Sentence]:
    """Whom later clauses of a sentence charge, of which the ``first`` charges a body: ``Bộ trưởng có trách nhiệm …; Ủy ban nhân dân
    tỉnh chịu trách nhiệm …``. After ``Đề nghị`` they are asked too.
    """
    found = []
    at = words.find("; ", first.group.end if first.group else 0, end)
    while at >= 0:
        if words[at + 2 : at + 3].isupper():
            clause = _direct(words, at + 2, end, home)
            if clause is not None and clause.how == "body" and clause.group is not None and clause.group.public:
                found.append(clause._replace(role="requested") if first.role == "requested" else clause)
        at = words.find("; ", at + 2, end)
    return found


_REFUSAL = Sentence("")
BY_VERB = Sentence("verb")


def _direct(words: str, at: int, end: int, home: Home, verbless: bool = False) -> Sentence | None:
    """A charge, a body or a verb exactly at ``at``; :data:`_REFUSAL` for a body that is told a right or a fact. ``verbless``: that no verb
    begins there is known."""
    charges = charge(words, at, end)
    if charges is not None:
        group = actors.group(words, charges.end(), home)
        if group is not None and (group.public or not charges["invites"]):
            return Sentence("charge", group, _role(words, group, "requested" if charges["asks"] else "charged"))
    verb = None if verbless else verbs.pattern().match(words, at, end)
    if verb is None and words[at : at + 2].lower() in _DUTY_BEGINS:
        verb = _BARE_DUTY.match(words, at, end)
    group = actors.group(words, at, home) if verb is None else None
    if group is not None and group.end <= end:
        if _REFUSED.match(words, group.end):
            return _REFUSAL
        inner = charge(words, group.end + 1, end)
        if inner is not None:
            other = actors.group(words, inner.end(), home)
            if other is not None:
                return Sentence("charge", other, _role(words, other, "requested" if inner["asks"] else "charged"))
        follows = _follows().match(words, group.end, end)
        if follows is not None:
            if follows.end() == len(words):
                return _REFUSAL  # the label of a column or line: "Cơ quan chủ trì thẩm tra"
            return Sentence("body", group, _role(words, group, "charged"), follows["verb"])
        if words[group.end : group.end + 1] == ":" and (group.end + 1 == end or _told(words, group.end + 2)):
            return Sentence("body", group, "lead" if words.startswith("Chủ trì", group.end + 2) else "charged", ":")
    return BY_VERB if verb is not None else None


_HOW = re.compile(
    r"(?:[Cc]ăn cứ|[Tt]heo|[Tt]rên cơ sở|[Pp]hải|[Tt]hường xuyên|[Đđ]ịnh kỳ|(?:[Hh]ằng|[Hh]àng) (?:năm|quý|tháng|tuần)|[Tt]rước ngày"
    r"|[Đđ]ến (?:hết|năm|ngày|quý|tháng)|[Tt]rong (?:năm|quý|tháng))(?!\w)"
)


def _told(words: str, at: int) -> bool:
    """Behind a body and a colon: what it does, its duty, or when and by what ("Sở Y tế: Căn cứ tình hình thực tế, tổ chức …")."""
    return bool(verbs.pattern().match(words, at) or _BARE_DUTY.match(words, at) or _HOW.match(words, at))


_BARE_DUTY = re.compile(r"(?:[Cc]hịu trách nhiệm|[Cc]ó trách nhiệm|[Ll]à (?:cơ quan )?đầu mối)(?!\w)")
_DUTY_BEGINS = frozenset({"ch", "có", "là"})


def _after_prefix(words: str, prefix: re.Match[str], end: int, home: Home, loose: bool) -> Sentence | None:
    """What stands behind a circumstance: the first body that is charged, else the first verb after a comma."""
    at = prefix.end()
    if prefix[0].lower() == "căn cứ" and _TOLD.match(words, at, end):
        return None  # "Căn cứ ban hành văn bản bao gồm …"
    if prefix["short"]:
        while at < end and words[at] in ", :":
            at += 1
        if never(words, at, end):
            return None
        direct = _direct(words, at, end, home)
        if direct is not None:
            return direct if direct.how else None
    if prefix[0].lower() in _CASES and (then := words.find(" thì ", at, end)) > 0 and not _AGAIN_IF.search(words, at, then):
        at = then  # whoever stands before it is spoken of, not charged: "Trường hợp các bộ đề nghị cung cấp thông tin thì …"
    verb = None
    for count, comma in enumerate(_NEXT.finditer(words, at, end)):
        if count == 40:
            break
        here = comma.end()
        if (again := _AGAIN.match(words, here, end)) is not None:
            here = again.end()
        if "thì" in comma[0] and never(words, here):
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
        return Sentence("modal")
    begun = prefix[0].lower()
    if loose and (
        _inner().search(words, at, end)
        or (begun.endswith(_BASES) and _any_verb().search(words, at, end))
        or (begun in _BY_WHEN and _timely().match(words, at, end))
    ):
        return Sentence("inner")
    return None


_TOLD = re.compile(r"[^,;:]{0,60}\s(?:bao gồm|được trình bày|là)\s")
_CASES = frozenset({"trường hợp", "khi", "nếu"})
_AGAIN_IF = re.compile(r";|\s(?:nếu|trường hợp)\s")
_AGAIN = re.compile(r"(?:hàng|hằng|định kỳ hàng|định kỳ hằng) (?:năm|quý|tháng|tuần),?\s")
_BASES = ("căn cứ", "trên cơ sở")
_BY_WHEN = frozenset({"chậm nhất", "trước", "đến", "vào"})


@cache
def _timely() -> re.Pattern[str]:
    """A verb right behind a day: ``Chậm nhất ngày 30/11 hằng năm gửi báo cáo về Bộ Nội vụ``."""
    day = r"(?:\slà)?(?:\shết)?(?:\sngày)?\s[0-9]{1,2}(?:[/.-][0-9]{1,2})?(?:[/.-][0-9]{4})?(?:\s(?:hàng|hằng)\s(?:năm|quý|tháng|tuần))?"
    return re.compile(rf"{day}\s(?:{verbs.lower(duties=False)})(?!\w)")


@cache
def _any_verb() -> re.Pattern[str]:
    """A verb behind the basis it acts on: ``Căn cứ Chương trình giám sát năm 2018 xây dựng Kế hoạch …``."""
    return re.compile(rf"\s(?:năm\s[0-9]{{4}}|này|trên|được giao|có liên quan),?\s(?:{verbs.lower(duties=False)})(?!\w)")


@cache
def _inner() -> re.Pattern[str]:
    return re.compile(
        r"\s(?<!được\s)(?<!đã\s)(?<!việc\s)(?<!sẽ\s)(?:tiếp tục|tập trung|chủ động|triển khai|thực hiện|tham mưu|công bố|tạo điều kiện"
        r"|duy trì|bảo đảm|đảm bảo|tổ chức thực hiện|kịp thời|hoàn thành|tăng cường|nâng cao|đẩy mạnh|rà soát|phối hợp|chỉ đạo|giao)(?!\w)"
    )


_SUPPORT = re.compile(r"hối hợp(?<=[Pp]hối hợp)(?: chặt chẽ| thường xuyên)?(?: với| cùng)?\s")  # begins with a letter: skips fast


def supporting(words: str, home: Home) -> Group | None:
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
    r"(?:(?:trong phạm vi|theo|căn cứ)\s(?:[^.;:]{0,120}?,?\s)??)?"
    r"(?:có trách nhiệm |tăng cường |thường xuyên |tổ chức )*(?:(?:đôn đốc|kiểm tra|theo dõi|thanh tra)(?:,|\svà|, và)?\s)*giám sát(?!\w)"
)

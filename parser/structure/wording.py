"""What the words of an unnumbered paragraph say of the node it belongs to: an outer one than the last item above it.

Only the forms; the outline asks them and closes what they close. Words that say nothing leave a paragraph in the deepest open node.
"""

from __future__ import annotations

import re

UP = re.compile(r"\([^)]{0,80}?(?:đính kèm|kèm theo|phụ lục)", re.IGNORECASE)
"""In brackets: "(Đính kèm các phụ lục 01, 03)" is of the whole article."""
SIBLINGS = re.compile(
    r"[^.;:,]{0,60}\b(?:quy định|nêu|nói) (?:tại|ở) (?:các )?(?P<unit>khoản|điểm) [\da-zđ]{1,3}"
    r"(?:(?:, | và |,\s|, (?:khoản|điểm) )[\da-zđ]{1,3}){1,}(?! (?:khoản|điều (?!này)))",
    re.IGNORECASE,
)
"""Of several items: "Đối tượng quy định tại khoản 4, 5, 6 …" is beside them."""
WRAP_UP = re.compile(
    r"(?:trong )?quá trình (?:triển khai|thực hiện|tổ chức)"
    r"|(?:yêu cầu |đề nghị |giao )?(?:các (?:cơ quan|sở|bộ|đơn vị|địa phương|ban|ngành|cấp)|thủ trưởng)\b"
    r"|(?:kế hoạch|chỉ thị|hướng dẫn|quy định|quy chế|thông tư|kết luận|nghị quyết) này (?:có hiệu lực|thay thế|(?:được )?phổ biến)"
    r"|căn cứ (?:nội dung |vào )?(?:kế hoạch|chỉ thị|nghị quyết|quyết định|công điện|chương trình) này|trên cơ sở (?:kế hoạch|chỉ thị)",
    re.IGNORECASE,
)
"""The last words of a plan or directive: "Trong quá trình thực hiện, nếu có vướng mắc …"."""
FURTHER = re.compile(
    r"ngoài (?:ra\b|(?:những|các|việc|nội dung|nhiệm vụ|trường hợp)\b[^.;:]{0,80}(?:trên|này|đó)\b)"
    r"|[^.;:]{0,90}\b(?:các|những|hai|ba|bốn)\b[^.;:]{0,60}\b(?:nêu|nói|kể) (?:ở )?trên\b",
    re.IGNORECASE,
)
"""What stands below a list and speaks of the whole list: "Ngoài những quyền hạn trên, …", "… một trong ba đối tượng nêu trên"."""

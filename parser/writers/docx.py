"""A reading copy as Word (.docx), laid out as Nghị định 30/2020/NĐ-CP, phụ lục I, has it.

A4, margins 20, 15, 20 and 30 mm; Times New Roman 14, black; issuer and number beside the motto, the place and the date; recitals in
italics; first lines indented by 1.27 cm; recipients (size 11) at the left of the signatures; page numbers above, from the second page.
Labels are written as printed, never as automatic numbers, and every printed character of the document is there in its order.
"""

from __future__ import annotations

import io
import re
import zipfile
from html import escape

from ..akoma import NO_XML, Piece, flat
from ..model import Document, Node
from ._branches import Branch, grow
from ._copy import HEADED, Cursor, gap_of, grid, lined

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_MM = 56.6929
"""Twentieths of a point in a millimetre."""
_WIDTH, _HEIGHT, _TOP, _RIGHT, _LEFT = (round(mm * _MM) for mm in (210, 297, 20, 15, 30))
_TEXT = _WIDTH - _LEFT - _RIGHT
_INDENT = 720  # 1.27 cm
_MOTTO = round(_TEXT * 0.63)
"""The right column of the header: room for the motto in size 13 on one line."""
_SPACE = 120  # 6 points

_LEFT_ROLES, _RIGHT_ROLES = frozenset(("issuer", "number")), frozenset(("motto", "place_date"))
_CENTRED = frozenset(("part", "chapter", "section", "subsection", "appendix"))


def docx(document: Document) -> bytes:
    """The file; the same document always gives the same bytes."""
    instrument = document.instrument
    title = ": ".join(filter(None, (" ".join(filter(None, (instrument.type, instrument.number))), instrument.title)))
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _rels(("officeDocument", "word/document.xml")).replace(
            "</Relationships>",
            f'<Relationship Id="rId9" Type="{_PACKAGE}/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/></Relationships>',
        ),
        "docProps/core.xml": (
            f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{_safe(title or document.source.name)}</dc:title><dc:creator>{_safe(instrument.issuer or '')}</dc:creator>"
            f"<dc:identifier>{_safe(instrument.id or '')}</dc:identifier><dc:language>vi-VN</dc:language></cp:coreProperties>"
        ),
        "word/_rels/document.xml.rels": _rels(("styles", "styles.xml"), ("header", "header1.xml")),
        "word/styles.xml": _STYLES,
        "word/header1.xml": _HEADER,
        "word/document.xml": _Body(document).whole(),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, content.encode())
    return made.getvalue()


class _Body:
    """The body of the file, written in order."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.tops = grow(document.nodes, document.text)
        self.cursor = Cursor(document.text)
        self.out: list[str] = []
        self.ruled = any(node.role == "rule" for node in document.nodes)
        self.signers = {signer.name for signer in document.instrument.signers if signer.name}

    def whole(self) -> str:
        """``word/document.xml``."""
        waiting: list[tuple[str, Branch]] = []
        side = "left"
        for k, branch in enumerate(self.tops):
            node = branch.node
            own = self._side(node, side) if not branch.below else ""
            if own and (not waiting or (waiting[0][1].node.kind == "preamble") == (node.kind == "preamble")):
                side = own
                waiting.append((own, branch))
                continue
            self._sides(waiting)
            waiting, side = [], "left"
            if own:
                side = own
                waiting.append((own, branch))
                continue
            self._node(branch, first=k == 0)
            follows = self.tops[k + 1].node.role if k + 1 < len(self.tops) else ""
            if node.kind == "preamble" and node.role == "title" and follows not in ("title", "rule") and not self.ruled:
                self.out.append(_rule(_TEXT, 0.25))
        self._sides(waiting)
        self._between(Piece("p", len(self.text), len(self.text)))
        return (
            f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{"".join(self.out)}'
            f'<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="{_WIDTH}" w:h="{_HEIGHT}"/>'
            f'<w:pgMar w:top="{_TOP}" w:right="{_RIGHT}" w:bottom="{_TOP}" w:left="{_LEFT}" w:header="567" w:footer="567" w:gutter="0"/>'
            "<w:titlePg/></w:sectPr></w:body></w:document>"
        )

    # --- side by side --------------------------------------------------------------------------------------------------

    def _side(self, node: Node, last: str) -> str:
        """On which side of the page a line of the header or of the end stands; empty for what goes across."""
        if node.kind == "preamble":
            if node.role in _LEFT_ROLES:
                return "left"
            return "right" if node.role in _RIGHT_ROLES else last if node.role == "rule" else ""
        return {"recipients": "left", "signature": "right"}.get(node.kind, "")

    def _sides(self, waiting: list[tuple[str, Branch]]) -> None:
        """Lines side by side, in rows such that cell after cell they keep their order."""
        if not waiting:
            return
        if len({side for side, _ in waiting}) == 1 and waiting[0][1].node.kind == "preamble":
            for _, branch in waiting:
                self._node(branch)
            return
        rows: list[tuple[list[Branch], list[Branch]]] = []
        for side, branch in waiting:
            if not rows or (side == "left" and rows[-1][1]):
                rows.append(([], []))
            rows[-1][side == "right"].append(branch)
        widths = (_TEXT - _MOTTO, _MOTTO)
        self.out.append(_table_head(widths, borders=False))
        outer = self.out
        for cells in rows:
            outer.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
            for width, branches in zip(widths, cells, strict=True):
                self.out = []
                for n, branch in enumerate(branches):
                    self._line(branch)
                    role = branch.node.role
                    ends = n + 1 == len(branches) or branches[n + 1].node.role != role
                    if role in ("issuer", "motto") and ends and not self.ruled:
                        self.out.append(_rule(width, 0.4 if role == "issuer" else 0.52))
                inside = "".join(self.out) or "<w:p/>"
                outer.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>')
            outer.append("</w:tr>")
        self.out = outer
        self.out.append("</w:tbl>" + _EMPTY)

    def _line(self, branch: Branch) -> None:
        """A line of the header or of the end."""
        node = branch.node
        role, kind = node.role, node.kind
        if kind == "recipients":
            first = self.text[node.start : node.end].lstrip("*_ ")[:9].casefold() == "nơi nhận:"
            self._paragraph(branch, jc="left", size=24 if first else 22, bold=first, italic=first, after=0, indent=0)
        elif kind == "signature":
            # room to sign stands above the name
            before = 1200 if flat(self.text[node.start : node.end]) in self.signers else 0
            self._paragraph(branch, jc="center", bold=True, before=before, after=0, indent=0)
        elif role == "motto":
            self._motto(branch)
        else:
            self._paragraph(
                branch, jc="center", size=26 if role in ("number", "issuer") else 28, after=0, indent=0,
                bold=role == "issuer", italic=role == "place_date",
            )  # fmt: skip

    # --- nodes -----------------------------------------------------------------------------------------------------------

    def _node(self, branch: Branch, *, first: bool = False) -> None:
        node = branch.node
        kind, role = node.kind, node.role
        if branch.gridded:
            self._table(branch)
            return
        if kind in HEADED or (kind == "heading" and node.heading):
            self._headed(branch, first)
        elif kind == "preamble":
            short = node.end - node.start <= 60
            across = role in ("type", "title", "session", "enactor", "issuer", "motto", "number", "rule") or (role == "formula" and short)
            self._paragraph(
                branch, jc="center" if across or role == "place_date" else "both", indent=0 if across else _INDENT,
                bold=across and role not in ("number", "rule"), italic=role == "place_date",
            )  # fmt: skip
        elif kind == "recital":
            self._paragraph(branch, italic=True)
        elif kind == "note":
            self._paragraph(branch, size=22)
        elif role == "adoption":
            self._paragraph(branch, italic=True)
        elif kind in ("recipients", "signature", "closing"):
            self._line(branch)
        else:
            self._paragraph(branch)
        for child in branch.below:
            self._node(child)

    def _headed(self, branch: Branch, first: bool) -> None:
        """What has a heading: its label and heading in bold, centred where the level is above articles; its words below or beside them."""
        node = branch.node
        if node.kind == "appendix":
            self._appendix(branch, first)
            return
        centred = node.kind in _CENTRED
        level = {"part": 0, "chapter": 1, "section": 2, "subsection": 3, "article": 4}.get(node.kind, 5)
        head = [piece for piece in branch.pieces if piece.what != "p"]
        own = [piece for piece in branch.pieces if piece.what == "p"]
        if head:
            self._between(head[0])
            keep = bool(node.heading or centred)
            properties = _properties(jc="center" if centred else "both", indent=0 if centred else _INDENT, level=level, keep=keep)
            runs = [self._runs(piece, bold=True, lines=node.kind in ("part", "chapter")) for piece in head]
            joined = self._joined(head, runs, broken=centred)
            gap = gap_of(self.text, head[-1], own[0]) if own and not centred else "\n"
            if gap != "\n" or (own and not centred and not node.heading):
                joined += (_run(" ") if gap else "") + self._runs(own.pop(0))
            self.out.append(f"<w:p>{properties}{joined}</w:p>")
        for piece in own:
            self._between(piece)
            self.out.append(f"<w:p>{_properties()}{self._runs(piece)}</w:p>")

    def _appendix(self, branch: Branch, first: bool) -> None:
        """A new page; its label, its title, in bold, and what it belongs to ("(Kèm theo …)"), in italics: a paragraph each."""
        if not branch.pieces:
            return
        whole = Piece("p", branch.pieces[0].start, branch.pieces[-1].end)
        self._between(whole)
        for k, line in enumerate(_whole_lines(self.text[slice(*self.cursor.take(whole))])):
            aside = line.startswith("(")
            properties = _properties(jc="center", indent=0, level=None if k else 0, keep=True, page=not (first or k))
            self.out.append(f"<w:p>{properties}{_run(line, bold=not aside, italic=aside)}</w:p>")

    def _motto(self, branch: Branch) -> None:
        """The country's name in size 13, the motto below it in 14."""
        for piece in branch.pieces:
            self._between(piece)
            for line in filter(None, map(str.strip, self.text[slice(*self.cursor.take(piece))].split("\n"))):
                size = 26 if line == line.upper() else 28
                self.out.append(f"<w:p>{_properties(jc='center', indent=0, after=0)}{_run(line, bold=True, size=size)}</w:p>")

    def _paragraph(
        self, branch: Branch, *, jc: str = "both", indent: int = _INDENT, size: int = 28, bold: bool = False, italic: bool = False,
        before: int = 0, after: int = _SPACE,
    ) -> None:  # fmt: skip
        if not branch.pieces:
            return
        self._between(branch.pieces[0])
        lines = lined(branch.node)
        runs = [self._runs(piece, bold=bold, italic=italic, size=size, lines=lines) for piece in branch.pieces]
        properties = _properties(jc=jc, indent=indent, before=before, after=after)
        self.out.append(f"<w:p>{properties}{self._joined(branch.pieces, runs)}</w:p>")

    def _joined(self, pieces: list[Piece], runs: list[str], *, broken: bool = False) -> str:
        """Runs with what stands between them: a blank, or (``broken``) a line break where the text has one."""
        made = runs[0]
        for before, piece, run in zip(pieces, pieces[1:], runs[1:], strict=False):
            gap = gap_of(self.text, before, piece)
            made += ("<w:r><w:br/></w:r>" if gap == "\n" and broken else _run(" ") if gap else "") + run
        return made

    def _table(self, branch: Branch) -> None:
        rows = grid(branch)
        count = max(1, len(rows[0][1]))
        longest = [max((max((p.end - p.start for p in columns[c]), default=0) for _, columns in rows), default=0) for c in range(count)]
        weights = [min(60, max(5, most)) for most in longest]
        widths = tuple(max(300, round(_TEXT * weight / sum(weights))) for weight in weights)
        self.out.append(_table_head(widths, borders=True))
        for k, (_, columns) in enumerate(rows):
            self.out.append("<w:tr>" + ("<w:trPr><w:tblHeader/></w:trPr>" if not k and len(rows) > 1 else ""))
            for width, cell in zip(widths, columns, strict=True):
                self.out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>')
                for piece in cell:
                    self._between(piece)
                    self.out.append(f"<w:p>{_properties(jc='left', indent=0, after=0)}{self._runs(piece, size=24, lines=True)}</w:p>")
                self.out.append(("" if cell else "<w:p/>") + "</w:tc>")
            self.out.append("</w:tr>")
        self.out.append("</w:tbl>" + _EMPTY)

    # --- words -------------------------------------------------------------------------------------------------------------

    def _between(self, piece: Piece) -> None:
        before = self.cursor.before(piece)
        if before is not None:
            self.out.append(f"<w:p>{_properties()}{_run(self.text[slice(*before)])}</w:p>")

    def _runs(self, piece: Piece, *, bold: bool = False, italic: bool = False, size: int = 28, lines: bool = False) -> str:
        start, end = self.cursor.take(piece)
        return _run(self.text[start:end], bold=bold, italic=italic, size=size, lines=lines)


def _whole_lines(words: str) -> list[str]:
    """Lines; what a narrow column broke (inside brackets, before a small letter) is one."""
    made: list[str] = []
    for line in filter(None, map(str.strip, words.split("\n"))):
        if made and (line[0].islower() or made[-1].count("(") > made[-1].count(")")):
            made[-1] += " " + line
        else:
            made.append(line)
    return made


def _run(words: str, *, bold: bool = False, italic: bool = False, size: int = 28, lines: bool = False) -> str:
    """Words in one look; line breaks stay where they are meant (``lines``), else they are blanks."""
    look = (
        ("<w:b/>" if bold else "")
        + ("<w:i/>" if italic else "")
        + (f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size != 28 else "")
    )
    made = []
    for k, line in enumerate(words.split("\n") if lines else [words.replace("\n", " ")]):
        made.append("<w:br/>" if k else "")
        for n, part in enumerate((line.strip() if lines else line).split("\t")):
            made.append("<w:tab/>" if n else "")
            if part:
                made.append(f'<w:t xml:space="preserve">{_safe(part)}</w:t>')
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{''.join(made)}</w:r>"


def _properties(
    *, jc: str = "both", indent: int = _INDENT, before: int = 0, after: int = _SPACE, level: int | None = None, keep: bool = False,
    page: bool = False,
) -> str:  # fmt: skip
    """A paragraph's properties, in the order that the schema of Word wants."""
    made = ("<w:keepNext/>" if keep else "") + ("<w:pageBreakBefore/>" if page else "")
    if before or after != _SPACE:
        made += f'<w:spacing w:before="{before}" w:after="{after}"/>'
    if indent != _INDENT:
        made += f'<w:ind w:firstLine="{indent}"/>'
    if jc != "both":
        made += f'<w:jc w:val="{jc}"/>'
    if level is not None:
        made += f'<w:outlineLvl w:val="{level}"/>'
    return f"<w:pPr>{made}</w:pPr>" if made else ""


def _rule(width: int, share: float) -> str:
    """A line drawn in the middle, of a share of the width: under the issuer, the motto, the title."""
    side = round(width * (1 - share) / 2)
    return (
        '<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        f'<w:spacing w:before="20" w:after="{_SPACE}" w:line="120" w:lineRule="exact"/>'
        f'<w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/></w:pPr></w:p>'
    )


def _table_head(widths: tuple[int, ...], *, borders: bool) -> str:
    lines = "".join(
        f'<w:{side} w:val="{"single" if borders else "nil"}" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    sides = "".join(f'<w:{side} w:w="{100 if borders else 0}" w:type="dxa"/>' for side in ("left", "right"))
    cells = f"<w:tblCellMar>{sides}</w:tblCellMar>"
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{cells}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )


def _safe(words: str) -> str:
    """Words for XML; a character that it cannot hold becomes U+FFFD, and a carriage return a blank."""
    return escape(re.sub("\r", " ", NO_XML.sub("\ufffd", words)), quote=False)


def _rels(*targets: tuple[str, str]) -> str:
    rows = "".join(f'<Relationship Id="rId{k}" Type="{_R}/{kind}" Target="{target}"/>' for k, (kind, target) in enumerate(targets, 1))
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


_EMPTY = '<w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:p>'

_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_WORD}.header+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)

_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>'
    '<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
    f'<w:spacing w:before="0" w:after="{_SPACE}" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    f'<w:pPr><w:ind w:firstLine="{_INDENT}"/><w:jc w:val="both"/></w:pPr></w:style></w:styles>'
)

_HEADER = (
    f'{_HEAD}<w:hdr xmlns:w="{_W}"><w:p><w:pPr><w:ind w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>'
)

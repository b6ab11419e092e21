"""From a web page's bytes to its source text; and its text where no tree can be had."""

from __future__ import annotations

import email
import email.policy
import html
import json
import re
from collections.abc import Sequence
from email.message import Message

from ..model import Finding
from . import encodings
from ._html_main import BLOCKS, SILENT
from ._text import SOFT, Builder

_CHARSET = re.compile(rb"""charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{2,30})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^<>]{0,100}encoding\s{0,5}=\s{0,5}["']([\w.:-]{2,30})""", re.IGNORECASE)
_TOKEN = re.compile(r"<(?:!--|(/?)([a-zA-Z][\w:-]{0,40})[^<>]*>|[!?/][^<>]*>)")
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_MARKUP = re.compile(r"<(?:p|div|table|td|br)\b", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b[^<>]*>", re.IGNORECASE)
_MANY = 200


def is_mhtml(data: bytes) -> bool:
    """A web page in one file as Word and browsers save it: a MIME message of several parts."""
    head = data[:2048].lower()
    return b"mime-version:" in head and b"multipart/related" in head


def decode(data: bytes, name: str) -> tuple[str, str | None, Sequence[Finding]]:
    """The source text, its encoding, and findings. What the page says of its encoding holds if its bytes agree."""
    declared = None
    if is_mhtml(data):
        data, declared = _from_mhtml(data)
    head = data[:4096]
    if not head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        said = _XML.search(head) or _CHARSET.search(head)
        declared = said[1].decode("ascii", "replace") if said else declared
        if declared and declared.lower().replace("_", "-") not in ("utf-16", "utf-8", "unicode"):
            try:
                text = data.decode(declared)
                if not _is_utf8(data):
                    return text, declared.lower(), ()
            except (LookupError, UnicodeDecodeError):
                pass
    decoded = encodings.decode(data, name)
    return decoded.text, decoded.encoding, decoded.findings


def _is_utf8(data: bytes) -> bool:
    """Whether bytes beyond ASCII are UTF-8: then no other encoding that a page declares can be right."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _from_mhtml(data: bytes) -> tuple[bytes, str | None]:
    message: Message = email.message_from_bytes(data, policy=email.policy.compat32)
    best: tuple[bytes, str | None] = (b"", None)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and len(payload) > len(best[0]):
                best = payload, part.get_content_charset()
    return best


def from_data(source: str) -> str | None:
    """The longest piece of HTML that stands as a string in the page's scripts; ``None`` where there is none to speak of."""
    best = ""
    for match in _SCRIPT.finditer(source):
        end = source.find("</script", match.end())
        if end < 0:
            break
        best = max(best, _longest(source[match.end() : end]), key=len)
    return best if len(best) > _MANY else None


def _longest(script: str, depth: int = 0) -> str:
    best = ""
    for match in _STRING.finditer(script):
        if len(match[0]) <= max(_MANY, len(best)):
            continue
        try:
            value = json.loads(match[0], strict=False)
        except ValueError:
            continue
        if not isinstance(value, str):
            continue
        if depth < 2 and value.lstrip()[:1] in "[{0123456789":  # data inside data
            value = _longest(value, depth + 1) or value
        if "<" not in value and "&lt;" in value:
            value = html.unescape(value)
        if len(_MARKUP.findall(value)) >= 3 and len(value) > len(best):
            best = value
    return best


def strip_tags(source: str, builder: Builder) -> None:
    """The text of a page without a tree: tags go, blocks end paragraphs, what is never shown is left out. Linear in any case."""
    at = 0
    silent: str | None = None
    ends = {tag.lower() for tag in re.findall(r"</([a-zA-Z]{1,20})", source)}
    comments = True
    while match := _TOKEN.search(source, at):
        if silent is None:
            builder.add_soft(html.unescape(source[at : match.start()]).replace(SOFT, ""))
        at = match.end()
        if match[0] == "<!--":
            end = source.find("-->", at) if comments else -1
            comments = end >= 0
            at = end + 3 if end >= 0 else at
            continue
        tag = (match[2] or "").lower()
        if silent is not None:
            silent = None if match[1] and tag == silent else silent
        elif tag == "br":
            builder.end("line")
        elif tag in BLOCKS:
            builder.end()
        elif tag in SILENT and not match[1] and tag not in ("input", "embed") and not match[0].endswith("/>"):
            silent = tag if tag in ends else None
    if silent is None:
        builder.add_soft(html.unescape(source[at:]).replace(SOFT, ""))
    builder.end()

"""Zip containers and XML parts of office files, opened so that a hostile file costs little and reaches nothing.

No network, no external entities, no entity expansion; a container is measured before it is unpacked (see :mod:`._limits`). What
cannot be opened at all is a :class:`ReadError` that says what to do; damaged XML is read as far as it goes and the caller is told.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

import msgspec

from ..model import Finding
from ..reading import ReadError
from ._limits import limits

Element = Any
"""An lxml element; lxml is imported only when a file needs it."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of an OLE container: an old .doc, or an encrypted new one."""

_SAVE_AGAIN = (
    "Mở tệp bằng Word hoặc LibreOffice rồi lưu lại, hoặc xin bản khác / "
    "Open it in Word or LibreOffice and save it again, or ask for another copy"
)
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
"""The namespaces of Strict Open XML and their usual (transitional) twins: a strict file is read as if it were a usual one."""


_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]{0,200}\?>)?\s*(<!DOCTYPE)")


class Part(msgspec.Struct, frozen=True):
    """A parsed XML part: ``damaged`` says what is wrong with its XML, empty where nothing is."""

    root: Element
    damaged: str = ""


class Package:
    """A zip container whose parts are unpacked one by one, within the bounds in force."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._left = limits().max_unpacked
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ReadError(name, f"tệp nén bị hỏng hoặc bị cắt / damaged or truncated zip container ({error})", _SAVE_AGAIN) from error
        infos = self._zip.infolist()
        if len(infos) > limits().max_parts:
            raise self._beyond(f"{len(infos)} tệp bên trong / files inside", "max_parts")
        self._infos = {info.filename.lstrip("/").replace("\\", "/"): info for info in infos}

    def __contains__(self, part: str) -> bool:
        return part in self._infos

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the parts, in the container's order."""
        return tuple(self._infos)

    def _beyond(self, what: str, limit: str) -> ReadError:
        return ReadError(
            self.name, f"quá lớn để mở an toàn / too large to open safely: {what}",
            f"Nếu tin tệp này, nâng giới hạn / If you trust the file, raise the limit {limit} (readers._limits.bounded)",
        )  # fmt: skip

    def read(self, part: str) -> bytes | None:
        """The bytes of a part; ``None`` where there is none of that name."""
        info = self._infos.get(part)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise ReadError(
                self.name, "tệp bị mã hóa / the file is encrypted", "Mở bằng mật khẩu rồi lưu không mật khẩu / Save it without a password"
            )
        size = info.file_size
        if size > self._left:
            raise self._beyond(f"{part}: {size:,} bytes", "max_unpacked")
        if size > 1 << 20 and size > limits().max_ratio * max(1, info.compress_size):
            raise self._beyond(f"{part}: {size:,} bytes from {info.compress_size:,}", "max_ratio")
        self._left -= size
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
            raise ReadError(self.name, f"phần {part} bị hỏng / part {part} is damaged ({error})", _SAVE_AGAIN) from error

    def xml(self, part: str) -> Part | None:
        """A part parsed; ``None`` where there is none of that name, or nothing at all can be made of it."""
        data = self.read(part)
        return None if data is None else parse(data, self.name, part)


def parse(data: bytes, name: str, part: str = "", extra: str = "office") -> Part | None:
    """XML bytes as a tree. Damaged XML is read as far as it goes; ``None`` where that is nowhere."""
    etree = lxml_etree(name, extra)
    if len(data) > limits().max_markup or data.count(b"<") > 2 * limits().max_nodes:
        raise ReadError(
            name, f"quá lớn / too large: {part or 'XML'}, {len(data):,} bytes",
            "Chia nhỏ tệp hoặc nâng giới hạn / Split the file, or raise the limits max_markup and max_nodes (readers._limits.bounded)",
        )  # fmt: skip
    if b"purl.oclc.org/ooxml" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    data, damaged = _without_doctype(data)
    root = None
    for recover in (False, True):
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
            recover=recover,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
            break
        except (etree.XMLSyntaxError, ValueError) as error:
            damaged = damaged or str(error)
    return None if root is None else Part(root, damaged)


def _without_doctype(data: bytes) -> tuple[bytes, str]:
    """The XML without its DOCTYPE, which no office file needs: what it declares is never read. And what to say of it."""
    match = _DOCTYPE.match(data)
    if match is None:
        return data, ""
    plain, subset = data.find(b">", match.end()), data.find(b"[", match.end())
    end = data.find(b"]>", subset) + 1 if 0 <= subset < plain else plain
    return (data[: match.start(1)] + data[end + 1 :] if end > 0 else data), "its DOCTYPE was not read"


def lxml_etree(name: str, extra: str) -> Any:
    """``lxml.etree``; a ReadError that names the extra where lxml is not installed."""
    try:
        from lxml import etree
    except ImportError as error:
        raise no_lxml(name, extra) from error
    return etree


def no_lxml(name: str, extra: str) -> ReadError:
    """What to say where lxml is missing."""
    return ReadError(name, "thiếu thư viện lxml / lxml is not installed", f'Cài / install: pip install "vanban[{extra}]"')


def is_encrypted_office(data: bytes) -> bool:
    """Whether an OLE container holds an encrypted .docx: its directory names the stream ``EncryptedPackage``."""
    return data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data


def encrypted(name: str) -> ReadError:
    """What to say of a file with a password."""
    return ReadError(
        name, "tệp được bảo vệ bằng mật khẩu / the file is protected by a password",
        "Mở bằng mật khẩu rồi lưu không mật khẩu / Open it with its password and save it without one",
    )  # fmt: skip


def damaged_finding(fmt: str, part: str, problem: str) -> Finding:
    """A part was read only as far as its XML goes."""
    return Finding(
        code=f"reader.{fmt}.damaged", severity="error",
        message=f"Phần {part} bị hỏng, có thể mất chữ; hãy đối chiếu với bản gốc / "
        f"Part {part} is damaged, words may be lost; compare with the original ({problem[:200]})",
    )  # fmt: skip

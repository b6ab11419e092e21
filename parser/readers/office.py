"""Old Word files (.doc), RTF and the like: LibreOffice makes a .docx of them, and :mod:`.docx` reads that.

LibreOffice runs without a window, in a folder of its own that is thrown away, with a profile of its own: no macros, no update of
links. It is ended after ``limits().max_seconds`` and bounded in memory. Fonts come through, so that legacy text is decoded as in
a .docx. A ``.doc`` may be anything inside (RTF, a web page, a .docx): it is known by its content.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import msgspec

from ..reading import ReadError, Reading
from . import _xml, docx
from ._limits import limits

_PROGRAMS = ("soffice", "libreoffice", "loffice")
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_BEFORE = b"\xef\xbb\xbf \t\r\n"
_WORD = "WordDocument".encode("utf-16-le")
_OTHER_OLE = {"Workbook": "Excel", "Book": "Excel", "PowerPoint Document": "PowerPoint", "__properties_version1.0": "Outlook"}
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Field" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""  # noqa: E501 - LibreOffice's own form
MEDIA_TYPES = {"doc": "application/msword", "rtf": "application/rtf"}


def sniff(data: bytes, name: str) -> bool:
    """An OLE container (what else can be in one is said when it is read), or RTF."""
    return data.startswith(_xml.OLE) or data[:100].lstrip(_BEFORE)[:5] == b"{\\rtf"


def read(data: bytes, name: str) -> Reading:
    """Convert and read; what cannot be converted is a ReadError that says why as far as the bytes tell."""
    kind = "doc" if data.startswith(_xml.OLE) else "rtf"
    if kind == "doc":
        _check_word(data, name)
    else:
        data = data.lstrip(_BEFORE)  # LibreOffice would take RTF after a blank for plain text
    converted = convert(data, name, kind)
    reading = docx.read(converted, name)
    findings = [msgspec.structs.replace(f, code=f.code.replace("reader.docx.", f"reader.{kind}.")) for f in reading.findings]
    return msgspec.structs.replace(reading, media_type=MEDIA_TYPES[kind], findings=tuple(findings))


def _check_word(data: bytes, name: str) -> None:
    if _xml.is_encrypted_office(data):
        raise _xml.encrypted(name)
    if _WORD not in data:
        what = next((program for stream, program in _OTHER_OLE.items() if stream.encode("utf-16-le") in data), "unknown")
        raise ReadError(
            name, f"không phải tệp Word / this is no Word file but one of another program ({what})",
            "Lưu thành .docx hoặc PDF rồi đọc lại / Save it as .docx or PDF first",
        )  # fmt: skip
    if data[512:514] == b"\xec\xa5" and data[523] & 0x01:  # the file information block: fEncrypted
        raise _xml.encrypted(name)


def program() -> str | None:
    """Where LibreOffice is; ``None`` where it is not installed."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).exists()), None)


def convert(data: bytes, name: str, kind: str) -> bytes:
    """The file as .docx, by LibreOffice."""
    soffice = program()
    if soffice is None:
        raise ReadError(
            name, f"cần LibreOffice để đọc .{kind} / LibreOffice is needed to read .{kind} files",
            "Cài / Install it: apt install libreoffice-writer (hoặc lưu thành .docx / or save the file as .docx)",
        )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="vanban-") as folder:
        place = Path(folder)
        source = place / f"source.{kind}"
        source.write_bytes(data)
        user = place / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        problem = _run(soffice, place, source)
        made = place / "out" / "source.docx"
        if not made.exists() or not made.stat().st_size:
            raise ReadError(
                name, f"LibreOffice không đọc được tệp / LibreOffice could not convert it ({problem or 'no output'})",
                "Tệp có thể hỏng hoặc có mật khẩu: mở bằng Word rồi lưu thành .docx / "
                "It may be damaged or have a password: open it in Word and save it as .docx",
            )  # fmt: skip
        if made.stat().st_size > limits().max_unpacked:
            raise ReadError(
                name, f"quá lớn khi chuyển đổi / too large when converted: {made.stat().st_size:,} bytes",
                "Chia nhỏ tệp hoặc nâng giới hạn / Split the file, or raise the limit max_unpacked (readers._limits.bounded)",
            )  # fmt: skip
        return made.read_bytes()


def _run(soffice: str, place: Path, source: Path) -> str:
    """Run LibreOffice on one file; what it said if it failed."""
    command = [
        soffice, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--invisible", "--nologo", "--nofirststartwizard",
        "--norestore", "--nolockcheck", "--convert-to", "docx:Office Open XML Text", "--outdir", str(place / "out"), str(source),
    ]  # fmt: skip
    keep = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT")}
    environment = {**keep, "HOME": str(place), "TMPDIR": str(place), "SAL_USE_VCLPLUGIN": "svp"}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, cwd=place,
        start_new_session=True,
    ) as process:  # fmt: skip
        _bound(process.pid)
        try:
            output, _ = process.communicate(timeout=limits().max_seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            return f"no result within {limits().max_seconds:g} s"
        except BaseException:
            _end(process)
            raise
        if process.returncode:
            return output.decode("utf-8", "replace").strip()[-200:] or f"exit {process.returncode}"
        return ""


def _bound(pid: int) -> None:
    """Bound memory and file size of the process and its children, where the system can."""
    try:
        import resource
    except ImportError:
        return
    if hasattr(resource, "prlimit"):
        with contextlib.suppress(OSError, ValueError):
            resource.prlimit(pid, resource.RLIMIT_AS, (limits().max_memory, limits().max_memory))
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (4 * limits().max_unpacked, 4 * limits().max_unpacked))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with all its children."""
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()

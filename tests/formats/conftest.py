"""The seed rendered in each format, once in a run of the tests."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Callable
from functools import cache

import pytest
from formats import render

from vanban.parser import Document, parse_bytes

Rendered = Callable[[str], bytes]


def lacking(*needs: str) -> str | None:
    """What a test needs and this machine has not: ``soffice``, ``tesseract`` (with Vietnamese), or a module; ``None`` if all is there."""
    for need in needs:
        if need == "soffice":
            there, what = render.SOFFICE is not None, "LibreOffice is not installed"
        elif need == "tesseract":
            there, what = _tesseract(), "tesseract with Vietnamese (vie) is not installed"
        else:
            there, what = importlib.util.find_spec(need) is not None, f"the module {need} is not installed"
        if not there:
            return what
    return None


@cache
def _tesseract() -> bool:
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False).stdout
    return "vie" in listed.split()


def need(*needs: str) -> None:
    """Skip the test where something is missing, and say what."""
    if why := lacking(*needs):
        pytest.skip(why)


@pytest.fixture(scope="session")
def rendered(seed_document: Document, tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """The bytes of a format by its name; what LibreOffice makes is made once."""
    folder = tmp_path_factory.mktemp("rendered")

    @cache
    def made(name: str) -> bytes:
        match name:
            case "txt":
                return render.text(seed_document).encode()
            case "html":
                return render.html(seed_document)
            case "docx":
                return render.docx(seed_document)
            case "odt":
                return render.odt(seed_document)
            case "tcvn3.txt":
                return render.tcvn3_text(seed_document)
            case "tcvn3.docx":
                return render.docx(seed_document, tcvn3=True)
            case "scan.pdf":
                typed = render.docx(seed_document, breaks=False, tabs=False)
                return render.scanned(render.convert(typed, "docx", "pdf", folder / "typed"))
            case "rtf":  # LibreOffice writes an automatic "Điều" into RTF as "?i?u": here it is printed
                return render.convert(made("odt"), "odt", "rtf", folder / name)
            case "tcvn3.doc":
                return render.convert(made("tcvn3.docx"), "docx", "doc", folder / name)
            case _:  # numbered.odt, numbered.doc, numbered.pdf
                return render.convert(render.docx(seed_document, breaks=False), "docx", name.partition(".")[2], folder / name)

    return made


@pytest.fixture(scope="session")
def read_back(rendered: Rendered) -> Callable[[str], Document]:
    """The document parsed from a rendered format; its name tells nothing but the ending."""

    @cache
    def parsed(name: str) -> Document:
        return parse_bytes(rendered(name), name=f"van-ban.{name.rpartition('.')[2]}")

    return parsed

"""A file's bytes to all that is to be written down of it, without a database: done in this process, in another, or on another machine.

What comes out is plain (numbers, texts, tuples) and holds everything that takes time, so that the one who writes only writes.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

import msgspec

from vanban.parser import ReadError
from vanban.parser.model import Document as Parsed
from vanban.parser.model import Source
from vanban.parser.names.works import UNKNOWN

from . import rows, words
from .parsing import OURS, documents_of, enriched
from .schema import pack, pack_bytes, unpack

Facts = dict[str, Any]
CONSOLIDATED = "van ban hop nhat"
BY_NAME = frozenset(("luat", "bo luat", "phap lenh", "hien phap"))
"""Kinds of instruments that are cited by their name (``Luật Đất đai``): type and title, without diacritics."""


class Named(NamedTuple):
    """What a Document names beside its parts: instruments by id, with what is told of them; programmes, organisations, places by name."""

    instruments: dict[str, Facts]
    programmes: dict[str, Facts]
    organisations: dict[str, str]
    places: dict[str, str]


class Prepared(NamedTuple):
    """One document of a file. ``facts`` are columns of its row, ``json`` is the whole Document, packed."""

    part: int
    instrument: str | None
    facts: Facts
    json: bytes
    rows: rows.Rows
    named: Named
    alias: str | None
    findings: int

    def parsed(self) -> Parsed:
        """The Document itself."""
        return Parsed.from_json(unpack(self.json))


class ToParse(NamedTuple):
    """A file's bytes and its name."""

    data: bytes
    name: str


class PreparedFile(NamedTuple):
    """All documents of a file, and its bytes ``packed``; ``problem`` and ``remedy`` say why there are none."""

    name: str
    sha256: str
    media_type: str
    parser: str
    documents: tuple[Prepared, ...] = ()
    problem: str | None = None
    remedy: str | None = None
    packed: bytes = b""


@cache
def parser_version() -> str:
    """The version of the parser that documents are marked with."""
    try:
        return version("vanban")
    except PackageNotFoundError:
        return "unknown"


def file(data: bytes, name: str, format: str | None = None, linguistic: bool = False) -> PreparedFile:
    """Parse the bytes of a file and make its rows; what is wrong with it is told, not raised."""
    sha256 = hashlib.sha256(data).hexdigest()
    problem, remedy = "", OURS
    try:
        found = tuple(_of_bytes(one, k, name, sha256, len(data)) for k, one in enumerate(documents_of(data, name, format), 1))
        if all(one.source.media_type.startswith("text/") and not one.text.strip() for one in found):
            raise ReadError(name, "tệp không có chữ nào / no text in the file", "Kiểm tra lại tệp gốc / check the original")
        return of_documents(name, sha256, enriched(found, linguistic))._replace(packed=pack_bytes(data))
    except ReadError as error:
        problem, remedy = error.problem, error.remedy
    except ImportError as error:
        problem, _, remedy = str(error).partition(". ")  # it says what is missing, and what to install
    except Exception as error:  # a mistake of ours in one file of thousands must not stop the others
        problem = f"{type(error).__name__}: {error}"
    return PreparedFile(name, sha256, "", parser_version(), (), problem, remedy)


def sent(files: Sequence[ToParse], format: str | None = None, linguistic: bool = False) -> list[bytes]:
    """What :func:`file` gives of each, as it goes from the process that parses to the one that writes. That one makes rows of it
    (:func:`received`) when their turn comes: were they objects at once, a thread would make them while others are written, and each would
    wait for the other.
    """
    return [_sent(one, format, linguistic) for one in files]


def _sent(one: ToParse, format: str | None, linguistic: bool) -> bytes:
    try:
        made = pickle.dumps(file(one.data, one.name, format, linguistic), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # memory that is short for one must not lose the others of a handful
        failed = PreparedFile(one.name, "", "", parser_version(), (), f"{type(error).__name__}: {error}", OURS)
        made = pickle.dumps(failed, pickle.HIGHEST_PROTOCOL)
    return made


def received(sent: bytes) -> PreparedFile:
    """The inverse of what :func:`sent` does; ``sent`` is of an executor of ours, or one that is trusted to run our code."""
    made: PreparedFile = pickle.loads(sent)
    return made


def _of_bytes(parsed: Parsed, part: int, name: str, sha256: str, size: int) -> Parsed:
    """The Document as one of this file: what an exported file (Akoma Ntoso) brings back names the file it was first read from."""
    if parsed.source.sha256 == sha256:
        return parsed
    source = Source(name=name, media_type="application/akn+xml", sha256=sha256, size=size, encoding="utf-8", part=part)
    return msgspec.structs.replace(parsed, source=source, source_map=())


def of_documents(name: str, sha256: str, documents: tuple[Parsed, ...]) -> PreparedFile:
    """Of Documents that are parsed already."""
    media_type = documents[0].source.media_type if documents else ""
    return PreparedFile(name, sha256, media_type, parser_version(), tuple(document(parsed) for parsed in documents))


def document(parsed: Parsed) -> Prepared:
    """One Document."""
    itself = parsed.instrument
    facts = {
        "type": itself.type,
        "number": itself.number,
        "number_key": words.number_key(itself.number or ""),
        "date": itself.date,
        "issuer": itself.issuer,
        "issuer_key": words.name_key(itself.issuer or ""),
        "place": itself.place,
        "effective": itself.effective,
        "title": itself.title,
    }
    by_name = itself.type and itself.title and words.name_key(itself.type) in BY_NAME
    alias = f"{itself.type} {itself.title}" if by_name else None
    json, made = pack(msgspec.json.encode(parsed)), rows.made(parsed)
    return Prepared(parsed.source.part, itself.id, facts, json, made, named(parsed), alias, len(parsed.findings))


def named(parsed: Parsed) -> Named:
    """What a Document names, with what is told of it: by itself first, else where it is mentioned."""
    told: dict[str, Facts] = {}

    def tell(identity: str, **facts: str | None) -> None:
        row = told.get(identity)
        if row is None:
            row = told[identity] = {"type": None, "number": None, "date": None, "issuer": None, "name": ""}
        for name, value in facts.items():
            if value and not row[name]:
                row[name] = value

    itself = parsed.instrument
    if itself.id:
        # a consolidated text is called as the law is, but is not what others mean by that name: no alias, by which citations find it
        name = itself.title if words.name_key(itself.type or "") == CONSOLIDATED else None
        tell(itself.id, type=itself.type, number=itself.number, date=itself.date, issuer=itself.issuer, name=name)
    for c in parsed.citations:
        if c.target and c.scope == "external":
            tell(c.target, type=c.type, number=c.number, date=c.date, issuer=c.issuer, name=c.name)
        elif c.target:
            tell(c.target, name=c.name)
        for identity in c.candidates:
            tell(identity)
    for mandate in parsed.mandates:
        for identity in mandate.implements:
            tell(identity)
    for edge in parsed.edges:
        tell(edge.subject)
        tell(edge.object)
    programmes: dict[str, Facts] = {}
    for programme in parsed.programmes:
        row = programmes.setdefault(programme.name, {"kind": "", "period": None, "issued_by": None})
        row.update({k: v for k in row if (v := getattr(programme, k)) and not row[k]})
        if programme.issued_by:
            tell(programme.issued_by)
    places = {place.name: place.kind for place in parsed.places}
    for mandate in parsed.mandates:
        for name in mandate.programmes:
            programmes.setdefault(name, {"kind": "", "period": None, "issued_by": None})
        for name in mandate.places:
            places.setdefault(name, "")
    for row in told.values():
        row["number_key"] = words.number_key(row["number"] or "")
        row["name_key"] = (words.name_key(row["name"]) or None) if row["name"] else None
    return Named(told, programmes, {one.name: one.kind for one in parsed.organisations}, places)


def identified(instruments: list[str | None]) -> list[bool]:
    """Of the ids of a file's documents, which are the file's one text of an instrument that is wholly told.

    An id with a gap (no date, no issuer) may be that of two instruments, and what one file prints twice may be body and annex: neither
    takes the other's place.
    """
    return [
        identity is not None and UNKNOWN not in identity.split("/") and identity not in instruments[:i]
        for i, identity in enumerate(instruments)
    ]

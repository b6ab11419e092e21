"""The order of the stages, and nothing else."""

from __future__ import annotations

import hashlib

import msgspec

from . import findings
from .aims import mandates, nature, targets
from .citing import citations, doubts, edges, identity, landmarks, programmes, references
from .model import Document, Source
from .reading import Reading
from .register import Register
from .structure import header, outline, repair, zones


def run(
    reading: Reading, data: bytes, name: str, *, part: int = 1, parts: int = 1, register: Register | None = None, aims: bool = True
) -> Document:
    """From what a reader gave to a Document. ``data`` are the bytes of the file, ``name`` its name without a folder.

    ``part`` of ``parts`` tells which of a file's documents this is, where it holds several; ``register`` is where
    cited instruments are looked up. Without ``aims`` mandates, targets and programmes are not looked for, and a finding says so.
    """
    text = reading.text
    paragraphs = repair.paragraphs(reading)
    roles = zones.assign(text, paragraphs)
    nodes = outline.build(text, paragraphs, roles, common=reading.common)
    instrument = header.read(text, paragraphs, roles)
    instrument = msgspec.structs.replace(instrument, id=identity.of_document(instrument))
    places = landmarks.find(text)
    external = citations.find(text, nodes, instrument, places)
    own = references.find(text, nodes, instrument, external, places)
    cited = identity.resolve(sorted((*external, *own), key=lambda c: (c.start, -c.end)), instrument, register)
    settings = nature.Settings(nodes, instrument) if aims else None
    source = Source(
        name=name,
        media_type=reading.media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        encoding=reading.encoding,
        part=part,
    )
    told = [findings.make("document.several", count=parts)] if parts > 1 and part == 1 else []
    if not aims:
        told.append(findings.make("document.plain"))
    return Document(
        source=source,
        text=text,
        instrument=instrument,
        nodes=nodes,
        citations=cited,
        mandates=mandates.find(text, nodes, instrument, cited, settings) if settings else (),
        targets=targets.find(text, nodes, instrument, settings) if settings else (),
        findings=(*reading.findings, *told, *findings.of(text, name, instrument, nodes, doubts.of(cited, instrument, register))),
        source_map=reading.source_map,
        furniture=reading.furniture,
        edges=edges.find(text, cited),
        programmes=programmes.find(text, nodes, cited, places) if settings else (),
    )

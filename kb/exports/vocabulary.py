"""The words of linked data: prefixes, the base of ids, the vocabulary and the shapes. Loads no library."""

from __future__ import annotations

from importlib import resources

BASE = "urn:vanban:"
PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "frbr": "http://purl.org/vocab/frbr/core#",
    "org": "http://www.w3.org/ns/org#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vb": "urn:vanban:ns:",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def definitions() -> dict[str, str]:
    """The vocabulary and the shapes, by file name."""
    return {name: (resources.files(__package__) / name).read_text(encoding="utf-8") for name in ("vocabulary.ttl", "shapes.ttl")}

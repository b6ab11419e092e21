"""The document format: round trips, and its published schema, which every parse fits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from conservation import Parsed

from vanban.parser import Document, json_schema, parse_text
from vanban.parser.model import Citation, Run, Source

ROOT = Path(__file__).parents[1]
RENEW = (
    "renew it with: .venv/bin/python -c 'import json, vanban.parser as p; print(json.dumps(p.json_schema(), ensure_ascii=False, indent=2))'"
    " > docs/document.schema.json"
)
TEXTS = (
    "", "   \n\n", "Điều 1. Thông qua kế hoạch năm 2024.", "không có gì",
    "NGHỊ QUYẾT\nVề việc A\nCăn cứ Luật Đất đai ngày 18 tháng 01 năm 2024;\nQUYẾT NGHỊ:\nĐiều 1. Thực hiện Nghị quyết số 19-NQ/TW.\n"
    "1. Tỷ lệ che phủ rừng: Từ 46% trở lên;\na) Giao Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết này trước ngày 30/6/2024.\n",
)  # fmt: skip


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json.loads((ROOT / "docs" / "document.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def plain(schema: Any) -> Any:
    """A schema as JSON has it, blanks in descriptions alike: since Python 3.13 docstrings have no indentation."""
    if isinstance(schema, dict):
        return {key: " ".join(value.split()) if key == "description" else plain(value) for key, value in schema.items()}
    return [plain(value) for value in schema] if isinstance(schema, list | tuple) else schema


def test_the_published_schema_is_the_generated_one() -> None:
    file = ROOT / "docs" / "document.schema.json"
    assert file.is_file(), f"docs/document.schema.json is missing; {RENEW}"
    assert plain(json.loads(file.read_text(encoding="utf-8"))) == plain(json_schema()), (
        f"docs/document.schema.json differs from the records; {RENEW}"
    )


def test_the_seed_goes_to_json_and_back(seed_document: Document) -> None:
    assert Document.from_json(seed_document.to_json()) == seed_document
    assert Document.from_json(seed_document.to_json(indent=2).encode()) == seed_document
    assert json.loads(seed_document.to_json()) == json.loads(json.dumps(seed_document.to_dict()))


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_goes_to_json_and_back_and_fits_the_schema(text: str, validator: Any) -> None:
    document = parse_text(text, name="x")
    assert Document.from_json(document.to_json()) == document
    validator.validate(json.loads(document.to_json()))


def test_every_document_at_hand_fits_the_schema_and_goes_to_json_and_back(shared: Path, parsed: Parsed, validator: Any) -> None:
    held = 0
    for folder in ("corpus", "corpus-more"):
        for file in sorted((shared / folder).iterdir()):
            if isinstance(document := parsed(file), Document):
                held += 1
                assert Document.from_json(document.to_json()) == document, file.name
                assert list(validator.iter_errors(json.loads(document.to_json()))) == [], file.name
    assert held > 10


def test_the_seed_fits_the_schema(seed_document: Document, validator: Any) -> None:
    validator.validate(json.loads(seed_document.to_json()))


def test_the_json_has_the_names_of_the_document_format(seed_document: Document) -> None:
    plain = seed_document.to_dict()
    assert plain["format"] == "vanban-document/1"
    assert set(plain) >= {"format", "source", "text", "instrument", "nodes", "citations", "mandates", "indicators", "findings"}
    assert set(plain["source"]) >= {"name", "media_type", "sha256", "size"}
    assert set(plain["instrument"]) >= {"id", "type", "number", "date", "issuer", "place", "title", "effective", "signers"}
    assert set(plain["nodes"][0]) >= {"id", "parent", "kind", "label", "heading", "text", "start", "end", "page"}
    wanted = {"node", "start", "end", "text", "scope", "type", "number", "name", "date", "issuer", "provision", "relation", "target"}
    assert set(plain["citations"][0]) >= wanted | {"target_node"}
    assert set(plain["mandates"][0]) >= {"node", "start", "end", "text", "kind", "actors", "responsible", "deadline", "actions"}
    wanted = {"node", "start", "end", "text", "name", "comparator", "value", "value_max", "unit", "change", "period"}
    assert set(plain["indicators"][0]) >= wanted


def test_a_wrong_document_is_refused_with_the_field_named() -> None:
    with pytest.raises(msgspec.ValidationError, match="source"):
        Document.from_json("{}")
    with pytest.raises(msgspec.ValidationError, match=r"scope"):
        msgspec.convert({"node": None, "start": 0, "end": 1, "text": "x", "scope": "elsewhere"}, Citation)


def test_records_cannot_be_changed(seed_document: Document) -> None:
    with pytest.raises(AttributeError):
        seed_document.text = "x"  # type: ignore[misc]


def test_to_source_leads_into_the_file_or_says_that_the_reader_set_it() -> None:
    runs = (Run(0, 2, 3), Run(4, 9, 2))
    source = Source(name="x", media_type="text/plain", sha256="", size=0)
    document = msgspec.structs.replace(parse_text("abc\nde", name="x"), source=source, source_map=runs)
    assert [document.to_source(offset) for offset in range(-1, 8)] == [None, 2, 3, 4, None, 9, 10, None, None]

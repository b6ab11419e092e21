"""The diagram of the tables (Mermaid), made from the models: ``scripts/schema`` writes it into docs/schema.md."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import ForeignKeyConstraint, Table

from . import VERSION, Base, ddl

SUBJECTS = {
    "Nguồn và phiên bản / sources and versions": ("vanban_schema", "source_files", "documents"),
    "Văn bản và quan hệ / instruments and relations": ("instruments", "instrument_aliases", "register_facts", "edges"),
    "Nội dung và viện dẫn / text and citations": ("nodes", "citations", "candidates", "findings"),
    "Nhiệm vụ và chỉ tiêu / mandates and targets": (
        "mandates", "mandate_actors", "mandate_actions", "mandate_acts", "mandate_instruments", "mandate_programmes", "mandate_places",
        "mandate_phrases", "targets",
    ),
    "Tổ chức, địa danh, chương trình / organisations, places, programmes": (
        "organisations", "organisation_mentions", "places", "place_mentions", "programmes", "programme_mentions",
    ),
    "Chỉ mục và số đếm / indexes and counts": ("node_words", "mandate_words", "target_words", "tallies"),
    "Việc đã làm / work done": ("reviews", "resolution_changes", "audit"),
}  # fmt: skip
"""Which table stands in which diagram."""

_HEAD = """# The tables

Made from the models in `kb/schema/` by `scripts/schema`; do not edit. This is version {version}. What the tables promise stands in the
models' own words and constraints; what belongs to a document is keyed by it and by its place in it, and goes with it.
`node_words`, `mandate_words` and `target_words` have one row a node, mandate, target; `rowid` tells its document and place, in the order of
answers. On SQLite they are full-text tables that keep no text, on PostgreSQL text with `tsvector` columns.
`relations` is a view: which instrument stands how to which, read off `citations` (where `subject_key` is told) and `edges`.
"""


def page() -> str:
    """docs/schema.md."""
    known = Base.metadata.tables
    shown = {name for names in SUBJECTS.values() for name in names}
    assert shown == set(known), f"each table stands in one diagram: {sorted(shown ^ set(known))}"
    parts = [_HEAD.format(version=VERSION)]
    for subject, names in SUBJECTS.items():
        lines = ["erDiagram"]
        for name in names:
            lines += _table(known[name]) + _references(known[name])
        parts.append("\n".join([f"## {subject}", "", "```mermaid", *lines, "```", ""]))
    return "\n".join(parts)


def _table(table: Table) -> list[str]:
    referring = {column.name for fk in table.foreign_key_constraints for column in fk.columns}
    lines = [f"    {table.name} {{"]
    for column in table.columns:
        kind = type(column.type).__name__.lower().removeprefix("_")
        marks = ", ".join(mark for mark, true in (("PK", column.primary_key), ("FK", column.name in referring)) if true)
        note = ' "may be empty"' if column.nullable else ""
        lines.append(f"        {kind} {column.name} {marks}".rstrip() + note)
    return [*lines, "    }"]


def _references(table: Table) -> list[str]:
    lines = []
    for constraint in sorted(table.foreign_key_constraints, key=_columns):
        many = "|o" if any(column.nullable for column in constraint.columns) else "||"
        lines.append(f"    {constraint.referred_table.name} {many}--o{{ {table.name} : {_columns(constraint)}")
    return lines


def _columns(constraint: ForeignKeyConstraint) -> str:
    return "_".join(column.name for column in constraint.columns if column.name != "document_id") or "document_id"


def main() -> None:
    """Write the page and the statements of this version."""
    root = Path(__file__).parents[2]
    (root / "docs" / "schema.md").write_text(page(), encoding="utf-8")
    for dialect in ddl.DIALECTS:
        (root / "kb" / "migrations" / "ddl" / f"{VERSION}.{dialect}.sql").write_text(ddl.script(dialect), encoding="utf-8")


if __name__ == "__main__":
    main()

"""The walls of docs/architecture.md: which room may import which, read from the sources and from a fresh process."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STDLIB = frozenset(sys.stdlib_module_names)
NETWORK_AND_SCREEN = frozenset(
    ("socket", "socketserver", "ssl", "http", "urllib.request", "urllib3", "requests", "httpx", "ftplib", "smtplib", "asyncio", "xmlrpc",
     "webbrowser", "tkinter", "curses", "sqlite3", "dbm", "sqlalchemy", "psycopg", "click", "rich")
)  # fmt: skip
FORMAT_LIBRARIES = frozenset(("lxml", "pypdfium2", "PIL", "viparse"))
LANGUAGE_LIBRARIES = frozenset(("spacy", "underthesea"))
HEAVY = ("spacy", "underthesea", "sqlalchemy", "lxml", "pypdfium2", "PIL", "viparse", "click", "numpy", "torch")
PUBLIC = frozenset(
    f"vanban.parser{name}"
    for name in (
        "",
        ".model",
        ".writers",
        ".fold",
        ".names.bodies",
        ".names.symbols",
        ".names.works",
        ".citing.identity",
        ".register",
        ".enrich",
        ".compare",
    )
)
"""What the knowledge base may use of the parser: its verbs, its records, its writers, and how numbers, names, bodies and ids are written."""

MAY_USE = {
    "__init__": {"citing", "model", "reading", "register", "pipeline", "readers", "structure", "writers", "enrich", "compare", "language"},
    "model": set(),
    "fold": set(),
    "tables": set(),
    "reading": {"model"},
    "syllables": {"tables"},
    "akoma": {"model"},
    "readers": {"reading", "model", "tables", "fold", "syllables", "akoma"},
    "names": {"tables", "fold"},
    "register": {"names", "tables", "fold"},
    "structure": {"names", "reading", "model", "tables", "fold"},
    "citing": {"names", "model", "tables", "fold", "findings", "register"},
    "aims": {"names", "model", "tables", "fold"},
    "findings": {"names", "model", "tables", "syllables"},
    "pipeline": {"aims", "citing", "findings", "model", "reading", "register", "structure"},
    "writers": {"model", "tables", "akoma"},
    "language": {"model", "names", "tables", "fold", "enrich", "__init__"},
    "enrich": {"model", "names", "aims", "tables", "fold", "language"},
    "compare": {"model", "fold"},
}
"""Each room of the parser with the rooms it may use besides itself: the table of docs/architecture.md."""


def package_of(file: Path) -> list[str]:
    return ["vanban", *file.parent.relative_to(ROOT).parts]


def imported(file: Path, *, typing_too: bool = True) -> set[str]:
    """The modules that a source names in its imports, those inside functions too; ``from a import b`` names ``a.b`` if that is one."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    if not typing_too:
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
                node.body = []
    found = set()
    package = package_of(file)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{module}.{alias.name}"
                found.add(inner if is_module(inner) else module)
    return found


def at_loading(file: Path) -> set[str]:
    """The modules that a package's ``__init__`` names in imports outside functions."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    package = ".".join(package_of(file))
    return {f"{package}.{node.module}" for node in body if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module}


def is_module(name: str) -> bool:
    parts = name.split(".")
    if parts[0] != "vanban":
        return False
    place = ROOT.joinpath(*parts[1:])
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def third_party(names: set[str]) -> set[str]:
    return {name.split(".")[0] for name in names} - STDLIB - {"vanban"}


def of_parser(names: set[str]) -> set[str]:
    """The parser's modules among the names, without ``vanban.parser.``; the package itself is the empty string."""
    return {name.removeprefix("vanban.parser").lstrip(".") for name in names if (name + ".").startswith("vanban.parser.")}


@pytest.mark.parametrize("file", files("parser"), ids=lambda file: str(file.relative_to(ROOT)))
def test_the_parser_knows_no_knowledge_base_network_or_screen(file: Path) -> None:
    names = imported(file, typing_too=False)
    assert not [name for name in names if name.startswith("vanban.kb")]
    assert not [name for name in names if name in NETWORK_AND_SCREEN or name.split(".")[0] in NETWORK_AND_SCREEN]
    allowed = {"msgspec"} | {"readers": FORMAT_LIBRARIES, "writers": FORMAT_LIBRARIES, "language": LANGUAGE_LIBRARIES}.get(
        file.parent.name, frozenset()
    )
    assert third_party(names) <= allowed


@pytest.mark.parametrize("file", files("parser"), ids=lambda file: str(file.relative_to(ROOT)))
def test_each_room_of_the_parser_uses_what_it_may(file: Path) -> None:
    place = file.relative_to(ROOT / "parser").with_suffix("").parts
    used = {name.split(".")[0] or "__init__" for name in of_parser(imported(file))}
    assert used - {place[0]} <= MAY_USE[place[0]]


def test_no_module_of_the_parser_imports_itself_in_a_ring() -> None:
    graph = {}
    for file in files("parser"):
        name = ".".join(file.relative_to(ROOT / "parser").with_suffix("").parts).removesuffix("__init__").rstrip(".")
        # The package's verbs use its rooms inside functions, and the linguistic layer uses the verbs: what counts is what loading it needs.
        graph[name] = of_parser(imported(file) if name else at_loading(file)) - {name}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " → ".join((*above, name))
        if name not in done:
            for below in sorted(graph.get(name, ())):
                # a package's __init__ is not what its modules use of it
                if not (above and below == name.rpartition(".")[0]):
                    visit(below, (*above, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())
    assert {"model", "pipeline", "readers.markdown"} <= done


def test_the_lexicon_holds_no_code() -> None:
    found = sorted((ROOT / "parser" / "lexicon").iterdir())
    assert found
    assert [file.name for file in found if file.suffix not in (".tsv", ".md")] == []


@pytest.mark.parametrize("file", files("kb"), ids=lambda file: str(file.relative_to(ROOT)))
def test_the_knowledge_base_uses_the_parser_s_public_modules(file: Path) -> None:
    used = {name for name in imported(file) if (name + ".").startswith("vanban.parser.")}
    assert used <= PUBLIC


def test_the_command_line_calls_public_verbs() -> None:
    own = {
        "vanban.kb",
        *(f"vanban.kb.{name}" for name in ("records", "render", "parsing", "words", "exports", "exports.vocabulary", "exports.sparql")),
    }
    own |= {f"vanban.kb.{room}.{file.stem}" for room in ("cli", "render", "records") for file in files(f"kb/{room}")}
    for file in [*files("kb/cli"), *files("kb/render")]:
        names = imported(file, typing_too=False)
        assert {used for used in names if used.startswith("vanban.")} <= PUBLIC | own
        assert third_party(names) <= {"click", "msgspec"}


def fresh(statement: str) -> list[str]:
    """The modules that a new process holds after a statement."""
    done = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"], capture_output=True, check=True
    )
    names: list[str] = json.loads(done.stdout)
    return names


def test_importing_the_parser_loads_nothing_heavy() -> None:
    loaded = fresh("import vanban.parser")
    assert "vanban.parser" in loaded
    assert [name for name in loaded if name.split(".")[0] in HEAVY] == []
    assert [name for name in loaded if name.startswith("vanban.parser.readers")] == [], "readers are loaded when used"


def test_parsing_text_loads_no_format_library() -> None:
    loaded = fresh("from vanban.parser import parse_text; parse_text('Điều 1. Thông qua.', name='x', format='markdown')")
    assert [name for name in loaded if name.split(".")[0] in HEAVY] == []


def test_importing_the_knowledge_base_loads_no_database() -> None:
    assert [name for name in fresh("import vanban.kb") if name.split(".")[0] in HEAVY] == []

"""docs/linguistic.md does what it says: its Python and its commands are run and give what it shows."""

from __future__ import annotations

import doctest
import os
import re
import shutil
from pathlib import Path

import pytest
import samples

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "linguistic.md"
_BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


def test_the_page_shows_what_is_given(
    seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for library in ("spacy", "underthesea"):
        pytest.importorskip(library, reason=f"{library} is not installed: pip install 'vanban[nlp]'")
    (tmp_path / "data" / "raw").mkdir(parents=True)
    shutil.copy(seed, tmp_path / "data" / "raw")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("VANBAN_DATABASE_URL", "data/vanban.sqlite")

    blocks = _BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    if os.environ.get("VANBAN_UPDATE_DOCS"):
        PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
        blocks = _BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "linguistic", str(PAGE), 0)
    assert len(test.examples) > 25
    assert all(example.want or not example.source.startswith(("[", "len(", "sorted(", "doc.")) for example in test.examples), "shown"
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE, verbose=False)
    report: list[str] = []
    runner.run(test, out=report.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(report)

    capfd.readouterr()
    now, held, run = samples.rerun(PAGE, lambda: [line for stream in capfd.readouterr() for line in stream.splitlines()])
    assert now == held, "renew with VANBAN_UPDATE_DOCS=1 .venv/bin/python -m pytest tests/test_linguistic.py, and read the change"
    assert run == {"ingest", "mandates", "targets", "compare"}


def renewed(page: str) -> str:
    """The page with what each Python expression gives today."""
    globs: dict[str, object] = {}

    def again(block: re.Match[str]) -> str:
        lines = []
        for example in doctest.DocTestParser().get_examples(block[1]):
            first, *rest = example.source.rstrip("\n").split("\n")
            lines += [f">>> {first}", *(f"... {line}" for line in rest)]
            try:
                code = compile(example.source.strip(), "linguistic", "eval")
            except SyntaxError:
                exec(example.source, globs)
                continue
            value = eval(code, globs)
            lines += [repr(value)] if value is not None else []
        return "```python\n" + "\n".join(lines) + "\n```"

    return _BLOCK.sub(again, page)

"""The spaCy pipeline: tokens that rebuild the text, spans that lead to records, and what spaCy users do with a pipeline."""

from __future__ import annotations

import pickle
import random
import tomllib
from collections.abc import Iterator, Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.parser import Document, ReadError, enrich, nlp, parse, parse_all, parse_text, tables
from vanban.parser.language import records, segmenting, to_doc
from vanban.parser.language.places import Places

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'vanban[nlp]'")
pytest.importorskip("underthesea", reason="underthesea is not installed: pip install 'vanban[nlp]'")
from spacy.tokens import DocBin  # noqa: E402

from vanban.parser.language import components, phrases  # noqa: E402

SHORT = "Điều 2. Giao Sở Tài chính tỉnh Phú Yên thực hiện Nghị quyết số 04/2021/NQ-HĐND ngày 23/7/2021:\n\na) Giải ngân 100% kế hoạch vốn;\n1.1. Rà soát."


@pytest.fixture(scope="module")
def pipeline() -> Any:
    return nlp()


class _Anything:
    """In place of the model: joins words at random, so that the tests see every way to cut a text."""

    def __init__(self) -> None:
        self._random = random.Random(7)

    def predict(self, words: Sequence[str]) -> list[str]:
        assert all(word.strip() for word in words), "the model fails on an empty form"
        return [self._random.choice(("B-W", "I-W")) for _ in words]


@pytest.fixture
def any_model(monkeypatch: pytest.MonkeyPatch) -> None:
    model = _Anything()
    monkeypatch.setattr(segmenting, "_segmenter", lambda: model)


def files(shared: Path) -> Iterator[Path]:
    for folder in ("corpus", "corpus-more"):
        yield from sorted(file for file in (shared / folder).iterdir() if file.is_file() and file.suffix not in (".doc", ".rtf"))


def test_tokens_rebuild_every_document(shared: Path, any_model: None) -> None:
    pipeline = nlp()
    seen = 0
    for file in files(shared):
        try:
            documents = parse_all(file)
        except ReadError:
            continue
        for document in documents:
            doc = to_doc(document, pipeline)
            assert doc.text == document.text
            assert "".join(token.text_with_ws for token in doc) == document.text
            tokens = {token.idx: token.text for token in doc}
            for node in document.nodes:
                if node.label and document.text.startswith(node.label, node.start):
                    assert tokens[node.start] == node.label
            for name in ("nodes", "mandates", "targets", "organisations", "places"):
                for span in doc.spans[name]:
                    record = span._.vanban
                    assert span.text == document.text[record.start : record.end].strip()
            seen += 1
    assert seen > 20


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("aàĐđ1/.-()%,;:\n \t\u00a0\u200b\u00ad\u0301“”…"), st.characters(exclude_categories=["Cs"])),
        max_size=60,
    )
)
@settings(max_examples=150, deadline=None)
def test_words_hold_all_but_white_space(text: str) -> None:
    end = 0
    held = segmenting._segmenter
    segmenting._segmenter = lambda: _Anything()  # type: ignore[assignment]
    try:
        for start, stop in segmenting.words(text, breaks=[len(text) // 2], cuts=[len(text) // 3]):
            assert start >= end
            assert text[end:start].strip() == ""
            assert start < stop
            end = stop
        assert text[end:].strip() == ""
    finally:
        segmenting._segmenter = held


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
@settings(max_examples=60, deadline=None)
def test_the_model_takes_any_text(text: str) -> None:
    assert "".join("".join(text[a:b].split()) for a, b in segmenting.words(text)) == "".join(text.split())


def test_words_are_those_of_the_language(pipeline: Any) -> None:
    doc = pipeline(SHORT)
    words = [token.text for token in doc]
    assert doc.text == SHORT
    assert words[0] == "Điều 2."
    assert {"04/2021/NQ-HĐND", "23/7/2021", "a)", "1.1.", "Nghị quyết", "Phú Yên", "kế hoạch", "100"} <= set(words)


def test_no_word_goes_over_an_edge() -> None:
    text = "Ủy ban nhân dân tỉnh"
    whole = segmenting.words(text)
    assert (3, 15) in whole, "ban nhân dân"
    assert [text[a:b] for a, b in segmenting.words(text, cuts=[7])][:3] == ["Ủy", "ban", "nhân dân"]
    assert [text[a:b] for a, b in segmenting.words(text, cuts=[6])][:3] == ["Ủy", "ban", "nhân dân"], "an edge before the blank"
    assert segmenting.words(text, whole=[(0, len(text))]) == [(0, len(text))]


def test_a_word_broken_by_a_line_is_one_word(pipeline: Any) -> None:
    text = "Điều 1. Thông qua kế hoạch phát triển kinh\ntế của tỉnh trong các năm tới."
    document = parse_text(text)
    doc = pipeline(text)
    assert doc.text == text
    assert [token.norm_ for token in doc if "\n" in token.text] in (["kinh tế"], ["\n"]), document.nodes


def test_spans_lead_to_records(pipeline: Any, seed_document: Document) -> None:
    doc = to_doc(seed_document, pipeline)
    assert doc.text == seed_document.text
    assert doc._.vanban == enrich(seed_document, phrases=False)
    assert set(doc.spans) == set(records.GROUPS)
    assert len(doc.spans["mandates"]) == len(seed_document.mandates)
    assert len(doc.spans["targets"]) == len(seed_document.targets)
    assert len(doc.spans["citations"]) == len(seed_document.citations)
    assert len(doc.spans["nodes"]) == sum(1 for node in seed_document.nodes if node.start < node.end)
    for group in records.GROUPS:
        for span in doc.spans[group]:
            record = span._.vanban
            assert span.text == doc.text[record.start : record.end].strip()
    citation = next(span for span in doc.spans["citations"] if span._.vanban.number == "117/NQ-CP")
    assert citation.label_ == "implements"
    assert citation.kb_id_ == citation._.vanban.target
    assert {span.kb_id_ for span in doc.spans["organisations"]} >= {"Ủy ban nhân dân tỉnh Thái Nguyên"}
    target = next(span for span in doc.spans["targets"] if "che phủ rừng" in span._.vanban.name)
    assert target.text == "46%"


def test_markdown_keeps_its_marks_and_its_places() -> None:
    text = "## **Điều 2.** Giao *Sở Tài chính* thực hiện Nghị quyết số **04/2021/NQ-HĐND**.\n"
    doc = nlp(format="markdown")(text)
    assert doc.text == text
    assert doc._.vanban.text != text
    assert [span.text for span in doc.spans["citations"]] == ["Nghị quyết số **04/2021/NQ-HĐND"]
    assert doc.spans["nodes"][0]._.vanban.label == "Điều 2."


def test_a_blank_pipeline_with_our_factory_and_another_tokenizer() -> None:
    other = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    other.add_pipe("vanban_parser", config={"prefix": "vb_", "organisations": False})
    doc = other("Điều 2. Giao Sở Tài chính thực hiện Nghị quyết 04/2021/NQ-HĐND.")
    assert [span.text for span in doc.spans["vb_citations"]] == ["Nghị quyết 04/2021/NQ-HĐND."], "a token of the other tokenizer, whole"
    assert len(doc.spans["vb_organisations"]) == 0
    with pytest.raises(ValueError, match="phrases"):
        other.add_pipe("vanban_parser", name="second", config={"phrases": "yes please"})


def test_entry_points_are_declared_and_registered(root: Path) -> None:
    declared = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert set(declared) == {"spacy_factories", "spacy_tokenizers"}
    for group, points in declared.items():
        for name, value in points.items():
            assert EntryPoint(name, value, group).load() in (components.create_parser, components.create_tokenizer)
    installed = {point.name: point.value for group in declared for point in entry_points(group=group)}
    if "vanban_parser" not in installed:
        pytest.skip("vanban was installed before it had entry points: python -m pip install --no-deps --no-build-isolation -e .")
    assert installed | declared["spacy_factories"] | declared["spacy_tokenizers"] == installed


def test_a_doc_is_kept_whole(pipeline: Any, tmp_path: Path) -> None:
    from spacy.tokens import Doc, DocBin

    doc = pipeline(SHORT)
    kept = next(DocBin(store_user_data=True, docs=[doc]).get_docs(pipeline.vocab))
    binary = tmp_path / "docs.spacy"
    DocBin(store_user_data=True, docs=[doc]).to_disk(binary)
    again = Doc(spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}}).vocab).from_bytes(doc.to_bytes())
    doc.to_disk(tmp_path / "doc")
    from_disk = Doc(pipeline.vocab).from_disk(tmp_path / "doc")
    for other in (kept, again, from_disk, next(DocBin().from_disk(binary).get_docs(pipeline.vocab))):
        assert other.text == doc.text
        assert other._.vanban == doc._.vanban
        for group in records.GROUPS:
            assert [(s.text, s.label_, s.kb_id_, s._.vanban) for s in other.spans[group]] == [
                (s.text, s.label_, s.kb_id_, s._.vanban) for s in doc.spans[group]
            ]
    assert [span.text for span in doc.spans["organisations"]] == ["Sở Tài chính tỉnh Phú Yên"]
    assert [span.kb_id_ for span in doc.spans["places"]] == ["tỉnh Phú Yên"]


def test_a_pipeline_is_kept_whole(pipeline: Any, tmp_path: Path) -> None:
    markdown = nlp(format="markdown", prefix="x_")
    markdown.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again.tokenizer.format == "markdown"
    doc, other = again("**Điều 1.** Giao Sở Y tế"), markdown("**Điều 1.** Giao Sở Y tế")
    assert [span.text for span in doc.spans["x_nodes"]] == [span.text for span in other.spans["x_nodes"]] != []
    assert [t.text for t in pickle.loads(pickle.dumps(pipeline))(SHORT)] == [t.text for t in pipeline(SHORT)]
    doc = spacy.util.load_model_from_config(pipeline.config, auto_fill=True)(SHORT)
    assert len(doc.spans["citations"]) == 1


def test_two_processes_give_what_one_gives(pipeline: Any) -> None:
    texts = [SHORT, "Điều 1. Thông qua kế hoạch.", ""] * 2
    one = list(pipeline.pipe(texts))
    two = list(pipeline.pipe(texts, n_process=2, batch_size=2))
    assert [doc.text for doc in two] == texts
    assert [doc._.vanban for doc in two] == [doc._.vanban for doc in one]
    assert [[s.text for s in doc.spans["nodes"]] for doc in two] == [[s.text for s in doc.spans["nodes"]] for doc in one]


def _rows(column: str) -> list[tuple[str, str]]:
    cells = [cell for row in tables.rows("phrases") for cell in tables.values(row[column])]
    return [(text.strip(), phrase.strip()) for text, _, phrase in (cell.partition("=>") for cell in cells)]


def _phrases(text: str) -> tuple[str, ...]:
    return phrases.phrases([text[a:b] for a, b in segmenting.words(text)])


@pytest.mark.parametrize(("text", "phrase"), _rows("examples"))
def test_a_key_phrase(text: str, phrase: str) -> None:
    assert phrase in _phrases(text)


@pytest.mark.parametrize(("text", "phrase"), _rows("counterexamples"))
def test_no_key_phrase(text: str, phrase: str) -> None:
    assert phrase.casefold() not in [found.casefold() for found in _phrases(text)]


def test_phrases_are_the_same_from_the_pipeline_and_from_enrich(seed_document: Document) -> None:
    doc = to_doc(seed_document, nlp(phrases=True))
    enriched = enrich(seed_document)
    assert doc._.vanban.mandates == enriched.mandates
    held = [mandate.phrases for mandate in enriched.mandates]
    assert sum(map(bool, held)) > len(held) * 0.9, "most mandates have some"
    assert max(map(len, held)) <= 12
    assert any("chương trình mục tiêu quốc gia" in found for found in held)


def test_mistakes_are_numbered(pipeline: Any) -> None:
    with pytest.raises(ValueError, match=r"\[V003\].* 5 "):
        pipeline("Điều \ud800 1.")
    with pytest.raises(TypeError, match=r"\[V004\].*str"):
        pipeline.make_doc("Điều 1.")._.vanban = "Điều 1."
    with pytest.raises(ValueError, match=r"\[V005\].*pdf"):
        nlp(format="pdf")  # type: ignore[arg-type]


def test_a_text_in_an_old_encoding_is_told(pipeline: Any) -> None:
    text = "§iÒu 1. Héi ®ång nh©n d©n tØnh quyÕt nghÞ th«ng qua kÕ ho¹ch ph¸t triÓn kinh tÕ - x· héi n¨m 2003.\n" * 4
    if parse_text(text).text == text:
        pytest.skip("this text is not taken for TCVN3")
    with pytest.warns(UserWarning, match=r"\[V101\]"):
        doc = pipeline(text)
    assert doc.text == text
    assert len(doc.spans["nodes"]) == 0
    assert doc._.vanban.nodes


def test_a_place_outside_the_text_is_none(seed: Path) -> None:
    document = parse(seed)
    places = Places(document, seed.read_text(encoding="utf-8"))
    assert places.fits
    assert places.span(0, 0) is None
    assert places.span(len(document.text), len(document.text) + 5) is None


def test_a_doc_without_its_records_says_so(pipeline: Any) -> None:
    doc = pipeline(SHORT)
    bare = next(DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(pipeline.vocab))
    with pytest.warns(UserWarning, match=r"\[V102\].*store_user_data=True"):
        assert bare.spans["organisations"][0]._.vanban is None
    assert doc[0:2]._.vanban is None, "a span of one's own has no record, and no warning"
    whole = next(DocBin().from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes()).get_docs(spacy.blank("xx").vocab))
    assert whole.spans["organisations"][0]._.vanban == doc.spans["organisations"][0]._.vanban


def test_docs_put_together_keep_their_spans(pipeline: Any) -> None:
    doc = pipeline(SHORT)
    with pytest.warns(UserWarning, match="W101"):  # spaCy leaves extensions of a Doc behind, in few words
        both = spacy.tokens.Doc.from_docs([doc, doc])
    assert [span.text for span in both.spans["citations"]] == 2 * [span.text for span in doc.spans["citations"]]


def test_a_doc_stored_by_an_earlier_version_is_read(pipeline: Any) -> None:
    doc = pipeline(SHORT)
    kept = doc._.vanban
    doc.user_data["vanban"] = doc.user_data.pop(records.KEY)
    assert doc._.vanban == kept


def test_who_is_to_act_is_no_key_phrase() -> None:
    document = enrich(parse_text("Điều 1. Giao Sở Y tế tỉnh Phú Yên chủ trì đẩy mạnh công tác quản lý thị trường thuốc."))
    assert document.mandates[0].phrases == ("công tác quản lý thị trường thuốc",)

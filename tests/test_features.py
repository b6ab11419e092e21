"""What the models look at is what underthesea's own featurizer gives them, less what they have no weight for."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.parser import Document
from vanban.parser.language import models, segmenting
from vanban.parser.language.features import Features, UnknownModelError, attributes

underthesea = pytest.importorskip("underthesea", reason="underthesea is not installed: pip install 'vanban[nlp]'")
joblib = pytest.importorskip("joblib")
MODELS = (("word_tokenize", "ws_crf_vlsp2013_20230727"), ("pos_tag", "pos_crf_vlsp2013_20230303"))
WORDS = st.text(
    st.one_of(st.sampled_from("aAàĐđ1290²١ǅßİ-+./ "), st.characters(exclude_categories=["Cs", "Zs", "Zl", "Zp", "Cc"])),
    min_size=1,
    max_size=6,
).filter(lambda word: bool(word.strip()) and word == " ".join(word.split()))


def folder(task: str, name: str) -> Path:
    return Path(underthesea.__file__).parent / "pipeline" / task / "models" / name


@pytest.fixture(scope="module", params=MODELS, ids=[task for task, _ in MODELS])
def both(request: pytest.FixtureRequest) -> tuple[Features, Any, set[str]]:
    """Our features, underthesea's tagger, and what the model has weights for."""
    from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger

    place = folder(*request.param)
    theirs = FastCRFSequenceTagger()
    theirs.load(str(place))
    known = attributes((place / "models.bin").read_bytes())
    return Features(joblib.load(place / "features.bin"), joblib.load(place / "dictionary.bin"), known), theirs, set(known)


def same(both: tuple[Features, Any, set[str]], words: list[str]) -> None:
    ours, theirs, known = both
    full = theirs.featurizer.process([[[word] for word in words]])[0]
    assert [sorted(row) for row in ours.of(words)] == [sorted(feature for feature in row if feature in known) for row in full]
    assert theirs.estimator.tag(ours.of(words)) == theirs.estimator.tag(full)


def test_the_words_of_the_seed(both: tuple[Features, Any, set[str]], seed_document: Document) -> None:
    for node in seed_document.nodes[:80]:
        if words := [segmenting.form(word) for word in node.text.split()]:
            same(both, words)
    same(both, ["2147483647", "2147483648", "-5", "00", "Độc lập", "HỘI ĐỒNG", "Hội"])


@given(words=st.lists(WORDS, min_size=1, max_size=7))
@settings(max_examples=200, deadline=None)
def test_any_words(both: tuple[Features, Any, set[str]], words: list[str]) -> None:
    same(both, words)


def test_a_model_of_another_make_is_left_to_underthesea(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["Hội", "đồng", "nhân", "dân", "tỉnh", "Thái", "Nguyên", "giao", "Ủy", "ban", "nhân", "dân"]
    ours = models.load(*MODELS[0])

    def none(*_: Any) -> list[str]:
        raise UnknownModelError("T[0].suffix")

    monkeypatch.setattr(models, "attributes", none)
    theirs = models.load(*MODELS[0])
    assert isinstance(theirs, models.Whole)
    assert not isinstance(ours, models.Whole)
    assert theirs.predict(words) == ours.predict(words)


@pytest.mark.parametrize("template", ["T[0].suffix", "T[0,4]", "T[1,0]", "word", "T[0]+T[1]"])
def test_a_template_of_another_kind_is_told(template: str) -> None:
    with pytest.raises(UnknownModelError, match=r"[Tw]"):
        Features(["T[0]", template], (), ["T[0]=a"])


@pytest.mark.parametrize(
    "data", [b"", b"lCRF", bytes(80), struct.pack("<4sI4s8I", b"lCRF", 60, b"FOMC", 100, 0, 2, 9, 48, 48, 48, 48) + bytes(90)]
)
def test_a_file_that_is_no_model_is_told(data: bytes) -> None:
    with pytest.raises(UnknownModelError):
        attributes(data)


def test_what_was_looked_up_can_be_dropped() -> None:
    features = Features(
        ["T[0]", "T[-1,0].lower", "T[0].istitle"], (), ["T[0]=Sở", "T[-1,0].lower=sở y", "T[0].istitle=True", "T[-1,0].lower=BOS"]
    )
    found = features.of(["Sở", "Y", "tế"])
    assert [sorted(row) for row in found] == [
        ["T[-1,0].lower=BOS", "T[0].istitle=True", "T[0]=Sở"],
        ["T[-1,0].lower=sở y", "T[0].istitle=True"],
        [],
    ]
    features.forget()
    assert features.of(["Sở", "Y", "tế"]) == found

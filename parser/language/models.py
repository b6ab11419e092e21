"""underthesea's models, as they come with the package: nothing is downloaded. This module is the one place that touches underthesea."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from .errors import Errors
from .features import Features, UnknownModelError, attributes

WITHOUT = "vanban.parser.parse, enrich(document, phrases=False), compare"


class Model:
    """A model that gives each word of a sentence a tag."""

    def __init__(self, tagger: Any, features: Features) -> None:
        self._tagger, self._features = tagger, features

    def predict(self, words: Sequence[str]) -> list[str]:
        """The tags of a sentence's words; none of them is empty."""
        tags: list[str] = self._tagger.tag(self._features.of(words))
        return tags

    def forget(self) -> None:
        """Drop what is kept from sentence to sentence."""
        self._features.forget()


class Whole(Model):
    """The same by underthesea's own featurizer: slower, for models that :mod:`features` does not read."""

    def __init__(self, sequence_tagger: Any) -> None:
        self._whole = sequence_tagger

    def predict(self, words: Sequence[str]) -> list[str]:
        tags: list[str] = self._whole.predict([[word] for word in words])
        return tags

    def forget(self) -> None:
        """Nothing is kept."""


def load(task: str, name: str) -> Model:
    """A model of underthesea's. ``ImportError`` says what to install where it is not there."""
    try:
        underthesea = import_module("underthesea")
    except ImportError as error:
        raise ImportError(Errors.V001.format(what="Tách từ / word segmentation", library="underthesea", without=WITHOUT)) from error
    try:
        folder = Path(str(import_module(f"underthesea.pipeline.{task}").__file__)).parent / "models" / name
        try:
            return _read(folder)
        except (UnknownModelError, ImportError, AttributeError, OSError):  # of another make: let underthesea read it
            tagger: Any = import_module("underthesea.models.fast_crf_sequence_tagger").FastCRFSequenceTagger()
            tagger.load(str(folder))
            return Whole(tagger)
    except Exception as error:
        version = getattr(underthesea, "__version__", "?")
        raise ImportError(Errors.V002.format(version=version, problem=f"{type(error).__name__}: {error}")) from error


def _read(folder: Path) -> Model:
    unpickled = import_module("joblib").load
    templates: list[str] = unpickled(folder / "features.bin")
    dictionary = unpickled(folder / "dictionary.bin") if any(template.endswith(".is_in_dict") for template in templates) else ()
    features = Features(templates, dictionary, attributes((folder / "models.bin").read_bytes()))
    tagger = import_module("underthesea_core").CRFTagger()
    tagger.load(str(folder / "models.bin"))
    return Model(tagger, features)

"""What a sequence model looks at around a word, made once for each run of words and not anew at every place.

underthesea's own featurizer takes four fifths of its segmentation's time: it writes out some forty strings a word, and most are none that
the model has a weight for. Here those alone are looked up, by the templates (``T[0]``, ``T[-1,0].lower`` …) and the dictionary that come
with the model; what has no weight counts nothing in the model's sums, so its answers are the same. The model's attributes are read from
its file, in CRFsuite's format. What is not understood raises :class:`UnknownModelError`; then underthesea's featurizer is there.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, product
from operator import add

_TEMPLATE = re.compile(r"T\[(-?\d)(?:,(-?\d))?\](?:\.(\w+))?")
_QUESTIONS = ("", "lower", "isdigit", "istitle", "is_in_dict")
_KINDS = _QUESTIONS[2:]
_NUMBER = re.compile(r"[+-]?\d+", re.ASCII)
_LONGEST_RUN = 3
_MOST = 50_000
"""Runs of one length that are kept: a long run of the program must not fill the memory."""
_HEADER, _CHUNK = struct.Struct("<4sI4s8I"), struct.Struct("<4s5I")
_WORD = struct.Struct("<I")


class UnknownModelError(ValueError):
    """A model or a template that is not of the kind known here."""


def attributes(model: bytes) -> list[str]:
    """The attributes that a model in CRFsuite's format has weights for.

    The header says where its database of strings begins (``CQDB``); that one's table of offsets leads to each string.
    """
    try:
        magic, _, kind, _, _, _, count, _, _, at, _ = _HEADER.unpack_from(model)
        name, _, _, _, length, table = _CHUNK.unpack_from(model, at)
        if (magic, kind, name) != (b"lCRF", b"FOMC", b"CQDB") or count > length:
            raise UnknownModelError("no model of CRFsuite")
        found = []
        for (offset,) in _WORD.iter_unpack(model[at + table : at + table + _WORD.size * count]):
            start = at + offset + 2 * _WORD.size
            (size,) = _WORD.unpack_from(model, start - _WORD.size)
            found.append(model[start : start + size - 1].decode())  # a zero ends it
    except (struct.error, UnicodeDecodeError) as error:
        raise UnknownModelError(str(error)) from error
    return found


Parts = tuple[tuple[str, ...], ...]
"""The attributes that a run of words has, one tuple for each place it may stand at."""


class _Runs:
    """Runs of one length: the places they are looked at from, and what the model knows of them, by how they are spelt and by their kind."""

    def __init__(self) -> None:
        self.firsts: list[int] = []
        self.asked: list[list[tuple[str, dict[str, str]]]] = []

    def ask(self, first: int, question: str, known: dict[str, str]) -> None:
        if first not in self.firsts:
            self.firsts.append(first)
            self.asked.append([])
        self.asked[self.firsts.index(first)].append((question, known))

    def close(self) -> None:
        self.kept: dict[str, Parts] = {}
        bos, eos = (dict.fromkeys(_QUESTIONS, mark) for mark in ("BOS", "EOS"))
        self.edges = [(self._told(place, bos), self._told(place, eos)) for place in self.asked]
        self.spelt, self.small = self._spelt(""), self._spelt("lower")
        self.kinds = {
            kind: tuple(self._told(place, dict(zip(_KINDS, map(str, kind), strict=True))) for place in self.asked)
            for kind in product((False, True), repeat=len(_KINDS))
        }

    def _told(self, place: list[tuple[str, dict[str, str]]], answers: Mapping[str, str]) -> tuple[str, ...]:
        """The attributes of a place for an answer to each question; a question that is not there has none."""
        return tuple(known[answers[question]] for question, known in place if answers.get(question) in known)

    def _spelt(self, question: str) -> dict[str, Parts]:
        found: dict[str, Parts] = {}
        nothing: Parts = ((),) * len(self.asked)
        for k, place in enumerate(self.asked):
            for known in (known for asked, known in place if asked == question):
                for word, attribute in known.items():
                    parts = found.get(word, nothing)
                    found[word] = (*parts[:k], (*parts[k], attribute), *parts[k + 1 :])
        return found

    def look_up(self, run: str, dictionary: Collection[str]) -> Parts:
        small = run.lower()
        titled = run[0] == run[0].upper() and all(word[0] == word[0].upper() for word in run.split(" "))
        parts = self.kinds[_is_number(run), titled, small in dictionary]
        for more in (self.spelt.get(run), self.small.get(small)):
            if more is not None:
                parts = tuple(map(add, parts, more))
        self.kept[run] = parts
        return parts


def _is_number(run: str) -> bool:
    """As the model was taught: what a 32-bit whole number is written as."""
    return run[-1].isdigit() and _NUMBER.fullmatch(run) is not None and -(2**31) <= int(run) < 2**31


class Features:
    """The features of the words of a sentence that a model knows; what was looked up is kept for the next sentence."""

    def __init__(self, templates: Sequence[str], dictionary: Collection[str], known: Iterable[str]) -> None:
        """Raises :class:`UnknownModelError` for a template of another kind: longer runs, other questions."""
        by_template: dict[str, dict[str, str]] = {}
        for attribute in known:
            template, _, answer = attribute.partition("=")
            by_template.setdefault(template, {})[answer] = attribute
        self._dictionary = dictionary
        self._runs: dict[int, _Runs] = {}
        for template in templates:
            match = _TEMPLATE.fullmatch(template)
            first = int(match[1]) if match else 0
            length = int(match[2] or first) - first + 1 if match else 0
            question = (match[3] or "") if match else "?"
            if not 0 < length <= _LONGEST_RUN or question not in _QUESTIONS:
                raise UnknownModelError(template)
            self._runs.setdefault(length, _Runs()).ask(first, question, by_template.get(template, {}))
        for runs in self._runs.values():
            runs.close()

    def of(self, words: Sequence[str]) -> list[list[str]]:
        """A list of features for each word; at the sentence's edges ``BOS`` and ``EOS`` stand for what is not there."""
        count = len(words)
        columns: list[list[tuple[str, ...]]] = []
        for length, runs in self._runs.items():
            kept = runs.kept
            if len(kept) > _MOST:
                kept.clear()
            joined = words if length == 1 else [" ".join(run) for run in zip(*(words[k:] for k in range(length)), strict=False)]
            found = [kept.get(run) or runs.look_up(run, self._dictionary) for run in joined]
            for k, (first, (bos, eos)) in enumerate(zip(runs.firsts, runs.edges, strict=True)):
                column = [bos] * min(max(-first, 0), count)
                column += [run[k] for run in found[max(first, 0) : len(found) + min(first + length - 1, 0)]]
                column += [eos] * (count - len(column))
                columns.append(column)
        return [list(chain.from_iterable(parts)) for parts in zip(*columns, strict=True)]

    def forget(self) -> None:
        """Drop what was looked up, as at the first sentence."""
        for runs in self._runs.values():
            runs.kept.clear()

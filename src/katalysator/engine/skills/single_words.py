"""Texts read word by word: what each word means by itself, the rarer the more.

An encoder that reads a title as a whole hears little of *meubel* in *meubelstoffeerder*. So compounds are taken apart
first: where words of labels make a word up, and are said more often than it is itself (Koehn and Knight 2003).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Final

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import Float32Array, Int32Array, StrArray
from katalysator.engine.text.embedding import Embedder
from katalysator.engine.text.keyword import Lexicon, words
from katalysator.engine.text.one_thread import one_thread

_KEPT: Final = 256  # directions, those in which texts differ most
_SHORTEST: Final = 4  # letters of a part
_MOST_PARTS: Final = 3
_BETWEEN: Final = ("", "s", "en", "e", "n")
"""What may stand between two parts."""
_UNSAID: Final = -1.0
"""How often a word is said that no label has, as a logarithm."""
_LEAST: Final = 1e-9


@dataclass(frozen=True, eq=False)
class SingleWords:
    """The words (W) of labels, and along which directions (K) texts are looked at by what their words mean.

    Attributes
    ----------
    word, said : str (W,), int32 (W,)
        The words, and how often labels say each.
    shared : float32 (D,)
        What all texts have in common, which is taken away.
    along : float32 (D, K)
        The directions in which they differ most; none where nothing is looked at.

    """

    word: StrArray
    said: Int32Array
    shared: Float32Array
    along: Float32Array

    @classmethod
    def unread(cls) -> "SingleWords":
        """No words, which are not looked at."""
        nothing = np.zeros(0, np.float32)
        return cls(
            np.zeros(0, np.str_), np.zeros(0, np.int32), nothing, np.zeros((0, 0), np.float32)
        )

    @classmethod
    def of(cls, texts: Sequence[str], lexicon: Lexicon, encoder: Embedder) -> "SingleWords":
        """Those of labels. Cost: 5 s of CPU for ESCO."""
        told = Counter(word for text in texts for word in words(text))
        summed = _summed(texts, Compounds(told), lexicon, encoder)
        shared = summed.mean(axis=0)
        apart = _unit(summed - shared)
        with one_thread():
            _spread, directions = np.linalg.eigh(apart.T @ apart)
        along = np.asarray(directions[:, ::-1][:, :_KEPT], np.float32, order="C")
        said = np.array([*told.values()], np.int32)
        return cls(np.array([*told], np.str_), said, shared, along)

    def read(self, texts: Sequence[str], lexicon: Lexicon, encoder: Embedder) -> Float32Array:
        """Texts (T) along the directions, (T, K)."""
        if not self.along.size:
            return np.zeros((len(texts), 0), np.float32)
        summed = _summed(texts, self._compounds, lexicon, encoder)
        with one_thread():
            return _unit(np.asarray((summed - self.shared) @ self.along, np.float32))

    @cached_property
    def _compounds(self) -> "Compounds":
        return Compounds(dict(zip(self.word.tolist(), self.said.tolist(), strict=True)))


class Compounds:
    """Words of which others are made up, and how often each is said."""

    def __init__(self, said: Mapping[str, int]) -> None:
        self._said = {word: log(count) for word, count in said.items()}

    def parts(self, word: str) -> list[str]:
        """The words that a word is made up of: of all ways those that are said most often, or the word alone."""
        alone = (self._said.get(word, _UNSAID), [word])
        ways = ((self._usual(parts), parts) for parts in self._ways(word, _MOST_PARTS))
        return max([alone, *ways], key=lambda way: way[0])[1]

    def _usual(self, parts: Sequence[str]) -> float:
        return sum(self._said[part] for part in parts) / len(parts)

    def _ways(self, word: str, most: int) -> Iterator[list[str]]:
        """All ways in which a word is made up of words that are known."""
        if word in self._said:
            yield [word]
        if most == 1:
            return
        for cut in range(_SHORTEST, len(word) - _SHORTEST + 1):
            if first := self._first(word[:cut]):
                yield from ([first, *rest] for rest in self._ways(word[cut:], most - 1))

    def _first(self, begun: str) -> str | None:
        """The word that something begins with, but for what may stand between it and the next."""
        stems = (begun.removesuffix(between) for between in _BETWEEN if begun.endswith(between))
        return next((each for each in stems if len(each) >= _SHORTEST and each in self._said), None)


def _summed(
    texts: Sequence[str], compounds: Compounds, lexicon: Lexicon, encoder: Embedder
) -> Float32Array:
    """What the words of texts mean, the rarer the more, all of a text together: unit vectors (T, D)."""
    parts = {word: compounds.parts(word) for word in {w for text in texts for w in words(text)}}
    row = {
        part: number for number, part in enumerate(sorted({p for ps in parts.values() for p in ps}))
    }
    told = [[part for word in words(text) for part in parts[word]] for text in texts]
    rare = [log((1 + lexicon.texts) / (1 + lexicon.count(part))) for part in row]
    meaning = encoder.encode([*row]) * np.array(rare, np.float32)[:, None]
    at = np.repeat(np.arange(len(texts)), [len(each) for each in told])
    column = np.array([row[part] for each in told for part in each], np.intp)
    held = sparse.csr_array(
        (np.ones(len(at), np.float32), (at, column)), shape=(len(texts), len(row))
    )
    return _unit(np.asarray(held @ meaning, np.float32))


def _unit(vectors: Float32Array) -> Float32Array:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, _LEAST), np.float32)

"""What makes labels of one thing alike, learned from the labels of a taxonomy themselves.

An encoder finds a head baker like a head nurse. Which differences matter where work is told apart is learned by asking
each label for its own thing, by the middle of the other labels of that: for each language a matrix between what is asked
and what is laid out, begun at the inverse of how labels of one thing differ (Fisher 1936), and bettered step by step
(softmax over all things). What is compared is the meaning of a text, and beside it what its letters and single words say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from katalysator.engine.arrays import (
    BoolArray,
    Float32Array,
    Int8Array,
    Int64Array,
    Rows,
)
from katalysator.engine.text.embedding import Embedder
from katalysator.engine.text.one_thread import one_thread

_QUICK: Final = 0.8
"""How much the quick encoder counts where a careful one reads along, for 1 of that."""
_KEPT: Final = 512  # numbers of a vector that are kept, those that differ most
_ENOUGH: Final = (
    10_000  # labels from which is learned; fewer say little, and are laid out while somebody waits
)
_LETTERS, _WORDS = 0.6, 0.5
"""How much what letters and single words say counts beside meaning, for 1 of that."""
_ASKED: Final = 128  # labels in each step of learning
_SHARP: Final = 0.035  # the likeness that makes one thing e times as likely as another
_SHRUNK: Final = 3.0  # how far differences within things are taken for the same in all directions
_PACE: Final = 5e-4
_FIRST, _SECOND = 0.9, 0.99  # how long what was seen of a slope is remembered, and of its square
_LEAST: Final = 1e-9


@dataclass(frozen=True, eq=False)
class BothEncoders:
    """Two encoders as one: what each makes of a text, side by side."""

    quick: Embedder
    careful: Embedder

    @property
    def name(self) -> str:
        """The names of both."""
        return f"{self.quick.name}+{self.careful.name}"

    @property
    def dimension(self) -> int:
        """How many numbers both have."""
        return self.quick.dimension + self.careful.dimension

    def encode(self, texts: Sequence[str]) -> Float32Array:
        """Unit vectors of shape (len(texts), dimension)."""
        read = [_QUICK * self.quick.encode(texts), self.careful.encode(texts)]
        return _unit(np.hstack(read))


class ReadTexts(NamedTuple):
    """Texts (T) as they are read: their meaning (T, D), and what their letters (T, K) and single words say (T, W)."""

    meaning: Float32Array
    letters: Float32Array
    words: Float32Array

    @property
    def beside(self) -> Float32Array:
        """What is compared beside their meaning, (T, K + W)."""
        return np.hstack([_LETTERS * _unit(self.letters), _WORDS * _unit(self.words)])


class ReadLabels(NamedTuple):
    """Labels (L) as they are read, whose they are, and in which language."""

    read: ReadTexts
    row: Rows
    language: Int8Array


@dataclass(frozen=True, eq=False)
class Likeness:
    """How texts are compared, by their meaning (D,) and what is beside it (B,): those laid out, and what is asked of them.

    Attributes
    ----------
    centre : float32 (D,)
        What all meanings have in common, which is taken away.
    turned : float32 (D, P - B)
        The directions in which they differ most.
    learned : float32 (N + 1, P, P)
        What is asked in each language is multiplied by it before it is compared; the last is for a language that no label
        is in, which letters and words say nothing in. Empty where nothing was learned.

    """

    centre: Float32Array
    turned: Float32Array
    learned: Float32Array

    @classmethod
    def plain(cls, dimension: int) -> "Likeness":
        """Meanings as they are."""
        return cls(
            np.zeros(dimension, np.float32),
            np.eye(dimension, dtype=np.float32),
            np.zeros((0, dimension, dimension), np.float32),
        )

    @classmethod
    def of(cls, labels: ReadLabels, size: int, languages: int, steps: int) -> "Likeness":
        """Learned from labels of `size` things in so many steps a language.

        A language of few labels learns from those of all. Cost: 20 ms of CPU a step for ESCO.
        """
        meaning = labels.read.meaning
        centre = meaning.mean(axis=0)
        with one_thread():
            apart = _unit(meaning - centre)
            _spread, directions = np.linalg.eigh(apart.T @ apart)
            turned = np.asarray(directions[:, ::-1][:, :_KEPT], np.float32, order="C")
            kept, beside = turned.shape[1], labels.read.beside.shape[1]
            by_meaning = np.diag(np.repeat([1.0, 0.0], [kept, beside])).astype(np.float32)
            begun = cls(centre, turned, by_meaning[None])
            laid = begun.laid(labels.read)
            learned = [
                _learned(laid, labels.row, size, _taught_by(labels.language, number), steps)
                if (labels.language == number).any()
                else by_meaning
                for number in range(languages)
            ]
        return replace(begun, learned=np.stack([*learned, by_meaning]))

    @property
    def is_plain(self) -> bool:
        """Whether nothing was learned."""
        return not len(self.learned)

    def laid(self, read: ReadTexts) -> Float32Array:
        """Texts (L) as they are laid out, (L, P)."""
        turned = _unit(np.asarray((read.meaning - self.centre) @ self.turned, np.float32))
        return _unit(np.hstack([turned, read.beside]))

    def asked(self, read: ReadTexts, language: int) -> Float32Array:
        """Texts (T) as they are asked in a language, (T, P): their product with what is laid out is the likeness.

        What was learned holds in the languages of the labels: what is in another (-1) is compared without it.
        """
        laid = self.laid(read)
        return laid if self.is_plain else laid @ self.learned[language]


def is_enough(labels: int) -> bool:
    """Whether anything can be learned from so many labels."""
    return labels >= _ENOUGH


def _taught_by(language: Int8Array, number: int) -> BoolArray:
    """Which labels a language learns from: its own, where these are enough."""
    own = language == number
    return own if is_enough(int(own.sum())) else np.ones(len(language), np.bool_)


def _learned(
    laid: Float32Array, row: Rows, size: int, is_asked: BoolArray, steps: int
) -> Float32Array:
    """The matrix by which labels that are asked find their own things best, each without itself."""
    total = np.zeros((size, laid.shape[1]), np.float32)
    np.add.at(total, row, laid)
    count = np.bincount(row, minlength=size)
    middle = _unit(total)
    several = np.flatnonzero((count[row] > 1) & is_asked)
    if not len(several):
        return np.eye(laid.shape[1], dtype=np.float32)
    learned = _begun(laid - _divided(total, count)[row])
    slope, square = np.zeros_like(learned), np.zeros_like(learned)
    drawn = np.random.default_rng(0)
    for step in range(1, steps + 1):
        some = drawn.choice(several, _ASKED)
        now = _slope(learned, laid[some], row[some], total, middle)
        slope = _FIRST * slope + (1 - _FIRST) * now
        square = _SECOND * square + (1 - _SECOND) * now * now
        pace = _PACE * (1 - step / (steps + 1)) / (1 - _FIRST**step)
        learned -= pace * slope / (np.sqrt(square / (1 - _SECOND**step)) + 1e-8)
    return learned


def _divided(total: Float32Array, count: Int64Array) -> Float32Array:
    return np.asarray(total / np.maximum(count, 1)[:, None], np.float32)


def _begun(within: Float32Array) -> Float32Array:
    """The inverse of how labels of one thing differ, shrunk towards the same in all directions."""
    size = within.shape[1]
    spread = within.T @ within / len(within)
    shrunk = spread + _SHRUNK * np.trace(spread) / size * np.eye(size, dtype=np.float32)
    begun = np.linalg.inv(shrunk)
    return np.asarray(begun * (size / np.trace(begun)), np.float32)


def _slope(
    learned: Float32Array, asked: Float32Array, own: Rows, total: Float32Array, middle: Float32Array
) -> Float32Array:
    """How the surprise at what is found changes with each number of the matrix (Adam's gradient)."""
    at = np.arange(len(own))
    others = _unit(total[own] - asked)
    turned = asked @ learned
    likely = turned @ middle.T
    likely[at, own] = np.einsum("ij,ij->i", turned, others)
    likely = np.exp((likely - likely.max(axis=1, keepdims=True)) / _SHARP)
    likely /= likely.sum(axis=1, keepdims=True)
    surprise = likely[at, own] - 1.0
    likely[at, own] = 0.0
    drawn = likely @ middle + surprise[:, None] * others
    return np.asarray(asked.T @ drawn / (len(own) * _SHARP), np.float32)


def _unit(vectors: Float32Array) -> Float32Array:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, _LEAST), np.float32)

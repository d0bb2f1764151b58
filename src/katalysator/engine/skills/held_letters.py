"""What the letters of a text say of things: which share of them each has, and along which directions things differ by them.

No label may hold all of *gokverslaafdenwerker*, while things with *gok* and things with *verslaafden* lie near each other. So
shares are also looked at along the directions in which things differ most by their letters (latent semantic analysis,
Deerwester and others 1990). Labels of two languages stand in one thing: directions hold in both (Littman and others 1998).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import (
    Float32Array,
    Float64Array,
    FloatArray,
    Int32Array,
    Int64Array,
    Rows,
)
from katalysator.engine.text.keyword import BUCKETS, Lexicon, grams
from katalysator.engine.text.one_thread import one_thread

_KEPT: Final = 256  # directions, those in which things differ most


@dataclass(frozen=True, eq=False)
class HeldLetters:
    """Which groups of letters the labels of things (R) hold.

    Attributes
    ----------
    start, held : int64 (BUCKETS + 1,), int32
        The rows of the things that hold each group: those from one start until the next.
    directions : float32 (R, K)
        What a share in each thing is multiplied by to be seen along directions; none where these say nothing.

    """

    size: int
    start: Int64Array
    held: Int32Array
    directions: Float32Array

    @classmethod
    def of(cls, texts: Sequence[str], row: Rows, size: int) -> "HeldLetters":
        """Those of labels, each of the thing in a row."""
        at, group = _groups(texts)
        told = np.unique(group.astype(np.int64) << 32 | row[at])
        start = np.searchsorted(told >> 32, np.arange(BUCKETS + 1))
        held = (told & 0xFFFFFFFF).astype(np.int32)
        return cls(size, start.astype(np.int64), held, np.zeros((size, 0), np.float32))

    @cached_property
    def lexicon(self) -> Lexicon:
        """How rare each group of letters is among things."""
        return Lexicon(np.diff(self.start).astype(np.int32), np.zeros(0, np.int32), self.size)

    def share(self, text: str) -> Float64Array:
        """How much of the letters of a text each thing has in its labels, 0 to 1, (R,)."""
        groups = grams(text)
        weights = self.lexicon.weights[groups].astype(np.float64)
        return self._held(groups, weights / weights.sum())

    def along(self, texts: Sequence[str]) -> Float32Array:
        """Texts (T) along the directions, (T, K)."""
        if not self.directions.size:
            return np.zeros((len(texts), self.directions.shape[1]), np.float32)
        told = [grams(text) for text in texts]
        weights = self.lexicon.weights
        held = [self._held(groups, weights[groups] ** 2) for groups in told]
        with one_thread():
            return np.reshape(held, (-1, self.size)).astype(np.float32) @ self.directions

    def _held(self, groups: Int32Array, weights: FloatArray) -> Float64Array:
        """The weights of the groups of letters that each thing holds, together, (R,)."""
        spans = [self.held[self.start[group] : self.start[group + 1]] for group in groups.tolist()]
        each = np.repeat(weights, [len(span) for span in spans])
        held = np.concatenate([np.zeros(0, np.int32), *spans])
        return np.bincount(held, each, minlength=self.size).astype(np.float64)

    def with_directions(self) -> "HeldLetters":
        """The same, with the directions in which things differ most. Cost: 7 s of CPU for ESCO."""
        from scipy.sparse.linalg import svds

        weighed = self._things.multiply(self.lexicon.weights[None, :])
        length = np.sqrt(np.maximum(np.asarray(weighed.power(2).sum(axis=1)), 1e-9))[:, None]
        unit = sparse.csr_array(weighed.multiply(1 / length)).astype(np.float32)
        first = np.ones(self.size, np.float32)  # the same each time
        along, spread, _ = svds(unit, min(_KEPT, self.size - 1), v0=first)
        told = np.asarray(along / np.maximum(spread, 1e-6) / length, np.float32)
        return replace(self, directions=told)

    def of_labels(self, texts: Sequence[str], row: Rows) -> Float32Array:
        """Labels (L) along the directions, (L, K), of which the own thing has no more than its other labels hold."""
        at, group = _groups(texts)
        weights = self.lexicon.weights[group] ** 2
        used, column = np.unique(group, return_inverse=True)
        of_groups = np.asarray(self._things[:, used].T @ self.directions, np.float32)
        told = sparse.csr_array((weights, (at, column)), shape=(len(texts), len(used)))
        _, which, count = np.unique(
            row[at].astype(np.int64) << 32 | group, return_inverse=True, return_counts=True
        )
        is_own = count[which] == 1
        own = np.bincount(at[is_own], weights[is_own], minlength=len(texts)).astype(np.float32)
        return np.asarray(told @ of_groups - own[:, None] * self.directions[row], np.float32)

    @property
    def _things(self) -> sparse.csr_array:
        """Which groups each thing holds, (R, BUCKETS)."""
        group = np.repeat(np.arange(BUCKETS), np.diff(self.start))
        told = (np.ones(len(group), np.float32), (self.held, group))
        return sparse.csr_array(told, shape=(self.size, BUCKETS))


def _groups(texts: Sequence[str]) -> tuple[Rows, Int32Array]:
    """All groups of letters of texts, and in which text each is."""
    told = [grams(text) for text in texts]
    at = np.repeat(np.arange(len(told)), [len(each) for each in told])
    return at.astype(np.intp), np.concatenate([np.zeros(0, np.int32), *told])

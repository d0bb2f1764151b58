"""Made listings in very great numbers, to stand around a board: `python -m bench.quality --among`.

Half of their texts are those of the other boards, as people would write them; half are put together by `bench.phrases`,
and much alike. These texts are read once; each listing is one of them, moved a little in
meaning, as people say one thing in many ways. They state their market and nothing else, so that they are in the way of every need.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from bench.phrases import Kind, Said, detail, say
from bench.quality.sets import GradedSet
from katalysator.engine.arrays import Float32Array, Rows
from katalysator.engine.matching import QUICK, Profile, TextFeatures, join, read
from katalysator.engine.text import Embedder

SEED: Final = 20_260_101
_MOVED: Final = 0.35  # of a meaning of length 1, where likenesses spread as the quick encoder's do


@dataclass(frozen=True, slots=True, eq=False)
class Half:
    """Needs or offers, and what was read in them."""

    profiles: tuple[Profile, ...]
    reading: TextFeatures

    @classmethod
    def of(
        cls, profiles: Sequence[Profile], quick: Embedder, careful: Embedder | None = None
    ) -> Self:
        """Read them. Cost: that of the encoders."""
        return cls(tuple(profiles), read(profiles, quick, careful))

    def and_others(self, others: "Half") -> "Half":
        """The same, and others after them."""
        both = join([self.reading, others.reading])
        return Half((*self.profiles, *others.profiles), both)

    def first(self, count: int) -> "Half":
        """Those that come first."""
        return self.rows(np.arange(count))

    def rows(self, rows: Rows) -> "Half":
        """Some of them, each as often as it is named."""
        known = self.reading
        return Half(
            tuple(self.profiles[row] for row in rows.tolist()),
            TextFeatures(
                known.meaning[rows],
                known.careful[rows],
                known.concepts[rows],
                tuple(known.grams[row] for row in rows.tolist()),
                known.lean[rows],
                known.habit,
            ),
        )

    def drawn(self, count: int, markets: Sequence[str], random: np.random.Generator) -> "Half":
        """So many drawn by lot, in markets drawn by lot, each moved a little."""
        some = self.rows(random.integers(len(self.profiles), size=count))
        where = random.integers(len(markets), size=count).tolist()
        placed = [
            replace(profile, key=f"made-{number}", market=markets[market])
            for number, (profile, market) in enumerate(zip(some.profiles, where, strict=True))
        ]
        return Half(tuple(placed), some.moved(random).reading)

    def moved(self, random: np.random.Generator) -> "Half":
        """The same, each moved a little in meaning."""
        spreads = QUICK.spread, self.reading.habit.spread
        meaning, careful = (
            _moved(random, vectors, _MOVED * spread / QUICK.spread)
            for vectors, spread in zip(
                (self.reading.meaning, self.reading.careful), spreads, strict=True
            )
        )
        return Half(self.profiles, replace(self.reading, meaning=meaning, careful=careful))


def crowd_texts(kind: Kind, boards: Sequence[GradedSet]) -> list[Profile]:
    """The texts of some boards, and as many that are put together; only what is read in them counts."""
    random = np.random.default_rng(SEED + (kind == "offer"))
    lived = [each for one in boards for each in (one.needs if kind == "need" else one.offers)]
    put_together = [_profile(say(random, kind), random) for _ in lived]
    plain = [
        Profile("", each.title, each.text, language=each.language, skills=each.skills)
        for each in lived
    ]
    return plain + put_together


def _profile(said: Said, random: np.random.Generator) -> Profile:
    text = f"{said.text} {detail(random, said.language)}"
    return Profile("", said.title, text, language=said.language, skills=said.skills)


def _moved(random: np.random.Generator, vectors: Float32Array, far: float) -> Float32Array:
    """Unit vectors close by; where nothing was read, nothing is moved."""
    noise = random.standard_normal(vectors.shape, np.float32)
    length = np.maximum(np.linalg.norm(noise, axis=1, keepdims=True), 1e-9)
    moved = vectors + np.float32(far) * noise / length
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9))

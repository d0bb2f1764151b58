"""Who takes part: what one need or offer says, and many of them as arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import Float32Array, FloatArray
from katalysator.engine.text import Embedder, Lexicon, grams
from katalysator.engine.text.intent import leaning
from katalysator.engine.text.keyword import Grams, words

Labels = frozenset[str]
NOTHING: Labels = frozenset()

_ENOUGH_FOR_A_HABIT = 5  # profiles of one market


@dataclass(frozen=True, slots=True)
class Profile:
    """One need or offer, as its owner states it. What is empty is not stated.

    `labels` holds the further closed choices (level, stage, ...): both sides must share one
    where both state any. `ranges` holds intervals (days as ordinals, euros, levels, ...), which must
    overlap, ends included; an infinite end is open. `needs_regions` and `needs_areas` are what a need insists on.
    """

    key: str
    title: str
    text: str = ""
    market: str = ""
    organisation: str = ""
    language: str = ""
    areas: Labels = NOTHING
    regions: Labels = NOTHING
    skills: tuple[str, ...] = ()
    labels: Mapping[str, Labels] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    capacity: int = 1
    needs_regions: Labels = NOTHING
    needs_areas: Labels = NOTHING

    @property
    def gist(self) -> str:
        """The text whose meaning counts: the title leads, skills close it."""
        parts = (self.title, self.text, ", ".join(self.skills))
        return " ".join(part for part in parts if part)

    @property
    def said(self) -> str:
        """Everything that the owner wrote, for the words to be counted."""
        return f"{self.title}\n{self.text}\n{' '.join(self.skills)}"


@dataclass(frozen=True, slots=True, eq=False)
class TextFeatures:
    """What the text engine reads in n profiles, in order; can be stored and put together again.

    `meaning` holds unit vectors of the whole text, float32 (n, d); `grams` n arrays of buckets;
    `lean` float64 (n,) from -1, asks, to 1, gives.
    """

    meaning: Float32Array
    grams: tuple[Grams, ...]
    lean: FloatArray

    def rows(self, chosen: slice) -> "TextFeatures":
        """What was read in some of the profiles that follow one another."""
        return TextFeatures(self.meaning[chosen], self.grams[chosen], self.lean[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One side of the market: profiles with their reading and the words' weights.

    `words` is CSR (n, buckets) of unit rows; `skills` holds each profile's skill words; `astray`
    says how far each text runs against its own side, float64 (n,) from 0 to 1 (excluded).
    """

    profiles: tuple[Profile, ...]
    reading: TextFeatures
    words: sparse.csr_matrix
    skills: tuple[Labels, ...]
    astray: FloatArray

    def __len__(self) -> int:
        return len(self.profiles)


def read(profiles: Sequence[Profile], embedder: Embedder) -> TextFeatures:
    """Read the texts. Cost: the embedder's, 2 ms a profile of 400 characters."""
    return TextFeatures(
        embedder.encode([profile.gist for profile in profiles]),
        tuple(grams(profile.said) for profile in profiles),
        np.array([leaning(profile.title, profile.text) for profile in profiles], np.float64),
    )


def join(readings: Sequence[TextFeatures], dimension: int) -> TextFeatures:
    """Readings after one another as one; `dimension` is that of the meaning, for none at all."""
    nothing = np.zeros((0, dimension), np.float32)
    return TextFeatures(
        np.concatenate([nothing, *(r.meaning for r in readings)]),
        tuple(each for reading in readings for each in reading.grams),
        np.concatenate([np.zeros(0), *(r.lean for r in readings)]),
    )


def needs_side(profiles: Sequence[Profile], reading: TextFeatures, lexicon: Lexicon) -> Side:
    """The needs, ready to be scored. A need goes astray where it gives more than is usual.

    Cost: linear.
    """
    habit = np.maximum(_usual(profiles, reading.lean), 0.0)
    return _side(profiles, reading, lexicon, astray=reading.lean - habit)


def offers_side(profiles: Sequence[Profile], reading: TextFeatures, lexicon: Lexicon) -> Side:
    """The offers, ready to be scored. An offer goes astray where it asks more than is usual.

    Who merely does not say "we offer" is not astray, even where most do. Cost: linear.
    """
    habit = np.minimum(_usual(profiles, reading.lean), 0.0)
    return _side(profiles, reading, lexicon, astray=habit - reading.lean)


def _side(
    profiles: Sequence[Profile], reading: TextFeatures, lexicon: Lexicon, astray: FloatArray
) -> Side:
    return Side(
        tuple(profiles),
        reading,
        lexicon.matrix(reading.grams),
        tuple(frozenset(word for skill in p.skills for word in words(skill)) for p in profiles),
        np.maximum(astray, 0.0),
    )


def _usual(profiles: Sequence[Profile], lean: FloatArray) -> FloatArray:
    """The middle leaning of each profile's market: a firm that offers a place asks for a student."""
    rows: dict[str, list[int]] = {}
    for row, profile in enumerate(profiles):
        rows.setdefault(profile.market, []).append(row)
    usual = np.zeros(len(profiles))
    for members in rows.values():
        if len(members) >= _ENOUGH_FOR_A_HABIT:
            usual[members] = np.median(lean[members])
    return usual

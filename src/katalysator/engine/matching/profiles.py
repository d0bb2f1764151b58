"""Who takes part: what one need or offer says, and what is read in its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import Float32Array, FloatArray, Int32Array
from katalysator.engine.concepts.reading import concept_rows
from katalysator.engine.concepts.thesaurus import Thesaurus, bundled_thesaurus
from katalysator.engine.matching.habits import CAREFUL, Habit, habit_of
from katalysator.engine.text import Embedder, grams
from katalysator.engine.text.intent import leaning
from katalysator.engine.text.keyword import Grams

Labels = frozenset[str]
NOTHING: Labels = frozenset()


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

    @property
    def told(self) -> tuple[str, ...]:
        """The same in pieces, so that no phrase is read across their borders."""
        return (self.title, self.text, *self.skills)


@dataclass(frozen=True, slots=True, eq=False)
class TextFeatures:
    """What the text engine reads in n profiles, in order; can be stored and put together again.

    `meaning` holds unit vectors of the whole text, float32 (n, d), and `careful` those of a slower
    encoder: a row of zeros where it did not read, no columns where it read nothing; `concepts`, CSR (n, C), how surely each concept
    of the thesaurus is meant; `grams` n arrays of buckets; `lean` float64 (n,) from -1, asks, to 1,
    gives. `habit` is that of the slower encoder.
    """

    meaning: Float32Array
    careful: Float32Array
    concepts: sparse.csr_array
    grams: tuple[Grams, ...]
    lean: FloatArray
    habit: Habit = CAREFUL

    def counted(self, thesaurus: Thesaurus | None = None) -> Int32Array:
        """How many of the texts are about each concept or a narrower one, int32 (C,)."""
        known = bundled_thesaurus() if thesaurus is None else thesaurus
        held = sparse.csc_array(self.concepts @ known.widened)
        return np.diff(held.indptr).astype(np.int32)


def concepts_of(
    profiles: Sequence[Profile], thesaurus: Thesaurus | None = None
) -> sparse.csr_array:
    """How surely the profiles mean each concept, CSR float32 (n, C). Cost: 1 ms a profile."""
    return concept_rows([(profile.told, profile.language) for profile in profiles], thesaurus)


def read(
    profiles: Sequence[Profile],
    embedder: Embedder,
    careful: Embedder | None = None,
    thesaurus: Thesaurus | None = None,
) -> TextFeatures:
    """Read the texts, their concepts by the bundled thesaurus where no other is given.

    Cost: the embedder's, 2 ms a profile of 400 characters, and 1 ms for the rest.
    """
    gists = [profile.gist for profile in profiles]
    return TextFeatures(
        embedder.encode(gists),
        careful.encode(gists) if careful else np.zeros((len(gists), 0), np.float32),
        concepts_of(profiles, thesaurus),
        tuple(grams(profile.said) for profile in profiles),
        np.array([leaning(profile.title, profile.text) for profile in profiles], np.float64),
        habit_of(careful) if careful else CAREFUL,
    )


def join(readings: Sequence[TextFeatures], thesaurus: Thesaurus | None = None) -> TextFeatures:
    """Readings after one another as one; of none, an empty one without columns."""
    if not readings:
        nothing = np.zeros((0, 0), np.float32)
        return TextFeatures(nothing, nothing, concept_rows([], thesaurus), (), np.zeros(0))
    return TextFeatures(
        np.concatenate([r.meaning for r in readings]),
        np.concatenate([r.careful for r in readings]),
        sparse.csr_array(sparse.vstack([r.concepts for r in readings], "csr")),
        tuple(each for reading in readings for each in reading.grams),
        np.concatenate([r.lean for r in readings]),
        readings[0].habit,
    )

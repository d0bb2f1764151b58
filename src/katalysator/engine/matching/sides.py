"""Both sides of a market, laid out to be scored: what was read, weighed by what is usual."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import BoolArray, FloatArray, StrArray
from katalysator.engine.concepts.thesaurus import Thesaurus
from katalysator.engine.matching.profiles import Profile, TextFeatures
from katalysator.engine.matching.usual import Sample, Standing, standing
from katalysator.engine.text import Lexicon


@dataclass(frozen=True, eq=False)
class Side:
    """One side of the market, in n rows.

    `words` is CSR (n, buckets) of rows of one length, 1 where there are many texts; `concepts` CSR
    (n, C), broader ones too, such that the product of two rows is how much they share; `skills` CSR
    (n, buckets) likewise by the words of the skills; `astray` says how far each text asks beyond the
    habit of its half, float64 (n,) from 0 to 1 (excluded): it counts against an offer; `measure` is what a
    score measures the rarity of concepts by.
    """

    profiles: tuple[Profile, ...]
    reading: TextFeatures
    words: sparse.csr_array
    concepts: sparse.csr_array
    skills: sparse.csr_array
    astray: FloatArray
    standing: Standing
    measure: float

    def __len__(self) -> int:
        return len(self.profiles)

    def meant(self, row: int) -> dict[int, float]:
        """How surely each concept is meant by one profile."""
        concepts = self.reading.concepts
        inside = slice(*concepts.indptr[row : row + 2])
        return dict(
            zip(concepts.indices[inside].tolist(), concepts.data[inside].tolist(), strict=True)
        )

    @cached_property
    def carefully(self) -> BoolArray:
        """Which profiles the careful encoder has read, bool (n,)."""
        return np.asarray(self.reading.careful.any(axis=1), np.bool_)

    @cached_property
    def languages(self) -> StrArray:
        """The language of each profile."""
        return np.array([profile.language for profile in self.profiles], np.str_)


def laid_out(
    profiles: Sequence[Profile], reading: TextFeatures, lexicon: Lexicon, standing: Standing
) -> Side:
    """Needs or offers, ready to be scored, with their standing among the other half.

    Who merely does not say "we offer" is not astray, even where most do. Cost: linear.
    """
    habit = np.minimum(standing.lean, 0.0)
    words = lexicon.matrix(reading.grams)
    words.data *= np.float32(np.sqrt(lexicon.trust))
    return Side(
        tuple(profiles),
        reading,
        words,
        _weighed(reading.concepts, lexicon),
        lexicon.skill_rows([" ".join(profile.skills) for profile in profiles]),
        np.maximum(habit - reading.lean, 0.0),
        standing,
        lexicon.measure,
    )


def both_sides(
    needs: Sequence[Profile],
    offers: Sequence[Profile],
    asked: TextFeatures,
    given: TextFeatures,
    lexicon: Lexicon | None = None,
) -> tuple[Side, Side]:
    """A whole market, all of it read; `lexicon` is counted on it unless it is given."""
    known = lexicon or Lexicon.fit((*asked.grams, *given.grams), asked.counted() + given.counted())
    asking = Sample.of(needs, [(slice(0, len(needs)), asked)])
    giving = Sample.of(offers, [(slice(0, len(offers)), given)])
    return (
        laid_out(needs, asked, known, standing(needs, asked, giving, asking)),
        laid_out(offers, given, known, standing(offers, given, asking, giving)),
    )


def worth_of_concepts(meant: Mapping[str, float], lexicon: Lexicon, most: int) -> dict[str, float]:
    """What a concept of another text adds to what the two share, by key, where it is meant surely.

    Of the `most` that add most: hundreds add next to nothing. Nearly the product of both rows of
    `Side.concepts`; only what is certain twice over counts twice here.
    """
    known = lexicon.thesaurus
    wide = _wide(known.rows([meant]), known)
    wide.data *= lexicon.concept_weights(wide.shape[1])[wide.indices]
    worth = sparse.csr_array(wide @ known.narrowed)
    first = np.lexsort((worth.indices, -worth.data))[:most]
    return {
        known.concepts[row].key: value
        for row, value in zip(
            worth.indices[first].tolist(), worth.data[first].tolist(), strict=True
        )
        if value > 0.0
    }


def _weighed(concepts: sparse.csr_array, lexicon: Lexicon) -> sparse.csr_array:
    """Concepts with the broader ones, each times the root of what it says, float32 as the words are."""
    wide = _wide(concepts, lexicon.thesaurus)
    wide.data *= np.sqrt(lexicon.concept_weights(wide.shape[1]))[wide.indices]
    weighed = wide.astype(np.float32)
    weighed.sort_indices()
    return weighed


def _wide(concepts: sparse.csr_array, thesaurus: Thesaurus) -> sparse.csr_array:
    """Concepts with the broader ones, none surer than sure; nobody else has these rows."""
    wide = sparse.csr_array(concepts @ thesaurus.widened)
    np.minimum(wide.data, 1.0, out=wide.data)
    return wide

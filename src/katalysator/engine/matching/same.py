"""Texts that say nearly the same: two of them, or many in groups, by what they mean and what they are about."""

from collections.abc import Sequence, Set as AbstractSet
from dataclasses import dataclass
from typing import Final

import numpy as np

from katalysator.engine.arrays import Float32Array, Float64Array, Int32Array
from katalysator.engine.matching.habits import QUICK

ALIKE: Final = QUICK.mean + 4 * QUICK.spread
"""So near the meanings of two texts must lie to be one: four spreads nearer than is usual."""
SHARED: Final = 4
"""So many concepts both must be about, or all that the shorter text is about; on its own a meaning says too little."""
COPIES: Final = QUICK.mean + 8 * QUICK.spread
"""So near that nearly the same is said, whatever it is about."""
_FEWEST: Final = 2  # of those concepts
_ONE_LANGUAGE: Final = 0.65
_TWO_LANGUAGES: Final = 0.57
_WITH_WORDS: Final = 0.5
_WORDS: Final = 0.42


@dataclass(frozen=True, slots=True, eq=False)
class ComparedText:
    """A text as it is compared.

    Parameters
    ----------
    meaning : Float32Array, shape (d,)
        Its meaning, of length 1.
    grams : Int32Array, shape (g,)
        Numbers of its groups of letters.
    language : str
        In which it is written.

    """

    meaning: Float32Array
    grams: Int32Array
    language: str


def nearness(one: ComparedText, other: ComparedText) -> float:
    """How near two meanings lie: their cosine, from -1 to 1. Cost: d multiplications."""
    return float(np.dot(one.meaning, other.meaning))


def says_the_same(one: ComparedText, other: ComparedText) -> bool:
    """Whether two texts say nearly the same: they mean it, or are near in meaning and have most of their words in common.

    Of two languages the words say nothing. Cost: d multiplications, and sorting the groups of letters where the
    meanings are near but not near enough.
    """
    near = nearness(one, other)
    if one.language != other.language:
        return near >= _TWO_LANGUAGES
    if near >= _ONE_LANGUAGE:
        return True
    return near >= _WITH_WORDS and _shared(one.grams, other.grams) >= _WORDS


def groups_that_say_the_same(
    meanings: Sequence[Float32Array | None], about: Sequence[AbstractSet[str]]
) -> list[list[int]]:
    """Put each text with those that say nearly the same as it, none in two groups.

    Nobody is brought in by a third: who is alike is alike to the first of its group. Which is first follows from the
    order that is given.

    Parameters
    ----------
    meanings : sequence of n arrays, each of shape (d,), or None
        The meaning of each text, of length 1; of one that was not read there is none, and it stands alone.
    about : sequence of n sets
        The concepts that each text is about.

    Returns
    -------
    list of lists of int
        Numbers of texts, the first of each group leading it; groups in the order of their first.

    Notes
    -----
    n²d multiplications and 8n² bytes of memory; one pass over at most n²/2 pairs.

    Examples
    --------
    >>> import numpy as np
    >>> one, other = np.eye(2, dtype=np.float32)
    >>> groups_that_say_the_same([one, other, one, None], [set(), set(), set(), set()])
    [[0, 2], [1], [3]]

    """
    near = _products(meanings)
    taken: set[int] = set()
    found = []
    for first in range(len(meanings)):
        if first in taken:
            continue
        later = (other for other in range(first + 1, len(meanings)) if other not in taken)
        group = [first, *(n for n in later if _is_one(near[first, n], about[first], about[n]))]
        taken.update(group)
        found.append(group)
    return found


def _products(meanings: Sequence[Float32Array | None]) -> Float64Array:
    """The cosine of each two, shape (n, n); nothing where one was not read."""
    vectors = {n: each for n, each in enumerate(meanings) if each is not None}
    near = np.zeros((len(meanings), len(meanings)))
    if vectors:
        read, known = list(vectors), np.stack(list(vectors.values()))
        near[np.ix_(read, read)] = known @ known.T
    return near


def _is_one(near: float, one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    wanted = max(_FEWEST, min(SHARED, len(one), len(other)))
    return bool(near >= COPIES or (near >= ALIKE and len(one & other) >= wanted))


def _shared(one: Int32Array, other: Int32Array) -> float:
    """Which part of the groups of letters of the shorter text the other has too."""
    shorter = min(len(one), len(other))
    return len(np.intersect1d(one, other)) / shorter if shorter else 0.0

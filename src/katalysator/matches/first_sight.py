"""What lies nearest at first sight, said to the database: meaning, set against what is usual, and shared concepts and skills.

An entry holds the concepts of its text and the words of its skills as a sparse vector, each in a place of its own that
stays when the thesaurus changes. Who searches asks with what each of them would be worth to it: `engine/matching/sides.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias
from zlib import crc32

import numpy as np
from pgvector import SparseVector
from scipy import sparse

from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import CONCEPTS_SHARE, QUICK, worth_of_concepts
from katalysator.engine.text import Lexicon, whole_words
from katalysator.matches.models import PLACES, MarketEntry

SparseRows: TypeAlias = sparse.csr_array
_NEARER: Final = """
    (entry.meaning <#> (SELECT meaning FROM matches_marketentry WHERE listing_id = %s))
    * (%s::float8 + 1.0 / entry.spread) + entry.mean / entry.spread
"""
"""By the product of meanings, turned around. The own one stays in the database: as text it is longer than all else that is asked."""
_SHARING: Final = f"{_NEARER} + (entry.about <#> %s::sparsevec) * %s"
_SHARE: Final = (
    2 * CONCEPTS_SHARE / QUICK.spread
)  # of what is shared, beside spreads that lie on both sides
_MOST: Final = 160  # concepts and words of one listing: more would not fit in its row of the index
_ASKED: Final = 128  # concepts looked for: among 100,000 listings the first five fits of 150 are the same as by all


def usually_nearer(mine: MarketEntry, known: Lexicon) -> tuple[str, list[Any]]:
    """What rises as an `entry` lies less near than is usual for both, and shares less of what it is about: SQL, and its values."""
    worth = _worth(mine, known)
    asked = [mine.pk, 1.0 / mine.spread]
    return (_SHARING, [*asked, _in_places(worth).to_text(), _SHARE]) if worth else (_NEARER, asked)


def about_the_same(mine: MarketEntry, about: SparseRows, known: Lexicon) -> FloatArray:
    """The same that others share with it, (E,), in what is at hand: `about` holds a row for each of them."""
    worth = _in_places(_worth(mine, known))
    place, value = np.array(worth.indices(), np.intp), np.array(worth.values(), np.float64)
    return np.asarray(about[:, place] @ value * _SHARE)


def rows_of(entries: Sequence[MarketEntry]) -> SparseRows:
    """What entries are about, a row for each."""
    each = [entry.about for entry in entries]
    places = [np.array(one.indices(), np.intp) for one in each]
    values = [np.array(one.values(), np.float64) for one in each]
    ends = np.cumsum([0, *map(len, places)])
    parts = (np.concatenate([[], *values]), np.concatenate([[], *places]).astype(np.intp), ends)
    return sparse.csr_array(parts, shape=(len(entries), PLACES))


def told_by(concepts: Mapping[str, float], skills: Iterable[str]) -> SparseVector:
    """What a listing is about: how surely each concept is meant, the surest first, and the words of its skills."""
    surest = sorted(concepts.items(), key=lambda each: (-each[1], each[0]))
    words = [(word, 1.0) for word in sorted(whole_words(" ".join(skills)))]
    return _in_places(dict((surest + words)[:_MOST]))


def _worth(mine: MarketEntry, known: Lexicon) -> dict[str, float]:
    """What concepts and words of a skill would be worth to it in another, of concepts those that are worth most."""
    words = known.skill_worth(" ".join(mine.listing.skills))
    return worth_of_concepts(mine.reading.concepts, known, _ASKED) | words


def _in_places(told: Mapping[str, float]) -> SparseVector:
    """Concepts and words by key as a vector; two that share a place, which is rare, count as one."""
    return SparseVector({crc32(key.encode()) % PLACES: each for key, each in told.items()}, PLACES)

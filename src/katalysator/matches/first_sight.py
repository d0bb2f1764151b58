"""What lies nearest at first sight, said to the database: meaning, set against what is usual, and shared concepts.

An entry holds the concepts of its text as a sparse vector, each in a place of its own that stays when the thesaurus
changes. Who searches asks with what each concept would be worth to it: `engine/matching/sides.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias
from zlib import crc32

import numpy as np
from django.db.models import F
from django.db.models.expressions import Combinable, RawSQL
from pgvector import SparseVector
from pgvector.django import MaxInnerProduct
from scipy import sparse

from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import CONCEPTS_SHARE, QUICK, worth_of_concepts
from katalysator.engine.text import Lexicon
from katalysator.matches.models import PLACES, MarketEntry

SparseRows: TypeAlias = sparse.csr_array
_MEANING: Final = "SELECT meaning FROM matches_marketentry WHERE listing_id = %s"
"""It stays in the database: as text it is longer than all else that is asked."""
_SHARE: Final = (
    2 * CONCEPTS_SHARE / QUICK.spread
)  # of what is shared, beside spreads that lie on both sides


def usually_nearer(mine: MarketEntry, known: Lexicon) -> Combinable:
    """What rises as the other lies less near than is usual for both, and shares less of what it is about."""
    own = RawSQL(_MEANING, [mine.pk])  # noqa: S611 — a number in a text of ours
    apart = MaxInnerProduct("meaning", own)  # the product, turned around
    nearer = apart * (1.0 / mine.spread + 1.0 / F("spread")) + F("mean") / F("spread")
    worth = worth_of_concepts(mine.reading.concepts, known)
    return nearer + MaxInnerProduct("about", in_places(worth)) * _SHARE if worth else nearer


def about_the_same(mine: MarketEntry, about: SparseRows, known: Lexicon) -> FloatArray:
    """The same that others share with it, (E,), in what is at hand: `about` holds a row for each of them."""
    worth = in_places(worth_of_concepts(mine.reading.concepts, known))
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


def in_places(concepts: Mapping[str, float]) -> SparseVector:
    """Concepts by key as a vector; two that share a place, which is rare, count as one."""
    return SparseVector(
        {crc32(key.encode()) % PLACES: each for key, each in concepts.items()}, PLACES
    )

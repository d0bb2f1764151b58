"""What lies nearest at first sight, said to the database: meaning, set against what is usual, and shared concepts.

An entry holds the concepts of its text as a sparse vector, each in a place of its own that stays when the thesaurus
changes. Who searches asks with what each concept would be worth to it: `engine/matching/sides.py`.
"""

from collections.abc import Mapping
from typing import Final
from zlib import crc32

from django.db.models import F
from django.db.models.expressions import Combinable
from pgvector import SparseVector
from pgvector.django import MaxInnerProduct

from katalysator.engine.matching import CONCEPTS_SHARE, QUICK, worth_of_concepts
from katalysator.engine.text import Lexicon
from katalysator.matches.models import PLACES, MarketEntry

_SHARE: Final = (
    2 * CONCEPTS_SHARE / QUICK.spread
)  # of what is shared, beside spreads that lie on both sides


def usually_nearer(mine: MarketEntry, known: Lexicon) -> Combinable:
    """What rises as the other lies less near than is usual for both, and shares less of what it is about."""
    apart = MaxInnerProduct("meaning", mine.meaning)  # the product, turned around
    nearer = apart * (1.0 / mine.spread + 1.0 / F("spread")) + F("mean") / F("spread")
    worth = worth_of_concepts(mine.reading.concepts, known)
    return nearer + MaxInnerProduct("about", in_places(worth)) * _SHARE if worth else nearer


def in_places(concepts: Mapping[str, float]) -> SparseVector:
    """Concepts by key as a vector; two that share a place, which is rare, count as one."""
    return SparseVector(
        {crc32(key.encode()) % PLACES: each for key, each in concepts.items()}, PLACES
    )

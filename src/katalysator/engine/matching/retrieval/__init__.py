"""Which pairs are worth a full score, and the search for the nearest of many vectors.

`shortlist` gives the best few offers of each need; `Index` searches among vectors within `Facets`.
The compiled kernels (`best_lists`, `pairing`, `scanning`, ...) are loaded only when there is something
to search.
"""

from katalysator.engine.matching.retrieval.facets import Facets
from katalysator.engine.matching.retrieval.index import Index
from katalysator.engine.matching.retrieval.shortlist import (
    CONCEPTS_SHARE,
    WORDS_SHARE,
    RowPairs,
    shortlist,
)

__all__ = [
    "CONCEPTS_SHARE",
    "WORDS_SHARE",
    "Facets",
    "Index",
    "RowPairs",
    "shortlist",
]

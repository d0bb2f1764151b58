"""Given pairs of needs and offers as the engine sees them today, whatever their rank."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from katalysator.engine.arrays import FloatArray, Rows
from katalysator.engine.matching import Scores, Side, score
from katalysator.engine.text import Lexicon
from katalysator.matches.entries import side
from katalysator.matches.models import MarketEntry
from katalysator.matches.weights import weighed
from katalysator.readings.texts import lexicon

_DECIMALS = 6

Pair = tuple[int, int]
"""The numbers of a need and an offer."""


@dataclass(frozen=True, slots=True, eq=False)
class PairEvidence:
    """E pairs: their scores as the engine comes, and the bare likeness of the quick encoder, (E,)."""

    plain: Scores
    quick: FloatArray

    @property
    def scores(self) -> Scores:
        """The scores as they count on this site."""
        return weighed(self.plain)


def pair_evidence(pairs: Sequence[Pair]) -> PairEvidence:
    """Score pairs in their order. Raises KeyError for what was not read. Cost: two queries, and the scores."""
    known = lexicon()
    needs, need = one_side([need for need, _ in pairs], known)
    offers, offer = one_side([offer for _, offer in pairs], known)
    asked, given = needs.reading.meaning[need], offers.reading.meaning[offer]
    likeness = np.einsum("ij,ij->i", asked, given, dtype=np.float64)
    return PairEvidence(score(needs, offers, need, offer), np.asarray(likeness, np.float64))


def one_side(keys: Sequence[int], known: Lexicon) -> tuple[Side, Rows]:
    """One side with each listing once, and the row of each key."""
    found = MarketEntry.objects.filter(pk__in=set(keys)).select_related("listing", "reading")
    entries = list(found.order_by("pk"))
    place = {entry.pk: row for row, entry in enumerate(entries)}
    return side(entries, known), np.array([place[key] for key in keys], np.intp)


def kept_parts(scores: Scores, row: int) -> dict[str, float]:
    """The parts of one pair as tables keep them."""
    return {
        str(part): round(float(values[row]), _DECIMALS) for part, values in scores.parts.items()
    }

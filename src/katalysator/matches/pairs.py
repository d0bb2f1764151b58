"""Given pairs of needs and offers as the engine sees them today, whatever their rank."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from katalysator.engine.arrays import FloatArray, Rows
from katalysator.engine.matching import Judgement, Scores, Side, score
from katalysator.engine.text import Lexicon
from katalysator.matches.entries import profile, side
from katalysator.matches.judging import TextPair, judgements, with_judgements
from katalysator.matches.models import MarketEntry
from katalysator.matches.weights import weighed
from katalysator.readings.careful import serving
from katalysator.readings.models import CarefulEncoder
from katalysator.readings.texts import lexicon

_DECIMALS = 6

ListingPair = tuple[int, int]
"""The numbers of a need and an offer."""


@dataclass(frozen=True, slots=True, eq=False)
class ListingPairs:
    """E pairs: both sides, their scores as the engine comes, and what a judge said of each."""

    sides: tuple[Side, Side]
    plain: Scores
    judgements: Sequence[Judgement | None]

    @property
    def scores(self) -> Scores:
        """The scores as they count on this site."""
        return weighed(self.plain)

    @property
    def quick(self) -> FloatArray:
        """The bare likeness by the quick encoder, (E,)."""
        asked, given = (each.reading.meaning for each in self.sides)
        found = np.einsum(
            "ij,ij->i", asked[self.plain.need], given[self.plain.offer], dtype=np.float64
        )
        return np.asarray(found, np.float64)


def scored_pairs(pairs: Sequence[ListingPair]) -> ListingPairs:
    """Score pairs in their order. Raises KeyError for what was not read. Cost: four queries, and the scores."""
    needs, need = one_side([need for need, _ in pairs])
    offers, offer = one_side([offer for _, offer in pairs])
    return scored(needs, offers, need, offer, lexicon(), serving())


def scored(
    needs: Sequence[MarketEntry],
    offers: Sequence[MarketEntry],
    need: Rows,
    offer: Rows,
    known: Lexicon,
    encoder: CarefulEncoder | None,
) -> ListingPairs:
    """Score pairs of rows (E,). Cost: a query where there is a judge, and the scores."""
    texts = [
        (needs[i].reading.digest, offers[j].reading.digest)
        for i, j in zip(need.tolist(), offer.tolist(), strict=True)
    ]
    asking, giving = (
        side(entries, known, encoder, [profile(each.listing) for each in entries])
        for entries in (needs, offers)
    )
    return scored_sides((asking, giving), need, offer, texts)


def scored_sides(
    sides: tuple[Side, Side], need: Rows, offer: Rows, texts: Sequence[TextPair]
) -> ListingPairs:
    """Score pairs of rows (E,) of what is laid out; `texts` names what each says. Cost: as `scored`."""
    said = judgements(texts)
    return ListingPairs(sides, with_judgements(score(*sides, need, offer), said), said)


def one_side(keys: Sequence[int]) -> tuple[list[MarketEntry], Rows]:
    """The entries of some listings, each once, and the row of each key."""
    found = MarketEntry.objects.filter(pk__in=set(keys)).select_related("listing", "reading")
    entries = list(found.order_by("pk"))
    place = {entry.pk: row for row, entry in enumerate(entries)}
    return entries, np.array([place[key] for key in keys], np.intp)


def kept_parts(scores: Scores, row: int) -> dict[str, float]:
    """The parts of one pair as tables keep them."""
    return {
        str(part): round(float(values[row]), _DECIMALS) for part, values in scores.parts.items()
    }

"""Fills the table of matches: real ones for a sample of needs, drawn ones for all others."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from django.db import connection

from bench.site.filling import SEED
from katalysator.listings.models import Kind, Listing
from katalysator.matches.candidates import candidates
from katalysator.matches.models import Match
from katalysator.matches.search import WORTH_KEEPING

_DRAWN: Final = 8  # matches of a need that is not in the sample
_BATCH: Final = 250

_OTHERS: Final = """
WITH offer AS (
    SELECT id, market, row_number() OVER (PARTITION BY market ORDER BY id) - 1 AS place
    FROM listings_listing WHERE kind = 'offer'
), size AS (
    SELECT market, count(*) AS places FROM offer GROUP BY market
), turn AS (
    SELECT need.id, need.market, (need.id * 7919 + step * 104729) %% size.places AS place
    FROM listings_listing need JOIN size USING (market), generate_series(1, %(each)s) step
    WHERE need.kind = 'need'
      AND NOT EXISTS (SELECT FROM matches_match known WHERE known.need_id = need.id)
), drawn AS (
    SELECT DISTINCT turn.id AS need_id, market, offer.id AS offer_id
    FROM turn JOIN offer USING (market, place)
)
INSERT INTO matches_match (need_id, offer_id, market, score, parts, seats, found_at)
SELECT need_id, offer_id, market,
       (%(scores)s::float8[])[1 + (need_id * 31 + offer_id * 17) %% %(size)s],
       %(parts)s, ((need_id + offer_id) %% %(each)s = 0)::int, now()
FROM drawn
"""
_BEST: Final = """
WITH side AS (
    SELECT need_id AS id, offer_id AS other, score FROM matches_match
    UNION ALL SELECT offer_id, need_id, score FROM matches_match
), best AS (
    SELECT side.id, max(score) AS inside,
           coalesce(max(score) FILTER (WHERE visibility = 'everyone'), 0) AS outside
    FROM side JOIN listings_listing other ON other.id = side.other GROUP BY side.id
)
UPDATE listings_listing listing SET best = outside, best_inside = inside
FROM best WHERE best.id = listing.id
"""


def fill_matches(sample: int) -> int:
    """Make matches, and set the best of each listing; returns how many there are."""
    random = np.random.default_rng(SEED + 3)
    needs = list(Listing.objects.filter(kind=Kind.NEED).order_by("pk").values_list("pk", flat=True))
    chosen = random.choice(needs, min(sample, len(needs)), replace=False).tolist()
    for first in range(0, len(chosen), _BATCH):
        Match.objects.bulk_create(_found(chosen[first : first + _BATCH]))
    _fill_others()
    return Match.objects.count()


def _found(needs: Sequence[int]) -> list[Match]:
    return [
        match
        for need in Listing.objects.filter(pk__in=needs).order_by("pk")
        for match in _matches(need)
    ]


def _matches(need: Listing) -> list[Match]:
    found = candidates(need, seen_by=None)
    matches: list[Match] = []
    for item in found.items if found else ():
        matches.append(
            Match(
                need_id=need.pk,
                offer_id=item.listing.pk,
                market=need.market,
                score=item.score,
                parts={str(part): round(value, 6) for part, value in item.parts.items()},
                seats=int(not matches),
            )
        )
    return [match for match in matches if match.score >= WORTH_KEEPING]


def _fill_others() -> None:
    """What a whole coalition would have; scores as often as in the sample."""
    scores = list(Match.objects.order_by("pk").values_list("score", flat=True)[:2_000])
    parts = str(Match.objects.values_list("parts", flat=True)[0]).replace("'", '"')
    values: dict[str, Any] = {"each": _DRAWN, "scores": scores, "size": len(scores), "parts": parts}
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, values)
        cursor.execute(_BEST)

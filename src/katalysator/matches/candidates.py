"""Who fits whom: candidates for one listing, from the tables through the engine.

The hard constraints narrow the query, an exact scan orders by meaning, the engine scores the
nearest. The same function serves the page and the background.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from pgvector.django import MaxInnerProduct

from katalysator.coalition.models import Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.engine.matching import (
    Explanation,
    Judgement,
    Part,
    Scores,
    Side,
    discount,
    explain,
    share_for,
)
from katalysator.engine.text import Lexicon
from katalysator.listings.models import Kind, Listing
from katalysator.matches.constraints import hard
from katalysator.matches.models import MarketEntry
from katalysator.matches.pairs import scored
from katalysator.readings.texts import lexicon
from katalysator.search.models import found_by

SCORED = 80  # nearest by meaning that get a full score
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listing of the other kind, the chance that it is useful, its parts in log-odds, and why.

    `judgement` is there where a judge read the pair.
    """

    listing: Listing
    score: float
    parts: Mapping[Part, float]
    explanation: Explanation
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best fits of a listing, how many were looked at, and what kept the others out."""

    items: Sequence[Candidate]
    allowed: int
    hidden: Mapping[str, int]

    @property
    def seen(self) -> int:
        """All listings of the other kind in this market."""
        return self.allowed + sum(self.hidden.values())


def candidates(
    listing: Listing,
    *,
    seen_by: Person | AnonymousUser | None,
    limit: int = SHOWN,
    also: Collection[int] = (),
) -> Candidates | None:
    """The best fits among what `seen_by` may see; None for no person: all that is open.

    Of the listings in `also`, those that are allowed come along however they rank. Returns None
    while the listing has not been read. Cost: five queries and 80 scores, and those of `also`.
    """
    mine = MarketEntry.objects.select_related("reading", "encoder").filter(listing=listing).first()
    if mine is None:
        return None
    mine.listing = listing
    open_to_them = Listing.objects.open().filter(
        kind=Kind(listing.kind).other, market=listing.market
    )
    if seen_by is not None:
        open_to_them = open_to_them.visible_to(seen_by)
    constraints = hard(listing)
    hidden = _hidden(open_to_them, constraints)
    allowed = hidden.pop("", 0)
    nearest = _nearest(mine, open_to_them, constraints, also) if allowed else []
    if seen_by is not None and not speaks_for_any(seen_by):
        _forget_pressure([mine, *nearest])
    best = _best(mine, nearest, allowed + sum(hidden.values()), limit, also)
    return Candidates(best, allowed, hidden)


def _forget_pressure(entries: Sequence[MarketEntry]) -> None:
    """How wanted an offer is may come from needs that a stranger does not see: leave it out."""
    for entry in entries:
        entry.listing.price = entry.listing.pressure = 0.0


def _hidden(listings: QuerySet[Listing], constraints: Mapping[str, Q]) -> dict[str, int]:
    """Counts by the first constraint that is broken; the empty name for none."""
    broken = Case(
        *(
            When(~condition, then=Value(name))
            for name, condition in constraints.items()
            if condition
        ),
        default=Value(""),
        output_field=CharField(),
    )
    rows = listings.order_by().values(broken=broken).annotate(count=Count("pk"))
    return {row["broken"]: row["count"] for row in rows}


def _nearest(
    mine: MarketEntry,
    listings: QuerySet[Listing],
    constraints: Mapping[str, Q],
    also: Collection[int],
) -> list[MarketEntry]:
    """The few whose rows are worth reading: the scan of all meanings touches nothing else."""
    allowed = listings.filter(*constraints.values()).order_by().values("pk")
    scanned = MarketEntry.objects.filter(
        kind=Kind(mine.kind).other, market=mine.market, listing__in=allowed
    )
    nearest = scanned.order_by(_usually_nearer(mine)).values("pk")[:SCORED]
    found = list(_with_listings(MarketEntry.objects.filter(pk__in=nearest)))
    missed = set(also).difference(entry.pk for entry in found)
    return found + list(_with_listings(scanned.filter(pk__in=missed))) if missed else found


def _usually_nearer(mine: MarketEntry) -> Combinable:
    """What rises as the other lies less near than is usual for both."""
    apart = MaxInnerProduct("meaning", mine.meaning)  # the product, turned around
    return apart * (1.0 / mine.spread + 1.0 / F("spread")) + F("mean") / F("spread")


def _with_listings(entries: QuerySet[MarketEntry]) -> QuerySet[MarketEntry]:
    rows = entries.select_related("listing__organisation", "reading")
    unshown = found_by("listing__", "listing__organisation__")
    return rows.defer("reading__meaning", *unshown)


def _best(
    mine: MarketEntry,
    others: Sequence[MarketEntry],
    market_size: int,
    limit: int,
    also: Collection[int],
) -> list[Candidate]:
    """Candidates by falling score; equal scores keep the older listing first."""
    if not others:
        return []
    needs, offers = ([mine], others) if mine.kind == Kind.NEED else (others, [mine])
    rows = np.arange(len(others), dtype=np.intp)
    here = np.zeros_like(rows)
    need, offer = (here, rows) if mine.kind == Kind.NEED else (rows, here)
    known = lexicon()
    found = scored(needs, offers, need, offer, known, mine.encoder)
    scores = found.scores
    price = np.array([entry.listing.price for entry in offers])[offer]
    total = scores.total
    relief = discount(need, total, price, share=share_for(market_size))
    worth = (total + relief).tolist()
    order = sorted(rows.tolist(), key=lambda row: (-worth[row], others[row].pk))
    chosen = order[:limit] + [row for row in order[limit:] if others[row].pk in also]
    return [
        replace(
            _candidate(mine.listing, others[row].listing, scores, row, found.sides, known),
            judgement=found.judgements[row],
        )
        for row in chosen
    ]


def _candidate(
    mine: Listing,
    other: Listing,
    scores: Scores,
    row: int,
    sides: tuple[Side, Side],
    known: Lexicon,
) -> Candidate:
    parts = {part: float(values[row]) for part, values in scores.parts.items()}
    places = int(scores.need[row]), int(scores.offer[row])
    need, offer = (side.profiles[place] for side, place in zip(sides, places, strict=True))
    asked, given = (side.meant(place) for side, place in zip(sides, places, strict=True))
    busy = other.pressure if mine.kind == Kind.NEED else mine.pressure
    total = float(scores.total[row])
    facts = explain(
        need, offer, total, parts, concepts=(asked, given), pressure=busy, lexicon=known
    )
    return Candidate(other, total, parts, facts)

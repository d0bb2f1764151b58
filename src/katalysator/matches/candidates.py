"""Who fits whom: candidates for one listing, from the tables through the engine.

The hard constraints narrow the query, an exact scan orders by meaning and concepts, the engine scores the
nearest. The same function serves the page and the background.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Func,
    Q,
    QuerySet,
    Value,
    When,
)

from katalysator.coalition.models import Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.core import changes
from katalysator.engine.matching import (
    Explanation,
    Judgement,
    Part,
    Scores,
    Side,
    discount,
    explain,
    in_sight_of,
    share_for,
)
from katalysator.engine.text import Lexicon
from katalysator.listings.models import Kind, Listing
from katalysator.matches.at_hand import entries_at_hand
from katalysator.matches.constraints import hard
from katalysator.matches.first_sight import usually_nearer
from katalysator.matches.models import MarketEntry
from katalysator.matches.pairs import scored
from katalysator.readings.texts import lexicon

SCORED = 80  # nearest at first sight that get a full score; of more than a thousand up to four times as many
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
    while the listing has not been read. Cost: seven queries at most and 80 to 320 scores, and those of `also`.
    """
    state = changes.state(listing.market)
    mine = entries_at_hand(listing.market, [listing.pk], state).get(listing.pk)
    if mine is None:
        return None
    open_to_them = Listing.objects.open().filter(
        kind=Kind(listing.kind).other, market=listing.market
    )
    if seen_by is not None:
        open_to_them = open_to_them.visible_to(seen_by)
    constraints = hard(listing)
    hidden = _counted(open_to_them, constraints)
    allowed, first = hidden.pop("", (0, []))
    if allowed > len(first):
        first = _nearest(
            mine,
            open_to_them.filter(*constraints.values()),
            in_sight_of(allowed, SCORED, times=4),
            also,
        )
    others = list(entries_at_hand(listing.market, first, state).values())
    # How wanted an offer is may come from needs that a stranger does not see: it is left out.
    has_pressure = seen_by is None or speaks_for_any(seen_by)
    size = allowed + sum(count for count, _ in hidden.values())
    best = _best(mine, others, size, limit, also, has_pressure=has_pressure)
    return Candidates(best, allowed, {name: count for name, (count, _) in hidden.items()})


def _counted(
    listings: QuerySet[Listing], constraints: Mapping[str, Q]
) -> dict[str, tuple[int, list[int]]]:
    """Counts by the first constraint that is broken, with the numbers of some; the empty name for none."""
    broken = Case(
        *(
            When(~condition, then=Value(name))
            for name, condition in constraints.items()
            if condition
        ),
        default=Value(""),
        output_field=CharField(),
    )
    rows = listings.order_by().values(broken=broken)
    rows = rows.annotate(count=Count("pk"), first=_Some(ArrayAgg("pk"), most=SCORED))
    return {row["broken"]: (row["count"], row["first"]) for row in rows}


class _Some(Func):
    """No more than the first of an array."""

    template = "(%(expressions)s)[:%(most)s]"
    output_field = ArrayField(BigIntegerField())


def _nearest(
    mine: MarketEntry, allowed: QuerySet[Listing], wanted: int, also: Collection[int]
) -> list[int]:
    """The few whose rows are worth reading, of many: the scan of all entries touches nothing else."""
    scanned = MarketEntry.objects.filter(
        kind=Kind(mine.kind).other, market=mine.market, listing__in=allowed.order_by().values("pk")
    ).values_list("pk", flat=True)
    nearest = list(scanned.order_by(usually_nearer(mine, lexicon()))[:wanted])
    missed = set(also).difference(nearest)
    return nearest + list(scanned.filter(pk__in=missed)) if missed else nearest


def _best(
    mine: MarketEntry,
    others: Sequence[MarketEntry],
    market_size: int,
    limit: int,
    also: Collection[int],
    *,
    has_pressure: bool,
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
    price = np.array([entry.listing.price * has_pressure for entry in offers])[offer]
    total = scores.total
    relief = discount(need, total, price, share=share_for(market_size))
    worth = (total + relief).tolist()
    order = sorted(rows.tolist(), key=lambda row: (-worth[row], others[row].pk))
    chosen = order[:limit] + [row for row in order[limit:] if others[row].pk in also]
    return [
        replace(
            _candidate(
                mine.listing,
                others[row].listing,
                scores,
                row,
                found.sides,
                known,
                has_pressure=has_pressure,
            ),
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
    *,
    has_pressure: bool,
) -> Candidate:
    parts = {part: float(values[row]) for part, values in scores.parts.items()}
    places = int(scores.need[row]), int(scores.offer[row])
    need, offer = (side.profiles[place] for side, place in zip(sides, places, strict=True))
    asked, given = (side.meant(place) for side, place in zip(sides, places, strict=True))
    busy = (other if mine.kind == Kind.NEED else mine).pressure * has_pressure
    total = float(scores.total[row])
    facts = explain(
        need, offer, total, parts, concepts=(asked, given), pressure=busy, lexicon=known
    )
    return Candidate(other, total, parts, facts)

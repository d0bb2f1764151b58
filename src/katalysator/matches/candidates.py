"""Who fits whom: candidates for one listing, from the tables through the engine.

The hard constraints narrow the query, an exact scan orders by meaning and concepts, the engine scores the
nearest. The same function serves the page and the background.
"""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np
from django.contrib.auth.models import AnonymousUser

from katalysator.coalition.models import Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.core import changes
from katalysator.engine.matching import (
    Explanation,
    Judgement,
    Part,
    Profile,
    Scores,
    discount,
    explain,
    share_for,
)
from katalysator.listings.models import Listing
from katalysator.matches.nearest import Nearest, nearest
from katalysator.matches.pairs import scored_sides

SCORED = 80  # nearest at first sight that get a full score; of more than a thousand up to sixteen times as many
SHOWN = 20


@dataclass(frozen=True)
class Candidate:
    """A listing of the other kind, the chance that it is useful, its parts in log-odds, and why.

    `judgement` is there where a judge read the pair; `version` names the listing, with all that was read in
    it and is shown of it.
    """

    listing: Listing
    score: float
    parts: Mapping[Part, float]
    judgement: Judgement | None
    version: Hashable = field(compare=False)
    explained: Callable[[], Explanation] = field(compare=False)

    @cached_property
    def explanation(self) -> Explanation:
        """Why it fits, worked out where it is told."""
        return self.explained()


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best fits of a listing, which `version` names, how many were looked at, and what kept the others out."""

    items: Sequence[Candidate]
    allowed: int
    hidden: Mapping[str, int]
    version: Hashable = field(compare=False)

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
    while the listing has not been read. Cost: six queries at most and 80 to 1,280 scores, and those of `also`.
    """
    # How wanted an offer is may come from needs that a stranger does not see: it is left out.
    has_pressure = seen_by is None or speaks_for_any(seen_by)
    now = changes.states()
    with changes.as_of(now):
        found = nearest(listing, now, seen_by=seen_by, most=SCORED, also=also)
        if found is None:
            return None
        best = _best(found, limit, also, has_pressure=has_pressure)
    return Candidates(best, found.allowed, found.hidden, found.version)


def _best(
    found: Nearest, limit: int, also: Collection[int], *, has_pressure: bool
) -> list[Candidate]:
    """Candidates by falling score; equal scores keep the older listing first."""
    others = found.others
    if not others:
        return []
    pairs = scored_sides(found.sides, found.need, found.offer, found.texts)
    scores = pairs.scores
    total = scores.total
    price = np.array([entry.listing.price * has_pressure for entry in found.offers])
    relief = discount(found.need, total, price, share=share_for(found.need, total))
    worth = (total + relief).tolist()
    order = sorted(range(len(others)), key=lambda row: (-worth[row], others[row].pk))
    chosen = order[:limit] + [row for row in order[limit:] if others[row].pk in also]
    told = found.in_full(chosen)
    return [
        _candidate(found, scores, row, told[row], pairs.judgements[row], has_pressure=has_pressure)
        for row in chosen
        if row in told
    ]


def _candidate(
    found: Nearest,
    scores: Scores,
    row: int,
    told: tuple[Listing, Profile],
    said: Judgement | None,
    *,
    has_pressure: bool,
) -> Candidate:
    listing, other = told
    parts = {part: float(values[row]) for part, values in scores.parts.items()}
    total = float(scores.total[row])
    explained = partial(_explained, found, row, other, total, parts, has_pressure=has_pressure)
    return Candidate(listing, total, parts, said, found.versions[row], explained)


def _explained(
    found: Nearest,
    row: int,
    other: Profile,
    total: float,
    parts: Mapping[Part, float],
    *,
    has_pressure: bool,
) -> Explanation:
    sides = list(zip(found.sides, (int(found.need[row]), int(found.offer[row])), strict=True))
    need, offer = (side.profiles[place] for side, place in sides)
    if found.mine.listing.is_need:
        offer = other
    else:
        need = other
    asked, given = (side.meant(place) for side, place in sides)
    return explain(
        need,
        offer,
        total,
        parts,
        concepts=(asked, given),
        letters=found.offers[row].reading.grams,
        pressure=found.offers[row].listing.pressure * has_pressure,
        lexicon=found.known,
    )

"""Needs without a good offer: those that ask nearly the same as one gap, by how much it matters.

What counts: how many ask it, how far the nearest offer is, how long the first waits, and whether it is about an
area that stands in a target of the coalition. Each is told beside it; none of them is hidden in a number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import numpy as np
from django.utils import timezone

from katalysator.coalition.founding.models import Coalition
from katalysator.coalition.models import Area
from katalysator.engine.arrays import Float32Array
from katalysator.engine.matching import groups_that_say_the_same
from katalysator.listings.models import Kind, Listing
from katalysator.listings.queries import ListingQuerySet
from katalysator.matches.models import Match
from katalysator.matches.queries import MatchQuerySet
from katalysator.matches.wording import chance_label

LOOKED_AT: Final = 500
"""Needs, those that wait longest: more would not be read."""
_MONTH: Final = timedelta(days=30)
_LONGEST: Final = 12  # months that count
_TARGET: Final = 1.5


class _Row(NamedTuple):
    """What is looked at of a need."""

    pk: int
    market: str
    areas: list[str]
    owner: tuple[int, int | None]
    since: datetime
    best: float
    meant: frozenset[str]
    meaning: Float32Array | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Needs that ask nearly the same, by number, the longest waiting first, and how much that matters.

    `owners` ask it; `since` is when the first was published; `best` is the chance of the nearest offer of any.
    """

    needs: tuple[int, ...]
    owners: int
    since: datetime
    best: float
    is_target: bool

    @property
    def days(self) -> int:
        """How long it waits."""
        return (timezone.now() - self.since).days

    @property
    def weight(self) -> float:
        """How much it matters: in words beside it, as a number only for the order."""
        months = min(self.days / _MONTH.days, _LONGEST)
        return self.owners * (1.0 - self.best) * (1.0 + months) * (_TARGET if self.is_target else 1)


@dataclass(frozen=True, slots=True)
class ShownGap:
    """A gap with its needs, and the offer that lies nearest, if the asker sees any."""

    gap: Gap
    need: Listing
    others: Sequence[Listing]
    nearest: Match | None

    @property
    def chance(self) -> str:
        """How likely the nearest offer is to be useful, in words."""
        return chance_label(self.nearest.score) if self.nearest else ""


def gaps(found: ListingQuerySet, *, inside: bool) -> list[Gap]:
    """The gaps that these needs make, those that matter most first. Cost: three queries, and a product of meanings."""
    best = "best_inside" if inside else "best"
    columns = ("pk", "market", "areas", "organisation", "person", "published_at", best)
    rows = [
        _Row(pk, market, areas, (owner, person), since, score, frozenset(meant), _vector(meaning))
        for pk, market, areas, owner, person, since, score, meant, meaning in found.order_by(
            "published_at", "pk"
        ).values_list(*columns, "meant", "reading__meaning")[:LOOKED_AT]
    ]
    targets = target_areas()
    made = [_gap(each, targets) for each in _grouped(rows)]
    return sorted(made, key=lambda gap: (-gap.weight, gap.needs))


def target_areas() -> frozenset[str]:
    """The areas whose names stand in a target of the coalition. Cost: two queries."""
    row = Coalition.objects.filter(pk=1).first()
    told = " ".join(each["name"] for each in row.targets).casefold() if row else ""
    return frozenset(
        area.slug
        for area in Area.objects.all()
        if told and any(name.casefold() in told for name in area.name.values() if name)
    )


def shown(some: Sequence[Gap], matches: MatchQuerySet) -> list[ShownGap]:
    """Gaps as a page shows them. Cost: two queries, whatever the number."""
    numbers = [pk for gap in some for pk in gap.needs]
    needs = Listing.objects.with_names().in_bulk(numbers)
    nearest = {each.need_id: each for each in matches.nearest_of(numbers, Kind.NEED)}
    return [
        ShownGap(
            gap,
            needs[gap.needs[0]],
            [needs[pk] for pk in gap.needs[1:]],
            max(
                (nearest[pk] for pk in gap.needs if pk in nearest),
                key=lambda match: match.score,
                default=None,
            ),
        )
        for gap in some
    ]


def _grouped(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Each need with those of its market that ask nearly the same as it."""
    for market in dict.fromkeys(row.market for row in rows):
        inside = [row for row in rows if row.market == market]
        told = [row.meaning for row in inside], [row.meant for row in inside]
        for group in groups_that_say_the_same(*told):
            yield [inside[number] for number in group]


def _gap(rows: Sequence[_Row], targets: frozenset[str]) -> Gap:
    return Gap(
        tuple(row.pk for row in rows),
        len({row.owner for row in rows}),
        rows[0].since,
        max(row.best for row in rows),
        any(not targets.isdisjoint(row.areas) for row in rows) if targets else False,
    )


def _vector(meaning: object) -> Float32Array | None:
    return None if meaning is None else np.asarray(meaning, np.float32)

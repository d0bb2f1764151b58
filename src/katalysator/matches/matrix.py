"""The coalition in one picture: what is counted in each area and block, for one reader.

`matches` counts open needs with a good offer, `possible` those with one that is worth a look, `gaps`
those with neither: together they are the needs. A market is counted when it changed, for all places at
once: by the regions and areas that its listings have together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q

from katalysator.coalition.models import Hub, Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.core import changes
from katalysator.core.kept import renewed
from katalysator.engine.matching import GOOD, POSSIBLE
from katalysator.listings.market import markets, noted_of
from katalysator.listings.models import Kind, Listing
from katalysator.matches.place import Place, reach

Key = tuple[str, str]  # area slug and block; an empty slug stands for all areas

_Seen = tuple[str, bool]
"""A market, and whether it is seen from inside."""
_CELL: Final = 400  # bytes
_GROUP: Final = 200  # bytes


@dataclass(frozen=True, slots=True)
class Counts:
    """What is open in one cell."""

    needs: int = 0
    offers: int = 0
    matches: int = 0
    possible: int = 0

    @property
    def gaps(self) -> int:
        """Needs for which there is nothing."""
        return self.needs - self.matches - self.possible


class _Group(NamedTuple):
    """The open listings of a market that are in the same regions, areas and block, counted."""

    regions: tuple[str, ...]
    areas: tuple[str, ...]
    block: str
    numbers: tuple[int, ...]


def counted(
    person: Person | AnonymousUser,
    *,
    region: str = "",
    hub: Hub | None = None,
    now: changes.States | None = None,
) -> Mapping[Key, Counts]:
    """Counts by cell for what this person may see; cells with nothing in them are left out.

    A listing in two areas counts in both rows, and once in the totals. Cost: one grouped scan for each market
    that changed since somebody asked last, at whatever place; `now` is asked for where it is not at hand.
    Participants and strangers share what they share.
    """
    now, asked, inside = now or changes.states(), Place(region, hub).asked, speaks_for_any(person)
    sums: dict[Key, list[int]] = {}
    for market in markets():
        seen, state = (market.slug, inside), now.of(*noted_of(market.slug))
        for cell, numbers in _cells(person, asked, seen, state).items():
            _add(sums, cell, numbers)
    return {cell: Counts(*numbers) for cell, numbers in sums.items()}


def _cells(
    person: Person | AnonymousUser, asked: Sequence[Sequence[str]], seen: _Seen, state: str
) -> Mapping[Key, Sequence[int]]:
    """What one market has at a place."""

    def here(_before: object) -> Mapping[Key, Sequence[int]]:
        groups = renewed("groups", seen, state, lambda _before: _groups(person, *seen), _size)
        return _summed(group for group in groups if reach(group.regions, asked))

    return renewed("cells", (asked, *seen), state, here, lambda cells: _CELL * len(cells))


def _size(groups: Sequence[_Group]) -> int:
    return _GROUP * len(groups)


def _groups(person: Person | AnonymousUser, market: str, inside: bool) -> list[_Group]:
    seen = Listing.objects.visible_to(person).open().filter(market=market)
    best = "best_inside" if inside else "best"
    needs = Q(kind=Kind.NEED)
    good, possible = Q(**{f"{best}__gte": GOOD}), Q(**{f"{best}__gte": POSSIBLE})
    rows = (
        seen.order_by()
        .values_list("regions", "areas", "block")
        .annotate(
            needs=Count("pk", filter=needs),
            offers=Count("pk", filter=Q(kind=Kind.OFFER)),
            matches=Count("pk", filter=needs & good),
            possible=Count("pk", filter=needs & possible & ~good),
        )
    )
    once: dict[tuple[str, ...], tuple[str, ...]] = {}
    return [
        _Group(_shared(once, regions), _shared(once, areas), block, tuple(numbers))
        for regions, areas, block, *numbers in rows
    ]


def _shared(once: dict[tuple[str, ...], tuple[str, ...]], codes: Sequence[str]) -> tuple[str, ...]:
    """The same codes, in memory once."""
    return once.setdefault(tuple(codes), tuple(codes))


def _summed(groups: Iterator[_Group]) -> dict[Key, list[int]]:
    sums: dict[Key, list[int]] = {}
    for group in groups:
        for area in {"", *group.areas}:
            _add(sums, (area, group.block), group.numbers)
    return sums


def _add(sums: dict[Key, list[int]], cell: Key, numbers: Sequence[int]) -> None:
    before = sums.get(cell)
    if before is None:
        sums[cell] = list(numbers)
        return
    for place, number in enumerate(numbers):
        before[place] += number

"""Where in the country is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from katalysator.coalition.models import Hub
from katalysator.core import regions
from katalysator.listings.queries import ListingQuerySet


@dataclass(frozen=True, slots=True)
class Place:
    """A region and a hub, where both must be reached; neither means the whole country."""

    region: str = ""
    hub: Hub | None = None

    @property
    def query(self) -> dict[str, str]:
        """The place as lists ask for it."""
        asked = {"region": self.region, "hub": self.hub.slug if self.hub else ""}
        return {name: value for name, value in asked.items() if value}

    @property
    def asked(self) -> tuple[tuple[str, ...], ...]:
        """The codes of which one must be reached, of the region and of the hub."""
        of_region = ((regions.parse(self.region),),) if self.region else ()
        return (*of_region, tuple(self.hub.regions)) if self.hub else of_region

    def reached(self, listings: ListingQuerySet) -> ListingQuerySet:
        """Those that reach the place."""
        if self.region:
            listings = listings.in_region(self.region)
        return listings.of_hub(self.hub) if self.hub else listings


def reach(placed: Sequence[str], asked: Sequence[Sequence[str]]) -> bool:
    """Whether what is in these regions reaches a place, by what that asks: `Place.reached` says it in SQL."""
    return all(any(_meet(one, other) for one in codes for other in placed) for codes in asked)


def _meet(one: str, other: str) -> bool:
    return regions.covers(one, other) or regions.covers(other, one)

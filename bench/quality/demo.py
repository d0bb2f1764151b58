"""The open needs and offers of the example, as the site reads them; nothing is asked of a database."""

from datetime import date
from typing import Final

from bench.quality.sets import GradedSet
from katalysator.engine.matching import Profile
from katalysator.listings.contents import fill
from katalysator.listings.models import Kind, Listing
from katalysator.matches.entries import profile
from katalysator.site.demo.loading import DemoRecord, content_of_row, records

_TODAY: Final = date(2026, 1, 1)  # periods are counted from it; it only must be the same for all


def demo() -> GradedSet:
    """Needs and offers that are published in the example; nobody graded them as a whole."""
    rows = [row for row in records("listing", "listings-*.toml") if row["state"] == "published"]
    owner = {slug: n for n, slug in enumerate(sorted({row["organisation"] for row in rows}))}
    found = [_profile(row, number, owner[row["organisation"]]) for number, row in enumerate(rows)]
    needs, offers = (
        tuple(one for one, row in zip(found, rows, strict=True) if row["kind"] == kind)
        for kind in (Kind.NEED, Kind.OFFER)
    )
    return GradedSet("demo", needs, offers, {}, {})


def _profile(row: DemoRecord, number: int, owner: int) -> Profile:
    listing = Listing(
        pk=number, kind=row["kind"], market=row["market"], organisation_id=owner, state="draft"
    )
    fill(listing, content_of_row(row, _TODAY), known_areas=row["areas"])
    return profile(listing)

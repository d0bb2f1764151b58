"""The hard constraints of the engine, said in SQL: the same rules under the same names.

`engine.matching.constraints` checks arrays, this narrows a query; a test holds the two together.
"""

from collections.abc import Mapping

from django.db.models import Q

from katalysator.listings.models import Kind, Listing
from katalysator.listings.queries import reaching


def hard(listing: Listing) -> Mapping[str, Q]:
    """What a listing of the other kind must satisfy to be shown beside this one, by name.

    Market, kind and state are not among these: they say where to look, not why something is hidden.
    """
    stated, terms = listing.stated(), listing.market_class.hard_terms()
    agreed = {name: terms[name].condition(listing.half, stated[name]) for name in sorted(terms)}
    return {
        "own": ~Q(organisation_id=listing.organisation_id),
        **{name: holds for name, holds in agreed.items() if not terms[name].is_interval},
        "area": _insisting(listing, "areas_required", Q(areas__overlap=listing.areas)),
        "region": _insisting(listing, "region_required", reaching(listing.regions)),
        **{name: holds for name, holds in agreed.items() if terms[name].is_interval},
    }


def _insisting(listing: Listing, flag: str, agrees: Q) -> Q:
    """Holds where the side that asks does not insist, or both agree."""
    if listing.kind == Kind.OFFER:
        return Q(**{flag: False}) | agrees
    return agrees if getattr(listing, flag) else Q()

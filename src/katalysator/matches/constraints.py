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
    return {
        "own": ~Q(organisation_id=listing.organisation_id),
        "period": _period(listing),
        **{term: _label(listing, term) for term in listing.market_class.hard_terms()},
        "area": _insisting(listing, "areas_required", _areas(listing)),
        "region": _insisting(listing, "region_required", reaching(listing.regions)),
        "ticket": _ticket(listing),
        "capacity": _capacity(listing),
    }


def _period(listing: Listing) -> Q:
    holds = Q()
    if listing.end:
        holds &= Q(start__isnull=True) | Q(start__lte=listing.end)
    if listing.start:
        holds &= Q(end__isnull=True) | Q(end__gte=listing.start)
    return holds


def _label(listing: Listing, term: str) -> Q:
    mine = [label for label in listing.labels if label.startswith(f"{term}:")]
    return Q(labels__overlap=mine) if mine else Q()


def _areas(listing: Listing) -> Q:
    return Q(areas__overlap=listing.areas)


def _insisting(listing: Listing, flag: str, agrees: Q) -> Q:
    """Holds where the side that asks does not insist, or both agree."""
    if listing.kind == Kind.OFFER:
        return Q(**{flag: False}) | agrees
    return agrees if getattr(listing, flag) else Q()


def _ticket(listing: Listing) -> Q:
    holds = Q()
    if listing.ticket_max is not None:
        holds &= Q(ticket_min__isnull=True) | Q(ticket_min__lte=listing.ticket_max)
    if listing.ticket_min is not None:
        holds &= Q(ticket_max__isnull=True) | Q(ticket_max__gte=listing.ticket_min)
    return holds


def _capacity(listing: Listing) -> Q:
    if listing.kind == Kind.OFFER:
        return Q(min_capacity__lte=listing.capacity)
    return Q(capacity__gte=listing.min_capacity)

"""The API's part on rounds by own order: whom one's own needs and offers could meet, and in which order they would."""

from datetime import date
from typing import Final

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from katalysator.coalition.models import PersonRequest
from katalysator.core.api import RecordNumber, Resource
from katalysator.core.api_writing import Given, Scope
from katalysator.faults import gettext_noop as _
from katalysator.rounds.meeting.api import router
from katalysator.rounds.models import MatchingRound
from katalysator.rounds.orders.sides import OwnSide, own_sides, shown
from katalysator.rounds.orders.verbs import SaidOrder, say

__all__ = ("router",)

ORDERS: Final = Scope(
    "orders", _("Say whom one would rather meet, in matching rounds that ask for it")
)


class OrderCandidate(Resource):
    """Somebody whom a need or an offer could meet, in no order: the number of theirs, its title, and why it fits."""

    listing: int
    title: str
    fits: str


class OwnOrder(Resource):
    """What was said of one's own `listing` in a `round` that asks for it: `order` has the dearest first.

    With `restByScore` those in neither list come after `order`, as the software has them; else they are not met.
    `said` tells whether anything was said; nobody else sees it.
    """

    round: int
    listing: int
    until: date | None
    said: bool
    order: list[int]
    refused: list[int]
    rest_by_score: bool


class WholeOwnOrder(OwnOrder):
    """The same, with whom it could meet."""

    candidates: list[OrderCandidate]


class OwnOrders(Resource):
    """One's own needs and offers in rounds that ask for an order; those that close first come first."""

    items: list[OwnOrder]


class RoundOrderGiven(Given):
    """The numbers of those whom one would meet, the dearest first, and of those whom one would not."""

    order: list[RecordNumber] = []
    refused: list[RecordNumber] = []
    rest_by_score: bool = False


@router.get("/round-orders", response=OwnOrders)
def round_orders(request: HttpRequest) -> OwnOrders:
    """The asker's own needs and offers in rounds that ask whom they would rather meet."""
    sides = own_sides(request.user) if request.user.is_authenticated else []
    return OwnOrders(items=[OwnOrder(**_facts(each)) for each in sides])


@router.get("/round-orders/{number}/{listing}", response=WholeOwnOrder)
def round_order(
    request: PersonRequest, number: RecordNumber, listing: RecordNumber
) -> WholeOwnOrder:
    """One of them, with whom it could meet."""
    return _whole(request, _side(request, number, listing))


@router.put("/round-orders/{number}/{listing}", response=WholeOwnOrder, **ORDERS.required)
def say_order(
    request: PersonRequest, number: RecordNumber, listing: RecordNumber, given: RoundOrderGiven
) -> WholeOwnOrder:
    """Say whom it would rather meet; what was said before is replaced."""
    side = _side(request, number, listing)
    said = SaidOrder(order=given.order, refused=given.refused, rest_by_score=given.rest_by_score)
    say(side.round, side.listing, said, by=request.user)
    return _whole(request, _side(request, number, listing))


def _side(request: HttpRequest, number: int, listing: int) -> OwnSide:
    """One's own need or offer in a round that asks for its order; raises a 404 for any other."""
    found = get_object_or_404(MatchingRound, pk=number, state="ordering")
    person = request.user
    sides = own_sides(person, found) if person.is_authenticated else []
    for each in sides:
        if each.listing.pk == listing:
            return each
    raise Http404


def _whole(request: PersonRequest, side: OwnSide) -> WholeOwnOrder:
    rows = [
        OrderCandidate(listing=each.listing.pk, title=each.listing.title, fits=each.fits)
        for each in shown(side, request.user)
    ]
    return WholeOwnOrder(**_facts(side), candidates=rows)


def _facts(side: OwnSide) -> dict[str, object]:
    said = side.said
    return {
        "round": side.round.pk,
        "listing": side.listing.pk,
        "until": side.round.ordered_until,
        "said": said is not None,
        "order": said.order if said else [],
        "refused": said.refused if said else [],
        "rest_by_score": bool(said and said.rest_by_score),
    }

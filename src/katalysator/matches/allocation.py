"""The seats of a market divided among those who fit, and how hard each offer is fought for."""

import numpy as np
from django.db import transaction

from katalysator.core.columns import write_columns
from katalysator.engine.arrays import FloatArray, Rows
from katalysator.engine.matching import Division, divide, pressure
from katalysator.listings.models import Kind, Listing
from katalysator.listings.workflow import OPEN
from katalysator.matches.models import MarketAllocation, Match
from katalysator.matches.turns import take_turn

_NOTICED = 0.005  # a change of pressure that is worth a write


@transaction.atomic
def allocate(market: str) -> MarketAllocation:
    """Divide the seats of all offers of a market so that the sum of scores is as high as can be.

    The prices that come out become each offer's pressure. Cost: the auction's; one row a market
    is kept, with the proof of how near the best possible the division is.
    """
    both_open = Match.objects.filter(market=market, need__state=OPEN, offer__state=OPEN)
    matches = list(both_open.order_by("need_id", "offer_id"))
    wants = _capacities(market, Kind.NEED)
    seats = _capacities(market, Kind.OFFER)
    need = _rows(wants, [match.need_id for match in matches])
    offer = _rows(seats, [match.offer_id for match in matches])
    worth = np.array([match.score for match in matches], np.float64)
    division = divide(
        need,
        offer,
        worth,
        np.array(list(wants.values()), np.int64),
        np.array(list(seats.values()), np.int64),
    )
    take_turn(market)
    _keep_seats(matches, division)
    _keep_prices(list(seats), division.price, pressure(offer, worth, division.price))
    MarketAllocation.objects.filter(market=market).delete()
    return MarketAllocation.objects.create(
        market=market,
        pairs=len(matches),
        placed=int(division.seats.sum()),
        value=division.certificate.value,
        bound=division.certificate.bound,
    )


def _capacities(market: str, kind: str) -> dict[int, int]:
    listings = Listing.objects.open().filter(market=market, kind=kind)
    return dict(listings.order_by("pk").values_list("pk", "capacity"))


def _rows(known: dict[int, int], wanted: list[int]) -> Rows:
    row = {pk: n for n, pk in enumerate(known)}
    return np.array([row[pk] for pk in wanted], np.intp)


def _keep_seats(matches: list[Match], division: Division) -> None:
    changed = []
    for match, seats in zip(matches, division.seats.tolist(), strict=True):
        if match.seats != seats:
            match.seats = seats
            changed.append(match)
    write_columns(changed, ["seats"])


def _keep_prices(offers: list[int], prices: FloatArray, pressures: FloatArray) -> None:
    rows = Listing.objects.filter(pk__in=offers).only("pk", "price", "pressure").in_bulk()
    changed = []
    for pk, price, push in zip(offers, prices.tolist(), pressures.tolist(), strict=True):
        row = rows[pk]
        if abs(row.price - price) > _NOTICED or abs(row.pressure - push) > _NOTICED:
            row.price, row.pressure = price, push
            changed.append(row)
    write_columns(changed, ["price", "pressure"])

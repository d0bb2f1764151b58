"""A round by own order, for tests: asked, said, closed, and what came of it."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from katalysator.coalition.models import Person
from katalysator.listings.models import Listing
from katalysator.rounds.matching import verbs
from katalysator.rounds.matching.computing import compute
from katalysator.rounds.matching.figures import RoundFigures
from katalysator.rounds.models import MatchingRound, RoundOrder
from katalysator.rounds.orders.verbs import SaidOrder, say
from tests import builders
from tests.rounds.markets import RoundTable, computed, fresh

SCORES = {"aX": 0.9, "aY": 0.8, "bX": 0.7, "bY": 0.6}


def soon() -> date:
    return timezone.localdate() + timedelta(days=7)


def asking(by: Person, **settings: Any) -> MatchingRound:
    """A round by own order that asks both sides."""
    found = computed(by, method="own", **({"per_offer": 1} | settings))
    return verbs.ask(found, soon(), by=by)


def speaker(listing: Listing) -> Person:
    return builders.person(listing.organisation)


def said(table: RoundTable, found: MatchingRound, name: str, order: str, **more: Any) -> RoundOrder:
    """Let the need or offer of this name say this order, by names; `not_` names those refused."""
    every = table.needs | table.offers
    refused = [every[each].pk for each in more.pop("not_", "")]
    given = SaidOrder(order=[every[each].pk for each in order], refused=refused, **more)
    return say(found, every[name], given, by=speaker(every[name]))


def closed(found: MatchingRound, by: Person) -> MatchingRound:
    row = verbs.close(fresh(found), by=by)
    compute(row, row.run)
    return fresh(row)


def figures(found: MatchingRound) -> RoundFigures:
    read = RoundFigures.of(found.figures)
    assert read is not None
    return read

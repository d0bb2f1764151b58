"""The newest matches at a place. Those of a market are asked for when it changed, for all places at once."""

from collections.abc import Iterable
from math import inf
from typing import Final, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import F

from katalysator.coalition.models import Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.core.changes import States
from katalysator.core.kept import renewed
from katalysator.engine.matching import GOOD
from katalysator.listings.market import markets, noted_of
from katalysator.listings.models import Kind, Listing
from katalysator.listings.workflow import OPEN
from katalysator.matches.models import Match
from katalysator.matches.place import Place, reach
from katalysator.matches.queries import MatchQuerySet

_AT_HAND: Final = 60
"""So many matches of a market are kept: the newest of a place are among them, nearly always."""
_BYTES: Final = 700  # of a match that is kept, about
_TOLD: Final = ("need", "need__title", "need__language", "offer__title", "offer__language")


class RecentMatch(NamedTuple):
    """What is told of a match: its need, with the number, and its offer."""

    need: int
    need_title: str
    need_language: str
    offer_title: str
    offer_language: str


class _Placed(NamedTuple):
    """A match, where its need is, and what it is ordered by."""

    order: tuple[float, float, int]
    regions: tuple[str, ...]
    match: RecentMatch


def recent_matches(
    person: Person | AnonymousUser, place: Place, now: States, *, most: int
) -> list[RecentMatch]:
    """The newest good matches of open needs here, `most` of them, as this person may see them.

    Cost: a query for each market that changed since somebody asked last, at whatever place; one more where a
    place has few new ones.
    """
    inside, asked = speaks_for_any(person), place.asked
    by_market = [
        _of_market(person, (each.slug, inside), now.of(*noted_of(each.slug))) for each in markets()
    ]
    here = sorted(each for found in by_market for each in found if reach(each.regions, asked))[
        :most
    ]
    if any(_may_have_newer(found, here, most) for found in by_market):
        here = renewed(
            "newest here",
            (inside, asked, most),
            now.of(),
            lambda _before: _newest(_needed(person, place), most),
            _size,
        )
    return [placed.match for placed in here]


def _of_market(person: Person | AnonymousUser, seen: tuple[str, bool], state: str) -> list[_Placed]:
    def newest(_before: object) -> list[_Placed]:
        return _newest(Match.objects.visible_to(person).filter(market=seen[0]), _AT_HAND)

    return renewed("newest", seen, state, newest, _size)


def _needed(person: Person | AnonymousUser, place: Place) -> MatchQuerySet:
    needs = place.reached(Listing.objects.of_kind(Kind.NEED))
    return Match.objects.visible_to(person).filter(need__in=needs.values("pk"))


def _may_have_newer(found: list[_Placed], here: list[_Placed], most: int) -> bool:
    """Whether a market has others, of which one may be here and come before what was found."""
    return len(found) == _AT_HAND and (len(here) < most or found[-1] < here[-1])


def _newest(found: MatchQuerySet, most: int) -> list[_Placed]:
    good = found.good(GOOD).filter(need__state=OPEN, offer__state=OPEN, seats__gt=0)
    good = good.order_by(F("need__published_at").desc(nulls_last=True), "-score", "pk")
    rows = good.values_list("need__published_at", "score", "pk", "need__regions", *_TOLD)[:most]
    return [
        _Placed(
            (-published.timestamp() if published else inf, -score, pk),
            tuple(regions),
            RecentMatch(*told),
        )
        for published, score, pk, regions, *told in rows
    ]


def _size(found: Iterable[_Placed]) -> int:
    return sum(_BYTES for _each in found)

"""The API of who makes rounds: make one, change it, rule on pairs, and all its deeds."""

from dataclasses import replace
from datetime import date
from typing import Final, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from katalysator.coalition.models import PersonRequest
from katalysator.core.api import RecordNumber
from katalysator.core.api_writing import Given, IfMatch, Scope, seen, tag
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.groups.models import WorkingGroup
from katalysator.listings.models import Listing
from katalysator.rounds.api import RoundResource, visible_round, whole_round
from katalysator.rounds.matching import verbs
from katalysator.rounds.matching.verbs import RoundSettings
from katalysator.rounds.models import MatchingRound
from katalysator.rounds.orders.api import router

__all__ = ("router",)

ROUNDS = Scope("rounds", _("Make matching rounds, compute them and send them"))

_CHANGES = ROUNDS.required
_RULINGS: Final = {"always": True, "never": False, "free": None}


class RoundChange(Given):
    """What a round is called, says and chooses by; what is left out stays as it is. See the settings of a round."""

    name: str = ""
    why: str = ""
    market: str = ""
    method: Literal["best", "stable", "own"] = "best"
    area: str = ""
    region: str = ""
    least: int = 50
    per_need: int = 1
    per_offer: int = 3
    within_capacity: bool = False
    per_organisation: int | None = None
    kept_for: str = ""
    kept: int = 0
    least_in: dict[str, int] = {}


class NewRound(RoundChange):
    """A new round: a `name` and a `market` at least; `group` is the number of the working group that it is for, null for all."""

    group: RecordNumber | None = None


class RoundDeed(Given):
    """A deed of a round, one of its `deeds`."""

    deed: Literal["compute", "close", "stop", "approve", "send", "undo", "drop"]


class RoundAsk(Given):
    """Until when both sides of a round by own order are asked: a day from tomorrow on."""

    until: date


class RoundRulingGiven(Given):
    """What holds for a need and an offer, by their numbers: taken `always`, `never`, or `free` for the round to choose."""

    need: RecordNumber
    offer: RecordNumber
    ruling: Literal["always", "never", "free"]


@router.post("/rounds", response={201: RoundResource}, **_CHANGES)
def make_round(request: PersonRequest, response: HttpResponse, given: NewRound) -> RoundResource:
    """Begin a round. Nothing is computed or sent yet."""
    stated = given.stated
    group = stated.pop("group", None)
    settings = RoundSettings(**{"name": "", "market": ""} | stated)
    made = verbs.make(settings, by=request.user, group=_group(request, group))
    shown = _shown(request, response, made)
    response["Location"] = shown.links.this
    return shown


@router.patch("/rounds/{number}", response=RoundResource, **_CHANGES)
def change_round(
    request: PersonRequest,
    response: HttpResponse,
    number: RecordNumber,
    given: RoundChange,
    if_match: IfMatch = "",
) -> RoundResource:
    """Change what a round is called, says or chooses by; it is to be computed again."""
    found = visible_round(request, number)
    settings = replace(RoundSettings.of(found), **given.stated)
    verbs.edit(found, settings, by=request.user, seen=seen(if_match))
    return _shown(request, response, found)


@router.post("/rounds/{number}/deeds", response=RoundResource, **_CHANGES)
def move_round(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, given: RoundDeed
) -> RoundResource:
    """Do one of the `deeds`."""
    found = visible_round(request, number)
    verbs.DEEDS[given.deed](found, by=request.user)
    return _shown(request, response, found)


@router.post("/rounds/{number}/ask", response=RoundResource, **_CHANGES)
def ask_for_orders(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, given: RoundAsk
) -> RoundResource:
    """Ask both sides of a round by own order whom they would rather meet; again, for another day."""
    found = visible_round(request, number)
    verbs.ask(found, given.until, by=request.user)
    return _shown(request, response, found)


@router.post("/rounds/{number}/rulings", response=RoundResource, **_CHANGES)
def rule_pair(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, given: RoundRulingGiven
) -> RoundResource:
    """Rule by hand that a pair is taken, never is, or neither; the round is to be computed again."""
    found = visible_round(request, number)
    need, offer = (
        get_object_or_404(Listing.objects.visible_to(request.user), pk=each)
        for each in (given.need, given.offer)
    )
    verbs.rule(found, need, offer, by=request.user, is_fixed=_RULINGS[given.ruling])
    return _shown(request, response, found)


def _group(request: PersonRequest, number: int | None) -> WorkingGroup | None:
    """The working group of this number, as the asker may see it. Raises InvalidInput at its field."""
    if number is None:
        return None
    found: WorkingGroup | None = (
        WorkingGroup.objects.visible_to(request.user).filter(pk=number).first()
    )
    if found is None:
        raise InvalidInput("group", _("There is no working group %(number)s."), number=number).at(
            "group"
        )
    return found


def _shown(request: PersonRequest, response: HttpResponse, found: MatchingRound) -> RoundResource:
    fresh = visible_round(request, found.pk)
    tag(response, fresh)
    return whole_round(request, fresh)

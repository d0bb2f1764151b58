"""The API of who plans talks and who takes part in them: settings and deeds, and one's own wishes, answers and times."""

from dataclasses import replace
from typing import Annotated, Any, Final, Literal

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from pydantic import Field

from katalysator.activities.api import ActivityNumber
from katalysator.activities.models import Activity
from katalysator.coalition.models import PersonRequest
from katalysator.core.api import RecordNumber
from katalysator.core.api_writing import Given, IfMatch, Moment, Scope, seen, tag
from katalysator.faults import gettext_noop as _
from katalysator.rounds.meeting import guest_verbs, verbs
from katalysator.rounds.meeting.api import (
    MeetingDayResource,
    OwnTalksResource,
    TalkWishResource,
    own_part,
    told_wish,
    visible_day,
    whole_day,
)
from katalysator.rounds.meeting.naming import named
from katalysator.rounds.meeting.verbs import DaySettings
from katalysator.rounds.models import MeetingDay, MeetingGuest, MeetingTalk, MeetingWish
from katalysator.rounds.models.meeting_days import MOST_SLOTS, MOST_TABLES
from katalysator.rounds.writing_api import router

__all__ = ("router",)

TALKS = Scope("talks", _("Plan talks at activities, and arrange your own"))

_CHANGES = TALKS.required
_ONE: Final = "/activities/{id}/talks"
_OWN: Final = f"{_ONE}/own"
_WISHES: Final = f"{_ONE}/wishes"
_Whole = Annotated[int, Field(ge=0, le=2**15 - 1)]


class RoomGiven(Given):
    """A room, and how many tables it has."""

    name: str
    tables: _Whole


class DayChange(Given):
    """When and where talks are, and how many; what is left out stays as it is. See the settings of talks."""

    starts_at: Moment | None = None
    slots: _Whole = 8
    minutes: _Whole = 15
    rooms: Annotated[list[RoomGiven], Field(max_length=MOST_TABLES)] = []
    between: _Whole = 0
    break_after: _Whole | None = None
    break_minutes: _Whole = 0
    most: _Whole | None = None
    only_agreed: bool = False

    @property
    def stated(self) -> dict[str, Any]:
        """What was sent, by our own names; a moment that is null is as good as left out."""
        said = super().stated
        if "rooms" in said:
            said["rooms"] = tuple((each.name, each.tables) for each in said["rooms"])
        return {name: value for name, value in said.items() if (name, value) != ("starts_at", None)}


class DayDeed(Given):
    """A deed of talks, one of their `deeds`."""

    deed: Literal["compute", "stop", "publish"]


class OwnPartGiven(Given):
    """In which slots one is not there (from 0), and how many talks one wants at most; null for as many as there are."""

    away: Annotated[list[int], Field(max_length=MOST_SLOTS)] = []
    most: _Whole | None = None


class OwnTalkDeed(Given):
    """What one does with a talk of one's own."""

    deed: Literal["call-off"]


class WishGiven(Given):
    """Whom one wants to meet: a guest by the number that `guests` gives."""

    guest: RecordNumber


class WishAnswer(Given):
    """Yes or no to who wants to meet one."""

    answer: Literal["yes", "no"]


@router.post(_ONE, response={201: MeetingDayResource}, **_CHANGES)
def plan_talks(
    request: PersonRequest, response: HttpResponse, pk: ActivityNumber, given: DayChange
) -> MeetingDayResource:
    """Plan talks at an activity, from its beginning where nothing else is said: who has a place can say whom they want to meet."""
    seen_activities = Activity.objects.visible_to(request.user).select_related("group")
    activity: Activity = get_object_or_404(seen_activities, pk=pk)
    first: dict[str, Any] = {
        "starts_at": activity.starts_at, "slots": 8, "minutes": 15, "rooms": (),
    }  # fmt: skip
    made = verbs.make(activity, DaySettings(**(first | given.stated)), by=request.user)
    return _shown(request, response, made)


@router.patch(_ONE, response=MeetingDayResource, **_CHANGES)
def change_talks(
    request: PersonRequest,
    response: HttpResponse,
    pk: ActivityNumber,
    given: DayChange,
    if_match: IfMatch = "",
) -> MeetingDayResource:
    """Change when and where talks are; not once they are published."""
    day = visible_day(request, pk)
    settings = replace(DaySettings.of(day), **given.stated)
    verbs.edit(day, settings, by=request.user, seen=seen(if_match))
    return _shown(request, response, day)


@router.post(f"{_ONE}/deeds", response=MeetingDayResource, **_CHANGES)
def move_talks(
    request: PersonRequest, response: HttpResponse, pk: ActivityNumber, given: DayDeed
) -> MeetingDayResource:
    """Do one of the `deeds`."""
    day = visible_day(request, pk)
    verbs.DEEDS[given.deed](day, by=request.user)
    return _shown(request, response, day)


@router.put(_OWN, response=OwnTalksResource, **_CHANGES)
def take_part_in_talks(
    request: PersonRequest, pk: ActivityNumber, given: OwnPartGiven
) -> OwnTalksResource:
    """Take part in talks, or say anew when one is there and how many one wants: others who take part see who it is."""
    day, by = visible_day(request, pk), request.user
    with transaction.atomic():
        guest_verbs.join(day, by, by=by)
        guest_verbs.attend(day, by, by=by, away=given.away, most=given.most)
    return own_part(request, day)


@router.delete(_OWN, response={204: None}, **_CHANGES)
def leave_talks(request: PersonRequest, pk: ActivityNumber) -> None:
    """Take part no longer: wishes go, and who would have met one gets a letter."""
    guest_verbs.leave(visible_day(request, pk), request.user, by=request.user)


@router.post(f"{_OWN}/{{talk}}/deeds", response=OwnTalksResource, **_CHANGES)
def move_own_talk(
    request: PersonRequest,
    pk: ActivityNumber,
    talk: RecordNumber,
    given: OwnTalkDeed,  # noqa: ARG001 — there is one
) -> OwnTalksResource:
    """Call a talk off; the other gets a letter."""
    day = visible_day(request, pk)
    mine = MeetingTalk.objects.visible_to(request.user).filter(day=day, is_out=True)
    found = get_object_or_404(mine.of(request.user), pk=talk)
    guest_verbs.call_off(found, request.user, by=request.user)
    return own_part(request, day)


@router.post(_WISHES, response={201: TalkWishResource}, **_CHANGES)
def want_to_meet(request: PersonRequest, pk: ActivityNumber, given: WishGiven) -> TalkWishResource:
    """Want to meet somebody, who can say yes or no."""
    day = visible_day(request, pk)
    seen_guests = MeetingGuest.objects.visible_to(request.user).select_related("person")
    guest = get_object_or_404(seen_guests, pk=given.guest, day=day)
    made = guest_verbs.want(day, request.user, guest.person, by=request.user)
    return _wish(request, made)


@router.delete(f"{_WISHES}/{{wish}}", response={204: None}, **_CHANGES)
def want_no_more(request: PersonRequest, pk: ActivityNumber, wish: RecordNumber) -> None:
    """Take a wish back."""
    guest_verbs.unwant(_visible_wish(request, pk, wish), by=request.user)


@router.put(f"{_WISHES}/{{wish}}/answer", response=TalkWishResource, **_CHANGES)
def answer_wish(
    request: PersonRequest, pk: ActivityNumber, wish: RecordNumber, given: WishAnswer
) -> TalkWishResource:
    """Say yes or no to who wants to meet one."""
    found = _visible_wish(request, pk, wish)
    return _wish(request, guest_verbs.answer(found, given.answer, by=request.user))


def _visible_wish(request: PersonRequest, pk: int, number: int) -> MeetingWish:
    day = visible_day(request, pk)
    found: MeetingWish = get_object_or_404(
        MeetingWish.objects.visible_to(request.user), pk=number, day=day
    )
    return found


def _wish(request: PersonRequest, wish: MeetingWish) -> TalkWishResource:
    other = wish.other_id if wish.person_id == request.user.pk else wish.person_id
    return told_wish(request, wish, named([other])[other])


def _shown(request: PersonRequest, response: HttpResponse, day: MeetingDay) -> MeetingDayResource:
    fresh = visible_day(request, day.activity_id)
    tag(response, fresh)
    return whole_day(request, fresh)

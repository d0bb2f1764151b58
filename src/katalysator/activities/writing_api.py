"""The API of those who hold activities, and of those who come: what the pages take, and the deeds of the workflows."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Final, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from pydantic import Field

from katalysator.activities import series, verbs
from katalysator.activities.api import (
    ActivityNumber,
    ActivityResource,
    ActivitySummary,
    EnrolmentList,
    EnrolmentResource,
    activity_summary,
    enrolment_resource,
    router,
    visible_activities,
    visible_activity,
    visible_enrolments,
    whole_activity,
)
from katalysator.activities.enrolments import verbs as enrolling
from katalysator.activities.enrolments.queries import with_people
from katalysator.activities.facts import ActivityFacts
from katalysator.activities.models import Activity, Enrolment
from katalysator.activities.moments import on_the_wall
from katalysator.activities.workflow import ACTIVITY
from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.writing_api import named_organisation, named_organisations
from katalysator.core.api import RecordNumber, Resource
from katalysator.core.api_writing import DeedGiven, Given, IfMatch, Moment, Scope, seen, tag
from katalysator.faults import gettext_noop as _
from katalysator.groups.writing_api import named_group

__all__ = ("ACTIVITIES", "router")

ACTIVITIES = Scope(
    "activities", _("Hold activities, say who comes, and register or withdraw yourself")
)

_ONE: Final = "/activities/{id}"
_MOST_PARTNERS: Final = 50
_MOST_AT_ONCE: Final = 1_000


class ActivityContent(Given):
    """All that is said of an activity before it is held.

    `organisation` is null where the bureau holds it, `partners` are participants, `group` is a working group that one
    keeps, `capacity` is null for no limit.
    """

    organisation: str | None = None
    partners: list[str] = Field(default_factory=list, max_length=_MOST_PARTNERS)
    group: str | None = None
    kind: str = ""
    title: str = ""
    text: str = ""
    language: Literal["nl", "en"] = "nl"
    areas: list[str] = Field(default_factory=list)
    blocks: list[str] = Field(default_factory=list)
    mode: str = "site"
    place: str = ""
    region: str = ""
    link: str = ""
    starts_at: Moment = Field(default_factory=timezone.now)
    ends_at: Moment = Field(default_factory=timezone.now)
    closes_at: Moment | None = None
    capacity: int | None = None
    policy: str = "open"
    visibility: str = "everyone"


class NewActivity(ActivityContent):
    """An activity, of an organisation or of the bureau."""

    organisation: str | None
    kind: str
    title: str
    text: str
    starts_at: Moment
    ends_at: Moment


class ActivityChange(ActivityContent):
    """What is said of an activity from now on; what is left out stays as it is.

    `laterToo` changes those of its series that come later as well: they move by as many days.
    """

    later_too: bool = False


class ActivityDeed(DeedGiven):
    """A deed of an activity; `laterToo` cancels those of its series that come later as well."""

    later_too: bool = False


class OutcomeGiven(Given):
    """What came of an activity, and what was learned."""

    outcome: str = ""
    lessons: str = ""


class RepetitionGiven(Given):
    """How an activity is held again: `weekly` or `monthly` so many `times` more, or on the `days` that are named."""

    rhythm: Literal["weekly", "monthly", "days"]
    times: int = Field(5, ge=1, le=series.MOST)
    days: list[date] = Field(default_factory=list, max_length=series.MOST)


class RepetitionList(Resource):
    """The activities that were made of another."""

    items: list[ActivitySummary]


class PartnerInvited(Given):
    """The participant of which all who speak for it are invited."""

    organisation: str


class AttendanceGiven(Given):
    """Who of those with a place was there, and who was not, by the numbers of their enrolments."""

    present: list[RecordNumber] = Field(default_factory=list, max_length=_MOST_AT_ONCE)
    absent: list[RecordNumber] = Field(default_factory=list, max_length=_MOST_AT_ONCE)


@router.post("/activities", response={201: ActivityResource}, **ACTIVITIES.required)
def post_activity(
    request: PersonRequest, response: HttpResponse, given: NewActivity
) -> ActivityResource:
    """Write an activity down, as a draft; the deed `announce` lets people find it."""
    said = {"language": "nl", "mode": "site", **_said(request, given.stated)}
    made = verbs.post(ActivityFacts(**said), by=request.user)
    shown = _shown(request, response, made.pk)
    response["Location"] = shown.links.this
    return shown


@router.patch(_ONE, response=ActivityResource, **ACTIVITIES.required)
def change_activity(
    request: PersonRequest,
    response: HttpResponse,
    pk: ActivityNumber,
    given: ActivityChange,
    if_match: IfMatch = "",
) -> ActivityResource:
    """Change what is said of an activity; who comes hears of what matters to them."""
    activity, said = visible_activity(request, pk), given.stated
    change: Callable[..., object] = series.edit_from if said.pop("later_too", False) else verbs.edit
    facts = replace(series.facts_of(activity), **_said(request, said))
    change(activity, by=request.user, said=facts, seen=seen(if_match))
    return _shown(request, response, pk)


@router.delete(_ONE, response={204: None}, **ACTIVITIES.required)
def delete_activity(request: PersonRequest, pk: ActivityNumber) -> None:
    """Throw a draft away. What was announced is cancelled, by a deed."""
    verbs.delete(visible_activity(request, pk), by=request.user)


@router.post(f"{_ONE}/deeds", response=ActivityResource, **ACTIVITIES.required)
def move_activity(
    request: PersonRequest, response: HttpResponse, pk: ActivityNumber, given: ActivityDeed
) -> ActivityResource:
    """Announce an activity, cancel it, or say that it was held."""
    activity = visible_activity(request, pk)
    ACTIVITY.transition(activity.state, given.deed)
    if given.deed == "cancel":
        cancel: Callable[..., object] = series.cancel_from if given.later_too else verbs.cancel
        cancel(activity, by=request.user, reason=given.reason)
    else:
        {"announce": verbs.announce, "hold": verbs.hold}[given.deed](activity, by=request.user)
    return _shown(request, response, pk)


@router.put(f"{_ONE}/outcome", response=ActivityResource, **ACTIVITIES.required)
def tell_outcome(
    request: PersonRequest, response: HttpResponse, pk: ActivityNumber, given: OutcomeGiven
) -> ActivityResource:
    """Say what came of an activity, and what was learned."""
    activity = visible_activity(request, pk)
    verbs.tell(activity, by=request.user, outcome=given.outcome, lessons=given.lessons)
    return _shown(request, response, pk)


@router.post(f"{_ONE}/repetitions", response={201: RepetitionList}, **ACTIVITIES.required)
def repeat_activity(
    request: PersonRequest, pk: ActivityNumber, given: RepetitionGiven
) -> RepetitionList:
    """Hold an activity on more days, at the same time of the day; each is one of its own."""
    activity, days = visible_activity(request, pk), given.days
    if given.rhythm != "days":
        first = on_the_wall(activity.starts_at).date()
        days = list(series.days_after(first, given.rhythm, given.times))
    made = series.repeat(activity, by=request.user, rhythm=given.rhythm, days=days)
    found = visible_activities(request).filter(pk__in=[each.pk for each in made])
    return RepetitionList(items=[activity_summary(request, each) for each in found])


@router.post(f"{_ONE}/enrolments", response={201: EnrolmentResource}, **ACTIVITIES.required)
def register(request: PersonRequest, pk: ActivityNumber) -> EnrolmentResource:
    """Register oneself: a place is given at once where there is one, or there is a line to wait in."""
    activity, me = visible_activity(request, pk), request.user
    made = enrolling.register(activity, me, by=me)
    return _enrolments(request, activity, [made]).items[0]


@router.post(
    f"{_ONE}/enrolments/{{enrolment}}/deeds", response=EnrolmentResource, **ACTIVITIES.required
)
def move_enrolment(
    request: PersonRequest, pk: ActivityNumber, enrolment: RecordNumber, given: DeedGiven
) -> EnrolmentResource:
    """Accept, refuse or withdraw for oneself; as who holds it, give somebody a place or none, or say who was there."""
    activity = visible_activity(request, pk)
    found: Enrolment = get_object_or_404(visible_enrolments(request, activity), pk=enrolment)
    moved = enrolling.move(found, given.deed, by=request.user)
    return _enrolments(request, activity, [moved]).items[0]


@router.post(f"{_ONE}/invitations", response={201: EnrolmentList}, **ACTIVITIES.required)
def invite_partner(
    request: PersonRequest, pk: ActivityNumber, given: PartnerInvited
) -> EnrolmentList:
    """Invite all who speak for a participant, but who is on the list already."""
    activity = visible_activity(request, pk)
    among = Organisation.objects.participants()
    (partner,) = named_organisations(among, [given.organisation], at="organisation")
    made = enrolling.invite(activity, partner, by=request.user)
    return _enrolments(request, activity, made)


@router.put(f"{_ONE}/attendance", response=EnrolmentList, **ACTIVITIES.required)
def note_attendance(
    request: PersonRequest, pk: ActivityNumber, given: AttendanceGiven
) -> EnrolmentList:
    """Write down who was there and who was not; nothing is said of others."""
    activity, present = visible_activity(request, pk), set(given.present)
    among = present | set(given.absent)
    enrolling.note_attendance(activity, present, by=request.user, among=among)
    noted = activity.enrolments.seated().filter(pk__in=among)
    return _enrolments(request, activity, noted)


def _said(request: PersonRequest, said: dict[str, Any]) -> dict[str, Any]:
    """What was sent, with organisations and the working group for their names."""
    if said.get("organisation") is not None:
        said["organisation"] = named_organisation(request, said["organisation"])
    if "partners" in said:
        among = Organisation.objects.participants()
        said["partners"] = named_organisations(among, said["partners"], at="partners")
    if said.get("group") is not None:
        said["group"] = named_group(request, said["group"])
    return said


def _shown(request: PersonRequest, response: HttpResponse, pk: int) -> ActivityResource:
    activity = visible_activity(request, pk)
    tag(response, activity)
    return whole_activity(request, activity)


def _enrolments(
    request: PersonRequest, activity: Activity, made: Iterable[Enrolment]
) -> EnrolmentList:
    found = visible_enrolments(request, activity).filter(pk__in=[each.pk for each in made])
    return EnrolmentList(items=[enrolment_resource(request, each) for each in with_people(found)])

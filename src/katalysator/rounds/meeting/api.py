"""The API of talks at an activity: when and where, what came of it for who plans them, one's own, and who else takes part."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query

from katalysator.activities.api import ActivityNumber
from katalysator.core.actors import permits
from katalysator.core.api import PageOf, Paging, Resource, page_facts, paged
from katalysator.core.api_writing import deeds_for, tag
from katalysator.rounds.api import router
from katalysator.rounds.meeting.company import Company
from katalysator.rounds.meeting.entries import talks_of
from katalysator.rounds.meeting.naming import NamedGuest
from katalysator.rounds.meeting.verbs import DEEDS, DaySettings
from katalysator.rounds.meeting.workflow import HOLD_DAY, MEETING_DAY
from katalysator.rounds.models import MeetingDay, MeetingWish

__all__ = ("router",)


class TalkTimeResource(Resource):
    """When a talk can be."""

    begins: datetime
    ends: datetime


class TalkRoomResource(Resource):
    """A room, and how many tables it has."""

    name: str
    tables: int


class TalkFiguresResource(Resource):
    """What comes of a schedule: of the `people` who take part so many are `met`; `gap` is the share that any other schedule could be worth more, at most."""

    people: int
    wanted: int
    talks: int
    met: int
    gap: float
    changes: int


class DaySettingsResource(Resource):
    """What the times follow from: `breakAfter` counts from 1, null without a break; `most` talks for a person, null without a most."""

    starts_at: datetime
    slots: int
    minutes: int
    between: int
    break_after: int | None
    break_minutes: int
    most: int | None
    only_agreed: bool


class MeetingDayResource(Resource):
    """The talks of an activity, and how far their job is: `done` of `stages`.

    `settings` and `figures` are for who plans them, null for others; so are figures before it is computed. `deeds` are those that
    the asker may do now.
    """

    activity: int
    state: str
    done: int
    stages: int
    times: list[TalkTimeResource]
    rooms: list[TalkRoomResource]
    settings: DaySettingsResource | None
    figures: TalkFiguresResource | None
    deeds: list[str]


class OwnTalkResource(Resource):
    """A talk of the asker; `other` is by which name they want to be found, with their organisation."""

    id: int
    begins: datetime
    ends: datetime
    room: str
    table: int
    other: str
    called_off: bool


class OwnTalksResource(Resource):
    """The talks of the asker that are published, in their order; whether they take part, in which slots they are not there (from 0), and the most that they want."""

    takes_part: bool
    away: list[int]
    most: int | None
    items: list[OwnTalkResource]


class TalkGuestResource(Resource):
    """Somebody whom the asker may want to meet: by which name they want to be found, with their organisation, and a reason, where there is one."""

    id: int
    name: str
    reason: str


class TalkGuestPage(PageOf):
    """One page of who takes part, those with a reason first."""

    items: list[TalkGuestResource]


class TalkWishResource(Resource):
    """That the asker wants to meet somebody (`own`), or somebody the asker; `answer` is yes, no, or empty."""

    id: int
    own: bool
    name: str
    answer: str


class TalkWishPage(PageOf):
    """One page of wishes, those of others to meet the asker first."""

    items: list[TalkWishResource]


@router.get("/activities/{id}/talks", response=MeetingDayResource)
def talks(request: HttpRequest, response: HttpResponse, pk: ActivityNumber) -> MeetingDayResource:
    """The one-to-one talks of an activity, for who has a place at it and who plans them."""
    day = visible_day(request, pk)
    tag(response, day)
    return whole_day(request, day)


@router.get("/activities/{id}/talks/own", response=OwnTalksResource)
def own_talks(request: HttpRequest, pk: ActivityNumber) -> OwnTalksResource:
    """One's own talks, with time, table and whom one meets."""
    return own_part(request, visible_day(request, pk))


@router.get("/activities/{id}/talks/guests", response=TalkGuestPage)
def talk_guests(request: HttpRequest, pk: ActivityNumber, query: Query[Paging]) -> TalkGuestPage:
    """Whom one may still want to meet; nobody for who does not take part."""
    page = paged(_company(request, visible_day(request, pk)).others, query)
    items = [
        TalkGuestResource(id=each.number, name=str(each.guest), reason=each.why) for each in page
    ]
    return TalkGuestPage(items=items, **page_facts(request, page))


@router.get("/activities/{id}/talks/wishes", response=TalkWishPage)
def talk_wishes(request: HttpRequest, pk: ActivityNumber, query: Query[Paging]) -> TalkWishPage:
    """Who wants to meet one, and whom one wants to meet; none for who does not take part."""
    found = _company(request, visible_day(request, pk))
    page = paged([*found.asking, *found.asked], query)
    items = [told_wish(request, wish, guest) for wish, guest in page]
    return TalkWishPage(items=items, **page_facts(request, page))


def visible_day(request: HttpRequest, pk: int) -> MeetingDay:
    """The talks of an activity that the asker may see; raises a 404 for any other."""
    seen = MeetingDay.objects.visible_to(request.user).select_related("activity__group")
    found: MeetingDay = get_object_or_404(seen, activity=pk)
    return found


def whole_day(request: HttpRequest, day: MeetingDay) -> MeetingDayResource:
    """The talks of an activity with what the asker may do with them."""
    may_plan = request.user.is_authenticated and permits(request.user, HOLD_DAY, day.activity)
    said, names = DaySettings.of(day), TalkFiguresResource.model_fields
    figures = {name: day.figures[name] for name in names} if may_plan and day.figures else None
    settings = {name: getattr(said, name) for name in DaySettingsResource.model_fields}
    may = deeds_for(request.user, MEETING_DAY, day, about={HOLD_DAY: day.activity})
    return MeetingDayResource(
        activity=day.activity_id,
        state=day.state,
        done=day.done,
        stages=day.stages,
        times=[
            TalkTimeResource(begins=day.begins(slot), ends=day.ends(slot))
            for slot in range(day.slots)
        ],
        rooms=[TalkRoomResource(name=name, tables=number) for name, number in day.rooms],
        settings=DaySettingsResource(**settings) if may_plan else None,
        figures=figures and TalkFiguresResource(**figures),
        deeds=[each for each in may if each in DEEDS],
    )


def own_part(request: HttpRequest, day: MeetingDay) -> OwnTalksResource:
    """What the asker does at talks, and with whom they talk."""
    guest = day.guests.filter(person=request.user.pk).first()
    items = [
        OwnTalkResource(
            id=each.talk.pk,
            begins=each.begins,
            ends=each.ends,
            room=each.room,
            table=each.table,
            other=str(each.other),
            called_off=each.talk.off_at is not None,
        )
        for each in talks_of(day, request.user)  # type: ignore[arg-type]
    ]
    return OwnTalksResource(
        takes_part=guest is not None,
        away=guest.away if guest else [],
        most=guest.most if guest else None,
        items=items,
    )


def told_wish(request: HttpRequest, wish: MeetingWish, guest: NamedGuest) -> TalkWishResource:
    """A wish with the other of both, as the asker reads it."""
    own = wish.person_id == request.user.pk
    return TalkWishResource(id=wish.pk, own=own, name=str(guest), answer=wish.answer)


def _company(request: HttpRequest, day: MeetingDay) -> Company:
    """Who else takes part, for who does so too."""
    if not day.guests.filter(person=request.user.pk).exists():
        return Company()
    return Company.of(day, request.user)  # type: ignore[arg-type]

"""The API of talks at an activity: when and where, what came of it for who plans them, and one's own."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from katalysator.activities.api import ActivityNumber
from katalysator.core.actors import permits
from katalysator.core.api import Resource
from katalysator.rounds.api import router
from katalysator.rounds.meeting.entries import talks_of
from katalysator.rounds.meeting.workflow import HOLD_DAY
from katalysator.rounds.models import MeetingDay

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


class MeetingDayResource(Resource):
    """The talks of an activity; `figures` are for who plans them, null for others and before it is computed."""

    activity: int
    state: str
    times: list[TalkTimeResource]
    rooms: list[TalkRoomResource]
    figures: TalkFiguresResource | None


class OwnTalkResource(Resource):
    """A talk of the asker; `other` is by which name they want to be found, with their organisation."""

    begins: datetime
    ends: datetime
    room: str
    table: int
    other: str
    called_off: bool


class OwnTalksResource(Resource):
    """The talks of the asker that are published, in their order."""

    items: list[OwnTalkResource]


@router.get("/activities/{id}/talks", response=MeetingDayResource)
def talks(request: HttpRequest, pk: ActivityNumber) -> MeetingDayResource:
    """The one-to-one talks of an activity, for who has a place at it and who plans them."""
    day = _visible_day(request, pk)
    may_plan = request.user.is_authenticated and permits(request.user, HOLD_DAY, day.activity)
    names = TalkFiguresResource.model_fields
    told = {name: day.figures[name] for name in names} if may_plan and day.figures else None
    return MeetingDayResource(
        activity=day.activity_id,
        state=day.state,
        times=[
            TalkTimeResource(begins=day.begins(slot), ends=day.ends(slot))
            for slot in range(day.slots)
        ],
        rooms=[TalkRoomResource(name=name, tables=number) for name, number in day.rooms],
        figures=told and TalkFiguresResource(**told),
    )


@router.get("/activities/{id}/talks/own", response=OwnTalksResource)
def own_talks(request: HttpRequest, pk: ActivityNumber) -> OwnTalksResource:
    """One's own talks, with time, table and whom one meets."""
    day = _visible_day(request, pk)
    items = [
        OwnTalkResource(
            begins=each.begins,
            ends=each.ends,
            room=each.room,
            table=each.table,
            other=str(each.other),
            called_off=each.talk.off_at is not None,
        )
        for each in talks_of(day, request.user)  # type: ignore[arg-type]
    ]
    return OwnTalksResource(items=items)


def _visible_day(request: HttpRequest, pk: int) -> MeetingDay:
    seen = MeetingDay.objects.visible_to(request.user).select_related("activity__group")
    found: MeetingDay = get_object_or_404(seen, activity=pk)
    return found

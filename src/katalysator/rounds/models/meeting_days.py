"""Days of talks: their slots and tables, who takes part, who wants to meet whom, and the talks themselves."""

from datetime import datetime, timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.activities.models import Activity
from katalysator.core.addresses import address
from katalysator.rounds.meeting.queries import (
    MeetingDayQuerySet,
    MeetingGuestQuerySet,
    MeetingTalkQuerySet,
    MeetingWishQuerySet,
)
from katalysator.rounds.meeting.workflow import MEETING_DAY
from katalysator.rounds.models.computed import ComputedByJob, within

MOST_SLOTS: Final = 40
MOST_MINUTES: Final = 120
MOST_TABLES: Final = 200


class MeetingDay(ComputedByJob):
    """The short talks of an activity.

    There are `slots` of so many `minutes`, the first at `starts_at`, with `between` minutes to walk, and a break of
    `break_minutes` after slot `break_after` where that is named (counted from 1). `rooms` are pairs of a name and a
    number of tables. Each person has `most` talks at most; with `only_agreed` both must have said yes.
    """

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="meeting_day")
    state = models.CharField(max_length=10, default=MEETING_DAY.initial)
    starts_at = models.DateTimeField()
    slots = models.PositiveSmallIntegerField(validators=within(1, MOST_SLOTS))
    minutes = models.PositiveSmallIntegerField(validators=within(3, MOST_MINUTES))
    between = models.PositiveSmallIntegerField(default=0, validators=within(0, MOST_MINUTES))
    break_after = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=within(1, MOST_SLOTS)
    )
    break_minutes = models.PositiveSmallIntegerField(
        default=0, validators=within(0, 2 * MOST_MINUTES)
    )
    rooms = models.JSONField(default=list)
    most = models.PositiveSmallIntegerField(null=True, blank=True, validators=within(1, MOST_SLOTS))
    only_agreed = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = MeetingDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=tuple(MEETING_DAY.states)), name="meeting_day_somewhere"
            )
        ]

    def __str__(self) -> str:
        return f"talks of {self.activity_id}"

    def get_absolute_url(self) -> str:
        """Where its page is, in the active language."""
        return address("meeting-day", self.activity_id)

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return MEETING_DAY.label(self.state)

    @property
    def runs(self) -> bool:
        """Whether a job is at work."""
        return self.state == "computing"

    @property
    def tables(self) -> int:
        """How many tables there are in all rooms."""
        return sum(number for _name, number in self.rooms)

    @property
    def room_of_each(self) -> list[int]:
        """The number of the room of each table."""
        return [place for place, (_n, number) in enumerate(self.rooms) for _t in range(number)]

    def begins(self, slot: int) -> datetime:
        """When a slot begins, counted from 0."""
        rest = self.break_minutes if self.break_after and slot >= self.break_after else 0
        return self.starts_at + timedelta(minutes=slot * (self.minutes + self.between) + rest)

    def ends(self, slot: int) -> datetime:
        """When a slot ends."""
        return self.begins(slot) + timedelta(minutes=self.minutes)

    def place_of(self, table: int) -> tuple[str, int]:
        """The room of a table, and its number in that room."""
        room = self.room_of_each[table]
        return self.rooms[room][0], table - self.room_of_each.index(room) + 1


class MeetingGuest(models.Model):
    """Somebody who takes part in talks: others who do see who it is. `away` holds the slots in which they are not there."""

    day = models.ForeignKey(MeetingDay, on_delete=models.CASCADE, related_name="guests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="meeting_days"
    )
    away = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    most = models.PositiveSmallIntegerField(null=True, blank=True, validators=within(1, MOST_SLOTS))
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = MeetingGuestQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["day", "person"], name="one_meeting_guest_each")
        ]

    def __str__(self) -> str:
        return f"{self.day_id} · {self.person_id}"


class MeetingWish(models.Model):
    """Somebody wants to meet another, who may say yes or no. For these two alone."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    day = models.ForeignKey(MeetingDay, on_delete=models.CASCADE, related_name="wishes")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="meeting_wishes"
    )
    other = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wished_meetings"
    )
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = MeetingWishQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "person", "other"], name="one_meeting_wish_each"
            ),
            models.CheckConstraint(condition=~Q(person=F("other")), name="meeting_wish_is_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.other_id}"


class MeetingTalk(models.Model):
    """Two people at a table in a slot, both counted from 0; seen by them once it `is_out`, until one of them calls it off."""

    day = models.ForeignKey(MeetingDay, on_delete=models.CASCADE, related_name="talks")
    one = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="talks_as_one"
    )
    other = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="talks_as_other"
    )
    slot = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()
    is_out = models.BooleanField(default=False)
    off_at = models.DateTimeField(null=True, blank=True)
    off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar = MeetingTalkQuerySet.as_manager()

    class Meta:
        ordering = ["slot", "table", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "slot", name], condition=Q(off_at=None), name=f"one_talk_a_{name}"
            )
            for name in ("table", "one", "other")
        ] + [models.CheckConstraint(condition=~Q(one=F("other")), name="meeting_talk_is_of_two")]

    def __str__(self) -> str:
        return f"{self.one_id} ● {self.other_id}"

    def other_than(self, person: int) -> int:
        """The number of whom somebody meets in it."""
        return self.other_id if self.one_id == person else self.one_id

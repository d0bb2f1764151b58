"""The papers of a working group: meetings, decisions and tasks."""

import uuid
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils import timezone

from katalysator.core.markdown import as_text
from katalysator.engine.matching import Profile
from katalysator.groups.models.groups import GroupMembership, WorkingGroup
from katalysator.groups.papers.queries import (
    DecisionQuerySet,
    GroupTaskQuerySet,
    MeetingQuerySet,
)
from katalysator.groups.papers.workflow import DECISION, MEETING, TASK
from katalysator.search.models import Findable, words_column


class Meeting(Findable):
    """A meeting of a group: when and where, what it is about, and what was said. Texts are Markdown.

    `uid` and `sequence` are what calendars know it by: the second rises when it is elsewhere, at another time, or off.
    """

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    agenda = models.TextField(max_length=5_000, blank=True)
    minutes = models.TextField(max_length=30_000, blank=True)
    state = models.CharField(max_length=10, default=MEETING.initial)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    search = words_column("place", "agenda", "minutes")

    objects: ClassVar = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-id"]
        indexes = [
            models.Index(fields=["group", "starts_at"], name="meeting_of_group"),
            GinIndex(fields=["search"], name="meeting_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["planned", "cancelled"]) ^ ~models.Q(minutes=""),
                name="meeting_has_minutes_when_written",
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} · {timezone.localtime(self.starts_at):%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Where its page is, in the active language."""
        return reverse("group-meeting", args=[self.group.slug, self.pk])

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return MEETING.label(self.state)

    def as_profile(self) -> Profile:
        """What it is about and what was said, for the engine to read."""
        return Profile(key=str(self.pk), title="", text=as_text(f"{self.agenda}\n\n{self.minutes}"))


class Decision(Findable):
    """What a group decided, with its number in the year. It stays as it is; it may be revoked."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="decisions")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    on = models.DateField()
    year = models.GeneratedField(
        expression=models.functions.ExtractYear("on"),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=5_000)
    state = models.CharField(max_length=10, default=DECISION.initial)
    search = words_column("text")

    objects: ClassVar = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        indexes = [GinIndex(fields=["search"], name="decision_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "year", "number"], name="one_decision_of_a_number"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="decision_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return DECISION.label(self.state)

    def as_profile(self) -> Profile:
        """What was decided, for the engine to read."""
        return Profile(key=str(self.pk), title="", text=as_text(self.text))


class GroupTask(models.Model):
    """What somebody of a group is to do, by when; of nobody, where who had it is gone."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="tasks")
    holder = models.ForeignKey(
        GroupMembership, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    what = models.CharField(max_length=300)
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, default=TASK.initial)

    objects: ClassVar = GroupTaskQuerySet.as_manager()

    class Meta:
        ordering = [models.F("due").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(what=""), name="group_task_says_something")
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return TASK.label(self.state)

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been done by now."""
        is_open = self.state in TASK.tagged("open")
        return is_open and self.due is not None and self.due < timezone.localdate()

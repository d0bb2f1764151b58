"""What is held and when, and who holds it; who comes, what people would like and calendars: `models.py` in each folder."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.activities.calendar.models import CalendarKey
from katalysator.activities.choices.models import ActivityChoice, Preference
from katalysator.activities.enrolments.models import Enrolment
from katalysator.activities.importing.models import ActivityKey
from katalysator.activities.moments import shown
from katalysator.activities.queries import ActivityQuerySet
from katalysator.activities.workflow import ACTIVITY, ANNOUNCED
from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Organisation
from katalysator.core import regions
from katalysator.core.addresses import address
from katalysator.core.language import TEXT_LANGUAGES, active_language
from katalysator.engine.matching import Profile
from katalysator.groups.models import WorkingGroup
from katalysator.search.models import Findable, words_column

__all__ = [
    "Activity",
    "ActivityChoice",
    "ActivityKey",
    "ActivitySeries",
    "CalendarKey",
    "CoOrganiser",
    "Enrolment",
    "Preference",
]


_SAID = "title", "place", "text", "outcome", "lessons"


class ActivitySeries(models.Model):
    """Activities that are held again and again; each is one of its own, and knows the others by this."""

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month")
        DAYS = "days", _("On days that I name")

    rhythm = models.CharField(max_length=8, choices=Rhythm)

    def __str__(self) -> str:
        return f"{self.pk} {self.rhythm}"


class Activity(Findable):
    """Something that is held: by an organisation, or by the bureau where none is named; maybe with a working group.

    Moments are kept in UTC and said in the time of the site. `uid` and `sequence` are what calendars know it
    by: the second rises with every change that matters to who comes. Who has a place sees the `link`;
    where no registration is needed everybody who sees the activity does.
    """

    class Kind(models.TextChoices):
        FIELDLAB = "fieldlab", _("Fieldlab")
        PILOT = "pilot", _("Pilot")
        HACKATHON = "hackathon", _("Hackathon")
        LECTURE = "lecture", _("Lecture")
        COURSE = "course", _("Course")
        INTERNSHIP = "internship", _("Internship")
        WORKSHOP = "workshop", _("Workshop")
        PUBLICATION = "publication", _("Publication")

    class Mode(models.TextChoices):
        SITE = "site", _("On the spot")
        ONLINE = "online", _("Online")
        BOTH = "both", _("On the spot and online")

    class Policy(models.TextChoices):
        OPEN = "open", _("Who registers has a place")
        REQUEST = "request", _("Who registers asks for a place")
        INVITATION = "invitation", _("Only who is invited")
        NONE = "none", _("No registration is needed")

    class Visibility(models.TextChoices):
        EVERYONE = "everyone", _("Everyone")
        PARTICIPANTS = "participants", _("Participants of the coalition")

    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=5_000)
    language = models.CharField(max_length=2, choices=list(TEXT_LANGUAGES.items()))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="activities"
    )
    group = models.ForeignKey(
        WorkingGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="activities"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    areas = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    blocks = ArrayField(models.CharField(max_length=10, choices=Block), default=list, blank=True)
    mode = models.CharField(max_length=6, choices=Mode)
    place = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=5, blank=True)
    link = models.URLField(max_length=500, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    policy = models.CharField(max_length=10, choices=Policy, default=Policy.OPEN)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.EVERYONE)
    state = models.CharField(max_length=10, default=ACTIVITY.initial)
    reason = models.CharField(max_length=500, blank=True)
    outcome = models.TextField(max_length=5_000, blank=True)
    lessons = models.TextField(max_length=5_000, blank=True)
    series = models.ForeignKey(
        ActivitySeries, on_delete=models.SET_NULL, null=True, blank=True, related_name="activities"
    )
    choice = models.ForeignKey(
        ActivityChoice, on_delete=models.SET_NULL, null=True, blank=True, related_name="activities"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    search = words_column(*_SAID)

    objects: ClassVar = ActivityQuerySet.as_manager()

    seated: int
    in_line: int
    """How many have a place, and how many wait, where it was read `with_places`; no columns."""

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["state", "starts_at", "id"], name="activity_agenda"),
            models.Index(fields=["state", "ends_at"], name="activity_end"),
            models.Index(
                fields=["visibility", "state"], include=["id", "signs"], name="activity_nearest"
            ),
            GinIndex(fields=["meant"], name="activity_meant"),
            GinIndex(fields=["search"], name="activity_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="activity_lasts"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True)
                | models.Q(closes_at__lte=models.F("ends_at")),
                name="activity_closes_before_it_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(capacity__gt=0),
                name="activity_has_places",
            ),
            models.CheckConstraint(
                condition=models.Q(mode="online") | ~models.Q(place="") | models.Q(state="draft"),
                name="activity_is_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where its page is, in the active language."""
        return address("activity", self.pk)

    def as_profile(self) -> Profile:
        """What it says, for the engine to read: also what came of it."""
        return Profile(
            key=str(self.pk), title=self.title, text=self.all_said, language=self.language
        )

    @property
    def all_said(self) -> str:
        """All that is told of it below its title."""
        return "\n\n".join(filter(None, (self.text, self.outcome, self.lessons)))

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return ACTIVITY.label(self.state)

    @property
    def region_label(self) -> str:
        """The region's name in the active language; nothing where none is named."""
        return regions.name(self.region, active_language()) if self.region else ""

    @property
    def when(self) -> str:
        """From when to when, in words and in the time of the site."""
        return shown(self.starts_at, self.ends_at)

    @property
    def is_over(self) -> bool:
        """Whether it has ended, held or not."""
        return self.ends_at <= timezone.now()

    @property
    def has_begun(self) -> bool:
        """Whether it has begun."""
        return self.starts_at <= timezone.now()

    @property
    def registers_until(self) -> datetime:
        """Until when people can register: while it lasts, where nothing else is said."""
        return self.closes_at or self.ends_at

    @property
    def places_free(self) -> int | None:
        """How many places are free, where it was read `with_places`; None where there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.seated)

    @property
    def takes_registrations(self) -> bool:
        """Whether people can register now by themselves."""
        is_asked = self.policy in (self.Policy.OPEN, self.Policy.REQUEST)
        in_time = timezone.now() < self.registers_until
        return self.state == ANNOUNCED and is_asked and in_time and not self.is_to_choose

    @property
    def is_to_choose(self) -> bool:
        """Whether it stands in a choice that is not settled yet. Cost: a query where it stands in any."""
        return self.choice is not None and self.choice.state != "settled"


class CoOrganiser(models.Model):
    """An organisation that holds an activity together with another."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="co_organisers")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="co_organised"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "organisation"], name="one_co_organiser_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} · {self.organisation_id}"

"""Lists of people for work as they were shown, what was decided on each person, and objections."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation
from katalysator.core.addresses import address
from katalysator.talent.models.profiles import ProfilePurpose
from katalysator.talent.oversight.queries import (
    ConsultationQuerySet,
    ConsultedPersonQuerySet,
    ListStopQuerySet,
    ObjectionQuerySet,
)
from katalysator.talent.oversight.workflow import OBJECTION, OPEN


class Consultation(models.Model):
    """A list of people for work as an organisation saw it; it never changes but for what was decided on each.

    `taxonomy`, `method` and `engine` say with what it was made, `input_digest` of what, and `shown_digest` what came of
    it: the same in gives the same out. `scores_at` is when somebody first asked for figures beside the evidence.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="consultations"
    )
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    purpose = models.CharField(max_length=10, choices=ProfilePurpose)
    opening = models.CharField(max_length=200)
    occupation = models.CharField(max_length=200)
    taxonomy = models.CharField(max_length=64)
    method = models.CharField(max_length=60)
    engine = models.CharField(max_length=40)
    input_digest = models.CharField(max_length=64)
    shown_digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    scores_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.opening

    def get_absolute_url(self) -> str:
        """Where it stands, in the active language."""
        return address("consultation", self.pk)


class ConsultedPerson(models.Model):
    """A person in a list: by a `key` that says nothing and is of this list alone, with what was shown of them.

    `held` is what they had of each skill, in percent, at that moment; `gained` of `asked` is their coverage. When the
    person is erased, `person`, `held`, `has` and `lacks` go, and the decision stays as one on nobody.
    """

    class Decision(models.TextChoices):
        INVITE = "invite", _("Invite")
        LATER = "later", _("Not now")
        NO = "no", _("Not for this")

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="consulted_in",
    )
    key = models.CharField(max_length=8)
    held: Any = models.JSONField(default=dict, blank=True)
    has = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    lacks = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    gained = models.BigIntegerField()
    asked = models.BigIntegerField()
    decision = models.CharField(max_length=6, choices=Decision, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ConsultedPersonQuerySet.as_manager()

    class Meta:
        ordering = ["consultation", "key"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "key"], name="one_key_in_a_list"),
            models.UniqueConstraint(fields=["consultation", "person"], name="once_in_a_list"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None)
                | ~Q(decision="") & Q(decided_at__isnull=False),
                name="decision_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def per_cent(self) -> int:
        """How much of what the work asks for they have, in percent, rounded down."""
        return self.gained // max(self.asked, 1)


class Objection(models.Model):
    """What somebody says against a list that they stood in or what was decided; answered by the bureau with a reason."""

    consulted = models.OneToOneField(
        ConsultedPerson, on_delete=models.CASCADE, related_name="objection"
    )
    text = models.TextField(max_length=2_000)
    state = models.CharField(max_length=9, default=OBJECTION.initial)
    answer = models.TextField(max_length=2_000, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    due = models.DateField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OPEN) | ~Q(answer=""),
                name="objection_is_answered_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"

    def get_absolute_url(self) -> str:
        """Where the bureau sees it, in the active language."""
        return address("objection", self.pk)

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return OBJECTION.label(self.state)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state in OPEN

    @property
    def is_late(self) -> bool:
        """Whether it should have been answered by now."""
        return self.is_open and self.due < timezone.localdate()


class ListStop(models.Model):
    """That the bureau switched lists of people off, why, and until when; in force while `ended_at` is empty."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.CharField(max_length=500)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ListStopQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                models.F("ended_at"),
                name="one_stop_at_a_time",
                condition=Q(ended_at=None),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.reason


class VolunteeredGroup(models.Model):
    """What somebody told of themselves so that it can be seen whether groups fare alike: held apart, for nothing else."""

    class Gender(models.TextChoices):
        WOMAN = "woman", _("Woman")
        MAN = "man", _("Man")
        OTHER = "other", _("Otherwise")

    class Age(models.TextChoices):
        YOUNG = "under-30", _("Under 30")
        MIDDLE = "30-49", _("30 to 49")
        OLDER = "50-up", _("50 or older")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="volunteered_group"
    )
    gender = models.CharField(max_length=5, choices=Gender, blank=True)
    age = models.CharField(max_length=8, choices=Age, blank=True)
    told_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(gender="", age=""), name="volunteered_something")
        ]

    def __str__(self) -> str:
        return f"group {self.pk}"


class TitleMeasurement(models.Model):
    """Whether titles of a taxonomy, by its `digest`, find the same in all forms and languages: measured by a job.

    `done` of `of` titles were tried; `figures` and `measured_at` are of the last `run` that came to its end, with the
    `engine` of then.
    """

    digest = models.CharField(max_length=64, unique=True)
    run = models.PositiveIntegerField(default=0)
    runs = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    figures: Any = models.JSONField(default=dict, blank=True)
    engine = models.CharField(max_length=40, blank=True)
    measured_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"titles of {self.digest[:8]}"

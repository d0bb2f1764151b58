"""Several activities among which people say what they would like, in order."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from katalysator.activities.choices.queries import ChoiceQuerySet
from katalysator.activities.workflow import CHOICE
from katalysator.coalition.models import Organisation
from katalysator.core.addresses import address


class ActivityChoice(models.Model):
    """A choice among activities, such as the workshops of a day: everybody gets one of them at most.

    `seed` is the number that the lots were drawn by, so that anybody can draw them again.
    """

    title = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="choices"
    )
    state = models.CharField(max_length=10, default=CHOICE.initial)
    seed = models.BigIntegerField(null=True, blank=True)

    objects: ClassVar = ChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where its page is, in the active language."""
        return address("choice", self.pk)

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return CHOICE.label(self.state)


class Preference(models.Model):
    """The place of one activity in somebody's order; `is_given` says which one the division gives."""

    choice = models.ForeignKey(ActivityChoice, on_delete=models.CASCADE, related_name="preferences")
    activity = models.ForeignKey(
        "activities.Activity", on_delete=models.CASCADE, related_name="preferences"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences"
    )
    rank = models.PositiveSmallIntegerField()
    is_given = models.BooleanField(default=False)

    class Meta:
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["choice", "person", "activity"], name="each_activity_ranked_once"
            ),
            models.UniqueConstraint(fields=["choice", "person", "rank"], name="each_rank_once"),
            models.UniqueConstraint(
                fields=["choice", "person"],
                condition=models.Q(is_given=True),
                name="one_activity_given_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.choice_id} · {self.rank}"

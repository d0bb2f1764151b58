"""What an organisation says itself of whom it meets; for its managers alone."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from katalysator.coalition.models import Organisation
from katalysator.introductions.queries import MeetingPauseQuerySet, NeverMeetQuerySet


class MeetingPause(models.Model):
    """An organisation takes no proposals to meet before the day `until`, and makes none."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    until = models.DateField()

    objects: ClassVar = MeetingPauseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"pause of {self.organisation_id} until {self.until}"


class NeverMeet(models.Model):
    """An organisation does not want to meet an `other`, whoever proposes it. The other never learns of it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar = NeverMeetQuerySet.as_manager()

    class Meta:
        ordering = ["other__sort_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "other"], name="never_meet_once"),
            models.CheckConstraint(
                condition=~Q(organisation=F("other")), name="never_meet_is_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} never meets {self.other_id}"

"""What each person chose of letters, what waits for the next summary, and letters that came back."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from katalysator.notices.kinds import Pace
from katalysator.notices.queries import ReturnQuerySet

_PACES = [(each.value, each.name) for each in Pace]


class LetterChoice(models.Model):
    """When letters of one kind come to a person, where that is not what is usual for the kind."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letter_choices"
    )
    kind = models.CharField(max_length=40)
    pace = models.CharField(max_length=8, choices=_PACES)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_choice_each"),
            models.CheckConstraint(
                condition=models.Q(pace__in=[each.value for each in Pace]), name="pace_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.pace}"


class WaitingLetter(models.Model):
    """A letter that waits for the next summary: what it is about, and where it leads."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="waiting_letters"
    )
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=300)
    link = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class SummarySent(models.Model):
    """Until when a person was told what is new."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="summary",
    )
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.until:%Y-%m-%d}"


class ReturnedMail(models.Model):
    """That letters to the address of a person come back.

    `stopped` where the address does not exist: nothing is sent there until the person says that it works.
    `times` counts those that came back for a while, a full mailbox for instance.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="returned_mail",
    )
    stopped = models.BooleanField(default=False)
    times = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now=True)

    objects: ClassVar = ReturnQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person_id} {self.why}"

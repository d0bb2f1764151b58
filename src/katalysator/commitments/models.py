"""Promises of participants, and what they brought."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation
from katalysator.commitments.queries import CommitmentQuerySet


class Commitment(models.Model):
    """What a participant promised, once of each kind; how much, where it can be counted."""

    class Kind(models.TextChoices):
        PART = "part", _("Take an active part")
        LEARN = "learn", _("Share what we learn")
        BUILD = "build", _("Build what all can use")
        HOURS = "hours", _("Hours of our people, a year")
        EXPERTS = "experts", _("Experts who help others")
        DATA = "data", _("Datasets that others may use")
        MONEY = "money", _("Money, in euros")
        PLACES = "places", _("Places for interns, students or pilots")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="commitments"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    amount = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects: ClassVar = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"], name="one_commitment_of_a_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True, kind__in=["part", "learn", "build"])
                | models.Q(amount__gt=0, kind__in=["hours", "experts", "data", "money", "places"]),
                name="commitment_counted_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.kind}"


COUNTED = (
    Commitment.Kind.HOURS,
    Commitment.Kind.EXPERTS,
    Commitment.Kind.DATA,
    Commitment.Kind.MONEY,
    Commitment.Kind.PLACES,
)
"""What is promised by a number."""
MEANT = tuple(kind for kind in Commitment.Kind if kind not in COUNTED)
"""What is promised as it is: the paper asks these three of everybody (position paper, 2019, ch. 5)."""


class Contribution(models.Model):
    """What was brought of a commitment: when, how much where it is counted, and what it was."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="contributions"
    )
    on = models.DateField()
    amount = models.PositiveIntegerField(null=True, blank=True)
    what = models.CharField(max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return self.what

"""Each answer that terms gave: who asked, at which step, what came of it, and why."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.dataspace.models.connectors import LONGEST_ID, Connector
from katalysator.dataspace.queries import PolicyDecisionQuerySet


class PolicyDecision(models.Model):
    """What terms said to somebody at one step. It never changes.

    `grounds` are the conditions that were looked at, each with its truth and, where that is unknown, why.
    """

    class Step(models.TextChoices):
        CATALOGUE = "catalogue", _("In the catalogue")
        NEGOTIATION = "negotiation", _("In a negotiation")
        TRANSFER = "transfer", _("When a transfer begins")
        USE = "use", _("While it is used")

    connector = models.ForeignKey(Connector, on_delete=models.CASCADE, related_name="decisions")
    step = models.CharField(max_length=11, choices=Step)
    about = models.CharField(max_length=LONGEST_ID)
    participant_id = models.CharField(max_length=LONGEST_ID)
    action = models.CharField(max_length=20)
    is_allowed = models.BooleanField()
    rule = models.CharField(max_length=30, blank=True)
    truth = models.CharField(max_length=7)
    grounds: Any = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects: ClassVar = PolicyDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["connector", "-at"], name="decision_newest")]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.action} {self.about}"

"""What the bureau rules on who proposes to whom."""

from typing import ClassVar

from django.db import models

from katalysator.coalition.models import Organisation
from katalysator.introductions.queries import MeetingRuleQuerySet
from katalysator.listings.market import market


class MeetingRule(models.Model):
    """One kind of organisation, `asking`, does not propose to another, `asked`: in a market, or in all where none is named."""

    market = models.CharField(max_length=30, blank=True)
    asking = models.CharField(max_length=12, choices=Organisation.Kind)
    asked = models.CharField(max_length=12, choices=Organisation.Kind)

    objects: ClassVar = MeetingRuleQuerySet.as_manager()

    class Meta:
        ordering = ["market", "asking", "asked", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["market", "asking", "asked"], name="meeting_rule_said_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.market or 'all markets'}: {self.asking} not to {self.asked}"

    @property
    def market_label(self) -> str:
        """The market in words; nothing where it holds in all."""
        return str(market(self.market).label) if self.market else ""

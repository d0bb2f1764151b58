"""What the bureau rules on who proposes to whom, and who is not to meet for a while."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q

from katalysator.coalition.models import Organisation
from katalysator.groups.models import WorkingGroup
from katalysator.introductions.queries import KeptApartQuerySet, MeetingRuleQuerySet
from katalysator.listings.market import market

OF_GROUP: Final = "group:"
"""Before the name of a working group, where a kind of organisation may stand too."""


class MeetingRule(models.Model):
    """Who does not propose to whom, in a market, or in all where none is named.

    On each side is a kind of organisation, or a working group: the organisations that somebody is a member for.
    """

    market = models.CharField(max_length=30, blank=True)
    asking = models.CharField(max_length=12, choices=Organisation.Kind, blank=True)
    asking_group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    asked = models.CharField(max_length=12, choices=Organisation.Kind, blank=True)
    asked_group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    objects: ClassVar = MeetingRuleQuerySet.as_manager()

    class Meta:
        ordering = ["market", "asking", "asking_group", "asked", "asked_group", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["market", "asking", "asking_group", "asked", "asked_group"],
                name="meeting_rule_said_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(asking="") ^ Q(asking_group=None), name="meeting_rule_asking_is_one"
            ),
            models.CheckConstraint(
                condition=Q(asked="") ^ Q(asked_group=None), name="meeting_rule_asked_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.market or 'all markets'}: {self.asking_key} not to {self.asked_key}"

    @property
    def market_label(self) -> str:
        """The market in words; nothing where it holds in all."""
        return str(market(self.market).label) if self.market else ""

    @property
    def asking_key(self) -> str:
        """Who does not propose: a kind, or a group by its address."""
        return _key(self.asking, self.asking_group)

    @property
    def asked_key(self) -> str:
        """To whom: a kind, or a group by its address."""
        return _key(self.asked, self.asked_group)

    @property
    def asking_label(self) -> str:
        """Who does not propose, in words."""
        return str(self.asking_group or self.get_asking_display())

    @property
    def asked_label(self) -> str:
        """To whom, in words."""
        return str(self.asked_group or self.get_asked_display())


class KeptApart(models.Model):
    """Two organisations that are not to be introduced before the day `until`. The bureau alone knows."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    until = models.DateField()

    objects: ClassVar = KeptApartQuerySet.as_manager()

    class Meta:
        ordering = ["until", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "other"], name="kept_apart_once"),
            models.CheckConstraint(
                condition=~Q(organisation=F("other")), name="kept_apart_is_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} apart from {self.other_id} until {self.until}"


def _key(kind: str, group: WorkingGroup | None) -> str:
    return f"{OF_GROUP}{group.slug}" if group else kind

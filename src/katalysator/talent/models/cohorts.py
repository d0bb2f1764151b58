"""Cohorts: many people of one employer, and where they could go."""

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import F, Q

from katalysator.coalition.models import Organisation
from katalysator.core.addresses import address
from katalysator.rounds.models.computed import ComputedByJob, within
from katalysator.talent.cohorts.queries import CohortQuerySet
from katalysator.talent.cohorts.workflow import COHORT

HIGHEST_LEAST: Final = 95


class Cohort(ComputedByJob):
    """People without names, of an `organisation` or of the bureau (None), and the work and courses that count for them.

    `people` and `openings` are as `cohorts.sheets` reads them; with `from_market` what is open in the markets of work
    and retraining counts too. `least` is the least that somebody must have of what work asks for, in percent.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="cohorts"
    )
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, default=COHORT.initial)
    people: Any = models.JSONField(default=list)
    openings: Any = models.JSONField(default=list, blank=True)
    from_market = models.BooleanField(default=True)
    least = models.PositiveSmallIntegerField(default=50, validators=within(1, HIGHEST_LEAST))

    objects: ClassVar = CohortQuerySet.as_manager()

    class Meta:
        ordering = [F("made_at").desc(), F("id").desc()]
        indexes = [models.Index(F("made_at").desc(), F("id").desc(), name="cohort_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=tuple(COHORT.states)), name="cohort_somewhere"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its page is, in the active language."""
        return address("cohort", self.pk)

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return COHORT.label(self.state)

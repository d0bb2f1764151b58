"""Pilots of life-long learning, and how far each of their people came: by a digest that says nothing of who it is."""

from typing import ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Area, Organisation
from katalysator.core import regions
from katalysator.core.addresses import address
from katalysator.core.language import active_language
from katalysator.talent.learning.queries import LearningPilotQuerySet

MOST_PEOPLE: Final = 3_000_000
"""So many people a pilot is meant for at most."""


class LearningPilot(models.Model):
    """A pilot of an organisation: where, in which sector, for which skills, when, and how many people it is meant for."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="learning_pilots"
    )
    name = models.CharField(max_length=120)
    region = models.CharField(max_length=5)
    sector = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    skill_group = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    target = models.PositiveIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )

    objects: ClassVar = LearningPilotQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="one_pilot_of_a_name_each"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="pilot_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its owners keep it, in the active language."""
        return address("learning-pilot", self.pk)

    @property
    def region_label(self) -> str:
        """The region's name in the active language."""
        return regions.name(self.region, active_language())


class LearningStage(models.Model):
    """That one person of a pilot came as far as a stage, on a day; who it is is not kept."""

    class Stage(models.IntegerChoices):
        REACHED = 1, _("Reached")
        STARTED = 2, _("Started")
        COMPLETED = 3, _("Completed")
        PLACED = 4, _("Placed")

    pilot = models.ForeignKey(LearningPilot, on_delete=models.CASCADE, related_name="stages")
    person = models.BinaryField(max_length=32)
    stage = models.PositiveSmallIntegerField(choices=Stage)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "person", "stage"], name="one_stage_of_a_person_in_a_pilot"
            ),
            models.CheckConstraint(condition=Q(stage__range=(1, 4)), name="stage_is_known"),
        ]
        indexes = [models.Index(fields=["person"], name="learning_stage_of_person")]

    def __str__(self) -> str:
        return f"{self.pilot_id} · {self.stage}"

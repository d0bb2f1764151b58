"""Who comes to an activity."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from katalysator.activities.queries import EnrolmentQuerySet
from katalysator.activities.workflow import ENROLMENT, OPEN, SEATED, WAITING


class Enrolment(models.Model):
    """That somebody comes to an activity, wants to, or did.

    `turn` is the place in the line of who asked first. What is withdrawn or declined stays until the activity
    or the person goes; who registers again stands at the end of the line.
    """

    activity = models.ForeignKey(
        "activities.Activity", on_delete=models.CASCADE, related_name="enrolments"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments"
    )
    state = models.CharField(max_length=10)
    turn = models.PositiveIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["turn", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "person"],
                condition=models.Q(state__in=OPEN),
                name="one_open_enrolment_each",
            ),
            models.UniqueConstraint(fields=["activity", "turn"], name="one_turn_each"),
            models.CheckConstraint(
                condition=~models.Q(state=WAITING) | models.Q(turn__isnull=False),
                name="who_waits_has_a_turn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} · {self.state}"

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return ENROLMENT.label(self.state)

    @property
    def is_open(self) -> bool:
        """Whether it still counts."""
        return self.state in OPEN

    @property
    def has_place(self) -> bool:
        """Whether there is a place for who registered."""
        return self.state in SEATED

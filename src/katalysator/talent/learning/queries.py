"""What can be asked about pilots of learning. That there are pilots everybody may know; what they reached, in the monitor."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from katalysator.coalition.models import Person
from katalysator.talent.oversight.queries import own_participants

if TYPE_CHECKING:
    from katalysator.talent.models import LearningPilot  # noqa: F401 — named in the bases


class LearningPilotQuerySet(models.QuerySet["LearningPilot"]):
    """Pilots."""

    def kept_by(self, person: Person | AnonymousUser) -> Self:
        """Those that somebody keeps: of their participants, or all for the bureau."""
        if getattr(person, "is_coordinator", False):
            return self.all()
        return self.filter(organisation__in=own_participants(person))

    visible_to = kept_by

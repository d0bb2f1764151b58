"""What can be asked about courses: everybody may know them."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from katalysator.talent.models import LearningCourse  # noqa: F401 — named in the bases


class LearningCourseQuerySet(models.QuerySet["LearningCourse"]):
    """Courses."""

    def running(self) -> Self:
        """Those that can be followed now."""
        return self.filter(ended_at=None)

    def ended(self) -> Self:
        """Those that cannot be followed any more."""
        return self.exclude(ended_at=None)

    def called(self, words: str) -> Self:
        """Those with all these words in a title or the name of the school."""
        found = self
        for word in words.split():
            said = Q(title_nl__icontains=word) | Q(title_en__icontains=word)
            found = found.filter(said | Q(school__icontains=word))
        return found

"""Courses that people can follow, by the skills that they teach."""

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy

from katalysator.core.language import active_language
from katalysator.faults import gettext_noop as _
from katalysator.talent.courses.queries import LearningCourseQuerySet

MOST_HOURS = 10_000
"""So many hours of study a course takes at most: six years of it."""
MOST_COST = 200_000
TITLE_THERE: Final = _("This school has a course with this title already.")


class LearningCourse(models.Model):
    """A course: what it teaches, and what one must be able to do first, by keys of skills.

    `level` is that of the Dutch framework (NLQF), 1 to 8, 0 where it has none; `cost` is in whole euros. `is_example`
    where its school does not exist. One that `ended_at` some moment cannot be followed any more.
    """

    key = models.SlugField(max_length=60, unique=True)
    title_nl = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    school = models.CharField(max_length=160)
    url = models.URLField(blank=True)
    level = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(8)])
    hours = models.PositiveIntegerField(validators=[MaxValueValidator(MOST_HOURS)])
    cost = models.PositiveIntegerField(validators=[MaxValueValidator(MOST_COST)])
    teaches = ArrayField(models.CharField(max_length=200))
    asks = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    is_example = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = LearningCourseQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "title_nl"],
                name="one_course_by_title",
                violation_error_message=gettext_lazy(TITLE_THERE),
            ),
            models.CheckConstraint(
                condition=models.Q(teaches__len__gt=0), name="course_teaches_something"
            ),
            models.CheckConstraint(condition=models.Q(level__lte=8), name="course_level_is_known"),
        ]

    def __str__(self) -> str:
        return self.called(active_language())[0]

    def called(self, language: str) -> tuple[str, str]:
        """Its title, and in which language it is: that which was asked for, where it has one in it."""
        titles = {"nl": self.title_nl, "en": self.title_en}
        for name in (language, "nl", "en"):
            if titles.get(name):
                return titles[name], name
        return self.key, ""

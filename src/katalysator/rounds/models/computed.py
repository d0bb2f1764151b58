"""What a round and a day of talks have alike: a job computes them, and what came of it is kept beside what did before."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone


def within(least: int, most: int) -> list[MinValueValidator | MaxValueValidator]:
    """The validators of a number from `least` to `most`."""
    return [MinValueValidator(least), MaxValueValidator(most)]


class ComputedByJob(models.Model):
    """A job that computes it knows its `run`; `done` of `stages` says how far it is.

    `figures` tell what came of it, `earlier` what did before the last change. `author` made it or asked for it last.
    """

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    computed_at = models.DateTimeField(null=True, blank=True)
    run = models.PositiveIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    stages = models.PositiveSmallIntegerField(default=0)
    figures = models.JSONField(default=dict, blank=True)
    earlier = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

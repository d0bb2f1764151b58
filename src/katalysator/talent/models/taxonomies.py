"""Versions of taxonomies, side by side: each as it was taken in, and what its things mean."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class TaxonomyVersion(models.Model):
    """A version of a taxonomy as it was taken in; it never changes, and one is used at a time.

    `content` is what `engine.skills.pack` made, and `digest` the SHA-256 of it.
    """

    name = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    languages = ArrayField(models.CharField(max_length=5), default=list)
    occupations = models.PositiveIntegerField()
    skills = models.PositiveIntegerField()
    content = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    is_current = models.BooleanField(default=False)
    taken_in_at = models.DateTimeField(auto_now_add=True)
    taken_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    report: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-taken_in_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=models.Q(is_current=True),
                name="one_taxonomy_is_used",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class ConceptDescription(models.Model):
    """What an occupation, a skill or a group of a taxonomy means, in one language."""

    taxonomy = models.ForeignKey(
        TaxonomyVersion, on_delete=models.CASCADE, related_name="descriptions"
    )
    key = models.CharField(max_length=200)
    language = models.CharField(max_length=5)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["taxonomy", "key", "language"], name="one_description_in_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"

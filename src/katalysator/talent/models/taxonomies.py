"""Versions of taxonomies, side by side: each as it was taken in, and what its things mean; and what a coalition adds."""

from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from katalysator.talent.taxonomies.queries import TaxonomyUploadQuerySet, TaxonomyVersionQuerySet


class TaxonomyVersion(models.Model):
    """A version of a taxonomy as it was taken in; it never changes, and one is used at a time.

    `content` is what `engine.skills.pack` made, and `digest` the SHA-256 of it. `report` says what did not fit in its
    files; `used_at` since when it was used last.
    """

    name = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    languages = ArrayField(models.CharField(max_length=5), default=list)
    occupations = models.PositiveIntegerField()
    skills = models.PositiveIntegerField()
    content = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    is_current = models.BooleanField(default=False)
    used_at = models.DateTimeField(null=True, blank=True)
    taken_in_at = models.DateTimeField(auto_now_add=True)
    taken_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    report: Any = models.JSONField(default=dict, blank=True)

    objects: ClassVar = TaxonomyVersionQuerySet.as_manager()

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

    def get_absolute_url(self) -> str:
        """Where what would change with it is told, in the active language."""
        return reverse("taxonomy-version", args=[self.pk])


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


class TaxonomyUpload(models.Model):
    """Files of a taxonomy that somebody gave, until they were read in the background.

    `problems` says why they were not taken in, in sentences; `made` is the version that came of them.
    """

    class State(models.TextChoices):
        WAITS = "waits", _("waits to be read")
        DONE = "done", _("taken in")
        REFUSED = "refused", _("not taken in")

    id = models.UUIDField(primary_key=True, default=uuid4)
    name = models.CharField(max_length=120)
    version = models.CharField(max_length=40, blank=True)
    content = models.BinaryField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITS)
    problems = models.JSONField(default=list, blank=True)
    made = models.ForeignKey(
        TaxonomyVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar = TaxonomyUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at"]

    def __str__(self) -> str:
        return self.name


class KeyRedirect(models.Model):
    """That a key which another version had is another thing in this one, as the bureau said."""

    taxonomy = models.ForeignKey(
        TaxonomyVersion, on_delete=models.CASCADE, related_name="redirects"
    )
    key = models.CharField(max_length=200)
    to = models.CharField(max_length=200)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["taxonomy", "key"], name="a_key_leads_to_one_thing"),
            models.CheckConstraint(
                condition=~models.Q(key=models.F("to")), name="a_key_leads_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.to}"


class LocalConcept(models.Model):
    """An occupation or a skill that the coalition added itself: part of no taxonomy, and beside whichever is used.

    A skill may stand in a `group`; an occupation asks for skills, by their keys.
    """

    class Kind(models.TextChoices):
        OCCUPATION = "occupation", _("Occupation")
        SKILL = "skill", _("Skill")

    key = models.CharField(
        max_length=80, unique=True, validators=[RegexValidator(r"^local/[a-z0-9-]+/[a-z0-9-]+$")]
    )
    kind = models.CharField(max_length=10, choices=Kind)
    nl = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    en = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    isco = models.CharField(max_length=4, blank=True, validators=[RegexValidator(r"^([0-9]{4})?$")])
    group = models.CharField(max_length=200, blank=True)
    essential = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    optional = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return (*self.nl, *self.en, self.key)[0]

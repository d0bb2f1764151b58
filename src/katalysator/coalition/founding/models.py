"""What the coalition says of itself: one row."""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

HOUSE_NAME: Final = "Katalysator"
"""What a coalition is called that has not said its name yet: the program's own."""


LISTING_DAYS: Final = 180
"""So many days needs and offers are open where nobody says otherwise."""


class Coalition(models.Model):
    """The coalition itself: its name, its look, and who answers for what. One row, made by `katalysator init`.

    Its areas and hubs are tables of their own. `targets` holds what it wants to reach, as name, number and
    source; `problems` what is not accessible yet, as problem, measure and when. `listing_days` is for how many days
    a need or offer is open that says no day itself. `confirmed_at` is when the
    bureau last said that all of it is correct.
    """

    class Accessibility(models.TextChoices):
        UNKNOWN = "unknown", _("Not examined yet")
        NONE = "none", _("Does not comply")
        PARTIAL = "partial", _("Complies in part")
        FULL = "full", _("Complies in full")

    name = models.CharField(max_length=80, blank=True)
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    contact = models.EmailField(blank=True)
    logo_text = models.CharField(max_length=80, blank=True)
    accent = models.CharField(max_length=7, blank=True)
    accent_dark = models.CharField(max_length=7, blank=True)
    targets = models.JSONField(default=list, blank=True)
    responsible = models.CharField(max_length=160, blank=True)
    officer = models.EmailField(blank=True)
    security = models.CharField(max_length=200, blank=True)
    accessibility = models.CharField(
        max_length=7, choices=Accessibility, default=Accessibility.UNKNOWN
    )
    audited_on = models.DateField(null=True, blank=True)
    audit_report = models.URLField(blank=True)
    problems = models.JSONField(default=list, blank=True)
    listing_days = models.PositiveSmallIntegerField(default=LISTING_DAYS)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_coalition")]

    def __str__(self) -> str:
        return self.name or HOUSE_NAME

    @property
    def in_logo(self) -> str:
        """What stands beside its sign."""
        return self.logo_text or str(self)

"""What work pays and how much it is asked for: figures of others, each with its source, its period and its country."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkGroup(models.Model):
    """A group of occupations of the Dutch classification (BRC 2014), with the unit groups of ISCO-08 that it holds."""

    code = models.CharField(max_length=4, unique=True, validators=[RegexValidator(r"^[0-9]{4}$")])
    name = models.CharField(max_length=200)
    isco = ArrayField(models.CharField(max_length=4), default=list, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class FigureSet(models.Model):
    """Figures of one kind as they were taken in: who says so, of which period, in which country."""

    class Kind(models.TextChoices):
        PAY = "pay", _("Pay and employees")
        DEMAND = "demand", _("Tightness of the labour market")
        OPEN = "open", _("Open vacancies by branch")

    kind = models.CharField(max_length=8, choices=Kind, unique=True)
    source = models.CharField(max_length=200)
    period = models.CharField(max_length=40)
    country = models.CharField(max_length=2, default="NL")
    digest = models.CharField(max_length=64)
    taken_in_at = models.DateTimeField(auto_now=True)
    taken_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["kind"]

    def __str__(self) -> str:
        return f"{self.source}, {self.period}"


class Figure(models.Model):
    """What one group of occupations, or of open vacancies one branch (SBI 2008), has of it, in a region or in the whole country.

    `values` holds, of pay, p25, p50 and p75 in euros an hour and employees; of demand, tightness; of open vacancies, how many
    are open and the name of the branch.
    """

    figures = models.ForeignKey(FigureSet, on_delete=models.CASCADE, related_name="rows")
    group = models.CharField(max_length=4)
    region = models.CharField(max_length=60, blank=True)
    values: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ["group", "region"]
        constraints = [
            models.UniqueConstraint(
                fields=["figures", "group", "region"], name="one_figure_of_a_group_in_a_region"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.region}".strip()

"""Catalogues elsewhere that are read at set times, and the datasets that were found there."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.core.outgoing import LONGEST_ADDRESS
from katalysator.dataspace.models.connectors import LONGEST_ID, Connector, Partner
from katalysator.dataspace.queries import FOUND_BY, FoundDatasetQuerySet, HarvestSourceQuerySet
from katalysator.dataspace.vocabularies import DataTheme


class HarvestSource(models.Model):
    """A catalogue elsewhere: a feed in DCAT at an `address`, or that of a `partner`, which `connector` asks for over the protocol.

    What a feed says anybody may know; what a participant tells a connector is for who manages its organisation alone.

    `report` counts what the last good time brought; `problem` is what was wrong at the last time, where it was no good.
    """

    class Kind(models.TextChoices):
        DCAT = "dcat", _("A catalogue in DCAT, at an address on the web")
        PROTOCOL = "dsp", _("The catalogue of a participant elsewhere, over the Dataspace Protocol")

    class Every(models.TextChoices):
        DAY = "day", _("Every day")
        WEEK = "week", _("Every week")

    class State(models.TextChoices):
        RESTS = "rests", _("waits for its time")
        WAITS = "waits", _("will be read soon")
        READS = "reads", _("is read now")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.DCAT)
    address = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    partner = models.ForeignKey(
        Partner, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    connector = models.ForeignKey(
        Connector, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    every = models.CharField(max_length=4, choices=Every, default=Every.DAY)
    state = models.CharField(max_length=5, choices=State, default=State.WAITS)
    pages = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    problem: Any = models.JSONField(default=dict, blank=True)
    report: Any = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = HarvestSourceQuerySet.as_manager()
    alive: int
    """How many datasets are there now, where it was asked for by `counted`."""

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="dcat", partner=None, connector=None) & ~Q(address="")
                | Q(kind="dsp", address="", partner__isnull=False, connector__isnull=False),
                name="a_source_says_where_it_is",
            ),
            models.UniqueConstraint(
                fields=["address"], condition=~Q(address=""), name="a_feed_is_read_once"
            ),
            models.UniqueConstraint(
                fields=["partner", "connector"],
                condition=Q(partner__isnull=False),
                name="a_partner_is_read_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where the bureau sees what came of it, in the active language."""
        return reverse("harvest-source", args=[self.pk])

    @property
    def where(self) -> str:
        """The address that is asked."""
        return self.partner.address if self.partner else self.address


class HarvestedPage(models.Model):
    """A page of a catalogue that is being read, until all of it is there; `following` is where the next one is, empty for none.

    `records` are the facts of its datasets as `FoundDataset` keeps them; those without name or title were `left_out`.
    """

    source = models.ForeignKey(HarvestSource, on_delete=models.CASCADE, related_name="read_pages")
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=2_000)
    following = models.CharField(max_length=2_000, blank=True)
    records: Any = models.JSONField(default=list)
    count = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="a_page_is_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"


class FoundDataset(models.Model):
    """A dataset in a catalogue elsewhere, as it was read there last; `key` is what it is called there.

    `lives_at` is its own address, or that of a page about it, where there is one.
    """

    source = models.ForeignKey(HarvestSource, on_delete=models.CASCADE, related_name="found")
    key = models.CharField(max_length=LONGEST_ID)
    title = models.CharField(max_length=300)
    text = models.TextField(max_length=4_000, blank=True)
    language = models.CharField(max_length=12, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    theme = models.CharField(max_length=4, choices=DataTheme, blank=True)
    keywords = models.TextField(max_length=2_000, blank=True)
    licence = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    lives_at = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    digest = models.CharField(max_length=32)
    found_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = FoundDatasetQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="found_once_in_a_source")
        ]
        indexes = [
            GinIndex(
                *(OpClass(Upper(name), "gin_trgm_ops") for name in FOUND_BY),
                name="found_by_its_words",
            )
        ]

    def __str__(self) -> str:
        return self.title

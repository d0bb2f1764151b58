"""Datasets, and on which terms each is offered."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from katalysator.dataspace.models.connectors import LONGEST_ID, Connector
from katalysator.dataspace.queries import DatasetQuerySet


class Dataset(models.Model):
    """Something that an organisation shares; `key` is what it is called in the data space."""

    connector = models.ForeignKey(Connector, on_delete=models.CASCADE, related_name="datasets")
    key = models.CharField(max_length=LONGEST_ID, unique=True)
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=10_000, blank=True)
    formats = ArrayField(models.CharField(max_length=60), default=list)
    is_published = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = DatasetQuerySet.as_manager()
    opened: "list[DatasetOffer]"
    """Its open offers, where it was asked for by `with_offers`."""

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class DatasetOffer(models.Model):
    """Terms on which a dataset can be had: the rules of an ODRL offer, without target.

    Where it `is_automatic` nobody has to decide: who asks for just these terms and meets them gets them.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="offers")
    key = models.CharField(max_length=LONGEST_ID, unique=True)
    terms: Any = models.JSONField()
    is_open = models.BooleanField(default=True)
    is_automatic = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.key

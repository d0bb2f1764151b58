"""The data of a dataset, and each time that somebody fetched it."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from katalysator.dataspace.models.datasets import Dataset
from katalysator.dataspace.models.processes import Transfer


class DataSource(models.Model):
    """The file with the data of a dataset, kept here by its `key`."""

    dataset = models.OneToOneField(Dataset, on_delete=models.CASCADE, related_name="source")
    key = models.UUIDField(default=uuid4, editable=False, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120, default="application/octet-stream")
    size = models.PositiveBigIntegerField()
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class DataUse(models.Model):
    """One time that data was fetched under an agreement: when, how much of it, and how it ended. It never changes.

    `count` is the number of this use under its agreement. `ended` is empty where all that was asked for was sent.
    """

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="uses")
    count = models.PositiveIntegerField()
    began_at = models.DateTimeField(default=timezone.now)
    seconds = models.FloatField(default=0.0)
    sent = models.PositiveBigIntegerField(default=0)
    asked = models.CharField(max_length=60, blank=True)
    ended = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["began_at", "id"]

    def __str__(self) -> str:
        return f"{self.transfer_id} · {self.count}"

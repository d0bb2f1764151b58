"""The data of a dataset, and each time that somebody fetched it."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.core.outgoing import LONGEST_ADDRESS
from katalysator.dataspace.models.datasets import Dataset
from katalysator.dataspace.models.processes import Transfer


class DataSource(models.Model):
    """Where the data of a dataset comes from: a file kept here by its `key`, or an `address` elsewhere.

    `secret` is what the place elsewhere wants to know of us (JSON: headers, or the keys of a store), sealed.
    `size` is in bytes, and not known of a place elsewhere. `first_rows` is how a table begins, where everybody may see that:
    the names of its columns, and some rows.
    """

    class Kind(models.TextChoices):
        FILE = "file", _("A file that is kept here")
        HTTP = "http", _("An address on the web")
        S3 = "s3", _("An object in a store that speaks S3")

    dataset = models.OneToOneField(Dataset, on_delete=models.CASCADE, related_name="source")
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.FILE)
    key = models.UUIDField(default=uuid4, editable=False, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120, default="application/octet-stream")
    size = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    secret = models.TextField(blank=True, editable=False)
    first_rows: Any = models.JSONField(default=list, blank=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="file", address="", size__isnull=False)
                | ~Q(kind="file") & ~Q(address=""),
                name="a_source_is_here_or_has_an_address",
            )
        ]

    def __str__(self) -> str:
        return self.name


class DataUse(models.Model):
    """One time that data was fetched under an agreement: when, how much of it, and how it ended.

    It changes only where what was cut off goes on: that is no other use.
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

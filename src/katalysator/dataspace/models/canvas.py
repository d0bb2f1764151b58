"""The answers of a holder to the five questions about sharing a dataset, kept until terms are made of them."""

from typing import Any

from django.db import models
from django.utils import timezone

from katalysator.dataspace.models.datasets import Dataset, DatasetOffer


class SharingCanvas(models.Model):
    """What a holder answered about one dataset, and the `offer` that was last made of it.

    `answers` are those of each step by its name, as its form read them; a step that is not there has the usual ones of
    the `model`.
    """

    dataset = models.OneToOneField(Dataset, on_delete=models.CASCADE, related_name="canvas")
    model = models.CharField(max_length=8, choices=Dataset.Model)
    answers: Any = models.JSONField(default=dict, blank=True)
    offer = models.OneToOneField(
        DatasetOffer, on_delete=models.SET_NULL, null=True, blank=True, related_name="canvas"
    )
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.dataset)

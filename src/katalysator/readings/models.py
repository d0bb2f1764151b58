"""What the engine read: once for each text and model, whoever wrote the text and wherever it stands."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from katalysator.readings.fields import MeaningField

MEANING_DIMENSION = 512


class Reading(models.Model):
    """What one model read in one text. It never changes: another text has another digest."""

    digest = models.CharField(max_length=32)
    model = models.CharField(max_length=60)
    meaning = MeaningField(dimensions=MEANING_DIMENSION)
    grams = ArrayField(models.IntegerField())
    lean = models.FloatField()
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "model"], name="one_reading_per_text")
        ]

    def __str__(self) -> str:
        return f"{self.digest} by {self.model}"


class LexiconSnapshot(models.Model):
    """How often each letter group occurs in what was read; one row, renewed as the coalition grows."""

    frequency = models.BinaryField()
    texts = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"lexicon of {self.texts} texts"

"""What the engine read: once for each text and model, whoever wrote the text and wherever it stands."""

from typing import Any

import numpy as np
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.sql.compiler import SQLCompiler
from numpy.typing import NDArray
from pgvector.django import HalfVectorField

_HEADER = 4  # bytes before the numbers: how many there are, and two that are not used


class MeaningField(HalfVectorField):
    """A vector of halves, read as a float32 array of shape (dimensions,).

    It comes as the bytes in which the database sends vectors: thirty times faster than as text.
    """

    def select_format(
        self,
        compiler: SQLCompiler,  # noqa: ARG002
        sql: str,
        params: Any,
    ) -> tuple[str, Any]:
        """Ask for the bytes wherever the field is selected."""
        return f"halfvec_send({sql})", params

    def from_db_value(  # type: ignore[override]
        self,
        value: bytes | None,
        expression: Any,  # noqa: ARG002
        connection: Any,  # noqa: ARG002
    ) -> NDArray[np.float32] | None:
        """Read the bytes, which are in network order."""
        if value is None:
            return None
        return np.frombuffer(value, ">f2", offset=_HEADER).astype(np.float32)


MEANING_DIMENSION, CAREFUL_DIMENSION = 512, 384


class Reading(models.Model):
    """What was read in one text. It never changes: another text has another digest.

    `careful` comes later, where the slower encoder reads too; `concepts` says how surely each is
    meant, by its key in the thesaurus.
    """

    digest = models.CharField(max_length=32)
    model = models.CharField(max_length=60)
    meaning = MeaningField(dimensions=MEANING_DIMENSION)
    careful = MeaningField(dimensions=CAREFUL_DIMENSION, null=True)
    concepts = models.JSONField(default=dict)
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
    """How often each letter group and each concept occur in what was read; one row, renewed at times."""

    frequency = models.BinaryField()
    concepts = models.JSONField(default=dict)
    texts = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"lexicon of {self.texts} texts"

"""What the engine read: once for each text and model, whoever wrote the text and wherever it stands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.sql.compiler import SQLCompiler
from numpy.typing import NDArray
from pgvector.django import HalfVectorField

from katalysator.engine.concepts import Concept
from katalysator.engine.matching import Habit

_HEADER = 4  # bytes before the numbers: how many there are, and two that are not used
_BUCKET = "<i4"


def sent_meaning(value: bytes) -> NDArray[np.float32]:
    """A vector of halves as the database sends it, in network order."""
    return np.frombuffer(value, ">f2", offset=_HEADER).astype(np.float32)


def sent_meanings(values: Sequence[bytes]) -> NDArray[np.float32]:
    """Vectors of one length, all at once: (n, dimensions)."""
    halves = np.frombuffer(b"".join(values), ">f2").reshape(len(values), -1)
    return halves[:, _HEADER // halves.itemsize :].astype(np.float32)


def sent_grams(value: bytes) -> NDArray[np.int32]:
    """Buckets of letter groups as the database has them."""
    return np.frombuffer(value, _BUCKET)


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
        """Read the bytes."""
        return None if value is None else sent_meaning(value)


if TYPE_CHECKING:
    _BinaryField = models.BinaryField[Sequence[int] | NDArray[np.int32], NDArray[np.int32]]
else:
    _BinaryField = models.BinaryField


class GramsField(_BinaryField):
    """Buckets of letter groups, some hundreds a text: an int32 array that nobody writes in.

    Nothing looks inside it in the database, where the numbers of an array are told one by one: as bytes eighty
    candidates come in a quarter less time.
    """

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Write them in the order of nearly all processors."""
        told = None if value is None else np.asarray(value, _BUCKET).tobytes()
        return super().get_db_prep_value(told, connection, prepared)

    def from_db_value(
        self,
        value: bytes | None,
        expression: Any,  # noqa: ARG002
        connection: Any,  # noqa: ARG002
    ) -> NDArray[np.int32] | None:
        """Look at the bytes as numbers."""
        return None if value is None else sent_grams(value)


MEANING_DIMENSION = 512


class Reading(models.Model):
    """What was read in one text. It never changes: another text has another digest.

    `concepts` says how surely each is meant, by its key in the thesaurus.
    """

    digest = models.CharField(max_length=32)
    model = models.CharField(max_length=60)
    meaning = MeaningField(dimensions=MEANING_DIMENSION)
    concepts = models.JSONField(default=dict)
    grams = GramsField()
    lean = models.FloatField()
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "model"], name="one_reading_per_text")
        ]

    def __str__(self) -> str:
        return f"{self.digest} by {self.model}"


class CarefulEncoder(models.Model):
    """A slower encoder that read texts here: what it is called, and its habit.

    One serves. Another reads everything in the background before it takes that place.
    """

    name = models.CharField(max_length=300, unique=True)
    dimension = models.PositiveIntegerField()
    mean = models.FloatField()
    spread = models.FloatField()
    language = models.FloatField()
    serves = models.BooleanField(default=False)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["serves"], condition=models.Q(serves=True), name="one_encoder_serves"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def habit(self) -> Habit:
        """How near texts usually lie by it."""
        return Habit(self.mean, self.spread, self.language)


class CarefulReading(models.Model):
    """The meaning of a text by a slower encoder, in as many dimensions as that has."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="careful")
    encoder = models.ForeignKey(
        CarefulEncoder, on_delete=models.CASCADE, related_name="readings", db_index=False
    )
    meaning = MeaningField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["encoder", "reading"], name="one_careful_reading_per_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reading_id} by {self.encoder_id}"


class ModelTrouble(models.Model):
    """Why a model that was plugged in does not work now: a fault, kept to be read in any language.

    There is a row for each part that fails, until it works again. No text of a listing is in it.
    """

    class Role(models.TextChoices):
        ENCODER = "encoder", "encoder"
        JUDGE = "judge", "judge"

    role = models.CharField(max_length=10, choices=Role.choices, unique=True)
    model = models.CharField(max_length=300)
    message = models.TextField()
    hint = models.TextField(blank=True)
    parameters = models.JSONField(default=dict)
    since = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.role}: {self.model}"


class CoalitionConcept(models.Model):
    """A concept of this coalition, beside those that Katalysator comes with, or in place of one of these.

    The first label of a language is shown there. `broader` holds keys, of ours or of the coalition. One
    that was removed stays, so that it can come back.
    """

    key = models.CharField(max_length=60, unique=True)
    nl = ArrayField(models.CharField(max_length=100), default=list)
    en = ArrayField(models.CharField(max_length=100), default=list)
    broader = ArrayField(models.CharField(max_length=60), default=list)
    is_removed = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(nl__len__gt=0) | models.Q(en__len__gt=0),
                name="concept_has_a_label",
            )
        ]

    def __str__(self) -> str:
        return self.key

    def as_concept(self) -> Concept:
        """It as a concept of a thesaurus."""
        labels = {name: tuple(some) for name, some in (("nl", self.nl), ("en", self.en)) if some}
        return Concept(self.key, labels, tuple(self.broader))


class PublicWord(models.Model):
    """A word of texts that everybody may read, and in how many of them it stands: what a misspelt one may mean."""

    word = models.CharField(max_length=40, primary_key=True)
    texts = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.word


class LexiconSnapshot(models.Model):
    """How often each letter group and each concept occur in what was read; one row, renewed at times.

    `own` holds the concepts of the coalition by which texts are read until the next one.
    """

    own = models.JSONField(default=list)
    frequency = models.BinaryField()
    concepts = models.JSONField(default=dict)
    texts = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"lexicon of {self.texts} texts"

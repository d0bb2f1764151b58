"""What a record keeps of what was read in it, so that it can be found."""

from typing import Any, Final, TypeVar

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from pgvector.django import BitField

from katalysator.engine.matching import Profile
from katalysator.readings.models import MEANING_DIMENSION, Reading

FindablesT = TypeVar("FindablesT", bound=QuerySet[Any])


READ: Final = ("reading", "meant", "signs")
"""The columns that say what was read."""


def words_column(*columns: str | Combinable) -> models.GeneratedField:
    """A column with the words of others, by Dutch and by English stems."""
    dutch, english = (SearchVector(*columns, config=each) for each in ("dutch", "english"))
    return models.GeneratedField(
        expression=dutch + english, output_field=SearchVectorField(), db_persist=True
    )


def found_by(*records: str) -> list[str]:
    """The columns that only search looks at, of records by their path: lists need not fetch them."""
    return [f"{path}{name}" for path in records for name in ("search", "meant", "signs")]


def findables() -> "list[QuerySet[Any]]":
    """All records that can be found, by their kind, a part of the house each: with all that they say."""
    kinds = (each for each in apps.get_models() if issubclass(each, Findable))
    return [each._default_manager.defer(None) for each in kinds]


class Findable(models.Model):
    """A record that can be found. Its room gives it `search`, a column of words that the database makes.

    `meant` holds the concepts of its text by key, `signs` the signs of its meaning: an eighth of a byte
    a number, so that the scan that finds the nearest walks a small index. All three are empty until
    the text was read; a name alone has no meaning, and no signs.
    """

    reading = models.ForeignKey(
        Reading, null=True, editable=False, on_delete=models.SET_NULL, related_name="%(class)ss"
    )
    meant = ArrayField(models.CharField(max_length=60), default=list, editable=False)
    signs = BitField(length=MEANING_DIMENSION, null=True, editable=False)

    class Meta:
        abstract = True

    def forget_reading(self) -> None:
        """Let it be read anew, as what it says has changed: until then its words alone find it."""
        self.reading, self.meant, self.signs = None, [], None

    def as_profile(self) -> Profile:
        """What it says, for the engine to read."""
        raise NotImplementedError

"""Searches that people saved, and sites on which the board may stand."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.http import QueryDict

from katalysator.boards.queries import EmbeddingPlaceQuerySet, SavedSearchQuerySet
from katalysator.coalition.models import Organisation
from katalysator.core.addresses import address
from katalysator.notices.kinds import Pace

PACES = (Pace.NEVER, Pace.DAILY, Pace.WEEKLY)
"""How often a person is told what is new for a search."""


class SavedSearch(models.Model):
    """The filters and words of the board as somebody wants to find them again, under a name.

    Nobody else sees it. `told_until` is until when the person was told what is new for it.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1_000, blank=True)
    pace = models.CharField(
        max_length=8, choices=[(each.value, each.name) for each in PACES], default=Pace.NEVER.value
    )
    made_at = models.DateTimeField(auto_now_add=True)
    told_until = models.DateTimeField()

    objects: ClassVar = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="one_search_of_a_name"),
            models.CheckConstraint(
                condition=models.Q(pace__in=[each.value for each in PACES]),
                name="search_pace_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page that leads to what it finds, in the active language."""
        return address("saved-search", self.pk)

    @property
    def asked(self) -> QueryDict:
        """The filters and words, as the address of a list has them."""
        return QueryDict(self.query)

    @property
    def board(self) -> str:
        """The board with these filters and words, in the active language."""
        return f"{address('listing-list')}?{self.asked.urlencode()}"

    @property
    def pace_label(self) -> str:
        """How often its person is told, in the active language."""
        return Pace(self.pace).label


class EmbeddingPlace(models.Model):
    """A site on whose pages the board may stand for an organisation: its address without a path, as browsers compare it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="embedding_places"
    )
    origin = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = EmbeddingPlaceQuerySet.as_manager()

    class Meta:
        ordering = ["origin"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "origin"], name="one_embedding_of_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.origin

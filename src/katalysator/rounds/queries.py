"""What can be asked about rounds. `visible_to` is the only door."""

from typing import TYPE_CHECKING, Final, Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Q

from katalysator.coalition.models import Person
from katalysator.groups.models import GroupMembership
from katalysator.listings.models import Listing

if TYPE_CHECKING:
    from katalysator.rounds.models import MatchingRound

PartT = TypeVar("PartT", bound=models.Model)


def chaired_by(person: "Person | AnonymousUser") -> "models.QuerySet[GroupMembership, int]":
    """The numbers of the working groups that somebody leads."""
    found = GroupMembership.objects.chairs().filter(person_id=person.pk)
    return found.values_list("group", flat=True)


class MatchingRoundQuerySet(models.QuerySet["MatchingRound"]):
    """Matching rounds."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """All of them for the bureau, those of one's own groups for a chair, nothing for others."""
        if not (person.is_authenticated and person.is_active and person.speaks_for_any):
            return self.none()
        return self if person.is_coordinator else self.filter(group__in=chaired_by(person))

    def by_state(self) -> dict[str, int]:
        """How many there are in each state. Cost: one query."""
        return dict(self.order_by().values_list("state").annotate(n=Count("pk")))


class RoundPartQuerySet(models.QuerySet[PartT]):
    """What belongs to a round."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """What is in rounds that one sees, about needs and offers that one sees."""
        model: type[MatchingRound] = self.model._meta.get_field("round").related_model  # type: ignore[assignment]
        found = self.filter(round__in=model.objects.visible_to(person).values("pk"))
        if person.is_authenticated and person.is_coordinator:
            return found
        seen = Listing.objects.visible_to(person).values("pk")
        sides = [each.name for each in self.model._meta.fields if each.name in _SIDES]
        for each in sides:
            found = found.filter(Q(**{f"{each}__in": seen}) | Q(**{each: None}))
        return found


_SIDES: Final = ("need", "offer", "listing", "best")

"""What can be asked about days of talks. `visible_to` is the only door."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from katalysator.activities.models import Enrolment
from katalysator.coalition.models import Person
from katalysator.rounds.queries import chaired_by

if TYPE_CHECKING:
    from katalysator.rounds.models import (  # noqa: F401 — named in the bases
        MeetingDay,
        MeetingGuest,
        MeetingTalk,
        MeetingWish,
    )


def _held_by(person: "Person | AnonymousUser", path: str = "") -> Q:
    """Those of days that somebody holds: all of them for the bureau."""
    if person.is_authenticated and person.is_coordinator:
        return Q(pk__isnull=False)  # an empty condition would vanish beside another
    return Q(**{f"{path}activity__group__in": chaired_by(person)})


def _places_of(person: "Person | AnonymousUser") -> "models.QuerySet[Enrolment, int]":
    """The activities at which somebody has a place."""
    mine = Enrolment.objects.seated().filter(person=person.pk or 0)
    return mine.values_list("activity", flat=True)


class MeetingDayQuerySet(models.QuerySet["MeetingDay"]):
    """Days of talks."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """Those that one holds, and those of activities at which one has a place."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        return self.filter(_held_by(person) | Q(activity__in=_places_of(person)))

    def held_by(self, person: "Person | AnonymousUser") -> Self:
        """Those that one holds."""
        return self.visible_to(person).filter(_held_by(person))


class MeetingGuestQuerySet(models.QuerySet["MeetingGuest"]):
    """Who takes part in talks."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """Those of days that one holds, or takes part in oneself."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        mine = self.model._default_manager.filter(
            person=person.pk, day__activity__in=_places_of(person)
        )
        return self.filter(_held_by(person, "day__") | Q(day__in=mine.values("day")))

    def present(self) -> Self:
        """Those who have a place at the activity, still."""
        seated = Enrolment.objects.seated().filter(
            activity=models.OuterRef("day__activity"), person=models.OuterRef("person")
        )
        return self.filter(models.Exists(seated), person__is_active=True)


class MeetingWishQuerySet(models.QuerySet["MeetingWish"]):
    """Who wants to meet whom."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """One's own, and those to meet oneself; of others nobody sees more than how many there are."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        of_me = Q(person=person.pk) | Q(other=person.pk)
        return self.filter(of_me, day__activity__in=_places_of(person))


class MeetingTalkQuerySet(models.QuerySet["MeetingTalk"]):
    """Talks that are planned."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """One's own once they are published, and all of the days that one holds."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        of_me = Q(one=person.pk) | Q(other=person.pk)
        own = of_me & Q(is_out=True, day__activity__in=_places_of(person))
        return self.filter(_held_by(person, "day__") | own)

    def of(self, person: "Person | AnonymousUser") -> Self:
        """Those of one person."""
        return self.of_number(person.pk or 0)

    def of_number(self, person: int) -> Self:
        """Those of one person, by the number."""
        return self.filter(Q(one=person) | Q(other=person))

    def to_come(self) -> Self:
        """Those of activities that are not over."""
        return self.filter(day__activity__ends_at__gt=timezone.now())

    def on(self) -> Self:
        """Those that were not called off."""
        return self.filter(off_at=None)

"""What can be asked about lists of people: their organisation sees them without names, each person what concerned them."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from katalysator.coalition.models import Person
from katalysator.talent.oversight.workflow import OPEN

if TYPE_CHECKING:
    from katalysator.talent.models import (  # noqa: F401 — named in the bases
        Consultation,
        ConsultedPerson,
        ListStop,
        Objection,
    )

ListReader = Person | AnonymousUser


def own_participants(person: ListReader) -> list[int]:
    """The keys of the participants that somebody speaks for."""
    told = getattr(person, "participations", {})
    return [key for key, own in told.items() if own.takes_part]


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Lists of people."""

    def visible_to(self, person: ListReader) -> Self:
        """Those of the organisations that somebody speaks for; not even the bureau sees others."""
        return self.filter(organisation__in=own_participants(person))


class ConsultedPersonQuerySet(models.QuerySet["ConsultedPerson"]):
    """People in lists."""

    def about(self, person: ListReader) -> Self:
        """Where somebody stood in a list, the newest first, with what they may know of it."""
        told = self.select_related("consultation__organisation", "objection")
        return told.filter(person_id=person.pk or 0).order_by("-consultation__at", "-pk")

    def decided(self) -> Self:
        """Those on whom somebody decided."""
        return self.exclude(decision="")


class ObjectionQuerySet(models.QuerySet["Objection"]):
    """Objections."""

    def visible_to(self, person: ListReader) -> Self:
        """All for the bureau, which answers them; else one's own."""
        if getattr(person, "is_coordinator", False):
            return self.all()
        return self.filter(consulted__person_id=person.pk or 0)

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state__in=OPEN)

    def late(self) -> Self:
        """Those that should have been answered by now."""
        return self.open().filter(due__lt=timezone.localdate())


class ListStopQuerySet(models.QuerySet["ListStop"]):
    """Times in which lists of people are switched off."""

    def now(self) -> "ListStop | None":
        """That they are off, None while they are not. Cost: one query."""
        return self.filter(ended_at=None).first()

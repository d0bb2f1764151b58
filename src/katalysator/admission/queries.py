"""What can be asked about who wants to come in: who decides sees them, and who applied has a link."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from katalysator.admission.joining.workflow import JOINING
from katalysator.admission.workflow import APPLICATION, WAITING
from katalysator.coalition.models import Organisation, Person

if TYPE_CHECKING:
    from katalysator.admission.models import (  # noqa: F401 — named in the bases
        Application,
        Joining,
    )


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Those whose address was proven, for the bureau; none for anybody else."""
        if not (person.is_authenticated and person.is_coordinator):
            return self.none()
        return self.exclude(state=APPLICATION.initial)

    def in_state(self, state: str) -> Self:
        """Those in a state; all of them where there is none of this name. Those that wait first."""
        known = self.filter(state=state) if state in APPLICATION.states else self
        return known.order_by("-state", "sent_at", "pk")

    def waiting(self) -> Self:
        """Those that wait for the bureau, the oldest first."""
        return self.filter(state=WAITING)

    def outlived(self, unproven_since: datetime, over_since: datetime) -> Self:
        """Those to be forgotten: never confirmed, or over, since then."""
        over = APPLICATION.tagged("over")
        return self.filter(
            Q(state=APPLICATION.initial, moved_at__lt=unproven_since)
            | Q(state__in=over, moved_at__lt=over_since)
        )


class JoiningQuerySet(models.QuerySet["Joining"]):
    """People who are to speak for an organisation."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Those whose address was proven or given, for who manages the organisation, and for the bureau."""
        proven = self.exclude(state="asked")
        if person.is_authenticated and person.is_coordinator:
            return proven
        mine = Organisation.objects.managed_by(person).values("pk")
        return proven.filter(organisation__in=mine)

    def open(self) -> Self:
        """Those that are not over."""
        return self.filter(state__in=JOINING.tagged("open"))

    def outlived(self, since: datetime) -> Self:
        """Those that nothing happened to since then."""
        return self.filter(moved_at__lt=since)

"""What can be asked about webhooks and what was sent. `visible_to` of webhooks is the only door to both."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from katalysator.coalition.models import Organisation, Person
from katalysator.webhooks.events import Hearers
from katalysator.webhooks.workflow import ACTIVE

if TYPE_CHECKING:
    from katalysator.webhooks.models import Delivery, Webhook  # noqa: F401 — named in the bases


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Webhooks."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Those of organisations that one manages; for the bureau its own, and no more than others."""
        mine = Q(organisation__in=Organisation.objects.managed_by(person).values("pk"))
        if person.is_authenticated and person.is_coordinator:
            mine |= Q(organisation=None)
        return self.filter(mine)

    def of(self, organisation: Organisation | None) -> Self:
        """Those of an organisation; those of the bureau for none."""
        return self.filter(organisation=organisation)

    def running(self) -> Self:
        """Those that are told of things: active, and of who takes part."""
        takes_part = Q(organisation=None) | Q(organisation__is_participant=True)
        return self.filter(takes_part, state=ACTIVE)

    def hearing(self, type_name: str, hearers: Hearers) -> Self:
        """Those that are told of one thing: the bureau's, those whose record it is, and of others where all may know."""
        who = Q(organisation=None) | Q(organisation__in=hearers.organisations)
        if hearers.all_participants:
            who |= Q(of_others=True)
        return self.running().filter(who, types__contains=[type_name])

    def kept_by(self, person: int) -> Self:
        """Active ones that somebody keeps."""
        return self.filter(state=ACTIVE, keeper=person)

    def failing_since(self, moment: datetime) -> Self:
        """Active ones at which nothing arrived since then, though it was tried."""
        return self.filter(state=ACTIVE, failing_since__lte=moment)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """What was sent."""

    def outlived(self, moment: datetime) -> Self:
        """Those that are older."""
        return self.filter(made_at__lt=moment)

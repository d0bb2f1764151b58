"""What can be asked of the data space. `visible_to` is the only door for people."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core import regions
from katalysator.dataspace.protocol.machines import ProtocolRole

if TYPE_CHECKING:
    from katalysator.dataspace.models import (  # noqa: F401 — named in the bases
        Agreement,
        AgreementText,
        Connector,
        Dataset,
        FoundDataset,
        HarvestSource,
        Partner,
        PolicyDecision,
        ProtocolProcess,
    )

_TOLD: Final = ("title", "text", "keywords", "creator")
"""By what words of its record a dataset is found."""
FOUND_BY: Final = ("title", "text", "keywords", "publisher")
"""And one elsewhere, which an index finds by these."""
_MOST_WORDS: Final = 10

_DAY = timedelta(hours=23)
_WEEK = timedelta(days=6, hours=23)
_CUT_OFF = timedelta(hours=2)
ProcessT_co = TypeVar("ProcessT_co", bound="ProtocolProcess", covariant=True)
RowT_co = TypeVar("RowT_co", bound=models.Model, covariant=True)


def _sought(words: str) -> list[str]:
    return words.split()[:_MOST_WORDS]


def _said(word: str, names: Iterable[str]) -> Q:
    """Where a word stands in one of some facts of a dataset."""
    return reduce(or_, (Q(**{f"{name}__icontains": word}) for name in names))


class _OfConnector(models.QuerySet[RowT_co]):
    """Rows of connectors, which who manages the organisation sees."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Those of organisations that somebody manages."""
        return self.filter(
            connector__organisation__in=Organisation.objects.managed_by(person).values("pk")
        )


class ConnectorQuerySet(models.QuerySet["Connector"]):
    """Connectors, and what they may do now."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Those of organisations that somebody manages."""
        return self.filter(organisation__in=Organisation.objects.managed_by(person).values("pk"))

    def speaking(self) -> Self:
        """Those of organisations that take part, with these."""
        return self.filter(organisation__is_participant=True).select_related("organisation")


class PartnerQuerySet(models.QuerySet["Partner"]):
    """Participants elsewhere, and who knows them."""

    def known_to(self, connector: "Connector") -> Self:
        """Those of a connector, and those that all know and it does not know otherwise itself."""
        own = Q(connector=connector)
        known = self.model._default_manager.filter(own).values("participant_id")
        return self.filter(own | Q(connector=None) & ~Q(participant_id__in=known))


class DatasetQuerySet(models.QuerySet["Dataset"]):
    """Datasets, and who may have them."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Those that are published by a participant, and those of organisations that somebody manages.

        That one is seen gives no right to its data: its terms say who gets that.
        """
        return self.published() | self.of(person)

    def published(self) -> Self:
        """Those that everybody may see: published, by a participant."""
        return self.filter(is_published=True, connector__organisation__is_participant=True)

    def of(self, person: Person | AnonymousUser) -> Self:
        """Those of organisations that somebody manages."""
        mine = Organisation.objects.managed_by(person).values("pk")
        return self.filter(connector__organisation__in=mine)

    def with_holder(self) -> Self:
        """With their organisations."""
        return self.select_related("connector__organisation")

    def about(self, words: str) -> Self:
        """Those with all of these words in what they say, or in a name of who shares them."""
        found = self
        for word in _sought(words):
            holders = Organisation.objects.named(word).values("pk")
            found = found.filter(_said(word, _TOLD) | Q(connector__organisation__in=holders))
        return found

    def in_area(self, slug: str) -> Self:
        """Those for an application area."""
        return self.filter(areas__contains=[slug])

    def in_region(self, code: str) -> Self:
        """Those about a region, or about a part of it."""
        return self.filter(region__startswith=regions.parse(code))

    def offered(self) -> Self:
        """Those that are published and have an open offer."""
        return self.filter(is_published=True, offers__is_open=True).distinct()

    def with_offers(self, keys: Collection[str]) -> Self:
        """Those that have one of these offers, with these as `opened`."""
        offers: Any = self.model._meta.get_field("offers").related_model
        opened = models.Prefetch("offers", offers.objects.filter(key__in=keys), "opened")
        return self.filter(offers__key__in=keys).distinct().prefetch_related(opened)


class HarvestSourceQuerySet(models.QuerySet["HarvestSource"]):
    """Catalogues elsewhere that are read."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """All of them, for the bureau."""
        return self if person.is_authenticated and person.is_coordinator else self.none()

    def told_to(self, person: Person | AnonymousUser) -> Self:
        """Those in which somebody may look: feeds on the web, and what a connector was told of an organisation that they manage."""
        mine = Organisation.objects.managed_by(person).values("pk")
        return self.filter(Q(kind="dcat") | Q(connector__organisation__in=mine))

    def counted(self) -> Self:
        """With how many datasets are there now, as `alive`."""
        return self.annotate(alive=models.Count("found", filter=Q(found__gone_at=None)))

    def due(self, now: datetime) -> Self:
        """Those whose time it is: tried a day or a week ago; and those whose reading was cut off. One that waits has its job."""
        day, week, cut_off = (now - each for each in (_DAY, _WEEK, _CUT_OFF))
        rests = Q(every="day", tried_at__lte=day) | Q(every="week", tried_at__lte=week)
        return self.filter(Q(state="rests") & rests | Q(state="reads") & Q(tried_at__lte=cut_off))


class FoundDatasetQuerySet(models.QuerySet["FoundDataset"]):
    """Datasets that were found in catalogues elsewhere."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Those of feeds on the web, which anybody may know, and what the connector of an organisation was told for who manages that."""
        sources: Any = self.model._meta.get_field("source").related_model
        return self.filter(source__in=sources.objects.told_to(person).values("pk"))

    def there(self) -> Self:
        """Those that are there still."""
        return self.filter(gone_at=None)

    def about(self, words: str) -> Self:
        """Those with all of these words in what they say."""
        found = self
        for word in _sought(words):
            found = found.filter(_said(word, FOUND_BY))
        return found


class ProcessQuerySet(_OfConnector[ProcessT_co]):
    """Negotiations or transfers, and whose they are."""

    def by_pid(self, pid: str) -> Self:
        """The one that we gave this name."""
        return self.filter(
            Q(role=ProtocolRole.PROVIDER, provider_pid=pid)
            | Q(role=ProtocolRole.CONSUMER, consumer_pid=pid)
        )

    def waiting(self) -> Self:
        """Those in which somebody of ours has to decide, or to look why something does not arrive; as `is_waiting`."""
        turns = Q()
        for role in ProtocolRole:
            turns |= Q(role=role, state__in=self.model.machine.turns(role))
        return self.filter(
            Q(outbox__isnull=True) & turns | Q(outbox__isnull=False, next_at__isnull=True)
        )

    def open(self) -> Self:
        """Those in which more can be said."""
        return self.exclude(state__in=self.model.machine.ended)

    def ended(self) -> Self:
        """Those in which nothing can be said any more."""
        return self.filter(state__in=self.model.machine.ended)


class AgreementQuerySet(_OfConnector["Agreement"]):
    """Agreements, as each party keeps them."""

    def counting(self) -> Self:
        """Those whose negotiation is final."""
        return self.filter(negotiation__state="FINALIZED")


class AgreementTextQuerySet(models.QuerySet["AgreementText"]):
    """Texts of agreements."""

    def unsigned(self) -> Self:
        """Those that both parties have to sign, and have not."""
        signed = models.Count("signatures")
        return self.filter(must_be_signed=True).annotate(signed=signed).filter(signed__lt=2)


class PolicyDecisionQuerySet(_OfConnector["PolicyDecision"]):
    """What terms answered."""


def managers_of(connector: "Connector") -> models.QuerySet[Person]:
    """The people who manage the organisation of a connector, and can log in. Cost: one query."""
    return Person.objects.filter(
        is_active=True,
        memberships__organisation=connector.organisation_id,
        memberships__role=Membership.Role.MANAGER,
    )

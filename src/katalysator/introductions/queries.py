"""What can be asked about introductions. `visible_to` is the only door."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from katalysator.coalition.models import Organisation, Person
from katalysator.groups.models import GroupMembership
from katalysator.introductions.workflow import OPEN
from katalysator.listings.workflow import LISTING, OPEN as OPEN_LISTING

if TYPE_CHECKING:
    from katalysator.introductions.models import (  # noqa: F401 — named in the bases
        Introduction,
        KeptApart,
        MeetingPause,
        MeetingRule,
        NeverMeet,
        NextStep,
        Party,
        ThreadMessage,
    )

_CLOSED: Final = tuple(state for state in LISTING.states if state != OPEN_LISTING)
_GOING_ALONG: Final = ("", "yes")  # answers of who did not say no


def spoken_for(person: "Person | AnonymousUser", path: str = "") -> Q:
    """The parties that this person is, or speaks for; `path` leads from a row to them, as ``parties__``."""
    if not person.pk:
        return Q(pk__in=())
    mine = Organisation.objects.of(person).values("pk")
    of_them = Q(**{f"{path}organisation__in": mine, f"{path}person": None})
    return of_them | Q(**{f"{path}person": person.pk})


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    """Introductions."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """Those of one's own parties; all of them for the bureau. What is shown of the others: `seen.py`."""
        if person.is_authenticated and person.is_coordinator:
            return self
        return self.of(person)

    def of(self, person: "Person | AnonymousUser") -> Self:
        """Those in which this person is a party, or speaks for one."""
        return self.filter(pk__in=_numbers(self.model, spoken_for(person, "parties__")))

    def waiting_for(self, person: "Person | AnonymousUser") -> Self:
        """Open ones that this person has still to answer."""
        asked = spoken_for(person, "parties__") & Q(parties__answer="")
        return self.open().filter(pk__in=_numbers(self.model, asked))

    def open(self) -> Self:
        """Those in which somebody has something to do."""
        return self.filter(state__in=OPEN)

    def of_listing(self, listing: int) -> Self:
        """Those to which a party came with this need or offer."""
        return self.filter(parties__listing=listing)

    def quiet_since(self, moment: datetime) -> Self:
        """Open ones in which nothing happened since."""
        return self.open().filter(stirred_at__lt=moment)

    def with_closed_listing(self) -> Self:
        """Proposals of which a need or offer is not open any more."""
        closed = Q(parties__listing__state__in=_CLOSED, parties__answer__in=_GOING_ALONG)
        return self.filter(pk__in=_numbers(self.model, closed), state="proposed")

    def outlived(self, moment: datetime) -> Self:
        """Those that were over then, and of which messages are left."""
        return self.filter(
            pk__in=_numbers(self.model, Q(messages__isnull=False)), stirred_at__lt=moment
        ).exclude(state__in=OPEN)

    def by_state(self) -> dict[str, int]:
        """How many there are in each state. Cost: one query."""
        return dict(self.order_by().values_list("state").annotate(n=Count("pk")))


class PartyQuerySet(models.QuerySet["Party"]):
    """Parties."""

    def spoken_for_by(self, person: "Person | AnonymousUser") -> Self:
        """Those that this person is, or speaks for."""
        return self.filter(spoken_for(person))

    def with_all_shown(self) -> Self:
        """With all that is shown of them."""
        return self.select_related(
            "organisation", "listing__organisation", "listing__membership", "contact", "person"
        )


class ThreadMessageQuerySet(models.QuerySet["ThreadMessage"]):
    """Messages."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """What is said where one's own party said yes; the bureau sees it no more than others."""
        return self.filter(_between_parties(self.model, person))


class NextStepQuerySet(models.QuerySet["NextStep"]):
    """Steps and milestones."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """What is planned where one's own party said yes; the bureau sees it no more than others."""
        return self.filter(_between_parties(self.model, person))


class MeetingPauseQuerySet(models.QuerySet["MeetingPause"]):
    """Organisations that take no proposals for a while."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """Those of organisations that one manages; the bureau sees them no more than others."""
        return self.filter(organisation__in=Organisation.objects.managed_by(person).values("pk"))

    def now(self) -> Self:
        """Those that are not over."""
        return self.filter(until__gt=timezone.localdate())


class NeverMeetQuerySet(models.QuerySet["NeverMeet"]):
    """Whom organisations do not want to meet."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """What organisations say that one manages; the bureau sees it no more than others."""
        return self.filter(organisation__in=Organisation.objects.managed_by(person).values("pk"))

    def between(self, organisations: Collection[int], others: Collection[int]) -> Self:
        """What some say of others."""
        return self.filter(organisation__in=organisations, other__in=others)

    def of(self, organisations: Collection[int]) -> Self:
        """What these say of all others."""
        return self.filter(organisation__in=organisations)

    def pairs(self) -> frozenset[tuple[int, int]]:
        """The numbers of who does not want to meet, and of whom. Cost: one query."""
        return frozenset(self.order_by().values_list("organisation", "other"))


class MeetingRuleQuerySet(models.QuerySet["MeetingRule"]):
    """Rules of the bureau."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """All of them for the bureau; others read of a rule where it stops them."""
        return self if person.is_authenticated and person.is_coordinator else self.none()

    def with_groups(self) -> Self:
        """Bring the working groups along."""
        return self.select_related("asking_group", "asked_group")

    def forbidding(
        self, asking: "Organisation", asked: "Collection[Organisation]", markets: Collection[str]
    ) -> Self:
        """Those by which this organisation does not propose to one of these, in these markets."""
        of_asking = Q(asking=asking.kind) | Q(asking_group__in=_groups_of([asking]))
        kinds = {each.kind for each in asked}
        of_asked = Q(asked__in=kinds) | Q(asked_group__in=_groups_of(asked))
        return self.filter(of_asking, of_asked, market__in=markets)


class KeptApartQuerySet(models.QuerySet["KeptApart"]):
    """Organisations that the bureau keeps apart for a while."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """All of them for the bureau; nobody else learns of any."""
        return self if person.is_authenticated and person.is_coordinator else self.none()

    def now(self) -> Self:
        """Those that are not over."""
        return self.filter(until__gt=timezone.localdate())

    def among(self, organisations: Collection[int]) -> Self:
        """Those of which both are among these."""
        return self.filter(organisation__in=organisations, other__in=organisations)

    def pairs(self) -> frozenset[frozenset[int]]:
        """The numbers of each two. Cost: one query."""
        return frozenset(map(frozenset, self.order_by().values_list("organisation", "other")))


def _groups_of(organisations: "Collection[Organisation]") -> models.QuerySet[Any, Any]:
    """The working groups that somebody is in for one of these organisations: a subquery."""
    members = GroupMembership.objects.members().filter(organisation__in=organisations)
    return members.order_by().values("group")


def _between_parties(model: Any, person: "Person | AnonymousUser") -> Q:
    """What the parties that said yes keep between them."""
    path = "introduction__parties__"
    mine = spoken_for(person, path) & Q(**{f"{path}answer": "yes"})
    return Q(pk__in=_numbers(model, mine))


def _numbers(model: Any, condition: Q) -> models.QuerySet[Any, int]:
    """The rows that meet it by one and the same party: a subquery, so that none comes twice."""
    return model._default_manager.filter(condition).order_by().values("pk")  # type: ignore[no-any-return]

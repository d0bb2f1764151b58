"""What can be asked about activities and who comes. `visible_to` is the only door."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from katalysator.activities.workflow import ANNOUNCED, OPEN, SEATED, SHOWN, WAITING
from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Hub, Organisation, Person
from katalysator.coalition.queries import speaks_for_any, within
from katalysator.core import regions
from katalysator.engine.search import Sought
from katalysator.search.finding import Found, find, ranked, understood
from katalysator.search.models import found_by

if TYPE_CHECKING:
    from katalysator.activities.models import (  # noqa: F401 — named in the bases
        Activity,
        Enrolment,
    )

REMIND_BEFORE: Final = timedelta(hours=24)
"""So long before it begins people are reminded."""
_TOLD: Final = ("title", "place", "text", "outcome", "lessons", "organisation__folded_names")
"""By what words activities are found."""


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """What this person may see: what is announced or was, own drafts; everything for the bureau."""
        if person.is_authenticated and person.is_coordinator:
            return self
        shown = Q(state__in=SHOWN)
        if not speaks_for_any(person):
            return self.filter(shown, visibility="everyone")
        return self.filter(shown | Q(organisation__in=_own(person)))

    def shown(self) -> Self:
        """Those that are announced, or were: what lists show to all alike."""
        return self.filter(state__in=SHOWN)

    def held_by(self, person: Person | AnonymousUser) -> Self:
        """Those that this person holds: of the own organisations; for the bureau its own."""
        if not person.is_authenticated:
            return self.none()
        mine = Q(organisation__in=_own(person))
        return self.filter(mine | Q(organisation=None) if person.is_coordinator else mine)

    def of(self, organisation: Organisation) -> Self:
        """Those that an organisation holds, alone or with others."""
        together = Q(co_organisers__organisation=organisation)
        return self.filter(Q(organisation=organisation) | together).distinct()

    def of_organisation(self, slug: str) -> Self:
        """The same, by the name in its address."""
        together = Q(co_organisers__organisation__slug=slug)
        return self.filter(Q(organisation__slug=slug) | together).distinct()

    def of_group(self, slug: str) -> Self:
        """Those that a working group holds, by the name in its address."""
        return self.filter(group__slug=slug)

    def in_area(self, slug: str) -> Self:
        """Those in an area."""
        return self.filter(areas__contains=[slug])

    def in_block(self, block: str) -> Self:
        """Those on a building block."""
        return self.filter(blocks__contains=[block])

    def in_region(self, code: str) -> Self:
        """Those in a region, by the beginning of its code."""
        return self.filter(region__startswith=regions.parse(code))

    def of_hub(self, hub: Hub) -> Self:
        """Those in one of the regions of a hub."""
        return self.filter(within(hub.regions))

    def found(self, query: Sought, owners: Collection[int] | None = None) -> list[Found]:
        """What is relevant to a query, the best first.

        `owners` are the organisations with the words of the query in a name, where they are at hand. Cost: see
        `find`, and a small query before where they are not.
        """
        if owners is None:
            owners = Organisation.objects.keys_named(query.text)
        theirs = Q(organisation__in=owners) if owners else None
        return find(self, query, told=_TOLD, named=theirs)

    def about(self, words: str) -> Self:
        """Those that are found by these words, the most relevant first; all for no words."""
        if not words.strip():
            return self
        return ranked(self, self.found(understood(words)))

    def in_corner(self, corner: Corner) -> Self:
        """Those in an area, on a block, in a hub, or where these meet."""
        found = self.in_area(corner.area.slug) if corner.area else self
        found = found.in_block(corner.block) if corner.block else found
        return found.of_hub(corner.hub) if corner.hub else found

    def to_come(self) -> Self:
        """Those that are not over, the first first."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "id")

    def before(self, within_: timedelta) -> Self:
        """Those of these that begin within so long, or go on now."""
        return self.to_come().filter(starts_at__lt=timezone.now() + within_)

    def past(self) -> Self:
        """Those that are over, the newest first."""
        return self.filter(ends_at__lte=timezone.now()).order_by("-starts_at", "-id")

    def from_this_on(self, activity: "Activity") -> Self:
        """One of a series, and those of it that come later."""
        if activity.series_id is None:
            return self.filter(pk=activity.pk)
        return self.filter(series=activity.series_id, starts_at__gte=activity.starts_at)

    def with_places(self) -> Self:
        """Bring along who holds them, and how many places are taken and waited for (`seated`, `in_line`)."""
        found = self.with_holder()
        enrolments: Any = self.model._meta.get_field("enrolments").related_model
        seated, in_line = (_counted(enrolments, states) for states in (SEATED, (WAITING,)))
        return found.annotate(seated=seated, in_line=in_line)

    def with_holder(self) -> Self:
        """Bring along who holds them, for lists."""
        return self.select_related("organisation", "group").defer(*found_by("", "organisation__"))

    def to_remind(self, now: datetime) -> Self:
        """Those of which people are to be reminded: they begin within a day, and nobody was yet."""
        soon = {"starts_at__gt": now, "starts_at__lte": now + REMIND_BEFORE}
        return self.filter(state=ANNOUNCED, reminded_at=None, **soon)

    def to_ask(self, now: datetime) -> Self:
        """Those that are over, and whose holder was not asked yet how it was."""
        return self.filter(state__in=(ANNOUNCED, "held"), asked_at=None, ends_at__lte=now)

    def untold(self) -> Self:
        """Those that are over, and of which nobody said how it was."""
        return self.filter(state__in=(ANNOUNCED, "held"), outcome="", lessons="").past()


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Who comes."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """One's own, and those of activities that one holds."""
        if not person.is_authenticated:
            return self.none()
        if person.is_coordinator:
            return self
        return self.filter(Q(person=person.pk) | Q(activity__organisation__in=_own(person)))

    def open(self) -> Self:
        """Those that still count."""
        return self.filter(state__in=OPEN)

    def seated(self) -> Self:
        """Those with a place."""
        return self.filter(state__in=SEATED)

    def waiting(self) -> Self:
        """Those on the waiting list, in their order."""
        return self.filter(state=WAITING).order_by("turn")

    def of(self, person: Person) -> Self:
        """Those of one person."""
        return self.filter(person=person.pk)


def _own(person: Person | AnonymousUser) -> Any:
    """The keys of the organisations that somebody speaks for."""
    return Organisation.objects.of(person).values("pk")


def _counted(enrolments: Any, states: tuple[str, ...]) -> Coalesce:
    """How many enrolments of each activity are in these states: asked of those that are shown only."""
    found = enrolments.objects.filter(activity=OuterRef("pk"), state__in=states).order_by()
    count = found.values("activity").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0)

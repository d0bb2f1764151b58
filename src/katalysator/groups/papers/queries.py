"""What can be asked about the papers of groups, by whoever may read them."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from katalysator.coalition.models import Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.engine.search import Sought
from katalysator.groups.papers.workflow import MEETING, TASK
from katalysator.groups.queries import own_group_ids, shown_as
from katalysator.groups.workflow import SHOWN
from katalysator.search.finding import FEW, Found, find

if TYPE_CHECKING:
    from katalysator.groups.models import (  # noqa: F401 — named in the bases
        Decision,
        GroupTask,
        Meeting,
    )


def sight_of_papers(person: Person | AnonymousUser) -> str:
    """Name what a person may read of papers: `visible_to` gives all of one name the same. Cost: a query for who takes part."""
    if not speaks_for_any(person):
        return ""
    if person.is_authenticated and person.is_coordinator:
        return "bureau"
    own = own_group_ids(person).order_by("group_memberships__group")
    return f"inside {list(own.values_list('group_memberships__group', flat=True))}"


def _own(person: Person | AnonymousUser) -> Q:
    """Of the groups that somebody is a member of; of none for who speaks for no participant any more."""
    if not speaks_for_any(person):
        return Q(pk__in=())
    return Q(group__in=own_group_ids(person))


def _open_to(person: Person | AnonymousUser) -> Q:
    """Of the groups that have started and let this person read their papers, without being a member."""
    readers = ["everybody", "participants"] if speaks_for_any(person) else ["everybody"]
    return Q(group__state__in=SHOWN, group__readers__in=readers)


class _PaperQuerySet(models.QuerySet[Any]):
    """What a group writes down."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Those of the groups whose papers this person may read."""
        if person.is_authenticated and person.is_coordinator:
            return self
        return self.filter(_own(person) | (_open_to(person) & self._ready()))

    def _ready(self) -> Q:
        """What others than members may read."""
        return Q()


class MeetingQuerySet(_PaperQuerySet):
    """Meetings; minutes that are not adopted yet are for members."""

    def found(self, query: Sought) -> list[Found]:
        """Those that are relevant to a query, the best first. Cost: see `find`."""
        told = ("group__name", "place", "agenda", "minutes")
        return find(self, query, told=told, each_way=FEW)

    def coming(self) -> Self:
        """Those that are planned, the first one first."""
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(state="planned", starts_at__gte=today).order_by("starts_at", "pk")

    def _ready(self) -> Q:
        return Q(state__in=MEETING.tagged("read"))


class DecisionQuerySet(_PaperQuerySet):
    """Decisions."""

    def found(self, query: Sought) -> list[Found]:
        """Those that are relevant to a query, the best first. Cost: see `find`."""
        return find(self, query, told=("group__name", "text"))


class GroupTaskQuerySet(models.QuerySet["GroupTask"]):
    """Tasks of members."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Those of the groups that one is a member of; all for the bureau."""
        if person.is_authenticated and person.is_coordinator:
            return self
        return self.filter(_own(person))

    def open(self) -> Self:
        """Those that are to be done, the most urgent first."""
        return self.filter(state__in=TASK.tagged("open")).order_by(
            F("due").asc(nulls_last=True), "pk"
        )

    def open_first(self) -> Self:
        """Those that are to be done, the most urgent first, and the others after them."""
        is_over = Case(When(state__in=TASK.tagged("open"), then=Value(0)), default=Value(1))
        return self.order_by(is_over, F("due").asc(nulls_last=True), "pk")

    def with_holders(self) -> Self:
        """Each with its `holder` and their organisation, and the name by which they want to be found."""
        found = self.select_related("holder__organisation", "group")
        return found.annotate(shown_name=shown_as("name", "holder__"))

    def held_by(self, person: Person | AnonymousUser) -> Self:
        """Those of one person."""
        return self.filter(holder__person_id=person.pk or 0)

"""What can be asked about working groups, their members, and who is chair or contact point of a corner."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.groups.members.workflow import INSIDE
from katalysator.groups.workflow import PROPOSED, RUNNING, SHOWN

if TYPE_CHECKING:
    from katalysator.groups.models import (  # noqa: F401 — named in the bases
        GroupMembership,
        Steward,
        WorkingGroup,
    )


def own_group_ids(
    person: Person | AnonymousUser, *, roles: Sequence[str] = ("member", "secretary", "chair")
) -> models.QuerySet[Any, Any]:
    """The keys of the groups that somebody is a member of, in one of some roles; for a query within one."""
    inside = {"group_memberships__state": INSIDE, "group_memberships__role__in": roles}
    mine = Person.objects.filter(pk=person.pk or 0, **inside)
    return mine.values("group_memberships__group")


class GroupQuerySet(models.QuerySet["WorkingGroup"]):
    """Working groups."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Those that have started, for everybody; what is proposed or declined for its chair and the bureau."""
        if person.is_authenticated and person.is_coordinator:
            return self
        return self.filter(Q(state__in=SHOWN) | Q(pk__in=own_group_ids(person)))

    def running(self) -> Self:
        """Those that meet, and may be joined."""
        return self.filter(state__in=RUNNING)

    def proposed(self) -> Self:
        """Those that wait for the bureau, the oldest first."""
        return self.filter(state=PROPOSED).order_by("made_at", "pk")

    def in_area(self, area: str) -> Self:
        """Those that work on an area, by its slug."""
        return self.filter(areas=area)

    def in_block(self, block: str) -> Self:
        """Those that work on a building block."""
        return self.filter(blocks__contains=[block])

    def in_corner(self, corner: Corner) -> Self:
        """Those that work on an area, a block, both, or for a hub."""
        found = self.in_area(corner.area.slug) if corner.area else self
        found = found.in_block(corner.block) if corner.block else found
        return found.filter(hub=corner.hub) if corner.hub else found

    def with_counts(self) -> Self:
        """Each with how many members it has, as `members`."""
        inside = self.model.objects.filter(pk=OuterRef("pk"), memberships__state=INSIDE)
        counted = inside.order_by().values("pk").annotate(n=models.Count("memberships")).values("n")
        return self.annotate(members=Coalesce(Subquery(counted), 0))

    def of_organisation(self, organisation: Organisation) -> Self:
        """Those with a member who speaks for an organisation."""
        members = Person.objects.filter(
            memberships__organisation=organisation,
            group_memberships__organisation=organisation,
            group_memberships__state=INSIDE,
        )
        return self.filter(pk__in=members.values("group_memberships__group"))

    def kept_by(self, person: Person) -> Self:
        """Those that run and of which somebody is chair or secretary; all that run for the bureau."""
        if person.is_coordinator:
            return self.running()
        return self.running().filter(pk__in=own_group_ids(person, roles=("chair", "secretary")))

    def of_person(self, person: Person | AnonymousUser) -> Self:
        """Those that somebody is a member of."""
        return self.filter(pk__in=own_group_ids(person))


def shown_as(column: str, path: str = "") -> Coalesce:
    """The "name" or the "function" by which somebody wants to be found, as they say it of their membership.

    The person and the organisation are those of a row, or of what its `path` leads to. Nothing for who does not
    want to be found, or speaks for the organisation no longer.
    """
    said = Membership.objects.filter(
        person=OuterRef(f"{path}person"), organisation=OuterRef(f"{path}organisation")
    )
    return Coalesce(Subquery(said.values(column)[:1]), models.Value(""))


class NamedQuerySet(models.QuerySet[Any]):
    """Rows of a `person` for an `organisation`: by what name somebody there wants to be found."""

    def with_names(self) -> Self:
        """Each with `shown_name` and `shown_function`, both empty for who does not want to be found."""
        named = self.select_related("organisation")
        return named.annotate(shown_name=shown_as("name"), shown_function=shown_as("function"))


class GroupMembershipQuerySet(NamedQuerySet):
    """People in groups, or on their way in."""

    def members(self) -> Self:
        """Those who are in."""
        return self.filter(state=INSIDE)

    def chairs(self) -> Self:
        """Those who lead a group."""
        return self.members().filter(role="chair")

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """All of a group for its chair and the bureau, those who are in for its members, and one's own."""
        if not speaks_for_any(person):
            return self.none()
        if person.is_authenticated and person.is_coordinator:
            return self
        chaired = self.model.objects.chairs().filter(person_id=person.pk).values("group")
        return self.filter(
            Q(person_id=person.pk)
            | Q(group__in=chaired)
            | Q(group__in=own_group_ids(person), state=INSIDE)
        )


class StewardQuerySet(NamedQuerySet):
    """Chairs and contact points of corners."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:  # noqa: ARG002
        """Those of participants: organisations, and people who want to be found by a name."""
        named = self.with_names().filter(organisation__is_participant=True)
        return named.filter(Q(person=None) | ~Q(shown_name=""))

    def answered_by(self, person: Person | AnonymousUser) -> Self:
        """Those that somebody may say something of: what one is oneself; all for the bureau."""
        if person.is_authenticated and person.is_coordinator:
            return self
        return self.filter(person=person.pk or 0)

    def of_corner(self, corner: Corner) -> Self:
        """Those of exactly this area, block, cell or hub."""
        return self.filter(
            area=corner.area, block=corner.block.value if corner.block else "", hub=corner.hub
        )

    def nearest_to(self, corner: Corner) -> tuple[Corner, list["Steward"]]:
        """Who answers for a corner, and of which corner they are: of a cell without anybody, its area, else its block.

        Cost: a query, or up to three.
        """
        wider = [Corner(area=corner.area), Corner(block=corner.block)]
        for each in [corner, *(wider if corner.area and corner.block else ())]:
            if found := list(self.of_corner(each).select_related("area", "hub", "person")):
                return each, found
        return corner, []

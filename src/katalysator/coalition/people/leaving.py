"""What becomes of what somebody did for an organisation, when a colleague takes it over.

A room says so in its module `leaving.py`, which is found by itself:

    @hands_over
    def give_listings(membership, heir): ...

It runs in the transaction of the deed.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from katalysator.coalition.models import Membership, Organisation, Person

HandOver: TypeAlias = Callable[[Membership, Membership], None]

_rooms: Final[list[HandOver]] = []


def hands_over(give: HandOver) -> HandOver:
    """Register what a room gives to the heir, by a function of the membership of who leaves and the heir's."""
    _rooms.append(give)
    return give


def give_all(membership: Membership, heir: Membership) -> None:
    """Give everything that rooms know of to the heir."""
    for give in _rooms:
        give(membership, heir)


def without_another_manager(person: Person) -> list[Organisation]:
    """The organisations for which others speak too, and which only this person manages. Cost: a query each."""
    managed = Organisation.objects.managed_by(person).order_by("sort_name")
    return [each for each in managed if needs_heir(each, person)]


def needs_heir(organisation: Organisation, person: Person) -> bool:
    """Whether others speak for an organisation, and none of them manages it."""
    others = Membership.objects.filter(organisation=organisation).exclude(person=person)
    return others.exists() and not others.filter(role=Membership.Role.MANAGER).exists()


def without_anybody(person: Person) -> list[Organisation]:
    """The participants for which nobody speaks but this person. Cost: a query each."""
    mine = Organisation.objects.of(person).participants().order_by("sort_name")
    others = Membership.objects.exclude(person=person)
    return [each for each in mine if not others.filter(organisation=each).exists()]

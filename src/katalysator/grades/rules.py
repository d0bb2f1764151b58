"""Who may grade what, and who sees what comes of it. Denied unless allowed here."""

import rules
from django.core.exceptions import PermissionDenied

from katalysator.coalition.models import Person
from katalysator.coalition.rules import is_coordinator
from katalysator.grades.workflow import DECIDE
from katalysator.listings.models import Listing

TwoSides = tuple[Listing, Listing]
"""A need and an offer."""


@rules.predicate
def sees_both(person: Person, pair: TwoSides) -> bool:
    """Somebody who may see the need and the offer."""
    numbers = [listing.pk for listing in pair]
    seen: int = Listing.objects.visible_to(person).filter(pk__in=numbers).count()
    return seen == len(pair)


@rules.predicate
def is_of_a_side(person: Person, pair: TwoSides) -> bool:
    """Somebody of the organisation that needs, or of the one that offers; in own name, that person."""
    return any(listing.is_of(person) for listing in pair)


def require_bureau(person: Person) -> None:
    """Keep others off the pages about grades."""
    if not rules.has_perm("grades.measure", person):
        raise PermissionDenied


rules.add_perm("grades.grade_pair", (is_coordinator | is_of_a_side) & sees_both)
rules.add_perm("grades.measure", is_coordinator)
rules.add_perm(DECIDE, is_coordinator)

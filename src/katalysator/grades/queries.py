"""What can be asked about grades. `visible_to` is the only door."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from katalysator.coalition.models import Person
from katalysator.matches.pairs import ListingPair

if TYPE_CHECKING:
    from katalysator.grades.models import Grade  # noqa: F401 — named in the bases


class GradeQuerySet(models.QuerySet["Grade"]):
    """Grades."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """One's own; all of them for the bureau."""
        if person.is_authenticated and person.is_coordinator:
            return self
        return self.filter(person_id=person.pk) if person.pk else self.none()

    def by(self, person: "Person | AnonymousUser") -> Self:
        """What this person said."""
        return self.filter(person_id=person.pk) if person.pk else self.none()

    def of_texts_now(self) -> Self:
        """Those whose need and offer still read as they did."""
        return self.filter(is_outdated=False)

    def of_pairs(self, pairs: Iterable[ListingPair]) -> Self:
        """Grades of some of these needs and offers."""
        needs, offers = zip(*pairs, strict=True)
        return self.filter(need__in=needs, offer__in=offers)

    def of_page(self) -> Self:
        """Grades of the bureau from the grading page, where nobody chose the pair."""
        return self.filter(side="bureau").exclude(chosen="card")

    def pairs(self) -> set[ListingPair]:
        """The pairs that they are about. Cost: one query."""
        return set(self.values_list("need_id", "offer_id"))

"""The work and the courses that count for a cohort: those of its sheet, and what is open in the markets."""

from collections.abc import Iterator
from typing import Any, Final

from katalysator.coalition.models import Person
from katalysator.listings.models import Kind, Listing
from katalysator.talent.models import Cohort

_KINDS: Final = {"job": "job", "retraining": "course"}
MOST: Final = 2_000
"""So many openings of the markets, the newest first."""


def openings_of(found: Cohort, person: Person) -> list[dict[str, Any]]:
    """All of them, as this person may see them. Cost: a query where the markets count."""
    return [*found.openings, *(_of_market(found, person) if found.from_market else ())]


def _of_market(found: Cohort, person: Person) -> Iterator[dict[str, Any]]:
    seen = Listing.objects.visible_to(person).open().of_kind(Kind.OFFER)
    seen = seen.filter(market__in=_KINDS, organisation__is_participant=True)
    for each in seen.exclude(organisation=found.organisation).order_by("-pk")[:MOST]:
        terms = each.stated()
        hours = terms.get("hours_a_week")
        yield {
            "title": each.title,
            "kind": _KINDS[each.market],
            "seats": each.capacity,
            "listing": each.pk,
            "occupation": each.title,
            "skills": list(each.skills),
            "regions": list(each.regions),
            "levels": terms.get("level") or [],
            "hours": hours and [hours["min"], hours["max"]],
        }

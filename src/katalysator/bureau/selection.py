"""Which organisations somebody ticked, or all that a list found: carried along from page to page."""

from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from katalysator.bureau.filters import WorkbenchFilter
from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.queries import OrganisationQuerySet

ALL: Final = "all"
MOST_TICKED: Final = 1_000
"""So many can be ticked at once; more are chosen as all that is found."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen: the records, what carries the choice to the next page, and the query of the list."""

    organisations: OrganisationQuerySet
    carried: list[tuple[str, str]]
    query: str


def found_by(request: PersonRequest) -> WorkbenchFilter:
    """The list as it is asked for in the address."""
    seen = Organisation.objects.visible_to(request.user)
    return WorkbenchFilter(request.GET, seen, request=request)


def selected(request: PersonRequest) -> Selection:
    """What was chosen in a form of the list. Numbers that are none, and of nobody, count as not ticked."""
    said: QueryDict = request.POST
    found = found_by(request).qs
    query = request.GET.urlencode()
    if said.get("which") == ALL:
        return Selection(found, [("which", ALL)], query)
    ticked = [each for each in said.getlist("chosen") if each.isdecimal() and len(each) < 19]
    ticked = ticked[:MOST_TICKED]
    seen = Organisation.objects.visible_to(request.user).filter(pk__in=ticked)
    return Selection(seen.order_by("sort_name", "pk"), [("chosen", each) for each in ticked], query)

"""Which records somebody ticked, or all that a list found: carried along from page to page."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import QueryDict

from katalysator.bureau.bulk.kinds import BulkKind
from katalysator.coalition.models import PersonRequest

ALL: Final = "all"
MOST_TICKED: Final = 1_000
"""So many can be ticked at once; more are chosen as all that is found."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen: the records and of which kind, what carries the choice to the next page, and the query of the list."""

    kind: BulkKind
    records: QuerySet[Any]
    carried: list[tuple[str, str]]
    query: str


def selected(request: PersonRequest, kind: BulkKind) -> Selection:
    """What was chosen in a form of a list. Numbers that are none, and of nobody, count as not ticked."""
    said: QueryDict = request.POST
    query = request.GET.urlencode()
    if said.get("which") == ALL:
        return Selection(kind, kind.found(request), [("which", ALL)], query)
    ticked = [each for each in said.getlist("chosen") if each.isdecimal() and len(each) < 19]
    ticked = ticked[:MOST_TICKED]
    seen = kind.seen(request).filter(pk__in=ticked)
    return Selection(kind, seen, [("chosen", each) for each in ticked], query)

"""How what lacks went through the days, as lines to draw and as a table; and what was filled lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _

from katalysator.coalition.models import Person
from katalysator.core.models import Event
from katalysator.listings.models import Kind, Listing
from katalysator.listings.queries import ListingQuerySet
from katalysator.matches.models import GapCount
from katalysator.matches.queries import GapCountQuerySet

DAYS: Final = 92
"""So far back the course is told."""
LATELY: Final = timedelta(days=30)
_WEEK: Final = 7
_GLANCE: Final = 3  # rows of its table
_WIDTH, _HEIGHT = 600, 160
_DASHES: Final = {
    "needs": "",
    "unserved": "8 4",
    "offers": "2 4",
    "unused": "12 3 2 3",
    "empty": "1 7",
}
_KINDS: Final = tuple(_DASHES)


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One number through the days: its name, its points as SVG has them, and the dashes by which it is told from others."""

    label: str
    points: str
    dash: str


@dataclass(frozen=True, slots=True)
class CourseDay:
    """A day of the table: each number with its name."""

    day: date
    told: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Course:
    """The lines of a chart, how high it reaches, and the days that its table tells: one a week, the newest first."""

    lines: Sequence[CourseLine]
    highest: int
    rows: Sequence[CourseDay]
    first: date | None
    last: date | None

    @property
    def is_drawn(self) -> bool:
        """Whether there are two days to draw a line between."""
        return self.first != self.last

    @property
    def is_short(self) -> bool:
        """Whether its table is read at a glance."""
        return len(self.rows) <= _GLANCE


def labels() -> dict[str, str]:
    """What each number counts, in the active language."""
    names = (
        _("Open needs"),
        _("Needs without a good offer"),
        _("Open offers"),
        _("Offers that nobody needs"),
        _("Empty cells"),
    )
    return dict(zip(_KINDS, names, strict=True))


def course_of(person: Person | AnonymousUser, market: str, area: str) -> GapCountQuerySet:
    """The counts of a market and an area, each empty for all, as this person may see them, the oldest first."""
    since = timezone.localdate() - timedelta(days=DAYS)
    return GapCount.objects.visible_to(person).course(market, area, since)


def drawn(counts: Sequence[GapCount]) -> Course:
    """The counts as lines and a table."""
    if not counts:
        return Course((), 0, (), None, None)
    first, last = counts[0].day, counts[-1].day
    kinds = [kind for kind in _KINDS if counts[0].market == "" or kind != "empty"]
    highest = max((getattr(each, kind) or 0 for each in counts for kind in kinds), default=0)
    span, reach, names = max(1, (last - first).days), max(1, highest), labels()
    lines = [
        CourseLine(
            names[kind],
            " ".join(
                f"{_WIDTH * (each.day - first).days / span:.0f},"
                f"{_HEIGHT - _HEIGHT * (getattr(each, kind) or 0) / reach:.0f}"
                for each in counts
            ),
            _DASHES[kind],
        )
        for kind in kinds
    ]
    table = [
        CourseDay(each.day, [(names[kind], getattr(each, kind) or 0) for kind in kinds])
        for each in _weekly(counts)
    ]
    return Course(lines, highest, table, first, last)


def filled_lately(person: Person | AnonymousUser) -> ListingQuerySet:
    """The needs that found somebody in the last month, as far as this person may see them. Cost: one query."""
    settled = Event.objects.filter(
        verb="listing.settle", subject_type="listings.listing", at__gte=timezone.now() - LATELY
    )
    numbers = [int(each) for each in settled.values_list("subject_id", flat=True).distinct()]
    seen = Listing.objects.visible_to(person).of_kind(Kind.NEED)
    return seen.filter(pk__in=numbers, state="matched").with_names().order_by("-pk")


def _weekly(counts: Sequence[GapCount]) -> list[GapCount]:
    """The last day, and each that is so many weeks before it or the next that was counted."""
    found: list[GapCount] = []
    for each in reversed(counts):
        if not found or (found[-1].day - each.day).days >= _WEEK:
            found.append(each)
    return found

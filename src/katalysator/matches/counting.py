"""What lacks, counted for the day: by market and area, as participants see it and as everybody does."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Count, Q

from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Area
from katalysator.engine.matching import GOOD, POSSIBLE
from katalysator.listings.models import Kind, Listing
from katalysator.matches.models import GapCount

_COUNTED = ("needs", "unserved", "offers", "unused")
_Place = tuple[str, str]  # market and area, each empty for all


@transaction.atomic
def count_gaps(day: date) -> int:
    """Count what lacks of what is open now and was there on this day, in place of what was counted for it before.

    Returns how many lines it took. Safe to run twice. Cost: a grouped scan for each of both views.
    """
    GapCount.objects.filter(day=day).delete()
    rows = [*_counted(day, inside=True), *_counted(day, inside=False)]
    return len(GapCount.objects.bulk_create(rows, batch_size=1_000))


def _counted(day: date, *, inside: bool) -> Iterator[GapCount]:
    areas = list(Area.objects.values_list("slug", flat=True))
    sums: dict[_Place, list[int]] = defaultdict(lambda: [0] * len(_COUNTED))
    filled: set[tuple[str, str]] = set()
    for market, of_row, block, *numbers in _groups(day, inside=inside):
        filled |= {(area, block) for area in of_row}
        for place in ((each, area) for each in ("", market) for area in ("", *of_row)):
            sums[place] = [a + b for a, b in zip(sums[place], numbers, strict=True)]
    empty = {area: sum((area, block) not in filled for block in Block.values) for area in areas}
    for place in [("", ""), *(("", area) for area in areas)]:
        sums[place]  # where nothing is, that is counted too
    for (market, area), numbers in sorted(sums.items()):
        cells = empty.get(area, 0) if area else sum(empty.values())
        yield GapCount(
            day=day,
            inside=inside,
            market=market,
            area=area,
            empty=None if market else cells,
            **dict(zip(_COUNTED, numbers, strict=True)),
        )


def _groups(day: date, *, inside: bool) -> Iterable[tuple[Any, ...]]:
    """The open listings that were published by a day, by market, areas and block, with what is counted of them."""
    seen = Listing.objects.open() if inside else Listing.objects.visible_to(AnonymousUser()).open()
    best = "best_inside" if inside else "best"
    needs, offers = Q(kind=Kind.NEED), Q(kind=Kind.OFFER)
    rows = (
        seen.filter(published_at__date__lte=day).order_by().values_list("market", "areas", "block")
    )
    return rows.annotate(
        needs=Count("pk", filter=needs),
        unserved=Count("pk", filter=needs & Q(**{f"{best}__lt": GOOD})),
        offers=Count("pk", filter=offers),
        unused=Count("pk", filter=offers & Q(**{f"{best}__lt": POSSIBLE})),
    )

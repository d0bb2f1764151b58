"""Programs are told of good matches of what is theirs, of each once."""

from collections.abc import Iterable
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from katalysator.engine.matching import GOOD
from katalysator.faults import gettext_noop as _
from katalysator.listings.models import Listing
from katalysator.listings.webhook_events import hearers_of
from katalysator.listings.workflow import OPEN
from katalysator.webhooks.declaring import event_type
from katalysator.webhooks.models import Webhook
from katalysator.webhooks.telling import tell

MATCH_FOUND: Final = event_type(
    "match.found", _("A good match was found"), kind="listing", route="matches"
)
_NEW: Final = """
    INSERT INTO matches_toldmatch (need_id, offer_id)
    SELECT need_id, offer_id FROM matches_match AS match
        JOIN listings_listing AS need ON need.id = need_id
        JOIN listings_listing AS offer ON offer.id = offer_id
    WHERE match.market = %(market)s AND score >= %(good)s AND need.state = %(open)s AND offer.state = %(open)s
        AND NOT EXISTS (
            SELECT 1 FROM matches_toldmatch AS told
            WHERE told.need_id = match.need_id AND told.offer_id = match.offer_id
        )
    ON CONFLICT DO NOTHING
    RETURNING id, need_id, offer_id
"""


@transaction.atomic
def tell_of_new_matches(market: str) -> int:
    """Tell the owners of both halves which of their needs and offers have good matches that are new; how many are.

    What is told of once is noted, whether anybody hears of it or not: who adds a webhook hears of what comes. Cost: two
    queries; where anybody is told of anything, a few for each need and offer with a new one.
    """
    facts: dict[str, str | float] = {"market": market, "good": GOOD, "open": OPEN}
    with connection.cursor() as cursor:
        cursor.execute(_NEW, facts)
        found = cursor.fetchall()
    newest = _newest_by_listing(found) if Webhook.objects.running().exists() else {}
    for listing in Listing.objects.filter(pk__in=newest):
        key = f"matches-{listing.pk}-{newest[listing.pk]}"
        tell(MATCH_FOUND, hearers_of(listing, shown=False), key=key, at=timezone.now())
    return len(found)


def _newest_by_listing(found: Iterable[tuple[int, int, int]]) -> dict[int, int]:
    """The newest note of each need and offer: however many matches are new, its owner hears of it once."""
    return {side: number for number, *sides in sorted(found) for side in sides}

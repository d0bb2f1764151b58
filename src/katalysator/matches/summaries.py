"""What is new in matches, for the summary that people get by mail."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from katalysator.coalition.models import Person
from katalysator.core import letters
from katalysator.engine.matching import GOOD
from katalysator.listings.models import Listing
from katalysator.listings.queries import own
from katalysator.listings.workflow import OPEN
from katalysator.matches.models import Match
from katalysator.notices.summaries import Item, Section, summary_part

_ASKED = 50


@summary_part(position=20)
def new_matches(person: Person, since: datetime) -> Section:
    """Good matches of one's own listings and those of one's organisations, of which either side is new; the best first."""
    mine = Listing.objects.filter(own(person), state=OPEN).values_list("pk", flat=True)
    is_new = Q(need__published_at__gte=since) | Q(offer__published_at__gte=since)
    found = Match.objects.visible_to(person).good(GOOD).touching(list(mine)).filter(is_new)
    found = found.filter(need__state=OPEN, offer__state=OPEN).order_by("-score", "pk")
    items = [_item(match, person) for match in found.select_related("need", "offer")[:_ASKED]]
    return Section(_("New matches"), items, letters.address("my-listings"))


def _item(match: Match, person: Person) -> Item:
    need, offer = match.need, match.offer
    mine, other = (need, offer) if need.is_of(person) else (offer, need)
    link = letters.address("listing", mine.pk)
    return Item(f"{mine.title} ● {other.title}", f"{link}#matches")

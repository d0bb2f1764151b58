"""What is new in matches, for the summary that people get by mail."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from katalysator.coalition.models import Organisation, Person
from katalysator.core import letters
from katalysator.engine.matching import GOOD
from katalysator.listings.workflow import OPEN
from katalysator.matches.models import Match
from katalysator.notices.summaries import Item, Section, summary_part

_ASKED = 50


@summary_part(position=20)
def new_matches(person: Person, since: datetime) -> Section:
    """Good matches of the listings of one's organisations, of which either side is new; the best first."""
    mine = Organisation.objects.of(person).values("pk")
    is_mine = Q(need__organisation__in=mine) | Q(offer__organisation__in=mine)
    is_new = Q(need__published_at__gte=since) | Q(offer__published_at__gte=since)
    found = Match.objects.visible_to(person).good(GOOD).filter(is_mine, is_new)
    found = found.filter(need__state=OPEN, offer__state=OPEN).order_by("-score", "pk")
    own = set(mine.values_list("pk", flat=True))
    items = [_item(match, own) for match in found.select_related("need", "offer")[:_ASKED]]
    return Section(_("New matches"), items, letters.address("my-listings"))


def _item(match: Match, own: set[int]) -> Item:
    need, offer = match.need, match.offer
    mine, other = (need, offer) if need.organisation_id in own else (offer, need)
    link = letters.address("listing", mine.pk)
    return Item(f"{mine.title} ● {other.title}", f"{link}#matches")

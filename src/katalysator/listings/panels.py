"""What this room shows on pages of others, and what it shows of rooms below on its own."""

from collections.abc import Hashable, Iterator, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Organisation
from katalysator.coalition.naming import area_names
from katalysator.coalition.queries import speaks_for_any
from katalysator.core.changes import states
from katalysator.core.database.phrased import by_number
from katalysator.core.kept import each_kept, renewed
from katalysator.core.panels import Waits, panel, waits
from katalysator.core.personal import reader
from katalysator.engine.search import Sought
from katalysator.knowledge.models import KnowledgeItem
from katalysator.knowledge.queries import KnowledgeItemQuerySet
from katalysator.listings.cards import card, card_page
from katalysator.listings.filters import ListingFilter
from katalysator.listings.models import Kind, Listing
from katalysator.listings.queries import Fit, sight_of_open
from katalysator.listings.workflow import LISTING
from katalysator.search.finding import FEWEST
from katalysator.search.related import sought_by

_SHOWN = 5  # of each kind in a corner
_WAITING = 8  # needs without an offer, for the bureau
_ITEM = 4_000  # bytes of an item and whose it is, beside its text
_FITTING = 3  # of each kind beside a record of another kind, or a question


@panel("organisation", "listings/_of_organisation.html")
def listings_of(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """Its needs and offers that the asker may see, and those of its people in own name, the newest first."""
    seen = Listing.objects.visible_to(reader(request)).filter(organisation=organisation)
    inside = speaks_for_any(reader(request))
    return {"page": card_page(seen.order_by("-pk"), request.GET.get("page"), inside=inside)}


@panel("bureau", "listings/_gaps_of_bureau.html", position=28)
def gaps(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """Needs for which there is nothing, those that wait longest first."""
    found = Listing.objects.visible_to(request.user).open().of_kind(Kind.NEED)
    found = found.fitting(Fit.GAP, inside=True).order_by("published_at", "pk")
    return {"needs": found[:_WAITING], "count": found.count()}


@panel("corner", "listings/_in_corner.html", position=20)
def listings_in(request: HttpRequest, corner: Corner) -> dict[str, Any]:
    """The needs for which there is nothing, and the newest needs and offers, each with its whole list."""
    inside = speaks_for_any(reader(request))
    lists = [("gaps", _("Needs for which there is nothing"), "show=gaps"),
             ("needs", _("Needs"), "kind=need"), ("offers", _("Offers"), "kind=offer")]  # fmt: skip
    shown = []
    for sign, label, asked in lists:
        query = QueryDict(f"{urlencode(corner.query)}&{asked}")
        found = ListingFilter(query, Listing.objects.visible_to(reader(request)), request=request)
        page = card_page(found.qs, "1", inside=inside, most=_SHOWN)
        url = f"{reverse('listing-list')}?{query.urlencode()}"
        shown.append({"sign": sign, "label": label, "page": page, "url": url})
    return {"lists": shown}


@panel("account", "listings/_mine.html", position=30)
def my_newest(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """What one's organisations and oneself ask and offer, the newest first, and the way to all of it."""
    mine = Listing.objects.of(request.user).order_by("-pk")
    return {"page": card_page(mine, "1", inside=True, most=_SHOWN)}


@waits(position=40)
def drafts(person: Any) -> Iterator[Waits]:
    """Drafts, which nobody else sees."""
    count = Listing.objects.of(person).filter(state=LISTING.initial).count()
    if count:
        text = ngettext("%(count)s draft to finish", "%(count)s drafts to finish", count)
        yield Waits(text % {"count": count}, f"{reverse('my-listings')}?sort=state")


@panel("knowledge", "listings/_fitting.html", position=40)
def listings_fitting(request: HttpRequest, item: KnowledgeItem) -> dict[str, Any] | None:
    """The needs and offers that are about the same. Cost: some twelve queries, and 600 short texts that are scored."""
    if (query := sought_by(item)) is None:
        return None
    inside, names = speaks_for_any(reader(request)), area_names()
    seen = Listing.objects.visible_to(reader(request)).open()
    lists = [
        (label, [card(each, names, inside=inside) for each in found])
        for kind, label in ((Kind.NEED, _("Needs")), (Kind.OFFER, _("Offers")))
        if (found := seen.of_kind(kind).most_relevant(query, _FITTING))
    ]
    return {"lists": lists} if lists else None


def _kept_by(request: HttpRequest, listing: Listing) -> tuple[str, Hashable]:
    """Made of the listing, and of the knowledge that the reader sees."""
    return sight_of_open(reader(request)), (listing.version, _state_of_knowledge())


def _state_of_knowledge() -> str:
    return states().of(*KnowledgeItem.Kind.values)


@panel("listing", "listings/_knowledge.html", position=70, kept_by=_kept_by)
def knowledge_fitting(request: HttpRequest, listing: Listing) -> dict[str, Any] | None:
    """What others learned about the same. Cost: two queries, and some 60 texts that are scored; none where there is no knowledge."""
    who = reader(request)
    seen, sees = KnowledgeItem.objects.visible_to(who).current(), sight_of_open(who)
    if not _is_any(seen, sees) or (query := sought_by(listing)) is None:
        return None
    fitting = seen.found(query, (), each_way=FEWEST)[:_FITTING]
    found = _items(seen, sees, [each.key for each in fitting])
    return {"items": found} if found else None


def _items(seen: KnowledgeItemQuerySet, sees: str, numbers: Sequence[int]) -> list[KnowledgeItem]:
    """Some of what a reader sees, in their order; each is read once for a state of the knowledge, for all readers."""
    keys = dict.fromkeys(numbers, _state_of_knowledge())
    found = each_kept(
        "knowledge", keys, partial(by_number, "knowledge", sees, seen.with_names), _size
    )
    return [found[number] for number in numbers if number in found]


def _size(item: KnowledgeItem) -> int:
    return _ITEM + 2 * len(item.text)


def _is_any(seen: KnowledgeItemQuerySet, sees: str) -> bool:
    """Whether there is anything that readers see who `sees` the same. Cost: a query for each state of the knowledge."""
    state = _state_of_knowledge()
    return renewed("any knowledge", sees, state, lambda _before: seen.exists(), lambda _: 0)


@panel("before-asking", "listings/_before_asking.html", position=30)
def offered_alike(request: HttpRequest, query: Sought) -> dict[str, Any] | None:
    """Offers that may help who is about to ask a question."""
    seen = Listing.objects.visible_to(reader(request)).open()
    found = seen.of_kind(Kind.OFFER).most_relevant(query, _FITTING)
    return {"listings": found} if found else None

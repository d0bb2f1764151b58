"""The board as a feed: what anybody sees of it, by its filters. What somebody posts in own name goes with the person, and is not in it."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from katalysator.coalition.naming import area_names
from katalysator.core import audit
from katalysator.core.feeds import MOST, FeedEntry, FeedForm, list_feed
from katalysator.listings.filters import ListingFilter
from katalysator.listings.models import Listing
from katalysator.listings.queries import ListingQuerySet


@require_safe
def listing_feed(request: HttpRequest, form: FeedForm) -> HttpResponseBase:
    """Needs and offers that are open, the newest first, or as the filters say."""
    public = Listing.objects.visible_to(AnonymousUser()).filter(person=None)
    return list_feed(
        request,
        form,
        ListingFilter,
        public,
        title=_("Needs and offers"),
        routes=("listing-list", "listing-feed"),
        entries=_entries,
    )


def _entries(found: ListingQuerySet) -> list[FeedEntry]:
    listings = list(found.with_names()[:MOST])
    names, changed = area_names(), _changed(listings)
    return [
        FeedEntry(
            key=f"listing-{each.pk}",
            page=each.get_absolute_url(),
            title=each.title,
            text=each.text,
            language=each.language,
            published=each.published_at or each.created_at,
            updated=changed.get(str(each.pk), each.created_at),
            author=each.organisation.name,
            author_page=each.organisation.get_absolute_url(),
            tags=[str(each.get_kind_display()), str(each.market_label), *(names[slug] for slug in each.areas)],
        )
        for each in listings
    ]  # fmt: skip


def _changed(listings: list[Listing]) -> dict[str, datetime]:
    """When something was done to each last, by number. Cost: one query."""
    told = audit.histories(listings).order_by().values_list("subject_id")
    return dict(told.annotate(newest=Max("at")))

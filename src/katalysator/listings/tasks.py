"""Background work on listings."""

from datetime import datetime
from typing import Final

from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.coalition.models import Person
from katalysator.core.actors import CLOCK, PARTICIPATION
from katalysator.core.jobs import LONG, RETRY, SHORT, SOON, defer_once
from katalysator.core.links import key_of
from katalysator.faults import gettext_noop as _
from katalysator.listings.models import Listing
from katalysator.listings.standing import due_by, why_over
from katalysator.listings.verbs import bring_along, move
from katalysator.listings.workflow import SHOWN
from katalysator.notices.kinds import letter_kind
from katalysator.notices.writing import link_to, write
from katalysator.questions.tasks import speakers
from katalysator.search.indexing import AT_ONCE, make_findable, some_unread

ENDING: Final = letter_kind("listings-ending", _("Needs and offers of mine that end soon"))
_AT_NIGHT = "15 3 * * *"
_EVERY_MORNING = "20 7 * * *"
_EVERY_HOUR = "25 * * * *"
_READ_NEW = "read-new-listings"


@app.periodic(cron=_AT_NIGHT)
@app.task(name="listings.expire", queue=LONG, priority=SOON, queueing_lock="expire", retry=RETRY)
def expire(timestamp: int) -> None:
    """Let listings expire whose last day is over."""
    today = datetime.fromtimestamp(timestamp, timezone.get_current_timezone()).date()
    for listing in Listing.objects.ended(today):
        move(listing, "expire", by=CLOCK, reason=why_over(listing, today))


@app.periodic(cron=_EVERY_MORNING)
@app.task(name="listings.watch", queue=SHORT, queueing_lock="watch-listings", retry=RETRY)
def watch(timestamp: int) -> None:
    """Queue a letter for every open listing that ends soon."""
    today = datetime.fromtimestamp(timestamp, timezone.get_current_timezone()).date()
    for number in Listing.objects.to_be_reminded(today).values_list("pk", flat=True):
        defer_once(remind, f"remind-listing-{number}", listing_id=number)


@app.task(name="listings.remind", queue=SHORT, retry=RETRY)
def remind(listing_id: int) -> None:
    """Write to the owner of a listing that it ends soon, with a link that renews it; once for each time it is due."""
    today = timezone.localdate()
    due = Listing.objects.to_be_reminded(today).with_owner().filter(pk=listing_id)
    listing = due.select_related("person", "author").first()
    if listing is None or listing.stands_until is None:
        return
    left = listing.stands_until - today
    for person in _who_keeps(listing):
        write(
            ENDING, person, "listings/letters/ends_soon.txt", page=("listing", listing.pk),
            listing=listing, days=left.days, renew=link_to(person, "listing-renew", key_of(listing)),
        )  # fmt: skip
    Listing.objects.filter(pk=listing_id).update(reminders=due_by(left))


def _who_keeps(listing: Listing) -> list[Person]:
    """Who gets letters about a listing: its person; its author, while that one speaks for the organisation; else those who manage that."""
    if listing.person is not None:
        return [listing.person]
    author = listing.author
    if (
        author is not None
        and author.is_active
        and listing.organisation_id in author.own_organisations
    ):
        return [author]
    return speakers(listing.organisation)


def read_soon(listing_id: int) -> None:
    """Queue the reading of a listing that changed, so that it is found by what it means now."""
    defer_once(read_listing, f"read-listing-{listing_id}", listing_id=listing_id)


def read_new_soon() -> None:
    """Queue the reading of new listings: one job for all that wait for it."""
    defer_once(read_new_listings, _READ_NEW)


def close_of_soon(organisation_id: int) -> None:
    """Queue the closing of all that an organisation looks for, now that it takes part no longer."""
    defer_once(close_of, f"close-listings-{organisation_id}", organisation_id=organisation_id)


@app.task(name="listings.close_of", queue=SHORT, retry=RETRY)
def close_of(organisation_id: int) -> None:
    """Close what is open of an organisation, unless it takes part again by now; also in the own name of its people."""
    found = Listing.objects.filter(organisation=organisation_id, organisation__is_participant=False)
    for listing in found.filter(state__in=SHOWN, person=None):
        move(listing, "close", by=PARTICIPATION, reason="the organisation takes part no longer")
    for person in Person.objects.filter(listings__in=found).distinct():
        bring_along(person, by=PARTICIPATION)


def bring_along_soon(person_id: int) -> None:
    """Queue that what somebody posted in own name goes along to where the person takes part now."""
    defer_once(bring_own_along, f"bring-along-{person_id}", person_id=person_id)


@app.task(name="listings.bring_along", queue=SHORT, retry=RETRY)
def bring_own_along(person_id: int) -> None:
    """Bring what somebody posted in own name to where the person takes part now; whoever is gone took it along."""
    if person := Person.objects.filter(pk=person_id).first():
        bring_along(person, by=PARTICIPATION)


@app.task(name="listings.read", queue=SHORT, retry=RETRY)
def read_listing(listing_id: int) -> None:
    """Let a listing be found by what it says now."""
    make_findable(Listing.objects.filter(pk=listing_id))


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="listings.read_new", queue=SHORT, queueing_lock=_READ_NEW, retry=RETRY)
def read_new_listings(timestamp: int = 0) -> None:  # noqa: ARG001 — the scheduler gives it
    """Read what was never read: new listings, and those from before there was anything to read them."""
    if make_findable(some_unread(Listing.objects.all())) == AT_ONCE:
        read_new_soon()

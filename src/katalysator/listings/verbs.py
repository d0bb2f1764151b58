"""What can be done with listings. Each verb is one transaction with its audit event inside."""

from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.rows import locked
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.listings.contents import Content, fill, require_finished, told
from katalysator.listings.models import Kind, Listing
from katalysator.listings.owners import membership_of
from katalysator.listings.rules import require_editor, require_owner
from katalysator.listings.standing import ANEW, require_period, stand
from katalysator.listings.workflow import LISTING, OPEN, SHOWN

_OF_STEPS: Final = (
    "state", "published_at", "organisation", "membership", "stands_until", "reminders",
)  # fmt: skip


@transaction.atomic
def post(
    owner: Organisation | Person, *, by: Actor, kind: Kind, market_slug: str, content: Content
) -> Listing:
    """Write down a need or offer of an organisation, or of a person in own name, as a draft.

    Raises InvalidInput, NotAllowed.
    """
    name = "person" if isinstance(owner, Person) else "organisation"
    author = person_of(by)
    listing = Listing(**{name: owner}, kind=kind, market=market_slug, author=author)
    require_editor(listing, by)
    require_owner(listing)
    fill(listing, content)
    listing.save()
    after, personal = told(listing)
    audit.record("listing.post", listing, by=by, after=after, personal=personal)
    return listing


@transaction.atomic
def edit(listing: Listing, *, by: Actor, content: Content, seen: int | None = None) -> Listing:
    """Change what a listing says.

    `seen` is the newest event of the listing that the editor saw; where there is a newer one,
    somebody else was first. Raises InvalidInput, NotAllowed, Conflict.
    """
    listing = _locked(listing)
    require_editor(listing, by)
    audit.require_seen(listing, seen)
    before = told(listing)
    fill(listing, content)
    listing.save()
    after, said = told(listing)
    personal = {name: text for name, text in said.items() if text != before.personal[name]}
    audit.record_edit(
        "listing.edit", listing, by=by, before=before.facts, after=after, personal=personal
    )
    return listing


@transaction.atomic
def move(listing: Listing, deed: str, *, by: Actor, reason: str = "") -> Listing:
    """Take a listing to its next state by a deed of its workflow; what opens is open until a day.

    Raises Conflict, NotAllowed, and InvalidInput where it is not finished and would be seen.
    """
    listing = _locked(listing)
    before = listing.state
    if not LISTING.allows(before, deed):
        require_editor(listing, by)  # others need not hear in which state it is
    step = LISTING.transition(before, deed)
    require_editor(listing, by, step.permission)
    listing.state = step.target
    if deed == ANEW:
        require_period(listing)
    more: dict[str, Any] = {}
    if listing.state == OPEN:
        require_owner(listing)
        stand(listing, anew=deed == ANEW)
        more = {"stands_until": str(listing.stands_until)}
    if before == LISTING.initial or (listing.state in SHOWN and before not in SHOWN):
        require_finished(listing)
    if listing.state == OPEN and listing.published_at is None:
        listing.published_at = timezone.now()
    listing.save(update_fields=_OF_STEPS)
    audit.record_step(LISTING, deed, listing, by=by, before=before, reason=reason, **more)
    return listing


@transaction.atomic
def delete(listing: Listing, *, by: Actor) -> None:
    """Throw a draft away. What was published is closed, not deleted. Raises Conflict, NotAllowed."""
    listing = _locked(listing)
    require_editor(listing, by)
    if listing.state != LISTING.initial:
        raise Conflict(
            "not-a-draft",
            _("Only a draft can be thrown away."),
            hint=_("Close this listing instead."),
        )
    audit.record("listing.delete", listing, by=by, before=told(listing).facts)
    listing.delete()


@transaction.atomic
def bring_along(person: Person, *, by: Actor) -> None:
    """Bring what somebody posted in own name to where the person takes part now, or close it where that is nowhere.

    Raises NotAllowed. Cost: two queries, and those of each that moves or closes.
    """
    require_editor(Listing(person=person), by)
    membership = membership_of(person)
    mine = Listing.objects.filter(person=person).order_by("pk")
    if membership is None:
        for listing in mine.filter(state__in=SHOWN):
            move(listing, "close", by=by, reason="the person takes part no longer")
        return
    for listing in mine.exclude(membership=membership, organisation=membership.organisation):
        _bring(listing, membership, by=by)


def _bring(listing: Listing, membership: Membership, *, by: Actor) -> None:
    row = _locked(listing)
    before = row.organisation.slug
    row.post_as(membership)
    row.save(update_fields=["organisation", "membership"])
    audit.record(
        "listing.bring-along",
        row,
        by=by,
        before={"organisation": before},
        after={"organisation": row.organisation.slug},
    )


def _locked(listing: Listing) -> Listing:
    return locked(listing, _("This is not there any more: somebody threw it away."))

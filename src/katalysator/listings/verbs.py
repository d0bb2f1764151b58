"""What can be done with listings. Each verb is one transaction with its audit event inside."""

from django.db import transaction
from django.utils import timezone

from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.rules import require_participant
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.rows import locked
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.listings.contents import Content, facts, fill, require_finished
from katalysator.listings.models import Kind, Listing
from katalysator.listings.rules import require_editor
from katalysator.listings.workflow import LISTING, OPEN, SHOWN


@transaction.atomic
def post(
    organisation: Organisation, *, by: Actor, kind: Kind, market_slug: str, content: Content
) -> Listing:
    """Write down a need or offer as a draft. Raises InvalidInput, NotAllowed."""
    listing = Listing(
        organisation=organisation,
        kind=kind,
        market=market_slug,
        author=by if isinstance(by, Person) else None,
    )
    require_participant(organisation)
    require_editor(listing, by)
    fill(listing, content)
    listing.save()
    audit.record("listing.post", listing, by=by, after=facts(listing))
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
    before = facts(listing)
    fill(listing, content)
    listing.save()
    after = facts(listing)
    audit.record_edit("listing.edit", listing, by=by, before=before, after=after)
    return listing


@transaction.atomic
def move(listing: Listing, deed: str, *, by: Actor, reason: str = "") -> Listing:
    """Take a listing to its next state by a deed of its workflow.

    Raises Conflict, NotAllowed, and InvalidInput where it is not finished and would be seen.
    """
    listing = _locked(listing)
    before = listing.state
    if not LISTING.allows(before, deed):
        require_editor(listing, by)  # others need not hear in which state it is
    step = LISTING.transition(before, deed)
    require_editor(listing, by, step.permission)
    listing.state = step.target
    if listing.state == OPEN:
        require_participant(listing.organisation)
    if before == LISTING.initial or (listing.state in SHOWN and before not in SHOWN):
        require_finished(listing)
    if listing.state == OPEN and listing.published_at is None:
        listing.published_at = timezone.now()
    listing.save(update_fields=["state", "published_at"])
    audit.record_step(LISTING, deed, listing, by=by, before=before, reason=reason)
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
    audit.record("listing.delete", listing, by=by, before=facts(listing))
    listing.delete()


def _locked(listing: Listing) -> Listing:
    return locked(listing, _("This is not there any more: somebody threw it away."))

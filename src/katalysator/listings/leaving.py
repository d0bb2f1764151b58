"""Listings of who leaves an organisation: their author is the colleague who takes over."""

from katalysator.coalition.models import Membership
from katalysator.coalition.people.leaving import hands_over
from katalysator.listings.models import Listing


@hands_over
def give_listings(membership: Membership, heir: Membership) -> None:
    """Those that the person wrote for this organisation; what is in the person's own name goes along with the person."""
    mine = Listing.objects.filter(
        organisation=membership.organisation_id, author=membership.person_id, person=None
    )
    mine.update(author=heir.person_id)

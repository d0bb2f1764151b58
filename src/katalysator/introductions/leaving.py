"""Introductions of who leaves an organisation: the colleague who takes over speaks for the party."""

from katalysator.coalition.models import Membership
from katalysator.coalition.people.leaving import hands_over
from katalysator.introductions.models import Party


@hands_over
def give_parties(membership: Membership, heir: Membership) -> None:
    """Those for which the person speaks in the name of this organisation."""
    mine = Party.objects.filter(
        organisation=membership.organisation_id, person=None, contact=membership.person_id
    )
    mine.update(contact=heir.person_id)

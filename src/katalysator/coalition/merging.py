"""What becomes of memberships where a person speaks for both organisations that merge."""

from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Membership, Organisation


@where_both_have_one(Membership)
def one_membership(row: Membership, kept: Organisation) -> None:
    """The stronger role and the name that is there stay."""
    mine = Membership.objects.get(organisation=kept, person_id=row.person_id)
    if row.role == Membership.Role.MANAGER:
        mine.role = row.role
    if not mine.name:
        mine.name, mine.function = row.name, row.function
        mine.forget_reading()
    mine.save()
    row.delete()

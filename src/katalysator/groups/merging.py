"""What becomes of stewards where both organisations that merge are one of the same corner."""

from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation
from katalysator.groups.models import Steward


@where_both_have_one(Steward)
def one_steward(row: Steward, _kept: Organisation) -> None:
    """One is enough."""
    row.delete()

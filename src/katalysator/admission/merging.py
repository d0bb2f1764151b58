"""What becomes of an invitation where both organisations that merge have one of the same address."""

from katalysator.admission.models import Joining
from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation


@where_both_have_one(Joining)
def one_joining(row: Joining, _kept: Organisation) -> None:
    """One is enough."""
    row.delete()

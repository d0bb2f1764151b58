"""What becomes of co-organisers where both organisations that merge hold an activity together."""

from katalysator.activities.models import CoOrganiser
from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation


@where_both_have_one(CoOrganiser)
def one_co_organiser(row: CoOrganiser, _kept: Organisation) -> None:
    """Once is enough."""
    row.delete()

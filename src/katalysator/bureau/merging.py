"""What becomes of the bureau's own where two organisations that are made one both have it."""

from katalysator.bureau.models import BulkLine, Labelling
from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation


@where_both_have_one(Labelling)
def same_label(labelling: Labelling, _kept: Organisation) -> None:
    """The one that stays has the label already."""
    labelling.delete()


@where_both_have_one(BulkLine)
def same_bulk(line: BulkLine, _kept: Organisation) -> None:
    """The deed was for both: what it did to the one that stays is what can be undone."""
    line.delete()

"""What becomes of commitments where both organisations that merge promised the same."""

from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation
from katalysator.commitments.models import Commitment


@where_both_have_one(Commitment)
def one_commitment(row: Commitment, kept: Organisation) -> None:
    """The amounts add up, the contributions move."""
    mine = Commitment.objects.get(organisation=kept, kind=row.kind)
    if row.amount is not None:
        mine.amount = (mine.amount or 0) + row.amount
    if row.note and row.note != mine.note:
        longest = Commitment._meta.get_field("note").max_length or 0
        mine.note = "; ".join(filter(None, (mine.note, row.note)))[:longest]
    mine.save()
    row.contributions.update(commitment=mine)
    row.delete()

"""What becomes of a question that both organisations that merge have, or one of them refused."""

from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation
from katalysator.questions.models import Routing


@where_both_have_one(Routing)
def one_routing(row: Routing, kept: Organisation) -> None:
    """Where one has it, the one that stays has it; where both refused, one is enough."""
    mine = Routing.objects.filter(
        question=row.question_id, organisation=kept, outcome__in=["", "refused"]
    )
    if row.outcome:
        row.delete()
        return
    mine.delete()
    Routing.objects.filter(pk=row.pk).update(organisation=kept)

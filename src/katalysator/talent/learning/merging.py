"""What becomes of pilots where both organisations that merge have one of the same name."""

from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation
from katalysator.talent.models import LearningPilot


@where_both_have_one(LearningPilot)
def one_pilot(row: LearningPilot, kept: Organisation) -> None:
    """Both stay: the one that comes gets its number behind its name."""
    longest = LearningPilot._meta.get_field("name").max_length or 0
    behind = f" ({row.pk})"
    row.name = row.name[: longest - len(behind)] + behind
    row.organisation = kept
    row.save()

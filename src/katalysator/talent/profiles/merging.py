"""What becomes of assessments where both organisations that merge were asked for the same skill."""

from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation
from katalysator.talent.models import SkillEvidence


@where_both_have_one(SkillEvidence)
def one_assessment(row: SkillEvidence, kept: Organisation) -> None:
    """What was confirmed stays."""
    open_ = SkillEvidence.objects.filter(skill=row.skill_id, state__in=("asked", "confirmed"))
    mine = open_.get(organisation=kept)
    if (row.state, mine.state) == ("confirmed", "asked"):
        mine.delete()
        row.organisation = kept
        row.save(update_fields=["organisation"])
    else:
        row.delete()

"""Who may stand in a list: people whose profile lets the organisation look at their skills for this purpose."""

from collections import defaultdict

from django.utils import timezone

from katalysator.coalition.models import Organisation
from katalysator.engine.skills import WHOLE
from katalysator.talent.models import ProfileConsent, ProfilePart, ProfileSkill
from katalysator.talent.oversight.ranking import TalentCandidate


def candidates_for(organisation: Organisation, purpose: str) -> list[TalentCandidate]:
    """All who let an organisation look for a purpose today, with the skills that they say they have. Cost: one query."""
    consents = ProfileConsent.objects.filter(
        organisation=organisation,
        purpose=purpose,
        parts__contains=[ProfilePart.SKILLS],
        ended_at=None,
        until__gte=timezone.localdate(),
        profile__person__is_active=True,
    )
    rows = ProfileSkill.objects.filter(profile__consents__in=consents).order_by("profile__person")
    skills: dict[int, dict[str, int]] = defaultdict(dict)
    for person, key in rows.values_list("profile__person", "key"):
        skills[person][key] = WHOLE
    return [TalentCandidate(person, has) for person, has in skills.items()]

"""Who may do what with profiles. Denied unless allowed here."""

import rules

from katalysator.coalition.models import Person
from katalysator.talent.models import SkillEvidence, SkillProfile
from katalysator.talent.profiles.queries import managed_organisations
from katalysator.talent.profiles.workflow import ANSWER, FORGET, KEEP, LOOK


@rules.predicate
def is_about_oneself(person: Person, profile: SkillProfile) -> bool:
    """Whom the profile is about."""
    return bool(person.pk) and profile.person_id == person.pk


@rules.predicate
def may_see(person: Person, profile: SkillProfile) -> bool:
    """Whom the person of a profile lets see some of it today."""
    return SkillProfile.objects.visible_to(person).filter(pk=profile.pk).exists()


@rules.predicate
def is_asked(person: Person, evidence: SkillEvidence) -> bool:
    """The colleague who is asked, or who manages the organisation that is."""
    if evidence.level == SkillEvidence.Level.PEER:
        return bool(person.pk) and evidence.asked_id == person.pk
    return evidence.organisation_id in managed_organisations(person)


rules.add_perm(KEEP, is_about_oneself)
rules.add_perm(LOOK, may_see)
rules.add_perm(ANSWER, is_asked)
rules.add_perm(FORGET, rules.always_deny)  # the clock does it

"""What is held of a person who has a skill profile, is asked about others, or looked at theirs."""

from typing import Any

from katalysator.core.personal_data import holds, rows
from katalysator.talent.models import (
    ProfileConsent,
    ProfileLook,
    ProfileOccupation,
    ProfileSkill,
    SkillEvidence,
    SkillProfile,
)

_OF_CONCEPT = ("key", "label")
_OF_EVIDENCE = ("level", "state", "sentence", "issuer", "issued_on", "valid_until", "made_at")
_OF_CONSENT = ("purpose", "parts", "until", "made_at", "ended_at")


@holds(
    "skill_profile",
    *(SkillProfile, ProfileOccupation, ProfileSkill, SkillEvidence, ProfileConsent, ProfileLook),
)
def profile_of(person: Any) -> dict[str, Any]:
    """One's own profile, who may see it and who looked; what one confirmed of others, and what others let one see."""
    mine = {"profile__person_id": person.pk}
    evidence = SkillEvidence.objects
    asked = evidence.filter(asked_id=person.pk) | evidence.filter(answered_by_id=person.pk)
    looked = ProfileLook.objects.filter(person_id=person.pk)
    to_whom = ("person", "organisation__name", "is_bureau")
    return {
        "profile": rows(
            SkillProfile.objects.filter(person_id=person.pk),
            *("hours", "region", "level", "made_at", "touched_at", "asked_at"),
        ),
        "occupations": rows(
            ProfileOccupation.objects.filter(**mine),
            *(*_OF_CONCEPT, "from_year", "until_year", "hours"),
        ),
        "skills": rows(ProfileSkill.objects.filter(**mine), *_OF_CONCEPT, "made_at"),
        "evidence": rows(
            evidence.filter(skill__profile__person_id=person.pk),
            *("skill__label", *_OF_EVIDENCE, "asked", "organisation__name", "file_name"),
        ),
        "consents": rows(ProfileConsent.objects.filter(**mine), *_OF_CONSENT, *to_whom),
        "looks": rows(
            ProfileLook.objects.filter(**mine), "on", "times", "purposes", "organisation__name"
        ),
        "asked_of_others": rows(asked.distinct(), "skill__label", *_OF_EVIDENCE),
        "shown_by_others": rows(
            ProfileConsent.objects.filter(person_id=person.pk), "purpose", "parts", "until"
        ),
        "looked_at_others": rows(looked, "profile", "on", "times"),
    }

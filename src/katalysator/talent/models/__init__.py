"""The tables of talent."""

from katalysator.talent.models.cohorts import Cohort
from katalysator.talent.models.profiles import (
    ProfileConsent,
    ProfileLook,
    ProfileOccupation,
    ProfilePart,
    ProfilePurpose,
    ProfileSkill,
    SkillEvidence,
    SkillProfile,
)
from katalysator.talent.models.taxonomies import ConceptDescription, TaxonomyVersion

__all__ = [
    "Cohort",
    "ConceptDescription",
    "ProfileConsent",
    "ProfileLook",
    "ProfileOccupation",
    "ProfilePart",
    "ProfilePurpose",
    "ProfileSkill",
    "SkillEvidence",
    "SkillProfile",
    "TaxonomyVersion",
]

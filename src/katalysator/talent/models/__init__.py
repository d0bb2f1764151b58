"""The tables of talent."""

from katalysator.talent.models.cohorts import Cohort
from katalysator.talent.models.figures import Figure, FigureSet, WorkGroup
from katalysator.talent.models.learning import LearningCourse
from katalysator.talent.models.monitor import LearningPilot, LearningStage
from katalysator.talent.models.oversight import (
    Consultation,
    ConsultedPerson,
    ListStop,
    Objection,
    TitleMeasurement,
    VolunteeredGroup,
)
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
from katalysator.talent.models.taxonomies import (
    ConceptDescription,
    KeyRedirect,
    LocalConcept,
    TaxonomyUpload,
    TaxonomyVersion,
)

__all__ = [
    "Cohort",
    "ConceptDescription",
    "Consultation",
    "ConsultedPerson",
    "Figure",
    "FigureSet",
    "KeyRedirect",
    "LearningCourse",
    "LearningPilot",
    "LearningStage",
    "ListStop",
    "LocalConcept",
    "Objection",
    "ProfileConsent",
    "ProfileLook",
    "ProfileOccupation",
    "ProfilePart",
    "ProfilePurpose",
    "ProfileSkill",
    "SkillEvidence",
    "SkillProfile",
    "TaxonomyUpload",
    "TaxonomyVersion",
    "TitleMeasurement",
    "VolunteeredGroup",
    "WorkGroup",
]

"""The tables of talent."""

from katalysator.talent.models.monitor import LearningPilot, LearningStage
from katalysator.talent.models.oversight import (
    Consultation,
    ConsultationPurpose,
    ConsultedPerson,
    ListStop,
    Objection,
    VolunteeredGroup,
)
from katalysator.talent.models.taxonomies import ConceptDescription, TaxonomyVersion

__all__ = [
    "ConceptDescription",
    "Consultation",
    "ConsultationPurpose",
    "ConsultedPerson",
    "LearningPilot",
    "LearningStage",
    "ListStop",
    "Objection",
    "TaxonomyVersion",
    "VolunteeredGroup",
]

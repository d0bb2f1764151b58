"""The tables of talent."""

from katalysator.talent.models.figures import Figure, FigureSet, WorkGroup
from katalysator.talent.models.learning import LearningCourse
from katalysator.talent.models.taxonomies import (
    ConceptDescription,
    KeyRedirect,
    LocalConcept,
    TaxonomyUpload,
    TaxonomyVersion,
)

__all__ = [
    "ConceptDescription",
    "Figure",
    "FigureSet",
    "KeyRedirect",
    "LearningCourse",
    "LocalConcept",
    "TaxonomyUpload",
    "TaxonomyVersion",
    "WorkGroup",
]

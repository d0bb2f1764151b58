"""The tables of talent."""

from katalysator.talent.models.cohorts import Cohort
from katalysator.talent.models.taxonomies import ConceptDescription, TaxonomyVersion

__all__ = ["Cohort", "ConceptDescription", "TaxonomyVersion"]

"""The tables of talent."""

from katalysator.talent.models.taxonomies import ConceptDescription, TaxonomyVersion

__all__ = ["ConceptDescription", "TaxonomyVersion"]

"""Who may do what in this room: each part says it for itself."""

from katalysator.talent.cohorts import rules as of_cohorts
from katalysator.talent.profiles import rules as of_profiles
from katalysator.talent.taxonomies import rules as of_taxonomies

__all__ = ("of_cohorts", "of_profiles", "of_taxonomies")

"""Who may do what in this room: each part says it for itself."""

from katalysator.talent.cohorts import rules as of_cohorts
from katalysator.talent.learning import rules as of_learning
from katalysator.talent.oversight import rules as of_oversight
from katalysator.talent.profiles import rules as of_profiles
from katalysator.talent.taxonomies import rules as of_taxonomies

__all__ = ("of_cohorts", "of_learning", "of_oversight", "of_profiles", "of_taxonomies")

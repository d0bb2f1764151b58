"""What this room holds of a person: each part says it for itself."""

from katalysator.talent.cohorts import personal_data as of_cohorts
from katalysator.talent.oversight import personal_data as of_oversight
from katalysator.talent.profiles import personal_data as of_profiles
from katalysator.talent.taxonomies import personal_data as of_taxonomies

__all__ = ("of_cohorts", "of_oversight", "of_profiles", "of_taxonomies")

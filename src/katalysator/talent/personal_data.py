"""What this room holds of a person: each part says it for itself."""

from katalysator.talent.cohorts import personal_data as of_cohorts
from katalysator.talent.profiles import personal_data as of_profiles

__all__ = ("of_cohorts", "of_profiles")

"""What follows for this room from deeds below: each part says it for itself."""

from katalysator.talent.cohorts import followups as of_cohorts
from katalysator.talent.oversight import followups as of_oversight
from katalysator.talent.profiles import followups as of_profiles
from katalysator.talent.taxonomies import followups as of_taxonomies

__all__ = ("of_cohorts", "of_oversight", "of_profiles", "of_taxonomies")

"""Background work of this room: that of each part."""

from katalysator.talent.cohorts import tasks as of_cohorts
from katalysator.talent.oversight import tasks as of_oversight
from katalysator.talent.profiles import tasks as of_profiles
from katalysator.talent.taxonomies import tasks as of_taxonomies

__all__ = ("of_cohorts", "of_oversight", "of_profiles", "of_taxonomies")

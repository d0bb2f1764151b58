"""Background work of this room: that of each part."""

from katalysator.talent.cohorts import tasks as of_cohorts
from katalysator.talent.profiles import tasks as of_profiles
from katalysator.talent.taxonomies import tasks as of_taxonomies

__all__ = ("of_cohorts", "of_profiles", "of_taxonomies")

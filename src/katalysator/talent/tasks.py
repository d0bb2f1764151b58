"""Background work of talent: that of each part."""

from katalysator.talent.cohorts.tasks import compute_cohort

__all__ = ("compute_cohort",)

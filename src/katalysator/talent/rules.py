"""Who may do what in talent: as each part says it."""

from katalysator.talent.cohorts import rules

__all__ = ("rules",)

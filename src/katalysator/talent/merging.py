"""What becomes of rows of this room where two organisations merge: each part says it for itself."""

from katalysator.talent.learning import merging as of_learning
from katalysator.talent.profiles import merging as of_profiles

__all__ = ("of_learning", "of_profiles")

"""What this room shows on pages of others: that of each part."""

from katalysator.talent.oversight import panels as of_oversight
from katalysator.talent.profiles import panels as of_profiles

__all__ = ("of_oversight", "of_profiles")

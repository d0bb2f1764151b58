"""Who may do what in this room: each part says it for itself."""

from katalysator.talent.profiles import rules as profile_rules

__all__ = ("profile_rules",)

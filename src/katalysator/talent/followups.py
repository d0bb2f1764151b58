"""What follows for this room from deeds below: each part says it for itself."""

from katalysator.talent.oversight import followups as of_oversight

__all__ = ("of_oversight",)

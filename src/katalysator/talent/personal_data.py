"""What this room holds of a person: each part says it for itself."""

from katalysator.talent.oversight import personal_data as of_oversight

__all__ = ("of_oversight",)

"""What this room shows on pages of others: that of each part."""

from katalysator.talent.oversight import panels as of_oversight

__all__ = ("of_oversight",)

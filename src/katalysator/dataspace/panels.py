"""What this room shows on pages of others: that of each part."""

from katalysator.dataspace.harvest import panels as of_harvest

__all__ = ("of_harvest",)

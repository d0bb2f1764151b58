"""What this room shows on pages of others: that of each part."""

from katalysator.dataspace.processes import panels as of_processes

__all__ = ("of_processes",)

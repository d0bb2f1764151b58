"""What follows for this room from deeds: each part says it for itself."""

from katalysator.dataspace.processes import followups as of_processes

__all__ = ("of_processes",)

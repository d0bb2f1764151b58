"""What follows for this room from deeds below, and of its own: each part says it for itself."""

from katalysator.dataspace.agreements import followups as of_agreements
from katalysator.dataspace.processes import followups as of_processes

__all__ = ("of_agreements", "of_processes")

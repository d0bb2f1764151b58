"""What follows when a process comes into a state: which function does it is named in the settings.

A peer for tests follows a script instead.
"""

from django.conf import settings
from django.utils.module_loading import import_string

from katalysator.dataspace.models import ProtocolProcess


def entered(process: ProtocolProcess) -> None:
    """Do what follows from the state that a process is in now, in the transaction in which it came there."""
    import_string(settings.DATASPACE_REACTIONS)(process)

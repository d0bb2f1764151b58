"""The settings of an instance that dies where it is told: as any other, but that it speaks on loopback."""

from katalysator.site.settings import *  # noqa: F403

DATASPACE_REACTIONS = "tests.dataspace.stations.dying.usual_or_dead"
ROOT_URLCONF = "tests.dataspace.conformance.triggers"
OUTGOING_LOOPBACK = True

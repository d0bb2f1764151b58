"""The settings of a site that speaks with a connector that proves nothing: as any other, on loopback."""

from katalysator.site.settings import *  # noqa: F403

DATASPACE_IDENTITY = "tests.dataspace.interop.identity.SaidNames"
OUTGOING_LOOPBACK = True

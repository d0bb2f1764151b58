"""The settings of a site that the conformance kit tries: as any other, but that it believes the kit and follows a script."""

from katalysator.site.settings import *  # noqa: F403

DATASPACE_IDENTITY = "tests.dataspace.conformance.script.AnybodyIsThePeer"
DATASPACE_REACTIONS = "tests.dataspace.conformance.script.follow_script"
ROOT_URLCONF = "tests.dataspace.conformance.triggers"
OUTGOING_LOOPBACK = True

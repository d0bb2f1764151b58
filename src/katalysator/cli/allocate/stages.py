"""The stages of `katalysator allocate` in words, for its line of progress."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from katalysator.faults import gettext_noop as _

STAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "check": _("Checking the pairs"),
        "sort": _("Sorting the pairs"),
        "keep": _("Keeping what was read"),
        "solve": _("Dividing the seats"),
        "stable": _("Looking for a stable matching"),
        "compare": _("Comparing the choices"),
        "prove": _("Counting blocking pairs"),
        "write": _("Writing"),
        "groups": _("Looking at the groups"),
    }
)
ROUND: Final = _("Dividing the seats: round %(round)s, at most %(gap)s %% to gain")

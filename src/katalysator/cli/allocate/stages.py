"""The stages of `katalysator allocate` in words, for its line of progress."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from katalysator.core.language import gettext_noop

STAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "check": gettext_noop("Checking the pairs"),
        "sort": gettext_noop("Sorting the pairs"),
        "keep": gettext_noop("Keeping what was read"),
        "solve": gettext_noop("Dividing the seats"),
        "stable": gettext_noop("Looking for a stable matching"),
        "compare": gettext_noop("Comparing the choices"),
        "prove": gettext_noop("Counting blocking pairs"),
        "write": gettext_noop("Writing"),
        "groups": gettext_noop("Looking at the groups"),
    }
)
ROUND: Final = gettext_noop("Dividing the seats: round %(round)s, at most %(gap)s %% to gain")

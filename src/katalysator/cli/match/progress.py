"""The stages of `katalysator match` in words, for its line of progress."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from katalysator.faults import gettext_noop as _

STAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "files": _("Reading the files"),
        "read": _("Understanding the texts"),
        "compare": _("Comparing needs and offers"),
        "divide": _("Dividing the seats"),
        "write": _("Writing"),
    }
)

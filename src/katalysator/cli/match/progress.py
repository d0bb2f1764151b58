"""The stages of `katalysator match` in words, for its line of progress."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from katalysator.core.language import gettext_noop

STAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "files": gettext_noop("Reading the files"),
        "read": gettext_noop("Understanding the texts"),
        "compare": gettext_noop("Comparing needs and offers"),
        "divide": gettext_noop("Dividing the seats"),
        "write": gettext_noop("Writing"),
    }
)

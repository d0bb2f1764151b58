"""The closed terms of the site's markets, which a label names as “term:choice” under `level`.

A test holds this table and the markets together; labels of other forms are levels.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise

from katalysator.core.language import lazy as _

LEVEL: Final = "level"
"""The term of every label that names none."""

TERMS: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        LEVEL: _("level"),
        "work_language": _("working language"),
        "position": _("position"),
        "facility": _("facility"),
        "access": _("access"),
        "personal": _("personal data"),
        "stage": _("stage"),
        "programme": _("programme"),
        "role": _("role"),
    }
)


def split(label: str) -> tuple[str, str]:
    """The term of a label and its choice; of a label without a known term: a level, and all of it."""
    term, sign, choice = label.partition(":")
    term, choice = term.strip().casefold(), choice.strip()
    return (term, choice) if sign and choice and term in TERMS else (LEVEL, label)
